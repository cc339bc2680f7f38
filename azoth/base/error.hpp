// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace azoth::inline v0 {

/// Root of every exception that Azoth throws. Immutable once thrown, so it may be read from any
/// thread.
///
/// `code()` is a stable identifier ("azoth-engine-timeout") that docs/errors.md explains; it does
/// not change when the wording of a message does. SQLAlchemy: `SQLAlchemyError` and its `code`.
class AZOTH_EXPORT Error : public std::runtime_error {
  public:
    explicit Error(const std::string& message, std::string_view code = "azoth-error");
    ~Error() override;
    /// The stable code, e.g. "azoth-pool-timeout".
    [[nodiscard]] std::string_view code() const noexcept { return code_; }

  private:
    std::string_view code_;  // always a string literal
};

// One line a class: the names, the tree and the meaning are SQLAlchemy's (sqlalchemy.exc).
#define AZOTH_DEFINE_ERROR(Name, Base, default_code)                                    \
    class AZOTH_EXPORT Name : public Base {                                             \
      public:                                                                           \
        explicit Name(const std::string& message, std::string_view code = default_code) \
            : Base(message, code) {}                                                    \
        ~Name() override;                                                               \
    }

/// A call with arguments that can never be right. Immutable once thrown.
AZOTH_DEFINE_ERROR(ArgumentError, Error, "azoth-argument");
/// Two tables can be joined along more than one foreign key, so the ON clause can't be inferred.
AZOTH_DEFINE_ERROR(AmbiguousForeignKeysError, ArgumentError, "azoth-ambiguous-foreign-keys");
/// Two tables have no foreign key between them, so the ON clause can't be inferred.
AZOTH_DEFINE_ERROR(NoForeignKeysError, ArgumentError, "azoth-no-foreign-keys");
/// A table got a second column of one name.
AZOTH_DEFINE_ERROR(DuplicateColumnError, ArgumentError, "azoth-duplicate-column");
/// A URL names a dialect whose header no file of the program includes.
AZOTH_DEFINE_ERROR(NoSuchModuleError, ArgumentError, "azoth-no-such-dialect");

/// A call that is wrong in the present state. Immutable once thrown.
AZOTH_DEFINE_ERROR(InvalidRequestError, Error, "azoth-invalid-request");
/// A column was asked for by a name that several columns of the result have.
AZOTH_DEFINE_ERROR(AmbiguousColumnError, InvalidRequestError, "azoth-ambiguous-column");
/// A column that does not exist was asked for.
AZOTH_DEFINE_ERROR(NoSuchColumnError, InvalidRequestError, "azoth-no-such-column");
/// A table that does not exist was asked for.
AZOTH_DEFINE_ERROR(NoSuchTableError, InvalidRequestError, "azoth-no-such-table");
/// A foreign key names a table or column that does not exist (yet).
AZOTH_DEFINE_ERROR(NoReferenceError, InvalidRequestError, "azoth-no-reference");
/// A foreign key names a table that does not exist (yet).
AZOTH_DEFINE_ERROR(NoReferencedTableError, NoReferenceError, "azoth-no-referenced-table");
/// A foreign key names a column that its table doesn't have.
AZOTH_DEFINE_ERROR(NoReferencedColumnError, NoReferenceError, "azoth-no-referenced-column");
/// one() found no row.
AZOTH_DEFINE_ERROR(NoResultFound, InvalidRequestError, "azoth-no-result");
/// one() or one_or_none() found more than one row.
AZOTH_DEFINE_ERROR(MultipleResultsFound, InvalidRequestError, "azoth-multiple-results");
/// The transaction failed and must be rolled back before anything else.
AZOTH_DEFINE_ERROR(PendingRollbackError, InvalidRequestError, "azoth-pending-rollback");
/// Use of a result, connection or transaction that is closed.
AZOTH_DEFINE_ERROR(ResourceClosedError, InvalidRequestError, "azoth-closed");
/// Two threads (or fibers) used one Connection or Session at the same time (R19).
AZOTH_DEFINE_ERROR(IllegalStateChangeError, InvalidRequestError, "azoth-concurrent-use");
/// An object made before fork() was used in the child process (R23).
AZOTH_DEFINE_ERROR(ForkedProcessError, InvalidRequestError, "azoth-forked");

/// A statement that cannot be rendered for the dialect.
AZOTH_DEFINE_ERROR(CompileError, Error, "azoth-compile");
/// A construct that this dialect does not have.
AZOTH_DEFINE_ERROR(UnsupportedCompilationError, CompileError, "azoth-unsupported");
/// Tables or objects that depend on each other in a circle.
AZOTH_DEFINE_ERROR(CircularDependencyError, Error, "azoth-circular-dependency");
/// Raised by pool listeners and pings to say that a connection is no longer usable.
AZOTH_DEFINE_ERROR(DisconnectionError, Error, "azoth-disconnected");
/// An identifier longer than the database allows.
AZOTH_DEFINE_ERROR(IdentifierError, Error, "azoth-identifier");
/// No connection became free in time.
AZOTH_DEFINE_ERROR(TimeoutError, Error, "azoth-pool-timeout");

#undef AZOTH_DEFINE_ERROR

/// What an error made unusable. SQLAlchemy has only `connection_invalidated`; libpqxx's
/// `poisons_connection` and `poisons_transaction` showed that callers need to know all three.
enum class Poisoned : unsigned char {
    nothing,      ///< the statement failed, the transaction goes on
    transaction,  ///< the transaction must be rolled back
    connection,   ///< the connection is lost
};

/// What the driver said, in the database's own terms. A plain value, as thread-safe as any other.
struct DriverFault {
    std::string message{};   ///< the server's or library's text
    std::string sqlstate{};  ///< five characters, or empty where the database has none
    int native_code = 0;     ///< SQLite's extended result code, MariaDB's errno
    Poisoned poisoned = Poisoned::nothing;
    std::string constraint{};  ///< the violated constraint's name, where the database tells
    std::string table{};       ///< its table, where the database tells
    std::string column{};      ///< its column, where the database tells
    /// It was for the sake of another transaction: the same one may succeed when begun again.
    bool retryable = false;
};

/// An error while a statement ran. Immutable once thrown.
///
/// Carries the statement and its parameters; the parameters are left out of the message (and of
/// `parameters()`) where the engine hides them. SQLAlchemy: `StatementError`.
class AZOTH_EXPORT StatementError : public Error {
  public:
    StatementError(const std::string& message, std::string statement, std::string parameters,
                   std::string_view code = "azoth-statement");
    ~StatementError() override;
    /// The SQL text that was sent; empty where no statement was involved.
    [[nodiscard]] const std::string& statement() const noexcept;
    /// The parameters as text, long ones truncated; or a note that they are hidden.
    [[nodiscard]] const std::string& parameters() const noexcept;

  private:
    struct Text;
    std::shared_ptr<const Text> text_;  // shared: copying an exception must not throw
};

/// An error that the database or its client library reported. Immutable once thrown.
///
/// SQLAlchemy: `DBAPIError`.
class AZOTH_EXPORT DBAPIError : public StatementError {
  public:
    DBAPIError(const DriverFault& fault, std::string statement, std::string parameters,
               std::string_view code = "azoth-database");
    ~DBAPIError() override;
    /// What the driver reported.
    [[nodiscard]] const DriverFault& fault() const noexcept;
    /// The SQLSTATE, or empty where the database has none.
    [[nodiscard]] const std::string& sqlstate() const noexcept;
    /// What can't be used any more.
    [[nodiscard]] Poisoned poisoned() const noexcept;
    /// The transaction failed for the sake of another one (a deadlock, a serialization failure, a
    /// lock that did not become free) and may succeed when begun again, whole.
    [[nodiscard]] bool retryable() const noexcept;
    /// True where the connection was lost. SQLAlchemy: `connection_invalidated`.
    [[nodiscard]] bool connection_invalidated() const noexcept;
    /// For who catches the error before the program does, and knows better than the driver; see
    /// event::handle_error.
    void set_poisoned(Poisoned poisoned);

  private:
    std::shared_ptr<const DriverFault> fault_;
};

#define AZOTH_DEFINE_DBAPI_ERROR(Name, Base, default_code)                               \
    class AZOTH_EXPORT Name : public Base {                                              \
      public:                                                                            \
        explicit Name(const DriverFault& fault, std::string statement = {},              \
                      std::string parameters = {}, std::string_view code = default_code) \
            : Base(fault, std::move(statement), std::move(parameters), code) {}          \
        ~Name() override;                                                                \
    }

/// The client library was used wrongly. Immutable once thrown.
AZOTH_DEFINE_DBAPI_ERROR(InterfaceError, DBAPIError, "azoth-interface");
/// Any error of the database itself.
AZOTH_DEFINE_DBAPI_ERROR(DatabaseError, DBAPIError, "azoth-database");
/// A value out of range, of the wrong form, or not representable.
AZOTH_DEFINE_DBAPI_ERROR(DataError, DatabaseError, "azoth-data");
/// A NULL arrived where the C++ type has no place for it (R5). The message names the remedy.
AZOTH_DEFINE_DBAPI_ERROR(NullValueError, DataError, "azoth-null-value");
/// The database could not do it now: connection lost, locked, out of space, cancelled.
AZOTH_DEFINE_DBAPI_ERROR(OperationalError, DatabaseError, "azoth-operational");
/// The outcome of a commit is unknown (R25). Never retry the transaction blindly.
AZOTH_DEFINE_DBAPI_ERROR(CommitInDoubtError, OperationalError, "azoth-commit-in-doubt");
/// A constraint was violated.
AZOTH_DEFINE_DBAPI_ERROR(IntegrityError, DatabaseError, "azoth-integrity");
/// The database reports a fault of its own.
AZOTH_DEFINE_DBAPI_ERROR(InternalError, DatabaseError, "azoth-internal");
/// The SQL is wrong: syntax, missing table, wrong number of parameters.
AZOTH_DEFINE_DBAPI_ERROR(ProgrammingError, DatabaseError, "azoth-programming");
/// The database does not have this feature.
AZOTH_DEFINE_DBAPI_ERROR(NotSupportedError, DatabaseError, "azoth-not-supported");

#undef AZOTH_DEFINE_DBAPI_ERROR

}  // namespace azoth::inline v0
