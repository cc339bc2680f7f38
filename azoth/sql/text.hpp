// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/builder.hpp>
#include <azoth/sql/select.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0 {

/// A value for a named parameter, or a list of them: `{"y", 5}`, `{"ids", std::vector{1, 2}}`. A
/// plain value.
struct NamedArgument {
    template <class T>
    NamedArgument(std::string parameter, const T& argument) : name(std::move(parameter)) {
        if constexpr (detail::HasTraits<detail::unwrap_optional_t<T>> || !detail::Iterable<T> ||
                      std::convertible_to<const T&, std::string_view>) {
            value = to_value(argument);
            type = detail::type_for<T>();
        } else {
            for (const auto& element : argument) list.push_back(to_value(element));
            type = detail::type_for<detail::element_t<T>>();
            is_list = true;
        }
    }
    NamedArgument(std::string parameter, std::nullptr_t) : name(std::move(parameter)) {}

    std::string name;
    Value value;
    Type type;
    std::vector<Value> list{};  ///< where it is one
    bool is_list = false;
};
/// Values for the named parameters of one execution: `{{"x", 1}, {"y", "two"}}`.
using Parameters = std::vector<NamedArgument>;

/// How a value reaches the database. A plain value. SQLAlchemy: the arguments of these names.
struct BindOptions {
    /// It is written into the text when the statement is executed, for what a database wants to
    /// know beforehand. The text is another one for each value.
    bool literal_execute = false;
};

/// A placeholder that gets its value by name at execution. SQLAlchemy: `bindparam`.
/// \param name without the colon
template <class T>
[[nodiscard]] Expr<T> bindparam(std::string name, const BindOptions& options = {}) {
    return Expr<T>(sql::named_bind(std::move(name), detail::type_for<T>(),
                                   {.literal_execute = options.literal_execute}));
}
/// The same with a value for executions that give none. SQLAlchemy: `bindparam(name, value)`.
template <class T, class V>
    requires(!std::same_as<V, BindOptions>)
[[nodiscard]] Expr<T> bindparam(std::string name, const V& value, const BindOptions& options = {}) {
    detail::require_comparable<Expr<T>, V>();
    sql::Expression made =
        sql::named_bind(std::move(name), detail::type_for<T>(),
                        {.literal_execute = options.literal_execute, .has_value = true});
    made.values.push(to_value(value));
    return Expr<T>(std::move(made));
}

/// A list of values by name, for IN: `users.id.in(bindparam_list<std::int64_t>("ids"))`. As Expr in
/// its use by threads. SQLAlchemy: `bindparam(name, expanding=True)`.
template <class T>
class ListParameter {
  public:
    using scalar_type = T;
    explicit ListParameter(sql::Expression core) : core_(std::move(core)) {}
    /// Used by `Expr::in`.
    [[nodiscard]] const sql::Expression& expression() const noexcept { return core_; }

  private:
    sql::Expression core_;
};
template <class T>
[[nodiscard]] ListParameter<T> bindparam_list(std::string name, const BindOptions& options = {}) {
    return ListParameter<T>(
        sql::named_bind(std::move(name), detail::type_for<T>(),
                        {.expanding = true, .literal_execute = options.literal_execute}));
}

/// A value that may be written into the text: `literal(4, {.literal_execute = true})`. SQLAlchemy:
/// `literal(value, literal_execute=True)`.
template <class T>
[[nodiscard]] auto literal(const T& value, const BindOptions& options) {
    return Expr<detail::canonical_t<T>>(sql::literal_with(
        detail::type_for<T>(), to_value(value), {.literal_execute = options.literal_execute}));
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
