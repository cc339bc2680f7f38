// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/engine/row.hpp>
#include <azoth/types/exact_double.hpp>

#include <cmath>
#include <limits>

/// Conversions for rows whose types the program names only when it reads them.
namespace azoth::inline v0::engine {
namespace {

[[noreturn]] void refuse(const ValueView& cell, Kind wanted, std::string_view column) {
    throw DataError({.message = "column '" + std::string(column) + "' holds " +
                                std::string(to_string(cell.kind)) + " " + to_display(cell, 60) +
                                ", which is no " + std::string(to_string(wanted))});
}

ValueView from_text(std::string_view text, Kind wanted, Value& storage) {
    switch (wanted) {
        case Kind::date: return ValueView::of_integer(parse_date(text), Kind::date);
        case Kind::time: return ValueView::of_integer(parse_time(text), Kind::time);
        case Kind::datetime: return ValueView::of_integer(parse_datetime(text), Kind::datetime);
        case Kind::timestamp:
            return ValueView::of_integer(parse_utc_datetime(text), Kind::timestamp);
        case Kind::uuid: return ValueView::of_uuid(Uuid::parse(text).bytes.data());
        case Kind::decimal: {
            const Decimal number = Decimal::parse(text);
            storage = Value(ValueView::of_decimal(number));
            return storage.view();
        }
        default: return {};
    }
}

ValueView from_integer(std::int64_t value, Kind wanted, Value& storage) {
    switch (wanted) {
        case Kind::boolean:
            return value == 0 || value == 1 ? ValueView::of_bool(value == 1) : ValueView{};
        case Kind::float64:
            return value >= -detail::largest_exact_double && value <= detail::largest_exact_double
                       ? ValueView::of_real(static_cast<double>(value))
                       : ValueView{};
        case Kind::decimal: {
            const Decimal number(value);
            storage = Value(ValueView::of_decimal(number));
            return storage.view();
        }
        default: return {};
    }
}

ValueView from_decimal(const Decimal& value, Kind wanted) {
    if (wanted == Kind::float64) return ValueView::of_real(value.to_double());
    if (wanted == Kind::int64) return ValueView::of_integer(value.to_int64());
    return {};
}

}  // namespace

ValueView convert(const ValueView& cell, Kind wanted, Value& storage, std::string_view column) {
    ValueView converted;
    switch (cell.kind) {
        case Kind::text: converted = from_text(cell.text(), wanted, storage); break;
        case Kind::int64: converted = from_integer(cell.integer, wanted, storage); break;
        case Kind::decimal: converted = from_decimal(*cell.decimal, wanted); break;
        default: break;
    }
    if (converted.is_null()) refuse(cell, wanted, column);
    return converted;
}

}  // namespace azoth::inline v0::engine
