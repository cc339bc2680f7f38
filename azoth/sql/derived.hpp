// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/select.hpp>
#include <azoth/sql/window.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

/// FROM objects that are no tables and no queries: rows of values, functions, samples.
namespace azoth::inline v0 {

namespace sql {

/// A column of a FROM object that the program describes. A plain value.
struct NamedType {
    std::string name;
    Type type;
    bool nullable = false;
};

/// Throws ArgumentError for an empty name and for columns of one name.
[[nodiscard]] AZOTH_EXPORT FromClause light_table(std::string_view name, std::string_view schema,
                                                  const std::vector<NamedType>& columns);
/// Throws ArgumentError for no rows. \param cells those of all rows, in order
[[nodiscard]] AZOTH_EXPORT FromClause values_from(std::string_view name,
                                                  const std::vector<NamedType>& columns,
                                                  std::vector<Expression> cells);
[[nodiscard]] AZOTH_EXPORT FromClause function_from(const ComposedFromNode::Words& words,
                                                    const Expression& function,
                                                    std::string_view name,
                                                    const std::vector<NamedType>& columns);
/// Throws ArgumentError for what is no table.
[[nodiscard]] AZOTH_EXPORT FromClause sample_of(const FromClause& table, const Expression& sampling,
                                                const Expression& seed, std::string_view name);

}  // namespace sql

/// A column of a FROM object that the program describes: `column<int>("id")`. A plain value.
/// SQLAlchemy: `column`.
template <class T>
struct ColumnSpecOf {
    std::string name;
    [[nodiscard]] sql::NamedType described() const {
        return {name, detail::type_for<detail::unwrap_optional_t<T>>(), detail::is_optional<T>};
    }
};
template <class T>
[[nodiscard]] ColumnSpecOf<T> column(std::string name) {
    detail::require_sql_type<T>();
    return {std::move(name)};
}

/// A table that the program knows by name only, without metadata: to select from, and to write to
/// by `set(table.c("name"), value)`. A counted handle, safe to copy in any thread. Make it once:
/// each is another table, whose statements are compiled anew. SQLAlchemy: `TableClause`.
template <class... Ts>
class TableClause : public detail::DerivedTable<Ts...> {
    using detail::DerivedTable<Ts...>::DerivedTable;
};
/// `table("logs", column<int>("id"), column<std::string>("line"))`; its columns are `get<0>()` and
/// `c<int>("id")`. \param name "schema.table" is a table of that name: a schema is given apart
template <class... Ts>
[[nodiscard]] TableClause<Ts...> table(std::string_view name, const ColumnSpecOf<Ts>&... columns) {
    return TableClause<Ts...>(sql::light_table(name, {}, {columns.described()...}));
}
/// The same in a schema.
template <class... Ts>
[[nodiscard]] TableClause<Ts...> table_in(std::string_view schema, std::string_view name,
                                          const ColumnSpecOf<Ts>&... columns) {
    return TableClause<Ts...>(sql::light_table(name, schema, {columns.described()...}));
}

/// The columns of rows of values, before the rows: see values(). One thread at a time.
/// SQLAlchemy: `Values`.
template <class... Ts>
class ValuesOf {
  public:
    ValuesOf(std::string_view name, std::vector<sql::NamedType> columns)
        : name_(name), columns_(std::move(columns)) {}

    /// The rows, at least one. Throws ArgumentError for none.
    [[nodiscard]] Subquery<Ts...> data(std::initializer_list<std::tuple<Ts...>> rows) const {
        return of(rows);
    }
    template <class R>
    [[nodiscard]] Subquery<Ts...> data(const R& rows) const {
        return of(rows);
    }

  private:
    template <class R>
    [[nodiscard]] Subquery<Ts...> of(const R& rows) const {
        std::vector<sql::Expression> cells;
        for (const std::tuple<Ts...>& row : rows)
            std::apply(
                [&](const auto&... cell) {
                    (cells.push_back(sql::to_expression(detail::operand(cell))), ...);
                },
                row);
        return Subquery<Ts...>(sql::values_from(name_, columns_, std::move(cells)));
    }

    std::string name_;
    std::vector<sql::NamedType> columns_;
};

/// VALUES (…), (…) as a FROM object, for small tables that travel with the statement:
///
///     const auto v = values("v", column<int>("id"), column<std::string>("name"))
///                        .data({{1, "a"}, {2, "b"}});
///     select(v.get<1>()).join(…)
///
/// Each number of rows is a statement of its own. SQLAlchemy: `values`, with the name first.
template <class... Ts>
[[nodiscard]] ValuesOf<Ts...> values(std::string_view name, const ColumnSpecOf<Ts>&... columns) {
    static_assert(sizeof...(Ts) > 0, "values() needs columns: values(\"v\", column<int>(\"id\"))");
    return ValuesOf<Ts...>(name, {columns.described()...});
}

/// How a function stands in FROM. A plain value. SQLAlchemy: the arguments of `table_valued` and
/// `render_derived`.
struct TableFunctionOptions {
    std::string name{};            ///< empty: the compiler gives one
    bool lateral = false;          ///< it may look at what stands before it in FROM
    bool with_ordinality = false;  ///< one more column, the last: the number of the row
    bool with_types = false;       ///< AS name (column type, …): for functions of any record
};

/// A function that gives rows, as a FROM object:
///
///     const auto n = table_valued(func::call<int>("generate_series", 1, 5), column<int>("n"));
///
/// SQLite names the columns of such functions itself: by those names they are to be called.
/// SQLAlchemy: `FunctionElement.table_valued`.
template <class F, class... Ts>
[[nodiscard]] Subquery<Ts...> table_valued(const Function<F>& function,
                                           const TableFunctionOptions& options,
                                           const ColumnSpecOf<Ts>&... columns) {
    static_assert(sizeof...(Ts) > 0, "table_valued() needs columns: column<int>(\"n\")");
    return Subquery<Ts...>(sql::function_from({.form = sql::FromForm::function,
                                               .lateral = options.lateral,
                                               .with_ordinality = options.with_ordinality,
                                               .typed_columns = options.with_types},
                                              function.core(), options.name,
                                              {columns.described()...}));
}
template <class F, class... Ts>
[[nodiscard]] Subquery<Ts...> table_valued(const Function<F>& function,
                                           const ColumnSpecOf<Ts>&... columns) {
    return table_valued(function, TableFunctionOptions{}, columns...);
}
/// A function that gives one column, as a FROM object; its one column is `get<0>()`. SQLAlchemy:
/// `FunctionElement.column_valued`.
template <class F>
[[nodiscard]] Subquery<F> column_valued(const Function<F>& function, std::string_view name) {
    using Bare = detail::unwrap_optional_t<F>;
    return Subquery<F>(sql::function_from(
        {.form = sql::FromForm::function, .bare_column = true}, function.core(), name,
        {{std::string(name), detail::type_for<Bare>(), detail::is_optional<F>}}));
}

/// Some of a table's rows, chosen by chance: `tablesample(orders, func::call<int>("system", 10))`,
/// PostgreSQL's. It has the table's columns, by name. SQLAlchemy: `tablesample`.
template <class F>
[[nodiscard]] FromClause tablesample(const FromClause& table, const Function<F>& sampling,
                                     std::string_view name = {}) {
    return sql::sample_of(table, sampling.core(), {}, name);
}
/// The same rows for the same seed.
template <class F, class S>
[[nodiscard]] FromClause tablesample(const FromClause& table, const Function<F>& sampling,
                                     const S& seed, std::string_view name) {
    return sql::sample_of(table, sampling.core(), sql::to_expression(detail::operand(seed)), name);
}

}  // namespace azoth::inline v0
