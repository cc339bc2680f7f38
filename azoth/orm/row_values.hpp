// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/attribute_set.hpp>
#include <azoth/orm/bulk_rows.hpp>
#include <azoth/orm/written_class.hpp>

#include <string>
#include <vector>

namespace azoth::inline v0::orm {

/// The rows that a program gives to an INSERT or UPDATE: what each says about which column (design
/// rule R16). Borrows them. One thread.
class RowValues {
  public:
    /// Throws ArgumentError that names row, class and member for rows of another class, members of
    /// another class or twice in a row, and objects that hold others in their relationships.
    /// \param render_nulls see ExecutionOptions
    RowValues(const WrittenClass& written, const BulkRows& rows, bool render_nulls);

    [[nodiscard]] const Mapper& mapper() const noexcept { return *written_.mapper; }
    [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }
    /// Rows of assignments, not objects.
    [[nodiscard]] bool are_partial() const noexcept { return !holds_objects(); }
    /// "row 3 of insert<User>()", for messages; rows are counted from 1.
    [[nodiscard]] std::string describe(std::size_t row, const char* call) const;

    /// The columns that an INSERT of the row names.
    [[nodiscard]] AttributeSet inserted(std::size_t row) const;
    /// The columns that an UPDATE of the row sets: no key, no version.
    [[nodiscard]] AttributeSet updated(std::size_t row) const;
    /// The row says something about the column.
    [[nodiscard]] bool says(std::size_t row, const Attribute& attribute) const;
    /// Something of it is a SQL expression.
    [[nodiscard]] bool has_expressions(std::size_t row) const;
    /// The SQL expression for a column; null where it is a value.
    [[nodiscard]] const Assignment* expression(std::size_t row, const Attribute& attribute) const;
    /// The value for a column that the row says something about; the first version of a row where
    /// it says nothing about that.
    [[nodiscard]] ValueView value(std::size_t row, const Attribute& attribute) const;

    /// Throws ArgumentError where a foreign key that must lead somewhere is not set: before any
    /// SQL, as a 0 would be sent otherwise.
    /// \param but those whose values come otherwise
    void require_foreign_keys(const AttributeSet& but) const;

  private:
    /// What a PartialRow says of one column.
    struct Cell {
        const Attribute* attribute;
        const Assignment* assignment;
        bool is_expression;
        ValueView value;
    };

    void take_objects();
    void take_partial_rows();
    [[nodiscard]] Cell cell_of(const Assignment& assignment, std::size_t row) const;
    [[nodiscard]] const Cell* cell(std::size_t row, const Attribute& attribute) const;
    [[nodiscard]] const void* object(std::size_t row) const { return rows_.objects[row]; }
    [[nodiscard]] bool holds_objects() const noexcept { return rows_.class_name != nullptr; }

    const WrittenClass written_;
    const BulkRows& rows_;
    const bool render_nulls_;
    AttributeSet given_;
    std::vector<Cell> cells_;              // of all partial rows
    std::vector<std::size_t> first_cell_;  // of each, and the end
};

}  // namespace azoth::inline v0::orm
