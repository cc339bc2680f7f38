// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/definition.hpp>
#include <azoth/orm/lowering.hpp>
#include <azoth/orm/mapper.hpp>

#include <vector>

namespace azoth::inline v0::orm {

/// Takes a primaryjoin or secondaryjoin apart: columns of two ends that are equal, and the rest.
/// Used by one thread, while a model is configured.
class JoinConditionReader {
  public:
    /// A column of an end, or of whatever table.
    struct Side {
        const sql::ColumnNode* column = nullptr;
        bool foreign = false;  ///< marked by foreign()
    };
    struct Equality {
        Side left;
        Side right;
        sql::NodeRef condition;
    };

    /// \param between of the class that the table between is mapped to; null without one
    /// \param of_target of a class with itself, columns that are not marked are the other end's: in
    /// a secondaryjoin
    JoinConditionReader(const Relationship& relationship, const Mapper* between,
                        bool of_target = false);

    /// Throws ArgumentError for a condition that mentions other tables.
    void read(const sql::Expression& condition);

    [[nodiscard]] const std::vector<Equality>& equalities() const noexcept { return equalities_; }
    /// Says of an equality that it is none that links rows.
    void keep(const Equality& equality) { rest_.push_back(equality.condition); }
    /// What was not taken apart, of columns of the relationship's ends.
    [[nodiscard]] Relationship::Condition rest() const;

  private:
    void split(const sql::NodeRef& condition);
    [[nodiscard]] Side side(const sql::NodeRef& node, const sql::NodeRef& lowered) const;
    void check(const sql::Node& node) const;

    const Relationship& relationship_;
    Lowerer lowerer_;
    std::vector<Equality> equalities_;
    std::vector<sql::NodeRef> rest_;
    Values values_;
};

/// The expression has a column of `from`, in statements within too.
[[nodiscard]] bool mentions(const sql::Node& node, const sql::FromNode& from);

}  // namespace azoth::inline v0::orm
