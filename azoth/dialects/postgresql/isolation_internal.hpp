// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace azoth::inline v0::postgresql {

/// The statement that begins a transaction of an isolation level, written as PostgreSQL or
/// SQLAlchemy do ("REPEATABLE READ", "repeatable_read"); empty: the connection's default.
/// Throws ArgumentError for any other. Safe from any thread.
[[nodiscard]] std::string begin_statement(std::string_view isolation_level);

}  // namespace azoth::inline v0::postgresql
