// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/compiler_frame.hpp>
#include <azoth/sql/extend.hpp>
#include <azoth/sql/precedence.hpp>
#include <azoth/sql/ranking.hpp>
#include <azoth/sql/traverse.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

/// The compiler's part for what is made of other nodes and a few words: windows, tuples, COLLATE, …
namespace azoth::inline v0::sql {

void Compiler::visit_composed(const ComposedNode& node) {
    const auto word = [&]() -> const std::string& {
        return static_cast<const PhraseNode&>(node).word;
    };
    switch (node.form) {
        case Form::collate:
            visit_operand(*node.parts[0], precedence::collate - 1);
            write(" COLLATE ");
            return write_name(word());
        case Form::extract: return visit_extract(*node.parts[0], word());
        case Form::tuple:
            write("(");
            visit_list(node.parts);
            return write(")");
        case Form::type_coerce: return visit(*node.parts[0]);
        case Form::try_cast: unsupported("TRY_CAST");
        case Form::any:
        case Form::all: return visit_quantified(node);
        case Form::operation:
            if (capabilities_.placeholder == "?" && word().find('?') != std::string::npos)
                unsupported("operators with ?, which is a parameter");
            visit_operand(*node.parts[0], precedence::sign);
            write(" " + word() + " ");
            return visit_operand(*node.parts[1], precedence::sign);
        case Form::between_symmetric: return visit_between_symmetric(node);
        case Form::regexp_replace: unsupported("replacement by regular expressions");
        case Form::inline_text: {
            const ValueView text = ValueView::of_text(word());
            return write(literal(text, plain_type(TypeKind::text)));
        }
        case Form::filter:
            if (!capabilities_.filter) return visit_filter_by_case(node);
            visit(*node.parts[0]);
            write(" FILTER (WHERE ");
            visit_condition(*node.parts[1]);
            return write(")");
        case Form::within_group:
            if (!capabilities_.within_group) unsupported("WITHIN GROUP");
            visit(*node.parts[0]);
            visit_orderings(" WITHIN GROUP (ORDER BY ", std::span(node.parts).subspan(1));
            return write(")");
        case Form::aggregate_order_by:
            if (!capabilities_.ordered_aggregates) unsupported("ORDER BY within an aggregate");
            visit(*node.parts[0]);
            reopen();
            visit_orderings(" ORDER BY ", std::span(node.parts).subspan(1));
            return write(")");
        case Form::over: return visit_window(static_cast<const WindowNode&>(node));
        case Form::hint: throw CompileError("a hint stands where a value is expected");
        case Form::custom: {
            const auto& custom = static_cast<const CustomNode&>(node);
            SqlWriter out(*this, custom);
            custom.compile(out);
            return out.finish();
        }
    }
}

/// AGGREGATE(CASE WHEN condition THEN argument END): these pass over NULL.
void Compiler::visit_filter_by_case(const ComposedNode& node) {
    static constexpr std::string_view known[] = {"count", "sum", "avg", "min", "max"};
    const auto* function = node.parts[0]->kind == NodeKind::function
                               ? static_cast<const FunctionNode*>(node.parts[0].get())
                               : nullptr;
    const bool can =
        function && function->arguments.size() <= 1 &&
        std::find(std::begin(known), std::end(known), function->name) != std::end(known);
    if (!can) unsupported("FILTER for aggregates other than count, sum, avg, min and max");
    write(function->name);
    write("(");
    SqlText argument;
    if (function->arguments.empty()) {
        argument.text = "1";
    } else {
        const Node* of = function->arguments.front().get();
        if (const Node* inner = distinct_operand(*of)) {
            write("DISTINCT ");
            of = inner;
        }
        argument = written(*of);
    }
    const std::string_view type = widened(*function);
    write(type.empty() ? "CASE WHEN " : "CAST(CASE WHEN ");
    visit_condition(*node.parts[1]);
    write(" THEN ");
    write(argument);
    write(" END");
    if (!type.empty()) write(" AS " + std::string(type) + ")");
    write(")");
}

void Compiler::visit_extract(const Node& operand, const std::string& field) {
    write("EXTRACT(" + field + " FROM ");
    visit(operand);
    write(")");
}

bool Compiler::visit_around(std::string_view name, const Node& operand,
                            std::span<const Around> known) {
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const Around& around) { return around.name == name; });
    if (found == known.end()) return false;
    write(found->before);
    visit(operand);
    write(found->behind);
    return true;
}

const Node* Compiler::distinct_operand(const Node& argument) noexcept {
    if (argument.kind != NodeKind::unary) return nullptr;
    const auto& unary = static_cast<const UnaryNode&>(argument);
    return unary.op == Op::distinct ? unary.operand.get() : nullptr;
}

const FunctionNode& Compiler::joined_texts(const ComposedNode& ordered) const {
    const auto& function = static_cast<const FunctionNode&>(*ordered.parts[0]);
    if (function.kind != NodeKind::function || function.name != "@aggregate_strings")
        unsupported("ORDER BY within aggregates other than aggregate_strings()");
    return function;
}

void Compiler::visit_list(std::span<const NodeRef> nodes) {
    bool first = true;
    for (const NodeRef& node : nodes) {
        if (!first) write(", ");
        first = false;
        visit(*node);
    }
}

void Compiler::visit_orderings(std::string_view keyword, std::span<const NodeRef> orderings) {
    if (orderings.empty()) return;
    write(keyword);
    visit_list(orderings);
}

SqlText Compiler::written(const Node& node) {
    SqlText kept = std::exchange(out_, {});
    visit(node);
    return std::exchange(out_, std::move(kept));
}

void Compiler::visit_quantified(const ComposedNode& node) {
    const bool any = node.form == Form::any;
    if (!capabilities_.quantified)
        unsupported(any ? "ANY (…); use in()" : "ALL (…); compare with a MIN or MAX");
    write(any ? "ANY " : "ALL ");
    if (node.parts[0]->kind == NodeKind::subquery_element) return visit(*node.parts[0]);
    write("(");
    visit(*node.parts[0]);
    write(")");
}

/// Where the database has no word for it, both orders are written, with the same values.
void Compiler::visit_between_symmetric(const ComposedNode& node) {
    const Node& operand = *node.parts[0];
    const Node& low = *node.parts[1];
    const Node& high = *node.parts[2];
    if (!capabilities_.between_symmetric) write("(");
    const std::uint32_t start = values_used();
    visit_compared(operand);
    write(capabilities_.between_symmetric ? " BETWEEN SYMMETRIC " : " BETWEEN ");
    const std::uint32_t before_low = values_used();
    visit_operand(low, precedence::comparison);
    const std::uint32_t before_high = values_used();
    write(" AND ");
    visit_operand(high, precedence::comparison);
    if (capabilities_.between_symmetric) return;
    const std::uint32_t end = values_used();
    write(" OR ");
    set_values_used(start);
    visit_compared(operand);
    write(" BETWEEN ");
    set_values_used(before_high);
    visit_operand(high, precedence::comparison);
    write(" AND ");
    set_values_used(before_low);
    visit_operand(low, precedence::comparison);
    set_values_used(end);
    write(")");
}

void Compiler::visit_window(const WindowNode& node) {
    const std::span<const NodeRef> parts(node.parts);
    visit(*parts[0]);
    write(" OVER (");
    visit_orderings("PARTITION BY ", parts.subspan(1, node.partitions));
    visit_orderings(node.partitions == 0 ? "ORDER BY " : " ORDER BY ",
                    parts.subspan(1 + node.partitions, node.orderings));
    const bool is_framed = node.frame.unit != WindowFrame::Unit::none;
    if (node.orderings == 0 && !no_order().empty()) {
        if (is_framed) unsupported("frames of windows without ORDER BY");
        if (wants_order(*parts[0])) {
            write(node.partitions == 0 ? "ORDER BY " : " ORDER BY ");
            write(no_order());
        }
    }
    if (is_framed) {
        if (node.partitions + node.orderings != 0) write(" ");
        visit_frame(node);
    }
    write(")");
}

void Compiler::visit_frame(const WindowNode& node) {
    using Exclude = WindowFrame::Exclude;
    using Place = WindowFrame::Place;
    static constexpr std::string_view units[] = {"", "ROWS", "RANGE", "GROUPS"};
    static constexpr std::string_view excluded[] = {"", " EXCLUDE CURRENT ROW", " EXCLUDE GROUP",
                                                    " EXCLUDE TIES", " EXCLUDE NO OTHERS"};
    const WindowFrame& frame = node.frame;
    if (!capabilities_.frame_groups && frame.unit == WindowFrame::Unit::groups)
        unsupported("windows of GROUPS");
    if (!capabilities_.frame_groups && frame.exclude != Exclude::nothing)
        unsupported("EXCLUDE in windows");
    std::size_t next = 1 + node.partitions + node.orderings;
    const auto bound = [&](const WindowFrame::Bound& end) {
        if (end.place == Place::unbounded_preceding) return write("UNBOUNDED PRECEDING");
        if (end.place == Place::unbounded_following) return write("UNBOUNDED FOLLOWING");
        if (end.place == Place::current_row) return write("CURRENT ROW");
        if (end.computed)
            visit(*node.parts[next++]);
        else
            write(std::to_string(end.distance));
        write(end.place == Place::preceding ? " PRECEDING" : " FOLLOWING");
    };
    write(units[static_cast<std::size_t>(frame.unit)]);
    write(" BETWEEN ");
    bound(frame.from);
    write(" AND ");
    bound(frame.to);
    write(excluded[static_cast<std::size_t>(frame.exclude)]);
}

void Compiler::visit_grouping(const FunctionNode& node) {
    if (!capabilities_.grouping_sets)
        unsupported(node.name + "(); write a UNION ALL of the groupings");
    visit(node);
}

// --- FROM ----------------------------------------------------------------------------------------

void Compiler::write_from_name(const FromNode& from) {
    write(alias_keyword());
    write_name(name_of(from));
}

void Compiler::visit_composed_from(const ComposedFromNode& from) {
    const SegmentScope own(*this, from);
    switch (from.words.form) {
        case FromForm::values: return visit_values(from);
        case FromForm::function: return visit_table_function(from);
        case FromForm::tablesample: {
            if (!capabilities_.tablesample) unsupported("TABLESAMPLE");
            write_table(static_cast<const TableNode&>(*from.parts[0]));
            write_from_name(from);
            write(" TABLESAMPLE ");
            visit(*from.parts[1]);
            if (from.parts.size() < 3) return;
            write(" REPEATABLE (");
            visit(*from.parts[2]);
            return write(")");
        }
    }
}

namespace {

void write_columns(std::string& out, const FromNode& from, const auto& name) {
    bool first = true;
    out += " (";
    for (const auto& column : from.columns) {
        if (!first) out += ", ";
        first = false;
        name(*column);
    }
    out += ")";
}

}  // namespace

void Compiler::visit_values(const ComposedFromNode& values) {
    write("(VALUES ");
    visit_list(values.parts);
    write(")");
    write_from_name(values);
    write_columns(out_.text, values, [&](const ColumnNode& column) { write_name(column.name); });
}

void Compiler::visit_values_as_selects(const ComposedFromNode& values, std::string_view from) {
    write("(");
    for (std::size_t row = 0; row < values.parts.size(); ++row) {
        write(row == 0 ? "SELECT " : " UNION ALL SELECT ");
        const auto& cells = static_cast<const ListNode&>(*values.parts[row]).items;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i != 0) write(", ");
            visit(*cells[i]);
            if (row != 0) continue;
            write(" AS ");
            write_name(values.columns[i]->name);
        }
        write(from);
    }
    write(")");
    write_from_name(values);
}

void Compiler::visit_table_function(const ComposedFromNode& from) {
    if (from.words.lateral) {
        if (!capabilities_.lateral) unsupported("LATERAL");
        write("LATERAL ");
    }
    visit(*from.parts[0]);
    if (from.words.with_ordinality) write(" WITH ORDINALITY");
    write_from_name(from);
    if (from.words.bare_column) return;
    write_columns(out_.text, from, [&](const ColumnNode& column) {
        write_name(column.name);
        if (from.words.typed_columns) write(" " + cast_type(column.type));
    });
}

// --- the program's own SQL text ------------------------------------------------------------------

bool Compiler::visit_hint(const Node& hint, std::string_view before, std::string_view behind) {
    const auto& phrase = static_cast<const PhraseNode&>(hint);
    const bool is_for_all = phrase.word.empty() || phrase.word == "*";
    if (!is_for_all && !is_called(phrase.word)) return false;
    write(before);
    visit(*phrase.parts[0]);
    write(behind);
    return true;
}

void Compiler::hints(const StatementNode& statement, Clause clause, std::string_view before,
                     std::string_view behind) {
    for (const Item& item : statement.items.of(clause)) visit_hint(*item.node, before, behind);
}

void Compiler::from_hints(const StatementNode& statement, const FromNode& from) {
    for (const Item& item : statement.items.of(Clause::hint)) {
        const auto& phrase = static_cast<const PhraseNode&>(*item.node);
        if (&from_behind(*phrase.parts[1]) == &from) visit_hint(phrase, " ", "");
    }
}

}  // namespace azoth::inline v0::sql
