// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/eager_joins.hpp>
#include <azoth/orm/lowering.hpp>
#include <azoth/schema/table_object.hpp>
#include <azoth/sql/traverse.hpp>

#include <algorithm>

/// What loader options add to a statement.
namespace azoth::inline v0::orm {

using sql::Clause;
using sql::FromNode;
using sql::Item;
using sql::NodeKind;
using sql::NodeRef;
using sql::StatementNode;

namespace {

/// A row for each object of a collection would be counted as one of the statement's.
bool counts_rows(const StatementNode& statement) {
    return statement.distinct || statement.items.has(Clause::distinct) ||
           statement.items.has(Clause::limit) || statement.items.has(Clause::offset) ||
           statement.items.has(Clause::group_by);
}

/// How many of the statement's own placeholders stand in an expression.
std::uint32_t placeholders_in(const sql::Node& node) {
    if (node.kind == NodeKind::bind)
        return static_cast<const sql::BindNode&>(node).is_counted() ? 1 : 0;
    if (node.kind == NodeKind::scoped || (sql::is_from(node.kind) && node.kind != NodeKind::join))
        return 0;
    std::uint32_t count = 0;
    sql::for_each_child(node, [&](const sql::Node& child) { count += placeholders_in(child); });
    return count;
}

/// A statement as a derived table of another: what it selects, and what that orders by.
class Wrapping {
  public:
    explicit Wrapping(const StatementNode& statement)
        : statement_(statement),
          columns_(static_cast<std::uint32_t>(statement.items.of(Clause::column).size())) {
        const auto all = statement.items.all();
        items_.assign(all.begin(), all.end());
        for (const Item& item : all)
            if (item.clause < Clause::order_by) placeholders_ += placeholders_in(*item.node);
        for (const Item& item : statement.items.of(Clause::order_by)) add_ordering(*item.node);
    }

    [[nodiscard]] Ref<const sql::SubqueryNode> finish() {
        return make_ref<const sql::SubqueryNode>(with_items(statement_, std::move(items_)),
                                                 Values(), std::string(), false);
    }
    [[nodiscard]] std::vector<Item> orderings(const sql::SubqueryNode& subquery) const {
        std::vector<Item> items;
        for (const Ordering& one : orderings_) {
            NodeRef column(subquery.columns[one.position].get());
            if (one.original)
                column = make_ref<sql::OrderingNode>(std::move(column), one.original->descending,
                                                     one.original->nulls);
            items.push_back({.node = std::move(column), .clause = Clause::order_by});
        }
        return items;
    }

  private:
    struct Ordering {
        std::uint32_t position;
        const sql::OrderingNode* original;  // null: a plain expression
    };

    void add_ordering(const sql::Node& node) {
        const auto* const ordering = node.kind == NodeKind::ordering
                                         ? static_cast<const sql::OrderingNode*>(&node)
                                         : nullptr;
        const NodeRef value = ordering ? ordering->operand : NodeRef(&node);
        orderings_.push_back({position_of(value), ordering});
        placeholders_ += placeholders_in(node);
    }
    /// Where it is selected; it is now, where it wasn't.
    std::uint32_t position_of(const NodeRef& value) {
        const auto selected = statement_.items.of(Clause::column);
        for (std::uint32_t i = 0; i < selected.size(); ++i)
            if (selected[i].node == value) return i;
        NodeRef column = value;
        if (value->kind != NodeKind::column) {
            if (placeholders_in(*value) != 0)
                column = make_ref<sql::ScopedNode>(value, placeholders_);
            column = make_ref<sql::LabelNode>("order_" + std::to_string(orderings_.size() + 1),
                                              std::move(column));
        }
        items_.push_back({.node = std::move(column), .clause = Clause::column});
        return columns_++;
    }

    const StatementNode& statement_;
    std::vector<Item> items_;
    std::vector<Ordering> orderings_;
    std::uint32_t columns_;
    std::uint32_t placeholders_ = 0;  // that stand before the next ordering
};

/// What stands in FROM and JOIN.
bool selects_from(const StatementNode& statement, const FromNode* from) {
    const auto items = statement.items.of(Clause::from);
    return std::any_of(items.begin(), items.end(), [&](const Item& item) {
        if (item.node->kind != NodeKind::join) return item.node.get() == from;
        const auto& join = static_cast<const sql::JoinNode&>(*item.node);
        if (join.right->kind == NodeKind::join) {
            const auto& both = static_cast<const sql::JoinNode&>(*join.right);
            if (both.left.get() == from || both.right.get() == from) return true;
        }
        return join.right.get() == from || join.left.get() == from;
    });
}

}  // namespace

namespace {

/// Some joined relationship, or one that follows from it, is a collection.
bool joins_collections(const LoadPath& path) {
    return std::any_of(path.branches.begin(), path.branches.end(), [](const auto& branch) {
        return (branch.loading == Loading::joined &&
                (branch.relationship->is_many || joins_collections(*branch.target))) ||
               (branch.loading == Loading::contained && joins_collections(*branch.target));
    });
}

bool joins_anything(const LoadPlan& plan) {
    return std::any_of(plan.entries.begin(), plan.entries.end(), [](const auto& entry) {
        return entry.path && std::any_of(entry.path->branches.begin(), entry.path->branches.end(),
                                         [](const LoadPath::Branch& branch) {
                                             return branch.loading == Loading::joined ||
                                                    branch.loading == Loading::contained;
                                         });
    });
}

bool joins_collections(const LoadPlan& plan) {
    return std::any_of(plan.entries.begin(), plan.entries.end(), [](const auto& entry) {
        return entry.path && joins_collections(*entry.path);
    });
}

/// Where an entry's columns stand in a derived table that selects them as the plan has them.
ColumnSource source_of_entry(const FromNode& derived, const LoadPlan::Entry& entry) {
    ColumnSource source{&derived};
    source.positions.assign(entry.mapper->table().columns.size(), ColumnSource::absent);
    std::uint32_t next = entry.first_cell;
    for (const LoadPlan::Member& member : entry.columns())
        source.positions[member.attribute->column->index] = next++;
    return source;
}

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
    from.clear();
}

}  // namespace

void Lowerer::add_contained(sql::Lowered& lowered, LoadPlan& plan, EagerJoins& joins) {
    const auto all = lowered.statement->items.all();
    std::vector<Item> items(all.begin(), all.end());
    for (std::uint32_t i = 0; i < plan.listed; ++i) joins.add_contained(i);
    append(items, joins.columns);
    if (items.size() != all.size())
        lowered.statement = with_items(*lowered.statement, std::move(items));
}

/// What the program joined for a contained relationship.
ColumnSource Lowerer::contained_source(const LoadPath::Branch& branch) {
    const Mapper& target = *branch.relationship->target;
    if (!branch.alias) return {&target.table()};
    if (const auto* entity = dynamic_cast<const EntityNode*>(branch.alias.get())) {
        if (&mapper_of(*entity) == &target) return source_of_entity(*entity);
        throw ArgumentError("contains_eager<…>(): " + branch.relationship->describe() +
                            " leads to " + target.class_name() + ", and not to " +
                            entity->describe());
    }
    return columns_in(*lower_from(*branch.alias).lowered, target, false);
}

/// What fills a member of objects that the statement selects itself: a part of it like others.
NodeRef Lowerer::filling(const LoadPath::Filled& filled, const Mapper& mapper,
                         const sql::Node& object) {
    const auto& given = filled.expression.condition;
    if (!given) return CriteriaWriter(model_, nullptr).filling(filled, mapper, source_of(object));
    return make_ref<const sql::ScopedNode>(lower(given->operand), Values(), given);
}

/// The same of objects that it joins: their class stands for them.
NodeRef Lowerer::filling_contained(const LoadPath::Filled& filled, const Mapper& mapper,
                                   const ColumnSource& from) {
    const auto& given = filled.expression.condition;
    if (!given) return CriteriaWriter(model_, nullptr).filling(filled, mapper, from);
    return make_ref<const sql::ScopedNode>(lower_within(given->operand, mapper, from), Values(),
                                           given);
}

void Lowerer::add_eager(sql::Lowered& lowered, const StatementNode& original, LoadPlan& plan) {
    if (original.kind != NodeKind::select) return;
    const auto find_contained = [&](const LoadPath::Branch& branch) {
        ColumnSource from = contained_source(branch);
        if (!selects_from(*lowered.statement, from.from))
            throw ArgumentError("contains_eager<…>(): the statement doesn't join what " +
                                branch.relationship->describe() +
                                " leads to; join it, or name the alias that it joins");
        return from;
    };
    const CriteriaWriter criteria(model_, nullptr);
    const auto fill = [&](const LoadPath::Filled& filled, const Mapper& mapper,
                          const ColumnSource& from) {
        return filling_contained(filled, mapper, from);
    };
    EagerJoins joins(criteria, plan, plan.cells, find_contained, fill);
    add_contained(lowered, plan, joins);
    if (joins_anything(plan)) add_joined(lowered, original, plan, joins);
}

/// Joins what options and mappings ask for: to the statement or, where more rows would count, to
/// the statement as a derived table.
void Lowerer::add_joined(sql::Lowered& lowered, const StatementNode& original, LoadPlan& plan,
                         EagerJoins& joins) {
    const auto known = static_cast<std::uint32_t>(plan.entries.size());
    std::vector<Item> items;
    Ref<const sql::SubqueryNode> derived;
    if (counts_rows(original) && joins_collections(plan)) {
        Wrapping wrapping(*lowered.statement);
        derived = wrapping.finish();
        lowered.owners.front() = derived.get();
        std::uint32_t next = 0;
        for (const Item& item : lowered.statement->items.of(Clause::column)) {
            items.push_back(item);
            items.back().node = NodeRef(derived->columns[next++].get());
            items.back().values = 0;
        }
        auto orderings = wrapping.orderings(*derived);
        append(items, orderings);
    } else {
        const auto all = lowered.statement->items.all();
        items.assign(all.begin(), all.end());
    }
    for (std::uint32_t i = 0; i < known; ++i) {
        if (!plan.entries[i].mapper) continue;
        const ColumnSource source = derived           ? source_of_entry(*derived, plan.entries[i])
                                    : i < plan.listed ? source_of(*listed_[i])
                                                      : joins.contained_from(i);
        joins.add_joined(i, source, i >= plan.listed);
    }
    append(items, joins.columns);
    append(items, joins.joins);
    append(items, joins.orderings);
    const auto fresh = make_ref<const StatementNode>(NodeKind::select);
    lowered.statement = with_items(derived ? *fresh : *lowered.statement, std::move(items));
}

}  // namespace azoth::inline v0::orm
