// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/connection_options.hpp>

#include <optional>
#include <string>

namespace azoth::inline v0 {

class Dialect;

namespace engine {

/// ConnectionOptions that were checked against a dialect: how transactions are begun. A plain
/// value.
struct TransactionSettings {
    std::string isolation_level;  ///< as the dialect names it; empty: the database's default
    bool autocommit = false;      ///< no transactions
    std::optional<bool> readonly;
    std::optional<bool> deferrable;
};

/// The settings with what the options say put over them. Throws ArgumentError for what the database
/// doesn't have, naming what it has.
[[nodiscard]] TransactionSettings with_options(TransactionSettings settings,
                                               const ConnectionOptions& options,
                                               const Dialect& dialect);

}  // namespace engine
}  // namespace azoth::inline v0
