// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/schema/sort.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace azoth::inline v0::schema {
namespace {

constexpr std::size_t unknown = static_cast<std::size_t>(-1);

/// Tables by number and what each of them refers to.
class Graph {
  public:
    explicit Graph(const std::vector<Ref<const TableObject>>& tables) : targets_(tables.size()) {
        for (std::size_t i = 0; i < tables.size(); ++i) number_[tables[i].get()] = i;
        for (std::size_t i = 0; i < tables.size(); ++i) add_foreign_keys(*tables[i], i);
    }

    struct Edge {
        std::size_t from;
        std::size_t to;
        const ForeignKeyDefinition* foreign_key;
    };
    [[nodiscard]] std::size_t size() const noexcept { return targets_.size(); }
    [[nodiscard]] const std::set<std::size_t>& targets(std::size_t i) const { return targets_[i]; }
    /// Those among the tables, save those of a table to itself.
    [[nodiscard]] const std::vector<Edge>& edges() const noexcept { return edges_; }
    [[nodiscard]] const std::vector<OwnedForeignKey>& altered() const noexcept { return altered_; }

  private:
    void add_foreign_keys(const TableObject& table, std::size_t i) {
        for (const ForeignKeyDefinition& key : table.foreign_key_definitions()) {
            const auto target = table.target_of(key);
            if (key.options.use_alter) {
                altered_.push_back({&table, &key});
                continue;
            }
            const auto found = number_.find(target.get());
            if (found == number_.end() || found->second == i) continue;
            targets_[i].insert(found->second);
            edges_.push_back({i, found->second, &key});
        }
    }

    std::map<const TableObject*, std::size_t> number_;
    std::vector<std::set<std::size_t>> targets_;
    std::vector<Edge> edges_;
    std::vector<OwnedForeignKey> altered_;
};

/// Which tables refer to each other in a circle: Tarjan's strongly connected components, with an
/// explicit stack because a chain of tables may be long.
class Components {
  public:
    explicit Components(const Graph& graph) : graph_(graph), visits_(graph.size()) {
        for (std::size_t i = 0; i < graph.size(); ++i)
            if (visits_[i].order == unknown) visit(i);
    }
    [[nodiscard]] std::size_t of(std::size_t table) const { return visits_[table].component; }
    [[nodiscard]] std::size_t count() const noexcept { return count_; }

  private:
    struct Visit {
        std::size_t order = unknown;
        std::size_t lowest = unknown;
        std::size_t component = unknown;
    };
    struct Step {
        std::size_t table;
        std::set<std::size_t>::const_iterator next;
    };

    void enter(std::size_t table) {
        visits_[table].order = visits_[table].lowest = clock_++;
        open_.push_back(table);
        path_.push_back({table, graph_.targets(table).begin()});
    }

    void visit(std::size_t root) {
        enter(root);
        while (!path_.empty()) {
            const std::size_t table = path_.back().table;
            if (path_.back().next == graph_.targets(table).end()) {
                leave(table);
                continue;
            }
            const std::size_t target = *path_.back().next++;
            if (visits_[target].order == unknown)
                enter(target);
            else if (visits_[target].component == unknown)
                lower(table, visits_[target].order);
        }
    }

    void leave(std::size_t table) {
        path_.pop_back();
        if (!path_.empty()) lower(path_.back().table, visits_[table].lowest);
        if (visits_[table].lowest != visits_[table].order) return;
        std::size_t member = unknown;
        while (member != table) {
            member = open_.back();
            open_.pop_back();
            visits_[member].component = count_;
        }
        ++count_;
    }

    void lower(std::size_t table, std::size_t order) {
        visits_[table].lowest = std::min(visits_[table].lowest, order);
    }

    const Graph& graph_;
    std::vector<Visit> visits_;
    std::vector<std::size_t> open_;
    std::vector<Step> path_;
    std::size_t clock_ = 0;
    std::size_t count_ = 0;
};

/// The components in order of dependency; those that may come next, by their first table.
class ComponentOrder {
  public:
    ComponentOrder(const Graph& graph, const Components& components)
        : members_(components.count()), missing_(components.count()), users_(components.count()) {
        for (std::size_t i = 0; i < graph.size(); ++i) members_[components.of(i)].push_back(i);
        for (const Graph::Edge& edge : graph.edges()) {
            const std::size_t user = components.of(edge.from);
            const std::size_t used = components.of(edge.to);
            if (user != used && users_[used].insert(user).second) ++missing_[user];
        }
        for (std::size_t c = 0; c < members_.size(); ++c)
            if (missing_[c] == 0) ready_[members_[c].front()] = c;
    }
    /// The tables of the next component, by number; empty at the end.
    [[nodiscard]] std::vector<std::size_t> next() {
        if (ready_.empty()) return {};
        const std::size_t component = ready_.begin()->second;
        ready_.erase(ready_.begin());
        for (const std::size_t user : users_[component])
            if (--missing_[user] == 0) ready_[members_[user].front()] = user;
        return members_[component];
    }

  private:
    std::vector<std::vector<std::size_t>> members_;  // ascending
    std::vector<std::size_t> missing_;               // how many it still waits for
    std::vector<std::set<std::size_t>> users_;
    std::map<std::size_t, std::size_t> ready_;  // first member to component
};

std::string names_of(const std::vector<const TableObject*>& tables) {
    std::string names;
    for (const TableObject* table : tables)
        names += (names.empty() ? "" : ", ") + table->describe();
    return names;
}

}  // namespace

SortedTables sort_with_circles(std::vector<Ref<const TableObject>> tables) {
    std::sort(tables.begin(), tables.end(), [](const auto& a, const auto& b) {
        return std::tie(a->schema, a->name) < std::tie(b->schema, b->name);
    });
    const Graph graph(tables);
    const Components components(graph);
    SortedTables sorted;
    sorted.set_aside = graph.altered();
    for (const Graph::Edge& edge : graph.edges())
        if (components.of(edge.from) == components.of(edge.to))
            sorted.set_aside.push_back({tables[edge.from].get(), edge.foreign_key});
    ComponentOrder order(graph, components);
    for (auto members = order.next(); !members.empty(); members = order.next()) {
        std::vector<const TableObject*> together;
        for (const std::size_t member : members) {
            sorted.tables.push_back(tables[member]);
            together.push_back(tables[member].get());
        }
        if (together.size() > 1) sorted.circles.push_back(std::move(together));
    }
    return sorted;
}

std::vector<Ref<const TableObject>> sort_tables(std::vector<Ref<const TableObject>> tables) {
    SortedTables sorted = sort_with_circles(std::move(tables));
    if (!sorted.circles.empty())
        throw CircularDependencyError(
            "these tables refer to each other in a circle: " + names_of(sorted.circles.front()) +
            "; say use_alter = true in one of the foreign keys to leave it out of the order");
    return std::move(sorted.tables);
}

}  // namespace azoth::inline v0::schema
