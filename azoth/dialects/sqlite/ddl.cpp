// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/dialects/sqlite/ddl.hpp>

#include <algorithm>

namespace azoth::inline v0::sqlite {
namespace {

using schema::TableObject;

bool is_integer(const Type& type) {
    return type.kind() == TypeKind::small_integer || type.kind() == TypeKind::integer ||
           type.kind() == TypeKind::big_integer;
}

/// Is this column the rowid? A table without one has none to be.
bool is_rowid(const TableObject& table, const sql::ColumnNode& column) {
    const auto& key = table.primary_key().columns;
    return key.size() == 1 && key.front() == &column && is_integer(column.type) &&
           !table.options().sqlite_without_rowid;
}

std::size_t count_characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    }));
}

std::string enumeration_type(const TypeDef& def) {
    std::size_t longest = 1;
    for (const std::string& label : def.labels)
        longest = std::max(longest, count_characters(label));
    return "VARCHAR(" + std::to_string(longest) + ")";
}

std::string numeric_type(const TypeDef& def) {
    std::string name = "DECIMAL_TEXT";
    if (def.precision != 0)
        name += "(" + std::to_string(def.precision) + ", " + std::to_string(def.scale) + ")";
    return name;
}

std::string usual_type(const TypeDef& def) {
    switch (def.kind) {
        case TypeKind::boolean: return "BOOLEAN";
        case TypeKind::small_integer: return "SMALLINT";
        case TypeKind::integer: return "INTEGER";
        case TypeKind::big_integer: return "BIGINT";
        case TypeKind::float32: return "FLOAT";
        case TypeKind::float64: return "DOUBLE";
        case TypeKind::numeric: return numeric_type(def);
        case TypeKind::string:
            return def.length == 0 ? "VARCHAR" : "VARCHAR(" + std::to_string(def.length) + ")";
        case TypeKind::text: return "TEXT";
        case TypeKind::large_binary: return "BLOB";
        case TypeKind::date: return "DATE";
        case TypeKind::time: return "TIME";
        case TypeKind::datetime: return def.timezone ? "TIMESTAMP" : "DATETIME";
        case TypeKind::uuid: return "CHAR(32)";
        case TypeKind::enumeration: return enumeration_type(def);
        case TypeKind::json:
        case TypeKind::jsonb: return "JSON_TEXT";
        case TypeKind::null: break;
    }
    return {};
}

/// The types of STRICT tables: SQLite's own five and no others.
std::string strict_type(TypeKind kind) {
    switch (kind) {
        case TypeKind::boolean:
        case TypeKind::small_integer:
        case TypeKind::integer:
        case TypeKind::big_integer: return "INTEGER";
        case TypeKind::float32:
        case TypeKind::float64: return "REAL";
        case TypeKind::large_binary: return "BLOB";
        case TypeKind::null: return {};
        default: return "TEXT";
    }
}

}  // namespace

std::string DDLCompiler::column_type(const TableObject& table,
                                     const sql::ColumnNode& column) const {
    if (is_rowid(table, column)) return "INTEGER";
    const TypeDef& def = column.type.def();
    std::string name = table.options().sqlite_strict ? strict_type(def.kind) : usual_type(def);
    if (name.empty()) incomplete(table, column, "has no type: give it one");
    // The driver adds this collation, and SQLite's shell has it built in: numbers as text compare
    // and sort by value.
    if (def.kind == TypeKind::numeric) name += " COLLATE decimal";
    return name;
}

std::string DDLCompiler::column_definition(const TableObject& table,
                                           const sql::ColumnNode& column) const {
    const bool generated = table.autoincrement_column() == &column;
    if (generated && !is_rowid(table, column))
        incomplete(table, column,
                   table.options().sqlite_without_rowid
                       ? "can't be generated, as the table is WITHOUT ROWID: say no_autoincrement"
                       : "can't be generated: SQLite does so only for a primary key of one column");
    std::string definition = schema::DDLCompiler::column_definition(table, column);
    if (generated && table.options().sqlite_autoincrement)
        definition += " " + constraint_name(table.primary_key().name) + "PRIMARY KEY AUTOINCREMENT";
    return definition;
}

std::string DDLCompiler::primary_key(const TableObject& table) const {
    const schema::KeyDefinition& key = table.primary_key();
    refuse_deferral(table, key.deferrable, key.initially, "primary key");
    if (table.options().sqlite_autoincrement) {
        if (table.autoincrement_column()) return {};
        throw CompileError(table.describe() +
                           ": sqlite_autoincrement needs a primary key of one integer column that "
                           "the database generates");
    }
    return schema::DDLCompiler::primary_key(table);
}

std::string DDLCompiler::unique(const TableObject& table, const schema::KeyDefinition& key) const {
    refuse_deferral(table, key.deferrable, key.initially, "unique constraint");
    return schema::DDLCompiler::unique(table, key);
}

std::string DDLCompiler::references(const TableObject& table,
                                    const schema::ForeignKeyDefinition& foreign_key) const {
    if (foreign_key.target_schema != table.schema)
        unsupported(
            table, "foreign key to a table of another schema ('" + foreign_key.target_table + "')");
    refuse_match(table, foreign_key.options);
    return schema::DDLCompiler::references(table, foreign_key);
}

std::string DDLCompiler::referenced_table(const TableObject& table) const {
    return quote(table.name);  // of the same database file always
}

std::string DDLCompiler::table_suffix(const TableObject& table) const {
    const TableOptions& options = table.options();
    if (options.sqlite_without_rowid && table.primary_key().columns.empty())
        throw CompileError(table.describe() + ": sqlite_without_rowid needs a primary key");
    if (options.sqlite_strict && options.sqlite_without_rowid) return " STRICT, WITHOUT ROWID";
    if (options.sqlite_strict) return " STRICT";
    return options.sqlite_without_rowid ? " WITHOUT ROWID" : "";
}

std::string DDLCompiler::create_index(const TableObject& table,
                                      const schema::IndexDefinition& index,
                                      bool if_not_exists) const {
    // An index lives in the schema of its table, and its name says so, not the table's.
    return std::string(index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ") +
           (if_not_exists ? "IF NOT EXISTS " : "") + qualified(table.schema, quote(index.name)) +
           " ON " + quote(table.name) + " " + index_elements(table, index) + index_condition(index);
}

std::string DDLCompiler::nulls_order(const TableObject& table, sql::OrderingNode::Nulls) const {
    unsupported(table, "NULLS FIRST or NULLS LAST in an index");
}

std::vector<std::string> DDLCompiler::before_dropping_circles() const {
    // DROP TABLE deletes the rows first. Deferred to the commit, when the circle is gone, the
    // foreign keys don't mind; the setting ends with the transaction.
    return {"PRAGMA defer_foreign_keys = ON"};
}

}  // namespace azoth::inline v0::sqlite
