// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/engine/connection_events.hpp>
#include <azoth/engine/engine.hpp>
#include <azoth/engine/engine_state.hpp>
#include <azoth/engine/events.hpp>
#include <azoth/engine/log_names.hpp>
#include <azoth/engine/plugin_set.hpp>
#include <azoth/engine/pool_choice.hpp>

namespace azoth::inline v0 {
namespace engine {
namespace {

/// What the options say of its connections, in one.
ExecutionSettings settings_of(const EngineOptions& options, const Dialect& dialect) {
    const ExecutionSettings own =
        with_options({},
                     {.isolation_level = options.isolation_level,
                      .insertmanyvalues_page_size = options.insertmanyvalues_page_size},
                     dialect);
    return with_options(own, options.execution_options, dialect);
}

/// The URL by which connections are opened.
URL full_url(const URL& url, const EngineOptions& options) {
    return options.connect_args.empty() ? url : url.update_query_pairs(options.connect_args);
}

}  // namespace

EngineState::EngineState(const URL& url, const Dialect& dialect, EngineOptions options)
    : url_(url),
      dialect_(dialect),
      options_(std::move(options)),
      logger_(logger_name("azoth.engine", "logging_name", options_.logging_name)),
      settings_(settings_of(options_, dialect_)),
      cache_(std::make_shared<CompiledCache>(options_.query_cache_size)),
      events_(std::make_shared<event::Hub>()) {
    if (echo() && !options_.log) options_.log = log_to_stderr;
    pool_ = make_pool();
    if (!options_.log) options_.log = log_trouble_to_stderr;
}

EngineState::EngineState(const EngineState& parent, const ConnectionOptions& options)
    : url_(parent.url_),
      dialect_(parent.dialect_),
      options_(parent.options_),
      logger_(parent.logger_),
      settings_(with_options(parent.settings_, options, dialect_)),
      cache_(parent.cache_),
      events_(parent.events_),
      pool_(parent.pool_) {}

std::shared_ptr<Pool> EngineState::make_pool() {
    if (!options_.connect_args.empty() && options_.creator)
        throw ArgumentError(
            "create_engine: 'connect_args' have no effect on what a 'creator' opens; give them to "
            "it");
    if (options_.pool != nullptr) {
        check_ready_made_pool(options_);
        return options_.pool;
    }
    PoolClass kind = options_.poolclass;
    if (kind == PoolClass::automatic) kind = dialect_.default_pool(full_url(url_, options_));
    PoolCreator creator = [open = options_.creator ? options_.creator : opener(),
                           settings = driver::ConnectionSettings{options_.hide_parameters}] {
        auto connection = open();
        if (connection != nullptr) connection->apply(settings);
        return connection;
    };
    return engine::make_pool(kind, std::move(creator), pool_options(options_));
}

/// Opens connections as the URL says, or as a listener of do_connect does.
PoolCreator EngineState::opener() const {
    const URL full = full_url(url_, options_);
    return [events = events_, &dialect = dialect_, url = full, open = dialect_.creator(full)] {
        if (!events->hears(event::do_connect.bit)) return open();
        event::Connecting connecting{dialect, url};
        events->tell(event::do_connect, nullptr, connecting);
        if (connecting.connection != nullptr) return std::move(connecting.connection);
        return connecting.url == url ? open() : dialect.creator(connecting.url)();
    };
}

PooledConnection EngineState::lease(std::source_location where) {
    try {
        return pool_->connect(where);
    } catch (DBAPIError& error) {
        if (!events_->hears(event::handle_error.bit)) throw;
        bool whole_pool = true;
        if (const auto replacement = judge(error, nullptr, whole_pool))
            std::rethrow_exception(replacement);
        throw;
    }
}

void EngineState::log(LogRecord::Level level, std::string_view message, std::string_view logger,
                      std::string_view token) const {
    if (logger.empty()) logger = logger_;
    if (token.empty()) return options_.log({level, logger, message});
    std::string marked = "[";
    marked.append(token).append("] ").append(message);
    options_.log({level, logger, marked});
}

}  // namespace engine

Engine::Engine(std::shared_ptr<engine::EngineState> state) : state_(std::move(state)) {}

Engine::Engine(const Engine& other) = default;
Engine::Engine(Engine&& other) noexcept = default;
Engine& Engine::operator=(const Engine& other) = default;
Engine& Engine::operator=(Engine&& other) noexcept = default;
Engine::~Engine() = default;

Ref<engine::ConnectionState> Engine::open(Ref<const sql::Lowering> lowering,
                                          std::source_location where) const {
    auto state =
        make_ref<engine::ConnectionState>(state_, state_->lease(where), std::move(lowering));
    if (state_->events().hears(event::engine_connect.bit)) [[unlikely]] {
        engine::BorrowedConnection borrowed(*state);
        state_->events().tell(event::engine_connect, nullptr, borrowed.get());
    }
    return state;
}

Connection Engine::connect(std::source_location where) const {
    return Connection(open(nullptr, where));
}

Connection Engine::connect(Ref<const sql::Lowering> lowering, std::source_location where) const {
    return Connection(open(std::move(lowering), where));
}

ConnectedTransaction Engine::begin(std::source_location where) const {
    return ConnectedTransaction(connect(where));
}

Engine Engine::execution_options(const ConnectionOptions& options) const {
    return Engine(std::make_shared<engine::EngineState>(*state_, options));
}

ConnectionOptions Engine::get_execution_options() const {
    return state_->settings().options;
}

void Engine::log(LogRecord::Level level, std::string_view message, std::string_view logger) const {
    state_->log(level, message, logger, state_->settings().options.logging_token);
}

const URL& Engine::url() const noexcept {
    return state_->url();
}
const Dialect& Engine::dialect() const noexcept {
    return state_->dialect();
}
Pool& Engine::pool() const noexcept {
    return state_->pool();
}
void Engine::clear_compiled_cache() const {
    state_->cache().clear();
}
void Engine::dispose() const {
    state_->pool().dispose();
    if (state_->events().hears(event::engine_disposed.bit)) [[unlikely]]
        state_->events().tell(event::engine_disposed, nullptr, *this);
}

CacheStatistics Engine::cache_statistics() const {
    const auto& cache = state_->cache();
    return {cache.hits(), cache.misses(), cache.size()};
}

void Engine::run_ddl(const schema::Work& work) const {
    Connection connection = connect();
    connection.run_ddl(work);
    connection.commit();
}

Engine create_engine(std::string_view url, EngineOptions options) {
    return create_engine(make_url(url), std::move(options));
}

Engine create_engine(std::string_view url) {
    return create_engine(url, EngineOptions{});
}
Engine create_engine(const URL& url) {
    return create_engine(url, EngineOptions{});
}

Engine create_engine(const URL& url, EngineOptions options) {
    const engine::PluginSet plugins(url, options.plugins);
    const Dialect& dialect = find_dialect(plugins.url().get_backend_name());
    plugins.handle_options(dialect, options);
    Engine made(std::make_shared<engine::EngineState>(plugins.url(), dialect, std::move(options)));
    plugins.engine_created(made);
    return made;
}

}  // namespace azoth::inline v0
