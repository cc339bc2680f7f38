// SPDX-License-Identifier: MIT
// expect: nodiscard
// at most: 30 lines
#pragma GCC diagnostic error "-Wunused-result"
#include <azoth/schema.hpp>

using namespace azoth;

struct Users : Table {
    using Table::Table;
    Column<std::int64_t> age{*this, "age"};
};

void birthday(const Users& users) {
#ifdef AZOTH_VALID
    static_cast<void>(users.age = 18);
#else
    users.age = 18;
#endif
}
