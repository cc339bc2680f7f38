// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/compile.hpp>
#include <azoth/sql.hpp>
#include <azoth/sql/compiler.hpp>

#include <gtest/gtest.h>
#include <tests/support/message_of.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>

/// Tables for tests of dialects that only compile.
namespace compiled_test {

struct Items : azoth::Table {
    using Table::Table;
    azoth::Column<std::int64_t> id{*this, "id", azoth::primary_key};
    azoth::Column<std::string> name{*this, "name", azoth::String{30}};
    azoth::Column<std::optional<std::string>> note{*this, "note"};
    azoth::Column<bool> active{*this, "active"};
    azoth::Column<int> size{*this, "size"};
    azoth::Column<std::chrono::local_time<std::chrono::microseconds>> made{*this, "made"};
};
struct Parts : azoth::Table {
    Parts(const azoth::MetaData& metadata, const Items& items)
        : Table("part", metadata), item_id{*this, "item_id", azoth::ForeignKey{items.id}} {}
    azoth::Column<std::int64_t> id{*this, "id", azoth::primary_key};
    azoth::Column<std::int64_t> item_id;
    azoth::Column<int> weight{*this, "weight"};
};

class CompiledTest : public testing::Test {
  protected:
    azoth::MetaData metadata;
    const Items items{"item", metadata};
    const Parts parts{metadata, items};
};

}  // namespace compiled_test
