// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/counted.hpp>

#include <cstdint>

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
    Ref<engine::ConnectionState> connection_;
    std::uint64_t id_ = 0;  // 0: moved from
};

}  // namespace azoth::inline v0
