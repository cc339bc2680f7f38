// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/configuration.hpp>
#include <azoth/orm/join_condition_reader.hpp>
#include <azoth/schema/table_object.hpp>

#include <algorithm>
#include <utility>

/// Relationships whose mapping says by conditions along which rows they lead.
namespace azoth::inline v0::orm {
namespace {

using Side = JoinConditionReader::Side;
using sql::ColumnNode;

bool has_conditions(const RelationshipDefinition& definition) {
    return definition.primaryjoin || definition.secondaryjoin;
}

Ref<const sql::FromNode> stand_in(const sql::FromNode& table) {
    return make_ref<const sql::AliasNode>(Ref<const sql::FromNode>(&table), std::string());
}

const ColumnNode& original(const sql::FromNode& table, const ColumnNode& of_end) {
    return static_cast<const ColumnNode&>(*table.columns[of_end.index]);
}

/// The schema has a foreign key from one column to the other.
bool refers_to(const schema::TableObject& table, const ColumnNode& column,
               const schema::TableObject& other, const ColumnNode& referred) {
    for (const schema::ForeignKeyDefinition& key : table.foreign_key_definitions()) {
        const Ref<const schema::TableObject> target = table.target_of(key);
        if (target.get() != &other) continue;
        const auto columns = table.target_columns(key, *target);
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (key.columns[i] == &column && columns[i] == &referred) return true;
    }
    return false;
}

const Attribute& attribute_of(const Mapper& mapper, const ColumnNode& of_end) {
    const ColumnNode& column = original(mapper.table(), of_end);
    if (const Attribute* found = mapper.attribute_of(column)) return *found;
    throw ArgumentError("column '" + column.name + "' of " + mapper.table().describe() +
                        " is mapped to no member");
}

/// Finds out what the equal columns of a primaryjoin without a table between mean.
class PairFinder {
  public:
    PairFinder(Relationship& relationship, std::vector<const Attribute*> foreign_keys,
               std::vector<const Attribute*> remote_side)
        : relationship_(relationship),
          foreign_keys_(std::move(foreign_keys)),
          remote_side_(std::move(remote_side)) {}

    /// \returns whether it is one of two columns that link the rows
    bool add(const JoinConditionReader::Equality& equality) {
        Side local = equality.left;
        Side remote = equality.right;
        const bool swapped = is_remote(local);
        if (swapped) std::swap(local, remote);
        if (is_remote(local) || !settle_remote(local, remote)) return false;
        const bool local_refers =
            refers(local, remote, *relationship_.owner, *relationship_.target);
        const bool remote_refers =
            refers(remote, local, *relationship_.target, *relationship_.owner);
        if (local_refers == remote_refers) return false;
        note(local_refers ? Direction::many_to_one : Direction::one_to_many);
        relationship_.pairs.push_back({&attribute_of(*relationship_.owner, *local.column),
                                       &attribute_of(*relationship_.target, *remote.column)});
        return true;
    }

  private:
    bool is_remote(const Side& side) const {
        return side.column->from == relationship_.ends.target.get();
    }
    /// Of a class with itself, where nothing is marked remote, by what is known otherwise: swaps
    /// the two where that is needed. \returns whether they are of both ends
    bool settle_remote(Side& local, Side& remote) const {
        if (is_remote(remote)) return true;
        if (!relationship_.is_self_referential()) return false;
        const bool left_refers = refers(local, remote, *relationship_.owner, *relationship_.target);
        const bool right_refers =
            refers(remote, local, *relationship_.owner, *relationship_.target);
        if (left_refers == right_refers) return false;
        const auto named = [&](const Side& side) { return is_among(remote_side_, side); };
        const bool left_is_remote =
            named(local) || named(remote) ? named(local) : left_refers == relationship_.is_many;
        if (left_is_remote) std::swap(local, remote);
        return true;
    }
    bool is_among(const std::vector<const Attribute*>& attributes, const Side& side) const {
        return std::any_of(attributes.begin(), attributes.end(), [&](const Attribute* attribute) {
            const Mapper& mapper = is_remote(side) ? *relationship_.target : *relationship_.owner;
            return attribute->column.get() == &original(mapper.table(), *side.column);
        });
    }
    bool refers(const Side& side, const Side& other, const Mapper& from, const Mapper& to) const {
        if (side.foreign || is_among(foreign_keys_, side)) return true;
        if (other.foreign || is_among(foreign_keys_, other)) return false;
        return refers_to(from.table(), original(from.table(), *side.column), to.table(),
                         original(to.table(), *other.column));
    }
    void note(Direction direction) {
        if (!relationship_.pairs.empty() && relationship_.direction != direction)
            throw ArgumentError(
                "its primaryjoin has foreign keys at both ends, so it leads in no direction: mark "
                "those of one end by foreign(…)");
        if (relationship_.is_many && direction == Direction::many_to_one)
            throw ArgumentError(
                "by its primaryjoin the foreign key stands in its own class, so that it leads to "
                "one object: let the member be a One<T>, or mark the other column by foreign(…)");
        relationship_.direction = direction;
    }

    Relationship& relationship_;
    std::vector<const Attribute*> foreign_keys_;
    std::vector<const Attribute*> remote_side_;
};

}  // namespace

/// \returns whether the mapping of either side has conditions, and they are settled
bool Configuration::join_along_conditions(Arc& arc) {
    const bool own = has_conditions(*arc.definition);
    if (!own && (!arc.reverse || !has_conditions(*arc.reverse->definition))) return false;
    if (own)
        arc.joined = attempt(arc.relationship->describe(), [&] { read_conditions(arc); });
    else
        mirror_conditions(arc);
    return true;
}

void Configuration::read_conditions(Arc& arc) {
    Relationship& relationship = *arc.relationship;
    relationship.ends = {
        stand_in(relationship.owner->table()), {}, stand_in(relationship.target->table())};
    if (arc.definition->secondary || (arc.reverse && arc.reverse->definition->secondary))
        read_secondary_conditions(arc);
    else
        read_primaryjoin(arc);
    const bool leads = !relationship.pairs.empty() ||
                       (!relationship.to_owner.empty() && !relationship.to_target.empty());
    if (!leads && !relationship.viewonly)
        throw ArgumentError(
            "its conditions equate no foreign key with what it refers to, so that nothing could be "
            "written when objects are linked: mark a column by foreign(…), or say viewonly");
}

void Configuration::read_primaryjoin(Arc& arc) {
    Relationship& relationship = *arc.relationship;
    const RelationshipDefinition& definition = *arc.definition;
    if (definition.secondaryjoin)
        throw ArgumentError("it has a secondaryjoin and no table between: say secondary(\"…\")");
    relationship.direction = relationship.is_many ? Direction::one_to_many : Direction::many_to_one;
    const std::string where = relationship.describe();
    PairFinder pairs(relationship,
                     attributes_of(definition.foreign_keys, where, "its foreign_keys name"),
                     attributes_of(definition.remote_side, where, "its remote_side names"));
    JoinConditionReader reader(relationship, nullptr);
    reader.read(*definition.primaryjoin);
    for (const auto& equality : reader.equalities())
        if (!pairs.add(equality)) reader.keep(equality);
    relationship.target_condition = reader.rest();
}

namespace {

/// Equal columns of an end and of the table between.
void read_half(const Relationship& relationship, const Mapper* between, const Mapper& mapper,
               const sql::FromNode& end, const sql::Expression& condition,
               std::vector<Relationship::SecondaryPair>& pairs, Relationship::Condition& rest) {
    JoinConditionReader reader(relationship, between, &end == relationship.ends.target.get());
    reader.read(condition);
    for (const auto& equality : reader.equalities()) {
        const ColumnNode* of_end = equality.left.column;
        const ColumnNode* of_between = equality.right.column;
        if (of_between->from == &end) std::swap(of_end, of_between);
        if (of_end->from == &end && of_between->from == relationship.ends.between.get())
            pairs.push_back(
                {&attribute_of(mapper, *of_end),
                 Ref<const ColumnNode>(&original(*relationship.secondary, *of_between))});
        else
            reader.keep(equality);
    }
    rest = reader.rest();
}

}  // namespace

void Configuration::read_secondary_conditions(Arc& arc) {
    Relationship& relationship = *arc.relationship;
    const RelationshipDefinition& definition = *arc.definition;
    const SecondaryOption option = begin_secondary(arc);
    relationship.ends.between = stand_in(*relationship.secondary);
    const auto entry = std::find_if(entries_.begin(), entries_.end(), [&](const auto& each) {
        return each->table && &each->mapper->table() == relationship.secondary.get();
    });
    if (entry == entries_.end())
        throw ArgumentError("its conditions can't name columns of its secondary " +
                            relationship.secondary->describe() +
                            ": map a class to that table, and name its members");
    const Mapper* const between = (*entry)->mapper;
    if (definition.primaryjoin)
        read_half(relationship, between, *relationship.owner, *relationship.ends.owner,
                  *definition.primaryjoin, relationship.to_owner, relationship.between_condition);
    else
        settle_own_half(relationship, option);
    if (definition.secondaryjoin)
        read_half(relationship, between, *relationship.target, *relationship.ends.target,
                  *definition.secondaryjoin, relationship.to_target, relationship.target_condition);
    else
        settle_target_half(relationship, option);
}

/// The other side's conditions, seen from this one.
void Configuration::mirror_conditions(Arc& arc) {
    join(*arc.reverse);
    if (!arc.reverse->joined) return;
    Relationship& relationship = *arc.relationship;
    const Relationship& back = *arc.reverse->relationship;
    const auto turned = [&](const Relationship::Condition& condition) {
        return Relationship::Condition{
            condition.expression,
            condition.expression.node && mentions(*condition.expression.node, *back.ends.target)};
    };
    relationship.ends = {back.ends.target, back.ends.between, back.ends.owner};
    if (back.direction == Direction::many_to_many) {
        relationship.direction = back.direction;
        relationship.secondary = back.secondary;
        relationship.to_owner = back.to_target;
        relationship.to_target = back.to_owner;
        relationship.between_condition = turned(back.target_condition);
        relationship.target_condition = turned(back.between_condition);
    } else {
        relationship.direction = back.direction == Direction::many_to_one ? Direction::one_to_many
                                                                          : Direction::many_to_one;
        for (const Relationship::Pair& pair : back.pairs)
            relationship.pairs.push_back({pair.remote, pair.local});
        relationship.target_condition = turned(back.target_condition);
    }
    arc.joined = true;
}

}  // namespace azoth::inline v0::orm
