// SPDX-License-Identifier: MIT
#include <azoth/orm/join_conditions.hpp>

#include <utility>

namespace azoth::inline v0::orm {

using sql::FromNode;
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

Conditions target_conditions(const Relationship& relationship, const ColumnSource& owner,
                             const ColumnSource& target) {
    Conditions conditions;
    for (const auto& pair : relationship.pairs)
        conditions.push_back(
            equal_columns(owner.column(*pair.local->column), target.column(*pair.remote->column)));
    return conditions;
}

Conditions between_conditions(const Relationship& relationship, const ColumnSource& owner,
                              const FromNode& between) {
    Conditions conditions;
    for (const auto& pair : relationship.to_owner)
        conditions.push_back(
            equal_columns(owner.column(*pair.key->column), column_of(between, *pair.column)));
    return conditions;
}

Conditions target_conditions_from(const Relationship& relationship, const FromNode& between,
                                  const ColumnSource& target) {
    Conditions conditions;
    for (const auto& pair : relationship.to_target)
        conditions.push_back(
            equal_columns(column_of(between, *pair.column), target.column(*pair.key->column)));
    return conditions;
}

}  // namespace azoth::inline v0::orm
