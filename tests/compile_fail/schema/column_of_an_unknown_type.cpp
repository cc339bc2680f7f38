// SPDX-License-Identifier: MIT
// expect: Azoth has no SQL type for this C++ type
// at most: 30 lines
#include <azoth/schema.hpp>

using namespace azoth;

struct Point {
    int x{};
    int y{};
};

struct Users : Table {
    using Table::Table;
#ifdef AZOTH_VALID
    Column<int> place{*this, "place"};
#else
    Column<Point> place{*this, "place"};
#endif
};

void define(const MetaData& metadata) {
    static_cast<void>(Users{"users", metadata});
}
