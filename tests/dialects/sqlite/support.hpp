// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/sqlite/driver.hpp>
#include <azoth/driver/driver.hpp>
#include <azoth/types/value.hpp>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// What the tests of the SQLite driver share: databases, and rows as plain values.

namespace sqlite_test {

using Row = std::vector<azoth::Value>;
using Rows = std::vector<Row>;
using azoth::Kind;
using azoth::Value;
using azoth::ValueView;
using ConnectionPtr = std::unique_ptr<azoth::driver::Connection>;
using StatementPtr = std::unique_ptr<azoth::driver::Statement>;

/// A directory of its own for each object, removed with it.
class TemporaryDirectory {
  public:
    TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory();
    [[nodiscard]] std::string file(std::string_view name) const;
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    std::string path_;
};

[[nodiscard]] ConnectionPtr connect_memory();
[[nodiscard]] ConnectionPtr connect_file(const std::string& path);

[[nodiscard]] StatementPtr prepare(azoth::driver::Connection& connection, std::string_view sql,
                                   const std::vector<Kind>& wanted = {});
/// Runs one statement to its end.
Rows query(azoth::driver::Connection& connection, std::string_view sql,
           const std::vector<ValueView>& parameters = {}, const std::vector<Kind>& wanted = {});
/// The rows that are still to come.
[[nodiscard]] Rows fetch_all(azoth::driver::Statement& statement);
/// One more row, or an empty one at the end.
[[nodiscard]] Row fetch_row(azoth::driver::Statement& statement);
/// The only cell of the only row.
[[nodiscard]] Value scalar(azoth::driver::Connection& connection, std::string_view sql,
                           const std::vector<ValueView>& parameters = {}, Kind wanted = Kind::null);
[[nodiscard]] std::int64_t integer(azoth::driver::Connection& connection, std::string_view sql);

[[nodiscard]] ValueView text(std::string_view value);
[[nodiscard]] ValueView number(std::int64_t value);
[[nodiscard]] ValueView null();
[[nodiscard]] std::string to_string(const Value& value);

/// Parameter rows from a vector.
class VectorSource : public azoth::driver::RowSource {
  public:
    explicit VectorSource(std::vector<std::vector<ValueView>> rows) : rows_(std::move(rows)) {}
    bool next(ValueView* row) override;

  private:
    std::vector<std::vector<ValueView>> rows_;
    std::size_t next_ = 0;
};

/// Keeps the rows that execute_many delivers.
class VectorSink : public azoth::driver::RowSink {
  public:
    explicit VectorSink(std::size_t columns) : columns_(columns) {}
    void row(const ValueView* cells) override;
    Rows rows;

  private:
    std::size_t columns_;
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

}  // namespace sqlite_test
