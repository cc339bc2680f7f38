// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/inspect_class.hpp>
#include <azoth/orm/mapper.hpp>
#include <azoth/orm/model_state.hpp>
#include <azoth/schema/table_object.hpp>

#include <algorithm>

namespace azoth::inline v0 {
namespace {

Expr<Any> expression_of(const Ref<const sql::ColumnNode>& column) {
    return Expr<Any>(sql::Expression{sql::NodeRef(column.get()), {}});
}

Table handle_of(const orm::ModelState& model, const schema::TableObject& table) {
    return model.metadata().table(table.name, table.schema);
}

ColumnProperty property_of(const orm::Mapper& mapper, const orm::Attribute& attribute) {
    const auto& deferred = mapper.deferred();
    return {.key = attribute.name,
            .name = attribute.column->name,
            .column = expression_of(attribute.column),
            .type = attribute.column->type,
            .nullable = attribute.column->nullable,
            .primary_key = attribute.key_position >= 0,
            .deferred = std::find(deferred.begin(), deferred.end(), &attribute) != deferred.end(),
            .group = attribute.deferred_group,
            .version_id = attribute.is_version};
}

RelationshipProperty property_of(const orm::ModelState& model, const orm::Relationship& relation) {
    RelationshipProperty property{.key = relation.name,
                                  .mapper = Mapper(*relation.target),
                                  .uselist = relation.is_many,
                                  .direction = relation.direction,
                                  .lazy = relation.loading,
                                  .cascade = relation.cascade,
                                  .viewonly = relation.viewonly};
    if (relation.reverse != nullptr) property.back_populates = relation.reverse->name;
    if (relation.secondary) property.secondary.emplace(handle_of(model, *relation.secondary));
    auto& pairs = property.local_remote_pairs;
    for (const auto& [local, remote] : relation.pairs)
        pairs.emplace_back(expression_of(local->column), expression_of(remote->column));
    for (const auto* side : {&relation.to_owner, &relation.to_target})
        for (const auto& [key, column] : *side)
            pairs.emplace_back(expression_of(key->column), expression_of(column));
    return property;
}

/// The end of `things` where none has this name.
template <class Things, class Name>
auto find_named(const Things& things, std::string_view key, Name name) {
    return std::find_if(things.begin(), things.end(),
                        [&](const auto& thing) { return name(thing) == key; });
}

std::string_view name_of(const orm::Attribute& attribute) {
    return attribute.name;
}
std::string_view name_of(const orm::QueryExpression& filled) {
    return filled.attribute.name;
}
std::string_view name_of(const std::unique_ptr<orm::Relationship>& relationship) {
    return relationship->name;
}
constexpr auto naming = [](const auto& thing) { return name_of(thing); };

[[noreturn]] void no_such(const orm::Mapper& mapper, std::string_view what, std::string_view key) {
    throw ArgumentError("inspect<" + mapper.class_name() + ">(): the class has no " +
                        std::string(what) + " called '" + std::string(key) + "'");
}

}  // namespace

Mapper::Mapper(const orm::ModelState& model, orm::ClassId id, std::string_view class_name)
    : model_(&model), mapper_(&model.mapper(id, class_name)) {}

Mapper::Mapper(const orm::Mapper& mapper) : model_(&mapper.model()), mapper_(&mapper) {}

const std::string& Mapper::class_name() const noexcept {
    return mapper_->class_name();
}

Table Mapper::local_table() const {
    return handle_of(mapper_->model(), mapper_->table());
}

std::vector<Expr<Any>> Mapper::primary_key() const {
    std::vector<Expr<Any>> columns;
    for (const orm::Attribute* attribute : mapper_->key())
        columns.push_back(expression_of(attribute->column));
    return columns;
}

std::vector<std::string> Mapper::keys() const {
    std::vector<std::string> keys;
    const auto add = [&](const auto& things) {
        for (const auto& thing : things) keys.emplace_back(name_of(thing));
    };
    add(mapper_->attributes());
    add(mapper_->query_expressions());
    add(mapper_->relationships());
    return keys;
}

bool Mapper::has_property(std::string_view key) const noexcept {
    const auto has = [&](const auto& things) {
        return find_named(things, key, naming) != things.end();
    };
    return has(mapper_->attributes()) || has(mapper_->query_expressions()) ||
           has(mapper_->relationships());
}

std::vector<ColumnProperty> Mapper::column_attrs() const {
    std::vector<ColumnProperty> all;
    for (const orm::Attribute& attribute : mapper_->attributes())
        all.push_back(property_of(*mapper_, attribute));
    return all;
}

ColumnProperty Mapper::column_attr(std::string_view key) const {
    const auto found = find_named(mapper_->attributes(), key, naming);
    if (found == mapper_->attributes().end()) no_such(*mapper_, "column", key);
    return property_of(*mapper_, *found);
}

ColumnProperty Mapper::column_attr(const orm::MemberId& member) const {
    return property_of(*mapper_, mapper_->attribute(member));
}

std::vector<RelationshipProperty> Mapper::relationships() const {
    std::vector<RelationshipProperty> all;
    for (const auto& relationship : mapper_->relationships())
        all.push_back(property_of(mapper_->model(), *relationship));
    return all;
}

RelationshipProperty Mapper::relationship(std::string_view key) const {
    const auto found = find_named(mapper_->relationships(), key, naming);
    if (found == mapper_->relationships().end()) no_such(*mapper_, "relationship", key);
    return property_of(mapper_->model(), **found);
}

RelationshipProperty Mapper::relationship(const orm::MemberId& member) const {
    return property_of(mapper_->model(), mapper_->relationship(member));
}

AliasedInsp orm::inspect_alias(azoth::Mapper&& mapper, const FromClause& alias) {
    return {std::move(mapper), alias.node().name, alias};
}

}  // namespace azoth::inline v0
