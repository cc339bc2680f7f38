// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/constructs.hpp>
#include <azoth/sql/elements.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/identifier.hpp>
#include <azoth/sql/window.hpp>

#include <cmath>

namespace azoth::inline v0::sql {
namespace {

const Element& element(const Expression& expression) {
    return static_cast<const Element&>(*expression.node);
}

/// The placeholder of a literal, or null for anything else.
const BindNode* as_literal(const Expression& expression) {
    if (expression.node->kind != NodeKind::bind) return nullptr;
    const auto& bind = static_cast<const BindNode&>(*expression.node);
    return bind.name.empty() && bind.extra == BindNode::Extra{} ? &bind : nullptr;
}

bool is_null_literal(const Expression& expression) {
    if (expression.node->kind == NodeKind::constant)
        return static_cast<const ConstantNode&>(*expression.node).which ==
               ConstantNode::Which::null;
    return as_literal(expression) && expression.values.size() == 1 &&
           expression.values[0].is_null();
}

/// True where a value of SQL type `literal` must be sent as `other` for the database to read it the
/// way the program means it: databases have no comparison between text and uuid, and comparing a
/// numeric with a float would compare as floats.
bool takes_type_of(TypeKind literal, TypeKind other) {
    switch (other) {
        case TypeKind::uuid:
        case TypeKind::json:
        case TypeKind::jsonb: return literal == TypeKind::string || literal == TypeKind::text;
        // The column may have another native type than that named after the C++ enumeration, or
        // none.
        case TypeKind::enumeration:
            return literal == TypeKind::string || literal == TypeKind::text ||
                   literal == TypeKind::enumeration;
        case TypeKind::string:
        case TypeKind::text: return literal == TypeKind::enumeration || literal == TypeKind::null;
        case TypeKind::numeric:
            return literal >= TypeKind::small_integer && literal <= TypeKind::float64;
        default: return literal == TypeKind::null;
    }
}

/// The value in the form in which `other` is compared. Decimals that SQLite calculated are texts,
/// which equal no number.
Value value_like(Value value, TypeKind other) {
    if (other != TypeKind::numeric) return value;
    const ValueView view = value.view();
    if (view.kind == Kind::int64) return Value(ValueView::of_decimal(Decimal(view.integer)));
    if (view.kind == Kind::uint64) return Value(ValueView::of_decimal(Decimal(view.natural)));
    if (view.kind == Kind::float64 && std::isfinite(view.real))
        return Value(ValueView::of_decimal(Decimal::from_double(view.real)));
    return value;
}

void adopt_type(Expression& literal, const Expression& other) {
    const BindNode* bind = as_literal(literal);
    const TypeKind kind = element(other).type.kind();
    auto adapted = bind ? adapted_bind(*bind, element(other)) : Ref<const BindNode>();
    if (!adapted) return;
    literal.node = std::move(adapted);
    if (kind != TypeKind::numeric) return;
    Values values;
    for (const Value& value : literal.values.span()) values.push(value_like(value, kind));
    literal.values = std::move(values);
}

Expression with_values(NodeRef node, Values values) {
    return {std::move(node), std::move(values)};
}

Values joined(Values first, Values second) {
    first.append(std::move(second));
    return first;
}

}  // namespace

Ref<const BindNode> adapted_bind(const BindNode& bind, const Element& other) {
    if (!bind.name.empty() || !takes_type_of(bind.type.kind(), other.type.kind())) return {};
    if (bind.extra != BindNode::Extra{})
        return make_ref<BindNode>(other.type, std::string(), bind.extra);
    if (other.kind == NodeKind::column) return static_cast<const ColumnNode&>(other).bind;
    return bind_of(other.type);
}

Expression::Expression(const Expression& other) = default;
Expression& Expression::operator=(const Expression& other) = default;
Expression& Expression::operator=(Expression&& other) noexcept = default;
Expression::~Expression() = default;

Expression to_expression(const Operand& operand) {
    if (const Expression* expression = operand.expression) {
        if (!operand.expiring) {
            Expression copy = *expression;
            if (operand.last) copy.values.push(*operand.last);
            return copy;
        }
        // what expires was handed over mutable
        Expression taken = std::move(*const_cast<Expression*>(expression));
        if (operand.last) taken.values.push(std::move(*const_cast<Value*>(operand.last)));
        return taken;
    }
    if (!operand.type) return constant_null();
    Expression made;
    made.values.push_view(operand.value);
    made.node = bind_of(*operand.type);
    return made;
}

const Type& type_of(const Expression& expression) {
    return element(expression).type;
}

Expression literal(const Type& type, Value value) {
    Values values;
    values.push(std::move(value));
    return with_values(bind_of(type), std::move(values));
}

Expression is_null(const Expression& operand, bool negated) {
    return binary(negated ? Op::is_not : Op::is, Operand::of(operand), Operand{},
                  plain_type(TypeKind::boolean));
}

namespace {

/// What most conditions are: a column and a value that is neither NULL nor takes the column's type.
bool are_column_and_value(const Operand& left, const Operand& right) {
    return left.expression && left.expression->node->kind == NodeKind::column &&
           !right.expression && right.type && !right.value.is_null() &&
           !takes_type_of(right.type->kind(), type_of(*left.expression).kind());
}

}  // namespace

Expression binary(Op op, const Operand& left_operand, const Operand& right_operand,
                  const Type& result) {
    if (are_column_and_value(left_operand, right_operand)) {
        Expression made;
        made.values.push_view(right_operand.value);
        made.node = make_ref<BinaryNode>(op, left_operand.expression->node,
                                         bind_of(*right_operand.type), result);
        return made;
    }
    Expression left = to_expression(left_operand);
    Expression right = to_expression(right_operand);
    if (op == Op::equal || op == Op::not_equal) {
        if (is_null_literal(left)) std::swap(left, right);
        if (is_null_literal(right)) {
            op = op == Op::equal ? Op::is : Op::is_not;
            right = constant_null();
        }
    } else if (op >= Op::less && op <= Op::greater_equal &&
               (is_null_literal(left) || is_null_literal(right))) {
        throw ArgumentError(
            "a comparison by <, <=, > or >= with an empty optional is never true: compare only "
            "where there is a value, or use == for IS NULL");
    }
    adopt_type(right, left);
    adopt_type(left, right);
    auto node = make_ref<BinaryNode>(op, std::move(left.node), std::move(right.node), result);
    return with_values(std::move(node), joined(std::move(left.values), std::move(right.values)));
}

Expression unary(Op op, const Operand& operand_of, const Type& result) {
    Expression operand = to_expression(operand_of);
    auto node = make_ref<UnaryNode>(op, std::move(operand.node), result);
    return with_values(std::move(node), std::move(operand.values));
}

namespace {

bool is_constant(const Expression& expression, ConstantNode::Which which) {
    return expression.node->kind == NodeKind::constant &&
           static_cast<const ConstantNode&>(*expression.node).which == which;
}

/// Adds an operand to AND or OR: nested ones of the same operator are spliced in, the neutral
/// element is left out. \returns false where the operand decides the whole.
bool add_operand(Op op, std::vector<NodeRef>& nodes, Values& values, Expression&& operand) {
    const bool conjunctive = op == Op::and_;
    using Which = ConstantNode::Which;
    if (is_constant(operand, conjunctive ? Which::true_ : Which::false_)) return true;
    if (is_constant(operand, conjunctive ? Which::false_ : Which::true_)) return false;
    if (operand.node->kind == NodeKind::conjunction) {
        const auto& nested = static_cast<const ConjunctionNode&>(*operand.node);
        if (nested.op == op) {
            nodes.insert(nodes.end(), nested.operands.begin(), nested.operands.end());
            values.append(std::move(operand.values));
            return true;
        }
    }
    nodes.push_back(std::move(operand.node));
    values.append(std::move(operand.values));
    return true;
}

Expression finish_conjunction(Op op, std::vector<NodeRef> nodes, Values values) {
    if (nodes.empty()) return op == Op::and_ ? constant_true() : constant_false();
    if (nodes.size() == 1) return with_values(std::move(nodes.front()), std::move(values));
    return with_values(make_ref<ConjunctionNode>(op, std::move(nodes)), std::move(values));
}

Expression decided(Op op) {
    return op == Op::and_ ? constant_false() : constant_true();
}

}  // namespace

Expression conjunction(Op op, Operands operands) {
    std::vector<NodeRef> nodes;
    nodes.reserve(operands.size());
    Values values;
    for (const Operand& operand : operands)
        if (!add_operand(op, nodes, values, to_expression(operand))) return decided(op);
    return finish_conjunction(op, std::move(nodes), std::move(values));
}

Expression conjunction(Op op, std::vector<Expression> operands) {
    std::vector<NodeRef> nodes;
    nodes.reserve(operands.size());
    Values values;
    for (auto& operand : operands)
        if (!add_operand(op, nodes, values, std::move(operand))) return decided(op);
    return finish_conjunction(op, std::move(nodes), std::move(values));
}

Expression negate(const Operand& operand_of) {
    const Expression operand = to_expression(operand_of);
    using Which = ConstantNode::Which;
    if (is_constant(operand, Which::true_)) return constant_false();
    if (is_constant(operand, Which::false_)) return constant_true();
    return unary(Op::not_, Operand::of(operand), plain_type(TypeKind::boolean));
}

Expression between(const Expression& operand_of, const Operand& low_operand,
                   const Operand& high_operand, bool negated) {
    Expression operand = operand_of;
    Expression low = to_expression(low_operand);
    Expression high = to_expression(high_operand);
    if (is_null_literal(low) || is_null_literal(high))
        throw ArgumentError("between() with an empty optional is never true");
    adopt_type(low, operand);
    adopt_type(high, operand);
    Values values =
        joined(joined(std::move(operand.values), std::move(low.values)), std::move(high.values));
    return with_values(make_ref<BetweenNode>(std::move(operand.node), std::move(low.node),
                                             std::move(high.node), negated),
                       std::move(values));
}

Expression between_symmetric(const Operand& operand_of, const Operand& low_of,
                             const Operand& high_of) {
    const Expression operand = to_expression(operand_of);
    Expression low = to_expression(low_of);
    Expression high = to_expression(high_of);
    adopt_type(low, operand);
    adopt_type(high, operand);
    return compose(Form::between_symmetric,
                   {Operand::of(operand), Operand::of(low), Operand::of(high)},
                   plain_type(TypeKind::boolean));
}

Expression in_values(const Expression& operand_of, const Type& type, const Values& choices,
                     bool negated) {
    Expression operand = operand_of;
    Type bound = type;
    const TypeKind kind = element(operand).type.kind();
    const bool adopts = takes_type_of(type.kind(), kind);
    if (adopts) bound = element(operand).type;
    Values values = std::move(operand.values);
    // How many of the following belong to it.
    values.push_view(ValueView::of_natural(choices.size()));
    for (const Value& choice : choices.span()) {
        if (choice.is_null())
            throw ArgumentError(
                "in() with a NULL among its values never finds NULLs: add || column.is_null()");
        values.push(adopts ? value_like(choice, kind) : choice);
    }
    auto list =
        make_ref<BindNode>(std::move(bound), std::string(), BindNode::Extra{.expanding = true});
    return with_values(make_ref<InNode>(std::move(operand.node), std::move(list), negated),
                       std::move(values));
}

Expression in_select(const Expression& operand_of, Expression select, bool negated) {
    Expression operand = operand_of;
    Values values = joined(std::move(operand.values), std::move(select.values));
    return with_values(make_ref<InNode>(std::move(operand.node), std::move(select.node), negated),
                       std::move(values));
}

Expression like(Op op, const Operand& operand_of, const Operand& pattern_of,
                std::string_view escape) {
    Expression operand = to_expression(operand_of);
    Expression pattern = to_expression(pattern_of);
    NodeRef escape_node;
    if (!escape.empty()) {
        if (escape.size() != 1)
            throw ArgumentError("like(): the escape is one ASCII character, not '" +
                                std::string(escape) + "'");
        std::string quoted;
        quote_text(quoted, escape);
        escape_node = make_ref<FragmentNode>(std::move(quoted), std::vector<NodeRef>{},
                                             plain_type(TypeKind::text));
    }
    Values values = joined(std::move(operand.values), std::move(pattern.values));
    return with_values(make_ref<BinaryNode>(op, std::move(operand.node), std::move(pattern.node),
                                            plain_type(TypeKind::boolean), std::move(escape_node)),
                       std::move(values));
}

Expression like_text(const Expression& operand, Anchor anchor, std::string_view text,
                     bool case_sensitive, bool negated) {
    std::string pattern = anchor == Anchor::prefix ? "" : "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '/') pattern += '/';
        pattern += c;
    }
    if (anchor != Anchor::suffix) pattern += '%';
    const Op op = case_sensitive ? (negated ? Op::not_like : Op::like)
                                 : (negated ? Op::not_ilike : Op::ilike);
    const Operand literal_pattern{nullptr, false, &plain_type(TypeKind::string),
                                  ValueView::of_text(pattern), nullptr};
    return like(op, Operand::of(operand), literal_pattern, "/");
}

Expression label(const Expression& operand, std::string_view name) {
    if (name.empty()) throw ArgumentError("label(): the name is empty");
    return with_values(make_ref<LabelNode>(std::string(name), operand.node), operand.values);
}

Expression cast(const Operand& operand_of, const Type& type) {
    Expression operand = to_expression(operand_of);
    return with_values(make_ref<CastNode>(std::move(operand.node), type),
                       std::move(operand.values));
}

Expression ordering(const Expression& operand, bool descending) {
    return with_values(
        make_ref<OrderingNode>(operand.node, descending, OrderingNode::Nulls::unspecified),
        operand.values);
}

Expression nulls_ordering(const Expression& operand, bool first) {
    const auto place = first ? OrderingNode::Nulls::first : OrderingNode::Nulls::last;
    NodeRef node = operand.node;
    bool descending = false;
    if (node->kind == NodeKind::ordering) {
        const auto& inner = static_cast<const OrderingNode&>(*node);
        descending = inner.descending;
        node = NodeRef(inner.operand);
    }
    return with_values(make_ref<OrderingNode>(std::move(node), descending, place), operand.values);
}

namespace {

bool is_name_character(char c, bool first) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    return letter || (!first && c >= '0' && c <= '9');
}

/// Function names are written bare, so each dotted part must be a plain identifier.
void check_function_name(std::string_view name) {
    bool first = true;
    bool ok = !name.empty();
    for (const char c : name) {
        if (c == '.' && !first) {
            first = true;
            continue;
        }
        ok = ok && is_name_character(c, first);
        first = false;
    }
    if (!ok || first)
        throw ArgumentError("'" + std::string(name) +
                            "' is no function name: letters, digits and _, parts joined by dots");
}

}  // namespace

Expression function(std::string_view name, Operands arguments, const Type& result) {
    check_function_name(name);
    return known_function(name, arguments, result);
}

Expression known_function(std::string_view name, Operands arguments, const Type& result) {
    std::vector<NodeRef> nodes;
    nodes.reserve(arguments.size());
    Values values;
    for (const Operand& operand : arguments) {
        Expression argument = to_expression(operand);
        nodes.push_back(std::move(argument.node));
        values.append(std::move(argument.values));
    }
    return with_values(make_ref<FunctionNode>(std::string(name), std::move(nodes), result),
                       std::move(values));
}

Expression constant_true() {
    static const NodeRef node = make_ref<ConstantNode>(ConstantNode::Which::true_);
    return {node, {}};
}
Expression constant_false() {
    static const NodeRef node = make_ref<ConstantNode>(ConstantNode::Which::false_);
    return {node, {}};
}
Expression constant_null() {
    static const NodeRef node = make_ref<ConstantNode>(ConstantNode::Which::null);
    return {node, {}};
}

}  // namespace azoth::inline v0::sql
