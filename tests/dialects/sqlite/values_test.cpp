// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/types/decimal.hpp>
#include <azoth/types/temporal.hpp>
#include <azoth/types/uuid.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cmath>
#include <limits>

namespace {

using namespace sqlite_test;
using azoth::DataError;
using azoth::Decimal;
using testing::HasSubstr;

constexpr std::int64_t int64_max = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t int64_min = std::numeric_limits<std::int64_t>::min();

ValueView bytes(std::string_view value) {
    return ValueView::of_bytes(std::as_bytes(std::span(value.data(), value.size())));
}

class SqliteValues : public testing::Test {
  protected:
    /// What comes back for a value that was stored in a column without affinity.
    Value round_trip(const ValueView& value, Kind wanted) {
        connection->run("CREATE TABLE IF NOT EXISTS v (x); DELETE FROM v");
        query(*connection, "INSERT INTO v VALUES (?)", {value});
        return scalar(*connection, "SELECT x FROM v", {}, wanted);
    }
    void expect_round_trip(const ValueView& value) {
        EXPECT_EQ(round_trip(value, value.kind), Value(value)) << azoth::to_display(value);
    }
    std::string stored(const ValueView& value) {
        return to_string(scalar(*connection, "SELECT typeof(?1) || ' ' || ?1", {value}));
    }
    /// The message of the DataError for reading an SQL expression as `wanted`.
    std::string refusal(const std::string& expression, Kind wanted) {
        const auto error = caught<DataError>(
            [&] { (void)scalar(*connection, "SELECT " + expression + " AS price", {}, wanted); });
        if (!error) return "no error";
        EXPECT_EQ(error->fault().column, "price");
        EXPECT_EQ(error->poisoned(), azoth::Poisoned::nothing);
        EXPECT_THAT(error->what(), HasSubstr("column 1 \"price\""));
        return error->fault().message;
    }
    std::string read(const std::string& expression, Kind wanted) {
        return to_string(scalar(*connection, "SELECT " + expression, {}, wanted));
    }

    ConnectionPtr connection = connect_memory();
};

TEST_F(SqliteValues, every_kind_round_trips) {
    for (const bool value : {false, true}) expect_round_trip(ValueView::of_bool(value));
    for (const std::int64_t value : {std::int64_t{0}, std::int64_t{-1}, int64_max, int64_min})
        expect_round_trip(number(value));
    for (const std::uint64_t value : {std::uint64_t{0}, static_cast<std::uint64_t>(int64_max)})
        expect_round_trip(ValueView::of_natural(value));
    for (const double value :
         {0.0, 0.1, -1.5e300, 5e-324, 1e15, 9007199254740993.0, std::numeric_limits<double>::max(),
          std::numeric_limits<double>::infinity()}) {
        expect_round_trip(ValueView::of_real(value));
    }
    for (const std::string_view value : {"", "a", "grüße, 世界 🌍", "it's", "12", "1e3"})
        expect_round_trip(text(value));
    for (const std::string_view value :
         {std::string_view(""), std::string_view("a"), std::string_view("\0\xff\x80", 3)})
        expect_round_trip(bytes(value));
    for (const std::int64_t days : {-719162, -1, 0, 19782, 2932896})
        expect_round_trip(ValueView::of_integer(days, Kind::date));
    for (const std::int64_t time : {std::int64_t{0}, std::int64_t{86'399'999'999}})
        expect_round_trip(ValueView::of_integer(time, Kind::time));
    for (const Kind kind : {Kind::datetime, Kind::timestamp})
        for (const std::int64_t time : {-62135596800'000'000, std::int64_t{-1}, std::int64_t{0},
                                        1709251199'123456, 253402300799'999999})
            expect_round_trip(ValueView::of_integer(time, kind));
    expect_round_trip(ValueView::of_uuid(
        azoth::Uuid::parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8").bytes.data()));
    for (const char* digits : {"0", "-0.5", "1.50", "123456789012345678901234567890.123456789"}) {
        const Decimal decimal(digits);
        expect_round_trip(ValueView::of_decimal(decimal));
    }
}

TEST_F(SqliteValues, decimals_keep_their_scale) {
    const Decimal price("12.50");
    EXPECT_EQ(to_string(round_trip(ValueView::of_decimal(price), Kind::decimal)), "12.50");
}

TEST_F(SqliteValues, null_is_null_in_every_kind) {
    for (int kind = 0; kind <= static_cast<int>(Kind::decimal); ++kind)
        EXPECT_TRUE(round_trip(null(), static_cast<Kind>(kind)).is_null());
}

TEST_F(SqliteValues, a_null_pointer_is_empty_text_and_not_null) {
    EXPECT_EQ(round_trip(ValueView::of_text({}), Kind::text), Value(text("")));
    EXPECT_EQ(round_trip(ValueView::of_bytes({}), Kind::bytes), Value(bytes("")));
}

TEST_F(SqliteValues, text_with_a_zero_byte_round_trips) {
    const std::string_view value("a\0b\0", 4);
    EXPECT_EQ(round_trip(text(value), Kind::text), Value(text(value)));
    EXPECT_EQ(round_trip(text(value), Kind::null), Value(text(value)));
}

TEST_F(SqliteValues, large_values_round_trip) {
    std::string large;
    large.resize(20'000'000, 'x');
    EXPECT_EQ(round_trip(text(large), Kind::text), Value(text(large)));
    EXPECT_EQ(round_trip(bytes(large), Kind::bytes), Value(bytes(large)));
}

TEST_F(SqliteValues, a_value_beyond_sqlites_limit_is_a_data_error) {
    sqlite3_limit(static_cast<sqlite3*>(connection->native_handle()), SQLITE_LIMIT_LENGTH, 1000);
    const std::string large(1001, 'x');
    for (const ValueView& value : {text(large), bytes(large)}) {
        const auto error =
            caught<DataError>([&] { query(*connection, "SELECT ?, ?", {number(1), value}); });
        ASSERT_TRUE(error);
        EXPECT_THAT(error->what(), HasSubstr("SQLITE_TOOBIG"));
    }
}

TEST_F(SqliteValues, are_stored_in_sqlalchemys_forms) {
    EXPECT_EQ(stored(ValueView::of_bool(true)), "'integer 1'");
    EXPECT_EQ(stored(ValueView::of_integer(19782, Kind::date)), "'text 2024-02-29'");
    EXPECT_EQ(stored(ValueView::of_integer(1'000'001, Kind::time)), "'text 00:00:01.000001'");
    EXPECT_EQ(stored(ValueView::of_integer(0, Kind::datetime)),
              "'text 1970-01-01 00:00:00.000000'");
    EXPECT_EQ(stored(ValueView::of_integer(0, Kind::timestamp)),
              "'text 1970-01-01 00:00:00.000000'");
    EXPECT_EQ(stored(ValueView::of_uuid(
                  azoth::Uuid::parse("6BA7B810-9dad-11d1-80b4-00c04fd430c8").bytes.data())),
              "'text 6ba7b8109dad11d180b400c04fd430c8'");
    const Decimal price("12.50");
    EXPECT_EQ(stored(ValueView::of_decimal(price)), "'text 12.50'");
    EXPECT_EQ(stored(bytes("ab")), "'blob ab'");
}

TEST_F(SqliteValues, what_sqlite_cannot_hold_is_refused_when_bound) {
    const auto refused = [&](const ValueView& value) {
        const auto error =
            caught<DataError>([&] { query(*connection, "SELECT ?, ?", {number(1), value}); });
        return error ? error->fault().message : "no error";
    };
    EXPECT_THAT(refused(ValueView::of_natural(1ULL << 63)),
                HasSubstr("parameter 2 is an integer beyond SQLite's range"));
    EXPECT_THAT(refused(ValueView::of_real(std::nan(""))), HasSubstr("NaN"));
    EXPECT_THAT(refused(text("abc\xff")), HasSubstr("not UTF-8, at byte 3"));
    EXPECT_THAT(refused(text("plain ascii and then \xc3")), HasSubstr("not UTF-8, at byte 21"));
    EXPECT_THAT(refused(ValueView::of_integer(2932897, Kind::date)), HasSubstr("10000"));
    EXPECT_THAT(refused(ValueView::of_integer(int64_max, Kind::date)), HasSubstr("9999"));
    EXPECT_THAT(refused(ValueView::of_integer(-1, Kind::time)), HasSubstr("parameter 2 is"));
    EXPECT_THAT(refused(ValueView::of_integer(int64_max, Kind::datetime)),
                HasSubstr("parameter 2 is"));
}

TEST_F(SqliteValues, a_byte_that_is_not_utf8_is_found_wherever_it_stands) {
    for (std::size_t size = 1; size <= 70; ++size)
        for (std::size_t position = 0; position < size; ++position) {
            std::string bad(size, 'x');
            EXPECT_EQ(query(*connection, "SELECT ?", {text(bad)}).size(), 1U);
            bad[position] = '\xff';
            const auto error =
                caught<DataError>([&] { query(*connection, "SELECT ?", {text(bad)}); });
            ASSERT_TRUE(error) << position << " of " << size;
            EXPECT_THAT(error->fault().message,
                        HasSubstr("not UTF-8, at byte " + std::to_string(position)));
        }
}

TEST_F(SqliteValues, as_it_comes_follows_the_type_of_each_cell) {
    const auto rows = query(*connection,
                            "SELECT 1 UNION ALL SELECT 0.5 UNION ALL SELECT 'x' UNION ALL "
                            "SELECT x'00ff' UNION ALL SELECT NULL");
    std::vector<Kind> kinds;
    for (const Row& row : rows) kinds.push_back(row[0].kind());
    EXPECT_THAT(kinds, testing::ElementsAre(Kind::int64, Kind::float64, Kind::text, Kind::bytes,
                                            Kind::null));
}

TEST_F(SqliteValues, an_integer_is_never_made_of_text_or_of_a_fraction) {
    EXPECT_THAT(refusal("'12'", Kind::int64), HasSubstr("the text '12' where integer is wanted"));
    EXPECT_THAT(refusal("3.5", Kind::int64), HasSubstr("it has a fraction"));
    EXPECT_THAT(refusal("1e19", Kind::int64), HasSubstr("out of range"));
    EXPECT_THAT(refusal("-1e19", Kind::int64), HasSubstr("out of range"));
    EXPECT_THAT(refusal("9e999", Kind::int64), HasSubstr("out of range"));
    EXPECT_THAT(refusal("x'01'", Kind::int64), HasSubstr("a blob of 1 bytes"));
    EXPECT_EQ(read("3.0", Kind::int64), "3");
    EXPECT_EQ(read("-9223372036854775808.0", Kind::int64), "-9223372036854775808");
    EXPECT_THAT(refusal("9223372036854775808.0", Kind::int64), HasSubstr("out of range"));
}

TEST_F(SqliteValues, an_unsigned_integer_is_never_negative) {
    EXPECT_THAT(refusal("-1", Kind::uint64), HasSubstr("it is negative"));
    EXPECT_THAT(refusal("'1'", Kind::uint64), HasSubstr("unsigned integer is wanted"));
    EXPECT_EQ(read("9223372036854775807", Kind::uint64), "9223372036854775807");
}

TEST_F(SqliteValues, a_boolean_is_zero_or_one) {
    EXPECT_EQ(read("0", Kind::boolean), "false");
    EXPECT_EQ(read("1", Kind::boolean), "true");
    for (const char* other : {"2", "-1", "1.0", "'true'", "x'01'"})
        EXPECT_THAT(refusal(other, Kind::boolean), HasSubstr("it must be 0 or 1"));
}

TEST_F(SqliteValues, floating_point_takes_only_integers_that_it_holds_exactly) {
    EXPECT_EQ(read("9007199254740992", Kind::float64), "9007199254740992");
    EXPECT_THAT(refusal("9007199254740993", Kind::float64), HasSubstr("more digits"));
    EXPECT_THAT(refusal("9223372036854775807", Kind::float64), HasSubstr("more digits"));
    EXPECT_EQ(read("-9223372036854775808", Kind::float64), "-9223372036854775808");
    EXPECT_THAT(refusal("'0.5'", Kind::float64), HasSubstr("floating point is wanted"));
    EXPECT_EQ(read("9e999", Kind::float64), "inf");
}

TEST_F(SqliteValues, text_is_never_made_of_numbers_or_bytes) {
    EXPECT_THAT(refusal("12", Kind::text), HasSubstr("the integer 12 where text is wanted"));
    EXPECT_THAT(refusal("0.5", Kind::text), HasSubstr("floating point number 0.5"));
    EXPECT_THAT(refusal("x'6162'", Kind::text), HasSubstr("a blob of 2 bytes"));
    EXPECT_THAT(refusal("'ab'", Kind::bytes), HasSubstr("CAST(… AS BLOB)"));
    EXPECT_THAT(refusal("12", Kind::bytes), HasSubstr("the integer 12 where bytes is wanted"));
}

TEST_F(SqliteValues, text_that_is_not_utf8_is_refused_and_the_remedy_works) {
    for (const Kind wanted : {Kind::text, Kind::null}) {
        const std::string message = refusal("CAST(x'61FF62' AS TEXT)", wanted);
        EXPECT_THAT(message, HasSubstr("not UTF-8 at byte 1"));
        EXPECT_THAT(message, HasSubstr("CAST(… AS BLOB)"));
    }
    EXPECT_EQ(read("CAST(CAST(x'61FF62' AS TEXT) AS BLOB)", Kind::bytes), "x'61ff62'");
}

TEST_F(SqliteValues, dates_and_times_are_read_strictly) {
    EXPECT_EQ(read("'2024-02-29'", Kind::date), "'2024-02-29'");
    EXPECT_EQ(read("CURRENT_TIMESTAMP IS NOT NULL", Kind::boolean), "true");
    EXPECT_FALSE(scalar(*connection, "SELECT CURRENT_TIMESTAMP", {}, Kind::datetime).is_null());
    EXPECT_FALSE(scalar(*connection, "SELECT CURRENT_TIMESTAMP", {}, Kind::timestamp).is_null());
    EXPECT_EQ(read("'2024-02-29T23:59:59'", Kind::datetime), "'2024-02-29 23:59:59.000000'");
    EXPECT_EQ(read("'2024-02-29 23:59:59.5+01:00'", Kind::timestamp),
              "'2024-02-29 22:59:59.500000Z'");
    for (const char* bad : {"'2023-02-29'", "'29.2.2024'", "''", "20240229", "0.5",
                            "'2024-02-29 12:00:00'", "x'32303234'"})
        EXPECT_THAT(refusal(bad, Kind::date), HasSubstr("where date is wanted")) << bad;
    for (const char* bad : {"'24:00:00'", "'12:60:00'", "'noon'", "43200"})
        EXPECT_THAT(refusal(bad, Kind::time), HasSubstr("where time is wanted")) << bad;
    for (const char* bad : {"'2024-02-30 00:00:00'", "'2024-02-29 23:59:59+01:00'", "1709251199"})
        EXPECT_THAT(refusal(bad, Kind::datetime), HasSubstr("where datetime is wanted")) << bad;
}

TEST_F(SqliteValues, uuids_are_read_from_hex_digits_or_sixteen_bytes) {
    const std::string canonical = "'6ba7b810-9dad-11d1-80b4-00c04fd430c8'";
    EXPECT_EQ(read("'6ba7b8109dad11d180b400c04fd430c8'", Kind::uuid), canonical);
    EXPECT_EQ(read("'6BA7B810-9DAD-11D1-80B4-00C04FD430C8'", Kind::uuid), canonical);
    EXPECT_EQ(read("x'6ba7b8109dad11d180b400c04fd430c8'", Kind::uuid), canonical);
    for (const char* bad : {"'6ba7'", "x'6ba7'", "1", "''", "'{6ba7b8109dad11d180b400c04fd430c8}'"})
        EXPECT_THAT(refusal(bad, Kind::uuid), HasSubstr("where uuid is wanted")) << bad;
}

TEST_F(SqliteValues, decimals_are_read_from_every_form_of_number) {
    EXPECT_EQ(read("-9223372036854775808", Kind::decimal), "-9223372036854775808");
    EXPECT_EQ(read("0.1", Kind::decimal), "0.1");
    EXPECT_EQ(read("1e22", Kind::decimal), "10000000000000000000000");
    EXPECT_EQ(read("'00012.500'", Kind::decimal), "12.500");
    EXPECT_EQ(read("'1.5e3'", Kind::decimal), "1500");
    for (const char* bad : {"'abc'", "'1,5'", "''", "9e999", "x'31'", "'NaN'"})
        EXPECT_THAT(refusal(bad, Kind::decimal), HasSubstr("where decimal is wanted")) << bad;
}

TEST_F(SqliteValues, a_refused_cell_leaves_the_other_rows_readable) {
    const auto statement = prepare(*connection, "VALUES (1), ('x'), (3)", {Kind::int64});
    statement->execute({});
    EXPECT_EQ(to_string(fetch_row(*statement)[0]), "1");
    EXPECT_THROW((void)fetch_row(*statement), DataError);
    EXPECT_EQ(to_string(fetch_row(*statement)[0]), "3");
    EXPECT_TRUE(fetch_row(*statement).empty());
}

TEST_F(SqliteValues, wide_rows_mix_kinds) {
    const auto rows =
        query(*connection, "SELECT 1, 'a', NULL, 0.5, x'ff', '2024-02-29', 2, 'b'", {},
              {Kind::int64, Kind::text, Kind::text, Kind::float64, Kind::bytes, Kind::date,
               Kind::decimal, Kind::null});
    ASSERT_EQ(rows.size(), 1U);
    std::string all;
    for (const Value& value : rows[0]) all += to_string(value) + " ";
    EXPECT_EQ(all, "1 'a' NULL 0.5 x'ff' '2024-02-29' 2 'b' ");
}

TEST_F(SqliteValues, a_utf16_database_reads_and_writes_utf8) {
    const auto wide = connect_memory();
    wide->run("PRAGMA encoding = 'UTF-16'; CREATE TABLE t (a TEXT)");
    const std::string value = "grüße 🌍";
    query(*wide, "INSERT INTO t VALUES (?)", {text(value)});
    EXPECT_EQ(scalar(*wide, "SELECT a FROM t", {}, Kind::text), Value(text(value)));
    EXPECT_EQ(integer(*wide, "SELECT length(CAST(a AS BLOB)) FROM t"), 16);
}

TEST_F(SqliteValues, hidden_parameters_stay_out_of_errors) {
    connection->apply({.hide_parameters = true});
    const auto error = caught<DataError>(
        [&] { query(*connection, "SELECT ?, ?", {text("secret"), text("\xff")}); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), testing::Not(HasSubstr("secret")));
}

TEST_F(SqliteValues, are_never_part_of_the_statement) {
    connection->run("CREATE TABLE users (name TEXT)");
    const std::string evil = "x'); DROP TABLE users; --";
    query(*connection, "INSERT INTO users VALUES (?)", {text(evil)});
    EXPECT_EQ(scalar(*connection, "SELECT name FROM users WHERE name = ?", {text(evil)}),
              Value(text(evil)));
}

}  // namespace
