// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>
#include <azoth/sql/capabilities.hpp>
#include <azoth/sql/compiled.hpp>
#include <azoth/sql/schema_translate_map.hpp>

#include <string>
#include <string_view>

/// SQL text in which the schemas are still open: it is compiled once for all schema_translate_maps
/// and filled in for each execution.
///
/// A place is the schema's name between two NUL characters. No identifier, no literal and no text
/// of the program's can hold one, so that nothing else is ever taken for a place.
namespace azoth::inline v0::sql {

/// Whether SQL is written with the schemas that tables name, or with places for them.
enum class Schemas : std::uint8_t { named, open };

/// Appends what stands before the name of something that is in this schema.
AZOTH_EXPORT void append_schema(std::string& out, std::string_view schema, Schemas schemas,
                                const Capabilities& capabilities);

[[nodiscard]] AZOTH_EXPORT bool has_schema_places(std::string_view sql) noexcept;

/// Fills the places. Throws IdentifierError for a schema that the database can't name.
[[nodiscard]] std::string fill_schemas(std::string_view sql, const SchemaTranslateMap& map,
                                       const Capabilities& capabilities);
/// As above, in the arguments of one execution, which become those of a text of their own.
void fill_schemas(const Compiled& compiled, Arguments& arguments, const SchemaTranslateMap& map,
                  const Capabilities& capabilities);

}  // namespace azoth::inline v0::sql
