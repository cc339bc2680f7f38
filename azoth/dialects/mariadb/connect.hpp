// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>
#include <azoth/driver/driver.hpp>
#include <azoth/driver/endpoint.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace azoth::inline v0 {
class URL;
}

namespace azoth::inline v0::mariadb {

/// Whether a connection is encrypted, and what of the server's certificate is checked. The names
/// are those of MySQL's `ssl_mode`.
enum class SslMode : std::uint8_t {
    /// `verify_identity` where `ssl_ca` or `ssl_capath` is given; else `preferred` over TCP and
    /// `disabled` over a Unix socket
    automatic,
    disabled,
    preferred,       ///< encrypted where the server can; any certificate will do
    required,        ///< encrypted or not at all; any certificate will do
    verify_ca,       ///< as required, and an authority that is trusted has signed the certificate
    verify_identity  ///< as verify_ca, and the certificate is that of the host connected to
};

/// Where and how to connect: a plain value. No option file is read unless it is named here.
struct ConnectOptions {
    /// Name or address. Empty, or "localhost" without a port: the Unix socket.
    std::string host{};
    std::optional<std::uint16_t> port{};  ///< nothing: 3306
    std::string unix_socket{};            ///< its path; empty: libmariadb's default
    /// Several servers in place of host, port and unix_socket, tried in this order until one
    /// accepts. A host that begins with '/' is the path of a Unix socket.
    std::vector<driver::Endpoint> endpoints{};
    std::optional<std::string> user{};  ///< nothing: the name of the process's user
    /// Nothing: that of the option file or of the environment's MYSQL_PWD.
    std::optional<std::string> password{};
    std::string database{};
    std::chrono::seconds connect_timeout{10};  ///< zero: without limit
    /// How long one read or write may take; when it is over, the connection is lost. Zero: without
    /// limit. A statement's own limit is the server's variable max_statement_time.
    std::chrono::seconds read_timeout{0};
    std::chrono::seconds write_timeout{0};
    SslMode ssl_mode = SslMode::automatic;
    std::string ssl_ca{};      ///< file with the trusted authorities
    std::string ssl_capath{};  ///< directory of such files
    std::string ssl_cert{};    ///< the client's own certificate
    std::string ssl_key{};     ///< and its key
    std::string ssl_cipher{};
    std::string tls_version{};  ///< allowed versions: "TLSv1.2,TLSv1.3"
    bool compress = false;      ///< compress what travels
    /// Modes that are added to those of the server, separated by commas: "ANSI_QUOTES".
    std::string sql_mode{};
    std::string init_command{};  ///< SQL that is run when the connection is made
    std::string option_file{};   ///< read this option file (its group [client])
    std::string option_group{};  ///< read this group too, of `option_file` or the usual files
};

/// Connects to a MariaDB server. Safe from any thread; what it returns may be used by one thread at
/// a time.
///
/// Every connection speaks utf8mb4, counts matched rather than changed rows, has the time zone
/// +00:00, and in its sql_mode STRICT_ALL_TABLES and SIMULTANEOUS_ASSIGNMENT beside what the server
/// has there: values that don't fit are errors, and `SET a = b, b = a` exchanges them.
/// Throws ArgumentError for options that can't be, OperationalError where the server doesn't
/// accept; no message contains the password. SQLAlchemy: the `connect()` of a DBAPI.
[[nodiscard]] AZOTH_EXPORT std::unique_ptr<driver::Connection> connect(
    const ConnectOptions& options);

/// Reads options from a URL. Safe from any thread.
///
/// `mariadb://user:password@host:port/database?key=value`, or the same with `mysql`. Several hosts:
/// `?host=a:3306&host=b` or `?host=a,b&port=3306,3307`. Further keys are the
/// names of the members of ConnectOptions that have no place before the '?': unix_socket,
/// connect_timeout, read_timeout, write_timeout (seconds), ssl_mode, ssl_ca, ssl_capath, ssl_cert,
/// ssl_key, ssl_cipher, tls_version, compress, sql_mode, init_command, option_file and
/// option_group; and charset, which is utf8mb4 or an error. Throws ArgumentError for anything else,
/// naming what is known.
[[nodiscard]] AZOTH_EXPORT ConnectOptions options_from_url(const URL& url);

}  // namespace azoth::inline v0::mariadb
