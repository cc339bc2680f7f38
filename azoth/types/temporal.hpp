// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>

namespace azoth::inline v0 {

/// A date and time of day without a time zone, to the microsecond. SQL: TIMESTAMP, DATETIME.
using LocalDateTime = std::chrono::local_time<std::chrono::microseconds>;

/// A point in time, to the microsecond, counted in UTC. SQL: TIMESTAMP WITH TIME ZONE.
using UtcDateTime = std::chrono::sys_time<std::chrono::microseconds>;

namespace detail {
[[noreturn]] AZOTH_EXPORT void throw_bad_time(std::int64_t hour, std::int64_t minute,
                                              std::int64_t second, std::int64_t microsecond);
[[noreturn]] AZOTH_EXPORT void throw_bad_time(std::int64_t microseconds);
[[noreturn]] AZOTH_EXPORT void throw_no_time_of_day(std::int64_t microseconds);
[[noreturn]] AZOTH_EXPORT void throw_bad_date(std::chrono::year_month_day date);
[[noreturn]] AZOTH_EXPORT void throw_bad_days(std::int64_t days);
// The range of std::chrono::year in days since 1970-01-01, as numbers: calculated here, it would
// cost every user's file compile time. A test calculates it.
inline constexpr std::int64_t first_day = -12'687'428;  // -32767-01-01
inline constexpr std::int64_t last_day = 11'248'737;    // 32767-12-31
}  // namespace detail

/// A time of day to the microsecond, from 00:00:00 to 23:59:59.999999: a plain value, as
/// thread-safe as an int.
///
/// SQL: TIME. Python: `datetime.time` without a zone. std::chrono has durations only, which may be
/// negative or longer than a day.
class Time {
  public:
    /// Midnight.
    constexpr Time() noexcept = default;

    /// Throws ArgumentError where a part is out of range (a leap second, 60, is).
    constexpr Time(int hour, int minute, int second = 0, int microsecond = 0) {
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 ||
            microsecond < 0 || microsecond > 999'999) {
            detail::throw_bad_time(hour, minute, second, microsecond);
        }
        since_midnight_ =
            ((std::int64_t{hour} * 60 + minute) * 60 + second) * 1'000'000 + microsecond;
    }

    /// Time since midnight. Throws ArgumentError unless 0 ≤ `since_midnight` < 24 h.
    constexpr explicit Time(std::chrono::microseconds since_midnight)
        : since_midnight_(since_midnight.count()) {
        if (since_midnight_ < 0 || since_midnight_ >= per_day)
            detail::throw_bad_time(since_midnight_);
    }

    /// Throws ArgumentError where `parts` is negative or 24 hours and more.
    template <class Parts>
        requires std::is_same_v<Parts, std::chrono::hh_mm_ss<std::chrono::microseconds>>
    constexpr explicit Time(const Parts& parts) : Time(parts.to_duration()) {}

    /// Reads "HH:MM", "HH:MM:SS" or "HH:MM:SS.f" (see parse_time). Throws DataError.
    [[nodiscard]] AZOTH_EXPORT static Time parse(std::string_view text);

    /// "HH:MM:SS.ffffff".
    [[nodiscard]] AZOTH_EXPORT std::string to_string() const;

    [[nodiscard]] constexpr int hour() const noexcept {
        return static_cast<int>(since_midnight_ / 3'600'000'000);
    }
    [[nodiscard]] constexpr int minute() const noexcept {
        return static_cast<int>(since_midnight_ / 60'000'000 % 60);
    }
    [[nodiscard]] constexpr int second() const noexcept {
        return static_cast<int>(since_midnight_ / 1'000'000 % 60);
    }
    /// The part of a second, 0 to 999,999.
    [[nodiscard]] constexpr int microsecond() const noexcept {
        return static_cast<int>(since_midnight_ % 1'000'000);
    }

    /// The time passed since midnight.
    [[nodiscard]] constexpr std::chrono::microseconds since_midnight() const noexcept {
        return std::chrono::microseconds{since_midnight_};
    }
    // A template, so that a program pays for the parts' class only if it asks for them.
    template <class Parts = std::chrono::hh_mm_ss<std::chrono::microseconds>>
    [[nodiscard]] constexpr Parts to_hh_mm_ss() const noexcept {
        return Parts{since_midnight()};
    }

    friend constexpr bool operator==(Time, Time) noexcept = default;
    friend constexpr std::strong_ordering operator<=>(Time, Time) noexcept = default;

  private:
    static constexpr std::int64_t per_day = 86'400'000'000;

    std::int64_t since_midnight_ = 0;  // microseconds
};

// Date and time values as drivers carry them, plain integers, and as text.
//
// days: since 1970-01-01, negative before. microseconds of a time: since midnight. microseconds of
// a date and time: since 1970-01-01 00:00:00, negative before.
//
// Text is ISO 8601 in the form in which SQLAlchemy stores it in SQLite: "2024-02-29",
// "23:59:59.123456", "2024-02-29 23:59:59.123456", of fixed length, so that text sorts as time
// does. Text covers the years 0001 to 9999; beyond them formatting and parsing throw DataError.
// Every function is safe from any thread; none depends on the locale.

inline constexpr std::size_t date_size = 10;      ///< characters that format_date writes
inline constexpr std::size_t time_size = 15;      ///< characters that format_time writes
inline constexpr std::size_t datetime_size = 26;  ///< characters that format_datetime writes
inline constexpr std::size_t utc_datetime_size =
    32;  ///< characters that format_utc_datetime writes

inline constexpr std::int64_t microseconds_per_day = 86'400'000'000;

// --- chrono and integers

/// Days since 1970-01-01. Throws DataError for a date that doesn't exist, such as 30 February:
/// std::chrono would make it 1 March in silence.
constexpr std::int32_t to_days(std::chrono::year_month_day date) {
    if (!date.ok()) detail::throw_bad_date(date);
    return static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count());
}
/// Days since 1970-01-01. Throws DataError beyond the range of std::chrono::year.
constexpr std::int32_t to_days(std::chrono::local_days date) {
    const std::int64_t days = date.time_since_epoch().count();
    if (days < detail::first_day || days > detail::last_day) detail::throw_bad_days(days);
    return static_cast<std::int32_t>(days);
}
/// Days since 1970-01-01. Throws DataError beyond the range of std::chrono::year.
constexpr std::int32_t to_days(std::chrono::sys_days date) {
    return to_days(std::chrono::local_days{date.time_since_epoch()});
}
/// The date of a day number. Throws DataError beyond the range of std::chrono::year (about ±32,767;
/// PostgreSQL's dates, its ±infinity among them, go further).
constexpr std::chrono::sys_days sys_days_from_days(std::int32_t days) {
    return std::chrono::sys_days{
        std::chrono::days{to_days(std::chrono::sys_days{std::chrono::days{days}})}};
}
constexpr std::chrono::local_days local_days_from_days(std::int32_t days) {
    return std::chrono::local_days{sys_days_from_days(days).time_since_epoch()};
}
constexpr std::chrono::year_month_day date_from_days(std::int32_t days) {
    return std::chrono::year_month_day{sys_days_from_days(days)};
}

/// Microseconds since midnight.
constexpr std::int64_t to_microseconds(Time time) noexcept {
    return time.since_midnight().count();
}
/// Throws DataError unless 0 ≤ `microseconds` < 24 h; PostgreSQL's `time` knows 24:00 too.
constexpr Time time_from_microseconds(std::int64_t microseconds) {
    if (microseconds < 0 || microseconds >= microseconds_per_day)
        detail::throw_no_time_of_day(microseconds);
    return Time{std::chrono::microseconds{microseconds}};
}

/// Microseconds since 1970-01-01 00:00:00.
constexpr std::int64_t to_microseconds(LocalDateTime value) noexcept {
    return value.time_since_epoch().count();
}
constexpr std::int64_t to_microseconds(UtcDateTime value) noexcept {
    return value.time_since_epoch().count();
}
constexpr LocalDateTime local_datetime_from_microseconds(std::int64_t microseconds) noexcept {
    return LocalDateTime{std::chrono::microseconds{microseconds}};
}
constexpr UtcDateTime utc_datetime_from_microseconds(std::int64_t microseconds) noexcept {
    return UtcDateTime{std::chrono::microseconds{microseconds}};
}

// --- integers to text: no terminating zero; the end of the text is returned

/// "YYYY-MM-DD". Throws DataError beyond the years 0001 to 9999.
AZOTH_EXPORT char* format_date(char* out, std::int32_t days);
/// "HH:MM:SS.ffffff". Throws DataError unless 0 ≤ `microseconds` < 24 h.
AZOTH_EXPORT char* format_time(char* out, std::int64_t microseconds);
/// "YYYY-MM-DD HH:MM:SS.ffffff". Throws DataError beyond the years 0001 to 9999.
AZOTH_EXPORT char* format_datetime(char* out, std::int64_t microseconds);
/// "YYYY-MM-DD HH:MM:SS.ffffff+00:00". Throws DataError beyond the years 0001 to 9999.
AZOTH_EXPORT char* format_utc_datetime(char* out, std::int64_t microseconds);

// --- text to integers: the whole text must be of the form, and every part in range

/// Days, from "YYYY-MM-DD". Throws DataError with the text.
[[nodiscard]] AZOTH_EXPORT std::int32_t parse_date(std::string_view text);
/// Microseconds since midnight, from "HH:MM", "HH:MM:SS" or "HH:MM:SS.f" with 1 to 9 digits f.
///
/// Throws DataError with the text; also for 24:00, a leap second (:60), a zone, and digits other
/// than zero beyond the microsecond, which would be lost.
[[nodiscard]] AZOTH_EXPORT std::int64_t parse_time(std::string_view text);
/// Microseconds, from date and time as above with a blank or 'T' between. Throws DataError with the
/// text; also where it has a zone: it would be lost.
[[nodiscard]] AZOTH_EXPORT std::int64_t parse_datetime(std::string_view text);
/// Microseconds in UTC, from date and time with a zone: 'Z' or ±hh[:mm[:ss]].
///
/// Text without a zone is taken as UTC, as SQLite's CURRENT_TIMESTAMP writes it. Throws DataError
/// with the text.
[[nodiscard]] AZOTH_EXPORT std::int64_t parse_utc_datetime(std::string_view text);

// --- chrono to text, in the forms above, with the same errors

[[nodiscard]] AZOTH_EXPORT std::string to_string(std::chrono::year_month_day date);
[[nodiscard]] AZOTH_EXPORT std::string to_string(Time time);
[[nodiscard]] AZOTH_EXPORT std::string to_string(LocalDateTime value);
[[nodiscard]] AZOTH_EXPORT std::string to_string(UtcDateTime value);

// --- integers to text for messages and logs: as above where that can be, and never an error. Years
// beyond 0001 to 9999 come in ISO 8601's expanded form, "+10000-01-01" or "-0044-03-15"; a number
// that is no time of day as "-1 microseconds after midnight".

[[nodiscard]] AZOTH_EXPORT std::string format_date(std::int64_t days);
[[nodiscard]] AZOTH_EXPORT std::string format_time(std::int64_t microseconds);
[[nodiscard]] AZOTH_EXPORT std::string format_datetime(std::int64_t microseconds);

}  // namespace azoth::inline v0

template <>
struct std::hash<azoth::Time> {
    [[nodiscard]] std::size_t operator()(azoth::Time time) const noexcept {
        return std::hash<std::int64_t>{}(time.since_midnight().count());
    }
};
