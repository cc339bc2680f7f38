// SPDX-License-Identifier: MIT
#include "paragraph.hpp"

#include <algorithm>

namespace packages {

namespace {

constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::uint64_t Field::line_at(std::size_t offset) const noexcept {
    std::uint64_t line = first_line_;
    for (const Continuation& continuation : continuations_) {
        if (continuation.offset > offset) break;
        line = continuation.line;
    }
    return line;
}

void Field::begin(std::string_view name, std::string_view value, std::uint64_t line) {
    name_ = name;
    value_ = value;
    first_line_ = line;
    continuations_.clear();
}

void Field::continue_with(std::string_view text, std::uint64_t line) {
    value_ += '\n';
    continuations_.push_back({value_.size(), line});
    value_ += text;
}

const Field* Paragraph::find(std::string_view name) const noexcept {
    for (const Field& field : fields()) {
        if (equal_ignoring_case(field.name(), name)) return &field;
    }
    return nullptr;
}

std::uint64_t Paragraph::line() const noexcept {
    return empty() ? 0 : fields_.front().line();
}

Field& Paragraph::add(std::string_view name, std::string_view value, std::uint64_t line) {
    if (size_ == fields_.size()) fields_.emplace_back();
    Field& field = fields_[size_++];
    field.begin(name, value, line);
    return field;
}

}  // namespace packages
