// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/dialects/sqlite/bind.hpp>
#include <azoth/dialects/sqlite/conversion.hpp>
#include <azoth/types/decimal.hpp>
#include <azoth/types/temporal.hpp>

#include <sqlite3.h>

#include <cmath>
#include <limits>

namespace azoth::inline v0::sqlite {
namespace {

int bind_static_text(sqlite3_stmt* statement, int index, std::string_view text) {
    // a null pointer would bind NULL
    const char* const bytes = text.data() == nullptr ? "" : text.data();
    return sqlite3_bind_text64(statement, index, bytes, text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

template <typename Integer>
using Formatter = char* (*)(char*, Integer);

template <typename Integer>
int bind_formatted(sqlite3_stmt* statement, int index, std::int64_t value, std::size_t size,
                   Formatter<Integer> format, Arena& arena) {
    if (value < std::numeric_limits<Integer>::min() || value > std::numeric_limits<Integer>::max())
        throw ConversionProblem("a date beyond the years 0001 to 9999");
    char* const text = arena.take(size);
    try {
        const char* const end = format(text, static_cast<Integer>(value));
        return bind_static_text(statement, index, {text, end});
    } catch (const DataError& error) {
        throw ConversionProblem(error.fault().message);
    }
}

int bind_uuid(sqlite3_stmt* statement, int index, const unsigned char* bytes, Arena& arena) {
    static constexpr char digits[] = "0123456789abcdef";
    char* const text = arena.take(32);
    for (std::size_t i = 0; i < 16; ++i) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    return bind_static_text(statement, index, {text, 32});
}

std::string_view decimal_text(const Decimal& value, Arena& arena) {
    char* const text = arena.take(value.text_size());
    return {text, value.write_to(text)};
}

}  // namespace

int bind_value(sqlite3_stmt* statement, int index, const ValueView& value, Arena& arena) {
    switch (value.kind) {
        case Kind::null: return sqlite3_bind_null(statement, index);
        case Kind::boolean: return sqlite3_bind_int64(statement, index, value.boolean ? 1 : 0);
        case Kind::int64: return sqlite3_bind_int64(statement, index, value.integer);
        case Kind::uint64:
            if (value.natural >
                static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
                throw ConversionProblem(
                    "an integer beyond SQLite's range, which ends at 9223372036854775807");
            return sqlite3_bind_int64(statement, index, static_cast<std::int64_t>(value.natural));
        case Kind::float64:
            if (std::isnan(value.real))
                throw ConversionProblem("NaN, which SQLite would store as NULL; bind NULL instead");
            return sqlite3_bind_double(statement, index, value.real);
        case Kind::text:
            require_utf8(value.text());
            return bind_static_text(statement, index, value.text());
        case Kind::bytes:
            return sqlite3_bind_blob64(statement, index,
                                       value.chars.data == nullptr ? "" : value.chars.data,
                                       value.chars.size, SQLITE_STATIC);
        case Kind::date:
            return bind_formatted<std::int32_t>(statement, index, value.integer, date_size,
                                                &format_date, arena);
        case Kind::time:
            return bind_formatted<std::int64_t>(statement, index, value.integer, time_size,
                                                &format_time, arena);
        case Kind::datetime:
        case Kind::timestamp:
            return bind_formatted<std::int64_t>(statement, index, value.integer, datetime_size,
                                                &format_datetime, arena);
        case Kind::uuid: return bind_uuid(statement, index, value.uuid, arena);
        case Kind::decimal:
            return bind_static_text(statement, index, decimal_text(*value.decimal, arena));
    }
    throw ConversionProblem("a value of unknown kind");
}

ValueView keep_in(Arena& arena, const ValueView& value) {
    if (value.kind == Kind::decimal) return ValueView::of_text(decimal_text(*value.decimal, arena));
    if (value.kind != Kind::text && value.kind != Kind::bytes) return value;
    ValueView kept = value;
    const std::string_view copy = arena.copy(value.text());
    kept.chars = {copy.data(), copy.size()};
    return kept;
}

}  // namespace azoth::inline v0::sqlite
