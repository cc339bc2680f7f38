// SPDX-License-Identifier: MIT
#pragma once

#include "enum_names.hpp"
#include <azoth/core.hpp>

#include <cstdint>
#include <optional>
#include <string>

/// The same tables once more, typed for the Core and written independently of the mapped classes:
/// with them the check of the answers asks without the ORM. Only the columns that it needs.
namespace packages::core {

using azoth::Column;
using azoth::ForeignKey;
using azoth::primary_key;
using azoth::Table;

struct MaintainerTable : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> identity{*this, "identity"};
    Column<std::string> name{*this, "name"};
    Column<std::string> email{*this, "email"};
};

struct TagTable : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name"};
};

struct PackageTable : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name"};
    Column<std::string> version{*this, "version"};
    Column<std::optional<std::int64_t>> maintainer_id{*this, "maintainer_id",
                                                      ForeignKey{"maintainer.id"}};
    Column<std::optional<std::int64_t>> installed_kib{*this, "installed_kib"};
    Column<std::optional<std::string>> state{*this, "state"};
    Column<std::optional<std::string>> installed_version{*this, "installed_version"};
    Column<std::string> summary{*this, "summary"};
};

struct PackageTagTable : Table {
    using Table::Table;
    Column<std::int64_t> package_id{*this, "package_id", ForeignKey{"package.id"}};
    Column<std::int64_t> tag_id{*this, "tag_id", ForeignKey{"tag.id"}};
};

struct DependencyTable : Table {
    using Table::Table;
    Column<std::int64_t> package_id{*this, "package_id", ForeignKey{"package.id"}};
    Column<RelationKind> kind{*this, "kind"};
    Column<std::int32_t> group{*this, "alternative_group"};
    Column<std::int32_t> position{*this, "position"};
    Column<std::string> target{*this, "target_name"};
};

struct Schema {
    azoth::MetaData metadata{};
    MaintainerTable maintainers{"maintainer", metadata};
    TagTable tags{"tag", metadata};
    PackageTable packages{"package", metadata};
    PackageTagTable package_tags{"package_tag", metadata};
    DependencyTable dependencies{"dependency", metadata};
};

}  // namespace packages::core
