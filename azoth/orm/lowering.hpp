// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/eager_joins.hpp>
#include <azoth/orm/load_plan.hpp>
#include <azoth/orm/model_state.hpp>
#include <azoth/orm/nodes.hpp>
#include <azoth/sql/composed.hpp>
#include <azoth/sql/lowering.hpp>
#include <azoth/sql/statement.hpp>

#include <map>
#include <set>
#include <utility>
#include <vector>

namespace azoth::inline v0::orm {

class JoinSideNode;
class RelationExistsNode;
class RelationToNode;
class StatementCells;

/// Puts a model's tables and columns into one statement in place of classes, members and
/// relationships (design rule R3). Made anew for each statement, used by one thread.
///
/// Rebuilds only what changes. Each alias, subquery and CTE becomes one of its own, so that what
/// was one thing stays one. The order of values stays as it was.
class Lowerer {
  public:
    explicit Lowerer(const ModelState& model) : model_(model) {}

    [[nodiscard]] sql::Lowered statement(const sql::StatementNode& statement);
    /// An expression outside of any statement.
    [[nodiscard]] sql::NodeRef expression(const sql::NodeRef& node) { return lower(node); }
    /// The same, with the columns of `from` in place of those of the class, or its table.
    [[nodiscard]] sql::NodeRef expression_on(const sql::NodeRef& node, const Mapper& mapper,
                                             const ColumnSource& from);
    /// What stands in place of an entity, an alias or a derived table.
    /// \param positions where each column of the original stands in it; empty: where it stood
    void replace(const sql::FromNode& original, const sql::FromNode& from,
                 std::vector<std::uint32_t> positions = {}) {
        froms_[&original] = {Ref<const sql::FromNode>(&from), std::move(positions)};
    }
    /// What columns marked by remote() are of.
    void set_remote_end(const sql::FromNode& end) noexcept { remote_end_ = &end; }

  private:
    /// A FROM object and what became of it.
    struct From {
        Ref<const sql::FromNode> lowered;
        /// Of a derived table: where each column of the original stands now; of an entity: where
        /// each column of its table does; empty: where it stood.
        std::vector<std::uint32_t> positions;
        const Mapper* adapted = nullptr;  ///< as in ColumnSource
    };
    // lowering.cpp: statements
    using StatementRef = Ref<const sql::StatementNode>;
    [[nodiscard]] StatementRef lower(const sql::StatementNode& statement);
    [[nodiscard]] StatementRef lowered_statement(const sql::StatementNode& statement);
    [[nodiscard]] bool lower_item(const sql::Item& item, std::vector<sql::Item>& lowered);
    void lower_object(const sql::Item& item, const Mapper& mapper, std::vector<sql::Item>& lowered);
    [[nodiscard]] std::vector<std::uint32_t> positions_in(const sql::StatementNode& statement);
    [[nodiscard]] Ref<LoadPlan> plan_of(const sql::StatementNode& statement, PathFinder& paths);
    void add_entry(LoadPlan& plan, LoadPlan::Entry entry, const sql::Node& listed);
    void fill(LoadPlan::Entry& entry, const sql::Item& item, const LoadPath& path);
    [[nodiscard]] static const EntityNode* selected_entity(const sql::Node& node);
    [[nodiscard]] std::vector<const sql::Node*> owners_of(
        const sql::StatementNode& statement) const;

    // lowering_from_statement.cpp: rows of another statement
    [[nodiscard]] sql::Lowered from_statement(const sql::StatementNode& statement,
                                              PathFinder& paths);
    void place_object(StatementCells& cells, LoadPlan& plan, LoadPlan::Entry entry,
                      const ColumnSource& source, const LoadPath& path);
    void place_filled(StatementCells& cells, LoadPlan::Entry& entry, LoadPlan& plan,
                      const LoadPath& path);
    void place_value(StatementCells& cells, LoadPlan& plan, const sql::Item& item);
    void place_contained(StatementCells& cells, LoadPlan& plan, std::uint32_t owner);

    // lowering_eager.cpp: what loader options add
    void add_eager(sql::Lowered& lowered, const sql::StatementNode& original, LoadPlan& plan);
    [[nodiscard]] ColumnSource contained_source(const LoadPath::Branch& branch);
    [[nodiscard]] sql::NodeRef filling_contained(const LoadPath::Filled& filled,
                                                 const Mapper& mapper, const ColumnSource& from);
    [[nodiscard]] sql::NodeRef filling(const LoadPath::Filled& filled, const Mapper& mapper,
                                       const sql::Node& object);
    void add_contained(sql::Lowered& lowered, LoadPlan& plan, EagerJoins& joins);
    void add_joined(sql::Lowered& lowered, const sql::StatementNode& original, LoadPlan& plan,
                    EagerJoins& joins);
    // lowering_criteria.cpp: conditions on all objects of a class
    bool add_criteria(std::vector<sql::Item>& items, const sql::StatementNode& original);
    [[nodiscard]] std::vector<const EntityNode*> joined_entities(
        const sql::StatementNode& original) const;
    [[nodiscard]] sql::NodeRef with_criteria(const sql::JoinNode& join, sql::NodeRef on);
    void add_criteria(std::vector<sql::NodeRef>& conditions, const Mapper& mapper,
                      const ColumnSource& from, bool by_alias) const;

    // lowering_from.cpp: FROM objects and joins
    [[nodiscard]] const From& lower_from(const sql::FromNode& from);
    [[nodiscard]] From lowered_from(const sql::FromNode& from);
    [[nodiscard]] From lowered_derived(const sql::SubqueryNode& subquery);
    [[nodiscard]] From lowered_derived(const sql::CteNode& cte);
    [[nodiscard]] From lowered_composed(const sql::ComposedFromNode& from);
    [[nodiscard]] From lowered_entity(const EntityNode& entity);
    [[nodiscard]] sql::NodeRef lower_join(const sql::JoinNode& join);
    [[nodiscard]] ColumnSource target_of(const RelationNode& relation,
                                         const Relationship& relationship);
    void lower_join(const sql::Item& item, const RelationNode& relation,
                    std::vector<sql::Item>& lowered);
    void join_pairs(const sql::Item& item, const Relationship& relationship,
                    const ColumnSource& source, const ColumnSource& target,
                    std::vector<sql::Item>& lowered);
    void join_secondary(const sql::Item& item, const Relationship& relationship,
                        const ColumnSource& source, const ColumnSource& target,
                        std::vector<sql::Item>& lowered);
    [[nodiscard]] Conditions besides(const sql::Item& item, const Relationship& relationship,
                                     const ColumnSource& target);

    // lowering_relationships.cpp: conditions on what relationships lead to
    [[nodiscard]] sql::NodeRef lower_exists(const RelationExistsNode& node);
    [[nodiscard]] sql::NodeRef lower_relation_to(const RelationToNode& node);
    [[nodiscard]] sql::NodeRef lower_within(const sql::NodeRef& condition, const Mapper& mapper,
                                            const ColumnSource& from);

    // lowering_dml.cpp: what is written
    [[nodiscard]] sql::NodeRef lower_assignment(const sql::AssignmentNode& node);
    [[nodiscard]] sql::NodeRef lower_excluded(const sql::ExcludedNode& node);

    // lowering_elements.cpp: expressions
    [[nodiscard]] sql::NodeRef lower(const sql::NodeRef& node);
    [[nodiscard]] bool lower(const std::vector<sql::NodeRef>& nodes,
                             std::vector<sql::NodeRef>& lowered);
    [[nodiscard]] sql::NodeRef lower_plain(const sql::NodeRef& node);
    [[nodiscard]] sql::NodeRef lower_binary(const sql::BinaryNode& node);
    [[nodiscard]] sql::NodeRef lower_between(const sql::BetweenNode& node);
    [[nodiscard]] sql::NodeRef lower_in(const sql::InNode& node);
    [[nodiscard]] sql::NodeRef lower_column(const sql::ColumnNode& column);
    [[nodiscard]] sql::NodeRef lower_extension(const sql::ExtensionNode& node);
    [[nodiscard]] sql::NodeRef lower_marked(const JoinSideNode& node);
    [[nodiscard]] sql::NodeRef lower_member(const MemberNode& member);
    [[nodiscard]] sql::NodeRef lower_case(const sql::CaseNode& node);
    [[nodiscard]] sql::NodeRef lower_compared(const sql::NodeRef& node, const sql::NodeRef& other);
    [[noreturn]] void refuse_object(const sql::Element& node) const;
    [[nodiscard]] const Mapper& mapper_of(const EntityNode& entity) const;
    /// The class whose objects a node of a select list is; null for a value.
    [[nodiscard]] const Mapper* object_mapper(const sql::Node& node) const;
    [[nodiscard]] std::vector<sql::NodeRef> columns_of_object(
        const sql::Node& node, const std::vector<const Attribute*>& attributes);
    [[nodiscard]] ColumnSource source_of(const sql::Node& object);
    [[nodiscard]] ColumnSource source_of_entity(const EntityNode& entity);

    const ModelState& model_;
    std::map<const sql::StatementNode*, StatementRef> statements_;
    std::map<const sql::FromNode*, From> froms_;
    std::map<const sql::Item*, const LoadPath*> item_paths_;
    std::vector<const sql::Node*> listed_;  // what each entry of the plan is, as it was written
    std::set<const sql::FromNode*> joined_secondaries_;
    const PathFinder* paths_ = nullptr;  // of the statement and all in it
    /// What stands in place of a table.
    const sql::FromNode* table_ = nullptr;
    const ColumnSource* in_place_ = nullptr;
    const sql::FromNode* remote_end_ = nullptr;
};

/// The clause with what a statement returns.
[[nodiscard]] sql::Clause returned_clause(const sql::StatementNode& statement);
/// The first member of a compound, which says what its rows are; else the statement itself.
[[nodiscard]] const sql::StatementNode& first_member(const sql::StatementNode& statement);
/// Made by from_statement().
[[nodiscard]] inline bool has_source_statement(const sql::StatementNode& statement) {
    return statement.kind == sql::NodeKind::select && statement.items.has(sql::Clause::source);
}

/// Throws ArgumentError where a statement assigns a column of another table than it is about, or
/// one column twice.
void check_assigned(const std::vector<sql::Item>& items);

/// A copy of a statement with other items.
[[nodiscard]] Ref<sql::StatementNode> with_items(const sql::StatementNode& original,
                                                 std::vector<sql::Item> items);

}  // namespace azoth::inline v0::orm
