// SPDX-License-Identifier: MIT
#pragma once

#include "package.hpp"
#include "schema.hpp"
#include <azoth/core.hpp>

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace packages {

/// The keys of rows by what tells them apart.
using Ids = std::unordered_map<std::string, std::int64_t>;

/// The keys that packages refer to.
struct Lookups {
    Ids sections{};
    Ids tags{};
    Ids maintainers{};  ///< by Maintainer::identity()
};

/// Adds the sections, tags and maintainers that are not there yet and corrects the maintainers that
/// are spelled otherwise, in the connection's transaction.
[[nodiscard]] Lookups store_lookups(azoth::Connection& connection, const Schema& schema,
                                    const std::vector<Package>& packages);

/// Removes the sections, tags and maintainers that no package refers to any more.
void remove_unused_lookups(azoth::Connection& connection, const Schema& schema);

}  // namespace packages
