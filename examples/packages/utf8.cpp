// SPDX-License-Identifier: MIT
#include "utf8.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace packages {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

struct Sequence {
    char32_t code_point;
    std::size_t length;  // bytes consumed; for an ill-formed one the bytes that U+FFFD stands for
    bool well_formed;
};

constexpr unsigned char byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

// The bounds of the second byte exclude overlong forms, surrogates and what lies above U+10FFFF
// (Unicode standard, table 3-7).
std::pair<unsigned char, unsigned char> second_byte_bounds(unsigned char lead) {
    switch (lead) {
        case 0xE0: return {0xA0, 0xBF};
        case 0xED: return {0x80, 0x9F};
        case 0xF0: return {0x90, 0xBF};
        case 0xF4: return {0x80, 0x8F};
        default: return {0x80, 0xBF};
    }
}

Sequence decode(std::string_view text, std::size_t at) {
    const unsigned char lead = byte_at(text, at);
    if (lead < 0x80) return {lead, 1, lead != 0};
    std::size_t length = 0;
    if (lead >= 0xC2 && lead <= 0xDF)
        length = 2;
    else if (lead >= 0xE0 && lead <= 0xEF)
        length = 3;
    else if (lead >= 0xF0 && lead <= 0xF4)
        length = 4;
    else
        return {0, 1, false};

    auto code_point = static_cast<char32_t>(lead & (0xFFU >> (length + 1)));
    auto [low, high] = second_byte_bounds(lead);
    for (std::size_t i = 1; i < length; ++i) {
        if (at + i >= text.size()) return {0, i, false};
        const unsigned char next = byte_at(text, at + i);
        if (next < low || next > high) return {0, i, false};
        code_point = (code_point << 6) | (next & 0x3FU);
        low = 0x80;
        high = 0xBF;
    }
    return {code_point, length, true};
}

bool in_any(char32_t code_point, const auto& ranges) {
    return std::any_of(ranges.begin(), ranges.end(), [code_point](const auto& range) {
        return code_point >= range.first && code_point <= range.second;
    });
}

std::size_t width_of(char32_t code_point) {
    using Range = std::pair<char32_t, char32_t>;
    static constexpr std::array<Range, 3> combining{
        {{0x0300, 0x036F}, {0x200B, 0x200F}, {0xFE00, 0xFE0F}}};
    static constexpr std::array<Range, 8> wide{{{0x1100, 0x115F},
                                                {0x2E80, 0xA4CF},
                                                {0xAC00, 0xD7A3},
                                                {0xF900, 0xFAFF},
                                                {0xFE30, 0xFE6F},
                                                {0xFF00, 0xFF60},
                                                {0x1F300, 0x1F9FF},
                                                {0x20000, 0x3FFFD}}};
    if (code_point < 0x0300) return 1;
    if (in_any(code_point, combining)) return 0;
    return in_any(code_point, wide) ? 2 : 1;
}

bool is_control(char32_t code_point) {
    return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
}

}  // namespace

bool is_clean_utf8(std::string_view text) noexcept {
    std::size_t at = 0;
    while (at < text.size()) {
        const unsigned char lead = byte_at(text, at);
        if (lead < 0x80 && lead != 0) {  // nearly every byte: no call, no struct
            ++at;
            continue;
        }
        const Sequence sequence = decode(text, at);
        if (!sequence.well_formed) return false;
        at += sequence.length;
    }
    return true;
}

std::string repaired_utf8(std::string_view text) {
    std::string result;
    result.reserve(text.size() + 16);
    for (std::size_t at = 0; at < text.size();) {
        const Sequence sequence = decode(text, at);
        result += sequence.well_formed ? text.substr(at, sequence.length) : replacement;
        at += sequence.length;
    }
    return result;
}

std::size_t display_width(std::string_view text) noexcept {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Sequence sequence = decode(text, at);
        width += sequence.well_formed ? width_of(sequence.code_point) : 1;
        at += sequence.length;
    }
    return width;
}

std::string printable(std::string_view text) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const Sequence sequence = decode(text, at);
        const std::string_view bytes = text.substr(at, sequence.length);
        if (sequence.well_formed && !is_control(sequence.code_point)) {
            result += bytes;
        } else {
            for (const char byte : bytes) {
                const auto value = static_cast<unsigned char>(byte);
                result += {'\\', 'x', digits[value >> 4], digits[value & 15U]};
            }
        }
        at += sequence.length;
    }
    return result;
}

std::string shortened(std::string_view text, std::size_t columns) {
    if (display_width(text) <= columns) return std::string(text);
    if (columns == 0) return {};
    std::size_t at = 0;
    std::size_t width = 0;
    while (at < text.size()) {
        const Sequence sequence = decode(text, at);
        const std::size_t next = sequence.well_formed ? width_of(sequence.code_point) : 1;
        if (width + next > columns - 1) break;
        width += next;
        at += sequence.length;
    }
    return std::string(text.substr(0, at)) + "…";
}

}  // namespace packages
