// SPDX-License-Identifier: MIT
#include <azoth/dialects/mariadb/connect.hpp>
#include <azoth/dialects/mariadb/connection_internal.hpp>
#include <azoth/dialects/mariadb/session_internal.hpp>

#include <utility>

namespace azoth::inline v0::mariadb {

std::unique_ptr<driver::Connection> connect(const ConnectOptions& options) {
    check_options(options);
    Handle handle = open_handle(options);
    const std::size_t largest_packet = set_up_session(handle.get(), options);
    return std::make_unique<Connection>(std::move(handle), options, largest_packet);
}

}  // namespace azoth::inline v0::mariadb
