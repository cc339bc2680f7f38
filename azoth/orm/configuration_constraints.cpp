// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/configuration.hpp>
#include <azoth/orm/lowering.hpp>
#include <azoth/schema/resolve.hpp>
#include <azoth/schema/table_access.hpp>
#include <azoth/sql/elements.hpp>

#include <algorithm>

/// Constraints over several columns, and indexes.
namespace azoth::inline v0::orm {

using schema::TableAccess;
using schema::TableObject;

void Configuration::define_constraints() {
    for (const auto& entry : entries_) {
        if (!entry->table) continue;
        for (const UniqueDefinition& unique_key : entry->definition.uniques())
            define_unique(*entry, unique_key);
        for (const CheckDefinition& check : entry->definition.checks()) define_check(*entry, check);
        for (const IndexDefinition& index : entry->definition.indexes())
            define_index(*entry, index);
        for (const ForeignKeyDefinition& key : entry->definition.foreign_keys())
            define_foreign_key(*entry, key);
    }
}

/// The columns of members of the class itself; nothing where one has none.
std::optional<std::vector<const sql::ColumnNode*>> Configuration::columns_of(
    const Entry& entry, const std::vector<MappedMember>& members, std::string_view what) {
    std::vector<const sql::ColumnNode*> columns;
    for (const MappedMember& member : members) {
        const Attribute* found =
            attribute({entry.given->id, member.offset, entry.given->name, member.name()},
                      std::string(entry.given->name), std::string(what) + " names");
        if (found) columns.push_back(found->column.get());
    }
    if (columns.size() != members.size()) return std::nullopt;
    return columns;
}

/// With columns in place of members.
sql::Expression Configuration::lowered(const sql::Expression& expression) const {
    return {Lowerer(model_).expression(expression.node), expression.values};
}

void Configuration::define_check(Entry& entry, const CheckDefinition& given) {
    attempt(std::string(entry.given->name), [&] {
        TableAccess::object(*entry.table)
            .define(schema::CheckDefinition{{given.name}, lowered(given.condition)});
    });
}

void Configuration::define_unique(Entry& entry, const UniqueDefinition& given) {
    auto columns = columns_of(entry, given.members, "a unique constraint");
    if (!columns) return;
    attempt(std::string(entry.given->name), [&] {
        TableAccess::object(*entry.table)
            .define(schema::KeyDefinition{.name = {given.options.name},
                                          .columns = std::move(*columns),
                                          .deferrable = given.options.deferrable,
                                          .initially = given.options.initially},
                    false);
    });
}

void Configuration::define_index(Entry& entry, const IndexDefinition& given) {
    auto columns = columns_of(entry, given.members, "an index");
    if (!columns) return;
    attempt(std::string(entry.given->name), [&] {
        schema::IndexDefinition index;
        index.name.text = given.options.name;
        for (const sql::ColumnNode* column : *columns)
            index.elements.push_back({sql::NodeRef(column), {}});
        index.unique = given.options.unique;
        for (const Ordering& element : given.expressions)
            index.elements.push_back(lowered(element.core()));
        const sql::Expression& condition = given.options.where.core();
        if (condition.node->kind != sql::NodeKind::constant) index.where = lowered(condition);
        index.postgresql_using = given.options.postgresql_using;
        TableAccess::object(*entry.table).define(std::move(index));
    });
}

void Configuration::define_foreign_key(Entry& entry, const ForeignKeyDefinition& given) {
    const std::string where(entry.given->name);
    auto columns = columns_of(entry, given.members, "a foreign key");
    if (!columns) return;
    std::vector<ForeignKey> references;
    for (const MemberId& member : given.targets)
        if (const Attribute* target = attribute(member, where, "a foreign key refers to"))
            references.emplace_back(
                Expr<Any>(sql::Expression{sql::NodeRef(target->column.get()), {}}), given.options);
    if (references.size() != given.targets.size()) return;
    attempt(where, [&] {
        TableObject& table = TableAccess::object(*entry.table);
        table.define(schema::foreign_key_definition(table, std::move(*columns), references));
    });
}

}  // namespace azoth::inline v0::orm
