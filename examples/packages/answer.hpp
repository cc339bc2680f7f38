// SPDX-License-Identifier: MIT
#pragma once

#include "text_table.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
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

/// Fills an answer with the first `limit` rows of an ordered result, and counts the others.
///
/// One statement: to let the database count in a second one would double its work, and the rows
/// that are only counted cost little.
/// \param cells_of makes the cells of a row
template <class Rows, class CellsOf>
void fill(Answer& answer, Rows&& rows, std::int64_t limit, const CellsOf& cells_of) {
    std::uint64_t count = 0;
    for (auto& row : rows) {
        if (++count <= static_cast<std::uint64_t>(limit)) answer.rows.push_back(cells_of(row));
    }
    answer.total = count;
}

/// The same with one cell for each column.
template <class Rows>
void fill(Answer& answer, Rows&& rows, std::int64_t limit) {
    fill(answer, rows, limit, [](auto& row) {
        return std::apply(
            [](auto&&... values) { return std::vector<Cell>{cell(std::move(values))...}; },
            std::move(row).tuple());
    });
}

/// Adds the row of a group: how many there are, and their names.
inline void add_group(Answer& answer, std::size_t size, const std::set<std::string>& names) {
    std::string members;
    for (const std::string& name : names) members += (members.empty() ? "" : ", ") + name;
    answer.rows.push_back({static_cast<std::int64_t>(size), std::move(members)});
}

/// Puts groups in order, the largest first, then by names, and leaves the first `limit`.
inline void order_groups(Answer& answer, std::int64_t limit) {
    std::sort(answer.rows.begin(), answer.rows.end(), [](const auto& a, const auto& b) {
        return a[0] != b[0] ? a[0] > b[0] : a[1] < b[1];
    });
    answer.rows.resize(std::min(answer.rows.size(), static_cast<std::size_t>(limit)));
}

}  // namespace packages
