// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/event.hpp>
#include <azoth/engine/engine.hpp>
#include <azoth/pool/events.hpp>

#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// The events of engines and connections, for `event::listen` on an Engine, which tells of all its
/// connections, or on one Connection.
namespace azoth::inline v0::event {

/// A statement that is executed, as `before_execute` and `after_execute` see it. Used by the thread
/// that executes.
struct Execution {
    Connection& connection;
    /// What is executed. `before_execute` may put another there whose rows are of the same types;
    /// not of a session's objects, nor where `executemany`.
    sql::Statement statement;
    /// The values of named parameters; `before_execute` may change them.
    Parameters parameters{};
    bool executemany = false;  ///< for many rows, which stand not in `parameters`
    /// Rows matched, of INSERT, UPDATE and DELETE; -1 before, and where unknown.
    std::int64_t rowcount = -1;
};

/// SQL that is sent to the database, as `before_cursor_execute` and `after_cursor_execute` see it.
/// Used by the thread that executes.
struct CursorExecution {
    Connection& connection;
    /// The SQL; `before_cursor_execute` may change it.
    std::string statement;
    /// The values of its placeholders in order; `before_cursor_execute` may change them (`to_value`
    /// makes a Value). Empty where `executemany`.
    std::vector<Value> parameters{};
    bool executemany = false;  ///< for many rows
    /// What a listener notes before, it finds here after.
    ConnectionInfo info{};
};

/// An error that the database reported, on its way to the program. Used by the thread that got it.
/// SQLAlchemy: `ExceptionContext`.
struct ErrorContext {
    const Engine& engine;
    Connection* connection;  ///< null where there is none yet: connecting failed
    /// What is about to be thrown; it knows statement, parameters and the driver's own report
    /// (`fault()`). SQLAlchemy: `sqlalchemy_exception`, `original_exception`, `statement`,
    /// `parameters`.
    const DBAPIError& exception;
    /// The connection is lost. May be changed, where the listener knows better than the dialect.
    bool is_disconnect;
    /// Then all pooled connections are replaced, not this one alone. May be changed.
    bool invalidate_pool_on_disconnect = true;
    /// What is thrown in place of `exception`; null: that. SQLAlchemy: `chained_exception`.
    std::exception_ptr replacement{};

    /// Has the program see this exception in place of the present one. To throw it has the same
    /// effect, but listeners that follow aren't called; std::throw_with_nested keeps the original.
    template <class E>
    void replace(E error) {
        replacement = std::make_exception_ptr(std::move(error));
    }
};

/// A connection that is about to be opened. Used by the thread that opens it.
struct Connecting {
    const Dialect& dialect;
    /// Where to connect to; may be changed, to another password for instance.
    URL url;
    /// A connection that the listener has opened by itself; null: the dialect opens one.
    std::unique_ptr<driver::Connection> connection{};
};

/// Of which objects the first events below tell.
struct ConnectionScope {};
#define AZOTH_ConnectionScope "connections (of one Connection, or an Engine for all of its)"
/// Of which objects the others tell.
struct EngineScope {};
#define AZOTH_EngineScope "engines (of an Engine)"

/// Where the listeners are kept.
[[nodiscard]] AZOTH_EXPORT Place place_of(const Engine& engine, EngineScope scope);
[[nodiscard]] AZOTH_EXPORT Place place_of(const Engine& engine, ConnectionScope scope);
[[nodiscard]] AZOTH_EXPORT Place place_of(const Connection& connection, ConnectionScope scope);
[[nodiscard]] AZOTH_EXPORT Place place_of(const Engine& engine, PoolScope scope);

// What listeners of the following throw goes to the caller, unless it is said otherwise. A listener
// may execute statements on the connection, of which it is told too.

/// A statement is about to be compiled and executed.
AZOTH_DEFINE_EVENT(before_execute, ConnectionScope, 0, (Execution&));
/// It was executed; its rows have not been read.
AZOTH_DEFINE_EVENT(after_execute, ConnectionScope, 1, (const Execution&));
/// SQL is about to be sent. Not told of BEGIN, COMMIT, ROLLBACK and savepoints.
AZOTH_DEFINE_EVENT(before_cursor_execute, ConnectionScope, 2, (CursorExecution&));
/// It was executed; its rows have not been read.
AZOTH_DEFINE_EVENT(after_cursor_execute, ConnectionScope, 3, (CursorExecution&));
/// A transaction begins, before the database hears of it (which is at its first statement). What
/// the listener executes is a part of it; what it throws ends it.
AZOTH_DEFINE_EVENT(begin, ConnectionScope, 4, (Connection&));
/// A transaction is about to be committed; what the listener throws leaves it open.
AZOTH_DEFINE_EVENT(commit, ConnectionScope, 5, (Connection&));
/// A transaction is about to be rolled back, which happens also if the listener throws. Where a
/// destructor or close() does it exceptions are logged.
AZOTH_DEFINE_EVENT(rollback, ConnectionScope, 6, (Connection&));
/// A savepoint is about to be made; its name is quoted when it is used.
AZOTH_DEFINE_EVENT(savepoint, ConnectionScope, 7, (Connection&, std::string_view));
/// What came since a savepoint is about to be rolled back; as `rollback`.
AZOTH_DEFINE_EVENT(rollback_savepoint, ConnectionScope, 8, (Connection&, std::string_view));
/// A savepoint is about to be released; as `commit`.
AZOTH_DEFINE_EVENT(release_savepoint, ConnectionScope, 9, (Connection&, std::string_view));
/// The database has reported an error. What the listener throws is thrown in its place.
AZOTH_DEFINE_EVENT(handle_error, ConnectionScope, 10, (ErrorContext&));

/// A Connection was made, by connect(), begin() or a session. What the listener throws gives it
/// back.
AZOTH_DEFINE_EVENT(engine_connect, EngineScope, 11, (Connection&));
/// Engine::dispose() has closed the idle connections.
AZOTH_DEFINE_EVENT(engine_disposed, EngineScope, 12, (const Engine&));
/// A physical connection is about to be opened. Not where the engine has a `creator` or a `pool`.
AZOTH_DEFINE_EVENT(do_connect, EngineScope, 13, (Connecting&));

}  // namespace azoth::inline v0::event
