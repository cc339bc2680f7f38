// SPDX-License-Identifier: MIT
#include <azoth/orm/dependency.hpp>
#include <azoth/orm/dependency_kinds.hpp>
#include <azoth/orm/errors.hpp>

#include <string>

namespace azoth::inline v0::orm {

Dependency::Dependency(FlushContext& context, const Relationship& relationship, RowWriter& writer)
    : context_(context),
      objects_(context.objects()),
      relationship_(relationship),
      writer_(writer) {}

Dependency::~Dependency() = default;

std::unique_ptr<Dependency> Dependency::make(FlushContext& context,
                                             const Relationship& relationship, RowWriter& writer) {
    switch (relationship.direction) {
        case Direction::one_to_many:
            return std::make_unique<OneToMany>(context, relationship, writer);
        case Direction::many_to_one:
            return std::make_unique<ManyToOne>(context, relationship, writer);
        case Direction::many_to_many: break;
    }
    return std::make_unique<ManyToMany>(context, relationship, writer);
}

bool Dependency::prepare() {
    ClassWork& work = objects_.work(*relationship_.owner);
    const bool any = saves_seen_ != work.saves.size() || removals_seen_ != work.removals.size();
    // Whoever joins meanwhile stands behind, so by number.
    for (; removals_seen_ < work.removals.size(); ++removals_seen_) {
        Slot& owner = *work.removals[removals_seen_];
        if (!FlushSet::is_removed(owner)) continue;
        prepare_removal(owner);
        const LinkView view(owner, relationship_);
        has_changes_ = has_changes_ || view.is_changed() || !view.present().empty();
    }
    for (; saves_seen_ < work.saves.size(); ++saves_seen_) {
        Slot& owner = *work.saves[saves_seen_];
        if (!FlushSet::is_saved(owner) || !is_changed(owner)) continue;
        has_changes_ = true;
        prepare_save(owner, LinkView(owner, relationship_));
    }
    return any;
}

bool Dependency::is_active() const {
    if (has_changes_) return true;
    return !relationship_.is_self_referential() && !objects_.work(*relationship_.owner).empty() &&
           !objects_.work(*relationship_.target).empty();
}

void Dependency::connect(FlushGraph& graph, Slot& owner) {
    const Step step = FlushSet::is_removed(owner) ? Step::unlink : Step::link;
    const LinkView view(owner, relationship_);
    if (!view.is_changed() && view.present().empty()) return;
    const std::uint32_t link = graph.of(step, *this, owner);
    const std::uint32_t self = graph.of(owner);
    connect_one(graph, step, link, self, FlushGraph::nothing, false);
    const auto connect_other = [&](Slot& other) {
        const bool goes = FlushSet::is_removed(other);
        if (goes || FlushSet::is_saved(other))
            connect_one(graph, step, link, self, graph.of(other), goes);
    };
    for (Slot* other : view.present()) connect_other(*other);
    for (Slot* other : view.removed())
        if (step == Step::unlink || FlushSet::is_removed(*other) || writes_removed())
            connect_other(*other);
}

/// The foreign key of what is no longer linked, and stays, is written by this side. Where the other
/// side does it, either row may come first: so parent and child may change places.
bool Dependency::writes_removed() const noexcept {
    if (relationship_.direction == Direction::many_to_one) return false;
    return !relationship_.reverse || relationship_.reverse->direction != Direction::many_to_one;
}

void Dependency::run(Step step, std::span<Slot* const> owners) {
    for (Slot* owner : owners) {
        if (step == Step::unlink)
            unlink(*owner, LinkView(*owner, relationship_));
        else if (is_changed(*owner))
            link(*owner, LinkView(*owner, relationship_));
    }
    finish(step);
}

/// Cheaper than to look at what has changed.
bool Dependency::is_changed(const Slot& owner) const noexcept {
    return LinkAccess::has_changes(LinkAccess::of(owner, relationship_));
}

void Dependency::finish(Step) {}

void Dependency::load(Slot& owner) {
    if (owner.state != ObjectState::persistent) return;
    if (!LinkAccess::is_loaded(LinkAccess::of(owner, relationship_)))
        context_.session().load_relationship(owner, relationship_);
}

void Dependency::require_nullable(const Slot& child, const Attribute& foreign_key) const {
    if (child.state != ObjectState::persistent) return;  // it may get a value in another way
    if (foreign_key.ops->accepts_null && foreign_key.key_position < 0) return;
    const std::string cure = foreign_key.key_position >= 0
                                 ? " is part of its key, which can't be NULL: delete the object"
                                 : " can't be NULL: make it a std::optional, delete the object";
    throw FlushError(describe(child) + " is no longer linked along " + relationship_.describe() +
                     ", but " + describe(mapper_of(child), foreign_key) + cure +
                     ", or let the relationship cascade \"all, delete-orphan\"");
}

void Dependency::require_agreement(const Slot& child, const Attribute& foreign_key,
                                   const Slot* parent, const Attribute& key) const {
    if (!FlushContext::is_given(child, foreign_key)) return;
    const ValueView given = foreign_key.view(child.object());
    const bool known =
        parent && (parent->state == ObjectState::persistent || !key.is_unset(parent->object()));
    const ValueView wanted = known ? key.view(parent->object()) : ValueView();
    if ((known || !parent) && same_value(given, wanted)) return;
    throw FlushError(describe(child) + ": " + describe(mapper_of(child), foreign_key) +
                     " was set to " + to_display(given) + ", but " + relationship_.describe() +
                     " links it with " + (parent ? describe(*parent) : "nothing") +
                     ": change the relationship or the foreign key, not both in different ways");
}

}  // namespace azoth::inline v0::orm
