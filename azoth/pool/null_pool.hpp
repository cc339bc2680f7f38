// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/pool/pool.hpp>

namespace azoth::inline v0 {

/// Keeps nothing: each loan opens a connection and its end closes it. Safe from any thread.
///
/// For short-lived programs and for servers with a pool of their own (pgbouncer). SQLAlchemy:
/// NullPool.
class AZOTH_EXPORT NullPool final : public Pool {
  public:
    /// Opens nothing yet. Throws ArgumentError for options that can never be right.
    explicit NullPool(PoolCreator creator, PoolOptions options = {});
    [[nodiscard]] std::unique_ptr<Pool> recreate() const override;
};

}  // namespace azoth::inline v0
