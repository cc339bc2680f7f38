// SPDX-License-Identifier: MIT
#pragma once

#include "sqlite_statement.hpp"

#include <string>

namespace driver {

/// A connection to SQLite, frozen with the programs that use it. Its settings are those Azoth's
/// connections have by default: foreign_keys=on, journal_mode=WAL, a busy timeout of 5 s, and
/// `synchronous` as SQLite was built (FULL in Debian). It is opened with NOMUTEX, as one thread
/// uses it at a time.
class Connection {
  public:
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

  protected:
    explicit Connection(const std::string& file) {
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
        if (sqlite3_open_v2(file.c_str(), &database_, flags, nullptr) != SQLITE_OK)
            throw std::runtime_error{sqlite3_errmsg(database_)};
        sqlite3_busy_timeout(database_, 5000);
        Statement{database_, "PRAGMA foreign_keys=on"}.run();
        Statement{database_, "PRAGMA journal_mode=WAL"}.run();
    }
    ~Connection() { sqlite3_close(database_); }

    static std::string version() { return std::string{"sqlite "} + sqlite3_libversion(); }

    sqlite3* database_ = nullptr;
};

}  // namespace driver
