// SPDX-License-Identifier: MIT
#include <azoth/orm/errors.hpp>
#include <azoth/orm/session_core.hpp>

#include <cstddef>

/// The slow paths of handles: what happens when an object can't simply be looked at.
namespace azoth::inline v0::orm {
namespace {

void require_present(const Slot& slot) {
    if ((slot.attention & attention::gone) == 0) return;
    throw ObjectDeletedError("this object of " + mapper_of(slot).class_name() +
                             " was deleted, and that is committed: there is no row any more");
}

void reload_expired(Slot& slot, SessionCore* session) {
    if ((slot.attention & attention::expired) == 0) return;
    // Outside of a session the last known values stay readable.
    if (session && slot.state == ObjectState::persistent) return session->reload(slot);
    slot.settle(attention::expired);
}

}  // namespace

void prepare_reading(Slot& slot) {
    require_present(slot);
    SessionCore* const session = session_of(slot);
    if (!session) return reload_expired(slot, nullptr);
    const ExclusiveUse use(session->monitor(), "Session");
    reload_expired(slot, session);
}

void prepare_writing(Slot& slot) {
    require_present(slot);
    if ((slot.attention & attention::read_only) != 0)
        throw StreamedObjectError("this object of " + mapper_of(slot).class_name() +
                                  " comes from a stream and is never written: session.get() it to "
                                  "change it");
    SessionCore* const session = session_of(slot);
    if (!session) {
        reload_expired(slot, nullptr);
        slot.settle(attention::cold);
        return;
    }
    const ExclusiveUse use(session->monitor(), "Session");
    reload_expired(slot, session);
    session->borrow(slot);
}

namespace detail {

void load_deferred(Slot& owner, const void* member) {
    const Mapper& mapper = mapper_of(owner);
    const auto offset = static_cast<const char*>(member) - static_cast<const char*>(owner.object());
    const Attribute* attribute = mapper.attribute_at(offset);
    if ((owner.attention & attention::read_only) != 0)
        throw StreamedObjectError(mapper.class_name() + (attribute ? "::" + attribute->name : "") +
                                  " is deferred, and an object of a stream loads nothing more: "
                                  "session.get() the object, or select the column");
    SessionCore* const session = session_of(owner);
    const bool has_row =
        owner.state == ObjectState::persistent || owner.state == ObjectState::deleted;
    if (!attribute || !session || !has_row) return;
    const ExclusiveUse use(session->monitor(), "Session");
    session->load_deferred(owner, *attribute);
}

void throw_unset() {
    throw InvalidRequestError(
        "this Maybe is unset: its column is filled when the object is flushed; ask is_set() "
        "before");
}

void throw_not_loaded() {
    throw InvalidRequestError(
        "this Deferred column is not loaded, and there is no session that could load it: look at "
        "it "
        "through a handle while the session is open");
}

}  // namespace detail
}  // namespace azoth::inline v0::orm
