// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/connection_options.hpp>

namespace azoth::inline v0 {

class Dialect;

namespace engine {

/// ConnectionOptions that were checked against a dialect, and what follows from them. A plain
/// value.
struct ExecutionSettings {
    ConnectionOptions options;  ///< the isolation level as the dialect names it
    bool autocommit = false;    ///< no transactions

    /// Whether each statement is compiled once.
    [[nodiscard]] bool keeps_compiled() const { return options.compiled_cache.value_or(true); }
    /// Whether statements run as if nothing were said of how they are compiled and read.
    [[nodiscard]] bool runs_plainly() const {
        return options.schema_translate_map.empty() && keeps_compiled() &&
               !options.stream_results && !options.yield_per;
    }
};

/// The settings with what the options say put over them. Throws ArgumentError for what the database
/// doesn't have, naming what it has.
[[nodiscard]] ExecutionSettings with_options(ExecutionSettings settings,
                                             const ConnectionOptions& options,
                                             const Dialect& dialect);

/// Whether they say how transactions are begun, which can't change within one.
[[nodiscard]] bool are_of_transactions(const ConnectionOptions& options) noexcept;

}  // namespace engine
}  // namespace azoth::inline v0
