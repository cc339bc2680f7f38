// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

namespace azoth::inline v0::detail {

/// A random number from 0 up to less than 1, for what must not happen everywhere at once. It comes
/// from the system each time: threads and the children of one process disagree. Safe from any
/// thread.
[[nodiscard]] AZOTH_EXPORT double random_part() noexcept;

}  // namespace azoth::inline v0::detail
