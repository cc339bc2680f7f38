// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/dialects/sqlite/conversion.hpp>
#include <azoth/dialects/sqlite/decode.hpp>
#include <azoth/dialects/sqlite/plain_cells.hpp>
#include <azoth/types/temporal.hpp>
#include <azoth/types/uuid.hpp>

#include <sqlite3.h>

#include <cmath>
#include <new>
#include <string>

namespace azoth::inline v0::sqlite {
namespace {

ValueView::Chars bytes_of(sqlite3_value* value) noexcept {
    const auto* const bytes = static_cast<const char*>(sqlite3_value_blob(value));
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
    // an empty blob is a null pointer, and so is one that memory ran out for
    return {size == 0 ? "" : bytes, size};
}

std::string describe(const RawCell& raw) {
    switch (raw.type) {
        case SQLITE_INTEGER: return "the integer " + std::to_string(raw.integer);
        case SQLITE_FLOAT:
            return "the floating point number " + to_display(ValueView::of_real(raw.real));
        case SQLITE_TEXT:
            return "the text " + detail::excerpt({raw.chars.data, raw.chars.size}, 40);
        default: return "a blob of " + std::to_string(raw.chars.size) + " bytes";
    }
}

[[noreturn]] void refuse(const RawCell& raw, Kind wanted, std::string_view reason = {}) {
    std::string problem = describe(raw) + " where " + std::string(to_string(wanted)) + " is wanted";
    if (!reason.empty()) problem.append(": ").append(reason);
    throw ConversionProblem(problem);
}

// 2^63, which double holds exactly while INT64_MAX is none
constexpr double int64_end = 9223372036854775808.0;

std::int64_t whole_number(const RawCell& raw, Kind wanted) {
    if (raw.type == SQLITE_INTEGER) return raw.integer;
    if (raw.type != SQLITE_FLOAT) refuse(raw, wanted);
    if (!(raw.real >= -int64_end && raw.real < int64_end)) refuse(raw, wanted, "out of range");
    if (std::trunc(raw.real) != raw.real) refuse(raw, wanted, "it has a fraction");
    return static_cast<std::int64_t>(raw.real);
}

double floating_point(const RawCell& raw) {
    if (raw.type == SQLITE_FLOAT) return raw.real;
    if (raw.type != SQLITE_INTEGER) refuse(raw, Kind::float64);
    const auto nearest = static_cast<double>(raw.integer);
    if (nearest >= int64_end || static_cast<std::int64_t>(nearest) != raw.integer)
        refuse(raw, Kind::float64, "it has more digits than floating point holds");
    return nearest;
}

std::string_view text(const RawCell& raw, Kind wanted) {
    if (raw.type != SQLITE_TEXT) refuse(raw, wanted);
    if (raw.chars.data == nullptr) throw std::bad_alloc();
    return {raw.chars.data, raw.chars.size};
}

std::string_view utf8_text(const RawCell& raw) {
    const std::string_view whole = text(raw, Kind::text);
    const std::size_t position = first_invalid_utf8(whole);
    if (position != std::string_view::npos)
        refuse(raw, Kind::text,
               "not UTF-8 at byte " + std::to_string(position) + "; read it as CAST(… AS BLOB)");
    return whole;
}

std::string_view bytes(const RawCell& raw) {
    if (raw.type != SQLITE_BLOB)
        refuse(raw, Kind::bytes, raw.type == SQLITE_TEXT ? "read it as CAST(… AS BLOB)" : "");
    if (raw.chars.data == nullptr) throw std::bad_alloc();
    return {raw.chars.data, raw.chars.size};
}

void decode_uuid(const RawCell& raw, ValueView& cell) {
    if (raw.type == SQLITE_BLOB && raw.chars.size == 16) {
        const std::string_view sixteen = bytes(raw);
        cell = ValueView::of_uuid(reinterpret_cast<const unsigned char*>(sixteen.data()));
    } else {
        cell = ValueView::of_uuid(Uuid::parse(text(raw, Kind::uuid)).bytes.data());
    }
}

Decimal decimal_number(const RawCell& raw) {
    if (raw.type == SQLITE_INTEGER) return raw.integer;
    if (raw.type == SQLITE_FLOAT) return Decimal::from_double(raw.real);
    return Decimal::parse(text(raw, Kind::decimal));
}

void decode_kind(const RawCell& raw, Kind wanted, ValueView& cell, Decimal& decimal) {
    switch (wanted) {
        case Kind::null: decode_kind(raw, natural_kinds[raw.type], cell, decimal); break;
        case Kind::boolean:
            if (raw.type != SQLITE_INTEGER || (raw.integer != 0 && raw.integer != 1))
                refuse(raw, wanted, "it must be 0 or 1");
            cell = ValueView::of_bool(raw.integer != 0);
            break;
        case Kind::int64: cell = ValueView::of_integer(whole_number(raw, wanted)); break;
        case Kind::uint64: {
            const std::int64_t number = whole_number(raw, wanted);
            if (number < 0) refuse(raw, wanted, "it is negative");
            cell = ValueView::of_natural(static_cast<std::uint64_t>(number));
            break;
        }
        case Kind::float64: cell = ValueView::of_real(floating_point(raw)); break;
        case Kind::text: cell = ValueView::of_text(utf8_text(raw)); break;
        case Kind::bytes: {
            const std::string_view blob = bytes(raw);
            cell = ValueView::of_bytes(std::as_bytes(std::span(blob.data(), blob.size())));
            break;
        }
        case Kind::date: cell = ValueView::of_integer(parse_date(text(raw, wanted)), wanted); break;
        case Kind::time: cell = ValueView::of_integer(parse_time(text(raw, wanted)), wanted); break;
        case Kind::datetime:
            cell = ValueView::of_integer(parse_datetime(text(raw, wanted)), wanted);
            break;
        case Kind::timestamp:
            cell = ValueView::of_integer(parse_utc_datetime(text(raw, wanted)), wanted);
            break;
        case Kind::uuid: decode_uuid(raw, cell); break;
        case Kind::decimal:
            decimal = decimal_number(raw);
            cell = ValueView::of_decimal(decimal);
            break;
    }
}

}  // namespace

RawCell read_cell(sqlite3_stmt* statement, int column) noexcept {
    sqlite3_value* const value = sqlite3_column_value(statement, column);
    RawCell cell{sqlite3_value_type(value), {0}};
    switch (cell.type) {
        case SQLITE_INTEGER: cell.integer = sqlite3_value_int64(value); break;
        case SQLITE_FLOAT: cell.real = sqlite3_value_double(value); break;
        case SQLITE_TEXT: cell.chars = text_of(value); break;
        case SQLITE_BLOB: cell.chars = bytes_of(value); break;
        default: break;
    }
    return cell;
}

RawCell keep_in(Arena& arena, const RawCell& cell) {
    if (cell.type != SQLITE_TEXT && cell.type != SQLITE_BLOB) return cell;
    if (cell.chars.data == nullptr) throw std::bad_alloc();
    RawCell kept = cell;
    const std::string_view copy = arena.copy({cell.chars.data, cell.chars.size});
    kept.chars = {copy.data(), copy.size()};
    return kept;
}

bool decode_rarer_cell(sqlite3_value* value, int type, Kind wanted, ValueView& cell) noexcept {
    switch (wanted) {
        case Kind::null: return decode_rarer_cell(value, type, natural_kinds[type], cell);
        case Kind::int64:
            if (type != SQLITE_INTEGER) return false;
            cell = ValueView::of_integer(sqlite3_value_int64(value));
            return true;
        case Kind::text: return type == SQLITE_TEXT && decode_text(value, cell);
        case Kind::float64:
            if (type != SQLITE_FLOAT) return false;
            cell = ValueView::of_real(sqlite3_value_double(value));
            return true;
        case Kind::bytes:
            if (type != SQLITE_BLOB) return false;
            cell.chars = bytes_of(value);
            cell.kind = Kind::bytes;
            return cell.chars.data != nullptr;
        case Kind::boolean: {
            if (type != SQLITE_INTEGER) return false;
            const std::int64_t number = sqlite3_value_int64(value);
            cell = ValueView::of_bool(number != 0);
            return number == 0 || number == 1;
        }
        default: return false;
    }
}

void decode_cell(const RawCell& raw, Kind wanted, ValueView& cell, Decimal& decimal) {
    if (raw.type == SQLITE_NULL) {
        cell = ValueView();
        return;
    }
    try {
        decode_kind(raw, wanted, cell, decimal);
    } catch (const DataError& error) {
        refuse(raw, wanted, error.fault().message);
    }
}

}  // namespace azoth::inline v0::sqlite
