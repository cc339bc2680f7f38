// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/connection_state.hpp>

namespace azoth::inline v0::engine {

/// While it lives, what runs on a connection has options beside the connection's own. One thread at
/// a time, that of the connection.
class OptionsScope {
  public:
    /// Those of a call, which go before the connection's.
    /// \param call of no effect where it says nothing; must outlive this
    OptionsScope(ConnectionState& state, const StatementOptions& call) noexcept
        : OptionsScope(state, call.is_given()) {
        if (state_) state.set_scope(&call, statement_);
    }
    /// The map of a statement, for all that a session sends on its account; it comes behind the
    /// connection's.
    /// \param statement of no effect where it says nothing; must outlive this
    OptionsScope(ConnectionState& state, const SchemaTranslateMap& statement) noexcept
        : OptionsScope(state, statement.is_given()) {
        if (state_) state.set_scope(call_, &statement);
    }
    OptionsScope(const OptionsScope&) = delete;
    OptionsScope& operator=(const OptionsScope&) = delete;
    ~OptionsScope() {
        if (state_) state_->set_scope(call_, statement_);
    }

  private:
    OptionsScope(ConnectionState& state, bool given) noexcept
        : state_(given ? Ref<ConnectionState>(&state) : nullptr) {
        if (!given) [[likely]]
            return;
        call_ = state.call_options_;
        statement_ = state.statement_schemas_;
    }

    const Ref<ConnectionState> state_;        // a listener may end the session that used it
    const StatementOptions* call_ = nullptr;  // as they were before
    const SchemaTranslateMap* statement_ = nullptr;
};

/// While it lives, none of the above is of effect: for what listeners run on the connection in the
/// midst of a call. One thread at a time, that of the connection.
class OptionsSuspension {
  public:
    explicit OptionsSuspension(ConnectionState& state) noexcept
        : state_(&state), call_(state.call_options_), statement_(state.statement_schemas_) {
        state.set_scope(nullptr, nullptr);
    }
    OptionsSuspension(const OptionsSuspension&) = delete;
    OptionsSuspension& operator=(const OptionsSuspension&) = delete;
    ~OptionsSuspension() { state_->set_scope(call_, statement_); }

  private:
    const Ref<ConnectionState> state_;
    const StatementOptions* const call_;
    const SchemaTranslateMap* const statement_;
};

}  // namespace azoth::inline v0::engine
