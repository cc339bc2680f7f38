// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace azoth::inline v0::detail {

/// Text of unknown origin made fit for an error message: in single quotes, control characters and
/// bytes that are not UTF-8 as \xNN, at most `limit` bytes of it, then "… (n bytes)". Any thread.
///
/// An error message must be readable on one line, whatever a database or a file handed over.
[[nodiscard]] AZOTH_EXPORT std::string excerpt(std::string_view text, std::size_t limit = 64);

}  // namespace azoth::inline v0::detail
