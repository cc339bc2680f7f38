// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace packages {

/// True if `text` is well-formed UTF-8 without NUL: what every database accepts as text.
[[nodiscard]] bool is_clean_utf8(std::string_view text) noexcept;

/// `text` with every NUL and every ill-formed sequence replaced by U+FFFD.
[[nodiscard]] std::string repaired_utf8(std::string_view text);

/// Columns that `text` takes on a terminal: combining marks take none, East Asian wide letters two.
[[nodiscard]] std::size_t display_width(std::string_view text) noexcept;

/// `text` with control characters written as \xNN: package data must not steer the terminal.
[[nodiscard]] std::string printable(std::string_view text);

/// `text` cut to at most `columns` terminal columns, the last of them "…" where something was cut.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t columns);

}  // namespace packages
