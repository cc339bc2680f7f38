// SPDX-License-Identifier: MIT
#include <azoth/sql/composed.hpp>
#include <azoth/sql/precedence.hpp>

namespace azoth::inline v0::sql {

int precedence_of(Op op) noexcept {
    switch (op) {
        case Op::multiply:
        case Op::divide:
        case Op::floor_divide:
        case Op::modulo: return precedence::product;
        case Op::add:
        case Op::subtract: return precedence::sum;
        case Op::concat: return precedence::concat;
        case Op::bit_and:
        case Op::bit_or:
        case Op::bit_xor:
        case Op::shift_left:
        case Op::shift_right: return precedence::bits;
        case Op::and_: return precedence::and_;
        case Op::or_: return precedence::or_;
        case Op::not_: return precedence::not_;
        case Op::bit_not:
        case Op::negate: return precedence::sign;
        case Op::distinct: return precedence::none;
        default: return precedence::comparison;
    }
}

namespace {

int precedence_of(const ComposedNode& node) noexcept {
    switch (node.form) {
        case Form::collate: return precedence::collate;
        case Form::type_coerce: return sql::precedence_of(*node.parts.front());
        case Form::between_symmetric: return precedence::comparison;
        case Form::operation:
        case Form::custom: return precedence::none;
        default: return precedence::atom;
    }
}

}  // namespace

int precedence_of(const Node& node) noexcept {
    switch (node.kind) {
        case NodeKind::binary: return precedence_of(static_cast<const BinaryNode&>(node).op);
        case NodeKind::unary: return precedence_of(static_cast<const UnaryNode&>(node).op);
        case NodeKind::conjunction:
            return precedence_of(static_cast<const ConjunctionNode&>(node).op);
        case NodeKind::between:
        case NodeKind::in: return precedence::comparison;
        case NodeKind::fragment: return precedence::none;  // unknown text: always in parentheses
        case NodeKind::composed: return precedence_of(static_cast<const ComposedNode&>(node));
        case NodeKind::label: return precedence_of(*static_cast<const LabelNode&>(node).operand);
        case NodeKind::scoped: return precedence_of(*static_cast<const ScopedNode&>(node).operand);
        default: return precedence::atom;
    }
}

std::string_view operator_text(Op op) noexcept {
    switch (op) {
        case Op::equal: return " = ";
        case Op::not_equal: return " != ";
        case Op::less: return " < ";
        case Op::less_equal: return " <= ";
        case Op::greater: return " > ";
        case Op::greater_equal: return " >= ";
        case Op::is: return " IS ";
        case Op::is_not: return " IS NOT ";
        case Op::is_distinct_from: return " IS DISTINCT FROM ";
        case Op::is_not_distinct_from: return " IS NOT DISTINCT FROM ";
        case Op::add: return " + ";
        case Op::subtract: return " - ";
        case Op::multiply: return " * ";
        case Op::divide:
        case Op::floor_divide: return " / ";
        case Op::modulo: return " % ";
        case Op::concat: return " || ";
        case Op::like: return " LIKE ";
        case Op::not_like: return " NOT LIKE ";
        case Op::ilike: return " ILIKE ";
        case Op::not_ilike: return " NOT ILIKE ";
        case Op::and_: return " AND ";
        case Op::or_: return " OR ";
        case Op::not_: return "NOT ";
        case Op::negate: return "-";
        case Op::distinct: return "DISTINCT ";
        case Op::bit_and: return " & ";
        case Op::bit_or: return " | ";
        case Op::bit_xor: return " # ";
        case Op::bit_not: return "~";
        case Op::shift_left: return " << ";
        case Op::shift_right: return " >> ";
        case Op::regexp_match: return " REGEXP ";
        case Op::match: return " MATCH ";
    }
    return " ? ";
}

}  // namespace azoth::inline v0::sql
