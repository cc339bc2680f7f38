// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/elements.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// The FROM objects of the expression tree. Immutable once shared; safe from any thread.
namespace azoth::inline v0::sql {

struct StatementNode;

/// Whatever can stand in FROM and has columns.
struct AZOTH_EXPORT FromNode : Node {
    FromNode(NodeKind node_kind, std::string from_name);
    ~FromNode() override;

    /// The name that the SQL uses; empty for an anonymous alias, which the compiler names.
    const std::string name;
    std::vector<std::unique_ptr<ColumnNode>> columns;

    /// Adds a column; throws DuplicateColumnError where the name is taken.
    ColumnNode& add_column(std::string column_name, Type type);
    /// The column of this name, or null.
    [[nodiscard]] const ColumnNode* find(std::string_view column_name) const noexcept;
    /// As find(); throws NoSuchColumnError that lists the columns there are.
    [[nodiscard]] const ColumnNode& column(std::string_view column_name) const;
    /// Its name for messages.
    [[nodiscard]] virtual std::string describe() const;
};

/// One foreign key as joins need it: pairs of columns of this table and of the referenced one.
struct ForeignKeyEdge {
    struct Pair {
        const ColumnNode* local;
        Ref<const ColumnNode> remote;  // keeps the referenced table alive
    };
    std::vector<Pair> pairs;
};

/// A table as the expression language sees it. schema::TableObject adds what DDL needs.
struct AZOTH_EXPORT TableNode : FromNode {
    TableNode(std::string table_name, std::string table_schema);

    const std::string schema;  ///< empty: the connection's default
    /// The foreign keys whose target is known. May resolve late, hence virtual.
    [[nodiscard]] virtual std::vector<ForeignKeyEdge> foreign_keys() const;
    /// The column whose key the database generates, or null. schema::TableObject knows.
    [[nodiscard]] virtual const ColumnNode* autoincrement_column() const;
    [[nodiscard]] std::string describe() const override;
};

/// A table or other FROM object under another name.
struct AZOTH_EXPORT AliasNode final : FromNode {
    AliasNode(Ref<const FromNode> element, std::string alias_name);
    const Ref<const FromNode> element;
};

/// A SELECT in FROM. Carries the values of its placeholders, because its columns are used in places
/// that know nothing of them; they take no part in hash and comparison.
struct AZOTH_EXPORT SubqueryNode final : FromNode {
    SubqueryNode(Ref<const StatementNode> select, Values values, std::string alias_name,
                 bool lateral);
    const Ref<const StatementNode> select;
    const Values values;
    const bool lateral;
};

/// A common table expression; like a subquery it carries the values of its placeholders.
///
/// A recursive one is made in two steps: the anchor is a CteNode of its own, to which the recursive
/// part refers; the whole then `restates` the anchor under the same name.
struct AZOTH_EXPORT CteNode final : FromNode {
    /// SQL text of the program's before and behind the parentheses, as "MATERIALIZED": PhraseNodes.
    struct Texts {
        std::vector<NodeRef> prefixes;
        std::vector<NodeRef> suffixes;
    };
    CteNode(Ref<const StatementNode> statement, Values values, std::string cte_name, bool recursive,
            Ref<const CteNode> restates, Texts own_texts = {});
    const Ref<const StatementNode> statement;
    const Values values;
    const bool recursive;
    const Ref<const CteNode> restates;  ///< may be null
    const Texts texts;
};

/// left JOIN right ON condition.
struct AZOTH_EXPORT JoinNode final : Node {
    enum class Type : std::uint8_t { inner, left_outer, full_outer, cross };
    JoinNode(NodeRef left, NodeRef right, Type type, NodeRef on);
    const NodeRef left;   ///< what must be selected from before; null: whatever stands before
    const NodeRef right;  ///< may be a join of two FROM objects, which then stands in parentheses
    const Type type;
    const NodeRef on;  ///< null: to be inferred from foreign keys when compiled
};

}  // namespace azoth::inline v0::sql
