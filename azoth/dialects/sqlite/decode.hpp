// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/driver/arena.hpp>
#include <azoth/types/decimal.hpp>
#include <azoth/types/value.hpp>

#include <cstdint>

struct sqlite3_stmt;

namespace azoth::inline v0::sqlite {

using driver::Arena;

/// A cell as SQLite holds it. A plain value; as thread-safe as what it points at.
struct RawCell {
    int type;  ///< SQLITE_INTEGER, SQLITE_FLOAT, SQLITE_TEXT, SQLITE_BLOB or SQLITE_NULL
    union {
        std::int64_t integer;
        double real;
        ValueView::Chars chars;  ///< text, bytes; a null pointer where memory ran out
    };
};

/// The cell of `column` in the statement's present row; it points into SQLite's memory.
[[nodiscard]] RawCell read_cell(sqlite3_stmt* statement, int column) noexcept;

/// The same cell with its bytes moved into `arena`. Throws std::bad_alloc.
[[nodiscard]] RawCell keep_in(Arena& arena, const RawCell& cell);

/// Decodes any cell into the wanted kind; `decimal` keeps the number where that is decimal.
///
/// Nothing is coerced: what has no exact counterpart throws ConversionProblem. Exact are an integer
/// as floating point where it is small enough, a floating point number as an integer where it is a
/// whole number, any number as a decimal; a boolean is 0 or 1, a UUID 32 hex digits with or without
/// hyphens, or 16 bytes.
void decode_cell(const RawCell& raw, Kind wanted, ValueView& cell, Decimal& decimal);

}  // namespace azoth::inline v0::sqlite
