// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/dialects/postgresql/compiler.hpp>
#include <azoth/sql/identifier.hpp>
#include <azoth/sql/precedence.hpp>

#include <algorithm>

namespace azoth::inline v0::postgresql {

const sql::Capabilities& capabilities() noexcept {
    static const sql::Capabilities the_capabilities{
        .dialect = "postgresql",
        .placeholder = "$",
        .native_boolean = true,
        .ilike = true,
        .conflict_constraint = true,
        .lateral = true,
        .distinct_on = true,
        .fetch_first = true,
        .fetch_ties = true,
        .between_symmetric = true,
        .tablesample = true,
        .cte_of_dml = true,
        .max_identifier_length = 63,
        .distinct_from = {},
        .not_distinct_from = {},
    };
    return the_capabilities;
}

void Compiler::visit_binary(const sql::BinaryNode& node) {
    using sql::Op;
    const auto infix = [&](std::string_view word) {
        visit_operand(*node.left, sql::precedence::sign);
        write(word);
        visit_operand(*node.right, sql::precedence::sign);
    };
    if (node.op == Op::regexp_match) return infix(" ~ ");
    if (node.op == Op::match) {
        visit_operand(*node.left, sql::precedence::sign);
        write(" @@ plainto_tsquery(");
        visit(*node.right);
        return write(")");
    }
    if (node.op == Op::shift_left || node.op == Op::shift_right) {
        // of integers of 32 bits a shift stays among these, and the distance is one of them
        write("CAST(");
        visit(*node.left);
        write(node.op == Op::shift_left ? " AS BIGINT) << CAST(" : " AS BIGINT) >> CAST(");
        visit(*node.right);
        return write(" AS INTEGER)");
    }
    sql::Compiler::visit_binary(node);
}

/// A fraction is cut off: EXTRACT gives a NUMERIC here, in which seconds have one.
void Compiler::visit_extract(const sql::Node& operand, const std::string& field) {
    write("CAST(floor(");
    sql::Compiler::visit_extract(operand, field);
    write(") AS BIGINT)");
}

void Compiler::visit_composed(const sql::ComposedNode& node) {
    if (node.form != sql::Form::regexp_replace) return sql::Compiler::visit_composed(node);
    write("regexp_replace(");
    visit_list(node.parts);
    write(", 'g')");
}

void Compiler::visit_function(const sql::FunctionNode& node) {
    if (node.name == "@aggregate_strings") return write_function("string_agg", node);
    sql::Compiler::visit_function(node);
}

void Compiler::visit_true_division(const sql::BinaryNode& node) {
    visit_operand(*node.left, sql::precedence::product - 1);
    write(" / ");
    if (!is_integer(node.left) || !is_integer(node.right))
        return visit_operand(*node.right, sql::precedence::product);
    write("CAST(");
    visit(*node.right);
    write(" AS DOUBLE PRECISION)");
}

std::string_view Compiler::lock_strength(const sql::RowLock& lock) const {
    if (lock.read) return lock.key_share ? " FOR KEY SHARE" : " FOR SHARE";
    return lock.key_share ? " FOR NO KEY UPDATE" : " FOR UPDATE";
}

std::string Compiler::cast_type(const Type& type) const {
    const TypeDef& def = type.def();
    switch (def.kind) {
        case TypeKind::null: return "TEXT";
        case TypeKind::large_binary: return "BYTEA";
        case TypeKind::datetime: return def.timezone ? "TIMESTAMPTZ" : "TIMESTAMP";
        case TypeKind::jsonb: return "JSONB";
        case TypeKind::enumeration: {
            std::string name;
            sql::append_schema(name, def.schema, schemas(), capabilities());
            sql::quote_identifier(name, def.name);
            return name;
        }
        default: return sql::Compiler::cast_type(type);
    }
}

namespace {

/// These travel as text, which PostgreSQL converts only where it is told to.
bool travels_as_text(TypeKind kind) {
    return kind == TypeKind::enumeration || kind == TypeKind::json || kind == TypeKind::jsonb;
}

}  // namespace

std::string Compiler::placeholder_suffix(const Type& type) const {
    return travels_as_text(type.kind()) ? "::" + cast_type(type) : std::string();
}

/// A range of rows goes as one array a column: the statement is the same for any number of rows,
/// and planned once. The ordinality keeps generated keys and returned rows in the order of the
/// rows. An upsert may meet one key twice in a range, which PostgreSQL refuses within one
/// statement, so that goes row by row, in a pipeline.
void Compiler::insert_many(const sql::StatementNode& statement) {
    const auto& items = statement.items.all();
    const bool has_constants = std::any_of(items.begin(), items.end(), [](const sql::Item& item) {
        return item.values != 0;  // they are no arrays
    });
    if (statement.on_conflict == sql::OnConflict::do_update || has_constants)
        return sql::Compiler::insert_many(statement);
    require_open_columns(statement);
    result().array_parameters = true;
    insert_head(statement);
    const auto columns = statement.items.of(sql::Clause::assignment);
    std::size_t open = 0;  // so many come with each row, the first ones
    write(" SELECT ");
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto& assignment = static_cast<const sql::AssignmentNode&>(*columns[i].node);
        const sql::ColumnNode& column = *assignment.column;
        if (i != 0) write(", ");
        if (assignment.value) {
            visit(*assignment.value);
            continue;
        }
        ++open;
        write("given.c" + std::to_string(i));
        if (travels_as_text(column.type.kind())) write("::" + cast_type(column.type));
    }
    write(" FROM unnest(");
    for (std::size_t i = 0; i < open; ++i) {
        const auto& assignment = static_cast<const sql::AssignmentNode&>(*columns[i].node);
        if (i != 0) write(", ");
        const Type& type = assignment.column->type;
        const bool text = travels_as_text(type.kind()) || type.kind() == TypeKind::string ||
                          type.kind() == TypeKind::null;
        write_placeholder(*assignment.column->bind,
                          text ? "::text[]" : "::" + cast_type(type) + "[]");
    }
    write(") WITH ORDINALITY AS given(");
    for (std::size_t i = 0; i < open; ++i) write("c" + std::to_string(i) + ", ");
    write("n) ORDER BY given.n");
    insert_tail(statement);
}

std::string Compiler::literal(const ValueView& value, const Type& type) const {
    switch (value.kind) {
        case Kind::bytes: {
            std::string text = sql::Compiler::literal(value, type);  // X'…'
            return "'\\x" + text.substr(2) + "::bytea";
        }
        case Kind::date: return sql::Compiler::literal(value, type) + "::date";
        case Kind::time: return sql::Compiler::literal(value, type) + "::time";
        case Kind::datetime: return sql::Compiler::literal(value, type) + "::timestamp";
        case Kind::timestamp: {
            std::string text = sql::Compiler::literal(value, type);
            text.insert(text.size() - 1, "+00");
            return text + "::timestamptz";
        }
        case Kind::uuid: return sql::Compiler::literal(value, type) + "::uuid";
        case Kind::text:
            if (travels_as_text(type.kind()))
                return sql::Compiler::literal(value, type) + "::" + cast_type(type);
            [[fallthrough]];
        default: return sql::Compiler::literal(value, type);
    }
}

}  // namespace azoth::inline v0::postgresql
