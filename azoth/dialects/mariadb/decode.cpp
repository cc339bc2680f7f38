// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/dialects/mariadb/decode_internal.hpp>
#include <azoth/dialects/mariadb/wire_internal.hpp>
#include <azoth/types/exact_double.hpp>
#include <azoth/types/temporal.hpp>
#include <azoth/types/uuid.hpp>

#include <bit>
#include <chrono>
#include <cmath>
#include <limits>

namespace azoth::inline v0::mariadb {
namespace {

constexpr char beyond_int64[] = "the number is beyond the range of a signed 64-bit integer";
constexpr char negative[] = "the number is negative";
constexpr char no_boolean[] = "it is neither 0 nor 1";
constexpr char unknown_form[] = "its binary form is unknown";

// --- integers

template <typename Wire>
const char* decode_integer(const RawCell& raw, ValueView& cell, Decimal&) {
    const Wire number = load<Wire>(raw.data);
    if constexpr (std::is_same_v<Wire, std::uint64_t>) {
        if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return beyond_int64;
    }
    // A TINYINT is a number, and no character.
    cell.integer = static_cast<std::int64_t>(number);  // NOLINT(bugprone-signed-char-misuse)
    cell.kind = Kind::int64;
    return nullptr;
}

template <typename Wire>
const char* decode_natural(const RawCell& raw, ValueView& cell, Decimal&) {
    const Wire number = load<Wire>(raw.data);
    if constexpr (std::is_signed_v<Wire>) {
        if (number < 0) return negative;
    }
    cell = ValueView::of_natural(static_cast<std::uint64_t>(number));
    return nullptr;
}

/// Unsigned 64-bit integers where any kind is wanted.
const char* decode_by_size(const RawCell& raw, ValueView& cell, Decimal& decimal) {
    if (decode_integer<std::uint64_t>(raw, cell, decimal) == nullptr) return nullptr;
    return decode_natural<std::uint64_t>(raw, cell, decimal);
}

template <typename Wire>
const char* decode_boolean(const RawCell& raw, ValueView& cell, Decimal&) {
    const Wire number = load<Wire>(raw.data);
    if (number != 0 && number != 1) return no_boolean;
    cell = ValueView::of_bool(number == 1);
    return nullptr;
}

template <typename Wire>
const char* decode_integer_as_real(const RawCell& raw, ValueView& cell, Decimal&) {
    const Wire number = load<Wire>(raw.data);
    if constexpr (sizeof(Wire) == 8) {
        bool exact = number <= static_cast<Wire>(detail::largest_exact_double);
        if constexpr (std::is_signed_v<Wire>)
            exact = exact && number >= -detail::largest_exact_double;
        if (!exact) return detail::inexact_double;
    }
    cell = ValueView::of_real(static_cast<double>(number));
    return nullptr;
}

template <typename Wire>
const char* decode_integer_as_decimal(const RawCell& raw, ValueView& cell, Decimal& decimal) {
    decimal = Decimal(load<Wire>(raw.data));
    cell = ValueView::of_decimal(decimal);
    return nullptr;
}

template <typename Wire>
Decoder integer_decoder(Kind wanted) noexcept {
    switch (wanted) {
        case Kind::int64: return decode_integer<Wire>;
        case Kind::uint64: return decode_natural<Wire>;
        case Kind::boolean: return decode_boolean<Wire>;
        case Kind::float64: return decode_integer_as_real<Wire>;
        case Kind::decimal: return decode_integer_as_decimal<Wire>;
        case Kind::null:
            return std::is_same_v<Wire, std::uint64_t> ? decode_by_size : decode_integer<Wire>;
        default: return nullptr;
    }
}

template <typename Signed>
Decoder integer_decoder(bool is_unsigned, Kind wanted) noexcept {
    return is_unsigned ? integer_decoder<std::make_unsigned_t<Signed>>(wanted)
                       : integer_decoder<Signed>(wanted);
}

/// BIT(n): up to eight bytes, the most significant first.
std::uint64_t bits_of(const RawCell& raw) noexcept {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < raw.size; ++i) bits = bits << 8 | raw.data[i];
    return bits;
}

template <Decoder decode_number>
const char* decode_bits(const RawCell& raw, ValueView& cell, Decimal& decimal) {
    if (raw.size > sizeof(std::uint64_t)) return unknown_form;
    unsigned char bytes[sizeof(std::uint64_t)];
    store(bytes, bits_of(raw));
    return decode_number({bytes, sizeof bytes}, cell, decimal);
}

Decoder bit_decoder(Kind wanted) noexcept {
    switch (wanted) {
        case Kind::null: return decode_bits<decode_by_size>;
        case Kind::int64: return decode_bits<decode_integer<std::uint64_t>>;
        case Kind::uint64: return decode_bits<decode_natural<std::uint64_t>>;
        case Kind::boolean: return decode_bits<decode_boolean<std::uint64_t>>;
        default: return nullptr;
    }
}

// --- other numbers

const char* decode_float32(const RawCell& raw, ValueView& cell, Decimal&) {
    cell = ValueView::of_real(std::bit_cast<float>(load<std::uint32_t>(raw.data)));
    return nullptr;
}

const char* decode_float64(const RawCell& raw, ValueView& cell, Decimal&) {
    cell = ValueView::of_real(std::bit_cast<double>(load<std::uint64_t>(raw.data)));
    return nullptr;
}

std::string_view text_of(const RawCell& raw) noexcept {
    return {reinterpret_cast<const char*>(raw.data), raw.size};
}

/// Of a number without a scale of its own, which stands in a DECIMAL(65, 30), the zeros at the end
/// say nothing.
const char* decode_decimal(const RawCell& raw, ValueView& cell, Decimal& decimal) {
    constexpr int scale_for_any = 30;
    decimal = Decimal::parse(text_of(raw));
    if (decimal.scale() == scale_for_any) decimal = decimal.normalized();
    cell = ValueView::of_decimal(decimal);
    return nullptr;
}

/// What sum() gives of integers is a decimal too.
const char* decode_decimal_as_integer(const RawCell& raw, ValueView& cell, Decimal&) {
    cell = ValueView::of_integer(Decimal::parse(text_of(raw)).to_int64());
    return nullptr;
}

const char* decode_decimal_as_natural(const RawCell& raw, ValueView& cell, Decimal&) {
    const Decimal whole = Decimal::parse(text_of(raw)).rescale(0);
    if (whole.is_negative()) return negative;
    const auto number = whole.small_coefficient();
    if (!number) return "the number is beyond the range of an unsigned 64-bit integer";
    cell = ValueView::of_natural(*number);
    return nullptr;
}

const char* decode_decimal_as_real(const RawCell& raw, ValueView& cell, Decimal&) {
    cell = ValueView::of_real(Decimal::parse(text_of(raw)).to_double());
    return nullptr;
}

Decoder decimal_decoder(Kind wanted) noexcept {
    switch (wanted) {
        case Kind::null:
        case Kind::decimal: return decode_decimal;
        case Kind::int64: return decode_decimal_as_integer;
        case Kind::uint64: return decode_decimal_as_natural;
        case Kind::float64: return decode_decimal_as_real;
        default: return nullptr;
    }
}

// --- dates and times

constexpr char zero_date[] = "the zero date is no date: store NULL instead";

/// Days since 1970-01-01, from the four bytes that dates begin with.
const char* days_of(const RawCell& raw, std::int64_t& days) {
    using namespace std::chrono;
    if (raw.size == 0) return zero_date;
    if (raw.size < 4) return unknown_form;
    const year_month_day date{year{load<std::uint16_t>(raw.data)}, month{raw.data[2]},
                              day{raw.data[3]}};
    if (raw.data[2] == 0 || raw.data[3] == 0) return "a month or day of zero makes no date";
    if (!date.ok()) return "there is no such date";
    days = sys_days{date}.time_since_epoch().count();
    return nullptr;
}

/// Microseconds since midnight, from hour, minute and second, and four bytes more where there is a
/// fraction.
std::int64_t time_of_day(const unsigned char* bytes, bool has_fraction) noexcept {
    const std::int64_t seconds = (std::int64_t{bytes[0]} * 60 + bytes[1]) * 60 + bytes[2];
    return seconds * 1'000'000 + (has_fraction ? load<std::uint32_t>(bytes + 3) : 0);
}

const char* decode_date(const RawCell& raw, ValueView& cell, Decimal&) {
    std::int64_t days = 0;
    if (const char* const problem = days_of(raw, days)) return problem;
    cell = ValueView::of_integer(days, Kind::date);
    return nullptr;
}

template <Kind kind>
const char* decode_datetime(const RawCell& raw, ValueView& cell, Decimal&) {
    std::int64_t days = 0;
    if (const char* const problem = days_of(raw, days)) return problem;
    std::int64_t time = 0;
    if (raw.size >= 7) time = time_of_day(raw.data + 4, raw.size >= 11);
    cell = ValueView::of_integer(days * microseconds_per_day + time, kind);
    return nullptr;
}

const char* decode_time(const RawCell& raw, ValueView& cell, Decimal&) {
    std::int64_t time = 0;
    if (raw.size >= 8) {
        const bool is_negative = raw.data[0] != 0;
        if (is_negative || load<std::uint32_t>(raw.data + 1) != 0 || raw.data[5] > 23)
            return "it is no time of day but a span, beyond 00:00 to 23:59:59.999999";
        time = time_of_day(raw.data + 5, raw.size >= 12);
    } else if (raw.size != 0) {
        return unknown_form;
    }
    cell = ValueView::of_integer(time, Kind::time);
    return nullptr;
}

// --- text and bytes

template <Kind kind>
const char* decode_kept(const RawCell& raw, ValueView& cell, Decimal&) {
    cell.chars = {reinterpret_cast<const char*>(raw.data), raw.size};
    cell.kind = kind;
    return nullptr;
}

const char* decode_uuid_text(const RawCell& raw, ValueView& cell, Decimal&) {
    cell = ValueView::of_uuid(Uuid::parse(text_of(raw)).bytes.data());
    return nullptr;
}

const char* decode_uuid_bytes(const RawCell& raw, ValueView& cell, Decimal&) {
    if (raw.size != 16) return "a uuid has 16 bytes";
    cell = ValueView::of_uuid(raw.data);
    return nullptr;
}

template <Kind kind, auto parse>
const char* decode_parsed(const RawCell& raw, ValueView& cell, Decimal&) {
    cell = ValueView::of_integer(parse(text_of(raw)), kind);
    return nullptr;
}

/// Functions of dates often give text, as COALESCE and CASE of mixed types do.
Decoder text_decoder(Kind wanted) noexcept {
    switch (wanted) {
        case Kind::null:
        case Kind::text: return decode_kept<Kind::text>;
        case Kind::uuid: return decode_uuid_text;
        case Kind::date: return decode_parsed<Kind::date, parse_date>;
        case Kind::time: return decode_parsed<Kind::time, parse_time>;
        case Kind::datetime: return decode_parsed<Kind::datetime, parse_datetime>;
        case Kind::timestamp: return decode_parsed<Kind::timestamp, parse_utc_datetime>;
        default: return nullptr;
    }
}

Decoder bytes_decoder(Kind wanted) noexcept {
    if (wanted == Kind::uuid) return decode_uuid_bytes;
    return wanted == Kind::null || wanted == Kind::bytes ? decode_kept<Kind::bytes> : nullptr;
}

Decoder only(Kind kind, Kind wanted, Decoder decoder) noexcept {
    return wanted == kind || wanted == Kind::null ? decoder : nullptr;
}

/// A column that is NULL whatever happens fits everywhere.
const char* decode_nothing(const RawCell&, ValueView&, Decimal&) {
    return unknown_form;
}

bool travels_as_text(const ColumnForm& form) noexcept {
    return !form.is_binary || form.is_uuid;
}

}  // namespace

ColumnForm ColumnForm::of(const MYSQL_FIELD& field) noexcept {
    constexpr unsigned binary = 63;  // the character set of what is none
    ColumnForm form;
    form.type = field.type;
    form.is_unsigned = (field.flags & UNSIGNED_FLAG) != 0;
    form.is_binary = field.charsetnr == binary;
    MARIADB_CONST_STRING name{};
    const auto what = MARIADB_FIELD_ATTR_DATA_TYPE_NAME;
    if (mariadb_field_attr(&name, &field, what) == 0 && name.str != nullptr)
        form.is_uuid = std::string_view(name.str, name.length) == "uuid";
    return form;
}

Decoder find_decoder(const ColumnForm& form, Kind wanted) noexcept {
    switch (form.type) {
        case MYSQL_TYPE_NULL: return decode_nothing;
        case MYSQL_TYPE_TINY: return integer_decoder<std::int8_t>(form.is_unsigned, wanted);
        case MYSQL_TYPE_SHORT: return integer_decoder<std::int16_t>(form.is_unsigned, wanted);
        case MYSQL_TYPE_YEAR: return integer_decoder<std::uint16_t>(wanted);
        case MYSQL_TYPE_INT24:
        case MYSQL_TYPE_LONG: return integer_decoder<std::int32_t>(form.is_unsigned, wanted);
        case MYSQL_TYPE_LONGLONG: return integer_decoder<std::int64_t>(form.is_unsigned, wanted);
        case MYSQL_TYPE_FLOAT: return only(Kind::float64, wanted, decode_float32);
        case MYSQL_TYPE_DOUBLE: return only(Kind::float64, wanted, decode_float64);
        case MYSQL_TYPE_DECIMAL:
        case MYSQL_TYPE_NEWDECIMAL: return decimal_decoder(wanted);
        case MYSQL_TYPE_BIT: return bit_decoder(wanted);
        case MYSQL_TYPE_DATE: return only(Kind::date, wanted, decode_date);
        case MYSQL_TYPE_TIME: return only(Kind::time, wanted, decode_time);
        case MYSQL_TYPE_DATETIME:
            return wanted == Kind::timestamp
                       ? decode_datetime<Kind::timestamp>
                       : only(Kind::datetime, wanted, decode_datetime<Kind::datetime>);
        case MYSQL_TYPE_TIMESTAMP:
            return wanted == Kind::datetime
                       ? decode_datetime<Kind::datetime>
                       : only(Kind::timestamp, wanted, decode_datetime<Kind::timestamp>);
        case MYSQL_TYPE_GEOMETRY: return bytes_decoder(wanted);
        default: break;
    }
    if (form.is_uuid && wanted == Kind::null) return decode_uuid_text;
    return travels_as_text(form) ? text_decoder(wanted) : bytes_decoder(wanted);
}

bool keeps_bytes(Decoder decoder) noexcept {
    return decoder == decode_kept<Kind::text> || decoder == decode_kept<Kind::bytes>;
}

Kind natural_kind(const ColumnForm& form) noexcept {
    switch (form.type) {
        case MYSQL_TYPE_NULL:
        case MYSQL_TYPE_BIT: return Kind::null;
        case MYSQL_TYPE_LONGLONG: return form.is_unsigned ? Kind::null : Kind::int64;
        case MYSQL_TYPE_TINY:
        case MYSQL_TYPE_SHORT:
        case MYSQL_TYPE_YEAR:
        case MYSQL_TYPE_INT24:
        case MYSQL_TYPE_LONG: return Kind::int64;
        case MYSQL_TYPE_FLOAT:
        case MYSQL_TYPE_DOUBLE: return Kind::float64;
        case MYSQL_TYPE_DECIMAL:
        case MYSQL_TYPE_NEWDECIMAL: return Kind::decimal;
        case MYSQL_TYPE_DATE: return Kind::date;
        case MYSQL_TYPE_TIME: return Kind::time;
        case MYSQL_TYPE_DATETIME: return Kind::datetime;
        case MYSQL_TYPE_TIMESTAMP: return Kind::timestamp;
        case MYSQL_TYPE_GEOMETRY: return Kind::bytes;
        default: break;
    }
    if (form.is_uuid) return Kind::uuid;
    return travels_as_text(form) ? Kind::text : Kind::bytes;
}

std::string_view decoding_remedy(const ColumnForm& form, Kind wanted) noexcept {
    const Kind natural = natural_kind(form);
    if (natural == Kind::bytes && wanted == Kind::text) return "read it as CAST(… AS CHAR)";
    if (natural == Kind::text && wanted == Kind::bytes) return "read it as CAST(… AS BINARY)";
    return "cast it in the statement, or ask for the kind that fits the column";
}

std::string_view type_name(const ColumnForm& form) noexcept {
    switch (form.type) {
        case MYSQL_TYPE_TINY: return form.is_unsigned ? "tinyint unsigned" : "tinyint";
        case MYSQL_TYPE_SHORT: return form.is_unsigned ? "smallint unsigned" : "smallint";
        case MYSQL_TYPE_INT24: return form.is_unsigned ? "mediumint unsigned" : "mediumint";
        case MYSQL_TYPE_LONG: return form.is_unsigned ? "int unsigned" : "int";
        case MYSQL_TYPE_LONGLONG: return form.is_unsigned ? "bigint unsigned" : "bigint";
        case MYSQL_TYPE_YEAR: return "year";
        case MYSQL_TYPE_FLOAT: return "float";
        case MYSQL_TYPE_DOUBLE: return "double";
        case MYSQL_TYPE_DECIMAL:
        case MYSQL_TYPE_NEWDECIMAL: return "decimal";
        case MYSQL_TYPE_BIT: return "bit";
        case MYSQL_TYPE_DATE: return "date";
        case MYSQL_TYPE_TIME: return "time";
        case MYSQL_TYPE_DATETIME: return "datetime";
        case MYSQL_TYPE_TIMESTAMP: return "timestamp";
        case MYSQL_TYPE_GEOMETRY: return "geometry";
        case MYSQL_TYPE_NULL: return "null";
        default: break;
    }
    if (form.is_uuid) return "uuid";
    return form.is_binary ? "blob" : "text";
}

std::size_t fixed_size(enum_field_types type) noexcept {
    switch (type) {
        case MYSQL_TYPE_TINY: return 1;
        case MYSQL_TYPE_SHORT:
        case MYSQL_TYPE_YEAR: return 2;
        case MYSQL_TYPE_INT24:
        case MYSQL_TYPE_LONG:
        case MYSQL_TYPE_FLOAT: return 4;
        case MYSQL_TYPE_LONGLONG:
        case MYSQL_TYPE_DOUBLE: return 8;
        default: return 0;
    }
}

std::size_t take_length(const unsigned char*& position) noexcept {
    const unsigned char first = *position++;
    std::size_t length = first;
    switch (first) {
        case 252:
            length = load<std::uint16_t>(position);
            position += 2;
            break;
        case 253:
            length = position[0] | std::size_t{position[1]} << 8 | std::size_t{position[2]} << 16;
            position += 3;
            break;
        case 254:
            length = load<std::uint64_t>(position);
            position += 8;
            break;
        default: break;
    }
    return length;
}

}  // namespace azoth::inline v0::mariadb
