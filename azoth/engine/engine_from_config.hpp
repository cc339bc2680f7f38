// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/engine.hpp>

#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth::inline v0 {

/// A key and its value, borrowed. A plain value.
using ConfigurationEntry = std::pair<std::string_view, std::string_view>;

/// As below.
[[nodiscard]] AZOTH_EXPORT Engine engine_from_config(std::span<const ConfigurationEntry> entries,
                                                     std::string_view prefix,
                                                     EngineOptions options);

/// Makes an engine of a configuration, such as a file's or an environment's. Safe from any thread.
///
///     std::map<std::string, std::string> settings = read_file("service.ini");
///     Engine engine = engine_from_config(settings);
///
/// \param configuration a range of pairs of texts: std::map, std::vector of std::pair …
/// \param prefix what the keys that are meant begin with; the others are ignored. `azoth.url` is
///        required, further keys are the members of EngineOptions and of its execution_options:
///        `azoth.pool_size`, `azoth.isolation_level`. Switches are "true" or "false" ("yes", "on",
///        "1" and their opposites too), echo and echo_pool also "debug", durations seconds, as in
///        "0.5", poolclass the class's name and pool_reset_on_return "rollback", "commit" or
///        "none".
/// \param options what no text can say: log, pool, creator; and what keys leave as it is
///
/// Throws ArgumentError that names the key which is missing, unknown, there twice, or has a value
/// that it doesn't take; and as create_engine. SQLAlchemy: `engine_from_config`.
template <class Configuration>
[[nodiscard]] Engine engine_from_config(const Configuration& configuration,
                                        std::string_view prefix = "azoth.",
                                        EngineOptions options = {}) {
    std::vector<ConfigurationEntry> entries;
    for (const auto& [key, value] : configuration) entries.emplace_back(key, value);
    return engine_from_config(std::span<const ConfigurationEntry>(entries), prefix,
                              std::move(options));
}

}  // namespace azoth::inline v0
