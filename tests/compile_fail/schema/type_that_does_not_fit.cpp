// SPDX-License-Identifier: MIT
// expect: this SQL type cannot hold the C++ type of the column
// at most: 30 lines
#include <azoth/schema.hpp>

using namespace azoth;

struct Users : Table {
    using Table::Table;
#ifdef AZOTH_VALID
    Column<std::string> name{*this, "name", Text {}};
#else
    Column<std::string> name{*this, "name", Integer{}};
#endif
};

void define(const MetaData& metadata) {
    static_cast<void>(Users{"users", metadata});
}
