// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/configuration.hpp>
#include <azoth/schema/collected_options.hpp>
#include <azoth/schema/resolve.hpp>
#include <azoth/schema/table_access.hpp>

#include <algorithm>

/// From mappings to tables. Foreign keys come in a second pass, when all columns are known.
namespace azoth::inline v0::orm {

using schema::TableAccess;
using schema::TableObject;

void Configuration::define_tables() {
    for (const auto& entry : entries_) {
        auto mapper = std::make_unique<Mapper>(model_, entry->given->id,
                                               std::string(entry->given->name), entry->given->ops);
        mapper->index_ = static_cast<std::uint16_t>(entry->index);
        entry->mapper = mapper.get();
        model_.mappers_.push_back(std::move(mapper));
        if (entry->definition.construct())
            entry->mapper->ops_.construct = entry->definition.construct();
        define_table(*entry);
    }
}

void Configuration::define_table(Entry& entry) {
    const Definition& definition = entry.definition;
    if (!definition.table_name())
        return problem(definition.class_name(),
                       "it names no table: say m.table(\"…\") in its mapping");
    for (const auto& other : entries_) {
        if (other.get() == &entry) break;
        if (other->table && other->definition.table_name() == definition.table_name() &&
            other->definition.table_options().schema == definition.table_options().schema)
            return problem(definition.class_name(),
                           "table '" + *definition.table_name() + "' is that of " +
                               std::string(other->given->name) +
                               " already: name another one, or map one of the classes in a model "
                               "of its own");
    }
    const bool made = attempt(std::string(definition.class_name()), [&] {
        entry.table = std::make_unique<Table>(*definition.table_name(), model_.metadata_,
                                              definition.table_options());
    });
    if (!made) return;
    entry.mapper->table_ = Ref<const TableObject>(&entry.table->object());
    entry.mapper->attributes_.reserve(definition.columns().size());
    for (const ColumnDefinition& column : definition.columns()) define_column(entry, column);
    define_key(entry);
}

void Configuration::define_column(Entry& entry, const ColumnDefinition& column) {
    const std::string where = entry.definition.describe(column.member.name());
    const Entry* base = column.member.declared_in ? find(column.member.declared_in()) : nullptr;
    if (base)
        problem(where, "it belongs to " + std::string(base->given->name) +
                           ", which is mapped itself, and classes that inherit from mapped ones "
                           "can't be mapped yet");
    const bool made = attempt(where, [&] {
        TableObject& table = TableAccess::object(*entry.table);
        schema::ColumnOptions options = column.options;
        options.foreign_keys.clear();
        const Type& natural = column.ops->type();
        if (options.type)
            schema::check_type(table, column.name, *options.type, natural, column.ops->kind);
        const sql::ColumnNode& node =
            table.define_column(column.name, natural, column.ops->accepts_null, std::move(options));
        Attribute& attribute = entry.mapper->attributes_.emplace_back();
        attribute.name = column.member.name();
        attribute.offset = column.member.offset;
        attribute.ops = column.ops;
        attribute.index = static_cast<std::uint16_t>(entry.mapper->attributes_.size() - 1);
        attribute.column = Ref<const sql::ColumnNode>(&node);
        entry.of_attribute.push_back(&column);
    });
    if (!made) entry.failed.push_back(column.member.offset);
}

void Configuration::define_key(Entry& entry) {
    Mapper& mapper = *entry.mapper;
    for (const sql::ColumnNode* column : mapper.table().primary_key().columns)
        for (Attribute& attribute : mapper.attributes_)
            if (attribute.column.get() == column) {
                attribute.key_position = static_cast<int>(mapper.key_.size());
                mapper.key_.push_back(&attribute);
            }
    mapper.integer_key_ = mapper.key_.size() == 1 && mapper.key_.front()->ops->kind == Kind::int64;
    if (mapper.key_.empty() && entry.failed.empty())
        problem(entry.definition.class_name(),
                "its table '" + mapper.table().name +
                    "' has no primary key, by which objects are told apart: say primary_key of the "
                    "member or members that identify a row");
}

void Configuration::define_foreign_keys() {
    for (const auto& entry : entries_)
        for (std::size_t i = 0; i < entry->of_attribute.size(); ++i)
            define_foreign_keys(*entry, entry->mapper->attributes_[i], *entry->of_attribute[i]);
}

void Configuration::define_foreign_keys(Entry& entry, const Attribute& attribute,
                                        const ColumnDefinition& column) {
    const std::string where = entry.definition.describe(attribute.name);
    TableObject& table = TableAccess::object(*entry.table);
    std::vector<ForeignKey> references = column.options.foreign_keys;
    for (const MemberForeignKey& given : column.foreign_keys)
        if (const Attribute* target =
                this->attribute(given.target, where, "its foreign key refers to"))
            references.emplace_back(
                Expr<Any>(sql::Expression{sql::NodeRef(target->column.get()), {}}), given.options);
    for (const ForeignKey& reference : references)
        attempt(where, [&] {
            schema::ForeignKeyDefinition definition =
                schema::foreign_key_definition(table, {attribute.column.get()}, {reference});
            // What is named in text alone may not exist.
            static_cast<void>(table.target_columns(definition, *table.target_of(definition)));
            table.define(std::move(definition));
        });
}

}  // namespace azoth::inline v0::orm
