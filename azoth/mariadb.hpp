// SPDX-License-Identifier: MIT
#pragma once

/// Including this header makes URLs beginning with `mariadb:` or `mysql:` known to the program;
/// link azoth::mariadb.
#include <azoth/dialects/mariadb/dialect.hpp>
#include <azoth/engine/dialect.hpp>

namespace azoth::inline v0::mariadb {
/// Registers in the user's own file, because the linker would drop a registrar inside a static
/// library.
inline const bool registered = register_dialect(dialect()) && register_dialect(mysql_dialect());
}  // namespace azoth::inline v0::mariadb
