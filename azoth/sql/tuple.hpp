// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/window.hpp>

#include <initializer_list>
#include <tuple>

namespace azoth::inline v0 {

namespace sql {

/// `(a, b) IN ((1, 2), …)`. \param types one for each member \param values of all tuples, in order
[[nodiscard]] AZOTH_EXPORT Expression in_tuples(const Expression& tuple, std::vector<Type> types,
                                                const Values& values, bool negated);
/// The query's columns as one side of a comparison of tuples. Throws ArgumentError where they are
/// not as many as the tuple has members.
[[nodiscard]] AZOTH_EXPORT Expression in_rows(const Expression& tuple, const Expression& rows,
                                              bool negated);

}  // namespace sql

/// Several expressions that are compared as one: `tuple_(a, b).in({{1, "x"}, {2, "y"}})`,
/// `tuple_(a, b) < std::tuple(1, "x")`, also in ORDER BY where the database
/// orders by rows (not SQLite). As Expr in its use by
/// threads. SQLAlchemy: `tuple_`, `Tuple`.
template <class... Ts>
class Tuple {
  public:
    using value_type = std::tuple<detail::unwrap_optional_t<Ts>...>;
    /// bool, or optional<bool> where a member can be NULL.
    using Condition = detail::condition_t<Expr<Ts>...>;

    explicit Tuple(sql::Expression core) : core_(std::move(core)) {}
    [[nodiscard]] const sql::Expression& core() const noexcept { return core_; }

    /// IN over tuples of values; none at all is false.
    [[nodiscard]] Condition in(std::initializer_list<value_type> choices) const {
        return among(choices, false);
    }
    [[nodiscard]] Condition not_in(std::initializer_list<value_type> choices) const {
        return among(choices, true);
    }
    /// IN over a range of tuples, or over a SELECT of as many columns.
    template <class R>
    [[nodiscard]] Condition in(const R& choices) const {
        return among(choices, false);
    }
    template <class R>
    [[nodiscard]] Condition not_in(const R& choices) const {
        return among(choices, true);
    }

  private:
    template <class R>
    [[nodiscard]] Condition among(const R& choices, bool negated) const {
        if constexpr (requires { choices.rows(); }) {
            return Condition(sql::in_rows(core_, choices.rows(), negated));
        } else {
            Values values;
            for (const value_type& choice : choices)
                std::apply([&](const auto&... members) { (values.push(to_value(members)), ...); },
                           choice);
            return Condition(sql::in_tuples(
                core_, {detail::type_for<detail::unwrap_optional_t<Ts>>()...}, values, negated));
        }
    }

    sql::Expression core_;
};

/// Expressions and values as one.
template <class... Es>
[[nodiscard]] auto tuple_(const Es&... members) {
    static_assert(sizeof...(Es) > 1, "a tuple has two members or more");
    return Tuple<detail::operand_t<Es>...>(
        sql::compose(sql::Form::tuple, {detail::operand(members)...}, Type()));
}

namespace detail {

template <class... Ts>
[[nodiscard]] Tuple<Ts...> as_tuple(const Tuple<Ts...>& tuple) {
    return tuple;
}
template <class... Ts>
[[nodiscard]] auto as_tuple(const std::tuple<Ts...>& values) {
    return std::apply([](const auto&... members) { return tuple_(members...); }, values);
}

template <class... Ls, class... Rs>
[[nodiscard]] auto compare_tuples(sql::Op op, const Tuple<Ls...>& left, const Tuple<Rs...>& right) {
    static_assert(sizeof...(Ls) == sizeof...(Rs), "tuples of different lengths are compared");
    if constexpr (sizeof...(Ls) == sizeof...(Rs)) (require_comparable<Expr<Ls>, Expr<Rs>>(), ...);
    return condition_t<Expr<Ls>..., Expr<Rs>...>(sql::binary(op, sql::Operand::of(left.core()),
                                                             sql::Operand::of(right.core()),
                                                             plain_type(TypeKind::boolean)));
}

}  // namespace detail

#define AZOTH_COMPARE_TUPLES(symbol, op)                                           \
    template <class... Ls, class R>                                                \
        requires requires(const R& right) { detail::as_tuple(right); }             \
    [[nodiscard]] auto operator symbol(const Tuple<Ls...>& left, const R& right) { \
        return detail::compare_tuples(sql::Op::op, left, detail::as_tuple(right)); \
    }
AZOTH_COMPARE_TUPLES(==, equal)
AZOTH_COMPARE_TUPLES(!=, not_equal)
AZOTH_COMPARE_TUPLES(<, less)
AZOTH_COMPARE_TUPLES(<=, less_equal)
AZOTH_COMPARE_TUPLES(>, greater)
AZOTH_COMPARE_TUPLES(>=, greater_equal)
#undef AZOTH_COMPARE_TUPLES

}  // namespace azoth::inline v0
