// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/link.hpp>

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <utility>
#include <vector>

namespace azoth::inline v0 {

/// A member that leads to one object of class T, or to none: the "many" side of many-to-one, either
/// side of one-to-one. Belongs to the thread that uses its object. T may be incomplete in the
/// header.
///
/// In an object of a session it loads what it leads to when the program first looks at it; changing
/// it changes the other side too, where the mapping knows one. A copy of a struct has it unset: a
/// copy is its columns. SQLAlchemy: a scalar `relationship()`.
template <class T>
class One : public orm::Link {
  public:
    One() noexcept = default;
    One(std::nullptr_t) { hold(nullptr); }                        // NOLINT: as a pointer
    One(const Ptr<T>& target) { hold(PtrAccess::slot(target)); }  // NOLINT: as a pointer
    /// A new object, made when the struct is added to a session.
    template <class U>
        requires std::is_same_v<std::remove_cvref_t<U>, T>
    One(U&& value) {  // NOLINT: as a pointer
        hold_value(const_cast<T*>(&value), orm::value_ops<T>(), !std::is_lvalue_reference_v<U>);
    }
    One(const One&) = default;
    One(One&&) noexcept = default;
    ~One() = default;

    /// From unset nothing changes. Throws as assigning a handle does.
    One& operator=(const One& other) {
        if (this != &other) assign_from(const_cast<One&>(other), false);
        return *this;
    }
    One& operator=(One&& other) {  // NOLINT(performance-noexcept-move-constructor): it links
        if (this != &other) assign_from(other, true);
        return *this;
    }
    /// Throws InvalidRequestError where the object belongs to another session or is detached.
    One& operator=(const Ptr<T>& target) {
        set_target(PtrAccess::slot(target));
        return *this;
    }
    One& operator=(std::nullptr_t) {
        set_target(nullptr);
        return *this;
    }
    template <class U>
        requires std::is_same_v<std::remove_cvref_t<U>, T>
    One& operator=(U&& value) {
        T copy(std::forward<U>(value));
        set_value(&copy, orm::value_ops<T>());
        return *this;
    }

    /// A handle to the object; null where there is none. Loads it where it is not loaded.
    [[nodiscard]] Ptr<T> get() {
        orm::Slot* const found = target();
        return PtrAccess::make<T>(found ? found->object() : nullptr);
    }
    [[nodiscard]] Ptr<const T> get() const {
        orm::Slot* const found = target();
        return PtrAccess::make<const T>(found ? found->object() : nullptr);
    }
    operator Ptr<T>() { return get(); }              // NOLINT(google-explicit-constructor)
    operator Ptr<const T>() const { return get(); }  // NOLINT(google-explicit-constructor)

    /// Throws InvalidRequestError where there is no object.
    T* operator->() AZOTH_LIFETIMEBOUND {
        orm::Slot& found = required();
        if (found.attention != 0) [[unlikely]]
            orm::prepare_writing(found);
        return static_cast<T*>(found.object());
    }
    const T* operator->() const AZOTH_LIFETIMEBOUND {
        orm::Slot& found = required();
        if ((found.attention & orm::attention::stops_reading) != 0) [[unlikely]]
            orm::prepare_reading(found);
        return static_cast<const T*>(found.object());
    }
    [[nodiscard]] T& operator*() AZOTH_LIFETIMEBOUND { return *operator->(); }
    [[nodiscard]] const T& operator*() const AZOTH_LIFETIMEBOUND { return *operator->(); }

    /// Leads to an object. Loads it where it is not loaded.
    [[nodiscard]] explicit operator bool() const { return target() != nullptr; }
    [[nodiscard]] friend bool operator==(const One& link, std::nullptr_t) {
        return link.target() == nullptr;
    }
    template <class U>
    [[nodiscard]] friend bool operator==(const One& link, const Ptr<U>& handle) {
        orm::Slot* const found = link.target();
        return (found ? found->object() : nullptr) == handle.address();
    }
    /// Both lead to the same object, or to none.
    [[nodiscard]] friend bool operator==(const One& a, const One& b) {
        return a.target() == b.target();
    }

  private:
    [[nodiscard]] orm::Slot& required() const {
        orm::Slot* const found = target();
        if (!found) [[unlikely]]
            orm::throw_null_link(*this, type_name<T>());
        return *found;
    }
};

namespace orm {

/// What is put into any collection: into one that stands in an object, or into an initialiser.
/// Belongs to the thread that uses its object.
template <class T>
class Adding : public Link {
  public:
    using value_type = Ptr<T>;

    Adding& operator=(const Adding&) = delete;
    Adding& operator=(Adding&&) = delete;

    /// Adds an object; nothing changes where it is there already. Throws InvalidRequestError for a
    /// null handle, and where the object belongs to another session or is detached.
    void add(const Ptr<T>& item) {
        if (!item) throw_null_handle(type_name<T>().data(), type_name<T>().size());
        Link::add(*PtrAccess::slot(item));
    }
    /// Makes an object of the value and adds it. \returns a handle to it; none where this
    /// collection is free-standing
    template <class U>
        requires std::is_same_v<std::remove_cvref_t<U>, T>
    Ptr<T> add(U&& value) {
        T copy(std::forward<U>(value));
        Slot* const made = add_value(&copy, value_ops<T>());
        return PtrAccess::make<T>(made ? made->object() : nullptr);
    }

  protected:
    Adding() noexcept { be_many(); }
    /// Objects that exist.
    Adding(std::initializer_list<Ptr<T>> items) : Adding() {
        for (const Ptr<T>& item : items) hold(PtrAccess::slot(item));
        if (items.size() == 0) hold(nullptr);
    }
    /// New objects, made when the struct is added to a session.
    template <class U>
        requires std::is_same_v<U, T>
    Adding(std::initializer_list<U> values) : Adding() {
        for (const U& value : values) hold_value(const_cast<U*>(&value), value_ops<T>(), false);
    }
    Adding(const Adding&) = default;
    Adding(Adding&&) noexcept = default;
    ~Adding() = default;
};

}  // namespace orm

/// A member that leads to any number of objects of class T: one-to-many and many-to-many. Belongs
/// to the thread that uses its object. T may be incomplete in the header.
///
/// In an object of a session it loads them when the program first looks at them; adding does not
/// load. A loop goes over the objects that there were when it began. Otherwise as One. SQLAlchemy:
/// a `relationship()` with a list.
template <class T>
class Many : public orm::Adding<T> {
  public:
    Many() noexcept = default;
    /// Objects that exist.
    Many(std::initializer_list<Ptr<T>> items) : orm::Adding<T>(items) {}
    /// New objects, made when the struct is added to a session.
    template <class U>
        requires std::is_same_v<U, T>
    Many(std::initializer_list<U> values) : orm::Adding<T>(values) {}
    Many(const Many&) = default;
    Many(Many&&) noexcept = default;
    ~Many() = default;

    /// From unset nothing changes; otherwise the objects are replaced, with all that cascades.
    Many& operator=(const Many& other) {
        if (this != &other) this->assign_from(const_cast<Many&>(other), false);
        return *this;
    }
    Many& operator=(Many&& other) {  // NOLINT(performance-noexcept-move-constructor): it links
        if (this != &other) this->assign_from(other, true);
        return *this;
    }
    Many& operator=(const std::vector<Ptr<T>>& items) {
        replace(items);
        return *this;
    }
    /// `user->addresses = {home, office}`; `= {}` takes all out.
    Many& operator=(std::initializer_list<Ptr<T>> items) {
        replace(items);
        return *this;
    }

    /// Takes an object out. \returns whether it was there
    bool remove(const Ptr<T>& item) { return item && orm::Link::remove(*PtrAccess::slot(item)); }
    void clear() { orm::Link::clear(); }

    // These load the objects where they are not loaded.
    [[nodiscard]] std::size_t size() const { return this->count(); }
    [[nodiscard]] bool empty() const { return this->count() == 0; }
    [[nodiscard]] bool contains(const Ptr<const T>& object) const {
        return object && this->has(*PtrAccess::slot(object));
    }
    /// Throws std::out_of_range.
    [[nodiscard]] Ptr<T> operator[](std::size_t index) {
        return PtrAccess::make<T>(this->item(index).object());
    }
    [[nodiscard]] Ptr<const T> operator[](std::size_t index) const {
        return PtrAccess::make<const T>(this->item(index).object());
    }

    /// Input iterator over handles.
    template <class U>
    class Iterator {
      public:
        using iterator_concept = std::input_iterator_tag;
        using value_type = Ptr<U>;
        using difference_type = std::ptrdiff_t;

        Iterator() = default;
        explicit Iterator(const orm::Link& link) : cursor_(link) { seat(); }
        [[nodiscard]] const Ptr<U>& operator*() const noexcept { return current_; }
        [[nodiscard]] const Ptr<U>* operator->() const noexcept { return &current_; }
        Iterator& operator++() {
            cursor_.advance();
            seat();
            return *this;
        }
        void operator++(int) { ++*this; }
        [[nodiscard]] friend bool operator==(const Iterator& it, std::default_sentinel_t) noexcept {
            return !it.current_;
        }

      private:
        void seat() noexcept { orm::reseat(PtrAccess::pointer(current_), cursor_.current()); }
        orm::LinkCursor cursor_;
        Ptr<U> current_;
    };
    [[nodiscard]] Iterator<T> begin() AZOTH_LIFETIMEBOUND { return Iterator<T>(*this); }
    [[nodiscard]] Iterator<const T> begin() const AZOTH_LIFETIMEBOUND {
        return Iterator<const T>(*this);
    }
    [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

  private:
    template <class Handles>
    void replace(const Handles& items) {
        std::vector<orm::Slot*> slots;
        for (const Ptr<T>& item : items) {
            if (!item) orm::throw_null_handle(type_name<T>().data(), type_name<T>().size());
            slots.push_back(PtrAccess::slot(item));
        }
        orm::Link::assign(slots);
    }
};

}  // namespace azoth::inline v0
