// SPDX-License-Identifier: MIT
#include <azoth/base/utf8.hpp>

#include <cstdint>
#include <cstring>

namespace azoth::inline v0 {
namespace {

constexpr std::uint64_t high_bits = 0x8080808080808080;

std::uint64_t load8(const unsigned char* p) noexcept {
    std::uint64_t word;
    std::memcpy(&word, p, sizeof word);
    return word;
}

const unsigned char* skip_ascii(const unsigned char* p, const unsigned char* end) noexcept {
    while (end - p >= 16 && ((load8(p) | load8(p + 8)) & high_bits) == 0) p += 16;
    if (end - p >= 8 && (load8(p) & high_bits) == 0) p += 8;
    while (p != end && *p < 0x80) ++p;
    return p;
}

bool is_continuation(unsigned char byte) noexcept {
    return (byte & 0xC0) == 0x80;
}

/// The length of the well-formed sequence beyond ASCII that begins at p, or 0.
int sequence_length(const unsigned char* p, const unsigned char* end) noexcept {
    const unsigned lead = *p;
    const auto available = end - p;
    if (lead < 0xC2 || available < 2) return 0;  // a continuation or overlong; or cut short
    if (lead < 0xE0) return is_continuation(p[1]) ? 2 : 0;
    // The second byte's range excludes overlong forms, surrogates and what is above U+10FFFF.
    unsigned low = 0x80;
    unsigned high = 0xBF;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
    if (lead > 0xF4 || p[1] < low || p[1] > high) return 0;
    if (available < 3 || !is_continuation(p[2])) return 0;
    if (lead < 0xF0) return 3;
    return available >= 4 && is_continuation(p[3]) ? 4 : 0;
}

}  // namespace

std::size_t find_invalid_utf8(std::string_view text) noexcept {
    if (text.empty()) return std::string_view::npos;
    const auto* const begin = reinterpret_cast<const unsigned char*>(text.data());
    const auto* const end = begin + text.size();
    for (const auto* p = begin;;) {
        p = skip_ascii(p, end);
        // Text of another script stays beyond ASCII for long: no look at 16 bytes for each
        // character
        while (p != end && *p >= 0x80) {
            const int length = sequence_length(p, end);
            if (length == 0) return static_cast<std::size_t>(p - begin);
            p += length;
        }
        if (p == end) return std::string_view::npos;
    }
}

}  // namespace azoth::inline v0
