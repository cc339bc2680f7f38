// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_events.hpp>
#include <azoth/engine/connection_state.hpp>
#include <azoth/engine/engine_state.hpp>
#include <azoth/orm/session_core.hpp>

/// Sessions on somebody else's connection. SQLAlchemy: `join_transaction_mode`.
namespace azoth::inline v0::orm {
namespace {

using engine::BorrowedConnection;

bool makes_savepoint(JoinTransactionMode mode, const engine::ConnectionState& connection) noexcept {
    return mode == JoinTransactionMode::create_savepoint ||
           (mode == JoinTransactionMode::conditional_savepoint && connection.depth() > 1);
}

}  // namespace

SessionCore::SessionCore(const Connection& joined, Ref<ModelState> model, SessionOptions options)
    : SessionCore(Engine(BorrowedConnection::state_of(joined)->engine().shared_from_this()),
                  std::move(model), options) {
    joined_ = BorrowedConnection::state_of(joined);
    if (joined_->lowering() != model_->lowering().get())
        throw ArgumentError("Session(connection, model): this connection doesn't know the model '" +
                            model_->name() + "': make it by engine.connect(model)");
    if (options.twophase)
        throw ArgumentError(
            "Session(connection, model): how the transaction of a connection is committed is the "
            "connection's affair; twophase is for sessions of an engine");
}

/// The session's next transaction begins.
void SessionCore::join() {
    joined_->require_usable();
    const JoinTransactionMode mode = options_.join_transaction_mode;
    if (joined_->root() == 0) {
        joined_transaction_ = joined_->begin();
        owns_joined_ = true;
    } else if (makes_savepoint(mode, *joined_)) {
        joined_transaction_ = joined_->begin_nested();
        owns_joined_ = true;
    } else {
        joined_transaction_ = joined_->innermost();
        owns_joined_ = mode == JoinTransactionMode::control_fully;
    }
    connection_ = joined_;
    face_ = Connection(connection_);
}

/// One that the program has ended meanwhile can't be committed, and the connection says so.
std::uint64_t SessionCore::committed_transaction() const noexcept {
    if (!joined_) return connection_->root();
    return owns_joined_ ? joined_transaction_ : 0;
}

std::uint64_t SessionCore::rolled_back_transaction() const noexcept {
    if (!joined_) return connection_->root();
    return connection_->is_active(joined_transaction_) ? joined_transaction_ : 0;
}

/// What is sent now would go into a transaction that is nobody's.
void SessionCore::check_joined() const {
    joined_->require_usable();
    if (!joined_->is_active(joined_transaction_))
        throw InvalidRequestError(
            "the transaction of this Session was begun on a Connection of the program's, and the "
            "program has ended it: rollback() the Session first");
}

/// Before the session lets go of a transaction that is not its own.
void SessionCore::roll_back_joined_savepoints() noexcept {
    if (!connection_ || levels_.size() < 2 || !process_.is_current()) return;
    const std::uint64_t savepoint = levels_[1].connection_transaction;
    if (connection_->is_active(savepoint)) (void)roll_back_quietly(savepoint);
}

/// The connection stays open, and what the session didn't begin stays as it is.
void SessionCore::leave_joined() noexcept {
    BorrowedConnection::let_go(face_);
    if (!connection_) return;
    const bool may_send = owns_joined_ && !connection_->closed() && process_.is_current();
    const std::uint64_t transaction = may_send ? rolled_back_transaction() : 0;
    if (transaction != 0) (void)roll_back_quietly(transaction);
    connection_ = nullptr;
}

}  // namespace azoth::inline v0::orm
