// SPDX-License-Identifier: MIT
#include <azoth/driver/waiter.hpp>

#include <poll.h>

#include <cerrno>
#include <limits>
#include <system_error>

namespace azoth::inline v0::driver {

Waiter::~Waiter() = default;

namespace {

/// Milliseconds for poll(2), rounded up so that a wait never ends before its deadline.
int milliseconds_until(Deadline deadline) {
    if (deadline == no_deadline) return -1;
    const auto left = deadline - std::chrono::steady_clock::now();
    if (left <= left.zero()) return 0;
    const auto whole = std::chrono::ceil<std::chrono::milliseconds>(left).count();
    // A longer wait than an int holds ends early, and the caller's loop goes round once more.
    return whole > std::numeric_limits<int>::max() ? std::numeric_limits<int>::max()
                                                   : static_cast<int>(whole);
}

short to_events(Readiness wanted) {
    int events = 0;
    if (static_cast<int>(wanted) & static_cast<int>(Readiness::read)) events |= POLLIN;
    if (static_cast<int>(wanted) & static_cast<int>(Readiness::write)) events |= POLLOUT;
    return static_cast<short>(events);
}

Readiness to_readiness(short events, Readiness wanted) {
    // The next read or write finds out what the error is.
    if (events & (POLLERR | POLLHUP | POLLNVAL)) return wanted;
    int ready = 0;
    if (events & POLLIN) ready |= static_cast<int>(Readiness::read);
    if (events & POLLOUT) ready |= static_cast<int>(Readiness::write);
    return static_cast<Readiness>(ready);
}

class PollingWaiter final : public Waiter {
  public:
    Readiness wait(int descriptor, Readiness wanted, Deadline deadline) override {
        pollfd entry{descriptor, to_events(wanted), 0};
        for (;;) {
            const int ready = ::poll(&entry, 1, milliseconds_until(deadline));
            if (ready > 0) return to_readiness(entry.revents, wanted);
            if (ready == 0) {
                if (std::chrono::steady_clock::now() >= deadline) return Readiness::none;
            } else if (errno != EINTR) {
                throw std::system_error(errno, std::generic_category(), "poll");
            }
        }
    }
};

}  // namespace

Waiter& polling_waiter() noexcept {
    // Never destroyed: connections that are closed by destructors of statics still wait with it.
    // No memory for it is the end. NOLINTNEXTLINE(bugprone-unhandled-exception-at-new)
    static PollingWaiter* const waiter = new PollingWaiter;
    return *waiter;
}

}  // namespace azoth::inline v0::driver
