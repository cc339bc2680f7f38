// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <azoth/engine/url.hpp>

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace mariadb_test {

using azoth::driver::Connection;

namespace {

ConnectOptions options_in(const char* variable) {
    const char* const url = std::getenv(variable);
    if (url == nullptr) throw std::runtime_error(std::string(variable) + " is not set");
    return azoth::mariadb::options_from_url(azoth::make_url(url));
}

}  // namespace

ConnectOptions server_options() {
    ConnectOptions options = options_in("AZOTH_MARIADB_URL");
    // A test that waits for what never comes fails rather than hangs.
    options.read_timeout = std::chrono::seconds(60);
    return options;
}

ConnectOptions socket_options() {
    return options_in("AZOTH_MARIADB_SOCKET_URL");
}

ConnectionPtr connect() {
    return azoth::mariadb::connect(server_options());
}

std::int64_t thread_of(Connection& connection) {
    return integer(connection, "SELECT CONNECTION_ID()");
}

void kill_connection(std::int64_t thread) {
    const auto killer = connect();
    killer->run("KILL CONNECTION " + std::to_string(thread));
    const std::string alive =
        "SELECT COUNT(*) FROM information_schema.processlist WHERE id = " + std::to_string(thread);
    wait_for([&] { return integer(*killer, alive) == 0; }, "the connection does not end");
}

void wait_until_running(std::int64_t thread, std::string_view text) {
    const auto watcher = connect();
    const std::string running =
        "SELECT COUNT(*) FROM information_schema.processlist WHERE id = " + std::to_string(thread) +
        " AND info LIKE '%" + std::string(text) + "%'";
    wait_for([&] { return integer(*watcher, running) == 1; }, "the statement does not run");
}

}  // namespace mariadb_test
