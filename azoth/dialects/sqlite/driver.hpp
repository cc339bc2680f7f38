// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>
#include <azoth/driver/driver.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace azoth::inline v0 {
class URL;
}

namespace azoth::inline v0::sqlite {

/// Which BEGIN starts a transaction.
enum class BeginMode : std::uint8_t {
    automatic,  ///< IMMEDIATE where the first statement writes (`BeginOptions`), else DEFERRED
    deferred,   ///< takes no lock; a write that follows a read may fail with SQLITE_BUSY_SNAPSHOT
    immediate,  ///< takes the write lock at once
    exclusive   ///< keeps other connections from reading too, where the journal isn't a WAL
};

/// How often SQLite waits for the disk (PRAGMA synchronous).
enum class Synchronous : std::uint8_t {
    as_built,  ///< SQLite's own default, which is `full` unless it was built otherwise
    off,       ///< never: a power failure may corrupt the file
    normal,    ///< with a WAL: a power failure may lose the last transactions, never the file
    full,      ///< each commit is on disk when it returns
    extra      ///< as full, and the directory too after a rollback journal is deleted
};

/// How to open a SQLite database. A plain value.
///
/// The defaults are the safe ones (R27): foreign keys are enforced, readers and a writer don't
/// block each other, a locked database is waited for, and a misspelled "column" in double quotes is
/// an error rather than a string. SQLAlchemy: the pysqlite dialect's URL options and its recipes
/// for the connect event.
struct ConnectOptions {
    std::string path{};  ///< a file; empty or ":memory:" for a database in memory
    /// How long to wait for another connection's lock; 0 fails at once.
    std::chrono::milliseconds busy_timeout{5000};
    bool foreign_keys = true;  ///< enforce foreign keys
    bool wal = true;           ///< write-ahead log; files only, and not where they are read-only
    bool read_only = false;    ///< refuse writes, and don't create the file
    bool create = true;        ///< create the file where there is none
    bool uri = false;          ///< `path` is a "file:…" URI with SQLite's own options
    BeginMode begin_mode = BeginMode::automatic;
    Synchronous synchronous = Synchronous::as_built;
};

/// Opens a database. Safe from any thread; what it returns may be used by any one thread at a time.
///
/// The statements of a connection may be open at the same time. Rows that an open result has not
/// handed out yet are read into memory before another statement of the connection writes, and
/// before the transaction ends: what a result shows never depends on what came after it (R21).
/// Cells of the current row, which point into SQLite's memory, end with that too.
///
/// Throws ArgumentError for options that can't be, OperationalError where the database can't be
/// opened or isn't one, NotSupportedError where SQLite is too old or built without threads.
[[nodiscard]] AZOTH_EXPORT std::unique_ptr<driver::Connection> connect(
    const ConnectOptions& options);

/// True where the database lives in memory, and ends with its last connection. A pool must then not
/// give every caller a connection of its own.
[[nodiscard]] AZOTH_EXPORT bool is_in_memory(const ConnectOptions& options);

/// Reads `sqlite://`, `sqlite:///path`, `sqlite:////absolute/path` and `sqlite:///:memory:`.
///
/// The query may have `timeout` (seconds, as pysqlite's), `busy_timeout` (milliseconds), `wal`,
/// `foreign_keys`, `read_only`, `create`, `begin_mode`, `synchronous` and `uri`; with `uri=true`
/// and a path that begins with "file:" also the options of SQLite's URIs (`mode`, `cache`,
/// `immutable`, `nolock`, `psow`, `vfs`, `modeof`), which are handed on. Throws ArgumentError for
/// anything else, naming what is known.
[[nodiscard]] AZOTH_EXPORT ConnectOptions options_from_url(const URL& url);

}  // namespace azoth::inline v0::sqlite
