// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/compiled.hpp>

#include <functional>

namespace azoth::inline v0::sql {

/// Writes a value into SQL text.
using LiteralWriter = std::function<std::string(const ValueView& value, const Type& type)>;

/// A compiled statement's text with its values written into it. Throws as arrange() does, and what
/// the writer throws.
[[nodiscard]] AZOTH_EXPORT std::string with_literals(const Compiled& compiled,
                                                     const Segments& segments,
                                                     const NamedValues& named,
                                                     const LiteralWriter& literal);

}  // namespace azoth::inline v0::sql
