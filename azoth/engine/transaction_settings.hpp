// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/connection_options.hpp>

#include <optional>
#include <string>

namespace azoth::inline v0 {

class Dialect;

namespace engine {

/// ConnectionOptions that were checked against a dialect: how transactions are begun, and into
/// pages of how many rows an INSERT of a range is divided. A plain value.
struct TransactionSettings {
    std::string isolation_level;  ///< as the dialect names it; empty: the database's default
    bool autocommit = false;      ///< no transactions
    std::optional<bool> readonly;
    std::optional<bool> deferrable;
    std::size_t insert_page_size = 0;  ///< 0: the driver's own measure
};

/// Whether the options say anything of how transactions are begun.
[[nodiscard]] bool concerns_transactions(const ConnectionOptions& options) noexcept;

/// The settings with what the options say put over them. Throws ArgumentError for what the database
/// doesn't have, naming what it has.
[[nodiscard]] TransactionSettings with_options(TransactionSettings settings,
                                               const ConnectionOptions& options,
                                               const Dialect& dialect);

}  // namespace engine
}  // namespace azoth::inline v0
