// SPDX-License-Identifier: MIT
#include <azoth/orm/flush_set.hpp>
#include <azoth/orm/scratch.hpp>

namespace azoth::inline v0::orm {

FlushSet::FlushSet(const ModelState& model) : classes_(model.mappers().size()) {}

void FlushSet::forget(std::vector<Slot*>& slots) noexcept {
    for (Slot* slot : slots) slot->clear(all_marks);
    empty_out(slots);
}

void FlushSet::clear() noexcept {
    for (const Mapper* mapper : order_) {
        ClassWork& of_class = work(*mapper);
        forget(of_class.saves);
        forget(of_class.removals);
        of_class.only_new = true;
        of_class.mapper = nullptr;
    }
    order_.clear();
    forget(discarded_);
    unsettled_ = false;
}

ClassWork& FlushSet::class_of(const Slot& slot) {
    const Mapper& mapper = mapper_of(slot);
    ClassWork& work = classes_[mapper.index()];
    if (!work.mapper) {
        work.mapper = &mapper;
        order_.push_back(&mapper);
    }
    return work;
}

void FlushSet::join_saves(Slot& slot) {
    ClassWork& work = class_of(slot);
    work.saves.push_back(&slot);
    if (slot.state != ObjectState::pending) work.only_new = false;
    slot.set(mark::saving);
}

bool FlushSet::remove(Slot& slot) {
    if (slot.is(mark::removing | mark::discarded)) return false;
    if (slot.is(mark::saving)) unsettled_ = true;
    slot.clear(mark::saving);
    if (slot.state == ObjectState::pending) {
        slot.set(mark::discarded);
        discarded_.push_back(&slot);
        return true;
    }
    class_of(slot).removals.push_back(&slot);
    slot.set(mark::removing);
    return true;
}

void FlushSet::keep(Slot& slot) {
    if (slot.is(mark::removing)) {
        unsettled_ = true;
        slot.clear(mark::removing);
        join_saves(slot);
        return;
    }
    save(slot);
}

namespace {

/// Those that bear the mark, each once.
void keep_marked(std::vector<Slot*>& slots, std::uint16_t which) {
    std::erase_if(slots, [which](Slot* slot) {
        if (!slot->is(which) || slot->is(mark::visited)) return true;
        slot->set(mark::visited);
        return false;
    });
    for (Slot* slot : slots) slot->clear(mark::visited);
}

}  // namespace

void FlushSet::settle() {
    if (!unsettled_) return;
    for (const Mapper* mapper : order_) {
        keep_marked(work(*mapper).saves, mark::saving);
        keep_marked(work(*mapper).removals, mark::removing);
    }
}

}  // namespace azoth::inline v0::orm
