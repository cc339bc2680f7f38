// SPDX-License-Identifier: MIT
#include <azoth/dialects/oracle/compiler.hpp>
#include <azoth/sql/precedence.hpp>

/// Operators that are functions in Oracle.
namespace azoth::inline v0::oracle {

using sql::Op;

namespace {

bool is_tuple(const sql::Node& node) {
    return node.kind == sql::NodeKind::composed &&
           static_cast<const sql::ComposedNode&>(node).form == sql::Form::tuple;
}

}  // namespace

void Compiler::visit_binary(const sql::BinaryNode& node) {
    const auto call = [&](std::string_view head, std::string_view tail) {
        write(head);
        visit(*node.left);
        write(", ");
        visit(*node.right);
        write(tail);
    };
    const auto scaled = [&](std::string_view head, std::string_view middle) {
        write(head);
        visit_operand(*node.left, sql::precedence::sign);
        write(middle);
        visit(*node.right);
        write("))");
    };
    if (is_tuple(*node.right)) {
        if (node.op != Op::equal && node.op != Op::not_equal)
            unsupported("order of tuples; compare their members");
        visit(*node.left);
        write(sql::operator_text(node.op));
        write("(");  // a list of one tuple
        visit(*node.right);
        return write(")");
    }
    switch (node.op) {
        case Op::modulo: return call("MOD(", ")");
        // DECODE takes two NULLs for equal.
        case Op::is_distinct_from: return call("DECODE(", ", 0, 1) = 1");
        case Op::is_not_distinct_from: return call("DECODE(", ", 0, 1) = 0");
        case Op::bit_and: return call("BITAND(", ")");
        case Op::bit_or:
        case Op::bit_xor: return visit_or_by_and(node);
        case Op::shift_left: return scaled("(", " * POWER(2, ");
        case Op::shift_right: return scaled("FLOOR(", " / POWER(2, ");
        case Op::regexp_match: return call("REGEXP_LIKE(", ")");
        case Op::match: unsupported("match(); write CONTAINS(…) as text()");
        case Op::floor_divide:  // of integers too there is a fraction, which is cut off
            if (!is_integer(node.left) || !is_integer(node.right)) break;
            write("TRUNC(");
            sql::Compiler::visit_binary(node);
            return write(")");
        default: break;
    }
    sql::Compiler::visit_binary(node);
}

/// a + b counts what both have twice: less it once is OR, less it twice XOR.
void Compiler::visit_or_by_and(const sql::BinaryNode& node) {
    const std::uint32_t start = values_used();
    write("(");
    visit_operand(*node.left, sql::precedence::sign);
    write(" + ");
    visit_operand(*node.right, sql::precedence::sign);
    write(node.op == Op::bit_xor ? " - 2 * BITAND(" : " - BITAND(");
    set_values_used(start);
    visit(*node.left);
    write(", ");
    visit(*node.right);
    write("))");
}

void Compiler::visit_unary(const sql::UnaryNode& node) {
    if (node.op != Op::bit_not) return sql::Compiler::visit_unary(node);
    write("(-1 - ");
    visit_operand(*node.operand, sql::precedence::sign);
    write(")");
}

}  // namespace azoth::inline v0::oracle
