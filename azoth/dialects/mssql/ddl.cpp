// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/dialects/mssql/compiler.hpp>
#include <azoth/dialects/mssql/ddl.hpp>
#include <azoth/dialects/mssql/literal.hpp>
#include <azoth/dialects/mssql/types.hpp>
#include <azoth/sql/identifier.hpp>

namespace azoth::inline v0::mssql {
namespace {

using schema::TableObject;

/// NVARCHAR(max) and VARBINARY(max), which can't be in a key.
bool is_long(std::string_view type) {
    return type.ends_with("(max)");
}

const char* needs_a_length =
    "needs a length to be part of a key or an index in SQL Server: say String{100}, for instance";

}  // namespace

std::string DDLCompiler::quoted(std::string_view name) const {
    std::string text;
    sql::append_name(text, name, mssql::capabilities());
    return text;
}

std::string DDLCompiler::column_type(const TableObject& table,
                                     const sql::ColumnNode& column) const {
    std::string name = type_name(column.type.def());
    if (name.empty()) incomplete(table, column, "has no type: give it one");
    if (is_long(name) && is_in_key(table, column)) incomplete(table, column, needs_a_length);
    return name;
}

/// NULL is said too: without it a setting of the connection decides.
std::string DDLCompiler::column_definition(const TableObject& table,
                                           const sql::ColumnNode& column) const {
    return schema::DDLCompiler::column_definition(table, column) +
           (column.nullable ? " NULL" : "") +
           (table.autoincrement_column() == &column ? " IDENTITY" : "");
}

std::string DDLCompiler::primary_key(const TableObject& table) const {
    const schema::KeyDefinition& key = table.primary_key();
    refuse_deferral(table, key.deferrable, key.initially, "primary key");
    return schema::DDLCompiler::primary_key(table);
}

std::string DDLCompiler::unique(const TableObject& table, const schema::KeyDefinition& key) const {
    refuse_deferral(table, key.deferrable, key.initially, "unique constraint");
    return schema::DDLCompiler::unique(table, key);
}

std::string DDLCompiler::references(const TableObject& table,
                                    const schema::ForeignKeyDefinition& foreign_key) const {
    const ForeignKeyOptions& options = foreign_key.options;
    refuse_deferral(table, options.deferrable, options.initially, "foreign key");
    refuse_match(table, options);
    if (options.ondelete == "RESTRICT" || options.onupdate == "RESTRICT")
        unsupported(table, "RESTRICT of foreign keys; say NO ACTION, which is checked at once too");
    return schema::DDLCompiler::references(table, foreign_key);
}

std::string DDLCompiler::table_suffix(const TableObject& table) const {
    if (!table.options().prefixes.empty())
        unsupported(table, "CREATE " + table.options().prefixes.front() +
                               " TABLE; a temporary table's name begins with #");
    return {};
}

void DDLCompiler::require_indexable(const TableObject& table, const sql::Node& element) const {
    if (element.kind == sql::NodeKind::ordering)
        return require_indexable(table, *static_cast<const sql::OrderingNode&>(element).operand);
    if (element.kind != sql::NodeKind::column)
        unsupported(table, "index of an expression; make it a column of its own");
    const auto& column = static_cast<const sql::ColumnNode&>(element);
    if (is_long(type_name(column.type.def()))) incomplete(table, column, needs_a_length);
}

std::string DDLCompiler::create_index(const TableObject& table,
                                      const schema::IndexDefinition& index,
                                      bool if_not_exists) const {
    if (if_not_exists) unsupported(table, "CREATE INDEX IF NOT EXISTS");
    for (const sql::Expression& element : index.elements) require_indexable(table, *element.node);
    return std::string(index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ") +
           quote(index.name) + " ON " + table_name(table) + " " + index_elements(table, index) +
           index_condition(index);
}

std::string DDLCompiler::drop_index(const TableObject& table, const schema::IndexDefinition& index,
                                    bool if_exists) const {
    // The name of an index is its table's, not the database's.
    return (if_exists ? "DROP INDEX IF EXISTS " : "DROP INDEX ") + quote(index.name) + " ON " +
           table_name(table);
}

std::string DDLCompiler::nulls_order(const TableObject& table, sql::OrderingNode::Nulls) const {
    unsupported(table, "NULLS FIRST or NULLS LAST in an index");
}

std::vector<std::string> DDLCompiler::set_comments(const TableObject& table) const {
    std::vector<std::string> statements;
    if (!table.options().comment.empty())
        statements.push_back(set_comment(table, table.options().comment, nullptr));
    for (const auto& column : table.columns) {
        const std::string& text = table.details(*column).comment;
        if (!text.empty()) statements.push_back(set_comment(table, text, column.get()));
    }
    return statements;
}

/// Comments are properties that a procedure sets, which wants names as texts.
std::string DDLCompiler::set_comment(const TableObject& table, const std::string& comment,
                                     const sql::ColumnNode* column) const {
    if (sql::has_schema_places(table_name(table)))
        unsupported(table, "comments where a schema_translate_map says the schema");
    const bool is_default = table.schema.empty();
    std::string sql = is_default ? "DECLARE @schema sysname = SCHEMA_NAME(); " : "";
    sql +=
        "EXEC sp_addextendedproperty @name = N'MS_Description', @value = " + text_literal(comment) +
        ", @level0type = N'SCHEMA', @level0name = " +
        (is_default ? "@schema" : text_literal(table.schema)) +
        ", @level1type = N'TABLE', @level1name = " + text_literal(table.name);
    if (column) sql += ", @level2type = N'COLUMN', @level2name = " + text_literal(column->name);
    return sql;
}

}  // namespace azoth::inline v0::mssql
