// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace azoth::inline v0::orm {

class SessionCore;

/// Which objects a flush compares with what the database is known to hold (design rule R13). Those
/// that were added, deleted or linked are always part of it.
enum class FlushScope : std::uint8_t {
    hot,  ///< borrowed since the last flush
    all,  ///< also those borrowed before, to which a reference may have been kept
};

/// Writes what has changed into the database, in the session's transaction: the unit of work.
/// Throws FlushError, StaleDataError, CircularDependencyError and what statements throw.
void flush_changes(SessionCore& session, FlushScope scope);

}  // namespace azoth::inline v0::orm
