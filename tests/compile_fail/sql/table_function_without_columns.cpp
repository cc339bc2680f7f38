// SPDX-License-Identifier: MIT
// expect: table_valued() needs columns
#include <azoth/sql.hpp>

using namespace azoth;

struct Users : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name"};
    Column<int> age{*this, "age"};
};

void use(const Users& users) {
    (void)users;
#ifndef AZOTH_VALID
    (void)(table_valued(func::call<int>("f")));
#else
    (void)(table_valued(func::call<int>("f"), column<int>("x")));
#endif
}
