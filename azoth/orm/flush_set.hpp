// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/mapper.hpp>
#include <azoth/orm/model_state.hpp>
#include <azoth/orm/slot.hpp>

#include <vector>

namespace azoth::inline v0::orm {

/// The objects of one class that take part in a flush, in the order in which they joined. What was
/// to be saved and is now to be removed, or the other way round, stands in both lists until they
/// are settled: its mark decides.
struct ClassWork {
    const Mapper* mapper = nullptr;
    std::vector<Slot*> saves;
    std::vector<Slot*> removals;
    bool only_new = true;  ///< whoever joined the saves was pending

    [[nodiscard]] bool empty() const noexcept { return saves.empty() && removals.empty(); }
};

/// The objects that take part in a flush. One thread at a time.
///
/// What becomes of an object is noted in its slot, so that no object costs an allocation; clear()
/// wipes the notes off. SQLAlchemy: `UOWTransaction.states`.
class FlushSet {
  public:
    explicit FlushSet(const ModelState& model);
    FlushSet(const FlushSet&) = delete;
    FlushSet& operator=(const FlushSet&) = delete;
    ~FlushSet() { clear(); }

    /// About so many objects of this one's class are going to join.
    void expect(const Slot& slot, std::size_t count) { class_of(slot).saves.reserve(count); }
    /// The object's row is to be written, unless it is to be deleted.
    void save(Slot& slot) {
        if (!slot.is(mark::saving | mark::removing | mark::discarded)) join_saves(slot);
    }
    /// The object's row is to be deleted; a pending object has none and leaves the session instead.
    /// \returns whether that is news
    bool remove(Slot& slot);
    /// The object is wanted after all: its row is not deleted but written.
    void keep(Slot& slot);
    /// Takes out of the lists what their marks say otherwise of. From then on nothing may join.
    void settle();
    /// Wipes the notes off one object whose row is saved; clear() needn't look at it any more.
    static void finish(Slot& saved) noexcept { saved.clear(all_marks); }
    /// The flush is over. Keeps the memory that a small one needs.
    void clear() noexcept;

    [[nodiscard]] static bool is_saved(const Slot& slot) noexcept { return slot.is(mark::saving); }
    [[nodiscard]] static bool is_removed(const Slot& slot) noexcept {
        return slot.is(mark::removing);
    }
    [[nodiscard]] bool empty() const noexcept { return order_.empty(); }
    [[nodiscard]] ClassWork& work(const Mapper& mapper) noexcept {
        return classes_[mapper.index()];
    }
    /// The classes that have objects here, in the order in which they joined.
    [[nodiscard]] const std::vector<const Mapper*>& classes() const noexcept { return order_; }
    [[nodiscard]] const std::vector<Slot*>& discarded() const noexcept { return discarded_; }

  private:
    static constexpr std::uint16_t all_marks =
        mark::saving | mark::removing | mark::row_switched | mark::discarded | mark::visited;

    void join_saves(Slot& slot);
    static void forget(std::vector<Slot*>& slots) noexcept;
    ClassWork& class_of(const Slot& slot);

    std::vector<ClassWork> classes_;  // by Mapper::index()
    std::vector<const Mapper*> order_;
    std::vector<Slot*> discarded_;
    bool unsettled_ = false;  // some object has changed its mind
};

}  // namespace azoth::inline v0::orm
