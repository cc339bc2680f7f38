// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

namespace azoth::inline v0 {
class Dialect;
}

namespace azoth::inline v0::sqlite {

/// The SQLite dialect. Safe from any thread.
[[nodiscard]] AZOTH_EXPORT const Dialect& dialect();

}  // namespace azoth::inline v0::sqlite
