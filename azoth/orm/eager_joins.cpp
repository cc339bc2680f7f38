// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/eager_joins.hpp>
#include <azoth/orm/lowering.hpp>
#include <azoth/schema/table_object.hpp>

#include <utility>

namespace azoth::inline v0::orm {

using sql::Clause;
using sql::FromNode;
using sql::Item;
using sql::JoinNode;
using sql::NodeRef;

NodeRef equal_columns(NodeRef left, NodeRef right) {
    return make_ref<sql::BinaryNode>(sql::Op::equal, std::move(left), std::move(right),
                                     plain_type(TypeKind::boolean));
}

NodeRef all_of(std::vector<NodeRef> conditions) {
    if (conditions.empty()) return {};
    if (conditions.size() == 1) return std::move(conditions.front());
    return make_ref<sql::ConjunctionNode>(sql::Op::and_, std::move(conditions));
}

Item column_item(const FromNode& from, const Attribute& attribute) {
    return {.node = column_of(from, *attribute.column),
            .clause = Clause::column,
            .wanted = attribute.ops->kind,
            .nullable = true};  // who reads the row says which member a NULL has no place in
}

NodeRef CriteriaWriter::condition(const Criterion& criterion, const Mapper& mapper,
                                  const FromNode& from) const {
    NodeRef lowered = Lowerer(model_).expression_on(criterion.condition->operand, mapper, from);
    if (lowers())
        return make_ref<const sql::ScopedNode>(std::move(lowered), Values(), criterion.condition);
    return make_ref<const sql::ScopedNode>(std::move(lowered),
                                           Values(values_->segments[criterion.segment]));
}

NodeRef ColumnSource::column(const sql::ColumnNode& of_table) const {
    const std::uint32_t position = positions.empty() ? of_table.index : positions[of_table.index];
    if (position == absent)
        throw ArgumentError("column '" + of_table.name + "' of " + of_table.from->describe() +
                            " is deferred, but a joined relationship leads along it: undefer<…>() "
                            "it, or load the relationship by selectinload<…>()");
    return NodeRef(from->columns[position].get());
}

void EagerJoins::add_contained(std::uint32_t entry) {
    const LoadPath* const path = plan_.entries[entry].path;
    if (!path) return;
    for (const LoadPath::Branch& branch : path->branches) {
        if (branch.loading != Loading::contained) continue;
        const FromNode& from = *contained_(branch);
        const std::uint32_t added = add_entry(entry, branch, from);
        contained_froms_[added] = &from;
        add_contained(added);
    }
}

void EagerJoins::add_joined(std::uint32_t entry, const ColumnSource& source, bool outer) {
    const LoadPath* const path = plan_.entries[entry].path;
    if (!path) return;
    for (const LoadPath::Branch& branch : path->branches)
        if (branch.loading == Loading::joined) add_joined_branch(entry, source, branch, outer);
}

void EagerJoins::add_joined_branch(std::uint32_t entry, const ColumnSource& source,
                                   const LoadPath::Branch& branch, bool outer) {
    const Relationship& relationship = *branch.relationship;
    const auto alias = make_ref<const sql::AliasNode>(
        Ref<const FromNode>(&relationship.target->table()), std::string());
    const bool is_outer = outer || !branch.innerjoin;
    join(source, branch, *alias, is_outer ? JoinNode::Type::left_outer : JoinNode::Type::inner);
    order(relationship, *alias);
    const std::uint32_t added = add_entry(entry, branch, *alias);
    add_joined(added, {alias.get()}, is_outer);
}

void EagerJoins::join(const ColumnSource& source, const LoadPath::Branch& branch,
                      const FromNode& target, JoinNode::Type type) {
    const Relationship& relationship = *branch.relationship;
    const auto add = [&](const FromNode* left, const FromNode& right,
                         std::vector<NodeRef> conditions) {
        joins.push_back(
            {.node = make_ref<JoinNode>(left ? NodeRef(left) : NodeRef(), NodeRef(&right), type,
                                        all_of(std::move(conditions))),
             .clause = Clause::from});
    };
    std::vector<NodeRef> conditions;
    if (relationship.direction == Direction::many_to_many) {
        const auto between = make_ref<const sql::AliasNode>(
            Ref<const FromNode>(relationship.secondary), std::string());
        for (const auto& pair : relationship.to_owner)
            conditions.push_back(
                equal_columns(source.column(*pair.key->column), column_of(*between, *pair.column)));
        add(source.from, *between, std::move(conditions));
        conditions.clear();
        for (const auto& pair : relationship.to_target)
            conditions.push_back(equal_columns(column_of(*between, *pair.column),
                                               column_of(target, *pair.key->column)));
        for (const Criterion& criterion : branch.criteria)
            conditions.push_back(criteria_.condition(criterion, *relationship.target, target));
        return add(nullptr, target, std::move(conditions));
    }
    for (const auto& pair : relationship.pairs)
        conditions.push_back(equal_columns(source.column(*pair.local->column),
                                           column_of(target, *pair.remote->column)));
    for (const Criterion& criterion : branch.criteria)
        conditions.push_back(criteria_.condition(criterion, *relationship.target, target));
    add(source.from, target, std::move(conditions));
}

/// An ordering whose values are the mapping's.
NodeRef EagerJoins::with_values(NodeRef node, const Values& values) {
    const auto* const ordering = node->kind == sql::NodeKind::ordering
                                     ? static_cast<const sql::OrderingNode*>(node.get())
                                     : nullptr;
    const auto scoped =
        make_ref<const sql::ScopedNode>(ordering ? ordering->operand : node, Values(values));
    constants.push_back(scoped);
    if (!ordering) return scoped;
    return make_ref<sql::OrderingNode>(scoped, ordering->descending, ordering->nulls);
}

void EagerJoins::order(const Relationship& relationship, const FromNode& target) {
    for (const sql::Expression& ordering : relationship.order_by) {
        NodeRef node =
            Lowerer(criteria_.model()).expression_on(ordering.node, *relationship.target, target);
        if (!ordering.values.empty()) node = with_values(std::move(node), ordering.values);
        orderings.push_back({.node = std::move(node), .clause = Clause::order_by});
    }
}

std::uint32_t EagerJoins::add_entry(std::uint32_t owner, const LoadPath::Branch& branch,
                                    const FromNode& target) {
    LoadPlan::Entry entry = load_entry(*branch.target, next_cell_);
    entry.via = &branch;
    entry.owner = owner;
    for (const LoadPlan::Member& member : entry.members)
        columns.push_back(column_item(target, *member.attribute));
    next_cell_ += static_cast<std::uint32_t>(entry.members.size());
    plan_.repeats = plan_.repeats || branch.relationship->is_many;
    plan_.entries.push_back(std::move(entry));
    return static_cast<std::uint32_t>(plan_.entries.size() - 1);
}

}  // namespace azoth::inline v0::orm
