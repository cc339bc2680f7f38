// SPDX-License-Identifier: MIT
// FROM objects that are no tables: VALUES, functions, samples, LATERAL, tables without metadata.
#include <azoth/sql.hpp>
#include <azoth/sql/statement.hpp>

#include <tests/compliance/support.hpp>

namespace compliance {
namespace {

class Derived : public UsersTest {
  protected:
    void expect_refused(const auto& statement, const std::string& what) {
        EXPECT_THAT(message_of<UnsupportedCompilationError>([&] { (void)conn.execute(statement); }),
                    HasSubstr(what));
    }
    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(Derived);

TEST_P(Derived, values_are_a_table) {
    const auto v = values("v", column<std::int64_t>("id"), column<std::string>("nick"))
                       .data({{1, "S"}, {3, "Q'\"`\\"}, {9, "none"}});
    const auto rows =
        conn.execute(
                select(users.name, v.get<1>()).join(v, users.id == v.get<0>()).order_by(users.id))
            .all();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].tuple(), std::tuple(std::string("sandy"), std::string("S")));
    EXPECT_EQ(rows[1].tuple(), std::tuple(std::string("squidward"), std::string("Q'\"`\\")));
}

TEST_P(Derived, values_have_any_number_of_rows_and_types) {
    for (const std::size_t count : {1U, 2U, 50U}) {
        std::vector<std::tuple<int, double, bool, std::string>> rows;
        for (std::size_t i = 0; i < count; ++i)
            rows.emplace_back(static_cast<int>(i), 0.5, i % 2 == 0, "r" + std::to_string(i));
        const auto v = values("v", column<int>("i"), column<double>("d"), column<bool>("b"),
                              column<std::string>("s"))
                           .data(rows);
        const auto found =
            conn.execute(
                    select(v.get<0>(), v.get<1>(), v.get<2>(), v.get<3>()).order_by(v.get<0>()))
                .all();
        ASSERT_EQ(found.size(), count);
        for (std::size_t i = 0; i < count; ++i)
            EXPECT_EQ(found[i].tuple(),
                      std::tuple(static_cast<int>(i), 0.5, i % 2 == 0, "r" + std::to_string(i)));
    }
    EXPECT_EQ(conn.scalars(select(func::sum(
                               values("n", column<int>("x")).data({{1}, {2}, {39}}).get<0>())))
                  .one(),
              42);
}

TEST_P(Derived, values_stand_in_ctes_and_subqueries) {
    const auto v = values("v", column<std::int64_t>("id")).data({{1}, {2}});
    const auto wanted = select(v.get<0>()).cte("wanted");
    EXPECT_EQ(
        conn.scalars(
                select(users.name).where(users.id.in(select(wanted.get<0>()))).order_by(users.id))
            .all(),
        (Strings{"sandy", "patrick"}));
    EXPECT_EQ(
        conn.scalars(select(users.id).where(users.id.in(select(v.get<0>()))).order_by(users.id))
            .all(),
        (Integers{1, 2}));
}

TEST_P(Derived, values_of_other_values_are_the_same_statement) {
    const auto of = [](int n) {
        const auto v = values("v", column<int>("x")).data({{n}});
        return select(v.get<0>());
    };
    EXPECT_TRUE(sql::equal(of(1).node(), of(2).node()));
    EXPECT_EQ(conn.scalars(of(1)).one(), 1);
    EXPECT_EQ(conn.scalars(of(2)).one(), 2);
    EXPECT_THAT(message_of<ArgumentError>([] {
                    (void)values("v", column<int>("x")).data(std::vector<std::tuple<int>>{});
                }),
                HasSubstr("no rows"));
}

TEST_P(Derived, tables_without_metadata_are_read_and_written) {
    const auto people = table("user_account", column<std::int64_t>("id"),
                              column<std::string>("name"), column<int>("age"));
    EXPECT_EQ(
        conn.scalars(select(people.get<1>()).where(people.get<2>() > 25).order_by(people.get<0>()))
            .all(),
        (Strings{"sandy", "squidward"}));
    EXPECT_EQ(
        conn.execute(update(people).values(set(people.c("age"), 50)).where(people.get<0>() == 2))
            .rowcount(),
        1);
    EXPECT_EQ(conn.scalars(select(users.age).where(users.id == 2)).one(), 50);
    EXPECT_THROW((void)table("", column<int>("x")), ArgumentError);
    EXPECT_THROW((void)table("t", column<int>("x"), column<int>("x")), DuplicateColumnError);
}

TEST_P(Derived, a_function_gives_rows) {
    const auto each = [&](const TableFunctionOptions& options) {
        if (requirements.sqlite)
            return table_valued(func::call<int>("json_each", "[7, 8, 9]"), options,
                                column<std::int64_t>("value"));
        return table_valued(func::call<int>("generate_series", 7, 9), options,
                            column<std::int64_t>("value"));
    };
    const auto numbers = each({.name = "numbers"});
    const auto query = select(numbers.get<0>()).order_by(numbers.get<0>());
    if (!requirements.table_functions) return expect_refused(query, "functions in FROM");
    EXPECT_EQ(conn.scalars(query).all(), (Integers{7, 8, 9}));
    const auto anonymous = each({});
    EXPECT_EQ(conn.scalars(select(func::sum(anonymous.get<0>()))).one(), 24);
}

TEST_P(Derived, a_function_s_rows_are_numbered_and_named_where_the_database_can) {
    const auto numbered = table_valued(func::call<int>("generate_series", 7, 9),
                                       {.name = "n", .with_ordinality = true}, column<int>("x"),
                                       column<std::int64_t>("place"));
    const auto query = select(numbered.get<0>(), numbered.get<1>()).order_by(numbered.get<1>());
    if (!requirements.named_function_columns)
        return expect_refused(query, requirements.sqlite ? "ORDINALITY" : "functions in FROM");
    EXPECT_EQ(conn.execute(query).all().back().tuple(), std::tuple(9, std::int64_t{3}));
    const auto record =
        table_valued(func::call<int>("json_to_record",
                                     literal_column<int>("'{\"a\": 1, \"b\": \"two\"}'::json")),
                     {.name = "r", .with_types = true}, column<int>("a"), column<std::string>("b"));
    EXPECT_EQ(conn.execute(select(record.get<0>(), record.get<1>())).one().tuple(),
              std::tuple(1, std::string("two")));
    const auto series = table_valued(func::call<int>("generate_series", 1, users.id),
                                     {.name = "s", .lateral = true}, column<int>("x"));
    EXPECT_EQ(conn.scalars(select(func::count()).select_from(users).join(series, true_())).one(),
              6);
    const auto one = column_valued(func::call<int>("generate_series", 1, 4), "g");
    EXPECT_EQ(conn.scalars(select(func::max(one.get<0>()))).one(), 4);
}

TEST_P(Derived, a_lateral_subquery_looks_at_what_stands_before_it) {
    const auto newest = select(addresses.email)
                            .where(addresses.user_id == users.id)
                            .order_by(addresses.id.desc())
                            .limit(1)
                            .lateral("newest");
    const auto query = select(users.name, newest.get<0>())
                           .select_from(users)
                           .join(newest, true_())
                           .order_by(users.id);
    if (!requirements.lateral) return expect_refused(query, "LATERAL");
    const auto rows = conn.execute(query).all();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].tuple(), std::tuple(std::string("sandy"), std::string("cheeks@example.org")));
}

TEST_P(Derived, a_sample_has_the_table_s_columns) {
    const auto everybody = tablesample(users, func::call<int>("bernoulli", 100), 1, "s");
    const auto query = select(everybody.c<std::string>("name")).order_by(everybody.c("id"));
    if (!requirements.tablesample) return expect_refused(query, "TABLESAMPLE");
    EXPECT_EQ(conn.scalars(query).all(), (Strings{"sandy", "patrick", "squidward"}));
    const auto nobody = tablesample(users, func::call<int>("system", 0));
    EXPECT_EQ(conn.scalars(select(nobody.c<std::string>("name"))).all(), Strings{});
    EXPECT_THROW((void)tablesample(select(users.id).subquery(), func::call<int>("system", 1)),
                 ArgumentError);
}

}  // namespace
}  // namespace compliance
