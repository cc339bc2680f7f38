// SPDX-License-Identifier: MIT
#include <azoth/orm/dependency_kinds.hpp>
#include <azoth/orm/row_writer.hpp>

namespace azoth::inline v0::orm {

// --- order ---------------------------------------------------------------------------------------

void OneToMany::connect(FlushGraph& graph) {
    const std::uint32_t link = graph.whole(Step::link, *this);
    const std::uint32_t unlink = graph.whole(Step::unlink, *this);
    const std::uint32_t save = graph.whole(Step::save, *relationship_.owner);
    const std::uint32_t remove = graph.whole(Step::remove, *relationship_.owner);
    const std::uint32_t child_save = graph.whole(Step::save, *relationship_.target);
    const std::uint32_t child_remove = graph.whole(Step::remove, *relationship_.target);
    graph.edge(save, link);
    if (relationship_.post_update) {
        const std::uint32_t fill_in = graph.whole(Step::fill_in, *relationship_.target);
        const std::uint32_t clear_out = graph.whole(Step::clear_out, *relationship_.target);
        graph.edge(child_save, link);
        graph.edge(link, fill_in);
        graph.edge(fill_in, remove);
        graph.edge(unlink, clear_out);
        graph.edge(clear_out, remove);
        graph.edge(clear_out, child_remove);
        return;
    }
    graph.edge(link, child_save);
    graph.edge(link, child_remove);
    graph.edge(child_save, remove);
    graph.edge(child_remove, remove);
    graph.edge(unlink, child_save);
    graph.edge(unlink, child_remove);
}

void OneToMany::connect_one(FlushGraph& graph, Step step, std::uint32_t link, std::uint32_t self,
                            std::uint32_t other, bool other_goes) {
    if (relationship_.post_update) {
        const Step updates = step == Step::link ? Step::fill_in : Step::clear_out;
        const std::uint32_t update = graph.whole(updates, *relationship_.target);
        graph.edge(link, update);
        if (step == Step::link) {
            graph.edge(self, link);
            graph.edge(other, link);
        } else {
            graph.edge(update, self);
            if (other_goes) graph.edge(update, other);
        }
    } else if (step == Step::link) {
        graph.edge(self, link);
        graph.edge(link, other);
    } else {
        graph.edge(link, other);
        graph.edge(link, self);
        graph.edge(other, self);
    }
}

// --- who takes part ------------------------------------------------------------------------------

void OneToMany::prepare_save(Slot& owner, const LinkView& view) {
    for (Slot* child : view.added()) prepare_added(owner, *child);
    for (Slot* child : view.removed()) prepare_orphan(owner, *child);
}

void OneToMany::prepare_added(Slot& owner, Slot& child) {
    if (child.is(mark::doomed) || !context_.takes_part(child, relationship_, "add")) return;
    if (context_.belongs_elsewhere(child, relationship_, owner)) return;
    objects_.keep(child);
    context_.open(child);
    for (const auto& pair : relationship_.pairs)
        require_agreement(child, *pair.remote, &owner, *pair.local);
}

/// A child that was taken out: deleted as an orphan, or left without a parent.
void OneToMany::prepare_orphan(Slot& owner, Slot& child) {
    if (!context_.takes_part(child) || context_.belongs_elsewhere(child, relationship_, owner))
        return;
    if (relationship_.cascade.delete_orphan) {
        objects_.remove(child);
    } else if (relationship_.passive_deletes != PassiveDeletes::all) {
        prepare_left(child);
    }
}

void OneToMany::prepare_left(Slot& child) {
    if (FlushSet::is_removed(child) || child.is(mark::doomed)) return;
    objects_.save(child);
    context_.open(child);
    for (const auto& pair : relationship_.pairs) {
        require_agreement(child, *pair.remote, nullptr, *pair.local);
        require_nullable(child, *pair.remote);
    }
}

void OneToMany::prepare_removal(Slot& owner) {
    if (relationship_.passive_deletes == PassiveDeletes::all) return;
    if (relationship_.passive_deletes == PassiveDeletes::off) load(owner);
    const LinkView view(owner, relationship_);
    for (Slot* child : view.removed()) prepare_orphan(owner, *child);
    for (Slot* child : view.present()) {
        if (!context_.takes_part(*child) ||
            context_.belongs_elsewhere(*child, relationship_, owner))
            continue;
        if (relationship_.cascade.delete_)
            objects_.remove(*child);
        else
            prepare_left(*child);
    }
}

// --- foreign keys --------------------------------------------------------------------------------

void OneToMany::link(Slot& owner, const LinkView& view) {
    for (Slot* child : view.added()) {
        if (!FlushSet::is_saved(*child) || context_.belongs_elsewhere(*child, relationship_, owner))
            continue;
        for (const auto& pair : relationship_.pairs)
            context_.copy(*child, *pair.remote, owner, *pair.local);
        if (relationship_.post_update) writer_.note_fill_in(*child, relationship_);
    }
    if (relationship_.passive_deletes == PassiveDeletes::all) return;
    for (Slot* child : view.removed())
        if (!context_.belongs_elsewhere(*child, relationship_, owner)) clear(*child, Step::link);
}

void OneToMany::unlink(Slot& owner, const LinkView& view) {
    if (relationship_.passive_deletes == PassiveDeletes::all) return;
    view.for_each_related([&](Slot& child) {
        if (!context_.belongs_elsewhere(child, relationship_, owner)) clear(child, Step::unlink);
    });
}

/// Children that are deleted keep their foreign keys, unless rows refer to each other.
void OneToMany::clear(Slot& child, Step step) {
    const bool goes = FlushSet::is_removed(child);
    if (goes ? !relationship_.post_update : !FlushSet::is_saved(child)) return;
    for (const auto& pair : relationship_.pairs) context_.make_null(child, *pair.remote);
    if (!relationship_.post_update) return;
    if (step == Step::link)
        writer_.note_fill_in(child, relationship_);
    else
        writer_.note_clear_out(child, relationship_);
}

}  // namespace azoth::inline v0::orm
