// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/schema/column_options.hpp>

#include <algorithm>

namespace azoth::inline v0 {

ForeignKey::ForeignKey(std::string_view target, ForeignKeyOptions options)
    : target_(target), options_(std::move(options)) {
    const auto dots = std::count(target.begin(), target.end(), '.');
    const bool empty_part = target.empty() || target.front() == '.' || target.back() == '.' ||
                            target.find("..") != std::string_view::npos;
    if (dots < 1 || dots > 2 || empty_part)
        throw ArgumentError("ForeignKey{\"" + target_ +
                            "\"}: expected \"table.column\" or \"schema.table.column\"; for names "
                            "that have dots themselves, give the column itself");
}

namespace schema {

void ColumnOptions::add(const ForeignKey& option) {
    foreign_keys.push_back(option);
}
void ColumnOptions::add(const CommentOption& option) {
    comment = option.text;
}

void ColumnOptions::add(const Type& option) {
    if (type) throw ArgumentError("a column is given two types");
    if (option.kind() == TypeKind::null)
        throw ArgumentError("a column is given the unknown type: leave it out or name a type");
    type = option;
}

void ColumnOptions::add(const String& option) {
    add(Type(option));
}
void ColumnOptions::add(const Numeric& option) {
    add(Type(option));
}
void ColumnOptions::add(const DateTime& option) {
    add(Type(option));
}
void ColumnOptions::add(const LargeBinary& option) {
    add(Type(option));
}
void ColumnOptions::add(const Enum& option) {
    add(Type(option));
}

void ColumnOptions::add(AutoincrementOption option) {
    if (autoincrement && *autoincrement != option.on)
        throw ArgumentError("a column is given both autoincrement and no_autoincrement");
    autoincrement = option.on;
}

void ColumnOptions::add_default(const sql::Expression& expression) {
    if (server_default) throw ArgumentError("a column is given two server_default()s");
    server_default = expression;
}

}  // namespace schema
}  // namespace azoth::inline v0
