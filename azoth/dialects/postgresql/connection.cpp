// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/connection_internal.hpp>
#include <azoth/dialects/postgresql/cursor_internal.hpp>
#include <azoth/dialects/postgresql/errors_internal.hpp>
#include <azoth/dialects/postgresql/isolation_internal.hpp>
#include <azoth/dialects/postgresql/preparation_internal.hpp>
#include <azoth/dialects/postgresql/statement_internal.hpp>

#include <string>
#include <utility>

namespace azoth::inline v0::postgresql {

using driver::ErrorClass;

Connection::Connection(std::unique_ptr<Link> link)
    : link_(std::move(link)), flight_(*link_), cancel_(PQgetCancel(link_->handle())) {}

Connection::~Connection() {
    close();
    PQfreeCancel(cancel_);
}

std::unique_ptr<driver::Statement> Connection::prepare(const driver::StatementRequest& request) {
    require_usable(request.sql);
    return std::make_unique<Statement>(*this, request);
}

// --- transactions

void Connection::begin(const driver::BeginOptions& options) {
    make_ready("BEGIN");
    if (in_transaction())
        throw InvalidRequestError(
            "A transaction has begun on this connection already: end it with commit() or "
            "rollback(), or nest with a savepoint");
    begin_sql_ = begin_statement(options);
    begin_pending_ = true;
    begun_ = true;
    changed_schema_ = false;
    ++transaction_;
}

bool Connection::in_transaction() const noexcept {
    if (begin_pending_) return true;
    // Of a lost connection libpq knows nothing.
    return is_lost() ? begun_ : status() != PQTRANS_IDLE;
}

void Connection::commit() {
    make_ready("COMMIT");
    if (std::exchange(begin_pending_, false)) {  // nothing was sent, so nothing is to be ended
        begun_ = false;
        return;
    }
    require_committable("COMMIT");
    if (status() == PQTRANS_IDLE) return;

    // Whether a connection broke before or after COMMIT makes all the difference: look first.
    link_->look();
    if (is_lost()) raise_lost(ErrorClass::operational, "COMMIT");

    const Outcome outcome = control("COMMIT");
    begun_ = false;
    // The answer is final, whatever happened to the connection after it.
    if (outcome.answer && command_tag(outcome.answer.get()) == "COMMIT") return;
    if (is_lost()) raise_lost(ErrorClass::commit_in_doubt, "COMMIT");
    raise(outcome, "COMMIT");
}

/// PostgreSQL answers the COMMIT of a failed transaction with success, and rolls back; and the
/// PREPARE TRANSACTION too.
void Connection::require_committable(std::string_view sql) const {
    if (status() != PQTRANS_INERROR) return;
    DriverFault fault;
    fault.message =
        "The transaction can't be committed, because a statement in it failed: call rollback()";
    fault.sqlstate = "25P02";
    fault.poisoned = Poisoned::transaction;
    driver::raise(ErrorClass::operational, fault, sql);
}

void Connection::rollback() {
    owner_.require_current("Connection");
    begun_ = false;
    if (std::exchange(begin_pending_, false)) return;
    // What was open on a lost connection is rolled back by the server.
    if (!is_open()) return;
    make_ready("ROLLBACK");
    if (is_lost() || status() == PQTRANS_IDLE) return;
    const Outcome outcome = control("ROLLBACK");
    if (!outcome.is_good()) raise(outcome, "ROLLBACK");
    changed_schema_ = false;
}

Outcome Connection::control(const char* sql) {
    // In the simple protocol it costs least; its name need not be known to the server.
    if (doomed_.empty()) return run_simple(Step::control, sql);
    flight_.start(true);
    flight_.query(Step::control, sql);
    flight_.sync();  // the freeing is a part of its own, after the transaction's end
    free_statements();
    return land();
}

// --- flights

void Connection::require_usable(std::string_view sql) const {
    owner_.require_current("Connection");
    if (closed_.load(std::memory_order_relaxed)) driver::raise_closed(sql);
    if (is_lost()) raise_lost(ErrorClass::operational, sql);
}

void Connection::make_ready(std::string_view sql) {
    require_usable(sql);
    if (arriving_) arriving_->settle();
}

void Connection::take_off(bool pipelined, bool with_begin) {
    // In a transaction the freeing of statements waits for its end, because a failure would spoil
    // the transaction; unless so many have gathered that the server's memory matters.
    constexpr std::size_t many = 100;
    const bool begins = begin_pending_ && with_begin;
    const bool frees =
        !doomed_.empty() &&
        (status() == PQTRANS_IDLE || (status() == PQTRANS_INTRANS && doomed_.size() >= many));
    flight_.start(pipelined || begins || frees);
    if (frees) free_statements();
    if (begins) add_begin();
}

void Connection::add_begin() {
    if (begin_ && begin_->sql() != begin_sql_) begin_.reset();
    if (!begin_) {
        static const std::vector<Oid> no_parameters;
        begin_ = std::make_unique<Preparation>(*this, begin_sql_, no_parameters, true);
    }
    // A program that keeps no statements may have a proxy between, which gives each transaction
    // another server process: then BEGIN must not be kept either.
    if (!keeps_statements_) {
        flight_.query(Step::begin, begin_sql_.c_str());
        return;
    }
    if (begin_->needs_parse()) begin_->parse(Step::begin_parse);
    flight_.execute(Step::begin, begin_->name(), {});
}

void Connection::free_statements() {
    for (const std::string& command : std::exchange(doomed_, {})) {
        flight_.query(Step::housekeeping, command.c_str());
        flight_.sync();  // so that one that is gone already doesn't keep the others
    }
}

Outcome Connection::land() {
    if (flight_.is_pipelined() && !flight_.ends_with_sync()) flight_.sync();
    flight_.send();
    Outcome outcome;
    finish_landing(outcome);
    return outcome;
}

void Connection::finish_landing(Outcome& outcome) {
    while (flight_.has_next()) take(flight_.next(), outcome);
    flight_.end();
    note_refusal(outcome);
}

bool Connection::land_on_row(ResultPtr& row, Outcome& outcome, Cursor& cursor) {
    if (flight_.is_pipelined() && !flight_.ends_with_sync()) flight_.sync();
    flight_.send();
    while (flight_.has_next() && flight_.next_step() != Step::execute)
        take(flight_.next(), outcome);
    if (outcome.error || !flight_.has_next()) {
        finish_landing(outcome);
        return false;
    }
    flight_.begin_rows();
    arriving_ = &cursor;
    return next_row(row, outcome);
}

bool Connection::next_row(ResultPtr& row, Outcome& outcome) {
    try {
        if (flight_.next_row(row)) [[likely]]
            return true;
    } catch (...) {
        arriving_ = nullptr;
        throw;
    }
    arriving_ = nullptr;
    land_after_rows(std::move(row), outcome);
    return false;
}

void Connection::land_after_rows(ResultPtr answer, Outcome& outcome) {
    take({Step::execute, std::move(answer)}, outcome);
    finish_landing(outcome);
}

void Connection::note_refusal(Outcome& outcome) const {
    if (flight_.copy_met()) {
        outcome.refusal =
            "COPY FROM STDIN and COPY TO STDOUT need a stream, which a statement doesn't have";
        outcome.refusal_class = ErrorClass::not_supported;
    } else if (!flight_.refusal().empty()) {
        outcome.refusal = flight_.refusal();
    }
}

void Connection::take(Answer answer, Outcome& outcome) {
    if (answer.step == Step::housekeeping) return;
    PGresult* const result = answer.result.get();
    if (!result) {
        outcome.lost = true;
        return;
    }
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_PIPELINE_ABORTED || status == PGRES_PIPELINE_SYNC) return;
    if (is_error(result)) {
        if (outcome.error) return;
        outcome.error = std::move(answer.result);
        outcome.failed = answer.step;
        // What changed one statement's table may have changed those of others.
        if (is_out_of_date(outcome.error.get())) ++schema_era_;
        return;
    }
    switch (answer.step) {
        case Step::begin_parse: begin_->set_parsed(); break;
        case Step::begin:
            begin_pending_ = false;
            outcome.began = true;
            break;
        case Step::parse: outcome.parsed = true; break;
        case Step::describe: break;
        default: note_effects(result);
    }
    outcome.answer = std::move(answer.result);
}

bool Connection::rewind(const Outcome& outcome) {
    if (!outcome.error || !is_out_of_date(outcome.error.get()) || is_lost()) return false;
    if (outcome.failed == Step::begin) {
        begin_->forget();
        return true;  // nothing else was done
    }
    if (status() == PQTRANS_IDLE) return true;
    if (!outcome.began) return false;
    const Outcome rolled_back = control("ROLLBACK");
    if (!rolled_back.is_good()) raise(rolled_back, "ROLLBACK");
    begin_pending_ = true;
    return true;
}

void Connection::note_effects(PGresult* result) {
    const std::string_view tag = command_tag(result);
    if (tag.empty()) return;
    switch (tag[0]) {
        case 'A':
            if (tag.starts_with("ALTER")) note_schema_change();
            break;
        case 'C':
            if (tag == "CREATE VIEW") note_schema_change();
            if (tag == "COMMIT") ++cursor_era_;
            break;
        case 'D':
            if (tag.starts_with("DROP")) note_schema_change();
            if (tag != "DISCARD ALL" && tag != "DEALLOCATE ALL") break;
            ++statement_era_;
            doomed_.clear();
            break;
        case 'R':
            // To a savepoint, perhaps: what was changed may be as before.
            if (tag != "ROLLBACK") break;
            ++cursor_era_;
            if (changed_schema_) ++schema_era_;
            break;
        default: break;
    }
}

void Connection::note_schema_change() noexcept {
    ++schema_era_;
    changed_schema_ = true;
}

// --- statements without a result

void Connection::run(std::string_view sql) {
    make_ready(sql);
    if (sql.find('\0') != std::string_view::npos)
        raise_own(ErrorClass::programming, "The statement contains a zero byte", sql);
    // The simple protocol, the only one that takes several statements.
    std::string text;
    if (begin_pending_) text = begin_sql_ + ";";
    text += sql;
    Outcome outcome = run_simple(Step::simple, text.c_str());
    outcome.prefix = text.size() - sql.size();
    if (status() != PQTRANS_IDLE) begin_pending_ = false;
    if (!outcome.is_good()) raise(outcome, sql);
}

Outcome Connection::run_simple(Step step, const char* sql) {
    Outcome outcome;
    flight_.start(false);
    flight_.simple_query(step, sql);
    flight_.send();
    while (ResultPtr result = flight_.next_of_simple_query())
        take({step, std::move(result)}, outcome);
    outcome.lost = is_lost();
    flight_.end();
    note_refusal(outcome);
    return outcome;
}

// --- the rest of the interface

std::int64_t Connection::last_insert_id() const {
    throw InvalidRequestError(
        "PostgreSQL doesn't know the last inserted key: use INSERT … RETURNING");
}

void Connection::ping() {
    make_ready({});
    // Not through run(): a ping must not begin the transaction that is outstanding.
    const Outcome outcome = run_simple(Step::simple, "");
    if (!outcome.is_good()) raise(outcome, {});
}

bool Connection::is_open() const noexcept {
    return !closed_.load(std::memory_order_relaxed) && !is_lost();
}

void Connection::cancel() noexcept {
    if (closed_.load(std::memory_order_acquire) || !owner_.is_current() || !cancel_) return;
    // It opens a connection of its own. What fails there fails in the way of a request that came
    // too late: the statement goes on.
    char reason[256];
    static_cast<void>(PQcancel(cancel_, reason, sizeof reason));
}

void Connection::close() noexcept {
    if (!owner_.is_current()) {
        abandon();
        return;
    }
    closed_.store(true, std::memory_order_release);
    begin_pending_ = begun_ = false;
    arriving_ = nullptr;
    link_->close();
}

void Connection::abandon() noexcept {
    closed_.store(true, std::memory_order_release);
    begin_pending_ = begun_ = false;
    arriving_ = nullptr;
    link_->abandon();
}

int Connection::server_version() const noexcept {
    constexpr int major = 10000;
    // libpq counts 15.18 as 150018, and 9.6.24 as 90624.
    const int version = PQserverVersion(link_->handle());
    return version < 10 * major ? version : version / major * major + version % major * 100;
}

void* Connection::native_handle() noexcept {
    return link_->handle();
}

std::string Connection::new_statement_name() {
    return "azoth_" + std::to_string(++next_statement_);
}

void Connection::free_statement(const std::string& name) noexcept {
    try {
        doomed_.push_back("DEALLOCATE \"" + name + '"');
    } catch (...) {  // NOLINT(bugprone-empty-catch)
        // Out of memory: the statement stays on the server until the connection ends.
    }
}

void Connection::run_some_time(std::string command) noexcept {
    try {
        doomed_.push_back(std::move(command));
    } catch (...) {  // NOLINT(bugprone-empty-catch)
        // As above.
    }
}

}  // namespace azoth::inline v0::postgresql
