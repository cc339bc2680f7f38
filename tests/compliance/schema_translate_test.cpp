// SPDX-License-Identifier: MIT
// schema_translate_map: one MetaData and the tables of many tenants.
#include <tests/compliance/support.hpp>
#include <tests/support/schemas.hpp>

namespace {
enum class Mood : std::uint8_t { calm, angry };
}  // namespace

template <>
struct azoth::EnumNames<Mood> : azoth::Enumerators<Mood::calm, Mood::angry> {};

namespace compliance {
namespace {

struct Customers : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{60}, indexed};
};

struct Orders : Table {
    Orders(std::string_view table_name, const MetaData& where, const Customers& customers)
        : Table(table_name, where), customer_id{*this, "customer_id", ForeignKey{customers.id}} {}
    explicit Orders(const schema::AliasOf& alias)
        : Table(alias), customer_id{*this, "customer_id"} {}
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<int> amount{*this, "amount", server_default(1)};
    Column<std::int64_t> customer_id;
};

/// Countries are of the schema "shared"; what belongs to tenants is of none.
struct Countries : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{60}};
};

class SchemaTranslation : public testing::TestWithParam<Database> {
  protected:
    SchemaTranslation() {
        for (const char* tenant : {"a", "b"}) {
            auto conn = engine_of(tenant).connect();
            metadata.create_all(conn);
            conn.execute(insert(customers).values(customers.name = "of " + std::string(tenant)));
            conn.execute(insert(orders).values(orders.customer_id = 1));
            conn.commit();
        }
    }
    [[nodiscard]] SchemaTranslateMap map_of(std::string_view tenant) const {
        return {{"", schemas[tenant]}, {"shared", schemas["common"]}};
    }
    [[nodiscard]] Engine engine_of(std::string_view tenant) const {
        return engine.execution_options({.schema_translate_map = map_of(tenant)});
    }
    Connection connect(std::string_view tenant) { return engine_of(tenant).connect(); }
    [[nodiscard]] std::uint64_t misses() const { return engine.cache_statistics().misses; }
    /// Without a map there are no such tables; but SQLite looks for a name without a schema in all
    /// attached databases.
    void expect_untranslated(Connection& conn, const Select<std::string>& statement) {
        if (requirements.sqlite) {
            EXPECT_EQ(name_in(conn, statement), "of a");
            return;
        }
        EXPECT_THROW((void)conn.execute(statement), DBAPIError);
        conn.rollback();
    }
    static std::string name_in(Connection& conn, const auto& statement) {
        return conn.scalar(statement).value_or("nobody");
    }

    const Requirements requirements{GetParam()};
    const azoth::test::Schemas schemas{GetParam(), {"a", "b", "common"}};
    Log log;
    const Engine engine = schemas.make_engine();
    MetaData metadata;
    const Customers customers{"customer", metadata};
    const Orders orders{"customer_order", metadata, customers};
    const Countries countries{"country", metadata, TableOptions{.schema = "shared"}};
    const Select<std::string> first_name = select(customers.name).order_by(customers.id);
};
AZOTH_ON_ALL_DATABASES(SchemaTranslation);

TEST_P(SchemaTranslation, one_statement_reads_the_tables_of_each_tenant) {
    for (int round = 0; round < 3; ++round)
        for (const char* tenant : {"a", "b"}) {
            auto conn = connect(tenant);
            EXPECT_EQ(name_in(conn, first_name), "of " + std::string(tenant));
        }
}

TEST_P(SchemaTranslation, R20_all_maps_share_one_entry_of_the_cache) {
    auto warm = connect("a");
    (void)name_in(warm, first_name);
    warm.close();
    const auto before = misses();
    const auto size = engine.cache_statistics().size;
    for (const char* tenant : {"b", "a", "b"}) {
        auto conn = connect(tenant);
        EXPECT_EQ(name_in(conn, first_name), "of " + std::string(tenant));
    }
    EXPECT_EQ(misses(), before);
    EXPECT_EQ(engine.cache_statistics().size, size);
}

TEST_P(SchemaTranslation, a_connection_changes_its_map_at_any_time) {
    auto conn = engine.connect();
    for (int round = 0; round < 3; ++round)
        for (const char* tenant : {"a", "b"}) {
            conn.execution_options({.schema_translate_map = map_of(tenant)});
            EXPECT_EQ(name_in(conn, first_name), "of " + std::string(tenant));
        }
    EXPECT_TRUE(conn.in_transaction()) << "and within a transaction";
}

TEST_P(SchemaTranslation, a_connection_goes_back_to_its_pool_without_its_map) {
    {
        auto conn = engine.connect();
        conn.execution_options({.schema_translate_map = map_of("a")});
        (void)name_in(conn, first_name);
    }
    auto conn = engine.connect();
    EXPECT_FALSE(conn.get_execution_options().schema_translate_map.is_given());
    expect_untranslated(conn, first_name);
}

TEST_P(SchemaTranslation, schemas_that_the_map_does_not_mention_stay) {
    auto conn = engine.connect();
    conn.execution_options({.schema_translate_map = {{"", schemas["a"]}}});
    EXPECT_EQ(name_in(conn, first_name), "of a");
    const Customers of_b{"customer", MetaData{}, TableOptions{.schema = schemas["b"]}};
    EXPECT_EQ(name_in(conn, select(of_b.name)), "of b");
    EXPECT_THROW((void)conn.execute(select(countries.id)), DBAPIError) << "there is no shared";
}

TEST_P(SchemaTranslation, an_empty_translation_is_the_default_schema) {
    MetaData own;
    const Countries here{"country_here", own};
    own.create_all(engine);
    {
        const Countries elsewhere{"country_here", MetaData{}, TableOptions{.schema = "elsewhere"}};
        auto conn = engine.connect();
        conn.execution_options({.schema_translate_map = {{"elsewhere", ""}}});
        conn.execute(insert(elsewhere).values(elsewhere.id = 1, elsewhere.name = "Atlantis"));
        EXPECT_EQ(name_in(conn, select(elsewhere.name).where(elsewhere.id == 1)), "Atlantis");
        conn.commit();
    }
    own.drop_all(engine);
}

TEST_P(SchemaTranslation, the_map_of_the_call_goes_before_connection_engine_and_statement) {
    auto conn = connect("a");
    const auto of_b = first_name.execution_options({.schema_translate_map = map_of("b")});
    EXPECT_TRUE(of_b.get_execution_options().schema_translate_map.is_given());
    EXPECT_EQ(name_in(conn, of_b), "of a") << "the engine goes before the statement";
    conn.execution_options({.schema_translate_map = map_of("b")});
    EXPECT_EQ(name_in(conn, first_name), "of b") << "the connection before the engine";
    const StatementOptions call{.schema_translate_map = map_of("a")};
    EXPECT_EQ(conn.execute(first_name, {}, call).scalar_one(), "of a");
    EXPECT_EQ(conn.scalars(first_name, {}, call).one(), "of a");
    EXPECT_EQ(name_in(conn, first_name), "of b") << "for one call only";
    conn.execution_options({.schema_translate_map = SchemaTranslateMap::none()});
    EXPECT_TRUE(conn.get_execution_options().schema_translate_map.empty());
    expect_untranslated(conn, first_name);
    expect_untranslated(conn, of_b);  // what is said of the connection goes before the statement's
}

TEST_P(SchemaTranslation, a_statement_brings_its_own) {
    auto conn = engine.connect();
    const auto of = [&](const char* tenant) {
        return StatementOptions{.schema_translate_map = map_of(tenant)};
    };
    EXPECT_EQ(name_in(conn, first_name.execution_options(of("a"))), "of a");
    EXPECT_EQ(name_in(conn, first_name.execution_options(of("b"))), "of b");
    conn.execute(insert(customers).values(customers.name = "new").execution_options(of("a")));
    conn.execute(update(customers)
                     .values(customers.name = "newer")
                     .where(customers.name == "new")
                     .execution_options(of("a")));
    EXPECT_EQ(
        conn.execute(delete_(customers).where(customers.name == "newer").execution_options(of("a")))
            .rowcount(),
        1);
    const auto ids = conn.execute(insert(customers)
                                      .columns(customers.name)
                                      .returning(customers.id)
                                      .execution_options(of("b")),
                                  std::vector{std::tuple{"x"}, std::tuple{"y"}});
    EXPECT_EQ(ids.size(), 2U);
}

TEST_P(SchemaTranslation, insert_update_and_delete_write_the_tenants_tables) {
    auto conn = connect("a");
    const auto id =
        conn.execute(insert(customers).values(customers.name = "second")).inserted_primary_key();
    EXPECT_EQ(name_in(conn, select(customers.name).where(customers.id == id)), "second");
    EXPECT_EQ(
        conn.execute(insert(customers).values(customers.name = "third").returning(customers.name))
            .scalar_one(),
        "third");
    EXPECT_EQ(conn.execute(update(customers)
                               .values(customers.name = customers.name + "!")
                               .where(customers.name.in({"second", "third"})))
                  .rowcount(),
              2);
    if (requirements.update_returning) {
        EXPECT_EQ(conn.execute(update(customers)
                                   .values(customers.name = "third")
                                   .where(customers.name == "third!")
                                   .returning(customers.name + "?"))
                      .scalar_one(),
                  "third?");
    }
    EXPECT_EQ(
        conn.execute(
                delete_(customers).where(customers.name.like("third%")).returning(customers.id))
            .all()
            .size(),
        1U);
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(customers)), 2);
    conn.execution_options({.schema_translate_map = map_of("b")});
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(customers)), 1);
}

TEST_P(SchemaTranslation, rows_in_great_number_go_to_the_tenants_tables) {
    auto conn = engine.connect();
    std::vector<std::tuple<std::string>> rows;
    for (int i = 0; i < 500; ++i) rows.emplace_back("customer " + std::to_string(i));
    const auto plain = insert(customers).columns(customers.name);
    for (const char* tenant : {"a", "b", "a"}) {
        conn.execution_options({.schema_translate_map = map_of(tenant)});
        EXPECT_EQ(conn.execute(plain, rows).rowcount(), 500);
        const auto names = conn.execute(plain.returning(customers.name), rows).scalars();
        EXPECT_EQ(names.front(), "customer 0");
        EXPECT_EQ(names.back(), "customer 499");
        EXPECT_EQ(conn.execute(plain.returning(customers.id), rows).size(), 500U);
        conn.execute_many(update(customers)
                              .values(customers.name = bindparam<std::string>("n"))
                              .where(customers.id == bindparam<std::int64_t>("i")),
                          {{{"n", "many"}, {"i", 1}}, {{"n", "of many"}, {"i", 2}}});
        EXPECT_EQ(name_in(conn, first_name), "many");
    }
    const auto count = select(func::count()).select_from(customers);
    EXPECT_EQ(conn.scalar(count), 3001);
    conn.execution_options({.schema_translate_map = map_of("b")});
    EXPECT_EQ(conn.scalar(count), 1501);
    const StatementOptions call{.schema_translate_map = map_of("a")};
    EXPECT_EQ(
        conn.execute(plain, rows, {.schema_translate_map = call.schema_translate_map}).rowcount(),
        500);
    conn.execute_many(delete_(customers).where(customers.id == bindparam<std::int64_t>("i")),
                      {{{"i", 2}}}, call);
    EXPECT_EQ(conn.execute(count, {}, call).scalar_one(), 3500);
    EXPECT_EQ(conn.scalar(count), 1501);
}

TEST_P(SchemaTranslation, an_upsert_finds_the_tenants_row) {
    auto conn = connect("b");
    auto statement = insert(customers).values(customers.id = 1, customers.name = "again");
    conn.execute(statement.on_conflict_do_update(
        index_elements(customers.id),
        customers.name = excluded(customers.name) + " after " + customers.name));
    EXPECT_EQ(name_in(conn, first_name), "again after of b");
    conn.execution_options({.schema_translate_map = map_of("a")});
    EXPECT_EQ(name_in(conn, first_name), "of a");
}

TEST_P(SchemaTranslation, joins_subqueries_ctes_and_compounds_are_translated_everywhere) {
    for (const char* tenant : {"a", "b"}) {
        auto conn = connect(tenant);
        const std::string expected = "of " + std::string(tenant);
        const auto customer = select(customers.name).where(customers.id.in({1, 2, 3}));
        EXPECT_EQ(name_in(conn, select(customers.name).join(orders).where(orders.amount == 1)),
                  expected);
        const auto names = customer.subquery("names");
        EXPECT_EQ(name_in(conn, select(names[customers.name])), expected);
        const auto found = customer.cte("found");
        EXPECT_EQ(name_in(conn, select(found[customers.name])), expected);
        EXPECT_EQ(
            name_in(
                conn,
                select(customers.name)
                    .where(customers.id.in(select(orders.customer_id)),
                           select(orders.id).where(orders.customer_id == customers.id).exists())),
            expected);
        EXPECT_EQ(name_in(conn, union_(customer, select(customers.name))), expected);
        const Customers other = alias(customers);
        EXPECT_EQ(name_in(conn, select(other.name).join(customers, other.id == customers.id)),
                  expected);
        EXPECT_EQ(
            conn.execute(update(orders)
                             .values(orders.amount = 5)
                             .where(orders.customer_id == customers.id, customers.name == expected))
                .rowcount(),
            1);
        conn.execute(insert(countries)
                         .columns(countries.id, countries.name)
                         .from_select(select(customers.id + 10, customers.name)));
        EXPECT_EQ(name_in(conn, select(countries.name).where(countries.id == 11)), expected);
    }
}

TEST_P(SchemaTranslation, tables_of_one_name_in_several_schemas_are_told_apart) {
    const Customers shared{"customer", metadata, TableOptions{.schema = "shared"}};
    auto conn = engine.connect();
    // what has a schema gets another, and each of the two may be the one without
    for (const auto& map : {SchemaTranslateMap{{"", schemas["a"]}, {"shared", schemas["b"]}},
                            SchemaTranslateMap{{"", schemas["b"]}, {"shared", schemas["a"]}}}) {
        conn.execution_options({.schema_translate_map = map});
        const auto both =
            conn.execute(
                    select(customers.name, shared.name).join(shared, customers.id == shared.id))
                .one();
        EXPECT_NE(both.get<0>(), both.get<1>());
        EXPECT_EQ(both.get<0>(), name_in(conn, first_name));
        EXPECT_EQ(both.get<1>(), name_in(conn, select(shared.name)));
        EXPECT_EQ(name_in(conn, select(customers.name)
                                    .where(select(shared.id)
                                               .where(shared.id == customers.id,
                                                      shared.name != customers.name)
                                               .exists())),
                  both.get<0>());
    }
}

TEST_P(SchemaTranslation, an_open_result_keeps_its_tenant) {
    auto conn = connect("a");
    conn.execute(insert(customers).values(customers.name = "second of a"));
    auto open = conn.execute(first_name);
    EXPECT_EQ(open.fetchone()->get<0>(), "of a");
    conn.execution_options({.schema_translate_map = map_of("b")});
    EXPECT_EQ(name_in(conn, first_name), "of b");
    EXPECT_EQ(open.fetchone()->get<0>(), "second of a");
}

TEST_P(SchemaTranslation, compiled_statements_are_those_of_a_connection_without_a_map_or_others) {
    MetaData own;
    own.drop_all(engine);
    const Customers here{"customer", own};
    own.create_all(engine);
    {
        auto conn = engine.connect();
        conn.execute(insert(here).values(here.id = 1, here.name = "of nobody"));
        for (int round = 0; round < 3; ++round) {
            conn.execution_options({.schema_translate_map = SchemaTranslateMap::none()});
            EXPECT_EQ(name_in(conn, first_name), "of nobody");
            conn.execution_options({.schema_translate_map = map_of("a")});
            EXPECT_EQ(name_in(conn, first_name), "of a");
        }
        conn.commit();
    }
    own.drop_all(engine);
}

TEST_P(SchemaTranslation, without_prepared_and_compiled_statements_it_is_the_same) {
    Engine bare = schemas.make_engine({.query_cache_size = 0, .prepared_statements = 0});
    auto conn = bare.connect();
    for (const char* tenant : {"a", "b"}) {
        conn.execution_options({.schema_translate_map = map_of(tenant)});
        if (requirements.sqlite) metadata.create_all(conn);
        EXPECT_EQ(conn.scalars(select(customers.name)).all().size(), requirements.sqlite ? 0U : 1U);
    }
}

TEST_P(SchemaTranslation, text_of_the_program_is_left_alone) {
    auto conn = connect("a");
    EXPECT_EQ(conn.scalar(select(literal("\"customer\".x"))), "\"customer\".x");
    const auto written = text("select name from customer").columns<std::string>();
    if (requirements.sqlite)
        EXPECT_EQ(conn.execute(written).scalar_one(), "of a") << "the first that is attached";
    else
        EXPECT_THROW((void)conn.execute(written), DBAPIError);
}

TEST_P(SchemaTranslation, log_and_errors_name_the_tenants_schema) {
    Engine logged = schemas.make_engine({.echo = true, .log = log.callback()});
    auto conn = logged.connect();
    conn.execution_options({.schema_translate_map = {{"", "no such schema"}}});
    const auto error = caught<DBAPIError>([&] { (void)conn.execute(first_name); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("no such schema"));
    EXPECT_THAT(log.text(), testing::AllOf(HasSubstr("no such schema"),
                                           Not(HasSubstr(std::string_view("\0", 1)))));
}

// --- DDL -----------------------------------------------------------------------------------------

TEST_P(SchemaTranslation, create_all_and_drop_all_find_the_tenants_tables) {
    const Engine of_a = engine_of("a");
    metadata.create_all(of_a);  // all is there
    metadata.drop_all(of_a);
    {
        auto conn = connect("b");
        EXPECT_EQ(name_in(conn, first_name), "of b");
        conn.execution_options({.schema_translate_map = map_of("a")});
        EXPECT_THROW((void)conn.execute(first_name), DBAPIError);
    }
    metadata.create_all(of_a);
    auto conn = of_a.connect();
    EXPECT_EQ(name_in(conn, first_name), "nobody");
    conn.execute(insert(customers).values(customers.id = 7, customers.name = "new"));
    EXPECT_THROW(conn.execute(insert(orders).values(orders.customer_id = 8)), IntegrityError)
        << "its foreign key refers to its own tenant's table";
}

TEST_P(SchemaTranslation, single_tables_are_created_and_dropped_where_the_map_says) {
    auto conn = engine.connect();
    conn.execution_options({.schema_translate_map = map_of("b")});
    metadata.drop_all(conn, {orders});
    EXPECT_EQ(name_in(conn, first_name), "of b");
    metadata.create_all(conn, {orders}, false);
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(orders)), 0);
}

struct Moods : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<Mood> mood{*this, "mood", server_default(Mood::calm)};
    CheckConstraint checked{*this, mood == Mood::calm || mood == Mood::angry, "known_mood"};
};

TEST_P(SchemaTranslation, native_types_stand_in_the_schema_of_their_tenant) {
    MetaData own;
    const Moods moods{"mood_diary", own};
    auto conn = engine.connect();
    for (const char* tenant : {"a", "b"}) {
        conn.execution_options({.schema_translate_map = map_of(tenant)});
        own.create_all(conn);
        own.create_all(conn);
        conn.execute(insert(moods).values(moods.mood = Mood::angry));
        conn.execute(insert(moods).values(moods.id = 100));
        conn.execute(insert(moods).columns(moods.mood), std::vector{std::tuple{Mood::angry}});
        EXPECT_EQ(conn.scalars(select(moods.id).where(moods.mood == Mood::angry)).all().size(), 2U);
        EXPECT_EQ(conn.scalars(select(moods.id).where(moods.mood.in({Mood::calm}))).all().size(),
                  1U);
        EXPECT_TRUE(
            conn.scalars(select(moods.id).where(moods.mood.in(std::vector<Mood>{}))).all().empty());
    }
    own.drop_all(conn);
    conn.execution_options({.schema_translate_map = map_of("a")});
    EXPECT_EQ(conn.scalars(select(moods.id)).all().size(), 3U);
    own.drop_all(conn);
    conn.commit();
}

// --- what a map may not be -----------------------------------------------------------------------

TEST_P(SchemaTranslation, R27_a_translation_is_a_name_and_never_SQL) {
    for (const char* hostile :
         {"x\".\"customer\" -- ", "x`.`customer` -- ", "x; drop table customer; --", "a.customer",
          "a\".customer; drop table \"a\".\"customer", "a`.customer; drop table `a`.`customer", "'",
          "\\", "%s", "$1", "?", ":x"}) {
        auto conn = engine.connect();
        conn.execution_options({.schema_translate_map = {{"", hostile}}});
        EXPECT_THROW((void)conn.execute(first_name).all(), DBAPIError) << hostile;
        EXPECT_THROW(conn.execute(insert(customers).values(customers.name = "x")), Error);
        conn.rollback();
        EXPECT_THROW(metadata.create_all(conn, {customers}, false), DBAPIError) << hostile;
    }
    auto conn = connect("a");
    EXPECT_EQ(name_in(conn, first_name), "of a");
}

TEST_P(SchemaTranslation, R27_schemas_of_any_name_are_found) {
    const std::string strange = R"(it's "a" `b`; drop table x --)";
    const azoth::test::Schemas own{GetParam(), {strange, "a.b"}};
    const Engine of_own = own.make_engine();
    for (const std::string& name : {strange, std::string("a.b")}) {
        auto conn = of_own.connect();
        conn.execution_options({.schema_translate_map = {{"", own[name]}}});
        metadata.create_all(conn, {customers, orders});
        conn.execute(insert(customers).values(customers.name = name));
        EXPECT_EQ(name_in(conn, first_name), name);
        metadata.drop_all(conn, {customers, orders});
        conn.commit();
    }
}

TEST_P(SchemaTranslation, names_that_no_schema_can_have_are_refused) {
    EXPECT_THROW((void)SchemaTranslateMap({{"", std::string_view("a\0b", 3)}}), IdentifierError);
    EXPECT_THROW((void)SchemaTranslateMap({{std::string_view("\0", 1), "a"}}), IdentifierError);
    EXPECT_THAT(message_of<ArgumentError>(
                    [] { (void)SchemaTranslateMap({{"x", "a"}, {"y", "b"}, {"x", "c"}}); }),
                testing::AllOf(HasSubstr("'x'"), HasSubstr("twice")));
    auto conn = engine.connect();
    const std::string name(3000, 'x');
    conn.execution_options({.schema_translate_map = {{"", name}}});
    if (requirements.sqlite)
        EXPECT_THROW((void)conn.execute(first_name), DBAPIError);
    else
        EXPECT_THAT(message_of<IdentifierError>([&] { (void)conn.execute(first_name); }),
                    HasSubstr("3000 bytes"));
}

TEST_P(SchemaTranslation, a_text_with_a_NUL_character_is_no_place_for_a_schema) {
    auto conn = connect("a");
    const std::string forged("select \0x\0 from customer", 23);
    EXPECT_THROW((void)conn.execute(text(forged)), Error);
}

// --- names without a schema, and where the database looks for them -------------------------------

TEST_P(SchemaTranslation, a_cached_statement_follows_the_default_schema_of_its_connection) {
    if (requirements.sqlite) {
        auto conn = engine.connect();
        EXPECT_EQ(
            conn.scalars(
                    select(customers.name).execution_options({.schema_translate_map = map_of("b")}))
                .one(),
            "of b")
            << "SQLite has no default schema that could be changed";
        return;
    }
    const auto use = [&](Connection& conn, const char* tenant) {
        conn.exec_driver_sql(requirements.postgresql
                                 ? "SET search_path TO \"" + schemas[tenant] + "\""
                                 : "USE `" + schemas[tenant] + "`");
    };
    auto conn = engine.connect();
    const auto by_key = select(customers.name).where(customers.id == 1);
    const auto more = insert(customers).columns(customers.name);
    for (int round = 0; round < 8; ++round)
        for (const char* tenant : {"a", "b"}) {
            use(conn, tenant);
            EXPECT_EQ(name_in(conn, first_name), "of " + std::string(tenant));
            EXPECT_EQ(name_in(conn, by_key), "of " + std::string(tenant));
            EXPECT_EQ(conn.scalars(select(customers.id).where(customers.id.in({1, 4711}))).one(),
                      1);
        }
    for (const char* tenant : {"a", "b"}) {
        use(conn, tenant);
        conn.execute(more, std::vector{std::tuple{"more of " + std::string(tenant)}});
        EXPECT_EQ(conn.scalars(select(customers.name).where(customers.name.like("more%"))).one(),
                  "more of " + std::string(tenant));
    }
    conn.rollback();
}

}  // namespace
}  // namespace compliance
