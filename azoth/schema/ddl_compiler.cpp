// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/hash.hpp>
#include <azoth/schema/ddl_compiler.hpp>
#include <azoth/sql/identifier.hpp>

#include <algorithm>
#include <set>

namespace azoth::inline v0::schema {
namespace {

constexpr std::string_view separator = ",\n    ";

/// A made name cut to `limit` bytes, with a hash of the whole in its place, at a UTF-8 boundary.
std::string shorten(const std::string& name, std::size_t limit) {
    static constexpr char digits[] = "0123456789abcdef";
    const std::uint64_t hash = detail::hash_text(name);
    std::string tail = "_";
    for (int shift = 28; shift >= 0; shift -= 4) tail += digits[(hash >> shift) & 15];
    std::size_t kept = limit - tail.size();
    while (kept > 0 && (static_cast<unsigned char>(name[kept]) & 0xc0) == 0x80) --kept;
    return name.substr(0, kept) + tail;
}

bool same_columns(const std::vector<const sql::ColumnNode*>& a,
                  const std::vector<const sql::ColumnNode*>& b) {
    return std::set(a.begin(), a.end()) == std::set(b.begin(), b.end());
}

/// The columns of a unique index over all rows; empty for another.
std::vector<const sql::ColumnNode*> unique_columns(const IndexDefinition& index) {
    std::vector<const sql::ColumnNode*> columns;
    if (!index.unique || index.where) return columns;
    for (const sql::Expression& element : index.elements) {
        const sql::Node* node = element.node.get();
        if (node->kind == sql::NodeKind::ordering)
            node = static_cast<const sql::OrderingNode*>(node)->operand.get();
        if (node->kind != sql::NodeKind::column) return {};
        columns.push_back(static_cast<const sql::ColumnNode*>(node));
    }
    return columns;
}

bool is_key(const TableObject& table, const std::vector<const sql::ColumnNode*>& columns) {
    const auto& uniques = table.uniques();
    const auto expressions = table.expressions();
    const auto& indexes = expressions->indexes;
    return same_columns(table.primary_key().columns, columns) ||
           std::any_of(uniques.begin(), uniques.end(),
                       [&](const auto& key) { return same_columns(key.columns, columns); }) ||
           std::any_of(indexes.begin(), indexes.end(), [&](const auto& index) {
               return same_columns(unique_columns(index), columns);
           });
}

bool is_among(const std::vector<OwnedForeignKey>& list, const ForeignKeyDefinition& foreign_key) {
    return std::any_of(list.begin(), list.end(), [&](const OwnedForeignKey& owned) {
        return owned.foreign_key == &foreign_key;
    });
}

}  // namespace

DDLCompiler::DDLCompiler(const sql::ExpressionRenderer& renderer, sql::Schemas schemas)
    : renderer_(renderer), schemas_(schemas) {}
DDLCompiler::~DDLCompiler() = default;

// --- names ---------------------------------------------------------------------------------------

std::string DDLCompiler::quote(std::string_view name) const {
    const std::size_t limit = max_identifier_length();
    if (limit != 0 && name.size() > limit)
        throw IdentifierError("the identifier '" + std::string(name) + "' has " +
                              std::to_string(name.size()) + " bytes, the database allows " +
                              std::to_string(limit));
    return quoted(name);
}

std::string DDLCompiler::quoted(std::string_view name) const {
    std::string text;
    sql::quote_identifier(text, name, identifier_quote(), identifier_quote());
    return text;
}

std::string DDLCompiler::quote(const ItemName& name) const {
    const std::size_t limit = max_identifier_length();
    if (name.made && limit != 0 && name.text.size() > limit)
        return quote(shorten(name.text, limit));
    return quote(name.text);
}

std::string DDLCompiler::qualified(std::string_view schema, std::string_view quoted) const {
    std::string name;
    if (schemas_ == sql::Schemas::open)
        sql::append_schema(name, schema, schemas_, {});
    else if (!schema.empty())
        name = quote(schema) + ".";
    return name.append(quoted);
}

std::string DDLCompiler::table_name(const TableObject& table) const {
    return qualified(table.schema, quote(table.name));
}

std::string DDLCompiler::column_list(const std::vector<const sql::ColumnNode*>& columns) const {
    std::string list;
    for (const sql::ColumnNode* column : columns)
        list += (list.empty() ? "" : ", ") + quote(column->name);
    return "(" + list + ")";
}

std::string DDLCompiler::constraint_name(const ItemName& name) const {
    return name.text.empty() ? "" : "CONSTRAINT " + quote(name) + " ";
}

// --- tables --------------------------------------------------------------------------------------

std::string DDLCompiler::create_table(const TableObject& table,
                                      const CreateTableOptions& options) const {
    if (table.columns.empty())
        throw CompileError(table.describe() + " has no columns and can't be created");
    if (options.if_not_exists && !has_if_not_exists())
        unsupported(table, "CREATE TABLE IF NOT EXISTS; ask has_table() first");
    std::string sql = "CREATE ";
    for (const std::string& prefix : table.options().prefixes) sql += prefix + " ";
    sql += options.if_not_exists ? "TABLE IF NOT EXISTS " : "TABLE ";
    sql += table_name(table) + " (";
    std::string_view before = separator.substr(1);
    const auto add = [&](const std::string& clause) {
        if (clause.empty()) return;
        sql += before;
        sql += clause;
        before = separator;
    };
    for (const auto& column : table.columns) add(column_definition(table, *column));
    add(primary_key(table));
    for (const ForeignKeyDefinition& key : table.foreign_key_definitions())
        if (!is_among(options.left_out, key)) add(foreign_key_clause(table, key, key.name));
    for (const KeyDefinition& key : table.uniques()) add(unique(table, key));
    const auto expressions = table.expressions();
    for (const CheckDefinition& condition : expressions->checks) add(check(condition));
    return sql + "\n)" + table_suffix(table);
}

std::string DDLCompiler::drop_table(const TableObject& table, bool if_exists) const {
    if (if_exists && !has_if_exists())
        unsupported(table, "DROP TABLE IF EXISTS; ask has_table() first");
    return (if_exists ? "DROP TABLE IF EXISTS " : "DROP TABLE ") + table_name(table);
}

std::string DDLCompiler::table_suffix(const TableObject&) const {
    return {};
}

std::string DDLCompiler::column_definition(const TableObject& table,
                                           const sql::ColumnNode& column) const {
    return quote(column.name) + " " + column_type(table, column) + default_clause(table, column) +
           (column.nullable ? "" : " NOT NULL");
}

std::string DDLCompiler::default_clause(const TableObject& table,
                                        const sql::ColumnNode& column) const {
    const auto& given = table.details(column).server_default;
    if (!given) return {};
    if (given->node->kind == sql::NodeKind::bind && given->values.size() == 1) {
        const ValueView value = given->values[0].view();
        const bool same = column.type.value_kind() == value.kind;
        const Type& type =
            same ? column.type : static_cast<const sql::BindNode&>(*given->node).type;
        return " DEFAULT " + renderer_.render_literal(value, type);
    }
    if (given->node->kind == sql::NodeKind::constant)
        return " DEFAULT " + renderer_.render_inline(*given, false);
    return " DEFAULT (" + renderer_.render_inline(*given, false) + ")";
}

// --- constraints ---------------------------------------------------------------------------------

std::string DDLCompiler::primary_key(const TableObject& table) const {
    const KeyDefinition& key = table.primary_key();
    if (key.columns.empty()) return {};
    return constraint_name(key.name) + "PRIMARY KEY " + column_list(key.columns) +
           deferral(key.deferrable, key.initially);
}

std::string DDLCompiler::unique(const TableObject&, const KeyDefinition& key) const {
    return constraint_name(key.name) + "UNIQUE " + column_list(key.columns) +
           deferral(key.deferrable, key.initially);
}

std::string DDLCompiler::check(const CheckDefinition& check) const {
    return constraint_name(check.name) + "CHECK (" + renderer_.render_condition(check.condition) +
           ")";
}

std::string DDLCompiler::deferral(std::optional<bool> deferrable, const std::string& initially) {
    std::string clause;
    if (deferrable || !initially.empty())
        clause += deferrable.value_or(true) ? " DEFERRABLE" : " NOT DEFERRABLE";
    if (!initially.empty()) clause += " INITIALLY " + initially;
    return clause;
}

std::string DDLCompiler::foreign_key_clause(const TableObject& table,
                                            const ForeignKeyDefinition& foreign_key,
                                            const ItemName& name) const {
    return constraint_name(name) + "FOREIGN KEY " + column_list(foreign_key.columns) + " " +
           references(table, foreign_key);
}

std::string DDLCompiler::references(const TableObject& table,
                                    const ForeignKeyDefinition& foreign_key) const {
    const Ref<const TableObject> target = table.target_of(foreign_key);
    const auto columns = table.target_columns(foreign_key, *target);
    if (!is_key(*target, columns))
        throw CompileError("the foreign key of column '" + foreign_key.columns.front()->name +
                           "' of " + table.describe() + " refers to " + column_list(columns) +
                           " of " + target->describe() +
                           ", which are neither its primary key nor unique: say primary_key or "
                           "unique there");
    const ForeignKeyOptions& options = foreign_key.options;
    std::string clause = "REFERENCES " + referenced_table(*target) + " " + column_list(columns);
    if (!options.match.empty()) clause += " MATCH " + options.match;
    if (!options.ondelete.empty()) clause += " ON DELETE " + options.ondelete;
    if (!options.onupdate.empty()) clause += " ON UPDATE " + options.onupdate;
    return clause + deferral(options.deferrable, options.initially);
}

std::string DDLCompiler::referenced_table(const TableObject& table) const {
    return table_name(table);
}

/// ALTER TABLE can only take back what has a name, so a foreign key without one is given one here.
ItemName DDLCompiler::altered_name(const TableObject& table,
                                   const ForeignKeyDefinition& foreign_key) const {
    if (!foreign_key.name.text.empty()) return foreign_key.name;
    ItemName name{"fk_" + table.name, true};
    for (const sql::ColumnNode* column : foreign_key.columns) name.text += "_" + column->name;
    name.text += "_" + foreign_key.target_table;
    return name;
}

std::string DDLCompiler::add_foreign_key(const TableObject& table,
                                         const ForeignKeyDefinition& foreign_key) const {
    if (!alters_constraints()) unsupported(table, "ALTER TABLE ADD CONSTRAINT");
    return "ALTER TABLE " + table_name(table) + " ADD " +
           foreign_key_clause(table, foreign_key, altered_name(table, foreign_key));
}

std::string DDLCompiler::drop_foreign_key(const TableObject& table,
                                          const ForeignKeyDefinition& foreign_key) const {
    if (!alters_constraints()) unsupported(table, "ALTER TABLE DROP CONSTRAINT");
    return "ALTER TABLE " + table_name(table) + " DROP CONSTRAINT " +
           (has_if_exists() ? "IF EXISTS " : "") + quote(altered_name(table, foreign_key));
}

// --- indexes -------------------------------------------------------------------------------------

std::string DDLCompiler::drop_index(const TableObject& table, const IndexDefinition& index,
                                    bool if_exists) const {
    return (if_exists ? "DROP INDEX IF EXISTS " : "DROP INDEX ") +
           qualified(table.schema, quote(index.name));
}

std::string DDLCompiler::index_elements(const TableObject& table,
                                        const IndexDefinition& index) const {
    std::string list;
    for (const sql::Expression& element : index.elements)
        list += (list.empty() ? "" : ", ") + index_element(table, element);
    return "(" + list + ")";
}

std::string DDLCompiler::index_element(const TableObject& table,
                                       const sql::Expression& element) const {
    const sql::OrderingNode* ordering = nullptr;
    if (element.node->kind == sql::NodeKind::ordering)
        ordering = static_cast<const sql::OrderingNode*>(element.node.get());
    const sql::Expression operand{ordering ? ordering->operand : element.node, element.values};
    std::string text = renderer_.render_inline(operand, false);
    if (operand.node->kind != sql::NodeKind::column) text = "(" + text + ")";
    if (!ordering) return text;
    if (ordering->descending) text += " DESC";
    if (ordering->nulls != sql::OrderingNode::Nulls::unspecified)
        text += " " + nulls_order(table, ordering->nulls);
    return text;
}

std::string DDLCompiler::index_condition(const IndexDefinition& index) const {
    return index.where ? " WHERE " + renderer_.render_condition(*index.where) : "";
}

// --- what most databases lack --------------------------------------------------------------------

std::string DDLCompiler::create_type(const Type& type) const {
    throw UnsupportedCompilationError("this database has no CREATE TYPE, asked for '" +
                                      type.def().name + "'");
}

std::string DDLCompiler::drop_type(const Type& type) const {
    throw UnsupportedCompilationError("this database has no DROP TYPE, asked for '" +
                                      type.def().name + "'");
}

std::vector<std::string> DDLCompiler::set_comments(const TableObject&) const {
    return {};
}
std::vector<std::string> DDLCompiler::before_dropping_circles() const {
    return {};
}

bool DDLCompiler::is_in_key(const TableObject& table, const sql::ColumnNode& column) {
    const auto has = [&](const KeyDefinition& key) {
        return std::find(key.columns.begin(), key.columns.end(), &column) != key.columns.end();
    };
    return has(table.primary_key()) ||
           std::any_of(table.uniques().begin(), table.uniques().end(), has);
}

void DDLCompiler::incomplete(const TableObject& table, const sql::ColumnNode& column,
                             const std::string& why) {
    throw CompileError("column '" + column.name + "' of " + table.describe() + " " + why);
}

void DDLCompiler::unsupported(const TableObject& table, const std::string& what) {
    throw UnsupportedCompilationError(table.describe() + ": this database has no " + what);
}

void DDLCompiler::refuse_deferral(const TableObject& table, std::optional<bool> deferrable,
                                  const std::string& initially, const char* what) {
    if (deferrable || !initially.empty()) unsupported(table, std::string("DEFERRABLE ") + what);
}

void DDLCompiler::refuse_match(const TableObject& table, const ForeignKeyOptions& options) {
    if (!options.match.empty() && options.match != "SIMPLE")
        unsupported(table, "MATCH " + options.match);
}

}  // namespace azoth::inline v0::schema
