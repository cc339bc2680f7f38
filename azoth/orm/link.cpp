// SPDX-License-Identifier: MIT
#include <azoth/orm/errors.hpp>
#include <azoth/orm/link_internal.hpp>
#include <azoth/orm/objects.hpp>
#include <azoth/orm/session_core.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>

/// Looking at what a member leads to, and changing it.
namespace azoth::inline v0::orm {

namespace {

/// Loads what a bound member leads to, where it has to be and can be.
void ensure_loaded(const Link& link) {
    if (LinkAccess::is_loaded(link)) return;
    Slot& owner = *LinkAccess::owner(link);
    const Relationship& relationship = LinkAccess::relationship(link);
    if ((owner.attention & attention::read_only) != 0)
        throw StreamedObjectError(relationship.describe() +
                                  " is not loaded, and an object of a stream loads nothing more: "
                                  "session.get() the object, or load it by session.scalars()");
    switch (owner.state) {
        case ObjectState::transient:
        case ObjectState::pending:
            // There is no row that others could refer to: what was added is all there is.
            if (relationship.is_many) LinkAccess::set_loaded_items(const_cast<Link&>(link), {});
            return;
        case ObjectState::persistent:
        case ObjectState::deleted:
            session_of(owner)->load_relationship(owner, relationship);
            return;
        case ObjectState::detached:
            throw DetachedInstanceError(relationship.describe() +
                                        " is not loaded, and the object belongs to no session that "
                                        "could load it: load it before the session is closed, or "
                                        "session.merge() the object");
    }
}

const SlotList& items_of(const Link& link) {
    static const SlotList none;
    const LinkArray* const array = LinkAccess::loaded_array(link);
    return array ? array->items : none;
}

}  // namespace

LinkArray* LinkAccess::loaded_array(const Link& many) {
    ensure_loaded(many);
    const Collection* const collection = existing_collection(many);
    return collection ? collection->array : nullptr;
}

Slot* Link::target() const {
    if (!owner_) {
        const auto* given = static_cast<const FreeItems*>(data_);
        if (!given || given->items.empty()) return nullptr;
        if (!given->items.front().handle)
            throw InvalidRequestError(
                "this One holds a new object that is in no session yet: add the struct that it "
                "stands in first");
        return given->items.front().handle;
    }
    ensure_loaded(*this);
    return static_cast<Slot*>(data_);
}

std::size_t Link::count() const {
    if (owner_) return items_of(*this).size();
    const FreeItems* given = LinkAccess::free_items(*this);
    return given ? given->items.size() : 0;
}

bool Link::has(const Slot& item) const {
    if (owner_) return items_of(*this).holds(item);
    const FreeItems* given = LinkAccess::free_items(*this);
    return given && std::any_of(given->items.begin(), given->items.end(),
                                [&](const FreeItem& one) { return one.handle == &item; });
}

void throw_free_standing() {
    throw InvalidRequestError(
        "this collection stands in a struct that is in no session: add the struct first, and look "
        "at "
        "the object that add() returns");
}

Slot& Link::item(std::size_t index) const {
    if (!owner_) throw_free_standing();
    const auto& items = items_of(*this).slots();
    if (index >= items.size())
        throw std::out_of_range(LinkAccess::relationship(*this).describe() + " has " +
                                std::to_string(items.size()) + " objects, none at position " +
                                std::to_string(index));
    return *items[index];
}

void throw_null_link(const Link& link, std::string_view class_name) {
    const Slot* owner = LinkAccess::owner(link);
    throw InvalidRequestError((owner ? LinkAccess::relationship(link).describe()
                                     : "One<" + std::string(class_name) + ">") +
                              " leads to no object: ask whether it does before you look at it");
}

void throw_null_handle(const char* class_name, std::size_t length) {
    throw InvalidRequestError("this Ptr<" + std::string(class_name, length) +
                              "> is null: ask whether it is before you look through it");
}

void Link::set_target(Slot* target_slot) {
    if (!owner_) {
        drop_data();
        hold(target_slot);
        return;
    }
    const Relationship& relationship = LinkAccess::relationship(*this);
    if (target_slot) return link_objects(*owner_, relationship, *target_slot);
    be_current(*owner_);
    if (Slot* present = LinkAccess::known_target(*this))
        return unlink_objects(*owner_, relationship, *present);
    // Not loaded: that it leads to nothing from now on is all that need be known.
    LinkAccess::set_nothing(*this);
}

Slot* Link::set_value(void* value, const ValueOps& ops) {
    if (!owner_) {
        hold_value(value, ops, true);
        return nullptr;
    }
    Slot& made = object_of_value(*LinkAccess::relationship(*this).target, value);
    const Held held(made);
    set_target(&made);
    return &made;
}

void Link::add(Slot& item) {
    if (owner_)
        link_objects(*owner_, LinkAccess::relationship(*this), item);
    else
        hold(&item);
}

Slot* Link::add_value(void* value, const ValueOps& ops) {
    if (!owner_) {
        hold_value(value, ops, true);
        return nullptr;
    }
    Slot& made = object_of_value(*LinkAccess::relationship(*this).target, value);
    const Held held(made);
    add(made);
    return &made;
}

bool Link::remove(Slot& item) {
    if (!owner_) {
        auto* given = static_cast<FreeItems*>(data_);
        if (!given) return false;
        const auto found = std::find_if(given->items.begin(), given->items.end(),
                                        [&](const FreeItem& one) { return one.handle == &item; });
        if (found == given->items.end()) return false;
        release(*found->handle);
        given->items.erase(found);
        return true;
    }
    if (!items_of(*this).holds(item)) return false;
    unlink_objects(*owner_, LinkAccess::relationship(*this), item);
    return true;
}

void Link::clear() {
    if (!owner_) {
        drop_data();
        state_ = LinkState::loaded;
        return;
    }
    const Relationship& relationship = LinkAccess::relationship(*this);
    (void)items_of(*this);  // loads
    unlink_others(*owner_, relationship, {});
}

void Link::assign(std::span<Slot* const> items) {
    if (!owner_) {
        drop_data();
        state_ = LinkState::loaded;
        for (Slot* item : items) hold(item);
        return;
    }
    const Relationship& relationship = LinkAccess::relationship(*this);
    (void)items_of(*this);  // loads
    // What is refused later would leave the collection without what it had.
    for (Slot* item : items) (void)require_linkable(*owner_, relationship, *item);
    unlink_others(*owner_, relationship, items);
    for (Slot* item : items) link_objects(*owner_, relationship, *item);
    LinkAccess::put_in_order(*this, items);
}

}  // namespace azoth::inline v0::orm
