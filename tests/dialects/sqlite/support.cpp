// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace sqlite_test {

using azoth::driver::Connection;

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
    return driver_test::prepare(connection, {.sql = sql, .kinds = wanted});
}

Rows query(Connection& connection, std::string_view sql, const std::vector<ValueView>& parameters,
           const std::vector<Kind>& wanted) {
    return driver_test::query(connection, sql, parameters, {}, wanted);
}

Value scalar(Connection& connection, std::string_view sql, const std::vector<ValueView>& parameters,
             Kind wanted) {
    return driver_test::scalar(connection, sql, parameters, {}, wanted);
}

ValueView null() {
    return {};
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
