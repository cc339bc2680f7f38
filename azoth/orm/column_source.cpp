// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/column_source.hpp>
#include <azoth/schema/table_object.hpp>
#include <azoth/sql/result_columns.hpp>
#include <azoth/sql/statement.hpp>

#include <optional>

namespace azoth::inline v0::orm {

using sql::ColumnNode;
using sql::FromNode;
using sql::Node;
using sql::NodeKind;

sql::NodeRef ColumnSource::column(const ColumnNode& of_table) const {
    const std::uint32_t position = positions.empty() ? of_table.index : positions[of_table.index];
    if (position != absent) return sql::NodeRef(from->columns[position].get());
    if (!adapted)
        throw ArgumentError("column '" + of_table.name + "' of " + of_table.from->describe() +
                            " is deferred, but a joined relationship leads along it: undefer<…>() "
                            "it, or load the relationship by selectinload<…>()");
    const Attribute* const attribute = adapted->attribute_of(of_table);
    throw ArgumentError(
        (attribute ? adapted->class_name() + "::" + attribute->name
                   : "column '" + of_table.name + "' of " + of_table.from->describe()) +
        " is needed of " + from->describe() + ", which doesn't select it: select it there" +
        (from->find(of_table.name) ? ", or say {.adapt_on_names = true} to take the column that is "
                                     "called so"
                                   : ""));
}

namespace {

/// The column that one of an alias or a derived table stands for; null at the end.
const Node* step(const Node& node) {
    if (node.kind == NodeKind::label) return static_cast<const sql::LabelNode&>(node).operand.get();
    if (node.kind == NodeKind::column) return static_cast<const ColumnNode&>(node).source.get();
    return nullptr;
}

/// How many steps lead from a selected column to `wanted`; none where it isn't reached.
std::optional<unsigned> distance(const Node* from, const Node& wanted) {
    for (unsigned steps = 0; from; ++steps, from = step(*from))
        if (from == &wanted) return steps;
    return std::nullopt;
}

/// The table, or null for what selects.
const FromNode* table_behind(const FromNode& from) {
    const FromNode* behind = &from;
    while (behind->kind == NodeKind::alias)
        behind = static_cast<const sql::AliasNode*>(behind)->element.get();
    return behind->kind == NodeKind::table ? behind : nullptr;
}

std::string describe(const Node& wanted) {
    if (wanted.kind != NodeKind::column) return "an expression";
    const auto& column = static_cast<const ColumnNode&>(wanted);
    return "column '" + column.name + "' of " + column.from->describe();
}

}  // namespace

SelectedColumns::SelectedColumns(const FromNode& from) : described_(from.describe()) {
    // What a column of it stands for: the column itself would never be what is looked for.
    for (const auto& column : from.columns)
        columns_.push_back({column->name, column->source ? column->source.get() : column.get()});
}

SelectedColumns::SelectedColumns(const sql::StatementNode& statement)
    : described_("the statement") {
    for (auto& column : sql::result_columns(statement))
        columns_.push_back({std::move(column.name), column.element});
}

std::uint32_t SelectedColumns::find(const Node& wanted) const {
    std::uint32_t found = none;
    unsigned nearest = 0;
    bool ambiguous = false;
    for (std::uint32_t i = 0; i < columns_.size(); ++i) {
        const auto steps = distance(columns_[i].element, wanted);
        if (!steps || (found != none && *steps > nearest)) continue;
        // The same expression twice is the same value twice.
        ambiguous = found != none && *steps == nearest &&
                    (ambiguous || columns_[i].element != columns_[found].element);
        if (found != none && *steps == nearest) continue;
        found = i;
        nearest = *steps;
    }
    if (ambiguous)
        throw ArgumentError(described_ + " selects " + describe(wanted) +
                            " more than once, by different aliases: it is not clear which one is "
                            "meant; select one of them alone");
    return found;
}

std::uint32_t SelectedColumns::find(std::string_view name) const {
    std::uint32_t found = none;
    for (std::uint32_t i = 0; i < columns_.size(); ++i) {
        if (columns_[i].name != name) continue;
        if (found != none)
            throw ArgumentError(described_ + " has more than one column '" + std::string(name) +
                                "': give them different labels");
        found = i;
    }
    return found;
}

std::uint32_t SelectedColumns::find_or_named(const ColumnNode& wanted) const {
    const std::uint32_t found = find(wanted);
    return found != none ? found : find(wanted.name);
}

ColumnSource columns_in(const FromNode& from, const Mapper& mapper, bool adapt_on_names) {
    if (table_behind(from) == &mapper.table()) return {&from};
    ColumnSource source{&from, {}, &mapper};
    const SelectedColumns selected(from);
    for (const auto& column : mapper.table().columns)
        source.positions.push_back(adapt_on_names ? selected.find_or_named(*column)
                                                  : selected.find(*column));
    return source;
}

}  // namespace azoth::inline v0::orm
