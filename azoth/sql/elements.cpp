// SPDX-License-Identifier: MIT
#include <azoth/sql/elements.hpp>
#include <azoth/sql/from.hpp>
#include <azoth/sql/hashing.hpp>
#include <azoth/sql/statement.hpp>

#include <array>

namespace azoth::inline v0::sql {
namespace {

std::uint64_t number(Op op) {
    return static_cast<std::uint64_t>(op);
}

}  // namespace

BindNode::BindNode(Type sql_type, std::string bind_name, const Extra& more)
    : Element(NodeKind::bind, std::move(sql_type)), name(std::move(bind_name)), extra(more) {
    Hashing(*this)
        .add(type.hash())
        .add(name)
        .add((extra.expanding ? 1ULL : 0ULL) + (extra.literal_execute ? 2ULL : 0ULL) +
             (extra.has_value ? 4ULL : 0ULL));
}

BindNode::BindNode(std::vector<Type> tuple_members)
    : Element(NodeKind::bind, Type()), extra{.expanding = true}, members(std::move(tuple_members)) {
    Hashing hashing(*this);
    for (const Type& member : members) hashing.add(member.hash());
}

const Ref<const BindNode>& plain_bind(const Type& type) {
    constexpr std::size_t kinds = static_cast<std::size_t>(TypeKind::jsonb) + 1;
    static const auto all = [] {
        std::array<Ref<const BindNode>, kinds> binds;
        for (std::size_t i = 0; i < kinds; ++i)
            binds[i] = make_ref<BindNode>(i == 0 ? Type() : plain_type(static_cast<TypeKind>(i)));
        return binds;
    }();
    return all[static_cast<std::size_t>(type.kind())];
}

Ref<const BindNode> bind_of(const Type& type) {
    const auto& plain = plain_bind(type);
    if (&plain->type.def() == &type.def() || plain->type == type) return plain;
    return make_ref<BindNode>(type);
}

ColumnNode::ColumnNode(FromNode& owner, std::string column_name, Type sql_type,
                       std::uint32_t position)
    : Element(NodeKind::column, std::move(sql_type)),
      from(&owner),
      name(std::move(column_name)),
      index(position),
      bind(bind_of(type)) {
    count_in(&owner);
    flagged = owner.flagged;
    Hashing(*this).add(owner.hash).add(position);
    flagged = owner.flagged;
    if (owner.kind == NodeKind::table) assignment = std::make_unique<const AssignmentNode>(*this);
}

ColumnNode::~ColumnNode() = default;

ConstantNode::ConstantNode(Which constant)
    : Element(NodeKind::constant, constant == Which::null ? Type() : plain_type(TypeKind::boolean)),
      which(constant) {
    Hashing(*this).add(static_cast<std::uint64_t>(which));
}

BinaryNode::BinaryNode(Op operation, NodeRef l, NodeRef r, Type sql_type, NodeRef escape_node)
    : Element(NodeKind::binary, std::move(sql_type)),
      op(operation),
      left(std::move(l)),
      right(std::move(r)),
      escape(std::move(escape_node)) {
    Hashing(*this).add(number(op)).child(left).child(right).child(escape).add(type.hash());
}

UnaryNode::UnaryNode(Op operation, NodeRef node, Type sql_type)
    : Element(NodeKind::unary, std::move(sql_type)), op(operation), operand(std::move(node)) {
    Hashing(*this).add(number(op)).child(operand);
}

ConjunctionNode::ConjunctionNode(Op operation, std::vector<NodeRef> nodes)
    : Element(NodeKind::conjunction, plain_type(TypeKind::boolean)),
      op(operation),
      operands(std::move(nodes)) {
    Hashing(*this).add(number(op)).children(operands);
}

FunctionNode::FunctionNode(std::string function_name, std::vector<NodeRef> nodes, Type sql_type)
    : Element(NodeKind::function, std::move(sql_type)),
      name(std::move(function_name)),
      arguments(std::move(nodes)) {
    Hashing(*this).add(name).children(arguments).add(type.hash());
}

CastNode::CastNode(NodeRef node, Type sql_type)
    : Element(NodeKind::cast, std::move(sql_type)), operand(std::move(node)) {
    Hashing(*this).child(operand).add(type.hash());
}

CaseNode::CaseNode(NodeRef subject_node, std::vector<Branch> list, NodeRef otherwise_node,
                   Type sql_type)
    : Element(NodeKind::case_, std::move(sql_type)),
      subject(std::move(subject_node)),
      branches(std::move(list)),
      otherwise(std::move(otherwise_node)) {
    Hashing hashing(*this);
    hashing.child(subject);
    for (const auto& branch : branches) hashing.child(branch.when).child(branch.then);
    hashing.child(otherwise).add(branches.size());
}

BetweenNode::BetweenNode(NodeRef node, NodeRef low_node, NodeRef high_node, bool negate)
    : Element(NodeKind::between, plain_type(TypeKind::boolean)),
      operand(std::move(node)),
      low(std::move(low_node)),
      high(std::move(high_node)),
      negated(negate) {
    Hashing(*this).child(operand).child(low).child(high).add(std::uint64_t{negated});
}

InNode::InNode(NodeRef node, NodeRef list, bool negate)
    : Element(NodeKind::in, plain_type(TypeKind::boolean)),
      operand(std::move(node)),
      choices(std::move(list)),
      negated(negate) {
    Hashing(*this).child(operand).child(choices).add(std::uint64_t{negated});
}

SubqueryElementNode::SubqueryElementNode(Use usage, Ref<const StatementNode> statement,
                                         Type sql_type)
    : Element(NodeKind::subquery_element, std::move(sql_type)),
      use(usage),
      select(std::move(statement)) {
    Hashing(*this).add(static_cast<std::uint64_t>(use)).add(select->finished_hash());
    flagged = select->is_flagged();
}

LabelNode::LabelNode(std::string label_name, NodeRef node)
    : Element(NodeKind::label, static_cast<const Element&>(*node).type),
      name(std::move(label_name)),
      operand(std::move(node)) {
    Hashing(*this).add(name).child(operand);
}

OrderingNode::OrderingNode(NodeRef node, bool is_descending, Nulls nulls_place)
    : Element(NodeKind::ordering, Type()),
      operand(std::move(node)),
      descending(is_descending),
      nulls(nulls_place) {
    Hashing(*this)
        .child(operand)
        .add(std::uint64_t{descending})
        .add(static_cast<std::uint64_t>(nulls));
}

FragmentNode::FragmentNode(std::string text, std::vector<NodeRef> nodes, Type sql_type)
    : Element(NodeKind::fragment, std::move(sql_type)),
      sql(std::move(text)),
      binds(std::move(nodes)) {
    Hashing(*this).add(sql).children(binds).add(type.hash());
}

ListNode::ListNode(std::vector<NodeRef> nodes)
    : Element(NodeKind::list, Type()), items(std::move(nodes)) {
    Hashing(*this).children(items);
}

namespace {

const ColumnNode* as_column(const Node& node) {
    return node.kind == NodeKind::column ? static_cast<const ColumnNode*>(&node) : nullptr;
}

}  // namespace

AssignmentNode::AssignmentNode(NodeRef assigned, NodeRef node)
    : Element(NodeKind::assignment, static_cast<const Element&>(*assigned).type),
      target(static_cast<const Element*>(assigned.get())),
      column(as_column(*assigned)),
      value(std::move(node)),
      holder_(std::move(assigned)) {
    Hashing(*this).child(holder_).child(value);
}

AssignmentNode::AssignmentNode(const ColumnNode& owner)
    : Element(NodeKind::assignment, owner.type), target(&owner), column(&owner), value(owner.bind) {
    count_in(owner.from);
    Hashing(*this).add(owner.hash).child(value);
    flagged = owner.flagged;
}

ScopedNode::ScopedNode(NodeRef scoped, Values own, const Ref<const ScopedNode>& made_of)
    : Element(NodeKind::scoped, static_cast<const Element&>(*scoped).type),
      operand(std::move(scoped)),
      values(std::move(own)),
      origin_(made_of ? Ref<const ScopedNode>(&made_of->origin()) : nullptr) {
    Hashing(*this).child(operand);
    flagged = true;
}

ScopedNode::ScopedNode(NodeRef scoped, std::uint32_t first_place)
    : Element(NodeKind::scoped, static_cast<const Element&>(*scoped).type),
      operand(std::move(scoped)),
      first(first_place) {
    Hashing(*this).add(std::uint64_t{first_place}).child(operand);
}

ExcludedNode::ExcludedNode(NodeRef meant)
    : Element(NodeKind::excluded, static_cast<const Element&>(*meant).type),
      target(std::move(meant)),
      column(as_column(*target)) {
    Hashing(*this).child(target);
}

}  // namespace azoth::inline v0::sql
