// SPDX-License-Identifier: MIT
// expect: scalars() of a dynamic result needs a type
#include <azoth/core.hpp>

using namespace azoth;

struct Users : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name"};
};

void use(const Users& users, Connection& conn) {
#ifndef AZOTH_VALID
    (void)conn.execute(select(users)).scalars().all();
#else
    (void)conn.execute(select(users)).scalars<std::int64_t>().all();
#endif
}
