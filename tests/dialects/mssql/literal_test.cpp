// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/dialects/mssql/compiler.hpp>
#include <azoth/types/decimal.hpp>
#include <azoth/types/uuid.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

using namespace azoth;

namespace {

std::string literal(const ValueView& value, const Type& type = {}) {
    return mssql::Compiler().literal(value, type);
}
std::string text(std::string_view value) {
    return literal(ValueView::of_text(value));
}

TEST(MssqlLiteral, texts_are_national_and_end_at_their_own_quote) {
    EXPECT_EQ(text(""), "N''");
    EXPECT_EQ(text("snø ☃"), "N'snø ☃'");
    EXPECT_EQ(text("it's"), "N'it''s'");
    EXPECT_EQ(text("'; DROP TABLE x; --"), "N'''; DROP TABLE x; --'");
    EXPECT_EQ(text("\\'"), "N'\\'''");
    EXPECT_EQ(text("''"), "N''''''");
    EXPECT_EQ(text("ends with \\"), "N'ends with \\'");
    EXPECT_THROW((void)text(std::string_view("a\0b", 3)), DataError);
}

TEST(MssqlLiteral, a_backslash_before_a_line_s_end_joins_no_lines) {
    EXPECT_EQ(text("a\\\nb"), "(N'a\\' + N'\nb')");
    EXPECT_EQ(text("a\\\r\nb"), "(N'a\\' + N'\r\nb')");
    EXPECT_EQ(text("\\\n\\\n"), "(N'\\' + N'\n\\' + N'\n')");
    EXPECT_EQ(text("\\\\\n'"), "(N'\\\\' + N'\n''')");
    EXPECT_EQ(text("a\nb\\n"), "N'a\nb\\n'");
}

TEST(MssqlLiteral, each_kind_has_the_type_it_is_of) {
    EXPECT_EQ(literal({}), "NULL");
    EXPECT_EQ(literal(ValueView::of_bool(true)), "1");
    EXPECT_EQ(literal(ValueView::of_bool(false)), "0");
    EXPECT_EQ(literal(ValueView::of_integer(-5)), "-5");
    EXPECT_EQ(literal(ValueView::of_natural(18446744073709551615U)), "18446744073709551615");
    EXPECT_EQ(literal(ValueView::of_real(1.5)), "1.5e0");
    EXPECT_EQ(literal(ValueView::of_real(1e300)), "1e+300");
    EXPECT_EQ(literal(ValueView::of_integer(0, Kind::date)), "CAST('1970-01-01' AS DATE)");
    EXPECT_EQ(literal(ValueView::of_integer(1, Kind::time)), "CAST('00:00:00.000001' AS TIME(6))");
    EXPECT_EQ(literal(ValueView::of_integer(1, Kind::datetime)),
              "CAST('1970-01-01 00:00:00.000001' AS DATETIME2(6))");
    EXPECT_EQ(literal(ValueView::of_integer(-1, Kind::timestamp)),
              "CAST('1969-12-31 23:59:59.999999 +00:00' AS DATETIMEOFFSET(6))");
    const Uuid uuid = Uuid::parse("00112233-4455-6677-8899-aabbccddeeff");
    EXPECT_EQ(literal(ValueView::of_uuid(uuid.bytes.data())),
              "CAST('00112233-4455-6677-8899-aabbccddeeff' AS UNIQUEIDENTIFIER)");
    const std::byte bytes[] = {std::byte{0}, std::byte{0x27}, std::byte{0xff}};
    EXPECT_EQ(literal(ValueView::of_bytes(bytes)), "0x0027ff");
    EXPECT_EQ(literal(ValueView::of_bytes({})), "0x");
}

TEST(MssqlLiteral, numbers_that_the_database_can_t_hold_are_refused) {
    for (const double number : {std::nan(""), std::numeric_limits<double>::infinity()})
        EXPECT_THROW((void)literal(ValueView::of_real(number)), DataError);
    const Decimal longest = Decimal::parse(std::string(20, '9') + "." + std::string(18, '9'));
    EXPECT_EQ(literal(ValueView::of_decimal(longest)), longest.to_string());
    const Decimal longer = Decimal::parse(std::string(20, '9') + "." + std::string(19, '9'));
    EXPECT_THROW((void)literal(ValueView::of_decimal(longer)), DataError);
    EXPECT_THROW((void)literal(ValueView::of_integer(5'000'000, Kind::date)), DataError);
    EXPECT_THROW((void)literal(ValueView::of_integer(INT64_MAX, Kind::datetime)), DataError);
}

}  // namespace
