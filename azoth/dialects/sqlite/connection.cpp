// SPDX-License-Identifier: MIT
#include <azoth/dialects/sqlite/connection.hpp>
#include <azoth/dialects/sqlite/sql_text.hpp>
#include <azoth/dialects/sqlite/statement.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <limits>
#include <thread>
#include <utility>

namespace azoth::inline v0::sqlite {
namespace {

constexpr std::array<std::string_view, 5> control_texts = {"BEGIN DEFERRED", "BEGIN IMMEDIATE",
                                                           "BEGIN EXCLUSIVE", "COMMIT", "ROLLBACK"};

/// Finalizes at the end of a scope.
class StatementGuard {
  public:
    explicit StatementGuard(sqlite3_stmt* statement) noexcept : statement_(statement) {}
    StatementGuard(const StatementGuard&) = delete;
    StatementGuard& operator=(const StatementGuard&) = delete;
    // its result is the last step's, which has been looked at
    ~StatementGuard() { sqlite3_finalize(statement_); }
    [[nodiscard]] sqlite3_stmt* get() const noexcept { return statement_; }
    void release() noexcept { statement_ = nullptr; }

  private:
    sqlite3_stmt* statement_;
};

[[noreturn]] void refuse(driver::ErrorClass error_class, std::string message, std::string_view sql,
                         Poisoned poisoned = Poisoned::nothing) {
    DriverFault fault;
    fault.message = std::move(message);
    fault.poisoned = poisoned;
    driver::raise(error_class, fault, sql);
}

void require_statement_text(std::string_view sql) {
    if (sql.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        refuse(driver::ErrorClass::programming,
               "the statement is longer than SQLite's limit of 1,000,000,000 bytes",
               sql.substr(0, 1000));
    if (sql.find('\0') != std::string_view::npos)
        refuse(driver::ErrorClass::programming,
               "the statement has a zero byte, behind which SQLite would not look", sql);
}

}  // namespace

DriverConnection::DriverConnection(sqlite3* db, const ConnectOptions& options) noexcept
    : db_(db), file_(db), busy_timeout_(options.busy_timeout), begin_mode_(options.begin_mode) {
    // SQLite's own waiting can't be cancelled
    if (busy_timeout_.count() > 0) sqlite3_busy_handler(db, &on_busy, this);
}

DriverConnection::~DriverConnection() {
    close();
}

// --- statements

std::unique_ptr<driver::Statement> DriverConnection::prepare(
    const driver::StatementRequest& request) {
    require_usable(request.sql);
    if (request.array_parameters)
        refuse(driver::ErrorClass::not_supported, "SQLite has no array parameters", request.sql);
    const char* rest = nullptr;
    StatementGuard guard(
        prepare_next(request.sql, request.keep ? SQLITE_PREPARE_PERSISTENT : 0, &rest));
    if (guard.get() == nullptr)
        refuse(driver::ErrorClass::programming, "there is no statement in this text", request.sql);
    const auto used = static_cast<std::size_t>(rest - request.sql.data());
    if (!skip_blanks(request.sql.substr(used)).empty())
        refuse(driver::ErrorClass::programming,
               "more than one statement: prepare takes one, run takes several", request.sql);
    auto made = std::make_unique<DriverStatement>(*this, guard.get(), request);
    guard.release();
    link<DriverStatement, &DriverStatement::among_all>(statements_, *made);
    return made;
}

sqlite3_stmt* DriverConnection::prepare_next(std::string_view sql, unsigned flags,
                                             const char** rest) {
    require_statement_text(sql);
    start_work();
    sqlite3_stmt* statement = nullptr;
    const int code =
        sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), flags, &statement, rest);
    if (code != SQLITE_OK) raise(failure(code, Phase::prepare), sql);
    return statement;
}

void DriverConnection::run(std::string_view sql) {
    require_usable(sql);
    while (!sql.empty()) {
        const char* rest = nullptr;
        const StatementGuard guard(prepare_next(sql, 0, &rest));
        const auto used = static_cast<std::size_t>(rest - sql.data());
        if (guard.get() != nullptr) run_one(guard.get(), sql.substr(0, used));
        sql.remove_prefix(used);
    }
}

void DriverConnection::run_one(sqlite3_stmt* statement, std::string_view sql) {
    if (sqlite3_bind_parameter_count(statement) != 0)
        refuse(driver::ErrorClass::programming,
               "the statement has parameters, which run can't bind: use prepare", sql);
    read_ahead();
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) code = sqlite3_step(statement);
    if (code != SQLITE_DONE) raise(failure(code, Phase::run), sql);
}

void DriverConnection::add_reader(DriverStatement& statement) noexcept {
    link<DriverStatement, &DriverStatement::among_readers>(readers_, statement);
}

void DriverConnection::read_ahead_all() noexcept {
    while (readers_ != nullptr) readers_->read_ahead();
}

// --- transactions

void DriverConnection::begin(const driver::BeginOptions& options) {
    require_usable("BEGIN");
    if (transaction_ != Transaction::none)
        refuse(driver::ErrorClass::programming,
               "a transaction is open already: use a savepoint to nest", "BEGIN");
    set_isolation(options.isolation_level);
    // a result that is still open would hold on to the state of the database that it began with
    try {
        read_ahead();
        run_control(begin_control(options.for_writing));
    } catch (...) {
        set_isolation({});  // no transaction's end will
        throw;
    }
    transaction_ = Transaction::open;
}

void DriverConnection::commit() {
    require_usable("COMMIT");
    read_ahead();
    run_control(commit_work);
    transaction_ = Transaction::none;
    if (read_uncommitted_) [[unlikely]]
        set_isolation({});
}

void DriverConnection::rollback() {
    if (transaction_ != Transaction::lost) require_usable("ROLLBACK");
    owner_.require_current("Connection");
    read_ahead();
    // where SQLite has rolled back by itself already, another ROLLBACK would be an error
    if (!rolled_back_by_itself()) run_control(rollback_work);
    transaction_ = Transaction::none;
    if (read_uncommitted_) [[unlikely]]
        set_isolation({});
}

bool DriverConnection::rolled_back_by_itself() const noexcept {
    return transaction_ != Transaction::none && sqlite3_get_autocommit(db_) != 0;
}

DriverConnection::Control DriverConnection::begin_control(bool for_writing) const noexcept {
    switch (begin_mode_) {
        case BeginMode::automatic: break;
        case BeginMode::deferred: return begin_deferred;
        case BeginMode::immediate: return begin_immediate;
        case BeginMode::exclusive: return begin_exclusive;
    }
    return for_writing ? begin_immediate : begin_deferred;
}

void DriverConnection::run_control(Control control) {
    const std::string_view sql = control_texts[control];
    sqlite3_stmt*& statement = controls_[control];
    if (statement == nullptr) {
        const char* rest = nullptr;
        statement = prepare_next(sql, SQLITE_PREPARE_PERSISTENT, &rest);
    }
    start_work();
    const int code = sqlite3_step(statement);
    if (code == SQLITE_DONE) [[likely]] {
        sqlite3_reset(statement);  // returns the step's success once more
        return;
    }
    Failure failed = failure(code, Phase::run);
    sqlite3_reset(statement);
    // a transaction that can neither be used nor ended takes its connection along
    if (control == rollback_work) failed.fault.poisoned = Poisoned::connection;
    raise(failed, sql);
}

void DriverConnection::set_isolation(std::string_view level) {
    if (level.empty() && !read_uncommitted_) [[likely]]
        return;
    const auto is = [level](std::string_view name) {
        return std::equal(level.begin(), level.end(), name.begin(), name.end(), [](char a, char b) {
            return (a >= 'a' && a <= 'z' ? a - 'a' + 'A' : (a == '_' ? ' ' : a)) == b;
        });
    };
    const bool read_uncommitted = is("READ UNCOMMITTED");
    if (!read_uncommitted && !level.empty() && !is("SERIALIZABLE"))
        throw ArgumentError("SQLite has no isolation level \"" + std::string(level) +
                            "\": it has SERIALIZABLE and READ UNCOMMITTED");
    if (read_uncommitted == read_uncommitted_) return;
    run(read_uncommitted ? "PRAGMA read_uncommitted = 1" : "PRAGMA read_uncommitted = 0");
    read_uncommitted_ = read_uncommitted;
}

// --- errors

Failure DriverConnection::failure(int code, Phase phase) {
    Failure failed = describe_failure(db_, code, phase);
    DriverFault& fault = failed.fault;
    if ((code & 0xff) == SQLITE_BUSY && code != SQLITE_BUSY_SNAPSHOT) {
        fault.message += cancelled_.load(std::memory_order_relaxed)
                             ? ": cancelled while it waited for another connection's lock"
                             : ": another connection holds the lock; the busy timeout is " +
                                   std::to_string(busy_timeout_.count()) + " ms";
    }
    if (rolled_back_by_itself()) {
        transaction_ = Transaction::lost;
        lost_because_ = fault.message;
        fault.message += "; SQLite has rolled the transaction back";
        if (fault.poisoned == Poisoned::nothing) fault.poisoned = Poisoned::transaction;
    }
    return failed;
}

void DriverConnection::raise(const Failure& failure, std::string_view sql,
                             std::span<const ValueView> parameters) const {
    driver::raise(failure.error_class, failure.fault, sql, parameters, settings().hide_parameters);
}

void DriverConnection::throw_unusable(std::string_view sql) const {
    owner_.require_current("Connection");
    if (db_ == nullptr)
        refuse(driver::ErrorClass::interface, "the connection is closed", sql,
               Poisoned::connection);
    refuse(driver::ErrorClass::operational,
           "SQLite has rolled the transaction back (" + lost_because_ +
               "): roll back before anything else",
           sql, Poisoned::transaction);
}

// --- life

int DriverConnection::on_busy(void* self, int calls) noexcept {
    using namespace std::chrono_literals;
    auto& connection = *static_cast<DriverConnection*>(self);
    const auto now = std::chrono::steady_clock::now();
    if (calls == 0) connection.busy_since_ = now;
    const auto left = connection.busy_since_ + connection.busy_timeout_ - now;
    if (left <= left.zero() || connection.cancelled_.load(std::memory_order_relaxed)) return 0;
    // short at first, because most locks are; never so long that cancel() would seem deaf
    const int step = std::min(calls, 14);
    const std::chrono::nanoseconds nap = 500us + step * step * 100us;
    std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(nap, left));
    return 1;
}

std::int64_t DriverConnection::last_insert_id() const {
    require_usable("last_insert_rowid");
    return sqlite3_last_insert_rowid(db_);
}

void DriverConnection::ping() {
    owner_.require_current("Connection");
    if (db_ == nullptr)
        refuse(driver::ErrorClass::operational, "the connection is closed", {},
               Poisoned::connection);
    int moved = 0;
    // databases in memory have no such control, and can't get lost
    const int code = sqlite3_file_control(db_, nullptr, SQLITE_FCNTL_HAS_MOVED, &moved);
    if (code == SQLITE_OK && moved != 0)
        refuse(driver::ErrorClass::operational,
               "the database file was moved or deleted since the connection was opened", {},
               Poisoned::connection);
}

void DriverConnection::cancel() noexcept {
    const std::lock_guard lock(handle_mutex_);
    if (db_ == nullptr) return;
    cancelled_.store(true, std::memory_order_relaxed);
    sqlite3_interrupt(db_);
}

void DriverConnection::close() noexcept {
    if (!owner_.is_current()) {
        abandon();
        return;
    }
    while (statements_ != nullptr) statements_->detach();
    for (sqlite3_stmt*& control : controls_) sqlite3_finalize(std::exchange(control, nullptr));
    sqlite3* db = nullptr;
    {
        const std::lock_guard lock(handle_mutex_);
        db = std::exchange(db_, nullptr);
    }
    transaction_ = Transaction::none;
    if (db == nullptr) return;
    sqlite3_busy_handler(db, nullptr, nullptr);
    // where the program made statements of its own through native_handle, the last one closes
    file_.forget();
    sqlite3_close_v2(db);
}

void DriverConnection::abandon() noexcept {
    while (statements_ != nullptr) statements_->abandon();
    controls_ = {};
    transaction_ = Transaction::none;
    if (owner_.is_current()) {
        const std::lock_guard lock(handle_mutex_);
        db_ = nullptr;
    } else {
        // no lock: the thread that held it when the process forked doesn't exist here
        db_ = nullptr;
    }
}

std::size_t DriverConnection::max_parameters() const noexcept {
    const int limit = db_ ? sqlite3_limit(db_, SQLITE_LIMIT_VARIABLE_NUMBER, -1) : 0;
    return static_cast<std::size_t>(limit);
}

int DriverConnection::server_version() const noexcept {
    const int number = sqlite3_libversion_number();  // 3040001 is 3.40.1
    return number / 1'000'000 * 10'000 + number / 1000 % 1000 * 100 + number % 1000;
}

}  // namespace azoth::inline v0::sqlite
