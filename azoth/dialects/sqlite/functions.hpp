// SPDX-License-Identifier: MIT
#pragma once

struct sqlite3;

namespace azoth::inline v0::sqlite {

/// Adds `regexp(pattern, text)`, which SQLite calls for `text REGEXP pattern`, and
/// `regexp_replace(text, pattern, replacement)`, in whose replacement \1 to \9 are what the
/// pattern's parentheses found; it replaces every match. Returns SQLite's code.
///
/// Perl's syntax, near to Python's, matching anywhere in the text, letter by letter of Unicode,
/// NULL where either is NULL. A pattern that would take for ever is stopped with an error, and none
/// can exhaust the stack. SQLAlchemy: the function of this name, by Python's `re.search`.
[[nodiscard]] int add_regexp_functions(sqlite3* db) noexcept;

/// Adds exact decimal arithmetic on numbers kept as text: the collation `decimal`, the functions
/// `decimal_add`, `decimal_sub` and `decimal_mul`, and the aggregate `decimal_sum`, which is a
/// window function too. Returns SQLite's code.
///
/// SQLite itself would calculate in floating point, and order text by its letters. The names are
/// those of SQLite's own `decimal` extension, which its shell has built in, so that a database
/// whose columns use them can be read there too. What differs: the collation takes "1.50" and "1.5"
/// for equal, as PostgreSQL does, and a product keeps its trailing zeros. Numbers are ordered by
/// value, anything else after all numbers, bytewise. The functions give NULL for NULL, and an error
/// for what is no number.
[[nodiscard]] int add_decimal_functions(sqlite3* db) noexcept;

}  // namespace azoth::inline v0::sqlite
