// SPDX-License-Identifier: MIT
#include <azoth/dialects/sqlite/compiler.hpp>
#include <azoth/sql/identifier.hpp>
#include <azoth/sql/precedence.hpp>
#include <azoth/types/uuid.hpp>

namespace azoth::inline v0::sqlite {

using sql::NodeKind;
using sql::Op;

const sql::Capabilities& capabilities() noexcept {
    static const sql::Capabilities the_capabilities{
        .dialect = "sqlite",
        .placeholder = "?",
        .native_boolean = false,
        .ilike = false,
        .delete_tables = sql::OtherTables::refused,
        .conflict_constraint = false,
        .compound_member_parentheses = false,
        .key_by_last_insert_id = true,
        .compound_all = false,
        .row_locks = false,
        .quantified = false,
        .tuple_list_is_values = true,
        .within_group = false,
        .ordered_aggregates = false,
        .grouping_sets = false,
        .bit_xor = false,
        .distinct_from = " IS NOT ",
        .not_distinct_from = " IS ",
    };
    return the_capabilities;
}

namespace {

const sql::Element& element(const sql::NodeRef& node) {
    return static_cast<const sql::Element&>(*node);
}
bool is_numeric(const sql::NodeRef& node) {
    return element(node).type.kind() == TypeKind::numeric;
}

/// Exact decimals are kept as text, because SQLite's own numbers are binary; the driver brings
/// functions that calculate with them.
const char* decimal_function(Op op) {
    switch (op) {
        case Op::add: return "decimal_add(";
        case Op::subtract: return "decimal_sub(";
        case Op::multiply: return "decimal_mul(";
        default: return nullptr;
    }
}

bool compares(Op op) {
    return op >= Op::equal && op <= Op::greater_equal;
}

}  // namespace

void Compiler::visit_binary(const sql::BinaryNode& node) {
    const bool exact = is_numeric(node.left) || is_numeric(node.right);
    if (exact && decimal_function(node.op)) {
        write(decimal_function(node.op));
        visit(*node.left);
        write(", ");
        visit(*node.right);
        return write(")");
    }
    // A column brings its collation along; a calculated number has to say that it compares by
    // value.
    const bool column = node.left->kind == NodeKind::column || node.right->kind == NodeKind::column;
    if (exact && compares(node.op) && !column) {
        visit_operand(*node.left, sql::precedence::comparison);
        write(" COLLATE decimal");
        write(sql::operator_text(node.op));
        return visit_operand(*node.right, sql::precedence::comparison);
    }
    sql::Compiler::visit_binary(node);
}

void Compiler::visit_compared(const sql::Node& operand) {
    sql::Compiler::visit_compared(operand);
    const bool calculated = operand.kind != NodeKind::column;
    if (calculated && static_cast<const sql::Element&>(operand).type.kind() == TypeKind::numeric)
        write(" COLLATE decimal");
}

void Compiler::visit_true_division(const sql::BinaryNode& node) {
    if (is_numeric(node.left) || is_numeric(node.right))
        unsupported("exact division of decimals: cast<double>() an operand, or divide in C++");
    visit_operand(*node.left, sql::precedence::product - 1);
    write(" / (");
    visit(*node.right);
    write(" + 0.0)");
}

void Compiler::visit_function(const sql::FunctionNode& node) {
    if (node.name == "@aggregate_strings") return group_concat(node);
    if (node.name == "char_length") return write_function("length", node);
    if (node.name == "now" || node.name == "localtimestamp") return write("CURRENT_TIMESTAMP");
    if (node.name == "current_user" || node.name == "session_user") unsupported("users");
    // random() is any integer of 64 bits here
    if (node.name == "@random")
        return write("((random() & 9007199254740991) / 9007199254740992.0)");
    const bool exact = node.arguments.size() == 1 && is_numeric(node.arguments.front());
    if (exact && node.name == "sum") {
        write("decimal_sum(");
        visit(*node.arguments.front());
        return write(")");
    }
    if (exact && node.name == "avg")
        unsupported(
            "exact average of decimals: average cast<double>(column), or divide the sum "
            "in C++");
    sql::Compiler::visit_function(node);
}

/// With DISTINCT it takes no separator but its own.
void Compiler::group_concat(const sql::FunctionNode& node) {
    const sql::Node& text = *node.arguments[0];
    if (!distinct_operand(text)) return write_function("group_concat", node);
    if (static_cast<const sql::PhraseNode&>(*node.arguments[1]).word != ",")
        unsupported("DISTINCT texts with another separator than a comma");
    write("group_concat(");
    visit(text);
    write(")");
}

void Compiler::visit_ordering(const sql::OrderingNode& node) {
    if (is_numeric(node.operand) && node.operand->kind != NodeKind::column) {
        visit(*node.operand);
        write(" COLLATE decimal");
        return ordering_direction(node);
    }
    sql::Compiler::visit_ordering(node);
}

namespace {

/// How a field of a time is computed of the text that a time is here; x stands for that.
/// The week is ISO's: that of the Thursday which is nearest.
std::string_view extraction(std::string_view field) {
    static constexpr std::pair<std::string_view, std::string_view> known[] = {
        {"year", "strftime('%Y', x)"},
        {"quarter", "(strftime('%m', x) + 2) / 3"},
        {"month", "strftime('%m', x)"},
        {"week", "(strftime('%j', date(x, '-3 days', 'weekday 4')) - 1) / 7 + 1"},
        {"day", "strftime('%d', x)"},
        {"dow", "strftime('%w', x)"},
        {"isodow", "(strftime('%w', x) + 6) % 7 + 1"},
        {"doy", "strftime('%j', x)"},
        {"hour", "strftime('%H', x)"},
        {"minute", "strftime('%M', x)"},
        {"second", "strftime('%S', x)"},
        {"epoch", "strftime('%s', x)"},
    };
    for (const auto& [name, sql] : known)
        if (name == field) return sql;
    return {};
}

}  // namespace

void Compiler::visit_extract(const sql::Node& operand, const std::string& field) {
    const std::string_view how = extraction(field);
    if (how.empty())
        unsupported("field '" + field +
                    "' of a time; it has year, quarter, month, week, day, dow, isodow, doy, hour, "
                    "minute, second and epoch");
    const std::size_t place = how.find('x');
    write("CAST(");
    write(how.substr(0, place));
    visit(operand);
    write(how.substr(place + 1));
    write(" AS INTEGER)");
}

void Compiler::visit_composed(const sql::ComposedNode& node) {
    if (node.form == sql::Form::tuple) return visit_tuple(node);
    if (node.form != sql::Form::regexp_replace) return sql::Compiler::visit_composed(node);
    write("regexp_replace(");
    visit_list(node.parts);
    write(")");
}

/// Calculated numbers say that they compare by value, as in visit_binary.
void Compiler::visit_tuple(const sql::ComposedNode& node) {
    write("(");
    for (std::size_t i = 0; i < node.parts.size(); ++i) {
        if (i != 0) write(", ");
        visit_operand(*node.parts[i], sql::precedence::collate);
        const NodeKind kind = node.parts[i]->kind;
        if (is_numeric(node.parts[i]) && kind != NodeKind::column && kind != NodeKind::bind)
            write(" COLLATE decimal");
    }
    write(")");
}

/// The columns of VALUES have names of their own here.
void Compiler::visit_values(const sql::ComposedFromNode& values) {
    write("(SELECT ");
    for (std::size_t i = 0; i < values.columns.size(); ++i) {
        const bool exact = values.columns[i]->type.kind() == TypeKind::numeric;
        write((i == 0 ? "column" : ", column") + std::to_string(i + 1) +
              (exact ? " COLLATE decimal AS " : " AS "));
        write_name(values.columns[i]->name);
    }
    write(" FROM (VALUES ");
    visit_list(values.parts);
    write("))");
    write_from_name(values);
}

/// So have those of a function.
void Compiler::visit_table_function(const sql::ComposedFromNode& from) {
    if (from.words.with_ordinality) unsupported("WITH ORDINALITY");
    if (from.words.typed_columns) unsupported("types of a function's columns");
    if (from.words.bare_column)
        unsupported("column_valued(); name the function's column with table_valued()");
    visit(*from.parts[0]);
    write_from_name(from);
}

void Compiler::limit_clause(const sql::StatementNode& statement) {
    const bool only_offset =
        statement.items.has(sql::Clause::offset) && !statement.items.has(sql::Clause::limit);
    if (only_offset) write(" LIMIT -1");
    sql::Compiler::limit_clause(statement);
}

void Compiler::insert_tail(const sql::StatementNode& statement) {
    // Without a WHERE, SQLite reads the ON of ON CONFLICT as a join condition of the SELECT.
    const auto source = statement.items.of(sql::Clause::source);
    if (statement.on_conflict != sql::OnConflict::fail && !source.empty()) {
        const auto& select = static_cast<const sql::StatementNode&>(*source.front().node);
        if (!select.items.has(sql::Clause::where) && !select.items.has(sql::Clause::group_by) &&
            !select.items.has(sql::Clause::order_by) && !select.items.has(sql::Clause::limit) &&
            !select.items.has(sql::Clause::offset) && !select.items.has(sql::Clause::suffix))
            write(" WHERE 1");
    }
    sql::Compiler::insert_tail(statement);
}

std::string Compiler::cast_type(const Type& type) const {
    switch (type.kind()) {
        case TypeKind::boolean:
        case TypeKind::small_integer:
        case TypeKind::integer:
        case TypeKind::big_integer: return "INTEGER";
        case TypeKind::float32:
        case TypeKind::float64: return "REAL";
        case TypeKind::large_binary: return "BLOB";
        default: return "TEXT";
    }
}

std::string Compiler::empty_list(std::span<const Type> types) const {
    std::string out = "SELECT NULL";
    for (std::size_t i = 1; i < types.size(); ++i) out += ", NULL";
    return out + " WHERE 1 = 0";
}

std::string Compiler::literal(const ValueView& value, const Type& type) const {
    std::string out;
    if (value.kind == Kind::uuid) {
        // As the driver stores it: 32 hexadecimal digits.
        for (const char c : to_string(Uuid::from_bytes(value.uuid)))
            if (c != '-') out += c;
        return "'" + out + "'";
    }
    if (value.kind == Kind::decimal) {
        sql::quote_text(out, sql::Compiler::literal(value, type));
        return out;
    }
    return sql::Compiler::literal(value, type);
}

}  // namespace azoth::inline v0::sqlite
