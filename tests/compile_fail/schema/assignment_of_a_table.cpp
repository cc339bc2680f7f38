// SPDX-License-Identifier: MIT
// expect(g++): use of deleted function
// expect(clang++): implicitly deleted
// at most: 30 lines
#include <azoth/schema.hpp>

using namespace azoth;

struct Users : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
};

void replace(Users& users, const Users& other) {
#ifdef AZOTH_VALID
    static_cast<void>(users.id = other.id);
#else
    users = other;
#endif
}
