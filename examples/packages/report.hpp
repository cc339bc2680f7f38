// SPDX-License-Identifier: MIT
#pragma once

#include "catalogue.hpp"
#include "problem_log.hpp"
#include "store.hpp"
#include "text_table.hpp"
#include "verify.hpp"

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace packages {

/// What was read, and what came of it.
struct LoadReport {
    std::vector<std::string> sources{};
    CatalogueCounts records{};
    std::uint64_t remnants{};
    std::uint64_t packages{};
    LoadCounts counts{};
};

/// All that a run has to tell.
struct Report {
    std::string database{};  ///< the URL without its password
    std::optional<LoadReport> load{};
    std::vector<Answer> answers{};
    std::optional<Verification> verification{};
};

/// For people: a few lines and tables of at most `columns`.
void print_text(std::ostream& out, const Report& report, const ProblemLog& problems,
                std::size_t columns);

/// For programs: one JSON object.
void print_json(std::ostream& out, const Report& report, const ProblemLog& problems);

}  // namespace packages
