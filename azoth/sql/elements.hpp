// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/node.hpp>
#include <azoth/sql/operator.hpp>
#include <azoth/types/values.hpp>

#include <memory>
#include <string>
#include <vector>

/// The column elements of the expression tree. All immutable once shared; safe from any thread.
namespace azoth::inline v0::sql {

struct FromNode;
struct StatementNode;
struct AssignmentNode;

/// A placeholder. Unnamed ones take the next value of the statement; a named one (bindparam) takes
/// the value given under its name at execution.
struct AZOTH_EXPORT BindNode final : Element {
    using Extra = BindExtra;
    explicit BindNode(Type sql_type, std::string bind_name = {}, const Extra& more = {});
    /// A list of tuples.
    explicit BindNode(std::vector<Type> tuple_members);
    const std::string name;
    const Extra extra;
    /// One of the statement's values belongs to it.
    [[nodiscard]] bool is_counted() const noexcept { return name.empty() || extra.has_value; }
    /// Of the tuples of such a list; empty where its values are single.
    const std::vector<Type> members;
};

/// One unnamed bind of each plain type, shared by all statements.
[[nodiscard]] AZOTH_EXPORT const Ref<const BindNode>& plain_bind(const Type& type);
[[nodiscard]] AZOTH_EXPORT Ref<const BindNode> bind_of(const Type& type);
/// The placeholder for a value that is compared with `other`, where the database would otherwise
/// not read it the way the program means it (numeric, uuid, enum, json); null where `bind` will do.
[[nodiscard]] AZOTH_EXPORT Ref<const BindNode> adapted_bind(const BindNode& bind,
                                                            const Element& other);

/// A column of a FROM object, which owns it: a handle to the column keeps the FROM object alive.
struct AZOTH_EXPORT ColumnNode final : Element {
    ColumnNode(FromNode& owner, std::string column_name, Type sql_type, std::uint32_t position);
    ~ColumnNode() override;

    FromNode* const from;
    const std::string name;
    const std::uint32_t index;  ///< its position among the columns of `from`
    bool nullable = true;
    bool primary_key = false;
    /// What an alias or subquery column stands for; null for a table's own column.
    NodeRef source;
    Ref<const BindNode> bind;  ///< a placeholder of this column's type
    /// `column = bind`, of which INSERT and UPDATE mostly consist; null where this is no table's.
    std::unique_ptr<const AssignmentNode> assignment;
};

/// NULL, TRUE or FALSE, written into the SQL.
struct AZOTH_EXPORT ConstantNode final : Element {
    enum class Which : std::uint8_t { null, true_, false_ };
    explicit ConstantNode(Which constant);
    const Which which;
};

struct AZOTH_EXPORT BinaryNode final : Element {
    BinaryNode(Op op, NodeRef left, NodeRef right, Type type, NodeRef escape = {});
    const Op op;
    const NodeRef left;
    const NodeRef right;
    const NodeRef escape;  ///< of LIKE; may be null
};

struct AZOTH_EXPORT UnaryNode final : Element {
    UnaryNode(Op op, NodeRef operand, Type type);
    const Op op;
    const NodeRef operand;
};

/// AND or OR over any number of conditions; none at all is true for AND, false for OR.
struct AZOTH_EXPORT ConjunctionNode final : Element {
    ConjunctionNode(Op op, std::vector<NodeRef> operands);
    const Op op;
    const std::vector<NodeRef> operands;
};

struct AZOTH_EXPORT FunctionNode final : Element {
    FunctionNode(std::string name, std::vector<NodeRef> arguments, Type type);
    const std::string name;
    const std::vector<NodeRef> arguments;
};

struct AZOTH_EXPORT CastNode final : Element {
    CastNode(NodeRef operand, Type type);
    const NodeRef operand;
};

struct AZOTH_EXPORT CaseNode final : Element {
    struct Branch {
        NodeRef when;
        NodeRef then;
    };
    CaseNode(NodeRef subject, std::vector<Branch> branches, NodeRef otherwise, Type type);
    const NodeRef subject;  ///< CASE subject WHEN …; may be null
    const std::vector<Branch> branches;
    const NodeRef otherwise;  ///< may be null
};

struct AZOTH_EXPORT BetweenNode final : Element {
    BetweenNode(NodeRef operand, NodeRef low, NodeRef high, bool negated);
    const NodeRef operand;
    const NodeRef low;
    const NodeRef high;
    const bool negated;
};

/// IN over an expanding bind or a subquery element.
struct AZOTH_EXPORT InNode final : Element {
    InNode(NodeRef operand, NodeRef choices, bool negated);
    const NodeRef operand;
    const NodeRef choices;
    const bool negated;
};

/// A SELECT used as a value: scalar subquery, EXISTS, right side of IN.
struct AZOTH_EXPORT SubqueryElementNode final : Element {
    enum class Use : std::uint8_t { scalar, exists, set };
    SubqueryElementNode(Use use, Ref<const StatementNode> select, Type type);
    const Use use;
    const Ref<const StatementNode> select;
};

struct AZOTH_EXPORT LabelNode final : Element {
    LabelNode(std::string name, NodeRef operand);
    const std::string name;
    const NodeRef operand;
};

/// ORDER BY's element.
struct AZOTH_EXPORT OrderingNode final : Element {
    enum class Nulls : std::uint8_t { unspecified, first, last };
    OrderingNode(NodeRef operand, bool descending, Nulls nulls);
    const NodeRef operand;
    const bool descending;
    const Nulls nulls;
};

/// A piece of SQL text that the program wrote: literal_column(), text() inside an expression.
struct AZOTH_EXPORT FragmentNode final : Element {
    FragmentNode(std::string sql, std::vector<NodeRef> binds, Type type);
    const std::string sql;  ///< `:name` placeholders already cut out, see `pieces`
    const std::vector<NodeRef> binds;
};

/// A parenthesised list: one row of VALUES, a tuple.
struct AZOTH_EXPORT ListNode final : Element {
    explicit ListNode(std::vector<NodeRef> items);
    const std::vector<NodeRef> items;
};

/// `column = value` of an INSERT or UPDATE.
struct AZOTH_EXPORT AssignmentNode final : Element {
    /// \param assigned a column, or what a layer above puts a column in place of
    AssignmentNode(NodeRef assigned, NodeRef value);
    /// The one that the column holds: a part of its table, as the column itself is.
    explicit AssignmentNode(const ColumnNode& owner);

    const Element* const target;
    const ColumnNode* const column;  ///< the target; null while it is none
    const NodeRef value;             ///< null: the column only, values come with each row

  private:
    const NodeRef holder_;  // null in a part of the table, which would hold itself
};

/// An expression with values of its own, as those of a subquery are: for one that comes to stand
/// elsewhere in the statement than where the program wrote it. The values take no part in hash and
/// comparison.
struct AZOTH_EXPORT ScopedNode final : Element {
    /// \param made_of what this is another form of: whose values it has; null: its own
    ScopedNode(NodeRef operand, Values values, const Ref<const ScopedNode>& made_of = {});
    /// With values that stand among those around it, from the `first` placeholder on, and are
    /// counted there.
    ScopedNode(NodeRef operand, std::uint32_t first);
    const NodeRef operand;
    const Values values;
    const std::int64_t first = -1;  ///< -1: it has values of its own
    /// The node under which the values are found.
    [[nodiscard]] const ScopedNode& origin() const noexcept { return origin_ ? *origin_ : *this; }

  private:
    const Ref<const ScopedNode> origin_;
};

/// The row that an upsert could not insert: `excluded.column`.
struct AZOTH_EXPORT ExcludedNode final : Element {
    /// \param meant as in AssignmentNode
    explicit ExcludedNode(NodeRef meant);
    const NodeRef target;
    const ColumnNode* const column;  ///< the target; null while it is none
};

}  // namespace azoth::inline v0::sql
