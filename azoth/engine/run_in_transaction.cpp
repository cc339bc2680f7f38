// SPDX-License-Identifier: MIT
#include <azoth/base/random_part.hpp>
#include <azoth/engine/run_in_transaction.hpp>

#include <algorithm>
#include <string>
#include <thread>

namespace azoth::inline v0::engine {
namespace {

void check(const RetryOptions& options) {
    if (options.attempts < 1)
        throw ArgumentError("RetryOptions::attempts is " + std::to_string(options.attempts) +
                            ": the first attempt counts, so it is 1 at least");
    if (options.first_delay.count() < 0 || options.longest_delay.count() < 0)
        throw ArgumentError("RetryOptions: a delay can't be negative");
}

}  // namespace

Retries::Retries(const Engine& engine, RetryOptions options) : engine_(engine), options_(options) {
    check(options);
}

bool Retries::again(const DBAPIError& error) {
    ++failed_;
    if (!error.retryable() || dynamic_cast<const CommitInDoubtError*>(&error)) return false;
    if (failed_ >= options_.attempts) return false;
    const std::chrono::microseconds pause = delay();
    engine_.log(LogRecord::Level::info,
                "a transaction is tried again in " + std::to_string(pause.count() / 1000) +
                    " ms, after attempt " + std::to_string(failed_) + " of " +
                    std::to_string(options_.attempts) + ": " + error.fault().message);
    std::this_thread::sleep_for(pause);
    return true;
}

/// "Full jitter", as M. Brooker describes it in "Exponential Backoff And Jitter": of what was
/// compared there, that which ends contention soonest.
std::chrono::microseconds Retries::delay() const {
    constexpr int most_doublings = 20;
    const std::chrono::microseconds doubled =
        options_.first_delay * (1LL << std::min(failed_ - 1, most_doublings));
    const std::chrono::microseconds longest =
        std::min<std::chrono::microseconds>(doubled, options_.longest_delay);
    return std::chrono::microseconds(static_cast<std::int64_t>(
        static_cast<double>(longest.count()) * azoth::detail::random_part()));
}

}  // namespace azoth::inline v0::engine
