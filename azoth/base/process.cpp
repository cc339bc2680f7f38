// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/process.hpp>

#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <string>

namespace azoth::inline v0 {

constinit std::atomic<std::uint64_t> detail::this_process{0};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free, "the child handler can't lock");

namespace {

using detail::this_process;

constexpr std::uint64_t pack(std::uint32_t forks, pid_t pid) noexcept {
    return std::uint64_t{forks} << 32 | static_cast<std::uint32_t>(pid);
}

void renew_in_child() {
    const std::uint64_t parent = this_process.load(std::memory_order_relaxed);
    if (parent == 0) return;
    this_process.store(pack(detail::unpack(parent).forks + 1, getpid()), std::memory_order_relaxed);
}

/// No lock (a child forked meanwhile would find it taken for ever): where two threads come here at
/// once the handler is registered twice, and a fork then counts double, which harms nobody.
std::uint64_t first_look() noexcept {
    const std::uint64_t now = pack(1, getpid());
    // Without a handler nothing may be cached, and every look asks the operating system.
    if (pthread_atfork(nullptr, nullptr, renew_in_child) != 0) return now;
    std::uint64_t unknown = 0;
    this_process.compare_exchange_strong(unknown, now, std::memory_order_relaxed);
    return now;
}

}  // namespace

std::uint64_t detail::ask_process() noexcept {
    return first_look();
}

void OwnerProcess::throw_forked(std::string_view object) const {
    throw ForkedProcessError(
        "this " + std::string(object) + " was made in process " + std::to_string(id().pid) +
        ", before a fork, and can't be used in process " + std::to_string(current_process().pid) +
        ": get a new one from the engine, which serves the child too");
}

}  // namespace azoth::inline v0
