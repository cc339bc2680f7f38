// SPDX-License-Identifier: MIT
#pragma once

#include <tests/compliance/support.hpp>

namespace compliance {

/// A table of things that are inserted: a generated key, a name of its own, a default.
struct Items : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{100}, unique};
    Column<std::optional<int>> size{*this, "size"};
    Column<int> stock{*this, "stock", server_default(5)};
};

}  // namespace compliance
