// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace packages {

/// How progress is shown.
enum class ProgressStyle {
    none,   ///< not at all
    lines,  ///< a plain line every few seconds and one at the end of each stage
    bar,    ///< one line, drawn anew, for a terminal
};

/// Shows how far a job has come, how fast it goes and how long it will take. One thread at a time.
class Progress {
  public:
    using Clock = std::function<std::chrono::steady_clock::time_point()>;

    /// `columns` is the width of the terminal. Another `clock` makes time stand still for a test.
    Progress(ProgressStyle style, std::ostream& out, std::size_t columns = 80,
             Clock clock = &std::chrono::steady_clock::now);

    /// Begins a stage; `total` in the unit of `advance_to`, none where it is unknown.
    void start(std::string title, std::optional<std::uint64_t> total, std::string unit);

    /// Says how far the stage has come. Cheap: draws at most ten times a second.
    void advance_to(std::uint64_t done);

    /// Ends the stage with a line that says what was done in which time. Without a stage no effect.
    void finish();

    /// Writes a line of its own, above the bar; also with style none.
    void say(std::string_view line);

  private:
    [[nodiscard]] double elapsed() const;
    [[nodiscard]] std::string amounts() const;
    [[nodiscard]] std::string rate() const;
    [[nodiscard]] std::string remaining() const;
    [[nodiscard]] std::string bar(double share, std::size_t others) const;
    void draw();
    void wipe();

    ProgressStyle style_;
    std::ostream& out_;
    std::size_t columns_;
    Clock clock_;
    std::string title_;
    std::string unit_;
    std::optional<std::uint64_t> total_;
    std::uint64_t done_ = 0;
    bool running_ = false;
    bool drawn_ = false;
    std::chrono::steady_clock::time_point begin_;
    std::chrono::steady_clock::time_point shown_;
};

/// A number of seconds as a person writes it: "0.4 s", "12 s", "3:05 min", "2:10 h".
[[nodiscard]] std::string duration_text(double seconds);

/// A count with its thousands apart: 63,440.
[[nodiscard]] std::string grouped(std::uint64_t count);

}  // namespace packages
