// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/types/decimal.hpp>
#include <azoth/types/enum.hpp>
#include <azoth/types/temporal.hpp>
#include <azoth/types/type.hpp>
#include <azoth/types/uuid.hpp>
#include <azoth/types/value.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace azoth::inline v0 {

/// How a C++ type travels to and from a database. Specialise it to add a type:
///
///     template <> struct azoth::TypeTraits<Money> {
///         static constexpr Kind kind = Kind::int64;                      // the form that travels
///         static constexpr Family family = Family::other;                // compares with itself
///         only static const Type& type() { return plain_type(TypeKind::big_integer); } static
///         ValueView view(const Money& m) { return ValueView::of_integer(m.cents); } static Money
///         from(const ValueView& cell) { return Money{cell.integer}; }
///     };
///
/// `view` may point into its argument. `from` gets a cell of `kind`, never NULL. Stateless, so safe
/// from any thread. SQLAlchemy: `TypeDecorator`.
template <class T>
struct TypeTraits;

/// What compares with what in SQL.
enum class Family : std::uint8_t {
    number,
    boolean,
    text,
    bytes,
    date,
    time,
    datetime,
    timestamp,
    uuid,
    other,  ///< only with the very same C++ type
};

namespace detail {

/// Throws DataError "… does not fit into …" for a cell that the C++ type can't hold.
[[noreturn]] AZOTH_EXPORT void throw_out_of_range(std::int64_t value, int bits, bool is_signed);
/// The nearest float. Throws DataError where that would be infinite and `value` is not.
[[nodiscard]] AZOTH_EXPORT float to_float(double value);
[[noreturn]] AZOTH_EXPORT void throw_unknown_label(std::string_view label,
                                                   std::string_view enum_name);
[[noreturn]] AZOTH_EXPORT void throw_unnamed_enumerator(long long value,
                                                        std::string_view enum_name);
// Not inline: every column of every statement would carry a copy of these constructors.
[[nodiscard]] AZOTH_EXPORT std::string copy_text(const ValueView& cell);
[[nodiscard]] AZOTH_EXPORT std::vector<std::byte> copy_bytes(const ValueView& cell);
[[nodiscard]] AZOTH_EXPORT Type make_enum_type(const EnumDescription& description);

template <class T>
concept Integer = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> &&
                  !std::same_as<T, wchar_t> && !std::same_as<T, char8_t> &&
                  !std::same_as<T, char16_t> && !std::same_as<T, char32_t>;

/// Unsigned types take the next larger SQL integer, so that every value has room.
template <class T>
inline constexpr TypeKind integer_type_kind =
    sizeof(T) + (std::unsigned_integral<T> ? 1 : 0) <= 2   ? TypeKind::small_integer
    : sizeof(T) + (std::unsigned_integral<T> ? 1 : 0) <= 4 ? TypeKind::integer
                                                           : TypeKind::big_integer;

template <class T>
concept HasTraits = requires { TypeTraits<T>::kind; };

template <class T>
struct unwrap_optional {
    using type = T;
    static constexpr bool is_optional = false;
};
template <class T>
struct unwrap_optional<std::optional<T>> {
    using type = T;
    static constexpr bool is_optional = true;
};
template <class T>
using unwrap_optional_t = typename unwrap_optional<T>::type;
template <class T>
inline constexpr bool is_optional = unwrap_optional<T>::is_optional;

}  // namespace detail

template <detail::Integer T>
struct TypeTraits<T> {
    static constexpr Kind kind = Kind::int64;
    static constexpr Family family = Family::number;
    static const Type& type() { return plain_type(detail::integer_type_kind<T>); }
    static ValueView view(T value) noexcept {
        if constexpr (sizeof(T) == 8 && std::unsigned_integral<T>) {
            if (value > static_cast<T>(std::numeric_limits<std::int64_t>::max()))
                return ValueView::of_natural(value);
        }
        return ValueView::of_integer(static_cast<std::int64_t>(value));
    }
    static T from(const ValueView& cell) {
        const auto value = static_cast<T>(cell.integer);
        if constexpr (sizeof(T) < 8) {
            if (static_cast<std::int64_t>(value) != cell.integer)
                detail::throw_out_of_range(cell.integer, sizeof(T) * 8, std::signed_integral<T>);
        } else if constexpr (std::unsigned_integral<T>) {
            if (cell.kind == Kind::uint64) return static_cast<T>(cell.natural);
            if (cell.integer < 0) detail::throw_out_of_range(cell.integer, 64, false);
        }
        return value;
    }
};

template <>
struct TypeTraits<bool> {
    static constexpr Kind kind = Kind::boolean;
    static constexpr Family family = Family::boolean;
    static const Type& type() { return plain_type(TypeKind::boolean); }
    static ValueView view(bool value) noexcept { return ValueView::of_bool(value); }
    static bool from(const ValueView& cell) noexcept { return cell.boolean; }
};

template <std::floating_point T>
    requires(sizeof(T) <= 8)
struct TypeTraits<T> {
    static constexpr Kind kind = Kind::float64;
    static constexpr Family family = Family::number;
    static const Type& type() {
        return plain_type(sizeof(T) == 4 ? TypeKind::float32 : TypeKind::float64);
    }
    static ValueView view(T value) noexcept { return ValueView::of_real(value); }
    static T from(const ValueView& cell) {
        if constexpr (sizeof(T) == 4) return detail::to_float(cell.real);
        return static_cast<T>(cell.real);
    }
};

template <>
struct TypeTraits<std::string> {
    static constexpr Kind kind = Kind::text;
    static constexpr Family family = Family::text;
    static const Type& type() { return plain_type(TypeKind::string); }
    static ValueView view(std::string_view value) noexcept { return ValueView::of_text(value); }
    static std::string from(const ValueView& cell) { return detail::copy_text(cell); }
};
/// Values only: a result can't borrow its text from the driver beyond the row.
template <>
struct TypeTraits<std::string_view> {
    static constexpr Kind kind = Kind::text;
    static constexpr Family family = Family::text;
    static const Type& type() { return plain_type(TypeKind::string); }
    static ValueView view(std::string_view value) noexcept { return ValueView::of_text(value); }
};

template <>
struct TypeTraits<std::vector<std::byte>> {
    static constexpr Kind kind = Kind::bytes;
    static constexpr Family family = Family::bytes;
    static const Type& type() { return plain_type(TypeKind::large_binary); }
    static ValueView view(std::span<const std::byte> value) noexcept {
        return ValueView::of_bytes(value);
    }
    static std::vector<std::byte> from(const ValueView& cell) { return detail::copy_bytes(cell); }
};
template <>
struct TypeTraits<std::span<const std::byte>> {
    static constexpr Kind kind = Kind::bytes;
    static constexpr Family family = Family::bytes;
    static const Type& type() { return plain_type(TypeKind::large_binary); }
    static ValueView view(std::span<const std::byte> value) noexcept {
        return ValueView::of_bytes(value);
    }
};

template <>
struct TypeTraits<std::chrono::year_month_day> {
    static constexpr Kind kind = Kind::date;
    static constexpr Family family = Family::date;
    static const Type& type() { return plain_type(TypeKind::date); }
    static ValueView view(std::chrono::year_month_day value) {
        return ValueView::of_integer(to_days(value), Kind::date);
    }
    static std::chrono::year_month_day from(const ValueView& cell) {
        return date_from_days(static_cast<std::int32_t>(cell.integer));
    }
};
template <>
struct TypeTraits<Time> {
    static constexpr Kind kind = Kind::time;
    static constexpr Family family = Family::time;
    static const Type& type() { return plain_type(TypeKind::time); }
    static ValueView view(Time value) noexcept {
        return ValueView::of_integer(to_microseconds(value), Kind::time);
    }
    static Time from(const ValueView& cell) { return time_from_microseconds(cell.integer); }
};
/// Date and time of day without a zone. A time point of seconds or milliseconds converts.
template <class Duration>
struct TypeTraits<std::chrono::local_time<Duration>> {
    static_assert(std::ratio_greater_equal_v<typename Duration::period, std::micro>,
                  "databases keep microseconds: convert with std::chrono::floor<microseconds>");
    static constexpr Kind kind = Kind::datetime;
    static constexpr Family family = Family::datetime;
    static const Type& type() { return plain_type(TypeKind::datetime); }
    static ValueView view(std::chrono::local_time<Duration> value) noexcept {
        return ValueView::of_integer(to_microseconds(LocalDateTime(value)), Kind::datetime);
    }
    static LocalDateTime from(const ValueView& cell)
        requires std::same_as<Duration, std::chrono::microseconds>
    {
        return local_datetime_from_microseconds(cell.integer);
    }
};
/// A point in time, stored as UTC.
template <class Duration>
struct TypeTraits<std::chrono::sys_time<Duration>> {
    static_assert(std::ratio_greater_equal_v<typename Duration::period, std::micro>,
                  "databases keep microseconds: convert with std::chrono::floor<microseconds>");
    static constexpr Kind kind = Kind::timestamp;
    static constexpr Family family = Family::timestamp;
    static const Type& type() {
        static const Type with_zone = DateTime{.timezone = true};
        return with_zone;
    }
    static ValueView view(std::chrono::sys_time<Duration> value) noexcept {
        return ValueView::of_integer(to_microseconds(UtcDateTime(value)), Kind::timestamp);
    }
    static UtcDateTime from(const ValueView& cell)
        requires std::same_as<Duration, std::chrono::microseconds>
    {
        return utc_datetime_from_microseconds(cell.integer);
    }
};

template <>
struct TypeTraits<Uuid> {
    static constexpr Kind kind = Kind::uuid;
    static constexpr Family family = Family::uuid;
    static const Type& type() { return plain_type(TypeKind::uuid); }
    static ValueView view(const Uuid& value) noexcept {
        return ValueView::of_uuid(value.bytes.data());
    }
    static Uuid from(const ValueView& cell) noexcept { return Uuid::from_bytes(cell.uuid); }
};
template <>
struct TypeTraits<Decimal> {
    static constexpr Kind kind = Kind::decimal;
    static constexpr Family family = Family::number;
    static const Type& type() { return plain_type(TypeKind::numeric); }
    static ValueView view(const Decimal& value) noexcept { return ValueView::of_decimal(value); }
    static Decimal from(const ValueView& cell) { return *cell.decimal; }
};

/// An enum class whose names are known (see EnumNames) travels as its name.
template <NamedEnum E>
struct TypeTraits<E> {
    static constexpr Kind kind = Kind::text;
    static constexpr Family family = Family::other;
    static const Type& type() {
        static const Type enumeration = detail::make_enum_type(describe_enum<E>());
        return enumeration;
    }
    static ValueView view(E value) {
        const auto name = enum_name(value);
        if (!name)
            detail::throw_unnamed_enumerator(static_cast<long long>(value), enum_type_name<E>());
        return ValueView::of_text(*name);
    }
    static E from(const ValueView& cell) {
        const auto value = enum_value<E>(cell.text());
        if (!value) detail::throw_unknown_label(cell.text(), enum_type_name<E>());
        return *value;
    }
};

namespace detail {

/// What a C++ value stands for in SQL: string literals and views are text, spans are bytes.
template <class T>
struct canonical {
    using type = T;
};
template <std::size_t N>
struct canonical<char[N]> {
    using type = std::string;
};
template <>
struct canonical<const char*> {
    using type = std::string;
};
template <>
struct canonical<char*> {
    using type = std::string;
};
template <>
struct canonical<std::string_view> {
    using type = std::string;
};
template <>
struct canonical<std::span<const std::byte>> {
    using type = std::vector<std::byte>;
};
template <std::size_t N>
struct canonical<std::array<std::byte, N>> {
    using type = std::vector<std::byte>;
};
template <class T>
struct canonical<std::optional<T>> {
    using type = std::optional<typename canonical<T>::type>;
};
template <class Duration>
struct canonical<std::chrono::local_time<Duration>> {
    using type = LocalDateTime;
};
template <>
struct canonical<std::chrono::local_days> {
    using type = std::chrono::year_month_day;
};
template <>
struct canonical<std::chrono::sys_days> {
    using type = std::chrono::year_month_day;
};
template <class Duration>
struct canonical<std::chrono::sys_time<Duration>> {
    using type = UtcDateTime;
};
template <class T>
using canonical_t = typename canonical<std::remove_cv_t<std::remove_reference_t<T>>>::type;

template <class T>
inline constexpr bool is_sql_type = HasTraits<unwrap_optional_t<T>>;

/// The one sentence for a C++ type that Azoth does not know.
template <class T>
consteval void require_sql_type() {
    static_assert(is_sql_type<canonical_t<T>>,
                  "Azoth has no SQL type for this C++ type: use a supported type (bool, integers, "
                  "float, double, std::string, std::vector<std::byte>, dates and times of "
                  "std::chrono, azoth::Time, Uuid, Decimal, std::optional of these; an enum class "
                  "needs azoth::EnumNames<E>), or specialise azoth::TypeTraits<T>");
}

/// A view of any C++ value that Azoth knows; NULL for an empty optional.
template <class T>
[[nodiscard]] ValueView view_of(const T& value) {
    if constexpr (is_optional<T>) {
        return value ? view_of(*value) : ValueView{};
    } else if constexpr (std::same_as<T, std::nullptr_t> || std::same_as<T, std::nullopt_t>) {
        return ValueView{};
    } else if constexpr (std::same_as<T, std::chrono::local_days> ||
                         std::same_as<T, std::chrono::sys_days>) {
        return ValueView::of_integer(to_days(value), Kind::date);
    } else {
        require_sql_type<T>();
        if constexpr (is_sql_type<canonical_t<T>>) return TypeTraits<canonical_t<T>>::view(value);
    }
}

/// The SQL type of a C++ type.
template <class T>
[[nodiscard]] const Type& type_for() {
    require_sql_type<T>();
    if constexpr (is_sql_type<canonical_t<T>>)
        return TypeTraits<unwrap_optional_t<canonical_t<T>>>::type();
    else
        return plain_type(TypeKind::null);
}

}  // namespace detail

/// Makes an owned value of any C++ value that Azoth has a SQL type for; NULL of an empty optional.
template <class T>
[[nodiscard]] Value to_value(const T& value) {
    return Value(detail::view_of(value));
}

}  // namespace azoth::inline v0
