// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

namespace azoth::inline v0 {

/// How the transactions of a connection, or of all connections of an engine, are begun. A plain
/// value; what is empty stays as it was. SQLAlchemy: `execution_options()` of Connection and
/// Engine.
struct ConnectionOptions {
    /// "SERIALIZABLE", "READ COMMITTED", …, as far as the database has them; "AUTOCOMMIT": there
    /// are no transactions, each statement is kept at once. Small letters and '_' for a blank are
    /// taken too.
    std::string isolation_level{};
    /// Transactions that can't write (true), or can (false) where PostgreSQL's own default is that
    /// they can't.
    std::optional<bool> postgresql_readonly{};
    /// Wait at the beginning for a state of the data in which a serializable transaction that only
    /// reads can't fail; of no effect on others.
    std::optional<bool> postgresql_deferrable{};
};

}  // namespace azoth::inline v0
