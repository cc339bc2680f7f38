// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/driver/driver.hpp>
#include <azoth/types/type.hpp>
#include <azoth/types/value.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

/// What the tests of all drivers share: statements, and rows as plain values.
namespace driver_test {

using azoth::Kind;
using azoth::Type;
using azoth::Value;
using azoth::ValueView;
using Row = std::vector<Value>;
using Rows = std::vector<Row>;
using Parameters = std::vector<ValueView>;
using ConnectionPtr = std::unique_ptr<azoth::driver::Connection>;
using StatementPtr = std::unique_ptr<azoth::driver::Statement>;

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
/// The rows that are still to come.
[[nodiscard]] Rows fetch_all(azoth::driver::Statement& statement);
/// One more row, or an empty one at the end.
[[nodiscard]] Row fetch_row(azoth::driver::Statement& statement);
/// The only cell of the only row.
[[nodiscard]] Value scalar(azoth::driver::Connection& connection, std::string_view sql,
                           const Parameters& parameters = {}, std::vector<Type> types = {},
                           Kind wanted = Kind::null);
[[nodiscard]] std::int64_t integer(azoth::driver::Connection& connection, std::string_view sql);
[[nodiscard]] std::string text_of(azoth::driver::Connection& connection, std::string_view sql);

[[nodiscard]] inline ValueView text(std::string_view value) {
    return ValueView::of_text(value);
}
[[nodiscard]] inline ValueView number(std::int64_t value) {
    return ValueView::of_integer(value);
}
[[nodiscard]] std::string to_string(const Value& value);
/// Rows for comparison: "1, 'a'; 2, NULL".
[[nodiscard]] std::string to_string(const Rows& rows);

/// One of each type that a parameter may have in any database, the unknown one first.
[[nodiscard]] std::vector<Type> types_of_parameters();

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

/// Calls `is_there` until it says so. Throws std::runtime_error after half a minute.
/// \param what is missing then, for the message
template <typename Condition>
void wait_for(Condition is_there, const char* what) {
    for (int i = 0; i < 3000; ++i) {
        if (is_there()) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    throw std::runtime_error(what);
}

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

}  // namespace driver_test
