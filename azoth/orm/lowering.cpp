// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/bundle_node.hpp>
#include <azoth/orm/lowering.hpp>
#include <azoth/sql/traverse.hpp>

#include <algorithm>

/// Lowering of statements: their items, select lists and load plans.
namespace azoth::inline v0::orm {

using sql::Clause;
using sql::Item;
using sql::NodeKind;
using sql::NodeRef;
using sql::StatementNode;

Clause returned_clause(const StatementNode& statement) {
    const bool selects = statement.kind == NodeKind::select || statement.kind == NodeKind::text;
    return selects ? Clause::column : Clause::returning;
}

const StatementNode& first_member(const StatementNode& statement) {
    const StatementNode* member = &statement;
    while (member->kind == NodeKind::compound)
        member =
            static_cast<const StatementNode*>(member->items.of(Clause::source).front().node.get());
    return *member;
}

Ref<StatementNode> with_items(const StatementNode& original, std::vector<Item> items) {
    auto copy = make_ref<StatementNode>(original.kind);
    static_cast<sql::StatementWords&>(*copy) = original;
    for (Item& item : items) copy->items.add(std::move(item));
    return copy;
}

namespace {

/// What has values of the mapping's: it was not in the original.
void note_constants(sql::Lowered& lowered) {
    const Values none;
    const auto& known = lowered.owners;
    for (const sql::Node* owner : sql::collect_segments(*lowered.statement, none).owners)
        if (owner && owner->kind == NodeKind::scoped &&
            std::find(known.begin(), known.end(), owner) == known.end())
            lowered.constants.emplace_back(static_cast<const sql::ScopedNode*>(owner));
}

bool has_bundles(const StatementNode& statement) {
    const auto columns = statement.items.of(Clause::column);
    return std::any_of(columns.begin(), columns.end(), [](const Item& item) {
        return dynamic_cast<const BundleNode*>(item.node.get()) != nullptr;
    });
}

}  // namespace

sql::Lowered Lowerer::statement(const StatementNode& original) {
    PathFinder paths(original);
    if (paths.has_criteria()) paths_ = &paths;
    if (has_source_statement(original)) return from_statement(original, paths);
    Ref<LoadPlan> plan = plan_of(original, paths);
    sql::Lowered lowered;
    lowered.statement = lower(original);
    lowered.owners = owners_of(original);
    add_eager(lowered, original, *plan);
    note_constants(lowered);
    paths.check_all_used();
    if (plan->has_objects() || has_bundles(original)) lowered.plan = plan;
    return lowered;
}

/// \param listed what stands in the select list
void Lowerer::add_entry(LoadPlan& plan, LoadPlan::Entry entry, const sql::Node& listed) {
    plan.entries.push_back(std::move(entry));
    listed_.push_back(&listed);
}

/// One that stands in two places becomes one that stands in two places.
Lowerer::StatementRef Lowerer::lower(const StatementNode& original) {
    const auto known = statements_.find(&original);
    if (known != statements_.end()) return known->second;
    return statements_[&original] = lowered_statement(original);
}

Lowerer::StatementRef Lowerer::lowered_statement(const StatementNode& original) {
    if (has_source_statement(original))
        throw ArgumentError(
            "from_statement(): such a statement is executed as it is, and no part of others");
    std::vector<Item> items;
    bool changes = false;
    for (const Item& item : original.items.all()) changes = lower_item(item, items) || changes;
    changes = add_criteria(items, original) || changes;
    if (!changes) return StatementRef(&original);
    if (original.writes()) check_assigned(items);
    return with_items(original, std::move(items));
}

/// Adds the columns of an object, and what fills its members without one.
void Lowerer::lower_object(const Item& item, const Mapper& mapper, std::vector<Item>& lowered) {
    const auto known = item_paths_.find(&item);
    const LoadPath* const path = known == item_paths_.end() ? nullptr : known->second;
    const auto attributes = path ? path->attributes : loaded_attributes(mapper);
    const bool lists = item.clause != Clause::group_by;
    auto columns = columns_of_object(*item.node, attributes);
    for (std::size_t i = 0; i < columns.size(); ++i)
        lowered.push_back({.node = std::move(columns[i]),
                           .clause = item.clause,
                           .wanted = lists ? attributes[i]->ops->kind : Kind::null});
    if (!path || item.clause != Clause::column) return;
    for (const LoadPath::Filled& each : path->filled)
        lowered.push_back(filled_item(filling(each, mapper, *item.node), *each.member));
}

/// Adds what an item becomes. \returns whether that is anything else than the item itself
bool Lowerer::lower_item(const Item& item, std::vector<Item>& lowered) {
    if (item.clause == Clause::option) return true;  // what it says is in the plan
    if (item.clause == Clause::column || item.clause == Clause::returning ||
        item.clause == Clause::group_by) {
        if (const Mapper* mapper = object_mapper(*item.node)) {
            lower_object(item, *mapper, lowered);
            return true;
        }
        if (dynamic_cast<const BundleNode*>(item.node.get())) {
            for (const Item& column : without_bundles(item)) (void)lower_item(column, lowered);
            return true;
        }
    }
    if (item.node->kind == NodeKind::join) {
        const auto& join = static_cast<const sql::JoinNode&>(*item.node);
        if (const auto* relation = dynamic_cast<const RelationNode*>(join.right.get())) {
            lower_join(item, *relation, lowered);
            return true;
        }
    }
    Item copy = item;
    copy.node = lower(item.node);
    const bool changed = copy.node != item.node;
    lowered.push_back(std::move(copy));
    return changed;
}

/// Where each column of what `original` returns stands once it is lowered; empty: where it stood.
std::vector<std::uint32_t> Lowerer::positions_in(const StatementNode& original) {
    const StatementNode& first = first_member(original);
    std::vector<std::uint32_t> positions;
    std::uint32_t next = 0;
    bool moved = false;
    for (const Item& item : first.items.of(returned_clause(first))) {
        if (const auto* bundle = dynamic_cast<const BundleNode*>(item.node.get()))
            throw ArgumentError(bundle->describe() +
                                " says how rows are read: in a subquery select its columns");
        positions.push_back(next);
        const Mapper* mapper = object_mapper(*item.node);
        moved = moved || mapper;
        next += mapper ? static_cast<std::uint32_t>(loaded_attributes(*mapper).size()) : 1;
    }
    if (!moved) positions.clear();
    return positions;
}

/// What becomes of the rows of a statement, or of the first member of a compound.
Ref<LoadPlan> Lowerer::plan_of(const StatementNode& original, PathFinder& paths) {
    const StatementNode& first = first_member(original);
    auto plan = make_ref<LoadPlan>();
    plan->paths = paths.paths();
    std::uint32_t next = 0;
    for (const Item& item : first.items.of(returned_clause(first))) {
        if (dynamic_cast<const BundleNode*>(item.node.get())) {
            for (const Item& column : without_bundles(item))
                add_entry(*plan, {.first_cell = next++}, *column.node);
            continue;
        }
        LoadPlan::Entry entry;
        entry.first_cell = next;
        if (const Mapper* mapper = object_mapper(*item.node)) {
            const LoadPath& path = paths.find(*mapper, selected_entity(*item.node));
            entry = load_entry(path, next);
            if (&first == &original && item.node->kind == NodeKind::extension)
                item_paths_[&item] = &path;
            fill(entry, item, path);
        }
        next += entry.mapper ? static_cast<std::uint32_t>(entry.members.size()) : 1;
        add_entry(*plan, std::move(entry), *item.node);
    }
    plan->listed = static_cast<std::uint32_t>(plan->entries.size());
    plan->cells = next;
    return plan;
}

namespace {

[[noreturn]] void refuse_addition(const std::string& option, const Mapper& mapper) {
    throw ArgumentError(option + ": these objects of " + mapper.class_name() +
                        " are selected by a subquery, and come with what that selects; take them "
                        "by aliased<" +
                        mapper.class_name() + ">(subquery)");
}

}  // namespace

/// What a path adds to the objects of an entry. Those that a subquery selects come as they are.
void Lowerer::fill(LoadPlan::Entry& entry, const Item& item, const LoadPath& path) {
    const Mapper& mapper = *entry.mapper;
    const bool is_own = item_paths_.contains(&item);
    if (!is_own && path.attributes != loaded_attributes(mapper))
        refuse_addition("undefer<…>()", mapper);
    for (const LoadPath::Filled& each : path.filled) {
        if (is_own && item.clause == Clause::column)
            entry.add_filled(*each.member);
        else if (each.expression.condition)
            refuse_addition("with_expression<…>() for " + each.member->attribute.name, mapper);
    }
}

/// The lowered nodes that carry values, in the order in which their originals are visited.
std::vector<const sql::Node*> Lowerer::owners_of(const StatementNode& original) const {
    const Values none;
    auto owners = sql::collect_segments(original, none).owners;
    for (const sql::Node*& owner : owners) {
        // Conditions that carry values are found by what they were made of.
        if (!owner || !sql::is_from(owner->kind)) continue;
        const auto found = froms_.find(static_cast<const sql::FromNode*>(owner));
        if (found != froms_.end()) owner = found->second.lowered.get();
    }
    return owners;
}

sql::Lowered ModelState::lower(const StatementNode& statement) const {
    return Lowerer(*this).statement(statement);
}

}  // namespace azoth::inline v0::orm
