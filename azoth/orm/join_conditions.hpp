// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/column_source.hpp>

#include <vector>

/// Along which columns relationships lead, as conditions.
namespace azoth::inline v0::orm {

/// `left = right`
[[nodiscard]] sql::NodeRef equal_columns(sql::NodeRef left, sql::NodeRef right);
/// The column of `from`, an alias of the column's table or that table.
[[nodiscard]] inline sql::NodeRef column_of(const sql::FromNode& from,
                                            const sql::ColumnNode& of_table) {
    return sql::NodeRef(from.columns[of_table.index].get());
}
/// All of the conditions; null where there are none.
[[nodiscard]] sql::NodeRef all_of(std::vector<sql::NodeRef> conditions);

using Conditions = std::vector<sql::NodeRef>;
/// That a row of the target is one that the owner's row leads to: one-to-many and many-to-one.
[[nodiscard]] Conditions target_conditions(const Relationship& relationship,
                                           const ColumnSource& owner, const ColumnSource& target);
/// That a row of the table between belongs to the owner's row: many-to-many.
[[nodiscard]] Conditions between_conditions(const Relationship& relationship,
                                            const ColumnSource& owner,
                                            const sql::FromNode& between);
/// That a row of the target belongs to a row of the table between: many-to-many.
[[nodiscard]] Conditions target_conditions_from(const Relationship& relationship,
                                                const sql::FromNode& between,
                                                const ColumnSource& target);

}  // namespace azoth::inline v0::orm
