// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/schema/constraint.hpp>
#include <azoth/schema/table_object.hpp>

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

/// From what a program writes (columns, names) to what a definition holds.
namespace azoth::inline v0::schema {

/// The columns of `table` that the arguments name, in order. Throws ArgumentError for none, for one
/// twice and for one of another table, NoSuchColumnError for an unknown name.
[[nodiscard]] std::vector<const sql::ColumnNode*> own_columns(
    const TableObject& table, std::initializer_list<ColumnArgument> arguments,
    std::string_view what);

/// A foreign key from `columns` of `table`; its options are those of the first reference.
/// Throws ArgumentError where the targets are of several tables, of another MetaData or no table
/// columns at all, where the numbers differ, and for unknown words in the options.
[[nodiscard]] ForeignKeyDefinition foreign_key_definition(
    const TableObject& table, std::vector<const sql::ColumnNode*> columns,
    const std::vector<ForeignKey>& references);

/// The type of the column that a foreign key refers to; unknown where that isn't defined yet.
[[nodiscard]] Type target_type(const TableObject& table, const ForeignKey& reference);

/// Throws ArgumentError where `type` has no place for every value that the C++ type of column
/// `name` can have, which travels as `kind` and would by itself be kept as `natural`.
void check_type(const TableObject& table, std::string_view name, const Type& type,
                const Type& natural, Kind kind);

/// Throws ArgumentError where the values of the two columns can't be equal.
void check_comparable(const TableObject& table, const sql::ColumnNode& local,
                      const sql::ColumnNode& remote);

/// Checks one of the words of SQL that an option may be, in any case, and returns it in capitals;
/// empty stays empty. So no other SQL can come in this way.
[[nodiscard]] std::string check_word(std::string_view option, std::string_view word,
                                     std::initializer_list<std::string_view> allowed);

/// Calls `visit` for each column that an expression mentions. Throws ArgumentError, naming `what`,
/// for a subquery and for a parameter whose value is not known.
void for_each_column(const sql::Node& node, std::string_view what,
                     const std::function<void(const sql::ColumnNode&)>& visit);

}  // namespace azoth::inline v0::schema
