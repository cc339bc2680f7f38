// SPDX-License-Identifier: MIT
#include <azoth/orm/errors.hpp>
#include <azoth/orm/link_internal.hpp>
#include <azoth/orm/objects.hpp>
#include <azoth/orm/session_core.hpp>

#include <ranges>
#include <span>
#include <string>
#include <vector>

/// Links of two objects, which both may know of.
namespace azoth::inline v0::orm {

namespace {

[[noreturn]] void throw_detached(const Relationship& relationship) {
    throw InvalidRequestError(
        relationship.describe() +
        ": a detached object can't be linked with objects of a session. Bring it in with "
        "session.merge(object), or with session.merge(object, {.load = false}) where it is known "
        "to "
        "be what the database holds; or set the foreign key instead of the relationship");
}

/// Design rule R10: which objects may be linked.
void check_linkable(const Slot& owner, const Relationship& relationship, const Slot& item) {
    if (&mapper_of(item) != relationship.target)
        throw InvalidRequestError(relationship.describe() + ": an object of " +
                                  mapper_of(item).class_name() +
                                  " of another model can't be linked here");
    const Region& ours = owner.slab->region();
    const Region& theirs = item.slab->region();
    if (((owner.attention | item.attention) & attention::read_only) != 0)
        throw StreamedObjectError(relationship.describe() +
                                  ": an object of a stream is never changed: session.get() it");
    if (owner.state == ObjectState::deleted || item.state == ObjectState::deleted)
        throw InvalidRequestError(
            relationship.describe() +
            ": one of the two objects has been deleted by a flush: it can't be "
            "linked, unless a rollback brings it back");
    const bool detached = owner.state == ObjectState::detached;
    // Expunged objects stand in one region with those of the session that they were linked with.
    if (detached != (item.state == ObjectState::detached)) throw_detached(relationship);
    if (&ours == &theirs) return;
    if (detached) throw_detached(relationship);
    if (ours.owner() && theirs.owner() && ours.owner() != theirs.owner())
        throw InvalidRequestError(relationship.describe() +
                                  ": the two objects belong to different sessions");
}

/// The other side of a link that is made: `item` leads back to `owner`, and to nobody else where it
/// can lead to one only.
void attach_reverse(Slot& owner, const Relationship& relationship, Slot& item) {
    if (!relationship.reverse) return;
    const Relationship& reverse = *relationship.reverse;
    Link& back = LinkAccess::of(item, reverse);
    if (!reverse.is_many) {
        Slot* const former = LinkAccess::known_target(back);
        if (former == &owner && LinkAccess::is_loaded(back)) return;
        if (former && former != &owner) {
            LinkAccess::detach(LinkAccess::of(*former, relationship), item);
            note_linked(*former);
        }
    }
    LinkAccess::attach(back, owner);
    note_linked(item);
}

void detach_reverse(Slot& owner, const Relationship& relationship, Slot& item) {
    if (!relationship.reverse) return;
    LinkAccess::detach(LinkAccess::of(item, *relationship.reverse), owner);
    note_linked(item);
}

/// What an object of a session is linked with comes into the session.
bool cascades(const Slot& owner, const Relationship& relationship, const Slot& item) {
    const bool owner_lives =
        owner.state == ObjectState::pending || owner.state == ObjectState::persistent;
    return owner_lives && session_of(owner) && relationship.cascade.save_update &&
           item.state == ObjectState::transient;
}

/// The collection isn't loaded, but the item's foreign key says that it is there.
bool is_there_by_row(const Relationship& relationship, const Link& link, const Slot& item) {
    const Relationship* const reverse = relationship.reverse;
    if (!reverse || reverse->is_many || item.state != ObjectState::persistent) return false;
    const Collection* const known = LinkAccess::existing_collection(link);
    if (known && (known->array || !known->removed.empty())) return false;
    const Link& back = LinkAccess::of(item, *reverse);
    return !LinkAccess::changed(back) && LinkAccess::known_target(back) == LinkAccess::owner(link);
}

}  // namespace

void note_linked(Slot& slot) {
    slot.set(mark::linked);
    if (SessionCore* session = session_of(slot)) session->note_linked(slot);
}

void be_current(Slot& slot) {
    if (slot.state == ObjectState::persistent && (slot.attention & attention::expired) != 0)
        session_of(slot)->reload(slot);
}

bool require_linkable(const Slot& owner, const Relationship& relationship, Slot& item) {
    if (relationship.viewonly)
        throw InvalidRequestError(relationship.describe() + " is viewonly: it can't be changed");
    check_linkable(owner, relationship, item);
    const bool adds = cascades(owner, relationship, item);
    const Relationship* const reverse = relationship.reverse;
    if (adds)
        (void)session_of(owner)->require_addable(item,
                                                 reverse && !reverse->is_many ? reverse : nullptr);
    return adds;
}

void link_objects(Slot& owner, const Relationship& relationship, Slot& item) {
    const bool adds = require_linkable(owner, relationship, item);  // before anything is changed
    const Relationship* const reverse = relationship.reverse;
    if (!relationship.is_many) be_current(owner);
    if (reverse && !reverse->is_many) be_current(item);
    Link& link = LinkAccess::of(owner, relationship);
    if (relationship.is_many) {
        if (is_there_by_row(relationship, link, item)) return;
        // By the item's side it may have been linked without coming into the session.
        if (LinkAccess::is_known_member(link, item)) {
            if (adds) session_of(owner)->add(item);
            return;
        }
    } else {
        Slot* const former = LinkAccess::known_target(link);
        if (former == &item) {
            LinkAccess::set_loaded_target(link, &item);
            if (adds) session_of(owner)->add(item);
            return;
        }
        if (former) detach_reverse(owner, relationship, *former);
    }
    Region::unite(owner.slab->region(), item.slab->region());
    LinkAccess::attach(link, item);
    note_linked(owner);
    attach_reverse(owner, relationship, item);
    if (adds) session_of(owner)->add(item);
}

namespace {

/// A new object that nobody wants any more is not inserted; linked again, it comes back.
void let_go(Slot& orphan) {
    SessionCore* const session = session_of(orphan);
    if (session && orphan.state == ObjectState::pending) session->leave_pending(orphan);
}

}  // namespace

void unlink_objects(Slot& owner, const Relationship& relationship, Slot& item) {
    if (relationship.viewonly)
        throw InvalidRequestError(relationship.describe() + " is viewonly: it can't be changed");
    LinkAccess::detach(LinkAccess::of(owner, relationship), item);
    note_linked(owner);
    detach_reverse(owner, relationship, item);
    if (relationship.cascade.delete_orphan) let_go(item);
    if (relationship.reverse && relationship.reverse->cascade.delete_orphan) let_go(owner);
}

void unlink_others(Slot& owner, const Relationship& relationship, std::span<Slot* const> wanted) {
    const Collection* const known =
        LinkAccess::existing_collection(LinkAccess::of(owner, relationship));
    if (!known) return;
    SlotList stays{{wanted.begin(), wanted.end()}};
    std::vector<Slot*> leaving = known->known_items().slots();
    std::erase_if(leaving, [&](const Slot* item) { return stays.holds(*item); });
    // From the end, where a list loses one without a search.
    for (Slot* item : std::views::reverse(leaving)) unlink_objects(owner, relationship, *item);
}

void tell_linked(Slot& slot) {
    for (const auto& relationship : mapper_of(slot).relationships()) {
        if (!relationship->reverse || relationship->viewonly) continue;
        const Link& link = LinkAccess::of(slot, *relationship);
        std::vector<Slot*> others;
        if (const Collection* known = LinkAccess::existing_collection(link); relationship->is_many)
            others = known ? known->added.slots() : others;
        else if (Slot* const target = LinkAccess::target(link))
            others.push_back(target);
        for (Slot* other : others)
            if (other->state == ObjectState::deleted)
                slot.set(mark::passed_over);  // a rollback may bring it back
            else
                attach_reverse(slot, *relationship, *other);
    }
}

}  // namespace azoth::inline v0::orm
