// SPDX-License-Identifier: MIT
#pragma once

/// Including this header makes URLs beginning with `sqlite:` known to the program; link
/// azoth::sqlite.
#include <azoth/dialects/sqlite/dialect.hpp>
#include <azoth/engine/dialect.hpp>

namespace azoth::inline v0::sqlite {
/// Registers in the user's own file, because the linker would drop a registrar inside a static
/// library.
inline const bool registered = register_dialect(dialect());
}  // namespace azoth::inline v0::sqlite
