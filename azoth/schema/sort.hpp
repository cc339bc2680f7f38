// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/schema/table_object.hpp>

#include <vector>

/// Tables in order of their foreign keys.
namespace azoth::inline v0::schema {

/// A foreign key and the table that has it. Borrowed; as long-lived as the table.
struct OwnedForeignKey {
    const TableObject* table;
    const ForeignKeyDefinition* foreign_key;
};

/// Tables, each behind those that it refers to, and what stands in the way of that. A plain value.
struct SortedTables {
    std::vector<Ref<const TableObject>> tables;
    /// The foreign keys that don't count for the order: those with `use_alter`, and those between
    /// tables that refer to each other in a circle.
    std::vector<OwnedForeignKey> set_aside;
    /// The tables of each circle.
    std::vector<std::vector<const TableObject*>> circles;
};

/// Sorts by foreign keys among the given tables, among equals by schema and name, so that the same
/// tables come in the same order always. Those of a circle stand side by side.
/// Throws NoReferencedTableError.
[[nodiscard]] SortedTables sort_with_circles(std::vector<Ref<const TableObject>> tables);

/// The same; throws CircularDependencyError where there is a circle, naming its tables.
/// SQLAlchemy: `sort_tables`.
[[nodiscard]] AZOTH_EXPORT std::vector<Ref<const TableObject>> sort_tables(
    std::vector<Ref<const TableObject>> tables);

}  // namespace azoth::inline v0::schema
