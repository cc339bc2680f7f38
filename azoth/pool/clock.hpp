// SPDX-License-Identifier: MIT
#pragma once

#include <time.h>

#include <algorithm>
#include <chrono>

namespace azoth::inline v0::pool {

using TimePoint = std::chrono::steady_clock::time_point;

/// The steady clock to the nearest few milliseconds; never later than it. Safe from any thread.
///
/// Every checkout notes the time, for those who wait in vain; the coarse clock reads a number that
/// the kernel left in memory, where the exact one may cost as much as the rest of the checkout.
[[nodiscard]] inline TimePoint coarse_now() noexcept {
#ifdef CLOCK_MONOTONIC_COARSE
    timespec now{};
    if (clock_gettime(CLOCK_MONOTONIC_COARSE, &now) == 0) [[likely]]
        return TimePoint{std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec}};
#endif
    return std::chrono::steady_clock::now();
}

/// `time` after `now`, or a century after it: what comes later would overflow the clock, and nobody
/// is there to notice.
[[nodiscard]] inline TimePoint after(TimePoint now, std::chrono::milliseconds time) noexcept {
    constexpr std::chrono::milliseconds century = std::chrono::hours{24 * 36525};
    return now + std::min(time, century);
}

/// Draws how long the connections of one pool live. Safe from any thread.
class Lifetimes {
  public:
    /// \param longest negative: for ever
    /// \param jitter by which part of it a life may be shorter, less than 1
    Lifetimes(std::chrono::milliseconds longest, double jitter) noexcept
        : longest_(longest), jitter_(jitter) {}

    [[nodiscard]] bool are_limited() const noexcept { return longest_.count() >= 0; }
    /// When a connection that is opened now is to end.
    [[nodiscard]] TimePoint end_of_one_from(TimePoint now) const noexcept;

  private:
    const std::chrono::milliseconds longest_;
    const double jitter_;
};

}  // namespace azoth::inline v0::pool
