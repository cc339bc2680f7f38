// SPDX-License-Identifier: MIT
// expect: this column is NOT NULL: declare it as Column<std::optional<T>> to store NULL
// at most: 30 lines
#include <azoth/schema.hpp>

using namespace azoth;

struct Users : Table {
    using Table::Table;
#ifdef AZOTH_VALID
    Column<std::optional<std::string>> name{*this, "name"};
#else
    Column<std::string> name{*this, "name"};
#endif
};

Assignment nobody(const Users& users) {
    return users.name = std::nullopt;
}
