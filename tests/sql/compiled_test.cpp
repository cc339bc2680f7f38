// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/compiler.hpp>
#include <azoth/sql/compiled.hpp>
#include <azoth/sql/operators.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

using azoth::sql::SqlText;

namespace {

/// Appends text, in which each ? is a place.
void add(SqlText& sql, const std::string& text) {
    for (const char c : text) {
        if (c == '?')
            sql.places.push_back({.offset = sql.text.size(), .bind = {}});
        else
            sql.text += c;
    }
}

std::string shown(const SqlText& sql) {
    std::string text;
    std::size_t next = 0;
    for (std::size_t at = 0; at <= sql.text.size(); ++at) {
        while (next < sql.places.size() && sql.places[next].offset == at) {
            text += '?';
            ++next;
        }
        if (at < sql.text.size()) text += sql.text[at];
    }
    return text;
}

TEST(SqlTextMoves, the_end_of_a_text_goes_to_an_earlier_mark_with_its_places) {
    SqlText sql;
    add(sql, "SELECT ?");
    const auto target = sql.mark();
    add(sql, "a, ? FROM t");
    const auto begin = sql.mark();
    add(sql, "TOP ? ");
    sql.move_end(begin, target);
    EXPECT_EQ(shown(sql), "SELECT ?TOP ? a, ? FROM t");
    ASSERT_EQ(sql.places.size(), 3U);
    EXPECT_EQ(sql.places[1].offset, 11U);
}

TEST(SqlTextMoves, places_at_the_marks_stay_on_their_side) {
    SqlText sql;
    add(sql, "?");
    const auto target = sql.mark();
    add(sql, "?b?");
    const auto begin = sql.mark();
    add(sql, "?c?");
    for (std::uint32_t i = 0; i < 5; ++i) sql.places[i].ordinal = i;
    sql.move_end(begin, target);
    EXPECT_EQ(sql.text, "cb");
    std::vector<std::uint32_t> order;
    for (const auto& place : sql.places) order.push_back(place.ordinal);
    EXPECT_EQ(order, (std::vector<std::uint32_t>{0, 3, 4, 1, 2}));
    EXPECT_EQ(sql.places[2].offset, 1U);
    EXPECT_EQ(sql.places[4].offset, 2U);
}

TEST(SqlTextMoves, nothing_and_everything) {
    SqlText sql;
    add(sql, "a?b");
    const auto end = sql.mark();
    sql.move_end(end, {});
    EXPECT_EQ(shown(sql), "a?b");
    sql.move_end({}, {});
    EXPECT_EQ(shown(sql), "a?b");
}

TEST(InlineValues, a_minus_before_a_negative_number_begins_no_comment) {
    const auto negated = -azoth::literal(-5);
    EXPECT_EQ(azoth::postgresql::Compiler().inline_expression(negated.core(), false), "-(-5)");
    const auto less = azoth::literal(3) - azoth::literal(-5);
    EXPECT_EQ(azoth::postgresql::Compiler().inline_expression(less.core(), false), "3 - -5");
}

}  // namespace
