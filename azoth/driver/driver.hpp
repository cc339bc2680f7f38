// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/error.hpp>
#include <azoth/base/export.hpp>
#include <azoth/types/type.hpp>
#include <azoth/types/value.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The driver interface: what a DBAPI module is to SQLAlchemy. A dialect implements it over its
/// database's client library; the engine, the pool and fault-injecting tests see nothing else.
namespace azoth::inline v0::driver {

/// A result column as the database describes it. A plain value.
struct ColumnInfo {
    std::string name;
    /// The kind in which cells come where the caller wanted `Kind::null` (any); null if the
    /// database types each cell by itself, as SQLite does.
    Kind natural_kind = Kind::null;
    std::uint32_t native_type = 0;  ///< PostgreSQL's OID; 0 elsewhere
};

/// What to prepare. A plain value whose spans must live as long as the call.
struct StatementRequest {
    std::string_view sql;
    std::span<const Type> parameters;  ///< one a placeholder, in order of appearance or number
    std::span<const Kind> results;  ///< wanted kind of each result column; empty: all as they come
    bool array_parameters = false;  ///< each placeholder takes an array: `execute_many` sends pages
    bool keep = true;               ///< worth a server-side prepared statement
};

/// Where `execute_many` takes its parameter rows from. Used by one thread.
class AZOTH_EXPORT RowSource {
  public:
    virtual ~RowSource();
    /// Fills one row, a view a parameter; the views stay valid until the next call.
    /// \returns false at the end, with `row` untouched.
    virtual bool next(ValueView* row) = 0;
    /// The number of its first row, for messages: not 0 where these are a part of the rows that the
    /// program gave.
    [[nodiscard]] virtual std::int64_t first_row() const noexcept;
};

/// Where `execute_many` delivers returned rows, in the order of the parameter rows. Used by one
/// thread.
class AZOTH_EXPORT RowSink {
  public:
    virtual ~RowSink();
    /// One returned row; the views are valid during the call.
    virtual void row(const ValueView* cells) = 0;
};

/// What `execute_many` delivers for each parameter row.
enum class ManyResult : std::uint8_t {
    none,            ///< nothing
    returned_rows,   ///< the statement's own result rows
    last_insert_id,  ///< one int64 cell: the generated key (`Connection::last_insert_id`)
    affected_rows,   ///< one int64 cell: how many rows it affected; not with `array_parameters`
    /// The same of parameter rows that each name a whole key, and so affect one row or none. NULL
    /// where the database tells of several only how many they affected in all, and that is neither
    /// all nor none of them.
    affected_by_key
};

/// Whether `execute_many` delivers a count for each parameter row.
[[nodiscard]] constexpr bool delivers_counts(ManyResult result) noexcept {
    return result == ManyResult::affected_rows || result == ManyResult::affected_by_key;
}

/// How many rows of a server-side cursor come over at a time: a few at first, and more as the
/// program goes on. A plain value.
struct RowWindow {
    std::size_t rows = 1;     ///< of the next fetch; never 0
    std::size_t most = 1000;  ///< never 0

    void grow() noexcept {
        constexpr std::size_t factor = 5;
        rows = rows > most / factor ? most : rows * factor;
    }
};

/// A prepared statement and, while it runs, the cursor over its rows. One thread at a time; it must
/// not outlive its Connection.
///
/// Errors are thrown as the DBAPIError subclass that fits, with the statement and the parameters.
class AZOTH_EXPORT Statement {
  public:
    virtual ~Statement();
    /// Starts the statement; rows, if any, are then fetched. A running execution is ended first.
    /// `parameters` are read during the call only.
    virtual void execute(std::span<const ValueView> parameters) = 0;
    /// The same of a statement that reads, whose rows stay with the server until they are fetched,
    /// a window of them at a time, whatever else runs on the connection meanwhile. The
    /// transaction's end may end them: to fetch further is an error then. Where the database needs
    /// no such cursor, or the statement can have none: `execute`.
    virtual void execute_streaming(std::span<const ValueView> parameters, const RowWindow& window);
    /// Runs the statement once for each row of `rows`, in as few round trips as the database
    /// allows. Either all of one call succeeds or it throws; what a failed call left is for the
    /// transaction to undo. \returns the number of rows affected, -1 where unknown.
    virtual std::int64_t execute_many(RowSource& rows, ManyResult result, RowSink* sink) = 0;
    /// Moves to the next row and decodes it: `cells` has one element a result column.
    /// The views are valid until the next fetch, reset or execute of this statement, until another
    /// statement of the connection writes, and until the transaction ends. \returns false at the
    /// end.
    virtual bool fetch(ValueView* cells) = 0;
    /// Ends the execution and forgets its rows. Never throws; safe on a dead connection.
    virtual void reset() noexcept = 0;
    /// The result columns; empty where the statement returns no rows.
    [[nodiscard]] virtual std::span<const ColumnInfo> columns() const = 0;
    /// Rows matched by the last INSERT, UPDATE or DELETE; -1 where it makes no sense.
    [[nodiscard]] virtual std::int64_t rows_affected() const = 0;
    /// False where the database can no longer run it (DDL changed its tables, DISCARD ALL …); the
    /// holder then prepares anew.
    [[nodiscard]] virtual bool is_valid() const noexcept = 0;
};

/// How a transaction starts. A plain value.
struct BeginOptions {
    /// What the first statement does, so that SQLite can take its write lock at once rather than
    /// fail later with SQLITE_BUSY.
    bool for_writing = true;
    std::string_view isolation_level{};  ///< empty: the connection's default
    std::optional<bool> read_only{};     ///< PostgreSQL only; empty: the connection's default
    std::optional<bool> deferrable{};    ///< PostgreSQL only; empty: the connection's default
    /// The name of a transaction that may be prepared (two-phase commit); empty: it may not. Read
    /// during the call only.
    std::string_view xid{};
};

/// Settings that the engine hands to a connection. A plain value.
struct ConnectionSettings {
    bool hide_parameters = false;  ///< leave values out of error messages

    [[nodiscard]] friend bool operator==(const ConnectionSettings&,
                                         const ConnectionSettings&) = default;
};

/// One physical connection. One thread at a time, save `cancel`.
class AZOTH_EXPORT Connection {
  public:
    Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    virtual ~Connection();

    [[nodiscard]] virtual std::unique_ptr<Statement> prepare(const StatementRequest& request) = 0;
    /// Runs SQL without parameters and without a result: SET, SAVEPOINT, DDL. Several statements
    /// separated by semicolons are allowed where the protocol allows them.
    virtual void run(std::string_view sql) = 0;

    /// Starts a transaction. The driver may wait with the protocol message until the next
    /// statement.
    virtual void begin(const BeginOptions& options) = 0;
    /// Throws CommitInDoubtError where the connection broke before the answer came.
    virtual void commit() = 0;
    virtual void rollback() = 0;
    /// True between begin and commit/rollback, also where the transaction has failed.
    [[nodiscard]] virtual bool in_transaction() const noexcept = 0;

    // Two-phase commit. A driver whose database has none leaves these alone: NotSupportedError.

    /// The first phase, of a transaction that was begun with this xid: afterwards it is the
    /// server's, and survives this connection. Throws CommitInDoubtError where the connection broke
    /// before the answer came: then it may be prepared or rolled back.
    virtual void prepare_transaction(std::string_view xid);
    /// The second phase, of any connection's transaction; not within a transaction. Throws
    /// CommitInDoubtError where the connection broke before the answer came.
    virtual void commit_prepared(std::string_view xid);
    virtual void rollback_prepared(std::string_view xid);
    /// The xids of the transactions that are prepared and have not ended.
    [[nodiscard]] virtual std::vector<std::string> recover_prepared();

    /// The key that the last INSERT generated (SQLite's rowid, MariaDB's AUTO_INCREMENT).
    [[nodiscard]] virtual std::int64_t last_insert_id() const = 0;
    /// Asks the server for a sign of life; throws OperationalError where there is none.
    virtual void ping() = 0;
    /// False once the connection is known to be lost or closed.
    [[nodiscard]] virtual bool is_open() const noexcept = 0;
    /// Asks the server to stop the running statement. The only member that other threads may call.
    virtual void cancel() noexcept = 0;
    /// Says good-bye to the server and frees everything. Statements of it must be gone.
    virtual void close() noexcept = 0;
    /// R23: in a forked child: sends nothing, closes inherited descriptors, leaks what can't be
    /// freed safely.
    virtual void abandon() noexcept = 0;
    /// How many parameters one statement may have; 0: no limit.
    [[nodiscard]] virtual std::size_t max_parameters() const noexcept;
    /// The server's version as major * 10000 + minor * 100 + patch.
    [[nodiscard]] virtual int server_version() const noexcept = 0;
    /// The client library's own handle (sqlite3*, PGconn*). SQLAlchemy: `driver_connection`.
    [[nodiscard]] virtual void* native_handle() noexcept = 0;

    void apply(const ConnectionSettings& settings) { settings_ = settings; }
    [[nodiscard]] const ConnectionSettings& settings() const noexcept { return settings_; }

  private:
    ConnectionSettings settings_;
};

/// The classes of database errors, for `raise`.
enum class ErrorClass : std::uint8_t {
    database,
    data,
    operational,
    commit_in_doubt,
    integrity,
    internal,
    programming,
    not_supported,
    interface,
};

/// Throws the exception class that `error_class` names, with the statement and its parameters as
/// text (cut when long, or left out where `hide_parameters`).
[[noreturn]] AZOTH_EXPORT void raise(ErrorClass error_class, const DriverFault& fault,
                                     std::string_view sql,
                                     std::span<const ValueView> parameters = {},
                                     bool hide_parameters = false);

/// For a connection that is closed: an InterfaceError.
[[noreturn]] AZOTH_EXPORT void raise_closed(std::string_view sql);

/// The parameters as the log and error messages show them: at most 20, long ones cut.
[[nodiscard]] AZOTH_EXPORT std::string display_parameters(std::span<const ValueView> parameters);

}  // namespace azoth::inline v0::driver
