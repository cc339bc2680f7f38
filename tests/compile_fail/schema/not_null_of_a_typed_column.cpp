// SPDX-License-Identifier: MIT
// expect: whether Column<T> accepts NULL is said by T
// at most: 30 lines
#include <azoth/schema.hpp>

using namespace azoth;

struct Users : Table {
    using Table::Table;
#ifdef AZOTH_VALID
    Column<std::string> name{*this, "name"};
#else
    Column<std::string> name{*this, "name", not_null};
#endif
};

void define(const MetaData& metadata) {
    static_cast<void>(Users{"users", metadata});
}
