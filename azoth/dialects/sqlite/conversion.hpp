// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/utf8.hpp>

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>

namespace azoth::inline v0::sqlite {

/// A value that has no exact counterpart on the other side. Never leaves the driver: the statement
/// adds which parameter or column it is and throws DataError.
class ConversionProblem : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The first byte that is not UTF-8, or npos. Short ASCII text, nearly all there is, costs no call.
[[nodiscard]] inline std::size_t first_invalid_utf8(std::string_view text) noexcept {
    std::uint64_t seen = 0;
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t word;
        std::memcpy(&word, text.data() + i, 8);
        seen |= word;
    }
    if (text.size() >= 8) {  // the last eight bytes, some of them for a second time
        std::uint64_t word;
        std::memcpy(&word, text.data() + text.size() - 8, 8);
        seen |= word;
    } else {
        for (; i < text.size(); ++i) seen |= static_cast<unsigned char>(text[i]);
    }
    if ((seen & 0x8080808080808080U) == 0) [[likely]]
        return std::string_view::npos;
    return find_invalid_utf8(text);
}

/// Throws ConversionProblem unless `text` is well-formed UTF-8.
inline void require_utf8(std::string_view text) {
    const std::size_t position = first_invalid_utf8(text);
    if (position != std::string_view::npos) [[unlikely]]
        throw ConversionProblem("text that is not UTF-8, at byte " + std::to_string(position));
}

}  // namespace azoth::inline v0::sqlite
