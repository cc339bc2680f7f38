// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>
#include <azoth/orm/slot.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace azoth::inline v0::orm {

/// Objects by their keys, where those are single integers. One thread at a time.
///
/// Keys that are neighbours stand next to each other, four in an entry: rows mostly come and go in
/// an order that has to do with their keys, and a table that scatters them costs a cache miss, and
/// the look-up of an address, for each.
class AZOTH_EXPORT IntegerIdentities {
  public:
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    /// The object of that key, or null.
    [[nodiscard]] Slot* find(std::int64_t key) const noexcept {
        const auto found = groups_.find(group_of(key));
        return found == groups_.end() ? nullptr : found->second[place_of(key)];
    }
    /// Enters an object under a key that none is known by yet.
    void add(std::int64_t key, Slot& slot) {
        groups_[group_of(key)][place_of(key)] = &slot;
        ++size_;
    }
    /// \returns the object that the key led to before, or null
    Slot* put(std::int64_t key, Slot& slot);
    void erase(std::int64_t key) noexcept;
    /// Room for so many more, if their keys are neighbours.
    void reserve(std::size_t more) { groups_.reserve(groups_.size() + more / places + 1); }
    void clear() noexcept;
    /// Calls `visit(Slot&)` for every object. It may not change the map.
    template <class Visit>
    void for_each(Visit&& visit) const {
        for (const auto& [number, group] : groups_)
            for (Slot* slot : group)
                if (slot) visit(*slot);
    }

  private:
    static constexpr std::size_t places = 4;
    using Group = std::array<Slot*, places>;  // null where no object has the key

    [[nodiscard]] static std::uint64_t group_of(std::int64_t key) noexcept {
        return static_cast<std::uint64_t>(key) / places;
    }
    [[nodiscard]] static std::size_t place_of(std::int64_t key) noexcept {
        return static_cast<std::uint64_t>(key) % places;
    }

    boost::unordered_flat_map<std::uint64_t, Group> groups_;
    std::size_t size_ = 0;
};

}  // namespace azoth::inline v0::orm
