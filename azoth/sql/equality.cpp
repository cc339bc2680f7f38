// SPDX-License-Identifier: MIT
#include <azoth/sql/composed.hpp>
#include <azoth/sql/extension.hpp>
#include <azoth/sql/statement.hpp>

#include <algorithm>
#include <typeinfo>
#include <utility>
#include <vector>

namespace azoth::inline v0::sql {
namespace {

/// Compares two trees. Anonymous FROM objects are matched one to one as they are met: they are
/// equal if their structure is and if every other mention agrees with that match. So `a.id < b.id`
/// differs from `a.id < a.id`, although their hashes are the same.
class Comparison {
  public:
    [[nodiscard]] bool nodes(const Node* a, const Node* b) {
        if (a == b && !a->flagged) return true;
        if (a->kind != b->kind || a->hash != b->hash) return false;
        switch (a->kind) {
            case NodeKind::column: return columns(as<ColumnNode>(a), as<ColumnNode>(b));
            case NodeKind::bind: return binds(as<BindNode>(a), as<BindNode>(b));
            case NodeKind::constant: return as<ConstantNode>(a).which == as<ConstantNode>(b).which;
            case NodeKind::binary: return binaries(as<BinaryNode>(a), as<BinaryNode>(b));
            case NodeKind::unary:
                return as<UnaryNode>(a).op == as<UnaryNode>(b).op &&
                       refs(as<UnaryNode>(a).operand, as<UnaryNode>(b).operand);
            case NodeKind::conjunction:
                return as<ConjunctionNode>(a).op == as<ConjunctionNode>(b).op &&
                       lists(as<ConjunctionNode>(a).operands, as<ConjunctionNode>(b).operands);
            case NodeKind::function:
                return as<FunctionNode>(a).name == as<FunctionNode>(b).name &&
                       as<FunctionNode>(a).type == as<FunctionNode>(b).type &&
                       lists(as<FunctionNode>(a).arguments, as<FunctionNode>(b).arguments);
            case NodeKind::cast:
                return as<CastNode>(a).type == as<CastNode>(b).type &&
                       refs(as<CastNode>(a).operand, as<CastNode>(b).operand);
            case NodeKind::case_: return cases(as<CaseNode>(a), as<CaseNode>(b));
            case NodeKind::between: return betweens(as<BetweenNode>(a), as<BetweenNode>(b));
            case NodeKind::in:
                return as<InNode>(a).negated == as<InNode>(b).negated &&
                       refs(as<InNode>(a).operand, as<InNode>(b).operand) &&
                       refs(as<InNode>(a).choices, as<InNode>(b).choices);
            case NodeKind::subquery_element:
                return as<SubqueryElementNode>(a).use == as<SubqueryElementNode>(b).use &&
                       statements(*as<SubqueryElementNode>(a).select,
                                  *as<SubqueryElementNode>(b).select);
            case NodeKind::label:
                return as<LabelNode>(a).name == as<LabelNode>(b).name &&
                       refs(as<LabelNode>(a).operand, as<LabelNode>(b).operand);
            case NodeKind::ordering:
                return as<OrderingNode>(a).descending == as<OrderingNode>(b).descending &&
                       as<OrderingNode>(a).nulls == as<OrderingNode>(b).nulls &&
                       refs(as<OrderingNode>(a).operand, as<OrderingNode>(b).operand);
            case NodeKind::fragment:
                return as<FragmentNode>(a).sql == as<FragmentNode>(b).sql &&
                       as<FragmentNode>(a).type == as<FragmentNode>(b).type &&
                       lists(as<FragmentNode>(a).binds, as<FragmentNode>(b).binds);
            case NodeKind::list: return lists(as<ListNode>(a).items, as<ListNode>(b).items);
            case NodeKind::assignment:
                return nodes(as<AssignmentNode>(a).target, as<AssignmentNode>(b).target) &&
                       refs(as<AssignmentNode>(a).value, as<AssignmentNode>(b).value);
            case NodeKind::excluded:
                return refs(as<ExcludedNode>(a).target, as<ExcludedNode>(b).target);
            case NodeKind::scoped:
                return as<ScopedNode>(a).first == as<ScopedNode>(b).first &&
                       refs(as<ScopedNode>(a).operand, as<ScopedNode>(b).operand);
            case NodeKind::composed: return composed(as<ComposedNode>(a), as<ComposedNode>(b));
            case NodeKind::extension: return extensions(as<ExtensionNode>(a), as<ExtensionNode>(b));
            case NodeKind::extension_from:
                return extensions(as<ExtensionFromNode>(a), as<ExtensionFromNode>(b));
            case NodeKind::join:
                return as<JoinNode>(a).type == as<JoinNode>(b).type &&
                       refs(as<JoinNode>(a).left, as<JoinNode>(b).left) &&
                       refs(as<JoinNode>(a).right, as<JoinNode>(b).right) &&
                       refs(as<JoinNode>(a).on, as<JoinNode>(b).on);
            case NodeKind::table: return false;  // tables are equal only to themselves
            case NodeKind::alias:
            case NodeKind::subquery:
            case NodeKind::composed_from:
            case NodeKind::cte: return froms(as<FromNode>(a), as<FromNode>(b));
            default: return statements(as<StatementNode>(a), as<StatementNode>(b));
        }
    }

    [[nodiscard]] bool statements(const StatementNode& a, const StatementNode& b) {
        if (&a == &b && !a.is_flagged()) return true;
        if (a.kind != b.kind || a.finished_hash() != b.finished_hash() ||
            static_cast<const StatementWords&>(a) != b)
            return false;
        const auto x = a.items.all();
        const auto y = b.items.all();
        return std::equal(x.begin(), x.end(), y.begin(), y.end(),
                          [&](const Item& p, const Item& q) {
                              return p.place() == q.place() && items(*p.node, *q.node);
                          });
    }

  private:
    /// Most items of equal statements are the very same columns.
    bool items(const Node& a, const Node& b) { return (&a == &b && !a.flagged) || nodes(&a, &b); }

    template <class T>
    static const T& as(const Node* node) {
        return static_cast<const T&>(*node);
    }

    bool refs(const NodeRef& a, const NodeRef& b) {
        if (!a || !b) return !a && !b;
        return nodes(a.get(), b.get());
    }
    bool lists(const std::vector<NodeRef>& a, const std::vector<NodeRef>& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                          [&](const NodeRef& x, const NodeRef& y) { return refs(x, y); });
    }
    bool columns(const ColumnNode& a, const ColumnNode& b) {
        return a.index == b.index && nodes(a.from, b.from);
    }
    bool extensions(const ExtensionNode& a, const ExtensionNode& b) {
        if (typeid(a) != typeid(b) || !a.from != !b.from || !a.same(b) || !lists(a.parts, b.parts))
            return false;
        return !a.from || nodes(a.from, b.from);
    }
    bool extensions(const ExtensionFromNode& a, const ExtensionFromNode& b) {
        if (a.has_identity != b.has_identity || typeid(a) != typeid(b)) return false;
        return a.has_identity ? froms(a, b) : bodies(a, b);
    }
    bool bodies(const ExtensionFromNode& a, const ExtensionFromNode& b) {
        return a.same(b) &&
               std::equal(a.parts.begin(), a.parts.end(), b.parts.begin(), b.parts.end(),
                          [&](const auto& x, const auto& y) { return nodes(x.get(), y.get()); });
    }
    bool composed(const ComposedNode& a, const ComposedNode& b) {
        return a.form == b.form && a.type == b.type && typeid(a) == typeid(b) && a.same_words(b) &&
               lists(a.parts, b.parts);
    }
    static bool same_columns(const FromNode& a, const FromNode& b) {
        return std::equal(
            a.columns.begin(), a.columns.end(), b.columns.begin(), b.columns.end(),
            [](const auto& x, const auto& y) { return x->name == y->name && x->type == y->type; });
    }
    static bool binds(const BindNode& a, const BindNode& b) {
        return a.extra == b.extra && a.name == b.name && a.type == b.type && a.members == b.members;
    }
    bool binaries(const BinaryNode& a, const BinaryNode& b) {
        return a.op == b.op && a.type == b.type && refs(a.left, b.left) && refs(a.right, b.right) &&
               refs(a.escape, b.escape);
    }
    bool betweens(const BetweenNode& a, const BetweenNode& b) {
        return a.negated == b.negated && refs(a.operand, b.operand) && refs(a.low, b.low) &&
               refs(a.high, b.high);
    }
    bool cases(const CaseNode& a, const CaseNode& b) {
        return refs(a.subject, b.subject) && refs(a.otherwise, b.otherwise) &&
               std::equal(a.branches.begin(), a.branches.end(), b.branches.begin(),
                          b.branches.end(), [&](const auto& x, const auto& y) {
                              return refs(x.when, y.when) && refs(x.then, y.then);
                          });
    }

    bool froms(const FromNode& a, const FromNode& b) {
        for (const auto& [left, right] : matched_)
            if (left == &a || right == &b) return left == &a && right == &b;
        if (a.name != b.name) return false;
        // Matched before the bodies are compared: a recursive CTE's body mentions it.
        matched_.emplace_back(&a, &b);
        switch (a.kind) {
            case NodeKind::alias:
                return nodes(static_cast<const AliasNode&>(a).element.get(),
                             static_cast<const AliasNode&>(b).element.get());
            case NodeKind::extension_from:
                return bodies(static_cast<const ExtensionFromNode&>(a),
                              static_cast<const ExtensionFromNode&>(b));
            case NodeKind::composed_from: {
                const auto& x = static_cast<const ComposedFromNode&>(a);
                const auto& y = static_cast<const ComposedFromNode&>(b);
                return x.words == y.words && same_columns(x, y) && lists(x.parts, y.parts);
            }
            case NodeKind::subquery: {
                const auto& x = static_cast<const SubqueryNode&>(a);
                const auto& y = static_cast<const SubqueryNode&>(b);
                return x.lateral == y.lateral && statements(*x.select, *y.select);
            }
            default: {
                const auto& x = static_cast<const CteNode&>(a);
                const auto& y = static_cast<const CteNode&>(b);
                if (x.recursive != y.recursive || !x.restates != !y.restates) return false;
                if (!lists(x.texts.prefixes, y.texts.prefixes) ||
                    !lists(x.texts.suffixes, y.texts.suffixes))
                    return false;
                if (x.restates && !nodes(x.restates.get(), y.restates.get())) return false;
                return statements(*x.statement, *y.statement);
            }
        }
    }

    std::vector<std::pair<const FromNode*, const FromNode*>> matched_;
};

}  // namespace

bool equal(const Node& a, const Node& b) {
    return Comparison().nodes(&a, &b);
}

bool equal(const StatementNode& a, const StatementNode& b) {
    return Comparison().statements(a, b);
}

}  // namespace azoth::inline v0::sql
