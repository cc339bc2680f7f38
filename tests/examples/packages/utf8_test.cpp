// SPDX-License-Identifier: MIT
#include "packages/utf8.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace packages {
namespace {

using namespace std::string_view_literals;

TEST(Utf8, Accepts_text_of_every_length_of_sequence) {
    EXPECT_TRUE(is_clean_utf8(""));
    EXPECT_TRUE(is_clean_utf8("plain"));
    EXPECT_TRUE(is_clean_utf8("Jürgen 東京 😀"));
    EXPECT_TRUE(is_clean_utf8(
        "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"));
}

TEST(Utf8, Refuses_what_the_standard_forbids) {
    EXPECT_FALSE(is_clean_utf8("nul\0"sv));
    EXPECT_FALSE(is_clean_utf8("\x80"));              // continuation alone
    EXPECT_FALSE(is_clean_utf8("\xC3"));              // cut short
    EXPECT_FALSE(is_clean_utf8("\xC0\xAF"));          // overlong
    EXPECT_FALSE(is_clean_utf8("\xE0\x9F\xBF"));      // overlong
    EXPECT_FALSE(is_clean_utf8("\xED\xA0\x80"));      // surrogate
    EXPECT_FALSE(is_clean_utf8("\xF4\x90\x80\x80"));  // above U+10FFFF
    EXPECT_FALSE(is_clean_utf8("\xFF"));
}

TEST(Utf8, Repairs_each_ill_formed_sequence_by_one_replacement) {
    EXPECT_EQ(repaired_utf8("a\xFF"
                            "b"),
              "a\uFFFDb");
    EXPECT_EQ(repaired_utf8("M\xFCller"), "M\uFFFDller");
    EXPECT_EQ(repaired_utf8("\xE2\x82"), "\uFFFD");  // a sequence cut short is one defect
    EXPECT_EQ(repaired_utf8("\xE2\x82x"), "\uFFFDx");
    EXPECT_EQ(repaired_utf8("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(repaired_utf8("x\0y"sv), "x\uFFFDy");
}

TEST(Utf8, What_was_repaired_is_clean_for_every_pair_of_bytes) {
    for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; ++second) {
            const std::string text{static_cast<char>(first), static_cast<char>(second), 'x'};
            const std::string repaired = repaired_utf8(text);
            ASSERT_TRUE(is_clean_utf8(repaired)) << first << ' ' << second;
            ASSERT_EQ(repaired == text, is_clean_utf8(text)) << first << ' ' << second;
        }
    }
}

TEST(Utf8, Counts_the_columns_of_a_terminal) {
    EXPECT_EQ(display_width("Jürgen"), 6U);
    EXPECT_EQ(display_width("東京"), 4U);
    EXPECT_EQ(display_width("e\u0301"), 1U);  // e and a combining accent
}

TEST(Utf8, Control_characters_cannot_reach_the_terminal) {
    EXPECT_EQ(printable("red \x1b[31m"), "red \\x1b[31m");
    EXPECT_EQ(printable("a\tb\nc"), "a\\x09b\\x0ac");
    EXPECT_EQ(printable("\xC2\x9B"), "\\xc2\\x9b");  // the one-character form of ESC [
    EXPECT_EQ(printable("bad \xFF"), "bad \\xff");
    EXPECT_EQ(printable("Jürgen"), "Jürgen");
}

TEST(Utf8, Shortens_at_a_letter_and_says_so) {
    EXPECT_EQ(shortened("short", 5), "short");
    EXPECT_EQ(shortened("Jürgen", 4), "Jür…");
    EXPECT_EQ(shortened("東京都", 4), "東…");  // half a wide letter does not fit
    EXPECT_EQ(shortened("abc", 0), "");
}

}  // namespace
}  // namespace packages
