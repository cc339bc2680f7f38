// SPDX-License-Identifier: MIT
#include <azoth/sql/extension.hpp>
#include <azoth/sql/result_columns.hpp>

#include <algorithm>

namespace azoth::inline v0::sql {
namespace {

/// The name that a database would give the column, or one that SQLAlchemy would.
ResultColumn described(const Node& node) {
    switch (node.kind) {
        case NodeKind::label: {
            const auto& label = static_cast<const LabelNode&>(node);
            return {label.name, static_cast<const Element*>(label.operand.get()), true};
        }
        case NodeKind::column:
            return {static_cast<const ColumnNode&>(node).name, static_cast<const Element*>(&node),
                    false};
        case NodeKind::extension:
            return {static_cast<const ExtensionNode&>(node).name,
                    static_cast<const Element*>(&node), false};
        case NodeKind::function:
            return {static_cast<const FunctionNode&>(node).name + "_1",
                    static_cast<const Element*>(&node), true};
        case NodeKind::cast: {
            auto inner = described(*static_cast<const CastNode&>(node).operand);
            return {std::move(inner.name), static_cast<const Element*>(&node), true};
        }
        default: return {"anon_1", static_cast<const Element*>(&node), true};
    }
}

bool is_taken(const std::vector<ResultColumn>& columns, const std::string& name) {
    return std::any_of(columns.begin(), columns.end(),
                       [&](const ResultColumn& column) { return column.name == name; });
}

/// "lower_1" → "lower", so that numbering starts from the stem.
std::string stem_of(const std::string& name, const Node& node) {
    const bool generated = node.kind != NodeKind::label && node.kind != NodeKind::column &&
                           node.kind != NodeKind::extension && name.ends_with("_1");
    return generated ? name.substr(0, name.size() - 2) : name;
}

}  // namespace

std::vector<ResultColumn> result_columns(const StatementNode& statement) {
    if (statement.kind == NodeKind::compound)
        return result_columns(
            static_cast<const StatementNode&>(*statement.items.of(Clause::source).front().node));
    const bool selects = statement.kind == NodeKind::select || statement.kind == NodeKind::text;
    std::vector<ResultColumn> columns;
    for (const auto& item : statement.items.of(selects ? Clause::column : Clause::returning)) {
        ResultColumn column = described(*item.node);
        const std::string stem = stem_of(column.name, *item.node);
        for (int number = 1; is_taken(columns, column.name); ++number) {
            column.name = stem + "_" + std::to_string(number);
            column.renamed = true;
        }
        columns.push_back(std::move(column));
    }
    return columns;
}

}  // namespace azoth::inline v0::sql
