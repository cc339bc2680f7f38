// SPDX-License-Identifier: MIT
// expect: the values of a CASE are of one type
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
    (void)case_(when(users.id == 1, "one"), when(users.id == 2, 2));
#else
    (void)case_(when(users.id == 1, "one"), when(users.id == 2, "two"));
#endif
}
