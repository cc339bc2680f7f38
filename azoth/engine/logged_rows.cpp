// SPDX-License-Identifier: MIT
#include <azoth/engine/logged_rows.hpp>

#include <algorithm>

namespace azoth::inline v0::engine {
namespace {

constexpr std::size_t shown_first = 8;

}  // namespace

bool LoggedRows::next(ValueView* row) {
    if (!rows_.next(row)) return false;
    ++count_;
    if (hidden_) return true;
    std::string text = driver::display_parameters({row, columns_});
    if (count_ <= shown_first)
        first_.push_back(std::move(text));
    else
        last_[count_ % last_.size()] = std::move(text);
    return true;
}

std::string LoggedRows::line(const sql::Compiled& compiled, bool returns) const {
    std::string text =
        compiled.kind == sql::NodeKind::insert ? "[insertmanyvalues, " : "[executemany, ";
    text += std::to_string(count_) + (count_ == 1 ? " row" : " rows");
    return text + (returns ? " (ordered)] " : "] ") + shown();
}

std::string LoggedRows::shown() const {
    if (hidden_) return "(parameters hidden)";
    std::string text = "[";
    for (const std::string& row : first_) text += (text.size() == 1 ? "" : ", ") + row;
    const std::size_t rest = count_ - first_.size();
    const std::size_t behind = std::min(rest, last_.size());
    if (rest > behind)
        text += " … displaying " + std::to_string(first_.size() + behind) + " of " +
                std::to_string(count_) + " total bound parameter sets … ";
    for (std::size_t number = count_ - behind + 1; number <= count_; ++number)
        text += (text.ends_with(' ') ? "" : ", ") + last_[number % last_.size()];
    return text + "]";
}

}  // namespace azoth::inline v0::engine
