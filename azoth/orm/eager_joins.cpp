// SPDX-License-Identifier: MIT
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

Item column_item(const ColumnSource& from, const Attribute& attribute) {
    return {.node = from.column(*attribute.column),
            .clause = Clause::column,
            .wanted = attribute.ops->kind,
            .nullable = true};  // who reads the row says which member a NULL has no place in
}

Item filled_item(NodeRef expression, const QueryExpression& member) {
    const Attribute& attribute = member.attribute;
    return {.node = make_ref<sql::LabelNode>(attribute.name, std::move(expression)),
            .clause = Clause::column,
            .wanted = attribute.ops->kind,
            .nullable = true};  // as above
}

void EagerJoins::add_contained(std::uint32_t entry) {
    const LoadPath* const path = plan_.entries[entry].path;
    if (!path) return;
    for (const LoadPath::Branch& branch : path->branches) {
        if (branch.loading != Loading::contained) continue;
        ColumnSource from = contained_(branch);
        const std::uint32_t added = add_entry(entry, branch, from);
        contained_froms_.emplace(added, std::move(from));
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
    const std::uint32_t added = add_entry(entry, branch, {alias.get()});
    add_joined(added, {alias.get()}, is_outer);
}

void EagerJoins::join(const ColumnSource& source, const LoadPath::Branch& branch,
                      const FromNode& target, JoinNode::Type type) {
    const Relationship& relationship = *branch.relationship;
    const auto add = [&](const FromNode* left, const FromNode& right, Conditions conditions) {
        joins.push_back(
            {.node = make_ref<JoinNode>(left ? NodeRef(left) : NodeRef(), NodeRef(&right), type,
                                        all_of(std::move(conditions))),
             .clause = Clause::from});
    };
    const FromNode* left = source.from;
    Ref<const sql::AliasNode> between;
    if (relationship.secondary)
        between = make_ref<const sql::AliasNode>(Ref<const FromNode>(relationship.secondary),
                                                 std::string());
    const RelationshipJoin along(relationship, source, between.get(), {&target});
    if (between) {
        add(left, *between, along.to_between());
        left = nullptr;
    }
    Conditions conditions = along.to_target();
    criteria_.add(branch.criteria, *relationship.target, {&target}, conditions);
    add(left, target, std::move(conditions));
}

namespace {

/// An ordering whose values are the mapping's.
NodeRef with_values(const NodeRef& node, const Values& values) {
    const auto* const ordering = node->kind == sql::NodeKind::ordering
                                     ? static_cast<const sql::OrderingNode*>(node.get())
                                     : nullptr;
    const auto scoped =
        make_ref<const sql::ScopedNode>(ordering ? ordering->operand : node, Values(values));
    if (!ordering) return scoped;
    return make_ref<sql::OrderingNode>(scoped, ordering->descending, ordering->nulls);
}

}  // namespace

void EagerJoins::order(const Relationship& relationship, const FromNode& target) {
    for (const sql::Expression& ordering : relationship.order_by) {
        NodeRef node = Lowerer(criteria_.model())
                           .expression_on(ordering.node, *relationship.target, {&target});
        if (!ordering.values.empty()) node = with_values(node, ordering.values);
        orderings.push_back({.node = std::move(node), .clause = Clause::order_by});
    }
}

NodeRef EagerJoins::filling(const LoadPath::Branch& branch, const LoadPath::Filled& filled,
                            const ColumnSource& target) const {
    const Mapper& mapper = *branch.relationship->target;
    return branch.loading == Loading::contained ? filling_contained_(filled, mapper, target)
                                                : criteria_.filling(filled, mapper, target);
}

std::uint32_t EagerJoins::add_entry(std::uint32_t owner, const LoadPath::Branch& branch,
                                    const ColumnSource& target) {
    LoadPlan::Entry entry = load_entry(*branch.target, next_cell_);
    entry.via = &branch;
    entry.owner = owner;
    for (const LoadPlan::Member& member : entry.members)
        columns.push_back(column_item(target, *member.attribute));
    for (const LoadPath::Filled& each : branch.target->filled) {
        columns.push_back(filled_item(filling(branch, each, target), *each.member));
        entry.add_filled(*each.member);
    }
    next_cell_ += static_cast<std::uint32_t>(entry.members.size());
    plan_.repeats = plan_.repeats || branch.relationship->is_many;
    plan_.entries.push_back(std::move(entry));
    return static_cast<std::uint32_t>(plan_.entries.size() - 1);
}

}  // namespace azoth::inline v0::orm
