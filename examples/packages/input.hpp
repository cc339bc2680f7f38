// SPDX-License-Identifier: MIT
#pragma once

#include "catalogue.hpp"
#include "problem_log.hpp"
#include "progress.hpp"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace packages {

/// The package data of a Debian machine: dpkg's status, and apt's lists where there are any.
///
/// The defaults are parameters for tests only. Empty on a system without them.
[[nodiscard]] std::vector<std::filesystem::path> machine_sources(
    const std::filesystem::path& status = "/var/lib/dpkg/status",
    const std::filesystem::path& lists = "/var/lib/apt/lists");

/// What was read, and what was not a package.
struct Input {
    std::vector<PackageRecord> packages{};  ///< ordered by name and architecture
    CatalogueCounts counts{};
    std::uint64_t remnants{};  ///< removed packages that dpkg remembers
};

/// Reads the files to the end, or throws: InputError if one of them cannot be read or if all of
/// them hold no package at all, Interrupted after Ctrl-C. Defects of single lines go to the log.
[[nodiscard]] Input read_input(const std::vector<std::filesystem::path>& files, ProblemLog& log,
                               Progress& progress);

}  // namespace packages
