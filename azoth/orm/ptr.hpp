// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/names.hpp>
#include <azoth/orm/slot.hpp>

#include <cstddef>
#include <functional>
#include <type_traits>
#include <utility>

#if defined(__clang__)
#define AZOTH_LIFETIMEBOUND [[clang::lifetimebound]]
#else
#define AZOTH_LIFETIMEBOUND
#endif

namespace azoth::inline v0 {

/// A handle to a mapped object: 8 bytes, with a pointer's semantics. Copying and dropping handles
/// is safe in any thread; what they point at belongs to the thread that uses the session
/// (afterwards, any number of threads may read it).
///
/// It keeps the object alive, and all that was loaded around it, also when the session is gone.
/// Looking at a member through `Ptr<T>` announces that it may be written: the session then compares
/// the object with what it was when it flushes. `Ptr<const T>` and `read()` announce nothing and
/// cost nothing; to write, `session.edit(p)` gives a `Ptr<T>`. Comparing, hashing and copying never
/// emit SQL; looking at a member does where the object was expired. T may be incomplete until then.
/// SQLAlchemy: an instance of a mapped class.
template <class T>
class Ptr {
  public:
    using element_type = T;

    constexpr Ptr() noexcept = default;
    constexpr Ptr(std::nullptr_t) noexcept {}
    Ptr(const Ptr& other) noexcept : object_(other.object_) {
        if (object_) orm::retain_again(slot());
    }
    Ptr(Ptr&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    /// From a handle that may write, or to an object's base class.
    template <class U>
        requires(!std::is_same_v<U, T> && requires(U* from, T*& to) { to = from; })
    Ptr(const Ptr<U>& other) noexcept : object_(other.object_) {
        if (object_) orm::retain_again(slot());
    }
    template <class U>
        requires(!std::is_same_v<U, T> && requires(U* from, T*& to) { to = from; })
    Ptr(Ptr<U>&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    // A swap needs no check. NOLINTNEXTLINE(bugprone-unhandled-self-assignment)
    Ptr& operator=(const Ptr& other) noexcept {
        Ptr(other).swap(*this);
        return *this;
    }
    Ptr& operator=(Ptr&& other) noexcept {
        Ptr(std::move(other)).swap(*this);
        return *this;
    }
    ~Ptr() {
        if (object_) orm::release(slot());
    }

    /// Throws InvalidRequestError for a null handle, ObjectDeletedError where the row is gone, and
    /// what a reload can throw where the object was expired.
    [[nodiscard]] T& operator*() const AZOTH_LIFETIMEBOUND { return *access(); }
    T* operator->() const AZOTH_LIFETIMEBOUND { return access(); }
    /// The object for reading: nothing is announced. Throws as operator*.
    [[nodiscard]] const T& read() const AZOTH_LIFETIMEBOUND {
        if (!object_ || (slot().attention & orm::attention::stops_reading) != 0) [[unlikely]]
            prepare(false);
        return *static_cast<const T*>(object_);
    }

    [[nodiscard]] explicit operator bool() const noexcept { return object_ != nullptr; }
    void swap(Ptr& other) noexcept { std::swap(object_, other.object_); }
    void reset() noexcept { Ptr().swap(*this); }

    template <class U>
    [[nodiscard]] friend bool operator==(const Ptr& a, const Ptr<U>& b) noexcept {
        return a.address() == b.address();
    }
    [[nodiscard]] friend bool operator==(const Ptr& a, std::nullptr_t) noexcept {
        return a.object_ == nullptr;
    }
    /// The object's address, for comparison and hashing alone: looking through it would bypass the
    /// session.
    [[nodiscard]] const void* address() const noexcept { return object_; }

  private:
    template <class>
    friend class Ptr;
    friend struct PtrAccess;

    [[nodiscard]] orm::Slot& slot() const noexcept { return *orm::slot_of(object_); }
    [[nodiscard]] T* access() const {
        constexpr bool writes = !std::is_const_v<T>;
        constexpr auto stops = writes ? std::uint8_t{0xff} : orm::attention::stops_reading;
        if (!object_ || (slot().attention & stops) != 0) [[unlikely]]
            prepare(writes);
        return static_cast<T*>(object_);
    }
    [[gnu::noinline, gnu::cold]] void prepare(bool writing) const {
        if (!object_) {
            constexpr auto name = type_name<std::remove_const_t<T>>();
            orm::throw_null_handle(name.data(), name.size());
        }
        if (writing)
            orm::prepare_writing(slot());
        else
            orm::prepare_reading(slot());
    }

    void* object_ = nullptr;  // of the slot; a base class stands at offset 0
};

/// How the library makes handles and looks inside them. Not for programs.
struct PtrAccess {
    /// A handle to an object on which other handles may not exist.
    template <class T>
    [[nodiscard]] static Ptr<T> make(void* object) noexcept {
        Ptr<T> made;
        if (object) orm::retain(*orm::slot_of(object));
        made.object_ = object;
        return made;
    }
    /// A handle for a count that the caller has already.
    template <class T>
    [[nodiscard]] static Ptr<T> adopt(void* object) noexcept {
        Ptr<T> made;
        made.object_ = object;
        return made;
    }
    template <class T>
    [[nodiscard]] static void* object(const Ptr<T>& handle) noexcept {
        return handle.object_;
    }
    /// For seating a handle elsewhere; the counts are the caller's business.
    template <class T>
    [[nodiscard]] static void*& pointer(Ptr<T>& handle) noexcept {
        return handle.object_;
    }
    template <class T>
    [[nodiscard]] static orm::Slot* slot(const Ptr<T>& handle) noexcept {
        return handle.object_ ? orm::slot_of(handle.object_) : nullptr;
    }
};

}  // namespace azoth::inline v0

template <class T>
struct std::hash<azoth::Ptr<T>> {
    [[nodiscard]] std::size_t operator()(const azoth::Ptr<T>& handle) const noexcept {
        return std::hash<const void*>()(handle.address());
    }
};
