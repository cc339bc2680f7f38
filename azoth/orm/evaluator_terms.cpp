// SPDX-License-Identifier: MIT
#include <azoth/orm/evaluator.hpp>
#include <azoth/schema/table_object.hpp>
#include <azoth/sql/from.hpp>
#include <azoth/sql/precedence.hpp>

#include <algorithm>
#include <span>
#include <utility>

/// From expressions of statements to terms.
namespace azoth::inline v0::orm {

using sql::NodeKind;
using sql::Op;

namespace {

template <class T>
const T& as(const sql::Node& node) {
    return static_cast<const T&>(node);
}

bool is_evaluated(Op op) {
    return op < Op::distinct && op != Op::divide && op != Op::floor_divide;
}

/// The character of `ESCAPE '/'`, which stands in the tree as SQL text; 0 for none.
char escape_of(const sql::BinaryNode& binary) {
    if (!binary.escape) return 0;
    const std::string& quoted = as<sql::FragmentNode>(*binary.escape).sql;
    return quoted.size() >= 2 ? quoted[1] : '\0';
}

const char* name_of(NodeKind kind) {
    switch (kind) {
        case NodeKind::cast: return "CAST";
        case NodeKind::subquery_element: return "a subquery";
        case NodeKind::fragment: return "SQL text";
        case NodeKind::list: return "a list";
        case NodeKind::excluded: return "excluded()";
        default: return "an expression of this kind";
    }
}

}  // namespace

Term TermBuilder::build(const sql::Node& node, std::size_t first) {
    next_ = first;
    refusal_.clear();
    return term(node);
}

Term TermBuilder::refuse(std::string what) {
    if (refusal_.empty()) refusal_ = std::move(what);
    return {};
}

Term TermBuilder::term(const sql::Node& node) {
    if (!refusal_.empty()) return {};
    switch (node.kind) {
        case NodeKind::column: return column(as<sql::ColumnNode>(node));
        case NodeKind::bind: return bind(as<sql::BindNode>(node));
        case NodeKind::constant: return constant(as<sql::ConstantNode>(node));
        case NodeKind::label: return term(*as<sql::LabelNode>(node).operand);
        case NodeKind::unary: return unary(as<sql::UnaryNode>(node));
        case NodeKind::binary: return binary(as<sql::BinaryNode>(node));
        case NodeKind::in: return in(as<sql::InNode>(node));
        case NodeKind::case_: return case_of(as<sql::CaseNode>(node));
        case NodeKind::function: return refuse(as<sql::FunctionNode>(node).name + "()");
        case NodeKind::conjunction: {
            const auto& conjunction = as<sql::ConjunctionNode>(node);
            Term all{.what = Term::What::conjunction, .op = conjunction.op};
            for (const auto& operand : conjunction.operands) all.parts.push_back(term(*operand));
            return all;
        }
        case NodeKind::between: {
            const auto& between = as<sql::BetweenNode>(node);
            Term made{.what = Term::What::between, .negated = between.negated};
            for (const auto* part : {&between.operand, &between.low, &between.high})
                made.parts.push_back(term(**part));
            return made;
        }
        default: return refuse(name_of(node.kind));
    }
}

Term TermBuilder::column(const sql::ColumnNode& column) {
    const Attribute* const attribute =
        column.from == &mapper_.table() ? mapper_.attribute_of(column) : nullptr;
    if (!attribute) return refuse("column '" + column.name + "' of " + column.from->describe());
    const TypeKind kind = column.type.kind();
    if (kind == TypeKind::json || kind == TypeKind::jsonb)
        return refuse("the JSON of " + mapper_.class_name() + "::" + attribute->name);
    return {.what = Term::What::attribute, .attribute = attribute};
}

Term TermBuilder::bind(const sql::BindNode& bind) {
    if (bind.extra.expanding) return refuse("a list");
    if (bind.extra.has_value)
        return refuse("the parameter :" + bind.name + " with a value of its own");
    if (bind.name.empty()) return {.constant = values_[next_++].view()};
    if (parameters_)
        for (const NamedArgument& parameter : *parameters_)
            if (parameter.name == bind.name) return {.constant = parameter.value.view()};
    return refuse("the parameter :" + bind.name);
}

Term TermBuilder::constant(const sql::ConstantNode& constant) {
    using Which = sql::ConstantNode::Which;
    if (constant.which == Which::null) return {};
    return {.constant = ValueView::of_bool(constant.which == Which::true_)};
}

Term TermBuilder::unary(const sql::UnaryNode& unary) {
    if (unary.op != Op::not_ && unary.op != Op::negate) return refuse("DISTINCT or ~");
    Term made{.what = Term::What::unary, .op = unary.op};
    made.parts.push_back(term(*unary.operand));
    return made;
}

Term TermBuilder::binary(const sql::BinaryNode& binary) {
    if (!is_evaluated(binary.op))
        return refuse(binary.op == Op::divide || binary.op == Op::floor_divide
                          ? "a division"
                          : "the operator" + std::string(sql::operator_text(binary.op)));
    Term made{.what = Term::What::binary, .op = binary.op, .escape = escape_of(binary)};
    made.parts.push_back(term(*binary.left));
    made.parts.push_back(term(*binary.right));
    return made;
}

Term TermBuilder::in(const sql::InNode& in) {
    Term made{.what = Term::What::in, .negated = in.negated};
    made.parts.push_back(term(*in.operand));
    add_list(made, *in.choices);
    return made;
}

/// A placeholder for a list has its length before its values.
void TermBuilder::add_list(Term& list, const sql::Node& choices) {
    if (!refusal_.empty()) return;
    if (choices.kind == NodeKind::list) {
        for (const auto& choice : as<sql::ListNode>(choices).items)
            list.parts.push_back(term(*choice));
        return;
    }
    const bool is_list = choices.kind == NodeKind::bind &&
                         as<sql::BindNode>(choices).extra.expanding &&
                         as<sql::BindNode>(choices).name.empty();
    if (!is_list) {
        refusal_ = choices.kind == NodeKind::bind ? "a list by name" : name_of(choices.kind);
        return;
    }
    bool are_integers = true;
    for (auto left = values_[next_++].view().natural; left != 0; --left) {
        list.parts.push_back({.constant = values_[next_++].view()});
        are_integers = are_integers && list.parts.back().constant.kind == Kind::int64;
    }
    constexpr std::size_t few = 8;
    if (!are_integers || list.parts.size() <= few) return;
    for (const Term& part : std::span(list.parts).subspan(1))
        list.integers.push_back(part.constant.integer);
    std::sort(list.integers.begin(), list.integers.end());
}

Term TermBuilder::case_of(const sql::CaseNode& node) {
    Term made{.what = Term::What::case_};
    if (node.subject) return refuse("CASE with a subject");
    for (const auto& branch : node.branches) {
        made.parts.push_back(term(*branch.when));
        made.parts.push_back(term(*branch.then));
    }
    made.parts.push_back(node.otherwise ? term(*node.otherwise) : Term{});
    return made;
}

}  // namespace azoth::inline v0::orm
