// SPDX-License-Identifier: MIT
// expect: this is no option of a column: write a type
// at most: 30 lines
#include <azoth/schema.hpp>

using namespace azoth;

struct Users : Table {
    using Table::Table;
#ifdef AZOTH_VALID
    Column<std::string> name{*this, "name", String{30}};
#else
    Column<std::string> name{*this, "name", 30};
#endif
};

void define(const MetaData& metadata) {
    static_cast<void>(Users{"users", metadata});
}
