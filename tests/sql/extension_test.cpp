// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/sql/extension.hpp>
#include <azoth/sql/lowering.hpp>
#include <azoth/sql/result_columns.hpp>
#include <azoth/sql/statement.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// Nodes of layers above, as this layer sees them: opaque, but comparable.

using namespace azoth;
using azoth_test::Shop;

namespace {

struct Place final : sql::ExtensionFromNode {
    Place(int place_number, bool own_identity, std::string place_name = {},
          std::vector<Ref<const sql::FromNode>> about = {})
        : ExtensionFromNode(std::move(place_name), std::move(about), own_identity,
                            static_cast<std::uint64_t>(place_number)),
          number(place_number) {}
    const int number;

    [[nodiscard]] bool same(const ExtensionFromNode& other) const override {
        return number == static_cast<const Place&>(other).number;
    }
    [[nodiscard]] std::string describe() const override { return "place"; }
    [[nodiscard]] std::string refusal() const override { return "a place is no table"; }
};

struct Thing final : sql::ExtensionNode {
    Thing(Ref<const sql::FromNode> place, int thing_number, const Type& sql_type)
        : ExtensionNode(std::move(place), "thing", sql_type,
                        static_cast<std::uint64_t>(thing_number)),
          number(thing_number) {}
    const int number;

    [[nodiscard]] bool same(const ExtensionNode& other) const override {
        return number == static_cast<const Thing&>(other).number;
    }
    [[nodiscard]] std::string describe() const override { return "the thing"; }
    [[nodiscard]] std::string refusal() const override { return "a thing is no column"; }
};

Ref<const sql::FromNode> place(int number, bool own_identity, std::string name = {}) {
    return make_ref<const Place>(number, own_identity, std::move(name));
}
Expr<int> thing(const Ref<const sql::FromNode>& where, int number) {
    return Expr<int>(
        sql::Expression{make_ref<const Thing>(where, number, plain_type(TypeKind::integer)), {}});
}
bool same(const sql::Statement& a, const sql::Statement& b) {
    const bool equal = sql::equal(a.node(), b.node());
    if (equal) {
        EXPECT_EQ(a.node().finished_hash(), b.node().finished_hash());
    }
    return equal;
}

TEST(ExtensionNodes, R20_are_equal_by_what_they_say) {
    EXPECT_TRUE(same(select(thing(place(1, false), 1)), select(thing(place(1, false), 1))));
    EXPECT_FALSE(same(select(thing(place(1, false), 1)), select(thing(place(1, false), 2))));
    EXPECT_FALSE(same(select(thing(place(1, false), 1)), select(thing(place(2, false), 1))));
    EXPECT_FALSE(same(select(thing(place(1, false), 1)), select(thing(place(1, true), 1))));
    EXPECT_FALSE(same(select(thing(nullptr, 1)), select(thing(place(1, false), 1))));
    const auto there = place(1, false);
    // Two objects that say the same are one and the same FROM object.
    EXPECT_TRUE(same(select(thing(there, 1)).where(thing(there, 1) < thing(there, 2)),
                     select(thing(there, 1)).where(thing(place(1, false), 1) < thing(there, 2))));
}

TEST(ExtensionNodes, R20_with_an_identity_of_their_own_are_matched_one_to_one) {
    const auto a = place(1, true);
    const auto b = place(1, true);
    const auto c = place(1, true);
    const auto d = place(1, true);
    const auto less = [](const auto& left, const auto& right) {
        return select(thing(left, 1)).where(thing(left, 1) < thing(right, 1));
    };
    EXPECT_TRUE(less(a, b).node().is_flagged());
    EXPECT_TRUE(same(less(a, b), less(c, d)));
    EXPECT_FALSE(same(less(a, b), less(a, a)));
    EXPECT_FALSE(same(less(a, a), less(a, b)));
    EXPECT_FALSE(
        same(select(thing(place(1, true, "x"), 1)), select(thing(place(1, true, "y"), 1))));
    EXPECT_FALSE(select(thing(place(1, true, "x"), 1)).node().is_flagged());
}

TEST(ExtensionNodes, R20_are_compared_with_what_they_are_about) {
    const auto a = place(1, true);
    const auto b = place(1, true);
    const auto about = [](const auto& one, const auto& other) {
        const FromClause from(
            make_ref<const Place>(3, false, "", std::vector<Ref<const sql::FromNode>>{one, other}));
        return select(literal(1)).select_from(from);
    };
    EXPECT_TRUE(about(a, b).node().is_flagged());
    EXPECT_TRUE(same(about(a, b), about(b, a)));
    EXPECT_FALSE(same(about(a, b), about(a, a)));
}

TEST(ExtensionNodes, are_refused_by_compilers_in_their_own_words) {
    const auto refusal = [](const sql::Statement& statement) {
        try {
            return azoth_test::sqlite_sql(statement);
        } catch (const ArgumentError& error) {
            return std::string(error.what());
        }
    };
    Shop shop;
    const FromClause from(place(1, false));
    EXPECT_EQ(refusal(select(thing(nullptr, 1))), "a thing is no column");
    EXPECT_EQ(refusal(select(thing(place(1, false), 1))), "a thing is no column");
    EXPECT_EQ(refusal(select(shop.users.id).order_by(thing(nullptr, 1))), "a thing is no column");
    EXPECT_EQ(refusal(select(shop.users.id).select_from(from)), "a place is no table");
    EXPECT_EQ(refusal(select(shop.users.id).join(from)), "a place is no table");
    EXPECT_EQ(refusal(select(shop.users.id).join(from, shop.users.id == 1)), "a place is no table");
    EXPECT_EQ(refusal(delete_(shop.users).where(thing(nullptr, 1) == 1)), "a thing is no column");
    EXPECT_EQ(refusal(update(shop.users).values(shop.users.age = thing(nullptr, 1))),
              "a thing is no column");
}

TEST(ExtensionNodes, name_their_result_columns) {
    const auto statement =
        select(thing(nullptr, 1), thing(nullptr, 2), thing(nullptr, 1).label("x"));
    std::vector<std::string> names;
    for (const auto& column : sql::result_columns(statement.node())) names.push_back(column.name);
    EXPECT_THAT(names, testing::ElementsAre("thing", "thing_1", "x"));
    const auto subquery = statement.subquery("s");
    EXPECT_NO_THROW((void)subquery.c("thing_1"));
    try {
        (void)subquery[thing(nullptr, 1)];
        FAIL();
    } catch (const NoSuchColumnError& error) {
        EXPECT_STREQ(error.what(), "subquery 's' does not select the thing");
    }
}

/// Replaces nothing, but says in another order who carries values.
TEST(Lowered, the_owners_of_values_are_counted_as_the_original_has_them) {
    Shop shop;
    const auto one = select(shop.users.id).where(shop.users.age == 1).subquery("one");
    const auto two = select(shop.users.id).where(shop.users.age == 2).subquery("two");
    const auto original = select(one.get<0>()).where(one.get<0>() == two.get<0>());
    const auto turned = select(two.get<0>()).where(one.get<0>() == two.get<0>());
    const auto segments = sql::collect_segments(original.node(), original.values());
    const auto compiled = azoth::sqlite::Compiler().compile(
        sql::Lowered{Ref<const sql::StatementNode>(&turned.node()), nullptr, segments.owners},
        sql::CompileMode::single);
    const auto arguments = sql::arrange(*compiled, segments, {});
    ASSERT_EQ(arguments.values.size(), 2U);
    EXPECT_EQ(arguments.values[0].integer, 2);  // "two" is written first now
    EXPECT_EQ(arguments.values[1].integer, 1);
}

}  // namespace
