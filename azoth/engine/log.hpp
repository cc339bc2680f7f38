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
    /// "azoth.engine", "azoth.pool" or "azoth.orm"; of an engine and its pool with a '.' and their
    /// logging_name behind it.
    std::string_view logger;
    std::string_view message;  ///< never holds a password; parameters unless they are hidden
};

/// How much is logged of what runs: nothing, statements with their parameters, rows too. A plain
/// value; `true` is info, as in SQLAlchemy.
struct Echo {
    enum Level : unsigned char { off, info, debug };
    constexpr Echo(bool on = false) noexcept : level(on ? info : off) {}  // NOLINT: an option
    constexpr Echo(Level chosen) noexcept : level(chosen) {}              // NOLINT: an option
    Level level;
};

/// Takes log lines; called from any thread, by several at a time.
using LogCallback = std::function<void(const LogRecord&)>;

/// Writes a line to standard error: what `echo` uses where no callback is set.
AZOTH_EXPORT void log_to_stderr(const LogRecord& record);
/// Writes warnings and errors to standard error: what engines (not their pools) do where neither
/// `echo` nor a callback is set. SQLAlchemy: Python's "handler of last resort".
AZOTH_EXPORT void log_trouble_to_stderr(const LogRecord& record);

}  // namespace azoth::inline v0
