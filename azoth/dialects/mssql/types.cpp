// SPDX-License-Identifier: MIT
#include <azoth/dialects/mssql/types.hpp>

#include <algorithm>

namespace azoth::inline v0::mssql {
namespace {

/// What has more than so many is called (max).
constexpr std::uint32_t most_text_units = 4000;
constexpr std::uint32_t most_bytes = 8000;

std::string sized(const char* name, std::size_t length, std::uint32_t most) {
    const bool fits = length != 0 && length <= most;
    return std::string(name) + "(" + (fits ? std::to_string(length) : "max") + ")";
}

/// Without numbers SQL Server would take (18, 0), and round in silence.
std::string numeric_type(const TypeDef& def) {
    if (def.precision == 0) return "NUMERIC(38, 18)";
    return "NUMERIC(" + std::to_string(def.precision) + ", " + std::to_string(def.scale) + ")";
}

/// How many UTF-16 units a text has, which is what NVARCHAR counts.
std::size_t units_of(std::string_view utf8) {
    std::size_t units = 0;
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xc0) != 0x80) units += byte >= 0xf0 ? 2 : 1;
    }
    return units;
}

std::string enumeration_type(const TypeDef& def) {
    std::size_t longest = 1;
    for (const std::string& label : def.labels) longest = std::max(longest, units_of(label));
    return sized("NVARCHAR", longest, most_text_units);
}

}  // namespace

std::string type_name(const TypeDef& def) {
    switch (def.kind) {
        case TypeKind::boolean: return "BIT";
        case TypeKind::small_integer: return "SMALLINT";
        case TypeKind::integer: return "INTEGER";
        case TypeKind::big_integer: return "BIGINT";
        case TypeKind::float32: return "REAL";
        case TypeKind::float64: return "FLOAT(53)";
        case TypeKind::numeric: return numeric_type(def);
        case TypeKind::string: return sized("NVARCHAR", def.length, most_text_units);
        case TypeKind::text:
        case TypeKind::json:
        case TypeKind::jsonb: return "NVARCHAR(max)";
        case TypeKind::large_binary: return sized("VARBINARY", def.length, most_bytes);
        case TypeKind::date: return "DATE";
        case TypeKind::time: return "TIME(6)";
        case TypeKind::datetime: return def.timezone ? "DATETIMEOFFSET(6)" : "DATETIME2(6)";
        case TypeKind::uuid: return "UNIQUEIDENTIFIER";
        case TypeKind::enumeration: return enumeration_type(def);
        case TypeKind::null: break;
    }
    return {};
}

}  // namespace azoth::inline v0::mssql
