// SPDX-License-Identifier: MIT
#include <azoth/schema/events.hpp>
#include <azoth/schema/table_access.hpp>
#include <azoth/schema/target.hpp>

namespace azoth::inline v0::event {

std::string_view SchemaChange::dialect() const {
    return target.dialect();
}

void SchemaChange::execute(const DDL& ddl) const {
    ddl.execute_in(target, table);
}

Place place_of(const Table& table, SchemaScope /*scope*/) {
    return {schema::TableAccess::registry(table)->events(), &table.object()};
}

Place place_of(const MetaData& metadata, SchemaScope /*scope*/) {
    const auto& registry = schema::TableAccess::registry(metadata);
    return {registry->events(), registry.get()};
}

}  // namespace azoth::inline v0::event
