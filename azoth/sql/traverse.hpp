// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/composed.hpp>
#include <azoth/sql/extension.hpp>
#include <azoth/sql/statement.hpp>

namespace azoth::inline v0::sql {

/// Calls `visit(const Node&)` for each direct child in canonical order: the order in which values
/// are counted. The FROM object of a column is no child of it; who wants it asks owner_of().
template <class Visit>
void for_each_child(const Node& node, Visit&& visit) {
    const auto maybe = [&](const NodeRef& child) {
        if (child) visit(*child);
    };
    const auto each = [&](const std::vector<NodeRef>& children) {
        for (const auto& child : children) maybe(child);
    };
    switch (node.kind) {
        case NodeKind::column:
        case NodeKind::bind:
        case NodeKind::constant:
        case NodeKind::table: return;
        case NodeKind::extension: return each(static_cast<const ExtensionNode&>(node).parts);
        case NodeKind::composed: return each(static_cast<const ComposedNode&>(node).parts);
        case NodeKind::composed_from: return each(static_cast<const ComposedFromNode&>(node).parts);
        case NodeKind::scoped: return maybe(static_cast<const ScopedNode&>(node).operand);
        case NodeKind::binary: {
            const auto& binary = static_cast<const BinaryNode&>(node);
            maybe(binary.left);
            maybe(binary.right);
            maybe(binary.escape);
            return;
        }
        case NodeKind::unary: return maybe(static_cast<const UnaryNode&>(node).operand);
        case NodeKind::conjunction: return each(static_cast<const ConjunctionNode&>(node).operands);
        case NodeKind::function: return each(static_cast<const FunctionNode&>(node).arguments);
        case NodeKind::cast: return maybe(static_cast<const CastNode&>(node).operand);
        case NodeKind::case_: {
            const auto& case_node = static_cast<const CaseNode&>(node);
            maybe(case_node.subject);
            for (const auto& branch : case_node.branches) {
                maybe(branch.when);
                maybe(branch.then);
            }
            return maybe(case_node.otherwise);
        }
        case NodeKind::between: {
            const auto& between = static_cast<const BetweenNode&>(node);
            maybe(between.operand);
            maybe(between.low);
            return maybe(between.high);
        }
        case NodeKind::in:
            maybe(static_cast<const InNode&>(node).operand);
            return maybe(static_cast<const InNode&>(node).choices);
        case NodeKind::subquery_element:
            return visit(
                static_cast<const Node&>(*static_cast<const SubqueryElementNode&>(node).select));
        case NodeKind::label: return maybe(static_cast<const LabelNode&>(node).operand);
        case NodeKind::ordering: return maybe(static_cast<const OrderingNode&>(node).operand);
        case NodeKind::fragment: return each(static_cast<const FragmentNode&>(node).binds);
        case NodeKind::list: return each(static_cast<const ListNode&>(node).items);
        case NodeKind::assignment:
            visit(static_cast<const Node&>(*static_cast<const AssignmentNode&>(node).target));
            return maybe(static_cast<const AssignmentNode&>(node).value);
        case NodeKind::excluded: return visit(*static_cast<const ExcludedNode&>(node).target);
        case NodeKind::alias:
            return visit(static_cast<const Node&>(*static_cast<const AliasNode&>(node).element));
        case NodeKind::subquery:
            return visit(static_cast<const Node&>(*static_cast<const SubqueryNode&>(node).select));
        case NodeKind::cte: {
            const auto& cte = static_cast<const CteNode&>(node);
            if (cte.restates) visit(static_cast<const Node&>(*cte.restates));
            return visit(static_cast<const Node&>(*cte.statement));
        }
        case NodeKind::extension_from:
            for (const auto& part : static_cast<const ExtensionFromNode&>(node).parts)
                visit(static_cast<const Node&>(*part));
            return;
        case NodeKind::join:
            maybe(static_cast<const JoinNode&>(node).left);
            maybe(static_cast<const JoinNode&>(node).right);
            return maybe(static_cast<const JoinNode&>(node).on);
        case NodeKind::select:
        case NodeKind::compound:
        case NodeKind::insert:
        case NodeKind::update:
        case NodeKind::delete_:
        case NodeKind::text:
            for (const Item& item : static_cast<const StatementNode&>(node).items.all())
                visit(*item.node);
    }
}

/// The FROM object that a column, or what will be one, belongs to; null for all other nodes.
[[nodiscard]] inline const FromNode* owner_of(const Node& node) noexcept {
    if (node.kind == NodeKind::column) return static_cast<const ColumnNode&>(node).from;
    if (node.kind == NodeKind::extension) return static_cast<const ExtensionNode&>(node).from;
    return nullptr;
}

/// The values that a node carries for the placeholders below it; null where they are among those
/// around it.
[[nodiscard]] inline const Values* carried_values(const Node& node) noexcept {
    switch (node.kind) {
        case NodeKind::subquery: return &static_cast<const SubqueryNode&>(node).values;
        case NodeKind::cte: return &static_cast<const CteNode&>(node).values;
        case NodeKind::composed_from: return &static_cast<const ComposedFromNode&>(node).values;
        case NodeKind::scoped: return &static_cast<const ScopedNode&>(node).values;
        default: return nullptr;
    }
}

[[nodiscard]] inline bool is_from(NodeKind kind) noexcept {
    return kind >= NodeKind::table && kind <= NodeKind::join;
}
/// What an item means that names a FROM object, by itself or by a column of it.
[[nodiscard]] inline const FromNode& from_behind(const Node& node) noexcept {
    return is_from(node.kind) ? static_cast<const FromNode&>(node) : *owner_of(node);
}
[[nodiscard]] inline bool is_statement(NodeKind kind) noexcept {
    return kind >= NodeKind::select;
}

}  // namespace azoth::inline v0::sql
