// SPDX-License-Identifier: MIT
#include <azoth/orm/errors.hpp>
#include <azoth/orm/model_state.hpp>
#include <azoth/orm/region.hpp>
#include <azoth/orm/relationship_nodes.hpp>

#include <utility>

namespace azoth::inline v0::orm {

using sql::NodeRef;

namespace {

std::vector<NodeRef> parts_of(const RelationNode& relation, const std::vector<NodeRef>& others) {
    std::vector<NodeRef> parts{NodeRef(&relation)};
    parts.insert(parts.end(), others.begin(), others.end());
    return parts;
}

const RelationNode& relation_of(const sql::ExtensionNode& node) noexcept {
    return static_cast<const RelationNode&>(*node.parts.front());
}

/// Of the object that is asked for, the attributes whose values say which it is.
std::vector<const Attribute*> asked_attributes(const Relationship& relationship,
                                               RelationTest test) {
    std::vector<const Attribute*> attributes;
    const bool is_parent = test == RelationTest::is_led_to_by;
    if (relationship.has_conditions() || relationship.needs_owner())
        return (is_parent ? relationship.owner : relationship.target)->key();
    attributes.reserve(relationship.pairs.size());
    for (const auto& pair : relationship.pairs)
        attributes.push_back(is_parent ? pair.local : pair.remote);
    for (const auto& pair : is_parent ? relationship.to_owner : relationship.to_target)
        attributes.push_back(pair.key);
    return attributes;
}

}  // namespace

RelationExistsNode::RelationExistsNode(const RelationNode& relation, NodeRef condition)
    : ExtensionNode(parts_of(relation, {std::move(condition)}), 7) {}

const RelationNode& RelationExistsNode::relation() const noexcept {
    return relation_of(*this);
}
bool RelationExistsNode::same(const ExtensionNode&) const {
    return true;
}  // its parts say it all
std::string RelationExistsNode::describe() const {
    return "a condition on " + relation().describe();
}
std::string RelationExistsNode::refusal() const {
    return relation().refusal();
}

RelationToNode::RelationToNode(const RelationNode& relation, RelationTest what,
                               const std::vector<NodeRef>& binds)
    : ExtensionNode(parts_of(relation, binds), 8 + static_cast<std::uint64_t>(what)), test(what) {}

const RelationNode& RelationToNode::relation() const noexcept {
    return relation_of(*this);
}
bool RelationToNode::same(const ExtensionNode& other) const {
    return test == static_cast<const RelationToNode&>(other).test;
}
std::string RelationToNode::describe() const {
    return "a condition on " + relation().describe();
}
std::string RelationToNode::refusal() const {
    return relation().refusal();
}

sql::Expression relation_exists(const FromClause& relation, const sql::Operand& condition) {
    sql::Expression given = sql::to_expression(condition);
    return {make_ref<const RelationExistsNode>(static_cast<const RelationNode&>(relation.node()),
                                               std::move(given.node)),
            std::move(given.values)};
}

sql::Expression relation_to(const FromClause& relation, RelationTest test, const Slot* object) {
    const auto& node = static_cast<const RelationNode&>(relation.node());
    std::vector<NodeRef> binds;
    Values values;
    if (object) {
        const Relationship& relationship = mapper_of(*object)
                                               .model()
                                               .mapper(node.id.entity, node.id.class_name)
                                               .relationship(node.id);
        for (const Attribute* attribute : asked_attributes(relationship, test)) {
            const ValueView value = attribute->view(object->object());
            if (value.is_null() || attribute->is_unset(object->object()))
                throw InvalidRequestError(
                    "a condition on " + node.describe() + ": the object's " + attribute->name +
                    " is not set, so no row can be compared with it; flush() gives new objects "
                    "their keys");
            binds.emplace_back(attribute->column->bind);
            values.push_view(value);
        }
    } else if (test == RelationTest::contains || test == RelationTest::is_led_to_by) {
        throw InvalidRequestError("a condition on " + node.describe() + ": the handle is null");
    }
    return {make_ref<const RelationToNode>(node, test, binds), std::move(values)};
}

}  // namespace azoth::inline v0::orm
