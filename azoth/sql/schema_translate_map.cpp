// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/sql/schema_translate_map.hpp>

#include <algorithm>
#include <span>
#include <utility>

namespace azoth::inline v0 {
namespace {

/// A handful, so that a list is found through more quickly than a tree.
struct SchemaTranslations final : Counted {
    std::vector<std::pair<std::string, std::string>> lines;
};

void check_name(std::string_view name) {
    if (name.find('\0') != std::string_view::npos)
        throw IdentifierError("schema_translate_map: a schema's name holds a NUL character: " +
                              azoth::detail::excerpt(name));
}

Ref<const SchemaTranslations> translations_of(std::span<const SchemaTranslateMap::Entry> entries) {
    auto made = make_ref<SchemaTranslations>();
    for (const auto& [schema, translation] : entries) {
        check_name(schema);
        check_name(translation);
        for (const auto& line : made->lines)
            if (line.first == schema)
                throw ArgumentError("schema_translate_map: the schema " +
                                    azoth::detail::excerpt(schema) + " is mentioned twice");
        made->lines.emplace_back(schema, translation);
    }
    return made;
}

const auto& lines_of(const Ref<const Counted>& translations) {
    return static_cast<const SchemaTranslations&>(*translations).lines;
}

}  // namespace

SchemaTranslateMap::SchemaTranslateMap(std::initializer_list<Entry> entries)
    : translations_(translations_of({entries.begin(), entries.size()})) {}
SchemaTranslateMap::SchemaTranslateMap(const std::vector<Entry>& entries)
    : translations_(translations_of(entries)) {}

SchemaTranslateMap SchemaTranslateMap::none() {
    return SchemaTranslateMap(std::vector<Entry>{});
}

bool SchemaTranslateMap::empty() const noexcept {
    return !translations_ || lines_of(translations_).empty();
}

std::string_view SchemaTranslateMap::translate(std::string_view schema) const noexcept {
    if (!translations_) return schema;
    const auto& lines = lines_of(translations_);
    const auto found = std::find_if(lines.begin(), lines.end(),
                                    [&](const auto& line) { return line.first == schema; });
    return found == lines.end() ? schema : std::string_view(found->second);
}

}  // namespace azoth::inline v0
