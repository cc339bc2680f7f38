// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <functional>
#include <string_view>

namespace azoth::inline v0 {

/// One line of the log. A plain value whose views are valid during the call.
struct LogRecord {
    enum class Level : unsigned char { debug, info, warning, error };
    Level level = Level::info;
    std::string_view logger;   ///< "azoth.engine" or "azoth.pool"
    std::string_view message;  ///< never holds a password; parameters unless they are hidden
};

/// Takes log lines; called from any thread, by several at a time.
using LogCallback = std::function<void(const LogRecord&)>;

/// Writes a line to standard error: what `echo` uses where no callback is set.
AZOTH_EXPORT void log_to_stderr(const LogRecord& record);

}  // namespace azoth::inline v0
