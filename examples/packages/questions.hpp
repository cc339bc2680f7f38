// SPDX-License-Identifier: MIT
#pragma once

#include "text_table.hpp"
#include <azoth/orm.hpp>

#include <cstdint>
#include <string>

/// The questions, each one statement over the mapped classes. `limit` is the most rows to give;
/// Answer::total says how many there are. All throw azoth::Error.
namespace packages {

/// The packages that most others need (Depends, Pre-Depends).
[[nodiscard]] Answer most_depended_on(azoth::Session& session, std::int64_t limit);

/// All that `package` needs, directly or indirectly, the largest first.
///
/// Of alternatives the first that exists counts, and of several providers of a virtual package the
/// first by name.
[[nodiscard]] Answer closure(azoth::Session& session, const std::string& package,
                             std::int64_t limit);

/// The maintainers of the most packages.
[[nodiscard]] Answer maintainers_by_packages(azoth::Session& session, std::int64_t limit);

/// The maintainers of the largest packages, all together.
[[nodiscard]] Answer maintainers_by_size(azoth::Session& session, std::int64_t limit);

/// The tags that most packages have, and how many of those are installed.
[[nodiscard]] Answer most_used_tags(azoth::Session& session, std::int64_t limit);

/// What is needed and neither is a package nor provided by one, where no alternative is either.
[[nodiscard]] Answer missing_dependencies(azoth::Session& session, std::int64_t limit);

/// Pairs of packages that need each other.
[[nodiscard]] Answer mutual_dependencies(azoth::Session& session, std::int64_t limit);

/// Groups of packages that all need each other, through whatever chain; the edges come from the
/// database, the groups are found here.
[[nodiscard]] Answer circular_dependencies(azoth::Session& session, std::int64_t limit);

}  // namespace packages
