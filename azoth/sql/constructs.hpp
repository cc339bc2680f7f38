// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/window.hpp>

/// Constructs of SQL's expressions that are no operators of C++: COLLATE, EXTRACT, bits, regular
/// expressions, operators of the program's own.
namespace azoth::inline v0 {

namespace sql {

/// Throws ArgumentError for a field that is no identifier.
[[nodiscard]] AZOTH_EXPORT Expression extract(std::string_view field, const Operand& operand);
/// Throws ArgumentError for what is no operator.
[[nodiscard]] AZOTH_EXPORT Expression operation(const Operand& left, std::string_view op,
                                                const Operand& right, const Type& result);
[[nodiscard]] AZOTH_EXPORT Expression between_symmetric(const Operand& operand, const Operand& low,
                                                        const Operand& high);
[[nodiscard]] AZOTH_EXPORT Expression regexp_match(const Operand& text, const Operand& pattern,
                                                   std::string_view flags);
[[nodiscard]] AZOTH_EXPORT Expression regexp_replace(const Operand& text, const Operand& pattern,
                                                     const Operand& replacement,
                                                     std::string_view flags);

}  // namespace sql

/// `expression COLLATE "name"`: compared and ordered by the rules of that collation.
/// SQLAlchemy: `collate`.
template <class E>
[[nodiscard]] auto collate(E&& text, std::string_view collation) {
    static_assert(detail::is_text<detail::bare_t<E>>(), "collate() takes a text");
    return Expr<detail::operand_t<E>>(
        sql::compose(sql::Form::collate, {detail::operand(static_cast<E&&>(text))},
                     detail::result_type<detail::bare_t<E>>(), collation));
}

namespace detail {

template <class T>
constexpr bool is_time() {
    if constexpr (is_any<T>)
        return true;
    else if constexpr (HasTraits<T>)
        return TypeTraits<T>::kind == Kind::date || TypeTraits<T>::kind == Kind::time ||
               TypeTraits<T>::kind == Kind::datetime || TypeTraits<T>::kind == Kind::timestamp;
    else
        return false;
}

}  // namespace detail

/// A field of a date or time as an integer, a fraction cut off: `extract("year", orders.placed)`.
/// Every database knows year, quarter, month, week (ISO's), day, dow (0 is Sunday), isodow (7 is
/// Sunday), doy, hour, minute, second and epoch (seconds since 1970); other fields are the
/// database's own. SQLAlchemy: `extract`.
template <class E>
[[nodiscard]] auto extract(std::string_view field, E&& expression) {
    static_assert(detail::is_time<detail::bare_t<E>>(), "extract() takes a date or a time");
    return Expr<detail::make_optional_t<std::int64_t, detail::is_optional<detail::operand_t<E>>>>(
        sql::extract(field, detail::operand(static_cast<E&&>(expression))));
}

/// The same SQL, taken for another type: nothing is converted; what can be NULL stays so.
/// SQLAlchemy: `type_coerce`.
template <class T, class E>
[[nodiscard]] auto type_coerce(E&& expression, const Type& type = detail::type_for<T>()) {
    detail::require_sql_type<T>();
    using Result = detail::make_optional_t<T, detail::any_optional<detail::operand_t<E>> &&
                                                  !detail::is_optional<T>>;
    return Expr<Result>(sql::compose(sql::Form::type_coerce,
                                     {detail::operand(static_cast<E&&>(expression))}, type));
}
/// CAST that gives NULL for what can't be converted: SQL Server's. SQLAlchemy: `try_cast`.
template <class T, class E>
[[nodiscard]] Expr<std::optional<detail::unwrap_optional_t<T>>> try_cast(E&& expression) {
    detail::require_sql_type<T>();
    return Expr<std::optional<detail::unwrap_optional_t<T>>>(
        sql::compose(sql::Form::try_cast, {detail::operand(static_cast<E&&>(expression))},
                     detail::type_for<T>()));
}

/// Between them whichever is the smaller. SQLAlchemy: `between(…, symmetric=True)`.
template <class E, class L, class H>
[[nodiscard]] auto between_symmetric(const E& expression, const L& low, const H& high) {
    detail::require_comparable<E, L>();
    detail::require_comparable<E, H>();
    return detail::condition_t<E, L, H>(sql::between_symmetric(
        detail::operand(expression), detail::operand(low), detail::operand(high)));
}

/// = ANY (…): `users.age == any_(select(limits.age))`. Not on SQLite. SQLAlchemy: `any_`.
template <class S>
[[nodiscard]] auto any_(const S& query) {
    const sql::Expression set = query.expression();
    return Expr<typename S::scalar_type>(
        sql::compose(sql::Form::any, {sql::Operand::of(set)}, sql::type_of(set)));
}
/// <= ALL (…). Not on SQLite. SQLAlchemy: `all_`.
template <class S>
[[nodiscard]] auto all_(const S& query) {
    const sql::Expression set = query.expression();
    return Expr<typename S::scalar_type>(
        sql::compose(sql::Form::all, {sql::Operand::of(set)}, sql::type_of(set)));
}

// --- operators of the program's own --------------------------------------------------------------

/// `left OP right` with an operator that the library doesn't know, of signs or words:
/// `op<double>(items.place, "<->", point)`. Both sides and the whole are set in parentheses where
/// they could be misread. Throws ArgumentError for what is no operator, so that no SQL can hide in
/// it. SQLAlchemy: `op`.
template <class R, class L, class E>
[[nodiscard]] Expr<R> op(L&& left, std::string_view text, E&& right) {
    detail::require_sql_type<R>();
    return Expr<R>(sql::operation(detail::operand(static_cast<L&&>(left)), text,
                                  detail::operand(static_cast<E&&>(right)),
                                  detail::result_type<detail::unwrap_optional_t<R>>()));
}
/// op() with a condition as its result. SQLAlchemy: `bool_op`.
template <class L, class E>
[[nodiscard]] auto bool_op(L&& left, std::string_view text, E&& right) {
    return detail::condition_t<L, E>(sql::operation(detail::operand(static_cast<L&&>(left)), text,
                                                    detail::operand(static_cast<E&&>(right)),
                                                    plain_type(TypeKind::boolean)));
}

// --- numbers -------------------------------------------------------------------------------------

/// Division without the fraction: of integers it is cut off, as in C++, of other numbers rounded
/// down. SQLAlchemy: `//`.
template <class L, class R>
[[nodiscard]] auto floor_div(L&& left, R&& right) {
    detail::require_numbers<L, R>();
    if constexpr (detail::both_numbers<L, R>)
        return detail::calculate<detail::number_t<L, R>>(
            sql::Op::floor_divide, static_cast<L&&>(left), static_cast<R&&>(right));
}

// --- bits ----------------------------------------------------------------------------------------

namespace detail {

template <class T>
constexpr bool is_whole() {
    return is_any<T> || (std::integral<T> && !std::same_as<T, bool>);
}
template <class L, class R>
consteval void require_whole() {
    static_assert(is_whole<bare_t<L>>() && is_whole<bare_t<R>>(),
                  "operators of bits take integers on both sides");
}
template <class L, class R>
[[nodiscard]] auto bits(sql::Op op, L&& left, R&& right) {
    require_whole<L, R>();
    using Result = make_optional_t<std::int64_t, any_optional<operand_t<L>, operand_t<R>>>;
    return Expr<Result>(sql::binary(op, operand(static_cast<L&&>(left)),
                                    operand(static_cast<R&&>(right)),
                                    plain_type(TypeKind::big_integer)));
}

}  // namespace detail

#define AZOTH_BITS(name, op)                                                               \
    template <class L, class R>                                                            \
    [[nodiscard]] auto name(L&& left, R&& right) {                                         \
        return detail::bits(sql::Op::op, static_cast<L&&>(left), static_cast<R&&>(right)); \
    }
/// Bits of 64-bit integers. SQLAlchemy: the methods of these names.
AZOTH_BITS(bitwise_and, bit_and)
AZOTH_BITS(bitwise_or, bit_or)
AZOTH_BITS(bitwise_xor, bit_xor)
AZOTH_BITS(bitwise_lshift, shift_left)
/// What comes in from the left of a negative number is the database's own choice.
AZOTH_BITS(bitwise_rshift, shift_right)
#undef AZOTH_BITS
template <class E>
[[nodiscard]] auto bitwise_not(E&& expression) {
    detail::require_whole<E, E>();
    using Result = detail::make_optional_t<std::int64_t, detail::is_optional<detail::operand_t<E>>>;
    return Expr<Result>(sql::unary(sql::Op::bit_not, detail::operand(static_cast<E&&>(expression)),
                                   plain_type(TypeKind::big_integer)));
}

// --- regular expressions -------------------------------------------------------------------------

/// Whether the pattern is found anywhere in the text, by the database's own kind of regular
/// expressions; letters in both cases are different unless `flags` has an "i". The flags, letters,
/// are put before the pattern as "(?i)". Throws ArgumentError for other flags. SQLAlchemy:
/// `regexp_match`.
template <class E, class P>
[[nodiscard]] auto regexp_match(const E& text, const P& pattern, std::string_view flags = {}) {
    detail::require_texts<detail::operand_t<E>, P>();
    return detail::condition_t<E, P>(
        sql::regexp_match(detail::operand(text), detail::operand(pattern), flags));
}
/// The text with every match replaced; in the replacement \1 to \9 are what the pattern's
/// parentheses found. SQLAlchemy: `regexp_replace`.
template <class E, class P, class R>
[[nodiscard]] auto regexp_replace(const E& text, const P& pattern, const R& replacement,
                                  std::string_view flags = {}) {
    detail::require_texts<detail::operand_t<E>, P>();
    detail::require_texts<detail::operand_t<E>, R>();
    using Result = detail::make_optional_t<
        std::string,
        detail::any_optional<detail::operand_t<E>, detail::operand_t<P>, detail::operand_t<R>>>;
    return Expr<Result>(sql::regexp_replace(detail::operand(text), detail::operand(pattern),
                                            detail::operand(replacement), flags));
}
/// Full text search by words: PostgreSQL's @@ plainto_tsquery(…), MariaDB's MATCH … AGAINST, which
/// needs an index, SQLite's MATCH, which needs a table of FTS5. SQLAlchemy: `match`.
template <class E, class P>
[[nodiscard]] auto match(const E& text, const P& words) {
    detail::require_texts<detail::operand_t<E>, P>();
    return detail::condition_t<E, P>(sql::binary(sql::Op::match, detail::operand(text),
                                                 detail::operand(words),
                                                 plain_type(TypeKind::boolean)));
}

}  // namespace azoth::inline v0
