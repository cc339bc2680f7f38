// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>
#include <azoth/driver/driver.hpp>
#include <azoth/driver/endpoint.hpp>
#include <azoth/driver/waiter.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth::inline v0 {
class URL;
}

namespace azoth::inline v0::postgresql {

/// A host's name, address, or the directory of a Unix socket; without a port 5432, or what PGPORT
/// says.
using driver::Endpoint;

/// Where and how to connect: a plain value. What is left out is what libpq makes of it, from its
/// environment variables (PGHOST …), service and password files.
struct ConnectOptions {
    /// Tried in this order until one accepts; none: libpq's default.
    std::vector<Endpoint> endpoints{};
    std::optional<std::string> user{};
    std::optional<std::string> password{};
    std::optional<std::string> dbname{};
    /// How long to try each endpoint; zero: without limit. Looking up a name doesn't count.
    std::optional<std::chrono::milliseconds> connect_timeout{};
    /// Further connection keywords of libpq with their values: sslmode, application_name,
    /// target_session_attrs, options, keepalives … Not: what has a member here, client_encoding
    /// (always UTF8) and replication.
    std::vector<std::pair<std::string, std::string>> parameters{};
    /// How the connection waits for its socket; null: `driver::polling_waiter()`. It must live as
    /// long as the connection.
    driver::Waiter* waiter = nullptr;
    /// Receives notices and warnings of the server, without line break, in the thread that uses the
    /// connection. It must not throw and must not use the connection. Empty: they are dropped.
    std::function<void(std::string_view)> on_notice{};
};

/// Connects to a PostgreSQL server. Safe from any thread.
///
/// Looking up a host's name is the one thing that blocks without the Waiter; give an address (or
/// the parameter hostaddr) where that matters.
/// Throws ArgumentError for options that can't be, OperationalError where no endpoint accepts; no
/// message contains the password. SQLAlchemy: the `connect()` of a DBAPI.
[[nodiscard]] AZOTH_EXPORT std::unique_ptr<driver::Connection> connect(
    const ConnectOptions& options);

/// Reads options from a URL. Safe from any thread.
///
/// `postgresql://user:password@host:port/dbname?key=value`, each key a connection keyword of libpq.
/// Several hosts, as in SQLAlchemy: `?host=a:5432&host=b` or `?host=a,b&port=5432,5433`; a Unix
/// socket: `?host=/directory`.
/// Throws ArgumentError for unknown keys and for contradictions.
[[nodiscard]] AZOTH_EXPORT ConnectOptions options_from_url(const URL& url);

}  // namespace azoth::inline v0::postgresql
