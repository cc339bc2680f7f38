// SPDX-License-Identifier: MIT
#pragma once

/// Including this header makes URLs beginning with `oracle:` known to the program; link
/// azoth::oracle.
/// There is no driver: statements and DDL become text, and connecting fails (docs/databases.md).
#include <azoth/dialects/oracle/dialect.hpp>
#include <azoth/engine/compile.hpp>
#include <azoth/engine/dialect.hpp>

namespace azoth::inline v0::oracle {
/// Registers in the user's own file, because the linker would drop a registrar inside a static
/// library.
inline const bool registered = register_dialect(dialect());
}  // namespace azoth::inline v0::oracle
