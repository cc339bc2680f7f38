// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace azoth::inline v0::detail {

__extension__ typedef unsigned __int128 Uint128;  // -Wpedantic accepts it only so

/// Mixes one more word into a structural hash. A multiply and a fold, as in wyhash: two
/// instructions on the path of every node, and good enough because a cache hit is confirmed
/// structurally (R20).
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t seed, std::uint64_t word) noexcept {
#if defined(AZOTH_CONSTANT_HASH)
    (void)seed;
    (void)word;
    return 1;
#else
    const auto product =
        static_cast<Uint128>(seed ^ 0x9e3779b97f4a7c15ULL) * (word ^ 0xd6e8feb86659fd93ULL);
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
#endif
}

/// FNV-1a of a text, for names inside structural hashes.
[[nodiscard]] constexpr std::uint64_t hash_text(std::string_view text) noexcept {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return hash;
}

}  // namespace azoth::inline v0::detail
