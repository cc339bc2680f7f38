// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/elements.hpp>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace azoth::inline v0::sql {

/// Whether a window function goes by the order of the rows: there are databases that refuse it
/// without one.
[[nodiscard]] inline bool wants_order(const Node& function) {
    static constexpr std::string_view names[] = {
        "row_number", "rank", "dense_rank",  "percent_rank", "cume_dist", "ntile",
        "lag",        "lead", "first_value", "last_value",   "nth_value"};
    return function.kind == NodeKind::function &&
           std::find(std::begin(names), std::end(names),
                     static_cast<const FunctionNode&>(function).name) != std::end(names);
}

}  // namespace azoth::inline v0::sql
