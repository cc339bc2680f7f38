// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/member.hpp>
#include <azoth/orm/ptr.hpp>

#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

namespace azoth::inline v0 {

/// What a flush would make of a member: values of a column, at most one each, or handles of a
/// relationship. A plain value. SQLAlchemy: `History`.
template <class U>
struct History {
    std::vector<U> added{};      ///< to be written
    std::vector<U> unchanged{};  ///< as the database is known to have them
    std::vector<U> deleted{};    ///< what `added` replaces, or what is no longer led to

    [[nodiscard]] bool has_changes() const noexcept { return !added.empty() || !deleted.empty(); }
};

namespace orm::detail {

/// As History.
struct LinkHistory {
    std::vector<Slot*> added{};
    std::vector<Slot*> unchanged{};
    std::vector<Slot*> deleted{};
};
enum class ColumnHistory : std::uint8_t {
    unknown,    ///< not loaded, expired, or a new object says nothing
    added,      ///< of a new object
    unchanged,  ///< as the database has it
    changed,    ///< the program has written it
};

[[nodiscard]] AZOTH_EXPORT LinkHistory link_history(Slot& slot, std::ptrdiff_t offset);
/// \param before a value of the member's type that takes what was there where it has changed
[[nodiscard]] AZOTH_EXPORT ColumnHistory column_history(Slot& slot, std::ptrdiff_t offset,
                                                        void* before);
/// Throws what set_committed_value() throws.
AZOTH_EXPORT void require_committable(const Slot& slot, std::ptrdiff_t offset);
/// The member as it stands is what the database has.
AZOTH_EXPORT void commit_column(Slot& slot, std::ptrdiff_t offset);
AZOTH_EXPORT void commit_link(Slot& slot, std::ptrdiff_t offset, std::vector<Slot*> found);

template <class Target>
[[nodiscard]] std::vector<Ptr<Target>> handles_of(const std::vector<Slot*>& slots) {
    std::vector<Ptr<Target>> handles;
    for (Slot* const slot : slots) handles.push_back(PtrAccess::make<Target>(slot->object()));
    return handles;
}

/// The value in a member, if there is one.
template <class U, class M>
void append_value(std::vector<U>& values, const M& member) {
    if constexpr (unwrap_member<M>::is_deferred) {
        if (member.is_loaded()) values.push_back(*member);
    } else if constexpr (unwrap_member<M>::is_maybe) {
        if (member.is_set()) values.push_back(*member);
    } else {
        values.push_back(member);
    }
}

template <class T>
[[nodiscard]] Slot& slot_of(const Ptr<T>& object) {
    if (!object) throw_null_handle(type_name<T>().data(), type_name<T>().size());
    return *PtrAccess::slot(object);
}

template <class M>
inline constexpr bool is_write_only = false;
template <class T>
inline constexpr bool is_write_only<WriteOnly<T>> = true;

template <class T, class C>
constexpr void require_own_member() {
    static_assert(std::is_base_of_v<C, T>,
                  "this member is not one of the object's class: name it as in "
                  "get_history<&User::name>(user)");
}

}  // namespace orm::detail

/// What the next flush would make of one member of an object, as far as that is known: nothing is
/// loaded for it, and an object that is expired, or a column or relationship that is not loaded,
/// has nothing unchanged. What Session::set put there is seen when it is flushed. Belongs to the
/// thread that uses the object's session.
/// \returns History of the column's type, or of handles for a relationship. Throws
/// InvalidRequestError for a null handle, ArgumentError where nothing is mapped to the member.
/// SQLAlchemy: `attributes.get_history` with PASSIVE_NO_INITIALIZE.
template <auto... Member, class T>
[[nodiscard]] auto get_history(const Ptr<T>& object) {
    using Class = std::remove_const_t<T>;
    using P = orm::detail::MemberPath<Member...>;
    using M = typename P::member_type;
    orm::detail::require_own_member<Class, typename P::class_type>();
    orm::Slot& slot = orm::detail::slot_of(object);
    const std::ptrdiff_t offset = orm::detail::offset_in<Class, P::member>();
    if constexpr (orm::detail::link_member<M>::value) {
        using Target = typename orm::detail::link_member<M>::target;
        const auto known = orm::detail::link_history(slot, offset);
        return History<Ptr<Target>>{orm::detail::handles_of<Target>(known.added),
                                    orm::detail::handles_of<Target>(known.unchanged),
                                    orm::detail::handles_of<Target>(known.deleted)};
    } else {
        History<typename orm::detail::unwrap_member<M>::type> history;
        const M& now = static_cast<const Class*>(slot.object())->*P::member;
        M before(now);
        const auto state = orm::detail::column_history(slot, offset, &before);
        if (state == orm::detail::ColumnHistory::unknown) return history;
        orm::detail::append_value(
            state == orm::detail::ColumnHistory::unchanged ? history.unchanged : history.added,
            now);
        if (state == orm::detail::ColumnHistory::changed)
            orm::detail::append_value(history.deleted, before);
        return history;
    }
}

/// Writes a member as if it had just been loaded: a flush sees no change. For what a program knows
/// from elsewhere, a cache or a statement of its own. A relationship takes a range of handles, or,
/// where it leads to one object, a handle; the objects must be in the same session.
/// Throws InvalidRequestError where the object is not in a session and the database, where a
/// handle's object isn't in that session, and where the relationship has changes that are not
/// flushed; ArgumentError for the columns of a key, by which the session knows
/// the object, and where nothing is mapped to the member.
/// SQLAlchemy: `attributes.set_committed_value`.
template <auto... Member, class T, class V>
void set_committed_value(const Ptr<T>& object, V&& value) {
    static_assert(!std::is_const_v<T>, "a handle for reading can't write: session.edit(handle)");
    using P = orm::detail::MemberPath<Member...>;
    using M = typename P::member_type;
    orm::detail::require_own_member<T, typename P::class_type>();
    orm::Slot& slot = orm::detail::slot_of(object);
    const std::ptrdiff_t offset = orm::detail::offset_in<T, P::member>();
    if constexpr (orm::detail::link_member<M>::value) {
        static_assert(!orm::detail::is_write_only<M>, "a WriteOnly relationship is never loaded");
        std::vector<orm::Slot*> found;
        if constexpr (orm::detail::link_member<M>::is_many) {
            for (const auto& one : value) found.push_back(&orm::detail::slot_of(one));
        } else if (value) {
            found.push_back(PtrAccess::slot(value));
        }
        orm::detail::commit_link(slot, offset, std::move(found));
    } else {
        orm::detail::require_committable(slot, offset);
        (void)static_cast<const T&>(*Ptr<const T>(object));  // reads it first where it is expired
        static_cast<T*>(slot.object())->*P::member = std::forward<V>(value);
        orm::detail::commit_column(slot, offset);
    }
}

}  // namespace azoth::inline v0
