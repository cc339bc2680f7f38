// SPDX-License-Identifier: MIT
#pragma once

#include "schema.hpp"
#include <azoth/core.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace packages {

/// What a check of the whole database found.
struct Verification {
    std::uint64_t packages{};
    std::uint64_t dependencies{};
    std::uint64_t tags{};
    std::vector<std::string> differing{};  ///< packages whose rows don't give their fingerprint
    std::uint64_t unfinished_loads{};      ///< since the last one that came to its end

    [[nodiscard]] bool passed() const noexcept {
        return differing.empty() && unfinished_loads == 0;
    }
};

/// Reads every package back, with its tags and dependencies, and compares it with the fingerprint
/// that was stored with it; and looks for loads that were interrupted. Throws azoth::Error.
[[nodiscard]] Verification verify(azoth::Connection& connection, const Schema& schema);

}  // namespace packages
