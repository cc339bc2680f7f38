// SPDX-License-Identifier: MIT
#include <azoth/orm/row_batch.hpp>
#include <azoth/orm/unit_of_work.hpp>
#include <azoth/schema/table_object.hpp>

#include <algorithm>

/// Keys that the program changes, and the foreign keys that follow.
namespace azoth::inline v0::orm {
namespace {

/// The database changes the foreign key along with the key: ON UPDATE CASCADE.
bool is_cascaded(const Mapper& mapper, const Attribute& foreign_key) {
    const auto& definitions = mapper.table().foreign_key_definitions();
    return std::any_of(definitions.begin(), definitions.end(), [&](const auto& definition) {
        const auto& columns = definition.columns;
        return definition.options.onupdate == "CASCADE" &&
               std::find(columns.begin(), columns.end(), foreign_key.column.get()) != columns.end();
    });
}

bool is_new_key(const Slot& slot, const Attribute& key) {
    return slot.image && !(*slot.image)[key.index].same(key.view(slot.object()));
}

}  // namespace

bool has_new_key(const Slot& slot) {
    const auto& key = mapper_of(slot).key();
    return std::any_of(key.begin(), key.end(),
                       [&](const Attribute* attribute) { return is_new_key(slot, *attribute); });
}

void UnitOfWork::find_followers(Slot& parent, bool by_database, std::vector<Follower>& followers) {
    const Mapper& mapper = mapper_of(parent);
    for (const auto& relationship : mapper.relationships())
        if (relationship->direction == Direction::one_to_many)
            find_followers(parent, *relationship, by_database, followers);
    for (const Relationship* relationship : mapper.incoming()) {
        const Relationship* const reverse = relationship->reverse;
        const bool seen = reverse && reverse->direction == Direction::one_to_many;
        if (relationship->direction == Direction::many_to_one && !seen)
            find_followers(parent, *relationship, by_database, followers);
    }
}

/// Those objects of the session whose foreign key holds the key that `parent` gives up.
void UnitOfWork::find_followers(Slot& parent, const Relationship& relationship, bool by_database,
                                std::vector<Follower>& followers) {
    const bool from_parent = relationship.direction == Direction::one_to_many;
    const Mapper& children = from_parent ? *relationship.target : *relationship.owner;
    for (const auto& pair : relationship.pairs) {
        const Attribute& key = from_parent ? *pair.local : *pair.remote;
        const Attribute& foreign_key = from_parent ? *pair.remote : *pair.local;
        if (!is_new_key(parent, key) || is_cascaded(children, foreign_key) != by_database) continue;
        if (!by_database && from_parent &&
            !LinkAccess::is_loaded(LinkAccess::of(parent, relationship)))
            session_.load_relationship(parent, relationship);  // the database won't change them
        const ValueView before = known_value(parent, key);
        session_.identities_.for_each([&](Slot& child) {
            if (&mapper_of(child) == &children && child.state == ObjectState::persistent &&
                !FlushSet::is_removed(child) && same_value(known_value(child, foreign_key), before))
                followers.push_back({&child, &foreign_key, &parent, &key});
        });
    }
}

/// Without ON UPDATE CASCADE the foreign keys are written by this flush. SQLAlchemy:
/// `passive_updates=False`.
void UnitOfWork::follow_new_keys() {
    std::vector<Follower> followers;
    for (std::size_t i = 0; i < rekeyed_.size(); ++i) {
        followers.clear();
        find_followers(*rekeyed_[i], false, followers);
        for (const auto& [child, foreign_key, parent, key] : followers) {
            context_.objects().save(*child);
            context_.open(*child);
            if (!same_value(foreign_key->view(child->object()), known_value(*child, *foreign_key)))
                continue;  // it goes elsewhere
            const bool had_new_key = has_new_key(*child);
            context_.copy(*child, *foreign_key, *parent, *key);
            if (!had_new_key && has_new_key(*child)) rekeyed_.push_back(child);
        }
    }
}

/// With ON UPDATE CASCADE the rows have followed; now the objects do. SQLAlchemy:
/// `passive_updates=True`.
void UnitOfWork::take_over_followed_keys() {
    std::vector<Follower> followers;
    for (std::size_t i = 0; i < rekeyed_.size(); ++i) {
        followers.clear();
        find_followers(*rekeyed_[i], true, followers);
        for (const auto& [child, foreign_key, parent, key] : followers) {
            const bool stays =
                same_value(foreign_key->view(child->object()), known_value(*child, *foreign_key));
            if (!stays) continue;
            const bool had_new_key = has_new_key(*child);
            (void)session_.image_of(*child);
            context_.copy(*child, *foreign_key, *parent, *key);
            context_.objects().save(*child);  // so that its image and its identity are renewed
            if (!had_new_key && has_new_key(*child)) rekeyed_.push_back(child);
        }
    }
}

}  // namespace azoth::inline v0::orm
