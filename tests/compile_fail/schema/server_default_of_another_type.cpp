// SPDX-License-Identifier: MIT
// expect: this server_default() cannot be stored in this column
// at most: 30 lines
#include <azoth/schema.hpp>

using namespace azoth;

struct Users : Table {
    using Table::Table;
#ifdef AZOTH_VALID
    Column<std::string> name{*this, "name", server_default("5")};
#else
    Column<std::string> name{*this, "name", server_default(5)};
#endif
};

void define(const MetaData& metadata) {
    static_cast<void>(Users{"users", metadata});
}
