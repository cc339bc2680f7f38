// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/types/decimal.hpp>
#include <azoth/types/value.hpp>

#include <mysql.h>

#include <cstddef>
#include <string_view>

namespace azoth::inline v0::mariadb {

/// A cell of a row as it came, in the binary protocol. A plain value that borrows its bytes.
struct RawCell {
    const unsigned char* data = nullptr;  ///< null: NULL
    std::size_t size = 0;
};

/// What decides how the cells of a column are read. A plain value.
struct ColumnForm {
    enum_field_types type = MYSQL_TYPE_NULL;
    bool is_unsigned = false;
    bool is_binary = false;  ///< bytes rather than text
    bool is_uuid = false;    ///< MariaDB's type UUID, which travels as text

    [[nodiscard]] static ColumnForm of(const MYSQL_FIELD& field) noexcept;
    [[nodiscard]] bool operator==(const ColumnForm&) const noexcept = default;
};

/// Decodes a cell that isn't NULL. Text and bytes of `cell` point into the raw cell, a decimal
/// points at `decimal`. \returns null, or why it can't be done; throws DataError for the same.
using Decoder = const char* (*)(const RawCell& raw, ValueView& cell, Decimal& decimal);

/// The decoder from a column's form to the wanted kind; null where there is none.
[[nodiscard]] Decoder find_decoder(const ColumnForm& form, Kind wanted) noexcept;

/// True where this decoder's cells point into the raw cell.
[[nodiscard]] bool keeps_bytes(Decoder decoder) noexcept;

/// The kind in which cells come where any is wanted; null where each has its own, as those of
/// unsigned 64-bit integers have: int64 as long as they fit.
[[nodiscard]] Kind natural_kind(const ColumnForm& form) noexcept;

/// What to do where there is no decoder.
[[nodiscard]] std::string_view decoding_remedy(const ColumnForm& form, Kind wanted) noexcept;

/// The column's type for messages: "bigint unsigned".
[[nodiscard]] std::string_view type_name(const ColumnForm& form) noexcept;

/// How many bytes cells of this type have; 0 where each says so itself.
[[nodiscard]] std::size_t fixed_size(enum_field_types type) noexcept;

/// Reads a number of the protocol that comes before text ("length-encoded"), and moves `position`
/// behind it.
[[nodiscard]] std::size_t take_length(const unsigned char*& position) noexcept;

}  // namespace azoth::inline v0::mariadb
