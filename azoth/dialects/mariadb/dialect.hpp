// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

namespace azoth::inline v0 {
class Dialect;
}

namespace azoth::inline v0::mariadb {

/// The MariaDB dialect. Safe from any thread.
[[nodiscard]] AZOTH_EXPORT const Dialect& dialect();

/// The same under the name "mysql". Safe from any thread.
[[nodiscard]] AZOTH_EXPORT const Dialect& mysql_dialect();

}  // namespace azoth::inline v0::mariadb
