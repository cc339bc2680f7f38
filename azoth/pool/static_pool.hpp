// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/pool/pool.hpp>

namespace azoth::inline v0 {

/// One connection for everybody, opened when first needed. Safe from any thread; the connection is
/// not: its users must take turns.
///
/// For a database in memory that several places of a program share. All leases share the connection
/// and its transaction, which is reset when the last of them ends (SQLAlchemy: when any of them
/// ends). SQLAlchemy: StaticPool.
class AZOTH_EXPORT StaticPool final : public Pool {
  public:
    /// Opens nothing yet. Throws ArgumentError for options that can never be right.
    explicit StaticPool(PoolCreator creator, PoolOptions options = {});
    [[nodiscard]] std::unique_ptr<Pool> recreate() const override;
};

}  // namespace azoth::inline v0
