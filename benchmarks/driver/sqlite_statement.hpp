// SPDX-License-Identifier: MIT
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace driver {

/// A prepared statement, frozen with the programs that use it: no more between the loop and the C
/// API than a check of each return code.
class Statement {
  public:
    Statement(sqlite3* database, std::string_view sql) : database_{database} {
        check(sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()),
                                 SQLITE_PREPARE_PERSISTENT, &statement_, nullptr));
    }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement() { sqlite3_finalize(statement_); }

    void bind(int index, std::int64_t value) {
        check(sqlite3_bind_int64(statement_, index, value));
    }
    void bind(int index, const std::string& value) {
        check(sqlite3_bind_text(statement_, index, value.data(), static_cast<int>(value.size()),
                                SQLITE_STATIC));
    }
    /// True if there is a row.
    bool step() {
        const int code = sqlite3_step(statement_);
        if (code == SQLITE_ROW) return true;
        if (code != SQLITE_DONE) check(code);
        return false;
    }
    void reset() { check(sqlite3_reset(statement_)); }
    void run() {
        step();
        reset();
    }
    std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
    std::string text(int column) const {
        const auto* begin = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
        return {begin, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }

  private:
    void check(int code) const {
        if (code != SQLITE_OK) throw std::runtime_error{sqlite3_errmsg(database_)};
    }

    sqlite3* database_;
    sqlite3_stmt* statement_ = nullptr;
};

}  // namespace driver
