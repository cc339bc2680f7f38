// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/configuration.hpp>
#include <azoth/schema/resolve.hpp>

#include <algorithm>

/// Along which columns relationships lead.
namespace azoth::inline v0::orm {
namespace {

/// Does the mapper have an attribute for each of the columns? Then they are appended.
bool find_attributes(const Mapper& mapper, const std::vector<const sql::ColumnNode*>& columns,
                     std::vector<const Attribute*>& found) {
    for (const sql::ColumnNode* column : columns) {
        found.push_back(mapper.attribute_of(*column));
        if (!found.back()) return false;
    }
    return true;
}

bool is_among(const Attribute& attribute, const std::vector<Relationship::Pair>& pairs,
              bool remote) {
    return std::any_of(pairs.begin(), pairs.end(), [&](const Relationship::Pair& pair) {
        return (remote ? pair.remote : pair.local) == &attribute;
    });
}

}  // namespace

void Configuration::define_relationships() {
    for (const auto& entry : entries_)
        for (const RelationshipDefinition& definition : entry->definition.relationships())
            define_relationship(*entry, definition);
    pair_relationships();
    // A table between two classes is made as the side has it that names it.
    for (const bool names_table : {true, false})
        for (const auto& arc : arcs_)
            if (arc->definition->secondary.has_value() == names_table) join(*arc);
    check_reverses();
    check_unpaired();
    check_overlaps();
    for (const auto& arc : arcs_) check_cascades(*arc);
}

void Configuration::define_relationship(Entry& entry, const RelationshipDefinition& definition) {
    const std::string where = entry.definition.describe(definition.member.name());
    const Entry* target = find(definition.shape.target);
    if (!target)
        return problem(where, "it leads to " + std::string(definition.shape.target_name) +
                                  ", which is not of this model: list the class in model<…>()");
    auto relationship = std::make_unique<Relationship>();
    relationship->name = definition.member.name();
    relationship->offset = definition.member.offset;
    relationship->id = {entry.given->id, definition.member.offset, entry.given->name,
                        definition.member.name()};
    relationship->index = static_cast<std::uint16_t>(entry.mapper->relationships_.size());
    relationship->is_many = definition.shape.is_many;
    relationship->owner = entry.mapper;
    relationship->target = target->mapper;
    relationship->is_write_only = definition.shape.is_write_only;
    relationship->loading = definition.loading;
    relationship->passive_deletes = definition.passive_deletes;
    relationship->innerjoin = definition.innerjoin;
    relationship->join_depth = definition.join_depth;
    relationship->viewonly = definition.viewonly;
    relationship->post_update = definition.post_update;
    relationship->single_parent = definition.single_parent;
    relationship->cascade = definition.cascade.value_or(
        definition.viewonly ? Cascade{.save_update = false, .merge = false} : Cascade{});
    arcs_.push_back(std::make_unique<Arc>(Arc{&entry, &definition, relationship.get()}));
    entry.mapper->relationships_.push_back(std::move(relationship));
}

void Configuration::join(Arc& arc) {
    if (arc.tried || !arc.entry->table || !entry_of(*arc.relationship->target).table) return;
    arc.tried = true;
    settle_shape(arc);
    if (join_along_conditions(arc)) return settle_order(arc);
    if (arc.definition->secondary || (arc.reverse && arc.reverse->definition->secondary))
        join_along_secondary(arc);
    else
        join_along_foreign_key(arc);
    settle_order(arc);
}

void Configuration::join_along_foreign_key(Arc& arc) {
    const std::vector<Join> all = joins_of(arc);
    std::vector<Join> left = all;
    narrow(left, arc);
    if (left.size() != 1) return explain_joins(arc, all, left);
    arc.relationship->direction = left.front().direction;
    arc.relationship->pairs = std::move(left.front().pairs);
    arc.joined = true;
}

/// All foreign keys between the classes, in the directions in which the member can use them: a Many
/// leads from a key to those that refer to it, a One either way.
std::vector<Configuration::Join> Configuration::joins_of(const Arc& arc) {
    const Mapper& owner = *arc.relationship->owner;
    const Mapper& target = *arc.relationship->target;
    std::vector<Join> joins;
    if (!arc.relationship->is_many) add_joins(joins, owner, target, Direction::many_to_one);
    add_joins(joins, target, owner, Direction::one_to_many);
    return joins;
}

/// The foreign keys of `from` that refer to `to`, as seen from the owner of the relationship.
void Configuration::add_joins(std::vector<Join>& joins, const Mapper& from, const Mapper& to,
                              Direction direction) const {
    for (const schema::ForeignKeyDefinition& key : from.table().foreign_key_definitions()) {
        const Ref<const schema::TableObject> table = from.table().target_of(key);
        if (table.get() != &to.table()) continue;
        std::vector<const Attribute*> referring;
        std::vector<const Attribute*> referred;
        if (!find_attributes(from, key.columns, referring) ||
            !find_attributes(to, from.table().target_columns(key, *table), referred))
            continue;
        Join join{direction, {}};
        for (std::size_t i = 0; i < referring.size(); ++i)
            if (direction == Direction::many_to_one)
                join.pairs.push_back({referring[i], referred[i]});
            else
                join.pairs.push_back({referred[i], referring[i]});
        joins.push_back(std::move(join));
    }
}

/// Leaves those that fit what the mapping says of either side.
void Configuration::narrow(std::vector<Join>& joins, const Arc& arc) {
    const std::string where = arc.relationship->describe();
    const RelationshipDefinition& own = *arc.definition;
    const RelationshipDefinition* reverse = arc.reverse ? arc.reverse->definition : nullptr;
    const auto keep = [&](const std::vector<MemberId>& members, std::string_view word,
                          const auto& accepts) {
        for (const MemberId& member : members) {
            const Attribute* named = attribute(member, where, word);
            if (!named) continue;
            std::erase_if(joins, [&](const Join& join) { return !accepts(join, *named); });
        }
    };
    const auto in_foreign_key = [](const Join& join, const Attribute& named) {
        return is_among(named, join.pairs, join.direction == Direction::one_to_many);
    };
    const auto at_the_end = [](const Join& join, const Attribute& named) {
        return is_among(named, join.pairs, true);
    };
    const auto at_the_beginning = [](const Join& join, const Attribute& named) {
        return is_among(named, join.pairs, false);
    };
    keep(own.foreign_keys, "its foreign_keys name", in_foreign_key);
    keep(own.remote_side, "its remote_side names", at_the_end);
    if (reverse && own.foreign_keys.empty())
        keep(reverse->foreign_keys, "the foreign_keys of its other side name", in_foreign_key);
    if (reverse && own.remote_side.empty())
        keep(reverse->remote_side, "the remote_side of its other side names", at_the_beginning);
    const auto drop = [&](Direction direction) {
        std::erase_if(joins, [&](const Join& join) { return join.direction == direction; });
    };
    if (reverse && reverse->shape.is_many) drop(Direction::one_to_many);
    // Of a class with itself a One leads to the parent, where nothing else is said.
    const bool to_itself = arc.relationship->is_self_referential() && !arc.relationship->is_many;
    if (to_itself && joins.size() > 1 &&
        std::any_of(joins.begin(), joins.end(),
                    [](const Join& join) { return join.direction == Direction::many_to_one; }))
        drop(Direction::one_to_many);
}

void Configuration::explain_joins(const Arc& arc, const std::vector<Join>& all,
                                  const std::vector<Join>& left) {
    const Relationship& relationship = *arc.relationship;
    const Entry& owner = *arc.entry;
    const Entry& target = entry_of(*relationship.target);
    if (!owner.failed.empty() || !target.failed.empty()) return;
    const std::string between = relationship.is_self_referential()
                                    ? "from " + owner.mapper->table().describe() + " to itself"
                                    : "between " + owner.mapper->table().describe() + " and " +
                                          target.mapper->table().describe();
    if (all.empty())
        return problem(relationship.describe(),
                       "there is no foreign key " + between +
                           " along which it could lead: give the member of one class a "
                           "foreign_key<…> of the other, or say secondary(\"…\") for many to many");
    std::string names;
    for (const Join& join : all) {
        const bool back = join.direction == Direction::one_to_many;
        const Mapper& from = back ? *relationship.target : *relationship.owner;
        for (const Relationship::Pair& pair : join.pairs) {
            const std::string name =
                from.class_name() + "::" + (back ? pair.remote : pair.local)->name;
            if (names.find(name) == std::string::npos) names += (names.empty() ? "" : ", ") + name;
        }
    }
    if (left.empty())
        problem(relationship.describe(),
                "none of the foreign keys " + between + " (" + names +
                    ") fits what it says of them: correct its "
                    "foreign_keys<…>, remote_side<…> or back_populates<…>");
    else
        problem(relationship.describe(), "there are several foreign keys " + between + " (" +
                                             names + "): say which by foreign_keys<…>");
}

/// What a ManyMap finds its objects by; and what a WriteOnly can't be.
void Configuration::settle_shape(Arc& arc) {
    Relationship& relationship = *arc.relationship;
    const RelationshipDefinition& definition = *arc.definition;
    const std::string where = relationship.describe();
    const std::string& target = relationship.target->class_name();
    if (relationship.is_write_only && relationship.loading != Loading::select)
        problem(where, "a WriteOnly is never loaded: leave its lazy_… option out");
    if (definition.innerjoin && relationship.loading != Loading::joined)
        problem(where, "innerjoin says how lazy_joined joins: say both");
    if (definition.join_depth < 0) problem(where, "join_depth can't be negative");
    if (!definition.shape.key && !definition.keyed_by) return;
    if (!definition.shape.key)
        return problem(where, "keyed_by is for a ManyMap<K, T>: let the member be one");
    if (!definition.keyed_by)
        return problem(where, "a ManyMap needs to know which member of " + target +
                                  " is the key: say keyed_by<&" + target + "::…>");
    const Attribute* const named = attribute(*definition.keyed_by, where, "its keyed_by names");
    if (!named) return;
    if (relationship.target->attribute_of(*named->column) != named)
        return problem(where, "its keyed_by names " + std::string(definition.keyed_by->class_name) +
                                  "::" + std::string(definition.keyed_by->name) +
                                  ", which is not a member of " + target);
    if (named->ops->kind != definition.shape.key->value_kind())
        return problem(where, "its keyed_by names " + target + "::" + named->name +
                                  ", whose type is not the key's of the ManyMap");
    relationship.key = named;
}

void Configuration::settle_order(Arc& arc) {
    Relationship& relationship = *arc.relationship;
    const OrderByOption& order = arc.definition->order_by;
    if ((!order.members.empty() || !order.expressions.empty()) && !relationship.is_many)
        problem(relationship.describe(),
                "order_by is for collections, and this leads to one object: leave it out");
    for (const MemberId& member : order.members) {
        const Attribute* named = attribute(member, relationship.describe(), "its order_by names");
        if (!named) continue;
        if (relationship.target->attribute_of(*named->column) != named)
            problem(relationship.describe(),
                    "its order_by names " + std::string(member.class_name) +
                        "::" + std::string(member.name) + ", which is not a member of " +
                        relationship.target->class_name() + ", the class that it leads to");
        relationship.order_by.push_back({sql::NodeRef(named->column.get()), {}});
    }
    for (const Ordering& expression : order.expressions)
        attempt(relationship.describe(), [&] {
            sql::Expression ordering = lowered(expression.core());
            schema::for_each_column(
                *ordering.node, "its order_by", [&](const sql::ColumnNode& column) {
                    if (column.from != &relationship.target->table())
                        throw ArgumentError("its order_by mentions column '" + column.name +
                                            "' of " + column.from->describe() +
                                            ", which is not the table that it leads to");
                });
            relationship.order_by.push_back(std::move(ordering));
        });
}

}  // namespace azoth::inline v0::orm
