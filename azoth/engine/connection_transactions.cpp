// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/engine/connection_state.hpp>
#include <azoth/sql/identifier.hpp>

#include <algorithm>

/// The transactions of a connection: a stack whose first level is the transaction and whose others
/// are savepoints.
namespace azoth::inline v0::engine {
namespace {

std::string savepoint_sql(const EngineState& engine, std::string_view words, std::uint64_t number) {
    const char quote = engine.dialect().capabilities().identifier_quote;
    std::string sql(words);
    sql::quote_identifier(sql, "azoth_savepoint_" + std::to_string(number), quote, quote);
    return sql;
}

}  // namespace

std::uint64_t ConnectionState::begin() {
    const ExclusiveUse use(monitor_, "Connection");
    check_usable();
    if (!transactions_.empty())
        throw InvalidRequestError(
            "begin(): this Connection has a transaction already, begun by begin() or by an earlier "
            "statement; commit() or rollback() it first, or use begin_nested()");
    // The driver begins with the first statement, when it is known whether that writes.
    transactions_.push_back({++last_id_});
    return last_id_;
}

std::uint64_t ConnectionState::begin_nested() {
    const ExclusiveUse use(monitor_, "Connection");
    check_usable();
    if (settings_->autocommit)
        throw InvalidRequestError(
            "begin_nested(): with the isolation level AUTOCOMMIT there are no transactions");
    ensure_begun(true);
    const std::string sql = savepoint_sql(*engine_, "SAVEPOINT ", ++last_savepoint_);
    if (engine_->echo()) engine_->log(LogRecord::Level::info, sql);
    try {
        driver().run(sql);
    } catch (const DBAPIError& error) {
        note_error(error);
        throw;
    }
    transactions_.push_back({++last_id_, last_savepoint_});
    return last_id_;
}

std::size_t ConnectionState::level_of(std::uint64_t transaction) const {
    if (root() == transaction) return 0;
    const auto found = std::find_if(transactions_.begin(), transactions_.end(),
                                    [&](const Level& level) { return level.id == transaction; });
    return static_cast<std::size_t>(found - transactions_.begin());
}

bool ConnectionState::is_active(std::uint64_t transaction) const noexcept {
    return !closed_ && level_of(transaction) < transactions_.size();
}

void ConnectionState::end_root() noexcept {
    transactions_.clear();
    begun_ = false;
    owns_ = false;
    failed_ = false;
    failure_.clear();
    two_phase_.reset();
}

void ConnectionState::commit(std::uint64_t transaction) {
    const ExclusiveUse use(monitor_, "Connection");
    if (is_prepared(transaction)) return end_own_prepared(true);
    check_usable();
    const std::size_t level = level_of(transaction);
    if (level == transactions_.size())
        throw InvalidRequestError("commit(): this transaction has ended already");
    try {
        if (level != 0) {
            const std::string sql =
                savepoint_sql(*engine_, "RELEASE SAVEPOINT ", transactions_[level].savepoint);
            if (engine_->echo()) engine_->log(LogRecord::Level::info, sql);
            driver().run(sql);
            transactions_.resize(level);
            return;
        }
        if (engine_->echo()) engine_->log(LogRecord::Level::info, "COMMIT");
        if (begun_) driver().commit();
        end_root();
    } catch (const DBAPIError& error) {
        note_error(error);
        // The database ended the transaction by itself, or the connection is gone: nothing is left
        // to roll back. Otherwise (SQLite could not get its lock) commit() may be tried again.
        if (level == 0 && (!lease_.is_valid() || !driver().in_transaction())) end_root();
        throw;
    }
}

void ConnectionState::rollback(std::uint64_t transaction) {
    const ExclusiveUse use(monitor_, "Connection");
    if (closed_) return;
    const std::size_t level = level_of(transaction);
    if (level == transactions_.size()) return;
    if (is_prepared(transaction)) return end_own_prepared(false);
    if (!lease_.is_valid()) {
        // With the connection all of the transaction is lost: what is around a savepoint must be
        // rolled back too before anything else.
        if (level == 0) return end_root();
        transactions_.resize(level);
        failed_ = true;
        return;
    }
    try {
        if (level != 0) {
            const std::string sql =
                savepoint_sql(*engine_, "ROLLBACK TO SAVEPOINT ", transactions_[level].savepoint);
            if (engine_->echo()) engine_->log(LogRecord::Level::info, sql);
            driver().run(sql);
            transactions_.resize(level);
            failed_ = false;
            return;
        }
        if (engine_->echo()) engine_->log(LogRecord::Level::info, "ROLLBACK");
        if (begun_) driver().rollback();
        end_root();
    } catch (const DBAPIError& error) {
        note_error(error);
        if (level == 0 && error.poisoned() == Poisoned::connection) {
            end_root();  // the server has rolled back, or does when it notices
            return engine_->log(
                LogRecord::Level::warning,
                std::string("the connection was lost before its ROLLBACK: ") + error.what());
        }
        if (level == 0 && !driver().in_transaction()) end_root();
        throw;
    }
}

}  // namespace azoth::inline v0::engine
