// SPDX-License-Identifier: MIT
#include "packages/paragraph_reader.hpp"

#include "support.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace packages {
namespace {

using namespace std::string_literals;
using test::read_text;
using test::Reading;
using test::Strings;

std::string value(const Reading& reading, std::size_t paragraph, std::string_view name) {
    const Field* field = reading.paragraphs.at(paragraph).find(name);
    return field == nullptr ? "(no such field)" : field->value();
}

TEST(ParagraphReader, Splits_at_blank_lines_and_trims_values) {
    const Reading reading = read_text("A: 1\nB:   two \t\n\n\n \t \nA: 3\n");
    ASSERT_EQ(reading.paragraphs.size(), 2U);
    EXPECT_EQ(value(reading, 0, "A"), "1");
    EXPECT_EQ(value(reading, 0, "B"), "two");
    EXPECT_EQ(value(reading, 1, "A"), "3");
    EXPECT_EQ(reading.paragraphs[1].line(), 6U);
    EXPECT_EQ(reading.problems, Strings{});
}

TEST(ParagraphReader, An_empty_input_has_no_paragraph) {
    EXPECT_TRUE(read_text("").paragraphs.empty());
    EXPECT_TRUE(read_text("\n\n# only a comment\n\n").paragraphs.empty());
}

TEST(ParagraphReader, Finds_fields_in_any_case_and_takes_empty_values) {
    const Reading reading = read_text("pACKAGE: x\nEmpty:\n");
    EXPECT_EQ(value(reading, 0, "Package"), "x");
    EXPECT_EQ(value(reading, 0, "empty"), "");
    EXPECT_EQ(reading.paragraphs[0].find("Pack"), nullptr);
}

TEST(ParagraphReader, Joins_continuation_lines_and_knows_the_line_of_each_byte) {
    const Reading reading = read_text("D: first\n second\n\tthird\n  .\n");
    EXPECT_EQ(value(reading, 0, "D"), "first\nsecond\nthird\n .");
    const Field& field = *reading.paragraphs[0].find("D");
    EXPECT_EQ(field.line_at(0), 1U);
    EXPECT_EQ(field.line_at(6), 2U);
    EXPECT_EQ(field.line_at(field.value().find("third")), 3U);
    EXPECT_EQ(field.line_at(field.value().size() - 1), 4U);
}

TEST(ParagraphReader, Comments_vanish_even_between_continuation_lines) {
    const Reading reading = read_text("# head\nD: a\n# between: the lines\n b\n#\n\nE: 1\n");
    EXPECT_EQ(value(reading, 0, "D"), "a\nb");
    EXPECT_EQ(reading.paragraphs[0].find("D")->line_at(2), 4U);
    EXPECT_EQ(reading.paragraphs.size(), 2U);
    EXPECT_EQ(reading.problems, Strings{});
}

TEST(ParagraphReader, Windows_line_endings_and_a_byte_order_mark_are_no_defects) {
    const Reading reading = read_text(
        "\xEF\xBB\xBF"
        "A: 1\r\n x\r\n\r\nB: 2\r\n");
    ASSERT_EQ(reading.paragraphs.size(), 2U);
    EXPECT_EQ(value(reading, 0, "A"), "1\nx");
    EXPECT_EQ(value(reading, 1, "B"), "2");
    EXPECT_EQ(reading.problems, Strings{});
}

TEST(ParagraphReader, A_missing_final_newline_is_told_and_the_line_counts) {
    const Reading reading = read_text("A: 1\nB: 2");
    EXPECT_EQ(value(reading, 0, "B"), "2");
    EXPECT_EQ(reading.problems, Strings{"2 no final newline"});
}

TEST(ParagraphReader, A_line_without_colon_is_left_out_and_told) {
    const Reading reading = read_text("A: 1\nthis is no field\n its continuation\nB: 2\n");
    EXPECT_EQ(value(reading, 0, "A"), "1");
    EXPECT_EQ(value(reading, 0, "B"), "2");
    EXPECT_EQ(reading.problems, (Strings{"2 no colon", "3 stray continuation"}));
}

TEST(ParagraphReader, Continuations_of_nothing_are_told) {
    const Reading reading = read_text(" at the start\nA: 1\n\n after a blank line\nB: 2\n");
    EXPECT_EQ(reading.problems, (Strings{"1 stray continuation", "4 stray continuation"}));
    ASSERT_EQ(reading.paragraphs.size(), 2U);
    EXPECT_EQ(value(reading, 0, "A"), "1");
}

TEST(ParagraphReader, Impossible_field_names_are_told) {
    const Reading reading = read_text(": 1\n-x: 2\na b: 3\nw\x01: 4\n\xC3\xBC: 5\nfine : 6\n");
    EXPECT_EQ(reading.problems, (Strings{"1 bad field name", "2 bad field name", "3 bad field name",
                                         "4 bad field name", "5 bad field name"}));
    EXPECT_EQ(value(reading, 0, "fine"), "6");
}

TEST(ParagraphReader, Of_a_field_given_twice_the_first_counts) {
    const Reading reading = read_text("A: 1\na: 2\n and more\nB: 3\n\nA: 4\n");
    EXPECT_EQ(value(reading, 0, "A"), "1");
    EXPECT_EQ(value(reading, 0, "B"), "3");
    EXPECT_EQ(value(reading, 1, "A"), "4");
    EXPECT_EQ(reading.problems, (Strings{"2 duplicate field", "3 stray continuation"}));
}

TEST(ParagraphReader, Nul_bytes_and_invalid_utf8_are_replaced_and_told) {
    const Reading reading = read_text("A: x\0y\nB: M\xFCller\n also \xFF\n"s);
    EXPECT_EQ(value(reading, 0, "A"), "x\uFFFDy");
    EXPECT_EQ(value(reading, 0, "B"), "M\uFFFDller\nalso \uFFFD");
    EXPECT_EQ(reading.problems,
              (Strings{"1 invalid encoding", "2 invalid encoding", "3 invalid encoding"}));
}

TEST(ParagraphReader, A_line_beyond_the_limit_is_left_out_whole) {
    const std::string text = "A: 1\nB: " + std::string(100, 'x') + "\n more of B\nC: 3\n";
    const Reading reading = read_text(text, 50);
    EXPECT_EQ(reading.paragraphs[0].find("B"), nullptr) << "half a value is worse than none";
    EXPECT_EQ(value(reading, 0, "A"), "1");
    EXPECT_EQ(value(reading, 0, "C"), "3");
    EXPECT_EQ(reading.problems, (Strings{"2 line too long", "3 stray continuation"}));
}

TEST(ParagraphReader, Rubbish_gives_complaints_and_no_paragraph) {
    std::string rubbish;
    for (int i = 0; i < 5000; ++i) rubbish += static_cast<char>((i * 7919) % 251);
    const Reading reading = read_text(rubbish);
    for (const Paragraph& paragraph : reading.paragraphs) {
        for (const Field& field : paragraph.fields()) EXPECT_FALSE(field.name().empty());
    }
    EXPECT_FALSE(reading.problems.empty());
}

// Every line of the input is a field, a continuation, blank, a comment, or told.
TEST(ParagraphReader, No_line_disappears) {
    const std::string text =
        "A: 1\nrubbish\n c\n# comment\nB: 2\n c\n\n stray\nA 3\nC: 4\nC: 5\n\n\n-: 1\n";
    const Reading reading = read_text(text);
    std::size_t accounted = reading.problems.size();
    for (const Paragraph& paragraph : reading.paragraphs) {
        for (const Field& field : paragraph.fields()) {
            accounted += 1 + static_cast<std::size_t>(
                                 std::count(field.value().begin(), field.value().end(), '\n'));
        }
    }
    constexpr std::size_t comments_and_blanks = 4;
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    EXPECT_EQ(accounted + comments_and_blanks, lines);
}

TEST(ProblemLog, Counts_all_and_keeps_the_first) {
    std::size_t reported = 0;
    ProblemLog log(2, [&reported](const Problem&) { ++reported; });
    for (std::uint64_t line = 1; line <= 5; ++line) log.add({"f", line, ProblemKind::no_colon, ""});
    log.add({"f", 6, ProblemKind::bad_value, ""});
    EXPECT_EQ(log.count(), 6U);
    EXPECT_EQ(log.count(ProblemKind::no_colon), 5U);
    EXPECT_EQ(log.count(ProblemKind::bad_relation), 0U);
    EXPECT_EQ(log.kept().size(), 2U);
    EXPECT_EQ(reported, 2U);
}

TEST(ProblemLog, A_complaint_names_file_and_line_and_is_safe_to_print) {
    const Problem problem{"dir/a\nb", 17, ProblemKind::no_colon, "what \x1b[2J was there"};
    EXPECT_EQ(to_string(problem), "dir/a\\x0ab:17: what \\x1b[2J was there");
}

}  // namespace
}  // namespace packages
