// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace azoth::inline v0 {

/// A UUID, 16 bytes in the order in which they are written: a plain value, as thread-safe as an
/// int.
///
/// `Uuid{}` is the nil UUID; the bytes are public. Compares bytewise, which is PostgreSQL's order
/// too. Python: `uuid.UUID`.
class AZOTH_EXPORT Uuid {
  public:
    /// The bytes in network order: `bytes[0]` is written first.
    std::array<std::uint8_t, 16> bytes{};

    /// Length of the canonical text.
    static constexpr std::size_t text_size = 36;

    /// The UUID of 16 bytes in network order.
    [[nodiscard]] static constexpr Uuid from_bytes(const std::uint8_t* sixteen_bytes) noexcept {
        Uuid uuid;
        for (std::size_t i = 0; i < uuid.bytes.size(); ++i) uuid.bytes[i] = sixteen_bytes[i];
        return uuid;
    }

    /// Reads "6ba7b810-9dad-11d1-80b4-00c04fd430c8" or the same 32 digits without hyphens, in
    /// either case. Anything else (braces, "urn:uuid:", blanks) throws DataError with the text.
    [[nodiscard]] static Uuid parse(std::string_view text);

    /// A new random UUID (RFC 4122 version 4) from the operating system's generator, drawn anew
    /// each time: no state that a fork could duplicate. Throws std::runtime_error where there is
    /// none.
    [[nodiscard]] static Uuid random();

    /// The canonical text, lower case with hyphens.
    [[nodiscard]] std::string to_string() const;

    /// Writes the canonical text, `text_size` characters without a terminating zero, and returns
    /// the end of it.
    char* write_to(char* out) const noexcept;

    /// True for the UUID of zeros.
    [[nodiscard]] constexpr bool is_nil() const noexcept { return *this == Uuid{}; }

    /// The version field: 4 for random UUIDs, 7 for time-ordered ones, 0 for nil.
    [[nodiscard]] constexpr int version() const noexcept { return bytes[6] >> 4; }

    friend constexpr bool operator==(const Uuid&, const Uuid&) noexcept = default;
    friend constexpr std::strong_ordering operator<=>(const Uuid&, const Uuid&) noexcept = default;
};

/// The same as `uuid.to_string()`.
[[nodiscard]] inline std::string to_string(const Uuid& uuid) {
    return uuid.to_string();
}

}  // namespace azoth::inline v0

template <>
struct std::hash<azoth::Uuid> {
    [[nodiscard]] AZOTH_EXPORT std::size_t operator()(const azoth::Uuid& uuid) const noexcept;
};
