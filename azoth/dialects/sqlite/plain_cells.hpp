// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/sqlite/conversion.hpp>
#include <azoth/types/value.hpp>

#include <sqlite3.h>

/// The cells that nearly all rows consist of, decoded where the row is fetched.
namespace azoth::inline v0::sqlite {

// The kinds in which cells come, by SQLite's type codes, of which 0 is none.
inline constexpr Kind natural_kinds[] = {Kind::null, Kind::int64, Kind::float64,
                                         Kind::text, Kind::bytes, Kind::null};
static_assert(SQLITE_INTEGER == 1 && SQLITE_FLOAT == 2 && SQLITE_TEXT == 3 && SQLITE_BLOB == 4);

[[nodiscard]] inline ValueView::Chars text_of(sqlite3_value* value) noexcept {
    // text first: it converts a UTF-16 database's text, and bytes then counts the converted form
    const auto* const text = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return {text, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

/// \returns false where the text is not UTF-8 or memory ran out.
[[nodiscard]] inline bool decode_text(sqlite3_value* value, ValueView& cell) noexcept {
    cell.kind = Kind::text;
    cell.chars = text_of(value);
    return cell.chars.data != nullptr && first_invalid_utf8(cell.text()) == std::string_view::npos;
}

/// As decode_plain_cell, for what is met less often; not for NULL.
[[nodiscard]] bool decode_rarer_cell(sqlite3_value* value, int type, Kind wanted,
                                     ValueView& cell) noexcept;

/// Decodes a cell of the present row that is NULL or of the very type that is wanted; for others
/// use decode_cell. \returns false for these.
[[nodiscard]] inline bool decode_plain_cell(sqlite3_stmt* statement, int column, Kind wanted,
                                            ValueView& cell) noexcept {
    // One look-up of the column, where sqlite3_column_type, _text and _bytes would do three. Safe
    // without SQLite's mutex, because a connection serves one thread at a time.
    sqlite3_value* const value = sqlite3_column_value(statement, column);
    const int type = sqlite3_value_type(value);
    if (type == SQLITE_TEXT && wanted == Kind::text) return decode_text(value, cell);
    if (type == SQLITE_INTEGER && wanted == Kind::int64) {
        cell.kind = Kind::int64;
        cell.integer = sqlite3_value_int64(value);
        return true;
    }
    if (type == SQLITE_NULL) {
        cell.kind = Kind::null;
        return true;
    }
    return decode_rarer_cell(value, type, wanted, cell);
}

}  // namespace azoth::inline v0::sqlite
