// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/pool/pool.hpp>

namespace azoth::inline v0 {

/// Keeps up to pool_size connections, lends up to max_overflow more, and lets others wait their
/// turn. Safe from any thread.
///
/// Waiting threads are served in the order in which they came; a connection that comes back goes
/// straight to the first of them. SQLAlchemy: QueuePool.
class AZOTH_EXPORT QueuePool final : public Pool {
  public:
    /// Opens nothing yet. Throws ArgumentError for options that can never be right.
    explicit QueuePool(PoolCreator creator, PoolOptions options = {});
    [[nodiscard]] std::unique_ptr<Pool> recreate() const override;

    /// PoolOptions::pool_size.
    [[nodiscard]] int size() const noexcept;
    /// Idle connections.
    [[nodiscard]] int checkedin() const;
    /// Connections on loan, being opened or being closed.
    [[nodiscard]] int checkedout() const;
    /// Connections beyond pool_size; negative while fewer than pool_size are open.
    [[nodiscard]] int overflow() const;
};

}  // namespace azoth::inline v0
