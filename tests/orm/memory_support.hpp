// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/ptr.hpp>
#include <azoth/orm/region.hpp>

#include <atomic>
#include <string>

/// Objects in slots without a mapper or a session: the memory below them alone.
namespace memory_test {

using azoth::Ptr;
using azoth::PtrAccess;
using azoth::orm::Region;
using azoth::orm::RegionOwner;
using azoth::orm::Slot;
using azoth::orm::slot_of;
using azoth::orm::SlotType;

/// How many Things there are.
inline std::atomic<int> living{0};

struct Thing {
    explicit Thing(int thing_number) : number(thing_number), text(40, 'x') { ++living; }
    Thing(const Thing&) = delete;
    Thing& operator=(const Thing&) = delete;
    ~Thing() { --living; }
    int number;
    std::string text;  // so that AddressSanitizer sees what is used after it is freed
    Thing* other = nullptr;
};

inline const SlotType& thing_type() {
    static const SlotType type{sizeof(Thing), alignof(Thing),
                               [](void* thing) noexcept { static_cast<Thing*>(thing)->~Thing(); },
                               nullptr};
    return type;
}

/// Something that has regions.
struct Owner : RegionOwner {
    ~Owner() { release_all(); }
    Owner() = default;
    void release_all() {
        while (Region* region = first_region()) region->set_owner(nullptr);
    }
    [[nodiscard]] Region* first() const { return first_region(); }
    [[nodiscard]] int count() const {
        int regions = 0;
        for (Region* region = first_region(); region; region = region->next()) ++regions;
        return regions;
    }
};

/// A Thing in the region.
inline Slot& put(Region& region, int number, std::uint32_t expected = 1) {
    Slot& slot = region.allocate(thing_type(), expected);
    new (slot.object()) Thing(number);
    return slot;
}

/// A Thing in a region of its own, held by the handle.
inline Ptr<Thing> make(int number, RegionOwner* owner = nullptr) {
    return PtrAccess::make<Thing>(put(*Region::make(owner), number).object());
}

inline Region& region_of(const Ptr<Thing>& handle) {
    return PtrAccess::slot(handle)->slab->region();
}

}  // namespace memory_test
