// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/builder.hpp>
#include <azoth/sql/for_update.hpp>
#include <azoth/sql/statement_enums.hpp>

#include <string_view>
#include <tuple>
#include <utility>

namespace azoth::inline v0 {

template <class... Ts>
class Select;
template <class... Ts>
class Compound;
template <class... Ts>
class Cte;

namespace detail {

template <std::size_t I, class... Ts>
using nth_t = std::tuple_element_t<I, std::tuple<Ts...>>;

/// The column-access members that subqueries and CTEs share.
template <class... Ts>
class DerivedTable : public FromClause {
  public:
    explicit DerivedTable(FromClause from) : FromClause(std::move(from)) {}
    using FromClause::c;

    /// The column that the selected expression `original` became: `sq[users.id]`.
    /// Throws NoSuchColumnError where it was not selected.
    template <class E>
        requires is_expression<E>
    [[nodiscard]] auto operator[](const E& original) const {
        return Expr<operand_t<E>>(sql::column_for(node(), original.core()));
    }
    /// The column at a position of the select list, with its type.
    template <std::size_t I>
        requires(I < sizeof...(Ts))
    [[nodiscard]] auto get() const {
        return Expr<nth_t<I, Ts...>>(sql::column_at(node(), I));
    }
};

}  // namespace detail

/// A SELECT used as a FROM object. A counted handle, safe to copy in any thread.
/// SQLAlchemy: `Subquery`.
template <class... Ts>
class Subquery : public detail::DerivedTable<Ts...> {
    using detail::DerivedTable<Ts...>::DerivedTable;
};

/// A common table expression. A counted handle, safe to copy in any thread. SQLAlchemy: `CTE`.
template <class... Ts>
class Cte : public detail::DerivedTable<Ts...> {
    using detail::DerivedTable<Ts...>::DerivedTable;

  public:
    /// For a recursive CTE: the anchor UNION ALL the part that refers to this CTE. Use the result
    /// in place of this one.
    template <class... Us>
    [[nodiscard]] Cte union_all(const Select<Us...>& recursive) const {
        static_assert(sizeof...(Us) == 0 || sizeof...(Us) == sizeof...(Ts),
                      "both parts of a recursive CTE select the same number of columns");
        return Cte(sql::recursive_cte(*this, sql::CompoundOp::union_all, recursive));
    }
    /// SQL text before the parentheses of the CTE: `prefix_with("MATERIALIZED", "postgresql")`; the
    /// program uses the result in place of this one. SQLAlchemy: `CTE.prefix_with`.
    [[nodiscard]] Cte prefix_with(std::string_view text, std::string_view dialect = {}) const {
        return Cte(sql::cte_with_text(*this, text, dialect, true));
    }
    /// SQL text behind them: `suffix_with("SEARCH DEPTH FIRST BY id SET order", "postgresql")`.
    /// SQLAlchemy: `CTE.suffix_with`.
    [[nodiscard]] Cte suffix_with(std::string_view text, std::string_view dialect = {}) const {
        return Cte(sql::cte_with_text(*this, text, dialect, false));
    }
    /// As union_all, but equal rows come once, which ends the recursion over cyclic data.
    template <class... Us>
    [[nodiscard]] Cte union_(const Select<Us...>& recursive) const {
        static_assert(sizeof...(Us) == 0 || sizeof...(Us) == sizeof...(Ts),
                      "both parts of a recursive CTE select the same number of columns");
        return Cte(sql::recursive_cte(*this, sql::CompoundOp::union_, recursive));
    }
};

/// What SELECT and compound selects have in common.
template <class Derived, class... Ts>
class Selectable : public sql::Statement {
  public:
    /// ORDER BY; several calls add up. Takes expressions and orderings (`x.desc()`).
    template <class... Os>
    [[nodiscard]] Derived order_by(const Os&... orderings) const& {
        return copy().order_by(orderings...);
    }
    template <class... Os>
    [[nodiscard]] Derived order_by(const Os&... orderings) && {
        (this->add(sql::Clause::order_by, sql::Operand::of(orderings.core())), ...);
        return self();
    }
    /// At most this many rows; a later call replaces an earlier one. Throws ArgumentError for a
    /// negative count.
    [[nodiscard]] Derived limit(std::int64_t count) const& { return copy().limit(count); }
    [[nodiscard]] Derived limit(std::int64_t count) && {
        this->set_limit(sql::Clause::limit, count);
        return self();
    }
    /// Skips this many rows.
    [[nodiscard]] Derived offset(std::int64_t count) const& { return copy().offset(count); }
    [[nodiscard]] Derived offset(std::int64_t count) && {
        this->set_limit(sql::Clause::offset, count);
        return self();
    }

    /// A number that the database computes, or a bindparam().
    template <class E>
        requires detail::is_expression<E>
    [[nodiscard]] Derived limit(const E& count) const {
        static_assert(detail::is_number<detail::bare_t<E>>(), "limit() takes a number");
        Derived result = copy();
        result.set_limit(sql::Clause::limit, sql::Expression(count.core()));
        return result;
    }
    template <class E>
        requires detail::is_expression<E>
    [[nodiscard]] Derived offset(const E& count) const {
        static_assert(detail::is_number<detail::bare_t<E>>(), "offset() takes a number");
        Derived result = copy();
        result.set_limit(sql::Clause::offset, sql::Expression(count.core()));
        return result;
    }
    /// FETCH FIRST so many rows, in place of limit(): `fetch(10, {.with_ties = true})`. Where the
    /// database has no such clause, a plain one is a LIMIT. Throws ArgumentError as limit() does.
    /// SQLAlchemy: `fetch`.
    [[nodiscard]] Derived fetch(std::int64_t count, const sql::FetchOptions& options = {}) const {
        Derived result = copy();
        result.set_fetch(count, options);
        return result;
    }
    /// The rows from `start` up to but not with `stop`. SQLAlchemy: `slice`.
    [[nodiscard]] Derived slice(std::int64_t start, std::int64_t stop) const {
        return copy().limit(stop - start).offset(start);
    }
    /// Puts a CTE in, also where nothing refers to it. Throws ArgumentError for what is none.
    /// SQLAlchemy: `add_cte`.
    [[nodiscard]] Derived add_cte(const FromClause& cte) const {
        Derived result = copy();
        result.put_cte(cte);
        return result;
    }

    /// How the statement is executed, where engine and connection say nothing else; of a subquery
    /// it counts for nothing. SQLAlchemy: `Executable.execution_options`.
    [[nodiscard]] Derived execution_options(const StatementOptions& options) const {
        Derived result = copy();
        result.set_execution_options(options);
        return result;
    }

    /// This query as a FROM object; without a name the compiler gives it one (anon_1).
    [[nodiscard]] Subquery<Ts...> subquery(std::string_view name = {}) const {
        return Subquery<Ts...>(this->as_subquery(name, false));
    }
    /// This query as a FROM object that may look at what stands before it in FROM. SQLAlchemy:
    /// `lateral`.
    [[nodiscard]] Subquery<Ts...> lateral(std::string_view name = {}) const {
        return Subquery<Ts...>(this->as_subquery(name, true));
    }
    /// This query as a common table expression.
    [[nodiscard]] Cte<Ts...> cte(std::string_view name = {}, bool recursive = false) const {
        return Cte<Ts...>(this->as_cte(name, recursive));
    }
    /// This query as a value; NULL where it finds no row, hence optional.
    [[nodiscard]] auto scalar_subquery() const {
        static_assert(sizeof...(Ts) <= 1, "a scalar subquery selects exactly one column");
        if constexpr (sizeof...(Ts) == 1) {
            using T = detail::unwrap_optional_t<detail::nth_t<0, Ts...>>;
            return Expr<std::optional<T>>(this->as_element(0));
        } else {
            return Expr<Any>(this->as_element(0));
        }
    }
    /// EXISTS (this query).
    [[nodiscard]] Expr<bool> exists() const { return Expr<bool>(this->as_element(1)); }
    /// The right side of IN; used by `Expr::in`.
    [[nodiscard]] sql::Expression expression() const { return this->as_element(2); }
    /// The same of several columns; used by `Tuple::in`.
    [[nodiscard]] sql::Expression rows() const { return this->as_element(3); }

  protected:
    [[nodiscard]] Derived copy() const { return static_cast<const Derived&>(*this); }
    [[nodiscard]] Derived self() { return std::move(static_cast<Derived&>(*this)); }

  private:
    friend Derived;
    explicit Selectable(std::initializer_list<sql::Selected> columns) : sql::Statement(columns) {}
    explicit Selectable(const sql::Statement& statement) : sql::Statement(statement) {}
    explicit Selectable(sql::Statement&& statement) : sql::Statement(std::move(statement)) {}
};

namespace detail {
template <class... Ts>
struct scalar_of {};
template <class T>
struct scalar_of<T> {
    using scalar_type = T;
};
template <>
struct scalar_of<> {
    using scalar_type = Any;
};
}  // namespace detail

/// What `join<…>()` joins: `static const R& target()`, where R is a FromClause and has
/// `R of_type(const FromClause&) const`. Defined by the layer above that knows what its arguments
/// mean (azoth/orm/select.hpp).
template <auto... Path>
struct JoinPath;

/// A SELECT whose rows are `Row<Ts...>`; `Select<>` has rows whose types only the program knows.
/// One thread at a time while it is built; finished, any number of threads may execute it.
/// Every method gives a new statement; on a temporary the work is done in place.
/// SQLAlchemy: `Select`.
template <class... Ts>
class Select : public Selectable<Select<Ts...>, Ts...>,
               public sql::RowsOf<Ts...>,
               public detail::scalar_of<Ts...> {
    using Base = Selectable<Select<Ts...>, Ts...>;
    template <class...>
    friend class Select;

  public:
    /// An empty SELECT to which columns are added; see `select()`.
    Select() : Base(std::initializer_list<sql::Selected>{}) {}

    /// WHERE; several calls and several conditions are joined by AND.
    template <class... Cs>
    [[nodiscard]] Select where(Cs&&... conditions) const& {
        return Select(*this).where(static_cast<Cs&&>(conditions)...);
    }
    template <class... Cs>
    [[nodiscard]] Select where(Cs&&... conditions) && {
        (detail::require_condition<Cs>(), ...);
        (this->add_condition(sql::Clause::where, detail::operand(static_cast<Cs&&>(conditions))),
         ...);
        return std::move(*this);
    }
    /// GROUP BY; several calls add up.
    template <class... Es>
    [[nodiscard]] Select group_by(const Es&... expressions) const& {
        return Select(*this).group_by(expressions...);
    }
    template <class... Es>
    [[nodiscard]] Select group_by(const Es&... expressions) && {
        (this->add(sql::Clause::group_by, sql::Operand::of(expressions.core())), ...);
        return std::move(*this);
    }
    /// HAVING; several conditions are joined by AND.
    template <class... Cs>
    [[nodiscard]] Select having(Cs&&... conditions) const& {
        return Select(*this).having(static_cast<Cs&&>(conditions)...);
    }
    template <class... Cs>
    [[nodiscard]] Select having(Cs&&... conditions) && {
        (detail::require_condition<Cs>(), ...);
        (this->add_condition(sql::Clause::having, detail::operand(static_cast<Cs&&>(conditions))),
         ...);
        return std::move(*this);
    }
    /// SELECT DISTINCT.
    [[nodiscard]] Select distinct() const& { return Select(*this).distinct(); }
    [[nodiscard]] Select distinct() && {
        this->set_distinct();
        return std::move(*this);
    }
    /// SELECT DISTINCT ON (…): of rows that are equal in these the first one in order.
    /// PostgreSQL's. SQLAlchemy: `distinct_on`.
    template <class... Es>
    [[nodiscard]] Select distinct_on(const Es&... expressions) const {
        Select result(*this);
        (result.add(sql::Clause::distinct, sql::Operand::of(expressions.core())), ...);
        return result;
    }
    /// SQL text behind SELECT, for one dialect or, without its name, for all. The text goes to the
    /// database as it is: never build it from values. SQLAlchemy: `prefix_with`.
    [[nodiscard]] Select prefix_with(std::string_view text, std::string_view dialect = {}) const {
        return hinted(sql::Clause::prefix, text, dialect);
    }
    /// SQL text at the statement's end. SQLAlchemy: `suffix_with`.
    [[nodiscard]] Select suffix_with(std::string_view text, std::string_view dialect = {}) const {
        return hinted(sql::Clause::suffix, text, dialect);
    }
    /// SQL text behind a FROM object: `with_hint(orders, "USE INDEX (placed)", "mariadb")`.
    /// SQLAlchemy: `with_hint`.
    [[nodiscard]] Select with_hint(const FromClause& from, std::string_view text,
                                   std::string_view dialect = {}) const {
        return hinted(sql::Clause::hint, text, dialect, &from);
    }
    /// SQL text behind all clauses. SQLAlchemy: `with_statement_hint`.
    [[nodiscard]] Select with_statement_hint(std::string_view text,
                                             std::string_view dialect = {}) const {
        return hinted(sql::Clause::statement_hint, text, dialect);
    }
    /// As a subquery it refers to these of the query around it and selects from all others; without
    /// any, to none. Said by itself, it refers to all that it mentions. SQLAlchemy: `correlate`.
    template <class... Fs>
    [[nodiscard]] Select correlate(const Fs&... froms) const {
        Select result(*this);
        result.set_correlation(sql::Correlation::only, {static_cast<const FromClause*>(&froms)...});
        return result;
    }
    /// As a subquery it refers to all of the query around it but these. SQLAlchemy:
    /// `correlate_except`.
    template <class... Fs>
    [[nodiscard]] Select correlate_except(const Fs&... froms) const {
        Select result(*this);
        result.set_correlation(sql::Correlation::all_except,
                               {static_cast<const FromClause*>(&froms)...});
        return result;
    }
    /// SELECT … FOR UPDATE: locks the rows that are read; a later call replaces an earlier one.
    /// Throws ArgumentError for `nowait` with `skip_locked`, when it is compiled CompileError for
    /// one of `of` that is not in FROM. SQLAlchemy: `with_for_update`.
    [[nodiscard]] Select with_for_update(const ForUpdate& lock = {}) const& {
        return Select(*this).with_for_update(lock);
    }
    [[nodiscard]] Select with_for_update(const ForUpdate& lock = {}) && {
        this->set_lock(lock);
        return std::move(*this);
    }
    /// Puts a FROM object in, also where no column of it is selected.
    [[nodiscard]] Select select_from(const FromClause& from) const& {
        return Select(*this).select_from(from);
    }
    [[nodiscard]] Select select_from(const FromClause& from) && {
        this->add_from(from);
        return std::move(*this);
    }
    /// JOIN target; ON is the one foreign key between target and what stands in FROM.
    /// Throws NoForeignKeysError or AmbiguousForeignKeysError when the statement is compiled.
    [[nodiscard]] Select join(const FromClause& target) const& {
        return Select(*this).join(target);
    }
    [[nodiscard]] Select join(const FromClause& target) && { return joined(target, 0); }
    /// JOIN target ON condition.
    [[nodiscard]] Select join(const FromClause& target, const Expr<bool>& on) const& {
        return Select(*this).join(target, on);
    }
    [[nodiscard]] Select join(const FromClause& target, const Expr<bool>& on) && {
        return joined(target, 0, &on.core());
    }
    /// LEFT OUTER JOIN. Columns of the target can be NULL then: select them as `nullable(column)`.
    [[nodiscard]] Select outer_join(const FromClause& target) const& {
        return Select(*this).outer_join(target);
    }
    [[nodiscard]] Select outer_join(const FromClause& target) && { return joined(target, 1); }
    [[nodiscard]] Select outer_join(const FromClause& target, const Expr<bool>& on) const& {
        return Select(*this).outer_join(target, on);
    }
    [[nodiscard]] Select outer_join(const FromClause& target, const Expr<bool>& on) && {
        return joined(target, 1, &on.core());
    }
    /// FULL OUTER JOIN, where the database has it.
    [[nodiscard]] Select full_outer_join(const FromClause& target, const Expr<bool>& on) const& {
        return Select(*this).full_outer_join(target, on);
    }
    [[nodiscard]] Select full_outer_join(const FromClause& target, const Expr<bool>& on) && {
        return joined(target, 2, &on.core());
    }
    /// CROSS JOIN.
    [[nodiscard]] Select cross_join(const FromClause& target) const& {
        return Select(*this).cross_join(target);
    }
    [[nodiscard]] Select cross_join(const FromClause& target) && { return joined(target, 3); }

    /// JOIN along what a layer above names by template arguments: `join<&User::addresses>()`.
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] Select join() const& {
        return Select(*this).template join<Path...>();
    }
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] Select join() && {
        return joined(JoinPath<Path...>::target(), 0);
    }
    /// The same, to an alias of what it leads to.
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] Select join(const FromClause& target) const& {
        return Select(*this).template join<Path...>(target);
    }
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] Select join(const FromClause& target) && {
        return joined(JoinPath<Path...>::target().of_type(target), 0);
    }
    /// The same, given as a value: `join(rel<&User::addresses>)`.
    template <template <auto...> class Named, auto... Path>
    [[nodiscard]] Select join(Named<Path...>) const& {
        return Select(*this).template join<Path...>();
    }
    template <template <auto...> class Named, auto... Path>
    [[nodiscard]] Select join(Named<Path...>) && {
        return joined(JoinPath<Path...>::target(), 0);
    }
    /// The same with a condition besides. SQLAlchemy: `join(User.addresses.and_(…))`.
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] Select join(const Expr<bool>& besides) const& {
        return Select(*this).template join<Path...>(besides);
    }
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] Select join(const Expr<bool>& besides) && {
        return joined(JoinPath<Path...>::target(), 0, &besides.core());
    }
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] Select join(const FromClause& target, const Expr<bool>& besides) const& {
        return Select(*this).template join<Path...>(target, besides);
    }
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] Select join(const FromClause& target, const Expr<bool>& besides) && {
        return joined(JoinPath<Path...>::target().of_type(target), 0, &besides.core());
    }
    /// LEFT OUTER JOIN along the same.
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] Select outer_join() const& {
        return Select(*this).template outer_join<Path...>();
    }
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] Select outer_join() && {
        return joined(JoinPath<Path...>::target(), 1);
    }
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] Select outer_join(const FromClause& target) const& {
        return Select(*this).template outer_join<Path...>(target);
    }
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] Select outer_join(const FromClause& target) && {
        return joined(JoinPath<Path...>::target().of_type(target), 1);
    }
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] Select outer_join(const Expr<bool>& besides) const& {
        return Select(*this).template outer_join<Path...>(besides);
    }
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] Select outer_join(const Expr<bool>& besides) && {
        return joined(JoinPath<Path...>::target(), 1, &besides.core());
    }
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] Select outer_join(const FromClause& target, const Expr<bool>& besides) const& {
        return Select(*this).template outer_join<Path...>(target, besides);
    }
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] Select outer_join(const FromClause& target, const Expr<bool>& besides) && {
        return joined(JoinPath<Path...>::target().of_type(target), 1, &besides.core());
    }
    template <template <auto...> class Named, auto... Path>
    [[nodiscard]] Select outer_join(Named<Path...>) const& {
        return Select(*this).template outer_join<Path...>();
    }
    template <template <auto...> class Named, auto... Path>
    [[nodiscard]] Select outer_join(Named<Path...>) && {
        return joined(JoinPath<Path...>::target(), 1);
    }

    /// FULL OUTER JOIN along the same, where the database has it.
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] Select full_outer_join() const& {
        return Select(*this).template full_outer_join<Path...>();
    }
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] Select full_outer_join() && {
        return joined(JoinPath<Path...>::target(), 2);
    }
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] Select full_outer_join(const FromClause& target) const& {
        return Select(*this).template full_outer_join<Path...>(target);
    }
    template <auto... Path>
        requires(sizeof...(Path) > 0)
    [[nodiscard]] Select full_outer_join(const FromClause& target) && {
        return joined(JoinPath<Path...>::target().of_type(target), 2);
    }

    /// The rows come from another statement: a text(), a union of selects, or a statement of the
    /// Core, INSERT, UPDATE and DELETE with RETURNING among them. What this one selects is found
    /// among that one's columns, by column, else by name. Nothing can be added but options().
    /// Executed by a Session, which throws ArgumentError for what isn't there. SQLAlchemy:
    /// `Select.from_statement`.
    [[nodiscard]] Select from_statement(const sql::Statement& statement) const& {
        return Select(*this).from_statement(statement);
    }
    [[nodiscard]] Select from_statement(const sql::Statement& statement) && {
        this->add_source(statement);
        return std::move(*this);
    }

    /// How what objects lead to is loaded: `options(selectinload<&User::addresses>())`; of options
    /// that say something of the same relationship the last one counts. Takes what
    /// azoth/orm/loader_options.hpp makes. SQLAlchemy: `Select.options`.
    template <class... Os>
    [[nodiscard]] Select options(const Os&... options) const& {
        return Select(*this).options(options...);
    }
    template <class... Os>
    [[nodiscard]] Select options(const Os&... options) && {
        (this->add(sql::Clause::option, sql::Operand::of(options.core())), ...);
        return std::move(*this);
    }

    /// Adds columns to the select list; the row type grows with them. On a dynamic `Select<>` it
    /// stays dynamic.
    template <class... Es>
    [[nodiscard]] auto add_columns(const Es&... columns) const {
        using Result = std::conditional_t<sizeof...(Ts) == 0, Select<>,
                                          Select<Ts..., detail::operand_t<Es>...>>;
        Result result(static_cast<const sql::Statement&>(*this));
        result.add_all(sql::Clause::column,
                       {{&columns.core(), sql::shape_of<detail::operand_t<Es>>()}...});
        return result;
    }
    /// Adds a column of run-time choice to a dynamic Select.
    template <class E>
        [[nodiscard]] Select add_column(const E& column) &&
        requires(sizeof...(Ts) == 0 && detail::is_expression<E>) {
            this->add(sql::Clause::column, sql::Operand::of(column.core()),
                      sql::shape_of<detail::operand_t<E>>());
            return std::move(*this);
        }
        /// The same query with another select list.
        template <class... Es>
        [[nodiscard]] auto with_only_columns(const Es&... columns) const {
        Select<detail::operand_t<Es>...> result(static_cast<const sql::Statement&>(*this));
        result.clear_columns();
        result.add_all(sql::Clause::column,
                       {{&columns.core(), sql::shape_of<detail::operand_t<Es>>()}...});
        return result;
    }
    /// A dynamic Select with the types that the program knows. Throws ArgumentError where their
    /// number is not that of the columns, a column's SQL type travels in another form than the C++
    /// type, or a column that accepts NULL meets a type other than std::optional. What a column of
    /// unknown type or an expression holds is checked when rows arrive.
    template <class... Us>
    [[nodiscard]] Select<Us...> typed() const
        requires(sizeof...(Ts) == 0)
    {
        (detail::require_sql_type<Us>(), ...);
        Select<Us...> result(static_cast<const sql::Statement&>(*this));
        result.retype({{sql::shape_of<Us>(), detail::pretty_type<Us>()}...});
        return result;
    }

  private:
    explicit Select(const sql::Statement& statement) : Base(statement) {}
    explicit Select(std::initializer_list<sql::Selected> columns) : Base(columns) {}
    [[nodiscard]] Select hinted(sql::Clause clause, std::string_view text, std::string_view dialect,
                                const FromClause* about = nullptr) const {
        Select result(*this);
        result.add_hint(clause, text, dialect, about);
        return result;
    }
    [[nodiscard]] Select joined(const FromClause& target, int type,
                                const sql::Expression* on = nullptr) {
        this->add_join(target, type, on);
        return std::move(*this);
    }

    template <class... Es>
    friend auto select(const Es&... columns);
};

/// UNION and its relatives. As a Select without FROM and WHERE. SQLAlchemy: `CompoundSelect`.
template <class... Ts>
class Compound : public Selectable<Compound<Ts...>, Ts...>,
                 public sql::RowsOf<Ts...>,
                 public detail::scalar_of<Ts...> {
  public:
    explicit Compound(sql::Statement&& statement)
        : Selectable<Compound<Ts...>, Ts...>(std::move(statement)) {}
};

namespace detail {

template <class E>
concept WholeTable = std::derived_from<E, FromClause>;

template <class... Es>
constexpr bool all_typed() {
    return ((is_expression<Es> && !is_any<operand_t<Es>>) && ...) && sizeof...(Es) > 0;
}
template <bool Typed, class... Es>
struct select_of {
    using type = Select<>;
};
template <class... Es>
struct select_of<true, Es...> {
    using type = Select<operand_t<Es>...>;
};

}  // namespace detail

/// SELECT of expressions: `select(users.id, users.name)` has rows of their types. With a whole
/// table or a column of run-time type among them the rows are dynamic. SQLAlchemy: `select`.
template <class... Es>
[[nodiscard]] auto select(const Es&... columns) {
    static_assert(((detail::is_expression<Es> || detail::WholeTable<Es>) && ...),
                  "select() takes columns, other expressions, and tables; wrap a plain value in "
                  "literal(value)");
    using Result = typename detail::select_of<detail::all_typed<Es...>(), Es...>::type;
    if constexpr ((detail::is_expression<Es> && ...)) {
        return Result({{&columns.core(), sql::shape_of<detail::operand_t<Es>>()}...});
    } else {
        Result result;
        const auto add = [&](const auto& column) {
            using E = std::remove_cvref_t<decltype(column)>;
            if constexpr (detail::WholeTable<E>)
                result.add_all_columns(column);
            else
                result.add(sql::Clause::column, sql::Operand::of(column.core()),
                           sql::shape_of<detail::operand_t<E>>());
        };
        (add(columns), ...);
        return result;
    }
}

namespace detail {

template <class... Ts>
std::type_identity<Compound<Ts...>> compound_of(const Select<Ts...>&);
template <class... Ts>
std::type_identity<Compound<Ts...>> compound_of(const Compound<Ts...>&);

template <class First, class... Rest>
[[nodiscard]] auto compound(sql::CompoundOp op, const First& first, const Rest&... rest) {
    using Result = typename decltype(compound_of(first))::type;
    static_assert((std::same_as<Result, typename decltype(compound_of(rest))::type> && ...),
                  "the members of a UNION select columns of the same C++ types, in the same order");
    const sql::Statement* const members[] = {&first, &rest...};
    return Result(sql::make_compound(op, members, 1 + sizeof...(Rest)));
}

}  // namespace detail

/// Rows of all members, equal ones once. The members select the same C++ types.
template <class... Ss>
[[nodiscard]] auto union_(const Ss&... members) {
    return detail::compound(sql::CompoundOp::union_, members...);
}
/// Rows of all members.
template <class... Ss>
[[nodiscard]] auto union_all(const Ss&... members) {
    return detail::compound(sql::CompoundOp::union_all, members...);
}
/// Rows that every member has.
template <class... Ss>
[[nodiscard]] auto intersect(const Ss&... members) {
    return detail::compound(sql::CompoundOp::intersect, members...);
}
/// Rows of the first member that no other has.
template <class... Ss>
[[nodiscard]] auto except_(const Ss&... members) {
    return detail::compound(sql::CompoundOp::except_, members...);
}

/// As intersect(), a row as often as every member has it. SQLAlchemy: `intersect_all`.
template <class... Ss>
[[nodiscard]] auto intersect_all(const Ss&... members) {
    return detail::compound(sql::CompoundOp::intersect_all, members...);
}
/// As except_(), a row as often as the first member has it more than the others. SQLAlchemy:
/// `except_all`.
template <class... Ss>
[[nodiscard]] auto except_all(const Ss&... members) {
    return detail::compound(sql::CompoundOp::except_all, members...);
}

/// EXISTS (select …).
template <class S>
[[nodiscard]] Expr<bool> exists(const S& query) {
    return query.exists();
}

}  // namespace azoth::inline v0
