// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <azoth/engine/url.hpp>

#include <tests/support/databases.hpp>

#include <chrono>
#include <sstream>
#include <stdexcept>
#include <thread>

// libpq's own, as its header declares them: the tests are not given its include path.
extern "C" {
struct pg_conn;
void PQtrace(pg_conn* connection, std::FILE* file);
void PQuntrace(pg_conn* connection);
}

namespace postgresql_test {

using azoth::driver::Connection;
using azoth::driver::Statement;

namespace {

/// Stands for the waiters of fibers: a waiter of one's own has the driver wait outside of libpq.
class PassingWaiter final : public azoth::driver::Waiter {
  public:
    azoth::driver::Readiness wait(int descriptor, azoth::driver::Readiness wanted,
                                  azoth::driver::Deadline deadline) override {
        return azoth::driver::polling_waiter().wait(descriptor, wanted, deadline);
    }
};

}  // namespace

ConnectOptions server_options() {
    ConnectOptions options = azoth::postgresql::options_from_url(
        azoth::make_url(azoth::test::database("postgresql").url));
    // A test that waits for what never comes fails rather than hangs.
    set_parameter(options, "options", "-c statement_timeout=60s");
    static PassingWaiter waiter;
    options.waiter = &waiter;
    return options;
}

ConnectOptions plain_options() {
    ConnectOptions options = server_options();
    set_parameter(options, "sslmode", "disable");
    set_parameter(options, "gssencmode", "disable");
    return options;
}

ConnectionPtr connect() {
    return azoth::postgresql::connect(server_options());
}

void set_parameter(ConnectOptions& options, std::string_view keyword, std::string value) {
    std::erase_if(options.parameters, [&](const auto& pair) { return pair.first == keyword; });
    options.parameters.emplace_back(keyword, std::move(value));
}

StatementPtr prepare(Connection& connection, const Request& request) {
    azoth::driver::StatementRequest wanted;
    wanted.sql = request.sql;
    wanted.parameters = request.types;
    wanted.results = request.kinds;
    wanted.array_parameters = request.arrays;
    wanted.keep = request.keep;
    return connection.prepare(wanted);
}

Rows query(Connection& connection, std::string_view sql, const Parameters& parameters,
           std::vector<Type> types, std::vector<Kind> kinds) {
    types.resize(parameters.size());
    const auto statement =
        prepare(connection, {.sql = sql, .types = std::move(types), .kinds = std::move(kinds)});
    statement->execute(parameters);
    return fetch_all(*statement);
}

Rows fetch_all(Statement& statement) {
    Rows rows;
    std::vector<ValueView> cells(statement.columns().size());
    while (statement.fetch(cells.data())) rows.emplace_back(cells.begin(), cells.end());
    return rows;
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

std::int64_t backend_of(Connection& connection) {
    return integer(connection, "SELECT pg_backend_pid()");
}

void kill_backend(std::int64_t backend) {
    const auto killer = connect();
    query(*killer, "SELECT pg_terminate_backend($1)", {number(backend)}, {azoth::Integer{}});
    const auto alive =
        prepare(*killer, {.sql = "SELECT count(*) FROM pg_stat_activity WHERE pid = $1",
                          .types = {azoth::Integer{}}});
    for (int i = 0; i < 3000; ++i) {
        alive->execute(Parameters{number(backend)});
        if (fetch_all(*alive)[0][0].view().integer == 0) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    throw std::runtime_error("the backend does not end");
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

Trace::Trace(Connection& connection)
    : connection_(connection), file_(open_memstream(&buffer_, &size_)) {
    PQtrace(static_cast<pg_conn*>(connection_.native_handle()), file_);
}

Trace::~Trace() {
    if (auto* const handle = static_cast<pg_conn*>(connection_.native_handle())) PQuntrace(handle);
    std::fclose(file_);
    std::free(buffer_);
}

std::string Trace::sent() {
    std::fflush(file_);
    std::istringstream lines(std::string(buffer_ + seen_, size_ - seen_));
    seen_ = size_;
    std::string messages;
    bool waited = false;
    // Each line: time, 'F'rontend or 'B'ackend, length, name of the message, contents.
    for (std::string line; std::getline(lines, line);) {
        std::istringstream fields(line);
        std::string time, direction, length, name;
        std::getline(fields, time, '\t');
        std::getline(fields, direction, '\t');
        std::getline(fields, length, '\t');
        std::getline(fields, name, '\t');
        if (direction == "B") waited = !messages.empty();
        if (direction != "F") continue;
        if (!messages.empty()) messages += waited ? " | " : " ";
        waited = false;
        messages += name;
    }
    return messages;
}

}  // namespace postgresql_test
