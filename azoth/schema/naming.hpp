// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/schema/definitions.hpp>
#include <azoth/schema/metadata.hpp>

#include <string>
#include <vector>

/// The names of constraints and indexes by a naming convention.
namespace azoth::inline v0::schema {

/// What the tokens of a pattern stand for. A plain value.
struct NameParts {
    const sql::TableNode& table;
    std::vector<std::string> columns{};
    std::string constraint_name{};
    std::string referred_table{};
    std::vector<std::string> referred_columns{};
};

/// Throws ArgumentError for an unknown token or a `%` that begins none.
void check_convention(const NamingConvention& convention);

/// The item's name: the pattern filled in, where there is one and either no name was given or the
/// pattern has room for it; else the name given. Throws ArgumentError where a token has no meaning
/// for this item.
[[nodiscard]] ItemName make_name(const std::string& pattern, const NameParts& parts);

}  // namespace azoth::inline v0::schema
