// SPDX-License-Identifier: MIT
#pragma once

namespace azoth::inline v0 {

/// How a session behaves. A plain value; names and defaults are SQLAlchemy's.
struct SessionOptions {
    bool autoflush = true;         ///< flush what has changed before each statement
    bool expire_on_commit = true;  ///< read objects again in the next transaction
};

}  // namespace azoth::inline v0
