// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <azoth/engine/url.hpp>

#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>

namespace mariadb_test {

using azoth::driver::Connection;
using azoth::driver::Statement;

namespace {

/// Calls `is_there` until it says so.
template <typename Condition>
void wait_for(Condition is_there, const char* what) {
    for (int i = 0; i < 3000; ++i) {
        if (is_there()) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    throw std::runtime_error(what);
}

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

StatementPtr prepare(Connection& connection, const Request& request) {
    azoth::driver::StatementRequest wanted;
    wanted.sql = request.sql;
    wanted.parameters = request.types;
    wanted.results = request.kinds;
    return connection.prepare(wanted);
}

Rows query(Connection& connection, std::string_view sql, const Parameters& parameters,
           std::vector<Type> types, std::vector<Kind> kinds) {
    const auto statement =
        prepare(connection, {.sql = sql, .types = std::move(types), .kinds = std::move(kinds)});
    statement->execute(parameters);
    return fetch_all(*statement);
}

Rows fetch_all(Statement& statement) {
    Rows rows;
    for (Row row = fetch_row(statement); !row.empty(); row = fetch_row(statement))
        rows.push_back(std::move(row));
    return rows;
}

Row fetch_row(Statement& statement) {
    std::vector<ValueView> cells(statement.columns().size());
    if (!statement.fetch(cells.data())) return {};
    return {cells.begin(), cells.end()};
}

Value scalar(Connection& connection, std::string_view sql, const Parameters& parameters,
             std::vector<Type> types, Kind wanted) {
    const Rows rows = query(connection, sql, parameters, std::move(types), {wanted});
    if (rows.size() != 1 || rows[0].size() != 1)
        throw std::runtime_error("not one cell: " + std::string(sql));
    return rows[0][0];
}

std::int64_t integer(Connection& connection, std::string_view sql) {
    const Value value = scalar(connection, sql, {}, {}, Kind::int64);
    if (value.is_null()) throw std::runtime_error("NULL: " + std::string(sql));
    return value.view().integer;
}

std::string text_of(Connection& connection, std::string_view sql) {
    const Value value = scalar(connection, sql, {}, {}, Kind::text);
    return value.is_null() ? "NULL" : std::string(value.view().text());
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

std::string to_string(const Value& value) {
    return azoth::to_display(value.view());
}

std::string to_string(const Rows& rows) {
    std::string text;
    for (const Row& row : rows) {
        if (!text.empty()) text += "; ";
        for (std::size_t i = 0; i < row.size(); ++i)
            text += (i == 0 ? "" : ", ") + to_string(row[i]);
    }
    return text;
}

std::vector<std::int64_t> Sink::integers() const {
    std::vector<std::int64_t> numbers;
    for (const Value& cell : cells_) numbers.push_back(cell.view().integer);
    return numbers;
}

}  // namespace mariadb_test
