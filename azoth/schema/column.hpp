// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/schema/table.hpp>
#include <azoth/sql/dml.hpp>

#include <string_view>
#include <utility>

namespace azoth::inline v0 {

namespace schema {

/// What the C++ type of a column asks for. A plain value.
struct ColumnShape {
    Kind kind = Kind::null;
    bool nullable = true;
};

/// Adds a column to a table under construction, or finds that of an alias.
[[nodiscard]] AZOTH_EXPORT sql::Expression define_column(Table& table, std::string_view name,
                                                         const Type& natural_type,
                                                         ColumnShape shape,
                                                         std::initializer_list<OptionRef> options);

template <class T, class... Os>
[[nodiscard]] sql::Expression make_column(Table& table, std::string_view name,
                                          const Os&... options) {
    detail::require_sql_type<T>();
    (check_option<T, Os>(), ...);
    if constexpr (detail::is_sql_type<T>)
        return define_column(
            table, name, detail::type_for<T>(),
            {TypeTraits<detail::unwrap_optional_t<T>>::kind, detail::is_optional<T>},
            {OptionRef{&apply_option<Os>, &options}...});
    else
        return {};
}

}  // namespace schema

/// A column of C++ type T, a member of a typed table. std::optional<T> makes it nullable. As
/// thread-safe as its table. SQLAlchemy: `Column`, `mapped_column`.
///
/// It is an expression (`users.id == 5`). Assigning to it changes nothing but gives what INSERT and
/// UPDATE take: `values(users.name = "sandy", users.age = users.age + 1)`.
template <class T>
class Column : public Expr<T> {
  public:
    /// \param table `*this` of the typed table
    /// \param options in any order: a type where the usual one of T won't do, `primary_key`,
    ///        `unique`, `indexed`, `autoincrement`, `no_autoincrement`, `ForeignKey{…}`,
    ///        `server_default(…)`, `comment("…")`
    ///
    /// Throws ArgumentError, DuplicateColumnError; the table is then taken out of its MetaData, as
    /// its definition has failed.
    template <class... Options>
    Column(Table& table, std::string_view name, const Options&... options)
        : Expr<T>(schema::make_column<T>(table, name, options...)) {}
    Column(const Column&) = default;

    // NOLINTBEGIN(misc-unconventional-assign-operator): assignments are values here
    /// `column = value`: an assignment for INSERT and UPDATE.
    template <class U>
    [[nodiscard]] Assignment operator=(U&& value) const {
        return detail::assign<T>(this->core(), static_cast<U&&>(value));
    }
    /// `column = column`.
    [[nodiscard]] Assignment operator=(const Column& other) const {
        return detail::assign<T>(this->core(), other);
    }
    // NOLINTEND(misc-unconventional-assign-operator)
};

}  // namespace azoth::inline v0
