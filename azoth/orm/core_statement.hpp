// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/mapper.hpp>
#include <azoth/sql/builder.hpp>
#include <azoth/sql/statement.hpp>

#include <cstddef>
#include <span>
#include <utility>

namespace azoth::inline v0::orm {

/// A statement of the Core that the mapper makes for itself, once, and executes with other values
/// each time: it has placeholders without values. One thread at a time while it is built; finished,
/// safe from any thread.
class CoreStatement : public sql::Statement {
  public:
    [[nodiscard]] static CoreStatement select();
    [[nodiscard]] static CoreStatement insert(const schema::TableObject& table);
    [[nodiscard]] static CoreStatement update(const schema::TableObject& table);
    [[nodiscard]] static CoreStatement delete_(const schema::TableObject& table);

    /// Adds the attribute's column to the select list or to RETURNING.
    void column(sql::Clause clause, const Attribute& attribute);
    /// The same of a column that no attribute stands for, as a value of `kind`.
    void column(sql::Clause clause, const sql::ColumnNode& column, Kind kind);
    /// `column = ?` as an assignment, or an INSERT's column whose values come with each row.
    void assign(const sql::ColumnNode& column);
    void assign(const sql::ColumnNode& column, sql::Expression value);
    void assign(const sql::ColumnNode& column, const ValueView& value);
    /// INSERT: a column whose values come with each row of an execution for many.
    void target_column(const sql::ColumnNode& column);
    /// WHERE column = ?
    void where_equal(const sql::ColumnNode& column);
    /// WHERE column = value
    void where_equal(const sql::ColumnNode& column, const ValueView& value);
    /// WHERE a = b
    void where_equal(const sql::ColumnNode& a, const sql::ColumnNode& b);
    /// WHERE column IN (?, …), or (a = ? AND b = ?) OR …, which every database takes.
    /// \param rows how many sets of values, at least one
    void where_one_of(std::span<const sql::ColumnNode* const> columns, std::size_t rows);
    void order_by(const sql::Expression& ordering);
    void from(const sql::FromNode& from);
    void lock(const ForUpdate& lock) { set_lock(lock); }
    void add_item(sql::Item&& item) { own().items.add(std::move(item)); }

    /// The same with values for its placeholders, in their order; they stand before what has values
    /// of its own.
    [[nodiscard]] CoreStatement with(std::span<const ValueView> values) const;

  private:
    using sql::Statement::Statement;
    void add_node(sql::Clause clause, sql::NodeRef node, std::uint32_t values);
};

}  // namespace azoth::inline v0::orm
