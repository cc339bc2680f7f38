// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/load_plan.hpp>
#include <azoth/orm/model_state.hpp>
#include <azoth/sql/statement.hpp>

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <vector>

namespace azoth::inline v0::orm {

/// The values of the criteria of a statement that runs, by Criterion::segment. Immutable; safe from
/// any thread.
struct CriteriaValues final : Counted {
    std::vector<Values> segments;
};

/// The conditions of loader options as parts of one statement. Used by one thread.
class CriteriaWriter {
  public:
    /// \param values null: those of the statement that is being lowered, which has the criteria
    CriteriaWriter(const ModelState& model, const CriteriaValues* values)
        : model_(model), values_(values) {}
    /// The condition on the objects of `from`, the table of the class or an alias of it.
    [[nodiscard]] sql::NodeRef condition(const Criterion& criterion, const Mapper& mapper,
                                         const sql::FromNode& from) const;
    [[nodiscard]] const ModelState& model() const noexcept { return model_; }
    /// The criteria are in the statement itself.
    [[nodiscard]] bool lowers() const noexcept { return !values_; }

  private:
    const ModelState& model_;
    const CriteriaValues* values_;
};

/// Where the columns of an entity stand in a statement: of its table, an alias of that, or a
/// derived table. Borrowed; used by one thread.
struct ColumnSource {
    const sql::FromNode* from = nullptr;
    /// Where each column of the entity's table stands in `from`; empty: in the same place.
    std::vector<std::uint32_t> positions{};

    static constexpr std::uint32_t absent = ~std::uint32_t{0};
    /// Throws ArgumentError for a column that isn't selected.
    [[nodiscard]] sql::NodeRef column(const sql::ColumnNode& of_table) const;
};

/// What joined and contained relationships add to a SELECT of objects. Used by one thread, for one
/// statement.
class EagerJoins {
  public:
    /// Finds what the program joined for a contained relationship.
    using FindContained = std::function<const sql::FromNode*(const LoadPath::Branch& branch)>;

    /// \param plan gets entries; \param next_cell where their cells begin
    EagerJoins(const CriteriaWriter& criteria, LoadPlan& plan, std::uint32_t next_cell,
               FindContained contained)
        : criteria_(criteria),
          plan_(plan),
          next_cell_(next_cell),
          contained_(std::move(contained)) {}

    /// Adds what the program joined for the objects of an entry, and for those in turn.
    void add_contained(std::uint32_t entry);
    /// Joins what the objects of an entry lead to, and what that leads to.
    /// \param outer the entry's columns are those of an outer join
    void add_joined(std::uint32_t entry, const ColumnSource& source, bool outer);
    /// The contained entry stands there.
    [[nodiscard]] const sql::FromNode& contained_from(std::uint32_t entry) const {
        return *contained_froms_.at(entry);
    }

    std::vector<sql::Item> columns;
    std::vector<sql::Item> joins;
    std::vector<sql::Item> orderings;
    /// In `orderings`: what has values of the mapping's.
    std::vector<Ref<const sql::ScopedNode>> constants;

  private:
    void add_joined_branch(std::uint32_t entry, const ColumnSource& source,
                           const LoadPath::Branch& branch, bool outer);
    void join(const ColumnSource& source, const LoadPath::Branch& branch,
              const sql::FromNode& target, sql::JoinNode::Type type);
    [[nodiscard]] sql::NodeRef with_values(sql::NodeRef node, const Values& values);
    void order(const Relationship& relationship, const sql::FromNode& target);
    std::uint32_t add_entry(std::uint32_t owner, const LoadPath::Branch& branch,
                            const sql::FromNode& target);

    const CriteriaWriter& criteria_;
    LoadPlan& plan_;
    std::uint32_t next_cell_;
    FindContained contained_;
    std::map<std::uint32_t, const sql::FromNode*> contained_froms_;
};

/// `left = right`
[[nodiscard]] sql::NodeRef equal_columns(sql::NodeRef left, sql::NodeRef right);
/// The column of `from`, an alias of the column's table or that table.
[[nodiscard]] inline sql::NodeRef column_of(const sql::FromNode& from,
                                            const sql::ColumnNode& of_table) {
    return sql::NodeRef(from.columns[of_table.index].get());
}
/// All of the conditions; null where there are none.
[[nodiscard]] sql::NodeRef all_of(std::vector<sql::NodeRef> conditions);
/// The column of `from`, an alias of the column's table or that table, as an item.
[[nodiscard]] sql::Item column_item(const sql::FromNode& from, const Attribute& attribute);

}  // namespace azoth::inline v0::orm
