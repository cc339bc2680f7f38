// SPDX-License-Identifier: MIT
#include <azoth/base/random_part.hpp>
#include <azoth/pool/clock.hpp>

namespace azoth::inline v0::pool {

TimePoint Lifetimes::end_of_one_from(TimePoint now) const noexcept {
    if (!are_limited()) return TimePoint::max();
    const TimePoint latest = after(now, longest_);
    if (jitter_ == 0) return latest;
    const std::chrono::duration<double, std::nano> life = latest - now;
    const auto shorter = life * (jitter_ * azoth::detail::random_part());
    return latest - std::chrono::duration_cast<TimePoint::duration>(shorter);
}

}  // namespace azoth::inline v0::pool
