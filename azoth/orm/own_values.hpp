// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/from.hpp>

namespace azoth::inline v0::orm {

/// A subquery in FROM or a CTE, in an expression, that has values of its own; null where there is
/// none. Such an expression can't be written into other statements: who runs those finds the values
/// of the statement as the program wrote it.
[[nodiscard]] const sql::FromNode* from_with_values(const sql::Node& node);

}  // namespace azoth::inline v0::orm
