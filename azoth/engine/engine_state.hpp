// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/compiled_cache.hpp>
#include <azoth/engine/engine.hpp>
#include <azoth/engine/transaction_settings.hpp>

#include <memory>

namespace azoth::inline v0::engine {

/// What the handles of one engine share. Safe from any thread.
class EngineState : public std::enable_shared_from_this<EngineState> {
  public:
    EngineState(const URL& url, const Dialect& dialect, EngineOptions options);
    /// A sub-engine's: pool and compiled statements are those of `parent`.
    EngineState(const EngineState& parent, const ConnectionOptions& options);

    [[nodiscard]] const URL& url() const noexcept { return url_; }
    [[nodiscard]] const Dialect& dialect() const noexcept { return dialect_; }
    [[nodiscard]] const EngineOptions& options() const noexcept { return options_; }
    [[nodiscard]] Pool& pool() noexcept { return *pool_; }
    [[nodiscard]] CompiledCache& cache() noexcept { return *cache_; }
    [[nodiscard]] bool echo() const noexcept { return options_.echo; }
    /// How transactions begin of which their connection says nothing else.
    [[nodiscard]] const TransactionSettings& transactions() const noexcept { return transactions_; }
    void log(LogRecord::Level level, std::string_view message) const;

  private:
    [[nodiscard]] std::shared_ptr<Pool> make_pool();

    URL url_;
    const Dialect& dialect_;
    EngineOptions options_;
    TransactionSettings transactions_;
    std::shared_ptr<CompiledCache> cache_;
    std::shared_ptr<Pool> pool_;
};

}  // namespace azoth::inline v0::engine
