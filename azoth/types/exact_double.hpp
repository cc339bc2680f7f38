// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/types/value.hpp>

#include <cstdint>
#include <limits>

namespace azoth::inline v0::detail {

/// Every integer from its negative up to it is a double.
inline constexpr std::int64_t largest_exact_double = std::int64_t{1}
                                                     << std::numeric_limits<double>::digits;
/// Why an integer beyond it is refused.
inline constexpr char inexact_double[] =
    "the integer can't be represented exactly as floating point";

/// Brings a number into floating point, which must hold it exactly. \param other_kind what is
/// returned for values that are neither floating point nor integers. \returns null, or why it can't
/// be done
[[nodiscard]] inline const char* to_exact_double(const ValueView& value, double& number,
                                                 const char* other_kind) noexcept {
    switch (value.kind) {
        case Kind::float64: number = value.real; return nullptr;
        case Kind::int64:
            if (value.integer > largest_exact_double || value.integer < -largest_exact_double)
                return inexact_double;
            number = static_cast<double>(value.integer);
            return nullptr;
        case Kind::uint64:
            if (value.natural > static_cast<std::uint64_t>(largest_exact_double))
                return inexact_double;
            number = static_cast<double>(value.natural);
            return nullptr;
        default: return other_kind;
    }
}

}  // namespace azoth::inline v0::detail
