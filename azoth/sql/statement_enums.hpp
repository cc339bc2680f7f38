// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace azoth::inline v0::sql {

/// The places of a statement, in the order in which their values are counted. Renderers may write
/// them in another order.
enum class Clause : std::uint8_t {
    target,      ///< INSERT, UPDATE, DELETE: the table
    with,        ///< CTEs added by hand
    prefix,      ///< SQL text behind SELECT, INSERT, UPDATE, DELETE
    distinct,    ///< DISTINCT ON expressions
    column,      ///< select list
    assignment,  ///< INSERT columns and values, SET
    row,         ///< further rows of VALUES
    source,      ///< INSERT … SELECT; members of a compound
    from,        ///< FROM objects and joins
    correlate,   ///< FROM objects of enclosing statements
    hint,        ///< SQL text behind a FROM object
    where,
    group_by,
    having,
    conflict_target,  ///< ON CONFLICT (…)
    conflict_filter,  ///< ON CONFLICT (…) WHERE …
    conflict_set,     ///< DO UPDATE SET …
    conflict_where,   ///< DO UPDATE … WHERE …
    returning,
    order_by,
    limit,
    offset,
    lock_of,         ///< FOR UPDATE OF: each FROM object, or a column of it
    statement_hint,  ///< SQL text at the statement's end
    suffix,          ///< SQL text behind that
    option,          ///< what a layer above wants done; never rendered
};

/// How members of a compound select are combined.
enum class CompoundOp : std::uint8_t {
    union_,
    union_all,
    intersect,
    intersect_all,
    except_,
    except_all
};

/// To what of the statements around it a subquery is correlated.
enum class Correlation : std::uint8_t {
    automatic,   ///< to all that it mentions
    only,        ///< to what Clause::correlate names
    all_except,  ///< to all but that
};

/// How the number of a SELECT's rows is limited.
enum class Fetch : std::uint8_t {
    limit,    ///< LIMIT
    rows,     ///< FETCH FIRST n ROWS ONLY
    ties,     ///< and those that are equal to the last in ORDER BY
    percent,  ///< of all rows
    percent_with_ties,
};

/// SELECT … FOR UPDATE: how the rows are locked that it reads. A plain value.
struct RowLock {
    bool asked = false;
    bool read = false;       ///< others may read and lock them in the same way
    bool key_share = false;  ///< weaker: others may refer to the rows
    bool nowait = false;
    bool skip_locked = false;

    /// As a number, to be hashed.
    [[nodiscard]] constexpr unsigned bits() const noexcept {
        return (asked ? 1U : 0U) | (read ? 2U : 0U) | (key_share ? 4U : 0U) | (nowait ? 8U : 0U) |
               (skip_locked ? 16U : 0U);
    }
    [[nodiscard]] friend bool operator==(const RowLock&, const RowLock&) = default;
};

}  // namespace azoth::inline v0::sql
