// SPDX-License-Identifier: MIT
#include <azoth/engine/pool_choice.hpp>
#include <azoth/pool/assertion_pool.hpp>
#include <azoth/pool/null_pool.hpp>
#include <azoth/pool/queue_pool.hpp>
#include <azoth/pool/singleton_thread_pool.hpp>
#include <azoth/pool/static_pool.hpp>

#include <string>
#include <utility>

namespace azoth::inline v0::engine {
namespace {

/// The option that says something of the engine's own pool; empty for none.
std::string_view option_of_own_pool(const EngineOptions& options) {
    const EngineOptions untouched;
    const auto differs = [&](auto EngineOptions::* option) {
        return options.*option != untouched.*option;
    };
    if (options.creator != nullptr) return "creator";
    if (!options.connect_args.empty()) return "connect_args";
    if (differs(&EngineOptions::poolclass)) return "poolclass";
    if (differs(&EngineOptions::pool_size)) return "pool_size";
    if (differs(&EngineOptions::max_overflow)) return "max_overflow";
    if (differs(&EngineOptions::pool_min_size)) return "pool_min_size";
    if (differs(&EngineOptions::pool_timeout)) return "pool_timeout";
    if (differs(&EngineOptions::pool_recycle)) return "pool_recycle";
    if (differs(&EngineOptions::pool_max_lifetime)) return "pool_max_lifetime";
    if (differs(&EngineOptions::pool_lifetime_jitter)) return "pool_lifetime_jitter";
    if (differs(&EngineOptions::pool_use_lifo)) return "pool_use_lifo";
    if (differs(&EngineOptions::pool_pre_ping)) return "pool_pre_ping";
    if (differs(&EngineOptions::pool_ping_idle_threshold)) return "pool_ping_idle_threshold";
    if (differs(&EngineOptions::pool_reset_on_return)) return "pool_reset_on_return";
    return {};
}

void log_trouble(const LogCallback& log, const PoolEvent& event) {
    const bool trouble = event.kind == PoolEventKind::reset_failed ||
                         event.kind == PoolEventKind::ping_failed ||
                         event.kind == PoolEventKind::invalidate;
    if (!trouble) return;
    const std::string message = std::string(event.pool) + ": " + std::string(event.message);
    log({LogRecord::Level::warning, "azoth.pool", message});
}

}  // namespace

void check_ready_made_pool(const EngineOptions& options) {
    const std::string_view other = option_of_own_pool(options);
    if (other.empty()) return;
    throw ArgumentError("create_engine: '" + std::string(other) +
                        "' has no effect on a ready-made pool ('pool'); give it to that pool");
}

PoolOptions pool_options(const EngineOptions& options) {
    PoolOptions own{.pool_size = options.pool_size,
                    .max_overflow = options.max_overflow,
                    .min_size = options.pool_min_size,
                    .timeout = options.pool_timeout,
                    .use_lifo = options.pool_use_lifo,
                    .pre_ping = options.pool_pre_ping,
                    .ping_idle_threshold = options.pool_ping_idle_threshold,
                    .recycle = options.pool_recycle,
                    .max_lifetime = options.pool_max_lifetime,
                    .lifetime_jitter = options.pool_lifetime_jitter,
                    .reset_on_return = options.pool_reset_on_return};
    if (options.log) {
        own.on_event = [log = options.log](const PoolEvent& event) { log_trouble(log, event); };
    }
    return own;
}

std::shared_ptr<Pool> make_pool(PoolClass kind, PoolCreator creator, PoolOptions options) {
    const auto make = [&]<class Class>(std::type_identity<Class>) -> std::shared_ptr<Pool> {
        return std::make_shared<Class>(std::move(creator), std::move(options));
    };
    switch (kind) {
        case PoolClass::null: return make(std::type_identity<NullPool>());
        case PoolClass::static_: return make(std::type_identity<StaticPool>());
        case PoolClass::singleton_thread: return make(std::type_identity<SingletonThreadPool>());
        case PoolClass::assertion: return make(std::type_identity<AssertionPool>());
        default: return make(std::type_identity<QueuePool>());
    }
}

}  // namespace azoth::inline v0::engine
