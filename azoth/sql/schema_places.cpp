// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/identifier.hpp>
#include <azoth/sql/markers.hpp>
#include <azoth/sql/schema_places.hpp>

namespace azoth::inline v0::sql {

void append_schema(std::string& out, std::string_view schema, Schemas schemas,
                   const Capabilities& capabilities) {
    if (schemas == Schemas::open) {
        if (schema.find(schema_marker) != std::string_view::npos)
            throw IdentifierError("The name of a schema holds the character U+0000");
        out += schema_marker;
        out += schema;
        out += schema_marker;
    } else if (!schema.empty()) {
        append_name(out, schema, capabilities);
        out += '.';
    }
}

bool has_schema_places(std::string_view sql) noexcept {
    return sql.find(schema_marker) != std::string_view::npos;
}

std::string fill_schemas(std::string_view sql, const SchemaTranslateMap& map,
                         const Capabilities& capabilities) {
    std::string filled;
    filled.reserve(sql.size() + sql.size() / 4);
    for (std::size_t at = 0; at < sql.size();) {
        const std::size_t place = sql.find(schema_marker, at);
        filled += sql.substr(at, place - at);
        if (place == std::string_view::npos) break;
        const std::size_t end = sql.find(schema_marker, place + 1);
        append_schema(filled, map.translate(sql.substr(place + 1, end - place - 1)), Schemas::named,
                      capabilities);
        at = end + 1;
    }
    return filled;
}

void fill_schemas(const Compiled& compiled, Arguments& arguments, const SchemaTranslateMap& map,
                  const Capabilities& capabilities) {
    if (!compiled.expanding) arguments.types = compiled.parameter_types;
    arguments.sql =
        fill_schemas(compiled.expanding ? arguments.sql : compiled.sql, map, capabilities);
}

}  // namespace azoth::inline v0::sql
