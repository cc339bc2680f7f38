// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/postgresql/buffer_internal.hpp>
#include <azoth/types/decimal.hpp>

// The binary form of PostgreSQL's numeric: groups of four decimal digits, aligned at the point.

namespace azoth::inline v0::postgresql {

void encode_numeric(Buffer& out, const Decimal& value);

/// Reads a numeric into `value`.
/// \returns null, or why it can't be: NaN and infinity are no Decimal.
[[nodiscard]] const char* decode_numeric(const char* data, int size, Decimal& value);

}  // namespace azoth::inline v0::postgresql
