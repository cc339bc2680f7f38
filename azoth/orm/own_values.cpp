// SPDX-License-Identifier: MIT
#include <azoth/orm/own_values.hpp>
#include <azoth/sql/traverse.hpp>

#include <algorithm>
#include <vector>

namespace azoth::inline v0::orm {
namespace {

/// Walks as values are collected. One thread.
class OwnValues {
  public:
    [[nodiscard]] const sql::FromNode* find(const sql::Node& node) {
        const bool flagged = sql::is_statement(node.kind)
                                 ? static_cast<const sql::StatementNode&>(node).is_flagged()
                                 : node.flagged;
        if (!flagged || found_) return found_;
        if (const sql::FromNode* const from = sql::owner_of(node)) return find(*from);
        if (sql::is_from(node.kind) && node.kind != sql::NodeKind::join && !enter(node))
            return found_;
        sql::for_each_child(node, [&](const sql::Node& child) { (void)find(child); });
        return found_;
    }

  private:
    /// \returns false for what was met before
    [[nodiscard]] bool enter(const sql::Node& from) {
        if (std::find(seen_.begin(), seen_.end(), &from) != seen_.end()) return false;
        seen_.push_back(&from);
        const Values* const values = sql::carried_values(from);
        if (values && !values->empty() && !found_)
            found_ = static_cast<const sql::FromNode*>(&from);
        return true;
    }

    std::vector<const sql::Node*> seen_;
    const sql::FromNode* found_ = nullptr;
};

}  // namespace

const sql::FromNode* from_with_values(const sql::Node& node) {
    return OwnValues().find(node);
}

}  // namespace azoth::inline v0::orm
