// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/operators.hpp>

namespace azoth::inline v0 {

/// One branch of case_(): a condition and the value for it. Made by when().
template <class T>
struct When {
    sql::Expression condition;
    sql::Expression value;
};

/// `when(users.age < 18, "minor")`.
template <class C, class V>
[[nodiscard]] auto when(C&& condition, V&& value) {
    detail::require_condition<C>();
    return When<detail::operand_t<V>>{
        sql::to_expression(detail::operand(static_cast<C&&>(condition))),
        sql::to_expression(detail::operand(static_cast<V&&>(value)))};
}

/// CASE WHEN …: without ELSE it can be NULL, so its type is optional; else_() gives it a value for
/// all other rows. One thread at a time. SQLAlchemy: `case`.
template <class T>
class Case : public Expr<std::optional<T>> {
  public:
    explicit Case(std::vector<sql::WhenThen> branches)
        : Expr<std::optional<T>>(sql::case_of({}, branches, {}, detail::type_for<T>())),
          branches_(std::move(branches)) {}

    /// ELSE value: NULL is no longer possible, unless a value can be.
    template <class V>
    [[nodiscard]] auto else_(V&& value) const {
        detail::require_comparable<Expr<T>, V>();
        using Result =
            detail::make_optional_t<T, detail::is_optional<detail::operand_t<V>> ||
                                           detail::is_null_literal<detail::operand_t<V>>>;
        return Expr<Result>(sql::case_of(
            {}, branches_, sql::to_expression(detail::operand(static_cast<V&&>(value))),
            detail::type_for<T>()));
    }

  private:
    std::vector<sql::WhenThen> branches_;
};

/// CASE with the given branches, tried in order.
template <class T, class... Ts>
[[nodiscard]] auto case_(When<T> first, When<Ts>... rest) {
    using Plain = detail::unwrap_optional_t<T>;
    static_assert((detail::same_family<Plain, detail::unwrap_optional_t<Ts>>() && ...),
                  "the values of a CASE are of one type: convert them with cast<T>()");
    std::vector<sql::WhenThen> branches;
    branches.emplace_back(std::move(first.condition), std::move(first.value));
    (branches.emplace_back(std::move(rest.condition), std::move(rest.value)), ...);
    return Case<Plain>(std::move(branches));
}

}  // namespace azoth::inline v0
