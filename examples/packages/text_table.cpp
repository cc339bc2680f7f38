// SPDX-License-Identifier: MIT
#include "text_table.hpp"

#include "progress.hpp"
#include "utf8.hpp"

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <utility>

namespace packages {

namespace {

constexpr std::size_t gap = 2;

std::string number_text(std::int64_t number) {
    if (number >= 0) return grouped(static_cast<std::uint64_t>(number));
    return '-' + grouped(std::uint64_t{0} - static_cast<std::uint64_t>(number));
}

std::string cell_text(const Cell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return number_text(*number);
    if (const auto* text = std::get_if<std::string>(&cell)) return printable(*text);
    return {};
}

bool is_numeric(const Answer& answer, std::size_t column) {
    return !answer.rows.empty() &&
           std::all_of(answer.rows.begin(), answer.rows.end(), [column](const auto& row) {
               return !std::holds_alternative<std::string>(row.at(column));
           });
}

using TextRow = std::vector<std::string>;

std::vector<std::size_t> widths_of(const std::vector<TextRow>& rows, std::size_t limit) {
    std::vector<std::size_t> widths(rows.front().size());
    for (const TextRow& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], display_width(row[i]));
        }
    }
    std::size_t sum = 0;
    for (const std::size_t width : widths) sum += width + gap;
    // What does not fit is taken from the widest column, down to a width that still says something.
    const auto widest = std::max_element(widths.begin(), widths.end());
    if (sum > limit + gap) {
        *widest = std::max<std::size_t>(16, *widest - std::min(*widest, sum - gap - limit));
    }
    return widths;
}

void print_row(std::ostream& out, const TextRow& row, const std::vector<std::size_t>& widths,
               const std::vector<bool>& numeric) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const std::string text = shortened(row[i], widths[i]);
        const std::string padding(widths[i] - display_width(text), ' ');
        if (i > 0) line.append(gap, ' ');
        line += numeric[i] ? padding + text : text + padding;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << '\n';
}

}  // namespace

void print_table(std::ostream& out, const Answer& answer, std::size_t columns) {
    out << answer.title << '\n';
    if (answer.rows.empty()) {
        out << "  none\n";
        return;
    }
    std::vector<TextRow> rows{answer.columns};
    for (const auto& cells : answer.rows) {
        TextRow& row = rows.emplace_back();
        std::transform(cells.begin(), cells.end(), std::back_inserter(row), cell_text);
    }
    std::vector<bool> numeric;
    numeric.reserve(answer.columns.size());
    for (std::size_t i = 0; i < answer.columns.size(); ++i) {
        numeric.push_back(is_numeric(answer, i));
    }
    const std::vector<std::size_t> widths = widths_of(rows, columns);
    TextRow rule;
    for (const std::size_t width : widths) rule.emplace_back(width, '-');
    rows.insert(rows.begin() + 1, std::move(rule));
    for (const TextRow& row : rows) print_row(out, row, widths, numeric);
    if (answer.total && *answer.total > answer.rows.size()) {
        out << "… " << grouped(*answer.total) << " in all\n";
    }
}

}  // namespace packages
