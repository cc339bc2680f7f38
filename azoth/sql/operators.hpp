// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/expression.hpp>

#include <optional>

/// The operators of `Expr<T>`. Each is an ordinary template whose body begins with the sentence
/// that tells a wrong combination (design rule R6), and hands over to a function of expression.cpp.
namespace azoth::inline v0 {

/// NULL as a value, where an empty optional would say something else:
/// `session.set<&User::mood>(user, null())` sends it, while an empty member is left to the column's
/// default (R16). Stands wherever std::nullopt may. SQLAlchemy: `null()`.
[[nodiscard]] constexpr std::nullopt_t null() noexcept {
    return std::nullopt;
}

namespace detail {

/// The type with which an operand takes part: an expression's own, a literal's canonical one.
template <class T>
struct operand_type {
    using type = canonical_t<T>;
};
template <class T>
    requires is_expression<T>
struct operand_type<T> {
    using type = expr_value_t<T>;
};
template <class T>
using operand_t = typename operand_type<std::remove_cvref_t<T>>::type;
template <class T>
using bare_t = unwrap_optional_t<operand_t<T>>;

template <class T>
inline constexpr bool is_any = std::same_as<T, Any>;
template <class T>
inline constexpr bool is_null_literal =
    std::same_as<T, std::nullptr_t> || std::same_as<T, std::nullopt_t>;

template <class T>
constexpr bool known_operand() {
    using U = bare_t<T>;
    return is_any<U> || is_null_literal<U> || HasTraits<U>;
}

template <class T, class U>
constexpr bool same_family() {
    if constexpr (is_any<T> || is_any<U> || is_null_literal<T> || is_null_literal<U>)
        return true;
    else if constexpr (HasTraits<T> && HasTraits<U>)
        return std::same_as<T, U> || (TypeTraits<T>::family == TypeTraits<U>::family &&
                                      TypeTraits<T>::family != Family::other);
    else
        return false;
}

template <class T>
constexpr bool is_number() {
    if constexpr (is_any<T>)
        return true;
    else if constexpr (HasTraits<T>)
        return TypeTraits<T>::family == Family::number;
    else
        return false;
}
template <class T>
constexpr bool is_text() {
    if constexpr (is_any<T>)
        return true;
    else if constexpr (HasTraits<T>)
        return TypeTraits<T>::family == Family::text;
    else
        return false;
}

/// An operand without its C++ type. It borrows from `value`.
template <class T>
[[nodiscard]] sql::Operand operand(T&& value) {
    if constexpr (is_expression<T>) {
        if constexpr (std::is_lvalue_reference_v<T> || std::is_const_v<std::remove_reference_t<T>>)
            return sql::Operand::of(value.core());
        else
            // No lvalue comes here. NOLINTNEXTLINE(bugprone-move-forwarding-reference)
            return sql::Operand::of(std::move(value).core());
    } else if constexpr (is_null_literal<std::remove_cvref_t<T>>) {
        return {};
    } else {
        return {nullptr, false, &type_for<std::remove_cvref_t<T>>(), view_of(value), nullptr};
    }
}

template <class... Ts>
inline constexpr bool any_optional = (is_optional<Ts> || ...);

template <class T, bool Optional>
using make_optional_t = std::conditional_t<Optional && !is_any<T>, std::optional<T>, T>;

/// Conditions: bool, or optional<bool> where an operand can be NULL.
template <class... Operands>
using condition_t = Expr<make_optional_t<bool, any_optional<operand_t<Operands>...>>>;

/// The number type of an arithmetic result.
template <class T, class U>
constexpr auto arithmetic_result() {
    if constexpr (is_any<T> || is_any<U>)
        return std::type_identity<Any>{};
    else if constexpr (std::same_as<T, Decimal> || std::same_as<U, Decimal>)
        return std::type_identity<Decimal>{};
    else
        return std::type_identity<decltype(T{} + U{})>{};
}

template <class T>
[[nodiscard]] const Type& result_type() {
    if constexpr (is_any<T>)
        return plain_type(TypeKind::null);
    else
        return type_for<T>();
}

template <class T, class U>
consteval void require_comparable() {
    static_assert(
        known_operand<T>() && known_operand<U>(),
        "Azoth has no SQL type for the C++ type of this operand: convert it to a supported "
        "type or specialise azoth::TypeTraits<T>");
    static_assert(same_family<bare_t<T>, bare_t<U>>(),
                  "these two types cannot be compared in SQL: convert the value, or write "
                  "cast<T>(column) to compare as another type");
}

/// The C++ type of `left op right` where that is a condition, and its checks. L and R are without
/// references, so that it is worked out once for all kinds of references.
template <class L, class R>
struct comparison {
    static_assert((require_comparable<L, R>(), true));
    // == nullopt is IS NULL, whose own value is never NULL.
    using type = std::conditional_t<is_null_literal<bare_t<L>> || is_null_literal<bare_t<R>>,
                                    Expr<bool>, condition_t<L, R>>;
};
template <class L, class R>
struct ordering_comparison : comparison<L, R> {
    static_assert(!is_null_literal<bare_t<L>> && !is_null_literal<bare_t<R>>,
                  "nothing is less or greater than NULL: use == nullopt, is_null() or "
                  "is_not_null()");
};

/// The C++ type of `left op right` for numbers.
template <class L, class R>
using number_t = typename decltype(arithmetic_result<bare_t<L>, bare_t<R>>())::type;
/// True division: two integers give a double, as in SQLAlchemy, on every database.
template <class L, class R>
using ratio_t = std::conditional_t<std::integral<number_t<L, R>>, double, number_t<L, R>>;

template <class L, class R>
consteval void require_numbers() {
    static_assert(is_number<bare_t<L>>() && is_number<bare_t<R>>(),
                  "arithmetic needs numbers on both sides: use cast<T>(column) for others, and "
                  "concat(a, b) or + to join texts");
}

template <class Plain, class L, class R>
[[nodiscard]] auto calculate(sql::Op op, L&& left, R&& right) {
    using Result = make_optional_t<Plain, any_optional<operand_t<L>, operand_t<R>>>;
    return Expr<Result>(sql::binary(op, operand(static_cast<L&&>(left)),
                                    operand(static_cast<R&&>(right)), result_type<Plain>()));
}

template <class L, class R>
inline constexpr bool both_texts =
    is_text<bare_t<L>>() && is_text<bare_t<R>>() && !(is_any<bare_t<L>> && is_any<bare_t<R>>);
template <class L, class R>
inline constexpr bool both_numbers = is_number<bare_t<L>>() && is_number<bare_t<R>>();

template <class T>
consteval void require_condition() {
    static_assert(
        !std::same_as<std::remove_cvref_t<T>, bool>,
        "a C++ bool is no condition of a statement: it is computed once, before the "
        "statement runs. Compare columns: col<&User::age> == 7, rel<&User::team> == team, "
        "contains<&Team::users>(user); for a constant: literal(flag), true_(), false_()");
    static_assert(is_any<bare_t<T>> || std::same_as<bare_t<T>, bool>,
                  "&&, || and ! take conditions (Expr<bool>): compare this operand with something "
                  "first, as in users.age > 18");
}

template <class L, class R>
struct combination {
    static_assert((require_condition<L>(), require_condition<R>(), true));
    using type = condition_t<L, R>;
};

}  // namespace detail

/// At least one side is an expression: only then do the operators below take part.
template <class L, class R>
concept AnyExpression = detail::is_expression<L> || detail::is_expression<R>;

#define AZOTH_CONDITION(symbol, op, checked, make)                                          \
    template <class L, class R>                                                             \
        requires AnyExpression<L, R>                                                        \
    [[nodiscard]] auto operator symbol(L&& left, R&& right) {                               \
        using Condition =                                                                   \
            typename detail::checked<std::remove_cvref_t<L>, std::remove_cvref_t<R>>::type; \
        return Condition(sql::make(sql::Op::op, detail::operand(static_cast<L&&>(left)),    \
                                   detail::operand(static_cast<R&&>(right))));              \
    }
AZOTH_CONDITION(==, equal, comparison, compare)
AZOTH_CONDITION(!=, not_equal, comparison, compare)
AZOTH_CONDITION(<, less, ordering_comparison, compare)
AZOTH_CONDITION(<=, less_equal, ordering_comparison, compare)
AZOTH_CONDITION(>, greater, ordering_comparison, compare)
AZOTH_CONDITION(>=, greater_equal, ordering_comparison, compare)
// Both sides are always evaluated: && and || build a tree, they decide nothing.
AZOTH_CONDITION(&&, and_, combination, combine)
AZOTH_CONDITION(||, or_, combination, combine)
#undef AZOTH_CONDITION

/// Sum of numbers, or two texts joined.
template <class L, class R>
    requires AnyExpression<L, R>
[[nodiscard]] auto operator+(L&& left, R&& right) {
    if constexpr (detail::both_texts<L, R>) {
        return detail::calculate<std::string>(sql::Op::concat, static_cast<L&&>(left),
                                              static_cast<R&&>(right));
    } else {
        detail::require_numbers<L, R>();
        if constexpr (detail::both_numbers<L, R>)
            return detail::calculate<detail::number_t<L, R>>(sql::Op::add, static_cast<L&&>(left),
                                                             static_cast<R&&>(right));
    }
}

#define AZOTH_ARITHMETIC(symbol, op, result)                                                    \
    template <class L, class R>                                                                 \
        requires AnyExpression<L, R>                                                            \
    [[nodiscard]] auto operator symbol(L&& left, R&& right) {                                   \
        detail::require_numbers<L, R>();                                                        \
        if constexpr (detail::both_numbers<L, R>)                                               \
            return detail::calculate<detail::result<L, R>>(sql::Op::op, static_cast<L&&>(left), \
                                                           static_cast<R&&>(right));            \
    }
AZOTH_ARITHMETIC(-, subtract, number_t)
AZOTH_ARITHMETIC(*, multiply, number_t)
AZOTH_ARITHMETIC(/, divide, ratio_t)
AZOTH_ARITHMETIC(%, modulo, number_t)
#undef AZOTH_ARITHMETIC

template <class T>
    requires detail::is_expression<T>
[[nodiscard]] auto operator-(T&& operand) {
    static_assert(detail::is_number<detail::bare_t<T>>(), "unary minus needs a number");
    using Result = detail::operand_t<T>;
    return Expr<Result>(sql::unary(sql::Op::negate, detail::operand(static_cast<T&&>(operand)),
                                   detail::result_type<detail::bare_t<T>>()));
}

template <class T>
    requires detail::is_expression<T>
[[nodiscard]] auto operator!(T&& operand) {
    detail::require_condition<T>();
    return detail::condition_t<T>(sql::negate(detail::operand(static_cast<T&&>(operand))));
}

/// All of the conditions; none at all is true. SQLAlchemy: `and_`.
template <class... Cs>
[[nodiscard]] Expr<bool> and_(Cs&&... conditions) {
    (detail::require_condition<Cs>(), ...);
    return Expr<bool>(
        sql::conjunction(sql::Op::and_, {detail::operand(static_cast<Cs&&>(conditions))...}));
}
/// Any of the conditions; none at all is false. SQLAlchemy: `or_`.
template <class... Cs>
[[nodiscard]] Expr<bool> or_(Cs&&... conditions) {
    (detail::require_condition<Cs>(), ...);
    return Expr<bool>(
        sql::conjunction(sql::Op::or_, {detail::operand(static_cast<Cs&&>(conditions))...}));
}
/// A run-time list of conditions: all of them; an empty list is true.
[[nodiscard]] AZOTH_EXPORT Expr<bool> all_of(const std::vector<Expr<bool>>& conditions);
/// A run-time list of conditions: any of them; an empty list is false.
[[nodiscard]] AZOTH_EXPORT Expr<bool> any_of(const std::vector<Expr<bool>>& conditions);
template <class T>
    requires detail::is_expression<T>
[[nodiscard]] auto not_(T&& condition) {
    return !static_cast<T&&>(condition);
}
[[nodiscard]] inline Expr<bool> true_() {
    return Expr<bool>(sql::constant_true());
}
[[nodiscard]] inline Expr<bool> false_() {
    return Expr<bool>(sql::constant_false());
}

/// A value as an expression of its own: `literal(5)`.
template <class T>
[[nodiscard]] auto literal(const T& value) {
    return Expr<detail::canonical_t<T>>(sql::literal(detail::type_for<T>(), to_value(value)));
}

/// CAST(operand AS the SQL type of T).
template <class T, class E>
[[nodiscard]] auto cast(E&& expression) {
    detail::require_sql_type<T>();
    using Result = detail::make_optional_t<T, detail::any_optional<detail::operand_t<E>> &&
                                                  !detail::is_optional<T>>;
    return Expr<Result>(
        sql::cast(detail::operand(static_cast<E&&>(expression)), detail::type_for<T>()));
}
/// CAST to a type with options: `cast<std::string>(x, String{10})`.
template <class T, class E>
[[nodiscard]] auto cast(E&& expression, const Type& type) {
    detail::require_sql_type<T>();
    using Result = detail::make_optional_t<T, detail::any_optional<detail::operand_t<E>> &&
                                                  !detail::is_optional<T>>;
    return Expr<Result>(sql::cast(detail::operand(static_cast<E&&>(expression)), type));
}

/// Says that a column may come as NULL, as on the far side of an outer join: its C++ type becomes
/// std::optional (design rule R5).
template <class E>
[[nodiscard]] auto nullable(const E& expression) {
    static_assert(detail::is_expression<E> && detail::known_operand<E>(),
                  "nullable() takes a column or another expression of a SQL value; an object that "
                  "an outer join doesn't find is a null handle without it");
    return Expr<detail::make_optional_t<detail::bare_t<E>, true>>(expression.core());
}

// --- the members of Expr that need the operators' types -----------------------------------------

namespace detail {

template <class T, class P>
consteval void require_texts() {
    static_assert(is_text<unwrap_optional_t<T>>() && is_text<bare_t<P>>(),
                  "LIKE compares texts: use cast<std::string>(column) for other types");
}

template <class T, class P>
[[nodiscard]] auto like_condition(sql::Op op, const Expr<T>& operand_, const P& pattern,
                                  std::string_view escape) {
    require_texts<T, P>();
    return condition_t<Expr<T>, P>(sql::like(op, operand(operand_), operand(pattern), escape));
}

template <class T>
[[nodiscard]] auto like_text_condition(const Expr<T>& operand_, sql::Anchor anchor,
                                       std::string_view text, bool case_sensitive) {
    require_texts<T, std::string>();
    return condition_t<Expr<T>>(
        sql::like_text(operand_.core(), anchor, text, case_sensitive, false));
}

/// A plain range; the concepts of <ranges> cost users' files more to compile.
template <class R>
concept Iterable = std::is_array_v<R> || requires(const R& range) {
    range.begin();
    range.end();
};

template <class R>
auto element_of(const R& range) -> decltype(*range.begin());
template <class T, std::size_t N>
T element_of(const T (&array)[N]);
template <class R>
using element_t = std::remove_cvref_t<decltype(element_of(std::declval<const R&>()))>;

template <class R>
concept SelectOfOne = requires { typename std::remove_cvref_t<R>::scalar_type; };

template <class T, class R>
[[nodiscard]] auto in_condition(const Expr<T>& operand_, const R& choices, bool negated) {
    if constexpr (SelectOfOne<R>) {
        require_comparable<Expr<T>, Expr<typename R::scalar_type>>();
        return condition_t<Expr<T>>(sql::in_select(operand_.core(), choices.expression(), negated));
    } else {
        static_assert(Iterable<R>,
                      "in() takes a list of values, a range, or a select() of one column");
        if constexpr (Iterable<R>) {
            using U = element_t<R>;
            require_comparable<Expr<T>, U>();
            Values values;
            for (const auto& choice : choices) values.push_view(view_of(choice));
            return condition_t<Expr<T>>(
                sql::in_values(operand_.core(), type_for<U>(), values, negated));
        }
    }
}

}  // namespace detail

template <class T>
template <class P>
auto Expr<T>::like(const P& pattern, std::string_view escape) const {
    return detail::like_condition(sql::Op::like, *this, pattern, escape);
}
template <class T>
template <class P>
auto Expr<T>::not_like(const P& pattern, std::string_view escape) const {
    return detail::like_condition(sql::Op::not_like, *this, pattern, escape);
}
template <class T>
template <class P>
auto Expr<T>::ilike(const P& pattern, std::string_view escape) const {
    return detail::like_condition(sql::Op::ilike, *this, pattern, escape);
}
template <class T>
auto Expr<T>::startswith(std::string_view text) const {
    return detail::like_text_condition(*this, sql::Anchor::prefix, text, true);
}
template <class T>
auto Expr<T>::endswith(std::string_view text) const {
    return detail::like_text_condition(*this, sql::Anchor::suffix, text, true);
}
template <class T>
auto Expr<T>::contains(std::string_view text) const {
    return detail::like_text_condition(*this, sql::Anchor::anywhere, text, true);
}
template <class T>
auto Expr<T>::icontains(std::string_view text) const {
    return detail::like_text_condition(*this, sql::Anchor::anywhere, text, false);
}
template <class T>
template <class U>
auto Expr<T>::in(std::initializer_list<U> choices) const {
    return detail::in_condition(*this, choices, false);
}
template <class T>
template <class R>
auto Expr<T>::in(const R& choices) const {
    return detail::in_condition(*this, choices, false);
}
template <class T>
template <class U>
auto Expr<T>::not_in(std::initializer_list<U> choices) const {
    return detail::in_condition(*this, choices, true);
}
template <class T>
template <class R>
auto Expr<T>::not_in(const R& choices) const {
    return detail::in_condition(*this, choices, true);
}
template <class T>
template <class L, class H>
auto Expr<T>::between(const L& low, const H& high) const {
    detail::require_comparable<Expr<T>, L>();
    detail::require_comparable<Expr<T>, H>();
    return detail::condition_t<Expr<T>, L, H>(
        sql::between(core_, detail::operand(low), detail::operand(high), false));
}
template <class T>
template <class U>
auto Expr<T>::is_distinct_from(const U& other) const {
    detail::require_comparable<Expr<T>, U>();
    return Expr<bool>(
        sql::compare(sql::Op::is_distinct_from, sql::Operand::of(core_), detail::operand(other)));
}
template <class T>
template <class U>
auto Expr<T>::is_not_distinct_from(const U& other) const {
    detail::require_comparable<Expr<T>, U>();
    return Expr<bool>(sql::compare(sql::Op::is_not_distinct_from, sql::Operand::of(core_),
                                   detail::operand(other)));
}

}  // namespace azoth::inline v0
