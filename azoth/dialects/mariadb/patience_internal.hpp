// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>

namespace azoth::inline v0::mariadb {

/// Notices when a program dwells on the rows that it fetches, while the server waits to send more:
/// it would give the connection up after its net_write_timeout. One thread at a time.
class Patience {
  public:
    void begin() noexcept {
        row_ = 0;
        spent_ = Clock::duration::zero();
    }
    /// The program asks for another row. \returns whether it took too long over those before.
    [[nodiscard]] bool is_over() noexcept {
        if (row_ == 0 || row_ % rows_per_sample != 0) return false;
        spent_ += Clock::now() - handed_out_ - fair_per_row;
        if (spent_ < Clock::duration::zero()) spent_ = Clock::duration::zero();
        return spent_ > limit;
    }
    /// A row goes to the program.
    void hand_out() noexcept {
        if (++row_ % rows_per_sample == 0) handed_out_ = Clock::now();
    }

  private:
    using Clock = std::chrono::steady_clock;

    // A look at the clock costs as much as some cells, so only every eighth row is timed.
    static constexpr std::uint64_t rows_per_sample = 8;
    static constexpr std::chrono::microseconds fair_per_row{20};
    static constexpr std::chrono::milliseconds limit{20};

    std::uint64_t row_ = 0;
    Clock::time_point handed_out_{};
    Clock::duration spent_{};
};

}  // namespace azoth::inline v0::mariadb
