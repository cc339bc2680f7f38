// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <atomic>
#include <cstdint>
#include <utility>

namespace azoth::inline v0 {

/// Base of immutable objects that several owners share; the count is atomic, so handles may be
/// copied and dropped in any thread.
///
/// An object may live inside a larger one (a column inside its table). It then passes the counting
/// on to its owner, so that a handle to the part keeps the whole alive and no cycle arises.
class AZOTH_EXPORT Counted {
  public:
    Counted(const Counted&) noexcept {}
    Counted& operator=(const Counted&) = delete;

    void retain() const noexcept { counter().count_.fetch_add(1, std::memory_order_relaxed); }
    /// Not inline: it stands at the end of every temporary expression in users' files.
    void release() const noexcept;
    /// True where exactly one handle exists; only then may the holder change the object.
    [[nodiscard]] bool unique() const noexcept {
        return counter().count_.load(std::memory_order_acquire) == 1;
    }

  protected:
    Counted() noexcept = default;
    virtual ~Counted();
    /// Makes this a part of `owner`, which must outlive it.
    void count_in(const Counted* owner) noexcept { owner_ = owner; }

  private:
    [[nodiscard]] const Counted& counter() const noexcept { return owner_ ? *owner_ : *this; }

    mutable std::atomic<std::uint32_t> count_{0};
    const Counted* owner_ = nullptr;
};

/// A counted handle to a `Counted`. One handle belongs to one thread; different handles to one
/// object may be used by different threads.
template <class T>
class Ref {
  public:
    Ref() noexcept = default;
    Ref(std::nullptr_t) noexcept {}
    explicit Ref(T* object) noexcept : object_(object) {
        if (object_) object_->retain();
    }
    Ref(const Ref& other) noexcept : Ref(other.object_) {}
    Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    // A requires-expression, because std::is_convertible costs users' files noticeably more.
    template <class U>
        requires requires(U* from, T*& to) { to = from; }
    Ref(const Ref<U>& other) noexcept : Ref(other.get()) {}
    template <class U>
        requires requires(U* from, T*& to) { to = from; }
    Ref(Ref<U>&& other) noexcept : object_(other.detach()) {}
    // By copy and swap, so that Ref may be assigned to itself.
    Ref& operator=(const Ref& other) noexcept {  // NOLINT(bugprone-unhandled-self-assignment)
        Ref(other).swap(*this);
        return *this;
    }
    Ref& operator=(Ref&& other) noexcept {
        Ref(std::move(other)).swap(*this);
        return *this;
    }
    ~Ref() {
        if (object_) object_->release();
    }

    [[nodiscard]] T* get() const noexcept { return object_; }
    T& operator*() const noexcept { return *object_; }
    T* operator->() const noexcept { return object_; }
    explicit operator bool() const noexcept { return object_ != nullptr; }
    void swap(Ref& other) noexcept { std::swap(object_, other.object_); }
    /// Hands the count over to the caller.
    [[nodiscard]] T* detach() noexcept { return std::exchange(object_, nullptr); }

    friend bool operator==(const Ref& a, const Ref& b) noexcept { return a.object_ == b.object_; }
    friend bool operator==(const Ref& a, std::nullptr_t) noexcept { return a.object_ == nullptr; }

  private:
    T* object_ = nullptr;
};

/// Makes a counted object and the first handle to it.
template <class T, class... Args>
[[nodiscard]] Ref<T> make_ref(Args&&... args) {
    return Ref<T>(new T(std::forward<Args>(args)...));
}

}  // namespace azoth::inline v0
