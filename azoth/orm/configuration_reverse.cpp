// SPDX-License-Identifier: MIT
#include <azoth/orm/configuration.hpp>

#include <algorithm>

/// The two sides of a link, and what operations on one do to the other.
namespace azoth::inline v0::orm {
namespace {

bool mirrored(const std::vector<Relationship::SecondaryPair>& a,
              const std::vector<Relationship::SecondaryPair>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return x.key == y.key && x.column == y.column;
    });
}

/// Do they lead to and fro along the same columns?
bool mirrored(const Relationship& a, const Relationship& b) {
    if (a.owner != b.target || a.target != b.owner) return false;
    if (a.direction == Direction::many_to_many || b.direction == Direction::many_to_many)
        return a.direction == b.direction && a.secondary == b.secondary &&
               mirrored(a.to_owner, b.to_target) && mirrored(a.to_target, b.to_owner);
    return a.direction != b.direction &&
           std::equal(a.pairs.begin(), a.pairs.end(), b.pairs.begin(), b.pairs.end(),
                      [](const auto& x, const auto& y) {
                          return x.local == y.remote && x.remote == y.local;
                      });
}

std::string remedy(const Relationship& back) {
    return "back_populates<&" + back.describe() + ">";
}

}  // namespace

void Configuration::pair_relationships() {
    for (const auto& arc : arcs_)
        if (arc->definition->back_populates) pair(*arc);
}

void Configuration::pair(Arc& arc) {
    const MemberId& named = *arc.definition->back_populates;
    const std::string where = arc.relationship->describe();
    const std::string other = std::string(named.class_name) + "::" + std::string(named.name);
    if (named.entity != arc.relationship->target->id())
        return problem(where, "back_populates names " + other + ", which is not a member of " +
                                  arc.relationship->target->class_name() +
                                  ", the class that it leads to");
    const auto found = std::find_if(arcs_.begin(), arcs_.end(), [&](const auto& candidate) {
        return candidate->entry->given->id == named.entity &&
               candidate->relationship->offset == named.offset;
    });
    if (found == arcs_.end())
        return problem(where, "back_populates names " + other +
                                  ", which is mapped as no relationship of this model: map it with "
                                  "m.relationship<…>()");
    Arc& back = **found;
    if (back.relationship->target != arc.relationship->owner)
        return problem(where, "back_populates names " + other + ", which leads to " +
                                  back.relationship->target->class_name() + " and not back to " +
                                  arc.relationship->owner->class_name());
    if (&back == &arc)
        return problem(where, "back_populates names the relationship itself: name its other side");
    if (back.reverse && back.reverse != &arc)
        return problem(where, "back_populates names " + other + ", which is paired with " +
                                  back.reverse->relationship->describe() +
                                  " already: a relationship has one other side");
    if (arc.reverse && arc.reverse != &back)
        return problem(where, "back_populates names " + other + ", but it is paired with " +
                                  arc.reverse->relationship->describe() +
                                  " already: a relationship has one other side");
    if (arc.relationship->viewonly || back.relationship->viewonly)
        return problem(where,
                       "a viewonly relationship changes nothing, so it has no other side to "
                       "keep up to date: leave back_populates out");
    arc.reverse = &back;
    back.reverse = &arc;
    arc.relationship->reverse = back.relationship;
    back.relationship->reverse = arc.relationship;
}

void Configuration::check_reverses() {
    for (const auto& arc : arcs_) {
        const Arc* back = arc->reverse;
        if (!back || !arc->joined || !back->joined || back < arc.get()) continue;
        if (mirrored(*arc->relationship, *back->relationship)) continue;
        const bool same_direction = arc->relationship->direction == back->relationship->direction;
        problem(arc->relationship->describe(),
                "it and its other side " + back->relationship->describe() +
                    (same_direction ? " both lead in the same direction along the foreign key: say "
                                      "remote_side<…> of one of them"
                                    : " lead along different columns: say the same foreign_keys<…> "
                                      "of both"));
    }
}

/// Two relationships that write the same columns and know nothing of each other overwrite what the
/// other one wrote.
void Configuration::check_unpaired() {
    for (const auto& arc : arcs_)
        for (const auto& other : arcs_) {
            if (other.get() == arc.get()) break;
            if (arc->reverse || other->reverse || !arc->joined || !other->joined) continue;
            if (arc->definition->back_populates || other->definition->back_populates) continue;
            if (arc->relationship->viewonly || other->relationship->viewonly) continue;
            if (mirrored(*arc->relationship, *other->relationship))
                problem(arc->relationship->describe(),
                        "it is the same link as " + other->relationship->describe() +
                            " seen from the other side, and both would write it: say " +
                            remedy(*other->relationship) + ", or viewonly of one of them");
        }
}

namespace {

/// The columns that a relationship writes.
std::vector<const sql::ColumnNode*> written_columns(const Relationship& relationship) {
    std::vector<const sql::ColumnNode*> columns;
    columns.reserve(relationship.pairs.size());
    for (const Relationship::Pair& pair : relationship.pairs)
        columns.push_back(
            (relationship.direction == Direction::many_to_one ? pair.local : pair.remote)
                ->column.get());
    for (const auto* half : {&relationship.to_owner, &relationship.to_target})
        for (const Relationship::SecondaryPair& pair : *half) columns.push_back(pair.column.get());
    return columns;
}

bool names(const std::vector<MemberId>& members, const Relationship& relationship) {
    return std::any_of(members.begin(), members.end(), [&](const MemberId& member) {
        return member.entity == relationship.owner->id() && member.offset == relationship.offset;
    });
}

}  // namespace

/// Two relationships that write the same column write over each other what one of them knows.
void Configuration::check_overlaps() {
    for (const auto& arc : arcs_)
        for (const auto& other : arcs_) {
            if (other.get() == arc.get()) break;
            const Relationship& own = *arc->relationship;
            const Relationship& second = *other->relationship;
            if (!arc->joined || !other->joined || arc->reverse == other.get() || own.viewonly ||
                second.viewonly || mirrored(own, second))
                continue;
            if (names(arc->definition->overlaps, second) || names(other->definition->overlaps, own))
                continue;
            const auto columns = written_columns(own);
            for (const sql::ColumnNode* column : written_columns(second)) {
                if (std::find(columns.begin(), columns.end(), column) == columns.end()) continue;
                problem(own.describe(),
                        "it writes column '" + column->name + "' of " + column->from->describe() +
                            ", as " + second.describe() +
                            " does: say back_populates<…> if they are two sides of one link, "
                            "viewonly of the one that only looks, or overlaps<&" +
                            second.describe() + ">");
                break;
            }
        }
}

void Configuration::check_cascades(const Arc& arc) {
    const Relationship& relationship = *arc.relationship;
    const Cascade& cascade = relationship.cascade;
    const std::string where = relationship.describe();
    if (cascade.delete_orphan && !cascade.delete_)
        problem(where, "the cascade \"delete-orphan\" includes \"delete\": say both");
    if (cascade.delete_orphan && arc.joined && relationship.direction != Direction::one_to_many &&
        !relationship.single_parent)
        problem(where,
                "several objects can lead to the same one along it, so that it is no orphan "
                "when one of them lets it go: say single_parent if that never happens, or "
                "put the cascade \"delete-orphan\" on the other side");
    if (relationship.viewonly &&
        (cascade.save_update || cascade.merge || cascade.delete_ || cascade.delete_orphan))
        problem(where, "a viewonly relationship changes nothing: leave its cascade out");
    if (relationship.passive_deletes == PassiveDeletes::all && cascade.delete_)
        problem(where,
                "passive_deletes_all leaves related objects to the database, which the "
                "cascade \"delete\" contradicts: say passive_deletes, or leave the cascade out");
}

}  // namespace azoth::inline v0::orm
