// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/mariadb/handle_internal.hpp>
#include <azoth/driver/driver.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace azoth::inline v0::mariadb {

/// Runs text, which may be several statements, and reads all that they answer. \returns whether all
/// of them succeeded; report_of(handle) says why not.
[[nodiscard]] bool run_text(MYSQL* handle, std::string_view sql) noexcept;

/// Runs a query of one cell, a whole number. \returns false where it fails.
[[nodiscard]] bool ask_number(MYSQL* handle, std::string_view sql, std::uint64_t& answer) noexcept;

/// Makes a new connection's settings those that statements rely on, and runs what the options ask
/// for. \returns how large a packet the server takes, in bytes. Throws OperationalError.
std::size_t set_up_session(MYSQL* handle, const ConnectOptions& options);

/// The SQL that begins a transaction. Throws ArgumentError for an unknown isolation level.
[[nodiscard]] std::string begin_statement(const driver::BeginOptions& options);

}  // namespace azoth::inline v0::mariadb
