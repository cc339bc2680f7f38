// SPDX-License-Identifier: MIT
// expect: the members of a UNION select columns of the same C++ types
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
    (void)union_(select(users.id), select(users.name));
#else
    (void)union_(select(users.id), select(users.id));
#endif
}
