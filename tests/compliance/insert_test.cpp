// SPDX-License-Identifier: MIT
// INSERT of one row, of several, of ranges, of a SELECT.
#include <tests/compliance/items.hpp>

#include <array>
#include <deque>
#include <ranges>

namespace compliance {
namespace {

struct Defaults : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<int> n{*this, "n", server_default(3)};
    Column<std::string> t{*this, "t", server_default("it's; --")};
    Column<bool> b{*this, "b", server_default(true)};
};
struct Natural : Table {
    using Table::Table;
    Column<std::string> code{*this, "code", String{20}, primary_key};
    Column<int> n{*this, "n"};
};

struct Item {
    std::string name;
    std::optional<int> size;
};

class Inserts : public ComplianceTest {
  protected:
    Inserts() { create_tables(); }
    Integers ids() { return conn.execute(select(items.id).order_by(items.id)).scalars().all(); }
    std::int64_t count() { return conn.scalar(select(func::count()).select_from(items)).value(); }

    Items items{"item", metadata};
    Defaults defaults{"with_defaults", metadata};
    Natural natural{"natural_key", metadata};
    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(Inserts);

TEST_P(Inserts, a_generated_key_is_told) {
    EXPECT_EQ(conn.execute(insert(items).values(items.name = "a")).inserted_primary_key(), 1);
    const auto result = conn.execute(insert(items).values(items.name = "b", items.size = 2));
    EXPECT_EQ(result.inserted_primary_key(), 2);
    EXPECT_EQ(result.rowcount(), 1);
    EXPECT_FALSE(result.returns_rows());
}

TEST_P(Inserts, a_given_key_is_told_as_given) {
    EXPECT_EQ(
        conn.execute(insert(items).values(items.name = "a", items.id = 77)).inserted_primary_key(),
        77);
    EXPECT_EQ(
        conn.execute(insert(items).values(items.id = -3, items.name = "b")).inserted_primary_key(),
        -3);
}

TEST_P(Inserts, a_given_key_of_zero_is_that_key) {
    EXPECT_EQ(
        conn.execute(insert(items).values(items.id = 0, items.name = "a")).inserted_primary_key(),
        0);
    conn.execute(insert(items).columns(items.id, items.name),
                 std::vector<std::tuple<std::int64_t, std::string>>{{5, "b"}, {6, "c"}});
    EXPECT_THAT(conn.scalars(select(items.id).order_by(items.id)).all(), ElementsAre(0, 5, 6));
}

TEST_P(Inserts, a_key_that_nobody_generated_is_not_told) {
    const auto result = conn.execute(insert(natural).values(natural.code = "x", natural.n = 1));
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)result.inserted_primary_key(); }),
                HasSubstr("INSERT"));
    const auto several =
        conn.execute(insert(items).values(items.name = "a").values(items.name = "b"));
    EXPECT_THROW((void)several.inserted_primary_key(), InvalidRequestError);
    EXPECT_THROW((void)conn.execute(update(items).values(items.size = 1)).inserted_primary_key(),
                 InvalidRequestError);
}

TEST_P(Inserts, a_key_of_the_statement_before_is_never_told) {
    conn.execute(insert(items).values(items.name = "a"));
    const auto none = conn.execute(insert(items).values(items.name = "a").on_conflict_do_nothing());
    EXPECT_EQ(none.rowcount(), requirements.counts_upserts ? 0 : 1);
    EXPECT_THROW((void)none.inserted_primary_key(), InvalidRequestError);
}

TEST_P(Inserts, returning_gives_what_the_database_made) {
    auto [id, stock, twice, size] =
        conn.execute(insert(items)
                         .values(items.name = "a")
                         .returning(items.id, items.stock, items.stock * 2, items.size))
            .one();
    EXPECT_EQ(id, 1);
    EXPECT_EQ(stock, 5);
    EXPECT_EQ(twice, 10);
    EXPECT_EQ(size, std::nullopt);
    EXPECT_EQ(conn.execute(insert(items).values(items.name = "b").returning(items.id)).scalar_one(),
              2);
    EXPECT_EQ(conn.execute(insert(items).values(items.name = "c").returning(items.id.label("key")))
                  .keys(),
              Strings{"key"});
    EXPECT_EQ(conn.execute(insert(items).values(items.name = "d").returning(items.name + "!"))
                  .scalar_one(),
              "d!");
    EXPECT_EQ(conn.execute(insert(items).values(items.name = "e").returning(items.id, items.name))
                  .rowcount(),
              1);
    EXPECT_EQ(
        conn.execute(
                insert(natural).values(natural.code = "k", natural.n = 1).returning(natural.code))
            .scalar_one(),
        "k");
}

TEST_P(Inserts, an_insert_happens_even_if_its_rows_are_not_read) {
    conn.execute(insert(items).values(items.name = "a").returning(items.id, items.name));
    (void)conn
        .execute(
            insert(items).values(items.name = "b").values(items.name = "c").returning(items.name))
        .first();
    EXPECT_EQ(count(), 3);
}

TEST_P(Inserts, several_rows_at_once) {
    const auto statement = insert(items)
                               .values(items.name = "a", items.size = 1)
                               .values(items.name = "b", items.size = std::nullopt)
                               .values(items.size = 3, items.name = "c");
    EXPECT_EQ(conn.execute(statement).rowcount(), 3);
    EXPECT_THAT(
        conn.execute(select(items.name).order_by(items.size.asc().nulls_last())).scalars().all(),
        ElementsAre("a", "c", "b"));
    EXPECT_EQ(conn.execute(delete_(items)).rowcount(), 3);
    EXPECT_EQ(conn.execute(statement.returning(items.name)).scalars().all().size(), 3U);
    EXPECT_THROW((void)insert(items).values(items.name = "a").values(items.size = 1),
                 ArgumentError);
    EXPECT_THROW((void)insert(items).values(items.name = "a", items.name = "b"), ArgumentError);
}

TEST_P(Inserts, expressions_and_subqueries_are_values_too) {
    conn.execute(insert(items).values(items.name = "a", items.size = 4));
    conn.execute(insert(items).values(
        items.name = func::upper("b"), items.size = literal(2) * 3 + 1,
        items.stock = func::coalesce(select(func::max(items.size)).scalar_subquery(), 0) + 1));
    auto [name, size, stock] =
        conn.execute(select(items.name, items.size, items.stock).where(items.id == 2)).one();
    EXPECT_EQ(name, "B");
    EXPECT_EQ(size, 7);
    EXPECT_EQ(stock, 5);
}

TEST_P(Inserts, defaults_only) {
    EXPECT_EQ(conn.execute(insert(defaults).values()).inserted_primary_key(), 1);
    conn.execute(insert(defaults));
    auto [id, n, t, b] =
        conn.execute(
                select(defaults.id, defaults.n, defaults.t, defaults.b).where(defaults.id == 2))
            .one();
    EXPECT_EQ(n, 3);
    EXPECT_EQ(t, "it's; --");
    EXPECT_TRUE(b);
    EXPECT_EQ(id, 2);
    EXPECT_EQ(conn.execute(insert(defaults).values().returning(defaults.t)).scalar_one(),
              "it's; --");
}

TEST_P(Inserts, from_a_select) {
    conn.execute(insert(items)
                     .values(items.name = "a", items.size = 1)
                     .values(items.name = "b", items.size = 2));
    const auto copy =
        insert(items)
            .columns(items.name, items.size)
            .from_select(select(items.name + "'", items.size * literal(10)).where(items.size > 1));
    EXPECT_EQ(conn.execute(copy).rowcount(), 1);
    EXPECT_THAT(conn.execute(select(items.size).where(items.name == "b'")).scalars().all(),
                ElementsAre(20));
    EXPECT_EQ(conn.execute(insert(natural)
                               .columns(natural.code, natural.n)
                               .from_select(select(items.name, items.stock)))
                  .rowcount(),
              3);
    EXPECT_EQ(conn.execute(insert(items)
                               .columns(items.name)
                               .from_select(select(literal("x")))
                               .returning(items.name))
                  .scalar_one(),
              "x");
}

TEST_P(Inserts, from_a_select_with_an_upsert) {
    conn.execute(insert(items).values(items.name = "a", items.size = 1));
    const auto copy = insert(items)
                          .columns(items.name, items.size)
                          .from_select(select(items.name, items.stock * 2));
    EXPECT_EQ(conn.execute(copy.on_conflict_do_update(index_elements(items.name),
                                                      items.size = excluded(items.size)))
                  .rowcount(),
              requirements.counts_upserts ? 1 : 2);
    EXPECT_EQ(conn.execute(select(items.size)).scalar_one(), 10);
}

TEST_P(Inserts, ranges_of_tuples_pairs_structs_and_more) {
    const auto names = insert(items).columns(items.name, items.size);
    const std::vector<Item> structs{{"s1", 1}, {"s2", std::nullopt}};
    EXPECT_EQ(conn.execute(names, structs).rowcount(), 2);
    EXPECT_EQ(conn.execute(names, std::deque<std::pair<std::string, int>>{{"p", 2}}).rowcount(), 1);
    EXPECT_EQ(conn.execute(names, std::array{std::tuple{"t1", 1}, std::tuple{"t2", 2}}).rowcount(),
              2);
    EXPECT_EQ(conn.execute(insert(items).columns(items.name),
                           std::vector<std::array<std::string, 1>>{{"a"}})
                  .rowcount(),
              1);
    EXPECT_EQ(conn.execute(names, std::views::iota(0, 3) | std::views::transform([](int i) {
                                      return std::pair(std::to_string(i), i);
                                  }))
                  .rowcount(),
              3);
    EXPECT_EQ(count(), 9);
    EXPECT_EQ(conn.execute(select(items.size).where(items.name == "2")).scalar_one(), 2);
}

TEST_P(Inserts, an_empty_range_inserts_nothing) {
    const std::vector<Item> none;
    const auto result =
        conn.execute(insert(items).columns(items.name, items.size).returning(items.id), none);
    EXPECT_EQ(result.rowcount(), 0);
    EXPECT_TRUE(result.all().empty());
    EXPECT_EQ(conn.execute(insert(items).columns(items.name, items.size), none).rowcount(), 0);
    EXPECT_EQ(count(), 0);
    EXPECT_EQ(conn.execute_many(insert(items).values(items.name = bindparam<std::string>("n")), {}),
              0);
}

TEST_P(Inserts, keys_of_a_range_come_in_its_order) {
    std::vector<std::tuple<std::string>> rows;
    for (int i = 0; i < 25'000; ++i)
        rows.emplace_back("item " + std::to_string((i * 7919) % 25'000));
    const auto result = conn.execute(insert(items).columns(items.name).returning(items.id), rows);
    ASSERT_EQ(result.size(), rows.size());
    conn.execute(update(items).values(items.size = 1).where(items.id < 0));
    std::size_t at = 0;
    std::int64_t wrong = 0;
    const auto keys = result.scalars();
    for (auto [id, name] : conn.execute(select(items.id, items.name).order_by(items.id))) {
        wrong += keys[at] == id && std::get<0>(rows[at]) == name ? 0 : 1;
        ++at;
    }
    EXPECT_EQ(at, rows.size());
    EXPECT_EQ(wrong, 0);
}

TEST_P(Inserts, one_row_and_a_thousand_use_the_same_statement) {
    const auto statement = insert(items).columns(items.name).returning(items.id);
    for (const int size : {1, 2, 1000, 1001, 3}) {
        std::vector<std::tuple<std::string>> rows;
        for (int i = 0; i < size; ++i)
            rows.emplace_back(std::to_string(size) + "/" + std::to_string(i));
        EXPECT_EQ(conn.execute(statement, rows).size(), static_cast<std::size_t>(size));
    }
    EXPECT_EQ(count(), 2007);
}

TEST_P(Inserts, a_failing_row_in_the_middle_leaves_nothing_after_a_rollback_to_the_savepoint) {
    conn.execute(insert(items).values(items.name = "row 777"));
    std::vector<std::tuple<std::string>> rows;
    for (int i = 0; i < 2000; ++i) rows.emplace_back("row " + std::to_string(i));
    for (const bool returning : {false, true}) {
        auto savepoint = conn.begin_nested();
        const auto statement = insert(items).columns(items.name);
        EXPECT_THROW(returning ? (void)conn.execute(statement.returning(items.id), rows)
                               : (void)conn.execute(statement, rows),
                     IntegrityError);
        savepoint.rollback();
        EXPECT_EQ(count(), 1);
    }
    conn.commit();
    EXPECT_EQ(count(), 1);
}

TEST_P(Inserts, an_exception_of_the_range_itself_comes_through) {
    auto savepoint = conn.begin_nested();
    const auto rows = std::views::iota(0, 100) | std::views::transform([](int i) {
                          if (i == 50) throw std::runtime_error("the source is broken");
                          return std::tuple(std::to_string(i));
                      });
    EXPECT_THAT(message_of<std::runtime_error>(
                    [&] { conn.execute(insert(items).columns(items.name), rows); }),
                HasSubstr("the source is broken"));
    savepoint.rollback();
    EXPECT_EQ(count(), 0);
    conn.execute(insert(items).values(items.name = "after"));
    EXPECT_EQ(count(), 1);
}

TEST_P(Inserts, an_error_s_text_keeps_letters_beyond_ASCII) {
    conn.execute(insert(natural).values(natural.code = "méil", natural.n = 1));
    auto savepoint = conn.begin_nested();
    const auto error = caught<IntegrityError>(
        [&] { conn.execute(insert(natural).values(natural.code = "méil", natural.n = 2)); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("méil"));
    savepoint.rollback();
    const auto unknown =
        caught<ProgrammingError>([&] { conn.execute(text("select 1 from \"größe\"")); });
    ASSERT_TRUE(unknown);
    EXPECT_THAT(unknown->fault().message, HasSubstr("größe"));
}

TEST_P(Inserts, many_parameter_sets_by_name) {
    const auto statement = insert(items).values(items.name = bindparam<std::string>("n"),
                                                items.size = bindparam<int>("s") + 1);
    EXPECT_EQ(conn.execute_many(statement, {{{"n", "a"}, {"s", 1}}, {{"s", 2}, {"n", "b"}}}), 2);
    EXPECT_EQ(conn.execute_many(
                  update(items)
                      .values(items.size = bindparam<int>("s"))
                      .where(items.name == bindparam<std::string>("n")),
                  {{{"n", "a"}, {"s", 10}}, {{"n", "b"}, {"s", 20}}, {{"n", "z"}, {"s", 0}}}),
              2);
    EXPECT_EQ(conn.execute_many(delete_(items).where(items.size == bindparam<int>("s")),
                                {{{"s", 10}}, {{"s", 11}}}),
              1);
    EXPECT_EQ(conn.execute_many(text("insert into item (name, size) values (:n, :s)"),
                                {{{"n", "x"}, {"s", 1}}, {{"n", "y"}, {"s", nullptr}}}),
              2);
    EXPECT_EQ(conn.execute(select(items.size).where(items.name == "y")).scalar_one(), std::nullopt);
    EXPECT_EQ(conn.execute(select(items.size).where(items.name == "b")).scalar_one(), 20);
}

TEST_P(Inserts, named_parameters_are_checked) {
    const auto statement = insert(items).values(items.name = bindparam<std::string>("n"));
    EXPECT_THAT(message_of<Error>([&] { conn.execute(statement); }), HasSubstr("n"));
    EXPECT_THAT(message_of<Error>([&] { conn.execute(statement, {{"m", "x"}}); }), HasSubstr("n"));
    EXPECT_THAT(message_of<Error>([&] { conn.execute(statement, {{"n", "x"}, {"extra", 1}}); }),
                HasSubstr("extra"));
    EXPECT_THAT(
        message_of<ArgumentError>([&] { conn.execute(statement, {{"n", "x"}, {"n", "y"}}); }),
        HasSubstr("n"));
    EXPECT_THROW(conn.execute_many(statement, {{{"n", "x"}}, {}}), Error);
    conn.rollback();
    EXPECT_EQ(count(), 0);
    conn.execute(statement, {{"n", "x"}});
    EXPECT_EQ(count(), 1);
}

TEST_P(Inserts, defaults_only_many_times) {
    EXPECT_EQ(conn.execute_many(insert(defaults).values(), {{}, {}, {}}), 3);
    Integers numbers;
    for (auto [n, t] : conn.execute(select(defaults.n, defaults.t))) {
        EXPECT_EQ(t, "it's; --");
        numbers.push_back(n);
    }
    EXPECT_THAT(numbers, ElementsAre(3, 3, 3));
}

TEST_P(Inserts, a_range_returns_values_of_every_type_in_its_order) {
    struct Values : Table {
        using Table::Table;
        Column<std::int64_t> id{*this, "id", primary_key};
        Column<double> real{*this, "real"};
        Column<Uuid> uuid{*this, "uuid"};
        Column<std::vector<std::byte>> bytes{*this, "bytes"};
        Column<std::chrono::year_month_day> day{*this, "day"};
        Column<Decimal> money{*this, "money", Numeric{20, 4}};
        Column<std::optional<UtcDateTime>> moment{*this, "moment"};
    };
    const Values all{"every_type", metadata};
    metadata.create_all(conn);
    std::vector<std::tuple<double, Uuid, std::vector<std::byte>, std::chrono::year_month_day,
                           Decimal, std::optional<UtcDateTime>>>
        rows;
    for (int i = 0; i < 500; ++i)
        rows.emplace_back(
            1.0 / (i + 1), Uuid::random(), std::vector<std::byte>(std::size_t(i % 7), std::byte(i)),
            std::chrono::sys_days{std::chrono::days{i * 37 % 500}}, Decimal::from_coefficient(i, 4),
            i % 3 == 0 ? std::nullopt
                       : std::optional(UtcDateTime{std::chrono::microseconds{i * 1'000'001LL}}));
    auto result =
        conn.execute(insert(all)
                         .columns(all.real, all.uuid, all.bytes, all.day, all.money, all.moment)
                         .returning(all.real, all.uuid, all.bytes, all.day, all.money, all.moment),
                     rows);
    ASSERT_EQ(result.size(), rows.size());
    std::size_t at = 0;
    for (const auto& [real, uuid, bytes, day, money, moment] : result.all()) {
        EXPECT_EQ(std::tie(real, uuid, bytes, day, money, moment), rows[at]) << at;
        ++at;
    }
}

TEST_P(Inserts, columns_of_any_name_take_ranges_and_return_them) {
    const Strings names{"100%",      "two words", "co:lon", "par(en)",
                        "brack[et]", "d.ot",      "%(x)s",  "größe"};
    for (const std::string& name : names) {
        MetaData own;
        const Table table{
            "any % name",
            own,
            {ColumnSpec{"spam%id", Integer{}, primary_key}, ColumnSpec{name, Integer{}}}};
        own.create_all(conn);
        const auto id = table.c<std::int64_t>("spam%id");
        const auto value = table.c<int>(name);
        const auto keys = conn.execute(insert(table).columns(value).returning(id, value),
                                       std::vector<std::tuple<int>>{{5}, {7}});
        EXPECT_EQ(keys.size(), 2U) << name;
        conn.execute_many(update(table)
                              .values(set(table.c(name), bindparam<int>("n")))
                              .where(value == bindparam<int>("v")),
                          {{{"v", 5}, {"n", 6}}});
        own.drop_all(conn);
    }
}

TEST_P(Inserts, columns_without_rows_are_refused) {
    EXPECT_THROW((void)(conn.execute(insert(items).values(items.name = "x").columns(items.size),
                                     std::vector{std::tuple{1}})),
                 ArgumentError);
    EXPECT_THROW((void)insert(items).columns(items.name, items.name), ArgumentError);
    EXPECT_THROW((void)insert(items).columns(natural.code), ArgumentError);
    EXPECT_THROW((void)insert(items).values(natural.code = "x"), ArgumentError);
}

TEST_P(Inserts, a_violated_constraint_is_named) {
    conn.execute(insert(items).values(items.name = "a"));
    auto savepoint = conn.begin_nested();
    const auto error =
        caught<IntegrityError>([&] { conn.execute(insert(items).values(items.name = "a")); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("item"));
    EXPECT_THAT(error->statement(), HasSubstr("INSERT INTO"));
    EXPECT_THAT(error->parameters(), HasSubstr("'a'"));
    EXPECT_EQ(error->poisoned() == Poisoned::transaction, requirements.errors_end_transactions);
    EXPECT_FALSE(error->connection_invalidated());
}

}  // namespace
}  // namespace compliance
