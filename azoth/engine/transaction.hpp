// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/counted.hpp>

#include <cstdint>
#include <string>

namespace azoth::inline v0 {

namespace engine {
class ConnectionState;
}

/// A transaction or a savepoint; the destructor rolls back what was not committed and never throws
/// (R25). One thread at a time, that of its connection. SQLAlchemy: `Transaction`,
/// `NestedTransaction`.
class AZOTH_EXPORT Transaction {
  public:
    Transaction(Ref<engine::ConnectionState> connection, std::uint64_t id) noexcept;
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&& other) noexcept;
    ~Transaction();

    /// Keeps the work: COMMIT, or RELEASE SAVEPOINT. Throws InvalidRequestError where it has ended.
    void commit();
    /// Takes the work back: ROLLBACK, or ROLLBACK TO SAVEPOINT. Does nothing where it has ended.
    void rollback();
    /// True until commit or rollback, its own or an enclosing transaction's.
    [[nodiscard]] bool is_active() const noexcept;

  private:
    friend class TwoPhaseTransaction;
    Ref<engine::ConnectionState> connection_;
    std::uint64_t id_ = 0;  // 0: moved from
};

/// A transaction that is committed in two phases, so that several databases commit or none. One
/// thread at a time, that of its connection. SQLAlchemy: `TwoPhaseTransaction`.
///
/// After prepare() the database will keep the work, whatever happens to connection and program, and
/// only commit() and rollback() may come. The destructor rolls back, prepared or not, unless a
/// commit() was tried and failed: what then is still prepared is left so, and the engine's log
/// names it. Connection::invalidate() leaves it too: Connection::commit_prepared() of any other
/// connection ends it.
///
/// commit() and rollback() of a prepared transaction throw CommitInDoubtError where the connection
/// broke before the answer came, and another OperationalError where it was broken before: then the
/// transaction is still prepared. Connection::recover_twophase() tells.
class AZOTH_EXPORT TwoPhaseTransaction : public Transaction {
  public:
    TwoPhaseTransaction(Ref<engine::ConnectionState> connection, std::uint64_t id);

    /// The first phase: everything that could make a commit fail is looked at now. commit() without
    /// it is an ordinary commit. Where it throws, nothing is kept; but CommitInDoubtError where the
    /// connection broke before the answer came: then it may be prepared.
    void prepare();
    [[nodiscard]] bool is_prepared() const noexcept;
    /// The name under which databases know it.
    [[nodiscard]] const std::string& xid() const noexcept { return xid_; }

  private:
    std::string xid_;
};

}  // namespace azoth::inline v0
