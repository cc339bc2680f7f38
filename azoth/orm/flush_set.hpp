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

    [[nodiscard]] bool empty() const noexcept { return saves.empty() && removals.empty(); }
};

/// The objects that take part in a flush. One thread at a time.
///
/// What becomes of an object is noted in its slot, so that no object costs an allocation; the notes
/// are wiped off when the set is destroyed. SQLAlchemy: `UOWTransaction.states`.
class FlushSet {
  public:
    explicit FlushSet(const ModelState& model);
    FlushSet(const FlushSet&) = delete;
    FlushSet& operator=(const FlushSet&) = delete;
    ~FlushSet();

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
    void join_saves(Slot& slot);
    ClassWork& class_of(const Slot& slot);

    std::vector<ClassWork> classes_;  // by Mapper::index()
    std::vector<const Mapper*> order_;
    std::vector<Slot*> discarded_;
    bool unsettled_ = false;  // some object has changed its mind
};

}  // namespace azoth::inline v0::orm
