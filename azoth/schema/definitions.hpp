// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/schema/column_options.hpp>
#include <azoth/sql/from.hpp>

#include <optional>
#include <string>
#include <vector>

/// What a table consists of besides its columns, as data. Column pointers are to columns of the
/// table that owns the definition, and live as long as it.
namespace azoth::inline v0::schema {

/// A name, and whether the program gave it or a naming convention made it: a made one is shortened
/// where a database has a limit, a given one refused. A plain value.
struct ItemName {
    std::string text{};
    bool made = false;
};

/// What DDL needs of a column beyond its node. A plain value.
struct ColumnDetails {
    std::optional<bool> autoincrement{};  ///< nothing: where the table's rule says so
    std::optional<sql::Expression> server_default{};
    std::string comment{};
    bool typed = false;  ///< its C++ type decides whether it accepts NULL
};

struct KeyDefinition {  ///< a primary key or a unique constraint; a plain value
    ItemName name{};
    std::vector<const sql::ColumnNode*> columns{};
    std::optional<bool> deferrable{};
    std::string initially{};
};

struct CheckDefinition {  ///< a plain value
    ItemName name{};
    sql::Expression condition{};
};

/// A foreign key, its target by name because the target may be defined later. A plain value.
struct ForeignKeyDefinition {
    ItemName name{};
    std::vector<const sql::ColumnNode*> columns{};
    std::string target_schema{};
    std::string target_table{};
    std::vector<std::string> target_columns{};
    ForeignKeyOptions options{};  ///< its words checked and in capitals
};

struct IndexDefinition {  ///< a plain value
    ItemName name{};
    std::vector<sql::Expression> elements{};  ///< columns, expressions, orderings of either
    bool unique = false;
    std::optional<sql::Expression> where{};
    std::string postgresql_using{};
};

/// Those parts of a table that hold expressions, and so handles to columns of the table itself.
/// They stand beside the table, owned by its MetaData and by Table handles: inside it they would
/// keep it alive for ever. One thread at a time while the table is defined, immutable from then on.
struct TableExpressions {
    std::vector<CheckDefinition> checks{};
    std::vector<IndexDefinition> indexes{};
};

}  // namespace azoth::inline v0::schema
