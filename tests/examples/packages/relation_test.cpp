// SPDX-License-Identifier: MIT
#include "packages/relation.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace packages {
namespace {

struct Parsed {
    std::vector<Alternatives> groups{};
    std::vector<std::size_t> problem_offsets{};
    std::vector<std::string> messages{};
};

Parsed parse(const std::string& value) {
    Parsed parsed;
    parsed.groups = parse_relations(value, [&parsed](std::size_t offset, const std::string& text) {
        parsed.problem_offsets.push_back(offset);
        parsed.messages.push_back(text);
    });
    return parsed;
}

Relation simple(std::string name) {
    return {std::move(name), "", std::nullopt, ""};
}

Relation versioned(std::string name, VersionOperator op, std::string version) {
    return {std::move(name), "", VersionConstraint{op, std::move(version)}, ""};
}

using Groups = std::vector<Alternatives>;

TEST(Relations, Commas_separate_groups_and_bars_alternatives) {
    const Parsed parsed = parse("a, b | c|d ,e");
    EXPECT_EQ(parsed.groups,
              (Groups{{simple("a")}, {simple("b"), simple("c"), simple("d")}, {simple("e")}}));
    EXPECT_TRUE(parsed.messages.empty());
}

TEST(Relations, An_empty_field_has_none) {
    EXPECT_TRUE(parse("").groups.empty());
    EXPECT_TRUE(parse(" \n ").groups.empty());
    EXPECT_TRUE(parse("").messages.empty());
}

TEST(Relations, Reads_all_five_operators_with_and_without_blanks) {
    using enum VersionOperator;
    const Parsed parsed =
        parse("a (<< 1), a (<= 1), a (= 1), a (>= 1), a (>> 1), a(>=1), a ( >= 1 )");
    EXPECT_EQ(parsed.groups, (Groups{{versioned("a", earlier, "1")},
                                     {versioned("a", earlier_or_equal, "1")},
                                     {versioned("a", equal, "1")},
                                     {versioned("a", later_or_equal, "1")},
                                     {versioned("a", later, "1")},
                                     {versioned("a", later_or_equal, "1")},
                                     {versioned("a", later_or_equal, "1")}}));
    EXPECT_TRUE(parsed.messages.empty());
    for (const Alternatives& group : parsed.groups) {
        EXPECT_EQ(to_string(group[0].constraint->op).find_first_not_of("<=>"), std::string::npos);
    }
}

TEST(Relations, Reads_qualifiers_epochs_and_restrictions) {
    const Parsed parsed =
        parse("python3:any (>= 1:3.9~rc1-2+b1), libc6-dev [amd64 !i386] <!nocheck> <cross>");
    ASSERT_EQ(parsed.groups.size(), 2U);
    const Relation& first = parsed.groups[0][0];
    EXPECT_EQ(first.name, "python3");
    EXPECT_EQ(first.architecture_qualifier, "any");
    EXPECT_EQ(first.constraint->version, "1:3.9~rc1-2+b1");
    EXPECT_EQ(first.restrictions, "");
    EXPECT_EQ(parsed.groups[1][0].restrictions, "[amd64 !i386] <!nocheck> <cross>");
    EXPECT_TRUE(parsed.messages.empty());
}

TEST(Relations, Line_breaks_are_blanks) {
    const Parsed parsed = parse("a (>=\n1),\nb |\n c");
    EXPECT_EQ(parsed.groups, (Groups{{versioned("a", VersionOperator::later_or_equal, "1")},
                                     {simple("b"), simple("c")}}));
}

TEST(Relations, An_unreadable_clause_is_told_and_the_others_stand) {
    for (const std::string broken :
         {"B@d", "${misc:Depends}", "b (>= )", "b (1.0)", "b (=> 1)", "b (>= 1", "b (>= 1 2)",
          "b (= v!)", "b [amd64", "b <x", "b c", "b:", "b: any", "(>= 1)", "-b", "b (>= 1) c",
          "b (= 1:)", "\u00FCber"}) {
        const Parsed parsed = parse("a, " + broken + ", c");
        EXPECT_EQ(parsed.groups, (Groups{{simple("a")}, {simple("c")}})) << broken;
        ASSERT_EQ(parsed.messages.size(), 1U) << broken;
        EXPECT_EQ(parsed.problem_offsets[0], 3U) << broken;
        EXPECT_NE(parsed.messages[0].find(broken), std::string::npos)
            << "the message shows the clause: " << parsed.messages[0];
    }
}

TEST(Relations, A_broken_alternative_leaves_the_others) {
    const Parsed parsed = parse("a | ?? | c");
    EXPECT_EQ(parsed.groups, (Groups{{simple("a"), simple("c")}}));
    EXPECT_EQ(parsed.problem_offsets, std::vector<std::size_t>{4});
}

TEST(Relations, Empty_clauses_are_told) {
    const Parsed parsed = parse("a,, b |, ");
    EXPECT_EQ(parsed.groups, (Groups{{simple("a")}, {simple("b")}}));
    EXPECT_EQ(parsed.messages.size(), 3U);
}

TEST(Relations, The_operators_of_old_are_read_as_dpkg_does_and_told) {
    using enum VersionOperator;
    const Parsed parsed = parse("a (< 1), a (> 1)");
    EXPECT_EQ(parsed.groups, (Groups{{versioned("a", earlier_or_equal, "1")},
                                     {versioned("a", later_or_equal, "1")}}));
    EXPECT_EQ(parsed.messages.size(), 2U);
}

TEST(Relations, The_place_of_a_problem_is_that_of_its_first_letter) {
    const std::string value = "a,\n   ?? (>= 1)";
    EXPECT_EQ(parse(value).problem_offsets, std::vector<std::size_t>{value.find('?')});
}

TEST(Relations, A_name_longer_than_the_database_takes_is_refused) {
    EXPECT_TRUE(is_package_name(std::string(longest_name, 'x')));
    EXPECT_FALSE(is_package_name(std::string(longest_name + 1, 'x')));
    EXPECT_FALSE(is_package_name(""));
    EXPECT_TRUE(is_package_name("libstdc++6"));
    EXPECT_FALSE(is_package_name("a'; DROP TABLE packages; --"));
}

}  // namespace
}  // namespace packages
