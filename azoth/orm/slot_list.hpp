// SPDX-License-Identifier: MIT
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace azoth::inline v0::orm {

struct Slot;

/// Objects in the order in which they came, each once. Belongs to the thread that changes it;
/// several may read one that nobody changes.
///
/// Where there are many, a set answers whether one is among them. It is built when a list that may
/// be changed is first asked: a const one builds nothing, so that threads can ask it together.
class SlotList {
  public:
    SlotList() = default;
    explicit SlotList(std::vector<Slot*> slots) : slots_(std::move(slots)) {}
    SlotList(SlotList&&) noexcept = default;
    SlotList& operator=(SlotList&&) noexcept = default;
    SlotList(const SlotList&) = delete;
    SlotList& operator=(const SlotList&) = delete;
    ~SlotList() = default;

    [[nodiscard]] const std::vector<Slot*>& slots() const noexcept { return slots_; }
    [[nodiscard]] bool empty() const noexcept { return slots_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return slots_.size(); }
    [[nodiscard]] auto begin() const noexcept { return slots_.begin(); }
    [[nodiscard]] auto end() const noexcept { return slots_.end(); }

    [[nodiscard]] bool holds(const Slot& slot);
    [[nodiscard]] bool holds(const Slot& slot) const;
    /// One that isn't there yet.
    void append(Slot& slot);
    /// \returns whether it was there. In constant time if it was the last one.
    bool erase(const Slot& slot);
    /// All that the other list holds.
    void erase_all_of(SlotList& others);
    void clear() noexcept;

  private:
    using Set = boost::unordered_flat_set<const Slot*>;

    std::vector<Slot*> slots_;
    std::unique_ptr<Set> set_;  // of the same; null where there are few or nobody asked
};

}  // namespace azoth::inline v0::orm
