// SPDX-License-Identifier: MIT
// expect: each row must be a std::tuple or a struct with one member for each column
#include <azoth/core.hpp>
#include <azoth/sqlite.hpp>

#include <vector>

using namespace azoth;

struct Users : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name"};
    Column<std::optional<std::string>> note{*this, "note"};
};

void use(const Users& users, Connection& conn) {
    (void)users;
    (void)conn;
#ifndef AZOTH_VALID
    const std::vector<std::tuple<int, int>> rows;
    (void)conn.execute(insert(users).columns(users.id, users.name), rows);
#else
    const std::vector<std::tuple<int, std::string>> rows;
    (void)conn.execute(insert(users).columns(users.id, users.name), rows);
#endif
}
