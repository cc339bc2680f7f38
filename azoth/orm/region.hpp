// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/counted.hpp>
#include <azoth/orm/image.hpp>
#include <azoth/orm/slot.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

namespace azoth::inline v0::orm {

class Region;

/// What memory needs to know of a class. Immutable; safe from any thread.
struct SlotType {
    std::size_t size = 0;  ///< of an object, in bytes
    std::size_t align = 1;
    void (*destroy)(void* object) noexcept = nullptr;  ///< its destructor
    const Counted* keeper = nullptr;                   ///< what keeps this description alive
};

/// Who has regions: a session. One thread at a time.
class AZOTH_EXPORT RegionOwner {
  public:
    RegionOwner(const RegionOwner&) = delete;
    RegionOwner& operator=(const RegionOwner&) = delete;

  protected:
    RegionOwner() = default;
    ~RegionOwner() = default;
    [[nodiscard]] Region* first_region() const noexcept { return first_; }

  private:
    friend class Region;
    void enlist(Region& region) noexcept;
    void delist(Region& region) noexcept;
    Region* first_ = nullptr;
};

/// Room for objects of one class. Its count of handles may be changed by any thread; all else
/// belongs to the thread that uses its region, where it doesn't say otherwise.
class Slab {
  public:
    /// The first slot that is free. Only where `has_room()`.
    [[nodiscard]] Slot& allocate() noexcept;
    /// Takes back the newest slot, whose object could not be made.
    void take_back(Slot& slot) noexcept;
    [[nodiscard]] bool has_room() const noexcept { return used_ < capacity_; }
    [[nodiscard]] const SlotType& type() const noexcept { return *type_; }
    [[nodiscard]] Region& region() const noexcept {
        return *region_.load(std::memory_order_relaxed);
    }
    [[nodiscard]] bool has_handles() const noexcept {
        return handles_.load(std::memory_order_acquire) != 0;
    }
    /// The caller's handle is the only one: nobody else can reach its objects.
    [[nodiscard]] bool is_held_once() const noexcept {
        return handles_.load(std::memory_order_acquire) == 1;
    }
    /// Destroys its objects and begins anew.
    void clear() noexcept;
    [[nodiscard]] ImageArena& arena() noexcept { return arena_; }
    /// Calls `visit(Slot&)` for each of its objects.
    template <class Visit>
    void for_each(Visit&& visit) {
        for (std::uint32_t i = 0; i < used_; ++i) visit(slot(i));
    }
    [[nodiscard]] std::uint32_t size() const noexcept { return used_; }
    /// What the session remembers of where its objects come from; may be null.
    [[nodiscard]] const Counted* origin() const noexcept { return origin_.get(); }
    void set_origin(Ref<const Counted> origin) noexcept { origin_ = std::move(origin); }

    void retain() noexcept {
        // 0 → 1 decides about the life of the region, which needs the lock.
        std::uint32_t count = handles_.load(std::memory_order_relaxed);
        while (count != 0)
            if (handles_.compare_exchange_weak(count, count + 1, std::memory_order_relaxed)) return;
        retain_first();
    }
    void retain_again(std::uint32_t more = 1) noexcept {
        handles_.fetch_add(more, std::memory_order_relaxed);
    }
    void release() noexcept {
        std::uint32_t count = handles_.load(std::memory_order_relaxed);
        while (count > 1)
            if (handles_.compare_exchange_weak(count, count - 1, std::memory_order_release,
                                               std::memory_order_relaxed))
                return;
        release_last();
    }

  private:
    friend class Region;
    friend class SlabLock;

    Slab(Region& region, const SlotType& type, std::uint32_t capacity);
    ~Slab();
    [[nodiscard]] static Slab* make(Region& region, const SlotType& type, std::uint32_t capacity);
    static void destroy(Slab* slab) noexcept;
    [[nodiscard]] Slot& slot(std::uint32_t index) noexcept {
        return *reinterpret_cast<Slot*>(reinterpret_cast<char*>(this) + first_ +
                                        std::size_t{index} * stride_);
    }
    void retain_first() noexcept;
    void release_last() noexcept;

    std::atomic<std::uint32_t> handles_{0};
    std::atomic<std::uint8_t>
        stripe_;  // which mutex guards it; changes under both when regions unite
    std::uint32_t used_ = 0;
    const std::uint32_t capacity_;
    // Kept, as what gives them are divisions.
    const std::uint32_t first_;  // where the first slot begins
    const std::uint32_t stride_;
    std::atomic<Region*> region_;  // changes under the lock
    const SlotType* const type_;
    const Ref<const Counted> keeper_;
    Ref<const Counted> origin_;
    Slab* next_ = nullptr;  // of the region
    ImageArena arena_;
};

/// Objects that are connected, and so live and die together. It belongs to a session, or to the
/// handles that exist on its objects. One thread at a time; handles may be dropped by others
/// meanwhile.
class AZOTH_EXPORT Region {
  public:
    /// \param owner null: it lives as long as a handle does, and at least one must be made
    [[nodiscard]] static Region* make(RegionOwner* owner);
    /// A new region with room for so many objects of the class. \returns the first slot, on which
    /// one handle is counted
    [[nodiscard]] static Slot& make_held(RegionOwner& owner, const SlotType& type,
                                         std::uint32_t slots);
    Region(const Region&) = delete;
    Region& operator=(const Region&) = delete;

    [[nodiscard]] RegionOwner* owner() const noexcept { return owner_; }
    /// A slot with room for an object of the class, not yet constructed.
    /// \param expected about how many objects of the class will be wanted in this region
    [[nodiscard]] Slot& allocate(const SlotType& type, std::uint32_t expected = 1);
    /// Makes one region of both; `other` is gone afterwards. \returns the one that is left: that
    /// with more slabs. An owner that one of them has is the owner of both.
    static Region& unite(Region& a, Region& b) noexcept;

    /// Gives the region to an owner or, with null, to its handles: without any it is destroyed.
    void set_owner(RegionOwner* owner) noexcept;
    /// Destroys it where no handle exists. \returns whether it did.
    static bool destroy_unless_held(Region& region) noexcept;
    /// Takes apart a region whose objects no longer point at each other: slabs without a handle are
    /// destroyed after `forget(Slot&)` was called for each of their objects, each other one becomes
    /// a region of its own.
    template <class Forget>
    static void split(Region& region, Forget&& forget);

    template <class Visit>
    void for_each(Visit&& visit) {
        for (Slab* slab = slabs_; slab; slab = slab->next_) slab->for_each(visit);
    }
    /// Only the owner's thread can make it false become true.
    [[nodiscard]] bool has_handles() const noexcept {
        return counted_slabs_.load(std::memory_order_acquire) != 0;
    }
    [[nodiscard]] bool is_empty() const noexcept { return !slabs_; }
    /// Splitting it would change nothing.
    [[nodiscard]] bool is_one_held_slab() const noexcept {
        return slab_count_ == 1 && slabs_->has_handles();
    }

    // An iterator or a result that runs: nothing in here may go. Counted by any thread that reads.
    void pin() noexcept { pins_.fetch_add(1, std::memory_order_relaxed); }
    void unpin() noexcept { pins_.fetch_sub(1, std::memory_order_release); }
    [[nodiscard]] bool is_pinned() const noexcept {
        return pins_.load(std::memory_order_acquire) != 0;
    }

    /// The next one of the same owner, or null.
    [[nodiscard]] Region* next() const noexcept { return next_; }

  private:
    friend class RegionOwner;
    friend class Slab;
    friend class SlabLock;

    explicit Region(RegionOwner* owner);
    ~Region();
    [[nodiscard]] std::vector<Slab*> cut_off_slabs() noexcept;
    void leave_owner() noexcept;
    [[nodiscard]] Slab& add_slab(const SlotType& type, std::uint32_t capacity);
    void adopt(Slab& slab) noexcept;

    RegionOwner* owner_;
    Slab* slabs_ = nullptr;
    std::uint32_t slab_count_ = 0;
    std::atomic<std::uint32_t> counted_slabs_{0};  // changes under the lock
    std::atomic<std::uint32_t> pins_{0};
    std::uint8_t stripe_;
    Region* previous_ = nullptr;  // in the owner's list
    Region* next_ = nullptr;
};

template <class Forget>
void Region::split(Region& region, Forget&& forget) {
    for (Slab* slab : region.cut_off_slabs()) {
        slab->for_each(forget);
        Slab::destroy(slab);
    }
}

}  // namespace azoth::inline v0::orm
