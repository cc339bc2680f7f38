// SPDX-License-Identifier: MIT
// Two-phase commit. A prepared transaction stays its connection's, which can run nothing else,
// until that connection ends it or is closed: from then on any other may end it.
#include <azoth/dialects/mariadb/connection_internal.hpp>
#include <azoth/dialects/mariadb/session_internal.hpp>
#include <azoth/dialects/mariadb/two_phase_internal.hpp>

#include <mysqld_error.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace azoth::inline v0::mariadb {

using driver::ErrorClass;

namespace {

bool is_readable(std::string_view xid) {
    return std::all_of(xid.begin(), xid.end(),
                       [](char c) { return c >= ' ' && c <= '~' && c != '\'' && c != '\\'; });
}

struct FreeResult {
    void operator()(MYSQL_RES* result) const noexcept { mysql_free_result(result); }
};

}  // namespace

std::string xa_statement(std::string_view words, std::string_view xid) {
    std::string sql = "XA " + std::string(words);
    if (is_readable(xid)) return sql.append(" '").append(xid).append("'");
    sql += " X'";
    for (const char c : xid) {
        constexpr std::string_view digits = "0123456789abcdef";
        sql += digits[static_cast<unsigned char>(c) >> 4U];
        sql += digits[static_cast<unsigned char>(c) & 15U];
    }
    return sql += "'";
}

bool read_prepared(MYSQL* handle, std::vector<std::string>& xids) {
    constexpr std::string_view sql = "XA RECOVER";
    if (mysql_real_query(handle, sql.data(), sql.size()) != 0) return false;
    const std::unique_ptr<MYSQL_RES, FreeResult> rows(mysql_store_result(handle));
    if (!rows) return false;
    while (const MYSQL_ROW row = mysql_fetch_row(rows.get())) {
        const unsigned long* const lengths = mysql_fetch_lengths(rows.get());
        const bool is_usual = std::string_view(row[0], lengths[0]) == "1" &&
                              std::string_view(row[2], lengths[2]) == "0";
        if (is_usual) xids.emplace_back(row[3], lengths[3]);
    }
    return true;
}

/// Sends one of the phases, whose outcome is unknown where the connection breaks.
void Connection::run_phase(const std::string& sql, std::string_view if_lost) {
    look_before(sql);
    if (run_text(handle_.get(), sql)) return;
    Failure failure = failure_of(report_of(handle_.get()), settings().hide_parameters);
    failure_ = failure.fault.message;
    lost_ = ends_connection(static_cast<unsigned>(failure.fault.native_code));
    if (!lost_) {
        if (in_transaction()) failure.fault.poisoned = Poisoned::transaction;
        driver::raise(failure.error_class, failure.fault, sql);
    }
    failure.fault.poisoned = Poisoned::connection;
    failure.fault.message.append("\n").append(if_lost);
    driver::raise(ErrorClass::commit_in_doubt, failure.fault, sql);
}

void Connection::prepare_transaction(std::string_view xid) {
    const std::string sql = xa_statement("END", xid) + "; " + xa_statement("PREPARE", xid);
    // A transaction in which nothing was done is prepared too: who has prepared it will want to
    // commit it.
    make_ready_in_transaction(sql);
    try {
        run_phase(sql, "Whether the transaction is prepared is unknown: recover_twophase() tells.");
    } catch (const DBAPIError&) {
        transaction_ = Transaction::lost;  // rollback() ends what is left of it
        throw;
    }
    transaction_ = Transaction::prepared;
    xid_.clear();
}

void Connection::commit_prepared(std::string_view xid) {
    end_prepared(xa_statement("COMMIT", xid),
                 "Whether the prepared transaction is committed is unknown: where "
                 "recover_twophase() still names it, it is not.");
}

void Connection::rollback_prepared(std::string_view xid) {
    end_prepared(xa_statement("ROLLBACK", xid),
                 "Whether the prepared transaction is rolled back is unknown: where "
                 "recover_twophase() still names it, it is not.");
}

void Connection::end_prepared(const std::string& sql, std::string_view if_lost) {
    const bool own = transaction_ == Transaction::prepared;
    if (own) transaction_ = Transaction::none;  // lets this one statement pass
    try {
        make_ready(sql);
        run_phase(sql, if_lost);
    } catch (...) {
        if (own) transaction_ = Transaction::prepared;
        throw;
    }
}

/// XA COMMIT of a transaction that was never prepared.
std::string Connection::commit_statement() const {
    if (xid_.empty()) return "COMMIT";
    return xa_statement("END", xid_) + "; " + xa_statement("COMMIT", xid_) + " ONE PHASE";
}

/// \returns whether the transaction is gone.
bool Connection::roll_back_xa() noexcept {
    // Fails where the server has rolled back already, and has its effect all the same.
    static_cast<void>(run_text(handle_.get(), xa_statement("END", xid_)));
    if (run_text(handle_.get(), xa_statement("ROLLBACK", xid_))) return true;
    return mysql_errno(handle_.get()) == ER_XAER_NOTA;
}

std::vector<std::string> Connection::recover_prepared() {
    constexpr std::string_view sql = "XA RECOVER";
    make_ready(sql);
    std::vector<std::string> xids;
    if (!read_prepared(handle_.get(), xids)) raise(report_of(handle_.get()), sql);
    return xids;
}

}  // namespace azoth::inline v0::mariadb
