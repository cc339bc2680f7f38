// SPDX-License-Identifier: MIT
// Numbers and truth values through the database.
#include <tests/compliance/round_trip.hpp>

#include <limits>

namespace compliance {
namespace {

class NumberTypes : public ComplianceTest {
  protected:
    template <class T>
    void round_trip(std::deque<T> values, bool comparable = true) {
        RoundTrip<T>(engine, metadata, std::move(values)).run(comparable);
    }
    template <class T>
    void extremes() {
        using Limits = std::numeric_limits<T>;
        round_trip<T>({0, 1, Limits::max(), Limits::min(), 42, static_cast<T>(Limits::max() - 1),
                       static_cast<T>(Limits::min() + 1)});
    }
};
AZOTH_ON_ALL_DATABASES(NumberTypes);

TEST_P(NumberTypes, bool_round_trips) {
    round_trip<bool>({true, false, true});
}
TEST_P(NumberTypes, int8_round_trips_with_its_extremes) {
    extremes<std::int8_t>();
}
TEST_P(NumberTypes, uint8_round_trips_with_its_extremes) {
    extremes<std::uint8_t>();
}
TEST_P(NumberTypes, int16_round_trips_with_its_extremes) {
    extremes<std::int16_t>();
}
TEST_P(NumberTypes, uint16_round_trips_with_its_extremes) {
    extremes<std::uint16_t>();
}
TEST_P(NumberTypes, int32_round_trips_with_its_extremes) {
    extremes<std::int32_t>();
}
TEST_P(NumberTypes, uint32_round_trips_with_its_extremes) {
    extremes<std::uint32_t>();
}
TEST_P(NumberTypes, int64_round_trips_with_its_extremes) {
    extremes<std::int64_t>();
}
TEST_P(NumberTypes, uint64_round_trips_up_to_what_databases_hold) {
    round_trip<std::uint64_t>({0, 1, 9'223'372'036'854'775'807U});
}
TEST_P(NumberTypes, long_and_long_long_are_both_known) {
    round_trip<long>({1, -1, std::numeric_limits<long>::max()});
    metadata.clear();
    round_trip<long long>({1, -1, std::numeric_limits<long long>::min()});
}

TEST_P(NumberTypes, double_round_trips_bit_for_bit) {
    using Limits = std::numeric_limits<double>;
    round_trip<double>({0.0, 1.5, -1.5, 0.1, 1.0 / 3, Limits::max(), Limits::lowest(),
                        Limits::min(), Limits::denorm_min(), 9007199254740993.0, 1e308,
                        123456789.125, 3.0});
}
TEST_P(NumberTypes, float_round_trips) {
    using Limits = std::numeric_limits<float>;
    round_trip<float>(
        {0.0F, 1.5F, -1.5F, 0.1F, Limits::max(), Limits::lowest(), Limits::min(), 16777217.0F},
        true);
}
TEST_P(NumberTypes, a_number_beyond_a_float_is_a_data_error_and_not_infinite) {
    auto conn = engine.connect();
    const auto as_float = [&](double value) {
        return conn
            .execute(text(requirements.mariadb ? "select cast(:x as double)"
                                               : "select cast(:x as double precision)")
                         .columns<float>(),
                     {{"x", value}})
            .scalar_one();
    };
    EXPECT_EQ(as_float(1.5), 1.5F);
    EXPECT_EQ(as_float(std::numeric_limits<float>::lowest()), std::numeric_limits<float>::lowest());
    if (requirements.infinity) {
        EXPECT_EQ(as_float(-std::numeric_limits<double>::infinity()),
                  -std::numeric_limits<float>::infinity());
    }
    EXPECT_THAT(message_of<DataError>([&] { (void)as_float(1e300); }), HasSubstr("float"));
    EXPECT_THROW((void)as_float(-1e39), DataError);
}

TEST_P(NumberTypes, infinity_round_trips_or_is_refused) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (requirements.infinity) return round_trip<double>({infinity, -infinity, 1.0});
    auto conn = engine.connect();
    EXPECT_THAT(message_of<DataError>([&] { (void)conn.execute(select(literal(infinity))); }),
                HasSubstr("infinity"));
}
TEST_P(NumberTypes, negative_zero_keeps_its_sign_or_is_zero) {
    auto conn = engine.connect();
    const double zero = conn.execute(select(literal(-0.0))).scalar_one();
    EXPECT_EQ(zero, 0.0);
}

TEST_P(NumberTypes, not_a_number_round_trips_or_is_refused) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    if (requirements.not_a_number) return round_trip<double>({nan, 1.0}, false);
    Cells<double> cells{"cells", metadata};
    cells.create(engine);
    auto conn = engine.connect();
    EXPECT_THROW(conn.execute(insert(cells).values(cells.value = nan)), DataError);
    EXPECT_THROW(conn.execute(insert(cells).columns(cells.value), std::vector{std::tuple{nan}}),
                 DataError);
    EXPECT_THROW((void)conn.execute(select(cells.id).where(cells.value == nan)), DataError);
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(cells)), 0);
}

TEST_P(NumberTypes, decimals_keep_value_and_scale) {
    if (!requirements.decimal_scale)  // of 65 digits, 30 behind the point
        return round_trip<Decimal>(
            {Decimal("0"), Decimal("1.5"), Decimal("-1.5"), Decimal("0.1"), Decimal("100"),
             Decimal("12345678901234567890123456789012345.123456789012345678901234567891"),
             Decimal("-0.000000000000000000000000000001"), Decimal("-9223372036854775808")});
    round_trip<Decimal>(
        {Decimal("0"), Decimal("1.50"), Decimal("-1.50"), Decimal("0.10"), Decimal("100"),
         Decimal("123456789012345678901234567890.123456789012345678901234567890"),
         Decimal("-0.000000000000000000000000000001"), Decimal("10000000000000000000000"),
         Decimal("99999999999999999999"), Decimal("-9223372036854775808"), Decimal("12.000")});
}
TEST_P(NumberTypes, decimals_compare_by_value) {
    Cells<Decimal> cells{"cells", metadata};
    cells.create(engine);
    auto conn = engine.connect();
    const std::vector<std::tuple<Decimal>> rows{{Decimal("1.5")}, {Decimal("1.50")},
                                                {Decimal("10")},  {Decimal("9.99")},
                                                {Decimal("-2")},  {Decimal("-10")}};
    conn.execute(insert(cells).columns(cells.value), rows);
    const auto count = [&](const Expr<bool>& condition) {
        return conn.scalar(select(func::count()).select_from(cells).where(condition)).value();
    };
    EXPECT_EQ(count(cells.value == Decimal("1.500")), 2);
    EXPECT_EQ(count(cells.value > 9), 2);
    EXPECT_EQ(count(cells.value > Decimal("9.995")), 1);
    EXPECT_EQ(count(cells.value < -3), 1);
    EXPECT_EQ(count(cells.value.between(1, 2)), 2);
    EXPECT_EQ(count(cells.value.in({Decimal("1.500"), Decimal("10.0")})), 3);
    EXPECT_EQ(count(cells.value.in({10, -10})), 2);
    EXPECT_EQ(count(cells.value + Decimal("0.01") == 10), 1);
    EXPECT_EQ(count(cells.value * 2 == 3), 2);
    Strings ordered;
    for (const auto& value :
         conn.execute(select(cells.value).order_by(cells.value.desc(), cells.id)).scalars())
        ordered.push_back(value.to_string());
    const std::string second = requirements.decimal_scale ? "1.50" : "1.5";
    EXPECT_THAT(ordered, ElementsAre("10", "9.99", "1.5", second, "-2", "-10"));
    EXPECT_EQ(conn.scalar(select(func::max(cells.value))).value(), Decimal("10"));
    EXPECT_EQ(conn.scalar(select(func::min(cells.value))).value(), Decimal("-10"));
    EXPECT_EQ(conn.scalar(select(func::sum(cells.value))).value(), Decimal("10.99"));
    EXPECT_EQ(conn.execute(select(cells.value).distinct()).all().size(), 5U);
    EXPECT_EQ(conn.execute(select(cells.value, func::count()).group_by(cells.value)).all().size(),
              5U);
    EXPECT_EQ(conn.execute(select(cells.value - Decimal("0.5")).where(cells.value == Decimal("10")))
                  .scalar_one(),
              Decimal("9.5"));
    EXPECT_EQ(conn.execute(select(-cells.value).where(cells.value == Decimal("10"))).scalar_one(),
              Decimal("-10"));
    EXPECT_EQ(conn.execute(select(func::abs(cells.value)).where(cells.value == Decimal("-2")))
                  .scalar_one(),
              Decimal("2"));
}

TEST_P(NumberTypes, a_numeric_column_with_a_scale) {
    struct Prices : Table {
        using Table::Table;
        Column<std::int64_t> id{*this, "id", primary_key};
        Column<Decimal> price{*this, "price", Numeric{10, 2}};
    } prices{"price", metadata};
    prices.create(engine);
    auto conn = engine.connect();
    conn.execute(insert(prices).values(prices.price = Decimal("12.5")));
    EXPECT_EQ(conn.execute(select(prices.price)).scalar_one(), Decimal("12.50"));
    EXPECT_EQ(
        conn.scalar(
            select(func::count()).select_from(prices).where(prices.price == Decimal("12.50"))),
        1);
}

TEST_P(NumberTypes, an_integer_too_large_for_its_column_is_a_data_error) {
    Cells<std::int16_t> small{"cells", metadata};
    small.create(engine);
    auto conn = engine.connect();
    const auto try_it = [&](auto&& call) {
        auto savepoint = conn.begin_nested();
        if (requirements.sized_integers) {
            EXPECT_THROW(call(), DataError);
        } else {
            call();
        }
    };
    try_it([&] { conn.execute(insert(small).values(small.value = std::int64_t{40'000})); });
    try_it([&] {
        conn.execute(insert(small).columns(small.value),
                     std::vector{std::tuple{std::int64_t{1} << 40}});
    });
    // what came in on another way is refused when it is read
    if (!requirements.sized_integers) {
        conn.execute(insert(small).values(small.value = std::int64_t{40'000}));
        EXPECT_THAT(message_of<DataError>([&] { (void)conn.execute(select(small.value)).all(); }),
                    HasSubstr("40000"));
    }
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(small).where(small.value == 70'000)),
              0);
    EXPECT_EQ(
        conn.scalar(
            select(func::count()).select_from(small).where(small.value == (std::int64_t{1} << 40))),
        0);
    EXPECT_EQ(conn.scalar(select(func::count())
                              .select_from(small)
                              .where(small.value.in({std::int64_t{1} << 40}))),
              0);
}

TEST_P(NumberTypes, an_unsigned_number_beyond_what_databases_hold_is_a_data_error) {
    Cells<std::uint64_t> cells{"cells", metadata};
    cells.create(engine);
    auto conn = engine.connect();
    const std::uint64_t huge = std::numeric_limits<std::uint64_t>::max();
    auto savepoint = conn.begin_nested();
    EXPECT_THAT(
        message_of<DataError>([&] { conn.execute(insert(cells).values(cells.value = huge)); }),
        HasSubstr("18446744073709551615"));
    savepoint.rollback();
    EXPECT_THROW(conn.execute(insert(cells).columns(cells.value), std::vector{std::tuple{huge}}),
                 DataError);
}

TEST_P(NumberTypes, a_negative_number_is_no_unsigned_one) {
    Cells<std::int64_t> cells{"cells", metadata};
    cells.create(engine);
    auto conn = engine.connect();
    conn.execute(insert(cells).values(cells.value = -1));
    EXPECT_THROW((void)conn.execute(select(cells.c<std::uint64_t>("value"))).all(), DataError);
    EXPECT_THROW((void)conn.execute(select(cells.c<std::uint8_t>("value"))).all(), DataError);
    conn.execute(update(cells).values(cells.value = 300));
    EXPECT_THAT(message_of<DataError>(
                    [&] { (void)conn.execute(select(cells.c<std::uint8_t>("value"))).all(); }),
                HasSubstr("300"));
}

TEST_P(NumberTypes, null_into_a_column_that_takes_none_is_an_integrity_error) {
    Cells<int> cells{"cells", metadata};
    cells.create(engine);
    auto conn = engine.connect();
    const auto error = caught<IntegrityError>([&] {
        conn.execute(text("insert into cells (value) values (:v)"), {{"v", std::optional<int>()}});
    });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("value"));
    EXPECT_THAT(error->statement(), HasSubstr("insert into cells"));
}

}  // namespace
}  // namespace compliance
