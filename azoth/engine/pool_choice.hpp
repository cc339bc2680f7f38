// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/engine.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace azoth::inline v0::engine {

/// Throws ArgumentError, naming the option, where a ready-made pool comes with what would have made
/// another.
void check_ready_made_pool(const EngineOptions& options);

/// What an engine's options say of its own pool, which tells what happens to it where there is a
/// callback for the log or echo_pool.
[[nodiscard]] PoolOptions pool_options(const EngineOptions& options);

/// Throws ArgumentError, naming the option, for what would forge lines of the log.
void check_log_name(std::string_view option, std::string_view given);

/// The name of a logger; with an engine's or pool's own name behind it where it has one. Throws as
/// check_log_name().
[[nodiscard]] std::string logger_name(std::string_view hierarchy, std::string_view name);

/// \param kind not `automatic`
[[nodiscard]] std::shared_ptr<Pool> make_pool(PoolClass kind, PoolCreator creator,
                                              PoolOptions options);

}  // namespace azoth::inline v0::engine
