// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/from_plan.hpp>

#include <map>
#include <set>
#include <vector>

namespace azoth::inline v0::sql {

/// Which FROM elements of enclosing statements the SELECTs of a statement mention.
using Correlations = std::map<const StatementNode*, std::set<const FromNode*>>;

/// The FROM elements that nothing connects with the first one: of their rows the result has every
/// combination. Joins connect, and so does each condition of WHERE and ON all that it mentions,
/// if only in a subquery; AND, OR and NOT are looked through. A condition that is the program's own
/// SQL may mention anything. SQLAlchemy: `FromLinter.lint`.
/// \param correlations of the SELECTs in `statement`
[[nodiscard]] std::vector<const FromNode*> disconnected_froms(const StatementNode& statement,
                                                              const FromPlan& plan,
                                                              const Correlations& correlations);

}  // namespace azoth::inline v0::sql
