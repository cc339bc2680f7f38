// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/engine/mapping.hpp>
#include <azoth/engine/row.hpp>
#include <azoth/sql/extension.hpp>

#include <algorithm>

namespace azoth::inline v0 {

Row<>::Row() = default;
Row<>::Row(std::shared_ptr<const engine::ResultKeys> keys, std::vector<Value> values)
    : keys_(std::move(keys)), values_(std::move(values)) {}
Row<>::Row(const Row& other) = default;
Row<>::Row(Row&& other) noexcept = default;
Row<>& Row<>::operator=(const Row& other) = default;
Row<>& Row<>::operator=(Row&& other) noexcept = default;
Row<>::~Row() = default;

bool Row<>::operator==(const Row& other) const {
    return values_ == other.values_;
}
bool RowMapping::operator==(const RowMapping& other) const {
    return keys() == other.keys() && row_ == other.row_;
}

namespace engine {
namespace {

std::string known_names(const ResultKeys& keys) {
    std::string text;
    for (const auto& name : keys.names) text += (text.empty() ? "'" : ", '") + name + "'";
    return text.empty() ? "none" : text;
}

const sql::Node* without_label(const sql::Node* node) {
    return node->kind == sql::NodeKind::label
               ? static_cast<const sql::LabelNode*>(node)->operand.get()
               : node;
}

/// The position of a selected expression, or the number of columns.
std::size_t position_of(const ResultKeys& keys, const sql::Node* wanted) {
    std::size_t i = 0;
    while (i < keys.elements.size() && keys.elements[i].get() != wanted) ++i;
    return i;
}

}  // namespace

bool has_key(const ResultKeys& keys, std::string_view name) {
    return std::find(keys.names.begin(), keys.names.end(), name) != keys.names.end();
}

bool has_key(const ResultKeys& keys, const sql::Expression& column) {
    return position_of(keys, without_label(column.node.get())) < keys.elements.size();
}

std::size_t find_key(const ResultKeys& keys, std::string_view name) {
    const auto first = std::find(keys.names.begin(), keys.names.end(), name);
    if (first == keys.names.end())
        throw NoSuchColumnError("the result has no column '" + std::string(name) + "'; it has " +
                                known_names(keys));
    if (std::find(first + 1, keys.names.end(), name) != keys.names.end())
        throw AmbiguousColumnError("several columns of the result are called '" +
                                   std::string(name) +
                                   "'; give them labels, or ask by position or column");
    return static_cast<std::size_t>(first - keys.names.begin());
}

std::size_t find_key(const ResultKeys& keys, const sql::Expression& column) {
    const sql::Node* wanted = without_label(column.node.get());
    const std::size_t position = position_of(keys, wanted);
    if (position < keys.elements.size()) return position;
    if (wanted->kind == sql::NodeKind::column) {
        const auto& node = static_cast<const sql::ColumnNode&>(*wanted);
        throw NoSuchColumnError("column '" + node.name + "' of " + node.from->describe() +
                                " was not selected; the result has " + known_names(keys));
    }
    if (wanted->kind == sql::NodeKind::extension)
        throw NoSuchColumnError(static_cast<const sql::ExtensionNode&>(*wanted).describe() +
                                " was not selected; the result has " + known_names(keys));
    throw NoSuchColumnError("this expression was not selected; the result has " +
                            known_names(keys));
}

void throw_null_value(std::string_view column) {
    throw NullValueError({.message = "column '" + std::string(column) +
                                     "' is NULL, but its C++ type has no place for that: select "
                                     "it as nullable(…), or use std::optional<T>"});
}

void ResultKeys::throw_null(std::size_t column) const {
    throw_null_value(names[column]);
}

void ReturnedRow::throw_null(std::size_t column) {
    throw_null_value("RETURNING #" + std::to_string(column + 1));
}

void throw_bad_index(std::size_t index, std::size_t size) {
    throw NoSuchColumnError("the row has " + std::to_string(size) +
                            " columns, so none at position " + std::to_string(index));
}

}  // namespace engine
}  // namespace azoth::inline v0
