// SPDX-License-Identifier: MIT
#pragma once

#include "package_record.hpp"
#include <azoth/orm.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace packages {

/// A package that is to be stored.
struct Change {
    const PackageRecord* record{};
    std::int64_t content_hash{};
    std::optional<std::int64_t> stored_id{};  ///< where it is stored already, in another version
    std::size_t times_wanted{};               ///< by dependencies of all packages
};

/// The key of the package that dependencies on a name lead to.
using Targets = std::unordered_map<std::string, std::int64_t>;

/// How the input differs from what is stored.
struct Changes {
    std::vector<Change> changed{};         ///< those that many depend on first
    std::vector<std::int64_t> vanished{};  ///< keys of what is not in the input
    std::uint64_t unchanged{};
    Targets targets{};  ///< of the stored packages that are in the input
};

/// Compares the input, which must outlive the result, with the fingerprints of what is stored.
[[nodiscard]] Changes find_changes(azoth::Session& session,
                                   const std::vector<PackageRecord>& packages);

}  // namespace packages
