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
        : state_(map.is_given() ? &state : nullptr) {
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
    ConnectionState* const state_;
    const SchemaTranslateMap* call_;  // as they were before
    const SchemaTranslateMap* statement_;
};

}  // namespace azoth::inline v0::engine
