// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace packages {

/// A cell: nothing, a number, or text.
using Cell = std::variant<std::monostate, std::int64_t, std::string>;

/// What a question was answered with: columns by name, and rows of as many cells.
struct Answer {
    std::string name{};   ///< for programs, e.g. "most_depended_on"
    std::string title{};  ///< for people
    std::vector<std::string> columns{};
    std::vector<std::vector<Cell>> rows{};
    std::optional<std::uint64_t>
        total{};  ///< rows there are; more than shown where a limit applies
};

/// Writes the answer as a table of aligned columns, numbers to the right, at most `columns` wide.
void print_table(std::ostream& out, const Answer& answer, std::size_t columns = 100);

}  // namespace packages
