// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/column.hpp>
#include <azoth/orm/result.hpp>
#include <azoth/sql/builder.hpp>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace azoth::inline v0 {

template <class S, class... Es>
class Bundle;

namespace orm {

/// The untyped half of a bundle. A counted handle to an immutable description, safe to copy in any
/// thread.
class AZOTH_EXPORT BundleCore {
  public:
    BundleCore(const std::string& name, std::initializer_list<sql::Selected> columns);
    [[nodiscard]] const sql::Expression& core() const noexcept { return core_; }
    [[nodiscard]] const std::string& name() const noexcept;
    /// Throws NoSuchColumnError that lists the columns there are.
    [[nodiscard]] sql::Expression column(std::string_view name) const;

  private:
    sql::Expression core_;
    std::vector<sql::Expression> columns_;
};

namespace detail {

template <class E>
inline constexpr bool is_bundle = false;
template <class S, class... Es>
inline constexpr bool is_bundle<Bundle<S, Es...>> = true;

template <class E>
constexpr void require_bundled() {
    static_assert(azoth::detail::is_expression<E>,
                  "bundle() takes a name and columns: bundle(\"point\", col<&T::x>, col<&T::y>)");
    if constexpr (azoth::detail::is_expression<E>)
        static_assert(!is_handle<azoth::detail::operand_t<E>>,
                      "a bundle groups columns; a whole object is a value already: select it "
                      "beside the bundle");
}
template <class S, class... Ts>
constexpr void require_made_of() {
    static_assert(
        requires { S{std::declval<row_value_t<Ts>>()...}; } && std::is_default_constructible_v<S>,
        "bundle<S>() needs a struct with one member for each column, in their order, that braces "
        "can initialise without narrowing, or with nothing in them");
}

}  // namespace detail
}  // namespace orm

/// A named group of columns that comes as one value of type S in each row. A counted handle, safe
/// to copy in any thread. SQLAlchemy: `Bundle`.
///
/// Its columns are expressions like any others: `p.c<0>()`, `p.c<double>("x")`. It may hold
/// further bundles. Executed by a Session.
template <class S, class... Es>
class Bundle : public ExpressionOf<orm::Bundled<S, detail::operand_t<Es>...>> {
  public:
    /// See bundle().
    explicit Bundle(std::string name, const Es&... columns)
        : bundle_(std::move(name), {{&columns.core(), sql::shape_of<detail::operand_t<Es>>()}...}),
          columns_(columns...) {}

    /// The column, or the bundle, at a position.
    template <std::size_t I>
        requires(I < sizeof...(Es))
    [[nodiscard]] const auto& c() const {
        return std::get<I>(columns_);
    }
    /// A column by name, as an expression of C++ type T. Throws NoSuchColumnError.
    template <class T>
    [[nodiscard]] Expr<T> c(std::string_view name) const {
        detail::require_sql_type<T>();
        return Expr<T>(bundle_.column(name));
    }
    [[nodiscard]] const std::string& name() const noexcept { return bundle_.name(); }
    [[nodiscard]] const sql::Expression& core() const noexcept { return bundle_.core(); }

  private:
    orm::BundleCore bundle_;
    std::tuple<Es...> columns_;
};

/// Columns that come as one struct: `select(bundle<Point>("p", col<&T::x>, col<&T::y>))` has rows
/// of Point{x, y}.
template <class S, class... Es>
[[nodiscard]] Bundle<S, Es...> bundle(std::string name, const Es&... columns) {
    (orm::detail::require_bundled<Es>(), ...);
    if constexpr ((detail::is_expression<Es> && ...))
        orm::detail::require_made_of<S, detail::operand_t<Es>...>();
    return Bundle<S, Es...>(std::move(name), columns...);
}
namespace orm::detail {
template <class... Es>
[[nodiscard]] auto bundle_of_row(std::string name, const Es&... columns) {
    return Bundle<Row<row_value_t<azoth::detail::operand_t<Es>>...>, Es...>(std::move(name),
                                                                            columns...);
}
}  // namespace orm::detail
/// The same as a Row, which unpacks by structured bindings: `bundle("p", col<&T::x>, col<&T::y>)`.
template <class E, class... Es>
    requires(detail::is_expression<E>)
[[nodiscard]] auto bundle(std::string name, const E& column, const Es&... columns) {
    orm::detail::require_bundled<E>();
    (orm::detail::require_bundled<Es>(), ...);
    return orm::detail::bundle_of_row(std::move(name), column, columns...);
}

}  // namespace azoth::inline v0
