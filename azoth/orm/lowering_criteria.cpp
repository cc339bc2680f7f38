// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/lowering.hpp>

#include <algorithm>
#include <utility>

/// with_loader_criteria: a condition for each entity that a SELECT is about.
namespace azoth::inline v0::orm {

using sql::Clause;
using sql::Item;
using sql::NodeKind;
using sql::NodeRef;
using sql::StatementNode;

void Lowerer::add_criteria(std::vector<NodeRef>& conditions, const Mapper& mapper,
                           const ColumnSource& from, bool by_alias) const {
    if (!paths_) return;
    const CriteriaWriter writer(model_, nullptr);
    using Asked = PathFinder::Asked;
    const Asked asked = by_alias ? Asked::here_by_alias : Asked::here;
    writer.add(paths_->criteria_of(mapper, asked), mapper, from, conditions);
}

/// What is joined, whose conditions stand in ON.
std::vector<const EntityNode*> Lowerer::joined_entities(const StatementNode& original) const {
    std::vector<const EntityNode*> joined;
    for (const Item& item : original.items.of(Clause::from)) {
        if (item.node->kind != NodeKind::join) continue;
        const sql::Node* target = static_cast<const sql::JoinNode&>(*item.node).right.get();
        if (const auto* relation = dynamic_cast<const RelationNode*>(target)) {
            const Mapper& mapper = *mapper_of(relation->source()).relationship(relation->id).target;
            target = relation->target() ? static_cast<const sql::Node*>(relation->target())
                                        : &entity_node(mapper.id(), mapper.class_name());
        }
        if (const auto* entity = dynamic_cast<const EntityNode*>(target)) joined.push_back(entity);
    }
    return joined;
}

/// Of what a SELECT selects and names in FROM, in its WHERE. \returns whether there are any
bool Lowerer::add_criteria(std::vector<Item>& items, const StatementNode& original) {
    if (!paths_ || original.kind != NodeKind::select) return false;
    std::vector<const EntityNode*> done = joined_entities(original);
    std::vector<NodeRef> conditions;
    const auto add = [&](const EntityNode* entity) {
        if (!entity || std::find(done.begin(), done.end(), entity) != done.end()) return;
        done.push_back(entity);
        add_criteria(conditions, mapper_of(*entity), source_of_entity(*entity), entity->is_alias());
    };
    for (const Item& item : original.items.of(Clause::column)) add(selected_entity(*item.node));
    for (const Item& item : original.items.of(Clause::from))
        add(dynamic_cast<const EntityNode*>(item.node.get()));
    for (NodeRef& condition : conditions)
        items.push_back({.node = std::move(condition), .clause = Clause::where});
    return !conditions.empty();
}

/// Of an entity that is joined, in its ON.
NodeRef Lowerer::with_criteria(const sql::JoinNode& join, NodeRef on) {
    const auto* const entity = dynamic_cast<const EntityNode*>(join.right.get());
    if (!entity) return on;
    std::vector<NodeRef> conditions;
    add_criteria(conditions, mapper_of(*entity), source_of_entity(*entity), entity->is_alias());
    if (conditions.empty()) return on;
    if (!on)
        throw ArgumentError("with_loader_criteria: " + entity->describe() +
                            " is joined without a condition that its own could be added to; join "
                            "it along the relationship, or give join() an ON condition");
    conditions.insert(conditions.begin(), std::move(on));
    return all_of(std::move(conditions));
}

}  // namespace azoth::inline v0::orm
