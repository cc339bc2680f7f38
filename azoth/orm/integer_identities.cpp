// SPDX-License-Identifier: MIT
#include <azoth/orm/integer_identities.hpp>

#include <utility>

namespace azoth::inline v0::orm {

void IntegerIdentities::erase(std::int64_t key) noexcept {
    const auto found = groups_.find(group_of(key));
    if (found == groups_.end() || !std::exchange(found->second[place_of(key)], nullptr)) return;
    --size_;
    if (found->second != Group{}) return;
    groups_.erase(found);
    newest_ = nullptr;
}

void IntegerIdentities::clear() noexcept {
    // What a large transaction needed would have to be wiped by every small one after it.
    constexpr std::size_t kept = 64;
    if (groups_.bucket_count() > kept)
        decltype(groups_)().swap(groups_);
    else
        groups_.clear();
    newest_ = nullptr;
    size_ = 0;
}

}  // namespace azoth::inline v0::orm
