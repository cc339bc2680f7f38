// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/criteria.hpp>
#include <azoth/orm/join_conditions.hpp>
#include <azoth/orm/load_plan.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <utility>
#include <vector>

namespace azoth::inline v0::orm {

/// What joined and contained relationships add to a SELECT of objects. Used by one thread, for one
/// statement.
class EagerJoins {
  public:
    /// Finds what the program joined for a contained relationship.
    using FindContained = std::function<ColumnSource(const LoadPath::Branch& branch)>;
    /// What fills a member of its objects, which stand there.
    using FillContained = std::function<sql::NodeRef(
        const LoadPath::Filled& filled, const Mapper& mapper, const ColumnSource& from)>;

    /// \param plan gets entries; \param next_cell where their cells begin
    EagerJoins(const CriteriaWriter& criteria, LoadPlan& plan, std::uint32_t next_cell,
               FindContained contained, FillContained filling)
        : criteria_(criteria),
          plan_(plan),
          next_cell_(next_cell),
          contained_(std::move(contained)),
          filling_contained_(std::move(filling)) {}

    /// Adds what the program joined for the objects of an entry, and for those in turn.
    void add_contained(std::uint32_t entry);
    /// Joins what the objects of an entry lead to, and what that leads to.
    /// \param outer the entry's columns are those of an outer join
    void add_joined(std::uint32_t entry, const ColumnSource& source, bool outer);
    /// The contained entry stands there.
    [[nodiscard]] const ColumnSource& contained_from(std::uint32_t entry) const {
        return contained_froms_.at(entry);
    }

    std::vector<sql::Item> columns;
    std::vector<sql::Item> joins;
    std::vector<sql::Item> orderings;

  private:
    void add_joined_branch(std::uint32_t entry, const ColumnSource& source,
                           const LoadPath::Branch& branch, bool outer);
    void join(const ColumnSource& source, const LoadPath::Branch& branch,
              const sql::FromNode& target, sql::JoinNode::Type type);
    void order(const Relationship& relationship, const sql::FromNode& target);
    std::uint32_t add_entry(std::uint32_t owner, const LoadPath::Branch& branch,
                            const ColumnSource& target);
    [[nodiscard]] sql::NodeRef filling(const LoadPath::Branch& branch,
                                       const LoadPath::Filled& filled,
                                       const ColumnSource& target) const;

    const CriteriaWriter& criteria_;
    LoadPlan& plan_;
    std::uint32_t next_cell_;
    FindContained contained_;
    FillContained filling_contained_;
    std::map<std::uint32_t, ColumnSource> contained_froms_;
};

/// The attribute's column in `from` as an item.
[[nodiscard]] sql::Item column_item(const ColumnSource& from, const Attribute& attribute);
/// An expression that fills a member, called like that, as an item.
[[nodiscard]] sql::Item filled_item(sql::NodeRef expression, const QueryExpression& member);

}  // namespace azoth::inline v0::orm
