// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/mapper.hpp>
#include <azoth/types/value.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace azoth::inline v0::orm {

/// The identity of an object as it is bound: one value for each column of the key. Borrowed.
using KeyView = std::span<const ValueView>;

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

/// Which object of a session stands for which row. It holds no object: who frees one takes it out.
/// One thread at a time. SQLAlchemy: `IdentityMap`.
class IdentityMap {
  public:
    explicit IdentityMap(const ModelState& model);

    /// The object of that key, or null.
    [[nodiscard]] Slot* find(const Mapper& mapper, KeyView key) const;
    /// The entry of that key, made where there is none; then it leads to null.
    [[nodiscard]] Slot*& entry(const Mapper& mapper, KeyView key);
    void erase(const Mapper& mapper, KeyView key);
    /// Room for so many more objects of a class.
    void reserve(const Mapper& mapper, std::size_t more);
    void clear();
    [[nodiscard]] std::size_t size() const noexcept;
    /// Calls `visit(Slot&)` for every object. It may not change the map.
    template <class Visit>
    void for_each(Visit&& visit) const {
        for (const PerClass& of_class : classes_) {
            for (const auto& [key, slot] : of_class.by_integer) visit(*slot);
            for (const auto& [key, slot] : of_class.by_bytes) visit(*slot);
        }
    }

  private:
    struct PerClass {
        boost::unordered_flat_map<std::int64_t, Slot*> by_integer;
        boost::unordered_flat_map<std::string, Slot*> by_bytes;
    };
    std::vector<PerClass> classes_;  // by Mapper::index()
};

}  // namespace azoth::inline v0::orm
