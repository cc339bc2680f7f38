// SPDX-License-Identifier: MIT
#pragma once

#include <tests/support/requirements.hpp>

#include <functional>
#include <string>
#include <string_view>

// Installed as <azoth/compliance.hpp>: what a program outside says of its dialect, to run the
// compliance suite with it (docs/compliance.md).

namespace azoth::test {

/// What the compliance suite has to know of a dialect that is not Azoth's own. A plain value.
/// SQLAlchemy: a class of requirements (`sqlalchemy.testing.requirements`).
struct OutsideDialect {
    /// As URLs begin; the dialect itself is made known by register_dialect().
    std::string name{};
    /// "sqlite", "postgresql" or "mariadb": whose SQL the database speaks where the suite sends SQL
    /// of its own, and whose requirements it meets but for what `adjust` says.
    std::string like{};
    /// Says what the database can do that the other can't, and the reverse. May be empty.
    std::function<void(Requirements& requirements)> adjust{};
};

/// Makes it known to the suite, from the initialiser of a static variable: the suite looks at its
/// URLs before main() has come to anything else. Safe from any thread. Throws std::invalid_argument
/// where there is no such `like`.
/// \returns true, so that it can initialise a variable
bool register_outside_dialect(OutsideDialect dialect);

/// The name that a URL begins with.
[[nodiscard]] std::string dialect_of(const std::string& url);

/// Null for a dialect that nobody has registered here.
[[nodiscard]] const OutsideDialect* find_outside_dialect(std::string_view name);

/// What the database can do: of an outside dialect, as it says.
[[nodiscard]] Requirements requirements_of(const Database& database);

}  // namespace azoth::test
