// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace packages {

/// What is wrong with a piece of input. The order is that of the summary.
enum class ProblemKind : std::uint8_t {
    bad_encoding,        ///< invalid UTF-8 or a NUL byte; stored as U+FFFD
    line_too_long,       ///< longer than any honest line; the line is left out
    no_final_newline,    ///< the file may have been cut short
    no_colon,            ///< neither a field nor a continuation; the line is left out
    bad_field_name,      ///< an impossible field name; the line is left out
    stray_continuation,  ///< a continuation line that follows no field; left out
    duplicate_field,     ///< a field given twice; the first one counts
    incomplete_package,  ///< a paragraph without name, version or architecture; left out
    bad_value,           ///< a number, flag or version that cannot be read
    bad_maintainer,      ///< a maintainer that is not "Name <address>"
    bad_relation,        ///< a dependency clause that cannot be read; the clause is left out
};

inline constexpr std::size_t problem_kinds = 11;

/// The kind in words, e.g. "invalid encoding".
[[nodiscard]] std::string_view to_string(ProblemKind kind) noexcept;

/// One defect of the input and what became of it. A plain value.
struct Problem {
    std::string file{};
    std::uint64_t line{};
    ProblemKind kind{};
    std::string message{};
};

/// "FILE:LINE: message", fit for a terminal whatever bytes the input held.
[[nodiscard]] std::string to_string(const Problem& problem);

/// Counts every defect of the input and keeps the first ones. Not thread-safe.
///
/// A file of rubbish has millions of defects: beyond `keep` they are counted by kind, not kept.
class ProblemLog {
  public:
    /// `report` is called at once for each defect that is kept.
    explicit ProblemLog(std::size_t keep = 100, std::function<void(const Problem&)> report = {});

    void add(Problem problem);

    [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
    [[nodiscard]] std::uint64_t count(ProblemKind kind) const noexcept;
    /// The first `keep` defects, in the order of the input.
    [[nodiscard]] const std::vector<Problem>& kept() const noexcept { return kept_; }

  private:
    std::size_t keep_;
    std::function<void(const Problem&)> report_;
    std::vector<Problem> kept_;
    std::array<std::uint64_t, problem_kinds> counts_{};
    std::uint64_t count_ = 0;
};

}  // namespace packages
