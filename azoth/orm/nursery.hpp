// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/mapper.hpp>
#include <azoth/orm/region.hpp>

#include <cstdint>
#include <vector>

namespace azoth::inline v0::orm {

/// Where the objects go that a session makes one by one: a few of one class share a slab, and a
/// region with it. One thread at a time.
///
/// A region and a slab for each single object cost more than all else that is done for a new one. A
/// slab grows with the number of objects of its class that are made between two boundaries of the
/// session, from one to 4 KB: that is the most that a handle to one of them keeps alive besides it.
class Nursery {
  public:
    Nursery(RegionOwner& owner, std::size_t classes) : owner_(owner), current_(classes) {}
    Nursery(const Nursery&) = delete;
    Nursery& operator=(const Nursery&) = delete;
    ~Nursery() { retire(); }

    /// A slot, not yet constructed, on which no handle is counted. Nothing else is made in its slab
    /// before constructed() or failed() was called.
    [[nodiscard]] Slot& allocate(const Mapper& mapper);
    void constructed(const Mapper& mapper, Slot& slot) noexcept;
    void failed(const Mapper& mapper, Slot& slot) noexcept;
    /// A boundary: what nobody else holds may go.
    void retire() noexcept;

  private:
    struct Current {
        Slab* slab = nullptr;     ///< counted once
        std::uint32_t slots = 0;  ///< of the last slab
    };
    void put_back(const Mapper& mapper, Slab& slab) noexcept;

    RegionOwner& owner_;
    std::vector<Current> current_;     // by Mapper::index()
    std::vector<std::uint16_t> used_;  // whose entries above are not empty
};

}  // namespace azoth::inline v0::orm
