// SPDX-License-Identifier: MIT
#include <azoth/orm/scratch.hpp>
#include <azoth/orm/unit_of_work.hpp>

#include <utility>

/// All SQL has succeeded: objects become what their rows are.
namespace azoth::inline v0::orm {

void UnitOfWork::finish() {
    take_over_followed_keys();
    FlushSet& objects = context_.objects();
    for (Slot* slot : objects.discarded()) session_.expunge(*slot);
    // Old identities go before new ones come: the new ones may be the old ones of others.
    for (const Mapper* mapper : objects.classes()) {
        finish_removals(objects.work(*mapper));
        leave_old_keys(objects.work(*mapper));
    }
    for (const Mapper* mapper : objects.classes()) finish_saves(objects.work(*mapper));
    settle_lists();
}

void UnitOfWork::finish_removals(const ClassWork& work) {
    for (Slot* slot : work.removals) {
        session_.unmap(*slot);
        slot->state = ObjectState::deleted;
        slot->clear(mark::doomed);
        session_.level().deleted.push_back(slot);
    }
}

void UnitOfWork::leave_old_keys(const ClassWork& work) {
    if (rekeyed_.empty()) return;
    for (Slot* slot : work.saves) {
        if (slot->state != ObjectState::persistent || !has_new_key(*slot)) continue;
        session_.level().rekeyed.emplace_back(slot, Key(SessionCore::key_of(*slot)));
        session_.unmap(*slot);
    }
}

namespace {

/// Moves all of a list to the end of another: the list itself where it can, as it may be long.
void hand_over(std::vector<Slot*>& from, std::vector<Slot*>& to) {
    if (to.empty())
        to.swap(from);
    else
        to.insert(to.end(), from.begin(), from.end());
    empty_out(from);
}

}  // namespace

void UnitOfWork::finish_saves(ClassWork& work) {
    // The first of many says that there are many; single ones make room as they come.
    if (work.saves.size() > 1 && work.saves.front()->state == ObjectState::pending)
        session_.identities_.reserve(*work.mapper, work.saves.size());
    std::size_t inserted = 0;
    for (std::size_t i = 0; i < work.saves.size(); ++i) {
        fetch_ahead(work.saves, i);
        Slot* const slot = work.saves[i];
        if (slot->state == ObjectState::persistent) {
            if (slot->image) session_.take_image(*slot);
            if (!slot->is(mark::mapped)) enter(*slot);
        } else {
            finish_insert(*slot);
            work.saves[inserted++] = slot;
        }
        FlushSet::finish(*slot);
    }
    work.saves.resize(inserted);
    hand_over(work.saves, session_.level().inserted);
}

void UnitOfWork::finish_insert(Slot& slot) {
    slot.state = ObjectState::persistent;
    // Through a handle that was used the program may have got a reference, and write by it.
    const bool was_borrowed = (slot.attention & attention::cold) == 0;
    if (was_borrowed) session_.take_image(slot);
    slot.require(attention::cold);
    if (!mapper_of(slot).relationships().empty()) {
        complete_collections(slot);
        settle_links(slot);
    }
    enter(slot);
}

/// Nothing leads to a new row but what was linked before it was inserted: such a collection is
/// known as a whole, and needn't be loaded.
void UnitOfWork::complete_collections(Slot& inserted) {
    for (const auto& relationship : mapper_of(inserted).relationships()) {
        if (!relationship->is_many || relationship->viewonly || relationship->is_write_only)
            continue;
        Link& link = LinkAccess::of(inserted, *relationship);
        const Collection* known = LinkAccess::existing_collection(link);
        if (known && !known->array && !known->added.empty()) LinkAccess::set_loaded_items(link, {});
    }
}

namespace {

/// \returns the object that was known by the key in the slot's members, or null
Slot* put(IdentityMap& identities, const Mapper& mapper, Slot& slot) {
    if (mapper.has_integer_key()) {
        const ValueView key = mapper.key().front()->view(slot.object());
        return identities.put(mapper, {&key, 1}, slot);
    }
    KeyBuffer key;
    for (const Attribute* attribute : mapper.key()) key.push_back(attribute->view(slot.object()));
    return identities.put(mapper, key, slot);
}

}  // namespace

/// Puts the object into the identity map under its new key.
void UnitOfWork::enter(Slot& slot) {
    const Mapper& mapper = mapper_of(slot);
    Slot* const former = put(session_.identities_, mapper, slot);
    if (former && former != &slot) {
        // Its row is gone without the session's knowledge, and the key was given away again.
        former->clear(mark::mapped);
        former->state = ObjectState::detached;
        session_.engine_.log(
            LogRecord::Level::warning,
            describe(slot) +
                " was inserted, while the session had an object of that key: the "
                "row of that one must have been deleted without the session; it is "
                "detached",
            "azoth.orm");
    }
    slot.set(mark::mapped);
}

void UnitOfWork::settle_links(Slot& slot) {
    bool all = true;
    for (const auto& relationship : mapper_of(slot).relationships())
        all = LinkAccess::settle(LinkAccess::of(slot, *relationship), *relationship) && all;
    if (all) return slot.clear(mark::linked);
    slot.set(mark::linked);
    session_.make_hot(slot);
}

void UnitOfWork::settle_lists() {
    std::erase_if(session_.hot_, [this](Slot* slot) {
        if (slot->is(mark::linked)) settle_links(*slot);
        if (slot->state == ObjectState::persistent) slot->require(attention::cold);
        if (slot->is(mark::linked)) return false;  // what it leads to may still be added
        slot->clear(mark::hot);
        return true;
    });
    session_.pending_.clear();
    session_.doomed_.clear();
    for (const auto& [slot, expressions] : session_.expressions_)
        const_cast<Slot*>(slot)->clear(mark::has_expressions);
    session_.expressions_.clear();
    session_.given_.clear();
}

}  // namespace azoth::inline v0::orm
