// SPDX-License-Identifier: MIT
#include <azoth/base/process.hpp>
#include <azoth/pool/clock.hpp>

namespace azoth::inline v0::pool {

namespace {

/// SplitMix64's last step: what goes in evenly comes out at random.
std::uint64_t mix(std::uint64_t x) noexcept {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31);
}

}  // namespace

Lifetimes::Lifetimes(std::chrono::milliseconds longest, double jitter) noexcept
    : longest_(longest),
      jitter_(jitter),
      // Different in each pool and in each child of one parent: they are there to disagree.
      random_(mix(static_cast<std::uint64_t>(
                  std::chrono::steady_clock::now().time_since_epoch().count())) ^
              mix(static_cast<std::uint64_t>(current_process().pid)) ^
              reinterpret_cast<std::uintptr_t>(this)) {}

TimePoint Lifetimes::end_of_one_from(TimePoint now) noexcept {
    if (!are_limited()) return TimePoint::max();
    const TimePoint latest = after(now, longest_);
    if (jitter_ == 0) return latest;
    constexpr std::uint64_t step = 0x9e3779b97f4a7c15U;
    const std::uint64_t drawn = mix(random_.fetch_add(step, std::memory_order_relaxed));
    const double part = static_cast<double>(drawn >> 11) * 0x1p-53;  // of [0, 1)
    const std::chrono::duration<double, std::nano> life = latest - now;
    return latest - std::chrono::duration_cast<TimePoint::duration>(life * (jitter_ * part));
}

}  // namespace azoth::inline v0::pool
