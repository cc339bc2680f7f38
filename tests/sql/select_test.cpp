// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace azoth;
using azoth_test::postgresql_sql;
using azoth_test::sqlite_sql;

namespace {

class SelectSql : public azoth_test::ShopTest {};

TEST_F(SelectSql, Quotes_every_identifier_and_binds_every_value) {
    const auto statement = select(users.id, users.name)
                               .where(users.name == "x", users.age > 3)
                               .order_by(users.id.desc())
                               .limit(5)
                               .offset(2);
    EXPECT_EQ(postgresql_sql(statement),
              R"(SELECT "user"."id", "user"."name" FROM "user" WHERE "user"."name" = $1 AND )"
              R"("user"."age" > $2 ORDER BY "user"."id" DESC LIMIT $3 OFFSET $4)");
    EXPECT_EQ(sqlite_sql(statement),
              R"(SELECT "user"."id", "user"."name" FROM "user" WHERE "user"."name" = ? AND )"
              R"("user"."age" > ? ORDER BY "user"."id" DESC LIMIT ? OFFSET ?)");
}

TEST_F(SelectSql, Values_follow_the_clauses_whatever_the_order_of_calls) {
    const auto statement =
        select(users.id).limit(7).having(users.id > 3).where(users.age == 1).group_by(users.id);
    ASSERT_EQ(statement.values().size(), 3U);
    EXPECT_EQ(statement.values()[0].view().integer, 1);
    EXPECT_EQ(statement.values()[1].view().integer, 3);
    EXPECT_EQ(statement.values()[2].view().integer, 7);
}

TEST_F(SelectSql, Values_follow_the_clauses_of_statements_of_any_length) {
    auto statement = select(users.id).limit(99);
    for (int i = 0; i < 20; ++i) statement = std::move(statement).where(users.age != i);
    ASSERT_EQ(statement.values().size(), 21U);
    for (std::size_t i = 0; i < 20; ++i)
        EXPECT_EQ(statement.values()[i].view().integer, static_cast<std::int64_t>(i));
    EXPECT_EQ(statement.values()[20].view().integer, 99);

    auto all = select(users.id, users.name, users.age, users.fullname, users.balance, users.id,
                      users.name, users.age, users.fullname, users.balance);
    auto one = all.with_only_columns(users.age).with_only_columns(users.id);
    EXPECT_EQ(sqlite_sql(one), R"(SELECT "user"."id" FROM "user")");
    EXPECT_EQ(sqlite_sql(std::move(one).where(users.age == 1).order_by(users.name)),
              R"(SELECT "user"."id" FROM "user" WHERE "user"."age" = ? ORDER BY "user"."name")");
    EXPECT_EQ(all.values().size(), 0U);
}

TEST_F(SelectSql, A_later_limit_replaces_an_earlier_one) {
    const auto statement = select(users.id).limit(7).where(users.age == 1).limit(9);
    EXPECT_EQ(postgresql_sql(statement),
              R"(SELECT "user"."id" FROM "user" WHERE "user"."age" = $1 LIMIT $2)");
    ASSERT_EQ(statement.values().size(), 2U);
    EXPECT_EQ(statement.values()[1].view().integer, 9);
}

TEST_F(SelectSql, Writes_parentheses_where_precedence_asks_for_them) {
    const auto a = users.age == 1;
    const auto b = users.age == 2;
    const auto c = users.age == 3;
    const auto where = [&](const auto& condition) {
        const auto text = postgresql_sql(select(users.id).where(condition));
        return text.substr(text.find("WHERE ") + 6);
    };
    EXPECT_EQ(where((a || b) && c),
              R"(("user"."age" = $1 OR "user"."age" = $2) AND "user"."age" = $3)");
    EXPECT_EQ(where(a || (b && c)),
              R"("user"."age" = $1 OR "user"."age" = $2 AND "user"."age" = $3)");
    EXPECT_EQ(where(!(a && b)), R"(NOT ("user"."age" = $1 AND "user"."age" = $2))");
    EXPECT_EQ(where((users.age + 1) * 2 == 4), R"(("user"."age" + $1) * $2 = $3)");
    EXPECT_EQ(where(users.age - (users.age - 1) == 1),
              R"("user"."age" - ("user"."age" - $1) = $2)");
    EXPECT_EQ(where((users.age < 1) == true), R"(("user"."age" < $1) = $2)");
}

TEST_F(SelectSql, R4_an_empty_conjunction_adds_nothing_and_lists_of_conditions_combine) {
    Expr<bool> none;
    EXPECT_EQ(sqlite_sql(select(users.id).where(none)), R"(SELECT "user"."id" FROM "user")");
    std::vector<Expr<bool>> list{users.age == 1, users.fullname == "x"};
    EXPECT_EQ(sqlite_sql(select(users.id).where(any_of(list))),
              R"(SELECT "user"."id" FROM "user" WHERE "user"."age" = ? OR "user"."fullname" = ?)");
    EXPECT_EQ(sqlite_sql(select(users.id).where(any_of({}))),
              R"(SELECT "user"."id" FROM "user" WHERE 0)");
}

TEST_F(SelectSql, R5_null_becomes_is_null_and_ordering_by_null_throws) {
    EXPECT_EQ(sqlite_sql(select(users.id).where(users.fullname == std::nullopt)),
              R"(SELECT "user"."id" FROM "user" WHERE "user"."fullname" IS NULL)");
    const std::optional<std::string> empty;
    EXPECT_EQ(sqlite_sql(select(users.id).where(users.fullname != empty)),
              R"(SELECT "user"."id" FROM "user" WHERE "user"."fullname" IS NOT NULL)");
    EXPECT_THROW((void)(users.fullname < empty), ArgumentError);
}

TEST_F(SelectSql, Infers_the_ON_clause_from_the_foreign_key) {
    EXPECT_EQ(sqlite_sql(select(users.id, addresses.email).join(addresses)),
              R"(SELECT "user"."id", "address"."email" FROM "user" JOIN "address" ON )"
              R"("user"."id" = "address"."user_id")");
    EXPECT_EQ(sqlite_sql(select(addresses.email).join(users)),
              R"(SELECT "address"."email" FROM "address" JOIN "user" ON )"
              R"("user"."id" = "address"."user_id")");
}

TEST_F(SelectSql, Says_that_no_or_several_foreign_keys_link_two_tables) {
    struct Log : Table {
        using Table::Table;
        Column<std::int64_t> id{*this, "id", primary_key};
    } log{"log", shop.metadata};
    EXPECT_THROW((void)sqlite_sql(select(users.id).join(log)), NoForeignKeysError);
    struct Friends : Table {
        Friends(const MetaData& metadata, const azoth_test::Users& of)
            : Table("friend", metadata),
              one{*this, "one", ForeignKey{of.id}},
              two{*this, "two", ForeignKey{of.id}} {}
        Column<std::int64_t> one;
        Column<std::int64_t> two;
    } friends{shop.metadata, users};
    EXPECT_THROW((void)sqlite_sql(select(users.id).join(friends)), AmbiguousForeignKeysError);
}

TEST_F(SelectSql, R5_a_column_behind_an_outer_join_must_be_nullable) {
    EXPECT_THROW((void)sqlite_sql(select(users.id, addresses.email).outer_join(addresses)),
                 ArgumentError);
    EXPECT_EQ(sqlite_sql(select(users.id, nullable(addresses.email)).outer_join(addresses)),
              R"(SELECT "user"."id", "address"."email" FROM "user" LEFT OUTER JOIN "address" ON )"
              R"("user"."id" = "address"."user_id")");
}

TEST_F(SelectSql, Aliases_get_names_and_derived_tables_rename_repeated_columns) {
    const auto other = alias(users);
    EXPECT_EQ(
        sqlite_sql(select(users.name, other.name).where(users.id < other.id)),
        R"(SELECT "user"."name", "user_1"."name" AS "name_1" FROM "user", "user" AS "user_1" )"
        R"(WHERE "user"."id" < "user_1"."id")");
    const auto derived = select(users.id, func::lower(users.name)).subquery("d");
    EXPECT_EQ(sqlite_sql(select(derived.get<1>())),
              R"(SELECT "d"."lower_1" FROM (SELECT "user"."id", lower("user"."name") AS "lower_1" )"
              R"(FROM "user") AS "d")");
}

TEST_F(SelectSql, Conditions_collected_in_a_loop_stay_flat_and_endless_nesting_is_refused) {
    Expr<bool> any = users.id == 0;
    for (int i = 1; i < 600; ++i) any = any || users.id == i;
    EXPECT_THAT(postgresql_sql(select(users.id).where(any)), testing::HasSubstr("$600"));
    EXPECT_THROW(
        {
            Expr<bool> condition = users.id == 0;
            for (int i = 0; i < 100'000; ++i) condition = !condition;
        },
        ArgumentError);
    EXPECT_THROW(
        {
            auto sum = users.id + 1;
            for (int i = 0; i < 100'000; ++i) sum = sum + 1;
        },
        ArgumentError);
}

TEST_F(SelectSql, Renames_a_table_of_a_schema_beside_one_of_the_same_name) {
    MetaData metadata;
    const Table here{"t", metadata, {ColumnSpec{"x", Integer{}}}};
    const Table there{"t", metadata, {ColumnSpec{"x", Integer{}}}, {.schema = "s"}};
    const auto x = here.c<int>("x");
    const auto y = there.c<int>("x");
    EXPECT_EQ(postgresql_sql(select(x, y).where(x == y)),
              R"(SELECT "t"."x", "t_1"."x" AS "x_1" FROM "t", "s"."t" AS "t_1" )"
              R"(WHERE "t"."x" = "t_1"."x")");
    EXPECT_EQ(postgresql_sql(select(x).where(exists(select(y).where(x == y)))),
              R"(SELECT "t"."x" FROM "t" WHERE EXISTS )"
              R"((SELECT "t_1"."x" FROM "s"."t" AS "t_1" WHERE "t"."x" = "t_1"."x"))");
    EXPECT_EQ(postgresql_sql(select(y)), R"(SELECT "s"."t"."x" FROM "s"."t")");
}

TEST_F(SelectSql, Correlates_a_subquery_to_the_query_around_it) {
    const auto has_mail = select(addresses.id).where(addresses.user_id == users.id).exists();
    EXPECT_EQ(
        sqlite_sql(select(users.id).where(has_mail)),
        R"(SELECT "user"."id" FROM "user" WHERE EXISTS (SELECT "address"."id" FROM "address" )"
        R"(WHERE "address"."user_id" = "user"."id"))");
    EXPECT_EQ(sqlite_sql(select(users.id).where(users.id.in(select(users.id)))),
              R"(SELECT "user"."id" FROM "user" WHERE "user"."id" IN (SELECT "user"."id" FROM )"
              R"("user"))");
}

TEST_F(SelectSql, CTEs_stand_in_front_and_a_recursive_one_names_its_columns) {
    auto tree = select(users.id.label("n")).where(users.age == 1).cte("tree", true);
    tree = tree.union_all(select(tree.get<0>() + 1).where(tree.get<0>() < 9));
    EXPECT_EQ(postgresql_sql(select(tree.get<0>()).where(tree.get<0>() > 2)),
              R"(WITH RECURSIVE "tree"("n") AS (SELECT "user"."id" AS "n" FROM "user" WHERE )"
              R"("user"."age" = $1 UNION ALL SELECT "tree"."n" + $2 AS "anon_1" FROM "tree" WHERE )"
              R"("tree"."n" < $3) SELECT "tree"."n" FROM "tree" WHERE "tree"."n" > $4)");
}

TEST_F(SelectSql, Dialects_differ_where_their_databases_do) {
    EXPECT_EQ(sqlite_sql(select(users.id).offset(3)),
              R"(SELECT "user"."id" FROM "user" LIMIT -1 OFFSET ?)");
    EXPECT_EQ(sqlite_sql(select(users.id).where(users.name.ilike("A%"))),
              R"(SELECT "user"."id" FROM "user" WHERE lower("user"."name") LIKE lower(?))");
    EXPECT_EQ(postgresql_sql(select(users.id).where(users.name.ilike("A%"))),
              R"(SELECT "user"."id" FROM "user" WHERE "user"."name" ILIKE $1)");
    EXPECT_EQ(sqlite_sql(select(users.age / 2)),
              R"(SELECT "user"."age" / (? + 0.0) AS "anon_1" FROM "user")");
    EXPECT_EQ(postgresql_sql(select(users.age / 2)),
              R"(SELECT "user"."age" / CAST($1 AS DOUBLE PRECISION) AS "anon_1" FROM "user")");
    EXPECT_EQ(sqlite_sql(select(users.balance + users.balance)),
              R"(SELECT decimal_add("user"."balance", "user"."balance") AS "anon_1" FROM "user")");
    EXPECT_THROW((void)sqlite_sql(select(users.balance / users.balance)),
                 UnsupportedCompilationError);
}

TEST_F(SelectSql, R27_names_cannot_break_out_of_their_quotes) {
    Table odd{R"(a"; DROP TABLE b; --)", shop.metadata};
    odd.add_column(R"(c")", Integer{}, primary_key);
    EXPECT_EQ(sqlite_sql(select(odd.c(R"(c")").label(R"(l"x)"))),
              R"(SELECT "a""; DROP TABLE b; --"."c""" AS "l""x" FROM "a""; DROP TABLE b; --")");
    EXPECT_THROW((void)func::call<int>("f(); DROP TABLE x; --"), ArgumentError);
    EXPECT_THROW((void)users.id.label(""), ArgumentError);
}

TEST_F(SelectSql, Bad_arguments_are_named) {
    EXPECT_THROW((void)select(users.id).limit(-1), ArgumentError);
    EXPECT_THROW((void)users.c("nope"), NoSuchColumnError);
    EXPECT_THROW((void)select(users.id).subquery("s")[users.name], NoSuchColumnError);
    EXPECT_THROW((void)select(users.c("id"), users.c("name")).typed<std::int64_t>(), ArgumentError);
    EXPECT_THROW((void)sqlite_sql(Select<>()), CompileError);
    EXPECT_THROW((void)users.id.between(std::optional<int>{}, 3), ArgumentError);
}

}  // namespace
