// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <atomic>
#include <cstdint>
#include <string_view>

namespace azoth::inline v0 {

/// Names one flow of control, a thread or a fiber: a plain value, never used twice in a process.
struct ContextId {
    std::uint64_t number = 0;  ///< 0 names no context

    friend constexpr bool operator==(ContextId, ContextId) noexcept = default;
};

/// The calling thread's context, or that of the fiber it runs. Safe from any thread.
///
/// Deliberately not inline: a fiber may go on in another thread, and a compiler may keep the
/// address of a thread_local across the switch where it sees one.
[[nodiscard]] AZOTH_EXPORT ContextId current_context() noexcept;

namespace detail {
/// A context that nothing else has: what a fiber takes when it is made. Safe from any thread.
[[nodiscard]] AZOTH_EXPORT ContextId new_context() noexcept;

/// Lets the calling thread run as `context` and returns what it ran as: a fiber scheduler calls it
/// around each switch. Affects only the calling thread.
AZOTH_EXPORT ContextId exchange_current_context(ContextId context) noexcept;
}  // namespace detail

/// The part of an object that notices use by two contexts at a time (R19). Made to be used from any
/// thread: that is what it checks.
///
/// A member of Connection, Session and the like; each of their functions takes an ExclusiveUse of
/// it. A copy of an object is a new object, in use by nobody.
class UseMonitor {
  public:
    UseMonitor() noexcept = default;
    UseMonitor(const UseMonitor&) noexcept {}
    UseMonitor& operator=(const UseMonitor&) noexcept { return *this; }

    /// True while some context uses the object.
    [[nodiscard]] bool in_use() const noexcept {
        return user_.load(std::memory_order_relaxed) != 0;
    }

  private:
    friend class ExclusiveUse;

    std::atomic<std::uint64_t> user_{0};  // ContextId::number of the user
    std::uint32_t depth_ = 0;  // calls of that user within each other; only it looks here
};

/// Use of an object by one context for the length of a scope (R19); belongs to that context alone.
///
/// The same context may use the object again inside (a callback, a nested call). Costs an atomic
/// exchange for the outermost use and an increment for those inside. It reports misuse, it never
/// waits: SQLAlchemy's Session does the same (IllegalStateChangeError).
class ExclusiveUse {
  public:
    /// Begins the use. Throws IllegalStateChangeError where another context is using the object;
    /// `object` ("Connection") names it in the message and must outlive the call.
    ExclusiveUse(UseMonitor& monitor, std::string_view object) : monitor_(monitor) {
        const std::uint64_t me = current_context().number;
        if (monitor.user_.load(std::memory_order_relaxed) != me) {
            std::uint64_t nobody = 0;
            // acquire: what the last user wrote, with its release below, is seen here
            if (!monitor.user_.compare_exchange_strong(nobody, me, std::memory_order_acquire,
                                                       std::memory_order_relaxed)) [[unlikely]] {
                throw_in_use(object);
            }
        }
        ++monitor.depth_;
    }
    ExclusiveUse(const ExclusiveUse&) = delete;
    ExclusiveUse& operator=(const ExclusiveUse&) = delete;
    ~ExclusiveUse() {
        if (--monitor_.depth_ == 0) monitor_.user_.store(0, std::memory_order_release);
    }

  private:
    [[noreturn]] AZOTH_EXPORT static void throw_in_use(std::string_view object);

    UseMonitor& monitor_;
};

}  // namespace azoth::inline v0
