// SPDX-License-Identifier: MIT
#include <azoth/base/utf8.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace azoth;

/// A decoder by the definition, to compare with: code point by code point, nothing clever.
std::size_t first_invalid_by_definition(std::string_view text) {
    std::size_t i = 0;
    while (i < text.size()) {
        const unsigned lead = static_cast<unsigned char>(text[i]);
        std::size_t length = 0;
        std::uint32_t code = 0;
        if (lead < 0x80) {
            length = 1;
            code = lead;
        } else if (lead >> 5 == 0b110) {
            length = 2;
            code = lead & 0x1F;
        } else if (lead >> 4 == 0b1110) {
            length = 3;
            code = lead & 0x0F;
        } else if (lead >> 3 == 0b11110) {
            length = 4;
            code = lead & 0x07;
        } else {
            return i;
        }
        if (i + length > text.size()) return i;
        for (std::size_t k = 1; k < length; ++k) {
            const unsigned next = static_cast<unsigned char>(text[i + k]);
            if (next >> 6 != 0b10) return i;
            code = code << 6 | (next & 0x3F);
        }
        constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
        if (code < least[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return i;
        i += length;
    }
    return std::string_view::npos;
}

std::string encode(std::uint32_t code) {
    const auto byte = [](std::uint32_t value) { return static_cast<char>(value); };
    if (code < 0x80) return {byte(code)};
    if (code < 0x800) return {byte(0xC0 | code >> 6), byte(0x80 | (code & 0x3F))};
    if (code < 0x10000)
        return {byte(0xE0 | code >> 12), byte(0x80 | (code >> 6 & 0x3F)),
                byte(0x80 | (code & 0x3F))};
    return {byte(0xF0 | code >> 18), byte(0x80 | (code >> 12 & 0x3F)),
            byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F))};
}

TEST(Utf8, takes_every_code_point_but_the_surrogates) {
    for (std::uint32_t code = 0; code <= 0x10FFFF; ++code) {
        const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
        ASSERT_EQ(is_valid_utf8(encode(code)), !surrogate) << code;
    }
    EXPECT_TRUE(is_valid_utf8(""));
    EXPECT_TRUE(is_valid_utf8(std::string_view{}));
    EXPECT_TRUE(is_valid_utf8("naïve café, 日本語, 🙂"));
}

TEST(Utf8, agrees_with_the_definition_on_every_sequence_of_three_bytes) {
    std::string text(3, '\0');
    for (std::uint32_t bytes = 0; bytes < 1u << 24; bytes += 7) {  // a step that meets every byte
        for (std::size_t k = 0; k < 3; ++k) text[k] = static_cast<char>(bytes >> (8 * k));
        ASSERT_EQ(find_invalid_utf8(text), first_invalid_by_definition(text)) << bytes;
    }
}

TEST(Utf8, agrees_with_the_definition_at_the_edges_of_four_byte_sequences) {
    constexpr unsigned leads[] = {0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFF};
    constexpr unsigned others[] = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
    for (const unsigned lead : leads) {
        for (const unsigned a : others) {
            for (const unsigned b : others) {
                for (const unsigned c : others) {
                    const std::string text{static_cast<char>(lead), static_cast<char>(a),
                                           static_cast<char>(b), static_cast<char>(c)};
                    ASSERT_EQ(find_invalid_utf8(text), first_invalid_by_definition(text));
                }
            }
        }
    }
}

TEST(Utf8, gives_the_position_of_the_broken_sequences_first_byte) {
    const std::vector<std::pair<std::string, std::size_t>> cases{
        {"\x80", 0},         {"a\xff", 1},          {"ab\xc3", 2},        {"é\xc3(", 2},
        {"\xc0\xaf", 0},     {"x\xe0\x80\x80", 1},  {"x\xed\xa0\x80", 1}, {"\xf4\x90\x80\x80", 0},
        {"日本\xe8\xaa", 6}, {"🙂\xf0\x9f\x99", 4}, {"abcdefgh\xfe", 8}};
    for (const auto& [text, position] : cases) EXPECT_EQ(find_invalid_utf8(text), position) << text;
}

TEST(Utf8, finds_one_bad_byte_at_any_place_in_texts_of_any_length) {
    for (std::size_t length = 1; length <= 70; ++length) {
        ASSERT_TRUE(is_valid_utf8(std::string(length, 'a')));
        for (std::size_t place = 0; place < length; ++place) {
            std::string text(length, 'a');
            text[place] = '\x80';
            ASSERT_EQ(find_invalid_utf8(text), place);
        }
    }
}

TEST(Utf8, agrees_with_the_definition_on_random_text) {
    std::mt19937 random{9};
    for (int i = 0; i < 50'000; ++i) {
        std::string text;
        for (auto n = random() % 12; n > 0; --n) {
            constexpr std::uint32_t most[] = {0x7F, 0x7F, 0x7FF, 0xFFFF, 0x10FFFF};
            text += encode(static_cast<std::uint32_t>(random()) % (most[random() % 5] + 1));
            if (random() % 8 == 0) text += "a run of plain text";
        }
        if (!text.empty() && random() % 2 == 0)
            text[random() % text.size()] = static_cast<char>(random());
        if (random() % 4 == 0) text.resize(text.size() - text.size() % 3);
        const std::vector<char> exact(text.begin(), text.end());  // no byte beyond it, for ASan
        const std::string_view view{exact.data(), exact.size()};
        ASSERT_EQ(find_invalid_utf8(view), first_invalid_by_definition(view));
    }
}

}  // namespace
