// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <string>

namespace azoth::inline v0::detail {

/// Throws DataError with a message alone: for values that are wrong before any statement or driver
/// is involved. Any thread.
[[noreturn]] AZOTH_EXPORT void throw_data_error(std::string message);

}  // namespace azoth::inline v0::detail
