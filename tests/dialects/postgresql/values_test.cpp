// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/types/decimal.hpp>
#include <azoth/types/temporal.hpp>
#include <azoth/types/uuid.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <random>

// Values of every type, from parameter to cell: what the server makes of them, and what comes back.

namespace {

using namespace postgresql_test;
using azoth::DataError;
using azoth::Decimal;
using testing::HasSubstr;

constexpr std::int64_t int64_max = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t int64_min = std::numeric_limits<std::int64_t>::min();

ValueView bytes(std::string_view value) {
    return ValueView::of_bytes(std::as_bytes(std::span(value.data(), value.size())));
}
ValueView moment(std::int64_t value, Kind kind) {
    return ValueView::of_integer(value, kind);
}

class PostgresqlValues : public testing::Test {
  protected:
    /// Sends a value as a parameter of the type and reads it back in the same kind.
    void expect_round_trip(const Type& type, const ValueView& value) {
        EXPECT_EQ(scalar(*connection, "SELECT $1", {value}, {type}, value.kind), Value(value))
            << azoth::to_display(value);
    }
    /// What the server understands of a value.
    std::string server_text(const Type& type, const ValueView& value) {
        const Value shown =
            scalar(*connection, "SELECT CAST($1 AS text)", {value}, {type}, Kind::text);
        return shown.is_null() ? "NULL" : std::string(shown.view().text());
    }
    /// What is read of an SQL expression.
    std::string read(const std::string& expression, Kind wanted = Kind::null) {
        return to_string(scalar(*connection, "SELECT " + expression, {}, {}, wanted));
    }
    /// The message of the DataError for a parameter.
    std::string refusal(const Type& type, const ValueView& value) {
        const auto error =
            caught<DataError>([&] { (void)scalar(*connection, "SELECT $1", {value}, {type}); });
        if (!error) return "no error";
        EXPECT_EQ(error->poisoned(), azoth::Poisoned::nothing);
        return error->fault().message;
    }

    ConnectionPtr connection = connect();
};

TEST_F(PostgresqlValues, null_of_every_type_is_null) {
    std::vector<Type> types = types_of_parameters();
    types.emplace_back(azoth::JSONB{});
    for (const Type& type : types)
        EXPECT_TRUE(scalar(*connection, "SELECT $1", {ValueView{}}, {type}).is_null());
}

TEST_F(PostgresqlValues, booleans) {
    for (const bool value : {false, true})
        expect_round_trip(azoth::Boolean{}, ValueView::of_bool(value));
    EXPECT_EQ(server_text(azoth::Boolean{}, ValueView::of_bool(true)), "true");
}

TEST_F(PostgresqlValues, integers_up_to_their_limits) {
    for (const std::int64_t value : {0L, 1L, -1L, 32767L, -32768L})
        expect_round_trip(azoth::SmallInteger{}, number(value));
    for (const std::int64_t value : {0L, -1L, 2147483647L, -2147483648L})
        expect_round_trip(azoth::Integer{}, number(value));
    for (const std::int64_t value : {0L, -1L, int64_max, int64_min})
        expect_round_trip(azoth::BigInteger{}, number(value));
    EXPECT_EQ(server_text(azoth::BigInteger{}, number(int64_min)), "-9223372036854775808");
    EXPECT_EQ(server_text(azoth::Integer{}, ValueView::of_natural(7)), "7");
    EXPECT_EQ(server_text(azoth::SmallInteger{}, ValueView::of_bool(true)), "1");
}

TEST_F(PostgresqlValues, integers_beyond_the_parameter_s_range_are_refused_with_its_number) {
    EXPECT_EQ(refusal(azoth::SmallInteger{}, number(32768)),
              "parameter 1 is of type smallint: the value is out of range");
    EXPECT_THAT(refusal(azoth::SmallInteger{}, number(-32769)), HasSubstr("out of range"));
    EXPECT_THAT(refusal(azoth::Integer{}, number(2147483648)), HasSubstr("out of range"));
    EXPECT_THAT(refusal(azoth::Integer{}, number(int64_min)), HasSubstr("out of range"));
    EXPECT_THAT(refusal(azoth::BigInteger{}, ValueView::of_natural(std::uint64_t{1} << 63)),
                HasSubstr("out of range"));
    const auto error = caught<DataError>([&] {
        query(*connection, "SELECT $1 + $2", {number(1), number(1L << 40)},
              {azoth::Integer{}, azoth::Integer{}});
    });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->fault().message, HasSubstr("parameter 2 is of type integer"));
    EXPECT_EQ(error->parameters(), "(1, 1099511627776)");
    EXPECT_EQ(error->statement(), "SELECT $1 + $2");
}

TEST_F(PostgresqlValues, floating_point_numbers) {
    const double extremes[] = {0.0,
                               -0.0,
                               0.1,
                               -1.5,
                               std::numeric_limits<double>::max(),
                               std::numeric_limits<double>::denorm_min(),
                               std::numeric_limits<double>::infinity(),
                               -std::numeric_limits<double>::infinity(),
                               std::numeric_limits<double>::quiet_NaN()};
    for (const double value : extremes)
        expect_round_trip(azoth::Double{}, ValueView::of_real(value));
    const Value zero =
        scalar(*connection, "SELECT $1", {ValueView::of_real(-0.0)}, {azoth::Double{}});
    EXPECT_TRUE(std::signbit(zero.view().real));

    for (const float value :
         {0.0f, 1.5f, -0.1f, std::numeric_limits<float>::max(),
          std::numeric_limits<float>::denorm_min(), std::numeric_limits<float>::infinity()})
        expect_round_trip(azoth::Float{}, ValueView::of_real(static_cast<double>(value)));
    EXPECT_EQ(server_text(azoth::Float{}, ValueView::of_real(0.1)), "0.1");
    EXPECT_EQ(server_text(azoth::Double{}, number(-3)), "-3");
}

TEST_F(PostgresqlValues, floating_point_numbers_that_would_change_are_refused) {
    EXPECT_THAT(refusal(azoth::Float{}, ValueView::of_real(1e39)), HasSubstr("out of range"));
    EXPECT_THAT(refusal(azoth::Float{}, ValueView::of_real(1e-60)), HasSubstr("out of range"));
    EXPECT_THAT(refusal(azoth::Double{}, number((1L << 53) + 1)), HasSubstr("exactly"));
    EXPECT_THAT(refusal(azoth::Double{}, ValueView::of_natural(~0ULL)), HasSubstr("exactly"));
    EXPECT_EQ(server_text(azoth::Double{}, number(1L << 53)), "9.007199254740992e+15");
}

TEST_F(PostgresqlValues, decimals_keep_every_digit_and_their_scale) {
    const std::string long_integer(131072, '9');
    const std::string long_fraction = "0." + std::string(16382, '3') + "7";
    for (const std::string& written :
         {std::string("0"), std::string("0.00"), std::string("1.50"), std::string("-12.345"),
          std::string("0.0001"), std::string("0.00001"), std::string("10000"), std::string("9999"),
          std::string("99990000"), std::string("100000000.00000001"), std::string("-0.05"),
          std::string("18446744073709551615"), std::string("18446744073709551616"),
          std::string("123456789012345678901234567890.123456789"), long_integer, long_fraction}) {
        const Decimal value{written};
        EXPECT_EQ(server_text(azoth::Numeric{}, ValueView::of_decimal(value)), written);
        const Value back = scalar(*connection, "SELECT CAST($1 AS numeric)", {text(written)},
                                  {azoth::Text{}}, Kind::decimal);
        EXPECT_EQ(back.view().decimal->to_string(), written);
    }
}

TEST_F(PostgresqlValues, random_decimals_agree_with_the_server) {
    std::mt19937_64 random(42);
    const auto pick = [&](int most) {
        return static_cast<std::size_t>(random() % static_cast<unsigned>(most + 1));
    };
    const auto by_text =
        prepare(*connection, {.sql = "SELECT CAST($1 AS numeric)", .types = {azoth::Text{}}});
    const auto by_value =
        prepare(*connection, {.sql = "SELECT CAST($1 AS text)", .types = {azoth::Numeric{}}});
    for (int i = 0; i < 400; ++i) {
        std::string written = random() % 2 ? "-" : "";
        for (std::size_t n = 1 + pick(24); n > 0; --n)
            written += static_cast<char>('0' + random() % 10);
        if (const std::size_t scale = pick(20)) {
            written += '.';
            for (std::size_t n = 0; n < scale; ++n)
                written += random() % 3 ? '0' : static_cast<char>('0' + random() % 10);
        }
        const Decimal value{written};
        by_value->execute(Parameters{ValueView::of_decimal(value)});
        EXPECT_EQ(to_string(fetch_all(*by_value)), "'" + value.to_string() + "'");
        by_text->execute(Parameters{text(written)});
        EXPECT_EQ(to_string(fetch_all(*by_text)), value.to_string());
    }
}

TEST_F(PostgresqlValues, numbers_of_other_kinds_become_decimals_exactly) {
    EXPECT_EQ(server_text(azoth::Numeric{}, number(int64_min)), "-9223372036854775808");
    EXPECT_EQ(server_text(azoth::Numeric{}, ValueView::of_natural(~0ULL)), "18446744073709551615");
    EXPECT_EQ(server_text(azoth::Numeric{}, ValueView::of_real(0.1)), "0.1");
    EXPECT_EQ(server_text(azoth::Numeric{}, ValueView::of_real(1e22)), "10000000000000000000000");
    EXPECT_THAT(refusal(azoth::Numeric{}, ValueView::of_real(std::nan(""))), HasSubstr("NaN"));
    EXPECT_THAT(refusal(azoth::Numeric{}, ValueView::of_real(INFINITY)), HasSubstr("infinity"));
}

TEST_F(PostgresqlValues, text_of_every_length_and_script) {
    for (const std::string& value :
         {std::string(), std::string("a"), std::string("Grüße, 世界 🌍"),
          std::string("quote ' \" \\ $1"), std::string(1'000'000, 'x')}) {
        expect_round_trip(azoth::Text{}, text(value));
        expect_round_trip(azoth::String{30}, text(value));
    }
    // An empty view without an address is an empty text, not NULL.
    expect_round_trip(azoth::Text{}, text({}));
    expect_round_trip(azoth::LargeBinary{}, bytes({}));
}

TEST_F(PostgresqlValues, text_that_the_server_can_t_store_is_refused_before_anything_is_sent) {
    Trace trace(*connection);
    EXPECT_THAT(refusal(azoth::Text{}, text(std::string_view("a\0b", 3))), HasSubstr("zero byte"));
    EXPECT_THAT(refusal(azoth::Text{}, text("caf\xe9")), HasSubstr("not valid UTF-8"));
    EXPECT_THAT(refusal(Type{}, text("\xc3")), HasSubstr("not valid UTF-8"));
    EXPECT_EQ(trace.sent(), "");
}

TEST_F(PostgresqlValues, bytes_of_every_value) {
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    expect_round_trip(azoth::LargeBinary{}, bytes(all));
    EXPECT_EQ(server_text(azoth::LargeBinary{}, bytes("\x01\xff")), "\\x01ff");
}

TEST_F(PostgresqlValues, dates_up_to_the_server_s_limits) {
    constexpr std::int64_t first = -2440588;   // 4714-11-24 BC
    constexpr std::int64_t last = 2145042905;  // 5874897-12-31
    for (const std::int64_t value :
         {std::int64_t{0}, std::int64_t{-1}, std::int64_t{10957}, first, last})
        expect_round_trip(azoth::Date{}, moment(value, Kind::date));
    EXPECT_EQ(server_text(azoth::Date{}, moment(19782, Kind::date)), "2024-02-29");
    EXPECT_EQ(server_text(azoth::Date{}, moment(first, Kind::date)), "4714-11-24 BC");
    EXPECT_EQ(server_text(azoth::Date{}, moment(last, Kind::date)), "5874897-12-31");
    for (const std::int64_t value : {first - 1, last + 1, int64_max, int64_min})
        EXPECT_THAT(refusal(azoth::Date{}, moment(value, Kind::date)), HasSubstr("out of range"));
}

TEST_F(PostgresqlValues, times_of_day) {
    for (const std::int64_t value :
         {std::int64_t{0}, std::int64_t{86'399'999'999}, azoth::microseconds_per_day})
        expect_round_trip(azoth::TimeOfDay{}, moment(value, Kind::time));
    EXPECT_EQ(server_text(azoth::TimeOfDay{}, moment(45'296'000'001, Kind::time)),
              "12:34:56.000001");
    for (const std::int64_t value : {std::int64_t{-1}, azoth::microseconds_per_day + 1})
        EXPECT_THAT(refusal(azoth::TimeOfDay{}, moment(value, Kind::time)),
                    HasSubstr("out of range"));
}

TEST_F(PostgresqlValues, datetimes_with_and_without_a_zone) {
    const Type local = azoth::DateTime{};
    const Type zoned = azoth::DateTime{.timezone = true};
    constexpr std::int64_t first = -210'866'803'200'000'000;  // 4714-11-24 00:00:00 BC
    for (const std::int64_t value : {std::int64_t{0}, std::int64_t{-1},
                                     std::int64_t{1'709'210'096'000'001}, first, int64_max}) {
        expect_round_trip(local, moment(value, Kind::datetime));
        expect_round_trip(zoned, moment(value, Kind::timestamp));
    }
    connection->run("SET TIME ZONE 'America/New_York'");
    EXPECT_EQ(server_text(local, moment(1'709'210'096'000'001, Kind::datetime)),
              "2024-02-29 12:34:56.000001");
    EXPECT_EQ(server_text(zoned, moment(1'709'210'096'000'001, Kind::timestamp)),
              "2024-02-29 07:34:56.000001-05");
    EXPECT_EQ(read("timestamptz '1970-01-01 00:00:01+00'"), "'1970-01-01 00:00:01.000000Z'");
    EXPECT_THAT(refusal(local, moment(first - 1, Kind::datetime)), HasSubstr("out of range"));
    EXPECT_THAT(refusal(local, moment(int64_min, Kind::datetime)), HasSubstr("out of range"));
    EXPECT_THAT(refusal(zoned, moment(0, Kind::datetime)), HasSubstr("no point in time"));
    EXPECT_THAT(refusal(local, moment(0, Kind::timestamp)), HasSubstr("would lose its zone"));
}

TEST_F(PostgresqlValues, infinite_dates_are_errors_that_name_the_column) {
    for (const std::string type : {"date", "timestamp", "timestamptz"})
        for (const std::string value : {"infinity", "-infinity"}) {
            const auto error = caught<DataError>(
                [&] { query(*connection, "SELECT 1, " + type + " '" + value + "' AS ends"); });
            ASSERT_TRUE(error) << type << value;
            EXPECT_THAT(error->fault().message, HasSubstr("column 2 \"ends\""));
            EXPECT_THAT(error->fault().message, HasSubstr("infinity"));
            EXPECT_EQ(error->fault().column, "ends");
        }
    const auto error = caught<DataError>([&] { (void)read("timestamp '294276-12-31 23:59:59'"); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->fault().message, HasSubstr("too far in the future"));
}

TEST_F(PostgresqlValues, uuids_as_such_as_text_and_as_bytes) {
    const auto uuid = azoth::Uuid::parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    expect_round_trip(azoth::UuidType{}, ValueView::of_uuid(uuid.bytes.data()));
    EXPECT_EQ(server_text(azoth::UuidType{}, ValueView::of_uuid(uuid.bytes.data())),
              uuid.to_string());
    EXPECT_EQ(server_text(azoth::UuidType{}, text("6BA7B8109DAD11D180B400C04FD430C8")),
              uuid.to_string());
    const std::string raw(reinterpret_cast<const char*>(uuid.bytes.data()), 16);
    EXPECT_EQ(server_text(azoth::UuidType{}, bytes(raw)), uuid.to_string());
    EXPECT_THAT(refusal(azoth::UuidType{}, text("6ba7b810")), HasSubstr("no uuid"));
    EXPECT_THAT(refusal(azoth::UuidType{}, bytes("short")), HasSubstr("16 bytes"));
    EXPECT_THAT(refusal(azoth::UuidType{}, number(1)), HasSubstr("of kind integer"));
}

TEST_F(PostgresqlValues, json_travels_as_text_with_a_cast) {
    EXPECT_EQ(
        to_string(scalar(*connection, "SELECT $1::json", {text(R"({"a" : 1})")}, {azoth::JSON{}})),
        R"('{"a" : 1}')");
    EXPECT_EQ(to_string(scalar(*connection, "SELECT $1::jsonb", {text(R"({"a" : 1})")},
                               {azoth::JSONB{}})),
              R"('{"a": 1}')");
}

TEST_F(PostgresqlValues, enumerations_travel_as_their_names) {
    connection->run(
        "DROP TYPE IF EXISTS mood; CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'glücklich')");
    const Type mood = azoth::Enum{"mood", {"sad", "it's ok", "glücklich"}};
    for (const char* label : {"sad", "it's ok", "glücklich"}) {
        const Value back =
            scalar(*connection, "SELECT $1::mood", {text(label)}, {mood}, Kind::text);
        EXPECT_EQ(back.view().text(), label);
    }
    EXPECT_EQ(integer(*connection,
                      "SELECT count(*) FROM (VALUES ('sad'::mood)) v(m) WHERE m < 'glücklich'"),
              1);
    EXPECT_THROW((void)scalar(*connection, "SELECT $1::mood", {text("angry")}, {mood}), DataError);
    connection->run("DROP TYPE mood");
}

TEST_F(PostgresqlValues, a_parameter_of_unknown_type_takes_every_kind) {
    const auto inferred = [&](const std::string& cast, const ValueView& value) {
        return to_string(scalar(*connection, "SELECT CAST($1 AS " + cast + ")", {value}));
    };
    const Decimal decimal{"-1.50"};
    const auto uuid = azoth::Uuid::parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    EXPECT_EQ(inferred("boolean", ValueView::of_bool(true)), "true");
    EXPECT_EQ(inferred("bigint", number(int64_min)), "-9223372036854775808");
    EXPECT_EQ(inferred("numeric", ValueView::of_natural(~0ULL)), "18446744073709551615");
    EXPECT_EQ(inferred("float8", ValueView::of_real(0.1)), "0.1");
    EXPECT_EQ(inferred("float8", ValueView::of_real(-INFINITY)), "-inf");
    EXPECT_EQ(inferred("float8", ValueView::of_real(std::nan(""))), "nan");
    EXPECT_EQ(inferred("text", text("a'b")), "'a''b'");
    EXPECT_EQ(inferred("bytea", bytes(std::string_view("\0\xff", 2))), "x'00ff'");
    EXPECT_EQ(inferred("date", moment(-1, Kind::date)), "'1969-12-31'");
    EXPECT_EQ(inferred("time", moment(1, Kind::time)), "'00:00:00.000001'");
    EXPECT_EQ(inferred("timestamp", moment(1, Kind::datetime)), "'1970-01-01 00:00:00.000001'");
    EXPECT_EQ(inferred("timestamptz", moment(1, Kind::timestamp)), "'1970-01-01 00:00:00.000001Z'");
    EXPECT_EQ(inferred("uuid", ValueView::of_uuid(uuid.bytes.data())),
              "'" + uuid.to_string() + "'");
    EXPECT_EQ(inferred("numeric", ValueView::of_decimal(decimal)), "-1.50");
    EXPECT_THAT(refusal(Type{}, moment(int64_max, Kind::date)), HasSubstr("out of range"));
    EXPECT_THAT(refusal(Type{}, moment(int64_max, Kind::datetime)), HasSubstr("out of range"));
}

TEST_F(PostgresqlValues, values_of_the_wrong_kind_are_refused_with_the_remedy) {
    EXPECT_EQ(
        refusal(azoth::Integer{}, text("12")),
        "parameter 1 is of type integer, and the value given is of kind text: give a value of the "
        "parameter's type, or cast the parameter in the statement");
    const ValueView some_text = text("x");
    for (const Type& type :
         {Type(azoth::Boolean{}), Type(azoth::SmallInteger{}), Type(azoth::BigInteger{}),
          Type(azoth::Float{}), Type(azoth::Double{}), Type(azoth::Numeric{}),
          Type(azoth::LargeBinary{}), Type(azoth::Date{}), Type(azoth::TimeOfDay{}),
          Type(azoth::DateTime{}), Type(azoth::DateTime{.timezone = true})})
        EXPECT_THAT(refusal(type, some_text), HasSubstr("of kind text"));
    for (const Type& type : {Type(azoth::Text{}), Type(azoth::String{3}), Type(azoth::JSON{}),
                             Type(azoth::JSONB{}), Type(azoth::Date{}), Type(azoth::Boolean{})})
        EXPECT_THAT(refusal(type, number(1)), HasSubstr("of kind integer"));
}

TEST_F(PostgresqlValues, hidden_parameters_stay_out_of_messages) {
    azoth::driver::ConnectionSettings settings;
    settings.hide_parameters = true;
    connection->apply(settings);
    const auto own = caught<DataError>(
        [&] { query(*connection, "SELECT $1", {number(77777)}, {azoth::SmallInteger{}}); });
    ASSERT_TRUE(own);
    EXPECT_THAT(own->what(), testing::Not(HasSubstr("77777")));
    EXPECT_THAT(own->parameters(), HasSubstr("hidden"));

    connection->run("CREATE TEMPORARY TABLE secrets (id text PRIMARY KEY)");
    const auto insert =
        prepare(*connection, {.sql = "INSERT INTO secrets VALUES ($1)", .types = {azoth::Text{}}});
    insert->execute(Parameters{text("xyzzy")});
    const auto theirs =
        caught<azoth::IntegrityError>([&] { insert->execute(Parameters{text("xyzzy")}); });
    ASSERT_TRUE(theirs);
    EXPECT_THAT(theirs->what(), testing::Not(HasSubstr("xyzzy")));
    EXPECT_EQ(theirs->fault().constraint, "secrets_pkey");
}

}  // namespace
