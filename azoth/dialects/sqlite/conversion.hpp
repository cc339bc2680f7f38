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
    const auto look = [&](std::size_t position) {
        std::uint64_t word;
        std::memcpy(&word, text.data() + position, 8);
        seen |= word;
    };
    const std::size_t size = text.size();
    if (size > 16) {  // the last bytes in part for a second time
        for (std::size_t i = 0; i + 16 < size; i += 16) {
            look(i);
            look(i + 8);
        }
        look(size - 16);
        look(size - 8);
    } else if (size >= 8) {
        look(0);
        look(size - 8);
    } else {
        for (const char c : text) seen |= static_cast<unsigned char>(c);
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
