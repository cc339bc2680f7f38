// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace azoth::inline v0::sqlite {

/// What stands after the leading blanks, comments and semicolons.
[[nodiscard]] std::string_view skip_blanks(std::string_view sql) noexcept;

/// The first word of a statement, after blanks and comments; empty where there is none.
[[nodiscard]] std::string_view first_word(std::string_view sql) noexcept;

/// True for INSERT, REPLACE, UPDATE and DELETE. A statement that begins with WITH counts too: the
/// caller knows from SQLite whether it writes.
[[nodiscard]] bool counts_rows(std::string_view sql) noexcept;

}  // namespace azoth::inline v0::sqlite
