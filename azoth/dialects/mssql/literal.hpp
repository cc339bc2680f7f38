// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace azoth::inline v0::mssql {

/// N'…', safe from the language's habit to join lines that end with a backslash. Throws DataError
/// for a NUL character.
[[nodiscard]] std::string text_literal(std::string_view text);

}  // namespace azoth::inline v0::mssql
