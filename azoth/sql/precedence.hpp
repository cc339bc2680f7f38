// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>
#include <azoth/sql/elements.hpp>

#include <string_view>

namespace azoth::inline v0::sql {

/// How tightly an element binds, for deciding on parentheses: higher binds tighter. The order is
/// standard SQL's; where databases differ (||) a level of its own makes parentheses appear.
namespace precedence {
inline constexpr int atom = 100;
inline constexpr int sign = 90;
inline constexpr int collate = 85;
inline constexpr int product = 80;
inline constexpr int sum = 70;
inline constexpr int concat = 60;
inline constexpr int bits = 55;
inline constexpr int comparison = 50;
inline constexpr int not_ = 40;
inline constexpr int and_ = 30;
inline constexpr int or_ = 20;
inline constexpr int none = 0;
}  // namespace precedence

[[nodiscard]] AZOTH_EXPORT int precedence_of(Op op) noexcept;
[[nodiscard]] AZOTH_EXPORT int precedence_of(const Node& node) noexcept;
/// The operator in standard SQL, with blanks around it.
[[nodiscard]] AZOTH_EXPORT std::string_view operator_text(Op op) noexcept;

}  // namespace azoth::inline v0::sql
