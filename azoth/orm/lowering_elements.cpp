// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/bundle_node.hpp>
#include <azoth/orm/join_side_node.hpp>
#include <azoth/orm/lowering.hpp>
#include <azoth/orm/relationship_nodes.hpp>
#include <azoth/schema/table_object.hpp>
#include <azoth/sql/traverse.hpp>

/// Lowering of expressions.
namespace azoth::inline v0::orm {

using sql::NodeKind;
using sql::NodeRef;

namespace {

template <class T>
const T& as(const NodeRef& node) {
    return static_cast<const T&>(*node);
}

}  // namespace

NodeRef Lowerer::lower(const NodeRef& node) {
    if (!node) return {};
    switch (node->kind) {
        case NodeKind::bind:
        case NodeKind::constant: return node;
        case NodeKind::excluded: return lower_excluded(as<sql::ExcludedNode>(node));
        case NodeKind::assignment: return lower_assignment(as<sql::AssignmentNode>(node));
        case NodeKind::column: return lower_column(as<sql::ColumnNode>(node));
        case NodeKind::extension: return lower_extension(as<sql::ExtensionNode>(node));
        case NodeKind::binary: return lower_binary(as<sql::BinaryNode>(node));
        case NodeKind::between: return lower_between(as<sql::BetweenNode>(node));
        case NodeKind::in: return lower_in(as<sql::InNode>(node));
        case NodeKind::case_: return lower_case(as<sql::CaseNode>(node));
        case NodeKind::join: return lower_join(as<sql::JoinNode>(node));
        default: break;
    }
    if (sql::is_statement(node->kind)) return lower(as<sql::StatementNode>(node));
    if (sql::is_from(node->kind)) return lower_from(as<sql::FromNode>(node)).lowered;
    return lower_plain(node);
}

NodeRef Lowerer::expression_on(const NodeRef& node, const Mapper& mapper,
                               const ColumnSource& from) {
    table_ = &mapper.table();
    in_place_ = &from;
    return lower(node);
}

/// Nodes that are rebuilt around what their children become.
NodeRef Lowerer::lower_plain(const NodeRef& node) {
    const auto rebuilt = [&](const NodeRef& child, auto&& make) {
        NodeRef lowered = lower(child);
        return lowered == child ? node : NodeRef(make(std::move(lowered)));
    };
    const auto all_rebuilt = [&](const std::vector<NodeRef>& children, auto&& make) {
        std::vector<NodeRef> lowered;
        return lower(children, lowered) ? NodeRef(make(std::move(lowered))) : node;
    };
    switch (node->kind) {
        case NodeKind::unary: {
            const auto& unary = as<sql::UnaryNode>(node);
            return rebuilt(unary.operand, [&](NodeRef operand) {
                return make_ref<sql::UnaryNode>(unary.op, std::move(operand), unary.type);
            });
        }
        case NodeKind::conjunction: {
            const auto& conjunction = as<sql::ConjunctionNode>(node);
            return all_rebuilt(conjunction.operands, [&](std::vector<NodeRef> operands) {
                return make_ref<sql::ConjunctionNode>(conjunction.op, std::move(operands));
            });
        }
        case NodeKind::function: {
            const auto& function = as<sql::FunctionNode>(node);
            return all_rebuilt(function.arguments, [&](std::vector<NodeRef> arguments) {
                return make_ref<sql::FunctionNode>(function.name, std::move(arguments),
                                                   function.type);
            });
        }
        case NodeKind::cast: {
            const auto& cast = as<sql::CastNode>(node);
            return rebuilt(cast.operand, [&](NodeRef operand) {
                return make_ref<sql::CastNode>(std::move(operand), cast.type);
            });
        }
        case NodeKind::subquery_element: {
            const auto& subquery = as<sql::SubqueryElementNode>(node);
            auto select = lower(*subquery.select);
            if (select == subquery.select) return node;
            return make_ref<sql::SubqueryElementNode>(subquery.use, std::move(select),
                                                      subquery.type);
        }
        case NodeKind::label: {
            const auto& label = as<sql::LabelNode>(node);
            return rebuilt(label.operand, [&](NodeRef operand) {
                return make_ref<sql::LabelNode>(label.name, std::move(operand));
            });
        }
        case NodeKind::ordering: {
            const auto& ordering = as<sql::OrderingNode>(node);
            return rebuilt(ordering.operand, [&](NodeRef operand) {
                return make_ref<sql::OrderingNode>(std::move(operand), ordering.descending,
                                                   ordering.nulls);
            });
        }
        case NodeKind::fragment: {
            const auto& fragment = as<sql::FragmentNode>(node);
            return all_rebuilt(fragment.binds, [&](std::vector<NodeRef> binds) {
                return make_ref<sql::FragmentNode>(fragment.sql, std::move(binds), fragment.type);
            });
        }
        case NodeKind::composed: {
            const auto& composed = as<sql::ComposedNode>(node);
            return all_rebuilt(composed.parts, [&](std::vector<NodeRef> parts) {
                return composed.with_parts(std::move(parts));
            });
        }
        case NodeKind::list:
            return all_rebuilt(as<sql::ListNode>(node).items, [](std::vector<NodeRef> items) {
                return make_ref<sql::ListNode>(std::move(items));
            });
        default: return node;
    }
}

/// \returns whether any of them changed
bool Lowerer::lower(const std::vector<NodeRef>& nodes, std::vector<NodeRef>& lowered) {
    bool changes = false;
    lowered.reserve(nodes.size());
    for (const NodeRef& node : nodes) {
        lowered.push_back(lower(node));
        changes = changes || lowered.back() != node;
    }
    return changes;
}

NodeRef Lowerer::lower_case(const sql::CaseNode& node) {
    NodeRef subject = lower(node.subject);
    NodeRef otherwise = lower(node.otherwise);
    bool changes = subject != node.subject || otherwise != node.otherwise;
    std::vector<sql::CaseNode::Branch> branches;
    for (const auto& branch : node.branches) {
        branches.push_back({lower(branch.when), lower(branch.then)});
        changes =
            changes || branches.back().when != branch.when || branches.back().then != branch.then;
    }
    if (!changes) return NodeRef(&node);
    return make_ref<sql::CaseNode>(std::move(subject), std::move(branches), std::move(otherwise),
                                   node.type);
}

// --- comparisons ---------------------------------------------------------------------------------

/// What is compared with `other`: a placeholder takes over the type of the column that a member has
/// become, as one compared with a column does when the expression is built.
NodeRef Lowerer::lower_compared(const NodeRef& node, const NodeRef& other) {
    if (!node || node->kind != NodeKind::bind || other->kind != NodeKind::extension)
        return lower(node);
    const NodeRef column = lower(other);
    auto adapted = sql::adapted_bind(as<sql::BindNode>(node), as<sql::Element>(column));
    return adapted ? NodeRef(adapted) : node;
}

NodeRef Lowerer::lower_binary(const sql::BinaryNode& node) {
    NodeRef left = lower_compared(node.left, node.right);
    NodeRef right = lower_compared(node.right, node.left);
    NodeRef escape = lower(node.escape);
    if (left == node.left && right == node.right && escape == node.escape) return NodeRef(&node);
    return make_ref<sql::BinaryNode>(node.op, std::move(left), std::move(right), node.type,
                                     std::move(escape));
}

NodeRef Lowerer::lower_between(const sql::BetweenNode& node) {
    NodeRef operand = lower(node.operand);
    NodeRef low = lower_compared(node.low, node.operand);
    NodeRef high = lower_compared(node.high, node.operand);
    if (operand == node.operand && low == node.low && high == node.high) return NodeRef(&node);
    return make_ref<sql::BetweenNode>(std::move(operand), std::move(low), std::move(high),
                                      node.negated);
}

NodeRef Lowerer::lower_in(const sql::InNode& node) {
    NodeRef operand = lower(node.operand);
    NodeRef choices = lower_compared(node.choices, node.operand);
    if (operand == node.operand && choices == node.choices) return NodeRef(&node);
    return make_ref<sql::InNode>(std::move(operand), std::move(choices), node.negated);
}

// --- columns and members -------------------------------------------------------------------------

NodeRef Lowerer::lower_column(const sql::ColumnNode& column) {
    if (column.from->kind == NodeKind::table)
        return column.from == table_ ? in_place_->column(column) : NodeRef(&column);
    if (object_mapper(column)) refuse_object(column);
    const From& from = lower_from(*column.from);
    if (from.lowered.get() == column.from) return NodeRef(&column);
    const std::size_t position =
        from.positions.empty() ? column.index : from.positions[column.index];
    return NodeRef(from.lowered->columns[position].get());
}

NodeRef Lowerer::lower_extension(const sql::ExtensionNode& node) {
    if (const auto* member = dynamic_cast<const MemberNode*>(&node)) return lower_member(*member);
    if (const auto* exists = dynamic_cast<const RelationExistsNode*>(&node))
        return lower_exists(*exists);
    if (const auto* to = dynamic_cast<const RelationToNode*>(&node)) return lower_relation_to(*to);
    if (const auto* marked = dynamic_cast<const JoinSideNode*>(&node)) return lower_marked(*marked);
    if (const auto* bundle = dynamic_cast<const BundleNode*>(&node))
        throw ArgumentError(bundle->describe() +
                            " stands where a value is expected: bundles come in select lists; "
                            "name one of its columns, as in " +
                            bundle->name + ".c<0>()");
    refuse_object(node);
}

/// A column of a relationship's condition: of the other end, where it is marked so.
NodeRef Lowerer::lower_marked(const JoinSideNode& node) {
    if (!remote_end_) throw ArgumentError(node.refusal());
    NodeRef column = lower(node.column());
    if (node.side == JoinSide::foreign || column->kind != NodeKind::column) return column;
    return column_of(*remote_end_, as<sql::ColumnNode>(column));
}

void Lowerer::refuse_object(const sql::Element& node) const {
    throw ArgumentError("class " + object_mapper(node)->class_name() +
                        " stands where a value is expected: objects come in select lists; name a "
                        "member, as in col<&" +
                        object_mapper(node)->class_name() + "::id>");
}

NodeRef Lowerer::lower_member(const MemberNode& member) {
    const Mapper& mapper = member.position
                               ? *object_mapper(*member.from->columns[*member.position])
                               : mapper_of(static_cast<const EntityNode&>(*member.from));
    const Attribute& attribute = mapper.attribute(member.id);
    if (!member.position)
        return source_of_entity(static_cast<const EntityNode&>(*member.from))
            .column(*attribute.column);
    const auto loaded = loaded_attributes(mapper);
    for (std::size_t i = 0; i < loaded.size(); ++i)
        if (loaded[i] == &attribute)
            return columns_of_object(*member.from->columns[*member.position], loaded)[i];
    throw ArgumentError(member.describe() + " is deferred, so the objects that " +
                        member.from->describe() + " selects don't have it: select it beside them");
}

const Mapper& Lowerer::mapper_of(const EntityNode& entity) const {
    return model_.mapper(entity.id, entity.class_name);
}

const Mapper* Lowerer::object_mapper(const sql::Node& node) const {
    if (const auto* object = dynamic_cast<const ObjectNode*>(&node))
        return &mapper_of(object->entity());
    if (node.kind != NodeKind::column) return nullptr;
    const auto& column = static_cast<const sql::ColumnNode&>(node);
    const bool derived =
        column.from->kind == NodeKind::subquery || column.from->kind == NodeKind::cte;
    return derived && column.source ? object_mapper(*column.source) : nullptr;
}

/// The entity that an object or a member of the select list is of, or null.
const EntityNode* Lowerer::selected_entity(const sql::Node& node) {
    if (node.kind == NodeKind::label)
        return selected_entity(*static_cast<const sql::LabelNode&>(node).operand);
    return dynamic_cast<const EntityNode*>(sql::owner_of(node));
}

ColumnSource Lowerer::source_of_entity(const EntityNode& entity) {
    const From& from = lower_from(entity);
    return {from.lowered.get(), from.positions, from.adapted};
}

/// Where the columns of an object stand. Of a derived table only those that are always loaded do.
ColumnSource Lowerer::source_of(const sql::Node& object) {
    if (object.kind != NodeKind::column)
        return source_of_entity(static_cast<const EntityNode&>(*sql::owner_of(object)));
    const From& from = lower_from(*sql::owner_of(object));
    ColumnSource source{from.lowered.get()};
    const Mapper& mapper = *object_mapper(object);
    source.positions.resize(mapper.table().columns.size());
    std::uint32_t next = from.positions[static_cast<const sql::ColumnNode&>(object).index];
    for (const Attribute* attribute : loaded_attributes(mapper))
        source.positions[attribute->column->index] = next++;
    return source;
}

std::vector<NodeRef> Lowerer::columns_of_object(const sql::Node& node,
                                                const std::vector<const Attribute*>& attributes) {
    const ColumnSource source = source_of(node);
    std::vector<NodeRef> columns;
    columns.reserve(attributes.size());
    for (const Attribute* attribute : attributes)
        columns.push_back(source.column(*attribute->column));
    return columns;
}

}  // namespace azoth::inline v0::orm
