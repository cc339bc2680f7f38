// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/pool/pool.hpp>

namespace azoth::inline v0 {

/// One connection, lent to one holder at a time: a second connect() throws InvalidRequestError that
/// says where the connection is. Safe from any thread.
///
/// For finding code that takes more than one connection. SQLAlchemy: AssertionPool.
class AZOTH_EXPORT AssertionPool final : public Pool {
  public:
    /// Opens nothing yet. Throws ArgumentError for options that can never be right.
    explicit AssertionPool(PoolCreator creator, PoolOptions options = {});
    [[nodiscard]] std::unique_ptr<Pool> recreate() const override;
};

}  // namespace azoth::inline v0
