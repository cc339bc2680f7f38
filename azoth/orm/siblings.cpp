// SPDX-License-Identifier: MIT
#include <azoth/orm/region.hpp>
#include <azoth/orm/session_core.hpp>
#include <azoth/orm/siblings.hpp>

#include <boost/unordered/unordered_flat_set.hpp>

#include <algorithm>

namespace azoth::inline v0::orm {

std::span<Slot* const> Siblings::from(const Slot& slot) noexcept {
    // Mostly the one behind that of the last time.
    const auto begin = slots.begin() + static_cast<std::ptrdiff_t>(std::min(last, slots.size()));
    auto found = std::find(begin, slots.end(), &slot);
    if (found == slots.end()) found = std::find(slots.begin(), slots.end(), &slot);
    last = static_cast<std::size_t>(found - slots.begin());
    return {found, slots.end()};
}

void Siblings::forget(const Slot& slot) noexcept {
    const auto rest = from(slot);
    if (!rest.empty()) slots[last] = nullptr;
}

void SiblingSets::enlist(const Ref<Siblings>& siblings, const std::vector<Slab*>& slabs,
                         const std::vector<Slot*>& apart) {
    siblings->epoch = epoch_;
    for (Slab* slab : slabs) slab->set_origin(Ref<const Counted>(siblings));
    for (Slot* slot : apart) {
        apart_[slot] = siblings;
        slot->clear(mark::sibling);
        slot->set(mark::sibling_apart);
    }
}

void SiblingSets::unlist(Slot& slot) noexcept {
    if (slot.is(mark::sibling_apart)) apart_.erase(&slot);
    slot.clear(mark::sibling | mark::sibling_apart);
}

void SiblingSets::forget(Slot& slot) noexcept {
    if (!slot.is(mark::sibling | mark::sibling_apart)) return;
    if (Siblings* siblings = find(slot)) siblings->forget(slot);
    unlist(slot);
}

Siblings* SiblingSets::find(Slot& slot) {
    Siblings* found = nullptr;
    if (slot.is(mark::sibling_apart)) {
        const auto entry = apart_.find(&slot);
        if (entry != apart_.end()) found = entry->second.get();
    } else if (slot.is(mark::sibling)) {
        found = static_cast<Siblings*>(const_cast<Counted*>(slot.slab->origin()));
    }
    if (found && found->epoch != epoch_) keep_live(*found);
    return found;
}

/// After a boundary, which may have freed some of them.
void SiblingSets::keep_live(Siblings& siblings) {
    boost::unordered_flat_set<const Slot*> live;
    session_.for_each_slot([&](const Slot& slot) {
        if (slot.is(mark::sibling | mark::sibling_apart)) live.insert(&slot);
    });
    std::erase_if(siblings.slots, [&](const Slot* slot) { return !live.contains(slot); });
    siblings.last = 0;
    siblings.epoch = epoch_;
}

}  // namespace azoth::inline v0::orm
