// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/types/value.hpp>

#include <cstdint>
#include <string_view>

namespace azoth::inline v0::postgresql {

using Oid = std::uint32_t;  // as libpq's

/// Object identifiers of PostgreSQL's own types. They are part of the protocol and never change;
/// types of extensions and users have others in each database.
namespace oid {
inline constexpr Oid boolean = 16;
inline constexpr Oid bytea = 17;
inline constexpr Oid single_char = 18;  // "char", one byte
inline constexpr Oid name = 19;
inline constexpr Oid int8 = 20;
inline constexpr Oid int2 = 21;
inline constexpr Oid int4 = 23;
inline constexpr Oid text = 25;
inline constexpr Oid oid = 26;
inline constexpr Oid xid = 28;
inline constexpr Oid cid = 29;
inline constexpr Oid json = 114;
inline constexpr Oid xml = 142;
inline constexpr Oid float4 = 700;
inline constexpr Oid float8 = 701;
inline constexpr Oid unknown = 705;
inline constexpr Oid bpchar = 1042;
inline constexpr Oid varchar = 1043;
inline constexpr Oid date = 1082;
inline constexpr Oid time = 1083;
inline constexpr Oid timestamp = 1114;
inline constexpr Oid timestamptz = 1184;
inline constexpr Oid numeric = 1700;
inline constexpr Oid refcursor = 1790;
inline constexpr Oid void_ = 2278;
inline constexpr Oid uuid = 2950;
inline constexpr Oid jsonb = 3802;
inline constexpr Oid xid8 = 5069;

inline constexpr Oid bool_array = 1000;
inline constexpr Oid bytea_array = 1001;
inline constexpr Oid int2_array = 1005;
inline constexpr Oid int4_array = 1007;
inline constexpr Oid text_array = 1009;
inline constexpr Oid int8_array = 1016;
inline constexpr Oid float4_array = 1021;
inline constexpr Oid float8_array = 1022;
inline constexpr Oid timestamp_array = 1115;
inline constexpr Oid date_array = 1182;
inline constexpr Oid time_array = 1183;
inline constexpr Oid timestamptz_array = 1185;
inline constexpr Oid numeric_array = 1231;
inline constexpr Oid uuid_array = 2951;
}  // namespace oid

/// What the driver knows of a type without asking the server. A plain value.
struct KnownType {
    std::string_view name;           ///< as PostgreSQL displays it; empty: not known here
    Kind natural_kind = Kind::null;  ///< null: values of it can't be read
};

/// Safe from any thread.
[[nodiscard]] KnownType known_type(Oid oid) noexcept;

}  // namespace azoth::inline v0::postgresql
