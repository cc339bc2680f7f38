// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/dialects/mariadb/session_internal.hpp>
#include <azoth/dialects/mariadb/two_phase_internal.hpp>
#include <azoth/driver/isolation.hpp>

#include <cstdlib>
#include <memory>

namespace azoth::inline v0::mariadb {
namespace {

struct FreeResult {
    void operator()(MYSQL_RES* result) const noexcept { mysql_free_result(result); }
};
using Result = std::unique_ptr<MYSQL_RES, FreeResult>;

/// One round trip. session_track_schema: the client hears of each USE. STRICT_ALL_TABLES: what
/// doesn't fit into a column is an error in every table. NO_AUTO_VALUE_ON_ZERO: a key that is given
/// as 0 is 0, and not one that the database makes. SIMULTANEOUS_ASSIGNMENT, which MySQL
/// doesn't have: all values of an UPDATE are those before it.
std::string settings_of(const ConnectOptions& options) {
    std::string sql =
        "SET session_track_schema = ON, time_zone = '+00:00', sql_mode = CONCAT(@@sql_mode, "
        "IF(@@sql_mode = '', '', ','), "
        "'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO";
    if (!options.sql_mode.empty()) sql += "," + options.sql_mode;
    sql += "', IF(VERSION() LIKE '%MariaDB%', ',SIMULTANEOUS_ASSIGNMENT', ''))";
    return sql + "; SELECT @@max_allowed_packet";
}

/// Reads the present result to its end. \returns false for an error.
bool take_result(MYSQL* handle, std::uint64_t* answer) noexcept {
    const Result result(mysql_use_result(handle));
    if (!result) return mysql_field_count(handle) == 0;
    while (const MYSQL_ROW row = mysql_fetch_row(result.get()))
        if (answer != nullptr && row[0] != nullptr) *answer = std::strtoull(row[0], nullptr, 10);
    return mysql_errno(handle) == 0;
}

bool run_and_take(MYSQL* handle, std::string_view sql, std::uint64_t* answer) noexcept {
    if (mysql_real_query(handle, sql.data(), sql.size()) != 0) return false;
    if (!take_result(handle, answer)) return false;
    while (mysql_more_results(handle) != 0) {
        if (mysql_next_result(handle) > 0) return false;
        if (!take_result(handle, answer)) return false;
    }
    return true;
}

[[noreturn]] void fail(MYSQL* handle, std::string_view what, std::string_view sql) {
    Failure failure = failure_of(report_of(handle), false);
    failure.fault.message.insert(0, what);
    failure.fault.poisoned = Poisoned::connection;
    driver::raise(driver::ErrorClass::operational, failure.fault, sql);
}

}  // namespace

bool run_text(MYSQL* handle, std::string_view sql) noexcept {
    return run_and_take(handle, sql, nullptr);
}

bool ask_number(MYSQL* handle, std::string_view sql, std::uint64_t& answer) noexcept {
    return run_and_take(handle, sql, &answer);
}

std::size_t set_up_session(MYSQL* handle, const ConnectOptions& options) {
    const std::string settings = settings_of(options);
    std::uint64_t largest_packet = 0;
    if (!ask_number(handle, settings, largest_packet))
        fail(handle, "a new connection can't be set up: ", settings);
    if (!options.init_command.empty() && !run_text(handle, options.init_command))
        fail(handle, "the connection's init_command failed: ", options.init_command);
    return largest_packet;
}

std::string begin_statement(const driver::BeginOptions& options) {
    if (options.isolation_level.empty() && options.xid.empty()) return "START TRANSACTION";
    std::string sql;
    if (!options.isolation_level.empty())
        sql.append("SET TRANSACTION ISOLATION LEVEL ")
            .append(driver::standard_isolation_level("MariaDB", options.isolation_level))
            .append("; ");
    return sql.append(options.xid.empty() ? "START TRANSACTION"
                                          : xa_statement("START", options.xid));
}

}  // namespace azoth::inline v0::mariadb
