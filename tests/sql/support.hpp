// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/core.hpp>
#include <azoth/dialects/postgresql/compiler.hpp>
#include <azoth/dialects/sqlite/compiler.hpp>

#include <gtest/gtest.h>

#include <string>

/// Tables and helpers for tests of SQL text.
namespace azoth_test {

struct Users : azoth::Table {
    using Table::Table;
    azoth::Column<std::int64_t> id{*this, "id", azoth::primary_key};
    azoth::Column<std::string> name{*this, "name", azoth::String{30}};
    azoth::Column<std::optional<std::string>> fullname{*this, "fullname"};
    azoth::Column<int> age{*this, "age"};
    azoth::Column<azoth::Decimal> balance{*this, "balance", azoth::Numeric{10, 2}};
};
struct Addresses : azoth::Table {
    Addresses(const azoth::MetaData& metadata, const Users& users)
        : Table("address", metadata), user_id{*this, "user_id", azoth::ForeignKey{users.id}} {}
    azoth::Column<std::int64_t> id{*this, "id", azoth::primary_key};
    azoth::Column<std::string> email{*this, "email"};
    azoth::Column<std::int64_t> user_id;
};
struct Shop {
    azoth::MetaData metadata;
    Users users{"user", metadata};
    Addresses addresses{metadata, users};
};

/// A suite with these tables.
class ShopTest : public testing::Test {
  protected:
    Shop shop;
    const Users& users = shop.users;
    const Addresses& addresses = shop.addresses;
};

inline std::string sqlite_sql(const azoth::sql::Statement& statement) {
    return azoth::sqlite::Compiler()
        .compile(statement.node(), azoth::sql::CompileMode::single)
        ->sql;
}
inline std::string postgresql_sql(const azoth::sql::Statement& statement) {
    return azoth::postgresql::Compiler()
        .compile(statement.node(), azoth::sql::CompileMode::single)
        ->sql;
}

}  // namespace azoth_test
