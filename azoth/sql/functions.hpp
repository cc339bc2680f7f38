// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/window.hpp>

/// SQL functions, typed by design rule R5. SQLAlchemy: `func`.
namespace azoth::inline v0::func {

namespace detail {

using namespace azoth::detail;  // NOLINT: the helpers of the layer below

/// SUM of integers is a 64-bit integer, of decimals a decimal, of floating point a double.
template <class T>
struct sum_of {
    static_assert(is_number<T>(), "sum() and avg() take numbers");
    using type = std::conditional_t<std::integral<T>, std::int64_t,
                                    std::conditional_t<std::floating_point<T>, double, T>>;
};
template <class T>
using avg_of = std::conditional_t<std::integral<T> || std::floating_point<T>, double, T>;

template <class R, class... As>
[[nodiscard]] Function<R> typed(std::string_view name, As&&... values) {
    return Function<R>(sql::function(name, {operand(static_cast<As&&>(values))...},
                                     result_type<unwrap_optional_t<R>>()));
}

}  // namespace detail

/// A function of any name: `func::call<double>("round", x, 2)`. R says the result's C++ type,
/// std::optional where it can be NULL. The name may be qualified ("pg_catalog.age"); each part is
/// checked to be an identifier, so that no SQL can hide in it.
template <class R, class... As>
[[nodiscard]] Function<R> call(std::string_view name, As&&... arguments) {
    azoth::detail::require_sql_type<R>();
    return detail::typed<R>(name, static_cast<As&&>(arguments)...);
}

/// A function of the program's own, or of the database's, with its result type:
///
///     inline constexpr func::GenericFunction<std::string> soundex{"soundex"};
///     select(users.id).where(soundex(users.name) == soundex("Smith"))
///
/// Immutable; safe from any thread. Throws ArgumentError when it is called, for a name that call()
/// refuses. SQLAlchemy: `GenericFunction`.
template <class R>
struct GenericFunction {
    std::string_view name;
    template <class... As>
    [[nodiscard]] Function<R> operator()(As&&... arguments) const {
        return call<R>(name, static_cast<As&&>(arguments)...);
    }
};

/// COUNT(*).
[[nodiscard]] inline Function<std::int64_t> count() {
    return detail::typed<std::int64_t>("count");
}
/// COUNT(expression): rows where it is not NULL.
template <class A>
[[nodiscard]] Function<std::int64_t> count(A&& expression) {
    return detail::typed<std::int64_t>("count", static_cast<A&&>(expression));
}
/// DISTINCT inside an aggregate: `func::count(distinct(x))`.
template <class E>
    requires azoth::detail::is_expression<E>
[[nodiscard]] auto distinct(const E& expression) {
    return Expr<azoth::detail::operand_t<E>>(sql::unary(
        sql::Op::distinct, sql::Operand::of(expression.core()), sql::type_of(expression.core())));
}
/// SUM; NULL over no rows, hence optional.
template <class A>
[[nodiscard]] auto sum(A&& expression) {
    using R = typename detail::sum_of<azoth::detail::bare_t<A>>::type;
    return detail::typed<azoth::detail::make_optional_t<R, true>>("sum",
                                                                  static_cast<A&&>(expression));
}
/// AVG; NULL over no rows, hence optional; double for integers.
template <class A>
[[nodiscard]] auto avg(A&& expression) {
    static_assert(azoth::detail::is_number<azoth::detail::bare_t<A>>(), "avg() takes numbers");
    using R = detail::avg_of<azoth::detail::bare_t<A>>;
    return detail::typed<azoth::detail::make_optional_t<R, true>>("avg",
                                                                  static_cast<A&&>(expression));
}
/// MIN; NULL over no rows, hence optional.
template <class A>
[[nodiscard]] auto min(A&& expression) {
    using R = azoth::detail::make_optional_t<azoth::detail::bare_t<A>, true>;
    return detail::typed<R>("min", static_cast<A&&>(expression));
}
/// MAX; NULL over no rows, hence optional.
template <class A>
[[nodiscard]] auto max(A&& expression) {
    using R = azoth::detail::make_optional_t<azoth::detail::bare_t<A>, true>;
    return detail::typed<R>("max", static_cast<A&&>(expression));
}
/// The first argument that is not NULL; NULL only if every argument can be.
template <class A, class... As>
[[nodiscard]] auto coalesce(A&& first, As&&... rest) {
    using Plain = azoth::detail::bare_t<A>;
    (azoth::detail::require_comparable<A, As>(), ...);
    constexpr bool optional = azoth::detail::is_optional<azoth::detail::operand_t<A>> &&
                              (azoth::detail::is_optional<azoth::detail::operand_t<As>> && ...);
    return detail::typed<azoth::detail::make_optional_t<Plain, optional>>(
        "coalesce", static_cast<A&&>(first), static_cast<As&&>(rest)...);
}

#define AZOTH_TEXT_FUNCTION(name, result)                                                      \
    template <class A>                                                                         \
    [[nodiscard]] auto name(A&& text) {                                                        \
        static_assert(azoth::detail::is_text<azoth::detail::bare_t<A>>(),                      \
                      #name "() takes a text: use cast<std::string>(column) for other types"); \
        using R = azoth::detail::make_optional_t<                                              \
            result, azoth::detail::is_optional<azoth::detail::operand_t<A>>>;                  \
        return detail::typed<R>(#name, static_cast<A&&>(text));                                \
    }
AZOTH_TEXT_FUNCTION(lower, std::string)
AZOTH_TEXT_FUNCTION(upper, std::string)
AZOTH_TEXT_FUNCTION(length, std::int64_t)
AZOTH_TEXT_FUNCTION(char_length, std::int64_t)
AZOTH_TEXT_FUNCTION(trim, std::string)
#undef AZOTH_TEXT_FUNCTION

/// The absolute value.
template <class A>
[[nodiscard]] auto abs(A&& number) {
    static_assert(azoth::detail::is_number<azoth::detail::bare_t<A>>(), "abs() takes a number");
    return detail::typed<azoth::detail::operand_t<A>>("abs", static_cast<A&&>(number));
}

}  // namespace azoth::inline v0::func

namespace azoth::inline v0 {
using func::distinct;
}  // namespace azoth::inline v0
