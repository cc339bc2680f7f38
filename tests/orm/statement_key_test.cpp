// SPDX-License-Identifier: MIT
#include "blog.hpp"
#include <azoth/sql/statement.hpp>

#include <gtest/gtest.h>

// When two statements over mapped classes are one and the same for the compiled cache.

namespace azoth_test::blog {
namespace {

using namespace azoth;

bool same(const sql::Statement& a, const sql::Statement& b) {
    const bool equal = sql::equal(a.node(), b.node());
    if (equal) {
        EXPECT_EQ(a.node().finished_hash(), b.node().finished_hash());
    }
    return equal;
}

TEST(MappedStatementKey, R20_names_classes_and_members) {
    EXPECT_TRUE(same(select<Person>().where(col<&Person::name> == "a"),
                     select<Person>().where(col<&Person::name> == "b")));
    EXPECT_FALSE(same(select<Person>(), select<Post>()));
    EXPECT_FALSE(same(select<Person>(), select(col<&Person::id>)));
    EXPECT_FALSE(same(select(col<&Person::id>), select(col<&Post::id>)));
    EXPECT_FALSE(same(select(col<&Person::name>), select(nullable(col<&Person::name>))));
    EXPECT_TRUE(same(select<Person>(), select<const Person>()));
}

TEST(MappedStatementKey, one_member_has_one_expression) {
    EXPECT_EQ(col<&Person::name>.core().node, col<&Person::name>.core().node);
    EXPECT_EQ(col<&Person::name>.core().node, (col<of<Person>, &Person::name>.core().node));
    const auto boss = aliased<Person>();
    EXPECT_EQ(boss.col<&Person::name>().core().node, boss.col<&Person::name>().core().node);
    EXPECT_NE(boss.col<&Person::name>().core().node, col<&Person::name>.core().node);
}

TEST(MappedStatementKey, R20_two_uses_of_one_alias_differ_from_one_use_of_two) {
    const auto a = aliased<Person>();
    const auto b = aliased<Person>();
    const auto c = aliased<Person>();
    const auto d = aliased<Person>();
    const auto less = [](const auto& left, const auto& right) {
        return select(left).where(left.template col<&Person::id>() <
                                  right.template col<&Person::id>());
    };
    EXPECT_TRUE(same(less(a, b), less(c, d)));
    EXPECT_FALSE(same(less(a, b), less(a, a)));
    EXPECT_FALSE(same(less(a, b), less(b, a).where(a.col<&Person::id>() == 1)));
    EXPECT_FALSE(same(select(a), select<Person>()));
    EXPECT_FALSE(same(select(aliased<Person>("x")), select(aliased<Person>("y"))));
    EXPECT_TRUE(same(select(aliased<Person>("x")), select(aliased<Person>("x"))));
}

TEST(MappedStatementKey, R20_a_join_is_known_by_its_relationship_and_both_ends) {
    const auto a = aliased<Person>();
    const auto b = aliased<Person>();
    EXPECT_TRUE(
        same(select<Person>().join<&Person::boss>(a), select<Person>().join<&Person::boss>(b)));
    EXPECT_FALSE(
        same(select<Person>().join<&Person::boss>(a), select<Person>().join<&Person::reports>(a)));
    EXPECT_FALSE(
        same(select<Person>().join<&Person::boss>(a), select<Person>().join<&Person::boss>()));
    EXPECT_FALSE(same(select<Person>().join<&Person::posts>(),
                      select<Person>().outer_join<&Person::posts>()));
    EXPECT_TRUE(same(select(a).join(a.rel<&Person::boss>().of_type(b)),
                     select(b).join(b.rel<&Person::boss>().of_type(a))));
    EXPECT_FALSE(same(select(a).join(a.rel<&Person::boss>().of_type(b)),
                      select(a).join(b.rel<&Person::boss>().of_type(a))));
}

TEST(MappedStatementKey, R20_subqueries_over_objects_are_compared_by_structure) {
    const auto make = [](const char* title) {
        const auto sub = select<Post>().where(col<&Post::title> == title).subquery();
        return select(sub.get<0>()).where(sub[col<&Post::id>] > 1);
    };
    EXPECT_TRUE(same(make("a"), make("b")));
    const auto one = select<Post>().subquery();
    EXPECT_FALSE(same(select(one[col<&Post::id>]), select(one[col<&Post::author_id>])));
}

}  // namespace
}  // namespace azoth_test::blog
