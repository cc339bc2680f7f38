// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/engine.hpp>

#include <chrono>
#include <type_traits>
#include <utility>

/// Transactions that are begun again where the database asks for it.
namespace azoth::inline v0 {

/// How often run_in_transaction() tries, and how long it waits in between. A plain value.
struct RetryOptions {
    /// The first one counted; at least 1.
    int attempts = 10;
    /// The wait after the first attempt is a random part of this, after each further one of twice
    /// as much as before: so those that met each other don't meet again. Not negative.
    std::chrono::milliseconds first_delay{10};
    /// And never of more than this.
    std::chrono::milliseconds longest_delay{1000};
};

namespace engine {

/// Whether to try again, and when. One thread at a time.
class AZOTH_EXPORT Retries {
  public:
    /// Throws ArgumentError for options that make no sense.
    Retries(const Engine& engine, RetryOptions options);
    /// After an attempt that failed. Waits and \returns true where it is to be tried again.
    [[nodiscard]] bool again(const DBAPIError& error);

  private:
    [[nodiscard]] std::chrono::microseconds delay() const;

    const Engine& engine_;
    const RetryOptions options_;
    int failed_ = 0;
};

/// Runs `attempt()`, a transaction from beginning to end, until it succeeds or is not to be tried
/// again.
template <class Attempt>
auto retried(const Engine& engine, RetryOptions options, const Attempt& attempt)
    -> decltype(attempt()) {
    Retries retries(engine, options);
    for (;;) {
        try {
            return attempt();
        } catch (const DBAPIError& error) {
            if (!retries.again(error)) throw;
        }
    }
}

}  // namespace engine

/// Runs `work(connection)` in a transaction, as Engine::begin(), and does so again where the
/// database ended the transaction for the sake of another one: deadlocks, serialization failures, a
/// lock that did not become free (DBAPIError::retryable()). So `work` may run several times: what
/// it does besides the database must stand that. Other exceptions, those of `work` among them, roll
/// back and come out at once; so does CommitInDoubtError, because what was committed may be there.
/// When no attempt is left, the last error comes out.
/// \returns what the last run of `work` returned.
///
/// Throws ArgumentError for options that make no sense. SQLAlchemy leaves this to its users.
template <class Work>
auto run_in_transaction(const Engine& engine, Work&& work, RetryOptions options = {})
    -> decltype(work(std::declval<Connection&>())) {
    return engine::retried(engine, options, [&] { return engine.begin(work); });
}

}  // namespace azoth::inline v0
