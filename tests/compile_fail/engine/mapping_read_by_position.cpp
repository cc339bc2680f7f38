// SPDX-License-Identifier: MIT
// expect: a mapping is read by name or by column
#include <azoth/core.hpp>

using namespace azoth;

struct Users : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name"};
};

void use(const Users& users, Connection& conn) {
#ifndef AZOTH_VALID
    (void)conn.execute(select(users.id)).mappings().one().get<int>(0);
#else
    (void)conn.execute(select(users.id)).mappings().one().get<int>("id");
#endif
}
