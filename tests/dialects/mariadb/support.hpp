// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/mariadb/connect.hpp>
#include <azoth/driver/driver.hpp>
#include <azoth/types/type.hpp>
#include <azoth/types/value.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What the tests of the MariaDB driver share: connections to the real server, and rows as plain
// values.

namespace mariadb_test {

using azoth::Kind;
using azoth::Type;
using azoth::Value;
using azoth::ValueView;
using azoth::mariadb::ConnectOptions;
using Row = std::vector<Value>;
using Rows = std::vector<Row>;
using Parameters = std::vector<ValueView>;
using ConnectionPtr = std::unique_ptr<azoth::driver::Connection>;
using StatementPtr = std::unique_ptr<azoth::driver::Statement>;

/// The test database, over TCP.
[[nodiscard]] ConnectOptions server_options();
/// The same over the Unix socket.
[[nodiscard]] ConnectOptions socket_options();
[[nodiscard]] ConnectionPtr connect();

/// A statement as `prepare` below takes it: types are those of the parameters, kinds those wanted.
struct Request {
    std::string_view sql;
    std::vector<Type> types{};
    std::vector<Kind> kinds{};
};
[[nodiscard]] StatementPtr prepare(azoth::driver::Connection& connection, const Request& request);

/// Runs a statement once; parameters without a type are of unknown type.
Rows query(azoth::driver::Connection& connection, std::string_view sql,
           const Parameters& parameters = {}, std::vector<Type> types = {},
           std::vector<Kind> kinds = {});
[[nodiscard]] Rows fetch_all(azoth::driver::Statement& statement);
/// One more row, or an empty one at the end.
[[nodiscard]] Row fetch_row(azoth::driver::Statement& statement);
/// The only cell of the only row.
[[nodiscard]] Value scalar(azoth::driver::Connection& connection, std::string_view sql,
                           const Parameters& parameters = {}, std::vector<Type> types = {},
                           Kind wanted = Kind::null);
[[nodiscard]] std::int64_t integer(azoth::driver::Connection& connection, std::string_view sql);
[[nodiscard]] std::string text_of(azoth::driver::Connection& connection, std::string_view sql);

/// The server's number of a connection.
[[nodiscard]] std::int64_t thread_of(azoth::driver::Connection& connection);
/// Ends a connection from outside, and returns when it is gone.
void kill_connection(std::int64_t thread);
/// Returns when the connection is in the middle of a statement that contains `text`.
void wait_until_running(std::int64_t thread, std::string_view text);

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

/// Parameter rows from a list.
[[nodiscard]] inline auto rows_of(std::vector<Parameters> rows) {
    return Source([rows = std::move(rows), i = std::size_t{0}](ValueView* row) mutable {
        if (i == rows.size()) return false;
        for (const ValueView& value : rows[i]) *row++ = value;
        ++i;
        return true;
    });
}

/// `count` rows of one number, from 1 upwards.
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

}  // namespace mariadb_test
