// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/node.hpp>

#include <cstdint>
#include <vector>

namespace azoth::inline v0::sql {

struct ScopedNode;
struct StatementNode;

/// A statement as a compiler takes it.
struct Lowered {
    Ref<const StatementNode> statement;
    /// What the layer above wants to know again when the statement runs; kept with the SQL.
    Ref<const Counted> plan;
    /// The nodes of `statement` that carry values, in the order in which collect_segments() finds
    /// their originals in the statement as it was written. The first is null: the statement itself.
    std::vector<const Node*> owners;
    /// Nodes of `statement` with values that no execution changes: they stand in none of the
    /// original's value lists.
    std::vector<Ref<const ScopedNode>> constants{};
};

/// How a layer above turns its own nodes into tables and columns. Immutable; safe from any thread.
///
/// Lowering changes no values: the unnamed placeholders of the lowered statement, and of each of
/// its subqueries and CTEs, are those of the original in the same order; only `constants` are new.
class AZOTH_EXPORT Lowering : public Counted {
  public:
    /// Never used twice in a process, and not 0; part of the key of compiled statements (R20).
    [[nodiscard]] virtual std::uint64_t serial() const noexcept = 0;
    /// Throws ArgumentError for what this lowering doesn't know.
    [[nodiscard]] virtual Lowered lower(const StatementNode& statement) const = 0;
};

}  // namespace azoth::inline v0::sql
