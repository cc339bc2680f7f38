// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/counted.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0 {

/// Which schemas stand for those that tables name: one program, one MetaData, and the tables of
/// many tenants. Immutable and safe from any thread; copies share what they hold.
///
///     engine.execution_options({.schema_translate_map = {{"", "tenant_7"}, {"shared",
///     "common"}}});
///
/// The empty schema is that of tables that name none (SQLAlchemy's None); as a translation it means
/// the connection's default. Schemas that are not mentioned stay as they are.
/// SQLAlchemy: the execution option `schema_translate_map`.
class AZOTH_EXPORT SchemaTranslateMap {
  public:
    /// One of its lines. Borrowed; a plain value.
    struct Entry {
        std::string_view schema;       ///< as tables name it
        std::string_view translation;  ///< where they are
    };

    /// Says nothing: what else says something holds.
    SchemaTranslateMap() noexcept = default;
    /// Throws ArgumentError for a schema that is mentioned twice, IdentifierError for a name with a
    /// NUL character.
    SchemaTranslateMap(std::initializer_list<Entry> entries);
    /// As above, of a number of entries that is known at run time.
    explicit SchemaTranslateMap(const std::vector<Entry>& entries);

    /// A map that says that there is none: it takes back an engine's for one connection.
    [[nodiscard]] static SchemaTranslateMap none();

    /// Whether it says something, if only that there is none.
    [[nodiscard]] bool is_given() const noexcept { return translations_ != nullptr; }
    /// Whether it leaves all schemas as they are.
    [[nodiscard]] bool empty() const noexcept;
    /// Where tables are that name this schema. Valid as long as the map and `schema`.
    [[nodiscard]] std::string_view translate(std::string_view schema) const noexcept;

  private:
    Ref<const Counted> translations_;  // of a type that is the source's own
};

}  // namespace azoth::inline v0
