// SPDX-License-Identifier: MIT
// expect: StatementOptions
#include <azoth/core.hpp>

/// A transaction's option is none of a statement.
auto chosen() {
    const auto statement = azoth::select(azoth::literal(1));
#ifdef AZOTH_VALID
    return statement.execution_options({.schema_translate_map = {{"", "tenant"}}});
#else
    return statement.execution_options({.isolation_level = "SERIALIZABLE"});
#endif
}
