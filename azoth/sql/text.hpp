// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/builder.hpp>
#include <azoth/sql/select.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0 {

/// A value for a named parameter: `{"y", 5}`. A plain value.
struct NamedArgument {
    template <class T>
    NamedArgument(std::string parameter, const T& argument)
        : name(std::move(parameter)), value(to_value(argument)), type(detail::type_for<T>()) {}
    NamedArgument(std::string parameter, std::nullptr_t) : name(std::move(parameter)) {}

    std::string name;
    Value value;
    Type type;
};
/// Values for the named parameters of one execution: `{{"x", 1}, {"y", "two"}}`.
using Parameters = std::vector<NamedArgument>;

/// A placeholder that gets its value by name at execution. SQLAlchemy: `bindparam`.
/// \param name without the colon
template <class T>
[[nodiscard]] Expr<T> bindparam(std::string name) {
    return Expr<T>(sql::named_bind(std::move(name), detail::type_for<T>()));
}

namespace sql {

/// The untyped part of text statements.
class AZOTH_EXPORT TextCore : public Statement {
  protected:
    explicit TextCore(std::string_view sql);
    explicit TextCore(const Statement& statement) : Statement(statement) {}
    void add_columns(const std::vector<std::pair<Type, Shape>>& columns);
    /// Throws ArgumentError for a column with values: the text has no place for them.
    void add_named_columns(std::initializer_list<Selected> columns);
    [[nodiscard]] FromClause as_named_subquery(std::string_view name) const;
    [[nodiscard]] FromClause as_named_cte(std::string_view name) const;

  private:
    void require_names(std::string_view call) const;
};

}  // namespace sql

/// SQL written by hand, with `:name` placeholders. `Ts` are the C++ types of its columns, none for
/// dynamic rows. As Select in its use by threads. SQLAlchemy: `TextClause`, `TextualSelect`.
template <class... Ts>
class TextStatement : public sql::TextCore, public sql::RowsOf<Ts...> {
  public:
    /// See text().
    explicit TextStatement(std::string_view sql)
        requires(sizeof...(Ts) == 0)
        : sql::TextCore(sql) {}

    /// Says what C++ types the columns have, in order.
    template <class... Us>
    [[nodiscard]] TextStatement<Us...> columns() const {
        (detail::require_sql_type<Us>(), ...);
        TextStatement<Us...> result(static_cast<const sql::Statement&>(*this));
        result.add_columns({{detail::type_for<Us>(), sql::shape_of<Us>()}...});
        return result;
    }
    /// Says which columns they are, in order: columns of tables, members and, executed by a
    /// Session, whole classes (`entity<User>`). SQLAlchemy: `TextClause.columns`.
    template <class... Es>
        requires(sizeof...(Es) > 0 && (detail::is_expression<Es> && ...))
    [[nodiscard]] auto columns(const Es&... names) const {
        TextStatement<detail::operand_t<Es>...> result(static_cast<const sql::Statement&>(*this));
        result.add_named_columns({{&names.core(), sql::shape_of<detail::operand_t<Es>>()}...});
        return result;
    }
    /// As Select::execution_options.
    [[nodiscard]] TextStatement execution_options(const StatementOptions& options) const {
        TextStatement result(*this);
        result.set_execution_options(options);
        return result;
    }
    /// This query as a FROM object, whose columns are called as columns() says. Throws
    /// ArgumentError where it named none, or two of one name.
    [[nodiscard]] Subquery<Ts...> subquery(std::string_view name = {}) const {
        return Subquery<Ts...>(this->as_named_subquery(name));
    }
    /// The same as a common table expression.
    [[nodiscard]] Cte<Ts...> cte(std::string_view name = {}) const {
        return Cte<Ts...>(this->as_named_cte(name));
    }

  private:
    template <class...>
    friend class TextStatement;
    explicit TextStatement(const sql::Statement& statement) : sql::TextCore(statement) {}
};

/// SQL text as a statement: `conn.execute(text("select x from t where y > :y"), {{"y", 5}})`.
///
/// `:name` is a placeholder, except in quotes (also PostgreSQL's E'…' and $tag$…$tag$), in comments
/// and directly behind a word (`x[a:b]`); `::` is left alone, `\:` is a colon. Names are made of
/// ASCII letters, digits and _. Everything else goes to the database as it is: never build it from
/// values. Throws ArgumentError for an unfinished quote or comment and for a name of other
/// characters.
[[nodiscard]] inline TextStatement<> text(std::string_view sql) {
    return TextStatement<>(sql);
}

/// A piece of SQL text as an expression of C++ type T. SQLAlchemy: `literal_column`.
template <class T>
[[nodiscard]] Expr<T> literal_column(std::string sql) {
    return Expr<T>(sql::fragment(std::move(sql), detail::type_for<T>()));
}

}  // namespace azoth::inline v0
