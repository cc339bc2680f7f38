// SPDX-License-Identifier: MIT
#include <azoth/orm/mapper_statements.hpp>
#include <azoth/schema/table_object.hpp>

namespace azoth::inline v0::orm {
namespace {

using sql::Clause;

/// SELECT of everything that an object of the class is made of.
ObjectSelect select_objects(const Mapper& mapper) {
    ObjectSelect select;
    select.entity = load_entry(mapper, 0);
    for (const LoadPlan::Member& member : select.entity.members)
        select.statement.column(Clause::column, *member.attribute);
    return select;
}

ObjectSelect select_by_key(const Mapper& mapper) {
    ObjectSelect select = select_objects(mapper);
    for (const Attribute* key : mapper.key()) select.statement.where_equal(*key->column);
    return select;
}

/// SELECT of what a relationship leads to; `values` are the owner's attributes that say which.
ObjectSelect select_related(const Relationship& relationship,
                            std::vector<const Attribute*>& values) {
    ObjectSelect select = select_objects(*relationship.target);
    CoreStatement& statement = select.statement;
    if (relationship.direction == Direction::many_to_many) {
        statement.from(*relationship.secondary);
        for (const auto& pair : relationship.to_target)
            statement.where_equal(*pair.key->column, *pair.column);
        for (const auto& pair : relationship.to_owner) {
            statement.where_equal(*pair.column);
            values.push_back(pair.key);
        }
    } else {
        for (const auto& pair : relationship.pairs) {
            statement.where_equal(*pair.remote->column);
            values.push_back(pair.local);
        }
    }
    for (const sql::Expression& ordering : relationship.order_by) statement.order_by(ordering);
    return select;
}

CoreStatement select_deferred(const Mapper& mapper, const Attribute& attribute) {
    CoreStatement statement = CoreStatement::select();
    statement.column(Clause::column, attribute);
    for (const Attribute* key : mapper.key()) statement.where_equal(*key->column);
    return statement;
}

}  // namespace

std::unique_ptr<const MapperStatements> make_statements(const Mapper& mapper) {
    auto made = std::make_unique<MapperStatements>(mapper);
    made->by_key = select_by_key(mapper);
    for (const auto& relationship : mapper.relationships())
        made->lazy.push_back(select_related(*relationship, made->lazy_values.emplace_back()));
    for (const Attribute& attribute : mapper.attributes()) {
        auto& deferred = made->deferred.emplace_back();
        if (attribute.ops->is_deferred) deferred = select_deferred(mapper, attribute);
    }
    return made;
}

}  // namespace azoth::inline v0::orm
