// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>
#include <azoth/orm/slot.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

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
        place(key) = &slot;
        ++size_;
    }
    /// \returns the object that the key led to before, or null
    Slot* put(std::int64_t key, Slot& slot) {
        Slot* const former = std::exchange(place(key), &slot);
        if (!former) ++size_;
        return former;
    }
    void erase(std::int64_t key) noexcept;
    /// Room for so many more, if their keys are neighbours.
    void reserve(std::size_t more) {
        groups_.reserve(groups_.size() + more / places + 1);
        newest_ = nullptr;
    }
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

    /// Where the object of the key stands or will. Three of four neighbours need no look-up.
    [[nodiscard]] Slot*& place(std::int64_t key) {
        const std::uint64_t number = group_of(key);
        if (!newest_ || newest_number_ != number) {
            newest_ = &groups_[number];
            newest_number_ = number;
        }
        return (*newest_)[place_of(key)];
    }

    boost::unordered_flat_map<std::uint64_t, Group> groups_;
    Group* newest_ = nullptr;  // in groups_, or null after it has moved its entries
    std::uint64_t newest_number_ = 0;
    std::size_t size_ = 0;
};

}  // namespace azoth::inline v0::orm
