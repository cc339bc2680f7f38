// SPDX-License-Identifier: MIT
// expect: lag() takes at most three arguments
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
    (void)(select(func::lag(users.age, 1, 0, 0).over()));
#else
    (void)(select(func::lag(users.age, 1, 0).over()));
#endif
}
