// SPDX-License-Identifier: MIT
#include <azoth/orm/topological.hpp>

#include <algorithm>
#include <functional>
#include <queue>
#include <utility>

namespace azoth::inline v0::orm {
namespace {

/// What comes after each thing, in one array for all of them.
class Successors {
  public:
    Successors(std::size_t count, std::span<const Edge> edges) : first_(count + 1) {
        for (const Edge& edge : edges) ++first_[edge.first + 1];
        for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
        all_.resize(edges.size());
        std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
        for (const Edge& edge : edges) all_[next[edge.first]++] = edge.second;
    }
    [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t thing) const noexcept {
        return std::span(all_).subspan(first_[thing], first_[thing + 1] - first_[thing]);
    }

  private:
    std::vector<std::size_t> first_;
    std::vector<std::uint32_t> all_;
};

/// Tarjan's strongly connected components, with a stack of its own: chains of objects may be long.
class CircleSearch {
  public:
    CircleSearch(std::size_t count, std::span<const Edge> edges)
        : successors_(count, edges), number_(count), lowest_(count), open_(count), found_(count) {}

    std::vector<bool> run() {
        for (std::uint32_t thing = 0; thing < number_.size(); ++thing)
            if (number_[thing] == 0) visit(thing);
        return std::move(found_);
    }

  private:
    struct Visit {
        std::uint32_t thing;
        std::size_t next;  // of its successors
    };

    void enter(std::uint32_t thing) {
        number_[thing] = lowest_[thing] = ++last_number_;
        component_.push_back(thing);
        open_[thing] = true;
        path_.push_back({thing, 0});
    }

    void visit(std::uint32_t start) {
        enter(start);
        while (!path_.empty()) {
            const auto [thing, next] = path_.back();
            const auto after = successors_.of(thing);
            if (next == after.size()) {
                leave(thing);
                continue;
            }
            ++path_.back().next;
            const std::uint32_t successor = after[next];
            if (successor == thing) found_[thing] = true;
            if (number_[successor] == 0)
                enter(successor);
            else if (open_[successor])
                lowest_[thing] = std::min(lowest_[thing], number_[successor]);
        }
    }

    void leave(std::uint32_t thing) {
        path_.pop_back();
        if (!path_.empty()) {
            std::uint32_t& above = lowest_[path_.back().thing];
            above = std::min(above, lowest_[thing]);
        }
        if (lowest_[thing] != number_[thing]) return;
        const bool alone = component_.back() == thing;
        for (std::uint32_t member = 0;;) {
            member = component_.back();
            component_.pop_back();
            open_[member] = false;
            if (!alone) found_[member] = true;
            if (member == thing) break;
        }
    }

    Successors successors_;
    std::vector<std::uint32_t> number_;  // in the order of the search, from 1
    std::vector<std::uint32_t> lowest_;
    std::vector<bool> open_;
    std::vector<bool> found_;
    std::vector<std::uint32_t> component_;
    std::vector<Visit> path_;
    std::uint32_t last_number_ = 0;
};

std::vector<std::uint32_t> count_predecessors(std::size_t count, std::span<const Edge> edges) {
    std::vector<std::uint32_t> predecessors(count);
    for (const Edge& edge : edges) ++predecessors[edge.second];
    return predecessors;
}

}  // namespace

std::vector<bool> find_circles(std::size_t count, std::span<const Edge> edges) {
    return CircleSearch(count, edges).run();
}

std::vector<std::uint32_t> sort_by_rank(std::span<const Edge> edges,
                                        std::span<const std::uint64_t> ranks) {
    const std::size_t count = ranks.size();
    const Successors successors(count, edges);
    auto predecessors = count_predecessors(count, edges);
    using Ranked = std::pair<std::uint64_t, std::uint32_t>;
    std::priority_queue<Ranked, std::vector<Ranked>, std::greater<>> ready;
    for (std::uint32_t thing = 0; thing < count; ++thing)
        if (predecessors[thing] == 0) ready.emplace(ranks[thing], thing);
    std::vector<std::uint32_t> sorted;
    sorted.reserve(count);
    while (!ready.empty()) {
        const std::uint32_t thing = ready.top().second;
        ready.pop();
        sorted.push_back(thing);
        for (const std::uint32_t successor : successors.of(thing))
            if (--predecessors[successor] == 0) ready.emplace(ranks[successor], successor);
    }
    return sorted;
}

std::vector<std::vector<std::uint32_t>> sort_in_layers(std::size_t count,
                                                       std::span<const Edge> edges) {
    const Successors successors(count, edges);
    auto predecessors = count_predecessors(count, edges);
    std::vector<std::uint32_t> layer;
    for (std::uint32_t thing = 0; thing < count; ++thing)
        if (predecessors[thing] == 0) layer.push_back(thing);
    std::vector<std::vector<std::uint32_t>> layers;
    while (!layer.empty()) {
        std::vector<std::uint32_t> next;
        for (const std::uint32_t thing : layer)
            for (const std::uint32_t successor : successors.of(thing))
                if (--predecessors[successor] == 0) next.push_back(successor);
        std::sort(next.begin(), next.end());
        layers.push_back(std::exchange(layer, std::move(next)));
    }
    return layers;
}

}  // namespace azoth::inline v0::orm
