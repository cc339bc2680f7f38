// SPDX-License-Identifier: MIT
// expect: collate() takes a text
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
    (void)(select(collate(users.age, "C")));
#else
    (void)(select(collate(users.name, "C")));
#endif
}
