// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/connection_state.hpp>

namespace azoth::inline v0::engine {

/// While it lives, what runs on a connection has a schema_translate_map beside the connection's
/// own: that of one call, or that of a statement for all that a session sends on its account. One
/// thread at a time, that of the connection.
class OptionsScope {
  public:
    /// Of a call: goes before the connection's own. \param map must outlive this
    [[nodiscard]] static OptionsScope of_call(ConnectionState& state,
                                              const SchemaTranslateMap& map) {
        return {state, &map, state.statement_schemas_};
    }
    /// Of a statement: comes behind the connection's own. \param map must outlive this
    [[nodiscard]] static OptionsScope of_statement(ConnectionState& state,
                                                   const SchemaTranslateMap& map) {
        return {state, state.call_schemas_, &map};
    }
    OptionsScope(const OptionsScope&) = delete;
    OptionsScope& operator=(const OptionsScope&) = delete;
    ~OptionsScope() { state_.set_scope(call_, statement_); }

  private:
    OptionsScope(ConnectionState& state, const SchemaTranslateMap* call,
                 const SchemaTranslateMap* statement)
        : use_(state.monitor(), "Connection"),
          state_(state),
          call_(state.call_schemas_),
          statement_(state.statement_schemas_) {
        state.set_scope(call, statement);
    }

    const ExclusiveUse use_;
    ConnectionState& state_;
    const SchemaTranslateMap* const call_;  // as they were before
    const SchemaTranslateMap* const statement_;
};

}  // namespace azoth::inline v0::engine
