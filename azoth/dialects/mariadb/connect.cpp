// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/dialects/mariadb/connect.hpp>
#include <azoth/dialects/mariadb/connection_internal.hpp>
#include <azoth/dialects/mariadb/session_internal.hpp>

#include <string>
#include <utility>

namespace azoth::inline v0::mariadb {
namespace {

std::unique_ptr<driver::Connection> connect_to_one(const ConnectOptions& options) {
    Handle handle = open_handle(options);
    const std::size_t largest_packet = set_up_session(handle.get(), options);
    return std::make_unique<Connection>(std::move(handle), options, largest_packet);
}

/// The options for one server of several.
ConnectOptions options_for(const ConnectOptions& options, const driver::Endpoint& endpoint) {
    ConnectOptions one = options;
    one.endpoints.clear();
    if (endpoint.host.starts_with('/')) {
        one.unix_socket = endpoint.host;
    } else {
        one.host = endpoint.host;
        one.port = endpoint.port;
    }
    return one;
}

/// They are tried here and not by libmariadb, whose list of hosts has no timeout for each, and
/// which doesn't say what was wrong with any but the last.
std::unique_ptr<driver::Connection> connect_to_first(const ConnectOptions& options) {
    std::string errors;
    DriverFault fault;  // the last one's, with what all have said
    for (const driver::Endpoint& endpoint : options.endpoints) {
        try {
            return connect_to_one(options_for(options, endpoint));
        } catch (const OperationalError& error) {
            fault = error.fault();
            if (!errors.empty()) errors += '\n';
            errors += fault.message;
        }
    }
    fault.message = errors;
    fault.poisoned = Poisoned::connection;
    driver::raise(driver::ErrorClass::operational, fault, {});
}

}  // namespace

std::unique_ptr<driver::Connection> connect(const ConnectOptions& options) {
    check_options(options);
    return options.endpoints.empty() ? connect_to_one(options) : connect_to_first(options);
}

}  // namespace azoth::inline v0::mariadb
