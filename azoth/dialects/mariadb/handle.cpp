// SPDX-License-Identifier: MIT
// From ConnectOptions to a connected MYSQL*.

#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/dialects/mariadb/handle_internal.hpp>

#include <errmsg.h>

#include <algorithm>
#include <limits>
#include <new>
#include <string>
#include <string_view>

namespace azoth::inline v0::mariadb {
namespace {

constexpr unsigned default_port = 3306;

const char* or_null(const std::string& text) noexcept {
    return text.empty() ? nullptr : text.c_str();
}

// --- checks

void check_text(std::string_view name, std::string_view value) {
    if (value.find('\0') != std::string_view::npos)
        throw ArgumentError("The connection option '" + std::string(name) +
                            "' contains a zero byte");
}

void check_texts(const ConnectOptions& options) {
    check_text("unix_socket", options.unix_socket);
    check_text("user", options.user.value_or(""));
    check_text("password", options.password.value_or(""));
    check_text("database", options.database);
    check_text("ssl_ca", options.ssl_ca);
    check_text("ssl_capath", options.ssl_capath);
    check_text("ssl_cert", options.ssl_cert);
    check_text("ssl_key", options.ssl_key);
    check_text("ssl_cipher", options.ssl_cipher);
    check_text("tls_version", options.tls_version);
    check_text("option_file", options.option_file);
    check_text("option_group", options.option_group);
}

/// It becomes part of a statement.
void check_sql_mode(std::string_view modes) {
    const bool are_names = std::all_of(modes.begin(), modes.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == ',';
    });
    if (!are_names)
        throw ArgumentError("The connection option 'sql_mode' is " + detail::excerpt(modes) +
                            "; it takes names of modes, separated by commas");
}

void check_timeout(std::string_view name, std::chrono::seconds timeout) {
    if (timeout.count() < 0 || timeout.count() > std::numeric_limits<int>::max())
        throw ArgumentError("The connection option '" + std::string(name) + "' is " +
                            std::to_string(timeout.count()) +
                            " seconds; it takes 0, for no limit, to 2147483647");
}

void check_server(std::string_view host, std::optional<std::uint16_t> port) {
    check_text("host", host);
    if (port == 0) throw ArgumentError("There is no port 0 to connect to");
    // libmariadb would read a list of hosts, or a whole connection string, out of such a name
    if (host.find_first_of(",;=") != std::string_view::npos)
        throw ArgumentError("The host " + detail::excerpt(host) +
                            " is no name or address of one host");
}

void check_endpoint(const driver::Endpoint& endpoint) {
    if (endpoint.host.starts_with('/')) {
        check_text("host", endpoint.host);
        if (endpoint.port)
            throw ArgumentError("The Unix socket " + detail::excerpt(endpoint.host) +
                                " is given a port, which it doesn't have");
    } else {
        check_server(endpoint.host, endpoint.port);
    }
}

// --- where to

bool uses_socket(const ConnectOptions& options) noexcept {
    if (!options.unix_socket.empty()) return true;
    return !options.port && (options.host.empty() || options.host == "localhost");
}

std::string describe(const ConnectOptions& options) {
    if (uses_socket(options))
        return options.unix_socket.empty() ? "the Unix socket"
                                           : "the Unix socket \"" + options.unix_socket + '"';
    return "\"" + (options.host.empty() ? "localhost" : options.host) + "\", port " +
           std::to_string(options.port.value_or(default_port));
}

// --- options

void set(MYSQL* handle, mysql_option option, const void* value) {
    if (mysql_options(handle, option, value) != 0)
        throw ArgumentError("libmariadb doesn't take a connection option: " +
                            std::string(mysql_error(handle)));
}

void set_text(MYSQL* handle, mysql_option option, const std::string& value) {
    if (!value.empty()) set(handle, option, value.c_str());
}

void set_timeout(MYSQL* handle, mysql_option option, std::chrono::seconds timeout) {
    const auto seconds = static_cast<unsigned>(timeout.count());
    if (seconds != 0) set(handle, option, &seconds);
}

SslMode ssl_mode_of(const ConnectOptions& options) noexcept {
    if (options.ssl_mode != SslMode::automatic) return options.ssl_mode;
    if (!options.ssl_ca.empty() || !options.ssl_capath.empty()) return SslMode::verify_identity;
    return uses_socket(options) ? SslMode::disabled : SslMode::preferred;
}

void set_tls(MYSQL* handle, const ConnectOptions& options) {
    const SslMode mode = ssl_mode_of(options);
    // always said, because what libmariadb does by itself differs from version to version
    const my_bool enforce = mode == SslMode::disabled ? 0 : 1;
    const my_bool verify = mode == SslMode::verify_identity ? 1 : 0;
    set(handle, MYSQL_OPT_SSL_ENFORCE, &enforce);
    set(handle, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);
    if (mode == SslMode::disabled) return;
    set_text(handle, MYSQL_OPT_SSL_CA, options.ssl_ca);
    set_text(handle, MYSQL_OPT_SSL_CAPATH, options.ssl_capath);
    set_text(handle, MYSQL_OPT_SSL_CERT, options.ssl_cert);
    set_text(handle, MYSQL_OPT_SSL_KEY, options.ssl_key);
    set_text(handle, MYSQL_OPT_SSL_CIPHER, options.ssl_cipher);
    set_text(handle, MARIADB_OPT_TLS_VERSION, options.tls_version);
}

void set_options(MYSQL* handle, const ConnectOptions& options) {
    set_timeout(handle, MYSQL_OPT_CONNECT_TIMEOUT, options.connect_timeout);
    set_timeout(handle, MYSQL_OPT_READ_TIMEOUT, options.read_timeout);
    set_timeout(handle, MYSQL_OPT_WRITE_TIMEOUT, options.write_timeout);
    set_text(handle, MYSQL_READ_DEFAULT_FILE, options.option_file);
    set_text(handle, MYSQL_READ_DEFAULT_GROUP, options.option_group);
    set(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    if (options.compress) set(handle, MYSQL_OPT_COMPRESS, nullptr);
    // a server could otherwise ask for any file that the process may read
    const unsigned no_files = 0;
    set(handle, MYSQL_OPT_LOCAL_INFILE, &no_files);
    const unsigned protocol = uses_socket(options) ? MYSQL_PROTOCOL_SOCKET : MYSQL_PROTOCOL_TCP;
    set(handle, MYSQL_OPT_PROTOCOL, &protocol);
    set_tls(handle, options);
}

[[noreturn]] void fail(const ConnectOptions& options, const Report& report) {
    Failure failure = failure_of(report, true);
    failure.fault.message =
        "can't connect to MariaDB at " + describe(options) + ": " + failure.fault.message;
    failure.fault.poisoned = Poisoned::connection;
    driver::raise(driver::ErrorClass::operational, failure.fault, {});
}

/// libmariadb goes on without TLS where the server, or somebody between, says that it has none.
void require_encryption(MYSQL* handle, const ConnectOptions& options) {
    const SslMode mode = ssl_mode_of(options);
    if (mode == SslMode::disabled || mode == SslMode::preferred) return;
    if (mysql_get_ssl_cipher(handle) != nullptr) return;
    fail(options, {CR_SSL_CONNECTION_ERROR,
                   {},
                   "the server offers no TLS, which the option ssl_mode asks for"});
}

}  // namespace

void check_options(const ConnectOptions& options) {
    check_texts(options);
    check_sql_mode(options.sql_mode);
    check_timeout("connect_timeout", options.connect_timeout);
    check_timeout("read_timeout", options.read_timeout);
    check_timeout("write_timeout", options.write_timeout);
    check_server(options.host, options.port);
    const bool has_host = !options.host.empty() || options.port;
    if (!options.endpoints.empty() && (has_host || !options.unix_socket.empty()))
        throw ArgumentError(
            "Both several hosts and a host, port or unix_socket are given: use one of the two");
    for (const auto& endpoint : options.endpoints) check_endpoint(endpoint);
    if (!options.unix_socket.empty() && has_host)
        throw ArgumentError("Both a host or port and a unix_socket are given: use one of the two");
    const bool verifies_ca = options.ssl_mode == SslMode::verify_ca;
    if (verifies_ca && options.ssl_ca.empty() && options.ssl_capath.empty())
        throw ArgumentError("ssl_mode verify_ca needs ssl_ca or ssl_capath");
}

Handle open_handle(const ConnectOptions& options) {
    Handle handle(mysql_init(nullptr));
    if (!handle) throw std::bad_alloc();
    set_options(handle.get(), options);
    const bool socket = uses_socket(options);
    const std::string host = socket                 ? "localhost"
                             : options.host.empty() ? "127.0.0.1"
                                                    : options.host;
    constexpr unsigned long flags = CLIENT_FOUND_ROWS | CLIENT_MULTI_STATEMENTS;
    MYSQL* const connected = mysql_real_connect(
        handle.get(), host.c_str(), options.user ? options.user->c_str() : nullptr,
        options.password ? options.password->c_str() : nullptr, or_null(options.database),
        socket ? 0 : options.port.value_or(default_port), or_null(options.unix_socket), flags);
    if (connected == nullptr) fail(options, report_of(handle.get()));
    require_encryption(handle.get(), options);
    return handle;
}

Report report_of(MYSQL* handle) noexcept {
    return {mysql_errno(handle), mysql_sqlstate(handle), mysql_error(handle)};
}

}  // namespace azoth::inline v0::mariadb
