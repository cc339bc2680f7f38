// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/utf8.hpp>
#include <azoth/dialects/mariadb/encode_internal.hpp>
#include <azoth/types/decimal.hpp>
#include <azoth/types/exact_double.hpp>
#include <azoth/types/temporal.hpp>
#include <azoth/types/uuid.hpp>

#include <chrono>
#include <cmath>
#include <limits>

namespace azoth::inline v0::mariadb {
namespace {

// Refusals that several encoders give; compared by address.
constexpr char wrong_kind[] = "values of this kind don't fit it";
constexpr char out_of_range[] = "the value is out of range";
constexpr char beyond_years[] = "the date is beyond the years 0001 to 9999";

void set_chars(Parameter& parameter, enum_field_types type, std::string_view chars) noexcept {
    parameter.type = type;
    // a null pointer would be NULL
    parameter.chars = {chars.data() == nullptr ? "" : chars.data(), chars.size()};
}

Refusal encode_text(const ValueView& value, Arena&, Parameter& parameter) {
    if (find_invalid_utf8(value.text()) != std::string_view::npos)
        return "the text is not valid UTF-8";
    set_chars(parameter, MYSQL_TYPE_VAR_STRING, value.text());
    return nullptr;
}

Refusal encode_decimal(const Decimal& value, Arena& arena, Parameter& parameter) {
    // MariaDB would round what is longer, in silence
    constexpr int most_digits = 65;
    constexpr int most_scale = 38;
    const std::size_t size = value.text_size();
    char* const text = arena.take(size);
    const char* const end = value.write_to(text);
    const std::string_view whole(text, end);
    const std::size_t signs =
        (whole.starts_with('-') ? 1U : 0U) + (whole.find('.') != std::string_view::npos ? 1U : 0U);
    if (whole.size() - signs > most_digits || value.scale() > most_scale)
        return "MariaDB's decimals have at most 65 digits, of which 38 behind the point";
    set_chars(parameter, MYSQL_TYPE_NEWDECIMAL, whole);
    return nullptr;
}

void encode_integer(std::int64_t value, bool is_unsigned, Parameter& parameter) noexcept {
    parameter.type = MYSQL_TYPE_LONGLONG;
    parameter.is_unsigned = is_unsigned;
    parameter.integer = value;
}

Refusal encode_real(double value, Parameter& parameter) {
    if (!std::isfinite(value)) return "MariaDB has neither NaN nor infinity: bind NULL instead";
    parameter.type = MYSQL_TYPE_DOUBLE;
    parameter.real = value;
    return nullptr;
}

void set_date(MYSQL_TIME& time, std::int64_t days) {
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
    time.year = static_cast<unsigned>(static_cast<int>(date.year()));
    time.month = static_cast<unsigned>(date.month());
    time.day = static_cast<unsigned>(date.day());
}

void set_time(MYSQL_TIME& time, std::int64_t microseconds) noexcept {
    constexpr std::int64_t second = 1'000'000;
    time.hour = static_cast<unsigned>(microseconds / (3600 * second));
    time.minute = static_cast<unsigned>(microseconds / (60 * second) % 60);
    time.second = static_cast<unsigned>(microseconds / second % 60);
    time.second_part = static_cast<unsigned long>(microseconds % second);
}

constexpr std::int64_t first_day = -719'162;  // 0001-01-01
constexpr std::int64_t last_day = 2'932'896;  // 9999-12-31

Refusal encode_date(std::int64_t days, Parameter& parameter) {
    if (days < first_day || days > last_day) return beyond_years;
    parameter.time = {};
    parameter.time.time_type = MYSQL_TIMESTAMP_DATE;
    set_date(parameter.time, days);
    parameter.type = MYSQL_TYPE_DATE;
    return nullptr;
}

Refusal encode_time(std::int64_t microseconds, Parameter& parameter) {
    if (microseconds < 0 || microseconds >= microseconds_per_day) return out_of_range;
    parameter.time = {};
    parameter.time.time_type = MYSQL_TIMESTAMP_TIME;
    set_time(parameter.time, microseconds);
    parameter.type = MYSQL_TYPE_TIME;
    return nullptr;
}

Refusal encode_datetime(std::int64_t microseconds, Parameter& parameter) {
    std::int64_t days = microseconds / microseconds_per_day;
    std::int64_t rest = microseconds % microseconds_per_day;
    if (rest < 0) {
        rest += microseconds_per_day;
        --days;
    }
    if (days < first_day || days > last_day) return beyond_years;
    parameter.time = {};
    parameter.time.time_type = MYSQL_TIMESTAMP_DATETIME;
    set_date(parameter.time, days);
    set_time(parameter.time, rest);
    parameter.type = MYSQL_TYPE_DATETIME;
    return nullptr;
}

Refusal encode_uuid(const unsigned char* bytes, Arena& arena, Parameter& parameter) {
    char* const text = arena.take(Uuid::text_size);
    Uuid::from_bytes(bytes).write_to(text);
    set_chars(parameter, MYSQL_TYPE_VAR_STRING, {text, Uuid::text_size});
    return nullptr;
}

/// A value in the form of its own kind.
Refusal encode_as_it_is(const ValueView& value, Arena& arena, Parameter& parameter) {
    switch (value.kind) {
        case Kind::null: parameter.type = MYSQL_TYPE_NULL; return nullptr;
        case Kind::boolean:
            parameter.type = MYSQL_TYPE_TINY;
            parameter.tiny = value.boolean ? 1 : 0;
            return nullptr;
        case Kind::int64: encode_integer(value.integer, false, parameter); return nullptr;
        case Kind::uint64:
            encode_integer(static_cast<std::int64_t>(value.natural), true, parameter);
            return nullptr;
        case Kind::float64: return encode_real(value.real, parameter);
        case Kind::text: return encode_text(value, arena, parameter);
        case Kind::bytes: set_chars(parameter, MYSQL_TYPE_LONG_BLOB, value.text()); return nullptr;
        case Kind::date: return encode_date(value.integer, parameter);
        case Kind::time: return encode_time(value.integer, parameter);
        case Kind::datetime:
        case Kind::timestamp: return encode_datetime(value.integer, parameter);
        case Kind::uuid: return encode_uuid(value.uuid, arena, parameter);
        case Kind::decimal: return encode_decimal(*value.decimal, arena, parameter);
    }
    return wrong_kind;
}

// --- for parameters of a declared type

Refusal encode_float64(const ValueView& value, Parameter& parameter) {
    double number = 0;
    if (const Refusal refusal = detail::to_exact_double(value, number, wrong_kind)) return refusal;
    return encode_real(number, parameter);
}

/// As FLOAT: compared with a column of that type, 0.1 as DOUBLE would never be equal.
Refusal encode_float32(const ValueView& value, Parameter& parameter) {
    double number = 0;
    if (const Refusal refusal = detail::to_exact_double(value, number, wrong_kind)) return refusal;
    if (const Refusal refusal = encode_real(number, parameter)) return refusal;
    const auto narrow = static_cast<float>(number);
    if (std::isinf(narrow) || (narrow == 0 && number != 0)) return out_of_range;
    parameter.type = MYSQL_TYPE_FLOAT;
    parameter.single = narrow;
    return nullptr;
}

Refusal encode_numeric(const ValueView& value, Arena& arena, Parameter& parameter) {
    switch (value.kind) {
        case Kind::decimal:
        case Kind::int64:
        case Kind::uint64: return encode_as_it_is(value, arena, parameter);
        case Kind::float64:
            if (!std::isfinite(value.real)) return "NaN and infinity are no decimal numbers";
            return encode_decimal(Decimal::from_double(value.real), arena, parameter);
        default: return wrong_kind;
    }
}

Refusal encode_uuid_text(std::string_view text, Arena& arena, Parameter& parameter) {
    try {
        return encode_uuid(Uuid::parse(text).bytes.data(), arena, parameter);
    } catch (const DataError&) {
        return "the text is no uuid";
    }
}

Refusal encode_declared_uuid(const ValueView& value, Arena& arena, Parameter& parameter) {
    switch (value.kind) {
        case Kind::uuid: return encode_uuid(value.uuid, arena, parameter);
        case Kind::bytes:
            if (value.chars.size != 16) return "a uuid has 16 bytes";
            return encode_uuid(reinterpret_cast<const unsigned char*>(value.chars.data), arena,
                               parameter);
        case Kind::text: return encode_uuid_text(value.text(), arena, parameter);
        default: return wrong_kind;
    }
}

Refusal check_moment(const ValueView& value, bool with_zone) noexcept {
    if (value.kind == (with_zone ? Kind::timestamp : Kind::datetime)) return nullptr;
    if (value.kind == Kind::datetime)
        return "a datetime without a zone is no point in time: convert it first";
    if (value.kind == Kind::timestamp)
        return "a point in time would lose its zone: convert it to a local time first";
    return wrong_kind;
}

bool is_integer(Kind kind) noexcept {
    return kind == Kind::int64 || kind == Kind::uint64 || kind == Kind::boolean;
}

}  // namespace

Refusal encode(const ValueView& value, const Type& type, Arena& arena, Parameter& parameter) {
    const TypeKind kind = type.kind();
    if (value.is_null() || kind == TypeKind::null) return encode_as_it_is(value, arena, parameter);
    switch (kind) {
        case TypeKind::small_integer:
        case TypeKind::integer:
        case TypeKind::big_integer:
            if (!is_integer(value.kind)) return wrong_kind;
            break;
        case TypeKind::float32: return encode_float32(value, parameter);
        case TypeKind::float64: return encode_float64(value, parameter);
        case TypeKind::numeric: return encode_numeric(value, arena, parameter);
        case TypeKind::uuid: return encode_declared_uuid(value, arena, parameter);
        case TypeKind::datetime:
            if (const Refusal refusal = check_moment(value, type.def().timezone)) return refusal;
            break;
        default:
            if (value.kind != type.value_kind()) return wrong_kind;
    }
    return encode_as_it_is(value, arena, parameter);
}

std::size_t Parameter::packet_size() const noexcept {
    constexpr std::size_t longest_fixed = 14;  // date and time with their length
    constexpr std::size_t length_and_type = 12;
    return has_chars() ? chars.size + length_and_type : longest_fixed;
}

void Parameter::fill(MYSQL_BIND& bind) noexcept {
    bind.buffer_type = type;
    bind.is_unsigned = is_unsigned ? 1 : 0;
    if (has_chars()) {
        bind.buffer = const_cast<char*>(chars.data);  // only read
        bind.buffer_length = chars.size;
        bind.length = &chars.size;
    } else {
        bind.buffer = &integer;  // every member of the union begins here
    }
}

std::string refusal_message(std::size_t number, const Type& type, const ValueView& value,
                            Refusal refusal) {
    std::string message = "parameter " + std::to_string(number);
    if (type.kind() != TypeKind::null) message += " is of type " + to_display(type);
    if (refusal != wrong_kind) return message + ": " + refusal;
    return message + ", and the value given is of kind " + std::string(to_string(value.kind)) +
           ": give a value of the parameter's type, or cast the parameter in the statement";
}

}  // namespace azoth::inline v0::mariadb
