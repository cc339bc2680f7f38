// SPDX-License-Identifier: MIT
#include <azoth/orm/dependency_kinds.hpp>
#include <azoth/orm/row_writer.hpp>

namespace azoth::inline v0::orm {

// --- order ---------------------------------------------------------------------------------------

void ManyToOne::connect(FlushGraph& graph) {
    const std::uint32_t link = graph.whole(Step::link, *this);
    const std::uint32_t unlink = graph.whole(Step::unlink, *this);
    const std::uint32_t save = graph.whole(Step::save, *relationship_.owner);
    const std::uint32_t remove = graph.whole(Step::remove, *relationship_.owner);
    const std::uint32_t target_save = graph.whole(Step::save, *relationship_.target);
    const std::uint32_t target_remove = graph.whole(Step::remove, *relationship_.target);
    graph.edge(target_save, link);
    if (relationship_.post_update) {
        const std::uint32_t fill_in = graph.whole(Step::fill_in, *relationship_.owner);
        const std::uint32_t clear_out = graph.whole(Step::clear_out, *relationship_.owner);
        graph.edge(save, link);
        graph.edge(link, fill_in);
        graph.edge(fill_in, target_remove);
        graph.edge(unlink, clear_out);
        graph.edge(clear_out, target_remove);
        graph.edge(clear_out, remove);
        return;
    }
    graph.edge(link, save);
    graph.edge(save, target_remove);
    graph.edge(remove, target_remove);
}

void ManyToOne::connect_one(FlushGraph& graph, Step step, std::uint32_t link, std::uint32_t self,
                            std::uint32_t other, bool other_goes) {
    if (relationship_.post_update) {
        const Step updates = step == Step::link ? Step::fill_in : Step::clear_out;
        const std::uint32_t update = graph.whole(updates, *relationship_.owner);
        graph.edge(link, update);
        if (step == Step::unlink) {
            graph.edge(update, self);
            graph.edge(update, other);
        } else {
            graph.edge(self, link);
            if (other_goes)
                graph.edge(update, other);
            else
                graph.edge(other, link);
        }
    } else if (step == Step::link) {
        graph.edge(link, self);
        if (other_goes)
            graph.edge(self, other);
        else
            graph.edge(other, link);
    } else if (other_goes) {
        graph.edge(self, other);
    }
}

// --- who takes part ------------------------------------------------------------------------------

void ManyToOne::prepare_save(Slot& owner, const LinkView& view) {
    context_.open(owner);
    Slot* const target = view.added().empty() ? nullptr : view.added().front();
    // An orphan, whether or not it is known whose: the parent that it is taken from may not be
    // here.
    const Relationship* const reverse = relationship_.reverse;
    const bool orphaned = !target && reverse && reverse->cascade.delete_orphan;
    if (!target || context_.takes_part(*target, relationship_, "add"))
        for (const auto& pair : relationship_.pairs) {
            require_agreement(owner, *pair.local, target, *pair.remote);
            if (!target && !orphaned) require_nullable(owner, *pair.local);
        }
    if (orphaned && owner.state == ObjectState::persistent) objects_.remove(owner);
    if (!relationship_.cascade.delete_orphan) return;
    for (Slot* former : view.removed())
        if (context_.takes_part(*former) && !context_.adopter(*former, relationship_))
            objects_.remove(*former);
}

void ManyToOne::prepare_removal(Slot& owner) {
    if (!relationship_.cascade.delete_ && !relationship_.cascade.delete_orphan) return;
    if (relationship_.passive_deletes == PassiveDeletes::off) load(owner);
    const LinkView view(owner, relationship_);
    for (Slot* target : view.present())
        if (context_.takes_part(*target)) objects_.remove(*target);
}

// --- foreign keys --------------------------------------------------------------------------------

void ManyToOne::link(Slot& owner, const LinkView& view) {
    if (!FlushSet::is_saved(owner)) return;
    if (view.added().empty()) {
        for (const auto& pair : relationship_.pairs) context_.make_null(owner, *pair.local);
    } else {
        Slot& target = *view.added().front();
        if (!context_.takes_part(target)) return;
        for (const auto& pair : relationship_.pairs)
            context_.copy(owner, *pair.local, target, *pair.remote);
    }
    if (relationship_.post_update) writer_.note_fill_in(owner, relationship_);
}

/// Rows that refer to each other can't be deleted before one of them lets go.
void ManyToOne::unlink(Slot& owner, const LinkView& view) {
    if (!relationship_.post_update || relationship_.passive_deletes == PassiveDeletes::all) return;
    if (view.present().empty() && view.removed().empty()) return;
    for (const auto& pair : relationship_.pairs) context_.make_null(owner, *pair.local);
    writer_.note_clear_out(owner, relationship_);
}

}  // namespace azoth::inline v0::orm
