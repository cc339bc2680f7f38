// SPDX-License-Identifier: MIT
#include <azoth/orm/integer_identities.hpp>

#include <algorithm>
#include <utility>

namespace azoth::inline v0::orm {
namespace {

constexpr std::uint8_t countless = 255;

void count(std::uint8_t& strays) noexcept {
    if (strays != countless) ++strays;
}
void count_off(std::uint8_t& strays) noexcept {
    if (strays != countless) --strays;
}

}  // namespace

Slot* const* IntegerIdentities::locate_stray(std::int64_t key) const noexcept {
    std::size_t at = home_of(key);
    for (std::size_t tried = 0; tried < count_; ++tried, at = after(at)) {
        const Bucket& bucket = buckets_[at];
        for (std::size_t i = 0; i < places; ++i)
            if (bucket.keys[i] == key && bucket.slots[i]) return &bucket.slots[i];
        if (strays_[at].further == 0) break;
    }
    return nullptr;
}

Slot* IntegerIdentities::put(std::int64_t key, Slot& slot) {
    if (Slot* const* const place = locate(key))
        return std::exchange(const_cast<Slot*&>(*place), &slot);
    add(key, slot);
    return nullptr;
}

/// Where there is room, and the key is not there yet.
void IntegerIdentities::place_new(std::int64_t key, Slot& slot) noexcept {
    for (std::size_t at = home_of(key);; at = after(at)) {
        Bucket& bucket = buckets_[at];
        std::size_t index = likely(key);
        if (bucket.slots[index]) {
            index = static_cast<std::size_t>(
                std::find(bucket.slots, bucket.slots + places, nullptr) - bucket.slots);
            count(index == places ? strays_[at].further : strays_[at].inside);
            if (index == places) continue;
        }
        bucket.keys[index] = key;
        bucket.slots[index] = &slot;
        ++size_;
        return;
    }
}

void IntegerIdentities::erase(std::int64_t key) noexcept {
    Slot* const* const place = locate(key);
    if (!place) return;
    const_cast<Slot*&>(*place) = nullptr;
    --size_;
    std::size_t at = home_of(key);
    const auto is_in = [place](const Bucket& bucket) {
        return place >= bucket.slots && place < bucket.slots + places;
    };
    for (; !is_in(buckets_[at]); at = after(at)) count_off(strays_[at].further);
    if (place != &buckets_[at].slots[likely(key)]) count_off(strays_[at].inside);
}

void IntegerIdentities::reserve(std::size_t more) {
    const std::size_t wanted = size_ + more;
    if (is_crowded(wanted)) resize(std::max(wanted / 5 + 1, 2 * count_));
}

void IntegerIdentities::resize(std::size_t buckets) {
    std::vector<Bucket> former(buckets);
    std::vector<Strays> strays(buckets);
    former.swap(buckets_);
    strays.swap(strays_);
    count_ = buckets;
    size_ = 0;
    for (const Bucket& bucket : former)
        for (std::size_t i = 0; i < places; ++i)
            if (bucket.slots[i]) place_new(bucket.keys[i], *bucket.slots[i]);
}

void IntegerIdentities::clear() noexcept {
    // What a large transaction needed would have to be wiped by every small one after it.
    constexpr std::size_t kept = 16;
    if (count_ > kept) {
        count_ = 0;
        std::vector<Bucket>().swap(buckets_);
        std::vector<Strays>().swap(strays_);
    } else if (size_ != 0) {
        std::fill(buckets_.begin(), buckets_.end(), Bucket());
        std::fill(strays_.begin(), strays_.end(), Strays());
    }
    size_ = 0;
}

}  // namespace azoth::inline v0::orm
