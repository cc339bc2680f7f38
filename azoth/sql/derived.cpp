// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/derived.hpp>

#include <utility>

namespace azoth::inline v0::sql {
namespace {

Ref<ComposedFromNode> made(const ComposedFromNode::Words& words, std::vector<NodeRef> parts,
                           Values values, std::string_view name,
                           const std::vector<NamedType>& columns) {
    auto node =
        make_ref<ComposedFromNode>(words, std::move(parts), std::move(values), std::string(name));
    for (const NamedType& column : columns) {
        ColumnNode& added = node->add_column(column.name, column.type);
        added.nullable = column.nullable;
    }
    return node;
}

}  // namespace

FromClause light_table(std::string_view name, std::string_view schema,
                       const std::vector<NamedType>& columns) {
    auto node = make_ref<TableNode>(std::string(name), std::string(schema));
    for (const NamedType& column : columns)
        node->add_column(column.name, column.type).nullable = column.nullable;
    return FromClause(std::move(node));
}

// Each cell is converted to its column's type: a database would have to guess that of a
// placeholder.
FromClause values_from(std::string_view name, const std::vector<NamedType>& columns,
                       std::vector<Expression> cells) {
    if (cells.empty()) throw ArgumentError("values(): no rows are given");
    std::vector<NodeRef> rows;
    std::vector<NodeRef> row;
    Values values;
    for (Expression& cell : cells) {
        const Type& type = columns[row.size()].type;
        Expression converted = cast(Operand::of(std::move(cell)), type);
        row.push_back(std::move(converted.node));
        values.append(std::move(converted.values));
        if (row.size() < columns.size()) continue;
        rows.push_back(make_ref<ListNode>(std::exchange(row, {})));
    }
    return FromClause(
        made({.form = FromForm::values}, std::move(rows), std::move(values), name, columns));
}

FromClause function_from(const ComposedFromNode::Words& words, const Expression& function,
                         std::string_view name, const std::vector<NamedType>& columns) {
    return FromClause(made(words, {function.node}, function.values, name, columns));
}

FromClause sample_of(const FromClause& table, const Expression& sampling, const Expression& seed,
                     std::string_view name) {
    if (table.node().kind != NodeKind::table)
        throw ArgumentError("tablesample() takes a table, not " + table.node().describe());
    std::vector<NodeRef> parts{NodeRef(&table.node()), sampling.node};
    Values values = sampling.values;
    if (seed.node) {
        parts.push_back(seed.node);
        values.append(Values(seed.values));
    }
    std::vector<NamedType> columns;
    for (const auto& column : table.node().columns)
        columns.push_back({column->name, column->type, column->nullable});
    return FromClause(
        made({.form = FromForm::tablesample}, std::move(parts), std::move(values), name, columns));
}

}  // namespace azoth::inline v0::sql
