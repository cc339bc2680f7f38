// SPDX-License-Identifier: MIT
#pragma once

#include "maintainer_record.hpp"
#include "paragraph.hpp"
#include "problem_log.hpp"
#include "relation.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace packages {

/// How much a system needs a package.
enum class Priority : std::uint8_t { required, important, standard, optional, extra };

/// How a package may be shared between architectures.
enum class MultiArch : std::uint8_t { no, same, foreign, allowed };

/// One alternative of one dependency, with its place in the field.
struct DependencyRecord {
    RelationKind kind{};
    std::int32_t group{};     ///< which comma-separated group of the field, from 0
    std::int32_t position{};  ///< which alternative of the group, from 0
    Relation relation{};
};

/// A binary package as its paragraph describes it. A plain value.
struct PackageRecord {
    std::string name{};
    std::string version{};
    std::string architecture{};
    std::optional<std::string> section{};
    std::optional<Priority> priority{};
    std::optional<std::int64_t> installed_kib{};
    std::optional<std::string> state{};              ///< dpkg's word for it, e.g. "installed"
    std::optional<std::string> installed_version{};  ///< set by a record of dpkg
    std::string summary{};
    MaintainerRecord maintainer{};  ///< empty if there is none
    std::optional<std::string> homepage{};
    std::string source_name{};
    std::string source_version{};
    bool essential{};
    MultiArch multi_arch{};
    std::vector<std::string> tags{};  ///< sorted, each once
    std::vector<DependencyRecord> dependencies{};
};

/// True for what dpkg remembers of a package that is no longer there (config-files, not-installed).
[[nodiscard]] bool is_remnant(const Paragraph& paragraph);

/// Reads a paragraph of /var/lib/dpkg/status or of a Packages list.
///
/// A paragraph without usable name, version or architecture is no package: it is reported and
/// nothing is returned. Other defects are reported, and the field in question is left out.
[[nodiscard]] std::optional<PackageRecord> parse_package(const Paragraph& paragraph,
                                                         const std::string& file, ProblemLog& log);

}  // namespace packages
