// SPDX-License-Identifier: MIT
#pragma once

#include "model.hpp"
#include "package_record.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace packages {

/// Objects by what tells them apart.
template <class T>
using ByName = std::unordered_map<std::string, azoth::Ptr<T>>;

/// The objects that packages refer to.
struct Lookups {
    ByName<Section> sections{};
    ByName<Tag> tags{};
    ByName<Maintainer> maintainers{};  ///< by MaintainerRecord::identity()
};

/// Adds the sections, tags and maintainers that are not there yet to the session, and corrects the
/// maintainers that are spelled otherwise.
[[nodiscard]] Lookups store_lookups(azoth::Session& session,
                                    const std::vector<PackageRecord>& packages);

/// Deletes the sections, tags and maintainers that no package refers to any more.
void delete_unused_lookups(azoth::Session& session);

}  // namespace packages
