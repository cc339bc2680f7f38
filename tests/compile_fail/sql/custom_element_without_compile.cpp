// SPDX-License-Identifier: MIT
// expect: void compile(sql::SqlWriter& out) const
#include <azoth/sql.hpp>

using namespace azoth;

struct Users : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name"};
    Column<int> age{*this, "age"};
};

struct Half {
    int factor = 2;
};
struct Whole {
    bool operator==(const Whole&) const = default;
    void compile(sql::SqlWriter& out) const { out.part(0); }
};

void use(const Users& users) {
    (void)users;
#ifndef AZOTH_VALID
    (void)(custom<int>(Half{}, {users.age}));
#else
    (void)(custom<int>(Whole{}, {users.age}));
#endif
}
