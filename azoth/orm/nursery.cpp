// SPDX-License-Identifier: MIT
#include <azoth/orm/nursery.hpp>

#include <algorithm>
#include <utility>

namespace azoth::inline v0::orm {
namespace {

constexpr std::size_t most_bytes = 4096;

std::uint32_t next_size(std::uint32_t slots, const SlotType& type) noexcept {
    const std::size_t most = std::max<std::size_t>(most_bytes / (sizeof(Slot) + type.size), 1);
    return static_cast<std::uint32_t>(std::min<std::size_t>(slots == 0 ? 1 : slots * 4UL, most));
}

}  // namespace

Slot& Nursery::allocate(const Mapper& mapper) {
    Current& current = current_[mapper.index()];
    if (Slab* const slab = std::exchange(current.slab, nullptr)) return slab->allocate();
    if (current.slots == 0) used_.push_back(mapper.index());
    current.slots = next_size(current.slots, mapper);
    return Region::make_held(owner_, mapper, current.slots);
}

void Nursery::constructed(const Mapper& mapper, Slot& slot) noexcept {
    put_back(mapper, *slot.slab);
}

void Nursery::failed(const Mapper& mapper, Slot& slot) noexcept {
    Slab& slab = *slot.slab;
    slab.take_back(slot);
    put_back(mapper, slab);
}

/// While an object was made, its constructor may have made others of its class.
void Nursery::put_back(const Mapper& mapper, Slab& slab) noexcept {
    Slab*& current = current_[mapper.index()].slab;
    if (!current && slab.has_room())
        current = &slab;
    else
        slab.release();  // what holds it from now on are handles, or nobody until the boundary
}

void Nursery::retire() noexcept {
    for (const std::uint16_t index : used_)
        if (Slab* const slab = std::exchange(current_[index], Current()).slab) slab->release();
    used_.clear();
}

}  // namespace azoth::inline v0::orm
