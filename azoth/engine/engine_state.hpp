// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/event_hub.hpp>
#include <azoth/engine/compiled_cache.hpp>
#include <azoth/engine/engine.hpp>
#include <azoth/engine/execution_settings.hpp>

#include <exception>
#include <memory>

namespace azoth::inline v0::engine {

class ConnectionState;

/// What the handles of one engine share. Safe from any thread.
class EngineState : public std::enable_shared_from_this<EngineState> {
  public:
    EngineState(const URL& url, const Dialect& dialect, EngineOptions options);
    /// A sub-engine's: pool, compiled statements and listeners are those of `parent`.
    EngineState(const EngineState& parent, const ConnectionOptions& options);

    [[nodiscard]] const URL& url() const noexcept { return url_; }
    [[nodiscard]] const Dialect& dialect() const noexcept { return dialect_; }
    [[nodiscard]] const EngineOptions& options() const noexcept { return options_; }
    [[nodiscard]] Pool& pool() noexcept { return *pool_; }
    [[nodiscard]] CompiledCache& cache() noexcept { return *cache_; }
    [[nodiscard]] bool echo() const noexcept { return options_.echo.level != Echo::off; }
    [[nodiscard]] bool echoes_rows() const noexcept { return options_.echo.level == Echo::debug; }
    /// Those of connections that say nothing else.
    [[nodiscard]] const ExecutionSettings& settings() const noexcept { return settings_; }
    /// \param logger empty: the engine's own \param token see ConnectionOptions::logging_token
    void log(LogRecord::Level level, std::string_view message, std::string_view logger = {},
             std::string_view token = {}) const;

    /// Those who listen to this engine and its connections, but for the pool's.
    [[nodiscard]] event::Hub& events() const noexcept { return *events_; }
    [[nodiscard]] const std::shared_ptr<event::Hub>& shared_events() const noexcept {
        return events_;
    }
    /// A connection of the pool; listeners hear of errors.
    [[nodiscard]] PooledConnection lease(std::source_location where);
    /// Tells the listeners of handle_error, and has the error say what they know better.
    /// \param connection may be null \param whole_pool set to whether a lost connection ends all
    /// \returns what is to be thrown instead; null: the error itself
    [[nodiscard]] std::exception_ptr judge(DBAPIError& error, ConnectionState* connection,
                                           bool& whole_pool);

  private:
    [[nodiscard]] std::shared_ptr<Pool> make_pool();
    [[nodiscard]] PoolCreator opener() const;

    URL url_;
    const Dialect& dialect_;
    EngineOptions options_;
    std::string logger_;
    ExecutionSettings settings_;
    std::shared_ptr<CompiledCache> cache_;
    const std::shared_ptr<event::Hub> events_;
    std::shared_ptr<Pool> pool_;
};

}  // namespace azoth::inline v0::engine
