// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/from.hpp>
#include <azoth/sql/result_columns.hpp>
#include <azoth/sql/statement.hpp>

#include <atomic>

namespace azoth::inline v0::sql {
namespace {

using detail::hash_text;
using detail::mix;

/// Tables are compared by identity, so each gets a number that is never used again: an address
/// could be, while a cached statement still refers to it.
std::uint64_t next_table_number() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

/// Gives a derived FROM object one column for each result column of `select`.
void add_result_columns(FromNode& from, const StatementNode& select) {
    for (auto& column : result_columns(select)) {
        ColumnNode& added = from.add_column(std::move(column.name), column.element->type);
        added.source = NodeRef(column.element);
    }
}

}  // namespace

FromNode::FromNode(NodeKind node_kind, std::string from_name)
    : Node(node_kind), name(std::move(from_name)) {}

FromNode::~FromNode() = default;

ColumnNode& FromNode::add_column(std::string column_name, Type type) {
    if (column_name.empty())
        throw ArgumentError("a column of " + describe() + " has an empty name");
    if (find(column_name))
        throw DuplicateColumnError("column '" + column_name + "' is defined twice in " +
                                   describe());
    const auto position = static_cast<std::uint32_t>(columns.size());
    columns.push_back(
        std::make_unique<ColumnNode>(*this, std::move(column_name), std::move(type), position));
    return *columns.back();
}

const ColumnNode* FromNode::find(std::string_view column_name) const noexcept {
    for (const auto& column : columns)
        if (column->name == column_name) return column.get();
    return nullptr;
}

const ColumnNode& FromNode::column(std::string_view column_name) const {
    if (const ColumnNode* found = find(column_name)) return *found;
    std::string known;
    for (const auto& column : columns) known += (known.empty() ? "'" : ", '") + column->name + "'";
    throw NoSuchColumnError(describe() + " has no column '" + std::string(column_name) +
                            "'; it has " + (known.empty() ? "none" : known));
}

std::string FromNode::describe() const {
    switch (kind) {
        case NodeKind::alias: return "alias '" + (name.empty() ? "(anonymous)" : name) + "'";
        case NodeKind::cte: return "CTE '" + (name.empty() ? "(anonymous)" : name) + "'";
        default: return "subquery '" + (name.empty() ? "(anonymous)" : name) + "'";
    }
}

TableNode::TableNode(std::string table_name, std::string table_schema)
    : FromNode(NodeKind::table, std::move(table_name)), schema(std::move(table_schema)) {
    if (name.empty()) throw ArgumentError("a table needs a name");
    hash = mix(kind_hash(kind), next_table_number());
}

std::vector<ForeignKeyEdge> TableNode::foreign_keys() const {
    return {};
}

const ColumnNode* TableNode::autoincrement_column() const {
    return nullptr;
}

std::string TableNode::describe() const {
    return "table '" + (schema.empty() ? name : schema + "." + name) + "'";
}

AliasNode::AliasNode(Ref<const FromNode> original, std::string alias_name)
    : FromNode(NodeKind::alias, std::move(alias_name)), element(std::move(original)) {
    flagged = name.empty() || element->flagged;
    hash = mix(mix(kind_hash(kind), element->hash), hash_text(name));
    for (const auto& column : element->columns) {
        ColumnNode& added = add_column(column->name, column->type);
        added.nullable = column->nullable;
        added.primary_key = column->primary_key;
        added.source = NodeRef(column.get());
    }
}

SubqueryNode::SubqueryNode(Ref<const StatementNode> statement, Values bound, std::string alias_name,
                           bool is_lateral)
    : FromNode(NodeKind::subquery, std::move(alias_name)),
      select(std::move(statement)),
      values(std::move(bound)),
      lateral(is_lateral) {
    flagged = name.empty() || !values.empty() || select->is_flagged();
    hash = mix(mix(kind_hash(kind), select->finished_hash()), hash_text(name) + lateral);
    add_result_columns(*this, *select);
}

CteNode::CteNode(Ref<const StatementNode> query, Values bound, std::string cte_name,
                 bool is_recursive, Ref<const CteNode> anchor, Texts own_texts)
    : FromNode(NodeKind::cte, std::move(cte_name)),
      statement(std::move(query)),
      values(std::move(bound)),
      recursive(is_recursive),
      restates(std::move(anchor)),
      texts(std::move(own_texts)) {
    flagged = name.empty() || !values.empty() || statement->is_flagged();
    hash = mix(mix(kind_hash(kind), statement->finished_hash()), hash_text(name) + recursive);
    for (const auto* list : {&texts.prefixes, &texts.suffixes})
        for (const NodeRef& text : *list) hash = mix(hash, text->hash);
    add_result_columns(*this, *statement);
}

JoinNode::JoinNode(NodeRef l, NodeRef r, Type join_type, NodeRef condition)
    : Node(NodeKind::join),
      left(std::move(l)),
      right(std::move(r)),
      type(join_type),
      on(std::move(condition)) {
    hash = mix(kind_hash(kind), static_cast<std::uint64_t>(type));
    for (const NodeRef* child : {&left, &right, &on}) {
        if (!*child) continue;
        flagged = flagged || (*child)->flagged;
        hash = mix(hash, (*child)->hash);
    }
}

}  // namespace azoth::inline v0::sql
