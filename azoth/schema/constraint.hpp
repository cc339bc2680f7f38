// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/schema/table.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Constraints and indexes over several columns. Each is a member of a typed table, or a variable
/// beside a dynamic one:
///
///     UniqueConstraint key{*this, {name, email}};
///     Index recent{*this, {created.desc()}, {.where = deleted == false}};
///
/// What they describe belongs to the table. In an alias of the table they do nothing.
namespace azoth::inline v0 {

namespace schema {

/// A column of the table, as itself or by name. A plain value.
class ColumnArgument {
  public:
    template <class T>
    ColumnArgument(const Expr<T>& column) : expression_(column.core()) {}  // NOLINT: an argument
    ColumnArgument(std::string_view name) : name_(name) {}                 // NOLINT: an argument
    ColumnArgument(const char* name) : name_(name) {}                      // NOLINT: an argument

    /// Without a node where only the name is known.
    [[nodiscard]] const sql::Expression& expression() const noexcept { return expression_; }
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

  private:
    sql::Expression expression_;
    std::string name_;
};

/// What an index orders by: a column, an expression, either of them descending. A plain value.
class IndexElement {
  public:
    template <class T>
    IndexElement(const Expr<T>& expression) : argument_(expression) {}  // NOLINT: an argument
    IndexElement(const Ordering& ordering)                              // NOLINT: an argument
        : argument_(Expr<Any>(ordering.core())) {}
    IndexElement(std::string_view name) : argument_(name) {}  // NOLINT: an argument
    IndexElement(const char* name) : argument_(name) {}       // NOLINT: an argument

    [[nodiscard]] const ColumnArgument& argument() const noexcept { return argument_; }

  private:
    ColumnArgument argument_;
};

}  // namespace schema

/// Name and time of checking of a constraint. A plain value.
struct ConstraintOptions {
    std::string name{};                ///< empty: the naming convention's, or the database's choice
    std::optional<bool> deferrable{};  ///< may it be checked at the commit?
    std::string initially{};           ///< "DEFERRED" or "IMMEDIATE"
};

/// What an index may be besides its columns. A plain value.
struct IndexOptions {
    std::string name{};  ///< empty: by the naming convention
    bool unique = false;
    Expr<bool> where{};              ///< a partial index: only rows where this holds
    std::string postgresql_using{};  ///< the access method, such as "gin"
};

/// A constraint or index of a table: base of the classes below. As thread-safe as its table.
class AZOTH_EXPORT TableItem {
  public:
    /// Its name in the database, by the naming convention where none was given; empty where the
    /// database chooses it, and in an alias.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

  protected:
    TableItem() = default;
    std::string name_;
};

/// The primary key over several columns, where it needs a name; `primary_key` at the columns says
/// the same otherwise. SQLAlchemy: `PrimaryKeyConstraint`. Threads as TableItem.
class AZOTH_EXPORT PrimaryKeyConstraint : public TableItem {
  public:
    /// Throws ArgumentError for a nullable column of C++ type std::optional, for one of another
    /// table, and where the columns themselves say otherwise.
    PrimaryKeyConstraint(Table& table, std::initializer_list<schema::ColumnArgument> columns,
                         const ConstraintOptions& options = {});
};

/// The values of these columns together are different in all rows. SQLAlchemy: `UniqueConstraint`.
/// Threads as TableItem.
class AZOTH_EXPORT UniqueConstraint : public TableItem {
  public:
    /// Throws ArgumentError for no column, one twice, or one of another table.
    UniqueConstraint(Table& table, std::initializer_list<schema::ColumnArgument> columns,
                     const ConstraintOptions& options = {});
};

/// A condition that every row meets. SQLAlchemy: `CheckConstraint`. Threads as TableItem.
class AZOTH_EXPORT CheckConstraint : public TableItem {
  public:
    /// `CheckConstraint adult{*this, age >= 18}`. Throws ArgumentError for a condition that
    /// mentions another table or a subquery.
    CheckConstraint(Table& table, const Expr<bool>& condition, std::string name = {});
};

/// A foreign key of several columns. SQLAlchemy: `ForeignKeyConstraint`. Threads as TableItem.
class AZOTH_EXPORT ForeignKeyConstraint : public TableItem {
  public:
    /// \param targets as many columns of one other table, as themselves or as "table.column"
    ///
    /// Throws ArgumentError where the numbers differ or the targets are of several tables.
    ForeignKeyConstraint(Table& table, std::initializer_list<schema::ColumnArgument> columns,
                         std::initializer_list<schema::ColumnArgument> targets,
                         const ForeignKeyOptions& options = {});
};

/// An index. SQLAlchemy: `Index`. Threads as TableItem.
class AZOTH_EXPORT Index : public TableItem {
  public:
    /// `Index ix{*this, {email, created.desc(), func::lower(name)}, {.unique = true}}`. Throws
    /// ArgumentError for no element, for one that mentions another table, and for an index over
    /// expressions alone that has no name.
    Index(Table& table, std::initializer_list<schema::IndexElement> elements,
          const IndexOptions& options = {});
};

}  // namespace azoth::inline v0
