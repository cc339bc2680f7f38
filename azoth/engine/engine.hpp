// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/connection.hpp>
#include <azoth/engine/connection_options.hpp>
#include <azoth/engine/dialect.hpp>
#include <azoth/engine/log.hpp>
#include <azoth/pool/pool.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0 {

namespace sql {
class Lowering;
}
namespace event {
struct EngineAccess;
}

/// How an engine behaves. A plain value; names and defaults are SQLAlchemy's where it has them.
struct EngineOptions {
    Echo echo{};        ///< log every statement with its parameters; Echo::debug: and rows
    LogCallback log{};  ///< where the log goes; empty: standard error
    bool hide_parameters = false;  ///< keep values out of logs and error messages
    PoolClass poolclass = PoolClass::automatic;
    /// A ready-made pool instead of one of the engine's own, which several engines may share: its
    /// creator must open connections of this dialect. With it go neither a creator nor options of
    /// a pool, and it does not write to the engine's log.
    std::shared_ptr<Pool> pool{};
    /// What opens connections of this dialect instead of what the URL says.
    PoolCreator creator{};
    /// Options of the URL's query that the engine's url() doesn't show; they go before its own.
    URLQuery connect_args{};
    /// Names given to register_plugin() (azoth/plugins.hpp); those that the URL names come first.
    std::vector<std::string> plugins{};
    // Of the engine's own pool; PoolOptions has more to say on each.
    int pool_size = 5;      ///< connections kept open
    int max_overflow = 10;  ///< further ones at peaks; -1: no limit
    int pool_min_size = 0;  ///< opened by `Pool::warm_up`, kept up by `Pool::maintain`
    std::chrono::milliseconds pool_timeout = std::chrono::seconds{30};
    std::chrono::milliseconds pool_recycle{-1};  ///< replace older connections; negative: never
    std::chrono::milliseconds pool_max_lifetime{-1};  ///< keep no older connections; negative: do
    double pool_lifetime_jitter = 0;  ///< by which part of that a life may be shorter
    bool pool_use_lifo = false;
    bool pool_pre_ping = false;  ///< ask for a sign of life at each checkout
    std::chrono::milliseconds pool_ping_idle_threshold{0};  ///< but not after a shorter rest
    ResetOnReturn pool_reset_on_return = ResetOnReturn::rollback;
    std::string isolation_level{};  ///< "SERIALIZABLE" …; "AUTOCOMMIT": no transactions at all
    ConnectionOptions execution_options{};  ///< of all its connections; go before isolation_level
    /// Whether an INSERT of a range goes many rows at a time; else one by one.
    bool use_insertmanyvalues = true;
    /// As that of execution_options, which goes before it.
    std::size_t insertmanyvalues_page_size = 0;
    std::size_t query_cache_size = 500;     ///< compiled statements kept by the engine
    std::size_t prepared_statements = 100;  ///< kept by each connection; 0: none
    std::string logging_name{};             ///< of this engine among others: "azoth.engine.NAME"
    Echo echo_pool{};                 ///< log what its own pool opens and closes; debug: and lends
    std::string pool_logging_name{};  ///< "azoth.pool.NAME"
    /// Warn of each statement that multiplies rows because nothing joins what it selects from.
    bool enable_from_linting = true;
};

/// What the compiled cache did so far. A plain value.
struct CacheStatistics {
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
    std::size_t size = 0;
};

/// A database: its dialect, its pool, its compiled statements. A handle, safe from any thread;
/// copies stand for the same engine, and connections keep it alive. SQLAlchemy: `Engine`.
class AZOTH_EXPORT Engine {
  public:
    /// Use create_engine().
    explicit Engine(std::shared_ptr<engine::EngineState> state);
    // Not inline: they would be code in every user's file.
    Engine(const Engine& other);
    Engine(Engine&& other) noexcept;
    Engine& operator=(const Engine& other);
    Engine& operator=(Engine&& other) noexcept;
    ~Engine();

    /// A connection from the pool, given back by its destructor. Nothing is sent before its first
    /// use. Throws TimeoutError, OperationalError.
    [[nodiscard]] Connection connect(
        std::source_location where = std::source_location::current()) const;
    /// A connection that also knows members, classes and relationships of a model:
    /// `engine.connect(model)`.
    [[nodiscard]] Connection connect(
        Ref<const sql::Lowering> lowering,
        std::source_location where = std::source_location::current()) const;
    /// What is behind such a connection, for layers above that make their own of it.
    [[nodiscard]] Ref<engine::ConnectionState> open(
        Ref<const sql::Lowering> lowering,
        std::source_location where = std::source_location::current()) const;
    /// A connection with a transaction: commit() keeps it, otherwise the destructor rolls back.
    [[nodiscard]] ConnectedTransaction begin(
        std::source_location where = std::source_location::current()) const;
    /// Runs `work(connection)` in a transaction: committed when it returns, rolled back when it
    /// throws. \returns what `work` returns.
    template <class Work>
    auto begin(Work&& work) const -> decltype(work(std::declval<Connection&>())) {
        ConnectedTransaction transaction = begin();
        if constexpr (std::is_void_v<decltype(work(*transaction))>) {
            work(*transaction);
            transaction.commit();
        } else {
            auto result = work(*transaction);
            transaction.commit();
            return result;
        }
    }

    /// An engine whose connections have these options, beside those that they have by this one; it
    /// shares pool and compiled statements with it, so that it costs no connection. Throws
    /// ArgumentError for what the database doesn't have. SQLAlchemy: `Engine.execution_options`.
    [[nodiscard]] Engine execution_options(const ConnectionOptions& options) const;
    /// Those that its connections have by it.
    [[nodiscard]] ConnectionOptions get_execution_options() const;

    /// Writes to the engine's log. Never throws but what the log's callback throws.
    /// \param logger empty: the engine's own
    void log(LogRecord::Level level, std::string_view message, std::string_view logger = {}) const;

    [[nodiscard]] const URL& url() const noexcept;
    [[nodiscard]] const Dialect& dialect() const noexcept;
    [[nodiscard]] Pool& pool() const noexcept;
    [[nodiscard]] CacheStatistics cache_statistics() const;
    void clear_compiled_cache() const;
    /// Closes idle connections; those in use are closed when they come back.
    void dispose() const;
    /// What MetaData::create_all uses: runs `work` in one transaction where DDL takes part in them.
    void run_ddl(const schema::Work& work) const;

    [[nodiscard]] friend bool operator==(const Engine&, const Engine&) = default;

  private:
    friend struct event::EngineAccess;
    std::shared_ptr<engine::EngineState> state_;
};

/// Makes an engine; no connection is opened yet.
/// \param url "sqlite:///file.db", "postgresql://user:password@host/database"
///
/// Throws ArgumentError for a URL or option that can't be right, NoSuchModuleError for a dialect
/// whose header the program does not include. SQLAlchemy: `create_engine`.
[[nodiscard]] AZOTH_EXPORT Engine create_engine(std::string_view url, EngineOptions options);
[[nodiscard]] AZOTH_EXPORT Engine create_engine(std::string_view url);
[[nodiscard]] AZOTH_EXPORT Engine create_engine(const URL& url, EngineOptions options);
[[nodiscard]] AZOTH_EXPORT Engine create_engine(const URL& url);

}  // namespace azoth::inline v0
