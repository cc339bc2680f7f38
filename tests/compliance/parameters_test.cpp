// SPDX-License-Identifier: MIT
// The forms in which a statement gets its values: none, its own, one set by name, many sets, rows.
#include <azoth/engine/to_sql.hpp>
#include <azoth/sql.hpp>

#include <tests/compliance/support.hpp>
#include <tests/support/driver_statements.hpp>

namespace compliance {
namespace {

class ParameterForms : public UsersTest {
  protected:
    Strings names() { return conn.scalars(select(users.name).order_by(users.id)).all(); }

    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(ParameterForms);

TEST_P(ParameterForms, are_none_or_the_values_of_the_statement_itself_or_a_set_by_name) {
    EXPECT_EQ(conn.scalar(text("select count(*) from user_account").columns<std::int64_t>()), 3);
    EXPECT_EQ(conn.scalar(select(users.name).where(users.age == 20)), "patrick");
    EXPECT_EQ(
        conn.scalar(select(users.name).where(users.age == bindparam<int>("age")), {{"age", 20}}),
        "patrick");
    EXPECT_EQ(conn.scalars(text("select name from user_account where age = :age or name = :name")
                               .columns<std::string>(),
                           {{"name", "patrick"}, {"age", 20}})
                  .all(),
              Strings{"patrick"});
}

TEST_P(ParameterForms, by_name_stand_beside_the_statements_own_and_may_be_used_twice) {
    const auto between =
        select(users.name)
            .where(users.id < 3, users.age == bindparam<int>("age") || users.id == 1,
                   users.age >= bindparam<int>("age"))
            .order_by(users.id);
    EXPECT_EQ(conn.scalars(between, {{"age", 20}}).all(), (Strings{"sandy", "patrick"}));
    EXPECT_EQ(conn.scalars(between, {{"age", 30}}).all(), Strings{"sandy"});
}

TEST_P(ParameterForms, many_sets_are_executed_one_for_each_in_their_order) {
    const auto rename = update(users)
                            .values(users.name = bindparam<std::string>("to"))
                            .where(users.name == bindparam<std::string>("from"));
    EXPECT_EQ(conn.execute_many(rename, {{{"from", "sandy"}, {"to", "pearl"}},
                                         {{"to", "gary"}, {"from", "pearl"}},
                                         {{"from", "nobody"}, {"to", "somebody"}}}),
              2);
    EXPECT_EQ(names(), (Strings{"gary", "patrick", "squidward"}));
    EXPECT_EQ(conn.execute_many(rename, {{{"from", "gary"}, {"to", "sandy"}}}), 1);
    EXPECT_EQ(conn.execute_many(rename, {}), 0);
    EXPECT_EQ(names().front(), "sandy");
}

TEST_P(ParameterForms, many_sets_of_a_text_may_begin_with_null) {
    EXPECT_EQ(conn.execute_many(
                  text("insert into user_account (name, fullname, age) values (:n, :f, :a)"),
                  {{{"n", "pearl"}, {"f", nullptr}, {"a", 16}},
                   {{"n", "gary"}, {"f", "Gary the Snail"}, {"a", 3}}}),
              2);
    EXPECT_EQ(conn.scalar(select(users.fullname).where(users.name == "gary")), "Gary the Snail");
}

TEST_P(ParameterForms, of_a_set_among_many_a_missing_or_unknown_name_is_refused) {
    const auto put = insert(users).values(users.name = bindparam<std::string>("n"),
                                          users.age = bindparam<int>("a"));
    EXPECT_THAT(
        message_of<Error>([&] { conn.execute_many(put, {{{"n", "x"}, {"a", 1}}, {{"n", "y"}}}); }),
        HasSubstr("parameter :a"));
    conn.rollback();
    EXPECT_THAT(
        message_of<Error>([&] { conn.execute_many(put, {{{"n", "x"}, {"a", 1}, {"b", 2}}}); }),
        HasSubstr("parameter :b"));
    conn.rollback();
    EXPECT_EQ(names().size(), 3U);
}

TEST_P(ParameterForms, many_sets_don_t_go_with_an_IN_list) {
    EXPECT_THAT(message_of<ArgumentError>([&] {
                    conn.execute_many(
                        delete_(users).where(users.id.in({1, 2}), users.age == bindparam<int>("a")),
                        {{{"a", 1}}, {{"a", 2}}});
                }),
                HasSubstr("execute() it for each"));
    EXPECT_EQ(names().size(), 3U);
}

TEST_P(ParameterForms, a_failing_set_among_many_is_undone_by_a_savepoint) {
    conn.execute(text("create unique index one_of_a_name on user_account (name)"));
    conn.execute(insert(users).values(users.name = "number 777", users.age = 1));
    std::vector<Parameters> sets;
    for (int i = 0; i < 2000; ++i) sets.push_back({{"n", "number " + std::to_string(i)}});
    const auto put = insert(users).values(users.name = bindparam<std::string>("n"));
    for (int round = 0; round < 2; ++round) {
        auto savepoint = conn.begin_nested();
        EXPECT_THROW(conn.execute_many(put, sets), IntegrityError);
        savepoint.rollback();
        EXPECT_EQ(names().size(), 4U) << "what came before the savepoint is there";
    }
    EXPECT_EQ(conn.execute_many(put, {{{"n", "afterwards"}}}), 1);
    conn.commit();
    EXPECT_EQ(names(), (Strings{"sandy", "patrick", "squidward", "number 777", "afterwards"}));
}

TEST_P(ParameterForms, by_position_are_the_drivers_and_take_part_in_the_transaction) {
    conn.execute(insert(users).values(users.name = "pearl", users.age = 16));
    auto& driver = conn.driver_connection();
    const std::string mark = requirements.postgresql ? "$1" : "?";
    EXPECT_EQ(driver_test::to_string(
                  driver_test::query(driver, "select name from user_account where age = " + mark,
                                     {ValueView::of_integer(16)}, {Integer{}})),
              "'pearl'");
    conn.rollback();
    EXPECT_EQ(names().size(), 3U);
}

TEST_P(ParameterForms, with_a_value_of_their_own_take_it_where_none_is_given) {
    const auto older = select(users.name)
                           .where(users.age > bindparam<int>("age", 25), users.id < 9)
                           .order_by(users.id);
    EXPECT_EQ(conn.scalars(older).all(), (Strings{"sandy", "squidward"}));
    EXPECT_EQ(conn.scalars(older, {{"age", 35}}).all(), Strings{"squidward"});
    EXPECT_EQ(conn.scalars(older).all(), (Strings{"sandy", "squidward"}));
    EXPECT_THAT(message_of<ArgumentError>([&] { (void)conn.scalars(older, {{"old", 1}}); }),
                HasSubstr("no parameter :old"));
    const auto other = select(users.name)
                           .where(users.age > bindparam<int>("age", 35), users.id < 9)
                           .order_by(users.id);
    EXPECT_EQ(conn.scalars(other).all(), Strings{"squidward"});
}

TEST_P(ParameterForms, may_be_lists_by_name) {
    const auto some = select(users.name)
                          .where(users.id.in(bindparam_list<std::int64_t>("ids")), users.age > 1)
                          .order_by(users.id);
    EXPECT_EQ(conn.scalars(some, {{"ids", Integers{1, 3}}}).all(), (Strings{"sandy", "squidward"}));
    EXPECT_EQ(conn.scalars(some, {{"ids", Integers{2}}}).all(), Strings{"patrick"});
    EXPECT_EQ(conn.scalars(some, {{"ids", Integers{}}}).all(), Strings{});
    EXPECT_EQ(conn.scalars(select(users.name)
                               .where(users.name.not_in(bindparam_list<std::string>("names")))
                               .order_by(users.id),
                           {{"names", Strings{"sandy", "x' OR '1'='1"}}})
                  .all(),
              (Strings{"patrick", "squidward"}));
    EXPECT_THAT(message_of<ArgumentError>([&] { (void)conn.scalars(some, {{"ids", 1}}); }),
                HasSubstr(":ids takes a list of values"));
    EXPECT_THAT(message_of<ArgumentError>([&] { (void)conn.scalars(some); }), HasSubstr(":ids"));
    EXPECT_THAT(message_of<ArgumentError>([&] {
                    (void)conn.scalars(
                        some, {{"ids", std::vector<std::optional<std::int64_t>>{1, std::nullopt}}});
                }),
                HasSubstr("never finds NULLs"));
    const auto one = select(users.name).where(users.id == bindparam<std::int64_t>("id"));
    EXPECT_THAT(message_of<ArgumentError>([&] { (void)conn.scalars(one, {{"id", Integers{1}}}); }),
                HasSubstr(":id takes one value"));
}

TEST_P(ParameterForms, are_written_into_the_text_where_the_program_says_so) {
    const BindOptions written{.literal_execute = true};
    const auto named_so = [&](const std::string& name) {
        return select(users.id).where(users.name == literal(name, written));
    };
    const auto find = [&](const std::string& name) { return conn.scalars(named_so(name)).all(); };
    EXPECT_EQ(find("sandy"), Integers{1});
    EXPECT_THAT(to_sql(named_so("sandy"), engine.dialect()), HasSubstr("= 'sandy'"));
    EXPECT_EQ(find("patrick"), Integers{2});
    EXPECT_EQ(find("x' OR '1'='1"), Integers{});
    EXPECT_EQ(find("\\"), Integers{});
    const auto named = select(users.id)
                           .where(users.age > bindparam<int>("age", written), users.id < 3)
                           .order_by(users.id);
    EXPECT_EQ(conn.scalars(named, {{"age", 25}}).all(), Integers{1});
    EXPECT_EQ(conn.scalars(named, {{"age", 10}}).all(), (Integers{1, 2}));
}

TEST_P(ParameterForms, written_and_in_lists_go_together) {
    const BindOptions written{.literal_execute = true};
    const auto query = select(users.id)
                           .where(users.id.in(bindparam_list<std::int64_t>("ids", written)),
                                  users.age.in({20, 30}), users.age != literal(30, written),
                                  users.name == bindparam<std::string>("name"))
                           .order_by(users.id);
    EXPECT_EQ(conn.scalars(query, {{"ids", Integers{1, 2, 3}}, {"name", "patrick"}}).all(),
              Integers{2});
    EXPECT_THAT(to_sql(query, engine.dialect(),
                       {.parameters = {{"ids", Integers{1, 2, 3}}, {"name", "patrick"}}}),
                HasSubstr("IN (1, 2, 3)"));
    EXPECT_EQ(conn.scalars(query, {{"ids", Integers{3}}, {"name", "patrick"}}).all(), Integers{});
    EXPECT_EQ(conn.scalars(query, {{"ids", Integers{}}, {"name", "patrick"}}).all(), Integers{});
    EXPECT_THAT(message_of<ArgumentError>([&] {
                    conn.execute_many(update(users)
                                          .values(users.age = 1)
                                          .where(users.id == literal(std::int64_t{1}, written)),
                                      {{}});
                }),
                HasSubstr("literal_execute"));
}

TEST_P(ParameterForms, may_say_how_many_rows_there_are) {
    const auto page = select(users.id)
                          .order_by(users.id)
                          .limit(bindparam<std::int64_t>("count"))
                          .offset(bindparam<std::int64_t>("start", 0));
    EXPECT_EQ(conn.scalars(page, {{"count", 2}}).all(), (Integers{1, 2}));
    EXPECT_EQ(conn.scalars(page, {{"count", 2}, {"start", 1}}).all(), (Integers{2, 3}));
    EXPECT_EQ(conn.scalars(page.limit(1)).all(), Integers{1});
}

}  // namespace
}  // namespace compliance
