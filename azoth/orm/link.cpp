// SPDX-License-Identifier: MIT
#include <azoth/orm/errors.hpp>
#include <azoth/orm/link.hpp>
#include <azoth/orm/link_internal.hpp>
#include <azoth/orm/objects.hpp>
#include <azoth/orm/session_core.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>

namespace azoth::inline v0::orm {
namespace {

void erase_one(std::vector<Slot*>& slots, const Slot* slot) {
    const auto found = std::find(slots.begin(), slots.end(), slot);
    if (found != slots.end()) slots.erase(found);
}

bool holds(const std::vector<Slot*>& slots, const Slot* slot) {
    return std::find(slots.begin(), slots.end(), slot) != slots.end();
}

/// The relationship that a bound member stands for.
const Relationship& relationship_of(const Slot& owner, std::uint16_t index) {
    return *mapper_of(owner).relationships()[index];
}

}  // namespace

FreeItems::~FreeItems() {
    for (const FreeItem& item : items) {
        if (item.handle) release(*item.handle);
        if (item.value) item.ops->free(item.value);
    }
}

// --- free-standing members -----------------------------------------------------------------------

void Link::drop_data() noexcept {
    if (!owner_)
        delete static_cast<FreeItems*>(data_);
    else if (is_many_)
        delete static_cast<Collection*>(data_);
    data_ = nullptr;
}

Link::Link(const Link& other) : is_many_(other.is_many_) {
    if (other.owner_) return;  // a copy of a mapped object is its columns
    if (other.data_) {
        auto copy = std::make_unique<FreeItems>();
        for (const FreeItem& item : static_cast<const FreeItems*>(other.data_)->items) {
            if (item.value && !item.ops->copy_new)
                throw InvalidRequestError(
                    "a relationship holds a new object whose class can't be copied: move the "
                    "struct "
                    "instead of copying it");
            FreeItem made{item.handle, item.value ? item.ops->copy_new(item.value) : nullptr,
                          item.ops};
            if (made.handle) retain_again(*made.handle);
            copy->items.push_back(made);
        }
        data_ = copy.release();
    }
    state_ = other.state_;
}

Link::Link(Link&& other) noexcept : is_many_(other.is_many_) {
    if (other.owner_) return;
    data_ = std::exchange(other.data_, nullptr);
    state_ = std::exchange(other.state_, LinkState::unset);
}

namespace {

FreeItems& free_items(void*& data) {
    if (!data) data = new FreeItems;
    return *static_cast<FreeItems*>(data);
}

}  // namespace

void Link::hold(Slot* item) {
    state_ = LinkState::loaded;
    if (!item) return;
    FreeItems& items = free_items(data_);
    if (!is_many_ && !items.items.empty()) {
        delete &items;
        data_ = nullptr;
        return hold(item);
    }
    items.items.push_back({item, nullptr, nullptr});
    retain_again(*item);
}

void Link::hold_value(void* value, const ValueOps& ops, bool may_move) {
    if (!may_move && !ops.copy_new)
        throw InvalidRequestError(
            "a new object whose class can't be copied was given as a copy: std::move it");
    if (!is_many_ && data_) drop_data();
    FreeItems& items = free_items(data_);
    items.items.push_back({nullptr, may_move ? ops.move_new(value) : ops.copy_new(value), &ops});
    state_ = LinkState::loaded;
}

void Link::assign_from(Link& other, bool may_move) {
    if (other.owner_) {
        // A struct assigned from a mapped object takes over its columns; of its relationships the
        // one that goes with a column: what a foreign key says.
        if (!is_many_) set_target(other.target());
        return;
    }
    if (other.state_ == LinkState::unset) return;
    if (!owner_) {
        Link copy = may_move ? Link(std::move(other)) : Link(other);
        std::swap(data_, copy.data_);
        std::swap(state_, copy.state_);
        return;
    }
    const auto* given = static_cast<const FreeItems*>(other.data_);
    std::vector<Held> held;
    std::vector<Slot*> slots;
    if (given)
        for (const FreeItem& item : given->items) {
            Slot* slot = item.handle;
            if (item.value) {
                void* const value = may_move ? item.value : item.ops->copy_new(item.value);
                slot = &object_of_value(*relationship_of(*owner_, relation_).target, value);
                held.emplace_back(*slot);
                if (!may_move) item.ops->free(value);
            }
            slots.push_back(slot);
        }
    if (is_many_)
        assign(slots);
    else
        set_target(slots.empty() ? nullptr : slots.front());
}

// --- looking at what a member leads to -----------------------------------------------------------

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

const std::vector<Slot*>& items_of(const Link& link) {
    static const std::vector<Slot*> none;
    ensure_loaded(link);
    const Collection* collection = LinkAccess::existing_collection(link);
    return collection && collection->array ? collection->array->items : none;
}

const FreeItems* free_of(const Link& link) {
    return LinkAccess::free_items(link);
}

}  // namespace

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
    const FreeItems* given = free_of(*this);
    return given ? given->items.size() : 0;
}

bool Link::has(const Slot& item) const {
    if (owner_) return holds(items_of(*this), &item);
    const FreeItems* given = free_of(*this);
    return given && std::any_of(given->items.begin(), given->items.end(),
                                [&](const FreeItem& one) { return one.handle == &item; });
}

namespace {

[[noreturn]] void throw_free_standing() {
    throw InvalidRequestError(
        "this collection stands in a struct that is in no session: add the struct first, and look "
        "at "
        "the object that add() returns");
}

}  // namespace

Slot& Link::item(std::size_t index) const {
    if (!owner_) throw_free_standing();
    const auto& items = items_of(*this);
    if (index >= items.size())
        throw std::out_of_range(relationship_of(*owner_, relation_).describe() + " has " +
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

// --- changing ------------------------------------------------------------------------------------

namespace {

/// An expired object's foreign key may not be what its row has now.
void be_current(Slot& slot) {
    if (slot.state == ObjectState::persistent && (slot.attention & attention::expired) != 0)
        session_of(slot)->reload(slot);
}

}  // namespace

void Link::set_target(Slot* target_slot) {
    if (!owner_) {
        drop_data();
        hold(target_slot);
        return;
    }
    const Relationship& relationship = relationship_of(*owner_, relation_);
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
    Slot& made = object_of_value(*relationship_of(*owner_, relation_).target, value);
    const Held held(made);
    set_target(&made);
    return &made;
}

void Link::add(Slot& item) {
    if (owner_)
        link_objects(*owner_, relationship_of(*owner_, relation_), item);
    else
        hold(&item);
}

Slot* Link::add_value(void* value, const ValueOps& ops) {
    if (!owner_) {
        hold_value(value, ops, true);
        return nullptr;
    }
    Slot& made = object_of_value(*relationship_of(*owner_, relation_).target, value);
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
    if (!holds(items_of(*this), &item)) return false;
    unlink_objects(*owner_, relationship_of(*owner_, relation_), item);
    return true;
}

void Link::clear() {
    if (!owner_) {
        drop_data();
        state_ = LinkState::loaded;
        return;
    }
    const Relationship& relationship = relationship_of(*owner_, relation_);
    const std::vector<Slot*> present = items_of(*this);
    for (Slot* item : present) unlink_objects(*owner_, relationship, *item);
}

void Link::assign(std::span<Slot* const> items) {
    if (!owner_) {
        drop_data();
        state_ = LinkState::loaded;
        for (Slot* item : items) hold(item);
        return;
    }
    const Relationship& relationship = relationship_of(*owner_, relation_);
    const std::vector<Slot*> present = items_of(*this);
    for (Slot* item : present)
        if (std::find(items.begin(), items.end(), item) == items.end())
            unlink_objects(*owner_, relationship, *item);
    for (Slot* item : items) link_objects(*owner_, relationship, *item);
}

// --- both sides ----------------------------------------------------------------------------------

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
    const bool detached = owner.state == ObjectState::detached;
    // Expunged objects stand in one region with those of the session that they were linked with.
    if (detached != (item.state == ObjectState::detached)) throw_detached(relationship);
    if (&ours == &theirs) return;
    if (detached) throw_detached(relationship);
    if (ours.owner() && theirs.owner() && ours.owner() != theirs.owner())
        throw InvalidRequestError(relationship.describe() +
                                  ": the two objects belong to different sessions");
}

void note_linked(Slot& slot) {
    slot.set(mark::linked);
    if (SessionCore* session = session_of(slot)) session->note_linked(slot);
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

void link_objects(Slot& owner, const Relationship& relationship, Slot& item) {
    if (relationship.viewonly)
        throw InvalidRequestError(relationship.describe() + " is viewonly: it can't be changed");
    check_linkable(owner, relationship, item);
    const bool adds = cascades(owner, relationship, item);
    const Relationship* const reverse = relationship.reverse;
    if (adds)  // before anything is changed
        (void)session_of(owner)->require_addable(item,
                                                 reverse && !reverse->is_many ? reverse : nullptr);
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

void tell_linked(Slot& slot) {
    for (const auto& relationship : mapper_of(slot).relationships()) {
        if (!relationship->reverse || relationship->viewonly) continue;
        const Link& link = LinkAccess::of(slot, *relationship);
        std::vector<Slot*> others;
        if (const Collection* known = LinkAccess::existing_collection(link); relationship->is_many)
            others = known ? known->added : others;
        else if (Slot* const target = LinkAccess::target(link))
            others.push_back(target);
        for (Slot* other : others)
            if (other->state == ObjectState::deleted)
                slot.set(mark::passed_over);  // a rollback may bring it back
            else
                attach_reverse(slot, *relationship, *other);
    }
}

// --- one side ------------------------------------------------------------------------------------

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
    return relationship_of(*link.owner_, link.relation_);
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
        copy->items = collection.array->items;
        collection.array->release();
        collection.array = copy;
    }
    collection.array->forget_keys();
    return *collection.array;
}

}  // namespace

void LinkAccess::set_loaded_items(Link& many, std::vector<Slot*> items) {
    Collection& into = collection(many);
    for (const Slot* gone : into.removed) std::erase(items, gone);
    // What was added and turns out to have been there is no change.
    std::erase_if(into.added, [&](const Slot* fresh) { return holds(items, fresh); });
    items.insert(items.end(), into.added.begin(), into.added.end());
    LinkArray* const array = LinkArray::make();
    array->items = std::move(items);
    if (into.array) into.array->release();
    into.array = array;
    many.state_ = LinkState::loaded;
}

bool LinkAccess::is_known_member(const Link& many, const Slot& item) {
    const Collection* known = existing_collection(many);
    if (!known) return false;
    return known->array ? holds(known->array->items, &item) : holds(known->added, &item);
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
    if (into.array && holds(into.array->items, &item)) return;  // the other side didn't know it
    if (holds(into.removed, &item))
        erase_one(into.removed, &item);
    else if (!holds(into.added, &item))
        into.added.push_back(&item);
    if (into.array) writable(into).items.push_back(&item);
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
    if (holds(from.added, &item))
        erase_one(from.added, &item);
    else if (!holds(from.removed, &item))
        from.removed.push_back(&item);
    if (from.array) erase_one(writable(from).items, &item);
    return true;
}

void LinkAccess::take_back(Link& many, Slot& item) {
    Collection* const from = existing_collection(many);
    if (!from) return;
    if (holds(from->added, &item)) {
        erase_one(from->added, &item);
        if (from->array) erase_one(writable(*from).items, &item);
    } else if (holds(from->removed, &item)) {
        erase_one(from->removed, &item);
        if (from->array) writable(*from).items.push_back(&item);
    }
}

void LinkAccess::give_back(Link& many, Slot& item) {
    Collection* const to = existing_collection(many);
    if (!to) return;
    erase_one(to->removed, &item);
    if (to->array && !holds(to->array->items, &item)) writable(*to).items.push_back(&item);
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
        if (many.array) erase_one(writable(many).items, item);
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

// --- loops ---------------------------------------------------------------------------------------

LinkCursor::LinkCursor(const Link& link) {
    if (!link.owner_) {
        if (link.data_) throw_free_standing();
        return;
    }
    (void)items_of(link);
    const Collection* collection = LinkAccess::existing_collection(link);
    if (!collection || !collection->array || collection->array->items.empty()) return;
    array_ = collection->array;
    array_->retain();
    owner_ = link.owner_;
    retain(*owner_);
    owner_->slab->region().pin();
}

LinkCursor::LinkCursor(const LinkCursor& other) noexcept
    : array_(other.array_), owner_(other.owner_), position_(other.position_) {
    if (!array_) return;
    array_->retain();
    retain_again(*owner_);
    owner_->slab->region().pin();
}

LinkCursor::LinkCursor(LinkCursor&& other) noexcept
    : array_(std::exchange(other.array_, nullptr)),
      owner_(std::exchange(other.owner_, nullptr)),
      position_(other.position_) {}

LinkCursor& LinkCursor::operator=(LinkCursor other) noexcept {
    std::swap(array_, other.array_);
    std::swap(owner_, other.owner_);
    std::swap(position_, other.position_);
    return *this;
}

LinkCursor::~LinkCursor() {
    if (!array_) return;
    array_->release();
    owner_->slab->region().unpin();
    release(*owner_);
}

void* LinkCursor::current() const noexcept {
    if (!array_ || position_ >= array_->items.size()) return nullptr;
    return array_->items[position_]->object();
}

void reseat(void*& object, void* next) noexcept {
    if (object && next && slot_of(object)->slab == slot_of(next)->slab) {
        object = next;  // the slab's count stays
        return;
    }
    if (next) retain(*slot_of(next));
    if (object) release(*slot_of(object));
    object = next;
}

}  // namespace azoth::inline v0::orm
