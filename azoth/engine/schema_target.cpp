// SPDX-License-Identifier: MIT
#include <azoth/engine/dialect.hpp>
#include <azoth/engine/schema_target.hpp>
#include <azoth/sql/schema_places.hpp>

namespace azoth::inline v0::engine {

const schema::DDLCompiler& SchemaTarget::ddl() const {
    return connection_.dialect().ddl(schemas_.empty() ? sql::Schemas::named : sql::Schemas::open);
}

std::string_view SchemaTarget::dialect() const {
    return connection_.dialect().name();
}

void SchemaTarget::run(const std::string& sql) {
    if (schemas_.empty()) return connection_.exec_driver_sql(sql);
    connection_.exec_driver_sql(
        sql::fill_schemas(sql, schemas_, connection_.dialect().capabilities()));
}

bool SchemaTarget::has_table(std::string_view schema, std::string_view name) {
    return has(connection_.dialect().has_table_query(), schema, name);
}

bool SchemaTarget::has_type(std::string_view schema, std::string_view name) {
    const auto query = connection_.dialect().has_type_query();
    return !query.empty() && has(query, schema, name);
}

bool SchemaTarget::has(std::string_view query, std::string_view schema, std::string_view name) {
    const auto statement = text(query).columns<std::int64_t>();
    return connection_.execute(statement, {{"schema", schemas_.translate(schema)}, {"name", name}})
        .first()
        .has_value();
}

}  // namespace azoth::inline v0::engine
