// SPDX-License-Identifier: MIT
#include <azoth/orm/model_state.hpp>
#include <azoth/orm/window_graph.hpp>

#include <utility>

namespace azoth::inline v0::orm {

WindowGraph::WindowGraph(const ModelState& model, std::size_t rows)
    : identities_(model), slabs_(rows) {}

WindowGraph::~WindowGraph() {
    // A region in which no object could be made has no handle that it would go with.
    if (region_ && slabs_.empty()) (void)Region::destroy_unless_held(*region_);
    slabs_.release();
}

Slot* WindowGraph::read(const LoadPlan::Entry& entry, const ValueView* row) {
    const ValueView* const cells = row + entry.first_cell;
    const KeyBuffer key = key_in(entry, cells);
    if (key.size() == 0) return nullptr;
    const Mapper& mapper = *entry.mapper;
    if (Slot* const known = identities_.find(mapper, key)) {
        if (!mapper.deferred().empty()) entry.assign_deferred(known->object(), cells);
        return known;
    }
    Slot& made = slabs_.make(mapper, region_);
    entry.assign(made.object(), cells);
    identities_.add(mapper, key, made);
    return &made;
}

WindowLoader::WindowLoader(SessionCore& session, WindowGraph& window, const LoadPlan& plan,
                           Ref<const LoadPaths> paths)
    : session_(session),
      window_(window),
      plan_(plan),
      paths_(std::move(paths)),
      read_(plan.entries.size()),
      slots_(plan.entries.size()) {
    for (const LoadPlan::Entry& entry : plan.entries)
        if (entry.via) links_.emplace_back(entry);
}

WindowLoader::~WindowLoader() = default;

void WindowLoader::read(const ValueView* row) {
    for (std::size_t i = 0; i < plan_.entries.size(); ++i) {
        const LoadPlan::Entry& entry = plan_.entries[i];
        if (!entry.mapper) continue;
        slots_[i] = window_.read(entry, row);
        if (slots_[i] && entry.path) read_[i].add(*slots_[i]);
    }
    for (std::size_t i = 0; i < links_.size(); ++i) {
        const std::size_t entry = plan_.listed + i;
        if (Slot* owner = slots_[plan_.entries[entry].owner]) links_[i].add(*owner, slots_[entry]);
    }
}

void WindowLoader::finish(PostLoads& posts) {
    for (EagerLinks& each : links_) each.install(session_);
    for (std::size_t i = 0; i < plan_.entries.size(); ++i)
        if (const LoadPath* path = plan_.entries[i].path)
            posts.add(*path, paths_, std::move(read_[i]).take());
}

}  // namespace azoth::inline v0::orm
