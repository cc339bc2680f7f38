// SPDX-License-Identifier: MIT
#include <azoth/engine/options_scope.hpp>
#include <azoth/orm/key_index.hpp>
#include <azoth/orm/link_internal.hpp>
#include <azoth/orm/mapper_statements.hpp>
#include <azoth/orm/object_loader.hpp>
#include <azoth/orm/post_loads.hpp>
#include <azoth/orm/related_cache.hpp>
#include <azoth/orm/session_core.hpp>
#include <azoth/orm/window_graph.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace azoth::inline v0::orm {

/// Owners of equal values, which therefore lead to the same objects.
struct OwnerGroup {
    std::vector<Slot*> owners;
    UniqueSlots found;
};

/// The owners whose relationship is to be loaded, by the values that say where it leads.
struct PostLoads::OwnerGroups {
    KeyIndex index;
    std::vector<OwnerGroup> groups;

    void add(Slot& owner, KeyView values) {
        const std::size_t number = index.number(values);
        if (number == groups.size()) groups.emplace_back();
        groups[number].owners.push_back(&owner);
    }
};

namespace {

/// Something of it is done after the objects are loaded.
bool follows(Loading loading) noexcept {
    return is_eager(loading) ? loading != Loading::contained : loading == Loading::none;
}

/// Makes and keeps the statement for a number of owners.
class BatchSelect {
  public:
    BatchSelect(const LoadPath::Branch& branch, const CriteriaValues* values, std::size_t owners) {
        const bool for_all_runs = branch.batches && (!values || !branch.target->has_values());
        if (for_all_runs && owners <= RelatedCache::most_owners) {
            select_ = &branch.batches->select(owners);
            owners_ = RelatedCache::size_for(owners);
        } else {
            owners_ = std::max<std::size_t>(owners, 2);
            own_ = std::make_unique<ObjectSelect>(select_related(
                {branch.relationship, branch.target, branch.criteria, values, owners_}));
            select_ = own_.get();
        }
    }
    [[nodiscard]] const ObjectSelect& select() const noexcept { return *select_; }
    /// How many it is for; the last one may be given several times.
    [[nodiscard]] std::size_t owners() const noexcept { return owners_; }

  private:
    const ObjectSelect* select_;
    std::unique_ptr<ObjectSelect> own_;
    std::size_t owners_;
};

}  // namespace

void PostLoads::add(const LoadPath& path, Ref<const LoadPaths> paths, std::vector<Slot*> slots) {
    const bool any = std::any_of(path.branches.begin(), path.branches.end(),
                                 [](const auto& branch) { return follows(branch.loading); });
    if (any && !slots.empty()) queue_.push_back({&path, std::move(paths), std::move(slots)});
}

void PostLoads::run() {
    std::optional<engine::OptionsScope> scope;
    if (run_.schemas.is_given()) scope.emplace(session_.connection(), run_.schemas);
    while (next_ != queue_.size()) {
        const Task task = std::move(queue_[next_++]);
        for (const LoadPath::Branch& branch : task.path->branches)
            if (follows(branch.loading)) load_branch(task, branch);
    }
    queue_.clear();
    next_ = 0;
}

void PostLoads::load_branch(const Task& task, const LoadPath::Branch& branch) {
    std::vector<Slot*> owners;
    for (Slot* slot : task.slots) {
        if (slot->is(mark::visited) ||
            LinkAccess::is_loaded(LinkAccess::of(*slot, *branch.relationship)))
            continue;
        slot->set(mark::visited);
        owners.push_back(slot);
    }
    for (Slot* slot : owners) slot->clear(mark::visited);
    if (branch.loading == Loading::none) {
        for (Slot* owner : owners) session_.install_nothing(*owner, *branch.relationship);
    } else if (branch.loading == Loading::immediate) {
        for (Slot* owner : owners) load({&owner, 1}, branch, task.paths);
    } else {
        load(owners, branch, task.paths);
    }
}

namespace {

/// The values of so many owners; the last one comes again, where there are less. To be copied: rows
/// may write over the members that they stand in.
std::vector<ValueView> values_of(const SessionCore& session, std::span<const OwnerGroup> groups,
                                 const Relationship& relationship, std::size_t owners) {
    std::vector<ValueView> values;
    for (std::size_t i = 0; i < owners; ++i)
        (void)session.lazy_values(*groups[std::min(i, groups.size() - 1)].owners.front(),
                                  relationship, values);
    return values;
}

}  // namespace

Slot* PostLoads::present_target(const Relationship& relationship,
                                std::span<const ValueView> values) const {
    return window_ ? SessionCore::find_target(window_->identities(), relationship, values)
                   : session_.present_target(relationship, values);
}

/// Installs what the session has already, and what leads nowhere. \returns the others
PostLoads::OwnerGroups PostLoads::sorted(std::span<Slot* const> owners,
                                         const Relationship& relationship, bool reread,
                                         std::vector<Slot*>& known) {
    OwnerGroups wanted;
    std::vector<ValueView> values;
    for (Slot* owner : owners) {
        values.clear();
        if (!session_.lazy_values(*owner, relationship, values)) {
            session_.install_nothing(*owner, relationship);
            continue;
        }
        Slot* const present = reread ? nullptr : present_target(relationship, values);
        if (present) {
            session_.install_target(*owner, relationship, present);
            known.push_back(present);
        } else {
            wanted.add(*owner, values);
        }
    }
    return wanted;
}

void PostLoads::load(std::span<Slot* const> owners, const LoadPath::Branch& branch,
                     const Ref<const LoadPaths>& paths) {
    // What the session has may not meet a condition, or is to be read again.
    const bool reread = run_.populate_existing || !branch.criteria.empty();
    std::vector<Slot*> known;
    OwnerGroups wanted = sorted(owners, *branch.relationship, reread, known);
    add(*branch.target, paths, std::move(known));
    const std::size_t count = wanted.groups.size();
    for (std::size_t first = 0; first < count; first += branch.chunksize)
        load_chunk(wanted, first, std::min<std::size_t>(branch.chunksize, count - first), branch,
                   paths);
}

void PostLoads::load_chunk(OwnerGroups& wanted, std::size_t first, std::size_t count,
                           const LoadPath::Branch& branch, const Ref<const LoadPaths>& paths) {
    const Relationship& relationship = *branch.relationship;
    const std::span<OwnerGroup> groups = std::span(wanted.groups).subspan(first, count);
    const BatchSelect batch(branch, run_.values.get(), count);
    const Key values(values_of(session_, groups, relationship, batch.owners()));
    const LoadPlan& plan = *batch.select().plan;
    engine::ResultCore result = session_.run(batch.select().statement, values.view());
    const auto read_with = [&](auto&& loader) {
        while (result.fetch()) {
            const ValueView* const row = result.cells();
            loader.read(row);
            const auto group = wanted.index.find(KeyView(row, plan.keys));
            if (group && loader.entity(0)) wanted.groups[*group].found.add(*loader.entity(0));
        }
        loader.finish(*this);
    };
    if (window_)
        read_with(WindowLoader(session_, *window_, plan, paths));
    else
        read_with(ObjectLoader(session_, plan, paths, run_));
    for (OwnerGroup& group : groups) {
        const std::vector<Slot*> found = std::move(group.found).take();
        for (Slot* owner : group.owners) session_.install(*owner, relationship, found);
    }
}

}  // namespace azoth::inline v0::orm
