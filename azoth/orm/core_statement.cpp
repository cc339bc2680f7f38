// SPDX-License-Identifier: MIT
#include <azoth/orm/core_statement.hpp>
#include <azoth/orm/join_conditions.hpp>
#include <azoth/schema/table_object.hpp>
#include <azoth/sql/elements.hpp>

#include <utility>

namespace azoth::inline v0::orm {
namespace {

FromClause clause_of(const schema::TableObject& table) {
    return FromClause(Ref<const sql::FromNode>(&table));
}

sql::NodeRef equal_placeholder(const sql::ColumnNode& column) {
    return equal_columns(sql::NodeRef(&column), column.bind);
}

sql::NodeRef equal_placeholders(std::span<const sql::ColumnNode* const> columns) {
    std::vector<sql::NodeRef> all;
    all.reserve(columns.size());
    for (const sql::ColumnNode* column : columns) all.push_back(equal_placeholder(*column));
    return all_of(std::move(all));
}

sql::NodeRef one_of(std::span<const sql::ColumnNode* const> columns, std::size_t rows) {
    if (rows == 1) return equal_placeholders(columns);
    std::vector<sql::NodeRef> alternatives;
    alternatives.reserve(rows);
    const bool is_list = columns.size() == 1;
    for (std::size_t i = 0; i < rows; ++i)
        alternatives.push_back(is_list ? columns.front()->bind : equal_placeholders(columns));
    if (!is_list) return make_ref<sql::ConjunctionNode>(sql::Op::or_, std::move(alternatives));
    return make_ref<sql::InNode>(sql::NodeRef(columns.front()),
                                 make_ref<sql::ListNode>(std::move(alternatives)), false);
}

}  // namespace

CoreStatement CoreStatement::select() {
    return CoreStatement(make_ref<sql::StatementNode>(sql::NodeKind::select));
}
CoreStatement CoreStatement::insert(const schema::TableObject& table) {
    return CoreStatement(0, clause_of(table));
}
CoreStatement CoreStatement::update(const schema::TableObject& table) {
    return CoreStatement(1, clause_of(table));
}
CoreStatement CoreStatement::delete_(const schema::TableObject& table) {
    return CoreStatement(2, clause_of(table));
}

void CoreStatement::add_node(sql::Clause clause, sql::NodeRef node, std::uint32_t values) {
    own().items.add({.node = std::move(node), .values = values, .clause = clause});
}

void CoreStatement::column(sql::Clause clause, const Attribute& attribute) {
    own().items.add({.node = sql::NodeRef(attribute.column),
                     .clause = clause,
                     .wanted = attribute.ops->kind,
                     .nullable = true});  // the session says which member a NULL has no place in
}

void CoreStatement::column(sql::Clause clause, const sql::ColumnNode& column, Kind kind) {
    own().items.add(
        {.node = sql::NodeRef(&column), .clause = clause, .wanted = kind, .nullable = true});
}

void CoreStatement::assign(const sql::ColumnNode& column) {
    add_node(sql::Clause::assignment,
             make_ref<sql::AssignmentNode>(Ref<const sql::ColumnNode>(&column), column.bind), 1);
}

void CoreStatement::assign(const sql::ColumnNode& column, sql::Expression value) {
    auto node =
        make_ref<sql::AssignmentNode>(Ref<const sql::ColumnNode>(&column), std::move(value.node));
    add(sql::Clause::assignment,
        sql::Operand::of(sql::Expression(std::move(node), std::move(value.values))));
}

void CoreStatement::target_column(const sql::ColumnNode& column) {
    add_node(sql::Clause::assignment,
             make_ref<sql::AssignmentNode>(Ref<const sql::ColumnNode>(&column), sql::NodeRef()), 0);
}

void CoreStatement::where_equal(const sql::ColumnNode& column) {
    add_node(sql::Clause::where, equal_placeholder(column), 1);
}

void CoreStatement::assign(const sql::ColumnNode& column, const ValueView& value) {
    sql::Expression expression{sql::NodeRef(column.bind), {}};
    expression.values.push_view(value);
    assign(column, std::move(expression));
}

void CoreStatement::where_equal(const sql::ColumnNode& column, const ValueView& value) {
    sql::Expression condition{equal_placeholder(column), {}};
    condition.values.push_view(value);
    add(sql::Clause::where, sql::Operand::of(std::move(condition)));
}

void CoreStatement::where_equal(const sql::ColumnNode& a, const sql::ColumnNode& b) {
    add_node(sql::Clause::where, equal_columns(sql::NodeRef(&a), sql::NodeRef(&b)), 0);
}

void CoreStatement::where_one_of(std::span<const sql::ColumnNode* const> columns,
                                 std::size_t rows) {
    add_node(sql::Clause::where, one_of(columns, rows),
             static_cast<std::uint32_t>(columns.size() * rows));
}

void CoreStatement::order_by(const sql::Expression& ordering) {
    // Its values come behind those that with() gives to the open places before them.
    add_node(sql::Clause::order_by, ordering.node,
             static_cast<std::uint32_t>(ordering.values.size()));
    values_.append(ordering.values);
}

void CoreStatement::from(const sql::FromNode& from) {
    add_node(sql::Clause::from, sql::NodeRef(&from), 0);
}

CoreStatement CoreStatement::with(std::span<const ValueView> values) const {
    CoreStatement bound(*this);
    for (std::size_t i = 0; i < values.size(); ++i) bound.values_.insert(i, Value(values[i]));
    return bound;
}

}  // namespace azoth::inline v0::orm
