// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/dialects/oracle/compiler.hpp>
#include <azoth/types/decimal.hpp>
#include <azoth/types/uuid.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tests/support/message_of.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

using namespace azoth;
using azoth::test::message_of;
using testing::HasSubstr;

namespace {

std::string literal(const ValueView& value, const Type& type = {}) {
    return oracle::Compiler().literal(value, type);
}
std::string text(std::string_view value) {
    return literal(ValueView::of_text(value));
}

TEST(OracleLiteral, texts_end_at_their_own_quote) {
    EXPECT_EQ(text("snø ☃"), "'snø ☃'");
    EXPECT_EQ(text("it's"), "'it''s'");
    EXPECT_EQ(text("'; DROP TABLE x; --"), "'''; DROP TABLE x; --'");
    EXPECT_EQ(text("\\'"), "'\\'''");
    EXPECT_EQ(text("q'[x]'"), "'q''[x]'''");
    EXPECT_EQ(text("&name"), "'&name'");
    EXPECT_THROW((void)text(std::string_view("a\0b", 3)), DataError);
}

TEST(OracleLiteral, what_would_become_NULL_or_be_too_long_is_refused) {
    EXPECT_THAT(message_of<DataError>([] { (void)text(""); }), HasSubstr("for NULL"));
    EXPECT_THAT(message_of<DataError>([] { (void)literal(ValueView::of_bytes({})); }),
                HasSubstr("for NULL"));
    EXPECT_EQ(text(std::string(4000, 'x')).size(), 4002U);
    EXPECT_THAT(message_of<DataError>([] { (void)text(std::string(4001, 'x')); }),
                HasSubstr("at most 4000 bytes"));
    const std::vector<std::byte> bytes(2001);
    EXPECT_THAT(message_of<DataError>([&] { (void)literal(ValueView::of_bytes(bytes)); }),
                HasSubstr("at most 2000 bytes"));
}

TEST(OracleLiteral, each_kind_has_the_type_it_is_of) {
    EXPECT_EQ(literal({}), "NULL");
    EXPECT_EQ(literal(ValueView::of_bool(true)), "1");
    EXPECT_EQ(literal(ValueView::of_bool(false)), "0");
    EXPECT_EQ(literal(ValueView::of_integer(-5)), "-5");
    EXPECT_EQ(literal(ValueView::of_real(1.5)), "1.5D");
    EXPECT_EQ(literal(ValueView::of_real(1e300)), "1e+300D");
    EXPECT_EQ(literal(ValueView::of_integer(0, Kind::date)), "DATE '1970-01-01'");
    EXPECT_EQ(literal(ValueView::of_integer(1, Kind::time)),
              "INTERVAL '00:00:00.000001' HOUR TO SECOND(6)");
    EXPECT_EQ(literal(ValueView::of_integer(1, Kind::datetime)),
              "TIMESTAMP '1970-01-01 00:00:00.000001'");
    EXPECT_EQ(literal(ValueView::of_integer(-1, Kind::timestamp)),
              "TIMESTAMP '1969-12-31 23:59:59.999999 +00:00'");
    const Uuid uuid = Uuid::parse("00112233-4455-6677-8899-aabbccddeeff");
    EXPECT_EQ(literal(ValueView::of_uuid(uuid.bytes.data())),
              "HEXTORAW('00112233445566778899aabbccddeeff')");
    const std::byte bytes[] = {std::byte{0}, std::byte{0x27}, std::byte{0xff}};
    EXPECT_EQ(literal(ValueView::of_bytes(bytes)), "HEXTORAW('0027ff')");
}

TEST(OracleLiteral, numbers_that_the_database_can_t_hold_are_refused) {
    for (const double number : {std::nan(""), std::numeric_limits<double>::infinity()})
        EXPECT_THROW((void)literal(ValueView::of_real(number)), DataError);
    const Decimal longer = Decimal::parse(std::string(39, '9'));
    EXPECT_THROW((void)literal(ValueView::of_decimal(longer)), DataError);
    EXPECT_EQ(literal(ValueView::of_decimal(Decimal::parse("1.50"))), "1.50");
    EXPECT_THROW((void)literal(ValueView::of_integer(5'000'000, Kind::date)), DataError);
    EXPECT_THROW((void)literal(ValueView::of_integer(INT64_MAX, Kind::timestamp)), DataError);
}

}  // namespace
