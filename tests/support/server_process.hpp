// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/core.hpp>

#include <cstdint>
#include <string>

namespace azoth::test {

/// Asks a connection, or a session, for the process of the server behind it.
template <class Executor>
[[nodiscard]] std::int64_t server_process_of(Executor& executor) {
    return executor.execute(text("select pg_backend_pid()").columns<std::int64_t>()).scalar_one();
}

/// Ends a process of the server, by another connection, and waits until it is gone: its connection
/// is lost. Throws std::runtime_error where it does not go.
void end_server_process(const std::string& url, std::int64_t process);

}  // namespace azoth::test
