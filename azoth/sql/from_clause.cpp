// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/extension.hpp>
#include <azoth/sql/from_clause.hpp>

namespace azoth::inline v0 {

FromClause::FromClause(Ref<const sql::FromNode> node) : node_(std::move(node)) {}
FromClause::FromClause(const FromClause& other) = default;
FromClause::FromClause(FromClause&& other) noexcept = default;
FromClause& FromClause::operator=(const FromClause& other) = default;
FromClause& FromClause::operator=(FromClause&& other) noexcept = default;
FromClause::~FromClause() = default;

namespace sql {
namespace {

Expression expression_of(const ColumnNode& column) {
    return {NodeRef(&column), {}};
}

/// What a selected expression is known by: the expression below its label.
const Node* without_label(const Node* node) {
    return node->kind == NodeKind::label ? static_cast<const LabelNode*>(node)->operand.get()
                                         : node;
}

/// What an extension is in a derived table that selects something larger, which holds it.
NodeRef held_by(const FromNode& derived, const ExtensionNode& wanted) {
    for (const auto& column : derived.columns) {
        if (!column->source || column->source->kind != NodeKind::extension) continue;
        const auto& selected = static_cast<const ExtensionNode&>(*column->source);
        if (NodeRef held = selected.within(derived, wanted)) return held;
    }
    return {};
}

std::string describe(const Node& wanted) {
    if (wanted.kind == NodeKind::extension)
        return static_cast<const ExtensionNode&>(wanted).describe();
    if (wanted.kind != NodeKind::column)
        return "this expression (give it a label and look that up)";
    const auto& column = static_cast<const ColumnNode&>(wanted);
    return "column '" + column.name + "' of " + column.from->describe();
}

}  // namespace

Expression column_of(const FromNode& from, std::string_view name) {
    return expression_of(from.column(name));
}

Expression column_at(const FromNode& from, std::size_t index) {
    if (index >= from.columns.size())
        throw NoSuchColumnError(from.describe() + " has only " +
                                std::to_string(from.columns.size()) + " columns");
    return expression_of(*from.columns[index]);
}

Expression column_for(const FromNode& from, const Expression& original) {
    if (original.node->kind == NodeKind::label) {
        const auto& label = static_cast<const LabelNode&>(*original.node);
        if (const ColumnNode* named = from.find(label.name)) return expression_of(*named);
    }
    const Node* wanted = without_label(original.node.get());
    for (const auto& column : from.columns)
        if (column->source && column->source.get() == wanted) return expression_of(*column);
    if (wanted->kind == NodeKind::extension)
        if (NodeRef held = held_by(from, static_cast<const ExtensionNode&>(*wanted)))
            return {std::move(held), {}};
    throw NoSuchColumnError(from.describe() + " does not select " + describe(*wanted));
}

}  // namespace sql
}  // namespace azoth::inline v0
