// SPDX-License-Identifier: MIT
#include <azoth/sql/from_linter.hpp>
#include <azoth/sql/traverse.hpp>

#include <numeric>
#include <optional>

namespace azoth::inline v0::sql {
namespace {

/// Sets of chains that are connected with each other, by the number of one of them.
class Connections {
  public:
    Connections(const FromPlan& plan, const Correlations& correlations)
        : plan_(plan), correlations_(correlations), leader_(plan.chains.size()) {
        std::iota(leader_.begin(), leader_.end(), std::size_t{0});
    }

    /// Each condition on its own: what one says of `a` and the other of `b` connects nothing.
    void add_condition(const Node& condition) {
        if (condition.kind == NodeKind::conjunction) {
            for (const auto& operand : static_cast<const ConjunctionNode&>(condition).operands)
                add_condition(*operand);
        } else if (condition.kind == NodeKind::unary) {
            add_condition(*static_cast<const UnaryNode&>(condition).operand);
        } else if (condition.kind == NodeKind::fragment) {
            for (std::size_t chain = 1; chain < leader_.size(); ++chain) connect(0, chain);
        } else {
            last_.reset();
            mention(condition);
        }
    }
    /// A lateral subquery and what it mentions.
    void add_lateral(const FromNode& from) {
        const auto& subquery = static_cast<const SubqueryNode&>(from);
        last_.reset();
        mention_from(from);
        mention_in(*subquery.select);
    }
    [[nodiscard]] bool with_first(std::size_t chain) { return find(chain) == find(0); }

  private:
    std::size_t find(std::size_t chain) {
        while (leader_[chain] != chain) chain = leader_[chain] = leader_[leader_[chain]];
        return chain;
    }
    void connect(std::size_t one, std::size_t other) { leader_[find(one)] = find(other); }

    void mention_from(const FromNode& from) {
        for (std::size_t chain = 0; chain < plan_.chains.size(); ++chain) {
            if (!plan_.chains[chain].has(&from)) continue;
            if (last_) connect(*last_, chain);
            last_ = chain;
        }
    }
    void mention(const Node& node) {
        if (const FromNode* from = owner_of(node)) return mention_from(*from);
        if (node.kind == NodeKind::subquery_element)
            return mention_in(*static_cast<const SubqueryElementNode&>(node).select);
        for_each_child(node, [this](const Node& child) { mention(child); });
    }
    void mention_in(const StatementNode& select) {
        if (select.kind == NodeKind::compound)
            for (const Item& member : select.items.of(Clause::source))
                mention_in(static_cast<const StatementNode&>(*member.node));
        const auto found = correlations_.find(&select);
        if (found == correlations_.end()) return;
        for (const FromNode* from : found->second) mention_from(*from);
    }

    const FromPlan& plan_;
    const Correlations& correlations_;
    std::vector<std::size_t> leader_;
    std::optional<std::size_t> last_;  // the chain that the condition at hand mentioned last
};

bool is_lateral(const FromNode& from) {
    return from.kind == NodeKind::subquery && static_cast<const SubqueryNode&>(from).lateral;
}

void append_elements(std::vector<const FromNode*>& elements, const FromChain& chain) {
    elements.push_back(chain.first);
    for (const auto& join : chain.joins) elements.push_back(join.target);
}

}  // namespace

std::vector<const FromNode*> disconnected_froms(const StatementNode& statement,
                                                const FromPlan& plan,
                                                const Correlations& correlations) {
    Connections connections(plan, correlations);
    for (const Item& item : statement.items.of(Clause::where))
        connections.add_condition(*item.node);
    for (const FromChain& chain : plan.chains) {
        if (is_lateral(*chain.first)) connections.add_lateral(*chain.first);
        for (const auto& join : chain.joins) {
            if (join.on) connections.add_condition(*join.on);
            if (is_lateral(*join.target)) connections.add_lateral(*join.target);
        }
    }
    std::vector<const FromNode*> loose;
    for (std::size_t chain = 1; chain < plan.chains.size(); ++chain)
        if (!connections.with_first(chain)) append_elements(loose, plan.chains[chain]);
    return loose;
}

}  // namespace azoth::inline v0::sql
