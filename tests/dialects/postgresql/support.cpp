// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <azoth/engine/url.hpp>

#include <tests/support/databases.hpp>

#include <cstdlib>
#include <sstream>

// libpq's own, as its header declares them: the tests are not given its include path.
extern "C" {
struct pg_conn;
void PQtrace(pg_conn* connection, std::FILE* file);
void PQuntrace(pg_conn* connection);
}

namespace postgresql_test {

using azoth::driver::Connection;

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

std::int64_t backend_of(Connection& connection) {
    return integer(connection, "SELECT pg_backend_pid()");
}

void kill_backend(std::int64_t backend) {
    const auto killer = connect();
    query(*killer, "SELECT pg_terminate_backend($1)", {number(backend)}, {azoth::Integer{}});
    const auto alive =
        prepare(*killer, {.sql = "SELECT count(*) FROM pg_stat_activity WHERE pid = $1",
                          .types = {azoth::Integer{}}});
    const auto has_ended = [&] {
        alive->execute(Parameters{number(backend)});
        return fetch_all(*alive)[0][0].view().integer == 0;
    };
    wait_for(has_ended, "the backend does not end");
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
