// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/utf8.hpp>
#include <azoth/dialects/postgresql/byte_order_internal.hpp>
#include <azoth/dialects/postgresql/encode_internal.hpp>
#include <azoth/dialects/postgresql/epoch_internal.hpp>
#include <azoth/dialects/postgresql/numeric_internal.hpp>
#include <azoth/types/decimal.hpp>
#include <azoth/types/exact_double.hpp>
#include <azoth/types/temporal.hpp>
#include <azoth/types/uuid.hpp>

#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

namespace azoth::inline v0::postgresql {
namespace {

// Refusals that several encoders give; compared by address.
constexpr char wrong_kind[] = "values of this kind don't fit it";
constexpr char out_of_range[] = "the value is out of range";

template <typename Unsigned>
Refusal put(Buffer& out, Unsigned value) {
    store(out.extend(sizeof value), value);
    return nullptr;
}

template <typename Int>
Refusal encode_integer(Buffer& out, const ValueView& value) {
    using Limits = std::numeric_limits<Int>;
    std::int64_t number = value.integer;
    switch (value.kind) {
        case Kind::int64: break;
        case Kind::boolean: number = value.boolean ? 1 : 0; break;
        case Kind::uint64:
            if (value.natural > static_cast<std::uint64_t>(Limits::max())) return out_of_range;
            number = static_cast<std::int64_t>(value.natural);
            break;
        default: return wrong_kind;
    }
    if (number < Limits::min() || number > Limits::max()) return out_of_range;
    return put(out, static_cast<std::make_unsigned_t<Int>>(number));
}

Refusal encode_boolean(Buffer& out, const ValueView& value) {
    if (value.kind != Kind::boolean) return wrong_kind;
    *out.extend(1) = value.boolean ? 1 : 0;
    return nullptr;
}

Refusal encode_float64(Buffer& out, const ValueView& value) {
    double number = 0;
    if (const Refusal refusal = detail::to_exact_double(value, number, wrong_kind)) return refusal;
    return put(out, std::bit_cast<std::uint64_t>(number));
}

Refusal encode_float32(Buffer& out, const ValueView& value) {
    double number = 0;
    if (const Refusal refusal = detail::to_exact_double(value, number, wrong_kind)) return refusal;
    // The column's precision is its own business, but a finite number must not become infinity.
    const auto narrow = static_cast<float>(number);
    if (std::isinf(narrow) && !std::isinf(number)) return out_of_range;
    if (narrow == 0 && number != 0) return out_of_range;
    return put(out, std::bit_cast<std::uint32_t>(narrow));
}

Refusal encode_decimal(Buffer& out, const ValueView& value) {
    switch (value.kind) {
        case Kind::decimal: encode_numeric(out, *value.decimal); return nullptr;
        case Kind::int64: encode_numeric(out, Decimal(value.integer)); return nullptr;
        case Kind::uint64: encode_numeric(out, Decimal(value.natural)); return nullptr;
        case Kind::float64:
            if (!std::isfinite(value.real)) return "NaN and infinity are no decimal numbers";
            encode_numeric(out, Decimal::from_double(value.real));
            return nullptr;
        default: return wrong_kind;
    }
}

Refusal encode_kept(Buffer& out, const ValueView& value, Kind kind) {
    if (value.kind != kind) return wrong_kind;
    if (const Refusal refusal = check_kept(value)) return refusal;
    out.append(value.text());
    return nullptr;
}
Refusal encode_text(Buffer& out, const ValueView& value) {
    return encode_kept(out, value, Kind::text);
}
Refusal encode_bytes(Buffer& out, const ValueView& value) {
    return encode_kept(out, value, Kind::bytes);
}

Refusal encode_date(Buffer& out, const ValueView& value) {
    if (value.kind != Kind::date) return wrong_kind;
    if (value.integer < first_date || value.integer > last_date) return out_of_range;
    return put(out, static_cast<std::uint32_t>(value.integer - epoch_days));
}

Refusal encode_time(Buffer& out, const ValueView& value) {
    if (value.kind != Kind::time) return wrong_kind;
    if (value.integer < 0 || value.integer > microseconds_per_day) return out_of_range;
    return put(out, static_cast<std::uint64_t>(value.integer));
}

template <Kind kind>
Refusal encode_datetime(Buffer& out, const ValueView& value) {
    if (value.kind != kind) {
        if (value.kind == Kind::datetime)
            return "a datetime without a zone is no point in time: convert it first";
        if (value.kind == Kind::timestamp)
            return "a point in time would lose its zone: convert it to a local time first";
        return wrong_kind;
    }
    if (value.integer < first_datetime) return out_of_range;
    return put(out, static_cast<std::uint64_t>(value.integer - epoch_microseconds));
}

Refusal encode_uuid(Buffer& out, const ValueView& value) {
    constexpr std::size_t size = 16;
    if (value.kind == Kind::uuid) {
        std::memcpy(out.extend(size), value.uuid, size);
    } else if (value.kind == Kind::bytes) {
        if (value.chars.size != size) return "a uuid has 16 bytes";
        std::memcpy(out.extend(size), value.chars.data, size);
    } else if (value.kind == Kind::text) {
        try {
            std::memcpy(out.extend(size), Uuid::parse(value.text()).bytes.data(), size);
        } catch (const DataError&) {
            return "the text is no uuid";
        }
    } else {
        return wrong_kind;
    }
    return nullptr;
}

template <typename Number>
void append_number(Buffer& out, Number number) {
    char digits[40];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append({digits, static_cast<std::size_t>(end - digits)});
}

void append_real(Buffer& out, double number) {
    if (std::isnan(number))
        out.append("NaN");
    else if (std::isinf(number))
        out.append(number < 0 ? "-Infinity" : "Infinity");
    else
        append_number(out, number);
}

void append_hex(Buffer& out, std::string_view bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    out.append("\\x");
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        char* to = out.extend(2);
        to[0] = digits[byte >> 4];
        to[1] = digits[byte & 15];
    }
}

/// Dates and times as text. Text has four-digit years only; typed parameters take all.
Refusal append_moment(Buffer& out, const ValueView& value) {
    char text[utc_datetime_size];
    char* end = text;
    try {
        switch (value.kind) {
            case Kind::date: {
                constexpr std::int64_t limit = std::numeric_limits<std::int32_t>::max();
                if (value.integer < -limit || value.integer > limit) return out_of_range;
                end = format_date(text, static_cast<std::int32_t>(value.integer));
                break;
            }
            case Kind::time: end = format_time(text, value.integer); break;
            case Kind::datetime: end = format_datetime(text, value.integer); break;
            default: end = format_utc_datetime(text, value.integer);
        }
    } catch (const DataError&) {
        return out_of_range;
    }
    out.append({text, static_cast<std::size_t>(end - text)});
    return nullptr;
}

/// For a parameter whose type only the server knows: what PostgreSQL's input functions read.
Refusal encode_as_text(Buffer& out, const ValueView& value) {
    switch (value.kind) {
        case Kind::null: return wrong_kind;  // NULL has no form; it is never asked for
        case Kind::boolean: out.append(value.boolean ? "true" : "false"); return nullptr;
        case Kind::int64: append_number(out, value.integer); return nullptr;
        case Kind::uint64: append_number(out, value.natural); return nullptr;
        case Kind::float64: append_real(out, value.real); return nullptr;
        case Kind::text: return encode_text(out, value);
        case Kind::bytes: append_hex(out, value.text()); return nullptr;
        case Kind::date:
        case Kind::time:
        case Kind::datetime:
        case Kind::timestamp: return append_moment(out, value);
        case Kind::uuid:
            Uuid::from_bytes(value.uuid).write_to(out.extend(Uuid::text_size));
            return nullptr;
        case Kind::decimal:
            value.decimal->write_to(out.extend(value.decimal->text_size()));
            return nullptr;
    }
    return wrong_kind;
}

// Values for types without a binary form of their own here (enumerations, JSON) go as text; the
// statement casts them: $1::mood, $1::jsonb.
constexpr ParameterCodec codec_inferred{"unknown", 0,          oid::text_array,
                                        false,     Kind::null, encode_as_text};
constexpr ParameterCodec codec_boolean{"boolean", oid::boolean, oid::bool_array,
                                       true,      Kind::null,   encode_boolean};
constexpr ParameterCodec codec_int2{"smallint", oid::int2,  oid::int2_array,
                                    true,       Kind::null, encode_integer<std::int16_t>};
constexpr ParameterCodec codec_int4{"integer", oid::int4,  oid::int4_array,
                                    true,      Kind::null, encode_integer<std::int32_t>};
constexpr ParameterCodec codec_int8{"bigint", oid::int8,  oid::int8_array,
                                    true,     Kind::null, encode_integer<std::int64_t>};
constexpr ParameterCodec codec_float4{"real", oid::float4, oid::float4_array,
                                      true,   Kind::null,  encode_float32};
constexpr ParameterCodec codec_float8{"double precision", oid::float8,   oid::float8_array, true,
                                      Kind::null,         encode_float64};
constexpr ParameterCodec codec_numeric{"numeric", oid::numeric, oid::numeric_array,
                                       true,      Kind::null,   encode_decimal};
constexpr ParameterCodec codec_text{"text", oid::text,  oid::text_array,
                                    true,   Kind::text, encode_text};
constexpr ParameterCodec codec_bytea{"bytea", oid::bytea,  oid::bytea_array,
                                     true,    Kind::bytes, encode_bytes};
constexpr ParameterCodec codec_date{"date", oid::date,  oid::date_array,
                                    true,   Kind::null, encode_date};
constexpr ParameterCodec codec_time{"time", oid::time,  oid::time_array,
                                    true,   Kind::null, encode_time};
constexpr ParameterCodec codec_timestamp{"timestamp",          oid::timestamp,
                                         oid::timestamp_array, true,
                                         Kind::null,           encode_datetime<Kind::datetime>};
constexpr ParameterCodec codec_timestamptz{
    "timestamp with time zone",      oid::timestamptz, oid::timestamptz_array, true, Kind::null,
    encode_datetime<Kind::timestamp>};
constexpr ParameterCodec codec_uuid{"uuid", oid::uuid,  oid::uuid_array,
                                    true,   Kind::null, encode_uuid};

}  // namespace

const ParameterCodec& parameter_codec(const Type& type) noexcept {
    switch (type.kind()) {
        case TypeKind::null: return codec_inferred;
        case TypeKind::boolean: return codec_boolean;
        case TypeKind::small_integer: return codec_int2;
        case TypeKind::integer: return codec_int4;
        case TypeKind::big_integer: return codec_int8;
        case TypeKind::float32: return codec_float4;
        case TypeKind::float64: return codec_float8;
        case TypeKind::numeric: return codec_numeric;
        case TypeKind::large_binary: return codec_bytea;
        case TypeKind::date: return codec_date;
        case TypeKind::time: return codec_time;
        case TypeKind::datetime: return type.def().timezone ? codec_timestamptz : codec_timestamp;
        case TypeKind::uuid: return codec_uuid;
        case TypeKind::string:
        case TypeKind::text:
        case TypeKind::enumeration:
        case TypeKind::json:
        case TypeKind::jsonb: return codec_text;
    }
    return codec_inferred;
}

Refusal check_kept(const ValueView& value) noexcept {
    constexpr std::size_t largest = 0x3fffffff;  // PostgreSQL's limit of a field, 1 GiB
    if (value.chars.size > largest) return "the value is longer than 1 GiB";
    if (value.kind == Kind::bytes) return nullptr;
    const std::string_view text = value.text();
    if (!text.empty() && std::memchr(text.data(), 0, text.size()) != nullptr)
        return "the text contains a zero byte, which PostgreSQL can't store";
    if (find_invalid_utf8(text) != std::string_view::npos) return "the text is not valid UTF-8";
    return nullptr;
}

std::string refusal_message(std::size_t number, const ParameterCodec& codec, const ValueView& value,
                            Refusal refusal) {
    std::string message = "parameter " + std::to_string(number) + " is of type " + codec.type_name;
    if (refusal == wrong_kind)
        return message + ", and the value given is of kind " + std::string(to_string(value.kind)) +
               ": give a value of the parameter's type, or cast the parameter in the statement";
    return message + ": " + refusal;
}

}  // namespace azoth::inline v0::postgresql
