// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace azoth_fuzz {

std::uint8_t Input::byte() noexcept {
    if (rest_.empty()) return 0;
    const auto first = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return first;
}

std::string_view Input::text_until(char separator) noexcept {
    const std::size_t end = std::min(rest_.find(separator), rest_.size());
    const std::string_view text = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return text;
}

std::uint64_t Input::number() noexcept {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 8) value |= std::uint64_t{byte()} << shift;
    return value;
}

void require(bool condition, const char* claim) {
    if (condition) return;
    std::fprintf(stderr, "not true: %s\n", claim);
    std::abort();
}

}  // namespace azoth_fuzz
