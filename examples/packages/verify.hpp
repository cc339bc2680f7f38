// SPDX-License-Identifier: MIT
#pragma once

#include "text_table.hpp"
#include <azoth/orm.hpp>

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
    std::uint64_t wrong_targets{};         ///< dependencies that lead elsewhere than their name
    std::uint64_t unfinished_loads{};      ///< since the last one that came to its end
    std::uint64_t answers{};               ///< that were compared with the Core's
    std::vector<std::string> differing_answers{};

    [[nodiscard]] bool passed() const noexcept {
        return differing.empty() && wrong_targets == 0 && unfinished_loads == 0 &&
               differing_answers.empty();
    }
};

/// Reads every package back, with its tags and dependencies, and compares it with the fingerprint
/// that was stored with it; and looks for loads that were interrupted. Throws azoth::Error.
[[nodiscard]] Verification verify(azoth::Session& session);

/// Notes which of the answers differ from those of the Core, in names, rows or totals.
void compare(Verification& verification, const std::vector<Answer>& answers,
             const std::vector<Answer>& of_core);

}  // namespace packages
