// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/schema.hpp>
#include <azoth/schema/sort.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace azoth;
using schema_test::message_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A table whose columns refer to the keys of the named tables.
Table define(const MetaData& metadata, const std::string& name,
             const std::vector<std::string>& targets, bool use_alter = false) {
    Table table{name, metadata, {ColumnSpec{"id", Integer{}, primary_key}}};
    for (const auto& target : targets)
        table.add_column("to_" + target, Integer{},
                         ForeignKey{target + ".id", {.use_alter = use_alter}});
    return table;
}

std::vector<std::string> sorted_names(const MetaData& metadata) {
    std::vector<std::string> names;
    for (const Table& table : metadata.sorted_tables()) names.push_back(table.name());
    return names;
}

TEST(SortedTables, stand_behind_those_they_refer_to) {
    MetaData metadata;
    define(metadata, "a", {"c", "d"});
    define(metadata, "b", {"a"});
    define(metadata, "c", {"d"});
    define(metadata, "d", {});
    EXPECT_THAT(sorted_names(metadata), ElementsAre("d", "c", "a", "b"));
}

TEST(SortedTables, come_by_name_where_nothing_else_decides) {
    MetaData metadata;
    for (const char* name : {"x", "b", "m", "a"}) define(metadata, name, {});
    define(metadata, "c", {"x"});
    EXPECT_THAT(sorted_names(metadata), ElementsAre("a", "b", "m", "x", "c"));
}

TEST(SortedTables, come_in_the_same_order_whatever_the_order_of_definition) {
    std::vector<std::pair<std::string, std::vector<std::string>>> definitions;
    std::mt19937 random(20260725);
    for (int i = 0; i < 40; ++i) {
        std::vector<std::string> targets;
        for (int j = 0; j < i; ++j)
            if (random() % 8 == 0) targets.push_back("t" + std::to_string(j * 7 % 41));
        definitions.emplace_back("t" + std::to_string(i * 7 % 41), targets);
    }
    std::vector<std::string> expected;
    for (int round = 0; round < 5; ++round) {
        std::shuffle(definitions.begin(), definitions.end(), random);
        MetaData metadata;
        for (const auto& [name, targets] : definitions) define(metadata, name, targets);
        const auto names = sorted_names(metadata);
        if (round == 0) expected = names;
        EXPECT_EQ(names, expected);
        for (const auto& [name, targets] : definitions)
            for (const auto& target : targets)
                EXPECT_LT(std::find(names.begin(), names.end(), target),
                          std::find(names.begin(), names.end(), name));
    }
}

TEST(SortedTables, a_table_may_refer_to_itself) {
    MetaData metadata;
    define(metadata, "a", {"a"});
    EXPECT_THAT(sorted_names(metadata), ElementsAre("a"));
}

TEST(SortedTables, a_circle_is_an_error_that_names_its_tables_only) {
    MetaData metadata;
    define(metadata, "a", {"b"});
    define(metadata, "b", {"c"});
    define(metadata, "c", {"a", "free"});
    define(metadata, "free", {});
    define(metadata, "user", {"a"});
    const auto message =
        message_of<CircularDependencyError>([&] { static_cast<void>(metadata.sorted_tables()); });
    EXPECT_THAT(message, HasSubstr("in a circle: table 'a', table 'b', table 'c'; say use_alter"));
}

TEST(SortedTables, use_alter_breaks_a_circle) {
    MetaData metadata;
    define(metadata, "a", {"b"}, true);
    define(metadata, "b", {"a"});
    EXPECT_THAT(sorted_names(metadata), ElementsAre("a", "b"));
}

TEST(SortedTables, only_the_foreign_keys_inside_a_circle_are_set_aside) {
    MetaData metadata;
    const Table a = define(metadata, "a", {"b", "x"});
    const Table b = define(metadata, "b", {"a"});
    const Table x = define(metadata, "x", {});
    const auto sorted =
        schema::sort_with_circles({Ref(&a.object()), Ref(&b.object()), Ref(&x.object())});
    ASSERT_EQ(sorted.set_aside.size(), 2U);
    EXPECT_EQ(sorted.set_aside[0].foreign_key->target_table, "b");
    EXPECT_EQ(sorted.set_aside[1].foreign_key->target_table, "a");
    ASSERT_EQ(sorted.circles.size(), 1U);
    EXPECT_EQ(sorted.tables.front()->name, "x");
}

TEST(SortedTables, a_long_chain_needs_no_deep_stack) {
    MetaData metadata;
    constexpr int length = 20000;
    define(metadata, "t0", {});
    for (int i = 1; i < length; ++i)
        define(metadata, "t" + std::to_string(i), {"t" + std::to_string(i - 1)});
    const auto names = sorted_names(metadata);
    ASSERT_EQ(names.size(), std::size_t{length});
    EXPECT_EQ(names.front(), "t0");
    EXPECT_EQ(names.back(), "t" + std::to_string(length - 1));
}

TEST(SortedTables, of_nothing_are_none) {
    EXPECT_THAT(sorted_names(MetaData{}), IsEmpty());
}

}  // namespace
