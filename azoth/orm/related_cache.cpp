// SPDX-License-Identifier: MIT
#include <azoth/orm/related_cache.hpp>

#include <algorithm>
#include <bit>

namespace azoth::inline v0::orm {
namespace {

/// 2, 4, 8 … 256, 500.
std::size_t place_of(std::size_t owners) noexcept {
    return std::min<std::size_t>(std::bit_width(std::max<std::size_t>(owners, 2) - 1), 9) - 1;
}

}  // namespace

RelatedCache::~RelatedCache() {
    for (auto& each : made_) delete each.load(std::memory_order_acquire);
}

std::size_t RelatedCache::size_for(std::size_t owners) noexcept {
    return std::min(std::size_t{2} << place_of(owners), most_owners);
}

const ObjectSelect& RelatedCache::select(std::size_t owners) {
    auto& place = made_[place_of(owners)];
    if (const ObjectSelect* known = place.load(std::memory_order_acquire)) return *known;
    const std::lock_guard lock(mutex_);
    if (const ObjectSelect* known = place.load(std::memory_order_acquire)) return *known;
    const auto* const made =
        new ObjectSelect(select_related({&relationship_, &target_, {}, nullptr, size_for(owners)}));
    place.store(made, std::memory_order_release);
    return *made;
}

}  // namespace azoth::inline v0::orm
