// SPDX-License-Identifier: MIT
#pragma once

#include "enum_names.hpp"
#include <azoth/orm.hpp>

#include <cstdint>
#include <optional>
#include <string>

/// The mapped classes: what the database holds, as objects. What is read from the files stands in
/// package_record.hpp.
namespace packages {

struct Package;

struct Maintainer {
    std::int64_t id{};
    std::string identity{};  ///< see MaintainerRecord::identity()
    std::string name{};
    std::string email{};
    azoth::Many<Package> packages{};
    static void map(azoth::Mapping<Maintainer>& m);
};

struct Section {
    std::int64_t id{};
    std::string name{};
    azoth::Many<Package> packages{};
    static void map(azoth::Mapping<Section>& m);
};

struct Tag {
    std::int64_t id{};
    std::string name{};
    azoth::Many<Package> packages{};
    static void map(azoth::Mapping<Tag>& m);
};

/// That a package has a tag; the table behind Package::tags.
struct PackageTag {
    std::int64_t package_id{};
    std::int64_t tag_id{};
    static void map(azoth::Mapping<PackageTag>& m);
};

/// One alternative of what a package needs, breaks, provides: from a package to another one.
struct Dependency {
    std::int64_t package_id{};
    RelationKind kind{};
    std::int32_t group{};     ///< which group of the field: all groups are wanted …
    std::int32_t position{};  ///< … and of each group one alternative
    /// What is needed need not exist, or may only be provided by others: it always has a name …
    std::string target_name{};
    /// … and, where there are packages of that name, one of them as its target.
    std::optional<std::int64_t> target_id{};
    std::optional<std::string> architecture_qualifier{};
    std::optional<VersionOperator> comparison{};
    std::optional<std::string> version{};
    std::optional<std::string> restrictions{};
    azoth::One<Package> package{};
    azoth::One<Package> target{};
    static void map(azoth::Mapping<Dependency>& m);
};

struct Package {
    std::int64_t id{};
    std::string name{};
    std::string architecture{};
    std::string version{};
    std::optional<std::int64_t> section_id{};
    std::optional<std::int64_t> maintainer_id{};
    std::optional<Priority> priority{};
    std::optional<std::int64_t> installed_kib{};
    std::optional<std::string> state{};
    std::optional<std::string> installed_version{};
    std::string summary{};
    std::optional<std::string> homepage{};
    std::string source_name{};
    std::string source_version{};
    bool essential{};
    MultiArch multi_arch{};
    std::int64_t content_hash{};  ///< of everything that is stored of it; see content_hash()
    azoth::One<Section> section{};
    azoth::One<Maintainer> maintainer{};
    azoth::Many<Tag> tags{};
    azoth::Many<Dependency> dependencies{};
    azoth::Many<Dependency> needed_by{};  ///< the dependencies whose target it is
    static void map(azoth::Mapping<Package>& m);
};

/// One for each run: a run without an end was interrupted.
struct Load {
    std::int64_t id{};
    azoth::UtcDateTime started_at{};
    std::optional<azoth::UtcDateTime> finished_at{};
    std::int64_t packages{};
    std::int64_t problems{};
    static void map(azoth::Mapping<Load>& m);
};

/// All of them and their tables. Safe from any thread.
[[nodiscard]] azoth::Model make_model();

}  // namespace packages
