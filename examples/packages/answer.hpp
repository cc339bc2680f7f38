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

/// Fills an answer with the first `limit` rows of an ordered query, and counts the others.
///
/// One statement: to let the database count in a second one would double its work, and the rows
/// that are only counted cost little.
template <class... Ts>
void fill(Answer& answer, azoth::Connection& connection, const azoth::Select<Ts...>& query,
          std::int64_t limit) {
    std::uint64_t count = 0;
    for (auto& row : connection.execute(query)) {
        if (++count > static_cast<std::uint64_t>(limit)) continue;
        std::apply(
            [&answer](auto&&... values) { answer.rows.push_back({cell(std::move(values))...}); },
            std::move(row).tuple());
    }
    answer.total = count;
}

}  // namespace packages
