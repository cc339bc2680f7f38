// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/schema/collected_options.hpp>
#include <azoth/schema/column.hpp>
#include <azoth/schema/create.hpp>
#include <azoth/schema/registry.hpp>
#include <azoth/schema/resolve.hpp>
#include <azoth/schema/table.hpp>
#include <azoth/schema/table_access.hpp>

namespace azoth::inline v0 {

using schema::TableAccess;
using schema::TableObject;

Table::Table(std::shared_ptr<schema::Registry> registry, schema::TableEntry entry)
    : FromClause(std::move(entry.table)),
      registry_(std::move(registry)),
      expressions_(std::move(entry.expressions)) {}

Table::Table(std::string_view name, const MetaData& metadata)
    : Table(name, metadata, TableOptions{}) {}

Table::Table(std::string_view name, const MetaData& metadata, const TableOptions& options)
    : Table(metadata.registry_, metadata.registry_->define(name, options)) {}

Table::Table(std::string_view name, const MetaData& metadata,
             std::initializer_list<ColumnSpec> columns, const TableOptions& options)
    : Table(name, metadata, options) {
    for (const ColumnSpec& column : columns)
        TableAccess::defining(*this, [&](TableObject& table) {
            table.define_column(column.name, Type(), true, column.options.get());
        });
}

Table::Table(const schema::AliasOf& alias)
    : FromClause(
          make_ref<sql::AliasNode>(Ref<const sql::FromNode>(&alias.table.object()), alias.name)),
      registry_(alias.table.registry_),
      expressions_(alias.table.expressions_) {}

Table::Table(const Table& other) = default;
Table::~Table() = default;

const std::string& Table::name() const noexcept {
    return node().name;
}
const std::string& Table::schema() const noexcept {
    return object().sql::TableNode::schema;
}
bool Table::is_alias() const noexcept {
    return node().kind == sql::NodeKind::alias;
}
MetaData Table::metadata() const {
    return MetaData(registry_);
}

std::vector<Expr<Any>> Table::columns() const {
    std::vector<Expr<Any>> all;
    all.reserve(node().columns.size());
    for (const auto& column : node().columns)
        all.emplace_back(sql::Expression{sql::NodeRef(column.get()), {}});
    return all;
}

const TableObject& Table::object() const noexcept {
    const sql::FromNode* from = &node();
    if (is_alias()) from = static_cast<const sql::AliasNode*>(from)->element.get();
    return static_cast<const TableObject&>(*from);
}

void Table::create_in(schema::Target& target, bool checkfirst) const {
    const std::vector<Table> alone{TableAccess::itself(*this)};
    schema::create_tables({Ref(&object())}, {registry_, alone, target, checkfirst,
                                             schema::ToldChange::About::tables});
}

void Table::drop_in(schema::Target& target, bool checkfirst) const {
    const std::vector<Table> alone{TableAccess::itself(*this)};
    schema::drop_tables({Ref(&object())},
                        {registry_, alone, target, checkfirst, schema::ToldChange::About::tables});
}

sql::Expression Table::append_column(std::string_view name,
                                     const schema::CollectedOptions& options) {
    if (is_alias())
        throw InvalidRequestError("add_column(\"" + std::string(name) +
                                  "\"): " + node().describe() + " is an alias; add it to " +
                                  object().describe() + " itself");
    const sql::ColumnNode& column =
        TableAccess::object(*this).define_column(name, Type(), true, options.get());
    return {sql::NodeRef(&column), {}};
}

namespace schema {
sql::Expression define_column(Table& table, std::string_view name, const Type& natural_type,
                              ColumnShape shape, std::initializer_list<OptionRef> given) {
    if (table.is_alias()) return sql::column_of(table.node(), name);
    return TableAccess::defining(table, [&](TableObject& object) -> sql::Expression {
        ColumnOptions options;
        for (const OptionRef& option : given) option.apply(options, option.option);
        if (options.type) check_type(object, name, *options.type, natural_type, shape.kind);
        return {sql::NodeRef(
                    &object.define_column(name, natural_type, shape.nullable, std::move(options))),
                {}};
    });
}

}  // namespace schema
}  // namespace azoth::inline v0
