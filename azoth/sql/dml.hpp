// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/select.hpp>

namespace azoth::inline v0 {

template <class T>
class Column;
template <class T>
class Entity;

/// `column = value` for INSERT and UPDATE; made by assigning to a Column or, of a mapped class, to
/// `col<…>`. One thread at a time.
class AZOTH_EXPORT Assignment {
  public:
    Assignment(const sql::Expression& column, const sql::Operand& value);
    Assignment(const Assignment& other);
    Assignment(Assignment&& other) noexcept;
    Assignment& operator=(const Assignment& other);
    Assignment& operator=(Assignment&& other) noexcept;
    ~Assignment();

    /// What a statement takes; borrows from this object.
    [[nodiscard]] sql::Operand operand() const& noexcept {
        return {&core_, false, {}, {}, has_value_ ? &value_ : nullptr};
    }
    /// The same; the statement may take what this object holds.
    [[nodiscard]] sql::Operand operand() && noexcept {
        return {&core_, true, {}, {}, has_value_ ? &value_ : nullptr};
    }

  private:
    sql::Expression core_;
    Value value_;  // of a plain value: a list of one would be an allocation of its own
    bool has_value_ = false;
};

namespace detail {

template <class T, class U>
[[nodiscard]] Assignment assign(const sql::Expression& column, U&& value) {
    using V = operand_t<U>;
    static_assert(known_operand<U>(),
                  "Azoth has no SQL type for the C++ type of this value: convert it to a supported "
                  "type or specialise azoth::TypeTraits<T>");
    static_assert(
        same_family<unwrap_optional_t<T>, bare_t<U>>(),
        "this value cannot be stored in this column: convert it, or write cast<T>(value)");
    static_assert(is_optional<T> || is_any<T> || !is_null_literal<V>,
                  "this column is NOT NULL: declare it as Column<std::optional<T>> to store NULL");
    return Assignment(column, operand(static_cast<U&&>(value)));
}

/// What returning<T>() means.
template <class T>
[[nodiscard]] auto returned_object() {
    static_assert(
        requires { sizeof(Entity<T>); },
        "returning<T>() takes a mapped class: include <azoth/orm.hpp>");
    return Entity<T>();
}

/// `excluded.column` of an upsert.
AZOTH_EXPORT sql::Expression excluded_column(const sql::Expression& column);
/// The statement class after RETURNING: typed where every column is, else dynamic.
template <template <class...> class S, class... Ts>
using returning_t = std::conditional_t<(is_any<Ts> || ...), S<>, S<Ts...>>;

}  // namespace detail

/// `column = value` for a column of run-time type.
template <class U>
[[nodiscard]] Assignment set(const Expr<Any>& column, U&& value) {
    return detail::assign<Any>(column.core(), static_cast<U&&>(value));
}

/// The row that an upsert could not insert: `on_conflict_do_update(…, users.name =
/// excluded(users.name))`.
template <class C>
    requires detail::is_expression<C>
[[nodiscard]] auto excluded(const C& column) {
    return Expr<detail::operand_t<C>>(detail::excluded_column(column.core()));
}

/// Which conflict an upsert answers. One thread at a time. SQLAlchemy: `index_elements`,
/// `constraint`.
class AZOTH_EXPORT ConflictTarget {
  public:
    /// The unique index over these columns.
    template <class... Cs>
    [[nodiscard]] static ConflictTarget of_columns(const Cs&... columns) {
        return of_elements({&columns.core()...});
    }
    /// A constraint by name (PostgreSQL).
    [[nodiscard]] static ConflictTarget of_constraint(std::string name);
    /// For a partial unique index: its condition.
    [[nodiscard]] ConflictTarget where(const Expr<bool>& condition) &&;

    // Not inline, as its members would be felt in every file.
    ConflictTarget();
    ConflictTarget(const ConflictTarget& other);
    ConflictTarget(ConflictTarget&& other) noexcept;
    ConflictTarget& operator=(const ConflictTarget& other);
    ConflictTarget& operator=(ConflictTarget&& other) noexcept;
    ~ConflictTarget();

  private:
    friend class InsertCore;
    [[nodiscard]] static ConflictTarget of_elements(
        std::initializer_list<const sql::Expression*> columns);

    std::vector<sql::Expression> elements_;
    std::string constraint_;
    sql::Expression filter_;
};
/// The unique index over these columns: `index_elements(users.email)`.
template <class... Cs>
[[nodiscard]] ConflictTarget index_elements(const Cs&... columns) {
    return ConflictTarget::of_columns(columns...);
}
/// A unique constraint by name, where the database can (PostgreSQL).
[[nodiscard]] inline ConflictTarget constraint(std::string name) {
    return ConflictTarget::of_constraint(std::move(name));
}

/// The untyped part of INSERT.
class AZOTH_EXPORT InsertCore : public sql::Statement {
  protected:
    explicit InsertCore(const FromClause& table);
    explicit InsertCore(const sql::Statement& statement) : sql::Statement(statement) {}
    /// \param assignments what Assignment::operand() gives, one a column
    void add_row(sql::Operands assignments);
    void add_further_row(sql::Operands assignments);
    void add_target_columns(std::initializer_list<const sql::Expression*> columns);
    void set_source(const sql::Statement& select);
    void set_conflict(ConflictTarget target, bool update, sql::Operands assignments);
};

template <class... Rs>
class Insert;

/// INSERT into named columns whose values come as a range of rows at execution, or from a SELECT.
/// Otherwise as Insert. `Columns` are the columns' C++ types, `Rs` those of RETURNING.
template <class Columns, class... Rs>
class InsertMany;

template <class... Cs, class... Rs>
class InsertMany<std::tuple<Cs...>, Rs...> : public InsertCore {
  public:
    /// RETURNING; the rows come in the order of the rows inserted.
    template <class... Es>
    [[nodiscard]] auto returning(const Es&... columns) const {
        static_assert(!(detail::is_any<detail::operand_t<Es>> || ...),
                      "returning() of an INSERT of many rows needs typed columns: "
                      "table.c<std::int64_t>(\"id\")");
        InsertMany<std::tuple<Cs...>, Rs..., detail::operand_t<Es>...> result(
            static_cast<const sql::Statement&>(*this));
        result.add_all(sql::Clause::returning,
                       {{&columns.core(), sql::shape_of<detail::operand_t<Es>>()}...});
        return result;
    }
    /// INSERT … SELECT.
    template <class... Ts>
    [[nodiscard]] Insert<Rs...> from_select(const Select<Ts...>& query) const {
        static_assert(sizeof...(Ts) == 0 || sizeof...(Ts) == sizeof...(Cs),
                      "from_select() needs a select() of as many columns as are inserted");
        Insert<Rs...> result(static_cast<const sql::Statement&>(*this));
        result.set_source(query);
        return result;
    }
    /// See Insert::on_conflict_do_nothing.
    [[nodiscard]] InsertMany on_conflict_do_nothing(ConflictTarget target = {}) const {
        InsertMany result(*this);
        result.set_conflict(std::move(target), false, {});
        return result;
    }
    /// See Insert::on_conflict_do_update.
    template <class... As>
    [[nodiscard]] InsertMany on_conflict_do_update(ConflictTarget target,
                                                   As&&... assignments) const {
        InsertMany result(*this);
        result.set_conflict(std::move(target), true, {static_cast<As&&>(assignments).operand()...});
        return result;
    }
    /// ON CONFLICT … DO UPDATE only where the condition holds. SQLAlchemy: `where=`.
    [[nodiscard]] InsertMany where(const Expr<bool>& condition) const {
        InsertMany result(*this);
        result.add_condition(sql::Clause::conflict_where, detail::operand(condition));
        return result;
    }

    /// As Select::execution_options.
    [[nodiscard]] InsertMany execution_options(const StatementOptions& options) const {
        InsertMany result(*this);
        result.set_execution_options(options);
        return result;
    }

  private:
    template <class...>
    friend class Insert;
    template <class, class...>
    friend class InsertMany;
    explicit InsertMany(const sql::Statement& statement) : InsertCore(statement) {}
};

/// INSERT. `Rs` are the C++ types of RETURNING. One thread at a time while it is built; finished,
/// any number of threads may execute it. SQLAlchemy: `Insert`.
template <class... Rs>
class Insert : public InsertCore, public sql::RowsOf<Rs...> {
  public:
    explicit Insert(const FromClause& table) : InsertCore(table) {}

    /// One row: `values(users.name = "sandy", users.age = 3)`. Another call adds another row, which
    /// must name the same columns (else ArgumentError). No assignment at all inserts defaults.
    template <class... As>
    [[nodiscard]] Insert values(As&&... assignments) const& {
        return Insert(*this).values(static_cast<As&&>(assignments)...);
    }
    template <class... As>
    [[nodiscard]] Insert values(As&&... assignments) && {
        static_assert((std::same_as<std::remove_cvref_t<As>, Assignment> && ...),
                      "values() takes assignments: users.name = \"sandy\"");
        this->add_row({static_cast<As&&>(assignments).operand()...});
        return std::move(*this);
    }
    using sql::Statement::values;

    /// Columns whose values come at execution, as a range of rows: `conn.execute(insert(users)
    /// .columns(users.name, users.age), rows)`; or from a SELECT.
    template <class... Cs>
    [[nodiscard]] auto columns(const Cs&... names) const {
        static_assert((detail::is_expression<Cs> && ...), "columns() takes columns");
        InsertMany<std::tuple<detail::operand_t<Cs>...>, Rs...> result(
            static_cast<const sql::Statement&>(*this));
        result.add_target_columns({&names.core()...});
        return result;
    }

    /// RETURNING expressions of the inserted row.
    template <class... Es>
    [[nodiscard]] auto returning(const Es&... columns) const {
        detail::returning_t<Insert, Rs..., detail::operand_t<Es>...> result(
            static_cast<const sql::Statement&>(*this));
        result.add_all(sql::Clause::returning,
                       {{&columns.core(), sql::shape_of<detail::operand_t<Es>>()}...});
        return result;
    }
    /// RETURNING objects of mapped classes, which a Session makes: `returning<User>()`.
    template <class... Ts>
        requires(sizeof...(Ts) > 0)
    [[nodiscard]] auto returning() const {
        return returning(detail::returned_object<Ts>()...);
    }
    /// ON CONFLICT DO NOTHING, for any conflict or the named one.
    [[nodiscard]] Insert on_conflict_do_nothing(ConflictTarget target = {}) const {
        Insert result(*this);
        result.set_conflict(std::move(target), false, {});
        return result;
    }
    /// ON CONFLICT (target) DO UPDATE SET assignments. Of a mapped class they may be left out where
    /// the rows are objects: all members are set that each of these sets.
    template <class... As>
    [[nodiscard]] Insert on_conflict_do_update(ConflictTarget target, As&&... assignments) const {
        Insert result(*this);
        result.set_conflict(std::move(target), true, {static_cast<As&&>(assignments).operand()...});
        return result;
    }
    /// ON CONFLICT … DO UPDATE only where the condition holds. SQLAlchemy: `where=`.
    [[nodiscard]] Insert where(const Expr<bool>& condition) const {
        Insert result(*this);
        result.add_condition(sql::Clause::conflict_where, detail::operand(condition));
        return result;
    }

    /// This statement as a common table expression, whose rows are those of RETURNING, where the
    /// database has such (PostgreSQL). SQLAlchemy: `cte`.
    [[nodiscard]] Cte<Rs...> cte(std::string_view name = {}) const {
        return Cte<Rs...>(this->as_cte(name, false));
    }
    /// As Select::add_cte.
    [[nodiscard]] Insert add_cte(const FromClause& cte) const {
        Insert result(*this);
        result.put_cte(cte);
        return result;
    }
    /// As Select::prefix_with, behind INSERT, UPDATE or DELETE.
    [[nodiscard]] Insert prefix_with(std::string_view text, std::string_view dialect = {}) const {
        Insert result(*this);
        result.add_hint(sql::Clause::prefix, text, dialect);
        return result;
    }
    /// As Select::execution_options.
    [[nodiscard]] Insert execution_options(const StatementOptions& options) const {
        Insert result(*this);
        result.set_execution_options(options);
        return result;
    }

  private:
    template <class...>
    friend class Insert;
    template <class, class...>
    friend class InsertMany;
    explicit Insert(const sql::Statement& statement) : InsertCore(statement) {}
};

/// UPDATE. `Rs` are the C++ types of RETURNING; threads as Insert. SQLAlchemy: `Update`.
template <class... Rs>
class Update : public sql::Statement, public sql::RowsOf<Rs...> {
  public:
    explicit Update(const FromClause& table) : sql::Statement(1, table) {}

    /// SET. Several calls add up; one column twice is an ArgumentError.
    template <class... As>
    [[nodiscard]] Update values(As&&... assignments) const& {
        return Update(*this).values(static_cast<As&&>(assignments)...);
    }
    template <class... As>
    [[nodiscard]] Update values(As&&... assignments) && {
        static_assert((std::same_as<std::remove_cvref_t<As>, Assignment> && ...),
                      "values() takes assignments: users.name = \"sandy\"");
        this->add_assignments(sql::Clause::assignment,
                              {static_cast<As&&>(assignments).operand()...});
        return std::move(*this);
    }
    using sql::Statement::values;
    /// WHERE; several are joined by AND. Without one every row is updated.
    template <class... Cs>
    [[nodiscard]] Update where(Cs&&... conditions) const& {
        return Update(*this).where(static_cast<Cs&&>(conditions)...);
    }
    template <class... Cs>
    [[nodiscard]] Update where(Cs&&... conditions) && {
        (detail::require_condition<Cs>(), ...);
        (this->add_condition(sql::Clause::where, detail::operand(static_cast<Cs&&>(conditions))),
         ...);
        return std::move(*this);
    }
    /// RETURNING expressions of the updated rows.
    template <class... Es>
    [[nodiscard]] auto returning(const Es&... columns) const {
        detail::returning_t<Update, Rs..., detail::operand_t<Es>...> result(
            static_cast<const sql::Statement&>(*this));
        result.add_all(sql::Clause::returning,
                       {{&columns.core(), sql::shape_of<detail::operand_t<Es>>()}...});
        return result;
    }
    /// RETURNING objects of mapped classes, which a Session makes: `returning<User>()`.
    template <class... Ts>
        requires(sizeof...(Ts) > 0)
    [[nodiscard]] auto returning() const {
        return returning(detail::returned_object<Ts>()...);
    }

    /// This statement as a common table expression, whose rows are those of RETURNING, where the
    /// database has such (PostgreSQL). SQLAlchemy: `cte`.
    [[nodiscard]] Cte<Rs...> cte(std::string_view name = {}) const {
        return Cte<Rs...>(this->as_cte(name, false));
    }
    /// As Select::add_cte.
    [[nodiscard]] Update add_cte(const FromClause& cte) const {
        Update result(*this);
        result.put_cte(cte);
        return result;
    }
    /// As Select::prefix_with, behind INSERT, UPDATE or DELETE.
    [[nodiscard]] Update prefix_with(std::string_view text, std::string_view dialect = {}) const {
        Update result(*this);
        result.add_hint(sql::Clause::prefix, text, dialect);
        return result;
    }
    /// As Select::execution_options.
    [[nodiscard]] Update execution_options(const StatementOptions& options) const {
        Update result(*this);
        result.set_execution_options(options);
        return result;
    }

  private:
    template <class...>
    friend class Update;
    explicit Update(const sql::Statement& statement) : sql::Statement(statement) {}
};

/// DELETE. `Rs` are the C++ types of RETURNING; threads as Insert. SQLAlchemy: `Delete`.
template <class... Rs>
class Delete : public sql::Statement, public sql::RowsOf<Rs...> {
  public:
    explicit Delete(const FromClause& table) : sql::Statement(2, table) {}

    /// WHERE; several are joined by AND. Without one every row is deleted.
    template <class... Cs>
    [[nodiscard]] Delete where(Cs&&... conditions) const& {
        return Delete(*this).where(static_cast<Cs&&>(conditions)...);
    }
    template <class... Cs>
    [[nodiscard]] Delete where(Cs&&... conditions) && {
        (detail::require_condition<Cs>(), ...);
        (this->add_condition(sql::Clause::where, detail::operand(static_cast<Cs&&>(conditions))),
         ...);
        return std::move(*this);
    }
    /// RETURNING expressions of the deleted rows.
    template <class... Es>
    [[nodiscard]] auto returning(const Es&... columns) const {
        detail::returning_t<Delete, Rs..., detail::operand_t<Es>...> result(
            static_cast<const sql::Statement&>(*this));
        result.add_all(sql::Clause::returning,
                       {{&columns.core(), sql::shape_of<detail::operand_t<Es>>()}...});
        return result;
    }
    /// RETURNING objects of mapped classes, which a Session makes: `returning<User>()`.
    template <class... Ts>
        requires(sizeof...(Ts) > 0)
    [[nodiscard]] auto returning() const {
        return returning(detail::returned_object<Ts>()...);
    }

    /// This statement as a common table expression, whose rows are those of RETURNING, where the
    /// database has such (PostgreSQL). SQLAlchemy: `cte`.
    [[nodiscard]] Cte<Rs...> cte(std::string_view name = {}) const {
        return Cte<Rs...>(this->as_cte(name, false));
    }
    /// As Select::add_cte.
    [[nodiscard]] Delete add_cte(const FromClause& cte) const {
        Delete result(*this);
        result.put_cte(cte);
        return result;
    }
    /// As Select::prefix_with, behind INSERT, UPDATE or DELETE.
    [[nodiscard]] Delete prefix_with(std::string_view text, std::string_view dialect = {}) const {
        Delete result(*this);
        result.add_hint(sql::Clause::prefix, text, dialect);
        return result;
    }
    /// As Select::execution_options.
    [[nodiscard]] Delete execution_options(const StatementOptions& options) const {
        Delete result(*this);
        result.set_execution_options(options);
        return result;
    }

  private:
    template <class...>
    friend class Delete;
    explicit Delete(const sql::Statement& statement) : sql::Statement(statement) {}
};

/// INSERT INTO table. Throws ArgumentError for what is no table.
[[nodiscard]] inline Insert<> insert(const FromClause& table) {
    return Insert<>(table);
}
/// UPDATE table.
[[nodiscard]] inline Update<> update(const FromClause& table) {
    return Update<>(table);
}
/// DELETE FROM table.
[[nodiscard]] inline Delete<> delete_(const FromClause& table) {
    return Delete<>(table);
}

}  // namespace azoth::inline v0
