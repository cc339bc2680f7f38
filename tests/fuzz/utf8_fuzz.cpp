// SPDX-License-Identifier: MIT
// The check of UTF-8, against a second one that is slow and follows Unicode's definition of code
// points; what error messages show of any bytes is printable.
#include "support.hpp"
#include <azoth/base/excerpt.hpp>
#include <azoth/base/utf8.hpp>
#include <azoth/dialects/sqlite/conversion.hpp>

#include <string>
#include <string_view>

using azoth_fuzz::require;

namespace {

/// The length of the sequence at the front, by decoding it and asking whether that was the shortest
/// form.
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return 1;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC0 || lead > 0xF7 || text.size() < length) return 0;
    std::uint32_t point = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
        point = point << 6 | (byte(i) & 0x3FU);
    }
    constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    return point >= least[length] && point <= 0x10FFFF && !surrogate ? length : 0;
}

std::size_t first_invalid(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = sequence_length(text.substr(at));
        if (length == 0) return at;
        at += length;
    }
    return std::string_view::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = azoth_fuzz::Input(data, size).rest();
    const std::size_t position = azoth::find_invalid_utf8(text);
    require(position == first_invalid(text), "both checks find the same");
    require(azoth::sqlite::first_invalid_utf8(text) == position, "so does the one for short texts");

    const std::string shown = azoth::detail::excerpt(text);
    require(azoth::is_valid_utf8(shown), "an excerpt is UTF-8");
    for (const char c : shown)
        require(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f, "an excerpt is printable");
    return 0;
}
