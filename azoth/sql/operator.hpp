// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace azoth::inline v0::sql {

/// The operators of the expression language. Their SQL and precedence stand in operator.cpp and,
/// where a database differs, in its compiler.
enum class Op : std::uint8_t {
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    is,
    is_not,
    is_distinct_from,
    is_not_distinct_from,
    add,
    subtract,
    multiply,
    divide,  ///< true division, also of integers
    floor_divide,
    modulo,
    concat,
    like,
    not_like,
    ilike,
    not_ilike,
    and_,
    or_,
    not_,
    negate,
    distinct,  ///< prefix DISTINCT inside an aggregate
    bit_and,
    bit_or,
    bit_xor,
    bit_not,
    shift_left,
    shift_right,
    regexp_match,
    match,  ///< full text
};

/// What a placeholder may be besides one for a single value. A plain value.
struct BindExtra {
    bool expanding = false;        ///< a list of values: IN (…)
    bool literal_execute = false;  ///< its value is written into the text when it is executed
    /// A named one takes a value of the statement where the execution gives none.
    bool has_value = false;
    [[nodiscard]] friend bool operator==(const BindExtra&, const BindExtra&) = default;
};

}  // namespace azoth::inline v0::sql
