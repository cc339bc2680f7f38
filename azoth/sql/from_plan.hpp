// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/statement.hpp>

#include <vector>

namespace azoth::inline v0::sql {

/// One comma-separated entry of FROM: a FROM object and what is joined to it.
struct FromChain {
    struct Join {
        const FromNode* target;
        JoinNode::Type type;
        NodeRef on;  ///< null for CROSS JOIN, and where a parenthesis opens
        /// Not null: this and the one before stand in parentheses, and this is what those are
        /// joined on.
        NodeRef on_both{};
        bool opens = false;  ///< the one before such a one
    };
    const FromNode* first;
    std::vector<Join> joins;

    [[nodiscard]] bool has(const FromNode* from) const noexcept;
};

/// The FROM clause of a SELECT.
struct FromPlan {
    std::vector<FromChain> chains;
    std::vector<const FromNode*> null_extended;  ///< may be all NULL because of outer joins

    [[nodiscard]] bool has(const FromNode* from) const noexcept;
};

/// Finds out what a SELECT selects from: what it names explicitly, what its columns and conditions
/// belong to, less what belongs to an enclosing SELECT (automatic correlation). ON clauses left
/// open are inferred from foreign keys. Throws NoForeignKeysError and AmbiguousForeignKeysError.
/// \param enclosing FROM objects of enclosing SELECTs, which this one may refer to
[[nodiscard]] FromPlan plan_from(const StatementNode& select,
                                 const std::vector<const FromNode*>& enclosing);

/// The FROM objects that a statement's expressions mention, in order of first mention.
[[nodiscard]] std::vector<const FromNode*> mentioned_froms(const StatementNode& statement);

}  // namespace azoth::inline v0::sql
