// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/schema/column_options.hpp>

#include <optional>
#include <string>
#include <vector>

namespace azoth::inline v0::schema {

/// The options of one column, collected. A plain value. Not in users' files, which name it only.
struct ColumnOptions {
    std::optional<Type> type{};
    bool primary_key = false;
    bool unique = false;
    bool indexed = false;
    bool not_null = false;
    std::optional<bool> autoincrement{};
    std::vector<ForeignKey> foreign_keys{};
    std::optional<sql::Expression> server_default{};
    std::string comment{};
};

}  // namespace azoth::inline v0::schema
