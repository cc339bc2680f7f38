// SPDX-License-Identifier: MIT
// expect: let the class inherit the constructors of Table (using Table::Table;)
// at most: 40 lines
#include <azoth/schema.hpp>

using namespace azoth;

struct Users : Table {
#ifdef AZOTH_VALID
    using Table::Table;
#else
    explicit Users(const MetaData& metadata) : Table("users", metadata) {}
#endif
    Column<std::int64_t> id{*this, "id", primary_key};
};

void boss(const Users& users) {
    static_cast<void>(alias(users, "boss"));
}
