// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace azoth::inline v0::postgresql {

/// What a statement's first word says about its rows.
enum class StatementForm : std::uint8_t {
    select,  ///< returns rows and changes none
    with,    ///< returns rows, and may change some
    other,
};

/// A guess good enough to choose how rows travel.
[[nodiscard]] StatementForm form_of(std::string_view sql);

/// Whether DECLARE CURSOR takes the statement and means the same by it: not what writes, and no
/// SELECT that locks rows or makes a table of them. A cursor locks row by row as it is read, and
/// leaves out those that were changed since.
[[nodiscard]] bool may_have_cursor(std::string_view sql);

}  // namespace azoth::inline v0::postgresql
