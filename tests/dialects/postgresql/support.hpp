// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/postgresql/connect.hpp>
#include <azoth/driver/driver.hpp>
#include <azoth/types/value.hpp>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What the tests of the PostgreSQL driver share: connections to the real server, rows as plain
// values, and a look at the messages that travel.

namespace postgresql_test {

using azoth::Kind;
using azoth::Type;
using azoth::TypeKind;
using azoth::Value;
using azoth::ValueView;
using azoth::postgresql::ConnectOptions;
using Row = std::vector<Value>;
using Rows = std::vector<Row>;
using Parameters = std::vector<ValueView>;
using ConnectionPtr = std::unique_ptr<azoth::driver::Connection>;
using StatementPtr = std::unique_ptr<azoth::driver::Statement>;

/// The test database, over TCP, with a waiter that isn't the driver's own.
[[nodiscard]] ConnectOptions server_options();
/// The same without TLS, for proxies that look into the stream.
[[nodiscard]] ConnectOptions plain_options();
[[nodiscard]] ConnectionPtr connect();
void set_parameter(ConnectOptions& options, std::string_view keyword, std::string value);

/// A statement as `prepare` below takes it: types are those of the parameters, kinds those wanted.
struct Request {
    std::string_view sql;
    std::vector<Type> types{};
    std::vector<Kind> kinds{};
    bool arrays = false;
    bool keep = true;
};
[[nodiscard]] StatementPtr prepare(azoth::driver::Connection& connection, const Request& request);

/// Runs a statement once; parameters without a type are of unknown type.
Rows query(azoth::driver::Connection& connection, std::string_view sql,
           const Parameters& parameters = {}, std::vector<Type> types = {},
           std::vector<Kind> kinds = {});
[[nodiscard]] Rows fetch_all(azoth::driver::Statement& statement);
/// The only cell of the only row.
[[nodiscard]] Value scalar(azoth::driver::Connection& connection, std::string_view sql,
                           const Parameters& parameters = {}, std::vector<Type> types = {},
                           Kind wanted = Kind::null);
[[nodiscard]] std::int64_t integer(azoth::driver::Connection& connection, std::string_view sql);
[[nodiscard]] std::string text_of(azoth::driver::Connection& connection, std::string_view sql);
/// The server process behind a connection.
[[nodiscard]] std::int64_t backend_of(azoth::driver::Connection& connection);
/// Ends that process, and returns when it is gone.
void kill_backend(std::int64_t backend);

[[nodiscard]] inline ValueView text(std::string_view value) {
    return ValueView::of_text(value);
}
[[nodiscard]] inline ValueView number(std::int64_t value) {
    return ValueView::of_integer(value);
}
[[nodiscard]] std::string to_string(const Value& value);
/// Rows for comparison: "1, 'a'; 2, NULL".
[[nodiscard]] std::string to_string(const Rows& rows);

/// Parameter rows from a function that fills one and says whether there was one.
template <typename Fill>
class Source final : public azoth::driver::RowSource {
  public:
    explicit Source(Fill fill) : fill_(std::move(fill)) {}
    bool next(ValueView* row) override { return fill_(row); }

  private:
    Fill fill_;
};

/// `count` rows of one bigint, from 1 upwards.
[[nodiscard]] inline auto numbers(std::int64_t count) {
    return Source([i = std::int64_t{0}, count](ValueView* row) mutable {
        if (i == count) return false;
        row[0] = number(++i);
        return true;
    });
}

/// Keeps the first cell of each row that execute_many delivers.
class Sink final : public azoth::driver::RowSink {
  public:
    void row(const ValueView* cells) override { cells_.emplace_back(cells[0]); }
    [[nodiscard]] const std::vector<Value>& cells() const { return cells_; }
    [[nodiscard]] std::vector<std::int64_t> integers() const;

  private:
    std::vector<Value> cells_;
};

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

/// The exception of class E that `call` throws, as a pointer that is null where it throws none.
template <typename E, typename Call>
std::unique_ptr<E> caught(Call&& call) {
    try {
        call();
    } catch (const E& error) {
        return std::make_unique<E>(error);
    }
    return nullptr;
}

}  // namespace postgresql_test
