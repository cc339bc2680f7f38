// SPDX-License-Identifier: MIT
// expect: ntile() takes a number
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
    (void)(select(func::ntile("four").over()));
#else
    (void)(select(func::ntile(4).over()));
#endif
}
