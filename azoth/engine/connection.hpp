// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/driver/driver.hpp>
#include <azoth/engine/connection_options.hpp>
#include <azoth/engine/many.hpp>
#include <azoth/engine/result.hpp>
#include <azoth/engine/transaction.hpp>
#include <azoth/pool/options.hpp>
#include <azoth/schema/metadata.hpp>
#include <azoth/sql/dml.hpp>
#include <azoth/sql/text.hpp>

#include <source_location>

namespace azoth::inline v0 {

namespace driver {
class Connection;
}
namespace engine {
class BorrowedConnection;
class EngineState;
}  // namespace engine
namespace event {
struct EngineAccess;
}
class DDL;
template <class Columns>
class ReturnDefaultsMany;

namespace detail {

template <class... Ts>
std::type_identity<Result<Ts...>> result_of(const sql::RowsOf<Ts...>&);
std::type_identity<Result<>> result_of(...);
/// The result class of a statement class.
template <class S>
using result_t = typename decltype(result_of(std::declval<const S&>()))::type;

template <class T, class... Ts>
std::type_identity<ScalarResult<T>> scalar_result_of(const sql::RowsOf<T, Ts...>&);
std::type_identity<void> scalar_result_of(...);
/// The result class of a statement class whose first column alone is read.
template <class S>
using scalar_result_t = typename decltype(scalar_result_of(std::declval<const S&>()))::type;

template <class S>
consteval void require_statement() {
    static_assert(std::is_base_of_v<sql::Statement, S>,
                  "execute() takes a statement: select(…), insert(…), update(…), delete_(…), or "
                  "text(\"…\") for SQL written by hand");
}
template <class S>
consteval void require_scalars() {
    require_statement<S>();
    static_assert(!std::is_void_v<scalar_result_t<S>>,
                  "scalars of a dynamic result need a type: "
                  "execute(statement).scalars<std::int64_t>()");
}

}  // namespace detail

/// A database connection on loan from the engine's pool, with at most one transaction at a time.
/// One thread at a time (overlapping use throws IllegalStateChangeError, R19); movable between
/// threads.
///
/// The first statement begins a transaction; commit() or rollback() ends it and the next statement
/// begins another ("commit as you go"). The destructor rolls back what was not committed and gives
/// the connection back; it never throws (R25). SQLAlchemy: `Connection`.
class AZOTH_EXPORT Connection {
  public:
    explicit Connection(Ref<engine::ConnectionState> state);
    Connection(Connection&& other) noexcept;
    Connection& operator=(Connection&& other) noexcept;
    ~Connection();

    // --- executing -----------------------------------------------------------------------------
    // Each throws the DBAPIError subclass that fits, CompileError for what the dialect does not
    // have, PendingRollbackError after an error that ended the transaction, ResourceClosedError
    // after close(). `parameters` are the values of bindparam() and of `:name` in text().

    /// A select(), insert(), update(), delete_() or text().
    template <class S>
    auto execute(const S& statement) {
        detail::require_statement<S>();
        return detail::result_t<S>(engine::Execution{*this, statement});
    }
    template <class S>
    auto execute(const S& statement, const Parameters& parameters) {
        detail::require_statement<S>();
        return detail::result_t<S>(engine::Execution{*this, statement, &parameters});
    }
    /// With options that go before all others, for this call.
    template <class S>
    auto execute(const S& statement, const Parameters& parameters,
                 const StatementOptions& options) {
        detail::require_statement<S>();
        return detail::result_t<S>(engine::Execution{*this, statement, &parameters, &options});
    }
    /// DDL written by hand (azoth/ddl.hpp). It takes part in the transaction where the database's
    /// DDL does.
    void execute(const DDL& ddl);
    /// INSERT of a range of rows, in as few round trips as the database allows; each row is a tuple
    /// or a struct with one member a column. All rows or, if it throws, none that a rollback (of
    /// the transaction or of a savepoint around it) does not take back.
    /// \returns the rows of RETURNING, in the order of `rows`. SQLAlchemy: insertmanyvalues.
    template <class... Cs, class... Rs, class Rows>
    ManyResult<Rs...> execute(const InsertMany<std::tuple<Cs...>, Rs...>& statement,
                              const Rows& rows) {
        detail::RangeSource<Rows, Cs...> source(rows);
        ManyResult<Rs...> result;
        result.rowcount_ = run_many(statement, source, sizeof...(Cs), result.sink());
        return result;
    }
    /// With options that go before all others, for this call.
    template <class... Cs, class... Rs, class Rows>
    ManyResult<Rs...> execute(const InsertMany<std::tuple<Cs...>, Rs...>& statement,
                              const Rows& rows, const InsertManyOptions& options) {
        detail::RangeSource<Rows, Cs...> source(rows);
        ManyResult<Rs...> result;
        result.rowcount_ = run_many(statement, source, sizeof...(Cs), result.sink(), &options);
        return result;
    }
    /// The same of return_defaults(…) of such an INSERT (azoth/return_defaults.hpp).
    template <class... Cs, class Rows>
    auto execute(const ReturnDefaultsMany<std::tuple<Cs...>>& statement, const Rows& rows) {
        detail::RangeSource<Rows, Cs...> source(rows);
        return statement.run(*this, source, nullptr);
    }
    template <class... Cs, class Rows>
    auto execute(const ReturnDefaultsMany<std::tuple<Cs...>>& statement, const Rows& rows,
                 const InsertManyOptions& options) {
        detail::RangeSource<Rows, Cs...> source(rows);
        return statement.run(*this, source, &options);
    }
    /// Runs a statement with named parameters once for each entry. SQLAlchemy: execute() with a
    /// list of dictionaries ("executemany"). \returns the number of rows matched, -1 where unknown
    std::int64_t execute_many(const sql::Statement& statement,
                              const std::vector<Parameters>& parameters);
    std::int64_t execute_many(const sql::Statement& statement,
                              const std::vector<Parameters>& parameters,
                              const StatementOptions& options);

    /// The first column of the first row. SQLAlchemy: `Connection.scalar`.
    template <class S>
    [[nodiscard]] auto scalar(const S& statement) {
        return scalars(statement).first();
    }
    template <class S>
    [[nodiscard]] auto scalar(const S& statement, const Parameters& parameters) {
        return scalars(statement, parameters).first();
    }
    /// The first column of each row. SQLAlchemy: `Connection.scalars`.
    template <class S>
    [[nodiscard]] auto scalars(const S& statement) {
        detail::require_scalars<S>();
        return detail::scalar_result_t<S>(engine::Execution{*this, statement});
    }
    template <class S>
    [[nodiscard]] auto scalars(const S& statement, const Parameters& parameters) {
        detail::require_scalars<S>();
        return detail::scalar_result_t<S>(engine::Execution{*this, statement, &parameters});
    }
    template <class S>
    [[nodiscard]] auto scalars(const S& statement, const Parameters& parameters,
                               const StatementOptions& options) {
        detail::require_scalars<S>();
        return detail::scalar_result_t<S>(
            engine::Execution{*this, statement, &parameters, &options});
    }
    /// SQL without parameters, handed to the driver as it is; may hold several statements.
    /// Takes part in the transaction.
    void exec_driver_sql(std::string_view sql);

    // --- transactions --------------------------------------------------------------------------

    /// Begins a transaction; commit() of the returned object keeps it, its destructor rolls back.
    /// Throws InvalidRequestError where one has begun already, also by a statement.
    [[nodiscard]] Transaction begin();
    /// A savepoint: its rollback() takes back what came since, and the enclosing transaction goes
    /// on. Begins a transaction where there is none.
    [[nodiscard]] Transaction begin_nested();
    /// Ends the transaction, if there is one. Throws CommitInDoubtError where the outcome is
    /// unknown.
    void commit();
    void rollback();
    [[nodiscard]] bool in_transaction() const noexcept;
    [[nodiscard]] bool in_nested_transaction() const noexcept;

    /// Says how this connection begins its transactions and runs its statements from now on, beside
    /// what its engine says; the connection goes back to the pool without it. Throws ArgumentError
    /// for what the database doesn't have, InvalidRequestError within a transaction for what says
    /// how that begins. \returns this connection. SQLAlchemy: `Connection.execution_options`.
    Connection& execution_options(const ConnectionOptions& options);
    /// What it and its engine say. SQLAlchemy: `Connection.get_execution_options`.
    [[nodiscard]] ConnectionOptions get_execution_options() const;
    /// The isolation level of this connection's transactions: that of the options, or else the
    /// database's default. Levels that a program sets by SQL of its own within a transaction are
    /// not seen.
    [[nodiscard]] std::string get_isolation_level();
    /// The level that the database gives transactions where nothing else is said. Asks it, without
    /// beginning a transaction.
    [[nodiscard]] std::string default_isolation_level();

    /// A transaction that may be prepared before it is committed: see there. MariaDB takes no DDL
    /// in it. Throws InvalidRequestError within a transaction, NotSupportedError where the database
    /// has none like it.
    /// \param xid what databases shall call it, at most 64 bytes (MariaDB) or 199 (PostgreSQL) and
    /// not in use; empty: a random one
    [[nodiscard]] TwoPhaseTransaction begin_twophase(std::string_view xid = {});
    /// The xids of all transactions that are prepared and have not ended: the database's, with
    /// MariaDB the server's. Those that Azoth can't name (xids of several parts) are left out.
    [[nodiscard]] std::vector<std::string> recover_twophase();
    /// Commits a prepared transaction of whichever connection; MariaDB wants that one closed
    /// before. Not within a transaction (InvalidRequestError). Throws ProgrammingError where there
    /// is none of this name.
    void commit_prepared(std::string_view xid);
    /// As commit_prepared(), and takes back what it did.
    void rollback_prepared(std::string_view xid);

    // --- the connection ------------------------------------------------------------------------

    /// Rolls back what was not committed and gives the connection back to the pool.
    void close() noexcept;
    [[nodiscard]] bool closed() const noexcept;
    /// Closes the physical connection: it is broken, or is not to be shared any more.
    void invalidate();
    /// Takes the physical connection out of the pool, which may open another in its place. All goes
    /// on as it was, a transaction too, and the end of this Connection closes the physical one:
    /// settings that nobody else shall get may be made. Of no effect a second time. Throws
    /// ResourceClosedError where it is closed, InvalidRequestError where other Connections share
    /// the physical one (StaticPool, SingletonThreadPool). SQLAlchemy: `Connection.detach`.
    void detach();
    /// Notes on the physical connection, which stay with it as long as it lives, whoever has it;
    /// those that events of its pool give. Throws ResourceClosedError where it is closed.
    /// SQLAlchemy: `Connection.info`.
    [[nodiscard]] ConnectionInfo& info();
    /// The driver's connection, for what Azoth does not offer. Not to be kept.
    [[nodiscard]] driver::Connection& driver_connection();
    [[nodiscard]] const class Dialect& dialect() const;
    /// Asks the server to stop the statement that runs now; may be called by another thread.
    void cancel() noexcept;
    /// See Engine::run_ddl.
    void run_ddl(const schema::Work& work);

  private:
    friend class ConnectedTransaction;
    friend class DMLResult;
    friend class engine::BorrowedConnection;
    friend struct engine::Execution;
    friend struct event::EngineAccess;
    std::int64_t run_many(const sql::Statement& statement, driver::RowSource& source,
                          std::size_t columns, driver::RowSink* sink,
                          const InsertManyOptions* options = nullptr);

    Ref<engine::ConnectionState> state_;
};

/// A connection and the transaction on it, as Engine::begin() gives. As Connection in its use by
/// threads.
class AZOTH_EXPORT ConnectedTransaction {
  public:
    explicit ConnectedTransaction(Connection connection);
    [[nodiscard]] Connection& operator*() noexcept { return connection_; }
    [[nodiscard]] Connection* operator->() noexcept { return &connection_; }
    void commit() { transaction_.commit(); }
    void rollback() { transaction_.rollback(); }

  private:
    Connection connection_;
    Transaction transaction_;  // dies first
};

}  // namespace azoth::inline v0
