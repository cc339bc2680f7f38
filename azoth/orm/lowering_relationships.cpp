// SPDX-License-Identifier: MIT
#include <azoth/orm/join_conditions.hpp>
#include <azoth/orm/lowering.hpp>
#include <azoth/orm/relationship_nodes.hpp>
#include <azoth/schema/table_object.hpp>

#include <utility>

/// Lowering of conditions on what relationships lead to.
namespace azoth::inline v0::orm {

using sql::Clause;
using sql::FromNode;
using sql::NodeRef;

namespace {

/// EXISTS (SELECT 1 FROM … WHERE …)
NodeRef exists(const std::vector<Ref<const FromNode>>& froms, std::vector<NodeRef> conditions) {
    auto select = make_ref<sql::StatementNode>(sql::NodeKind::select);
    const sql::Expression one = sql::fragment("1", plain_type(TypeKind::big_integer));
    select->items.add({.node = one.node, .clause = Clause::column, .wanted = Kind::int64});
    for (const auto& from : froms)
        select->items.add({.node = NodeRef(from), .clause = Clause::from});
    for (NodeRef& condition : conditions)
        select->items.add({.node = std::move(condition), .clause = Clause::where});
    return make_ref<sql::SubqueryElementNode>(sql::SubqueryElementNode::Use::exists,
                                              std::move(select), plain_type(TypeKind::boolean));
}

Ref<const FromNode> anonymous(const FromNode& table) {
    return make_ref<const sql::AliasNode>(Ref<const FromNode>(&table), std::string());
}

NodeRef is_null(NodeRef column) {
    return make_ref<sql::BinaryNode>(sql::Op::is, std::move(column),
                                     make_ref<sql::ConstantNode>(sql::ConstantNode::Which::null),
                                     plain_type(TypeKind::boolean));
}

/// The condition that was not given.
bool is_true(const sql::Node& condition) {
    return (condition.kind == sql::NodeKind::conjunction &&
            static_cast<const sql::ConjunctionNode&>(condition).operands.empty()) ||
           (condition.kind == sql::NodeKind::constant &&
            static_cast<const sql::ConstantNode&>(condition).which ==
                sql::ConstantNode::Which::true_);
}

NodeRef any_of(std::vector<NodeRef> alternatives) {
    return make_ref<sql::ConjunctionNode>(sql::Op::or_, std::move(alternatives));
}

/// The conditions along a relationship, and the table between where there is one.
struct Related {
    std::vector<Ref<const FromNode>> froms;
    Conditions conditions;
};

Related rows_of(const Relationship& relationship, const ColumnSource& owner,
                const ColumnSource& target) {
    Related related;
    if (relationship.secondary) related.froms.push_back(anonymous(*relationship.secondary));
    const FromNode* const between = related.froms.empty() ? nullptr : related.froms.front().get();
    related.conditions = RelationshipJoin(relationship, owner, between, target).all();
    return related;
}

}  // namespace

NodeRef Lowerer::lower_exists(const RelationExistsNode& node) {
    const RelationNode& relation = node.relation();
    const Relationship& relationship = mapper_of(relation.source()).relationship(relation.id);
    const ColumnSource source = source_of_entity(relation.source());
    const auto target = anonymous(relationship.target->table());
    Related related = rows_of(relationship, source, {target.get()});
    related.froms.push_back(target);
    if (!is_true(*node.condition()))
        related.conditions.push_back(
            lower_within(node.condition(), *relationship.target, {target.get()}));
    return exists(related.froms, std::move(related.conditions));
}

/// A condition in which the class stands for `from`; aliases of the statement stay what they are.
NodeRef Lowerer::lower_within(const NodeRef& condition, const Mapper& mapper,
                              const ColumnSource& from) {
    Lowerer inner(model_);
    for (const auto& [original, known] : froms_)
        if (known.lowered.get() != &mapper.table()) inner.froms_[original] = known;
    NodeRef lowered = inner.expression_on(condition, mapper, from);
    for (auto& [original, known] : inner.froms_)
        if (known.lowered.get() != from.from) froms_.try_emplace(original, std::move(known));
    return lowered;
}

namespace {

/// `column = placeholder` of a RelationToNode for each, or IS NULL for no object.
std::vector<NodeRef> equal_all(const RelationToNode& node, const ColumnSource& from,
                               const std::vector<const sql::ColumnNode*>& columns) {
    std::vector<NodeRef> conditions;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        NodeRef column = from.column(*columns[i]);
        conditions.push_back(node.is_null() ? is_null(std::move(column))
                                            : equal_columns(std::move(column), node.bind(i)));
    }
    return conditions;
}

/// One of the columns holds another value, or none.
NodeRef differs_any(const RelationToNode& node, const ColumnSource& from,
                    const std::vector<const sql::ColumnNode*>& columns) {
    std::vector<NodeRef> alternatives;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const NodeRef column = from.column(*columns[i]);
        if (node.is_null()) {
            alternatives.push_back(make_ref<sql::BinaryNode>(
                sql::Op::is_not, column,
                make_ref<sql::ConstantNode>(sql::ConstantNode::Which::null),
                plain_type(TypeKind::boolean)));
            continue;
        }
        alternatives.push_back(make_ref<sql::BinaryNode>(sql::Op::not_equal, column, node.bind(i),
                                                         plain_type(TypeKind::boolean)));
        alternatives.push_back(is_null(column));
    }
    if (alternatives.size() == 1) return std::move(alternatives.front());
    return node.is_null() ? all_of(std::move(alternatives)) : any_of(std::move(alternatives));
}

}  // namespace

namespace {

/// Rows at the other end lead to one, or come from it, whose key the placeholders of `node` are.
NodeRef exists_with_key(const RelationToNode& node, const Relationship& relationship,
                        const ColumnSource& from, bool of_parent) {
    const Mapper& asked = of_parent ? *relationship.owner : *relationship.target;
    const auto other = anonymous(asked.table());
    Related related = of_parent ? rows_of(relationship, {other.get()}, from)
                                : rows_of(relationship, from, {other.get()});
    related.froms.push_back(other);
    for (std::size_t i = 0; i < asked.key().size() && !node.is_null(); ++i)
        related.conditions.push_back(
            equal_columns(column_of(*other, *asked.key()[i]->column), node.bind(i)));
    return exists(related.froms, std::move(related.conditions));
}

NodeRef negated(NodeRef condition) {
    return make_ref<sql::UnaryNode>(sql::Op::not_, std::move(condition),
                                    plain_type(TypeKind::boolean));
}

}  // namespace

NodeRef Lowerer::lower_relation_to(const RelationToNode& node) {
    const RelationNode& relation = node.relation();
    const Relationship& relationship = mapper_of(relation.source()).relationship(relation.id);
    const bool of_parent = node.test == RelationTest::is_led_to_by;
    const auto* const alias = dynamic_cast<const EntityNode*>(relation.target());
    const EntityNode& target =
        alias ? *alias : entity_node(relationship.target->id(), relationship.target->class_name());
    const EntityNode& asked = of_parent ? target : relation.source();
    const ColumnSource from = source_of_entity(asked);
    if (relationship.has_conditions() || relationship.needs_owner()) {
        NodeRef leads = exists_with_key(node, relationship, from, of_parent);
        const bool wanted = (node.test == RelationTest::leads_not_to) == node.is_null();
        return wanted ? leads : negated(std::move(leads));
    }
    if (relationship.direction == Direction::many_to_many) {
        const auto between = anonymous(*relationship.secondary);
        const auto& here = of_parent ? relationship.to_target : relationship.to_owner;
        const auto& there = of_parent ? relationship.to_owner : relationship.to_target;
        std::vector<NodeRef> conditions;
        conditions.reserve(here.size() + there.size());
        for (const auto& pair : here)
            conditions.push_back(
                equal_columns(from.column(*pair.key->column), column_of(*between, *pair.column)));
        for (std::size_t i = 0; i < there.size(); ++i)
            conditions.push_back(
                equal_columns(column_of(*between, *there[i].column), node.bind(i)));
        return exists({between}, std::move(conditions));
    }
    std::vector<const sql::ColumnNode*> columns;
    columns.reserve(relationship.pairs.size());
    for (const auto& pair : relationship.pairs)
        columns.push_back((of_parent ? pair.remote : pair.local)->column.get());
    if (node.test == RelationTest::leads_not_to) return differs_any(node, from, columns);
    return all_of(equal_all(node, from, columns));
}

}  // namespace azoth::inline v0::orm
