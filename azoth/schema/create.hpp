// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/schema/table_object.hpp>
#include <azoth/schema/target.hpp>

#include <vector>

namespace azoth::inline v0::schema {

/// Creates tables with their types, indexes, comments and foreign keys. All of the SQL is written
/// before any of it runs, so that what can't be written changes nothing.
/// \param checkfirst leave out what exists
void create_tables(Target& target, std::vector<Ref<const TableObject>> tables, bool checkfirst);

/// Drops tables, and the types that no other table of their MetaData uses.
/// \param checkfirst leave out what doesn't exist
void drop_tables(Target& target, std::vector<Ref<const TableObject>> tables, bool checkfirst);

}  // namespace azoth::inline v0::schema
