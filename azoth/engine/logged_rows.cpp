// SPDX-License-Identifier: MIT
#include <azoth/engine/logged_rows.hpp>

#include <algorithm>

namespace azoth::inline v0::engine {
namespace {

constexpr std::size_t most_shown = 10;  // as many as SQLAlchemy shows

ValueView view_of_value(const Value& value) {
    return value.view();
}

}  // namespace

LoggedRows::LoggedRows(driver::RowSource& rows, std::size_t columns) : rows_(rows) {
    std::vector<ValueView> row(columns);
    // one more than is shown, to know whether there are more
    while (first_.size() <= most_shown && !is_all_) {
        if (rows_.next(row.data()))
            first_.emplace_back(row.begin(), row.end());
        else
            is_all_ = true;
    }
}

bool LoggedRows::next(ValueView* row) {
    if (next_ == first_.size()) return !is_all_ && rows_.next(row);
    const auto& values = first_[next_++];
    std::transform(values.begin(), values.end(), row, view_of_value);
    return true;
}

std::string LoggedRows::shown() const {
    std::string text = "[";
    for (std::size_t i = 0; i < first_.size() && i < most_shown; ++i) {
        std::vector<ValueView> views(first_[i].size());
        std::transform(first_[i].begin(), first_[i].end(), views.begin(), view_of_value);
        text += (i == 0 ? "" : ", ") + driver::display_parameters(views);
    }
    if (first_.size() > most_shown)
        text += ", … displaying the first " + std::to_string(most_shown) + " parameter sets …";
    return text + "]";
}

}  // namespace azoth::inline v0::engine
