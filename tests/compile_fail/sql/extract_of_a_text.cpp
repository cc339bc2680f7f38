// SPDX-License-Identifier: MIT
// expect: extract() takes a date or a time
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
    (void)(select(extract("year", users.name)));
#else
    (void)(select(extract("year", func::now())));
#endif
}
