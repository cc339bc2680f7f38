// SPDX-License-Identifier: MIT
#pragma once

#include "package.hpp"
#include <azoth/core.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// How the enumerations are spelled in the database.

template <>
struct azoth::EnumNames<packages::Priority>
    : azoth::Enumerators<packages::Priority::required, packages::Priority::important,
                         packages::Priority::standard, packages::Priority::optional,
                         packages::Priority::extra> {};

template <>
struct azoth::EnumNames<packages::MultiArch>
    : azoth::Enumerators<packages::MultiArch::no, packages::MultiArch::same,
                         packages::MultiArch::foreign, packages::MultiArch::allowed> {};

template <>
struct azoth::EnumNames<packages::RelationKind>
    : azoth::Enumerators<packages::RelationKind::depends, packages::RelationKind::pre_depends,
                         packages::RelationKind::recommends, packages::RelationKind::suggests,
                         packages::RelationKind::enhances, packages::RelationKind::breaks,
                         packages::RelationKind::conflicts, packages::RelationKind::replaces,
                         packages::RelationKind::provides> {};

template <>
struct azoth::EnumNames<packages::VersionOperator> {
    using Operator = packages::VersionOperator;
    static constexpr std::array<std::pair<Operator, std::string_view>, 5> values{
        {{Operator::earlier, "<<"},
         {Operator::earlier_or_equal, "<="},
         {Operator::equal, "="},
         {Operator::later_or_equal, ">="},
         {Operator::later, ">>"}}};
};

/// The tables of the example, typed: a misspelt column or a comparison of unlike types is an error
/// of the compiler.
namespace packages {

using azoth::Column;
using azoth::ForeignKey;
using azoth::Index;
using azoth::indexed;
using azoth::primary_key;
using azoth::String;
using azoth::Table;
using azoth::Text;
using azoth::unique;
using azoth::UniqueConstraint;

struct MaintainerTable : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> identity{*this, "identity", String{400}, unique};
    Column<std::string> name{*this, "name", Text{}};
    Column<std::string> email{*this, "email", Text{}};
};

struct SectionTable : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{200}, unique};
};

struct TagTable : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{200}, unique};
};

struct PackageTable : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{200}};
    Column<std::string> architecture{*this, "architecture", String{200}};
    Column<std::string> version{*this, "version", String{200}};
    Column<std::optional<std::int64_t>> section_id{*this, "section_id", ForeignKey{"section.id"},
                                                   indexed};
    Column<std::optional<std::int64_t>> maintainer_id{*this, "maintainer_id",
                                                      ForeignKey{"maintainer.id"}, indexed};
    Column<std::optional<Priority>> priority{*this, "priority"};
    Column<std::optional<std::int64_t>> installed_kib{*this, "installed_kib"};
    Column<std::optional<std::string>> state{*this, "state", String{40}};
    Column<std::optional<std::string>> installed_version{*this, "installed_version", String{200}};
    Column<std::string> summary{*this, "summary", Text{}};
    Column<std::optional<std::string>> homepage{*this, "homepage", Text{}};
    Column<std::string> source_name{*this, "source_name", String{200}};
    Column<std::string> source_version{*this, "source_version", String{200}};
    Column<bool> essential{*this, "essential"};
    Column<MultiArch> multi_arch{*this, "multi_arch"};
    /// Of everything that is stored of the package; see content_hash().
    Column<std::int64_t> content_hash{*this, "content_hash"};
    UniqueConstraint key{*this, {name, architecture}};
};

struct PackageTagTable : Table {
    using Table::Table;
    Column<std::int64_t> package_id{*this, "package_id", primary_key,
                                    ForeignKey{"package.id", {.ondelete = "CASCADE"}}};
    Column<std::int64_t> tag_id{*this, "tag_id", primary_key, ForeignKey{"tag.id"}, indexed};
};

struct DependencyTable : Table {
    using Table::Table;
    Column<std::int64_t> package_id{*this, "package_id", primary_key,
                                    ForeignKey{"package.id", {.ondelete = "CASCADE"}}};
    Column<RelationKind> kind{*this, "kind", primary_key};
    /// Which group of the field: all groups are wanted …
    Column<std::int32_t> group{*this, "alternative_group", primary_key, azoth::no_autoincrement};
    /// … and of each group one alternative.
    Column<std::int32_t> position{*this, "position", primary_key, azoth::no_autoincrement};
    /// A name, not a key: what is needed need not exist, or may be provided by several packages.
    Column<std::string> target{*this, "target", String{200}, indexed};
    Column<std::optional<std::string>> architecture_qualifier{*this, "architecture_qualifier",
                                                              String{200}};
    Column<std::optional<VersionOperator>> comparison{*this, "comparison"};
    Column<std::optional<std::string>> version{*this, "version", String{200}};
    Column<std::optional<std::string>> restrictions{*this, "restrictions", Text{}};
};

/// One row for each run: a run without an end was interrupted.
struct LoadTable : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<azoth::UtcDateTime> started_at{*this, "started_at"};
    Column<std::optional<azoth::UtcDateTime>> finished_at{*this, "finished_at"};
    Column<std::int64_t> packages{*this, "packages"};
    Column<std::int64_t> problems{*this, "problems"};
};

/// All tables and their MetaData. Safe from any thread.
struct Schema {
    azoth::MetaData metadata{};
    MaintainerTable maintainers{"maintainer", metadata};
    SectionTable sections{"section", metadata};
    TagTable tags{"tag", metadata};
    PackageTable packages{"package", metadata};
    PackageTagTable package_tags{"package_tag", metadata, {.sqlite_without_rowid = true}};
    DependencyTable dependencies{"dependency", metadata, {.sqlite_without_rowid = true}};
    LoadTable loads{"load", metadata};
};

}  // namespace packages
