// SPDX-License-Identifier: MIT
#include <azoth/orm/flush_context.hpp>
#include <azoth/orm/link_internal.hpp>
#include <azoth/orm/object_loader.hpp>
#include <azoth/orm/objects.hpp>

#include <algorithm>
#include <utility>

namespace azoth::inline v0::orm {

Slot& StatementHome::construct(const Mapper& mapper, std::uint32_t number) {
    if (number == 1) return construct_object(mapper, session_.nursery());
    if (!region_) {
        region_ = Region::make(&session_);
        region_->pin();
    }
    Slot& slot = construct_object(mapper, *region_, number);
    object_ = &slot;
    return slot;
}

StatementHome::~StatementHome() {
    if (object_)
        object_->slab->region().unpin();
    else if (region_)
        region_->unpin();
}

// --- objects of one entry ------------------------------------------------------------------------

namespace {

bool undefers(const LoadPlan::Entry& entry) {
    return entry.path &&
           std::any_of(entry.members.begin(), entry.members.end(),
                       [](const auto& member) { return member.attribute->ops->is_deferred; });
}

}  // namespace

EntityReader::EntityReader(SessionCore& session, const LoadPlan::Entry& entry, const LoadRun& run)
    : session_(session),
      entry_(entry),
      populate_(run.populate_existing),
      refreshes_(populate_ || run.refresh_existing),
      remembers_(entry.path || !entry.mapper->relationships().empty()),
      undefers_(undefers(entry)) {}

void EntityReader::refresh(Slot& slot, const ValueView* cells) {
    ImageArena& arena = slot.slab->arena();
    if (!entry_.mapper->query_expressions().empty()) refill(slot, cells);
    for (const LoadPlan::Member& member : entry_.columns()) {
        const ValueView& cell = *cells++;
        const ValueView present = member.attribute->view(slot.object());
        ImageCell* const base = slot.image ? &(*slot.image)[member.attribute->index] : nullptr;
        if (!base || base->same(present)) {
            if (member.attribute->foreign && !same_value(present, cell)) [[unlikely]]
                session_.note_read(slot, *member.attribute);
            entry_.assign_one(member, slot.object(), cell);
        }
        if (base) arena.store(*base, cell);
    }
    slot.settle(attention::expired);
}

/// Members that no column fills: from the row or, where it has nothing for them, empty.
void EntityReader::refill(Slot& slot, const ValueView* cells) {
    for (const QueryExpression& each : entry_.mapper->query_expressions())
        each.attribute.ops->reset(each.attribute.in(slot.object()));
    const std::size_t columns = entry_.columns().size();
    for (std::size_t i = columns; i < entry_.members.size(); ++i)
        entry_.assign_one(entry_.members[i], slot.object(), cells[i]);
}

Slot& EntityReader::meet(Slot& present, const ValueView* cells) {
    if (populate_) session_.expire_for_populate(present);
    if (refreshes_ || (present.attention & attention::expired) != 0)
        refresh(present, cells);
    else if (undefers_)
        load_undeferred(present, cells);
    if (remembers_ && (slots_.empty() || slots_.back() != &present)) {
        slots_.push_back(&present);
        apart_.push_back(&present);
    }
    return present;
}

/// Deferred columns of an object that was here without them.
void EntityReader::load_undeferred(Slot& slot, const ValueView* cells) {
    for (const LoadPlan::Member& member : entry_.members) {
        const ValueView& cell = *cells++;
        if (!member.attribute->ops->is_deferred ||
            member.attribute->ops->is_set(member.attribute->in(slot.object())))
            continue;
        entry_.assign_one(member, slot.object(), cell);
        if (slot.image) slot.slab->arena().store((*slot.image)[member.attribute->index], cell);
    }
}

Slot& EntityReader::make(const ValueView* cells, StatementHome& home) {
    Slot& slot = home.construct(*entry_.mapper, ++made_);
    // A row that can't be read leaves a transient object behind, which nobody can reach and which
    // goes with its region.
    entry_.assign(slot.object(), cells);
    slot.state = ObjectState::persistent;
    slot.require(attention::cold);
    if (!remembers_) return slot;
    slots_.push_back(&slot);
    if (made_ == 1) {
        apart_.push_back(&slot);
    } else {
        slot.set(mark::sibling);
        if (slabs_.empty() || slabs_.back() != slot.slab) slabs_.push_back(slot.slab);
    }
    return slot;
}

void EntityReader::finish(PostLoads& posts, const Ref<const LoadPaths>& paths, const LoadRun& run) {
    if (entry_.path) posts.add(*entry_.path, paths, slots_);
    finish(paths, run);
}

void EntityReader::remember(const Ref<const LoadPaths>& paths, const LoadRun& run) {
    if (!entry_.path && slots_.size() == 1) return session_.siblings().forget(*slots_.front());
    auto siblings = make_ref<Siblings>();
    siblings->path = entry_.path;
    siblings->paths = paths;
    siblings->values = run.values;
    siblings->touched.resize(entry_.mapper->relationships().size());
    siblings->slots = std::move(slots_);
    session_.siblings().enlist(siblings, slabs_, apart_);
}

void UniqueSlots::add(Slot& slot) {
    // Rows of one object mostly stand together.
    if (!slots_.empty() && slots_.back() == &slot) return;
    constexpr std::size_t few = 16;
    if (slots_.size() < few) {
        if (std::find(slots_.begin(), slots_.end(), &slot) != slots_.end()) return;
    } else {
        if (seen_.empty()) seen_.insert(slots_.begin(), slots_.end());
        if (!seen_.insert(&slot).second) return;
    }
    slots_.push_back(&slot);
}

// --- what joined rows say ------------------------------------------------------------------------

EagerLinks::Found& EagerLinks::found_of(Slot& owner) {
    // Rows of one owner mostly stand together.
    if (!found_.empty() && found_.back().owner == &owner) return found_.back();
    const auto [place, is_new] = by_owner_.try_emplace(&owner, found_.size());
    if (is_new)
        found_.push_back(
            {&owner, LinkAccess::is_loaded(LinkAccess::of(owner, *entry_->via->relationship)), {}});
    return found_[place->second];
}

void EagerLinks::add(Slot& owner, Slot* target) {
    Found& found = found_of(owner);
    if (!found.is_known && target) found.targets.add(*target);
}

void EagerLinks::install(SessionCore& session) {
    const Relationship& relationship = *entry_->via->relationship;
    for (Found& found : found_) {
        if (!found.is_known)
            session.install(*found.owner, relationship, std::move(found.targets).take());
    }
}

// --- rows ----------------------------------------------------------------------------------------

ObjectLoader::ObjectLoader(SessionCore& session, const LoadPlan& plan, Ref<const LoadPaths> paths,
                           const LoadRun& run)
    : session_(session),
      plan_(plan),
      paths_(std::move(paths)),
      run_(run),
      home_(session),
      slots_(plan.entries.size()) {
    readers_.reserve(plan.entries.size());
    for (const LoadPlan::Entry& entry : plan.entries) {
        reader_of_.push_back(static_cast<std::uint32_t>(readers_.size()));
        if (entry.mapper) readers_.emplace_back(session, entry, run);
        if (entry.via) links_.emplace_back(entry);
    }
}

ObjectLoader::~ObjectLoader() = default;

void ObjectLoader::read(const ValueView* row) {
    for (std::size_t i = 0; i < plan_.entries.size(); ++i)
        if (plan_.entries[i].mapper) slots_[i] = readers_[reader_of_[i]].read(row, home_);
    for (std::size_t i = 0; i < links_.size(); ++i) {
        const std::size_t entry = plan_.listed + i;
        if (Slot* owner = slots_[plan_.entries[entry].owner]) links_[i].add(*owner, slots_[entry]);
    }
}

void ObjectLoader::finish(PostLoads& posts) {
    for (EagerLinks& each : links_) each.install(session_);
    for (EntityReader& each : readers_) each.finish(posts, paths_, run_);
}

}  // namespace azoth::inline v0::orm
