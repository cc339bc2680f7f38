// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/schema/collected_options.hpp>

#include <algorithm>
#include <memory>
#include <utility>

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

void add_option(ColumnOptions& options, const Type& option) {
    if (options.type) throw ArgumentError("a column is given two types");
    if (option.kind() == TypeKind::null)
        throw ArgumentError("a column is given the unknown type: leave it out or name a type");
    options.type = option;
}
void add_option(ColumnOptions& options, const String& option) {
    add_option(options, Type(option));
}
void add_option(ColumnOptions& options, const Numeric& option) {
    add_option(options, Type(option));
}
void add_option(ColumnOptions& options, const DateTime& option) {
    add_option(options, Type(option));
}
void add_option(ColumnOptions& options, const LargeBinary& option) {
    add_option(options, Type(option));
}
void add_option(ColumnOptions& options, const Enum& option) {
    add_option(options, Type(option));
}

void add_option(ColumnOptions& options, PrimaryKeyOption) {
    options.primary_key = true;
}
void add_option(ColumnOptions& options, UniqueOption) {
    options.unique = true;
}
void add_option(ColumnOptions& options, IndexedOption) {
    options.indexed = true;
}
void add_option(ColumnOptions& options, NotNullOption) {
    options.not_null = true;
}
void add_option(ColumnOptions& options, AutoincrementOption option) {
    if (options.autoincrement && *options.autoincrement != option.on)
        throw ArgumentError("a column is given both autoincrement and no_autoincrement");
    options.autoincrement = option.on;
}
void add_option(ColumnOptions& options, const ForeignKey& option) {
    options.foreign_keys.push_back(option);
}
void add_option(ColumnOptions& options, const CommentOption& option) {
    options.comment = option.text;
}
void add_default(ColumnOptions& options, const sql::Expression& expression) {
    if (options.server_default) throw ArgumentError("a column is given two server_default()s");
    options.server_default = expression;
}

CollectedOptions::CollectedOptions(std::initializer_list<OptionRef> options) {
    auto collected = std::make_unique<ColumnOptions>();
    for (const OptionRef& option : options) option.apply(*collected, option.option);
    options_ = collected.release();
}
CollectedOptions::CollectedOptions(const CollectedOptions& other)
    : options_(other.options_ ? new ColumnOptions(*other.options_) : nullptr) {}
CollectedOptions::CollectedOptions(CollectedOptions&& other) noexcept
    : options_(std::exchange(other.options_, nullptr)) {}
CollectedOptions& CollectedOptions::operator=(CollectedOptions other) noexcept {
    std::swap(options_, other.options_);
    return *this;
}
CollectedOptions::~CollectedOptions() {
    delete options_;
}

}  // namespace schema
}  // namespace azoth::inline v0
