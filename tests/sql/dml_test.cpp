// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <gtest/gtest.h>

using namespace azoth;
using azoth_test::postgresql_sql;
using azoth_test::Shop;
using azoth_test::sqlite_sql;

namespace {

class DmlSql : public testing::Test {
  protected:
    Shop shop;
    const azoth_test::Users& users = shop.users;
    const azoth_test::Addresses& addresses = shop.addresses;
};

TEST_F(DmlSql, INSERT_brings_further_rows_into_the_order_of_the_first) {
    const auto statement = insert(users)
                               .values(users.name = "a", users.age = 1)
                               .values(users.age = 2, users.name = "b");
    EXPECT_EQ(sqlite_sql(statement), R"(INSERT INTO "user" ("name", "age") VALUES (?, ?), (?, ?))");
    ASSERT_EQ(statement.values().size(), 4U);
    EXPECT_EQ(statement.values()[2].view().text(), "b");
    EXPECT_EQ(statement.values()[3].view().integer, 2);
}

TEST_F(DmlSql, An_assignment_that_is_kept_serves_any_number_of_statements) {
    const std::string longer = "a name that is too long to be held without an allocation";
    const Assignment name = (users.name = longer);
    const Assignment age = (users.age = users.age + 1);
    for (int round = 0; round < 2; ++round) {
        const auto update_both = update(users).values(name, age).where(users.id == 5);
        ASSERT_EQ(update_both.values().size(), 3U);
        EXPECT_EQ(update_both.values()[0].view().text(), longer);
        EXPECT_EQ(update_both.values()[1].view().integer, 1);
        EXPECT_EQ(update_both.values()[2].view().integer, 5);
    }
    Assignment copy = name;
    const Assignment moved = std::move(copy);
    const auto rows = insert(users).values(moved).values(moved).values(users.name = "last");
    ASSERT_EQ(rows.values().size(), 3U);
    EXPECT_EQ(rows.values()[0].view().text(), longer);
    EXPECT_EQ(rows.values()[1].view().text(), longer);
    EXPECT_EQ(rows.values()[2].view().text(), "last");
    EXPECT_EQ(sqlite_sql(rows), R"(INSERT INTO "user" ("name") VALUES (?), (?), (?))");
}

TEST_F(DmlSql, An_assignment_keeps_its_table_alive) {
    std::optional<Assignment> kept;
    {
        const Shop other;
        kept = (other.users.name = "x");
    }
    EXPECT_THROW((void)insert(users).values(*kept), ArgumentError);
}

TEST_F(DmlSql, Assignments_to_an_alias_are_refused_as_before) {
    const azoth_test::Users u = alias(users, "u");
    EXPECT_THROW((void)insert(users).values(u.name = "x"), ArgumentError);
}

TEST_F(DmlSql, INSERT_refuses_rows_that_differ_and_columns_of_other_tables) {
    EXPECT_THROW((void)insert(users).values(users.name = "a").values(users.age = 2), ArgumentError);
    EXPECT_THROW((void)insert(users).values(users.name = "a", users.name = "b"), ArgumentError);
    EXPECT_THROW((void)insert(users).values(addresses.email = "a"), ArgumentError);
    EXPECT_THROW((void)insert(alias(users)), ArgumentError);
    EXPECT_THROW((void)sqlite_sql(insert(users).columns(users.name)), ArgumentError);
}

TEST_F(DmlSql, A_generated_key_comes_back_without_being_asked_for) {
    const auto statement = insert(users).values(users.name = "a");
    EXPECT_EQ(postgresql_sql(statement),
              R"(INSERT INTO "user" ("name") VALUES ($1) RETURNING "id")");
    EXPECT_EQ(sqlite_sql(statement), R"(INSERT INTO "user" ("name") VALUES (?))");
    EXPECT_EQ(sqlite_sql(statement.returning(users.id)),
              R"(INSERT INTO "user" ("name") VALUES (?))");
    EXPECT_EQ(sqlite_sql(statement.returning(users.id, users.age)),
              R"(INSERT INTO "user" ("name") VALUES (?) RETURNING "id", "age")");
}

TEST_F(DmlSql, INSERT_of_many_rows_takes_arrays_in_PostgreSQL) {
    const auto statement = insert(users).columns(users.name, users.age).returning(users.id);
    const auto compiled = postgresql::Compiler().compile(statement.node(), sql::CompileMode::many);
    EXPECT_TRUE(compiled->array_parameters);
    EXPECT_EQ(compiled->sql,
              R"(INSERT INTO "user" ("name", "age") SELECT given.c0, given.c1 FROM )"
              R"(unnest($1::text[], $2::INTEGER[]) WITH ORDINALITY AS given(c0, c1, n) )"
              R"(ORDER BY given.n RETURNING "id")");
}

TEST_F(DmlSql, Upserts_name_their_target) {
    const auto statement =
        insert(users)
            .values(users.name = "a", users.age = 1)
            .on_conflict_do_update(index_elements(users.name), users.age = excluded(users.age) + 1)
            .where(users.age < 10);
    EXPECT_EQ(sqlite_sql(statement),
              R"(INSERT INTO "user" ("name", "age") VALUES (?, ?) ON CONFLICT ("name") DO UPDATE )"
              R"(SET "age" = excluded."age" + ? WHERE "user"."age" < ?)");
    EXPECT_EQ(sqlite_sql(insert(users).values(users.age = 1).on_conflict_do_nothing()),
              R"(INSERT INTO "user" ("age") VALUES (?) ON CONFLICT DO NOTHING)");
    EXPECT_THROW((void)insert(users).values(users.age = 1).on_conflict_do_update({}, users.age = 2),
                 ArgumentError);
    EXPECT_THROW((void)sqlite_sql(insert(users)
                                      .values(users.age = 1)
                                      .on_conflict_do_update(constraint("uq"), users.age = 2)),
                 UnsupportedCompilationError);
}

TEST_F(DmlSql, INSERT_from_SELECT) {
    EXPECT_EQ(sqlite_sql(insert(users)
                             .columns(users.name)
                             .from_select(select(addresses.email).where(addresses.id == 3))),
              R"(INSERT INTO "user" ("name") SELECT "address"."email" FROM "address" WHERE )"
              R"("address"."id" = ?)");
}

TEST_F(DmlSql, UPDATE_takes_other_tables_and_refuses_nonsense) {
    EXPECT_EQ(postgresql_sql(update(users)
                                 .values(users.name = addresses.email)
                                 .where(addresses.user_id == users.id, users.age == 3)),
              R"(UPDATE "user" SET "name" = "address"."email" FROM "address" WHERE )"
              R"("address"."user_id" = "user"."id" AND "user"."age" = $1)");
    EXPECT_THROW((void)sqlite_sql(update(users)), ArgumentError);
    EXPECT_THROW((void)sqlite_sql(update(users).values(users.age = 1, users.age = 2)),
                 ArgumentError);
    EXPECT_THROW((void)sqlite_sql(update(users).values(addresses.email = "x")), ArgumentError);
}

TEST_F(DmlSql, DELETE_uses_other_tables_only_where_the_database_can) {
    const auto statement = delete_(users).where(users.id == addresses.user_id);
    EXPECT_EQ(postgresql_sql(statement),
              R"(DELETE FROM "user" USING "address" WHERE "user"."id" = "address"."user_id")");
    EXPECT_THROW((void)sqlite_sql(statement), UnsupportedCompilationError);
}

TEST_F(DmlSql, A_statement_that_was_copied_does_not_change_with_its_original) {
    auto original = select(users.id).where(users.age == 1);
    const auto copy = original;
    original = original.where(users.age == 2);
    EXPECT_EQ(copy.values().size(), 1U);
    EXPECT_EQ(original.values().size(), 2U);
    EXPECT_NE(sqlite_sql(copy), sqlite_sql(original));
}

}  // namespace
