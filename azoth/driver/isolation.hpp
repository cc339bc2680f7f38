// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <string>
#include <string_view>

namespace azoth::inline v0::driver {

/// The name of a level as databases spell it: in capitals, with a blank for '_'. Any thread.
[[nodiscard]] AZOTH_EXPORT std::string normalized_isolation_level(std::string_view given);

/// Which of the standard's four levels is meant, in the standard's words: what is sent to a server
/// is one of these, never the caller's text. Small letters and '_' for a blank are taken too.
/// Throws ArgumentError for anything else, AUTOCOMMIT among it. \param database for messages
[[nodiscard]] AZOTH_EXPORT std::string_view standard_isolation_level(std::string_view database,
                                                                     std::string_view given);

}  // namespace azoth::inline v0::driver
