// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/link.hpp>
#include <azoth/orm/mapper.hpp>
#include <azoth/orm/slot_list.hpp>

#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

/// What stands behind One and Many.
namespace azoth::inline v0::orm {

struct KeyPositions;

/// The objects of a collection. Counted: a loop that runs keeps the array that it began with, a
/// change then copies it first. The count may be changed by any thread, the rest belongs to the
/// object's.
class LinkArray {
  public:
    static LinkArray* make() { return new LinkArray; }
    void retain() noexcept { uses_.fetch_add(1, std::memory_order_relaxed); }
    void release() noexcept {
        if (uses_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
    }
    [[nodiscard]] bool is_shared() const noexcept {
        return uses_.load(std::memory_order_acquire) != 1;
    }
    SlotList items;

    /// The object of a key; null where there is none. Builds an index for larger arrays.
    [[nodiscard]] Slot* find(const Attribute& attribute, const ValueView& key);
    /// To be called where `items` changes.
    void forget_keys() noexcept;

  private:
    LinkArray() = default;
    ~LinkArray() {
        if (keys_) forget_keys();
    }
    std::atomic<std::uint32_t> uses_{1};
    KeyPositions* keys_ = nullptr;
};

/// The state of a bound Many. What was added and removed since the last flush is kept beside the
/// array, so that it can be applied again to one that is loaded later.
struct Collection {
    LinkArray* array = nullptr;  ///< null while it is not loaded
    SlotList added;              ///< since the last flush
    SlotList removed;            ///< since the last flush

    /// What it leads to as far as that is known without asking the database.
    [[nodiscard]] SlotList& known_items() noexcept { return array ? array->items : added; }
    [[nodiscard]] const SlotList& known_items() const noexcept {
        return array ? array->items : added;
    }

    Collection() = default;
    Collection(const Collection&) = delete;
    Collection& operator=(const Collection&) = delete;
    ~Collection() {
        if (array) array->release();
    }
};

/// What a free-standing One or Many holds until Session::add binds it.
struct FreeItem {
    Slot* handle = nullptr;         ///< counted; null where it is a new value or nothing
    void* value = nullptr;          ///< owned
    const ValueOps* ops = nullptr;  ///< of the value
};
struct FreeItems {
    std::vector<FreeItem> items;
    FreeItems() = default;
    FreeItems(const FreeItems&) = delete;
    FreeItems& operator=(const FreeItems&) = delete;
    ~FreeItems();
};

/// What the library does with the relationships of objects in slots. None of it emits SQL.
struct LinkAccess {
    [[nodiscard]] static Link& of(Slot& owner, const Relationship& relationship) noexcept {
        return relationship.link(owner.object());
    }
    [[nodiscard]] static const Link& of(const Slot& owner,
                                        const Relationship& relationship) noexcept {
        return of(const_cast<Slot&>(owner), relationship);
    }
    /// Says where the member stands, when its object is made in a slot.
    static void bind(Link& link, Slot& owner, const Relationship& relationship) noexcept;
    /// Takes out what a free-standing member holds; null where nothing was said.
    [[nodiscard]] static FreeItems* take_free(Link& link) noexcept;
    [[nodiscard]] static Slot* owner(const Link& link) noexcept { return link.owner_; }
    [[nodiscard]] static bool is_loaded(const Link& link) noexcept {
        return link.state_ == LinkState::loaded;
    }

    [[nodiscard]] static const Relationship& relationship(const Link& link) noexcept;
    /// Of a free-standing member; null where there are none.
    [[nodiscard]] static const FreeItems* free_items(const Link& link) noexcept;

    // One
    /// What a loaded One leads to; null while it isn't loaded.
    [[nodiscard]] static Slot* target(const Link& one) noexcept {
        return static_cast<Slot*>(one.data_);
    }
    [[nodiscard]] static bool changed(const Link& one) noexcept { return one.changed_; }
    /// What a changed One led to at the last flush; null for nothing and for unknown.
    [[nodiscard]] static Slot* before(const Link& one) noexcept {
        return static_cast<Slot*>(one.before_);
    }
    /// What it leads to as far as that is known without asking the database.
    [[nodiscard]] static Slot* known_target(const Link& one);
    /// A change: it leads to nothing, whatever it led to.
    static void set_nothing(Link& one);
    /// What was loaded: no change, no other side.
    static void set_loaded_target(Link& one, Slot* target) noexcept;

    // Many
    /// The collection of a bound Many, made where there is none.
    [[nodiscard]] static Collection& collection(Link& many);
    /// The same, or null where there is none.
    [[nodiscard]] static Collection* existing_collection(const Link& many) noexcept {
        return many.owner_ ? static_cast<Collection*>(many.data_) : nullptr;
    }
    /// What a Many leads to, which is loaded where it has to be and can be; null for nothing.
    [[nodiscard]] static LinkArray* loaded_array(const Link& many);
    /// Installs what was loaded, with what was added and removed since the last flush applied to
    /// it.
    static void set_loaded_items(Link& many, std::vector<Slot*> items);

    /// Of a loaded one that leads to these: the order in which it shows them, before others.
    static void put_in_order(Link& many, std::span<Slot* const> items);

    /// As far as is known without asking the database.
    [[nodiscard]] static bool is_known_member(const Link& many, const Slot& item);

    /// Puts one object into this side alone.
    static void attach(Link& link, Slot& item);
    /// Takes one object out of this side alone. \returns whether it was there
    static bool detach(Link& link, Slot& item);
    /// Undoes that one object was added to a collection, or taken out, since the last flush.
    static void take_back(Link& many, Slot& item);
    /// One object is in the collection after all, as its row says.
    static void give_back(Link& many, Slot& item);
    /// Forgets what leads to objects that are not in the session.
    static void leave_out(Link& link, const Relationship& reverse);
    /// Of an object that is new again: keeps those links that `stays` is true for, as if they had
    /// just been made.
    template <class Stays>
    static void renew(Link& link, Stays&& stays) {
        if (!link.is_many_) {
            Slot* const known = target(link);
            link.before_ = nullptr;  // also of one that was set to nothing
            if (!known) return;
            if (!stays(*known)) return expire(link);
            link.changed_ = true;
            return;
        }
        const Collection* const known = existing_collection(link);
        if (!known) return;
        std::vector<Slot*> items = known->known_items().slots();
        std::erase_if(items, [&](Slot* item) { return !stays(*item); });
        expire(link);
        for (Slot* item : items) attach(link, *item);
    }
    /// Forgets changes: they are in the database now. What couldn't be written, because the other
    /// end is not in the session, only the other end knows from now on.
    /// \returns false where there is no other side to know it: then it is kept
    static bool settle(Link& link, const Relationship& relationship);
    /// Forgets what is loaded and, with it, all changes.
    static void expire(Link& link) noexcept;
    /// Has anything to be flushed.
    [[nodiscard]] static bool has_changes(const Link& link) noexcept;
};

/// Links two objects along a relationship as a program does by `owner.member.add(item)` or
/// `owner.member = item`: both sides, regions, cascades. Throws InvalidRequestError (design rule
/// R10).
void link_objects(Slot& owner, const Relationship& relationship, Slot& item);
/// Throws what link_objects() would refuse, and changes nothing.
/// \returns whether the item comes into the owner's session by being linked
bool require_linkable(const Slot& owner, const Relationship& relationship, Slot& item);
void unlink_objects(Slot& owner, const Relationship& relationship, Slot& item);
/// Unlinks all that the owner's collection is known to lead to but `wanted`.
void unlink_others(Slot& owner, const Relationship& relationship, std::span<Slot* const> wanted);
/// An object's links have changed: it is part of the next flush.
void note_linked(Slot& slot);
/// An expired object's foreign key may not be what its row has now: it is read again.
void be_current(Slot& slot);
[[noreturn]] void throw_free_standing();
/// Of an object that was passed over and comes into the session: those that it leads to know it
/// again.
void tell_linked(Slot& slot);

}  // namespace azoth::inline v0::orm
