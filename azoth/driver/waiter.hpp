// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <chrono>
#include <cstdint>

namespace azoth::inline v0::driver {

/// What a descriptor is waited for, and what it became ready for. A plain value.
enum class Readiness : std::uint8_t {
    none = 0,  ///< as an answer: the deadline passed
    read = 1,
    write = 2,
    read_or_write = 3,
};

/// Until when to wait.
using Deadline = std::chrono::steady_clock::time_point;

/// Waits for ever.
inline constexpr Deadline no_deadline = Deadline::max();

/// How drivers wait for their sockets. An implementation may be used by any number of connections
/// and threads at once.
///
/// The one place where a driver blocks: an implementation may poll, or suspend a fiber and let the
/// thread do something else. A driver therefore holds no mutex across a wait and keeps no
/// thread-local value over it.
class AZOTH_EXPORT Waiter {
  public:
    virtual ~Waiter();

    /// Returns when `descriptor` is ready for some of `wanted`, or when `deadline` has passed.
    ///
    /// It may throw, for instance where the waiting fiber is cancelled: the driver then gives up
    /// its connection, because an answer is outstanding on it.
    /// \returns what the descriptor is ready for (an error on it counts as ready for `wanted`);
    ///     `Readiness::none` where the deadline passed.
    [[nodiscard]] virtual Readiness wait(int descriptor, Readiness wanted, Deadline deadline) = 0;
};

/// The waiter that blocks the calling thread in poll(2). Safe from any thread; lives as long as the
/// program. Its wait throws std::system_error where the system refuses.
[[nodiscard]] AZOTH_EXPORT Waiter& polling_waiter() noexcept;

}  // namespace azoth::inline v0::driver
