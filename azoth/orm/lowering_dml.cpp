// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/lowering.hpp>

#include <set>
#include <utility>

/// Lowering of what INSERT and UPDATE write.
namespace azoth::inline v0::orm {

using sql::Clause;
using sql::NodeKind;
using sql::NodeRef;

namespace {

/// A plain value.
bool is_placeholder(const NodeRef& node) {
    if (!node || node->kind != NodeKind::bind) return false;
    const auto& bind = static_cast<const sql::BindNode&>(*node);
    return bind.name.empty() && bind.extra == sql::BindExtra{};
}

}  // namespace

/// A plain value is sent with the type of the column that a member has become, as one that is
/// assigned to a column is.
NodeRef Lowerer::lower_assignment(const sql::AssignmentNode& node) {
    NodeRef target = lower(NodeRef(node.target));
    NodeRef value = lower(node.value);
    if (target.get() != node.target && is_placeholder(value))
        value = static_cast<const sql::ColumnNode&>(*target).bind;
    if (target.get() == node.target && value == node.value) return NodeRef(&node);
    return make_ref<sql::AssignmentNode>(std::move(target), std::move(value));
}

NodeRef Lowerer::lower_excluded(const sql::ExcludedNode& node) {
    NodeRef target = lower(node.target);
    return target == node.target ? NodeRef(&node) : make_ref<sql::ExcludedNode>(std::move(target));
}

void check_assigned(const std::vector<sql::Item>& items) {
    const auto& table = static_cast<const sql::FromNode&>(*items.front().node);
    std::set<std::pair<Clause, const sql::ColumnNode*>> seen;
    for (const sql::Item& item : items) {
        if (item.clause != Clause::assignment && item.clause != Clause::conflict_set) continue;
        const sql::ColumnNode& column = *static_cast<const sql::AssignmentNode&>(*item.node).column;
        if (column.from != &table)
            throw ArgumentError("column '" + column.name + "' belongs to " +
                                column.from->describe() + ", not to " + table.describe());
        if (!seen.emplace(item.clause, &column).second)
            throw ArgumentError("column '" + column.name + "' is assigned twice in one statement");
    }
}

}  // namespace azoth::inline v0::orm
