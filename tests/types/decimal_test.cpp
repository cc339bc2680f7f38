// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/types/decimal.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <vector>

namespace {

using namespace azoth;

Decimal dec(std::string_view text) {
    return Decimal::parse(text);
}

/// The message of the DataError that reading `text` throws; empty where it throws none.
std::string refusal(std::string_view text) {
    try {
        static_cast<void>(Decimal::parse(text));
    } catch (const DataError& error) {
        return error.what();
    }
    return {};
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

const std::string forty_digits = "1234567890123456789012345678901234567890";

static_assert(sizeof(Decimal) == 16);
static_assert(std::is_nothrow_move_constructible_v<Decimal>);
static_assert(std::is_nothrow_constructible_v<Decimal, std::int64_t>);
static_assert(!std::is_constructible_v<Decimal, double>, "binary fractions are no decimals");
static_assert(!std::is_constructible_v<Decimal, bool>);
static_assert(!std::is_constructible_v<Decimal, char>);
static_assert(!std::is_convertible_v<std::string_view, Decimal>, "text is never read in passing");
static_assert(Decimal{-42}.is_negative() && Decimal{-42}.small_coefficient() == 42u,
              "integers are constants");

// --- making

TEST(Decimal, is_zero_by_default) {
    EXPECT_TRUE(Decimal{}.is_zero());
    EXPECT_FALSE(Decimal{}.is_negative());
    EXPECT_EQ(Decimal{}.scale(), 0);
    EXPECT_EQ(Decimal{}.to_string(), "0");
}

TEST(Decimal, holds_every_integer_type) {
    EXPECT_EQ(Decimal{std::numeric_limits<std::int64_t>::min()}.to_string(),
              "-9223372036854775808");
    EXPECT_EQ(Decimal{std::numeric_limits<std::int64_t>::max()}.to_string(), "9223372036854775807");
    EXPECT_EQ(Decimal{std::numeric_limits<std::uint64_t>::max()}.to_string(),
              "18446744073709551615");
    EXPECT_EQ(Decimal{std::numeric_limits<std::int32_t>::min()}.to_string(), "-2147483648");
    EXPECT_EQ(Decimal{static_cast<signed char>(-128)}.to_string(), "-128");
    EXPECT_EQ(Decimal{static_cast<unsigned short>(65535)}.to_string(), "65535");
}

TEST(Decimal, keeps_trailing_zeros) {
    EXPECT_EQ(dec("1.50").to_string(), "1.50");
    EXPECT_EQ(dec("1.50").scale(), 2);
    EXPECT_EQ(dec("100").scale(), 0);
    EXPECT_EQ(dec("0.000").to_string(), "0.000");
}

TEST(Decimal, reads_every_spelling_of_a_number) {
    const std::vector<std::pair<std::string, std::string>> spellings{
        {"0", "0"},
        {"-0", "0"},
        {"+7", "7"},
        {"007", "7"},
        {".5", "0.5"},
        {"5.", "5"},
        {"-.5", "-0.5"},
        {"-0.00", "0.00"},
        {"00.10", "0.10"},
        {"1e3", "1000"},
        {"1E+3", "1000"},
        {"1.5e3", "1500"},
        {"1.50e1", "15.0"},
        {"1e-3", "0.001"},
        {"-12.5e-2", "-0.125"},
        {"1.e2", "100"},
        {"0e5", "0"},
        {"0e-5", "0.00000"},
        {"1e0", "1"},
        {"12345e-2", "123.45"},
        {"0.000001e6", "1"},
        {"0e999999999999999999999", "0"}};
    for (const auto& [text, plain] : spellings) EXPECT_EQ(dec(text).to_string(), plain) << text;
}

TEST(Decimal, has_no_negative_zero) {
    EXPECT_FALSE(dec("-0.0").is_negative());
    EXPECT_FALSE(Decimal::from_parts(true, 0, 3).is_negative());
    EXPECT_FALSE(Decimal::from_digits(true, "000", 3).is_negative());
    EXPECT_FALSE(Decimal::from_double(-0.0).is_negative());
}

TEST(Decimal, refuses_what_is_no_number) {
    using namespace std::string_view_literals;
    for (const std::string_view text :
         {""sv,      "+"sv,  "-"sv,   "."sv,   "-."sv,    "e5"sv,  "1e"sv,   "1e+"sv,
          "1e1.5"sv, " 1"sv, "1 "sv,  "1,5"sv, "1_000"sv, "--1"sv, "+-1"sv,  "1.2.3"sv,
          "0x10"sv,  "1f"sv, "1\0"sv, "$1"sv,  "١"sv,     "one"sv, "1e5x"sv, "1-"sv}) {
        EXPECT_NE(refusal(text), "") << text;
    }
}

TEST(Decimal, says_that_it_has_no_nan_and_no_infinity) {
    for (const std::string_view text :
         {"NaN", "nan", "-NaN", "sNaN", "Infinity", "-Infinity", "inf"})
        EXPECT_TRUE(contains(refusal(text), "always a finite number")) << refusal(text);
    EXPECT_THROW(static_cast<void>(Decimal::from_double(std::nan(""))), DataError);
    EXPECT_THROW(static_cast<void>(Decimal::from_double(-HUGE_VAL)), DataError);
    EXPECT_THROW(static_cast<void>(Decimal::from_float(HUGE_VALF)), DataError);
}

TEST(Decimal, quotes_refused_text_cut_short) {
    EXPECT_TRUE(contains(refusal("12\n"), R"('12\x0a')")) << refusal("12\n");
    EXPECT_LT(refusal("1x" + std::string(100'000, '9')).size(), 300u);
}

TEST(Decimal, holds_what_postgresql_numeric_holds_and_no_more) {
    const std::string widest(std::size_t{Decimal::max_integer_digits}, '9');
    const std::string finest = "0." + std::string(std::size_t{Decimal::max_scale}, '9');
    EXPECT_EQ(dec(widest).to_string(), widest);
    EXPECT_EQ(dec(finest).to_string(), finest);
    EXPECT_EQ(dec(widest + finest.substr(1)).to_string(), widest + finest.substr(1));
    EXPECT_EQ(dec("1e131071").precision(), Decimal::max_integer_digits);
    EXPECT_EQ(dec("1e-16383").scale(), Decimal::max_scale);
    EXPECT_NE(refusal(widest + "0"), "");
    EXPECT_NE(refusal(finest + "9"), "");
    EXPECT_NE(refusal("1e131072"), "");
    EXPECT_NE(refusal("1e-16384"), "");
    EXPECT_NE(refusal("0e-16384"), "");
    EXPECT_NE(refusal("1e999999999999999999999"), "");  // at once, not after filling the memory
    EXPECT_NE(refusal("1e-999999999999999999999"), "");
    EXPECT_EQ(dec(std::string(200'000, '0') + "1").to_string(), "1");
}

TEST(Decimal, is_made_from_coefficient_and_scale) {
    EXPECT_EQ(Decimal::from_coefficient(12345, 2).to_string(), "123.45");
    EXPECT_EQ(Decimal::from_coefficient(-5, 3).to_string(), "-0.005");
    EXPECT_EQ(Decimal::from_coefficient(std::numeric_limits<std::int64_t>::min(), 18).to_string(),
              "-9.223372036854775808");
    EXPECT_EQ(Decimal::from_parts(true, 150, 2).to_string(), "-1.50");
    EXPECT_EQ(Decimal::from_coefficient(1, Decimal::max_scale).scale(), Decimal::max_scale);
    EXPECT_THROW(static_cast<void>(Decimal::from_coefficient(1, -1)), ArgumentError);
    EXPECT_THROW(static_cast<void>(Decimal::from_parts(false, 1, Decimal::max_scale + 1)),
                 ArgumentError);
}

TEST(Decimal, is_made_from_digits) {
    EXPECT_EQ(Decimal::from_digits(true, "0012345", 4).to_string(), "-1.2345");
    EXPECT_EQ(Decimal::from_digits(false, "", 2).to_string(), "0.00");
    EXPECT_EQ(Decimal::from_digits(false, forty_digits, 40).to_string(), "0." + forty_digits);
    EXPECT_THROW(static_cast<void>(Decimal::from_digits(false, "1.5", 0)), ArgumentError);
    EXPECT_THROW(static_cast<void>(Decimal::from_digits(false, "-5", 0)), ArgumentError);
    EXPECT_THROW(static_cast<void>(Decimal::from_digits(false, "5", -1)), ArgumentError);
    EXPECT_THROW(static_cast<void>(Decimal::from_digits(false, std::string(131073, '1'), 0)),
                 DataError);
}

// --- looking

TEST(Decimal, counts_its_digits) {
    const auto counts = [](std::string_view text) {
        return std::pair{dec(text).precision(), dec(text).integer_digits()};
    };
    EXPECT_EQ(counts("12.50"), std::pair(4, 2));
    EXPECT_EQ(counts("0.05"), std::pair(1, 0));
    EXPECT_EQ(counts("0"), std::pair(1, 0));
    EXPECT_EQ(counts("0.000"), std::pair(1, 0));
    EXPECT_EQ(counts("-1000"), std::pair(4, 4));
    EXPECT_EQ(counts(forty_digits), std::pair(40, 40));
}

TEST(Decimal, gives_its_coefficient_as_number_and_as_digits) {
    std::array<char, 20> scratch;
    EXPECT_EQ(dec("-12.50").small_coefficient(), 1250u);
    EXPECT_EQ(dec("-12.50").digits(scratch), "1250");
    EXPECT_EQ(Decimal{}.digits(scratch), "0");
    EXPECT_EQ(dec("18446744073709551615").small_coefficient(),
              std::numeric_limits<std::uint64_t>::max());
    const Decimal big = dec("18446744073709551616");
    EXPECT_EQ(big.small_coefficient(), std::nullopt);
    EXPECT_EQ(big.digits(scratch), "18446744073709551616");
}

TEST(Decimal, announces_exactly_the_length_that_it_writes) {
    for (const std::string text : {"0", "-0.001", "0.000", "12.50", "-7", "18446744073709551616"}) {
        std::string out(text.size() + 1, '#');
        const Decimal number = dec(text);
        EXPECT_EQ(number.text_size(), text.size());
        EXPECT_EQ(number.write_to(out.data()) - out.data(),
                  static_cast<std::ptrdiff_t>(text.size()));
        EXPECT_EQ(out, text + "#");
    }
}

// --- copying

TEST(Decimal, copies_and_moves_small_and_large_numbers) {
    for (const std::string& text : {std::string("-1.50"), "-" + forty_digits + ".50"}) {
        const Decimal original = dec(text);
        Decimal copy = original;
        EXPECT_EQ(copy.to_string(), text);
        Decimal moved = std::move(copy);
        EXPECT_EQ(moved.to_string(), text);
        copy = moved;
        EXPECT_EQ(copy.to_string(), text);
        Decimal other = dec("7");
        other = std::move(moved);
        EXPECT_EQ(other.to_string(), text);
        other = *&other;
        EXPECT_EQ(other.to_string(), text);
        Decimal seven{7};
        seven.swap(other);
        EXPECT_EQ(seven.to_string(), text);
        EXPECT_EQ(other, 7);
        other.swap(seven);
        other.swap(other);
        EXPECT_EQ(other.to_string(), text);
    }
}

// --- comparing

TEST(Decimal, compares_by_value_whatever_the_scale) {
    EXPECT_EQ(dec("1.5"), dec("1.50"));
    EXPECT_EQ(dec("100"), dec("100.000"));
    EXPECT_EQ(dec("0"), dec("0.00"));
    EXPECT_EQ(dec("1.00000000000000000000000000000"), 1);
    EXPECT_NE(dec("1.5"), dec("-1.5"));
    EXPECT_NE(dec("1"), dec("10"));
    EXPECT_NE(dec("0.1"), dec("0.01"));
    EXPECT_LT(dec("9.99"), dec("10"));
    EXPECT_LT(dec("-10"), dec("-9.99"));
    EXPECT_LT(dec("-0.001"), 0);
    EXPECT_GT(dec("0.001"), dec("0.000"));
    EXPECT_GT(dec(forty_digits), std::numeric_limits<std::uint64_t>::max());
    EXPECT_LT(dec("-" + forty_digits), std::numeric_limits<std::int64_t>::min());
    EXPECT_LT(dec(forty_digits), dec(forty_digits + ".0000001"));
    EXPECT_TRUE((dec("2.0") <=> dec("2")) == std::weak_ordering::equivalent);
}

TEST(Decimal, equal_numbers_hash_alike) {
    const std::hash<Decimal> hash;
    EXPECT_EQ(hash(dec("1.5")), hash(dec("1.500")));
    EXPECT_EQ(hash(dec("100")), hash(dec("1e2")));
    EXPECT_EQ(hash(dec("100")), hash(dec("100.0000000000000000000000000000")));
    EXPECT_EQ(hash(dec("0")), hash(dec("0.00")));
    EXPECT_NE(hash(dec("1")), hash(dec("-1")));
    EXPECT_NE(hash(dec("1")), hash(dec("10")));
    const std::unordered_set<Decimal> set{dec("1"), dec("1.0"), dec("0.1"), dec("-1"), dec("1e0")};
    EXPECT_EQ(set.size(), 3u);
}

// --- converting

TEST(Decimal, rescales_exactly_or_not_at_all) {
    EXPECT_EQ(dec("1.5").rescale(3).to_string(), "1.500");
    EXPECT_EQ(dec("1.500").rescale(1).to_string(), "1.5");
    EXPECT_EQ(dec("100.00").rescale(0).to_string(), "100");
    EXPECT_EQ(dec("0").rescale(4).to_string(), "0.0000");
    EXPECT_EQ(dec("0.0000").rescale(0).to_string(), "0");
    EXPECT_EQ(dec("18446744073709551615").rescale(2).to_string(), "18446744073709551615.00");
    EXPECT_EQ(dec("18446744073709551615.00").rescale(0).small_coefficient(),
              std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(dec("0.001").rescale(Decimal::max_scale).rescale(3).to_string(), "0.001");
    EXPECT_THROW(static_cast<void>(dec("1.55").rescale(1)), DataError);
    EXPECT_THROW(static_cast<void>(dec("-0.001").rescale(0)), DataError);
    EXPECT_THROW(static_cast<void>(dec("1").rescale(-1)), ArgumentError);
    EXPECT_THROW(static_cast<void>(dec("1").rescale(Decimal::max_scale + 1)), ArgumentError);
}

TEST(Decimal, normalizes_to_the_smallest_scale) {
    EXPECT_EQ(dec("1.500").normalized().to_string(), "1.5");
    EXPECT_EQ(dec("100.00").normalized().to_string(), "100");
    EXPECT_EQ(dec("100").normalized().to_string(), "100");
    EXPECT_EQ(dec("-0.00").normalized().to_string(), "0");
    EXPECT_EQ(dec("0.001").normalized().to_string(), "0.001");
    EXPECT_EQ(dec(forty_digits + ".000").normalized().to_string(), forty_digits);
}

TEST(Decimal, becomes_the_nearest_double) {
    EXPECT_EQ(dec("0.1").to_double(), 0.1);
    EXPECT_EQ(dec("-123.456").to_double(), -123.456);
    EXPECT_EQ(dec("9007199254740993").to_double(), 9007199254740992.0);  // a tie, to even
    EXPECT_EQ(dec("9007199254740993.0001").to_double(), 9007199254740994.0);
    EXPECT_EQ(dec("1e308").to_double(), 1e308);
    EXPECT_EQ(dec("5e-324").to_double(), std::numeric_limits<double>::denorm_min());
    EXPECT_EQ(dec("1e-400").to_double(), 0.0);
    EXPECT_TRUE(std::signbit(dec("-1e-400").to_double()));
    EXPECT_FALSE(std::signbit(dec("0").to_double()));
    EXPECT_THROW(static_cast<void>(dec("1e309").to_double()), DataError);
    EXPECT_THROW(static_cast<void>(dec("-1e309").to_double()), DataError);
}

TEST(Decimal, comes_from_doubles_in_their_shortest_form) {
    EXPECT_EQ(Decimal::from_double(0.1).to_string(), "0.1");
    EXPECT_EQ(Decimal::from_double(-2.5).to_string(), "-2.5");
    EXPECT_EQ(Decimal::from_double(100.0).to_string(), "100");
    EXPECT_EQ(Decimal::from_double(1e22).to_string(), "1" + std::string(22, '0'));
    EXPECT_EQ(Decimal::from_double(5e-324).scale(), 324);
    EXPECT_EQ(Decimal::from_float(0.1f).to_string(), "0.1");
}

TEST(Decimal, becomes_an_integer_only_where_it_is_one) {
    EXPECT_EQ(dec("42.00").to_int64(), 42);
    EXPECT_EQ(dec("-42").to_int64(), -42);
    EXPECT_EQ(dec("-9223372036854775808.0").to_int64(), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(dec("9223372036854775807").to_int64(), std::numeric_limits<std::int64_t>::max());
    EXPECT_THROW(static_cast<void>(dec("9223372036854775808").to_int64()), DataError);
    EXPECT_THROW(static_cast<void>(dec("-9223372036854775809").to_int64()), DataError);
    EXPECT_THROW(static_cast<void>(dec(forty_digits).to_int64()), DataError);
    EXPECT_THROW(static_cast<void>(dec("0.5").to_int64()), DataError);
}

// --- against a model: sign, digits before and after the point, as plain text

struct Model {
    bool negative;
    std::string integer;  // without leading zeros
    std::string fraction;

    [[nodiscard]] std::string text() const {
        return (negative ? "-" : "") + (integer.empty() ? "0" : integer) +
               (fraction.empty() ? "" : "." + fraction);
    }
};

Model random_model(std::mt19937& random) {
    const auto digits = [&](int most) {
        std::string text(std::uniform_int_distribution<std::size_t>(0, std::size_t(most))(random),
                         '0');
        for (char& c : text) {
            // many zeros and nines, where carries and trailing zeros are
            constexpr std::string_view choice = "0000000123456789999";
            c = choice[std::uniform_int_distribution<std::size_t>(0, choice.size() - 1)(random)];
        }
        return text;
    };
    const int most = std::uniform_int_distribution<int>(0, 1)(random) == 0 ? 3 : 30;
    Model model{std::uniform_int_distribution<int>(0, 1)(random) == 1, digits(most), digits(most)};
    model.integer.erase(0, std::min(model.integer.find_first_not_of('0'), model.integer.size()));
    if ((model.integer + model.fraction).find_first_not_of('0') == std::string::npos)
        model.negative = false;
    return model;
}

/// -1, 0 or 1, by padding both to the same width.
int compare(const Model& a, const Model& b) {
    const auto padded = [](const Model& m) {
        return std::string(40 - m.integer.size(), '0') + m.integer + m.fraction +
               std::string(40 - m.fraction.size(), '0');
    };
    if (a.negative != b.negative) return a.negative ? -1 : 1;
    const int order = padded(a).compare(padded(b));
    return (order > 0 ? 1 : order < 0 ? -1 : 0) * (a.negative ? -1 : 1);
}

TEST(Decimal, random_numbers_survive_the_way_through_text) {
    std::mt19937 random{11};
    for (int i = 0; i < 50'000; ++i) {
        const Model model = random_model(random);
        const Decimal number = dec(model.text());
        ASSERT_EQ(number.to_string(), model.text());
        ASSERT_EQ(number.scale(), static_cast<int>(model.fraction.size()));
        ASSERT_EQ(number.integer_digits(), static_cast<int>(model.integer.size()));
        std::array<char, 20> scratch;
        ASSERT_EQ(Decimal::from_digits(number.is_negative(), number.digits(scratch), number.scale())
                      .to_string(),
                  model.text());
        // the same number with an exponent
        const std::string scientific = (model.negative ? "-" : "") + model.integer +
                                       model.fraction + "e-" +
                                       std::to_string(model.fraction.size());
        if (model.integer.size() + model.fraction.size() == 0) continue;
        ASSERT_EQ(dec(scientific).to_string(), model.text()) << scientific;
    }
}

TEST(Decimal, random_numbers_compare_and_hash_as_the_model_does) {
    std::mt19937 random{12};
    const std::hash<Decimal> hash;
    int equal = 0;
    for (int i = 0; i < 100'000; ++i) {
        const Model a = random_model(random);
        const Model b = random_model(random);
        const Decimal x = dec(a.text());
        const Decimal y = dec(b.text());
        const int expected = compare(a, b);
        ASSERT_EQ(x < y, expected < 0) << a.text() << ' ' << b.text();
        ASSERT_EQ(x == y, expected == 0) << a.text() << ' ' << b.text();
        ASSERT_EQ(x > y, expected > 0) << a.text() << ' ' << b.text();
        if (expected == 0) {
            ++equal;
            ASSERT_EQ(hash(x), hash(y)) << a.text() << ' ' << b.text();
        }
    }
    EXPECT_GT(equal, 100);  // the test saw equal numbers of different form
}

TEST(Decimal, random_numbers_rescale_without_change) {
    std::mt19937 random{13};
    for (int i = 0; i < 20'000; ++i) {
        const Decimal number = dec(random_model(random).text());
        const int scale = std::uniform_int_distribution<int>(0, 60)(random);
        const int needed = number.normalized().scale();
        ASSERT_EQ(number.normalized(), number);
        if (scale < needed) {
            ASSERT_THROW(static_cast<void>(number.rescale(scale)), DataError);
        } else {
            ASSERT_EQ(number.rescale(scale), number);
            ASSERT_EQ(number.rescale(scale).scale(), scale);
        }
    }
}

TEST(Decimal, every_random_double_survives_the_way_there_and_back) {
    std::mt19937_64 random{14};
    for (int i = 0; i < 20'000; ++i) {
        const auto value = std::bit_cast<double>(random());
        if (!std::isfinite(value)) continue;
        ASSERT_EQ(Decimal::from_double(value).to_double(), value);
        const auto single = static_cast<float>(i) / 7.0f;
        ASSERT_EQ(static_cast<float>(Decimal::from_float(single).to_double()), single);
    }
}

TEST(Decimal, becomes_the_double_that_the_c_library_reads) {
    std::mt19937 random{15};
    for (int i = 0; i < 50'000; ++i) {
        const std::string text = random_model(random).text();
        ASSERT_EQ(dec(text).to_double(), std::strtod(text.c_str(), nullptr)) << text;
    }
}

}  // namespace
