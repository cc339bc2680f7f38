// SPDX-License-Identifier: MIT
#pragma once

/// Including this header makes URLs beginning with `postgresql:` known to the program; link
/// azoth::postgresql.
#include <azoth/dialects/postgresql/dialect.hpp>
#include <azoth/engine/dialect.hpp>

namespace azoth::inline v0::postgresql {
/// Registers in the user's own file, because the linker would drop a registrar inside a static
/// library.
inline const bool registered = register_dialect(dialect());
}  // namespace azoth::inline v0::postgresql
