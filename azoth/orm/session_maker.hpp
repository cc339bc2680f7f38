// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/run_in_transaction.hpp>
#include <azoth/orm/session.hpp>

#include <memory>
#include <type_traits>
#include <utility>

namespace azoth::inline v0 {

/// Makes sessions that are all alike. A handle, safe from any thread. SQLAlchemy: `sessionmaker`.
class AZOTH_EXPORT SessionMaker {
  public:
    SessionMaker(Engine engine, Model model, SessionOptions options = {})
        : engine_(std::move(engine)), model_(std::move(model)), options_(options) {}

    [[nodiscard]] Session operator()() const { return Session(engine_, model_, options_); }
    /// Runs `work(session)` with a new session: committed when it returns, rolled back when it
    /// throws.
    /// \returns what `work` returns.
    template <class Work>
    auto begin(Work&& work) const -> decltype(work(std::declval<Session&>())) {
        Session session = (*this)();
        if constexpr (std::is_void_v<decltype(work(session))>) {
            work(session);
            session.commit();
        } else {
            auto result = work(session);
            session.commit();
            return result;
        }
    }
    [[nodiscard]] const Engine& engine() const noexcept { return engine_; }
    [[nodiscard]] const Model& model() const noexcept { return model_; }

  private:
    Engine engine_;
    Model model_;
    SessionOptions options_;
};

/// Runs `work(session)` as SessionMaker::begin() does, and again with another new session where the
/// database ended the transaction for the sake of another one: as run_in_transaction() of an
/// engine, which says more. Objects of a session that failed are of no use to the next.
template <class Work>
auto run_in_transaction(const SessionMaker& maker, Work&& work, RetryOptions options = {})
    -> decltype(work(std::declval<Session&>())) {
    return engine::retried(maker.engine(), options, [&] { return maker.begin(work); });
}

/// One session for each thread (or fiber) that asks, made at its first use. Safe from any thread;
/// what it gives belongs to the asking thread. SQLAlchemy: `scoped_session`.
///
/// Call remove() where a piece of work ends, such as a request: the next use then begins with a new
/// session. A thread's session is closed when the thread ends.
class AZOTH_EXPORT ScopedSession {
  public:
    explicit ScopedSession(SessionMaker maker);
    ScopedSession(const ScopedSession&) = delete;
    ScopedSession& operator=(const ScopedSession&) = delete;
    ~ScopedSession();

    /// The session of the calling thread.
    [[nodiscard]] Session& operator*();
    [[nodiscard]] Session* operator->() { return &**this; }
    /// The calling thread has a session.
    [[nodiscard]] bool has_session() const;
    /// Closes the session of the calling thread, if it has one.
    void remove();

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace azoth::inline v0
