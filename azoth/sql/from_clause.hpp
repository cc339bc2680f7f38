// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/expression.hpp>

#include <string_view>

namespace azoth::inline v0 {

namespace sql {
struct FromNode;
struct ColumnNode;
struct StatementNode;

// Defined in from_clause.cpp, so that users' files need not know the node classes.
[[nodiscard]] AZOTH_EXPORT Expression column_of(const FromNode& from, std::string_view name);
[[nodiscard]] AZOTH_EXPORT Expression column_at(const FromNode& from, std::size_t index);
[[nodiscard]] AZOTH_EXPORT Expression column_for(const FromNode& from, const Expression& original);
}  // namespace sql

/// Whatever can stand in FROM: a table, an alias, a subquery, a CTE. A counted handle to an
/// immutable description; safe to copy in any thread. SQLAlchemy: `FromClause`.
class AZOTH_EXPORT FromClause {
  public:
    explicit FromClause(Ref<const sql::FromNode> node);
    FromClause(const FromClause& other);
    FromClause(FromClause&& other) noexcept;
    FromClause& operator=(const FromClause& other);
    FromClause& operator=(FromClause&& other) noexcept;
    ~FromClause();

    /// A column by name, of a type known at run time only. Throws NoSuchColumnError that lists the
    /// columns there are.
    [[nodiscard]] Expr<Any> c(std::string_view name) const {
        return Expr<Any>(sql::column_of(node(), name));
    }
    /// A column by name whose C++ type is claimed; the claim is checked when rows are read.
    template <class T>
    [[nodiscard]] Expr<T> c(std::string_view name) const {
        detail::require_sql_type<T>();
        return Expr<T>(sql::column_of(node(), name));
    }
    [[nodiscard]] const sql::FromNode& node() const noexcept { return *node_; }

  protected:
    Ref<const sql::FromNode> node_;
};

}  // namespace azoth::inline v0
