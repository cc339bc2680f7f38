// SPDX-License-Identifier: MIT
#include <azoth/orm/errors.hpp>
#include <azoth/orm/link_internal.hpp>
#include <azoth/orm/objects.hpp>
#include <azoth/orm/session_core.hpp>

#include <algorithm>
#include <string>
#include <unordered_map>

/// merge(): from an object outside of the session to the session's own.
namespace azoth::inline v0::orm {

class Merge {
  public:
    Merge(SessionCore& session, bool load) : session_(session), load_(load) {}

    Slot& one(Slot& given) {
        if (session_.contains(given)) return given;
        if (const auto seen = merged_.find(&given); seen != merged_.end()) return *seen->second;
        const Mapper& mapper =
            session_.model().mapper(mapper_of(given).id(), mapper_of(given).class_name());
        const KeyBuffer key = SessionCore::key_of(given);
        Slot* own = is_known(mapper, given, key) ? find(mapper, key) : nullptr;
        const bool is_new = !own;
        if (own)
            check_version(mapper, given, *own);
        else
            own = &(load_ ? make_pending(mapper) : make_persistent(mapper, given));
        merged_.emplace(&given, own);
        if (load_ || !is_new) copy_columns(mapper, given, *own);
        copy_filled(mapper, given, *own);
        if (load_ && is_new) session_.add(*own);
        copy_links(mapper, given, *own);
        return *own;
    }

  private:
    /// \returns false where the object says no key: then there is no row of it yet.
    bool is_known(const Mapper& mapper, const Slot& given, KeyView key) const {
        for (std::size_t i = 0; i < key.size(); ++i) {
            const Attribute& attribute = *mapper.key()[i];
            const bool unset = !given.image && attribute.is_unset(given.object());
            if (key[i].is_null() || unset) return missing_key(mapper);
        }
        return true;
    }
    [[nodiscard]] bool missing_key(const Mapper& mapper) const {
        if (!load_)
            throw InvalidRequestError("merge(): an object of " + mapper.class_name() +
                                      " without a key can't be what the database holds");
        return false;
    }

    [[nodiscard]] Slot* find(const Mapper& mapper, KeyView key) {
        return load_ ? session_.get(mapper, key) : session_.identities().find(mapper, key);
    }

    static void check_version(const Mapper& mapper, const Slot& given, const Slot& own) {
        const Attribute* version = mapper.version();
        if (!version || version->ops->is_zero(version->in(given.object()))) return;
        const ValueView theirs = version->view(given.object());
        const ValueView ours = version->view(own.object());
        if (theirs.kind == ours.kind && theirs.integer == ours.integer) return;
        throw StaleDataError("merge(): the object of " + mapper.class_name() + " has version " +
                             to_display(theirs) + ", its row has " + to_display(ours) +
                             ": somebody else has changed it");
    }

    [[nodiscard]] Slot& make_pending(const Mapper& mapper) {
        Region* const region = Region::make(nullptr);
        region->set_owner(&session_);
        return construct_object(mapper, *region);
    }

    /// {.load = false}: the members are what the database holds.
    [[nodiscard]] Slot& make_persistent(const Mapper& mapper, Slot& given) {
        if (given.image)
            for (const Attribute& attribute : mapper.attributes())
                if (!(*given.image)[attribute.index].same(attribute.view(given.object())))
                    throw InvalidRequestError(
                        "merge(…, {.load = false}): " + mapper.class_name() +
                        "::" + attribute.name +
                        " was changed since it was loaded, so it isn't what the database holds");
        Slot& own = make_pending(mapper);
        for (const Attribute& attribute : mapper.attributes()) copy(attribute, given, own);
        own.state = ObjectState::persistent;
        own.require(attention::cold);
        session_.map(own);
        return own;
    }

    static void copy(const Attribute& attribute, const Slot& from, Slot& to) {
        if (attribute.ops->is_set(attribute.in(from.object())))
            attribute.ops->assign(attribute.in(to.object()), attribute.view(from.object()));
    }

    void copy_columns(const Mapper& mapper, Slot& given, Slot& own) {
        if (own.state == ObjectState::persistent) session_.borrow(own);
        // What once had a row says something by every member; a new value only by those it sets.
        const bool had_row = given.state == ObjectState::detached || given.image;
        for (const Attribute& attribute : mapper.attributes()) {
            if (attribute.key_position >= 0 && own.state == ObjectState::persistent) continue;
            if (had_row || !attribute.is_unset(given.object())) copy(attribute, given, own);
        }
    }

    /// What expressions have filled.
    static void copy_filled(const Mapper& mapper, const Slot& given, Slot& own) {
        for (const QueryExpression& each : mapper.query_expressions())
            if (!each.attribute.ops->is_zero(each.attribute.in(given.object())))
                copy(each.attribute, given, own);
    }

    void copy_links(const Mapper& mapper, Slot& given, Slot& own) {
        for (const auto& relationship : mapper.relationships()) {
            if (!relationship->cascade.merge || relationship->viewonly) continue;
            const Link& link = LinkAccess::of(given, *relationship);
            if (relationship->is_many)
                merge_many(*relationship, link, given, own);
            else if (Slot* target = LinkAccess::target(link))
                link_objects(own, *relationship, one(*target));
            else if (LinkAccess::is_loaded(link) && load_)
                clear_one(*relationship, own);
        }
    }

    static void clear_one(const Relationship& relationship, Slot& own) {
        Link& link = LinkAccess::of(own, relationship);
        if (Slot* present = LinkAccess::known_target(link))
            unlink_objects(own, relationship, *present);
        else if (!LinkAccess::is_loaded(link))
            LinkAccess::set_nothing(link);
    }

    void merge_many(const Relationship& relationship, const Link& link, const Slot& given,
                    Slot& own) {
        const Collection* known = LinkAccess::existing_collection(link);
        if (!known) return;
        // A new object's collection that is empty may just have been looked at: it says nothing.
        const bool is_new =
            given.state == ObjectState::transient || given.state == ObjectState::pending;
        const bool whole = is_new ? !known->known_items().empty() : known->array != nullptr;
        const std::vector<Slot*> theirs = known->known_items().slots();
        std::vector<Slot*> ours;
        ours.reserve(theirs.size());
        for (Slot* item : theirs) ours.push_back(&one(*item));
        Link& target = LinkAccess::of(own, relationship);
        if (!load_) {
            for (Slot* item : ours) Region::unite(own.slab->region(), item->slab->region());
            if (whole) LinkAccess::set_loaded_items(target, std::move(ours));
            return;
        }
        // A collection that is known replaces; one of a row that only got additions adds.
        if (whole) session_.replace_items(own, relationship, ours);
        for (Slot* item : ours) link_objects(own, relationship, *item);
    }

    SessionCore& session_;
    const bool load_;
    std::unordered_map<const Slot*, Slot*> merged_;  // graphs have cycles
};

Slot& SessionCore::merge(Slot& given, bool load) {
    check_usable();
    if (session_of(given) && session_of(given) != this && given.state == ObjectState::pending)
        throw InvalidRequestError("merge(): this object of " + mapper_of(given).class_name() +
                                  " is pending in another session");
    return Merge(*this, load).one(given);
}

void SessionCore::replace_items(Slot& owner, const Relationship& relationship,
                                const std::vector<Slot*>& wanted) {
    Link& link = LinkAccess::of(owner, relationship);
    if (!LinkAccess::is_loaded(link) && owner.state == ObjectState::persistent)
        load_relationship(owner, relationship);
    const Collection* known = LinkAccess::existing_collection(link);
    if (!known || !known->array) return;
    unlink_others(owner, relationship, wanted);
}

// --- single members ------------------------------------------------------------------------------

const Attribute& SessionCore::attribute_at(const Slot& slot, std::ptrdiff_t offset,
                                           std::string_view call) const {
    if (const Attribute* found = mapper_of(slot).attribute_at(offset)) return *found;
    throw ArgumentError(std::string(call) + " names a member of " + mapper_of(slot).class_name() +
                        " that no column is mapped to");
}

void SessionCore::note_given(const Slot& slot, const Attribute& attribute) {
    given_.emplace(&slot, &attribute);
}

bool SessionCore::is_given(const Slot& slot, const Attribute& attribute) const {
    return !given_.empty() && given_.contains({&slot, &attribute});
}

void SessionCore::set_expression(Slot& slot, const Attribute& attribute,
                                 sql::Expression expression) {
    require_own(slot, "set()");
    begin_level();
    if (slot.state == ObjectState::persistent) borrow(slot);
    auto& expressions = expressions_[&slot];
    std::erase_if(expressions, [&](const auto& entry) { return entry.first == &attribute; });
    expressions.emplace_back(&attribute, std::move(expression));
    slot.set(mark::has_expressions);
}

bool SessionCore::is_modified(Slot& slot) {
    require_own(slot, "is_modified()");
    if (slot.state == ObjectState::pending || slot.is(mark::has_expressions)) return true;
    const Mapper& mapper = mapper_of(slot);
    for (const auto& relationship : mapper.relationships())
        if (LinkAccess::has_changes(LinkAccess::of(slot, *relationship))) return true;
    if (!slot.image) return false;
    for (const Attribute& attribute : mapper.attributes())
        if (attribute.ops->is_set(attribute.in(slot.object())) &&
            !(*slot.image)[attribute.index].same(attribute.view(slot.object())))
            return true;
    return false;
}

}  // namespace azoth::inline v0::orm
