// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <string_view>

namespace packages {

/// True if `text` has the form of a Debian version, [epoch:]upstream[-revision].
[[nodiscard]] bool is_version(std::string_view text) noexcept;

/// Orders two versions as dpkg does (policy 5.6.12): of two records of one package the later
/// counts.
[[nodiscard]] std::weak_ordering compare_versions(std::string_view a, std::string_view b) noexcept;

}  // namespace packages
