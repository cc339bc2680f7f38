// SPDX-License-Identifier: MIT
// expect: operators of bits take integers on both sides
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
    (void)(select(bitwise_and(users.age, 2.5)));
#else
    (void)(select(bitwise_and(users.age, 2)));
#endif
}
