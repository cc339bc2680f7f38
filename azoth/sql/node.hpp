// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/counted.hpp>
#include <azoth/base/hash.hpp>
#include <azoth/types/type.hpp>

#include <cstdint>

/// The expression tree. Nodes are immutable once shared, counted, and carry a structural hash; the
/// values of bound parameters are never in them (design rule R20), so that one tree serves as cache
/// key for every execution.
namespace azoth::inline v0::sql {

/// What a node is; compilers dispatch on it.
enum class NodeKind : std::uint8_t {
    // column elements
    column,
    bind,
    constant,
    binary,
    unary,
    conjunction,
    function,
    cast,
    case_,
    between,
    in,
    subquery_element,
    label,
    ordering,
    fragment,
    list,
    assignment,
    excluded,
    extension,
    scoped,
    composed,
    // FROM objects
    table,
    alias,
    subquery,
    cte,
    extension_from,
    composed_from,
    join,
    // statements
    select,
    compound,
    insert,
    update,
    delete_,
    text,
};

/// A node of the tree. Immutable once shared, so safe from any thread.
struct AZOTH_EXPORT Node : Counted {
    explicit Node(NodeKind node_kind) : kind(node_kind) {}

    const NodeKind kind;
    /// Somewhere below is an identity without a name (anonymous alias, subquery, CTE) or a FROM
    /// object that carries values: the statement needs one walk before it runs.
    bool flagged = false;
    /// How many nodes stand below one another, of expressions; everything that walks a tree
    /// recurses.
    std::uint16_t depth = 0;
    /// Structural: equal trees have equal hashes; anonymous identities count by kind only.
    std::uint64_t hash = 0;
};

/// A node that has a SQL type: whatever may stand in a select list or a condition.
struct AZOTH_EXPORT Element : Node {
    Element(NodeKind node_kind, Type sql_type) : Node(node_kind), type(std::move(sql_type)) {}

    Type type;
};

using NodeRef = Ref<const Node>;

/// Hash of a node's kind, from which its constructor goes on mixing.
[[nodiscard]] constexpr std::uint64_t kind_hash(NodeKind kind) noexcept {
    return detail::mix(0x617a6f7468ULL, static_cast<std::uint64_t>(kind));
}

}  // namespace azoth::inline v0::sql
