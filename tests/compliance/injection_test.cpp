// SPDX-License-Identifier: MIT
// Nothing that a program passes as a name or a value becomes SQL.
#include <tests/compliance/support.hpp>

namespace compliance {
namespace {

const Strings& hostile() {
    static const Strings all{"it's",
                             "\"quoted\"",
                             "a;b",
                             "x\"; drop table user_account; --",
                             "'; drop table user_account; --",
                             "/* comment */",
                             "-- comment",
                             "back\\slash",
                             "two words",
                             "select",
                             "$1",
                             ":name",
                             "?",
                             "100%",
                             "ÄÖÜ 漢字 😀",
                             "Upper",
                             "tab\there",
                             "new\nline",
                             "]",
                             "`",
                             "%s %(x)s",
                             "a.b"};
    return all;
}

class Injection : public UsersTest {
  protected:
    [[nodiscard]] std::string quoted(const std::string& name) const {
        const char quote = engine.dialect().capabilities().identifier_quote;
        return quote + name + quote;
    }
    /// Those that the database can have as names.
    [[nodiscard]] Strings hostile_names() const {
        Strings all = hostile();
        if (!requirements.wide_names)
            std::erase_if(all,
                          [](const std::string& name) { return name.find("😀") != name.npos; });
        return all;
    }
    void expect_unharmed() { EXPECT_EQ(conn.scalar(select(func::count()).select_from(users)), 3); }
    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(Injection);

TEST_P(Injection, R27_values_are_values) {
    for (const std::string& value : hostile()) {
        const auto id =
            conn.execute(insert(users)
                             .values(users.name = value.substr(0, 30), users.fullname = value)
                             .returning(users.id))
                .scalar_one();
        EXPECT_EQ(conn.execute(select(users.fullname).where(users.fullname == value)).scalar_one(),
                  value);
        EXPECT_EQ(conn.execute(select(users.id).where(users.fullname.in({value}))).scalar_one(),
                  id);
        EXPECT_EQ(conn.execute(select(users.id).where(users.fullname.contains(value))).scalar_one(),
                  id);
        EXPECT_EQ(conn.execute(select(literal(value))).scalar_one(), value);
        EXPECT_EQ(conn.execute(text("select fullname from user_account where fullname = :v")
                                   .columns<std::string>(),
                               {{"v", value}})
                      .scalar_one(),
                  value);
        EXPECT_EQ(conn.execute(delete_(users).where(users.fullname == value)).rowcount(), 1);
    }
    expect_unharmed();
}

TEST_P(Injection, R27_table_and_column_names_are_quoted) {
    for (const std::string& name : hostile_names()) {
        MetaData own;
        Table table{"t " + name,
                    own,
                    {ColumnSpec{"id", Integer{}, primary_key}, ColumnSpec{name, Text{}},
                     ColumnSpec{name + "2", Integer{}, indexed}}};
        own.create_all(conn);
        EXPECT_EQ(
            conn.execute(insert(table).values(set(table.c(name), "v"), set(table.c(name + "2"), 1)))
                .rowcount(),
            1)
            << name;
        const auto row =
            conn.execute(select(table).where(table.c(name) == "v").order_by(table.c(name + "2")))
                .one();
        EXPECT_EQ(row.get<std::string>(name), "v") << name;
        EXPECT_EQ(row.get<std::string>(table.c(name)), "v");
        conn.execute(update(table).values(set(table.c(name), "w")).where(table.c(name + "2") == 1));
        EXPECT_EQ(conn.execute(select(table.c<std::string>(name))).scalar_one(), "w");
        conn.execute(insert(table).columns(table.c<std::string>(name)),
                     std::vector{std::tuple{"many"}});
        EXPECT_EQ(conn.execute(delete_(table)).rowcount(), 2);
        own.drop_all(conn);
    }
    expect_unharmed();
    conn.rollback();
}

TEST_P(Injection, R27_labels_aliases_subqueries_and_ctes_are_quoted) {
    for (const std::string& name : hostile_names()) {
        auto labelled = conn.execute(select(users.id.label(name)).order_by(users.id.label(name)));
        EXPECT_EQ(labelled.keys(), Strings{name});
        EXPECT_EQ(labelled.all().size(), 3U);
        const auto other = alias(users, name);
        EXPECT_EQ(conn.execute(select(other.name).where(other.id == 1)).scalar_one(), "sandy")
            << name;
        const auto sub = select(users.id.label(name)).subquery(name);
        EXPECT_EQ(conn.execute(select(sub.c<int>(name)).where(sub.get<0>() > 1)).all().size(), 2U)
            << name;
        const auto cte = select(users.id).cte(name);
        EXPECT_EQ(conn.execute(select(cte.get<0>())).all().size(), 3U) << name;
        auto numbers = select(literal(1).label(name)).cte(name, true);
        numbers = numbers.union_all(select(numbers.get<0>() + 1).where(numbers.get<0>() < 3));
        EXPECT_EQ(conn.execute(select(numbers.get<0>())).all().size(), 3U) << name;
        EXPECT_EQ(
            conn.execute(insert(users).values(users.name = "x").returning(users.age.label(name)))
                .scalar_one(),
            7);
        conn.execute(delete_(users).where(users.name == "x"));
    }
    expect_unharmed();
}

TEST_P(Injection, R27_a_zero_byte_in_a_name_is_refused) {
    const std::string zero("a\0b", 3);
    EXPECT_THROW((void)conn.execute(select(users.id.label(zero))).all(), Error);
    EXPECT_THROW((void)conn.execute(select(alias(users, zero).id)).all(), Error);
    EXPECT_THROW((void)conn.execute(select(select(users.id).subquery(zero).get<0>())).all(), Error);
    EXPECT_THROW((void)conn.execute(select(select(users.id).cte(zero).get<0>())).all(), Error);
    const auto create = [&](const std::string& table_name, const std::string& column_name) {
        MetaData own;
        Table table{table_name, own, {ColumnSpec{column_name, Integer{}, primary_key}}};
        own.create_all(conn);
    };
    EXPECT_THROW(create(zero, "id"), Error);
    conn.rollback();
    EXPECT_THROW(create("t", zero), Error);
    conn.rollback();
    EXPECT_THROW(conn.exec_driver_sql(std::string("select 1\0; drop table address", 29)), Error);
    conn.rollback();
    EXPECT_THROW((void)conn.execute(text(std::string("select 1\0, 2", 12))).all(), Error);
    conn.rollback();
    expect_unharmed();
}

TEST_P(Injection, a_character_that_a_name_can_not_have_is_refused) {
    const auto labelled = select(users.id.label("😀"));
    if (requirements.wide_names)
        EXPECT_EQ(conn.execute(labelled).keys(), Strings{"😀"});
    else
        EXPECT_THAT(message_of<IdentifierError>([&] { (void)conn.execute(labelled); }),
                    HasSubstr("beyond U+FFFF"));
}

TEST_P(Injection, an_empty_name_is_refused) {
    EXPECT_THROW((void)users.id.label(""), ArgumentError);
    EXPECT_THROW((Table{"", MetaData{}}), ArgumentError);
    EXPECT_THROW((void)bindparam<int>(""), ArgumentError);
}

TEST_P(Injection, R27_function_and_parameter_names_are_plain) {
    for (const char* name :
         {"", "x y", "f(1); --", "a.", ".a", "1a", "a-b", "\"f\"", "f\0g", "ä"}) {
        if (std::string(name) != "f") {
            EXPECT_THROW((void)func::call<int>(name, 1), ArgumentError) << name;
            EXPECT_THROW((void)bindparam<int>(name), ArgumentError) << name;
        }
    }
    EXPECT_EQ(conn.execute(select(func::call<int>("abs", -3))).scalar_one(), 3);
}

TEST_P(Injection, R27_collected_defaults_and_comments_are_literals) {
    for (const std::string& value : hostile()) {
        MetaData own;
        Table table{"literal_defaults",
                    own,
                    {ColumnSpec{"id", Integer{}, primary_key},
                     ColumnSpec{"v", Text{}, server_default(value), comment(value)}},
                    {.comment = value}};
        own.create_all(conn);
        conn.execute(insert(table).values());
        EXPECT_EQ(conn.execute(select(table.c<std::string>("v"))).scalar_one(), value);
        own.drop_all(conn);
    }
    expect_unharmed();
    conn.rollback();
}

// --- text()

TEST_P(Injection, text_finds_its_parameters_outside_quotes_and_comments_only) {
    const auto scalar = [&](std::string_view sql, const Parameters& parameters) {
        return conn.execute(text(sql).columns<std::string>(), parameters).scalar_one();
    };
    if (requirements.mariadb)  // where || is OR, unless one asks for the standard's meaning
        conn.exec_driver_sql("set sql_mode = concat(@@sql_mode, ',PIPES_AS_CONCAT')");
    EXPECT_EQ(scalar("select cast(:x as varchar(20))", {{"x", "value"}}), "value");
    EXPECT_EQ(scalar("select ':x'", {}), ":x");
    EXPECT_EQ(scalar("select 'it''s :x'", {}), "it's :x");
    EXPECT_EQ(scalar("select cast(:x as varchar(20)) /* :y ' */ -- :z '", {{"x", "v"}}), "v");
    EXPECT_EQ(scalar("select cast(:x as varchar(20)) as \":y\"", {{"x", "v"}}), "v");
    EXPECT_EQ(scalar("select ':a' || cast(:x as varchar(20)) || ':b'", {{"x", "-"}}), ":a-:b");
    EXPECT_EQ(scalar("select cast(:x as varchar(20)) || cast(:x as varchar(20))", {{"x", "v"}}),
              "vv");
    EXPECT_EQ(
        scalar(
            "select cast(:x1 as varchar(9)) || cast(:x as varchar(9)) || cast(:x_1 as varchar(9))",
            {{"x", "a"}, {"x1", "b"}, {"x_1", "c"}}),
        "bac");
    EXPECT_EQ(scalar("select '100%' || '?' || '$1'", {}), "100%?$1");
    EXPECT_EQ(scalar("select 'back\\slash'", {}), "back\\slash");
    EXPECT_EQ(scalar("select '\\' || cast(:x as varchar(20))", {{"x", "v"}}), "\\v");
    if (requirements.postgresql) {
        EXPECT_EQ(scalar("select '5'::int::text", {}), "5");
        EXPECT_EQ(scalar("select :x::text || '!'", {{"x", "v"}}), "v!");
        EXPECT_EQ(scalar("select $$:x 'quoted' $$", {}), ":x 'quoted' ");
        EXPECT_EQ(scalar("select $tag$ $$ :x $tag$", {}), " $$ :x ");
        EXPECT_EQ(scalar("select E'it\\'s :x'", {}), "it's :x");
        EXPECT_EQ(scalar("select array_to_string((array['a','b','c'])[2\\:3], '+')", {}), "b+c");
        EXPECT_THROW((void)text("select $$ :x"), ArgumentError);
        EXPECT_THROW((void)text("select E'it\\'"), ArgumentError);
    }
}

TEST_P(Injection, an_unfinished_quote_or_comment_is_refused) {
    EXPECT_THROW((void)text("select 'x"), ArgumentError);
    EXPECT_THROW((void)text("select \"x"), ArgumentError);
    EXPECT_THROW((void)text("select 1 /* x"), ArgumentError);
    EXPECT_NO_THROW((void)text("select 1 -- x"));
    EXPECT_THROW(conn.execute(text("select 1; drop table user_account")), Error);
    conn.rollback();
    expect_unharmed();
}

TEST_P(Injection, R27_a_savepoint_is_named_by_azoth_alone) {
    auto logged = make_engine({.echo = true, .log = log.callback()});
    auto other = logged.connect();
    auto one = other.begin_nested();
    auto two = other.begin_nested();
    EXPECT_THAT(log.text(), testing::AllOf(HasSubstr("SAVEPOINT " + quoted("azoth_savepoint_1")),
                                           HasSubstr("azoth_savepoint_2")));
}

TEST_P(Injection, names_longer_than_the_database_allows_are_refused_or_kept) {
    const std::string name(200, 'n');
    MetaData own;
    Table table{name,
                own,
                {ColumnSpec{"id", Integer{}, primary_key}, ColumnSpec{name + "x", Integer{}},
                 ColumnSpec{name + "y", Integer{}}}};
    try {
        own.create_all(conn);
        conn.execute(insert(table).values(set(table.c(name + "y"), 4)));
        EXPECT_EQ(conn.execute(select(table.c<int>(name + "y"))).scalar_one(), 4);
        EXPECT_TRUE(requirements.sqlite);
    } catch (const Error& error) {
        EXPECT_FALSE(requirements.sqlite) << error.what();
    }
    conn.rollback();
    if (requirements.postgresql) {
        // Two labels that PostgreSQL would cut to the same name.
        try {
            const auto row =
                conn.execute(select(literal(1).label(name + "x"), literal(2).label(name + "y")))
                    .all();
            ADD_FAILURE() << "a label was cut in silence";
        } catch (const IdentifierError&) {
        }
    }
}

}  // namespace
}  // namespace compliance
