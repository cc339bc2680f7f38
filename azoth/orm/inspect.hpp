// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/ptr.hpp>
#include <azoth/types/value.hpp>

#include <string>
#include <utility>
#include <vector>

namespace azoth::inline v0 {

/// What an object is to its session and to the database. Belongs to the thread that uses the
/// object's session; it keeps the object in memory.
///
/// Nothing here emits SQL or announces a write, and every answer is of the moment in which it is
/// asked for. SQLAlchemy: `InstanceState`.
class AZOTH_EXPORT InstanceState {
  public:
    InstanceState(InstanceState&&) noexcept = default;
    InstanceState& operator=(InstanceState&&) = delete;

    /// Exactly one of these five is true.
    /// Made by the program, in no session.
    [[nodiscard]] bool transient() const noexcept { return is(orm::ObjectState::transient); }
    /// Added to a session, its row not yet inserted.
    [[nodiscard]] bool pending() const noexcept { return is(orm::ObjectState::pending); }
    /// In a session, and with a row.
    [[nodiscard]] bool persistent() const noexcept { return is(orm::ObjectState::persistent); }
    /// Its row is deleted by a flush, and the transaction not yet committed.
    [[nodiscard]] bool deleted() const noexcept { return is(orm::ObjectState::deleted); }
    /// In no session; it has, or had, a row.
    [[nodiscard]] bool detached() const noexcept { return is(orm::ObjectState::detached); }

    /// Its row was deleted, and that is committed.
    [[nodiscard]] bool was_deleted() const noexcept;
    /// What its members show is of an earlier transaction: a handle reads them again.
    [[nodiscard]] bool expired() const noexcept;
    /// A flush would write something of it. SQLAlchemy: `InstanceState.modified`.
    [[nodiscard]] bool modified() const;
    /// The database has given it a place: all but transient and pending ones.
    [[nodiscard]] bool has_identity() const noexcept { return !transient() && !pending(); }
    /// The values of its key, in the order in which their columns were mapped, as the database is
    /// known to have them; nothing where it has no identity.
    [[nodiscard]] std::vector<Value> identity() const;
    /// The class, as the compiler spells it.
    [[nodiscard]] const std::string& class_name() const noexcept;
    /// The names of its relationships and Deferred members that are not loaded.
    [[nodiscard]] std::vector<std::string> unloaded() const;

    /// Not for programs: inspect() makes it. \param slot with a handle counted for this
    explicit InstanceState(orm::Slot& slot) noexcept : slot_(&slot), held_(slot) {}

  private:
    [[nodiscard]] bool is(orm::ObjectState state) const noexcept { return slot_->state == state; }

    orm::Slot* slot_;
    orm::Held held_;
};

/// Looks at an object without touching it: `inspect(user).pending()`. Throws InvalidRequestError
/// for a null handle. SQLAlchemy: `inspect(object)`.
template <class T>
[[nodiscard]] InstanceState inspect(const Ptr<T>& object) {
    if (!object) {
        constexpr auto name = type_name<std::remove_const_t<T>>();
        orm::throw_null_handle(name.data(), name.size());
    }
    orm::Slot& slot = *PtrAccess::slot(object);
    orm::retain_again(slot);
    return InstanceState(slot);
}

}  // namespace azoth::inline v0
