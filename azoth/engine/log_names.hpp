// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace azoth::inline v0::engine {

/// Throws ArgumentError, naming the option, for what would forge lines of the log.
void check_log_name(std::string_view option, std::string_view given);

/// The name of a logger; with an engine's or pool's own name behind it where it has one. Throws as
/// check_log_name().
/// \param option that gave the own name
[[nodiscard]] std::string logger_name(std::string_view hierarchy, std::string_view option,
                                      std::string_view name);

}  // namespace azoth::inline v0::engine
