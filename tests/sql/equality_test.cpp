// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/sql/statement.hpp>

#include <gtest/gtest.h>

using namespace azoth;
using azoth_test::Shop;

namespace {

bool same(const sql::Statement& a, const sql::Statement& b) {
    const bool equal = sql::equal(a.node(), b.node());
    if (equal) {
        EXPECT_EQ(a.node().finished_hash(), b.node().finished_hash());
    }
    return equal;
}

class StatementKey : public testing::Test {
  protected:
    Shop shop;
    const azoth_test::Users& users = shop.users;
};

TEST_F(StatementKey, R20_values_are_no_part_of_it) {
    EXPECT_TRUE(
        same(select(users.id).where(users.age == 1), select(users.id).where(users.age == 2)));
    EXPECT_TRUE(same(select(users.id).where(users.age.in({1, 2})),
                     select(users.id).where(users.age.in({3, 4, 5}))));
}

TEST_F(StatementKey, R20_everything_that_decides_about_the_text_is_part_of_it) {
    const auto base = select(users.id).where(users.age == 1);
    EXPECT_FALSE(same(base, select(users.id).where(users.age != 1)));
    EXPECT_FALSE(same(base, select(users.id).where(users.age == 1L)));  // another bind type
    EXPECT_FALSE(same(base, select(users.age).where(users.age == 1)));
    EXPECT_FALSE(same(base, base.limit(1)));
    EXPECT_FALSE(same(base, base.distinct()));
    EXPECT_FALSE(same(base, select(nullable(users.id)).where(users.age == 1)));
    EXPECT_FALSE(same(select(users.id).where(users.fullname == "x"),
                      select(users.id).where(users.fullname == nullptr)));
    EXPECT_FALSE(same(select(users.id.label("a")), select(users.id.label("b"))));
    EXPECT_FALSE(same(select(users.id).where(bindparam<int>("a") == users.age),
                      select(users.id).where(bindparam<int>("b") == users.age)));
}

TEST_F(StatementKey, R20_two_uses_of_one_alias_differ_from_one_use_of_two) {
    const auto a = alias(users);
    const auto b = alias(users);
    const auto c = alias(users);
    const auto d = alias(users);
    EXPECT_TRUE(same(select(a.id).where(a.id < b.id), select(c.id).where(c.id < d.id)));
    EXPECT_FALSE(same(select(a.id).where(a.id < b.id), select(a.id).where(a.id < a.id)));
    EXPECT_FALSE(same(select(a.id).where(a.id < b.id), select(a.id).where(b.id < a.id)));
}

TEST_F(StatementKey, R20_subqueries_and_CTEs_are_compared_by_structure) {
    const auto make = [&](int age, const char* name) {
        const auto grown = select(users.id).where(users.age > age).subquery(name);
        return select(grown.get<0>()).where(grown.get<0>() > 1);
    };
    EXPECT_TRUE(same(make(1, ""), make(2, "")));
    EXPECT_TRUE(same(make(1, "x"), make(2, "x")));
    EXPECT_FALSE(same(make(1, "x"), make(1, "y")));
    const auto tree = [&](int limit) {
        auto cte = select(users.id).cte("tree", true);
        cte = cte.union_all(select(cte.get<0>() + 1).where(cte.get<0>() < limit));
        return select(cte.get<0>());
    };
    EXPECT_TRUE(same(tree(3), tree(4)));
}

TEST_F(StatementKey, Tables_of_one_name_are_different_tables) {
    Shop other;
    EXPECT_FALSE(same(select(users.id), select(other.users.id)));
}

TEST_F(StatementKey, Values_of_subqueries_are_found_in_order_of_first_visit) {
    const auto grown = select(users.id).where(users.age > 18).subquery();
    const auto statement = select(grown.get<0>()).where(grown.get<0>() == 7);
    const auto segments = sql::collect_segments(statement.node(), statement.values());
    ASSERT_EQ(segments.values.size(), 2U);
    EXPECT_EQ((*segments.values[0])[0].view().integer, 7);
    EXPECT_EQ((*segments.values[1])[0].view().integer, 18);
}

}  // namespace
