// SPDX-License-Identifier: MIT
#include <azoth/base/execution_context.hpp>
#include <azoth/orm/session_maker.hpp>

#include <functional>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace azoth::inline v0 {

struct ScopedSession::State {
    explicit State(SessionMaker session_maker) : maker(std::move(session_maker)) {}

    void forget(ContextId context) {
        std::unique_ptr<Session> gone;  // closed outside of the lock
        const std::lock_guard lock(mutex);
        const auto found = sessions.find(context.number);
        if (found == sessions.end()) return;
        gone = std::move(found->second);
        sessions.erase(found);
    }

    const SessionMaker maker;
    std::mutex mutex;
    std::unordered_map<std::uint64_t, std::unique_ptr<Session>> sessions;
};

namespace {

/// Closes the sessions that a thread leaves behind.
class LeftBehind {
  public:
    ~LeftBehind() {
        for (const auto& forget : forgets_) forget();
    }
    void add(std::function<void()> forget) { forgets_.push_back(std::move(forget)); }

  private:
    std::vector<std::function<void()>> forgets_;
};

thread_local LeftBehind left_behind;

}  // namespace

ScopedSession::ScopedSession(SessionMaker maker)
    : state_(std::make_shared<State>(std::move(maker))) {}
ScopedSession::~ScopedSession() = default;

Session& ScopedSession::operator*() {
    const ContextId me = current_context();
    const std::lock_guard lock(state_->mutex);
    auto& session = state_->sessions[me.number];
    if (!session) {
        session = std::make_unique<Session>(state_->maker());
        left_behind.add([weak = std::weak_ptr<State>(state_), me] {
            if (const auto state = weak.lock()) state->forget(me);
        });
    }
    return *session;
}

bool ScopedSession::has_session() const {
    const std::lock_guard lock(state_->mutex);
    return state_->sessions.contains(current_context().number);
}

void ScopedSession::remove() {
    state_->forget(current_context());
}

}  // namespace azoth::inline v0
