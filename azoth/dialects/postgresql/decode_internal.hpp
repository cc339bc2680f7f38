// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/postgresql/oids_internal.hpp>
#include <azoth/types/decimal.hpp>
#include <azoth/types/value.hpp>

#include <string>
#include <string_view>

namespace azoth::inline v0::postgresql {

/// Reads the binary form of a value that is not NULL into `cell`. Numbers that need a place of
/// their own are put into `decimal`, which `cell` then points at; texts and bytes stay where they
/// are. \returns null, or why the value can't be read, for the end of a sentence.
using Decoder = const char* (*)(const char* data, int size, ValueView& cell, Decimal& decimal);

/// The decoder that makes `wanted` of `type`; null where there is none. Where `wanted` is
/// `Kind::null` it makes the type's natural kind. `textual` says that a type that the driver
/// doesn't know has text as its binary form. Safe from any thread.
[[nodiscard]] Decoder find_decoder(Oid type, Kind wanted, bool textual) noexcept;

/// Text or bytes where that decoder leaves the value as it is; null for all others.
[[nodiscard]] Kind kept_by(Decoder decoder) noexcept;

/// What to do about a column that can't be read as `wanted`, for the end of a sentence.
[[nodiscard]] std::string_view decoding_remedy(Oid type, Kind wanted) noexcept;

}  // namespace azoth::inline v0::postgresql
