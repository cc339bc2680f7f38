// SPDX-License-Identifier: MIT
// expect: a C++ bool is no condition of a statement: it is computed once
#include <azoth/core.hpp>
#include <azoth/sqlite.hpp>

#include <string>

using namespace azoth;

struct Users : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name"};
};

void use(const Users& users, const std::string& name) {
#ifndef AZOTH_VALID
    (void)select(users.id).where(name == "sandy");
#else
    (void)select(users.id).where(users.name == name);
#endif
}
