// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/schema/create.hpp>
#include <azoth/schema/ddl_compiler.hpp>
#include <azoth/schema/registry.hpp>
#include <azoth/schema/sort.hpp>
#include <azoth/schema/target.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <utility>

namespace azoth::inline v0::schema {
namespace {

using Tables = std::vector<Ref<const TableObject>>;

/// The native types that tables need: by schema and name, with the first column that uses each.
class NativeTypes {
  public:
    struct Use {
        const TableObject* table;
        const sql::ColumnNode* column;
    };

    /// Throws CompileError where one name stands for two types.
    explicit NativeTypes(const Tables& tables) {
        for (const auto& table : tables)
            for (const auto& column : table->columns)
                if (column->type.kind() == TypeKind::enumeration) add(*table, *column);
    }
    void forget_those_of(const TableObject& table) {
        for (const auto& column : table.columns)
            if (column->type.kind() == TypeKind::enumeration) uses_.erase(name_of(*column));
    }
    [[nodiscard]] const auto& all() const& noexcept { return uses_; }
    const auto& all() && = delete;

  private:
    static std::pair<std::string, std::string> name_of(const sql::ColumnNode& column) {
        return {column.type.def().schema, column.type.def().name};
    }
    void add(const TableObject& table, const sql::ColumnNode& column) {
        const auto [entry, is_new] = uses_.emplace(name_of(column), Use{&table, &column});
        const Use& first = entry->second;
        if (is_new || first.column->type == column.type) return;
        throw CompileError("the enumeration type '" + column.type.def().name +
                           "' has different values in column '" + first.column->name + "' of " +
                           first.table->describe() + " and in column '" + column.name + "' of " +
                           table.describe());
    }

    std::map<std::pair<std::string, std::string>, Use> uses_;
};

Tables those_that_exist(Target& target, Tables tables, bool exist) {
    std::erase_if(tables, [&](const auto& table) {
        return target.has_table(table->schema, table->name) != exist;
    });
    return tables;
}

void run_all(Target& target, const std::vector<std::string>& statements) {
    for (const std::string& sql : statements) target.run(sql);
}

void append(std::vector<std::string>& statements, std::vector<std::string> more) {
    std::move(more.begin(), more.end(), std::back_inserter(statements));
}

/// The tables of the same MetaData that are not among these.
Tables others(const Tables& tables) {
    Tables rest;
    if (tables.empty()) return rest;
    const auto registry = tables.front()->registry();
    if (!registry) return rest;
    for (const TableEntry& entry : registry->all())
        if (std::find(tables.begin(), tables.end(), entry.table) == tables.end())
            rest.push_back(entry.table);
    return rest;
}

/// The SQL that creates or drops one table.
struct TableScript {
    const TableObject* table;
    std::vector<std::string> statements;
};

TableScript script_of(const DDLCompiler& ddl, const TableObject& table,
                      const std::vector<OwnedForeignKey>& later) {
    TableScript script{&table, {ddl.create_table(table, {.left_out = later})}};
    const auto expressions = table.expressions();
    for (const IndexDefinition& index : expressions->indexes)
        script.statements.push_back(ddl.create_index(table, index));
    append(script.statements, ddl.set_comments(table));
    return script;
}

/// A type and the SQL that creates or drops it.
struct TypeScript {
    const std::string& schema;
    const std::string& name;
    std::string statement;
};

/// \param exist only those that do, or don't, where this is asked at all
void run_types(const ToldChange& change, const std::vector<TypeScript>& types, bool exist) {
    for (const TypeScript& type : types)
        if (!change.checkfirst() || change.target().has_type(type.schema, type.name) == exist)
            change.target().run(type.statement);
}

template <class Before, class After>
void run_tables(const ToldChange& change, const std::vector<TableScript>& scripts, Before before,
                After after) {
    for (const TableScript& script : scripts) {
        change.tell(before, *script.table);
        run_all(change.target(), script.statements);
        change.tell(after, *script.table);
    }
}

}  // namespace

void create_tables(Tables tables, const ToldChange& change) {
    const DDLCompiler& ddl = change.target().ddl();
    if (change.checkfirst()) tables = those_that_exist(change.target(), std::move(tables), false);
    const SortedTables sorted = sort_with_circles(std::move(tables));

    const NativeTypes used(ddl.has_native_enumerations() ? sorted.tables : Tables{});
    std::vector<TypeScript> types;
    for (const auto& [name, use] : used.all())
        types.push_back({name.first, name.second, ddl.create_type(use.column->type)});
    const std::vector<OwnedForeignKey> later =
        ddl.alters_constraints() ? sorted.set_aside : std::vector<OwnedForeignKey>{};
    std::vector<TableScript> scripts;
    scripts.reserve(sorted.tables.size());
    for (const auto& table : sorted.tables) scripts.push_back(script_of(ddl, *table, later));
    std::vector<std::string> closing;
    closing.reserve(later.size());
    for (const auto& [table, foreign_key] : later)
        closing.push_back(ddl.add_foreign_key(*table, *foreign_key));

    change.tell(event::before_create, sorted.tables);
    run_types(change, types, false);
    run_tables(change, scripts, event::before_create, event::after_create);
    run_all(change.target(), closing);
    change.tell(event::after_create, sorted.tables);
}

void drop_tables(Tables tables, const ToldChange& change) {
    const DDLCompiler& ddl = change.target().ddl();
    NativeTypes used(ddl.has_native_enumerations() ? tables : Tables{});
    for (const auto& other : others(tables)) used.forget_those_of(*other);
    if (change.checkfirst()) tables = those_that_exist(change.target(), std::move(tables), true);
    SortedTables sorted = sort_with_circles(std::move(tables));
    std::reverse(sorted.tables.begin(), sorted.tables.end());

    std::vector<std::string> opening;
    if (ddl.alters_constraints()) {
        for (const auto& [table, foreign_key] : sorted.set_aside)
            opening.push_back(ddl.drop_foreign_key(*table, *foreign_key));
    } else if (!sorted.circles.empty()) {
        append(opening, ddl.before_dropping_circles());
    }
    std::vector<TableScript> scripts;
    scripts.reserve(sorted.tables.size());
    for (const auto& table : sorted.tables)
        scripts.push_back({table.get(), {ddl.drop_table(*table)}});
    std::vector<TypeScript> types;
    for (const auto& [name, use] : used.all())
        types.push_back({name.first, name.second, ddl.drop_type(use.column->type)});

    change.tell(event::before_drop, sorted.tables);
    run_all(change.target(), opening);
    run_tables(change, scripts, event::before_drop, event::after_drop);
    run_types(change, types, true);
    change.tell(event::after_drop, sorted.tables);
}

}  // namespace azoth::inline v0::schema
