// SPDX-License-Identifier: MIT
#pragma once

#include "package_record.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace packages {

/// What became of the records that were added.
struct CatalogueCounts {
    std::uint64_t records{};     ///< all that were added
    std::uint64_t superseded{};  ///< older than another record of the same package
    std::uint64_t repeated{};    ///< of the same version as another record
};

/// One record for each package and architecture, of the newest version. Not thread-safe.
///
/// One package stands in many lists: in the release's, in its security updates', and in dpkg's
/// status. The newest version describes it; what dpkg knows says what is installed. Of equal
/// versions a list's record wins over dpkg's, which has no tags.
class Catalogue {
  public:
    void add(PackageRecord package);

    [[nodiscard]] std::size_t size() const noexcept { return packages_.size(); }
    [[nodiscard]] const CatalogueCounts& counts() const noexcept { return counts_; }

    /// All packages, ordered by name and architecture, each maintainer spelled in one way: the one
    /// that most packages use. Leaves the catalogue empty.
    [[nodiscard]] std::vector<PackageRecord> take();

  private:
    std::vector<PackageRecord> packages_;
    std::unordered_map<std::string, std::size_t> places_;
    CatalogueCounts counts_;
};

}  // namespace packages
