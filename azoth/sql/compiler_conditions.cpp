// SPDX-License-Identifier: MIT
#include <azoth/sql/compiler_frame.hpp>
#include <azoth/sql/precedence.hpp>

#include <algorithm>
#include <initializer_list>
#include <utility>

/// Conditions as values and the other way round, for databases in which they are different things.
namespace azoth::inline v0::sql {
namespace {

bool is_comparison(Op op) {
    return (op >= Op::equal && op <= Op::is_not_distinct_from) ||
           (op >= Op::like && op <= Op::not_ilike) || op == Op::regexp_match || op == Op::match;
}

bool has_form(const Node& node, std::initializer_list<Form> forms) {
    return node.kind == NodeKind::composed &&
           std::find(forms.begin(), forms.end(), static_cast<const ComposedNode&>(node).form) !=
               forms.end();
}

/// What only holds another element, whose SQL is its own.
bool is_wrapper(const Node& node) {
    return node.kind == NodeKind::label || node.kind == NodeKind::scoped ||
           has_form(node, {Form::type_coerce});
}

/// SQL of the program's, which says itself what it is.
bool is_own_text(const Node& node) {
    return node.kind == NodeKind::fragment ||
           has_form(node, {Form::operation, Form::custom, Form::hint});
}

/// Whether a condition is true or false for every row.
bool is_always_known(const Node& condition) {
    if (condition.kind == NodeKind::subquery_element) return true;  // EXISTS
    if (condition.kind != NodeKind::binary) return false;
    const Op op = static_cast<const BinaryNode&>(condition).op;
    return op >= Op::is && op <= Op::is_not_distinct_from;
}

}  // namespace

bool Compiler::is_condition(const Node& node) {
    switch (node.kind) {
        case NodeKind::binary: return is_comparison(static_cast<const BinaryNode&>(node).op);
        case NodeKind::unary: return static_cast<const UnaryNode&>(node).op == Op::not_;
        case NodeKind::conjunction:
        case NodeKind::between:
        case NodeKind::in: return true;
        case NodeKind::subquery_element:
            return static_cast<const SubqueryElementNode&>(node).use ==
                   SubqueryElementNode::Use::exists;
        default: return has_form(node, {Form::between_symmetric});
    }
}

void Compiler::visit_condition(const Node& node, int precedence) {
    wanted_ = Wanted::condition;
    visit_operand(node, precedence);
}

std::string Compiler::inline_condition(const Expression& condition, bool qualify) {
    wanted_ = Wanted::condition;
    return inline_expression(condition, qualify);
}

void Compiler::visit(const Node& node) {
    const Wanted wanted = std::exchange(wanted_, Wanted::value);
    if (capabilities_.boolean_values || !visit_converted(node, wanted)) visit_as_it_is(node);
}

/// \returns false for what can be written as it is.
bool Compiler::visit_converted(const Node& node, Wanted wanted) {
    if (is_wrapper(node)) wanted_ = wanted;
    if (is_wrapper(node) || is_own_text(node) || wanted == Wanted::either) return false;
    if (is_condition(node)) {
        if (wanted == Wanted::value) visit_as_value(node);
        return wanted == Wanted::value;
    }
    if (wanted == Wanted::value) return false;
    if (node.kind == NodeKind::constant &&
        static_cast<const ConstantNode&>(node).which != ConstantNode::Which::null) {
        write(static_cast<const ConstantNode&>(node).which == ConstantNode::Which::true_ ? "1 = 1"
                                                                                         : "0 = 1");
        return true;
    }
    visit_operand(node, precedence::comparison);
    write(" = 1");
    return true;
}

/// NULL where the condition is neither true nor false.
void Compiler::visit_as_value(const Node& condition) {
    const std::uint32_t first = next_ordinal_[segment_];
    write("CASE WHEN ");
    visit_condition(condition);
    if (is_always_known(condition)) return write(" THEN 1 ELSE 0 END");
    write(" THEN 1 WHEN NOT (");
    next_ordinal_[segment_] = first;
    visit_condition(condition);
    write(") THEN 0 END");
}

}  // namespace azoth::inline v0::sql
