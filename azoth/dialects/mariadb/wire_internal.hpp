// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace azoth::inline v0::mariadb {

// Numbers of the protocol: the least significant byte first, at any address.

template <typename Integer>
[[nodiscard]] Integer load(const unsigned char* bytes) noexcept {
    std::make_unsigned_t<Integer> number = 0;
    if constexpr (std::endian::native == std::endian::little) {
        std::memcpy(&number, bytes, sizeof number);
    } else {
        for (std::size_t i = sizeof number; i-- > 0;)
            number = static_cast<decltype(number)>(number << 8 | bytes[i]);
    }
    return static_cast<Integer>(number);
}

inline void store(unsigned char* bytes, std::uint64_t number) noexcept {
    for (std::size_t i = 0; i < sizeof number; ++i)
        bytes[i] = static_cast<unsigned char>(number >> (8 * i));
}

}  // namespace azoth::inline v0::mariadb
