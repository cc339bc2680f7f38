// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

// Network byte order, in which PostgreSQL's binary forms travel.

namespace azoth::inline v0::postgresql {

static_assert(std::endian::native == std::endian::little ||
              std::endian::native == std::endian::big);

[[nodiscard]] inline std::uint16_t network_order(std::uint16_t value) noexcept {
    return std::endian::native == std::endian::little ? __builtin_bswap16(value) : value;
}
[[nodiscard]] inline std::uint32_t network_order(std::uint32_t value) noexcept {
    return std::endian::native == std::endian::little ? __builtin_bswap32(value) : value;
}
[[nodiscard]] inline std::uint64_t network_order(std::uint64_t value) noexcept {
    return std::endian::native == std::endian::little ? __builtin_bswap64(value) : value;
}

template <typename Unsigned>
[[nodiscard]] Unsigned load(const char* from) noexcept {
    Unsigned value;
    std::memcpy(&value, from, sizeof value);
    return network_order(value);
}

template <typename Unsigned>
void store(char* to, Unsigned value) noexcept {
    value = network_order(value);
    std::memcpy(to, &value, sizeof value);
}

}  // namespace azoth::inline v0::postgresql
