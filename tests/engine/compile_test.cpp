// SPDX-License-Identifier: MIT
#include <azoth/core.hpp>
#include <azoth/engine/compile.hpp>
#include <azoth/engine/to_sql.hpp>
#include <azoth/postgresql.hpp>
#include <azoth/sql/text.hpp>
#include <azoth/sqlite.hpp>

#include <gtest/gtest.h>

#include <vector>

using namespace azoth;

namespace {

struct Items : Table {
    using Table::Table;
    Column<int> id{*this, "id", primary_key};
    Column<int> size{*this, "size"};
};

class Compile : public testing::Test {
  protected:
    MetaData metadata;
    const Items items{"item", metadata};
    const Column<int>& id = items.id;
    const Column<int>& size = items.size;
};

TEST_F(Compile, gives_a_statement_s_text_and_values_for_a_dialect_without_connecting) {
    const auto query = select(id).where(size > 3, id != 5);
    const auto [text, params] = compile(query, postgresql::dialect());
    EXPECT_EQ(text,
              "SELECT \"item\".\"id\" FROM \"item\" WHERE \"item\".\"size\" > $1 AND "
              "\"item\".\"id\" != $2");
    ASSERT_EQ(params.size(), 2U);
    EXPECT_EQ(params[0].view().integer, 3);
    EXPECT_EQ(params[1].view().integer, 5);
}

TEST_F(Compile, writes_lists_out) {
    const auto [text, params] =
        compile(select(id).where(size.in({1, 2, 3}), id == 9), sqlite::dialect());
    EXPECT_EQ(text,
              "SELECT \"item\".\"id\" FROM \"item\" WHERE \"item\".\"size\" IN (?, ?, ?) AND "
              "\"item\".\"id\" = ?");
    ASSERT_EQ(params.size(), 4U);
    EXPECT_EQ(params[3].view().integer, 9);
    const auto empty = compile(select(id).where(size.in(std::vector<int>{})), sqlite::dialect());
    EXPECT_TRUE(empty.params.empty());
}

TEST_F(Compile, refuses_statements_that_wait_for_values) {
    EXPECT_THROW((void)compile(text("SELECT :x"), sqlite::dialect()), ArgumentError);
    EXPECT_THROW((void)compile(insert(items).columns(size), sqlite::dialect()), ArgumentError);
}

TEST_F(Compile, a_minus_before_a_negative_literal_begins_no_comment) {
    EXPECT_EQ(to_sql(select((-literal(-5)).label("five")), postgresql::dialect(),
                     {.literal_binds = true}),
              "SELECT -(-5) AS \"five\"");
}

}  // namespace
