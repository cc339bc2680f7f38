// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/dialect.hpp>
#include <azoth/sql/builder.hpp>
#include <azoth/types/value.hpp>

#include <string>
#include <vector>

namespace azoth::inline v0 {

/// A statement as text, with the values of its placeholders in their order. A plain value.
/// SQLAlchemy: `Compiled`, of which `str()` is the text and `params` the values.
struct CompiledText {
    std::string sql;
    std::vector<Value> params;
};

/// The text that a dialect makes of a statement; nothing is connected to. Safe from any thread.
///
///     const auto [sql, params] = compile(select(users.id).limit(5), mssql::dialect());
///
/// Throws CompileError for what the dialect doesn't have, and ArgumentError where the statement
/// waits for values: named parameters, the rows of an INSERT. SQLAlchemy:
/// `statement.compile(dialect=…)`.
[[nodiscard]] AZOTH_EXPORT CompiledText compile(const sql::Statement& statement,
                                                const Dialect& dialect);

}  // namespace azoth::inline v0
