// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/execution_context.hpp>

#include <string>
#include <utility>

namespace azoth::inline v0 {
namespace {

constinit std::atomic<std::uint64_t> last_context{0};
constinit thread_local ContextId context_of_thread{};

}  // namespace

namespace detail {

ContextId new_context() noexcept {
    return {last_context.fetch_add(1, std::memory_order_relaxed) + 1};
}

ContextId exchange_current_context(ContextId context) noexcept {
    const ContextId previous = current_context();
    context_of_thread = context;
    return previous;
}

}  // namespace detail

ContextId current_context() noexcept {
    if (context_of_thread.number == 0) [[unlikely]]
        context_of_thread = detail::new_context();
    return context_of_thread;
}

void ExclusiveUse::throw_in_use(std::string_view object) {
    const std::string name(object);
    throw IllegalStateChangeError("two threads (or fibers) use one " + name +
                                  " at the same time: give each a " + name +
                                  " of its own, or let one wait for the other");
}

}  // namespace azoth::inline v0
