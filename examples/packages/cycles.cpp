// SPDX-License-Identifier: MIT
#include "cycles.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace packages {

namespace {

constexpr std::size_t unseen = static_cast<std::size_t>(-1);

// The graph with nodes numbered from 0 and the targets of each node side by side.
struct Graph {
    std::vector<std::int64_t> names;
    std::vector<std::size_t> first_target;
    std::vector<std::size_t> targets;

    explicit Graph(const std::vector<Edge>& edges) {
        for (const Edge& edge : edges) {
            names.push_back(edge.from);
            names.push_back(edge.to);
        }
        std::sort(names.begin(), names.end());
        names.erase(std::unique(names.begin(), names.end()), names.end());

        first_target.assign(names.size() + 1, 0);
        for (const Edge& edge : edges) ++first_target[number_of(edge.from) + 1];
        for (std::size_t i = 1; i < first_target.size(); ++i)
            first_target[i] += first_target[i - 1];
        targets.resize(edges.size());
        std::vector<std::size_t> next = first_target;
        for (const Edge& edge : edges) targets[next[number_of(edge.from)]++] = number_of(edge.to);
    }

    [[nodiscard]] std::size_t number_of(std::int64_t name) const {
        return static_cast<std::size_t>(std::lower_bound(names.begin(), names.end(), name) -
                                        names.begin());
    }
};

class Tarjan {
  public:
    explicit Tarjan(const Graph& graph)
        : graph_(graph),
          order_(graph.names.size(), unseen),
          low_(graph.names.size()),
          on_stack_(graph.names.size()) {}

    std::vector<std::vector<std::int64_t>> run() {
        for (std::size_t node = 0; node < order_.size(); ++node) {
            if (order_[node] == unseen) visit(node);
        }
        return std::move(groups_);
    }

  private:
    struct Step {
        std::size_t node;
        std::size_t next_target;
    };

    void enter(std::size_t node) {
        order_[node] = low_[node] = visited_++;
        stack_.push_back(node);
        on_stack_[node] = true;
        path_.push_back({node, graph_.first_target[node]});
    }

    void visit(std::size_t root) {
        enter(root);
        while (!path_.empty()) {
            Step& step = path_.back();
            const std::size_t node = step.node;
            if (step.next_target < graph_.first_target[node + 1]) {
                const std::size_t target = graph_.targets[step.next_target++];
                if (order_[target] == unseen)
                    enter(target);
                else if (on_stack_[target])
                    low_[node] = std::min(low_[node], order_[target]);
                continue;
            }
            path_.pop_back();
            if (!path_.empty()) {
                std::size_t& low = low_[path_.back().node];
                low = std::min(low, low_[node]);
            }
            if (low_[node] == order_[node]) leave_group(node);
        }
    }

    void leave_group(std::size_t root) {
        std::vector<std::int64_t> group;
        std::size_t node = unseen;
        while (node != root) {
            node = stack_.back();
            stack_.pop_back();
            on_stack_[node] = false;
            group.push_back(graph_.names[node]);
        }
        if (group.size() < 2) return;
        std::sort(group.begin(), group.end());
        groups_.push_back(std::move(group));
    }

    const Graph& graph_;
    std::vector<std::size_t> order_;
    std::vector<std::size_t> low_;
    std::vector<bool> on_stack_;
    std::vector<std::size_t> stack_;
    std::vector<Step> path_;
    std::size_t visited_ = 0;
    std::vector<std::vector<std::int64_t>> groups_;
};

}  // namespace

std::vector<std::vector<std::int64_t>> circular_groups(const std::vector<Edge>& edges) {
    const Graph graph(edges);
    std::vector<std::vector<std::int64_t>> groups = Tarjan(graph).run();
    std::sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) {
        return a.size() != b.size() ? a.size() > b.size() : a.front() < b.front();
    });
    return groups;
}

}  // namespace packages
