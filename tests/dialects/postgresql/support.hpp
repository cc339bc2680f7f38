// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/postgresql/connect.hpp>

#include <tests/support/driver_statements.hpp>

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

// What the tests of the PostgreSQL driver share: connections to the real server, and a look at
// the messages that travel.

namespace postgresql_test {

using namespace driver_test;
using azoth::postgresql::ConnectOptions;

/// The test database, over TCP, with a waiter that isn't the driver's own.
[[nodiscard]] ConnectOptions server_options();
/// The same without TLS, for proxies that look into the stream.
[[nodiscard]] ConnectOptions plain_options();
[[nodiscard]] ConnectionPtr connect();
void set_parameter(ConnectOptions& options, std::string_view keyword, std::string value);

/// The server process behind a connection.
[[nodiscard]] std::int64_t backend_of(azoth::driver::Connection& connection);
/// Ends that process, and returns when it is gone.
void kill_backend(std::int64_t backend);

/// Records the protocol messages of a connection for as long as it lives.
class Trace {
  public:
    explicit Trace(azoth::driver::Connection& connection);
    Trace(const Trace&) = delete;
    Trace& operator=(const Trace&) = delete;
    ~Trace();
    /// The client's messages since the last call: "Parse Bind Describe Execute Sync"; a '|' where
    /// the client waited for the server in between, so that their number is that of round trips.
    [[nodiscard]] std::string sent();

  private:
    azoth::driver::Connection& connection_;
    char* buffer_ = nullptr;
    std::size_t size_ = 0;
    std::FILE* file_;
    std::size_t seen_ = 0;
};

}  // namespace postgresql_test
