// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/for_update.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace azoth::inline v0 {

/// What the transaction of a session is that is made with a Connection in whose transaction it is
/// to take part. Where the Connection has none, the session begins one there and ends it.
enum class JoinTransactionMode : std::uint8_t {
    /// As create_savepoint where the Connection has a savepoint open, else as rollback_only.
    conditional_savepoint,
    /// commit() flushes and leaves the rest to the Connection; rollback() rolls its transaction
    /// back.
    rollback_only,
    control_fully,  ///< commit() and rollback() are those of the Connection's transaction
    /// A savepoint in the Connection's transaction, which is left alone: for tests that roll back
    /// whatever the code under test commits.
    create_savepoint,
};

/// How a session behaves. A plain value; names and defaults are SQLAlchemy's.
struct SessionOptions {
    bool autoflush = true;         ///< flush what has changed before each statement
    bool expire_on_commit = true;  ///< read objects again in the next transaction
    /// Looking at a relationship that only SQL could load throws InvalidRequestError.
    bool strict_loading = false;
    /// Its transactions can be prepared (Session::prepare()), so that sessions of several databases
    /// commit together or not at all; commit() prepares where that has not been done.
    bool twophase = false;
    /// Of a session that is made with a Connection.
    JoinTransactionMode join_transaction_mode = JoinTransactionMode::conditional_savepoint;
};

/// How often a session loaded what a relationship leads to because the program looked at it. A
/// plain value.
struct LazyLoads {
    std::string relationship{};    ///< "User::addresses"
    std::uint64_t statements = 0;  ///< that were sent
    std::uint64_t objects = 0;     ///< whose relationship they loaded
    std::string remedy{};          ///< the loader option by which it would have been loaded before
};

/// How the objects of a session follow an UPDATE or DELETE of a mapped class by criteria.
/// SQLAlchemy: the execution option `synchronize_session`.
enum class SynchronizeSession : std::uint8_t {
    automatic,  ///< evaluate where the criteria can be evaluated, else fetch
    /// The criteria are evaluated for the objects of the session, without SQL. What only the
    /// database can evaluate is an InvalidRequestError.
    evaluate,
    fetch,  ///< the database says which rows it were: by RETURNING or, without that, a SELECT
            ///< before
    none,   ///< objects are left as they are, until they are read again
};

/// How one statement is executed. A plain value. SQLAlchemy: `execution_options()`.
struct ExecutionOptions {
    /// Objects that the session has already are overwritten by what the rows hold. What was written
    /// and not flushed is flushed first, where the session autoflushes, and else discarded.
    bool populate_existing = false;
    /// So many rows are read at a time, whole and with what their objects lead to, before the first
    /// of them is handed out; 0: all. SQLAlchemy: `yield_per`.
    std::size_t yield_per = 0;
    /// Flush what has changed before the statement, where the session autoflushes.
    bool autoflush = true;
    /// UPDATE and DELETE of a mapped class.
    SynchronizeSession synchronize_session = SynchronizeSession::automatic;
    /// INSERT of objects: empty optionals are sent as NULL, where they are otherwise left to the
    /// defaults of their columns; so all rows go by one statement.
    bool render_nulls = false;
};

/// How get() finds its object. A plain value. SQLAlchemy: the arguments of `Session.get`.
struct GetOptions {
    /// The row is read and written over the object that the session has already. What was written
    /// and not flushed is flushed first, where the session autoflushes, and else discarded.
    bool populate_existing = false;
    /// The row is locked, and then read as with populate_existing: what was read before the lock
    /// may be out of date.
    std::optional<ForUpdate> with_for_update{};
};

/// How refresh() reads its object. A plain value. SQLAlchemy: the arguments of `Session.refresh`.
struct RefreshOptions {
    std::optional<ForUpdate> with_for_update{};  ///< the row is locked
};

/// How a stream reads its rows. A plain value.
struct StreamOptions {
    /// How many rows are read at a time, whole, before the first of their objects is handed out.
    std::size_t yield_per = 1000;
};

}  // namespace azoth::inline v0
