// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/mapper.hpp>
#include <azoth/orm/objects.hpp>
#include <azoth/orm/region.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace azoth::inline v0::orm {

/// Makes objects of a window of a stream, which belong to no session and are for reading, and holds
/// a handle on each of their slabs. Whoever owns it releases them. Used by one thread.
class WindowSlabs {
  public:
    /// \param rows that are expected
    explicit WindowSlabs(std::size_t rows)
        : expected_(static_cast<std::uint32_t>(std::min<std::size_t>(rows, 1U << 20U))) {}

    /// \param region of the window; made where there is none
    [[nodiscard]] Slot& make(const Mapper& mapper, Region*& region) {
        slabs_.reserve(slabs_.size() + 1);
        if (!region) region = Region::make(nullptr);
        Slot& slot = construct_object(mapper, *region, expected_);
        slot.state = ObjectState::detached;
        slot.require(attention::read_only);
        if (std::find(slabs_.rbegin(), slabs_.rend(), slot.slab) == slabs_.rend()) {
            slot.slab->retain();
            slabs_.push_back(slot.slab);
        }
        return slot;
    }
    [[nodiscard]] bool empty() const noexcept { return slabs_.empty(); }
    /// Nobody else can reach the objects.
    [[nodiscard]] bool is_sole() const noexcept {
        return std::all_of(slabs_.begin(), slabs_.end(),
                           [](const Slab* slab) { return slab->is_held_once(); });
    }
    /// Destroys the objects and keeps the slabs. Only where `is_sole()`.
    void clear_objects() noexcept {
        for (Slab* slab : slabs_) slab->clear();
    }
    /// Leaves the objects to those who hold them.
    void release() noexcept {
        for (Slab* slab : slabs_) slab->release();
        slabs_.clear();
    }

  private:
    std::uint32_t expected_;
    std::vector<Slab*> slabs_;
};

}  // namespace azoth::inline v0::orm
