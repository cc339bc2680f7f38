// SPDX-License-Identifier: MIT
// expect: &&, || and ! take conditions
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
    (void)(users.name && users.id == 1);
#else
    (void)(users.name == "x" && users.id == 1);
#endif
}
