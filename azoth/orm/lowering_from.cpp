// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/eager_joins.hpp>
#include <azoth/orm/lowering.hpp>
#include <azoth/schema/table_object.hpp>

/// Lowering of FROM objects and joins.
namespace azoth::inline v0::orm {

using sql::FromNode;
using sql::Item;
using sql::JoinNode;
using sql::NodeKind;
using sql::NodeRef;

const Lowerer::From& Lowerer::lower_from(const FromNode& from) {
    const auto known = froms_.find(&from);
    if (known != froms_.end()) return known->second;
    From lowered = lowered_from(from);
    return froms_[&from] = std::move(lowered);
}

Lowerer::From Lowerer::lowered_from(const FromNode& from) {
    switch (from.kind) {
        case NodeKind::alias: {
            const auto& alias = static_cast<const sql::AliasNode&>(from);
            const From& element = lower_from(*alias.element);
            if (element.lowered == alias.element) break;
            return {make_ref<const sql::AliasNode>(element.lowered, alias.name), element.positions};
        }
        case NodeKind::subquery:
            return lowered_derived(static_cast<const sql::SubqueryNode&>(from));
        case NodeKind::cte: return lowered_derived(static_cast<const sql::CteNode&>(from));
        case NodeKind::composed_from:
            return lowered_composed(static_cast<const sql::ComposedFromNode&>(from));
        case NodeKind::extension_from: {
            if (const auto* entity = dynamic_cast<const EntityNode*>(&from))
                return lowered_entity(*entity);
            throw ArgumentError(from.describe() +
                                " is a relationship: it can be joined, not stand "
                                "in FROM; use join() or outer_join()");
        }
        default: break;
    }
    return {Ref<const FromNode>(&from), {}};
}

Lowerer::From Lowerer::lowered_entity(const EntityNode& entity) {
    const Mapper& mapper = mapper_of(entity);
    if (const FromNode* selectable = entity.selectable()) {
        const Ref<const FromNode> lowered = lower_from(*selectable).lowered;
        ColumnSource columns = columns_in(*lowered, mapper, entity.adapt_on_names);
        return {lowered, std::move(columns.positions), columns.adapted};
    }
    const Ref<const FromNode> table(&mapper.table());
    if (!entity.is_alias()) {
        if (table.get() != table_) return {table, {}};
        return {Ref<const FromNode>(in_place_->from), in_place_->positions, in_place_->adapted};
    }
    return {make_ref<const sql::AliasNode>(table, entity.name), {}};
}

Lowerer::From Lowerer::lowered_derived(const sql::SubqueryNode& subquery) {
    auto select = lower(*subquery.select);
    if (select == subquery.select) return {Ref<const FromNode>(&subquery), {}};
    return {make_ref<const sql::SubqueryNode>(std::move(select), subquery.values, subquery.name,
                                              subquery.lateral),
            positions_in(*subquery.select)};
}

Lowerer::From Lowerer::lowered_derived(const sql::CteNode& cte) {
    // The anchor of a recursive CTE first: the rest refers to it.
    Ref<const FromNode> anchor;
    if (cte.restates) anchor = lower_from(*cte.restates).lowered;
    auto statement = lower(*cte.statement);
    if (statement == cte.statement && anchor == cte.restates)
        return {Ref<const FromNode>(&cte), {}};
    return {make_ref<const sql::CteNode>(
                std::move(statement), cte.values, cte.name, cte.recursive,
                Ref<const sql::CteNode>(static_cast<const sql::CteNode*>(anchor.get())), cte.texts),
            positions_in(*cte.statement)};
}

Lowerer::From Lowerer::lowered_composed(const sql::ComposedFromNode& from) {
    std::vector<NodeRef> parts;
    if (!lower(from.parts, parts)) return {Ref<const FromNode>(&from), {}};
    auto lowered =
        make_ref<sql::ComposedFromNode>(from.words, std::move(parts), from.values, from.name);
    for (const auto& column : from.columns)
        lowered->add_column(column->name, column->type).nullable = column->nullable;
    return {Ref<const FromNode>(std::move(lowered)), {}};
}

// --- joins ---------------------------------------------------------------------------------------

NodeRef Lowerer::lower_join(const JoinNode& join) {
    NodeRef left = lower(join.left);
    NodeRef right = lower(join.right);
    NodeRef on = with_criteria(join, lower(join.on));
    if (left == join.left && right == join.right && on == join.on) return NodeRef(&join);
    return make_ref<JoinNode>(std::move(left), std::move(right), join.type, std::move(on));
}

namespace {

Item join_item(const Item& original, const FromNode* left, const sql::Node& right, NodeRef on) {
    const auto& join = static_cast<const JoinNode&>(*original.node);
    Item item = original;
    item.node = make_ref<JoinNode>(left ? NodeRef(left) : NodeRef(), NodeRef(&right), join.type,
                                   std::move(on));
    return item;
}

void append(Conditions& conditions, Conditions further) {
    for (NodeRef& each : further) conditions.push_back(std::move(each));
}

}  // namespace

void Lowerer::lower_join(const Item& item, const RelationNode& relation,
                         std::vector<Item>& lowered) {
    const Relationship& found = mapper_of(relation.source()).relationship(relation.id);
    const ColumnSource source = source_of_entity(relation.source());
    const ColumnSource target = target_of(relation, found);
    if (target.from == source.from)
        throw ArgumentError(relation.describe() + " leads back to " + source.from->describe() +
                            ": join it to an alias, as in join<…>(aliased<" +
                            found.target->class_name() + ">())");
    if (found.direction == Direction::many_to_many)
        join_secondary(item, found, source, target, lowered);
    else
        join_pairs(item, found, source, target, lowered);
}

/// What a relationship is joined to: the class that it leads to, or what of_type() names, which is
/// an alias of it.
ColumnSource Lowerer::target_of(const RelationNode& relation, const Relationship& relationship) {
    if (!relation.target()) return {&relationship.target->table()};
    if (const auto* entity = dynamic_cast<const EntityNode*>(relation.target())) {
        if (&mapper_of(*entity) == relationship.target) return source_of_entity(*entity);
    } else {
        const FromNode& target = *lower_from(*relation.target()).lowered;
        const FromNode* table = &target;
        while (table->kind == NodeKind::alias)
            table = static_cast<const sql::AliasNode*>(table)->element.get();
        if (table == &relationship.target->table()) return {&target};
    }
    throw ArgumentError(relation.describe() + " leads to " + relationship.target->class_name() +
                        ", so it can't be joined to " + relation.target()->describe() +
                        ": join aliased<" + relationship.target->class_name() +
                        ">(), of that FROM object where it selects them");
}

void Lowerer::join_pairs(const Item& item, const Relationship& relationship,
                         const ColumnSource& source, const ColumnSource& target,
                         std::vector<Item>& lowered) {
    Conditions conditions = RelationshipJoin(relationship, source, nullptr, target).to_target();
    append(conditions, besides(item, relationship, target));
    lowered.push_back(join_item(item, source.from, *target.from, all_of(std::move(conditions))));
}

void Lowerer::join_secondary(const Item& item, const Relationship& relationship,
                             const ColumnSource& source, const ColumnSource& target,
                             std::vector<Item>& lowered) {
    // The same table between other aliases is another one.
    Ref<const FromNode> between(relationship.secondary);
    if (!joined_secondaries_.insert(between.get()).second)
        between = make_ref<const sql::AliasNode>(between, std::string());

    const RelationshipJoin along(relationship, source, between.get(), target);
    Conditions to_between = along.to_between();
    Conditions to_target = along.to_target();
    Conditions further = besides(item, relationship, target);
    const bool outer = static_cast<const JoinNode&>(*item.node).type != JoinNode::Type::inner;
    if (outer && (!further.empty() || relationship.has_conditions())) {
        // A row between counts as found only where it leads to one that meets the conditions.
        const auto both =
            make_ref<const JoinNode>(NodeRef(between.get()), NodeRef(target.from),
                                     JoinNode::Type::inner, all_of(std::move(to_target)));
        append(to_between, std::move(further));
        return lowered.push_back(
            join_item(item, source.from, *both, all_of(std::move(to_between))));
    }
    append(to_target, std::move(further));
    Item first = join_item(item, source.from, *between, all_of(std::move(to_between)));
    first.values = 0;
    lowered.push_back(std::move(first));
    lowered.push_back(join_item(item, nullptr, *target.from, all_of(std::move(to_target))));
}

/// What a join is on besides the relationship: what options say, and the program.
Conditions Lowerer::besides(const Item& item, const Relationship& relationship,
                            const ColumnSource& target) {
    const auto& join = static_cast<const JoinNode&>(*item.node);
    NodeRef further = lower(join.on);
    const bool by_alias = static_cast<const RelationNode&>(*join.right).target() != nullptr;
    Conditions conditions;
    add_criteria(conditions, *relationship.target, target, by_alias);
    if (further) conditions.push_back(std::move(further));
    return conditions;
}

}  // namespace azoth::inline v0::orm
