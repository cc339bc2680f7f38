// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/class_id.hpp>
#include <azoth/sql/builder.hpp>
#include <azoth/types/type.hpp>

#include <optional>
#include <string>
#include <vector>

namespace azoth::inline v0 {

/// What one entry of a select list is. A plain value. SQLAlchemy: an entry of
/// `Select.column_descriptions`.
struct ColumnDescription {
    /// What the result column is called; of an object its class without its namespaces, or the name
    /// of its alias.
    std::string name;
    std::string class_name;  ///< of the entity that it is or belongs to; empty where there is none
    /// That entity: the class, or the alias.
    std::optional<FromClause> entity;
    bool aliased = false;    ///< the entity is an alias
    bool is_object = false;  ///< the whole object, not a column of it
    /// The SQL type as the C++ type has it (the mapping may say more, as String{30}); none of
    /// objects and bundles.
    Type type;
    sql::Expression expr;
};

/// What the rows of a statement hold, as the program wrote it: of SELECT, of a union its first
/// member's, of INSERT, UPDATE and DELETE what they return, of text what columns() says. Needs no
/// model and no database. SQLAlchemy: `column_descriptions`.
[[nodiscard]] AZOTH_EXPORT std::vector<ColumnDescription> column_descriptions(
    const sql::Statement& statement);

}  // namespace azoth::inline v0
