// SPDX-License-Identifier: MIT
// Two-phase commit: PREPARE TRANSACTION gives a transaction to the server, which any connection to
// the same database may then end.

#include <azoth/dialects/postgresql/connection_internal.hpp>
#include <azoth/sql/identifier.hpp>

#include <string>
#include <utility>

namespace azoth::inline v0::postgresql {

using driver::ErrorClass;

namespace {

/// Strings conform to the standard: the connection sees to it.
std::string with_xid(std::string_view words, std::string_view xid) {
    std::string sql(words);
    sql::quote_text(sql, xid);
    return sql;
}

}  // namespace

/// Runs one of the phases, whose outcome is unknown where the connection breaks.
void Connection::run_phase(Step step, const std::string& sql, std::string_view tag,
                           std::string_view if_lost) {
    // Whether a connection broke before or after makes all the difference: look first.
    link_->look();
    if (is_lost()) raise_lost(ErrorClass::operational, sql);
    const Outcome outcome = run_simple(step, sql.c_str());
    if (outcome.answer && command_tag(outcome.answer.get()) == tag) return;
    if (!is_lost()) raise(outcome, sql);
    DriverFault fault = link_->fault();
    fault.message.append("\n").append(if_lost);
    driver::raise(ErrorClass::commit_in_doubt, fault, sql);
}

void Connection::prepare_transaction(std::string_view xid) {
    const std::string sql = with_xid("PREPARE TRANSACTION ", xid);
    make_ready(sql);
    // A transaction in which nothing was done is prepared too: who has prepared it will want to
    // commit it.
    if (begin_pending_) run("");
    require_committable(sql);
    run_phase(Step::control, sql, "PREPARE TRANSACTION",
              "Whether the transaction is prepared is unknown: recover_twophase() tells.");
    begun_ = false;
}

void Connection::commit_prepared(std::string_view xid) {
    const std::string sql = with_xid("COMMIT PREPARED ", xid);
    make_ready(sql);
    run_phase(Step::simple, sql, "COMMIT PREPARED",
              "Whether the prepared transaction is committed is unknown: where recover_twophase() "
              "still names it, it is not.");
}

void Connection::rollback_prepared(std::string_view xid) {
    const std::string sql = with_xid("ROLLBACK PREPARED ", xid);
    make_ready(sql);
    run_phase(Step::simple, sql, "ROLLBACK PREPARED",
              "Whether the prepared transaction is rolled back is unknown: where "
              "recover_twophase() still names it, it is not.");
    if (std::exchange(changed_schema_, false)) ++schema_era_;
}

std::vector<std::string> Connection::recover_prepared() {
    const char* const sql =
        "SELECT gid FROM pg_catalog.pg_prepared_xacts "
        "WHERE database = pg_catalog.current_database() ORDER BY prepared, gid";
    make_ready(sql);
    const Outcome outcome = run_simple(Step::simple, sql);
    if (!outcome.is_good()) raise(outcome, sql);
    std::vector<std::string> xids;
    PGresult* const rows = outcome.answer.get();
    const int count = PQntuples(rows);
    xids.reserve(static_cast<std::size_t>(count));
    for (int row = 0; row < count; ++row)
        xids.emplace_back(PQgetvalue(rows, row, 0),
                          static_cast<std::size_t>(PQgetlength(rows, row, 0)));
    return xids;
}

}  // namespace azoth::inline v0::postgresql
