// SPDX-License-Identifier: MIT
// expect: tuples of different lengths are compared
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
    (void)(select(users.id).where(tuple_(users.id, users.age) == tuple_(1, 2, 3)));
#else
    (void)(select(users.id).where(tuple_(users.id, users.age) == tuple_(1, 2)));
#endif
}
