// SPDX-License-Identifier: MIT
#include <azoth/dialects/oracle/types.hpp>

#include <algorithm>

namespace azoth::inline v0::oracle {
namespace {

/// The longest VARCHAR2 and RAW of a database as it comes: what is longer is a CLOB or BLOB.
constexpr std::uint32_t most_characters = 4000;
constexpr std::uint32_t most_bytes = 2000;

std::string text_type(std::size_t length) {
    return "VARCHAR2(" + std::to_string(length == 0 ? most_characters : length) + " CHAR)";
}

std::string numeric_type(const TypeDef& def) {
    if (def.precision == 0) return "NUMBER";
    return "NUMBER(" + std::to_string(def.precision) + ", " + std::to_string(def.scale) + ")";
}

std::string enumeration_type(const TypeDef& def) {
    std::size_t longest = 1;
    for (const std::string& label : def.labels)
        longest = std::max(
            longest, static_cast<std::size_t>(std::count_if(label.begin(), label.end(), [](char c) {
                return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
            })));
    return text_type(longest);
}

}  // namespace

bool is_large(const TypeDef& def) {
    switch (def.kind) {
        case TypeKind::text:
        case TypeKind::json:
        case TypeKind::jsonb: return true;
        case TypeKind::string: return def.length > most_characters;
        case TypeKind::large_binary: return def.length == 0 || def.length > most_bytes;
        default: return false;
    }
}

std::string type_name(const TypeDef& def) {
    if (is_large(def)) return def.kind == TypeKind::large_binary ? "BLOB" : "CLOB";
    switch (def.kind) {
        case TypeKind::boolean: return "NUMBER(1)";
        case TypeKind::small_integer: return "NUMBER(5)";
        case TypeKind::integer: return "NUMBER(10)";
        case TypeKind::big_integer: return "NUMBER(19)";
        case TypeKind::float32: return "BINARY_FLOAT";
        case TypeKind::float64: return "BINARY_DOUBLE";
        case TypeKind::numeric: return numeric_type(def);
        case TypeKind::string: return text_type(def.length);
        case TypeKind::large_binary: return "RAW(" + std::to_string(def.length) + ")";
        case TypeKind::date: return "DATE";
        case TypeKind::time: return "INTERVAL DAY(0) TO SECOND(6)";
        case TypeKind::datetime:
            return def.timezone ? "TIMESTAMP(6) WITH TIME ZONE" : "TIMESTAMP(6)";
        case TypeKind::uuid: return "RAW(16)";
        case TypeKind::enumeration: return enumeration_type(def);
        default: return {};
    }
}

}  // namespace azoth::inline v0::oracle
