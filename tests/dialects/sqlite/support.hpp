// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/sqlite/driver.hpp>

#include <tests/support/driver_statements.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What the tests of the SQLite driver share: databases.

namespace sqlite_test {

// Not all of it: statements without parameters' types are prepared in fewer words.
using driver_test::caught;
using driver_test::ConnectionPtr;
using driver_test::fetch_all;
using driver_test::fetch_row;
using driver_test::Kind;
using driver_test::number;
using driver_test::Row;
using driver_test::Rows;
using driver_test::StatementPtr;
using driver_test::text;
using driver_test::to_string;
using driver_test::Value;
using driver_test::ValueView;

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
/// The only cell of the only row.
[[nodiscard]] Value scalar(azoth::driver::Connection& connection, std::string_view sql,
                           const std::vector<ValueView>& parameters = {}, Kind wanted = Kind::null);
using driver_test::integer;

[[nodiscard]] ValueView null();

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

}  // namespace sqlite_test
