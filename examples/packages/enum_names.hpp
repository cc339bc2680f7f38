// SPDX-License-Identifier: MIT
#pragma once

#include "package_record.hpp"
#include <azoth/core.hpp>

#include <array>
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
