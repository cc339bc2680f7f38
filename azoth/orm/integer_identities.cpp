// SPDX-License-Identifier: MIT
#include <azoth/orm/integer_identities.hpp>

#include <utility>

namespace azoth::inline v0::orm {

Slot* IntegerIdentities::put(std::int64_t key, Slot& slot) {
    Slot* const former = std::exchange(groups_[group_of(key)][place_of(key)], &slot);
    if (!former) ++size_;
    return former;
}

void IntegerIdentities::erase(std::int64_t key) noexcept {
    const auto found = groups_.find(group_of(key));
    if (found == groups_.end() || !std::exchange(found->second[place_of(key)], nullptr)) return;
    --size_;
    if (found->second == Group{}) groups_.erase(found);
}

void IntegerIdentities::clear() noexcept {
    // What a large transaction needed would have to be wiped by every small one after it.
    constexpr std::size_t kept = 64;
    if (groups_.bucket_count() > kept)
        decltype(groups_)().swap(groups_);
    else
        groups_.clear();
    size_ = 0;
}

}  // namespace azoth::inline v0::orm
