// SPDX-License-Identifier: MIT
#pragma once

#include "text_table.hpp"
#include <azoth/core.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace packages {

[[nodiscard]] inline Cell cell(std::int64_t number) {
    return number;
}
[[nodiscard]] inline Cell cell(std::string text) {
    return text;
}
template <class T>
[[nodiscard]] Cell cell(std::optional<T> value) {
    return value ? cell(std::move(*value)) : Cell{};
}

/// Fills an answer with the first rows of a query, and says how many rows it has in all.
template <class... Ts, class... Orderings>
void fill(Answer& answer, azoth::Connection& connection, const azoth::Select<Ts...>& query,
          std::int64_t limit, const Orderings&... orderings) {
    const auto shown = query.order_by(orderings...).limit(limit);
    for (auto& row : connection.execute(shown)) {
        std::apply(
            [&answer](auto&&... values) { answer.rows.push_back({cell(std::move(values))...}); },
            std::move(row).tuple());
    }
    const auto rows = select(azoth::func::count()).select_from(query.subquery("all_rows"));
    answer.total = static_cast<std::uint64_t>(connection.execute(rows).scalar_one());
}

}  // namespace packages
