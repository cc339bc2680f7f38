// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace azoth::inline v0::sql {

/// The places of a statement, in the order in which their values are counted. Renderers may write
/// them in another order.
enum class Clause : std::uint8_t {
    target,      ///< INSERT, UPDATE, DELETE: the table
    with,        ///< CTEs added by hand
    distinct,    ///< DISTINCT ON expressions
    column,      ///< select list
    assignment,  ///< INSERT columns and values, SET
    row,         ///< further rows of VALUES
    source,      ///< INSERT … SELECT; members of a compound
    from,        ///< FROM objects and joins
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
    option,  ///< what a layer above wants done; never rendered
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

}  // namespace azoth::inline v0::sql
