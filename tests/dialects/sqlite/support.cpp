// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace sqlite_test {

using azoth::driver::Connection;
using azoth::driver::Statement;

TemporaryDirectory::TemporaryDirectory() {
    path_ = (std::filesystem::temp_directory_path() / "azoth-sqlite-XXXXXX").string();
    if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("mkdtemp failed: " + path_);
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;  // what can't be removed is the machine's to clean up
    std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryDirectory::file(std::string_view name) const {
    return path_ + "/" + std::string(name);
}

ConnectionPtr connect_memory() {
    return azoth::sqlite::connect({});
}

ConnectionPtr connect_file(const std::string& path) {
    return azoth::sqlite::connect({.path = path});
}

StatementPtr prepare(Connection& connection, std::string_view sql,
                     const std::vector<Kind>& wanted) {
    azoth::driver::StatementRequest request;
    request.sql = sql;
    request.results = wanted;
    return connection.prepare(request);
}

Rows query(Connection& connection, std::string_view sql, const std::vector<ValueView>& parameters,
           const std::vector<Kind>& wanted) {
    const auto statement = prepare(connection, sql, wanted);
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

Value scalar(Connection& connection, std::string_view sql, const std::vector<ValueView>& parameters,
             Kind wanted) {
    const Rows rows = query(connection, sql, parameters, {wanted});
    if (rows.size() != 1 || rows[0].size() != 1)
        throw std::runtime_error("not one cell: " + std::string(sql));
    return rows[0][0];
}

std::int64_t integer(Connection& connection, std::string_view sql) {
    const Value value = scalar(connection, sql, {}, Kind::int64);
    if (value.is_null()) throw std::runtime_error("NULL: " + std::string(sql));
    return value.view().integer;
}

ValueView text(std::string_view value) {
    return ValueView::of_text(value);
}
ValueView number(std::int64_t value) {
    return ValueView::of_integer(value);
}
ValueView null() {
    return {};
}

std::string to_string(const Value& value) {
    return azoth::to_display(value.view());
}

bool VectorSource::next(ValueView* row) {
    if (next_ == rows_.size()) return false;
    for (const ValueView& value : rows_[next_]) *row++ = value;
    ++next_;
    return true;
}

void VectorSink::row(const ValueView* cells) {
    rows.emplace_back(cells, cells + columns_);
}

}  // namespace sqlite_test
