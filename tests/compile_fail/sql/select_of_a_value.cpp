// SPDX-License-Identifier: MIT
// expect: select() takes columns, other expressions, and tables
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
    (void)select(users.id, 5);
#else
    (void)select(users.id, literal(5));
#endif
}
