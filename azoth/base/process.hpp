// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <atomic>
#include <cstdint>
#include <string_view>

namespace azoth::inline v0 {

/// Which process code runs in: a plain value, safe to copy and compare anywhere.
///
/// Besides the operating system's number it counts the forks since the first process that used
/// Azoth, so a child never equals its parent or a grandparent even when numbers are reused.
struct ProcessId {
    std::int32_t pid = 0;     ///< the operating system's process number
    std::uint32_t forks = 0;  ///< forks between the first process and this one

    friend constexpr bool operator==(ProcessId, ProcessId) noexcept = default;
};

namespace detail {
/// The process in one word, so that no thread ever sees half of it: the forks above the number. 0
/// until somebody asks for the first time.
AZOTH_EXPORT extern std::atomic<std::uint64_t> this_process;
[[nodiscard]] AZOTH_EXPORT std::uint64_t ask_process() noexcept;
[[nodiscard]] inline std::uint64_t packed_process() noexcept {
    const std::uint64_t known = this_process.load(std::memory_order_relaxed);
    return known != 0 ? known : ask_process();
}
[[nodiscard]] constexpr ProcessId unpack(std::uint64_t packed) noexcept {
    return {static_cast<std::int32_t>(packed), static_cast<std::uint32_t>(packed >> 32)};
}
}  // namespace detail

/// The process that calls. Safe from any thread, also in a child between fork() and exec().
///
/// Costs one load: the number is cached, and a pthread_atfork handler renews it in the child. A
/// child made without running such handlers (the bare clone system call, `_Fork`) is not noticed.
[[nodiscard]] inline ProcessId current_process() noexcept {
    return detail::unpack(detail::packed_process());
}

/// Remembers the process that an object was made in (R23). Immutable, so safe from any thread.
///
/// A member of everything that holds a connection: its destructor asks `is_current()` before it
/// sends a byte on a connection that a parent process may still be using.
class OwnerProcess {
  public:
    OwnerProcess() noexcept : packed_(detail::packed_process()) {}

    /// The process that this object was made in.
    [[nodiscard]] ProcessId id() const noexcept { return detail::unpack(packed_); }
    /// True in the process that made this object, false in its children.
    [[nodiscard]] bool is_current() const noexcept { return packed_ == detail::packed_process(); }
    /// Throws ForkedProcessError, naming `object` ("Connection"), unless `is_current()`.
    void require_current(std::string_view object) const {
        if (!is_current()) [[unlikely]]
            throw_forked(object);
    }

  private:
    [[noreturn]] AZOTH_EXPORT void throw_forked(std::string_view object) const;

    std::uint64_t packed_;
};

}  // namespace azoth::inline v0
