// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/dialect.hpp>
#include <azoth/sql/text.hpp>

#include <string>

namespace azoth::inline v0 {

/// How a statement is shown as SQL. A plain value. SQLAlchemy: `compile_kwargs`.
struct ToSqlOptions {
    /// Values are written into the text, with the dialect's own quotes: for reading, and for
    /// scripts. To execute a statement pass it to a connection.
    bool literal_binds = false;
    /// Lists of values (IN) have their placeholders, as many as there are values; else one stands
    /// for all, as `[…]`.
    bool render_postcompile = true;
    Parameters parameters{};  ///< values of named parameters, needed for literal_binds
};

/// A statement as a dialect's SQL. Throws what executing it would throw before anything is sent:
/// CompileError, and with literal_binds ArgumentError for a named parameter without a value and
/// DataError for a value that has no literal. Statements of mapped classes need a session, which
/// logs them. Safe from any thread. SQLAlchemy:
/// `str(statement.compile(dialect=…))`.
[[nodiscard]] AZOTH_EXPORT std::string to_sql(const sql::Statement& statement,
                                              const Dialect& dialect,
                                              const ToSqlOptions& options = {});
/// A statement as SQL of no particular database, for messages and for reading; what single
/// databases have only is shown as the one that has it writes it. SQLAlchemy: `str(statement)`.
[[nodiscard]] AZOTH_EXPORT std::string to_sql(const sql::Statement& statement,
                                              const ToSqlOptions& options = {});

}  // namespace azoth::inline v0
