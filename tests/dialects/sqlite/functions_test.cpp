// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/types/decimal.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace {

using namespace sqlite_test;
using azoth::Decimal;
using testing::HasSubstr;

class SqliteRegexp : public testing::Test {
  protected:
    std::string matches(std::string_view value, std::string_view pattern) {
        return to_string(
            scalar(*connection, "SELECT ? REGEXP ?", {text(value), text(pattern)}, Kind::boolean));
    }
    ConnectionPtr connection = connect_memory();
};

TEST_F(SqliteRegexp, searches_anywhere) {
    EXPECT_EQ(matches("hello world", "wor"), "true");
    EXPECT_EQ(matches("hello world", "^wor"), "false");
    EXPECT_EQ(matches("hello world", "l+o\\s"), "true");
    EXPECT_EQ(matches("hello", "^h.*o$"), "true");
    EXPECT_EQ(matches("", "^$"), "true");
    EXPECT_EQ(matches("ab12", "(?<=b)\\d{2}(?!\\d)"), "true");
    EXPECT_EQ(matches("abab", "^(ab)\\1$"), "true");
    EXPECT_EQ(matches("HELLO", "hello"), "false");
    EXPECT_EQ(matches("HELLO", "(?i)hello"), "true");
}

TEST_F(SqliteRegexp, takes_lines_as_python_does) {
    EXPECT_EQ(matches("one\ntwo", "^two"), "false");
    EXPECT_EQ(matches("one\ntwo", "one.two"), "false");
    EXPECT_EQ(matches("one\ntwo", "(?m)^two"), "true");
}

TEST_F(SqliteRegexp, counts_letters_and_not_bytes) {
    EXPECT_EQ(matches("ü", "^.$"), "true");
    EXPECT_EQ(matches("🌍", "^.$"), "true");
    EXPECT_EQ(matches("世", "^[一-龥]$"), "true");
    EXPECT_EQ(matches("ä", "^[ö]$"), "false");
}

TEST_F(SqliteRegexp, is_null_where_either_is) {
    EXPECT_TRUE(scalar(*connection, "SELECT NULL REGEXP 'a'").is_null());
    EXPECT_TRUE(scalar(*connection, "SELECT 'a' REGEXP NULL").is_null());
}

TEST_F(SqliteRegexp, patterns_may_come_from_a_column) {
    connection->run("CREATE TABLE t (p TEXT); INSERT INTO t VALUES ('^a'), ('b$'), ('c'), ('^a')");
    EXPECT_EQ(integer(*connection, "SELECT count(*) FROM t WHERE 'abc' REGEXP p"), 3);
    EXPECT_EQ(integer(*connection, "SELECT count(*) FROM t WHERE p REGEXP '^.$|b'"), 2);
}

TEST_F(SqliteRegexp, a_bad_pattern_is_a_data_error) {
    for (const char* pattern : {"(", "[a", "*", "a{2,1}"}) {
        const auto error = caught<azoth::DataError>([&] { (void)matches("aaa", pattern); });
        ASSERT_TRUE(error) << pattern;
        EXPECT_THAT(error->what(), HasSubstr("regular expression: "));
    }
    EXPECT_EQ(matches("a", "a"), "true");
}

TEST_F(SqliteRegexp, no_pattern_and_no_text_can_hang_or_crash_it) {
    const std::string as(100'000, 'a');
    EXPECT_EQ(matches(as + "!", "^a*!$"), "true");
    // where the outcome is an error, it must be one of ours
    for (const auto& [value, pattern] : std::vector<std::pair<std::string, std::string>>{
             {as + "!", "^(a|b)*!$"},
             {as, "(a*)*$"},
             {as, "(a+)+b"},
             {as, "(a|aa)+b"},
             {as, std::string(100'000, '(') + "a" + std::string(100'000, ')')},
             {as, "((((a?){100}){100}){100}){100}"}}) {
        try {
            (void)matches(value, pattern);
        } catch (const azoth::DBAPIError& error) {
            EXPECT_THAT(error.what(), HasSubstr("regular expression: "));
        }
    }
}

TEST_F(SqliteRegexp, text_that_is_not_utf8_is_refused) {
    EXPECT_THROW((void)scalar(*connection, "SELECT CAST(x'ff' AS TEXT) REGEXP 'a'"),
                 azoth::DataError);
}

// --- decimals

class SqliteDecimal : public testing::Test {
  protected:
    std::string value(const std::string& expression) {
        return to_string(scalar(*connection, "SELECT " + expression, {}, Kind::decimal));
    }
    ConnectionPtr connection = connect_memory();
};

TEST_F(SqliteDecimal, a_column_of_text_affinity_keeps_every_digit_and_the_scale) {
    connection->run("CREATE TABLE t (price DECIMAL_TEXT(40, 10) COLLATE decimal)");
    for (const char* digits : {"1.50", "12345678901234567890123456789.0123456789", "-0.1", "100"}) {
        const Decimal number(digits);
        query(*connection, "DELETE FROM t");
        query(*connection, "INSERT INTO t VALUES (?)", {ValueView::of_decimal(number)});
        EXPECT_EQ(to_string(scalar(*connection, "SELECT price FROM t", {}, Kind::decimal)), digits);
    }
}

TEST_F(SqliteDecimal, the_collation_orders_and_compares_by_value) {
    connection->run(
        "CREATE TABLE t (price DECIMAL_TEXT COLLATE decimal UNIQUE);"
        "INSERT INTO t VALUES ('10'), ('9.5'), ('-3'), ('-20.25'), ('0.00'), ('1e2'), "
        "('100.000000000000000000001'), ('0.5'), ('x'), ('')");
    std::string order;
    for (const Row& row : query(*connection, "SELECT price FROM t ORDER BY price"))
        order += to_string(row[0]);
    EXPECT_EQ(order, "'-20.25''-3''0.00''0.5''9.5''10''1e2''100.000000000000000000001''''x'");
    const Decimal ten("10.000");
    EXPECT_EQ(integer(*connection, "SELECT count(*) FROM t WHERE price > '9.5'"), 5);
    EXPECT_EQ(to_string(scalar(*connection, "SELECT price FROM t WHERE price = ?",
                               {ValueView::of_decimal(ten)})),
              "'10'");
    EXPECT_EQ(to_string(scalar(*connection, "SELECT price FROM t WHERE price = ?", {number(10)})),
              "'10'");
    EXPECT_EQ(value("min(price) FROM t"), "-20.25");
    EXPECT_THROW(connection->run("INSERT INTO t VALUES ('-0')"), azoth::IntegrityError);
}

TEST_F(SqliteDecimal, the_collation_orders_as_decimal_does) {
    std::mt19937 random(7);
    const auto digits = [&](std::size_t most) {
        std::string out;
        for (std::size_t n = random() % (most + 1); n != 0; --n)
            out += static_cast<char>('0' + random() % 3);
        return out;
    };
    for (int i = 0; i < 2000; ++i) {
        std::string numbers[2];
        for (std::string& n : numbers)
            n = (random() % 2 == 0 ? "-" : "") + digits(3) + "0" +
                (random() % 2 == 0 ? "." + digits(4) : "");
        const auto order = Decimal(numbers[0]) <=> Decimal(numbers[1]);
        const std::string expected = order < 0 ? "-1" : order > 0 ? "1" : "0";
        EXPECT_EQ(to_string(scalar(*connection,
                                   "SELECT (a > b COLLATE decimal) - (a < b COLLATE decimal) FROM "
                                   "(SELECT ? AS a, ? AS b)",
                                   {text(numbers[0]), text(numbers[1])})),
                  expected)
            << numbers[0] << " " << numbers[1];
    }
}

TEST_F(SqliteDecimal, arithmetic_is_exact) {
    EXPECT_EQ(value("decimal_add('0.1', '0.2')"), "0.3");
    EXPECT_EQ(value("decimal_add('99999999999999999999.5', '0.50')"), "100000000000000000000.00");
    EXPECT_EQ(value("decimal_add('-5', '3.25')"), "-1.75");
    EXPECT_EQ(value("decimal_sub('1', '1.000000000000000000001')"), "-0.000000000000000000001");
    EXPECT_EQ(value("decimal_sub('5', '5.00')"), "0.00");
    EXPECT_EQ(value("decimal_mul('1.50', '-3')"), "-4.50");
    EXPECT_EQ(value("decimal_mul('123456789012345678901234567890', "
                    "'987654321098765432109876543210')"),
              "121932631137021795226185032733622923332237463801111263526900");
    EXPECT_EQ(value("decimal_mul('-0.001', '-0.001')"), "0.000001");
    EXPECT_EQ(value("decimal_mul('0', '-7.5')"), "0.0");
    EXPECT_EQ(value("decimal_add(1, 0.5)"), "1.5");
    EXPECT_EQ(value("decimal_add(NULL, '1')"), "NULL");
    EXPECT_EQ(value("decimal_mul('1', NULL)"), "NULL");
}

TEST_F(SqliteDecimal, what_is_no_number_is_a_data_error) {
    for (const char* expression :
         {"decimal_add('x', 1)", "decimal_mul('', 1)", "decimal_sub(x'ff', 1)",
          "decimal_add('1', '1.2.3')", "decimal_sum('one')", "decimal_add('-', '1')",
          "decimal_add(9e999, 1)"}) {
        EXPECT_THROW((void)value(expression), azoth::DataError) << expression;
    }
}

TEST_F(SqliteDecimal, sums_are_exact_and_null_for_no_rows) {
    connection->run(
        "CREATE TABLE t (g INTEGER, a TEXT);"
        "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
        "INSERT INTO t SELECT i % 2, '0.10' FROM n; INSERT INTO t VALUES (0, NULL), (2, NULL)");
    EXPECT_EQ(value("decimal_sum(a) FROM t"), "100.00");
    EXPECT_EQ(value("decimal_sum(a) FROM t WHERE g = 1"), "50.00");
    EXPECT_EQ(value("decimal_sum(a) FROM t WHERE g = 2"), "NULL");
    EXPECT_EQ(value("decimal_sum(a) FROM t WHERE 0"), "NULL");
    const auto rows =
        query(*connection,
              "WITH v(i, x) AS (VALUES (1, '0.1'), (2, '0.2'), (3, '-7'), (4, NULL), (5, NULL))"
              " SELECT decimal_sum(x) OVER (ORDER BY i ROWS 1 PRECEDING) FROM v",
              {}, {Kind::decimal});
    std::string sums;
    for (const Row& row : rows) sums += to_string(row[0]) + " ";
    EXPECT_EQ(sums, "0.1 0.3 -6.8 -7.0 NULL ");
}

TEST_F(SqliteDecimal, arithmetic_agrees_with_integers) {
    std::mt19937_64 random(3);
    const auto any = [&] {
        return static_cast<std::int64_t>(random() >> (random() % 64)) % 2'000'000'000 *
               (random() % 2 == 0 ? 1 : -1);
    };
    for (int i = 0; i < 2000; ++i) {
        const std::int64_t a = any();
        const std::int64_t b = any();
        const std::string pair = "(" + std::to_string(a) + ", " + std::to_string(b) + ")";
        EXPECT_EQ(value("decimal_add" + pair), std::to_string(a + b));
        EXPECT_EQ(value("decimal_sub" + pair), std::to_string(a - b));
        EXPECT_EQ(value("decimal_mul" + pair), std::to_string(a * b));
    }
}

}  // namespace
