// SPDX-License-Identifier: MIT
#include <azoth/orm/region.hpp>

#include <algorithm>
#include <array>
#include <new>
#include <utility>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#endif
#endif
#if !defined(ASAN_POISON_MEMORY_REGION)
#define ASAN_POISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#endif

namespace azoth::inline v0::orm {
namespace {

/// The mutexes that guard regions. There is a fixed number of them, so that none ever dies while a
/// thread is about to lock it; a session's regions share one, different sessions rarely do.
constexpr std::size_t stripe_count = 64;
std::array<std::mutex, stripe_count> stripes;

std::uint8_t stripe_of(const RegionOwner* owner) noexcept {
    // Addresses of owners and, for regions without one, threads spread well enough.
    static std::atomic<std::uint32_t> next{0};
    static thread_local const std::uint32_t of_thread =
        next.fetch_add(1, std::memory_order_relaxed);
    const auto seed = owner ? reinterpret_cast<std::uintptr_t>(owner) / 64 : of_thread;
    return static_cast<std::uint8_t>((seed ^ (seed >> 6)) % stripe_count);
}

constexpr std::size_t rounded(std::size_t size, std::size_t alignment) {
    return (size + alignment - 1) / alignment * alignment;
}

/// What lies before the first slot, chosen so that its object is aligned.
std::size_t offset_of_first(const SlotType& type) {
    return rounded(sizeof(Slab) + sizeof(Slot), type.align) - sizeof(Slot);
}
std::size_t stride_of(const SlotType& type) {
    return rounded(sizeof(Slot) + type.size, std::max(alignof(Slot), type.align));
}
std::align_val_t alignment_of(const SlotType& type) {
    return std::align_val_t(std::max(alignof(Slab), type.align));
}

// Memory of more than the usual alignment costs half as much again, and few classes need it.
bool has_usual_alignment(const SlotType& type) noexcept {
    return std::max(alignof(Slab), type.align) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__;
}
void* allocate_slab(const SlotType& type, std::size_t size) {
    return has_usual_alignment(type) ? ::operator new(size)
                                     : ::operator new(size, alignment_of(type));
}
void free_slab(const SlotType& type, void* memory, std::size_t size) noexcept {
    if (has_usual_alignment(type))
        ::operator delete(memory, size);
    else
        ::operator delete(memory, size, alignment_of(type));
}

}  // namespace

/// Holds the mutex that guards a slab, whichever it is by now.
class SlabLock {
  public:
    explicit SlabLock(const Slab& slab) {
        for (;;) {
            const std::uint8_t stripe = slab.stripe_.load(std::memory_order_acquire);
            stripes[stripe].lock();
            mutex_ = &stripes[stripe];
            if (slab.stripe_.load(std::memory_order_relaxed) == stripe) return;
            mutex_->unlock();
        }
    }
    SlabLock(const SlabLock&) = delete;
    SlabLock& operator=(const SlabLock&) = delete;
    ~SlabLock() {
        if (mutex_) mutex_->unlock();
    }
    void unlock() noexcept { std::exchange(mutex_, nullptr)->unlock(); }

  private:
    std::mutex* mutex_ = nullptr;
};

// --- slabs ---------------------------------------------------------------------------------------

Slab::Slab(Region& region, const SlotType& type, std::uint32_t capacity)
    : stripe_(region.stripe_),
      capacity_(capacity),
      first_(static_cast<std::uint32_t>(offset_of_first(type))),
      stride_(static_cast<std::uint32_t>(stride_of(type))),
      region_(&region),
      type_(&type),
      keeper_(type.keeper) {}

Slab::~Slab() = default;

Slab* Slab::make(Region& region, const SlotType& type, std::uint32_t capacity) {
    const std::size_t slots = offset_of_first(type) + capacity * stride_of(type);
    void* const memory = allocate_slab(type, slots);
    Slab* const slab = new (memory) Slab(region, type, capacity);
    ASAN_POISON_MEMORY_REGION(slab + 1, slots - sizeof(Slab));
    return slab;
}

void Slab::destroy(Slab* slab) noexcept {
    const SlotType& type = *slab->type_;
    const Ref<const Counted> keeper = slab->keeper_;  // the type is needed to the last
    for (std::uint32_t i = slab->used_; i-- > 0;) type.destroy(slab->slot(i).object());
    const std::size_t slots = slab->first_ + std::size_t{slab->capacity_} * slab->stride_;
    slab->~Slab();
    ASAN_UNPOISON_MEMORY_REGION(slab, slots);
    free_slab(type, slab, slots);
}

void Slab::clear() noexcept {
    while (used_ != 0) {
        Slot& last = slot(used_ - 1);
        type_->destroy(last.object());
        take_back(last);
    }
}

Slot& Slab::allocate() noexcept {
    Slot& fresh = slot(used_);
    ASAN_UNPOISON_MEMORY_REGION(&fresh, sizeof(Slot) + type_->size);
    new (&fresh) Slot{.slab = this};
    ++used_;
    return fresh;
}

void Slab::take_back(Slot& newest) noexcept {
    --used_;
    ASAN_POISON_MEMORY_REGION(&newest, sizeof(Slot) + type_->size);
}

void Slab::retain_first() noexcept {
    const SlabLock lock(*this);
    if (handles_.fetch_add(1, std::memory_order_relaxed) == 0) ++region().counted_slabs_;
}

void Slab::release_last() noexcept {
    SlabLock lock(*this);
    if (handles_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    Region& home = region();
    // Asked before it is counted: an owner may destroy the region as soon as that is done.
    const bool is_owned = home.owner_ != nullptr;
    if (--home.counted_slabs_ != 0 || is_owned) return;
    lock.unlock();
    // The last handle is gone and the region has no owner: nobody can reach it any more.
    delete &home;
}

// --- owners --------------------------------------------------------------------------------------

void RegionOwner::enlist(Region& region) noexcept {
    region.previous_ = nullptr;
    region.next_ = first_;
    if (first_) first_->previous_ = &region;
    first_ = &region;
}

void RegionOwner::delist(Region& region) noexcept {
    (region.previous_ ? region.previous_->next_ : first_) = region.next_;
    if (region.next_) region.next_->previous_ = region.previous_;
    region.previous_ = region.next_ = nullptr;
}

// --- regions -------------------------------------------------------------------------------------

Region::Region(RegionOwner* owner) : owner_(owner), stripe_(stripe_of(owner)) {
    if (owner_) owner_->enlist(*this);
}

Region* Region::make(RegionOwner* owner) {
    return new Region(owner);
}

Slot& Region::make_held(RegionOwner& owner, const SlotType& type, std::uint32_t slots) {
    Region& region = *make(&owner);
    Slab& slab = region.add_slab(type, slots);
    // Without the lock, as no other thread knows of it yet.
    slab.handles_.store(1, std::memory_order_relaxed);
    region.counted_slabs_.store(1, std::memory_order_relaxed);
    return slab.allocate();
}

Region::~Region() {
    leave_owner();
    while (slabs_) {
        Slab* const next = slabs_->next_;
        Slab::destroy(slabs_);
        slabs_ = next;
    }
}

void Region::leave_owner() noexcept {
    if (owner_) owner_->delist(*this);
}

Slot& Region::allocate(const SlotType& type, std::uint32_t expected) {
    std::uint32_t largest = 0;
    // The newest slabs stand first. No look beyond a few: a region can have thousands.
    int looks = 8;
    for (Slab* slab = slabs_; slab && looks != 0; slab = slab->next_, --looks) {
        if (slab->type_ != &type) continue;
        if (slab->has_room()) return slab->allocate();
        largest = std::max(largest, slab->capacity_);
    }
    constexpr std::size_t most_bytes = 65536;
    const auto most =
        static_cast<std::uint32_t>(std::max<std::size_t>(most_bytes / stride_of(type), 1));
    const std::uint32_t capacity = std::min(std::max(expected, largest * 4), most);
    return add_slab(type, std::max(capacity, 1U)).allocate();
}

Slab& Region::add_slab(const SlotType& type, std::uint32_t capacity) {
    Slab* const slab = Slab::make(*this, type, capacity);
    slab->next_ = slabs_;
    slabs_ = slab;
    ++slab_count_;
    return *slab;
}

void Region::adopt(Slab& slab) noexcept {
    slab.region_.store(this, std::memory_order_relaxed);
    slab.stripe_.store(stripe_, std::memory_order_release);
    if (slab.has_handles()) ++counted_slabs_;
    slab.next_ = slabs_;
    slabs_ = &slab;
    ++slab_count_;
}

Region& Region::unite(Region& a, Region& b) noexcept {
    if (&a == &b) return a;
    Region& winner = a.slab_count_ >= b.slab_count_ ? a : b;
    Region& loser = &winner == &a ? b : a;
    {
        std::unique_lock first(stripes[std::min(a.stripe_, b.stripe_)]);
        std::unique_lock<std::mutex> second;
        if (a.stripe_ != b.stripe_)
            second = std::unique_lock(stripes[std::max(a.stripe_, b.stripe_)]);
        while (loser.slabs_) {
            Slab& slab = *loser.slabs_;
            loser.slabs_ = slab.next_;
            winner.adopt(slab);
        }
        winner.pins_.fetch_add(loser.pins_.load(std::memory_order_relaxed));
        if (!winner.owner_ && loser.owner_) {
            winner.owner_ = loser.owner_;
            winner.owner_->enlist(winner);
        }
    }
    delete &loser;
    return winner;
}

void Region::set_owner(RegionOwner* owner) noexcept {
    bool dead = false;
    {
        const std::lock_guard lock(stripes[stripe_]);
        leave_owner();
        owner_ = owner;
        if (owner_) owner_->enlist(*this);
        dead = !owner_ && counted_slabs_ == 0;
    }
    if (dead) delete this;
}

bool Region::destroy_unless_held(Region& region) noexcept {
    if (region.has_handles()) return false;
    // No handle exists, and only the owner's thread, which is ours, could make a new one.
    delete &region;
    return true;
}

std::vector<Slab*> Region::cut_off_slabs() noexcept {
    std::vector<Slab*> loose;
    const std::lock_guard lock(stripes[stripe_]);
    std::vector<Slab*> held;
    for (Slab* slab = slabs_; slab; slab = slab->next_)
        (slab->has_handles() ? held : loose).push_back(slab);
    slabs_ = nullptr;
    slab_count_ = 0;
    counted_slabs_ = 0;
    for (std::size_t i = 0; i < held.size(); ++i) {
        // NOLINTNEXTLINE(bugprone-unhandled-exception-at-new): half cut up, it can't go on
        Region& home = i == 0 ? *this : *new Region(owner_);
        // The same mutex: this thread holds it, and another may be waiting for it.
        home.stripe_ = stripe_;
        home.adopt(*held[i]);
    }
    return loose;
}

// --- handles -------------------------------------------------------------------------------------

void retain(const Slot& slot) noexcept {
    slot.slab->retain();
}
void retain_again(const Slot& slot) noexcept {
    slot.slab->retain_again();
}
void release(const Slot& slot) noexcept {
    slot.slab->release();
}

}  // namespace azoth::inline v0::orm
