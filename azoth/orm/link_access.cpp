// SPDX-License-Identifier: MIT
#include <azoth/orm/link_internal.hpp>
#include <azoth/orm/objects.hpp>
#include <azoth/orm/session_core.hpp>

#include <algorithm>

/// What one object knows of its links; the other end is not touched.
namespace azoth::inline v0::orm {

void LinkAccess::bind(Link& link, Slot& owner, const Relationship& relationship) noexcept {
    link.drop_data();
    link.owner_ = &owner;
    link.relation_ = relationship.index;
    link.state_ = LinkState::unloaded;
    link.is_many_ = relationship.is_many;
}

FreeItems* LinkAccess::take_free(Link& link) noexcept {
    if (link.owner_ || link.state_ == LinkState::unset) return nullptr;
    link.state_ = LinkState::unset;
    return static_cast<FreeItems*>(std::exchange(link.data_, nullptr));
}

const Relationship& LinkAccess::relationship(const Link& link) noexcept {
    return *mapper_of(*link.owner_).relationships()[link.relation_];
}

const FreeItems* LinkAccess::free_items(const Link& link) noexcept {
    return link.owner_ ? nullptr : static_cast<const FreeItems*>(link.data_);
}

Slot* LinkAccess::known_target(const Link& one) {
    if (is_loaded(one)) return target(one);
    SessionCore* const session = session_of(*one.owner_);
    return session ? session->peek_target(*one.owner_, relationship(one)) : nullptr;
}

void LinkAccess::set_loaded_target(Link& one, Slot* target) noexcept {
    one.data_ = target;
    one.state_ = LinkState::loaded;
}

void LinkAccess::set_nothing(Link& one) {
    one.data_ = nullptr;
    one.state_ = LinkState::loaded;
    one.changed_ = true;
    orm::note_linked(*one.owner_);
}

Collection& LinkAccess::collection(Link& many) {
    if (!many.data_) many.data_ = new Collection;
    return *static_cast<Collection*>(many.data_);
}

namespace {

/// The array, made anew where a loop still runs over the old one.
LinkArray& writable(Collection& collection) {
    if (collection.array->is_shared()) {
        LinkArray* const copy = LinkArray::make();
        copy->items = SlotList(collection.array->items.slots());
        collection.array->release();
        collection.array = copy;
    }
    collection.array->forget_keys();
    return *collection.array;
}

}  // namespace

void LinkAccess::set_loaded_items(Link& many, std::vector<Slot*> items) {
    Collection& into = collection(many);
    LinkArray* const array = LinkArray::make();
    array->items = SlotList(std::move(items));
    array->items.erase_all_of(into.removed);
    // What was added and turns out to have been there is no change.
    into.added.erase_all_of(array->items);
    for (Slot* fresh : into.added) array->items.append(*fresh);
    if (into.array) into.array->release();
    into.array = array;
    many.state_ = LinkState::loaded;
}

void LinkAccess::put_in_order(Link& many, std::span<Slot* const> items) {
    Collection& into = collection(many);
    if (!into.array) return;
    SlotList ordered;
    for (Slot* item : items)
        if (!ordered.holds(*item)) ordered.append(*item);
    // An item may have brought others into the session that lead here too.
    for (Slot* item : into.array->items.slots())
        if (!ordered.holds(*item)) ordered.append(*item);
    writable(into).items = std::move(ordered);
}

bool LinkAccess::is_known_member(const Link& many, const Slot& item) {
    Collection* const known = existing_collection(many);
    return known && known->known_items().holds(item);
}

void LinkAccess::attach(Link& link, Slot& item) {
    if (!link.is_many_) {
        if (!link.changed_) {
            link.before_ = known_target(link);
            link.changed_ = link.before_ != &item;  // not where the foreign key leads there already
            if (!link.changed_) link.before_ = nullptr;
        } else if (link.before_ == &item) {  // back to what it was
            link.changed_ = false;
            link.before_ = nullptr;
        }
        set_loaded_target(link, &item);
        return;
    }
    Collection& into = collection(link);
    if (into.array && into.array->items.holds(item)) return;  // the other side didn't know it
    if (!into.removed.erase(item) && !into.added.holds(item)) into.added.append(item);
    if (into.array) writable(into).items.append(item);
}

namespace {

bool has_row(const Slot& slot) {
    return slot.state != ObjectState::transient && slot.state != ObjectState::pending;
}

}  // namespace

bool LinkAccess::detach(Link& link, Slot& item) {
    const bool may_be_there_by_row = has_row(*link.owner_) && has_row(item);
    if (!link.is_many_) {
        if (is_loaded(link) ? link.data_ != &item : !may_be_there_by_row) return false;
        if (!link.changed_) link.before_ = &item;
        link.changed_ = true;
        set_loaded_target(link, nullptr);
        return true;
    }
    Collection& from = collection(link);
    const bool known = is_known_member(link, item);
    if (!known && (from.array || !may_be_there_by_row)) return false;
    if (!from.added.erase(item) && !from.removed.holds(item)) from.removed.append(item);
    if (from.array) writable(from).items.erase(item);
    return true;
}

void LinkAccess::take_back(Link& many, Slot& item) {
    Collection* const from = existing_collection(many);
    if (!from) return;
    if (from->added.erase(item)) {
        if (from->array) writable(*from).items.erase(item);
    } else if (from->removed.erase(item) && from->array) {
        writable(*from).items.append(item);
    }
}

void LinkAccess::give_back(Link& many, Slot& item) {
    Collection* const to = existing_collection(many);
    if (!to) return;
    to->removed.erase(item);
    if (to->array && !to->array->items.holds(item)) writable(*to).items.append(item);
}

namespace {

/// It is not in the session, so no row could be written for a link with it.
bool is_outside(const Slot* slot) {
    return slot && slot->state == ObjectState::transient;
}

}  // namespace

bool LinkAccess::settle(Link& link, const Relationship& relationship) {
    Collection* const many = link.is_many_ ? existing_collection(link) : nullptr;
    const bool leaves_out =
        link.is_many_ ? many && std::any_of(many->added.begin(), many->added.end(), is_outside)
                      : link.changed_ && is_outside(target(link));
    if (leaves_out && !relationship.reverse) return false;
    if (leaves_out) leave_out(link, *relationship.reverse);
    link.changed_ = false;
    link.before_ = nullptr;
    if (many) {
        many->added.clear();
        many->removed.clear();
    }
    return true;
}

void LinkAccess::leave_out(Link& link, const Relationship& reverse) {
    if (!link.is_many_) {
        target(link)->set(mark::passed_over);
        if (Slot* const former = before(link)) give_back(of(*former, reverse), *link.owner_);
        return expire(link);
    }
    Collection& many = *existing_collection(link);
    for (Slot* item : many.added) {
        if (!is_outside(item)) continue;
        item->set(mark::passed_over);
        if (many.array) writable(many).items.erase(*item);
    }
}

void LinkAccess::expire(Link& link) noexcept {
    if (link.is_many_)
        link.drop_data();
    else
        link.data_ = nullptr;
    link.changed_ = false;
    link.before_ = nullptr;
    link.state_ = LinkState::unloaded;
}

bool LinkAccess::has_changes(const Link& link) noexcept {
    if (!link.is_many_) return link.changed_;
    const Collection* collection = existing_collection(link);
    return collection && !(collection->added.empty() && collection->removed.empty());
}

}  // namespace azoth::inline v0::orm
