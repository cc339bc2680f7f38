// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/column_source.hpp>

#include <utility>
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

/// The conditions of a relationship on the rows of one statement. Used by one thread.
class RelationshipJoin {
  public:
    /// \param owner where the owner's columns stand; without a `from` where none is needed, because
    /// the owner's values are compared instead
    /// \param between many-to-many: the table between or an alias of it; else null
    RelationshipJoin(const Relationship& relationship, ColumnSource owner,
                     const sql::FromNode* between, ColumnSource target)
        : relationship_(relationship),
          owner_(std::move(owner)),
          between_(between),
          target_(std::move(target)) {}

    /// That a row of the table between belongs to the owner's: many-to-many.
    [[nodiscard]] Conditions to_between() const;
    /// That a row of the target belongs to the owner's or, many-to-many, to that of the table
    /// between.
    [[nodiscard]] Conditions to_target() const;
    /// The two at once.
    [[nodiscard]] Conditions all() const;
    /// What the mapping says besides equal columns: appended, where it says anything.
    void add_between_condition(Conditions& conditions) const {
        add(relationship_.between_condition, conditions);
    }
    void add_target_condition(Conditions& conditions) const {
        add(relationship_.target_condition, conditions);
    }

  private:
    void add(const Relationship::Condition& condition, Conditions& conditions) const;

    const Relationship& relationship_;
    ColumnSource owner_;
    const sql::FromNode* between_;
    ColumnSource target_;
};

}  // namespace azoth::inline v0::orm
