// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/integer_identities.hpp>
#include <azoth/orm/mapper.hpp>
#include <azoth/types/value.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace azoth::inline v0::orm {

/// The identity of an object as it is bound: one value for each column of the key. Borrowed.
using KeyView = std::span<const ValueView>;

/// The values one after another, so that different keys are different bytes.
[[nodiscard]] std::string encoded_key(KeyView key);

/// An identity that is kept. A plain value.
class Key {
  public:
    Key() = default;
    explicit Key(KeyView values);
    [[nodiscard]] KeyView view() const;

  private:
    std::vector<Value> values_;
    mutable std::vector<ValueView> views_;
};

/// An identity that is put together for one look: on the stack, as long as it has few columns. One
/// thread at a time.
class KeyBuffer {
  public:
    KeyBuffer() noexcept {}
    KeyBuffer(KeyBuffer&& other) noexcept : many_(std::move(other.many_)), size_(other.size_) {
        std::uninitialized_copy_n(other.few_, std::min(size_, std::size(few_)), few_);
    }
    KeyBuffer& operator=(KeyBuffer&&) = delete;
    ~KeyBuffer() {}
    void push_back(const ValueView& value) {
        if (size_ < std::size(few_)) {
            new (few_ + size_++) ValueView(value);
            return;
        }
        if (many_.empty()) many_.assign(few_, few_ + size_);
        many_.push_back(value);
        ++size_;
    }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] const ValueView& operator[](std::size_t index) const noexcept {
        return data()[index];
    }
    operator KeyView() const noexcept { return {data(), size_}; }

  private:
    [[nodiscard]] const ValueView* data() const noexcept {
        return size_ > std::size(few_) ? many_.data() : few_;
    }

    union {
        ValueView few_[4];  // constructed as far as they are used
    };
    std::vector<ValueView> many_;
    std::size_t size_ = 0;
};

/// Which object of a session stands for which row. It holds no object: who frees one takes it out.
/// One thread at a time. SQLAlchemy: `IdentityMap`.
class IdentityMap {
  public:
    explicit IdentityMap(const ModelState& model);

    /// No object of the class is here.
    [[nodiscard]] bool is_empty(const Mapper& mapper) const noexcept {
        const PerClass& of_class = classes_[mapper.index()];
        return of_class.by_integer.empty() && of_class.by_bytes.empty();
    }
    /// The object of that key, or null.
    [[nodiscard]] Slot* find(const Mapper& mapper, KeyView key) const {
        const PerClass& of_class = classes_[mapper.index()];
        if (mapper.has_integer_key()) return of_class.by_integer.find(key.front().integer);
        return find_bytes(of_class, key);
    }
    /// Enters an object under a key that none is known by yet.
    void add(const Mapper& mapper, KeyView key, Slot& slot) {
        if (mapper.has_integer_key())
            classes_[mapper.index()].by_integer.add(key.front().integer, slot);
        else
            (void)put(mapper, key, slot);
    }
    /// \returns the object that the key led to before, or null
    Slot* put(const Mapper& mapper, KeyView key, Slot& slot) {
        PerClass& of_class = classes_[mapper.index()];
        if (mapper.has_integer_key()) return of_class.by_integer.put(key.front().integer, slot);
        return put_bytes(of_class, key, slot);
    }
    void erase(const Mapper& mapper, KeyView key);
    /// Room for so many more objects of a class.
    void reserve(const Mapper& mapper, std::size_t more);
    void clear();
    [[nodiscard]] std::size_t size() const noexcept;
    /// Calls `visit(Slot&)` for every object. It may not change the map.
    template <class Visit>
    void for_each(Visit&& visit) const {
        for (const PerClass& of_class : classes_) {
            of_class.by_integer.for_each(visit);
            for (const auto& [key, slot] : of_class.by_bytes) visit(*slot);
        }
    }

    /// The same for those of one class.
    template <class Visit>
    void for_each(const Mapper& mapper, Visit&& visit) const {
        const PerClass& of_class = classes_[mapper.index()];
        of_class.by_integer.for_each(visit);
        for (const auto& [key, slot] : of_class.by_bytes) visit(*slot);
    }

  private:
    struct PerClass {
        IntegerIdentities by_integer;
        boost::unordered_flat_map<std::string, Slot*> by_bytes;
    };
    [[nodiscard]] static Slot* find_bytes(const PerClass& of_class, KeyView key);
    static Slot* put_bytes(PerClass& of_class, KeyView key, Slot& slot);

    std::vector<PerClass> classes_;  // by Mapper::index()
};

}  // namespace azoth::inline v0::orm
