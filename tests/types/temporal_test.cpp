// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/types/temporal.hpp>

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace {

using namespace azoth;
using namespace std::chrono_literals;
using std::chrono::day;
using std::chrono::days;
using std::chrono::local_days;
using std::chrono::microseconds;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr year_month_day ymd(int y, unsigned m, unsigned d) {
    return {year{y}, month{m}, day{d}};
}

/// The message of the DataError that reading `text` throws; empty where it throws none.
template <typename Parse>
std::string refusal(Parse parse, std::string_view text) {
    try {
        static_cast<void>(parse(text));
    } catch (const DataError& error) {
        return error.what();
    }
    return {};
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

std::string date_text(std::int32_t value) {
    std::array<char, date_size> buffer;
    return {buffer.data(), format_date(buffer.data(), value)};
}

std::string datetime_text(std::int64_t value) {
    std::array<char, datetime_size> buffer;
    return {buffer.data(), format_datetime(buffer.data(), value)};
}

// --- Time

TEST(Time, is_midnight_by_default) {
    EXPECT_EQ(Time{}, Time(0, 0));
    EXPECT_EQ(Time{}.to_string(), "00:00:00.000000");
}

TEST(Time, gives_back_its_parts) {
    constexpr Time time{23, 59, 58, 123456};
    static_assert(time.hour() == 23 && time.minute() == 59 && time.second() == 58);
    static_assert(time.microsecond() == 123456);
    EXPECT_EQ(time.since_midnight(), 23h + 59min + 58s + 123456us);
    EXPECT_EQ(time.to_string(), "23:59:58.123456");
}

TEST(Time, converts_to_and_from_hh_mm_ss) {
    const std::chrono::hh_mm_ss<microseconds> parts{7h + 8min + 9s + 10us};
    const Time time{parts};
    EXPECT_EQ(time, Time(7, 8, 9, 10));
    EXPECT_EQ(time.to_hh_mm_ss().to_duration(), parts.to_duration());
    EXPECT_EQ(time.to_hh_mm_ss().minutes(), 8min);
}

TEST(Time, takes_any_duration_that_is_exact_in_microseconds) {
    EXPECT_EQ(Time{14h + 30min}, Time(14, 30));
    EXPECT_EQ(Time{1s}, Time(0, 0, 1));
}

TEST(Time, orders_as_the_day_goes) {
    EXPECT_LT(Time(9, 59, 59, 999999), Time(10, 0));
    EXPECT_GT(Time(0, 0, 0, 1), Time{});
}

TEST(Time, hashes_equal_values_alike) {
    const std::unordered_set<Time> set{Time(1, 2), Time{1h + 2min}, Time(1, 3)};
    EXPECT_EQ(set.size(), 2u);
}

TEST(Time, refuses_parts_out_of_range) {
    EXPECT_THROW(Time(24, 0), ArgumentError);
    EXPECT_THROW(Time(-1, 0), ArgumentError);
    EXPECT_THROW(Time(0, 60), ArgumentError);
    EXPECT_THROW(Time(0, -1), ArgumentError);
    EXPECT_THROW(Time(23, 59, 60), ArgumentError);
    EXPECT_THROW(Time(0, 0, -1), ArgumentError);
    EXPECT_THROW(Time(0, 0, 0, 1'000'000), ArgumentError);
    EXPECT_THROW(Time(0, 0, 0, -1), ArgumentError);
    EXPECT_THROW(Time{24h}, ArgumentError);
    EXPECT_THROW(Time{-1us}, ArgumentError);
    EXPECT_THROW(Time{std::chrono::hh_mm_ss<microseconds>{-1us}}, ArgumentError);
    EXPECT_THROW(Time{std::chrono::hh_mm_ss<microseconds>{24h}}, ArgumentError);
}

TEST(Time, from_a_database_that_is_no_time_of_day_is_a_data_error) {
    EXPECT_THROW(static_cast<void>(time_from_microseconds(-1)), DataError);
    try {
        static_cast<void>(time_from_microseconds(microseconds_per_day));
        FAIL() << "24:00 was taken";
    } catch (const DataError& error) {
        EXPECT_TRUE(contains(error.what(), "24:00:00.000000")) << error.what();
    }
}

// --- integers and chrono

TEST(Temporal, counts_days_from_1970) {
    static_assert(to_days(ymd(1970, 1, 1)) == 0);
    static_assert(to_days(ymd(2000, 3, 1)) == 11017);
    static_assert(to_days(ymd(1969, 12, 31)) == -1);
    static_assert(date_from_days(11016) == ymd(2000, 2, 29));
    static_assert(to_days(sys_days{ymd(2024, 2, 29)}) == to_days(local_days{ymd(2024, 2, 29)}));
    EXPECT_EQ(sys_days_from_days(19782), sys_days{ymd(2024, 2, 29)});
    static_assert(detail::first_day == sys_days{year::min() / 1 / 1}.time_since_epoch().count());
    static_assert(detail::last_day == sys_days{year::max() / 12 / 31}.time_since_epoch().count());
    EXPECT_EQ(local_days_from_days(19782), local_days{ymd(2024, 2, 29)});
}

TEST(Temporal, refuses_dates_that_do_not_exist_rather_than_moving_them) {
    EXPECT_THROW(static_cast<void>(to_days(ymd(2023, 2, 29))), DataError);
    EXPECT_THROW(static_cast<void>(to_days(ymd(2023, 4, 31))), DataError);
    EXPECT_THROW(static_cast<void>(to_days(ymd(2023, 13, 1))), DataError);
    EXPECT_THROW(static_cast<void>(to_days(ymd(2023, 0, 1))), DataError);
    EXPECT_THROW(static_cast<void>(to_days(year_month_day{year{2023}, month{1}, day{0}})),
                 DataError);
}

TEST(Temporal, converts_every_day_that_chrono_knows_and_no_other) {
    const std::int32_t first = to_days(ymd(-32767, 1, 1));
    const std::int32_t last = to_days(ymd(32767, 12, 31));
    EXPECT_EQ(date_from_days(first), ymd(-32767, 1, 1));
    EXPECT_EQ(date_from_days(last), ymd(32767, 12, 31));
    EXPECT_THROW(static_cast<void>(date_from_days(first - 1)), DataError);
    EXPECT_THROW(static_cast<void>(date_from_days(last + 1)), DataError);
    // PostgreSQL's 'infinity' and '-infinity'
    EXPECT_THROW(static_cast<void>(date_from_days(std::numeric_limits<std::int32_t>::max())),
                 DataError);
    EXPECT_THROW(static_cast<void>(sys_days_from_days(std::numeric_limits<std::int32_t>::min())),
                 DataError);
    EXPECT_THROW(static_cast<void>(to_days(sys_days{days{10'000'000'000}})), DataError);
}

TEST(Temporal, counts_microseconds_of_date_times) {
    constexpr LocalDateTime local{local_days{ymd(2024, 2, 29)} + 1h + 1us};
    constexpr UtcDateTime utc{sys_days{ymd(1969, 12, 31)} + 23h};
    static_assert(local_datetime_from_microseconds(to_microseconds(local)) == local);
    static_assert(to_microseconds(utc) == -3'600'000'000);
    static_assert(utc_datetime_from_microseconds(-3'600'000'000) == utc);
    static_assert(to_microseconds(Time{0, 0, 1}) == 1'000'000);
    EXPECT_EQ(to_microseconds(local), 19782 * microseconds_per_day + 3'600'000'001);
}

// --- writing

TEST(Temporal, writes_the_forms_that_sqlalchemy_stores_in_sqlite) {
    EXPECT_EQ(azoth::to_string(ymd(2024, 2, 29)), "2024-02-29");
    EXPECT_EQ(azoth::to_string(ymd(1, 1, 1)), "0001-01-01");
    EXPECT_EQ(azoth::to_string(Time(1, 2, 3, 4)), "01:02:03.000004");
    EXPECT_EQ(azoth::to_string(LocalDateTime{local_days{ymd(9999, 12, 31)} + 24h - 1us}),
              "9999-12-31 23:59:59.999999");
    EXPECT_EQ(azoth::to_string(UtcDateTime{sys_days{ymd(1969, 12, 31)} + 24h - 1us}),
              "1969-12-31 23:59:59.999999+00:00");
}

TEST(Temporal, writes_exactly_the_declared_number_of_characters) {
    std::array<char, 40> out;
    out.fill('#');
    EXPECT_EQ(format_date(out.data(), 0) - out.data(), std::ptrdiff_t{date_size});
    EXPECT_EQ(out[date_size], '#');
    EXPECT_EQ(format_time(out.data(), 0) - out.data(), std::ptrdiff_t{time_size});
    EXPECT_EQ(out[time_size], '#');
    EXPECT_EQ(format_datetime(out.data(), 0) - out.data(), std::ptrdiff_t{datetime_size});
    EXPECT_EQ(out[datetime_size], '#');
    EXPECT_EQ(format_utc_datetime(out.data(), 0) - out.data(), std::ptrdiff_t{utc_datetime_size});
    EXPECT_EQ(out[utc_datetime_size], '#');
}

TEST(Temporal, does_not_write_years_that_text_cannot_hold) {
    std::array<char, 40> out;
    const std::int32_t first = to_days(ymd(1, 1, 1));
    const std::int32_t last = to_days(ymd(9999, 12, 31));
    EXPECT_EQ(date_text(first), "0001-01-01");
    EXPECT_EQ(date_text(last), "9999-12-31");
    EXPECT_THROW(format_date(out.data(), first - 1), DataError);
    EXPECT_THROW(format_date(out.data(), last + 1), DataError);
    EXPECT_EQ(datetime_text(first * microseconds_per_day), "0001-01-01 00:00:00.000000");
    EXPECT_THROW(format_datetime(out.data(), first * microseconds_per_day - 1), DataError);
    EXPECT_THROW(format_utc_datetime(out.data(), (last + 1) * microseconds_per_day), DataError);
    EXPECT_THROW(format_datetime(out.data(), std::numeric_limits<std::int64_t>::max()), DataError);
    EXPECT_THROW(format_datetime(out.data(), std::numeric_limits<std::int64_t>::min()), DataError);
    EXPECT_THROW(format_time(out.data(), microseconds_per_day), DataError);
    EXPECT_THROW(format_time(out.data(), -1), DataError);
    EXPECT_THROW(static_cast<void>(azoth::to_string(ymd(2023, 2, 30))), DataError);
    EXPECT_THROW(static_cast<void>(azoth::to_string(ymd(10000, 1, 1))), DataError);
    EXPECT_THROW(static_cast<void>(azoth::to_string(ymd(0, 12, 31))), DataError);
}

TEST(Temporal, writes_anything_for_a_message) {
    EXPECT_EQ(format_date(0), "1970-01-01");
    EXPECT_EQ(format_date(to_days(ymd(10000, 1, 1))), "+10000-01-01");
    EXPECT_EQ(format_date(to_days(ymd(-44, 3, 15))), "-0044-03-15");
    EXPECT_EQ(format_date(to_days(ymd(0, 2, 29))), "0000-02-29");
    EXPECT_EQ(format_date(std::numeric_limits<std::int32_t>::max()), "+5881580-07-11");
    EXPECT_EQ(format_date(std::numeric_limits<std::int32_t>::min()), "-5877641-06-23");
    EXPECT_FALSE(format_date(std::numeric_limits<std::int64_t>::max()).empty());
    EXPECT_FALSE(format_date(std::numeric_limits<std::int64_t>::min()).empty());
    EXPECT_EQ(format_time(microseconds_per_day), "24:00:00.000000");
    EXPECT_EQ(format_time(-1), "-1 microseconds after midnight");
    EXPECT_EQ(format_datetime(-1), "1969-12-31 23:59:59.999999");
    EXPECT_EQ(format_datetime(std::numeric_limits<std::int64_t>::max()),
              "+294247-01-10 04:00:54.775807");
    EXPECT_EQ(format_datetime(std::numeric_limits<std::int64_t>::min()),
              "-290308-12-21 19:59:05.224192");
}

// --- reading

TEST(Temporal, reads_dates) {
    EXPECT_EQ(parse_date("1970-01-01"), 0);
    EXPECT_EQ(parse_date("2024-02-29"), to_days(ymd(2024, 2, 29)));
    EXPECT_EQ(parse_date("0001-01-01"), to_days(ymd(1, 1, 1)));
    EXPECT_EQ(parse_date("9999-12-31"), to_days(ymd(9999, 12, 31)));
}

TEST(Temporal, refuses_what_is_no_date) {
    using namespace std::string_view_literals;
    for (const std::string_view text : {""sv,
                                        "2024"sv,
                                        "2024-02"sv,
                                        "2024-02-"sv,
                                        "2024-02-2"sv,
                                        "2024-2-29"sv,
                                        "24-02-29"sv,
                                        "2024/02/29"sv,
                                        "20240229"sv,
                                        " 2024-02-29"sv,
                                        "2024-02-29 "sv,
                                        "2024-02-29x"sv,
                                        "2024-02-29 00:00:00"sv,
                                        "2023-02-29"sv,
                                        "1900-02-29"sv,
                                        "2024-13-01"sv,
                                        "2024-00-01"sv,
                                        "2024-01-00"sv,
                                        "2024-01-32"sv,
                                        "2024-04-31"sv,
                                        "0000-01-01"sv,
                                        "-001-01-01"sv,
                                        "+2024-01-01"sv,
                                        "10000-01-01"sv,
                                        "2024-01-0a"sv,
                                        "2024-01-01\0"sv,
                                        "infinity"sv,
                                        "２０２４-01-01"sv}) {
        EXPECT_NE(refusal(parse_date, text), "") << text;
    }
}

TEST(Temporal, reads_times_with_and_without_seconds_and_fractions) {
    const auto time = [](std::string_view text) {
        return time_from_microseconds(parse_time(text));
    };
    EXPECT_EQ(time("14:30"), Time(14, 30));
    EXPECT_EQ(time("14:30:15"), Time(14, 30, 15));
    EXPECT_EQ(time("14:30:15.5"), Time(14, 30, 15, 500'000));
    EXPECT_EQ(time("14:30:15.123"), Time(14, 30, 15, 123'000));
    EXPECT_EQ(time("14:30:15.000001"), Time(14, 30, 15, 1));
    EXPECT_EQ(time("14:30:15.1234560"), Time(14, 30, 15, 123'456));
    EXPECT_EQ(time("14:30:15.123456000"), Time(14, 30, 15, 123'456));
    EXPECT_EQ(time("23:59:59.999999"), Time{24h - 1us});
    EXPECT_EQ(Time::parse("00:00:00"), Time{});
}

TEST(Temporal, refuses_what_is_no_time) {
    for (const std::string_view text : {"",           "1",          "14",
                                        "14:",        "14:3",       "1:30",
                                        "14:30:",     "14:30:1",    "14:30:15.",
                                        "14:30:15.x", "14:30:15,5", "25:00",
                                        "14:60",      "14:30:61",   "14:30:15.1234567890",
                                        " 14:30",     "14:30 ",     "-1:30",
                                        "14.30",      "1430",       "14:30:15.5.5",
                                        "noon",       "14:30 PM"}) {
        EXPECT_NE(refusal(parse_time, text), "") << text;
    }
}

TEST(Temporal, says_why_a_time_is_refused) {
    EXPECT_TRUE(contains(refusal(parse_time, "23:59:60"), "leap second"));
    EXPECT_TRUE(contains(refusal(parse_time, "24:00:00"), "24:00 is 00:00 of the next day"));
    EXPECT_TRUE(contains(refusal(parse_time, "12:00:00.0000001"), "finer than a microsecond"));
    EXPECT_TRUE(contains(refusal(parse_time, "12:00:00.123456789"), "finer than a microsecond"));
    EXPECT_TRUE(contains(refusal(parse_time, "12:00:00+01:00"), "time zone"));
    EXPECT_TRUE(contains(refusal(parse_time, "12:00:00Z"), "time zone"));
}

TEST(Temporal, reads_date_times_with_a_blank_or_a_T) {
    const std::int64_t expected = 19782 * microseconds_per_day + 45'296'000'000;
    EXPECT_EQ(parse_datetime("2024-02-29 12:34:56"), expected);
    EXPECT_EQ(parse_datetime("2024-02-29T12:34:56"), expected);
    EXPECT_EQ(parse_datetime("2024-02-29 12:34:56.000"), expected);
    EXPECT_EQ(parse_datetime("2024-02-29 12:34:56.789012"), expected + 789'012);
    EXPECT_EQ(parse_datetime("2024-02-29 12:34"), expected - 56'000'000);
    EXPECT_EQ(parse_datetime("1969-12-31 23:59:59.999999"), -1);
}

TEST(Temporal, refuses_what_is_no_date_time) {
    for (const std::string_view text :
         {"", "2024-02-29", "2024-02-29 ", "2024-02-29T", "2024-02-29  12:34",
          "2024-02-29t12:34:56", "2024-02-2912:34:56", "2024-02-30 12:34:56", "2024-02-29 24:00:00",
          "12:34:56", "2024-02-29 12:34:56 ", "2024-02-29 12:34:56 UTC", "0000-01-01 00:00:00",
          "now", "infinity"}) {
        EXPECT_NE(refusal(parse_datetime, text), "") << text;
    }
    EXPECT_TRUE(contains(refusal(parse_datetime, "2024-02-29"), "no time of day"));
    EXPECT_TRUE(contains(refusal(parse_datetime, "2024-02-29 12:34:56Z"), "UtcDateTime"));
    EXPECT_TRUE(contains(refusal(parse_datetime, "2024-02-29 12:34:56-05"), "UtcDateTime"));
    EXPECT_TRUE(contains(refusal(parse_datetime, "2016-12-31 23:59:60"), "leap second"));
}

TEST(Temporal, reads_points_in_time_of_every_zone_as_utc) {
    const std::int64_t noon = 19782 * microseconds_per_day + 12 * std::int64_t{3'600'000'000};
    for (const std::string_view text :
         {"2024-02-29 12:00:00", "2024-02-29 12:00:00Z", "2024-02-29T12:00Z",
          "2024-02-29 12:00:00+00", "2024-02-29 12:00:00-00:00", "2024-02-29 13:30:00+01:30",
          "2024-02-28 22:00:00-14:00", "2024-02-29 12:00:30+00:00:30",
          "2024-02-29 17:45:00.000000+05:45"}) {
        EXPECT_EQ(parse_utc_datetime(text), noon) << text;
    }
}

TEST(Temporal, refuses_what_is_no_point_in_time) {
    for (const std::string_view text :
         {"2024-02-29", "2024-02-29 12:00:00z", "2024-02-29 12:00:00 Z", "2024-02-29 12:00:00+",
          "2024-02-29 12:00:00+1", "2024-02-29 12:00:00+24", "2024-02-29 12:00:00+01:60",
          "2024-02-29 12:00:00+01:", "2024-02-29 12:00:00+0100", "2024-02-29 12:00:00+01:00:",
          "2024-02-29 12:00:00+01:00:60", "2024-02-29 12:00:00ZZ", "2024-02-29 12:00:00+01:00Z",
          "2024-02-29 12:00:00 Europe/Berlin", "2024-02-29 12:00:00+-1"}) {
        EXPECT_NE(refusal(parse_utc_datetime, text), "") << text;
    }
}

TEST(Temporal, refuses_points_in_time_that_text_could_not_hold_in_utc) {
    EXPECT_EQ(parse_utc_datetime("0001-01-01 01:00:00+01:00"),
              to_days(ymd(1, 1, 1)) * microseconds_per_day);
    EXPECT_NE(refusal(parse_utc_datetime, "0001-01-01 00:59:59.999999+01:00"), "");
    EXPECT_NE(refusal(parse_utc_datetime, "9999-12-31 23:00:00-01:00"), "");
}

TEST(Temporal, quotes_the_refused_text_on_one_line_and_cuts_it_short) {
    const std::string message = refusal(parse_date, "20\n24'\x01\xff");
    EXPECT_TRUE(contains(message, R"('20\x0a24\'\x01\xff')")) << message;
    const std::string long_message = refusal(parse_datetime, std::string(100'000, '9'));
    EXPECT_LT(long_message.size(), 300u);
    EXPECT_TRUE(contains(long_message, "100000 bytes")) << long_message;
}

// --- round trips

TEST(Temporal, every_day_of_the_years_1_to_9999_survives_the_way_through_text) {
    const std::int32_t last = to_days(ymd(9999, 12, 31));
    std::string previous;
    for (std::int32_t value = to_days(ymd(1, 1, 1)); value <= last; ++value) {
        const std::string text = date_text(value);
        ASSERT_EQ(parse_date(text), value) << text;
        ASSERT_LT(previous, text);  // text sorts as time does
        previous = text;
    }
}

TEST(Temporal, random_moments_survive_the_way_through_text) {
    std::mt19937_64 random{20240229};
    std::uniform_int_distribution<std::int64_t> moments{
        to_days(ymd(1, 1, 1)) * microseconds_per_day,
        (to_days(ymd(9999, 12, 31)) + 1) * microseconds_per_day - 1};
    std::uniform_int_distribution<std::int64_t> times{0, microseconds_per_day - 1};
    for (int i = 0; i < 100'000; ++i) {
        const std::int64_t moment = moments(random);
        const LocalDateTime local = local_datetime_from_microseconds(moment);
        const UtcDateTime utc = utc_datetime_from_microseconds(moment);
        ASSERT_EQ(parse_datetime(azoth::to_string(local)), moment);
        ASSERT_EQ(parse_utc_datetime(azoth::to_string(utc)), moment);
        ASSERT_EQ(format_datetime(moment), azoth::to_string(local));
        const Time time = time_from_microseconds(times(random));
        ASSERT_EQ(Time::parse(time.to_string()), time);
        ASSERT_EQ(Time(time.hour(), time.minute(), time.second(), time.microsecond()), time);
    }
}

TEST(Temporal, a_zone_shifts_by_exactly_its_offset) {
    std::mt19937 random{1};
    std::uniform_int_distribution<int> offsets{-(24 * 3600 - 1), 24 * 3600 - 1};
    for (int i = 0; i < 20'000; ++i) {
        const int offset = offsets(random);
        const std::string clock =
            Time{std::chrono::seconds{offset < 0 ? -offset : offset}}.to_string();
        const std::string zone = (offset < 0 ? "-" : "+") + clock.substr(0, 8);
        ASSERT_EQ(parse_utc_datetime("2024-02-29 12:00:00" + zone),
                  parse_utc_datetime("2024-02-29 12:00:00") - offset * std::int64_t{1'000'000});
    }
}

TEST(Temporal, random_bytes_are_read_or_refused_but_never_overrun) {
    std::mt19937 random{7};
    const std::string alphabet = "0123456789-:. TZ+\n";
    const std::string good = "2024-02-29 12:34:56.789012+01:30";
    std::uniform_int_distribution<std::size_t> letters{0, alphabet.size() - 1};
    std::uniform_int_distribution<std::size_t> places{0, good.size() - 1};
    for (int i = 0; i < 5'000; ++i) {
        std::string text = good.substr(0, places(random) + 1);
        text[places(random) % text.size()] = alphabet[letters(random)];
        const std::vector<char> exact(text.begin(), text.end());  // no byte beyond it, for ASan
        const std::string_view view{exact.data(), exact.size()};
        if (refusal(parse_utc_datetime, view).empty()) {
            const auto read = utc_datetime_from_microseconds(parse_utc_datetime(view));
            ASSERT_EQ(parse_utc_datetime(azoth::to_string(read)), to_microseconds(read)) << text;
        }
        static_cast<void>(refusal(parse_date, view));
        static_cast<void>(refusal(parse_time, view));
        static_cast<void>(refusal(parse_datetime, view));
    }
}

}  // namespace
