// SPDX-License-Identifier: MIT
#include <azoth/base/excerpt.hpp>
#include <azoth/base/utf8.hpp>

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

namespace {

using azoth::detail::excerpt;

TEST(Excerpt, quotes_plain_text) {
    EXPECT_EQ(excerpt(""), "''");
    EXPECT_EQ(excerpt("2024-01-01"), "'2024-01-01'");
    EXPECT_EQ(excerpt("日本語"), "'日本語'");
}

TEST(Excerpt, keeps_a_message_on_one_line_and_its_quotes_in_pairs) {
    EXPECT_EQ(excerpt("a\nb\tc\x7f"), R"('a\x0ab\x09c\x7f')");
    EXPECT_EQ(excerpt("it's"), R"('it\'s')");
    EXPECT_EQ(excerpt("\\x00"), R"('\\x00')");
    EXPECT_EQ(excerpt(std::string_view("a\0b", 3)), R"('a\x00b')");
}

TEST(Excerpt, shows_bytes_that_are_no_utf8_as_numbers) {
    EXPECT_EQ(excerpt("a\xff\xc3("), R"('a\xff\xc3(')");
    EXPECT_EQ(excerpt("\xe6\x97"), R"('\xe6\x97')");
}

TEST(Excerpt, cuts_long_text_short_and_says_how_long_it_was) {
    EXPECT_EQ(excerpt("abcdef", 6), "'abcdef'");
    EXPECT_EQ(excerpt("abcdef", 5), "'abcde'… (6 bytes)");
    EXPECT_EQ(excerpt(std::string(1'000'000, 'x')).size(),
              std::string_view("''… (1000000 bytes)").size() + 64);
    EXPECT_EQ(excerpt("a日本", 5), "'a日'… (7 bytes)");  // never half a character
    EXPECT_EQ(excerpt("日", 0), "''… (3 bytes)");
}

TEST(Excerpt, is_always_valid_utf8_on_one_line) {
    std::mt19937 random{4};
    for (int i = 0; i < 20'000; ++i) {
        std::string text(random() % 80, '\0');
        for (char& c : text) c = static_cast<char>(random());
        const std::string shown = excerpt(text, 40);
        ASSERT_TRUE(azoth::is_valid_utf8(shown)) << shown;
        ASSERT_EQ(shown.find_first_of("\n\r\t"), std::string::npos);
    }
}

}  // namespace
