// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/dml.hpp>
#include <azoth/sql/traverse.hpp>

#include <algorithm>

namespace azoth::inline v0 {

using sql::AssignmentNode;
using sql::Clause;
using sql::ColumnNode;
using sql::Element;
using sql::ExtensionNode;
using sql::FromNode;
using sql::NodeKind;
using sql::NodeRef;

namespace {

/// A column of a table, or what a layer above puts one in place of.
const NodeRef& writable(const sql::Expression& expression, const char* where) {
    const NodeKind kind = expression.node->kind;
    if (kind != NodeKind::column && kind != NodeKind::extension)
        throw ArgumentError(std::string(where) + ": expected a column of the table");
    return expression.node;
}

std::string describe(const Element& target) {
    if (target.kind == NodeKind::column)
        return "column '" + static_cast<const ColumnNode&>(target).name + "'";
    return static_cast<const ExtensionNode&>(target).describe();
}

/// Something of a layer above that a table is put in place of, which nobody knows yet.
bool becomes_table(const FromNode& from) {
    return from.kind == NodeKind::extension_from &&
           !static_cast<const sql::ExtensionFromNode&>(from).has_identity;
}

/// What the statement writes into.
const FromNode& written_by(const sql::StatementNode& statement) {
    return static_cast<const FromNode&>(*statement.items.of(Clause::target).front().node);
}

/// A table and what becomes one are compared when that is lowered.
void check_belongs(const Element& target, const FromNode& into) {
    const FromNode* const from = sql::owner_of(target);
    if (from == &into) return;
    if (from && ((becomes_table(*from) && into.kind == NodeKind::table) ||
                 (becomes_table(into) && from->kind == NodeKind::table)))
        return;
    throw ArgumentError(describe(target) + " belongs to " +
                        (from ? from->describe() : std::string("nothing")) + ", not to " +
                        into.describe());
}

const Element& assigned(const sql::Item& item) {
    return *static_cast<const AssignmentNode&>(*item.node).target;
}

}  // namespace

Assignment::Assignment(const Assignment& other) = default;
Assignment::Assignment(Assignment&& other) noexcept = default;
Assignment& Assignment::operator=(const Assignment& other) = default;
Assignment& Assignment::operator=(Assignment&& other) noexcept = default;
Assignment::~Assignment() = default;

Assignment::Assignment(const sql::Expression& column, const sql::Operand& operand) {
    if (!operand.expression && operand.type && column.node->kind == NodeKind::column) [[likely]] {
        // A value is sent with the column's own type, as every database would convert it anyway.
        const auto& target = static_cast<const ColumnNode&>(*column.node);
        if (target.assignment) {
            core_.node = sql::NodeRef(target.assignment.get());
            value_ = Value(operand.value);
            has_value_ = true;
            return;
        }
    }
    sql::Expression value = sql::to_expression(operand);
    const NodeRef& target = writable(column, "an assignment");
    if (target->kind == NodeKind::column && value.node->kind == NodeKind::bind &&
        static_cast<const sql::BindNode&>(*value.node).name.empty() &&
        static_cast<const sql::BindNode&>(*value.node).extra == sql::BindExtra{})
        value.node = static_cast<const ColumnNode&>(*target).bind;
    core_.node = make_ref<AssignmentNode>(target, std::move(value.node));
    core_.values = std::move(value.values);
}

namespace detail {

sql::Expression excluded_column(const sql::Expression& column) {
    return {make_ref<sql::ExcludedNode>(writable(column, "excluded()")), {}};
}

}  // namespace detail

InsertCore::InsertCore(const FromClause& table) : sql::Statement(0, table) {}

namespace {

const Element& target_of(const sql::Operand& assignment) {
    return *static_cast<const AssignmentNode&>(*assignment.expression->node).target;
}

}  // namespace

void InsertCore::add_row(sql::Operands assignments) {
    const FromNode& into = written_by(*node_);
    for (const auto& assignment : assignments) check_belongs(target_of(assignment), into);
    if (node_->items.has(Clause::assignment)) return add_further_row(assignments);
    for (auto assignment = assignments.begin(); assignment != assignments.end(); ++assignment) {
        const Element& target = target_of(*assignment);
        for (auto other = assignment + 1; other != assignments.end(); ++other)
            if (&target_of(*other) == &target)
                throw ArgumentError("values(): " + describe(target) + " is assigned twice");
    }
    add_assignments(Clause::assignment, assignments);
}

/// The same columns as the first row's, brought into their order.
void InsertCore::add_further_row(sql::Operands assignments) {
    const auto first = node_->items.of(Clause::assignment);
    std::vector<const sql::Operand*> ordered;  // all found before the first is emptied
    for (const auto& item : first) {
        const auto found = std::find_if(
            assignments.begin(), assignments.end(),
            [&](const auto& candidate) { return &target_of(candidate) == &assigned(item); });
        if (found == assignments.end() || assignments.size() != first.size())
            throw ArgumentError(
                "values(): every row must assign the same columns as the first; this one differs "
                "in " +
                describe(assigned(item)));
        ordered.push_back(found);
    }
    std::vector<sql::NodeRef> cells;
    Values values;
    for (const sql::Operand* assignment : ordered) {
        auto core = sql::to_expression(*assignment);
        cells.push_back(static_cast<const AssignmentNode&>(*core.node).value);
        values.append(std::move(core.values));
    }
    const sql::Expression row{make_ref<sql::ListNode>(std::move(cells)), std::move(values)};
    add(Clause::row, sql::Operand::of(row));
}

void InsertCore::add_target_columns(std::initializer_list<const sql::Expression*> columns) {
    if (node_->items.has(Clause::assignment))
        throw ArgumentError("columns(): this INSERT has values() already");
    if (columns.size() == 0) throw ArgumentError("columns(): no column is named");
    for (const sql::Expression* expression : columns) {
        const NodeRef& named = writable(*expression, "columns()");
        const auto& column = static_cast<const Element&>(*named);
        check_belongs(column, written_by(*node_));
        for (const auto& item : node_->items.of(Clause::assignment))
            if (&assigned(item) == &column)
                throw ArgumentError("columns(): " + describe(column) + " is named twice");
        const sql::Expression target{make_ref<AssignmentNode>(named, NodeRef()), {}};
        add(Clause::assignment, sql::Operand::of(target));
    }
}

void InsertCore::set_source(const sql::Statement& select) {
    const sql::Expression source{sql::NodeRef(&select.node()), select.values()};
    add(Clause::source, sql::Operand::of(source));
}

ConflictTarget::ConflictTarget() = default;
ConflictTarget::ConflictTarget(const ConflictTarget& other) = default;
ConflictTarget::ConflictTarget(ConflictTarget&& other) noexcept = default;
ConflictTarget& ConflictTarget::operator=(const ConflictTarget& other) = default;
ConflictTarget& ConflictTarget::operator=(ConflictTarget&& other) noexcept = default;
ConflictTarget::~ConflictTarget() = default;

ConflictTarget ConflictTarget::of_elements(std::initializer_list<const sql::Expression*> columns) {
    ConflictTarget target;
    for (const sql::Expression* column : columns) target.elements_.push_back(*column);
    return target;
}
ConflictTarget ConflictTarget::of_constraint(std::string name) {
    ConflictTarget target;
    target.constraint_ = std::move(name);
    return target;
}
ConflictTarget ConflictTarget::where(const Expr<bool>& condition) && {
    filter_ = condition.core();
    return std::move(*this);
}

void InsertCore::set_conflict(ConflictTarget target, bool update, sql::Operands assignments) {
    sql::StatementNode& node = own();
    if (node.on_conflict != sql::OnConflict::fail)
        throw ArgumentError("this INSERT has an ON CONFLICT clause already");
    node.on_conflict = update ? sql::OnConflict::do_update : sql::OnConflict::do_nothing;
    node.constraint = std::move(target.constraint_);
    const bool of_objects =  // which say themselves what is set
        node_->items.of(Clause::target).front().node->kind == NodeKind::extension_from;
    if (update && assignments.size() == 0 && !of_objects)
        throw ArgumentError("on_conflict_do_update(): no assignment is given");
    if (update && target.elements_.empty() && node.constraint.empty())
        throw ArgumentError(
            "on_conflict_do_update() needs a target: index_elements(columns…) or "
            "constraint(\"name\")");
    for (const auto& element : target.elements_)
        add(Clause::conflict_target, sql::Operand::of(element));
    if (target.filter_.node) add(Clause::conflict_filter, sql::Operand::of(target.filter_));
    const FromNode& into = written_by(node);
    for (const auto& assignment : assignments) check_belongs(target_of(assignment), into);
    add_assignments(Clause::conflict_set, assignments);
}

}  // namespace azoth::inline v0
