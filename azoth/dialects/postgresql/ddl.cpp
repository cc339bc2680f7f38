// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/dialects/postgresql/ddl.hpp>
#include <azoth/sql/identifier.hpp>

namespace azoth::inline v0::postgresql {
namespace {

using schema::TableObject;

std::string serial_type(TypeKind kind) {
    switch (kind) {
        case TypeKind::small_integer: return "SMALLSERIAL";
        case TypeKind::integer: return "SERIAL";
        default: return "BIGSERIAL";
    }
}

std::string numeric_type(const TypeDef& def) {
    if (def.precision == 0) return "NUMERIC";
    return "NUMERIC(" + std::to_string(def.precision) + ", " + std::to_string(def.scale) + ")";
}

/// The name of a type that is the database's own; empty for others.
std::string usual_type(const TypeDef& def) {
    switch (def.kind) {
        case TypeKind::boolean: return "BOOLEAN";
        case TypeKind::small_integer: return "SMALLINT";
        case TypeKind::integer: return "INTEGER";
        case TypeKind::big_integer: return "BIGINT";
        case TypeKind::float32: return "REAL";
        case TypeKind::float64: return "DOUBLE PRECISION";
        case TypeKind::numeric: return numeric_type(def);
        case TypeKind::string:
            return def.length == 0 ? "VARCHAR" : "VARCHAR(" + std::to_string(def.length) + ")";
        case TypeKind::text: return "TEXT";
        case TypeKind::large_binary: return "BYTEA";
        case TypeKind::date: return "DATE";
        case TypeKind::time: return "TIME WITHOUT TIME ZONE";
        case TypeKind::datetime:
            return def.timezone ? "TIMESTAMP WITH TIME ZONE" : "TIMESTAMP WITHOUT TIME ZONE";
        case TypeKind::uuid: return "UUID";
        case TypeKind::json: return "JSON";
        case TypeKind::jsonb: return "JSONB";
        case TypeKind::enumeration:
        case TypeKind::null: break;
    }
    return {};
}

std::string literal(std::string_view text) {
    std::string quoted;
    sql::quote_text(quoted, text);
    return quoted;
}

}  // namespace

std::string DDLCompiler::column_type(const TableObject& table,
                                     const sql::ColumnNode& column) const {
    const TypeDef& def = column.type.def();
    if (table.autoincrement_column() == &column) return serial_type(def.kind);
    if (def.kind == TypeKind::enumeration) return qualified(def.schema, quote(def.name));
    std::string name = usual_type(def);
    if (name.empty()) incomplete(table, column, "has no type: give it one");
    return name;
}

std::string DDLCompiler::create_type(const Type& type) const {
    std::string labels;
    for (const std::string& label : type.def().labels)
        labels += (labels.empty() ? "" : ", ") + literal(label);
    return "CREATE TYPE " + qualified(type.def().schema, quote(type.def().name)) + " AS ENUM (" +
           labels + ")";
}

std::string DDLCompiler::drop_type(const Type& type) const {
    return "DROP TYPE " + qualified(type.def().schema, quote(type.def().name));
}

std::string DDLCompiler::create_index(const TableObject& table,
                                      const schema::IndexDefinition& index,
                                      bool if_not_exists) const {
    std::string sql = index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
    sql += (if_not_exists ? "IF NOT EXISTS " : "") + quote(index.name) + " ON " + table_name(table);
    if (!index.postgresql_using.empty()) sql += " USING " + index.postgresql_using;
    return sql + " " + index_elements(table, index) + index_condition(index);
}

std::string DDLCompiler::nulls_order(const TableObject&, sql::OrderingNode::Nulls nulls) const {
    return nulls == sql::OrderingNode::Nulls::first ? "NULLS FIRST" : "NULLS LAST";
}

std::vector<std::string> DDLCompiler::set_comments(const TableObject& table) const {
    std::vector<std::string> statements;
    if (!table.options().comment.empty())
        statements.push_back("COMMENT ON TABLE " + table_name(table) + " IS " +
                             literal(table.options().comment));
    for (const auto& column : table.columns) {
        const std::string& text = table.details(*column).comment;
        if (!text.empty())
            statements.push_back("COMMENT ON COLUMN " + table_name(table) + "." +
                                 quote(column->name) + " IS " + literal(text));
    }
    return statements;
}

}  // namespace azoth::inline v0::postgresql
