// SPDX-License-Identifier: MIT
#include <azoth/base/excerpt.hpp>
#include <azoth/base/utf8.hpp>

namespace azoth::inline v0::detail {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";

void append_hex(std::string& out, unsigned char byte) {
    out += "\\x";
    out += hex_digits[byte >> 4];
    out += hex_digits[byte & 15];
}

void append_ascii(std::string& out, char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
        append_hex(out, byte);
    } else {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
}

/// The length of the text's first well-formed sequence beyond ASCII, or 0 where there is none.
std::size_t sequence_length(std::string_view text) {
    for (std::size_t length = 2; length <= 4 && length <= text.size(); ++length)
        if (is_valid_utf8(text.substr(0, length))) return length;
    return 0;
}

}  // namespace

std::string excerpt(std::string_view text, std::size_t limit) {
    std::string out = "'";
    std::size_t shown = 0;
    while (shown < text.size() && shown < limit) {
        const char c = text[shown];
        if (static_cast<unsigned char>(c) < 0x80) {
            append_ascii(out, c);
            ++shown;
            continue;
        }
        const std::size_t length = sequence_length(text.substr(shown));
        if (length == 0) {
            append_hex(out, static_cast<unsigned char>(c));
            ++shown;
        } else if (shown + length <= limit) {
            out += text.substr(shown, length);
            shown += length;
        } else {
            break;  // never half a character
        }
    }
    out += '\'';
    if (shown < text.size()) out += "… (" + std::to_string(text.size()) + " bytes)";
    return out;
}

}  // namespace azoth::inline v0::detail
