// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/slot.hpp>

#include <optional>
#include <type_traits>
#include <utility>

namespace azoth::inline v0 {

namespace orm::detail {
struct MemberAccess;
/// Loads a deferred column of an object in a session.
AZOTH_EXPORT void load_deferred(Slot& owner, const void* member);
[[noreturn]] AZOTH_EXPORT void throw_unset();
[[noreturn]] AZOTH_EXPORT void throw_not_loaded();
}  // namespace orm::detail

/// A column's value, or nothing said about it: the INSERT then leaves the column out and the
/// database fills it. As thread-safe as T.
///
/// For columns with a default whose zero is a value of its own: `Maybe<bool> active{}`. Once the
/// object is flushed there is always a value. T may be a std::optional: then NULL and unset are
/// different. SQLAlchemy: an attribute that was never assigned.
template <class T>
class Maybe {
  public:
    Maybe() = default;
    /// From whatever makes a T.
    template <class U>
        requires(!std::is_same_v<std::remove_cvref_t<U>, Maybe> && std::is_convertible_v<U, T>)
    Maybe(U&& value)  // NOLINT(google-explicit-constructor): a value
        : value_(std::forward<U>(value)) {}
    Maybe& operator=(T value) {
        value_.emplace(std::move(value));
        return *this;
    }

    [[nodiscard]] bool is_set() const noexcept { return value_.has_value(); }
    /// Throws InvalidRequestError where it is unset.
    [[nodiscard]] const T& value() const {
        if (!value_) orm::detail::throw_unset();
        return *value_;
    }
    [[nodiscard]] const T& operator*() const { return value(); }
    [[nodiscard]] T& operator*() {
        if (!value_) orm::detail::throw_unset();
        return *value_;
    }
    const T* operator->() const { return &value(); }
    /// Says nothing about the column any more.
    void unset() noexcept { value_.reset(); }
    [[nodiscard]] friend bool operator==(const Maybe&, const Maybe&) = default;
    [[nodiscard]] friend bool operator==(const Maybe& a, const T& b) {
        return a.value_.has_value() && *a.value_ == b;
    }

  private:
    friend struct orm::detail::MemberAccess;
    std::optional<T> value_;
};

/// A column that is loaded when the program first looks at it: large texts, documents. Belongs to
/// the thread that uses its object. SQLAlchemy: `deferred()`.
///
/// A copy of a struct out of its session has the value if it was loaded; looking at what was not
/// throws InvalidRequestError there.
template <class T>
class Deferred {
  public:
    Deferred() = default;
    /// From whatever makes a T: `Group{.charter = "be kind"}`.
    template <class U>
        requires(!std::is_same_v<std::remove_cvref_t<U>, Deferred> && std::is_convertible_v<U, T>)
    Deferred(U&& value)  // NOLINT(google-explicit-constructor): a value
        : value_(std::forward<U>(value)) {}
    Deferred(const Deferred& other) : value_(other.value_) {}
    Deferred(Deferred&& other) noexcept : value_(std::move(other.value_)) {}
    /// Assigning what is not loaded changes nothing.
    Deferred& operator=(const Deferred& other) {
        if (this != &other && other.value_) value_ = other.value_;
        return *this;
    }
    Deferred& operator=(Deferred&& other) noexcept {
        if (this != &other && other.value_) value_ = std::move(other.value_);
        return *this;
    }
    Deferred& operator=(T value) {
        value_.emplace(std::move(value));
        return *this;
    }
    ~Deferred() = default;

    [[nodiscard]] bool is_loaded() const noexcept { return value_.has_value(); }
    /// Loads it where it isn't. Throws what a SELECT can throw, and InvalidRequestError where there
    /// is no session to load it with.
    [[nodiscard]] const T& value() const {
        if (!value_) load();
        return *value_;
    }
    [[nodiscard]] const T& operator*() const { return value(); }
    [[nodiscard]] T& operator*() {
        if (!value_) load();
        return *value_;
    }
    const T* operator->() const { return &value(); }

  private:
    friend struct orm::detail::MemberAccess;
    void load() const {
        if (owner_) orm::detail::load_deferred(*owner_, this);
        if (!value_) orm::detail::throw_not_loaded();
    }
    std::optional<T> value_;
    orm::Slot* owner_ = nullptr;  // never copied: it says where this object stands
};

namespace orm::detail {

/// How the mapper looks into Maybe and Deferred.
struct MemberAccess {
    template <class W>
    [[nodiscard]] static bool has_value(const W& member) noexcept {
        return member.value_.has_value();
    }
    template <class W>
    [[nodiscard]] static const auto& value(const W& member) noexcept {
        return *member.value_;
    }
    template <class W>
    [[nodiscard]] static auto& emplace(W& member) {
        if (!member.value_) member.value_.emplace();
        return *member.value_;
    }
    template <class W>
    static void clear(W& member) noexcept {
        member.value_.reset();
    }
    template <class T>
    static void bind(Deferred<T>& member, Slot* owner) noexcept {
        member.owner_ = owner;
    }
};

}  // namespace orm::detail

}  // namespace azoth::inline v0
