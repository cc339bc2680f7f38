// SPDX-License-Identifier: MIT
// Dates and times through the database.
#include <tests/compliance/round_trip.hpp>

#include <chrono>

namespace compliance {

/// A date with a meaning of its own, as programs have. SQLAlchemy: a TypeDecorator over Date.
struct Birthday {
    std::chrono::year_month_day date;
    friend bool operator==(const Birthday&, const Birthday&) = default;
};

}  // namespace compliance

template <>
struct azoth::TypeTraits<compliance::Birthday> {
    using Plain = TypeTraits<std::chrono::year_month_day>;
    static constexpr Kind kind = Plain::kind;
    static constexpr Family family = Family::other;
    static const Type& type() { return Plain::type(); }
    static ValueView view(const compliance::Birthday& day) { return Plain::view(day.date); }
    static compliance::Birthday from(const ValueView& cell) { return {Plain::from(cell)}; }
};

namespace compliance {
namespace {

using namespace std::chrono;  // NOLINT: literals of dates

class TimeTypes : public ComplianceTest {
  protected:
    template <class T>
    void round_trip(std::deque<T> values) {
        RoundTrip<T>(engine, metadata, std::move(values)).run();
    }
    template <class T>
    void expect_refused(const T& value) {
        Cells<T> cells{"cells", metadata};
        cells.create(engine);
        auto conn = engine.connect();
        EXPECT_THROW(conn.execute(insert(cells).values(cells.value = value)), DataError);
        conn.rollback();
        EXPECT_THROW(
            conn.execute(insert(cells).columns(cells.value), std::vector{std::tuple{value}}),
            DataError);
    }
};
AZOTH_ON_ALL_DATABASES(TimeTypes);

LocalDateTime local(year_month_day date, microseconds time = {}) {
    return local_days{date} + time;
}
UtcDateTime utc(year_month_day date, microseconds time = {}) {
    return sys_days{date} + time;
}

constexpr microseconds last_of_day = 24h - 1us;

TEST_P(TimeTypes, dates_round_trip) {
    round_trip<year_month_day>({2024y / February / 29, 1970y / 1 / 1, 1969y / 12 / 31, 1y / 1 / 1,
                                9999y / 12 / 31, 1900y / 2 / 28, 2000y / 2 / 29});
}
TEST_P(TimeTypes, times_of_day_round_trip) {
    round_trip<Time>(
        {Time{}, Time{23, 59, 59, 999'999}, Time{12, 0}, Time{0, 0, 0, 1}, Time{1, 2, 3, 40}});
}
TEST_P(TimeTypes, local_datetimes_round_trip) {
    round_trip<LocalDateTime>({local(2024y / 2 / 29, 23h + 59min + 59s + 123456us),
                               local(1970y / 1 / 1), local(1969y / 12 / 31, last_of_day),
                               local(1y / 1 / 1), local(9999y / 12 / 31, last_of_day),
                               local(1900y / 1 / 1, 1us)});
}
TEST_P(TimeTypes, points_in_time_round_trip) {
    round_trip<UtcDateTime>({utc(2024y / 3 / 31, 1h), utc(1970y / 1 / 1),
                             utc(1969y / 12 / 31, last_of_day), utc(1y / 1 / 1),
                             utc(9999y / 12 / 31, last_of_day), utc(2024y / 10 / 27, 30min)});
}

TEST_P(TimeTypes, historic_dates_are_of_the_gregorian_calendar) {
    round_trip<year_month_day>({1727y / 4 / 1, 1582y / 10 / 10, 1500y / 3 / 1, 4y / 2 / 29});
}
TEST_P(TimeTypes, historic_datetimes_are_of_the_gregorian_calendar) {
    round_trip<LocalDateTime>(
        {local(1850y / 11 / 10, 11h + 52min + 35s), local(1582y / 10 / 10, 1us)});
}
TEST_P(TimeTypes, a_type_of_the_program_over_dates_round_trips) {
    round_trip<Birthday>({Birthday{1727y / 4 / 1}, Birthday{2012y / 10 / 15}});
}

TEST_P(TimeTypes, years_beyond_9999_round_trip_or_are_refused) {
    if (requirements.years_beyond_9999) {
        RoundTrip<year_month_day>(engine, metadata,
                                  {10000y / 1 / 1, 0y / 1 / 1, year{-4000} / 1 / 1})
            .not_through_text()
            .run();
        metadata.clear();
        RoundTrip<LocalDateTime>(engine, metadata,
                                 {local(20000y / 1 / 1, 1us), local(year{-44} / 3 / 15)})
            .not_through_text()
            .run();
    } else {
        expect_refused(year_month_day{10000y / 1 / 1});
        metadata.clear();
        expect_refused(local(0y / 1 / 1));
    }
}

TEST_P(TimeTypes, what_no_database_holds_is_refused) {
    expect_refused(LocalDateTime::min());
    metadata.clear();
    expect_refused(UtcDateTime::min());
}

TEST_P(TimeTypes, a_date_that_does_not_exist_is_refused) {
    expect_refused(year_month_day{2023y / 2 / 29});
}

TEST_P(TimeTypes, coarser_time_points_are_taken) {
    struct Events : Table {
        using Table::Table;
        Column<std::int64_t> id{*this, "id", primary_key};
        Column<year_month_day> day{*this, "day"};
        Column<LocalDateTime> wall{*this, "wall"};
        Column<UtcDateTime> at{*this, "at"};
    } events{"event", metadata};
    events.create(engine);
    auto conn = engine.connect();
    const sys_days day{2024y / 5 / 17};
    const local_days wall{2024y / 5 / 17};
    conn.execute(insert(events).values(events.day = day, events.wall = wall + 5h,
                                       events.at = sys_seconds(day)));
    conn.execute(insert(events).values(events.day = wall,
                                       events.wall = local_time<milliseconds>(wall + 1ms),
                                       events.at = floor<microseconds>(sys_days(day) + 1s)));
    EXPECT_EQ(conn.execute(select(events.id).where(events.day == day)).all().size(), 2U);
    EXPECT_EQ(conn.scalar(select(events.id).where(events.wall == wall + 5h)), 1);
    EXPECT_EQ(conn.scalar(select(events.id).where(events.at > sys_seconds(day))), 2);
    EXPECT_EQ(conn.scalar(select(events.id).where(events.wall < wall + 1h)), 2);
}

TEST_P(TimeTypes, order_and_compare) {
    Cells<UtcDateTime> cells{"cells", metadata};
    cells.create(engine);
    auto conn = engine.connect();
    const std::vector<std::tuple<UtcDateTime>> rows{
        {utc(2024y / 1 / 1)}, {utc(1y / 1 / 1)}, {utc(9999y / 1 / 1)}, {utc(2024y / 1 / 1, 1us)}};
    conn.execute(insert(cells).columns(cells.value), rows);
    EXPECT_THAT(conn.execute(select(cells.id).order_by(cells.value)).scalars().all(),
                ElementsAre(2, 1, 4, 3));
    EXPECT_EQ(conn.scalar(select(func::max(cells.value))).value(), utc(9999y / 1 / 1));
    EXPECT_EQ(conn.scalar(select(func::min(cells.value))).value(), utc(1y / 1 / 1));
    EXPECT_THAT(conn.execute(select(cells.id)
                                 .where(cells.value.between(utc(2024y / 1 / 1), utc(2024y / 1 / 2)))
                                 .order_by(cells.id))
                    .scalars()
                    .all(),
                ElementsAre(1, 4));
}

TEST_P(TimeTypes, a_point_in_time_does_not_depend_on_the_session_s_zone) {
    Cells<UtcDateTime> cells{"cells", metadata};
    cells.create(engine);
    auto conn = engine.connect();
    const auto instant = utc(2024y / 7 / 1, 12h);
    if (requirements.postgresql) conn.exec_driver_sql("set time zone 'Asia/Tokyo'");
    conn.execute(insert(cells).values(cells.value = instant));
    EXPECT_EQ(conn.execute(select(cells.value)).scalar_one(), instant);
    EXPECT_EQ(conn.execute(select(cells)).one().get<UtcDateTime>("value"), instant);
    if (requirements.postgresql) conn.exec_driver_sql("set time zone 'America/Los_Angeles'");
    EXPECT_EQ(conn.execute(select(cells.value)).scalar_one(), instant);
    EXPECT_EQ(conn.scalar(select(cells.id).where(cells.value == instant)), 1);
}

}  // namespace
}  // namespace compliance
