// SPDX-License-Identifier: MIT
#include <azoth/orm/errors.hpp>
#include <azoth/orm/link_internal.hpp>
#include <azoth/orm/row_batch.hpp>
#include <azoth/orm/session_core.hpp>

#include <algorithm>

/// The session's objects: what comes in, what goes, what is watched.
namespace azoth::inline v0::orm {
namespace {

void erase_from(std::vector<Slot*>& slots, const Slot* slot) {
    const auto found = std::find(slots.begin(), slots.end(), slot);
    if (found != slots.end()) slots.erase(found);
}

void refuse_streamed(const Slot& slot, std::string_view call) {
    if ((slot.attention & attention::read_only) == 0) return;
    const std::string& name = mapper_of(slot).class_name();
    throw StreamedObjectError(std::string(call) + ": this object of " + name +
                              " comes from a stream and belongs to no session: session.get<" +
                              name + ">(key) gives the one that can be changed");
}

/// Calls `visit(Slot&)` for what is known to be at the other end, without asking the database.
template <class Visit>
void for_each_known(Slot& owner, const Relationship& relationship, Visit&& visit) {
    const Link& link = LinkAccess::of(owner, relationship);
    if (!relationship.is_many) {
        if (Slot* target = LinkAccess::target(link)) visit(*target);
        return;
    }
    const Collection* known = LinkAccess::existing_collection(link);
    if (!known) return;
    const std::vector<Slot*> items = known->known_items().slots();
    for (Slot* item : items) visit(*item);
}

}  // namespace

// --- adding --------------------------------------------------------------------------------------

void SessionCore::add(Slot& first) {
    const std::vector<Slot*> fresh = require_addable(first);
    if (first.is(mark::doomed)) {  // delete_() is taken back
        first.clear(mark::doomed);
        erase_from(doomed_, &first);
    }
    for (Slot* slot : fresh) enter(*slot);
}

void SessionCore::add_new(const Mapper& mapper, Slot& slot) {
    if (!mapper.relationships().empty()) return add(slot);
    enter(slot);
}

std::vector<Slot*> SessionCore::require_addable(Slot& first, const Relationship* replaced) const {
    check_open();
    check_addable(first);
    std::vector<Slot*> fresh;
    if (first.state == ObjectState::transient) fresh.push_back(&first);
    const std::size_t known = fresh.size();
    // Also of an object that is here already: what it was linked with before may be new.
    find_related(first, fresh);
    for (std::size_t next = known; next < fresh.size(); ++next) find_related(*fresh[next], fresh);
    for (Slot* slot : fresh) slot->clear(mark::visited);
    for (Slot* slot : fresh) check_related(*slot, slot == &first ? replaced : nullptr);
    return fresh;
}

/// The transient objects that a save-update cascade leads to, in the order in which they are
/// inserted.
void SessionCore::find_related(Slot& slot, std::vector<Slot*>& fresh) const {
    slot.set(mark::visited);
    for (const auto& relationship : mapper_of(slot).relationships())
        if (relationship->cascade.save_update)
            for_each_known(slot, *relationship, [&](Slot& item) {
                if (item.state != ObjectState::transient || item.is(mark::visited)) return;
                item.set(mark::visited);
                fresh.push_back(&item);
            });
    if (slot.state != ObjectState::transient) slot.clear(mark::visited);
}

/// Throws for what can't be added.
void SessionCore::check_addable(const Slot& slot) const {
    const Region& region = slot.slab->region();
    const std::string& name = mapper_of(slot).class_name();
    refuse_streamed(slot, "add()");
    if (region.owner() && region.owner() != this)
        throw InvalidRequestError("add(): this object of " + name + " belongs to another session");
    if (slot.state == ObjectState::deleted)
        throw InvalidRequestError("add(): this object of " + name +
                                  " has been deleted: add a new one");
    if (slot.state == ObjectState::detached)
        throw InvalidRequestError(
            "add(): this object of " + name +
            " is detached: bring it in with session.merge(object), which reads its row and "
            "writes what differs");
    if (slot.state == ObjectState::transient) check_model(slot);
}

/// Throws where a new object leads to one of a session that is closed: its foreign key could not be
/// written.
void SessionCore::check_related(Slot& slot, const Relationship* replaced) const {
    check_addable(slot);
    for (const auto& relationship : mapper_of(slot).relationships())
        if (relationship->cascade.save_update && relationship.get() != replaced)
            for_each_known(slot, *relationship, [&](const Slot& item) {
                if (item.state == ObjectState::detached)
                    throw InvalidRequestError(
                        "add(): this object of " + mapper_of(slot).class_name() +
                        " is linked along " + relationship->describe() +
                        " with one that is detached: bring that one in with "
                        "session.merge(object), and link with what merge() returns");
            });
}

void SessionCore::enter(Slot& slot) {
    Region& region = slot.slab->region();
    if (!region.owner()) region.set_owner(this);
    slot.state = ObjectState::pending;
    begin_level();
    pending_.push_back(&slot);
    if (!slot.is(mark::passed_over)) return;
    slot.clear(mark::passed_over);
    tell_linked(slot);
}

void SessionCore::check_model(const Slot& slot) const {
    const Mapper& mapper = mapper_of(slot);
    if (&mapper.model() != model_.get())
        throw InvalidRequestError("this object of " + mapper.class_name() + " was made by model '" +
                                  mapper.model().name() + "', the session's is '" + model_->name() +
                                  "'");
}

// --- deleting, expunging -------------------------------------------------------------------------

void SessionCore::require_own(const Slot& slot, std::string_view call) const {
    if (contains(slot)) return;
    refuse_streamed(slot, call);
    throw InvalidRequestError(std::string(call) + ": this object of " +
                              mapper_of(slot).class_name() + " is not in this session");
}

void SessionCore::remove(Slot& slot) {
    check_open();
    require_own(slot, "delete_()");
    if (slot.state == ObjectState::pending)
        throw InvalidRequestError("delete_(): this object of " + mapper_of(slot).class_name() +
                                  " is not in the database yet: expunge() it instead");
    if (slot.is(mark::doomed) || slot.state == ObjectState::deleted) return;
    begin_level();
    slot.set(mark::doomed);
    doomed_.push_back(&slot);
}

void SessionCore::expunge(Slot& first) {
    require_own(first, "expunge()");
    std::vector<Slot*> waiting{&first};
    while (!waiting.empty()) {
        Slot& slot = *waiting.back();
        waiting.pop_back();
        if (!contains(slot)) continue;
        leave(slot);
        for (const auto& relationship : mapper_of(slot).relationships())
            if (relationship->cascade.expunge)
                for_each_known(slot, *relationship, [&](Slot& item) { waiting.push_back(&item); });
    }
}

/// Takes one object out of the session: pending ones are transient again, others detached.
void SessionCore::leave(Slot& slot) {
    if (slot.state == ObjectState::pending) {
        erase_from(pending_, &slot);
        if (!given_.empty())  // another object may be made where this one stood
            for (const Attribute& attribute : mapper_of(slot).attributes())
                given_.erase({&slot, &attribute});
        slot.state = ObjectState::transient;
    } else {
        siblings_.forget(slot);
        unmap(slot);
        erase_from(doomed_, &slot);
        slot.state = ObjectState::detached;
    }
    erase_from(hot_, &slot);
    expressions_.erase(&slot);
    slot.clear(mark::hot | mark::doomed | mark::linked | mark::has_expressions);
    slot.settle(attention::cold | attention::expired);
}

bool SessionCore::contains(const Slot& slot) const noexcept {
    return slot.slab->region().owner() == this &&
           (slot.state == ObjectState::pending || slot.state == ObjectState::persistent);
}

// --- identity ------------------------------------------------------------------------------------

KeyBuffer SessionCore::key_of(const Slot& slot) {
    KeyBuffer key;
    for (const Attribute* attribute : mapper_of(slot).key())
        key.push_back(known_value(slot, *attribute));
    return key;
}

void SessionCore::map(Slot& slot) {
    identities_.put(mapper_of(slot), key_of(slot), slot);
    slot.set(mark::mapped);
}

void SessionCore::unmap(Slot& slot) {
    if (!slot.is(mark::mapped)) return;
    const Mapper& mapper = mapper_of(slot);
    if (mapper.has_integer_key()) {
        const ValueView key = known_value(slot, *mapper.key().front());
        identities_.erase(mapper, {&key, 1});
    } else {
        identities_.erase(mapper, key_of(slot));
    }
    slot.clear(mark::mapped);
}

// --- watching ------------------------------------------------------------------------------------

Image& SessionCore::image_of(Slot& slot) {
    if (!slot.image) take_image(slot);
    return *slot.image;
}

void SessionCore::take_image(Slot& slot) {
    const Mapper& mapper = mapper_of(slot);
    ImageArena& arena = slot.slab->arena();
    if (!slot.image) slot.image = arena.make_image(mapper.attributes().size());
    Image& image = *slot.image;
    for (const Attribute& attribute : mapper.attributes())
        arena.store(image[attribute.index], attribute.view(slot.object()));
    if (slot.is(mark::imaged)) return;
    slot.set(mark::imaged);
    imaged_.push_back(&slot);
}

void SessionCore::make_hot(Slot& slot) {
    if (slot.is(mark::hot)) return;
    slot.set(mark::hot);
    hot_.push_back(&slot);
}

void SessionCore::borrow(Slot& slot) {
    if (slot.state == ObjectState::persistent) {
        (void)image_of(slot);
        make_hot(slot);
    }
    slot.settle(attention::cold);
}

void SessionCore::note_linked(Slot& slot) {
    if (slot.state != ObjectState::persistent) return;
    begin_level();
    (void)image_of(slot);  // before flush writes a foreign key into it
    make_hot(slot);
}

// --- expiring ------------------------------------------------------------------------------------

namespace {

/// A link with an object that is not in the session is forgotten here, but stays the other's: that
/// one is not the session's to undo. \returns whether it is such an object
bool pass_over(Slot& other) {
    if (other.state != ObjectState::transient) return false;
    other.set(mark::passed_over);
    return true;
}

/// Takes back that a One was changed since the last flush: on both sides, and nothing else.
void undo_one(Slot& owner, const Relationship& relationship) {
    Link& one = LinkAccess::of(owner, relationship);
    if (!LinkAccess::changed(one)) return;
    if (relationship.reverse)
        for (Slot* other : {LinkAccess::target(one), LinkAccess::before(one)})
            if (other && !pass_over(*other))
                LinkAccess::take_back(LinkAccess::of(*other, *relationship.reverse), owner);
    LinkAccess::expire(one);
}

/// Takes back what was linked since the last flush: on both sides. Objects that came in by it are
/// to leave.
void undo_links(Slot& owner, const Relationship& relationship, std::vector<Slot*>& leaving) {
    Link& link = LinkAccess::of(owner, relationship);
    if (!LinkAccess::has_changes(link)) return;
    if (!relationship.is_many) return undo_one(owner, relationship);
    const Relationship* const reverse = relationship.reverse;
    const auto undo_back = [&](Slot& item) {
        if (!reverse || pass_over(item)) return;
        if (reverse->is_many)
            LinkAccess::take_back(LinkAccess::of(item, *reverse), owner);
        else
            undo_one(item, *reverse);
    };
    const Collection& collection = *LinkAccess::existing_collection(link);
    const std::vector<Slot*> added = collection.added.slots();
    const std::vector<Slot*> removed = collection.removed.slots();
    for (Slot* item : added) {
        undo_back(*item);
        if (item->state == ObjectState::pending) leaving.push_back(item);
    }
    for (Slot* item : removed) undo_back(*item);
}

}  // namespace

void SessionCore::leave_pending(Slot& slot) {
    if (slot.state == ObjectState::pending) leave(slot);
}

void SessionCore::expire_links(Slot& slot, std::vector<Slot*>& leaving) {
    for (const auto& relationship : mapper_of(slot).relationships()) {
        undo_links(slot, *relationship, leaving);
        LinkAccess::expire(LinkAccess::of(slot, *relationship));
    }
    slot.clear(mark::linked);
}

void SessionCore::expire_columns(Slot& slot) {
    if (slot.is(mark::imaged)) {
        keep_keys(slot);
        take_image(slot);
    }
    for (const Attribute* attribute : mapper_of(slot).deferred())
        attribute->ops->reset(attribute->in(slot.object()));
    slot.require(attention::expired | attention::cold);
}

/// Keys that the program has changed and not flushed are discarded now, not when the row is read
/// again: it is by its key that the row is found, and by foreign keys what it leads to.
void SessionCore::keep_keys(Slot& slot) {
    for (const Attribute& attribute : mapper_of(slot).attributes()) {
        if (attribute.key_position < 0 && !attribute.foreign) continue;
        const ImageCell& known = (*slot.image)[attribute.index];
        if (!known.same(attribute.view(slot.object())))
            attribute.ops->assign(attribute.in(slot.object()), known.view());
    }
}

void SessionCore::require_row(const Slot& slot, std::string_view call) const {
    require_own(slot, call);
    if (slot.state == ObjectState::pending)
        throw InvalidRequestError(std::string(call) + ": this object of " +
                                  mapper_of(slot).class_name() + " is not in the database yet");
}

void SessionCore::expire(Slot& slot) {
    require_row(slot, "expire()");
    expire_with_cascade(slot);
}

void SessionCore::expire_with_cascade(Slot& slot) {
    std::vector<Slot*> leaving;
    for (Slot* each : with_refresh_cascade(slot)) {
        expire_links(*each, leaving);
        expire_columns(*each);
    }
    for (Slot* each : leaving) leave_pending(*each);
}

/// The object and those that the cascade refresh-expire leads to from it.
std::vector<Slot*> SessionCore::with_refresh_cascade(Slot& first) {
    std::vector<Slot*> all{&first};
    first.set(mark::visited);
    for (std::size_t next = 0; next < all.size(); ++next) {
        Slot& owner = *all[next];
        for (const auto& relationship : mapper_of(owner).relationships())
            if (relationship->cascade.refresh_expire)
                for_each_known(owner, *relationship, [&](Slot& item) {
                    if (item.is(mark::visited) || item.state != ObjectState::persistent) return;
                    item.set(mark::visited);
                    all.push_back(&item);
                });
    }
    for (Slot* each : all) each->clear(mark::visited);
    return all;
}

void SessionCore::refresh(Slot& slot, const RefreshOptions* options) {
    require_row(slot, "refresh()");
    autoflush();
    expire_with_cascade(slot);
    reload(slot, options && options->with_for_update ? &*options->with_for_update : nullptr);
}

}  // namespace azoth::inline v0::orm
