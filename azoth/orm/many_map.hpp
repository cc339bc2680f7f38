// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/attribute_ops.hpp>
#include <azoth/orm/relationships.hpp>

#include <utility>

namespace azoth::inline v0 {

/// A Many<T> whose objects are also found by the value of one of their members, which its mapping
/// names: `m.relationship<&Item::notes>(keyed_by<&Note::name>)`. Belongs to the thread that uses
/// its object. T may be incomplete in the header.
///
/// The member is the key, now and after each change of it; nothing else holds one. A loop goes over
/// handles, as that of a Many does. Where several objects have the key, one of them is found.
/// SQLAlchemy: a `relationship()` with `attribute_keyed_dict`.
template <class K, class T>
class ManyMap : public Many<T> {
  public:
    using key_type = K;
    using Many<T>::Many;
    using Many<T>::operator=;
    using Many<T>::contains;

    // These load the objects where they are not loaded.
    /// The object of the key; null where there is none.
    [[nodiscard]] Ptr<T> find(const K& key) {
        orm::Slot* const found = this->with_key(view(key));
        return PtrAccess::make<T>(found ? found->object() : nullptr);
    }
    [[nodiscard]] Ptr<const T> find(const K& key) const {
        orm::Slot* const found = this->with_key(view(key));
        return PtrAccess::make<const T>(found ? found->object() : nullptr);
    }
    [[nodiscard]] Ptr<T> operator[](const K& key) { return find(key); }
    [[nodiscard]] Ptr<const T> operator[](const K& key) const { return find(key); }
    /// Throws InvalidRequestError, naming the relationship and the key, where there is none.
    [[nodiscard]] Ptr<T> at(const K& key) {
        return PtrAccess::make<T>(this->required_with_key(view(key)).object());
    }
    [[nodiscard]] Ptr<const T> at(const K& key) const {
        return PtrAccess::make<const T>(this->required_with_key(view(key)).object());
    }
    [[nodiscard]] bool contains(const K& key) const { return this->with_key(view(key)) != nullptr; }

    /// Adds an object in the place of the one that has the same key, which is removed. Throws as
    /// add(). SQLAlchemy: `item.notes[note.name] = note`.
    void set(const Ptr<T>& item) {
        if (!item) orm::throw_null_handle(type_name<T>().data(), type_name<T>().size());
        this->replace_by_key(*PtrAccess::slot(item));
    }
    template <class U>
        requires std::is_same_v<std::remove_cvref_t<U>, T>
    Ptr<T> set(U&& value) {
        Ptr<T> made = this->add(std::forward<U>(value));
        if (made) set(made);
        return made;
    }
    /// Takes out the object of the key. \returns whether there was one
    bool erase(const K& key) {
        orm::Slot* const found = this->with_key(view(key));
        return found && orm::Link::remove(*found);
    }

  private:
    [[nodiscard]] static ValueView view(const K& key) { return orm::attribute_ops<K>().view(&key); }
};

}  // namespace azoth::inline v0
