// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace packages {

/// The field that a relation stands in.
enum class RelationKind : std::uint8_t {
    depends,
    pre_depends,
    recommends,
    suggests,
    enhances,
    breaks,
    conflicts,
    replaces,
    provides,
};

/// How a version is constrained: <<, <=, =, >=, >>.
enum class VersionOperator : std::uint8_t {
    earlier,
    earlier_or_equal,
    equal,
    later_or_equal,
    later,
};

/// The operator as it is written in a control file.
[[nodiscard]] std::string_view to_string(VersionOperator op) noexcept;

/// A version and how it constrains.
struct VersionConstraint {
    VersionOperator op{};
    std::string version{};
    bool operator==(const VersionConstraint&) const = default;
};

/// One package that a dependency names, as in `python3:any (>= 3.9) [amd64] <!nocheck>`.
struct Relation {
    std::string name{};
    std::string architecture_qualifier{};  ///< "any", an architecture, or empty
    std::optional<VersionConstraint> constraint{};
    std::string restrictions{};  ///< architectures and build profiles as written, or empty
    bool operator==(const Relation&) const = default;
};

/// Relations of which one is enough: `a | b`.
using Alternatives = std::vector<Relation>;

/// Told of each clause that can't be read: where it begins in the value, and what is wrong with it.
using RelationProblem = std::function<void(std::size_t offset, const std::string& message)>;

/// Reads a dependency field: groups of alternatives, all of which are wanted.
///
/// A clause that can't be read is reported and left out; the others stand.
[[nodiscard]] std::vector<Alternatives> parse_relations(std::string_view value,
                                                        const RelationProblem& report);

/// The longest name of a package, section or tag, in bytes: what the columns of the database take.
inline constexpr std::size_t longest_name = 200;

/// True if `name` can be a package's name.
[[nodiscard]] bool is_package_name(std::string_view name) noexcept;

}  // namespace packages
