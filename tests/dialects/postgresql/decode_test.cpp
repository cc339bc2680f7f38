// SPDX-License-Identifier: MIT
// The decoders of PostgreSQL's binary forms with bytes that no server sends.
#include <azoth/dialects/postgresql/decode_internal.hpp>
#include <azoth/types/decimal.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

using namespace azoth;
using testing::HasSubstr;
namespace oid = azoth::postgresql::oid;

namespace {

/// Why the cell can't be read as that kind, or "" where it can.
std::string problem_of(postgresql::Oid type, Kind wanted, std::string_view cell) {
    const postgresql::Decoder decode = postgresql::find_decoder(type, wanted, false);
    ValueView view;
    Decimal decimal;
    const char* const problem = decode(cell.data(), static_cast<int>(cell.size()), view, decimal);
    return problem == nullptr ? "" : problem;
}

/// A numeric of one group before the point.
std::string numeric(char high, char low, char sign = 0) {
    return {0, 1, 0, 0, sign, 0, 0, 0, high, low};
}

TEST(PostgresqlDecode, a_numeric_s_group_of_more_than_four_digits_is_refused) {
    EXPECT_EQ(problem_of(oid::numeric, Kind::decimal, numeric('\x27', '\x0f')), "");  // 9999
    for (const Kind wanted : {Kind::decimal, Kind::int64, Kind::uint64, Kind::float64})
        EXPECT_THAT(problem_of(oid::numeric, wanted, numeric('\x27', '\x10')),
                    HasSubstr("unknown form"));
}

TEST(PostgresqlDecode, a_numeric_of_an_unknown_sign_is_refused) {
    EXPECT_EQ(problem_of(oid::numeric, Kind::decimal, numeric(0, 1, '\x40')), "");
    EXPECT_THAT(problem_of(oid::numeric, Kind::decimal, numeric(0, 1, '\x20')),
                HasSubstr("unknown form"));
}

TEST(PostgresqlDecode, a_cell_of_another_length_than_its_type_has_is_refused) {
    using namespace std::string_view_literals;
    EXPECT_THAT(problem_of(oid::int4, Kind::int64, "\0\0\0"sv), HasSubstr("unknown length"));
    EXPECT_THAT(problem_of(oid::uuid, Kind::uuid, "0123456789abcde"), HasSubstr("unknown length"));
    EXPECT_THAT(problem_of(oid::boolean, Kind::boolean, ""), HasSubstr("unknown length"));
    EXPECT_THAT(problem_of(oid::jsonb, Kind::text, ""), HasSubstr("unknown version"));
    EXPECT_THAT(problem_of(oid::numeric, Kind::decimal, "\0\1\0\0\0\0"sv),
                HasSubstr("unknown form"));
    EXPECT_THAT(problem_of(oid::numeric, Kind::decimal, "\0\1\0\0\0\0\0\0"sv),
                HasSubstr("unknown form"));
}

}  // namespace
