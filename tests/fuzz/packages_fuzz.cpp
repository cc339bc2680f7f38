// SPDX-License-Identifier: MIT
// The packages example's reader of control files: any bytes become packages fit for a database, and
// problems that name a line of the input.
#include "support.hpp"

#include <packages/package_record.hpp>
#include <packages/paragraph_reader.hpp>
#include <packages/relation.hpp>
#include <packages/utf8.hpp>
#include <packages/version.hpp>

#include <algorithm>
#include <string_view>

using azoth_fuzz::require;

namespace {

constexpr std::size_t line_limit = 256;  // so that short inputs reach beyond it

void check_package(const packages::PackageRecord& package) {
    require(!package.name.empty() && !package.architecture.empty(), "a package has a name");
    require(packages::is_version(package.version), "a package's version is one");
    for (const auto& dependency : package.dependencies)
        require(packages::is_package_name(dependency.relation.name),
                "a dependency names a package");
    require(std::is_sorted(package.tags.begin(), package.tags.end()), "tags are sorted");
    for (const std::string_view text :
         {std::string_view(package.summary), std::string_view(package.maintainer.name),
          std::string_view(package.source_name)})
        require(packages::is_clean_utf8(text), "texts are fit for a database");
}

void check_field(const packages::Field& field, std::uint64_t lines) {
    require(packages::is_clean_utf8(field.value()), "a field's value is fit for a database");
    require(field.line() >= 1 && field.line_at(field.value().size()) <= lines,
            "a field stands on a line of the input");
    const auto groups =
        packages::parse_relations(field.value(), [&](std::size_t offset, const auto&) {
            require(offset <= field.value().size(), "a problem lies within the field");
        });
    for (const auto& alternatives : groups) require(!alternatives.empty(), "no group is empty");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = azoth_fuzz::Input(data, size).rest();
    const auto lines = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')) + 1;

    packages::ProblemLog log(100, [lines](const packages::Problem& problem) {
        require(problem.line >= 1 && problem.line <= lines, "a problem names a line of the input");
        require(packages::is_clean_utf8(to_string(problem)), "a problem can be shown");
    });
    packages::MemorySource source(text);
    packages::ParagraphReader reader(source, "fuzz", log, line_limit);
    packages::Paragraph paragraph;
    while (reader.next(paragraph)) {
        require(!paragraph.empty(), "a paragraph has a field");
        for (const packages::Field& field : paragraph.fields()) check_field(field, lines);
        if (const auto package = packages::parse_package(paragraph, "fuzz", log))
            check_package(*package);
    }
    require(packages::is_clean_utf8(packages::repaired_utf8(text)), "repaired text is clean");
    require(packages::display_width(packages::shortened(text, 20)) <= 20, "shortened text fits");
    return 0;
}
