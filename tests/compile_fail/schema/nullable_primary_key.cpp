// SPDX-License-Identifier: MIT
// expect: a primary key is never NULL: write Column<T> without std::optional
// at most: 30 lines
#include <azoth/schema.hpp>

using namespace azoth;

struct Users : Table {
    using Table::Table;
#ifdef AZOTH_VALID
    Column<std::int64_t> id{*this, "id", primary_key};
#else
    Column<std::optional<std::int64_t>> id{*this, "id", primary_key};
#endif
};

void define(const MetaData& metadata) {
    static_cast<void>(Users{"users", metadata});
}
