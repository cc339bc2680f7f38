// SPDX-License-Identifier: MIT
#include "package_record.hpp"

#include "utf8.hpp"
#include "version.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <string_view>
#include <utility>

namespace packages {

namespace {

template <class Enum>
using Names = std::span<const std::pair<std::string_view, Enum>>;

constexpr std::array<std::pair<std::string_view, Priority>, 5> priorities{
    {{"required", Priority::required},
     {"important", Priority::important},
     {"standard", Priority::standard},
     {"optional", Priority::optional},
     {"extra", Priority::extra}}};

constexpr std::array<std::pair<std::string_view, MultiArch>, 4> multi_archs{
    {{"no", MultiArch::no},
     {"same", MultiArch::same},
     {"foreign", MultiArch::foreign},
     {"allowed", MultiArch::allowed}}};

constexpr std::array<std::pair<std::string_view, RelationKind>, 9> relation_fields{
    {{"Depends", RelationKind::depends},
     {"Pre-Depends", RelationKind::pre_depends},
     {"Recommends", RelationKind::recommends},
     {"Suggests", RelationKind::suggests},
     {"Enhances", RelationKind::enhances},
     {"Breaks", RelationKind::breaks},
     {"Conflicts", RelationKind::conflicts},
     {"Replaces", RelationKind::replaces},
     {"Provides", RelationKind::provides}}};

// Status: <what is wanted> <flag> <state>
std::string_view state_of(const Field& status) {
    const std::string_view value = trimmed(status.value());
    const std::size_t blank = value.find_last_of(" \t");
    return blank == std::string_view::npos ? value : value.substr(blank + 1);
}

class PackageParser {
  public:
    PackageParser(const Paragraph& paragraph, const std::string& file, ProblemLog& log)
        : paragraph_(paragraph), file_(file), log_(log) {}

    std::optional<PackageRecord> parse() {
        PackageRecord package;
        if (!read_identity(package)) return std::nullopt;
        read_state(package);
        package.section = read_name("Section");
        package.priority = read_enum<Priority>("Priority", priorities);
        package.installed_kib = read_size("Installed-Size");
        package.summary = first_line(value_of("Description"));
        package.maintainer = read_maintainer();
        if (const auto homepage = value_of("Homepage"); !homepage.empty()) {
            package.homepage = homepage;
        }
        read_source(package);
        package.essential = read_flag("Essential");
        package.multi_arch =
            read_enum<MultiArch>("Multi-Arch", multi_archs).value_or(MultiArch::no);
        package.tags = read_tags();
        for (const auto& [name, kind] : relation_fields) read_relations(name, kind, package);
        return package;
    }

  private:
    void report(std::uint64_t line, ProblemKind kind, std::string message) {
        log_.add({file_, line, kind, std::move(message)});
    }

    void report_value(const Field& field, std::string_view what) {
        report(field.line(), ProblemKind::bad_value,
               field.name() + ": " + std::string(what) + ", left out: \"" +
                   shortened(field.value(), 60) + '"');
    }

    [[nodiscard]] std::string_view value_of(std::string_view name) const {
        const Field* field = paragraph_.find(name);
        return field == nullptr ? std::string_view() : trimmed(field->value());
    }

    static std::string_view first_line(std::string_view text) {
        return trimmed(text.substr(0, text.find('\n')));
    }

    // The three that make a package, or one report that says which of them is at fault.
    bool read_identity(PackageRecord& package) {
        package.name = value_of("Package");
        package.version = value_of("Version");
        package.architecture = value_of("Architecture");
        if (!is_package_name(package.name)) return reject("Package", package.name);
        if (!is_version(package.version)) return reject("Version", package.version);
        if (!is_package_name(package.architecture)) {
            return reject("Architecture", package.architecture);
        }
        return true;
    }

    bool reject(std::string_view name, std::string_view value) {
        const Field* field = paragraph_.find(name);
        const std::string what =
            value.empty() ? "no " + std::string(name)
                          : "impossible " + std::string(name) + " \"" + shortened(value, 60) + '"';
        const std::string_view package = value_of("Package");
        report(field == nullptr ? paragraph_.line() : field->line(),
               ProblemKind::incomplete_package,
               what + ", paragraph left out" +
                   (package.empty() || name == "Package" ? std::string()
                                                         : ": " + shortened(package, 60)));
        return false;
    }

    void read_state(PackageRecord& package) {
        const Field* status = paragraph_.find("Status");
        if (status == nullptr) return;
        static constexpr std::array<std::string_view, 6> states{
            "installed",       "half-installed",   "unpacked",
            "half-configured", "triggers-awaited", "triggers-pending"};
        const std::string_view state = state_of(*status);
        if (std::find(states.begin(), states.end(), state) == states.end()) {
            report_value(*status, "unknown state");
            return;
        }
        package.state = state;
        package.installed_version = package.version;
    }

    std::optional<std::string> read_name(std::string_view name) {
        const Field* field = paragraph_.find(name);
        if (field == nullptr || field->value().empty()) return std::nullopt;
        if (field->value().size() > longest_name ||
            field->value().find_first_of(" \t\n") != std::string::npos) {
            report_value(*field, "not a name");
            return std::nullopt;
        }
        return field->value();
    }

    template <class Enum>
    std::optional<Enum> read_enum(std::string_view name, Names<Enum> names) {
        const Field* field = paragraph_.find(name);
        if (field == nullptr) return std::nullopt;
        for (const auto& [text, value] : names) {
            if (equal_ignoring_case(text, field->value())) return value;
        }
        report_value(*field, "unknown word");
        return std::nullopt;
    }

    std::optional<std::int64_t> read_size(std::string_view name) {
        const Field* field = paragraph_.find(name);
        if (field == nullptr) return std::nullopt;
        const std::string& text = field->value();
        std::int64_t size = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
        // 2^50 KiB is beyond any disk, and sums of such sizes would leave 64 bits.
        const bool usable = error == std::errc{} && end == text.data() + text.size() && size >= 0 &&
                            size <= (std::int64_t{1} << 50) / 1024;
        if (usable) return size;
        report_value(*field, "not a size in KiB");
        return std::nullopt;
    }

    bool read_flag(std::string_view name) {
        static constexpr std::array<std::pair<std::string_view, bool>, 2> words{
            {{"yes", true}, {"no", false}}};
        return read_enum<bool>(name, words).value_or(false);
    }

    MaintainerRecord read_maintainer() {
        const Field* field = paragraph_.find("Maintainer");
        if (field == nullptr) {
            report(paragraph_.line(), ProblemKind::bad_maintainer, "no Maintainer");
            return {};
        }
        ParsedMaintainer parsed = parse_maintainer(field->value());
        if (!parsed.problem.empty()) {
            report(field->line(), ProblemKind::bad_maintainer, std::move(parsed.problem));
        }
        if (parsed.maintainer.identity().size() > 2 * longest_name) {
            report_value(*field, "too long");
            return {};
        }
        return std::move(parsed.maintainer);
    }

    // Source: name [(version)]; both are the package's own where they are not given.
    void read_source(PackageRecord& package) {
        package.source_name = package.name;
        package.source_version = package.version;
        const Field* field = paragraph_.find("Source");
        if (field == nullptr) return;
        const std::string_view value = trimmed(field->value());
        const std::string_view name = trimmed(value.substr(0, value.find('(')));
        std::string_view version = value.substr(std::min(value.find('('), value.size()));
        const bool closed = version.size() > 2 && version.back() == ')';
        if (closed) version = trimmed(version.substr(1, version.size() - 2));
        if (!is_package_name(name) || (!version.empty() && !(closed && is_version(version)))) {
            report_value(*field, "not a source package");
            return;
        }
        package.source_name = name;
        if (!version.empty()) package.source_version = version;
    }

    std::vector<std::string> read_tags() {
        std::vector<std::string> tags;
        const Field* field = paragraph_.find("Tag");
        if (field == nullptr) return tags;
        const std::string_view text = field->value();
        for (std::size_t begin = 0; begin < text.size();) {
            const std::size_t end = std::min(text.find(',', begin), text.size());
            add_tag(*field, begin, trimmed(text.substr(begin, end - begin)), tags);
            begin = end + 1;
        }
        std::sort(tags.begin(), tags.end());
        tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
        return tags;
    }

    // A tag is facet::tag, e.g. role::program.
    void add_tag(const Field& field, std::size_t offset, std::string_view tag,
                 std::vector<std::string>& tags) {
        const std::size_t colons = tag.find("::");
        const bool usable = colons != 0 && colons != std::string_view::npos &&
                            colons + 2 < tag.size() && tag.size() <= longest_name &&
                            tag.find_first_of(" \t\n") == std::string_view::npos;
        if (usable) {
            tags.emplace_back(tag);
            return;
        }
        const std::size_t first = field.value().find_first_not_of(" \t\n", offset);
        report(field.line_at(first == std::string::npos ? offset : first), ProblemKind::bad_value,
               "Tag: not facet::tag, left out: \"" + shortened(tag, 60) + '"');
    }

    void read_relations(std::string_view name, RelationKind kind, PackageRecord& package) {
        const Field* field = paragraph_.find(name);
        if (field == nullptr) return;
        std::vector<Alternatives> groups =
            parse_relations(field->value(), [&](std::size_t offset, const std::string& message) {
                report(field->line_at(offset), ProblemKind::bad_relation,
                       field->name() + " of " + package.name + ": " + message);
            });
        std::int32_t group = 0;
        for (Alternatives& alternatives : groups) {
            std::int32_t position = 0;
            for (Relation& relation : alternatives) {
                package.dependencies.push_back({kind, group, position++, std::move(relation)});
            }
            ++group;
        }
    }

    const Paragraph& paragraph_;
    const std::string& file_;
    ProblemLog& log_;
};

}  // namespace

bool is_remnant(const Paragraph& paragraph) {
    const Field* status = paragraph.find("Status");
    if (status == nullptr) return false;
    const std::string_view state = state_of(*status);
    return state == "config-files" || state == "not-installed";
}

std::optional<PackageRecord> parse_package(const Paragraph& paragraph, const std::string& file,
                                           ProblemLog& log) {
    return PackageParser(paragraph, file, log).parse();
}

}  // namespace packages
