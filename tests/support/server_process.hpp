// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/core.hpp>

#include <tests/support/databases.hpp>

#include <cstdint>
#include <string>

namespace azoth::test {

/// The query for the number of the server's process behind the connection that asks.
[[nodiscard]] std::string own_process_query(const Database& database);

/// Asks a connection, or a session, for the process of the server behind it.
template <class Executor>
[[nodiscard]] std::int64_t server_process_of(const Database& database, Executor& executor) {
    return executor.execute(text(own_process_query(database)).template columns<std::int64_t>())
        .scalar_one();
}

/// Ends a process of the server, by another connection, and waits until it is gone: its connection
/// is lost. Throws std::runtime_error where it does not go.
void end_server_process(const Database& database, std::int64_t process);

}  // namespace azoth::test
