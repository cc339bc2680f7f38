// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/connection_state.hpp>

namespace azoth::inline v0::engine {

/// While it lives, what runs on a connection has a schema_translate_map beside the connection's
/// own. One thread at a time, that of the connection.
class OptionsScope {
  public:
    enum class Of : unsigned char {
        call,       ///< goes before the connection's own
        statement,  ///< comes behind it, for all that a session sends on the statement's account
    };
    /// \param map of no effect where it says nothing; must outlive this
    OptionsScope(ConnectionState& state, Of of, const SchemaTranslateMap& map) noexcept
        : state_(map.is_given() ? Ref<ConnectionState>(&state) : nullptr) {
        if (!state_) [[likely]]
            return;
        call_ = state.call_schemas_;
        statement_ = state.statement_schemas_;
        state.set_scope(of == Of::call ? &map : call_, of == Of::call ? statement_ : &map);
    }
    OptionsScope(const OptionsScope&) = delete;
    OptionsScope& operator=(const OptionsScope&) = delete;
    ~OptionsScope() {
        if (state_) state_->set_scope(call_, statement_);
    }

  private:
    const Ref<ConnectionState> state_;  // a listener may end the session that used it
    const SchemaTranslateMap* call_;    // as they were before
    const SchemaTranslateMap* statement_;
};

/// While it lives, none of the above is of effect: for what listeners run on the connection in the
/// midst of a call. One thread at a time, that of the connection.
class OptionsSuspension {
  public:
    explicit OptionsSuspension(ConnectionState& state) noexcept
        : state_(&state), call_(state.call_schemas_), statement_(state.statement_schemas_) {
        state.set_scope(nullptr, nullptr);
    }
    OptionsSuspension(const OptionsSuspension&) = delete;
    OptionsSuspension& operator=(const OptionsSuspension&) = delete;
    ~OptionsSuspension() { state_->set_scope(call_, statement_); }

  private:
    const Ref<ConnectionState> state_;
    const SchemaTranslateMap* const call_;
    const SchemaTranslateMap* const statement_;
};

}  // namespace azoth::inline v0::engine
