// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/from_plan.hpp>
#include <azoth/sql/traverse.hpp>

#include <algorithm>

namespace azoth::inline v0::sql {
namespace {

using Froms = std::vector<const FromNode*>;

bool contains(const Froms& froms, const FromNode* from) {
    return std::find(froms.begin(), froms.end(), from) != froms.end();
}

/// Adds the FROM objects of the columns in an expression. Subqueries keep theirs to themselves.
void add_mentioned(const Node& node, Froms& froms) {
    refuse_extension(node);
    if (const FromNode* from = owner_of(node)) {
        if (!contains(froms, from)) froms.push_back(from);
        return;
    }
    if (node.kind == NodeKind::subquery_element || node.kind == NodeKind::excluded ||
        is_from(node.kind) || is_statement(node.kind))
        return;
    for_each_child(node, [&](const Node& child) { add_mentioned(child, froms); });
}

/// The table behind an alias, or null for subqueries and CTEs, which have no foreign keys.
const TableNode* table_of(const FromNode& from) {
    if (from.kind == NodeKind::table) return static_cast<const TableNode*>(&from);
    if (from.kind == NodeKind::alias) return table_of(*static_cast<const AliasNode&>(from).element);
    return nullptr;
}

/// The column of `from` that stands for `column` of its table.
NodeRef column_in(const FromNode& from, const ColumnNode& column) {
    return NodeRef(from.columns[column.index].get());
}

/// The ON clauses that foreign keys from `child` to `parent` suggest.
void add_edges(const FromNode& child, const FromNode& parent, std::vector<NodeRef>& found) {
    const TableNode* child_table = table_of(child);
    const TableNode* parent_table = table_of(parent);
    if (!child_table || !parent_table) return;
    for (const ForeignKeyEdge& edge : child_table->foreign_keys()) {
        if (edge.pairs.empty() || edge.pairs.front().remote->from != parent_table) continue;
        std::vector<NodeRef> parts;
        parts.reserve(edge.pairs.size());
        for (const auto& pair : edge.pairs)
            parts.push_back(make_ref<BinaryNode>(Op::equal, column_in(parent, *pair.remote),
                                                 column_in(child, *pair.local),
                                                 plain_type(TypeKind::boolean)));
        found.push_back(parts.size() == 1
                            ? parts.front()
                            : NodeRef(make_ref<ConjunctionNode>(Op::and_, std::move(parts))));
    }
}

/// All ON clauses that link `target` to the chain.
std::vector<NodeRef> inferred_conditions(const FromChain& chain, const FromNode& target) {
    std::vector<NodeRef> found;
    const auto link = [&](const FromNode& left) {
        add_edges(target, left, found);
        if (table_of(left) != table_of(target)) add_edges(left, target, found);
    };
    link(*chain.first);
    for (const auto& join : chain.joins) link(*join.target);
    return found;
}

class Planner {
  public:
    Planner(const StatementNode& select, const Froms& enclosing)
        : select_(select), enclosing_(enclosing) {}

    FromPlan plan() {
        start_chains();
        for (const Item& item : select_.items.of(Clause::from))
            if (item.node->kind == NodeKind::join) join(static_cast<const JoinNode&>(*item.node));
        return std::move(plan_);
    }

  private:
    /// One chain for each FROM object that is not the target of a join.
    void start_chains() {
        Froms targets;
        for (const Item& item : select_.items.of(Clause::from))
            if (item.node->kind == NodeKind::join)
                add_targets(*static_cast<const JoinNode&>(*item.node).right, targets);
        Froms explicit_froms;
        for (const Item& item : select_.items.of(Clause::from)) {
            const bool joins = item.node->kind == NodeKind::join;
            const NodeRef& left = joins ? static_cast<const JoinNode&>(*item.node).left : item.node;
            if (left) explicit_froms.push_back(&from_of(*left));
        }
        for (const FromNode* from : explicit_froms) start(from, targets);
        Froms candidates;
        for (const FromNode* from : mentioned_froms(select_))
            if (!contains(targets, from) && !plan_.has(from)) candidates.push_back(from);
        // As in SQLAlchemy, a subquery correlates by itself only where something else remains to
        // select from: `t.id.in(select(t.id))` means t anew.
        const bool alone = plan_.chains.size() + candidates.size() == 1;
        for (const FromNode* from : candidates)
            if (!contains(enclosing_, from) || !correlates_to(from, alone)) start(from, targets);
        if (plan_.chains.empty() && !candidates.empty())
            throw CompileError("a subquery selects from nothing but " +
                               candidates.front()->describe() +
                               " and others of the query around it; name what it selects from with "
                               "select_from()");
    }

    [[nodiscard]] bool correlates_to(const FromNode* from, bool alone) const {
        if (select_.correlation == Correlation::automatic) return !alone;
        const auto named = select_.items.of(Clause::correlate);
        const bool is_named = std::any_of(named.begin(), named.end(), [&](const Item& item) {
            return &from_behind(*item.node) == from;
        });
        return is_named == (select_.correlation == Correlation::only);
    }

    static const FromNode& from_of(const Node& node) {
        refuse_extension(node);
        return static_cast<const FromNode&>(node);
    }

    static void add_targets(const Node& joined, Froms& targets) {
        if (joined.kind != NodeKind::join) return targets.push_back(&from_of(joined));
        const auto& both = static_cast<const JoinNode&>(joined);
        targets.push_back(&from_of(*both.left));
        targets.push_back(&from_of(*both.right));
    }

    void start(const FromNode* from, const Froms& targets) {
        if (!contains(targets, from) && !plan_.has(from)) plan_.chains.push_back({from, {}});
    }

    void join(const JoinNode& join) {
        if (join.right->kind == NodeKind::join)
            return attach_both(join, static_cast<const JoinNode&>(*join.right));
        const auto& target = static_cast<const FromNode&>(*join.right);
        if (plan_.chains.empty())
            throw ArgumentError("join(): there is nothing to join " + target.describe() +
                                " to; name it with select_from()");
        if (join.type == JoinNode::Type::cross)
            return attach(plan_.chains.back(), target, join.type, nullptr);
        if (join.on) return attach(chain_for(*join.on), target, join.type, join.on);
        infer(join, target);
    }

    /// The chain that an ON clause speaks of; the last one where it speaks of none.
    FromChain& chain_for(const Node& on) {
        Froms mentioned;
        add_mentioned(on, mentioned);
        for (FromChain& chain : plan_.chains)
            for (const FromNode* from : mentioned)
                if (chain.has(from)) return chain;
        return plan_.chains.back();
    }

    void infer(const JoinNode& join, const FromNode& target) {
        FromChain* left = nullptr;
        std::vector<NodeRef> found;
        for (FromChain& chain : plan_.chains) {
            auto conditions = inferred_conditions(chain, target);
            if (!conditions.empty() && !left) left = &chain;
            std::move(conditions.begin(), conditions.end(), std::back_inserter(found));
        }
        if (found.empty())
            throw NoForeignKeysError("can't join " + target.describe() + " to " +
                                     describe_chains() +
                                     ": no foreign key links them; give join() an ON condition");
        if (found.size() > 1)
            throw AmbiguousForeignKeysError("can't join " + target.describe() + " to " +
                                            describe_chains() + ": " +
                                            std::to_string(found.size()) +
                                            " foreign keys link them; give join() an ON condition");
        attach(*left, target, join.type, found.front());
    }

    /// `… JOIN (left JOIN right ON …) ON …`
    void attach_both(const JoinNode& join, const JoinNode& both) {
        FromChain& chain = chain_for(*join.on);
        const bool outer = join.type != JoinNode::Type::inner;
        attach(chain, from_of(*both.left), join.type, nullptr);
        chain.joins.back().opens = true;
        attach(chain, from_of(*both.right), both.type, both.on);
        chain.joins.back().on_both = join.on;
        if (outer) plan_.null_extended.push_back(&from_of(*both.right));
    }

    void attach(FromChain& chain, const FromNode& target, JoinNode::Type type, NodeRef on) {
        if (plan_.has(&target))
            throw ArgumentError(target.describe() +
                                " is joined twice; use alias() for the second time");
        if (type == JoinNode::Type::full_outer) {
            plan_.null_extended.push_back(chain.first);
            for (const auto& earlier : chain.joins) plan_.null_extended.push_back(earlier.target);
        }
        if (type == JoinNode::Type::left_outer || type == JoinNode::Type::full_outer)
            plan_.null_extended.push_back(&target);
        chain.joins.push_back({&target, type, std::move(on)});
    }

    [[nodiscard]] std::string describe_chains() const {
        std::string text;
        for (const auto& chain : plan_.chains)
            text += (text.empty() ? "" : " or ") + chain.first->describe();
        return text;
    }

    const StatementNode& select_;
    const Froms& enclosing_;
    FromPlan plan_;
};

}  // namespace

bool FromChain::has(const FromNode* from) const noexcept {
    return first == from || std::any_of(joins.begin(), joins.end(),
                                        [&](const Join& join) { return join.target == from; });
}

bool FromPlan::has(const FromNode* from) const noexcept {
    return std::any_of(chains.begin(), chains.end(),
                       [&](const FromChain& chain) { return chain.has(from); });
}

std::vector<const FromNode*> mentioned_froms(const StatementNode& statement) {
    Froms froms;
    for (const Item& item : statement.items.all())
        if (item.clause != Clause::lock_of && item.clause != Clause::correlate &&
            item.clause != Clause::hint)
            add_mentioned(*item.node, froms);
    return froms;
}

FromPlan plan_from(const StatementNode& select, const std::vector<const FromNode*>& enclosing) {
    return Planner(select, enclosing).plan();
}

}  // namespace azoth::inline v0::sql
