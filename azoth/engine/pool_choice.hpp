// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/engine.hpp>

#include <memory>

namespace azoth::inline v0::engine {

/// Throws ArgumentError, naming the option, where a ready-made pool comes with what would have made
/// another.
void check_ready_made_pool(const EngineOptions& options);

/// What an engine's options say of its own pool, which tells what happens to it where there is a
/// callback for the log or echo_pool.
[[nodiscard]] PoolOptions pool_options(const EngineOptions& options);

/// \param kind not `automatic`
[[nodiscard]] std::shared_ptr<Pool> make_pool(PoolClass kind, PoolCreator creator,
                                              PoolOptions options);

}  // namespace azoth::inline v0::engine
