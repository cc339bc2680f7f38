// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/dialects/mariadb/compiler.hpp>
#include <azoth/sql/precedence.hpp>

#include <algorithm>
#include <utility>

namespace azoth::inline v0::mariadb {

using sql::Op;

const sql::Capabilities& capabilities() noexcept {
    static const sql::Capabilities the_capabilities{
        .dialect = "mariadb",
        .placeholder = "?",
        .identifier_quote = '`',
        .native_boolean = true,
        .ilike = false,
        .update_returning = false,
        .update_tables = sql::OtherTables::listed,
        .delete_tables = sql::OtherTables::listed,
        .with_clause = sql::WithClause::before_select,
        .full_outer_join = false,
        .labels_in_having = true,
        .wide_names = false,
        .fetch_first = true,
        .fetch_ties = true,
        .filter = false,
        .frame_groups = false,
        .within_group = false,
        .grouping_sets = false,
        .max_identifier_length = 64,
        .distinct_from = {},
        .not_distinct_from = " <=> ",
    };
    return the_capabilities;
}

namespace {

std::string decimal_type(const TypeDef& def) {
    // without numbers MariaDB would take (10, 0), and round in silence
    if (def.precision == 0) return "DECIMAL(65, 30)";
    return "DECIMAL(" + std::to_string(def.precision) + ", " + std::to_string(def.scale) + ")";
}

}  // namespace

void Compiler::visit_binary(const sql::BinaryNode& node) {
    if (node.op == Op::concat) {  // || is OR here
        write("CONCAT(");
        visit(*node.left);
        write(", ");
        visit(*node.right);
        return write(")");
    }
    if (node.op == Op::is_distinct_from) {
        write("(NOT (");
        visit_operand(*node.left, sql::precedence::comparison);
        write(" <=> ");
        visit_operand(*node.right, sql::precedence::comparison);
        return write("))");
    }
    if (node.op == Op::floor_divide && is_integer(node.left) && is_integer(node.right)) {
        visit_operand(*node.left, sql::precedence::product - 1);
        write(" DIV ");
        return visit_operand(*node.right, sql::precedence::product);
    }
    if (sql::precedence_of(node.op) == sql::precedence::bits) return visit_bits(node);
    if (node.op == Op::regexp_match) {
        visit_operand(*node.left, sql::precedence::sign);
        write(" REGEXP ");
        return visit_pattern(*node.right);
    }
    if (node.op == Op::match) {
        write("MATCH (");
        visit(*node.left);
        write(") AGAINST (");
        visit(*node.right);
        return write(")");
    }
    sql::Compiler::visit_binary(node);
}

/// Bits are those of numbers without a sign here; as numbers with one, but for shifts to the right,
/// they are the other databases'.
void Compiler::visit_bits(const sql::BinaryNode& node) {
    write("CAST(");
    visit_operand(*node.left, sql::precedence::sign);
    write(node.op == Op::bit_xor ? " ^ " : sql::operator_text(node.op));
    visit_operand(*node.right, sql::precedence::sign);
    write(" AS SIGNED)");
}

void Compiler::visit_unary(const sql::UnaryNode& node) {
    if (node.op != Op::bit_not) return sql::Compiler::visit_unary(node);
    write("CAST(");
    sql::Compiler::visit_unary(node);
    write(" AS SIGNED)");
}

/// A collation may take letters of both cases for equal; a pattern tells them apart, as elsewhere,
/// unless it says otherwise itself.
void Compiler::visit_pattern(const sql::Node& pattern) {
    write("CONCAT('(?-i)', ");
    visit(pattern);
    write(")");
}

void Compiler::visit_true_division(const sql::BinaryNode& node) {
    visit_operand(*node.left, sql::precedence::product - 1);
    write(" / ");
    if (!is_integer(node.left) || !is_integer(node.right))
        return visit_operand(*node.right, sql::precedence::product);
    // of integers MariaDB makes a decimal of four digits behind the point
    write("CAST(");
    visit(*node.right);
    write(" AS DOUBLE)");
}

/// NULL comes before everything here. Where that is what is asked for, nothing need be said.
void Compiler::visit_ordering(const sql::OrderingNode& node) {
    using Nulls = sql::OrderingNode::Nulls;
    const Nulls usual = node.descending ? Nulls::last : Nulls::first;
    if (node.nulls != Nulls::unspecified && node.nulls != usual) {
        write("(");
        visit_twice(*node.operand, node.descending ? ") IS NULL DESC, " : ") IS NULL, ");
    } else {
        visit(*node.operand);
    }
    if (node.descending) write(" DESC");
}

void Compiler::limit_clause(const sql::StatementNode& statement) {
    const bool only_offset =
        statement.items.has(sql::Clause::offset) && !statement.items.has(sql::Clause::limit);
    if (only_offset) write(" LIMIT 18446744073709551615");
    sql::Compiler::limit_clause(statement);
}

/// ON DUPLICATE KEY UPDATE: whichever key it is that is there already, so a program that names one
/// must mean the only one that can be. What should be left alone assigns a column to itself: INSERT
/// IGNORE would pass over every other error too.
void Compiler::on_conflict(const sql::StatementNode& statement) {
    if (statement.on_conflict == sql::OnConflict::fail) return;
    if (!statement.constraint.empty())
        unsupported("ON CONFLICT ON CONSTRAINT; name the columns with index_elements()");
    if (statement.items.has(sql::Clause::conflict_filter) ||
        statement.items.has(sql::Clause::conflict_where))
        unsupported("WHERE in ON CONFLICT; set a column to CASE WHEN … THEN … ELSE itself");
    write(" ON DUPLICATE KEY UPDATE ");
    if (statement.on_conflict == sql::OnConflict::do_nothing) {
        const auto assigned = statement.items.of(sql::Clause::assignment);
        if (assigned.empty()) unsupported("ON CONFLICT DO NOTHING without values");
        const auto& first = static_cast<const sql::AssignmentNode&>(*assigned.front().node);
        write_name(first.column->name);
        write(" = ");
        return write_name(first.column->name);
    }
    const auto items = statement.items.of(sql::Clause::conflict_set);
    if (items.empty())
        throw ArgumentError(
            "on_conflict_do_update() without assignments is for objects, which say what is set: "
            "pass them to Session::execute()");
    assignments(items);
}

void Compiler::visit_excluded(const sql::ColumnNode& column) {
    write("VALUES(");
    write_name(column.name);
    write(")");
}

std::string Compiler::cast_type(const Type& type) const {
    const TypeDef& def = type.def();
    switch (def.kind) {
        case TypeKind::boolean:
        case TypeKind::small_integer:
        case TypeKind::integer:
        case TypeKind::big_integer: return "SIGNED";
        case TypeKind::float32: return "FLOAT";
        case TypeKind::float64: return "DOUBLE";
        case TypeKind::numeric: return decimal_type(def);
        case TypeKind::large_binary: return "BINARY";
        case TypeKind::date: return "DATE";
        case TypeKind::time: return "TIME(6)";
        case TypeKind::datetime: return "DATETIME(6)";
        case TypeKind::uuid: return "UUID";
        case TypeKind::string:
            return def.length == 0 ? "CHAR" : "CHAR(" + std::to_string(def.length) + ")";
        default: return "CHAR";
    }
}

std::string Compiler::empty_list(std::span<const Type> types) const {
    std::string out = "SELECT NULL";
    for (std::size_t i = 1; i < types.size(); ++i) out += ", NULL";
    return out + " FROM DUAL WHERE 1 = 0";
}

/// A text that is a function's own argument would have no character set when the statement is
/// prepared, and neither the function's result then.
void Compiler::visit_argument(const sql::Node& argument) {
    const bool is_value = argument.kind == sql::NodeKind::bind;
    const TypeKind kind =
        is_value ? static_cast<const sql::Element&>(argument).type.kind() : TypeKind::null;
    if (kind != TypeKind::string && kind != TypeKind::text) return visit(argument);
    write("CAST(");
    visit(argument);
    write(" AS CHAR)");
}

/// LIMIT is not allowed in IN's own subquery, but in one within that.
void Compiler::visit_choices(const sql::SubqueryElementNode& choices) {
    const sql::Items& items = choices.select->items;
    if (!items.has(sql::Clause::limit) && !items.has(sql::Clause::offset)) return visit(choices);
    write("(SELECT * FROM ");
    visit(choices);
    write(" AS ");
    write_name("limited");
    write(")");
}

void Compiler::visit_function(const sql::FunctionNode& node) {
    const bool counts_characters = node.name == "length" && node.arguments.size() == 1;
    if (counts_characters) return write_function("char_length", node);  // length() counts bytes
    if (node.name == "@aggregate_strings") return group_concat(node, {});
    if ((node.name == "lag" || node.name == "lead") && node.arguments.size() > 2)
        unsupported("default in lag() and lead(); use coalesce()");
    if (!node.arguments.empty()) return sql::Compiler::visit_function(node);
    if (node.name == "@random") return write("rand()");
    if (node.name == "session_user" || node.name == "user") return write(node.name + "()");
    // six digits of a second's fraction, as a column has
    if (node.name == "now" || node.name == "current_timestamp" || node.name == "localtimestamp")
        return write(node.name + "(6)");
    sql::Compiler::visit_function(node);
}

void Compiler::group_concat(const sql::FunctionNode& node,
                            std::span<const sql::NodeRef> orderings) {
    const sql::SqlText separator = written(*node.arguments[1]);  // a literal: it has no values
    write("group_concat(");
    visit_argument(*node.arguments[0]);
    visit_orderings(" ORDER BY ", orderings);
    write(" SEPARATOR ");
    write(separator);
    write(")");
}

void Compiler::visit_composed(const sql::ComposedNode& node) {
    using sql::Form;
    switch (node.form) {
        case Form::operation:
            if (static_cast<const sql::PhraseNode&>(node).word.find('#') != std::string::npos)
                unsupported("operators with #, which begins a comment");
            break;
        case Form::regexp_replace:
            write("REGEXP_REPLACE(");
            visit(*node.parts[0]);
            write(", ");
            visit_pattern(*node.parts[1]);
            write(", ");
            visit(*node.parts[2]);
            return write(")");
        case Form::aggregate_order_by:
            return group_concat(joined_texts(node), std::span(node.parts).subspan(1));
        default: break;
    }
    sql::Compiler::visit_composed(node);
}

void Compiler::visit_extract(const sql::Node& operand, const std::string& field) {
    static constexpr Around known[] = {
        {"week", "WEEK(", ", 3)"},
        {"dow", "(DAYOFWEEK(", ") - 1)"},
        {"isodow", "(WEEKDAY(", ") + 1)"},
        {"doy", "DAYOFYEAR(", ")"},
        {"epoch", "CAST(FLOOR(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', ",
         ") / 1000000) AS SIGNED)"},
    };
    if (!visit_around(field, operand, known)) sql::Compiler::visit_extract(operand, field);
}

void Compiler::visit_grouping(const sql::FunctionNode& node) {
    if (node.name != "rollup") unsupported(node.name + "(); it has rollup()");
    visit_list(node.arguments);
    write(" WITH ROLLUP");
}

/// The columns of VALUES can't be named here, those of a SELECT can.
void Compiler::visit_values(const sql::ComposedFromNode& values) {
    visit_values_as_selects(values, {});
}

void Compiler::visit_table_function(const sql::ComposedFromNode&) {
    unsupported("functions in FROM");
}

}  // namespace azoth::inline v0::mariadb
