// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/schema/table_object.hpp>
#include <azoth/schema/told_change.hpp>

#include <vector>

namespace azoth::inline v0::schema {

/// Creates tables with their types, indexes, comments and foreign keys. All of the SQL is written
/// before any of it runs, so that what can't be written changes nothing.
void create_tables(std::vector<Ref<const TableObject>> tables, const ToldChange& change);

/// Drops tables, and the types that no other table of their MetaData uses.
void drop_tables(std::vector<Ref<const TableObject>> tables, const ToldChange& change);

}  // namespace azoth::inline v0::schema
