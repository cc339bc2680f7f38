// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/dialects/mariadb/connection_internal.hpp>
#include <azoth/dialects/mariadb/session_internal.hpp>
#include <azoth/dialects/mariadb/statement_internal.hpp>

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace azoth::inline v0::mariadb {

using driver::ErrorClass;

namespace {

bool supports_bulk(MYSQL* handle) noexcept {
    unsigned long capabilities = 0;
    constexpr auto what = MARIADB_CONNECTION_EXTENDED_SERVER_CAPABILITIES;
    if (mariadb_connection(handle) == 0 || mariadb_get_infov(handle, what, &capabilities) != 0)
        return false;
    return (capabilities & (MARIADB_CLIENT_STMT_BULK_OPERATIONS >> 32)) != 0;
}

void require_no_zero_byte(const Connection& connection, std::string_view sql) {
    if (sql.find('\0') != std::string_view::npos)
        connection.raise_own(ErrorClass::programming, "The statement contains a zero byte", sql);
}

void require_length(const Connection& connection, std::string_view sql) {
    if (sql.size() < connection.largest_packet()) return;
    connection.raise_own(ErrorClass::programming,
                         "the statement has " + std::to_string(sql.size()) +
                             " bytes, and the server takes at most " +
                             std::to_string(connection.largest_packet()) +
                             " (its variable max_allowed_packet)",
                         sql.substr(0, 1000));
}

}  // namespace

Connection::Connection(Handle handle, const ConnectOptions& options, std::size_t largest_packet)
    : handle_(std::move(handle)),
      options_(options),
      largest_packet_(largest_packet),
      // libmariadb counts as the driver's interface does: 10.11.19 is 101119
      server_version_(static_cast<int>(mysql_get_server_version(handle_.get()))),
      thread_id_(mysql_thread_id(handle_.get())),
      has_bulk_(supports_bulk(handle_.get())) {
    note_schema();
}

Connection::~Connection() {
    close();
}

// --- statements

std::unique_ptr<driver::Statement> Connection::prepare(const driver::StatementRequest& request) {
    make_ready(request.sql);
    if (request.array_parameters)
        raise_own(ErrorClass::not_supported, "MariaDB has no array parameters", request.sql);
    require_no_zero_byte(*this, request.sql);
    require_length(*this, request.sql);
    return std::make_unique<Statement>(*this, request);
}

void Connection::remove(Statement& statement) noexcept {
    const auto found = std::find(statements_.rbegin(), statements_.rend(), &statement);
    if (found != statements_.rend()) statements_.erase(std::next(found).base());
}

void Connection::free_statement(MYSQL_STMT* statement) noexcept {
    if (arriving_ != nullptr) {
        // libmariadb would read away the rows of the other statement to send this
        try {
            doomed_.push_back(statement);
            return;
        } catch (...) {
            settle();
        }
    }
    mysql_stmt_close(statement);  // what fails here fails again where it matters
}

void Connection::free_doomed() noexcept {
    for (MYSQL_STMT* const statement : std::exchange(doomed_, {})) mysql_stmt_close(statement);
}

void Connection::run(std::string_view sql) {
    make_ready_in_transaction(sql);
    require_no_zero_byte(*this, sql);
    require_length(*this, sql);
    if (!run_text(handle_.get(), sql)) raise(report_of(handle_.get()), sql);
    note_success();
    note_schema();  // also that of a USE which other statements follow
    note_insert_id(mysql_insert_id(handle_.get()));
}

void Connection::require_usable(std::string_view sql) const {
    owner_.require_current("Connection");
    if (closed_.load(std::memory_order_relaxed)) driver::raise_closed(sql);
    if (lost_) raise_lost(sql);
    if (transaction_ != Transaction::lost && transaction_ != Transaction::prepared) return;
    DriverFault fault;
    fault.message =
        transaction_ == Transaction::prepared
            ? "The transaction is prepared: commit or roll it back before anything else"
            : "The transaction has failed (" + failure_ + "): call rollback() before anything else";
    fault.poisoned = Poisoned::transaction;
    driver::raise(ErrorClass::operational, fault, sql);
}

void Connection::make_ready(std::string_view sql) {
    require_usable(sql);
    settle();
    if (lost_) raise_lost(sql);  // found out while the rows were read
    if (!doomed_.empty()) free_doomed();
}

void Connection::settle() noexcept {
    if (Statement* const statement = std::exchange(arriving_, nullptr)) statement->settle();
}

// --- transactions

void Connection::begin(const driver::BeginOptions& options) {
    make_ready("START TRANSACTION");
    if (in_transaction())
        throw InvalidRequestError(
            "A transaction has begun on this connection already: end it with commit() or "
            "rollback(), or nest with a savepoint");
    begin_sql_ = begin_statement(options);
    xid_ = options.xid;
    begin_was_sent_ = false;
    transaction_ = Transaction::pending;
}

void Connection::make_ready_in_transaction(std::string_view sql) {
    make_ready(sql);
    if (transaction_ == Transaction::pending) [[unlikely]]
        send_begin();
}

void Connection::send_begin() {
    begin_was_sent_ = true;
    if (!run_text(handle_.get(), begin_sql_))
        raise(report_of(handle_.get()), begin_sql_, {}, "the transaction can't begin: ");
    transaction_ = Transaction::open;
}

bool Connection::status_says_in_transaction() const noexcept {
    unsigned status = 0;
    mariadb_get_infov(handle_.get(), MARIADB_CONNECTION_SERVER_STATUS, &status);
    return (status & SERVER_STATUS_IN_TRANS) != 0;
}

bool Connection::in_transaction() const noexcept {
    if (transaction_ != Transaction::none) return true;
    return is_open() && status_says_in_transaction();
}

void Connection::note_success() {
    // CREATE TABLE and the like commit what was open. The statements that follow belong to a
    // transaction all the same: else they would be committed one by one.
    if (transaction_ == Transaction::open && !status_says_in_transaction()) {
        transaction_ = Transaction::pending;
        begin_was_sent_ = false;
    }
    if ((handle_.get()->server_status & SERVER_SESSION_STATE_CHANGED) != 0) note_schema();
}

// A prepared statement goes on reading the tables of the schema in which it was prepared.
void Connection::note_schema() {
    const char* const now = handle_.get()->db;  // the server tells of each change
    if (schema_ == (now ? now : "")) return;
    schema_ = now ? now : "";
    ++schema_changes_;
}

bool Connection::was_hung_up() const noexcept {
    char byte = 0;
    const auto got = ::recv(mysql_get_socket(handle_.get()), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (got == 0) return true;
    if (got < 0) return errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR;
    // Unasked, the server says good-bye and nothing else; TLS has messages of its own.
    return mysql_get_ssl_cipher(handle_.get()) == nullptr;
}

void Connection::commit() {
    make_ready("COMMIT");
    if (transaction_ == Transaction::pending) {  // nothing was sent, so nothing is to be ended
        transaction_ = Transaction::none;
        xid_.clear();
        return;
    }
    if (!in_transaction()) return;
    const std::string sql = commit_statement();
    look_before(sql);
    if (run_text(handle_.get(), sql)) {
        transaction_ = Transaction::none;
        xid_.clear();
        return;
    }
    Failure failure = failure_of(report_of(handle_.get()), settings().hide_parameters);
    failure_ = failure.fault.message;
    lost_ = ends_connection(static_cast<unsigned>(failure.fault.native_code));
    transaction_ = Transaction::lost;
    failure.fault.poisoned = lost_ ? Poisoned::connection : Poisoned::transaction;
    driver::raise(lost_ ? ErrorClass::commit_in_doubt : failure.error_class, failure.fault, sql);
}

/// Whether a connection broke before or after a commit makes all the difference.
void Connection::look_before(std::string_view sql) {
    if (!was_hung_up()) return;
    lost_ = true;
    failure_ = "the server closed the connection before " + std::string(sql) + " was sent";
    raise_lost(sql);
}

void Connection::rollback() {
    owner_.require_current("Connection");
    const bool pending = transaction_ == Transaction::pending;
    // A beginning that was refused or cut short would leave its isolation level to the next one.
    const bool was_sent = in_transaction() && !(pending && !begin_was_sent_);
    transaction_ = Transaction::none;
    // What was open on a lost connection is rolled back by the server.
    if (!is_open()) return;
    make_ready("ROLLBACK");
    if (was_sent &&
        !(pending || xid_.empty() ? run_text(handle_.get(), "ROLLBACK") : roll_back_xa())) {
        transaction_ = Transaction::lost;
        raise(report_of(handle_.get()), "ROLLBACK");
    }
    xid_.clear();
}

// --- errors

Poisoned Connection::note_failure(unsigned number) {
    if (ends_connection(number)) {
        lost_ = true;
        return Poisoned::connection;
    }
    if (transaction_ == Transaction::pending) return Poisoned::transaction;  // it could not begin
    if (transaction_ != Transaction::open) return Poisoned::nothing;
    bool ended = ends_transaction(number);
    if (!ended && may_end_transaction(number)) {
        std::uint64_t is_open = 1;
        if (ask_number(handle_.get(), "SELECT @@in_transaction", is_open)) ended = is_open == 0;
    }
    if (!ended) return Poisoned::nothing;
    transaction_ = Transaction::lost;
    return Poisoned::transaction;
}

void Connection::raise(const Report& report, std::string_view sql,
                       std::span<const ValueView> parameters, std::string_view context) {
    const bool hidden = settings().hide_parameters;
    Failure failure = failure_of(report, hidden);
    DriverFault& fault = failure.fault;
    fault.message.insert(0, context);
    const bool was_in_transaction = transaction_ != Transaction::none;
    fault.poisoned = note_failure(report.number);  // from here on `report` may be stale
    if (fault.poisoned != Poisoned::nothing) failure_ = fault.message;
    if (lost_ && !was_in_transaction)
        fault.message += "\nWhether the statement took effect before is unknown.";
    driver::raise(failure.error_class, fault, sql, parameters, hidden);
}

void Connection::raise_own(ErrorClass error_class, std::string message, std::string_view sql,
                           std::span<const ValueView> parameters) const {
    DriverFault fault;
    fault.message = std::move(message);
    fault.poisoned = lost_ ? Poisoned::connection : Poisoned::nothing;
    driver::raise(error_class, fault, sql, parameters, settings().hide_parameters);
}

void Connection::raise_lost(std::string_view sql) const {
    DriverFault fault;
    fault.message = "The connection was lost: " + failure_;
    fault.poisoned = Poisoned::connection;
    driver::raise(ErrorClass::operational, fault, sql);
}

// --- the rest of the interface

std::int64_t Connection::last_insert_id() const {
    require_usable("LAST_INSERT_ID()");
    return static_cast<std::int64_t>(last_insert_id_);
}

void Connection::ping() {
    make_ready({});
    if (mysql_ping(handle_.get()) != 0) raise(report_of(handle_.get()), {});
}

bool Connection::is_open() const noexcept {
    return !closed_.load(std::memory_order_relaxed) && !lost_;
}

void Connection::cancel() noexcept {
    if (closed_.load(std::memory_order_acquire) || !owner_.is_current()) return;
    // What fails here fails in the way of a request that came too late: the statement goes on.
    try {
        const Handle side = open_handle(options_);
        static_cast<void>(run_text(side.get(), "KILL QUERY " + std::to_string(thread_id_)));
    } catch (...) {  // NOLINT(bugprone-empty-catch)
    }
}

void Connection::close() noexcept {
    if (!owner_.is_current()) {
        abandon();
        return;
    }
    if (closed_.exchange(true, std::memory_order_release)) return;
    transaction_ = Transaction::none;
    arriving_ = nullptr;
    for (Statement* const statement : std::exchange(statements_, {}))
        statement->forget_connection();
    handle_.reset();  // libmariadb takes its statements from it, which are then only memory
    free_doomed();
}

void Connection::abandon() noexcept {
    const bool was_closed = closed_.exchange(true, std::memory_order_release);
    transaction_ = Transaction::none;
    arriving_ = nullptr;
    for (Statement* const statement : std::exchange(statements_, {})) statement->abandon();
    // mysql_close would say good-bye in the parent's name. What libmariadb allocated stays so: to
    // free it is mysql_close's business alone.
    if (!was_closed && handle_) ::close(mysql_get_socket(handle_.get()));
    static_cast<void>(handle_.release());
    doomed_.clear();
}

}  // namespace azoth::inline v0::mariadb
