// SPDX-License-Identifier: MIT
// expect: this value cannot be stored in this column
// at most: 30 lines
#include <azoth/schema.hpp>

using namespace azoth;

struct Users : Table {
    using Table::Table;
    Column<std::int64_t> age{*this, "age"};
};

Assignment older(const Users& users) {
#ifdef AZOTH_VALID
    return users.age = 18;
#else
    return users.age = "18";
#endif
}
