// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/oids_internal.hpp>

namespace azoth::inline v0::postgresql {

KnownType known_type(Oid type) noexcept {
    switch (type) {
        case oid::boolean: return {"boolean", Kind::boolean};
        case oid::bytea: return {"bytea", Kind::bytes};
        case oid::single_char: return {"\"char\"", Kind::text};
        case oid::name: return {"name", Kind::text};
        case oid::int8: return {"bigint", Kind::int64};
        case oid::int2: return {"smallint", Kind::int64};
        case oid::int4: return {"integer", Kind::int64};
        case oid::text: return {"text", Kind::text};
        case oid::oid: return {"oid", Kind::int64};
        case oid::xid: return {"xid", Kind::int64};
        case oid::cid: return {"cid", Kind::int64};
        case oid::json: return {"json", Kind::text};
        case oid::xml: return {"xml", Kind::text};
        case oid::float4: return {"real", Kind::float64};
        case oid::float8: return {"double precision", Kind::float64};
        case oid::unknown: return {"unknown", Kind::text};
        case oid::bpchar: return {"character", Kind::text};
        case oid::varchar: return {"character varying", Kind::text};
        case oid::date: return {"date", Kind::date};
        case oid::time: return {"time without time zone", Kind::time};
        case oid::timestamp: return {"timestamp without time zone", Kind::datetime};
        case oid::timestamptz: return {"timestamp with time zone", Kind::timestamp};
        case oid::numeric: return {"numeric", Kind::decimal};
        case oid::refcursor: return {"refcursor", Kind::text};
        case oid::void_: return {"void", Kind::text};
        case oid::uuid: return {"uuid", Kind::uuid};
        case oid::jsonb: return {"jsonb", Kind::text};
        case oid::xid8: return {"xid8", Kind::uint64};
        default: return {};
    }
}

}  // namespace azoth::inline v0::postgresql
