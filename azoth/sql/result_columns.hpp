// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/statement.hpp>

#include <string>
#include <vector>

namespace azoth::inline v0::sql {

/// One column of what a statement returns.
struct ResultColumn {
    std::string name;        ///< unique within the statement
    const Element* element;  ///< the selected expression, without its label
    bool renamed = false;    ///< the SQL must say AS name
};

/// The result columns of a SELECT (of a compound: of its first member) or of RETURNING. Names are
/// labels, column names, or function names; a repeated name gets a number (id, id_1), as in
/// SQLAlchemy's LABEL_STYLE_DISAMBIGUATE_ONLY.
[[nodiscard]] AZOTH_EXPORT std::vector<ResultColumn> result_columns(const StatementNode& statement);

}  // namespace azoth::inline v0::sql
