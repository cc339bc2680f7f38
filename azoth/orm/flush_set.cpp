// SPDX-License-Identifier: MIT
#include <azoth/orm/flush_set.hpp>

namespace azoth::inline v0::orm {
namespace {

constexpr std::uint16_t all_marks =
    mark::saving | mark::removing | mark::row_switched | mark::discarded | mark::visited;

}  // namespace

FlushSet::FlushSet(const ModelState& model) : classes_(model.mappers().size()) {}

FlushSet::~FlushSet() {
    for (const Mapper* mapper : order_) {
        for (Slot* slot : work(*mapper).saves) slot->clear(all_marks);
        for (Slot* slot : work(*mapper).removals) slot->clear(all_marks);
    }
    for (Slot* slot : discarded_) slot->clear(all_marks);
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
    class_of(slot).saves.push_back(&slot);
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
