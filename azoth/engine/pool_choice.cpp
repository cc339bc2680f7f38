// SPDX-License-Identifier: MIT
#include <azoth/engine/log_names.hpp>
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
    if (options.echo_pool.level != Echo::off) return "echo_pool";
    if (differs(&EngineOptions::pool_logging_name)) return "pool_logging_name";
    return {};
}

/// An event of the pool as a line of the log.
struct PoolLine {
    LogRecord::Level level;
    std::string_view text;
};

PoolLine line_of(PoolEventKind kind) {
    using Level = LogRecord::Level;
    switch (kind) {
        case PoolEventKind::first_connect: return {Level::info, "the first connection is opened"};
        case PoolEventKind::connect: return {Level::info, "a connection was opened"};
        case PoolEventKind::checkout: return {Level::debug, "a connection is lent"};
        case PoolEventKind::checkin: return {Level::debug, "a connection came back"};
        case PoolEventKind::reset: return {Level::debug, "a connection is reset"};
        case PoolEventKind::reset_failed: return {Level::warning, "a reset failed"};
        case PoolEventKind::ping_failed: return {Level::warning, "a connection is dead"};
        case PoolEventKind::invalidate: return {Level::warning, "invalidated"};
        case PoolEventKind::soft_invalidate:
            return {Level::info, "a connection will be replaced after this use"};
        case PoolEventKind::detach: return {Level::info, "a connection is detached"};
        case PoolEventKind::close: return {Level::info, "a connection is closed"};
        case PoolEventKind::close_detached: return {Level::info, "a detached connection is closed"};
    }
    return {Level::debug, "an event"};
}

/// The least level that is logged.
LogRecord::Level threshold(Echo echo) {
    if (echo.level == Echo::off) return LogRecord::Level::warning;
    return echo.level == Echo::debug ? LogRecord::Level::debug : LogRecord::Level::info;
}

void log_event(const LogCallback& log, std::string_view logger, const PoolEvent& event,
               const PoolLine& line) {
    std::string message(event.pool);
    message.append(": ").append(line.text);
    if (!event.message.empty()) message.append(": ").append(event.message);
    log({line.level, logger, message});
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
    const bool echoes = options.echo_pool.level != Echo::off;
    // Nothing where nobody asked for a log: it would be a call for each connection that is lent.
    if (options.log || echoes) {
        own.on_event =
            [log = options.log ? options.log : log_to_stderr,
             logger = logger_name("azoth.pool", "pool_logging_name", options.pool_logging_name),
             least = threshold(options.echo_pool)](const PoolEvent& event) {
                const PoolLine line = line_of(event.kind);
                if (line.level >= least) log_event(log, logger, event, line);
            };
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
