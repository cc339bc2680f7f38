// SPDX-License-Identifier: MIT
#include <azoth/orm/slot_list.hpp>

#include <algorithm>

namespace azoth::inline v0::orm {
namespace {

/// Up to this many, looking at each is faster than a set.
constexpr std::size_t few = 32;

}  // namespace

bool SlotList::holds(const Slot& slot) {
    if (!set_ && slots_.size() > few) set_ = std::make_unique<Set>(slots_.begin(), slots_.end());
    return std::as_const(*this).holds(slot);
}

bool SlotList::holds(const Slot& slot) const {
    if (set_) return set_->contains(&slot);
    return std::find(slots_.begin(), slots_.end(), &slot) != slots_.end();
}

void SlotList::append(Slot& slot) {
    slots_.push_back(&slot);
    if (set_) set_->insert(&slot);
}

bool SlotList::erase(const Slot& slot) {
    if (!holds(slot)) return false;
    if (slots_.back() == &slot)
        slots_.pop_back();
    else
        slots_.erase(std::find(slots_.begin(), slots_.end(), &slot));
    if (set_) set_->erase(&slot);
    return true;
}

void SlotList::erase_all_of(SlotList& others) {
    if (others.empty() || empty()) return;
    std::erase_if(slots_, [&](const Slot* slot) { return others.holds(*slot); });
    set_.reset();
}

void SlotList::clear() noexcept {
    slots_.clear();
    set_.reset();
}

}  // namespace azoth::inline v0::orm
