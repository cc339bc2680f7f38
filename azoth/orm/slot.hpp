// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <cstddef>
#include <cstdint>

/// Where mapped objects live: each in a slot, slots in slabs, slabs in regions (design rule R8).
namespace azoth::inline v0::orm {

class Slab;
class Image;

/// What an object is to its session. SQLAlchemy: the states of `InstanceState`.
enum class ObjectState : std::uint8_t {
    transient,   ///< made by the program, not in a session
    pending,     ///< added to a session; its row is still to be inserted
    persistent,  ///< in a session and in the database
    deleted,     ///< its row is deleted in a transaction that is not yet committed
    detached,    ///< has or had a row, but belongs to no session
};

/// Why a handle can't simply look at the object. All clear in the common case, so that a handle
/// tests one byte.
namespace attention {
/// A writing handle must announce itself first, so that flush looks at the object (R12, R13).
inline constexpr std::uint8_t cold = 1;
/// The members are of an earlier transaction and must be read again.
inline constexpr std::uint8_t expired = 2;
/// The row is deleted and that is committed: there is nothing to look at.
inline constexpr std::uint8_t gone = 4;
/// Loaded by a stream: never written (R18).
inline constexpr std::uint8_t read_only = 8;
/// What stops a reading handle.
inline constexpr std::uint8_t stops_reading = expired | gone;
}  // namespace attention

/// What the session has noted about an object.
namespace mark {
/// On the list of objects that were borrowed since the last flush.
inline constexpr std::uint16_t hot = 1;
/// On the list of objects with a base image.
inline constexpr std::uint16_t imaged = 2;
/// A relationship of it has changed since the last flush.
inline constexpr std::uint16_t linked = 4;
/// To be deleted by the next flush.
inline constexpr std::uint16_t doomed = 8;
/// A SQL expression is to be written into one of its columns (Session::set).
inline constexpr std::uint16_t has_expressions = 32;
/// In a session's identity map.
inline constexpr std::uint16_t mapped = 64;
/// Members that only the database knows (defaults it made, expressions it calculated).
inline constexpr std::uint16_t stale = 128;
/// Not in the session, and objects of the session have forgotten that they were linked with it.
inline constexpr std::uint16_t passed_over = 8192;
/// The flush that inserted it gave it its key, which nobody had said: a rollback unsets it again.
inline constexpr std::uint16_t key_made = 32768;

// While a flush runs.
/// Its row is to be inserted or updated.
inline constexpr std::uint16_t saving = 256;
/// Its row is to be deleted.
inline constexpr std::uint16_t removing = 512;
/// Pending, and takes over the row of an object that is deleted in the same flush; or that object.
inline constexpr std::uint16_t row_switched = 1024;
/// Pending, and no longer wanted: it leaves the session.
inline constexpr std::uint16_t discarded = 2048;
/// For the length of one function.
inline constexpr std::uint16_t visited = 4096;

/// Its slab knows with which others a statement returned it (R22).
inline constexpr std::uint16_t sibling = 16;
/// The session has that in a list of single objects.
inline constexpr std::uint16_t sibling_apart = 16384;
}  // namespace mark

/// Stands right before each object in its slab. Belongs to the thread that uses the object's
/// session.
struct Slot {
    Slab* slab;              ///< never changes
    Image* image = nullptr;  ///< what the database is known to hold; none before the first borrow
    std::uint32_t generation = 0;  ///< tells a slot from an earlier one at the same address
    ObjectState state = ObjectState::transient;
    std::uint8_t attention = 0;
    std::uint16_t marks = 0;

    [[nodiscard]] void* object() noexcept { return this + 1; }
    [[nodiscard]] const void* object() const noexcept { return this + 1; }
    [[nodiscard]] bool is(std::uint16_t which) const noexcept { return (marks & which) != 0; }
    void set(std::uint16_t which) noexcept { marks = static_cast<std::uint16_t>(marks | which); }
    void clear(std::uint16_t which) noexcept { marks = static_cast<std::uint16_t>(marks & ~which); }
    void require(std::uint8_t which) noexcept {
        attention = static_cast<std::uint8_t>(attention | which);
    }
    void settle(std::uint8_t which) noexcept {
        attention = static_cast<std::uint8_t>(attention & ~which);
    }
};
static_assert(sizeof(Slot) == 24);

/// The slot of a mapped object.
[[nodiscard]] inline Slot* slot_of(const void* object) noexcept {
    return static_cast<Slot*>(const_cast<void*>(object)) - 1;
}

// What handles do; in handle.cpp. None of them throws unless it says so.

/// Counts one more handle, of which none may exist yet. Any thread.
AZOTH_EXPORT void retain(const Slot& slot) noexcept;
/// Counts one more handle besides one that the caller has. Any thread.
AZOTH_EXPORT void retain_again(const Slot& slot) noexcept;
/// Counts one handle less. Any thread.
AZOTH_EXPORT void release(const Slot& slot) noexcept;
/// Makes the object fit to be written through a handle. Throws ObjectDeletedError,
/// StreamedObjectError and what a reload can throw.
AZOTH_EXPORT void prepare_writing(Slot& slot);
/// Makes the object fit to be read through a handle. Throws ObjectDeletedError and what a reload
/// can throw.
AZOTH_EXPORT void prepare_reading(Slot& slot);
[[noreturn]] AZOTH_EXPORT void throw_null_handle(const char* class_name, std::size_t length);

/// A handle without a type, for the length of a scope: takes over a count that the caller has. One
/// thread at a time.
class Held {
  public:
    explicit Held(Slot& slot) noexcept : slot_(&slot) {}
    Held(Held&& other) noexcept : slot_(other.slot_) { other.slot_ = nullptr; }
    Held& operator=(Held&&) = delete;
    ~Held() {
        if (slot_) release(*slot_);
    }
    /// The count is somebody else's from now on.
    void hand_over() noexcept { slot_ = nullptr; }

  private:
    Slot* slot_;
};

}  // namespace azoth::inline v0::orm
