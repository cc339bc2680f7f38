// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/types/data_error.hpp>
#include <azoth/types/temporal.hpp>

#include <array>
#include <cstring>

namespace azoth::inline v0 {
namespace {

constexpr std::int32_t first_text_day = -719'162;  // 0001-01-01
constexpr std::int32_t last_text_day = 2'932'896;  // 9999-12-31
static_assert(to_days(std::chrono::year{1} / 1 / 1) == first_text_day);
static_assert(to_days(std::chrono::year{9999} / 12 / 31) == last_text_day);
constexpr std::int64_t first_text_microsecond = first_text_day * microseconds_per_day;
constexpr std::int64_t last_text_microsecond = (last_text_day + 1) * microseconds_per_day - 1;

/// A moment as whole days and the microseconds since their midnight, also before 1970.
struct DayAndTime {
    std::int64_t days;
    std::int64_t microseconds;
};

constexpr DayAndTime split(std::int64_t microseconds) noexcept {
    std::int64_t days = microseconds / microseconds_per_day;
    std::int64_t rest = microseconds % microseconds_per_day;
    if (rest < 0) {
        rest += microseconds_per_day;
        --days;
    }
    return {days, rest};
}

// --- writing

constexpr std::array<char, 200> two_digit_texts = [] {
    std::array<char, 200> texts{};
    for (std::size_t i = 0; i < 100; ++i) {
        texts[2 * i] = static_cast<char>('0' + i / 10);
        texts[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return texts;
}();

char* put2(char* out, unsigned value) noexcept {
    std::memcpy(out, &two_digit_texts[2 * std::size_t{value}], 2);
    return out + 2;
}

char* put_char(char* out, char c) noexcept {
    *out = c;
    return out + 1;
}

char* put_date(char* out, std::chrono::year_month_day date) noexcept {
    const auto year = static_cast<unsigned>(static_cast<int>(date.year()));
    out = put2(out, year / 100);
    out = put2(out, year % 100);
    out = put_char(out, '-');
    out = put2(out, static_cast<unsigned>(date.month()));
    out = put_char(out, '-');
    return put2(out, static_cast<unsigned>(date.day()));
}

/// Days within the years 0001 to 9999.
char* put_days(char* out, std::int32_t days) noexcept {
    return put_date(out, std::chrono::sys_days{std::chrono::days{days}});
}

/// 0 ≤ microseconds < 24 h.
char* put_time(char* out, std::int64_t microseconds) noexcept {
    const auto seconds = static_cast<unsigned>(microseconds / 1'000'000);
    const auto fraction = static_cast<unsigned>(microseconds % 1'000'000);
    out = put2(out, seconds / 3600);
    out = put_char(out, ':');
    out = put2(out, seconds / 60 % 60);
    out = put_char(out, ':');
    out = put2(out, seconds % 60);
    out = put_char(out, '.');
    out = put2(out, fraction / 10'000);
    out = put2(out, fraction / 100 % 100);
    return put2(out, fraction % 100);
}

/// For any number of days: the Gregorian calendar repeats every 400 years, so that std::chrono's
/// narrow years need not hold the result.
std::string expanded_date(std::int64_t days) {
    constexpr std::int64_t days_per_era = 146'097;
    std::int64_t era = days / days_per_era;
    std::int64_t rest = days % days_per_era;
    if (rest < 0) {
        rest += days_per_era;
        --era;
    }
    std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{rest}}};
    const std::int64_t year = era * 400 + static_cast<int>(date.year());
    std::string digits = std::to_string(year < 0 ? -year : year);
    if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
    std::array<char, date_size> text;
    put_date(text.data(), std::chrono::year{0} / date.month() / date.day());
    return (year < 0 ? "-" : year > 9999 ? "+" : "") + digits + std::string(text.data() + 4, 6);
}

[[noreturn]] void throw_beyond_text(const std::string& value) {
    detail::throw_data_error("the date " + value +
                             " can't be written as text: text covers the years 0001 to 9999");
}

// --- reading

/// Reads a text from its beginning; every failure throws DataError with the text.
class Reader {
  public:
    /// `form` says what the text should be: "a date (YYYY-MM-DD)".
    Reader(std::string_view text, const char* form) noexcept
        : next_(text.data()), end_(text.data() + text.size()), text_(text), form_(form) {}

    [[noreturn]] void fail(const std::string& reason) const {
        detail::throw_data_error("cannot read " + detail::excerpt(text_) + " as " + form_ + ": " +
                                 reason);
    }

    [[nodiscard]] bool at_end() const noexcept { return next_ == end_; }
    /// The next character, or a zero byte at the end.
    [[nodiscard]] char peek() const noexcept { return at_end() ? '\0' : *next_; }
    bool skip(char c) noexcept {
        if (peek() != c || at_end()) return false;
        ++next_;
        return true;
    }
    void expect(char c) {
        if (!skip(c)) fail(std::string("there is no '") + c + "' where one is needed");
    }
    /// Exactly `count` digits.
    int digits(int count, const char* what) {
        int value = 0;
        for (int i = 0; i < count; ++i, ++next_) {
            const unsigned digit = static_cast<unsigned char>(peek()) - unsigned{'0'};
            if (at_end() || digit > 9)
                fail("the " + std::string(what) + " needs " + std::to_string(count) + " digits");
            value = value * 10 + static_cast<int>(digit);
        }
        return value;
    }
    /// Exactly two digits, at most `highest`.
    int two_digits(int highest, const char* what) {
        const int value = digits(2, what);
        if (value > highest) {
            fail("the " + std::string(what) + " is " + std::to_string(value) + ", more than " +
                 std::to_string(highest));
        }
        return value;
    }
    [[nodiscard]] bool at_digit() const noexcept { return peek() >= '0' && peek() <= '9'; }

  private:
    const char* next_;
    const char* end_;
    std::string_view text_;
    const char* form_;
};

std::int32_t read_date(Reader& reader) {
    const int year = reader.digits(4, "year");
    if (year == 0) reader.fail("there is no year 0000");
    reader.expect('-');
    const int month = reader.two_digits(12, "month");
    if (month == 0) reader.fail("there is no month 00");
    reader.expect('-');
    const int day = reader.two_digits(31, "day");
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) reader.fail("that month has no day " + std::to_string(day));
    return static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count());
}

/// The microseconds of ".f", with the point read already.
int read_fraction(Reader& reader) {
    int value = 0;
    int count = 0;
    for (; count < 6 && reader.at_digit(); ++count) value = value * 10 + reader.digits(1, "");
    if (count == 0) reader.fail("there are no digits after the point");
    for (int missing = count; missing < 6; ++missing) value *= 10;
    for (; count < 9 && reader.at_digit(); ++count) {
        if (reader.digits(1, "") != 0)
            reader.fail("it is finer than a microsecond, and the rest would be lost");
    }
    if (reader.at_digit()) reader.fail("there are more than 9 digits after the point");
    return value;
}

std::int64_t read_time(Reader& reader) {
    const int hour = reader.two_digits(24, "hour");
    if (hour == 24) reader.fail("a day ends at 23:59:59.999999; 24:00 is 00:00 of the next day");
    reader.expect(':');
    const int minute = reader.two_digits(59, "minute");
    int second = 0;
    int fraction = 0;
    if (reader.skip(':')) {
        second = reader.two_digits(60, "second");
        if (second == 60) reader.fail("leap seconds (:60) have no place in these types");
        if (reader.skip('.')) fraction = read_fraction(reader);
    }
    return ((std::int64_t{hour} * 60 + minute) * 60 + second) * 1'000'000 + fraction;
}

/// Date, blank or 'T', time.
std::int64_t read_datetime(Reader& reader) {
    const std::int32_t days = read_date(reader);
    if (reader.at_end()) reader.fail("it has no time of day");
    if (!reader.skip(' ') && !reader.skip('T'))
        reader.fail("a blank or 'T' must stand between date and time");
    return days * microseconds_per_day + read_time(reader);
}

/// What a zone adds to UTC, in microseconds; no zone is UTC.
std::int64_t read_zone(Reader& reader) {
    if (reader.at_end() || reader.skip('Z')) return 0;
    const bool west = reader.peek() == '-';
    if (!reader.skip('+') && !reader.skip('-'))
        reader.fail("after the time, only a zone may follow: Z or +hh:mm");
    const int hours = reader.two_digits(23, "zone's hour");
    int minutes = 0;
    int seconds = 0;
    if (reader.skip(':')) {
        minutes = reader.two_digits(59, "zone's minute");
        if (reader.skip(':')) seconds = reader.two_digits(59, "zone's second");
    }
    const std::int64_t offset = ((std::int64_t{hours} * 60 + minutes) * 60 + seconds) * 1'000'000;
    return west ? -offset : offset;
}

/// What is left must be nothing; a zone gets its own explanation.
void expect_end(const Reader& reader) {
    if (reader.at_end()) return;
    const char c = reader.peek();
    if (c == 'Z' || c == '+' || c == '-')
        reader.fail("it has a time zone, which would be lost; a point in time is a UtcDateTime");
    reader.fail("there is more text after it");
}

}  // namespace

namespace detail {

void throw_bad_time(std::int64_t hour, std::int64_t minute, std::int64_t second,
                    std::int64_t microsecond) {
    throw ArgumentError("there is no time of day with hour " + std::to_string(hour) + ", minute " +
                        std::to_string(minute) + ", second " + std::to_string(second) +
                        " and microsecond " + std::to_string(microsecond));
}

void throw_bad_time(std::int64_t microseconds) {
    throw ArgumentError(
        "a time of day lies from 0 to 86,399,999,999 microseconds after midnight, "
        "not at " +
        std::to_string(microseconds));
}

void throw_no_time_of_day(std::int64_t microseconds) {
    throw_data_error("the time " + format_time(microseconds) +
                     " is no time of day: those run from 00:00:00 to 23:59:59.999999");
}

void throw_bad_date(std::chrono::year_month_day date) {
    throw_data_error("there is no date with year " + std::to_string(static_cast<int>(date.year())) +
                     ", month " + std::to_string(static_cast<unsigned>(date.month())) +
                     " and day " + std::to_string(static_cast<unsigned>(date.day())));
}

void throw_bad_days(std::int64_t days) {
    throw_data_error("the date " + format_date(days) +
                     " is beyond the years -32767 to 32767 that std::chrono knows");
}

}  // namespace detail

Time Time::parse(std::string_view text) {
    return time_from_microseconds(parse_time(text));
}
std::string Time::to_string() const {
    return azoth::to_string(*this);
}

char* format_date(char* out, std::int32_t days) {
    if (days < first_text_day || days > last_text_day) throw_beyond_text(format_date(days));
    return put_days(out, days);
}

char* format_time(char* out, std::int64_t microseconds) {
    if (microseconds < 0 || microseconds >= microseconds_per_day)
        detail::throw_no_time_of_day(microseconds);
    return put_time(out, microseconds);
}

char* format_datetime(char* out, std::int64_t microseconds) {
    if (microseconds < first_text_microsecond || microseconds > last_text_microsecond)
        throw_beyond_text(format_datetime(microseconds));
    const DayAndTime parts = split(microseconds);
    out = put_days(out, static_cast<std::int32_t>(parts.days));
    out = put_char(out, ' ');
    return put_time(out, parts.microseconds);
}

char* format_utc_datetime(char* out, std::int64_t microseconds) {
    out = format_datetime(out, microseconds);
    std::memcpy(out, "+00:00", 6);  // NOLINT(bugprone-not-null-terminated-result): a part of a text
    return out + 6;
}

std::int32_t parse_date(std::string_view text) {
    Reader reader{text, "a date (YYYY-MM-DD)"};
    const std::int32_t days = read_date(reader);
    if (!reader.at_end()) reader.fail("there is more text after it");
    return days;
}

std::int64_t parse_time(std::string_view text) {
    Reader reader{text, "a time of day (HH:MM:SS.ffffff)"};
    const std::int64_t microseconds = read_time(reader);
    expect_end(reader);
    return microseconds;
}

std::int64_t parse_datetime(std::string_view text) {
    Reader reader{text, "a date and time without zone (YYYY-MM-DD HH:MM:SS.ffffff)"};
    const std::int64_t microseconds = read_datetime(reader);
    expect_end(reader);
    return microseconds;
}

std::int64_t parse_utc_datetime(std::string_view text) {
    Reader reader{text, "a point in time (YYYY-MM-DD HH:MM:SS.ffffff+hh:mm)"};
    std::int64_t microseconds = read_datetime(reader);
    microseconds -= read_zone(reader);
    if (!reader.at_end()) reader.fail("there is more text after it");
    if (microseconds < first_text_microsecond || microseconds > last_text_microsecond)
        reader.fail("in UTC it lies beyond the years 0001 to 9999");
    return microseconds;
}

std::string to_string(std::chrono::year_month_day date) {
    std::array<char, date_size> text;
    return {text.data(), format_date(text.data(), to_days(date))};
}

std::string to_string(Time time) {
    std::array<char, time_size> text;
    return {text.data(), put_time(text.data(), to_microseconds(time))};
}

std::string to_string(LocalDateTime value) {
    std::array<char, datetime_size> text;
    return {text.data(), format_datetime(text.data(), to_microseconds(value))};
}

std::string to_string(UtcDateTime value) {
    std::array<char, utc_datetime_size> text;
    return {text.data(), format_utc_datetime(text.data(), to_microseconds(value))};
}

std::string format_date(std::int64_t days) {
    return expanded_date(days);
}

std::string format_time(std::int64_t microseconds) {
    if (microseconds == std::int64_t{24} * 3600 * 1'000'000) return "24:00:00.000000";
    if (microseconds >= 0 && microseconds < microseconds_per_day)
        return to_string(Time{std::chrono::microseconds{microseconds}});
    return std::to_string(microseconds) + " microseconds after midnight";
}

std::string format_datetime(std::int64_t microseconds) {
    const DayAndTime parts = split(microseconds);
    return expanded_date(parts.days) + ' ' + format_time(parts.microseconds);
}

}  // namespace azoth::inline v0
