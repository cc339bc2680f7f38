// SPDX-License-Identifier: MIT
#pragma once

#include "package_record.hpp"
#include "progress.hpp"
#include <azoth/orm.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace packages {

/// What a load did.
struct LoadCounts {
    std::uint64_t inserted{};
    std::uint64_t updated{};
    std::uint64_t unchanged{};
    std::uint64_t deleted{};
    std::uint64_t dependencies{};  ///< rows written
    std::uint64_t tags{};          ///< rows written, of packages that have them
};

/// Makes the database hold exactly `packages`, and writes only what differs from what it holds.
///
/// Each batch is one transaction, in which a package comes with its dependencies and tags, or not
/// at all, or goes with all that belongs to it; the last transaction notes the end of the load. So
/// an interrupted load leaves a consistent database, and the next one does the rest. Creates
/// missing tables. Throws azoth::Error, and Interrupted after Ctrl-C.
LoadCounts store(const azoth::Engine& engine, const azoth::Model& model,
                 const std::vector<PackageRecord>& packages, std::uint64_t problems,
                 std::size_t batch, Progress& progress);

}  // namespace packages
