// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/mariadb/connect.hpp>

#include <tests/support/driver_statements.hpp>

#include <cstdint>
#include <string>
#include <string_view>

// What the tests of the MariaDB driver share: connections to the real server.

namespace mariadb_test {

using namespace driver_test;
using azoth::mariadb::ConnectOptions;

/// The test database, over TCP.
[[nodiscard]] ConnectOptions server_options();
/// The same over the Unix socket.
[[nodiscard]] ConnectOptions socket_options();
[[nodiscard]] ConnectionPtr connect();

/// The server's number of a connection.
[[nodiscard]] std::int64_t thread_of(azoth::driver::Connection& connection);
/// Ends a connection from outside, and returns when it is gone.
void kill_connection(std::int64_t thread);
/// Returns when the connection is in the middle of a statement that contains `text`.
void wait_until_running(std::int64_t thread, std::string_view text);

}  // namespace mariadb_test
