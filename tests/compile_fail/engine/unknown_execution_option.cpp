// SPDX-License-Identifier: MIT
// expect: ConnectionOptions
#include <azoth/core.hpp>

/// An option that doesn't exist is found by the compiler, not in production.
void choose(azoth::Connection& conn) {
#ifdef AZOTH_VALID
    conn.execution_options({.isolation_level = "SERIALIZABLE"});
#else
    conn.execution_options({.isolation_levle = "SERIALIZABLE"});
#endif
}
