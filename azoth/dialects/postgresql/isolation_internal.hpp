// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/driver/driver.hpp>

#include <string>

namespace azoth::inline v0::postgresql {

/// The statement that begins such a transaction. Its isolation level is written as PostgreSQL or
/// SQLAlchemy do ("REPEATABLE READ", "repeatable_read"); what is empty is the connection's default.
/// Throws ArgumentError for any other level. Safe from any thread.
[[nodiscard]] std::string begin_statement(const driver::BeginOptions& options);

}  // namespace azoth::inline v0::postgresql
