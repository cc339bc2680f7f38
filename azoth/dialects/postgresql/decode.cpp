// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/dialects/postgresql/byte_order_internal.hpp>
#include <azoth/dialects/postgresql/decode_internal.hpp>
#include <azoth/dialects/postgresql/epoch_internal.hpp>
#include <azoth/dialects/postgresql/numeric_internal.hpp>
#include <azoth/types/exact_double.hpp>

#include <bit>
#include <limits>

namespace azoth::inline v0::postgresql {
namespace {

constexpr const char* unknown_form = "its binary form is of unknown length";

const char* decode_boolean(const char* data, int size, ValueView& cell, Decimal&) {
    if (size != 1) return unknown_form;
    cell = ValueView::of_bool(*data != 0);
    return nullptr;
}

/// Wire is an integer type; the cell becomes an int64.
template <typename Wire>
const char* decode_integer(const char* data, int size, ValueView& cell, Decimal&) {
    if (size != sizeof(Wire)) return unknown_form;
    cell.integer = static_cast<Wire>(load<std::make_unsigned_t<Wire>>(data));
    cell.kind = Kind::int64;
    return nullptr;
}

template <typename Wire>
const char* decode_natural(const char* data, int size, ValueView& cell, Decimal&) {
    if (size != sizeof(Wire)) return unknown_form;
    const auto number = static_cast<Wire>(load<std::make_unsigned_t<Wire>>(data));
    if constexpr (std::numeric_limits<Wire>::is_signed)
        if (number < 0) return "it is negative, and an unsigned integer was asked for";
    cell = ValueView::of_natural(static_cast<std::uint64_t>(number));
    return nullptr;
}

template <typename Wire>
const char* decode_integer_as_decimal(const char* data, int size, ValueView& cell,
                                      Decimal& decimal) {
    if (size != sizeof(Wire)) return unknown_form;
    decimal = Decimal(static_cast<Wire>(load<std::make_unsigned_t<Wire>>(data)));
    cell = ValueView::of_decimal(decimal);
    return nullptr;
}

template <typename Wire>
const char* decode_integer_as_real(const char* data, int size, ValueView& cell, Decimal&) {
    if (size != sizeof(Wire)) return unknown_form;
    const auto number = static_cast<Wire>(load<std::make_unsigned_t<Wire>>(data));
    if constexpr (sizeof(Wire) == sizeof(std::int64_t))
        if (number > detail::largest_exact_double || number < -detail::largest_exact_double)
            return detail::inexact_double;
    cell = ValueView::of_real(static_cast<double>(number));
    return nullptr;
}

const char* decode_float32(const char* data, int size, ValueView& cell, Decimal&) {
    if (size != sizeof(float)) return unknown_form;
    cell = ValueView::of_real(static_cast<double>(std::bit_cast<float>(load<std::uint32_t>(data))));
    return nullptr;
}

const char* decode_float64(const char* data, int size, ValueView& cell, Decimal&) {
    if (size != sizeof(double)) return unknown_form;
    cell.real = std::bit_cast<double>(load<std::uint64_t>(data));
    cell.kind = Kind::float64;
    return nullptr;
}

const char* decode_decimal(const char* data, int size, ValueView& cell, Decimal& decimal) {
    if (const char* const problem = decode_numeric(data, size, decimal)) return problem;
    cell = ValueView::of_decimal(decimal);
    return nullptr;
}

// sum() of bigint and avg() of integers are numeric in PostgreSQL: a program that knows better may
// ask for the kinds below.

const char* decode_numeric_as_integer(const char* data, int size, ValueView& cell,
                                      Decimal& decimal) {
    if (const char* const problem = decode_numeric(data, size, decimal)) return problem;
    try {
        cell = ValueView::of_integer(decimal.to_int64());
        return nullptr;
    } catch (const DataError&) {
        return "the number has a fraction or is beyond 64 bits, and an integer was asked for";
    }
}

const char* decode_numeric_as_natural(const char* data, int size, ValueView& cell,
                                      Decimal& decimal) {
    if (const char* const problem = decode_numeric(data, size, decimal)) return problem;
    constexpr const char* no_natural =
        "the number is negative, has a fraction or is beyond 64 bits, and an unsigned integer was "
        "asked for";
    if (decimal.is_negative()) return no_natural;
    try {
        decimal = decimal.rescale(0);
    } catch (const DataError&) {
        return no_natural;
    }
    const auto number = decimal.small_coefficient();
    if (!number) return no_natural;
    cell = ValueView::of_natural(*number);
    return nullptr;
}

const char* decode_numeric_as_real(const char* data, int size, ValueView& cell, Decimal& decimal) {
    if (const char* const problem = decode_numeric(data, size, decimal)) return problem;
    try {
        cell = ValueView::of_real(decimal.to_double());
        return nullptr;
    } catch (const DataError&) {
        return "the number is beyond the range of floating point";
    }
}

template <Kind kind>
const char* decode_kept(const char* data, int size, ValueView& cell, Decimal&) {
    cell.chars = {data, static_cast<std::size_t>(size)};
    cell.kind = kind;
    return nullptr;
}

const char* decode_jsonb(const char* data, int size, ValueView& cell, Decimal& decimal) {
    constexpr char version = 1;
    if (size < 1 || *data != version) return "its binary form is of an unknown version";
    return decode_kept<Kind::text>(data + 1, size - 1, cell, decimal);
}

const char* decode_uuid(const char* data, int size, ValueView& cell, Decimal&) {
    if (size != sizeof cell.uuid) return unknown_form;
    cell = ValueView::of_uuid(reinterpret_cast<const unsigned char*>(data));
    return nullptr;
}

const char* decode_date(const char* data, int size, ValueView& cell, Decimal&) {
    if (size != sizeof(std::int32_t)) return unknown_form;
    const auto days = static_cast<std::int32_t>(load<std::uint32_t>(data));
    if (days == date_infinity || days == date_minus_infinity) return "infinity is no date";
    cell = ValueView::of_integer(days + epoch_days, Kind::date);
    return nullptr;
}

const char* decode_time(const char* data, int size, ValueView& cell, Decimal&) {
    if (size != sizeof(std::int64_t)) return unknown_form;
    cell = ValueView::of_integer(static_cast<std::int64_t>(load<std::uint64_t>(data)), Kind::time);
    return nullptr;
}

template <Kind kind>
const char* decode_datetime(const char* data, int size, ValueView& cell, Decimal&) {
    if (size != sizeof(std::int64_t)) return unknown_form;
    const auto moment = static_cast<std::int64_t>(load<std::uint64_t>(data));
    if (moment == datetime_infinity || moment == datetime_minus_infinity)
        return "infinity is no date and time";
    if (moment > std::numeric_limits<std::int64_t>::max() - epoch_microseconds)
        return "the date is too far in the future to be counted in microseconds since 1970";
    cell = ValueView::of_integer(moment + epoch_microseconds, kind);
    return nullptr;
}

template <typename Wire>
Decoder integer_decoder(Kind wanted) noexcept {
    switch (wanted) {
        case Kind::int64: return decode_integer<Wire>;
        case Kind::uint64: return decode_natural<Wire>;
        case Kind::float64: return decode_integer_as_real<Wire>;
        case Kind::decimal: return decode_integer_as_decimal<Wire>;
        default: return nullptr;
    }
}

Decoder numeric_decoder(Kind wanted) noexcept {
    switch (wanted) {
        case Kind::decimal: return decode_decimal;
        case Kind::int64: return decode_numeric_as_integer;
        case Kind::uint64: return decode_numeric_as_natural;
        case Kind::float64: return decode_numeric_as_real;
        default: return nullptr;
    }
}

/// For types that have one form only.
Decoder only(Kind kind, Kind wanted, Decoder decoder) noexcept {
    return wanted == kind ? decoder : nullptr;
}

}  // namespace

Decoder find_decoder(Oid type, Kind wanted, bool textual) noexcept {
    if (wanted == Kind::null) wanted = textual ? Kind::text : known_type(type).natural_kind;
    if (textual) return only(Kind::text, wanted, decode_kept<Kind::text>);
    switch (type) {
        case oid::boolean: return only(Kind::boolean, wanted, decode_boolean);
        case oid::int2: return integer_decoder<std::int16_t>(wanted);
        case oid::int4: return integer_decoder<std::int32_t>(wanted);
        case oid::int8: return integer_decoder<std::int64_t>(wanted);
        case oid::oid:
        case oid::xid:
        case oid::cid: return integer_decoder<std::uint32_t>(wanted);
        case oid::xid8: return only(Kind::uint64, wanted, decode_natural<std::uint64_t>);
        case oid::float4: return only(Kind::float64, wanted, decode_float32);
        case oid::float8: return only(Kind::float64, wanted, decode_float64);
        case oid::numeric: return numeric_decoder(wanted);
        case oid::bytea: return only(Kind::bytes, wanted, decode_kept<Kind::bytes>);
        case oid::jsonb: return only(Kind::text, wanted, decode_jsonb);
        case oid::uuid: return only(Kind::uuid, wanted, decode_uuid);
        case oid::date: return only(Kind::date, wanted, decode_date);
        case oid::time: return only(Kind::time, wanted, decode_time);
        case oid::timestamp: return only(Kind::datetime, wanted, decode_datetime<Kind::datetime>);
        case oid::timestamptz:
            return only(Kind::timestamp, wanted, decode_datetime<Kind::timestamp>);
        default: break;
    }
    const bool is_text = known_type(type).natural_kind == Kind::text;
    return is_text ? only(Kind::text, wanted, decode_kept<Kind::text>) : nullptr;
}

Kind kept_by(Decoder decoder) noexcept {
    if (decoder == decode_kept<Kind::text>) return Kind::text;
    return decoder == decode_kept<Kind::bytes> ? Kind::bytes : Kind::null;
}

std::string_view decoding_remedy(Oid type, Kind wanted) noexcept {
    if (wanted == Kind::null) return "cast it in the statement, for instance CAST(… AS TEXT)";
    if (type == oid::timestamp && wanted == Kind::timestamp)
        return "make it a point in time with AT TIME ZONE, or read it as a local datetime";
    if (type == oid::timestamptz && wanted == Kind::datetime)
        return "make it local with AT TIME ZONE, or read it as a point in time";
    return "cast it in the statement, or ask for the kind that fits the column";
}

}  // namespace azoth::inline v0::postgresql
