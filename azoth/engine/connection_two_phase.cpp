// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/engine/connection_state.hpp>
#include <azoth/engine/transaction.hpp>

#include <random>

/// Two-phase commit. A transaction that is prepared is the server's: it outlives connection and
/// program, and somebody must end it. So what is not certain is never decided here.
namespace azoth::inline v0 {
namespace engine {
namespace {

/// Whole, because it is needed to end the transaction.
std::string shown(std::string_view xid) {
    return azoth::detail::excerpt(xid, 256);
}

/// 128 bits of the system's: programs on different machines don't agree on one.
std::string make_xid() {
    std::random_device system;
    std::string xid = "azoth_";
    for (int i = 0; i < 32; ++i) xid += "0123456789abcdef"[system() & 15U];
    return xid;
}

[[noreturn]] void refuse_two_phase(std::string_view call, const Dialect& dialect) {
    DriverFault fault;
    fault.message = std::string(call) + ": the " + std::string(dialect.name()) +
                    " dialect's databases have no two-phase commit";
    driver::raise(driver::ErrorClass::not_supported, fault, {});
}

}  // namespace

void ConnectionState::check_xid(std::string_view call, std::string_view xid) const {
    const Dialect& dialect = engine_->dialect();
    const std::size_t longest = dialect.longest_xid();
    if (longest == 0) refuse_two_phase(call, dialect);
    const auto refuse = [&](const std::string& why) {
        throw ArgumentError(std::string(call) + ": the xid " + azoth::detail::excerpt(xid) + why);
    };
    if (xid.empty()) refuse(" is empty");
    if (xid.find('\0') != std::string_view::npos) refuse(" holds a zero byte");
    if (xid.size() > longest)
        refuse(" has " + std::to_string(xid.size()) + " bytes, and the " +
               std::string(dialect.name()) + " dialect takes at most " + std::to_string(longest));
}

std::uint64_t ConnectionState::begin_twophase(std::string_view xid) {
    constexpr std::string_view call = "begin_twophase()";
    const ExclusiveUse use(monitor_, "Connection");
    check_usable();
    std::string name = xid.empty() ? make_xid() : std::string(xid);
    check_xid(call, name);
    if (!transactions_.empty() || driver().in_transaction())
        throw InvalidRequestError(
            "begin_twophase(): this Connection, or another that shares its physical connection, "
            "has a transaction already; commit() or rollback() it first");
    if (settings_->autocommit)
        throw InvalidRequestError(
            "begin_twophase(): with the isolation level AUTOCOMMIT there are no transactions");
    if (engine_->echo()) log("BEGIN TWOPHASE " + shown(name));
    two_phase_ = std::make_unique<TwoPhase>(TwoPhase{.xid = std::move(name)});
    try {
        begin_now(true);
    } catch (...) {
        end_root();
        throw;
    }
    return root();
}

void ConnectionState::prepare(std::uint64_t transaction) {
    const ExclusiveUse use(monitor_, "Connection");
    check_usable();
    if (!two_phase_ || root() != transaction)
        throw InvalidRequestError("prepare(): this transaction has ended already");
    if (engine_->echo()) log("PREPARE TWOPHASE " + shown(two_phase_->xid));
    try {
        driver().prepare_transaction(two_phase_->xid);
    } catch (DBAPIError& error) {
        const std::exception_ptr replacement = failed(error);
        // As with commit(): mostly there is nothing left to roll back.
        if (!lease_.is_valid() || !driver().in_transaction()) end_root();
        if (replacement) std::rethrow_exception(replacement);
        throw;
    }
    transactions_.resize(1);
    two_phase_->prepared = true;
    failed_ = true;  // no statement may come now
}

/// The second phase of this connection's transaction.
void ConnectionState::end_own_prepared(bool commits) {
    if (engine_->echo())
        log((commits ? "COMMIT TWOPHASE " : "ROLLBACK TWOPHASE ") + shown(two_phase_->xid));
    try {
        if (commits)
            driver().commit_prepared(two_phase_->xid);
        else
            driver().rollback_prepared(two_phase_->xid);
    } catch (DBAPIError& error) {
        const std::exception_ptr replacement = failed(error);
        if (!lease_.is_valid()) end_root();  // recover_twophase() of another tells what it became
        if (replacement) std::rethrow_exception(replacement);
        throw;
    }
    end_root();
}

void ConnectionState::end_forgotten(std::uint64_t transaction) noexcept {
    tell_of_forgotten(transaction);
    end_quietly(transaction);
}

void ConnectionState::end_quietly(std::uint64_t transaction) noexcept {
    const bool prepared = is_prepared(transaction);
    if (prepared && !owner_.is_current()) return;  // R23: it is the parent's affair
    const std::string name(prepared ? xid() : std::string_view());
    if (prepared && two_phase_->decided) return leave_prepared(name, "its commit failed");
    try {
        const ExclusiveUse use(monitor_, "Connection");
        roll_back(transaction);
    } catch (const std::exception& error) {
        if (prepared) return leave_prepared(name, error.what());
        log_quietly(std::string("rollback failed: ") + error.what());
    } catch (...) {  // a listener's
        if (prepared) return leave_prepared(name, "its rollback failed");
        log_quietly("rollback failed");
    }
}

/// Nobody knows here what is right: others may have committed their parts of it.
void ConnectionState::leave_prepared(std::string_view xid, std::string_view why) noexcept {
    engine_->log(LogRecord::Level::error,
                 "the prepared transaction " + shown(xid) + " is left to the database (" +
                     std::string(why) +
                     "): commit_prepared() or rollback_prepared() of another Connection ends it");
    end_root();
    if (has_listeners_) events_->remove_all_of(this);
    closed_ = ended_ = true;
    forget_lease();
    lease_.invalidate("a prepared transaction was left on it");
}

std::vector<std::string> ConnectionState::recover_twophase() {
    const ExclusiveUse use(monitor_, "Connection");
    check_usable();
    if (engine_->dialect().longest_xid() == 0)
        refuse_two_phase("recover_twophase()", engine_->dialect());
    return guarded([&] { return driver().recover_prepared(); });
}

void ConnectionState::end_any_prepared(std::string_view call, std::string_view xid, bool commits) {
    const ExclusiveUse use(monitor_, "Connection");
    check_usable();
    check_xid(call, xid);
    if (!transactions_.empty() && !settings_->autocommit)
        throw InvalidRequestError(std::string(call) +
                                  ": this Connection has a transaction, in which no other can be "
                                  "ended; commit() or rollback() it first");
    if (engine_->echo()) log(std::string(call) + " " + shown(xid));
    guarded([&] {
        if (commits)
            driver().commit_prepared(xid);
        else
            driver().rollback_prepared(xid);
    });
}

void ConnectionState::commit_prepared(std::string_view xid) {
    end_any_prepared("commit_prepared()", xid, true);
}
void ConnectionState::rollback_prepared(std::string_view xid) {
    end_any_prepared("rollback_prepared()", xid, false);
}

}  // namespace engine

TwoPhaseTransaction::TwoPhaseTransaction(Ref<engine::ConnectionState> connection, std::uint64_t id)
    : Transaction(std::move(connection), id), xid_(connection_->xid()) {}

void TwoPhaseTransaction::prepare() {
    if (!is_active()) throw InvalidRequestError("prepare(): this transaction has ended already");
    connection_->prepare(id_);
}

bool TwoPhaseTransaction::is_prepared() const noexcept {
    return is_active() && connection_->is_prepared(id_);
}

}  // namespace azoth::inline v0
