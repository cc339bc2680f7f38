// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <cstddef>
#include <string_view>

namespace azoth::inline v0 {

/// The position of the first byte that is not part of a well-formed UTF-8 sequence, or
/// `std::string_view::npos` where all is well. Safe from any thread.
///
/// Well-formed is what Unicode's table 3-7 says: no overlong forms, no surrogates, nothing above
/// U+10FFFF. The position is that of the broken sequence's first byte, also where the sequence is
/// cut short by the end of the text. U+0000 is valid UTF-8; whether a database takes it is the
/// dialect's business. Costs about one load for each 8 bytes of ASCII.
[[nodiscard]] AZOTH_EXPORT std::size_t find_invalid_utf8(std::string_view text) noexcept;

/// True where `text` is well-formed UTF-8 (see find_invalid_utf8). Safe from any thread.
[[nodiscard]] inline bool is_valid_utf8(std::string_view text) noexcept {
    return find_invalid_utf8(text) == std::string_view::npos;
}

}  // namespace azoth::inline v0
