// SPDX-License-Identifier: MIT
#include <azoth/sql/traverse.hpp>

#include <algorithm>

namespace azoth::inline v0::sql {
namespace {

class Collector {
  public:
    explicit Collector(const Values& own) : segments_{{nullptr}, {&own}} {}

    void visit(const Node& node) {
        if (!needs_visit(node)) return;
        if (const FromNode* from = owner_of(node)) return visit(*from);
        if (is_from(node.kind) && node.kind != NodeKind::join && !enter(node)) return;
        if (node.kind == NodeKind::scoped && static_cast<const ScopedNode&>(node).first < 0 &&
            !enter(static_cast<const ScopedNode&>(node).origin()))
            return;
        for_each_child(node, [this](const Node& child) { visit(child); });
    }
    [[nodiscard]] Segments take() && { return std::move(segments_); }

  private:
    static bool needs_visit(const Node& node) {
        return is_statement(node.kind) ? static_cast<const StatementNode&>(node).is_flagged()
                                       : node.flagged;
    }
    /// \returns false for what was met before.
    bool enter(const Node& from) {
        if (std::find(seen_.begin(), seen_.end(), &from) != seen_.end()) return false;
        seen_.push_back(&from);
        if (const Values* values = carried_values(from)) {
            segments_.owners.push_back(&from);
            segments_.values.push_back(values);
        }
        return true;
    }

    Segments segments_;
    std::vector<const Node*> seen_;
};

}  // namespace

Segments collect_segments(const StatementNode& statement, const Values& own) {
    Collector collector(own);
    collector.visit(statement);
    return std::move(collector).take();
}

}  // namespace azoth::inline v0::sql
