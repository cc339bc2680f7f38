// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/functions.hpp>

#include <chrono>

/// More functions that databases agree on, with their result types: windows, ordered sets, texts,
/// times. SQLAlchemy: the generic functions of `func`.
namespace azoth::inline v0::func {

// --- windows: they need over() -------------------------------------------------------------------

/// The number of the row in its partition, from 1 on.
[[nodiscard]] inline Function<std::int64_t> row_number() {
    return detail::typed<std::int64_t>("row_number");
}
/// The number of the first of the rows that are equal to it in order.
[[nodiscard]] inline Function<std::int64_t> rank() {
    return detail::typed<std::int64_t>("rank");
}
/// As rank(), without gaps.
[[nodiscard]] inline Function<std::int64_t> dense_rank() {
    return detail::typed<std::int64_t>("dense_rank");
}
/// (rank - 1) / (rows - 1).
[[nodiscard]] inline Function<double> percent_rank() {
    return detail::typed<double>("percent_rank");
}
/// The share of the rows that stand before it or are equal to it.
[[nodiscard]] inline Function<double> cume_dist() {
    return detail::typed<double>("cume_dist");
}
/// The number of the row's part, of so many equal ones.
template <class N>
[[nodiscard]] Function<std::int64_t> ntile(N&& parts) {
    static_assert(azoth::detail::is_number<azoth::detail::bare_t<N>>(), "ntile() takes a number");
    return detail::typed<std::int64_t>("ntile", static_cast<N&&>(parts));
}

#define AZOTH_ROW_FUNCTION(name)                                                     \
    /** The value in another row of the window; NULL where there is none. */         \
    template <class A, class... As>                                                  \
    [[nodiscard]] auto name(A&& expression, As&&... further) {                       \
        static_assert(sizeof...(As) <= 2, #name "() takes at most three arguments"); \
        using R = azoth::detail::make_optional_t<azoth::detail::bare_t<A>, true>;    \
        return detail::typed<R>(#name, static_cast<A&&>(expression),                 \
                                static_cast<As&&>(further)...);                      \
    }
AZOTH_ROW_FUNCTION(lag)
AZOTH_ROW_FUNCTION(lead)
AZOTH_ROW_FUNCTION(first_value)
AZOTH_ROW_FUNCTION(last_value)
AZOTH_ROW_FUNCTION(nth_value)
#undef AZOTH_ROW_FUNCTION

// --- ordered sets
// ----------------------------------------------------------------------------------

/// An aggregate that looks at its rows in order: it needs within_group(). As Expr in its use by
/// threads. SQLAlchemy: `OrderedSetAgg`.
/// \tparam T the result's type; void: that of what is ordered by
template <class T>
class OrderedSet {
  public:
    explicit OrderedSet(Function<std::int64_t> call) : call_(std::move(call)) {}
    /// WITHIN GROUP (ORDER BY …); NULL over no rows, hence optional.
    template <class E>
        requires azoth::detail::is_expression<E>
    [[nodiscard]] auto within_group(const E& expression) const {
        using Bare = std::conditional_t<std::is_void_v<T>, azoth::detail::bare_t<E>, T>;
        return within_group<Bare>(Ordering(expression));
    }
    /// The same in another order than the ascending: `within_group<double>(x.desc())`.
    template <class R>
    [[nodiscard]] Function<std::optional<R>> within_group(const Ordering& ordering) const {
        return Function<std::optional<R>>(sql::ordered(
            sql::Form::within_group, call_.core(), {ordering}, azoth::detail::result_type<R>()));
    }

  private:
    Function<std::int64_t> call_;
};

/// The value below which this share of the rows is, between two rows where need be.
template <class N>
[[nodiscard]] OrderedSet<double> percentile_cont(N&& share) {
    return OrderedSet<double>(
        detail::typed<std::int64_t>("percentile_cont", static_cast<N&&>(share)));
}
/// The first value that this share of the rows reaches.
template <class N>
[[nodiscard]] OrderedSet<void> percentile_disc(N&& share) {
    return OrderedSet<void>(
        detail::typed<std::int64_t>("percentile_disc", static_cast<N&&>(share)));
}
/// The value that most rows have.
[[nodiscard]] inline OrderedSet<void> mode() {
    return OrderedSet<void>(detail::typed<std::int64_t>("mode"));
}

// --- groupings: for group_by()
// ---------------------------------------------------------------------

/// GROUP BY ROLLUP (a, b): also the totals of a, and of all, in whose rows the keys are NULL: they
/// are selected as nullable(key), or ArgumentError is thrown when the statement is compiled.
/// SQLAlchemy: `rollup`.
template <class... Es>
[[nodiscard]] Expr<Any> rollup(const Es&... keys) {
    return detail::typed<Any>("rollup", keys...);
}
/// GROUP BY CUBE (a, b): the totals of every choice of keys; as rollup(). SQLAlchemy: `cube`.
template <class... Es>
[[nodiscard]] Expr<Any> cube(const Es&... keys) {
    return detail::typed<Any>("cube", keys...);
}

// --- texts and numbers
// -----------------------------------------------------------------------------

/// All texts of the rows, with this between them; NULL over no rows, hence optional. PostgreSQL:
/// string_agg, MariaDB and SQLite: group_concat.
template <class A>
[[nodiscard]] Function<std::optional<std::string>> aggregate_strings(A&& text,
                                                                     std::string_view separator) {
    static_assert(
        azoth::detail::is_text<azoth::detail::bare_t<A>>(),
        "aggregate_strings() takes a text: use cast<std::string>(column) for other types");
    const sql::Expression between =
        sql::compose(sql::Form::inline_text, {}, plain_type(TypeKind::text), separator);
    return Function<std::optional<std::string>>(sql::known_function(
        "@aggregate_strings",
        {azoth::detail::operand(static_cast<A&&>(text)), sql::Operand::of(between)},
        plain_type(TypeKind::text)));
}
/// x to the power of y, in floating point.
template <class A, class B>
[[nodiscard]] auto pow(A&& base, B&& exponent) {
    azoth::detail::require_numbers<A, B>();
    static_assert(!std::same_as<azoth::detail::bare_t<A>, Decimal> &&
                      !std::same_as<azoth::detail::bare_t<B>, Decimal>,
                  "pow() calculates in floating point: cast<double>() the decimal");
    using R = azoth::detail::make_optional_t<
        double,
        azoth::detail::any_optional<azoth::detail::operand_t<A>, azoth::detail::operand_t<B>>>;
    return detail::typed<R>("pow", static_cast<A&&>(base), static_cast<B&&>(exponent));
}
/// A random number from 0 up to 1, another one for each row.
[[nodiscard]] inline Function<double> random() {
    return Function<double>(sql::known_function("@random", {}, plain_type(TypeKind::float64)));
}

// --- times and users
// -------------------------------------------------------------------------------

/// A point in time as the databases' functions give it.
using TimePoint = std::chrono::sys_time<std::chrono::microseconds>;
/// The same without a time zone.
using LocalTime = std::chrono::local_time<std::chrono::microseconds>;

/// When the transaction began (PostgreSQL), the statement (others).
[[nodiscard]] inline Function<TimePoint> now() {
    return detail::typed<TimePoint>("now");
}
[[nodiscard]] inline Function<TimePoint> current_timestamp() {
    return detail::typed<TimePoint>("current_timestamp");
}
[[nodiscard]] inline Function<std::chrono::year_month_day> current_date() {
    return detail::typed<std::chrono::year_month_day>("current_date");
}
[[nodiscard]] inline Function<LocalTime> localtimestamp() {
    return detail::typed<LocalTime>("localtimestamp");
}
/// The user as whom the connection is logged in; not on SQLite.
[[nodiscard]] inline Function<std::string> current_user() {
    return detail::typed<std::string>("current_user");
}
[[nodiscard]] inline Function<std::string> session_user() {
    return detail::typed<std::string>("session_user");
}

}  // namespace azoth::inline v0::func
