// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/join_conditions.hpp>
#include <azoth/orm/written_class.hpp>
#include <azoth/schema/table_object.hpp>

namespace azoth::inline v0::orm {

using sql::Clause;

WrittenClass WrittenClass::of(const sql::StatementNode& statement, const ModelState& model) {
    const auto target = statement.items.of(Clause::target);
    const auto* const entity =
        target.empty() ? nullptr : dynamic_cast<const EntityNode*>(target.front().node.get());
    if (!entity) return {};
    return {entity, &model.mapper(entity->id, entity->class_name)};
}

std::optional<std::size_t> WrittenClass::place_in_returning(
    const sql::StatementNode& statement) const noexcept {
    const auto returned = statement.items.of(Clause::returning);
    for (std::size_t i = 0; i < returned.size(); ++i) {
        const auto* const object = dynamic_cast<const ObjectNode*>(returned[i].node.get());
        if (object && &object->entity() == entity) return i;
    }
    return std::nullopt;
}

const Attribute* WrittenClass::assigned(const sql::AssignmentNode& assignment) const {
    const auto* const member = dynamic_cast<const MemberNode*>(assignment.target);
    if (!member) return assignment.column ? mapper->attribute_of(*assignment.column) : nullptr;
    if (member->from == entity) return &mapper->attribute(member->id);
    throw ArgumentError(member->describe() + " belongs to " + member->from->describe() +
                        ", not to " + entity->describe());
}

void ExtendedStatement::add_returning(const Attribute& attribute) {
    own().items.add({.node = sql::NodeRef(attribute.column),
                     .clause = Clause::returning,
                     .wanted = attribute.ops->kind});
}

namespace {

Values one_value(const ValueView& value) {
    Values values;
    values.push_view(value);
    return values;
}

}  // namespace

void ExtendedStatement::add_value(const Attribute& attribute, const ValueView& value) {
    add_item({.node = make_ref<sql::AssignmentNode>(attribute.column, attribute.column->bind),
              .values = 1,
              .clause = Clause::assignment},
             one_value(value));
}

void ExtendedStatement::add_equal(const Attribute& attribute, const ValueView& value) {
    add_item({.node = equal_columns(sql::NodeRef(attribute.column), attribute.column->bind),
              .values = 1,
              .clause = Clause::where},
             one_value(value));
}

void ExtendedStatement::add_item(sql::Item&& item, Values values) {
    const std::size_t position = own().items.add(std::move(item));
    values_.insert(position, std::move(values));
}

}  // namespace azoth::inline v0::orm
