// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/engine/events.hpp>

namespace azoth::inline v0::event {

/// Finds what stands behind the handles of the engine.
struct EngineAccess {
    [[nodiscard]] static engine::EngineState& state(const Engine& engine) { return *engine.state_; }
    [[nodiscard]] static engine::ConnectionState& state(const Connection& connection) {
        if (!connection.state_)
            throw ResourceClosedError("event::listen(): this Connection was moved from");
        return *connection.state_;
    }
};

Place place_of(const Engine& engine, EngineScope /*scope*/) {
    return {EngineAccess::state(engine).shared_events()};
}

Place place_of(const Engine& engine, ConnectionScope /*scope*/) {
    return {EngineAccess::state(engine).shared_events()};
}

Place place_of(const Connection& connection, ConnectionScope /*scope*/) {
    return EngineAccess::state(connection).listened_at();
}

Place place_of(const Engine& engine, PoolScope scope) {
    return place_of(engine.pool(), scope);
}

}  // namespace azoth::inline v0::event
