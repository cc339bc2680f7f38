// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/bulk_rows.hpp>
#include <azoth/orm/result.hpp>
#include <azoth/sql/dml.hpp>

#include <cstdint>
#include <tuple>
#include <type_traits>

namespace azoth::inline v0 {

class Session;

/// What an INSERT, UPDATE or DELETE that a Session executed gave back: the rows of RETURNING, read
/// whole, objects of mapped classes among them. As ObjectResult in its use by threads. SQLAlchemy:
/// `CursorResult`.
template <class... Rs>
class DmlResult : public ObjectResult<Row<orm::detail::row_value_t<Rs>...>> {
  public:
    /// Without rows; a Session puts them in.
    DmlResult() noexcept
        : ObjectResult<Row<orm::detail::row_value_t<Rs>...>>(
              orm::detail::row_ops<orm::detail::RowFunctions<Rs...>>) {}
    /// Rows inserted, matched or deleted; -1 where the database does not tell.
    [[nodiscard]] std::int64_t rowcount() const noexcept { return rowcount_; }

  private:
    friend class Session;
    std::int64_t rowcount_ = -1;
};

/// The same without RETURNING. A plain value.
template <>
class DmlResult<> {
  public:
    /// As in the general case.
    [[nodiscard]] std::int64_t rowcount() const noexcept { return rowcount_; }

  private:
    friend class Session;
    std::int64_t rowcount_ = -1;
};

namespace orm::detail {

template <class S>
inline constexpr bool is_dml = false;
template <class... Rs>
inline constexpr bool is_dml<Insert<Rs...>> = true;
template <class... Rs>
inline constexpr bool is_dml<Update<Rs...>> = true;
template <class... Rs>
inline constexpr bool is_dml<Delete<Rs...>> = true;

template <class S>
inline constexpr bool is_insert_many = false;
template <class Columns, class... Rs>
inline constexpr bool is_insert_many<InsertMany<Columns, Rs...>> = true;

/// What stands where rows may stand.
template <class S, class Rows>
concept RowsFor = (is_dml<S> || is_insert_many<S>) && !std::is_same_v<Rows, Parameters>;

}  // namespace orm::detail
}  // namespace azoth::inline v0
