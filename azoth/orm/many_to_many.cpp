// SPDX-License-Identifier: MIT
#include <azoth/orm/dependency_kinds.hpp>
#include <azoth/orm/row_writer.hpp>

namespace azoth::inline v0::orm {

// --- order ---------------------------------------------------------------------------------------

void ManyToMany::connect(FlushGraph& graph) {
    const std::uint32_t link = graph.whole(Step::link, *this);
    const std::uint32_t unlink = graph.whole(Step::unlink, *this);
    const std::uint32_t save = graph.whole(Step::save, *relationship_.owner);
    const std::uint32_t remove = graph.whole(Step::remove, *relationship_.owner);
    const std::uint32_t target_save = graph.whole(Step::save, *relationship_.target);
    const std::uint32_t target_remove = graph.whole(Step::remove, *relationship_.target);
    graph.edge(save, link);
    graph.edge(target_save, link);
    graph.edge(link, target_remove);
    graph.edge(unlink, save);
    graph.edge(unlink, target_save);
    graph.edge(unlink, remove);
    graph.edge(unlink, target_remove);
}

void ManyToMany::connect_one(FlushGraph& graph, Step step, std::uint32_t link, std::uint32_t self,
                             std::uint32_t other, bool other_goes) {
    if (step == Step::unlink) {
        graph.edge(link, self);
        graph.edge(link, other);
        return;
    }
    graph.edge(self, link);
    if (other_goes)
        graph.edge(link, other);
    else
        graph.edge(other, link);
}

// --- who takes part ------------------------------------------------------------------------------

void ManyToMany::prepare_save(Slot& owner, const LinkView& view) {
    for (Slot* target : view.added()) (void)context_.takes_part(*target, relationship_, "add");
    if (!relationship_.cascade.delete_orphan) return;
    for (Slot* target : view.removed())
        if (context_.takes_part(*target) &&
            !context_.belongs_elsewhere(*target, relationship_, owner))
            objects_.remove(*target);
}

void ManyToMany::prepare_removal(Slot& owner) {
    if (relationship_.passive_deletes == PassiveDeletes::off) load(owner);
    if (!relationship_.cascade.delete_) return;
    const LinkView view(owner, relationship_);
    for (Slot* target : view.present())
        if (context_.takes_part(*target)) objects_.remove(*target);
}

// --- rows between --------------------------------------------------------------------------------

void ManyToMany::link(Slot& owner, const LinkView& view) {
    for (Slot* target : view.added())
        if (context_.takes_part(*target) && !FlushSet::is_removed(*target))
            added_.emplace_back(&owner, target);
    for (Slot* target : view.removed())
        if (target->state == ObjectState::persistent) removed_.emplace_back(&owner, target);
}

void ManyToMany::unlink(Slot& owner, const LinkView& view) {
    if (relationship_.passive_deletes == PassiveDeletes::all) return;
    view.for_each_kept([&](Slot& target) {
        if (target.state == ObjectState::persistent) removed_.emplace_back(&owner, &target);
    });
    for (Slot* target : view.removed())
        if (target->state == ObjectState::persistent) removed_.emplace_back(&owner, target);
}

void ManyToMany::finish(Step) {
    writer_.delete_pairs(relationship_, removed_);
    writer_.insert_pairs(relationship_, added_);
    removed_.clear();
    added_.clear();
}

}  // namespace azoth::inline v0::orm
