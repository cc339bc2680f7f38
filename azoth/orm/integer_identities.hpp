// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>
#include <azoth/orm/slot.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace azoth::inline v0::orm {

/// Objects by their keys, where those are single integers. One thread at a time.
///
/// Keys that are neighbours stand next to each other, in one bucket: rows mostly come and go in an
/// order that has to do with their keys, and a table that scatters them costs a cache miss, and the
/// look-up of an address, for each.
class AZOTH_EXPORT IntegerIdentities {
  public:
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    /// The object of that key, or null.
    [[nodiscard]] Slot* find(std::int64_t key) const noexcept {
        Slot* const* const place = locate(key);
        return place ? *place : nullptr;
    }
    /// Enters an object under a key that none is known by yet.
    void add(std::int64_t key, Slot& slot) {
        if (is_crowded(size_ + 1)) reserve(1);
        place_new(key, slot);
    }
    /// \returns the object that the key led to before, or null
    Slot* put(std::int64_t key, Slot& slot);
    void erase(std::int64_t key) noexcept;
    /// Room for so many more.
    void reserve(std::size_t more);
    void clear() noexcept;
    /// Calls `visit(Slot&)` for every object. It may not change the map.
    template <class Visit>
    void for_each(Visit&& visit) const {
        for (const Bucket& bucket : buckets_)
            for (Slot* slot : bucket.slots)
                if (slot) visit(*slot);
    }

  private:
    static constexpr std::size_t places = 8;
    /// A place is free where its slot is null.
    struct Bucket {
        std::int64_t keys[places];
        Slot* slots[places];
    };
    /// Of keys that belong in a bucket but don't stand in their likely places there; 255 stays for
    /// good.
    struct Strays {
        std::uint8_t inside = 0;   ///< stand in another place of it
        std::uint8_t further = 0;  ///< found it full
    };

    [[nodiscard]] bool is_crowded(std::size_t entries) const noexcept {
        return entries * 8 > count_ * places * 5;
    }
    [[nodiscard]] std::size_t home_of(std::int64_t key) const noexcept {
        // Multiplying by the golden ratio spreads neighbouring groups of keys as evenly as can be,
        // and a larger table has all in the same order, so that growing is a walk straight on.
        const std::uint64_t group = static_cast<std::uint64_t>(key) / places;
        const std::uint64_t spread = (group ^ (group >> 32)) * 0x9E37'79B9'7F4A'7C15U;
        return ((spread >> 32) * count_) >> 32;
    }
    /// Where in a bucket a key stands, unless somebody else stood there first.
    [[nodiscard]] static std::size_t likely(std::int64_t key) noexcept {
        return static_cast<std::uint64_t>(key) % places;
    }
    [[nodiscard]] Slot* const* locate(std::int64_t key) const noexcept {
        if (size_ == 0) return nullptr;
        const std::size_t home = home_of(key);
        const Bucket& bucket = buckets_[home];
        const std::size_t index = likely(key);
        if (bucket.keys[index] == key && bucket.slots[index]) return &bucket.slots[index];
        const Strays strays = strays_[home];
        return strays.inside == 0 && strays.further == 0 ? nullptr : locate_stray(key);
    }
    [[nodiscard]] Slot* const* locate_stray(std::int64_t key) const noexcept;
    void place_new(std::int64_t key, Slot& slot) noexcept;
    [[nodiscard]] std::size_t after(std::size_t bucket) const noexcept {
        return bucket + 1 == count_ ? 0 : bucket + 1;
    }
    void resize(std::size_t buckets);

    std::vector<Bucket> buckets_;
    std::vector<Strays> strays_;  // of each bucket
    std::size_t count_ = 0;       // of buckets
    std::size_t size_ = 0;
};

}  // namespace azoth::inline v0::orm
