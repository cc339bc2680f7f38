// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/counted.hpp>
#include <azoth/base/error.hpp>
#include <azoth/base/event_hub.hpp>
#include <azoth/base/execution_context.hpp>
#include <azoth/base/process.hpp>
#include <azoth/engine/engine_state.hpp>
#include <azoth/engine/statement_caches.hpp>

#include <boost/container/small_vector.hpp>

#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0::engine {

/// What a Connection, its transactions and its results share. One thread at a time; every entry is
/// guarded (R19).
class ConnectionState final : public Counted {
  public:
    /// \param lowering what statements go through before they are compiled; may be null
    ConnectionState(std::shared_ptr<EngineState> engine, PooledConnection lease,
                    Ref<const sql::Lowering> lowering = nullptr);
    ~ConnectionState() override;

    /// \param parameters may be null
    [[nodiscard]] ResultCore execute(const sql::Statement& statement, const Parameters* parameters);
    /// Executes a statement that holds no values, with these in the order of its placeholders. It
    /// may have no subqueries, IN lists and named parameters.
    [[nodiscard]] ResultCore execute(const sql::Statement& statement,
                                     std::span<const ValueView> values);
    /// \param counted what the sink gets of a statement that returns neither rows nor keys
    /// \param page_size of an INSERT; nothing: as the connection's options say
    std::int64_t execute_many(const sql::Statement& statement, driver::RowSource& rows,
                              std::size_t columns, driver::RowSink* sink,
                              driver::ManyResult counted = driver::ManyResult::affected_rows,
                              std::optional<std::size_t> page_size = {});
    std::int64_t execute_many(const sql::Statement& statement,
                              const std::vector<Parameters>& parameters);
    void run(std::string_view sql, bool writes);

    [[nodiscard]] std::uint64_t begin();
    [[nodiscard]] std::uint64_t begin_nested();
    void commit(std::uint64_t transaction);
    void rollback(std::uint64_t transaction);
    [[nodiscard]] bool is_active(std::uint64_t transaction) const noexcept;
    /// The outermost transaction's number; 0 where there is none.
    [[nodiscard]] std::uint64_t root() const noexcept {
        return transactions_.empty() ? 0 : transactions_.front().id;
    }
    /// That of the newest savepoint, or of the transaction where there is none; 0: neither.
    [[nodiscard]] std::uint64_t innermost() const noexcept {
        return transactions_.empty() ? 0 : transactions_.back().id;
    }
    [[nodiscard]] std::size_t depth() const noexcept { return transactions_.size(); }
    /// Null where it knows no model.
    [[nodiscard]] const sql::Lowering* lowering() const noexcept { return lowering_.get(); }

    // Options: connection_options.cpp.
    /// Those of transactions are refused within one.
    void set_options(const ConnectionOptions& options);
    [[nodiscard]] const ConnectionOptions& options() const noexcept { return settings_->options; }
    /// Which schemas stand for those that tables name. \param statement null: in DDL
    [[nodiscard]] const SchemaTranslateMap& schemas_of(const sql::Statement* statement) const;
    [[nodiscard]] std::string isolation_level();
    [[nodiscard]] std::string default_isolation_level();

    // Two-phase commit: connection_two_phase.cpp.
    /// \param xid empty: one is made
    [[nodiscard]] std::uint64_t begin_twophase(std::string_view xid);
    void prepare(std::uint64_t transaction);
    [[nodiscard]] bool is_prepared(std::uint64_t transaction) const noexcept {
        return two_phase_ && two_phase_->prepared && root() == transaction;
    }
    /// Of the two-phase transaction; empty where there is none.
    [[nodiscard]] std::string_view xid() const noexcept {
        return two_phase_ ? std::string_view(two_phase_->xid) : std::string_view();
    }
    [[nodiscard]] std::vector<std::string> recover_twophase();
    void commit_prepared(std::string_view xid);
    void rollback_prepared(std::string_view xid);
    /// What a destructor does where commit() or rollback() did not: never more than is certain.
    void end_forgotten(std::uint64_t transaction) noexcept;

    void close() noexcept;
    [[nodiscard]] bool closed() const noexcept { return closed_; }
    void invalidate();
    void detach();
    [[nodiscard]] ConnectionInfo& info();
    [[nodiscard]] driver::Connection& driver() const {
        return driver_ && owner_.is_current() ? *driver_ : lease_.connection();
    }
    [[nodiscard]] EngineState& engine() const noexcept { return *engine_; }
    [[nodiscard]] UseMonitor& monitor() noexcept { return monitor_; }

    // For events.
    [[nodiscard]] event::Hub& events() const noexcept { return *events_; }
    /// The events of event::Execution and event::CursorExecution.
    static constexpr std::uint32_t heard_executions = 0xf;
    /// Those of a transaction and of a savepoint.
    static constexpr std::uint32_t heard_rollbacks = 0x140;
    /// True where somebody listens to the execution of statements.
    [[nodiscard]] bool is_heard() const noexcept { return events_->hears(heard_executions); }
    /// Throws where nothing can be executed (any more).
    void require_usable() const { check_usable(); }
    /// Where to register who listens to this connection alone. Throws ResourceClosedError.
    [[nodiscard]] event::Place listened_at();

    // For results.
    /// Throws ResourceClosedError after close() and where the connection was lost. Inline, because
    /// it stands between every row and the driver.
    bool fetch(Prepared& statement) {
        if (monitor_.in_use() || fetches_unusually_) [[unlikely]]
            return fetch_unusually(statement);
        return statement.statement->fetch(statement.cells.data());
    }
    void give_back(Prepared& statement) noexcept;
    /// Has listeners judge an error of fetch(), and notes what it spoilt. \returns what to throw
    /// instead, if anything
    [[nodiscard]] std::exception_ptr failed_fetch(DBAPIError& error) noexcept;
    /// Closed or lost: the statements of open results are gone.
    [[nodiscard]] bool ended() const noexcept { return ended_; }

  private:
    struct Level {
        std::uint64_t id;
        std::uint64_t savepoint = 0;  // its number; 0: the transaction itself
    };
    struct TwoPhase {
        std::string xid;
        bool prepared = false;
        bool decided = false;  // a commit was tried: nobody but the program may roll back
    };
    /// How the rows of an execution come over. A plain value.
    struct Streaming {
        bool streams = false;       ///< in windows, from a cursor of the server's
        std::size_t yield_per = 0;  ///< the rows of a part, for the result
        driver::RowWindow window{};
    };
    enum class Source : unsigned char { cached, generated, caching_disabled };
    /// The compiled form of a statement and where it is from.
    struct Found {
        Ref<const sql::Compiled> compiled;
        Source source;
        /// It may be executed again.
        [[nodiscard]] bool is_kept() const noexcept { return source != Source::caching_disabled; }
    };

    void check_open() const;
    void check_usable() const {
        if (closed_ || failed_) [[unlikely]]
            refuse_use();
    }
    [[noreturn]] void refuse_use() const;
    /// Where another context uses the connection, it is closed, or rows are logged.
    [[nodiscard]] bool fetch_unusually(Prepared& statement);
    void set_ended() noexcept { ended_ = fetches_unusually_ = true; }
    void ensure_begun(bool writes) {
        if (!begun_) begin_now(writes);
    }
    void begin_now(bool writes);
    [[nodiscard]] StatementCaches& caches() {
        return caches_ && owner_.is_current() ? *caches_ : find_caches();
    }
    [[nodiscard]] StatementCaches& find_caches();
    /// Before the lease ends.
    void forget_lease() noexcept {
        driver_ = nullptr;
        caches_ = nullptr;
    }
    [[nodiscard]] Found compile(const sql::Statement& statement, sql::CompileMode mode,
                                RecentStatements& recent);
    [[nodiscard]] Ref<const sql::Compiled> compile_anew(const sql::Statement& statement,
                                                        sql::CompileMode mode);
    /// Puts the schemas into the text of a statement that is compiled with places for them.
    void fill_schemas(const sql::Compiled& compiled, const sql::Statement& statement,
                      sql::Arguments& arguments) const;
    friend class OptionsScope;
    friend class OptionsSuspension;
    void set_scope(const StatementOptions* call, const SchemaTranslateMap* statement) noexcept;
    /// How a statement's rows come over that has these options.
    [[nodiscard]] Streaming streaming_of(const StatementOptions& own) const;
    void note_settings() noexcept;
    [[nodiscard]] ResultCore start(const Ref<sql::StatementNode>& node, Found&& found,
                                   std::span<const ValueView> values,
                                   const sql::Arguments* expanded);
    std::int64_t run_many(const Found& found, const sql::Arguments* expanded,
                          driver::RowSource& rows, driver::ManyResult result, driver::RowSink* sink,
                          std::optional<std::size_t> page_size = {});
    /// \param page so many rows at a time; 0: as many as the driver thinks fit
    std::int64_t run_many_now(const Found& found, const sql::Arguments* expanded,
                              driver::RowSource& rows, driver::ManyResult result,
                              driver::RowSink* sink, std::size_t page);
    /// How many rows an INSERT of a range sends at a time; 0: the driver decides.
    [[nodiscard]] std::size_t insert_page_size(std::optional<std::size_t> wanted) const noexcept;
    void finish_dml(ResultCore& result, Prepared& statement, const sql::Compiled& compiled,
                    std::span<const ValueView> values);
    void run_now(std::string_view sql, bool writes);
    void note_error(const DBAPIError& error, bool whole_pool) noexcept;
    /// Has listeners judge the error, and notes what it spoilt. \returns what to throw instead, if
    /// anything
    [[nodiscard]] std::exception_ptr failed(DBAPIError& error) noexcept;
    /// The same, and throws that.
    void fail(DBAPIError& error);
    /// Runs driver work; an error marks what it poisoned before it goes to the caller.
    template <class Work>
    auto guarded(Work&& work) {
        try {
            return work();
        } catch (DBAPIError& error) {
            fail(error);
            throw;
        }
    }
    [[nodiscard]] std::string ask(std::string_view sql);
    void end_own_prepared(bool commits);
    void leave_prepared(std::string_view xid, std::string_view why) noexcept;
    void check_xid(std::string_view call, std::string_view xid) const;
    void end_any_prepared(std::string_view call, std::string_view xid, bool commits);
    void end_root() noexcept;
    [[nodiscard]] std::size_t level_of(std::uint64_t transaction) const;
    void give_back_all() noexcept;
    void roll_back_own() noexcept;
    void roll_back(std::uint64_t transaction);
    /// What end_forgotten() does when listeners have been told.
    void end_quietly(std::uint64_t transaction) noexcept;
    void end() noexcept;

    // What is logged (connection_log.cpp), where the engine's echo() asks for it.
    void log(std::string_view message) const;
    void log_statement(const Found& found, std::string_view sql, std::string_view parameters) const;
    void log_row(std::span<const ValueView> cells) const;

    // Where somebody listens (connection_events.cpp).
    [[nodiscard]] ResultCore execute_heard(const sql::Statement& statement,
                                           const Parameters* parameters);
    [[nodiscard]] ResultCore execute_heard(const sql::Statement& statement,
                                           std::span<const ValueView> values);
    [[nodiscard]] ResultCore start_heard(Connection& connection,
                                         const Ref<sql::StatementNode>& node, Found&& found,
                                         std::span<const ValueView> values,
                                         const sql::Arguments* expanded);
    void run_heard(std::string_view sql, bool writes);
    void tell_begin();
    void forget_transaction() noexcept;
    void tell_savepoint(std::string_view name);
    void tell_commit(std::uint64_t transaction);
    /// \returns what a listener has thrown
    [[nodiscard]] std::exception_ptr tell_rollback(std::uint64_t transaction) noexcept;
    /// Of a transaction that a destructor or close() rolls back: what listeners throw is logged.
    void tell_of_forgotten(std::uint64_t transaction) noexcept {
        if (events_->hears(heard_rollbacks)) [[unlikely]]
            tell_of_rollback_quietly(transaction);
    }
    void tell_of_rollback_quietly(std::uint64_t transaction) noexcept;
    void log_quietly(std::string_view message) const noexcept;

    std::shared_ptr<EngineState> engine_;
    const ExecutionSettings* settings_;  // the engine's, or own_settings_
    std::unique_ptr<const ExecutionSettings> own_settings_;
    // For the length of an OptionsScope; null where there is none.
    const StatementOptions* call_options_ = nullptr;
    const SchemaTranslateMap* statement_schemas_ = nullptr;
    std::unique_ptr<TwoPhase> two_phase_;
    PooledConnection lease_;
    // What the lease gives, asked for once: null when it has ended, and not used in a child process
    // (R23).
    driver::Connection* driver_;
    StatementCaches* caches_ = nullptr;
    OwnerProcess owner_;
    event::Hub* const events_;  // the engine's
    Ref<const sql::Lowering> lowering_;
    UseMonitor monitor_;
    // Few, and a session makes a ConnectionState for each of its transactions.
    boost::container::small_vector<Level, 2> transactions_;
    boost::container::small_vector<Prepared*, 2> running_;
    std::uint64_t last_id_ = 0;
    std::uint64_t last_savepoint_ = 0;
    bool owns_ = false;    // it was this Connection that began it
    bool begun_ = false;   // the driver knows of the transaction
    bool failed_ = false;  // it must be rolled back, or is prepared
    bool closed_ = false;
    bool ended_ = false;          // closed or lost: the statements of open results are gone
    bool fetches_unusually_;      // it has ended, or rows are logged
    bool runs_plainly_;           // no options but those of transactions, caches and logs
    bool has_listeners_ = false;  // of its own
    bool telling_end_ = false;    // of a transaction: what listeners do to it tells nobody
    std::string failure_;
};

/// The values by their names. Throws ArgumentError for a name that is given twice.
[[nodiscard]] sql::NamedValues named_values(const Parameters& parameters);
/// The name of a savepoint by its number.
[[nodiscard]] std::string savepoint_name(std::uint64_t number);

}  // namespace azoth::inline v0::engine
