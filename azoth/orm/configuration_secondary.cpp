// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/configuration.hpp>
#include <azoth/schema/collected_options.hpp>
#include <azoth/schema/resolve.hpp>
#include <azoth/schema/table_access.hpp>

#include <algorithm>

/// Many to many: the table between two classes.
namespace azoth::inline v0::orm {

using schema::TableAccess;
using schema::TableObject;

namespace {

/// What a relationship says of its secondary table, from its own point of view.
SecondaryOption seen_from(const RelationshipDefinition& own,
                          const RelationshipDefinition* reverse) {
    if (own.secondary) return *own.secondary;
    SecondaryOption turned = *reverse->secondary;
    std::swap(turned.options.own_columns, turned.options.target_columns);
    return turned;
}

std::vector<std::string> default_columns(const Mapper& mapper) {
    std::vector<std::string> names;
    for (const Attribute* key : mapper.key())
        names.push_back(mapper.table().name + "_" + key->column->name);
    return names;
}

/// One half of a new secondary table: columns for the keys of `mapper`, with a foreign key to it.
void define_half(TableObject& table, const Mapper& mapper, const std::vector<std::string>& names,
                 const std::string& ondelete) {
    if (names.size() != mapper.key().size())
        throw ArgumentError("the key of " + mapper.class_name() + " has " +
                            std::to_string(mapper.key().size()) + " columns, but " +
                            std::to_string(names.size()) +
                            " are named for it in its secondary table");
    std::vector<const sql::ColumnNode*> columns;
    std::vector<ForeignKey> references;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const sql::ColumnNode& key = *mapper.key()[i]->column;
        schema::ColumnOptions options;
        options.primary_key = true;
        columns.push_back(&table.define_column(names[i], key.type, false, std::move(options)));
        references.emplace_back(Expr<Any>(sql::Expression{sql::NodeRef(&key), {}}),
                                ForeignKeyOptions{.ondelete = ondelete});
    }
    table.define(schema::foreign_key_definition(table, std::move(columns), references));
}

/// The columns of `table` that hold the keys of `mapper`: those of its only foreign key to it that
/// consists of the named columns, where any are named.
std::vector<Relationship::SecondaryPair> half_of(const TableObject& table, const Mapper& mapper,
                                                 const std::vector<std::string>& named) {
    std::vector<std::vector<Relationship::SecondaryPair>> found;
    for (const schema::ForeignKeyDefinition& key : table.foreign_key_definitions()) {
        const Ref<const TableObject> target = table.target_of(key);
        if (target.get() != &mapper.table()) continue;
        const auto columns = table.target_columns(key, *target);
        std::vector<Relationship::SecondaryPair> pairs;
        bool fits = true;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const Attribute* attribute = mapper.attribute_of(*columns[i]);
            fits = fits && attribute &&
                   (named.empty() ||
                    std::find(named.begin(), named.end(), key.columns[i]->name) != named.end());
            pairs.push_back({attribute, Ref<const sql::ColumnNode>(key.columns[i])});
        }
        if (fits) found.push_back(std::move(pairs));
    }
    if (found.size() == 1) return std::move(found.front());
    throw ArgumentError(
        (found.empty() ? "its secondary " + table.describe() + " has no foreign key to "
                       : "its secondary " + table.describe() + " has several foreign keys to ") +
        mapper.table().describe() + (named.empty() ? "" : " that consists of the named columns") +
        ": name the columns of both sides in secondary(\"…\", {.own_columns = {…}, "
        ".target_columns = {…}})");
}

}  // namespace

void Configuration::join_along_secondary(Arc& arc) {
    Relationship& relationship = *arc.relationship;
    arc.joined = attempt(relationship.describe(), [&] {
        const SecondaryOption option = begin_secondary(arc);
        settle_own_half(relationship, option);
        settle_target_half(relationship, option);
    });
}

/// Sets the table between. \returns what the mapping says of it
SecondaryOption Configuration::begin_secondary(Arc& arc) {
    Relationship& relationship = *arc.relationship;
    relationship.direction = Direction::many_to_many;
    SecondaryOption option =
        seen_from(*arc.definition, arc.reverse ? arc.reverse->definition : nullptr);
    relationship.secondary = secondary_table(relationship, option);
    return option;
}

void Configuration::settle_own_half(Relationship& relationship, const SecondaryOption& option) {
    relationship.to_owner =
        half_of(*relationship.secondary, *relationship.owner, option.options.own_columns);
}

void Configuration::settle_target_half(Relationship& relationship, const SecondaryOption& option) {
    relationship.to_target =
        half_of(*relationship.secondary, *relationship.target, option.options.target_columns);
}

/// The table of that name: a mapped one, one that another relationship made, or a new one.
Ref<const TableObject> Configuration::secondary_table(const Relationship& relationship,
                                                      const SecondaryOption& option) {
    if (model_.metadata_.contains(option.table, option.options.schema))
        return Ref<const TableObject>(
            &model_.metadata_.table(option.table, option.options.schema).object());
    auto own = option.options.own_columns.empty() ? default_columns(*relationship.owner)
                                                  : option.options.own_columns;
    auto target = option.options.target_columns.empty() ? default_columns(*relationship.target)
                                                        : option.options.target_columns;
    if (own == target)
        throw ArgumentError(
            "the columns of both sides of its secondary table would have the same names: name them "
            "in secondary(\"…\", {.own_columns = {…}, .target_columns = {…}})");
    Table table(option.table, model_.metadata_, TableOptions{.schema = option.options.schema});
    TableAccess::defining(table, [&](TableObject& object) {
        define_half(object, *relationship.owner, own, option.options.ondelete);
        define_half(object, *relationship.target, target, option.options.ondelete);
    });
    return Ref<const TableObject>(&table.object());
}

}  // namespace azoth::inline v0::orm
