// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace azoth::inline v0::mariadb {

/// What a statement's first word says about it.
enum class StatementForm : std::uint8_t {
    reads,   ///< SELECT and its like: returns rows and changes none
    writes,  ///< INSERT, UPDATE, DELETE, REPLACE: affects rows
    other,
};

/// Looks behind blanks, comments and opening parentheses. Safe from any thread.
[[nodiscard]] StatementForm form_of(std::string_view sql) noexcept;

}  // namespace azoth::inline v0::mariadb
