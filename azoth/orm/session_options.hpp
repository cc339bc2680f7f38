// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace azoth::inline v0 {

/// How a session behaves. A plain value; names and defaults are SQLAlchemy's.
struct SessionOptions {
    bool autoflush = true;         ///< flush what has changed before each statement
    bool expire_on_commit = true;  ///< read objects again in the next transaction
};

/// How one statement is executed. A plain value. SQLAlchemy: `execution_options()`.
struct ExecutionOptions {
    /// Objects that the session has already are overwritten by what the rows hold. What was written
    /// and not flushed is flushed first, where the session autoflushes, and else stays.
    bool populate_existing = false;
};

/// How a stream reads its rows. A plain value.
struct StreamOptions {
    /// How many rows are read at a time, whole, before the first of their objects is handed out.
    std::size_t yield_per = 1000;
};

}  // namespace azoth::inline v0
