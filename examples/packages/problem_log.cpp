// SPDX-License-Identifier: MIT
#include "problem_log.hpp"

#include "utf8.hpp"

#include <utility>

namespace packages {

std::string_view to_string(ProblemKind kind) noexcept {
    static constexpr std::array<std::string_view, problem_kinds> names{
        "invalid encoding", "line too long",      "no final newline", "no colon",
        "bad field name",   "stray continuation", "duplicate field",  "incomplete package",
        "bad value",        "bad maintainer",     "bad relation"};
    return names[static_cast<std::size_t>(kind)];
}

std::string to_string(const Problem& problem) {
    return printable(problem.file) + ':' + std::to_string(problem.line) + ": " +
           shortened(printable(problem.message), 300);
}

ProblemLog::ProblemLog(std::size_t keep, std::function<void(const Problem&)> report)
    : keep_(keep), report_(std::move(report)) {}

void ProblemLog::add(Problem problem) {
    ++count_;
    ++counts_[static_cast<std::size_t>(problem.kind)];
    if (kept_.size() >= keep_) return;
    if (report_) report_(problem);
    kept_.push_back(std::move(problem));
}

std::uint64_t ProblemLog::count(ProblemKind kind) const noexcept {
    return counts_[static_cast<std::size_t>(kind)];
}

}  // namespace packages
