// SPDX-License-Identifier: MIT
#pragma once

#include "package_record.hpp"

#include <cstdint>

namespace packages {

/// A fingerprint of everything that is stored of a package and its dependencies and tags.
///
/// It is stored with the package: whether the package changed is then known without reading its
/// rows. 64 bits: that a changed package keeps its fingerprint has a chance of one in 10^19. Of the
/// maintainer the identity goes in, not the spelling, which has a table of its own.
[[nodiscard]] std::int64_t content_hash(const PackageRecord& package);

}  // namespace packages
