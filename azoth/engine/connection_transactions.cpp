// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/engine/connection_events.hpp>
#include <azoth/sql/identifier.hpp>

#include <algorithm>

/// The transactions of a connection: a stack whose first level is the transaction and whose others
/// are savepoints.
namespace azoth::inline v0::engine {
namespace {

std::string savepoint_sql(const EngineState& engine, std::string_view words, std::uint64_t number) {
    std::string sql(words);
    sql::append_name(sql, savepoint_name(number), engine.dialect().capabilities());
    return sql;
}

constexpr std::uint32_t commits = event::commit.bit | event::release_savepoint.bit;
constexpr std::uint32_t rollbacks = event::rollback.bit | event::rollback_savepoint.bit;

}  // namespace

std::string savepoint_name(std::uint64_t number) {
    return "azoth_savepoint_" + std::to_string(number);
}

std::uint64_t ConnectionState::begin() {
    const ExclusiveUse use(monitor_, "Connection");
    check_usable();
    if (!transactions_.empty())
        throw InvalidRequestError(
            "begin(): this Connection has a transaction already, begun by begin() or by an earlier "
            "statement; commit() or rollback() it first, or use begin_nested()");
    // The driver begins with the first statement, when it is known whether that writes.
    transactions_.push_back({++last_id_});
    const std::uint64_t begun = last_id_;
    if (events_->hears(event::begin.bit)) [[unlikely]]
        tell_begin();
    return begun;
}

std::uint64_t ConnectionState::begin_nested() {
    const ExclusiveUse use(monitor_, "Connection");
    check_usable();
    if (settings_->autocommit)
        throw InvalidRequestError(
            "begin_nested(): with the isolation level AUTOCOMMIT there are no transactions");
    ensure_begun(true);
    const std::uint64_t number = ++last_savepoint_;
    if (events_->hears(event::savepoint.bit)) [[unlikely]] {
        tell_savepoint(savepoint_name(number));
        ensure_begun(true);
    }
    const std::string sql = savepoint_sql(*engine_, "SAVEPOINT ", number);
    if (engine_->echo()) log(sql);
    try {
        driver().run(sql);
    } catch (DBAPIError& error) {
        fail(error);
        throw;
    }
    transactions_.push_back({++last_id_, number});
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
    if (is_prepared(transaction))
        two_phase_->decided = true;  // whatever stops it here
    else
        check_usable();
    if (events_->hears(commits) && !telling_end_ && is_active(transaction)) [[unlikely]]
        tell_commit(transaction);
    if (is_prepared(transaction)) return end_own_prepared(true);
    const std::size_t level = level_of(transaction);
    if (level == transactions_.size())
        throw InvalidRequestError("commit(): this transaction has ended already");
    try {
        if (level != 0) {
            const std::string sql =
                savepoint_sql(*engine_, "RELEASE SAVEPOINT ", transactions_[level].savepoint);
            if (engine_->echo()) log(sql);
            driver().run(sql);
            transactions_.resize(level);
            return;
        }
        if (engine_->echo()) log("COMMIT");
        if (begun_) driver().commit();
        end_root();
    } catch (DBAPIError& error) {
        const std::exception_ptr replacement = failed(error);
        // The database ended the transaction by itself, or the connection is gone: nothing is left
        // to roll back. Otherwise (SQLite could not get its lock) commit() may be tried again.
        if (level == 0 && (!lease_.is_valid() || !driver().in_transaction())) end_root();
        if (replacement) std::rethrow_exception(replacement);
        throw;
    }
}

void ConnectionState::rollback(std::uint64_t transaction) {
    const ExclusiveUse use(monitor_, "Connection");
    std::exception_ptr refused;
    if (events_->hears(rollbacks) && !telling_end_ && is_active(transaction)) [[unlikely]]
        refused = tell_rollback(transaction);
    roll_back(transaction);
    if (refused) std::rethrow_exception(refused);
}

void ConnectionState::roll_back(std::uint64_t transaction) {
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
            if (engine_->echo()) log(sql);
            driver().run(sql);
            transactions_.resize(level);
            failed_ = false;
            return;
        }
        if (engine_->echo()) log("ROLLBACK");
        if (begun_) driver().rollback();
        end_root();
    } catch (DBAPIError& error) {
        const std::exception_ptr replacement = failed(error);
        if (level == 0 && error.poisoned() == Poisoned::connection) {
            end_root();  // the server has rolled back, or does when it notices
            return engine_->log(
                LogRecord::Level::warning,
                std::string("the connection was lost before its ROLLBACK: ") + error.what());
        }
        if (level == 0 && !driver().in_transaction()) end_root();
        if (replacement) std::rethrow_exception(replacement);
        throw;
    }
}

}  // namespace azoth::inline v0::engine
