// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/dialects/mariadb/compiler.hpp>
#include <azoth/dialects/mariadb/ddl.hpp>

namespace azoth::inline v0::mariadb {
namespace {

using schema::TableObject;

std::string sized(const char* name, std::uint32_t length) {
    return std::string(name) + "(" + std::to_string(length) + ")";
}

std::string literal(std::string_view text) {
    return Compiler().literal(ValueView::of_text(text), {});
}

std::string enumeration_type(const TypeDef& def) {
    std::string labels;
    for (const std::string& label : def.labels)
        labels += (labels.empty() ? "" : ", ") + literal(label);
    return "ENUM(" + labels + ")";
}

std::string type_of(const TypeDef& def) {
    switch (def.kind) {
        case TypeKind::boolean: return "BOOLEAN";
        case TypeKind::small_integer: return "SMALLINT";
        case TypeKind::integer: return "INTEGER";
        case TypeKind::big_integer: return "BIGINT";
        case TypeKind::float32: return "FLOAT";
        case TypeKind::float64: return "DOUBLE";
        case TypeKind::numeric:
            // without numbers MariaDB would take (10, 0), and round in silence
            if (def.precision == 0) return "DECIMAL(65, 30)";
            return "DECIMAL(" + std::to_string(def.precision) + ", " + std::to_string(def.scale) +
                   ")";
        case TypeKind::string: return def.length == 0 ? "LONGTEXT" : sized("VARCHAR", def.length);
        case TypeKind::text: return "LONGTEXT";
        case TypeKind::large_binary:
            return def.length == 0 ? "LONGBLOB" : sized("VARBINARY", def.length);
        case TypeKind::date: return "DATE";
        case TypeKind::time: return "TIME(6)";
        case TypeKind::datetime: return "DATETIME(6)";
        case TypeKind::uuid: return "UUID";
        case TypeKind::enumeration: return enumeration_type(def);
        case TypeKind::json:
        case TypeKind::jsonb: return "JSON";
        case TypeKind::null: break;
    }
    return {};
}

/// LONGTEXT and LONGBLOB, of which the server takes only a part as a key.
bool is_long(std::string_view type) {
    return type.starts_with("LONG");
}

const sql::Node* indexed(const sql::Node* element) {
    if (element->kind != sql::NodeKind::ordering) return element;
    return static_cast<const sql::OrderingNode*>(element)->operand.get();
}

}  // namespace

std::string DDLCompiler::column_type(const TableObject& table,
                                     const sql::ColumnNode& column) const {
    std::string name = type_of(column.type.def());
    if (name.empty()) incomplete(table, column, "has no type: give it one");
    if (is_long(name) && is_in_key(table, column)) needs_length(table, column);
    return name;
}

std::string DDLCompiler::column_definition(const TableObject& table,
                                           const sql::ColumnNode& column) const {
    const bool generated = table.autoincrement_column() == &column;
    const std::string& comment = table.details(column).comment;
    return schema::DDLCompiler::column_definition(table, column) +
           (generated ? " AUTO_INCREMENT" : "") +
           (comment.empty() ? "" : " COMMENT " + literal(comment));
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
    return schema::DDLCompiler::references(table, foreign_key);
}

std::string DDLCompiler::table_suffix(const TableObject& table) const {
    const std::string& comment = table.options().comment;
    return " ENGINE=InnoDB" + (comment.empty() ? "" : " COMMENT=" + literal(comment));
}

void DDLCompiler::require_indexable(const TableObject& table, const sql::Node& element) const {
    if (element.kind != sql::NodeKind::column)
        unsupported(table, "index of an expression; make it a column of its own");
    const auto& column = static_cast<const sql::ColumnNode&>(element);
    if (is_long(type_of(column.type.def()))) needs_length(table, column);
}

void DDLCompiler::needs_length(const TableObject& table, const sql::ColumnNode& column) const {
    incomplete(table, column,
               "needs a length to be part of a key or an index in MariaDB: say String{100}, for "
               "instance");
}

std::string DDLCompiler::create_index(const TableObject& table,
                                      const schema::IndexDefinition& index,
                                      bool if_not_exists) const {
    if (index.where) unsupported(table, "index of a part of the rows");
    for (const sql::Expression& element : index.elements)
        require_indexable(table, *indexed(element.node.get()));
    return std::string(index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ") +
           (if_not_exists ? "IF NOT EXISTS " : "") + quote(index.name) + " ON " +
           table_name(table) + " " + index_elements(table, index);
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

}  // namespace azoth::inline v0::mariadb
