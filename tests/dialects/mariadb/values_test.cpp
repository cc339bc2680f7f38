// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/base/error.hpp>
#include <azoth/types/decimal.hpp>
#include <azoth/types/temporal.hpp>
#include <azoth/types/uuid.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

// Values of every type, from parameter to cell: what the server makes of them, and what comes back.

namespace {

using namespace mariadb_test;
using azoth::DataError;
using azoth::Decimal;
using azoth::Uuid;
using testing::AllOf;
using testing::HasSubstr;

constexpr std::int64_t int64_max = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t int64_min = std::numeric_limits<std::int64_t>::min();

ValueView bytes(std::string_view value) {
    return ValueView::of_bytes(std::as_bytes(std::span(value.data(), value.size())));
}
ValueView moment(std::int64_t value, Kind kind) {
    return ValueView::of_integer(value, kind);
}

class MariadbValues : public testing::Test {
  protected:
    /// Stores a value in a column of this type and reads it back in the same kind.
    Value stored(std::string_view column, const Type& type, const ValueView& value) {
        return stored(column, type, value, value.kind);
    }
    Value stored(std::string_view column, const Type& type, const ValueView& value, Kind wanted) {
        connection->run("CREATE OR REPLACE TEMPORARY TABLE v (c " + std::string(column) + ")");
        query(*connection, "INSERT INTO v VALUES (?)", {value}, {type});
        return scalar(*connection, "SELECT c FROM v", {}, {}, wanted);
    }
    void expect_stored(std::string_view column, const Type& type, const ValueView& value) {
        EXPECT_EQ(stored(column, type, value), Value(value)) << azoth::to_display(value);
        // and found again by the same parameter
        EXPECT_EQ(
            to_string(query(*connection, "SELECT COUNT(*) FROM v WHERE c = ?", {value}, {type})),
            "1")
            << azoth::to_display(value);
    }
    /// What is read of an SQL expression.
    std::string read(const std::string& expression, Kind wanted = Kind::null) {
        return to_string(scalar(*connection, "SELECT " + expression, {}, {}, wanted));
    }
    std::string misread(const std::string& expression, Kind wanted) {
        const auto error = caught<DataError>([&] { (void)read(expression, wanted); });
        return error ? error->fault().message : "no error";
    }
    /// The message of the DataError for a parameter.
    std::string refusal(const Type& type, const ValueView& value) {
        const auto error =
            caught<DataError>([&] { (void)scalar(*connection, "SELECT ?", {value}, {type}); });
        if (!error) return "no error";
        EXPECT_EQ(error->poisoned(), azoth::Poisoned::nothing);
        return error->fault().message;
    }

    ConnectionPtr connection = connect();
};

TEST_F(MariadbValues, null_of_every_type_is_null) {
    for (const Type& type : types_of_parameters())
        EXPECT_TRUE(scalar(*connection, "SELECT ?", {ValueView{}}, {type}).is_null());
}

TEST_F(MariadbValues, booleans_are_one_and_zero) {
    for (const bool value : {false, true})
        expect_stored("TINYINT(1)", azoth::Boolean{}, ValueView::of_bool(value));
    EXPECT_EQ(read("1 = 1", Kind::boolean), "true");
    EXPECT_EQ(read("1 = 1"), "1");
    EXPECT_THAT(misread("5", Kind::boolean), HasSubstr("neither 0 nor 1"));
    EXPECT_EQ(to_string(stored("BIT(1)", azoth::Boolean{}, ValueView::of_bool(true))), "true");
}

TEST_F(MariadbValues, integers_up_to_their_limits) {
    for (const std::int64_t value : {0L, 1L, -1L, 127L, -128L})
        expect_stored("TINYINT", azoth::SmallInteger{}, number(value));
    for (const std::int64_t value : {32767L, -32768L})
        expect_stored("SMALLINT", azoth::SmallInteger{}, number(value));
    for (const std::int64_t value : {8388607L, -8388608L})
        expect_stored("MEDIUMINT", azoth::Integer{}, number(value));
    for (const std::int64_t value : {2147483647L, -2147483648L})
        expect_stored("INT", azoth::Integer{}, number(value));
    for (const std::int64_t value : {int64_max, int64_min})
        expect_stored("BIGINT", azoth::BigInteger{}, number(value));
    EXPECT_EQ(to_string(stored("TINYINT UNSIGNED", {}, number(255))), "255");
    EXPECT_EQ(to_string(stored("SMALLINT UNSIGNED", {}, number(65535))), "65535");
    EXPECT_EQ(to_string(stored("MEDIUMINT UNSIGNED", {}, number(16777215))), "16777215");
    EXPECT_EQ(to_string(stored("INT UNSIGNED", {}, number(4294967295))), "4294967295");
    EXPECT_EQ(to_string(stored("YEAR", {}, number(2155))), "2155");
    EXPECT_EQ(to_string(stored("BIT(9)", {}, number(257))), "257");
}

TEST_F(MariadbValues, unsigned_integers_beyond_the_signed_range_need_their_own_kind) {
    const ValueView largest = ValueView::of_natural(std::numeric_limits<std::uint64_t>::max());
    expect_stored("BIGINT UNSIGNED", azoth::BigInteger{}, largest);
    EXPECT_EQ(read("CAST(18446744073709551615 AS UNSIGNED)"), "18446744073709551615");
    EXPECT_EQ(scalar(*connection, "SELECT CAST(7 AS UNSIGNED)").kind(), Kind::int64);
    EXPECT_THAT(misread("CAST(18446744073709551615 AS UNSIGNED)", Kind::int64),
                AllOf(HasSubstr("18446744073709551615"), HasSubstr("beyond the range")));
    EXPECT_THAT(misread("-1", Kind::uint64), HasSubstr("negative"));
}

TEST_F(MariadbValues, what_a_column_can_not_hold_is_an_error_of_the_server) {
    const auto error =
        caught<DataError>([&] { (void)stored("TINYINT", azoth::SmallInteger{}, number(128)); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault().native_code, 1264);
    EXPECT_EQ(error->sqlstate(), "22003");
    EXPECT_EQ(error->fault().column, "c");
    EXPECT_TRUE(caught<DataError>([&] { (void)stored("INT UNSIGNED", {}, number(-1)); }));
    EXPECT_TRUE(caught<DataError>([&] { (void)stored("INT", {}, text("12x")); }));
    EXPECT_TRUE(caught<DataError>([&] { (void)stored("ENUM('a')", {}, text("b")); }));
    EXPECT_TRUE(caught<DataError>([&] { (void)stored("UUID", {}, text("no")); }));
}

TEST_F(MariadbValues, values_of_another_kind_than_the_parameter_s_type_are_refused) {
    EXPECT_EQ(refusal(azoth::Integer{}, text("1")),
              "parameter 1 is of type Integer, and the value given is of kind text: give a value "
              "of the parameter's type, or cast the parameter in the statement");
    EXPECT_THAT(refusal(azoth::String{5}, number(1)), HasSubstr("is of type String{5}"));
    EXPECT_THAT(refusal(azoth::Boolean{}, number(1)), HasSubstr("kind integer"));
    EXPECT_THAT(refusal(azoth::LargeBinary{}, text("a")), HasSubstr("kind text"));
    EXPECT_THAT(refusal(azoth::Date{}, moment(0, Kind::datetime)), HasSubstr("kind datetime"));
    EXPECT_THAT(refusal(azoth::DateTime{.timezone = true}, moment(0, Kind::datetime)),
                HasSubstr("no point in time"));
    EXPECT_THAT(refusal(azoth::DateTime{}, moment(0, Kind::timestamp)),
                HasSubstr("would lose its zone"));
    EXPECT_THAT(refusal(azoth::UuidType{}, text("no")), HasSubstr("no uuid"));
}

TEST_F(MariadbValues, floating_point) {
    for (const double value : {0.0, 0.1, -1e300, 5e-324, 1.7976931348623157e308}) {
        EXPECT_EQ(stored("DOUBLE", azoth::Double{}, ValueView::of_real(value)),
                  Value(ValueView::of_real(value)));
    }
    const auto narrow = static_cast<double>(0.1F);
    expect_stored("FLOAT", azoth::Float{}, ValueView::of_real(narrow));
    // 0.1 as DOUBLE would not be found among FLOATs
    EXPECT_EQ(to_string(query(*connection, "SELECT COUNT(*) FROM v WHERE c = ?",
                              {ValueView::of_real(0.1)}, {azoth::Float{}})),
              "1");
    EXPECT_THAT(refusal(azoth::Float{}, ValueView::of_real(1e39)), HasSubstr("out of range"));
    EXPECT_THAT(refusal({}, ValueView::of_real(std::nan(""))), HasSubstr("NaN"));
    EXPECT_THAT(refusal(azoth::Double{}, ValueView::of_real(HUGE_VAL)), HasSubstr("infinity"));
    EXPECT_THAT(refusal(azoth::Double{}, number((1L << 53) + 1)), HasSubstr("exactly"));
    EXPECT_EQ(read("5", Kind::float64), "5");
    EXPECT_THAT(misread("9007199254740993", Kind::float64), HasSubstr("exactly"));
}

TEST_F(MariadbValues, decimals_are_exact) {
    for (const char* const digits :
         {"0.00", "-0.01", "123456789.98", "99999999999999999999999999999999999.99"}) {
        const Decimal value(digits);
        expect_stored("DECIMAL(40, 2)", azoth::Numeric{40, 2}, ValueView::of_decimal(value));
        EXPECT_EQ(to_string(scalar(*connection, "SELECT c FROM v")), digits);
    }
    EXPECT_EQ(to_string(stored("DECIMAL(5, 2)", azoth::Numeric{5, 2}, ValueView::of_real(0.1),
                               Kind::decimal)),
              "0.10");
    const Decimal too_fine("0." + std::string(38, '0') + "1");
    EXPECT_THAT(refusal(azoth::Numeric{}, ValueView::of_decimal(too_fine)),
                HasSubstr("38 behind the point"));
    const Decimal too_large(std::string(66, '9'));
    EXPECT_THAT(refusal(azoth::Numeric{}, ValueView::of_decimal(too_large)),
                HasSubstr("at most 65 digits"));
}

TEST_F(MariadbValues, sums_of_integers_are_decimals_and_read_as_integers) {
    EXPECT_EQ(scalar(*connection, "SELECT SUM(1)").kind(), Kind::decimal);
    EXPECT_EQ(read("SUM(5)", Kind::int64), "5");
    EXPECT_EQ(read("SUM(5)", Kind::uint64), "5");
    EXPECT_EQ(read("AVG(5)", Kind::float64), "5");
    EXPECT_THAT(misread("1.5", Kind::int64), HasSubstr("'1.5' where integer is wanted"));
    EXPECT_THAT(misread("99999999999999999999", Kind::int64), HasSubstr("integer is wanted"));
    EXPECT_THAT(misread("-1.0", Kind::uint64), HasSubstr("negative"));
}

TEST_F(MariadbValues, an_expression_s_type_is_that_which_its_parameters_make_it) {
    const auto sum = [&](const ValueView& value, Kind wanted) {
        return to_string(scalar(*connection, "SELECT 1 + ?", {value}, {}, wanted));
    };
    EXPECT_EQ(sum(number(2), Kind::int64), "3");
    EXPECT_EQ(sum(ValueView::of_real(0.5), Kind::float64), "1.5");
    const Decimal half("0.50");
    EXPECT_EQ(sum(ValueView::of_decimal(half), Kind::decimal), "1.50");
}

TEST_F(MariadbValues, a_decimal_parameter_is_compared_exactly) {
    const Decimal value("0.10");
    connection->run(
        "CREATE TEMPORARY TABLE d (c DECIMAL(30, 20)); "
        "INSERT INTO d VALUES (0.1), (0.10000000000000000001)");
    EXPECT_EQ(to_string(query(*connection, "SELECT COUNT(*) FROM d WHERE c = ?",
                              {ValueView::of_decimal(value)})),
              "1");
}

TEST_F(MariadbValues, text_is_any_utf_8) {
    for (const std::string_view value :
         {std::string_view(""), std::string_view("plain"),
          std::string_view("na\u00efve \U0001F980"), std::string_view("a\0b", 3),
          std::string_view("back\\slash ' \" `")})
        expect_stored("VARCHAR(50)", azoth::String{50}, text(value));
    expect_stored("LONGTEXT", azoth::Text{}, text(std::string(70'000, 'x')));
    EXPECT_THAT(refusal(azoth::Text{}, text("bad \xff")), HasSubstr("not valid UTF-8"));
    EXPECT_EQ(read("CONCAT('a', 1, 2.5)"), "'a12.5'");
}

TEST_F(MariadbValues, text_too_long_for_its_column_is_refused_not_cut) {
    const auto error =
        caught<DataError>([&] { (void)stored("VARCHAR(3)", azoth::String{3}, text("abcd")); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault().native_code, 1406);
    EXPECT_EQ(error->fault().column, "c");
}

TEST_F(MariadbValues, bytes_and_text_are_not_taken_for_each_other) {
    const std::string all = [] {
        std::string every;
        for (int i = 0; i < 256; ++i) every += static_cast<char>(i);
        return every;
    }();
    expect_stored("BLOB", azoth::LargeBinary{}, bytes(all));
    expect_stored("VARBINARY(300)", azoth::LargeBinary{}, bytes(all));
    expect_stored("VARBINARY(300)", azoth::LargeBinary{}, bytes(""));
    const auto as_text = caught<DataError>([&] { (void)read("x'41'", Kind::text); });
    ASSERT_TRUE(as_text);
    EXPECT_THAT(as_text->fault().message, HasSubstr("CAST(… AS CHAR)"));
    EXPECT_THAT(misread("'a'", Kind::bytes), HasSubstr("CAST(… AS BINARY)"));
}

TEST_F(MariadbValues, dates_and_times_to_the_microsecond) {
    for (const std::string_view date : {"0001-01-01", "1969-12-31", "2024-02-29", "9999-12-31"})
        expect_stored("DATE", azoth::Date{}, moment(azoth::parse_date(date), Kind::date));
    for (const std::string_view time : {"00:00:00", "00:00:00.000001", "23:59:59.999999"})
        expect_stored("TIME(6)", azoth::TimeOfDay{}, moment(azoth::parse_time(time), Kind::time));
    for (const std::string_view moment_text :
         {"0001-01-01 00:00:00", "1969-12-31 23:59:59.999999", "2024-02-29 12:00:00",
          "9999-12-31 23:59:59.999999"}) {
        const std::int64_t value = azoth::parse_datetime(moment_text);
        expect_stored("DATETIME(6)", azoth::DateTime{}, moment(value, Kind::datetime));
        expect_stored("DATETIME(6)", azoth::DateTime{.timezone = true},
                      moment(value, Kind::timestamp));
    }
    const std::int64_t now = azoth::parse_datetime("2026-11-28 09:00:00.123456");
    expect_stored("TIMESTAMP(6)", azoth::DateTime{.timezone = true}, moment(now, Kind::timestamp));
    EXPECT_EQ(read("CAST('2024-02-29 23:59:59.5' AS CHAR)", Kind::datetime),
              "'2024-02-29 23:59:59.500000'");
}

TEST_F(MariadbValues, a_point_in_time_is_utc_whatever_the_server_s_zone) {
    EXPECT_EQ(read("UNIX_TIMESTAMP(CAST('1970-01-02' AS DATETIME))", Kind::int64), "86400");
    stored("TIMESTAMP", azoth::DateTime{.timezone = true}, moment(0 + 1'000'000, Kind::timestamp));
    EXPECT_EQ(read("UNIX_TIMESTAMP(c) FROM v", Kind::int64), "1");
}

TEST_F(MariadbValues, what_is_no_date_or_time_of_day_is_refused) {
    connection->run(
        "SET sql_mode = 'STRICT_ALL_TABLES,ALLOW_INVALID_DATES'; "
        "CREATE TEMPORARY TABLE z (d DATE, m DATETIME, t TIME, n TIME); "
        "INSERT INTO z VALUES ('0000-00-00', '2024-00-10', '25:00:00', '-00:00:01')");
    EXPECT_THAT(misread("d FROM z", Kind::date), HasSubstr("zero date"));
    EXPECT_THAT(misread("m FROM z", Kind::null), HasSubstr("month or day of zero"));
    EXPECT_THAT(misread("t FROM z", Kind::time), HasSubstr("no time of day"));
    EXPECT_THAT(misread("n FROM z", Kind::time), HasSubstr("no time of day"));
    connection->run("UPDATE z SET m = '2023-02-31'");
    EXPECT_THAT(misread("m FROM z", Kind::datetime), HasSubstr("no such date"));
    EXPECT_THAT(refusal(azoth::Date{}, moment(3'000'000, Kind::date)), HasSubstr("9999"));
    EXPECT_THAT(refusal(azoth::Date{}, moment(-800'000, Kind::date)), HasSubstr("0001"));
    EXPECT_THAT(refusal({}, moment(int64_min, Kind::datetime)), HasSubstr("years"));
    EXPECT_THAT(refusal({}, moment(int64_max, Kind::timestamp)), HasSubstr("years"));
    EXPECT_THAT(refusal({}, moment(int64_max, Kind::date)), HasSubstr("years"));
    EXPECT_THAT(refusal(azoth::TimeOfDay{}, moment(-1, Kind::time)), HasSubstr("out of range"));
    EXPECT_THAT(refusal(azoth::TimeOfDay{}, moment(86'400'000'000, Kind::time)),
                HasSubstr("out of range"));
}

TEST_F(MariadbValues, uuids) {
    const Uuid uuid = Uuid::parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    const ValueView value = ValueView::of_uuid(uuid.bytes.data());
    expect_stored("UUID", azoth::UuidType{}, value);
    EXPECT_EQ(scalar(*connection, "SELECT c FROM v").kind(), Kind::uuid);
    expect_stored("CHAR(36)", azoth::UuidType{}, value);
    const std::string raw(reinterpret_cast<const char*>(uuid.bytes.data()), 16);
    EXPECT_EQ(stored("BINARY(16)", azoth::LargeBinary{}, bytes(raw), Kind::uuid), Value(value));
    EXPECT_EQ(stored("UUID", azoth::UuidType{}, bytes(raw), Kind::uuid), Value(value));
    EXPECT_EQ(stored("UUID", azoth::UuidType{}, text(uuid.to_string()), Kind::uuid), Value(value));
    EXPECT_THAT(misread("'no uuid'", Kind::uuid), HasSubstr("uuid is wanted"));
    EXPECT_THAT(misread("x'00'", Kind::uuid), HasSubstr("16 bytes"));
}

TEST_F(MariadbValues, json_and_enumerations_travel_as_text) {
    expect_stored("JSON", azoth::Text{}, text(R"({"a": [1, null]})"));
    expect_stored("ENUM('red', 'green')", azoth::Text{}, text("green"));
    EXPECT_EQ(read("JSON_VALUE('{\"a\": 1}', '$.a')"), "'1'");
}

TEST_F(MariadbValues, a_column_that_can_not_be_read_as_wanted_is_named_before_it_is_read) {
    const auto error = caught<DataError>(
        [&] { query(*connection, "SELECT 1, 'x' AS name", {}, {}, {Kind::int64, Kind::int64}); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault().message,
              "column 'name' is of type text, which can't be read as integer: cast it in the "
              "statement, or ask for the kind that fits the column");
}

TEST_F(MariadbValues, a_cell_that_does_not_fit_names_its_column_and_the_rest_stays_readable) {
    const auto statement =
        prepare(*connection, {.sql = "SELECT 1 AS flag UNION ALL SELECT 2 UNION ALL SELECT 0",
                              .kinds = {Kind::boolean}});
    statement->execute({});
    ValueView cell;
    ASSERT_TRUE(statement->fetch(&cell));
    const auto error = caught<DataError>([&] { statement->fetch(&cell); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault().column, "flag");
    EXPECT_EQ(error->fault().message,
              "column 1 'flag' holds 2 where boolean is wanted: it is neither 0 nor 1");
    ASSERT_TRUE(statement->fetch(&cell));
    EXPECT_FALSE(cell.boolean);
}

TEST_F(MariadbValues, columns_say_their_names_and_kinds) {
    connection->run(
        "CREATE TEMPORARY TABLE k (a TINYINT(1), b BIGINT, c BIGINT UNSIGNED, d FLOAT, "
        "e DECIMAL(3, 1), f VARCHAR(3), g BLOB, h DATE, i TIME, j DATETIME, "
        "k TIMESTAMP NULL, l UUID, m JSON)");
    const auto statement = prepare(*connection, {.sql = "SELECT * FROM k"});
    std::string shown;
    for (const auto& column : statement->columns())
        shown += column.name + ":" + std::string(azoth::to_string(column.natural_kind)) + " ";
    EXPECT_EQ(shown,
              "a:integer b:integer c:null d:floating point e:decimal f:text g:bytes h:date i:time "
              "j:datetime k:timestamp l:uuid m:text ");
}

TEST_F(MariadbValues, random_values_come_back_as_they_were) {
    connection->run(
        "CREATE TEMPORARY TABLE r (i BIGINT, n BIGINT UNSIGNED, f DOUBLE, t LONGTEXT, "
        "b LONGBLOB, m DATETIME(6), d TIME(6))");
    const auto insert = prepare(*connection, {.sql = "INSERT INTO r VALUES (?, ?, ?, ?, ?, ?, ?)"});
    const auto select =
        prepare(*connection, {.sql = "SELECT * FROM r",
                              .kinds = {Kind::int64, Kind::uint64, Kind::float64, Kind::text,
                                        Kind::bytes, Kind::datetime, Kind::time}});
    std::mt19937_64 random(7);
    const auto below = [&](std::uint64_t limit) { return random() % limit; };
    for (int round = 0; round < 200; ++round) {
        const std::string letters(below(600), static_cast<char>('a' + below(26)));
        std::string raw(below(300), '\0');
        for (char& c : raw) c = static_cast<char>(below(256));
        const auto span = static_cast<std::int64_t>(below(200'000'000'000'000'000));
        const Parameters row = {
            below(9) == 0 ? ValueView() : number(static_cast<std::int64_t>(random())),
            ValueView::of_natural(random()),
            ValueView::of_real(std::ldexp(static_cast<double>(random()), -40)),
            below(9) == 0 ? ValueView() : text(letters),
            bytes(raw),
            moment(span - 60'000'000'000'000'000, Kind::datetime),
            below(9) == 0 ? ValueView()
                          : moment(static_cast<std::int64_t>(below(86'400'000'000)), Kind::time)};
        connection->run("DELETE FROM r");
        insert->execute(row);
        select->execute({});
        EXPECT_EQ(fetch_row(*select), Row(row.begin(), row.end())) << "round " << round;
    }
}

}  // namespace
