// SPDX-License-Identifier: MIT
#include <azoth/orm/join_conditions.hpp>
#include <azoth/orm/lowering.hpp>

#include <utility>

namespace azoth::inline v0::orm {

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

Conditions RelationshipJoin::to_between() const {
    Conditions conditions;
    for (const auto& pair : relationship_.to_owner)
        conditions.push_back(
            equal_columns(owner_.column(*pair.key->column), column_of(*between_, *pair.column)));
    add_between_condition(conditions);
    return conditions;
}

Conditions RelationshipJoin::to_target() const {
    Conditions conditions;
    for (const auto& pair : relationship_.pairs)
        conditions.push_back(equal_columns(owner_.column(*pair.local->column),
                                           target_.column(*pair.remote->column)));
    for (const auto& pair : relationship_.to_target)
        conditions.push_back(
            equal_columns(column_of(*between_, *pair.column), target_.column(*pair.key->column)));
    add_target_condition(conditions);
    return conditions;
}

Conditions RelationshipJoin::all() const {
    Conditions conditions = to_between();
    for (NodeRef& each : to_target()) conditions.push_back(std::move(each));
    return conditions;
}

void RelationshipJoin::add(const Relationship::Condition& condition, Conditions& conditions) const {
    const sql::Expression& written = condition.expression;
    if (!written.node) return;
    const Relationship::Ends& ends = relationship_.ends;
    Lowerer lowerer(relationship_.owner->model());
    if (owner_.from) lowerer.replace(*ends.owner, *owner_.from, owner_.positions);
    if (between_) lowerer.replace(*ends.between, *between_);
    lowerer.replace(*ends.target, *target_.from, target_.positions);
    NodeRef node = lowerer.expression(written.node);
    if (!written.values.empty())
        node = make_ref<const sql::ScopedNode>(std::move(node), Values(written.values));
    conditions.push_back(std::move(node));
}

}  // namespace azoth::inline v0::orm
