// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/member.hpp>
#include <azoth/sql/operators.hpp>

#include <concepts>

/// Which expressions fill which members: of Mapping::query_expression and with_expression.
namespace azoth::inline v0::orm::detail {

template <class M, class V>
constexpr bool holds_value() {
    using azoth::detail::HasTraits;
    if constexpr (azoth::detail::is_any<V>)
        return true;
    else if constexpr (HasTraits<M> && HasTraits<V>)
        return std::same_as<M, V> ||
               (azoth::detail::same_family<M, V>() && TypeTraits<M>::kind == TypeTraits<V>::kind);
    else
        return false;
}

/// A member of type M can hold the values of expressions of type E.
template <class M, class E>
constexpr bool fills() {
    if constexpr (link_member<M>::value || !azoth::detail::is_expression<E>) {
        return false;
    } else {
        using U = typename unwrap_member<M>::type;
        using V = azoth::detail::expr_value_t<E>;
        return !unwrap_member<M>::is_deferred &&
               (azoth::detail::is_optional<U> || !azoth::detail::is_optional<V>) &&
               holds_value<azoth::detail::unwrap_optional_t<U>,
                           azoth::detail::unwrap_optional_t<V>>();
    }
}

/// A member of type M can be one that expressions fill.
template <class M>
constexpr void require_fillable() {
    static_assert(!link_member<M>::value,
                  "this member is a relationship: what fills it, its mapping and loader options "
                  "like selectinload<…>() say");
    static_assert(!unwrap_member<M>::is_deferred,
                  "what an expression fills is not loaded later: let the member be a "
                  "std::optional<T> in place of a Deferred<T>");
}

/// The same of an expression of type E; each mistake has its sentence (R6).
template <class M, class E>
constexpr void require_filling() {
    require_fillable<M>();
    static_assert(azoth::detail::is_expression<E>,
                  "a member is filled by a SQL expression; a value is one as literal(value)");
    if constexpr (azoth::detail::is_expression<E> && !fills<M, E>() && !link_member<M>::value &&
                  !unwrap_member<M>::is_deferred) {
        using U = typename unwrap_member<M>::type;
        using V = azoth::detail::expr_value_t<E>;
        static_assert(azoth::detail::is_optional<U> || !azoth::detail::is_optional<V>,
                      "this expression can be NULL and the member has no place for it: let the "
                      "member be a std::optional<T>, or write func::coalesce(expression, value)");
        static_assert(
            holds_value<azoth::detail::unwrap_optional_t<U>, azoth::detail::unwrap_optional_t<V>>(),
            "this member cannot hold the values of this expression: let it be of the "
            "expression's C++ type, or write cast<T>(expression)");
    }
}

}  // namespace azoth::inline v0::orm::detail
