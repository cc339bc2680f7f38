// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace azoth::inline v0 {

/// How a connection, or all connections of an engine, begin transactions and run statements. A
/// plain value; what is empty stays as it was. SQLAlchemy: `execution_options()` of Connection and
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
    /// Into how many rows at a time an INSERT of a range is divided; 0: into as many as the driver
    /// thinks fit, by their bytes. The only option that may change within a transaction.
    std::optional<std::size_t> insertmanyvalues_page_size{};
};

/// How one INSERT of a range of rows is run. A plain value; what is empty is as the connection has
/// it. SQLAlchemy: `execution_options` of a call.
struct InsertManyOptions {
    std::optional<std::size_t> insertmanyvalues_page_size{};  ///< as ConnectionOptions
};
namespace engine {
/// What a call without options has; a constant, because making one is code in every user's file.
inline constexpr InsertManyOptions usual_insert{};
}  // namespace engine

}  // namespace azoth::inline v0
