// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/composed.hpp>
#include <azoth/sql/operators.hpp>

#include <cstdint>
#include <optional>
#include <vector>

/// Function calls and what can be said of them: FILTER, OVER, WITHIN GROUP, ORDER BY within.
namespace azoth::inline v0 {

/// An expression of any C++ type, where a list of them is given. As Expr in its use by threads.
class AnyExpr {
  public:
    template <class E>
        requires detail::is_expression<E>
    AnyExpr(const E& expression)  // NOLINT: stands for every expression
        : core_(expression.core()) {}
    [[nodiscard]] const sql::Expression& core() const noexcept { return core_; }

  private:
    sql::Expression core_;
};

/// One end of a window's frame. A plain value, but for the expression that it may hold; one thread
/// at a time. SQLAlchemy: a number or None in `rows=(…, …)`, `FrameClause`.
class FrameBound {
  public:
    using Place = sql::WindowFrame::Place;
    /// As the first end: from the partition's first row on; as the second: to its last one.
    FrameBound() noexcept = default;
    /// So many rows before the current one where it is negative, behind it where it is positive; 0
    /// is the current row.
    FrameBound(std::int64_t distance) noexcept  // NOLINT: stands for it, as in SQLAlchemy
        : place_(distance < 0    ? Place::preceding
                 : distance == 0 ? Place::current_row
                                 : Place::following),
          distance_(distance < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(distance)
                                 : static_cast<std::uint64_t>(distance)) {}
    /// See preceding() and following().
    FrameBound(Place place, sql::Expression distance) noexcept
        : place_(place), computed_(std::move(distance)) {}

    /// What it is as the frame's first or second end.
    [[nodiscard]] sql::WindowFrame::Bound as(bool first) const noexcept {
        const Place unbounded = first ? Place::unbounded_preceding : Place::unbounded_following;
        return {place_.value_or(unbounded), computed_.node != nullptr, distance_};
    }
    /// The distance, where it is an expression; else without a node.
    [[nodiscard]] const sql::Expression& computed() const noexcept { return computed_; }

  private:
    std::optional<Place> place_;
    std::uint64_t distance_ = 0;
    sql::Expression computed_;
};

/// `preceding(interval)`: an end of a RANGE at a distance that is no whole number of rows.
template <class E>
[[nodiscard]] FrameBound preceding(E&& distance) {
    return {FrameBound::Place::preceding,
            sql::to_expression(detail::operand(static_cast<E&&>(distance)))};
}
template <class E>
[[nodiscard]] FrameBound following(E&& distance) {
    return {FrameBound::Place::following,
            sql::to_expression(detail::operand(static_cast<E&&>(distance)))};
}

/// The rows of its partition that a window function looks at: `Frame{-2, 0}`, `Frame{{}, {}}`. One
/// thread at a time. SQLAlchemy: `rows=(-2, 0)`, `(None, None)`.
struct Frame {
    FrameBound from{};
    FrameBound to{0};
};

/// Which of its rows a frame leaves out.
using Exclude = sql::WindowFrame::Exclude;

/// What a window function looks at:
///
///     func::sum(x).over({.partition_by = {team}, .order_by = {day.desc()}, .rows = Frame{-6, 0}})
///
/// One thread at a time. SQLAlchemy: the arguments of `over`.
struct Window {
    std::vector<AnyExpr> partition_by{};
    std::vector<Ordering> order_by{};
    std::optional<Frame> rows{};    ///< counted in rows
    std::optional<Frame> range_{};  ///< by the distance of what ORDER BY orders by
    std::optional<Frame> groups{};  ///< counted in groups of rows that ORDER BY takes for equal
    Exclude exclude = Exclude::nothing;
};

namespace sql {

/// A construct of these operands. \param word see Form
[[nodiscard]] AZOTH_EXPORT Expression compose(Form form, Operands operands, const Type& result,
                                              std::string_view word = {});
/// function() without a check of the name: "@…" is the library's own, whatever a database calls it.
[[nodiscard]] AZOTH_EXPORT Expression known_function(std::string_view name, Operands arguments,
                                                     const Type& result);
/// Throws ArgumentError where more than one frame is given, or EXCLUDE without one.
[[nodiscard]] AZOTH_EXPORT Expression over(const Expression& function, const Window& window);
/// \param form within_group or aggregate_order_by; throws ArgumentError for no ordering
[[nodiscard]] AZOTH_EXPORT Expression ordered(Form form, const Expression& function,
                                              std::initializer_list<Ordering> orderings,
                                              const Type& result);

}  // namespace sql

/// A call of a function. As Expr in its use by threads. SQLAlchemy: `FunctionElement`.
template <class T>
class Function : public Expr<T> {
  public:
    using Expr<T>::Expr;

    /// AGGREGATE(…) FILTER (WHERE …): over the rows for which all conditions hold. MariaDB gets a
    /// CASE in the aggregate's argument. SQLAlchemy: `filter`.
    template <class... Cs>
    [[nodiscard]] Function filter(const Cs&... conditions) const {
        static_assert(sizeof...(Cs) > 0, "filter() needs a condition: filter(users.age > 18)");
        const Expr<bool> all = and_(conditions...);
        return Function(sql::compose(sql::Form::filter,
                                     {sql::Operand::of(this->core_), sql::Operand::of(all.core())},
                                     this->type()));
    }
    /// FUNCTION(…) OVER (…): for each row, over a window of rows around it. SQLAlchemy: `over`.
    [[nodiscard]] Expr<T> over(const Window& window = {}) const {
        return Expr<T>(sql::over(this->core_, window));
    }
    /// AGGREGATE(… ORDER BY …): in this order it takes its rows. SQLAlchemy:
    /// `aggregate_order_by`.
    template <class... Os>
    [[nodiscard]] Function aggregate_order_by(const Os&... orderings) const {
        return Function(sql::ordered(sql::Form::aggregate_order_by, this->core_,
                                     {Ordering(orderings)...}, this->type()));
    }
};

}  // namespace azoth::inline v0
