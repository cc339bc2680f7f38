// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/pool/pool.hpp>

namespace azoth::inline v0 {

/// One connection for each thread, opened when the thread first asks. Safe from any thread.
///
/// For databases in memory, of which each thread then has its own. All leases of a thread share its
/// connection, which is reset when the last of them ends, and closed when the thread ends.
/// SQLAlchemy: SingletonThreadPool, which also closes connections of living threads beyond
/// pool_size; here pool_size has no effect.
class AZOTH_EXPORT SingletonThreadPool final : public Pool {
  public:
    /// Opens nothing yet. Throws ArgumentError for options that can never be right.
    explicit SingletonThreadPool(PoolCreator creator, PoolOptions options = {});
    [[nodiscard]] std::unique_ptr<Pool> recreate() const override;
};

}  // namespace azoth::inline v0
