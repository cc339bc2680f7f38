// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/event.hpp>
#include <azoth/schema/ddl.hpp>
#include <azoth/schema/metadata.hpp>
#include <azoth/schema/table.hpp>

#include <string_view>
#include <vector>

/// The events of tables and of collections of them, for `event::listen` on a Table or a MetaData.
namespace azoth::inline v0 {

class Connection;

namespace schema {
class Target;
}

namespace event {

/// What is created or dropped, as listeners see it. Used by the thread that creates or drops.
struct AZOTH_EXPORT SchemaChange {
    const MetaData& metadata;
    const Table* table;  ///< whose event it is; null: it is its MetaData's
    /// The tables that are created or dropped, in that order; of an event of a table, this one.
    /// With `checkfirst` those that exist, or don't, are left out.
    const std::vector<Table>& tables;
    bool checkfirst;
    Connection* connection;  ///< that it happens on; null for what create_mock_engine() gave
    schema::Target& target;  ///< where DDL runs; for the library

    /// Where it happens: "postgresql".
    [[nodiscard]] std::string_view dialect() const;
    /// Executes DDL there, about `table` unless it is against() another. SQLAlchemy:
    /// `connection.execute(ddl)`.
    void execute(const DDL& ddl) const;
};

/// Of which objects the events below tell.
struct SchemaScope {};
#define AZOTH_SchemaScope "tables and collections of them (of a Table or a MetaData)"

/// Where the listeners are kept; an alias has those of its table.
[[nodiscard]] AZOTH_EXPORT Place place_of(const Table& table, SchemaScope scope);
[[nodiscard]] AZOTH_EXPORT Place place_of(const MetaData& metadata, SchemaScope scope);

// Those of a MetaData come around those of its tables, once for each create_all and drop_all, also
// where all tables exist (or none); Table::create and drop tell of the table alone. What listeners
// throw ends the creating or dropping and goes to its caller.

/// Tables are about to be created; of a MetaData, before types and all else.
AZOTH_DEFINE_EVENT(before_create, SchemaScope, 0, (const SchemaChange&));
/// A table was created, with its indexes and comments; of a MetaData, all of it.
AZOTH_DEFINE_EVENT(after_create, SchemaScope, 1, (const SchemaChange&));
/// Tables are about to be dropped; of a MetaData, before all else.
AZOTH_DEFINE_EVENT(before_drop, SchemaScope, 2, (const SchemaChange&));
/// A table was dropped; of a MetaData, all of it, with the types.
AZOTH_DEFINE_EVENT(after_drop, SchemaScope, 3, (const SchemaChange&));

}  // namespace event
}  // namespace azoth::inline v0
