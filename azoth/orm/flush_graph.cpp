// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/dependency.hpp>
#include <azoth/orm/flush_graph.hpp>

#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace azoth::inline v0::orm {
namespace {

bool is_of_class(const Action& action) noexcept {
    return action.step == Step::save || action.step == Step::remove;
}

const void* subject_of(const Action& action) noexcept {
    return action.dependency ? static_cast<const void*>(action.dependency) : action.mapper;
}

}  // namespace

FlushGraph::FlushGraph(FlushSet& objects, std::span<const std::unique_ptr<Dependency>> dependencies)
    : objects_(objects), dependencies_(dependencies) {}

// --- steps ---------------------------------------------------------------------------------------

std::size_t FlushGraph::NameHash::operator()(const Name& name) const noexcept {
    using azoth::detail::mix;
    return static_cast<std::size_t>(mix(
        mix(reinterpret_cast<std::uintptr_t>(name.subject), static_cast<std::uint64_t>(name.step)),
        reinterpret_cast<std::uintptr_t>(name.object)));
}

std::uint32_t FlushGraph::node(const void* subject, const Action& action) {
    const auto [found, is_new] = nodes_.try_emplace(Name{subject, action.object, action.step},
                                                    static_cast<std::uint32_t>(actions_.size()));
    if (is_new) actions_.push_back(action);
    return found->second;
}

std::uint32_t FlushGraph::whole(Step step, const Mapper& mapper) {
    return node(&mapper, {step, &mapper, nullptr, nullptr});
}

std::uint32_t FlushGraph::whole(Step step, Dependency& dependency) {
    return node(&dependency, {step, dependency.relationship().owner, &dependency, nullptr});
}

std::uint32_t FlushGraph::of(const Slot& object) {
    const Step step = FlushSet::is_removed(object) ? Step::remove : Step::save;
    const std::uint32_t all = whole(step, mapper_of(object));
    if (all >= apart_.size() || !apart_[all]) return all;
    return node(&mapper_of(object),
                {step, &mapper_of(object), nullptr, const_cast<Slot*>(&object)});
}

std::uint32_t FlushGraph::of(Step step, Dependency& dependency, Slot& owner) {
    return node(&dependency, {step, dependency.relationship().owner, &dependency, &owner});
}

/// What decides among steps that are ready at the same time: their kind, then the order of tables,
/// so that rows come after those that their foreign keys name also where no relationship says so.
std::uint64_t FlushGraph::rank(const Action& action) const {
    const std::uint32_t position = action.mapper->sort_position();
    const bool backwards = action.step == Step::remove;
    const std::uint32_t place =
        backwards ? std::numeric_limits<std::uint32_t>::max() - position : position;
    const std::uint64_t relationship =
        action.dependency ? action.dependency->relationship().index : 0;
    return (static_cast<std::uint64_t>(action.step) << 48) |
           (static_cast<std::uint64_t>(place) << 16) | relationship;
}

const std::vector<Slot*>& FlushGraph::objects_of(const Action& action) {
    const ClassWork& work = objects_.work(*action.mapper);
    const bool goes = action.step == Step::remove || action.step == Step::unlink;
    return goes ? work.removals : work.saves;
}

// --- order ---------------------------------------------------------------------------------------

std::vector<FlushGraph::Batch> FlushGraph::sorted() {
    const std::vector<bool> on_circle = find_circles(actions_.size(), edges_);
    const bool any = std::find(on_circle.begin(), on_circle.end(), true) != on_circle.end();
    return any ? sorted_apart(on_circle) : sorted_whole();
}

std::vector<FlushGraph::Batch> FlushGraph::sorted_whole() {
    std::vector<std::uint64_t> ranks;
    ranks.reserve(actions_.size());
    for (const Action& action : actions_) ranks.push_back(rank(action));
    std::vector<Batch> batches;
    for (const std::uint32_t next : sort_by_rank(edges_, ranks))
        batches.push_back({actions_[next], {}});
    return batches;
}

std::vector<FlushGraph::Batch> FlushGraph::sorted_apart(const std::vector<bool>& on_circle) {
    take_apart(on_circle);
    std::vector<Batch> batches;
    std::size_t placed = 0;
    for (auto& layer : sort_in_layers(actions_.size(), edges_)) {
        placed += layer.size();
        std::erase_if(layer, [&](std::uint32_t id) { return id < apart_.size() && apart_[id]; });
        std::sort(layer.begin(), layer.end(), [&](std::uint32_t a, std::uint32_t b) {
            const auto key = [&](std::uint32_t id) {
                return std::tuple(rank(actions_[id]), actions_[id].object == nullptr, id);
            };
            return key(a) < key(b);
        });
        const Action* last = nullptr;
        for (const std::uint32_t id : layer) {
            const Action& action = actions_[id];
            const bool joins = last && last->step == action.step &&
                               subject_of(*last) == subject_of(action) && last->object &&
                               action.object;
            if (!joins) batches.push_back({action, {}});
            if (action.object) batches.back().objects.push_back(action.object);
            last = &action;
        }
    }
    if (placed != actions_.size()) throw_circle();
    return batches;
}

// --- circles -------------------------------------------------------------------------------------

void FlushGraph::take_apart(const std::vector<bool>& on_circle) {
    const std::size_t edges = edges_.size();
    const auto actions = static_cast<std::uint32_t>(actions_.size());
    apart_.assign(actions, false);
    for (std::uint32_t id = 0; id < actions; ++id)
        apart_[id] = on_circle[id] && is_of_class(actions_[id]);
    // A dependency goes along with its owners' steps.
    for (std::uint32_t id = 0; id < actions; ++id) {
        const Action action = actions_[id];
        if (!action.dependency) continue;
        const Step owners = action.step == Step::link ? Step::save : Step::remove;
        const std::uint32_t whole_class = whole(owners, *action.mapper);
        apart_[id] = whole_class < actions && apart_[whole_class];
    }
    for (std::uint32_t id = 0; id < actions; ++id) {
        if (!apart_[id]) continue;
        const Action action = actions_[id];
        if (is_of_class(action))
            take_apart(*action.mapper, action.step);
        else
            for (Slot* owner : objects_of(action)) action.dependency->connect(*this, *owner);
    }
    redirect_edges(edges);
}

/// Steps for single objects; between saving and removing ones of a class stands a barrier, which is
/// the same as an edge from each to each.
void FlushGraph::take_apart(const Mapper& mapper, Step step) {
    const std::uint32_t barrier = whole(Step::barrier, mapper);
    for (const Slot* object : objects_of({step, &mapper})) {
        const std::uint32_t own = of(*object);
        if (step == Step::save)
            edge(own, barrier);
        else
            edge(barrier, own);
    }
}

/// Edges of steps that fell apart become edges of their parts.
void FlushGraph::redirect_edges(std::size_t count) {
    const auto is_apart = [&](std::uint32_t id) { return id < apart_.size() && apart_[id]; };
    std::vector<Edge> kept;
    for (std::size_t i = 0; i < count; ++i) {
        const Edge old = edges_[i];
        const bool first = is_apart(old.first);
        const bool second = is_apart(old.second);
        if (!first && !second) kept.push_back(old);
        if (first == second) continue;
        const Action action = actions_[first ? old.first : old.second];
        if (!is_of_class(action)) continue;  // what it said, its parts say
        for (const Slot* object : objects_of(action)) {
            const std::uint32_t part = of(*object);
            kept.push_back(first ? Edge{part, old.second} : Edge{old.first, part});
        }
    }
    kept.insert(kept.end(), edges_.begin() + static_cast<std::ptrdiff_t>(count), edges_.end());
    edges_ = std::move(kept);
}

void FlushGraph::throw_circle() const {
    const std::vector<bool> on_circle = find_circles(actions_.size(), edges_);
    std::set<std::string> classes;
    std::set<std::string> relationships;
    for (std::size_t i = 0; i < actions_.size(); ++i) {
        if (!on_circle[i]) continue;
        classes.insert(actions_[i].mapper->class_name());
        if (actions_[i].dependency)
            relationships.insert(actions_[i].dependency->relationship().describe());
    }
    const auto listed = [](const std::set<std::string>& names) {
        std::string text;
        for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
        return text;
    };
    throw CircularDependencyError(
        "objects of " + listed(classes) +
        " depend on each other in a circle: each would have to be written before the other. Say "
        "post_update in the mapping of one of these relationships, so that its foreign key is "
        "written by an UPDATE of its own: " +
        listed(relationships));
}

}  // namespace azoth::inline v0::orm
