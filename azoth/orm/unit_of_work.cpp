// SPDX-License-Identifier: MIT
#include <azoth/orm/scratch.hpp>
#include <azoth/orm/unit_of_work.hpp>

#include <algorithm>

namespace azoth::inline v0::orm {

void flush_changes(SessionCore& session, FlushScope scope) {
    UnitOfWork::of(session).flush(scope);
}

UnitOfWork& UnitOfWork::of(SessionCore& session) {
    if (!session.unit_of_work_) session.unit_of_work_ = std::make_unique<UnitOfWork>(session);
    return *session.unit_of_work_;
}

UnitOfWork::UnitOfWork(SessionCore& session)
    : session_(session),
      context_(session, session.expressions_),
      writer_(context_, session.flush_sent_) {}

void UnitOfWork::flush(FlushScope scope) {
    const struct Over {
        UnitOfWork& work;
        ~Over() { work.clear(); }
    } over{*this};
    gather(scope);
    if (!context_.objects().empty()) {
        prepare();
        check_foreign_keys();
        write();
    }
    finish();
}

void UnitOfWork::clear() noexcept {
    dependencies_.clear();
    writer_.clear();
    context_.clear();
    classes_known_ = discarded_known_ = 0;
    empty_out(rekeyed_);
}

// --- who takes part ------------------------------------------------------------------------------

// By number: to look at an object may load it, and that may put others on these lists.
void UnitOfWork::gather(FlushScope scope) {
    FlushSet& objects = context_.objects();
    const auto each = [](const std::vector<Slot*>& slots, auto&& visit) {
        for (std::size_t i = 0; i < slots.size(); ++i) {
            fetch_ahead(slots, i);
            visit(*slots[i]);
        }
    };
    if (session_.pending_.size() > 1)
        objects.expect(*session_.pending_.front(), session_.pending_.size());
    each(session_.pending_, [&](Slot& slot) { objects.save(slot); });
    each(session_.doomed_, [&](Slot& slot) {
        if (mapper_of(slot).version()) context_.open(slot);
        objects.remove(slot);
    });
    each(session_.hot_, [&](Slot& slot) { examine(slot); });
    if (scope == FlushScope::all)
        each(session_.imaged_, [&](Slot& slot) {
            if (!slot.is(mark::hot)) examine(slot);
        });
}

void UnitOfWork::examine(Slot& slot) {
    if (slot.state != ObjectState::persistent || slot.is(mark::removing)) return;
    if (context_.has_changes(slot) || slot.is(mark::linked | mark::has_expressions))
        context_.objects().save(slot);
    if (slot.is(mark::saving) && (has_new_key(slot) || sets_key(slot))) rekeyed_.push_back(&slot);
}

/// By an expression: what the key will be is not known yet.
bool UnitOfWork::sets_key(const Slot& slot) const {
    const AttributeExpressions* expressions = context_.expressions(slot);
    return expressions &&
           std::any_of(expressions->begin(), expressions->end(),
                       [](const auto& entry) { return entry.first->key_position >= 0; });
}

/// Until nobody joins any more: those that join may bring in others.
void UnitOfWork::prepare() {
    while (prepare_once()) {
    }
    if (!rekeyed_.empty()) {
        follow_new_keys();
        while (prepare_once()) {
        }
    }
    context_.objects().settle();
}

bool UnitOfWork::prepare_once() {
    add_dependencies();
    bool any = false;
    for (std::size_t i = 0; i < dependencies_.size(); ++i) any = dependencies_[i]->prepare() || any;
    discard_further();
    return any;
}

void UnitOfWork::add_dependencies() {
    const auto& classes = context_.objects().classes();
    for (; classes_known_ < classes.size(); ++classes_known_)
        for (const auto& relationship : classes[classes_known_]->relationships())
            if (!relationship->viewonly)
                dependencies_.push_back(Dependency::make(context_, *relationship, writer_));
}

/// What belonged to a new object that is not wanted any more isn't either.
void UnitOfWork::discard_further() {
    FlushSet& objects = context_.objects();
    for (; discarded_known_ < objects.discarded().size(); ++discarded_known_) {
        Slot& slot = *objects.discarded()[discarded_known_];
        for (const auto& relationship : mapper_of(slot).relationships()) {
            if (!relationship->cascade.delete_) continue;
            const LinkView view(slot, *relationship);
            for (Slot* item : view.present())
                if (context_.takes_part(*item)) objects.remove(*item);
        }
    }
}

// --- what is done --------------------------------------------------------------------------------

void UnitOfWork::write() {
    const bool none_depends = std::none_of(dependencies_.begin(), dependencies_.end(),
                                           [](const auto& one) { return one->is_active(); });
    none_depends ? write_in_table_order() : write_in_graph_order();
}

/// Where no objects depend on each other: what the graph would give, without one.
void UnitOfWork::write_in_table_order() {
    FlushSet& objects = context_.objects();
    std::vector<const Mapper*>& classes = table_order_;
    classes = objects.classes();
    std::sort(classes.begin(), classes.end(), [](const Mapper* a, const Mapper* b) {
        return a->sort_position() < b->sort_position();
    });
    for (const Mapper* mapper : classes) writer_.save(*mapper, objects.work(*mapper).saves);
    std::reverse(classes.begin(), classes.end());
    for (const Mapper* mapper : classes) writer_.remove(*mapper, objects.work(*mapper).removals);
}

void UnitOfWork::write_in_graph_order() {
    FlushSet& objects = context_.objects();
    FlushGraph graph(objects, dependencies_);
    for (const Mapper* mapper : objects.classes())
        graph.edge(graph.whole(Step::save, *mapper), graph.whole(Step::remove, *mapper));
    for (const auto& dependency : dependencies_)
        if (dependency->is_active()) dependency->connect(graph);
    for (const auto& [action, some] : graph.sorted()) {
        const ClassWork& work = objects.work(*action.mapper);
        const bool goes = action.step == Step::remove || action.step == Step::unlink;
        const std::vector<Slot*>& all = goes ? work.removals : work.saves;
        const std::vector<Slot*>& slots = some.empty() ? all : some;
        switch (action.step) {
            case Step::save: writer_.save(*action.mapper, slots); break;
            case Step::remove: writer_.remove(*action.mapper, slots); break;
            case Step::link:
            case Step::unlink: action.dependency->run(action.step, slots); break;
            case Step::fill_in: writer_.fill_in(*action.mapper); break;
            case Step::clear_out: writer_.clear_out(*action.mapper); break;
            case Step::barrier: break;
        }
    }
}

}  // namespace azoth::inline v0::orm
