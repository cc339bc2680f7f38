// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/schema/create.hpp>
#include <azoth/schema/ddl_compiler.hpp>
#include <azoth/schema/registry.hpp>
#include <azoth/schema/sort.hpp>

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

}  // namespace

void create_tables(Target& target, Tables tables, bool checkfirst) {
    const DDLCompiler& ddl = target.ddl();
    if (checkfirst) tables = those_that_exist(target, std::move(tables), false);
    const SortedTables sorted = sort_with_circles(std::move(tables));

    std::vector<std::string> statements;
    const NativeTypes types(ddl.has_native_enumerations() ? sorted.tables : Tables{});
    for (const auto& [name, use] : types.all())
        if (!checkfirst || !target.has_type(name.first, name.second))
            statements.push_back(ddl.create_type(use.column->type));
    const std::vector<OwnedForeignKey> later =
        ddl.alters_constraints() ? sorted.set_aside : std::vector<OwnedForeignKey>{};
    for (const auto& table : sorted.tables) {
        statements.push_back(ddl.create_table(*table, {.left_out = later}));
        const auto expressions = table->expressions();
        for (const IndexDefinition& index : expressions->indexes)
            statements.push_back(ddl.create_index(*table, index));
        append(statements, ddl.set_comments(*table));
    }
    for (const auto& [table, foreign_key] : later)
        statements.push_back(ddl.add_foreign_key(*table, *foreign_key));
    run_all(target, statements);
}

void drop_tables(Target& target, Tables tables, bool checkfirst) {
    const DDLCompiler& ddl = target.ddl();
    NativeTypes types(ddl.has_native_enumerations() ? tables : Tables{});
    for (const auto& other : others(tables)) types.forget_those_of(*other);
    if (checkfirst) tables = those_that_exist(target, std::move(tables), true);
    const SortedTables sorted = sort_with_circles(std::move(tables));

    std::vector<std::string> statements;
    if (ddl.alters_constraints()) {
        for (const auto& [table, foreign_key] : sorted.set_aside)
            statements.push_back(ddl.drop_foreign_key(*table, *foreign_key));
    } else if (!sorted.circles.empty()) {
        append(statements, ddl.before_dropping_circles());
    }
    for (auto table = sorted.tables.rbegin(); table != sorted.tables.rend(); ++table)
        statements.push_back(ddl.drop_table(**table));
    for (const auto& [name, use] : types.all())
        if (!checkfirst || target.has_type(name.first, name.second))
            statements.push_back(ddl.drop_type(use.column->type));
    run_all(target, statements);
}

}  // namespace azoth::inline v0::schema
