// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/driver/arena.hpp>
#include <azoth/types/value.hpp>

struct sqlite3_stmt;

namespace azoth::inline v0::sqlite {

using driver::Arena;

/// Binds one value to the parameter `index`, which counts from 1, and returns SQLite's code.
///
/// SQLite is handed pointers, not copies: text and bytes must stay where they are until the
/// statement is reset or bound anew. What needs another form than the value's own is written into
/// `arena`. Dates and times take SQLAlchemy's text forms, a timestamp that of its time in UTC; a
/// UUID is 32 hex digits, a decimal its plain text, a boolean 0 or 1.
///
/// Throws ConversionProblem for what SQLite can't hold: integers above the int64 range, NaN (it
/// would become NULL), text that is not UTF-8, years beyond 0001 to 9999.
[[nodiscard]] int bind_value(sqlite3_stmt* statement, int index, const ValueView& value,
                             Arena& arena);

/// The same value with its text, bytes or decimal (as text) moved into `arena`.
[[nodiscard]] ValueView keep_in(Arena& arena, const ValueView& value);

}  // namespace azoth::inline v0::sqlite
