// SPDX-License-Identifier: MIT
#include <azoth/dialects/sqlite/connection.hpp>
#include <azoth/dialects/sqlite/driver.hpp>
#include <azoth/dialects/sqlite/functions.hpp>
#include <azoth/dialects/sqlite/open_file.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>
#include <string>
#include <thread>
#include <utility>

namespace azoth::inline v0::sqlite {
namespace {

struct CloseHandle {
    void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
};
using Handle = std::unique_ptr<sqlite3, CloseHandle>;

[[noreturn]] void fail_to_open(Failure failure, const ConnectOptions& options) {
    failure.fault.message = "can't open the SQLite database \"" +
                            (options.path.empty() ? ":memory:" : options.path) +
                            "\": " + failure.fault.message;
    if (failure.fault.poisoned == Poisoned::nothing) failure.fault.poisoned = Poisoned::connection;
    driver::raise(failure.error_class, failure.fault, {});
}

void check(sqlite3* db, int code, const ConnectOptions& options) {
    if (code != SQLITE_OK) fail_to_open(describe_failure(db, code, Phase::open), options);
}

[[noreturn]] void refuse(driver::ErrorClass error_class, std::string message,
                         const ConnectOptions& options) {
    Failure failure;
    failure.error_class = error_class;
    failure.fault.message = std::move(message);
    fail_to_open(std::move(failure), options);
}

void require_library(const ConnectOptions& options) {
    if (sqlite3_threadsafe() == 0)
        refuse(driver::ErrorClass::not_supported,
               "this SQLite library was built without support for threads", options);
    if (sqlite3_libversion_number() < 3'037'000)
        refuse(driver::ErrorClass::not_supported,
               "this is SQLite " + std::string(sqlite3_libversion()) + "; 3.37 or later is needed",
               options);
}

/// The name as sqlite3_open_v2 takes it: a file whose name looks like something else stays a file.
std::string file_name(const ConnectOptions& options) {
    const std::string& path = options.path;
    if (path.find('\0') != std::string::npos)
        throw ArgumentError("the path of a SQLite database has a zero byte in it");
    if (options.uri) {
        if (!path.starts_with("file:"))
            throw ArgumentError("with ConnectOptions::uri the path must begin with \"file:\"");
        return path;
    }
    if (path.empty() || path == ":memory:") return ":memory:";
    // SQLite may have been built to take every name that begins with "file:" for a URI
    return path.starts_with("file:") || path.starts_with(':') ? "./" + path : path;
}

int open_flags(const ConnectOptions& options) {
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (options.read_only)
        flags |= SQLITE_OPEN_READONLY;
    else
        flags |= SQLITE_OPEN_READWRITE | (options.create ? SQLITE_OPEN_CREATE : 0);
    if (options.uri) flags |= SQLITE_OPEN_URI;
    return flags;
}

Handle open(const ConnectOptions& options) {
    const std::string name = file_name(options);
    close_inherited_files();
    sqlite3* db = nullptr;
    const int code = sqlite3_open_v2(name.c_str(), &db, open_flags(options), nullptr);
    Handle handle(db);
    check(db, code, options);
    return handle;
}

/// Runs a pragma and returns the first column of its first row, or nothing.
int run_pragma(sqlite3* db, const char* sql, std::string& result) {
    sqlite3_stmt* statement = nullptr;
    int code = sqlite3_prepare_v3(db, sql, -1, 0, &statement, nullptr);
    if (code != SQLITE_OK) return code;
    code = sqlite3_step(statement);
    if (code == SQLITE_ROW) {
        const auto* const text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
        if (text != nullptr) result = text;
    }
    return sqlite3_finalize(statement);
}

/// Switching to a WAL needs the file for itself, and SQLite doesn't call its busy handler for it:
/// several connections that open a new file at once would fail.
void set_wal(sqlite3* db, const ConnectOptions& options) {
    using Clock = std::chrono::steady_clock;
    const auto deadline = Clock::now() + options.busy_timeout;
    std::string mode;
    check(db, run_pragma(db, "PRAGMA journal_mode", mode), options);
    while (mode != "wal" && mode != "memory") {
        const int code = run_pragma(db, "PRAGMA journal_mode = WAL", mode);
        if (code == SQLITE_OK) break;
        if ((code & 0xff) != SQLITE_BUSY || Clock::now() >= deadline) check(db, code, options);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    if (mode != "wal" && mode != "memory")
        refuse(driver::ErrorClass::not_supported,
               "it can't have a write-ahead log, its journal is \"" + mode +
                   "\": connect with wal = false",
               options);
}

const char* synchronous_pragma(Synchronous synchronous) {
    switch (synchronous) {
        case Synchronous::as_built: break;
        case Synchronous::off: return "PRAGMA synchronous = OFF";
        case Synchronous::normal: return "PRAGMA synchronous = NORMAL";
        case Synchronous::full: return "PRAGMA synchronous = FULL";
        case Synchronous::extra: return "PRAGMA synchronous = EXTRA";
    }
    return nullptr;
}

void set_flag(sqlite3* db, int which, bool wanted, const char* what,
              const ConnectOptions& options) {
    int got = 0;
    check(db, sqlite3_db_config(db, which, wanted ? 1 : 0, &got), options);
    if ((got != 0) != wanted)
        refuse(driver::ErrorClass::not_supported,
               "this SQLite library can't switch " + std::string(what), options);
}

void configure(sqlite3* db, const ConnectOptions& options) {
    set_flag(db, SQLITE_DBCONFIG_ENABLE_FKEY, options.foreign_keys, "foreign keys", options);
    // else "nmae", a misspelled column, would be the string 'nmae'
    set_flag(db, SQLITE_DBCONFIG_DQS_DML, false, "double-quoted strings", options);
    set_flag(db, SQLITE_DBCONFIG_DQS_DDL, false, "double-quoted strings", options);
    check(db, add_regexp_functions(db), options);
    check(db, add_decimal_functions(db), options);
    // reads the file, so that one that isn't a database is found here and not by the first query
    std::string version;
    check(db, run_pragma(db, "PRAGMA schema_version", version), options);
    const char* const name = sqlite3_db_filename(db, nullptr);
    const bool is_file = name != nullptr && *name != '\0';
    if (options.wal && is_file && sqlite3_db_readonly(db, nullptr) == 0) set_wal(db, options);
    std::string ignored;
    if (const char* const pragma = synchronous_pragma(options.synchronous))
        check(db, run_pragma(db, pragma, ignored), options);
}

}  // namespace

std::unique_ptr<driver::Connection> connect(const ConnectOptions& options) {
    require_library(options);
    if (options.busy_timeout.count() < 0)
        throw ArgumentError("ConnectOptions::busy_timeout is negative; 0 is no waiting");
    Handle handle = open(options);
    // the connection's own handler takes over below, and waits no longer than this one
    const auto timeout = std::min<std::chrono::milliseconds::rep>(options.busy_timeout.count(),
                                                                  std::numeric_limits<int>::max());
    check(handle.get(), sqlite3_busy_timeout(handle.get(), static_cast<int>(timeout)), options);
    configure(handle.get(), options);
    auto connection = std::make_unique<DriverConnection>(handle.get(), options);
    (void)handle.release();  // the connection's now
    return connection;
}

}  // namespace azoth::inline v0::sqlite
