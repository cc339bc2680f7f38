// SPDX-License-Identifier: MIT
// expect: use cast<std::string>(column) for other types
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
    (void)(select(regexp_match(users.age, "1")));
#else
    (void)(select(regexp_match(users.name, "1")));
#endif
}
