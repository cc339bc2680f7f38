// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/compiler.hpp>
#include <azoth/sql/compiler_frame.hpp>
#include <azoth/sql/extension.hpp>
#include <azoth/sql/identifier.hpp>
#include <azoth/sql/precedence.hpp>
#include <azoth/sql/result_columns.hpp>
#include <azoth/types/decimal.hpp>
#include <azoth/types/temporal.hpp>
#include <azoth/types/uuid.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <utility>

namespace azoth::inline v0::sql {

Compiler::Compiler(const Capabilities& capabilities) : capabilities_(capabilities) {}
Compiler::~Compiler() = default;

Ref<const Compiled> Compiler::compile(const StatementNode& statement, CompileMode mode) {
    const Values none;
    segments_ = collect_segments(statement, none);
    return compile_with_segments(statement, mode);
}

Ref<const Compiled> Compiler::compile(const Lowered& lowered, CompileMode mode) {
    segments_.owners = lowered.owners;
    for (const auto& constant : lowered.constants) segments_.owners.push_back(constant.get());
    (void)compile_with_segments(*lowered.statement, mode);
    compiled_->plan = lowered.plan;
    compiled_->constants = lowered.constants;
    return compiled_ref_;
}

Ref<const Compiled> Compiler::compile_with_segments(const StatementNode& statement,
                                                    CompileMode mode) {
    many_ = is_many(mode);
    schemas_ = schemas_of(mode);
    statement_ = &statement;
    const auto started = std::chrono::steady_clock::now();
    compiled_ref_ = make_ref<Compiled>();
    compiled_ = compiled_ref_.get();
    next_ordinal_.assign(segments_.owners.size(), 0);
    compiled_->list_ordinals.resize(segments_.owners.size());
    compiled_->kind = statement.kind;
    compiled_->writes = statement.writes();
    describe_result(statement);
    visit_statement(statement);
    if (!ctes_.empty() && statement.kind == NodeKind::insert &&
        capabilities_.with_clause == WithClause::before_select)
        unsupported("WITH before INSERT; use a subquery, or INSERT … SELECT");
    with_prologue();
    compiled_->text = std::move(out_);
    compiled_->finish(capabilities_.placeholder);
    compiled_->compiled_at = std::chrono::steady_clock::now();
    compiled_->compile_time = compiled_->compiled_at - started;
    return compiled_ref_;
}

std::string Compiler::inline_expression(const Expression& expression, bool qualify) {
    inline_values_ = &expression.values;
    next_ordinal_.assign(1, 0);
    qualify_ = qualify;
    if (wanted_ == Wanted::value) wanted_ = Wanted::either;
    visit(*expression.node);
    return std::move(out_.text);
}

void Compiler::unsupported(const std::string& what) const {
    throw UnsupportedCompilationError("the " + std::string(capabilities_.dialect) +
                                      " dialect has no " + what);
}

void Compiler::write_name(std::string_view name) {
    append_name(out_.text, name, capabilities_);
}

void Compiler::write_table(const TableNode& table) {
    append_schema(out_.text, table.schema, schemas_, capabilities_);
    write_name(table.name);
}

void Compiler::visit_as_it_is(const Node& node) {
    switch (node.kind) {
        case NodeKind::column: return visit_column(static_cast<const ColumnNode&>(node));
        case NodeKind::bind: return visit_bind(static_cast<const BindNode&>(node));
        case NodeKind::constant: return visit_constant(static_cast<const ConstantNode&>(node));
        case NodeKind::binary: return visit_binary(static_cast<const BinaryNode&>(node));
        case NodeKind::unary: return visit_unary(static_cast<const UnaryNode&>(node));
        case NodeKind::conjunction:
            return visit_conjunction(static_cast<const ConjunctionNode&>(node));
        case NodeKind::function: return visit_function(static_cast<const FunctionNode&>(node));
        case NodeKind::cast: return visit_cast(static_cast<const CastNode&>(node));
        case NodeKind::case_: return visit_case(static_cast<const CaseNode&>(node));
        case NodeKind::between: return visit_between(static_cast<const BetweenNode&>(node));
        case NodeKind::in: return visit_in(static_cast<const InNode&>(node));
        case NodeKind::subquery_element:
            return visit_subquery_element(static_cast<const SubqueryElementNode&>(node));
        case NodeKind::label: return visit_label(static_cast<const LabelNode&>(node));
        case NodeKind::ordering: return visit_ordering(static_cast<const OrderingNode&>(node));
        case NodeKind::fragment: {
            const auto& fragment = static_cast<const FragmentNode&>(node);
            return visit_fragment(fragment.sql, fragment.binds);
        }
        case NodeKind::list: return visit_list(static_cast<const ListNode&>(node));
        case NodeKind::assignment:
            throw CompileError("an assignment stands where a value is expected; compare with ==");
        case NodeKind::excluded:
            refuse_extension(*static_cast<const ExcludedNode&>(node).target);
            return visit_excluded(*static_cast<const ExcludedNode&>(node).column);
        case NodeKind::extension: return refuse_extension(node);
        case NodeKind::composed: return visit_composed(static_cast<const ComposedNode&>(node));
        case NodeKind::scoped: return visit_scoped(static_cast<const ScopedNode&>(node));
        default:
            if (node.kind >= NodeKind::select)
                return visit_statement(static_cast<const StatementNode&>(node));
            from_object(node);
    }
}

void Compiler::visit_twice(const Node& node, std::string_view between) {
    const std::uint32_t first = next_ordinal_[segment_];
    visit(node);
    write(between);
    next_ordinal_[segment_] = first;
    visit(node);
}

void Compiler::visit_excluded(const ColumnNode& column) {
    write("excluded.");
    write_name(column.name);
}

void Compiler::visit_operand(const Node& node, int precedence) {
    const bool parentheses = precedence_of(node) <= precedence;
    if (parentheses) write("(");
    visit(node);
    if (parentheses) write(")");
}

void Compiler::visit_column(const ColumnNode& node) {
    if (lints_) note_mention(*node.from);
    if (qualify_) {
        const auto renamed = renamed_tables_.find(node.from);
        if (renamed != renamed_tables_.end())
            write_name(renamed->second);
        else if (node.from->kind == NodeKind::table)
            write_table(static_cast<const TableNode&>(*node.from));
        else
            write_name(name_of(*node.from));
        write(".");
    }
    write_name(node.name);
}

void Compiler::visit_bind(const BindNode& node) {
    if (inline_values_) {
        if (!node.name.empty() || node.extra.expanding)
            throw CompileError("a named or list parameter can't stand in DDL");
        const ValueView value = (*inline_values_)[next_ordinal_[0]++].view();
        return append_literal(out_.text, literal(value, node.type));
    }
    write_placeholder(node, placeholder_suffix(node.type));
}

void Compiler::write_placeholder(const BindNode& node, std::string suffix) {
    SqlText::Place place{out_.text.size(), segment_, 0, Ref<const BindNode>(&node),
                         std::move(suffix)};
    if (node.extra.literal_execute) {
        compiled_->literal = literal_function();
        if (!compiled_->literal) unsupported("literal_execute");
    }
    if (node.is_counted()) place.ordinal = next_ordinal_[segment_]++;
    if (node.extra.expanding) {
        place.empty =
            empty_list(node.members.empty() ? std::span(&node.type, 1) : std::span(node.members));
        for (const Type& member : node.members)
            place.suffixes.push_back(placeholder_suffix(member));
        if (capabilities_.tuple_list_is_values) place.before_tuples = "VALUES ";
        auto& lists = compiled_->list_ordinals[segment_];
        if (node.is_counted() &&
            std::find(lists.begin(), lists.end(), place.ordinal) == lists.end())
            lists.push_back(place.ordinal);
    }
    out_.places.push_back(std::move(place));
}

std::string Compiler::placeholder_suffix(const Type&) const {
    return {};
}

void Compiler::visit_constant(const ConstantNode& node) {
    switch (node.which) {
        case ConstantNode::Which::null: return write("NULL");
        case ConstantNode::Which::true_: return write(capabilities_.native_boolean ? "TRUE" : "1");
        case ConstantNode::Which::false_:
            return write(capabilities_.native_boolean ? "FALSE" : "0");
    }
}

namespace {

/// a - (b - c), a / (b * c): the right operand of these keeps its parentheses at equal precedence;
/// the left one may go without.
[[nodiscard]] bool is_associative_left(Op op) {
    return precedence_of(op) == precedence::product || precedence_of(op) == precedence::sum ||
           op == Op::concat;
}

}  // namespace

void Compiler::visit_binary(const BinaryNode& node) {
    if (node.op == Op::divide) return visit_true_division(node);
    if (node.op == Op::floor_divide && !(is_integer(node.left) && is_integer(node.right))) {
        write("floor(");
        visit_true_division(node);
        return write(")");
    }
    if (node.op == Op::bit_xor && !capabilities_.bit_xor) return visit_xor_by_and(node);
    if ((node.op == Op::ilike || node.op == Op::not_ilike) && !capabilities_.ilike) {
        write("lower(");
        visit(*node.left);
        write(node.op == Op::ilike ? ") LIKE lower(" : ") NOT LIKE lower(");
        visit(*node.right);
        write(")");
    } else {
        // Databases disagree on how tightly || and the operators of bits bind, so their operands
        // are always set apart.
        const bool set_apart = node.op == Op::concat || precedence_of(node.op) == precedence::bits;
        const int own = set_apart ? precedence::sign : precedence_of(node.op);
        const bool bare_left =
            is_associative_left(node.op) && precedence_of(*node.left) == precedence_of(node.op);
        visit_operand(*node.left, bare_left ? precedence::none : own);
        if (node.op == Op::is_distinct_from && !capabilities_.distinct_from.empty())
            write(capabilities_.distinct_from);
        else if (node.op == Op::is_not_distinct_from && !capabilities_.not_distinct_from.empty())
            write(capabilities_.not_distinct_from);
        else
            write(operator_text(node.op));
        visit_operand(*node.right, own);
    }
    if (node.escape) {
        write(" ESCAPE ");
        visit(*node.escape);
    }
}

/// (a | b) - (a & b), with the same values twice.
void Compiler::visit_xor_by_and(const BinaryNode& node) {
    const std::uint32_t start = values_used();
    for (const Op op : {Op::bit_or, Op::bit_and}) {
        write(op == Op::bit_or ? "((" : " - (");
        set_values_used(start);
        visit_operand(*node.left, precedence::sign);
        write(operator_text(op));
        visit_operand(*node.right, precedence::sign);
        write(")");
    }
    write(")");
}

void Compiler::visit_true_division(const BinaryNode& node) {
    visit_operand(*node.left, precedence::product);
    write(" / ");
    visit_operand(*node.right, precedence::product);
}

void Compiler::visit_unary(const UnaryNode& node) {
    write(operator_text(node.op));
    if (node.op == Op::not_) return visit_condition(*node.operand, precedence_of(node.op));
    visit_operand(*node.operand, node.op == Op::distinct ? -1 : precedence_of(node.op));
}

void Compiler::visit_conjunction(const ConjunctionNode& node) {
    bool first = true;
    for (const auto& operand : node.operands) {
        if (!first) write(operator_text(node.op));
        first = false;
        visit_condition(*operand, precedence_of(node.op));
    }
}

namespace {

bool is_niladic(std::string_view name) {
    static constexpr std::string_view known[] = {
        "current_date", "current_time",   "current_timestamp", "current_user",
        "localtime",    "localtimestamp", "session_user",      "user"};
    return std::find(std::begin(known), std::end(known), name) != std::end(known);
}

}  // namespace

void Compiler::visit_function(const FunctionNode& node) {
    // these are written without parentheses
    if (node.arguments.empty() && is_niladic(node.name)) return write(node.name);
    // those of the library begin so, which no name of a program's can
    const std::string_view name = node.name;
    write_function(name.starts_with('@') ? name.substr(1) : name, node);
}

void Compiler::write_function(std::string_view name, const FunctionNode& node) {
    write(name);
    write(name == "GROUPING SETS" ? " (" : "(");
    if (node.arguments.empty() && name == "count") write("*");
    bool first = true;
    for (const auto& argument : node.arguments) {
        if (!first) write(", ");
        first = false;
        visit_argument(*argument);
    }
    write(")");
}

void Compiler::visit_argument(const Node& argument) {
    visit(argument);
}

void Compiler::visit_choices(const SubqueryElementNode& choices) {
    visit(choices);
}

/// The names of standard SQL, and of the types that it lacks the most usual ones.
std::string Compiler::cast_type(const Type& type) const {
    const TypeDef& def = type.def();
    const std::string varchar =
        def.length == 0 ? "VARCHAR" : "VARCHAR(" + std::to_string(def.length) + ")";
    switch (def.kind) {
        case TypeKind::null: return "NULL";
        case TypeKind::boolean: return "BOOLEAN";
        case TypeKind::small_integer: return "SMALLINT";
        case TypeKind::integer: return "INTEGER";
        case TypeKind::big_integer: return "BIGINT";
        case TypeKind::float32: return "REAL";
        case TypeKind::float64: return "DOUBLE PRECISION";
        case TypeKind::numeric:
            return def.precision == 0 ? "NUMERIC"
                                      : "NUMERIC(" + std::to_string(def.precision) + ", " +
                                            std::to_string(def.scale) + ")";
        case TypeKind::text: return "TEXT";
        case TypeKind::large_binary: return "BLOB";
        case TypeKind::date: return "DATE";
        case TypeKind::time: return "TIME";
        case TypeKind::datetime: return "TIMESTAMP";
        case TypeKind::uuid: return "UUID";
        case TypeKind::json:
        case TypeKind::jsonb: return "JSON";
        case TypeKind::string:
        case TypeKind::enumeration: return varchar;
    }
    throw CompileError("this type has no name in CAST");
}

void Compiler::visit_cast(const CastNode& node) {
    write("CAST(");
    visit(*node.operand);
    write(" AS ");
    write(cast_type(node.type));
    write(")");
}

void Compiler::visit_case(const CaseNode& node) {
    write("CASE");
    if (node.subject) {
        write(" ");
        visit(*node.subject);
    }
    for (const auto& branch : node.branches) {
        write(" WHEN ");
        if (node.subject)
            visit(*branch.when);
        else
            visit_condition(*branch.when);
        write(" THEN ");
        visit(*branch.then);
    }
    if (node.otherwise) {
        write(" ELSE ");
        visit(*node.otherwise);
    }
    write(" END");
}

void Compiler::visit_compared(const Node& operand) {
    visit_operand(operand, precedence::comparison);
}

void Compiler::visit_between(const BetweenNode& node) {
    visit_compared(*node.operand);
    write(node.negated ? " NOT BETWEEN " : " BETWEEN ");
    visit_operand(*node.low, precedence::comparison);
    write(" AND ");
    visit_operand(*node.high, precedence::comparison);
}

void Compiler::visit_in(const InNode& node) {
    visit_compared(*node.operand);
    write(node.negated ? " NOT IN " : " IN ");
    if (node.choices->kind == NodeKind::subquery_element)
        return visit_choices(static_cast<const SubqueryElementNode&>(*node.choices));
    if (node.choices->kind != NodeKind::bind) return visit(*node.choices);
    write("(");
    visit(*node.choices);
    write(")");
}

std::string Compiler::empty_list(std::span<const Type> types) const {
    std::string out = "SELECT ";
    for (const Type& type : types)
        out +=
            (&type == types.data() ? "CAST(NULL AS " : ", CAST(NULL AS ") + cast_type(type) + ")";
    return out + " WHERE 1 = 0";
}

void Compiler::visit_label(const LabelNode& node) {
    if (!is_selected_label(node)) return visit(*node.operand);
    pass_over(*node.operand);
    write_name(node.name);
}

// The values of what the label stands for were counted, so they are counted here and sent nowhere.
void Compiler::pass_over(const Node& node) {
    SqlText kept = std::exchange(out_, {});
    visit(node);
    if (!out_.places.empty()) compiled_->direct = false;
    out_ = std::move(kept);
}

bool Compiler::is_integer(const NodeRef& element) {
    const TypeKind kind = static_cast<const Element&>(*element).type.kind();
    return kind == TypeKind::small_integer || kind == TypeKind::integer ||
           kind == TypeKind::big_integer;
}

void Compiler::visit_ordering(const OrderingNode& node) {
    visit(*node.operand);
    ordering_direction(node);
}

void Compiler::ordering_direction(const OrderingNode& node) {
    if (node.descending) write(" DESC");
    if (node.nulls == OrderingNode::Nulls::first) write(" NULLS FIRST");
    if (node.nulls == OrderingNode::Nulls::last) write(" NULLS LAST");
}

void Compiler::visit_fragment(std::string_view sql, std::span<const NodeRef> binds) {
    if (has_schema_places(sql))
        throw CompileError("SQL that a program wrote holds a NUL character");
    std::size_t used = 0;
    for (const char c : sql) {
        if (c == bind_marker)
            visit(*binds[used++]);
        else
            out_.text += c;
    }
}

void Compiler::visit_list(const ListNode& node) {
    write("(");
    visit_list(node.items);
    write(")");
}

std::string Compiler::literal(const ValueView& value, const Type&) const {
    std::string out;
    switch (value.kind) {
        case Kind::null: return "NULL";
        case Kind::boolean:
            return capabilities_.native_boolean ? (value.boolean ? "TRUE" : "FALSE")
                                                : (value.boolean ? "1" : "0");
        case Kind::int64: return std::to_string(value.integer);
        case Kind::uint64: return std::to_string(value.natural);
        case Kind::float64: {
            if (!std::isfinite(value.real))
                throw DataError({.message = "NaN and infinity have no literal form in SQL"});
            char buffer[32];
            const auto end = std::to_chars(buffer, buffer + sizeof buffer, value.real).ptr;
            out.assign(buffer, end);
            if (out.find_first_of(".e") == std::string::npos) out += ".0";
            return out;
        }
        case Kind::text: quote_text(out, value.text()); return out;
        case Kind::bytes: {
            static constexpr char digits[] = "0123456789abcdef";
            out = "X'";
            for (const char c : value.text()) {
                out += digits[static_cast<unsigned char>(c) >> 4];
                out += digits[static_cast<unsigned char>(c) & 15];
            }
            return out + "'";
        }
        case Kind::date: quote_text(out, format_date(value.integer)); return out;
        case Kind::time: quote_text(out, format_time(value.integer)); return out;
        case Kind::datetime:
        case Kind::timestamp: quote_text(out, format_datetime(value.integer)); return out;
        case Kind::uuid: quote_text(out, to_string(Uuid::from_bytes(value.uuid))); return out;
        case Kind::decimal: return value.decimal->to_string();
    }
    throw CompileError("a value of this kind has no literal form");
}

}  // namespace azoth::inline v0::sql
