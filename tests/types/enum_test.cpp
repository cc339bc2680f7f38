// SPDX-License-Identifier: MIT
#include <azoth/types/enum.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace enum_test {

enum class Color { red, green, blue };
enum class HTTPStatus : std::uint16_t { ok = 200, not_found = 404, teapot = 418 };
enum class Priority : signed char { low = -1, normal, high };
enum class Size { small, large };
enum class Wide : std::uint64_t { first, last = std::numeric_limits<std::uint64_t>::max() };
enum Plain { plain_one, plain_two };
enum class Backwards { zero, one };
enum class Listed { a, b, unlisted };
enum class Nameless { x };

struct Order {
    enum class Status2D { open, closed };
};

}  // namespace enum_test

using namespace enum_test;

template <>
struct azoth::EnumNames<Color> : azoth::Enumerators<Color::red, Color::green, Color::blue> {};
template <>
struct azoth::EnumNames<HTTPStatus>
    : azoth::Enumerators<HTTPStatus::ok, HTTPStatus::not_found, HTTPStatus::teapot> {};
template <>
struct azoth::EnumNames<Priority>
    : azoth::Enumerators<Priority::low, Priority::normal, Priority::high> {};
template <>
struct azoth::EnumNames<Size> {
    static constexpr std::array values{std::pair{Size::small, std::string_view{"S"}},
                                       std::pair{Size::large, std::string_view{"L, or larger"}}};
    static constexpr std::string_view type_name = "shirt_size";
};
template <>
struct azoth::EnumNames<Wide> : azoth::Enumerators<Wide::first, Wide::last> {};
template <>
struct azoth::EnumNames<Plain> : azoth::Enumerators<plain_one, plain_two> {};
template <>
struct azoth::EnumNames<Backwards> : azoth::Enumerators<Backwards::one, Backwards::zero> {};
template <>
struct azoth::EnumNames<Listed> : azoth::Enumerators<Listed::a, Listed::b> {};
template <>
struct azoth::EnumNames<Order::Status2D>
    : azoth::Enumerators<Order::Status2D::open, Order::Status2D::closed> {};

namespace {

using namespace azoth;

static_assert(NamedEnum<Color> && NamedEnum<Size> && NamedEnum<Plain>);
static_assert(!NamedEnum<Nameless> && !NamedEnum<int> && !NamedEnum<std::string>);

TEST(Enum, names_are_those_of_the_source) {
    static_assert(enum_name(Color::green) == "green");
    EXPECT_EQ(enum_name(Color::red), "red");
    EXPECT_EQ(enum_name(Color::blue), "blue");
    EXPECT_EQ(enum_name(HTTPStatus::teapot), "teapot");
    EXPECT_EQ(enum_name(Priority::low), "low");
    EXPECT_EQ(enum_name(Priority::high), "high");
    EXPECT_EQ(enum_name(Wide::last), "last");
    EXPECT_EQ(enum_name(plain_two), "plain_two");
    EXPECT_EQ(enum_name(Backwards::zero), "zero");
    EXPECT_EQ(enum_name(Backwards::one), "one");
}

TEST(Enum, names_may_be_spelled_out) {
    EXPECT_EQ(enum_name(Size::small), "S");
    EXPECT_EQ(enum_value<Size>("L, or larger"), Size::large);
    EXPECT_EQ(enum_value<Size>("large"), std::nullopt);
}

TEST(Enum, a_value_without_a_name_has_none) {
    EXPECT_EQ(enum_name(static_cast<Color>(3)), std::nullopt);
    EXPECT_EQ(enum_name(static_cast<Color>(-1)), std::nullopt);
    EXPECT_EQ(enum_name(static_cast<HTTPStatus>(0)), std::nullopt);
    EXPECT_EQ(enum_name(static_cast<Wide>(2)), std::nullopt);
    EXPECT_EQ(enum_name(Listed::unlisted), std::nullopt);
}

TEST(Enum, values_are_found_by_exact_name) {
    static_assert(enum_value<Color>("blue") == Color::blue);
    EXPECT_EQ(enum_value<HTTPStatus>("not_found"), HTTPStatus::not_found);
    EXPECT_EQ(enum_value<Color>("Blue"), std::nullopt);
    EXPECT_EQ(enum_value<Color>("blu"), std::nullopt);
    EXPECT_EQ(enum_value<Color>("blue "), std::nullopt);
    EXPECT_EQ(enum_value<Color>(""), std::nullopt);
    EXPECT_EQ(enum_value<Color>(std::string_view("red\0", 4)), std::nullopt);
}

template <typename E>
void expect_round_trip() {
    for (const auto& [value, name] : enum_values<E>()) {
        EXPECT_EQ(enum_name(value), name);
        EXPECT_EQ(enum_value<E>(name), value);
    }
}

TEST(Enum, every_listed_value_survives_the_way_through_its_name) {
    expect_round_trip<Color>();
    expect_round_trip<HTTPStatus>();
    expect_round_trip<Priority>();
    expect_round_trip<Size>();
    expect_round_trip<Wide>();
    expect_round_trip<Plain>();
    expect_round_trip<Backwards>();
    EXPECT_EQ(enum_values<Color>().size(), 3u);
    EXPECT_EQ(enum_values<Backwards>()[0].first, Backwards::one);  // the order given, not of values
}

TEST(Enum, a_native_type_is_named_after_the_enumeration_unless_told_otherwise) {
    EXPECT_EQ(enum_type_name<Color>(), "color");
    EXPECT_EQ(enum_type_name<HTTPStatus>(), "http_status");
    EXPECT_EQ(enum_type_name<Order::Status2D>(), "status2_d");
    EXPECT_EQ(enum_type_name<Size>(), "shirt_size");
}

TEST(Enum, snake_case_parts_words_and_acronyms) {
    const auto snake = [](std::string_view name) {
        const auto made = detail::to_snake_case<64>(name);
        return std::string(made.text.data(), made.size);
    };
    EXPECT_EQ(snake("Color"), "color");
    EXPECT_EQ(snake("OrderStatus"), "order_status");
    EXPECT_EQ(snake("HTTPServerError"), "http_server_error");
    EXPECT_EQ(snake("already_snake"), "already_snake");
    EXPECT_EQ(snake("Mixed_Case"), "mixed_case");
    EXPECT_EQ(snake("ID"), "id");
    EXPECT_EQ(snake("A"), "a");
    EXPECT_EQ(snake("Größe"), "größe");
}

TEST(Enum, is_described_to_code_that_is_no_template) {
    static constexpr EnumDescription color = describe_enum<Color>();
    EXPECT_EQ(color.type_name, "color");
    ASSERT_EQ(color.labels.size(), 3u);
    EXPECT_EQ(color.labels[1], "green");
    EXPECT_EQ(describe_enum<Size>().labels[0], "S");
}

TEST(Enum, mistakes_in_a_table_are_seen) {
    using Table = std::span<const std::pair<Color, std::string_view>>;
    using Entry = std::pair<Color, std::string_view>;
    static constexpr std::array twice{Entry{Color::red, "a"}, Entry{Color::red, "b"}};
    static constexpr std::array same_name{Entry{Color::red, "a"}, Entry{Color::blue, "a"}};
    static constexpr std::array empty_name{Entry{Color::red, ""}, Entry{Color::blue, "a"}};
    static constexpr std::array right{Entry{Color::red, "a"}, Entry{Color::blue, "b"}};
    static_assert(detail::has_duplicate_value<Color>(Table{twice}));
    static_assert(detail::has_duplicate_name<Color>(Table{same_name}));
    static_assert(detail::has_empty_name<Color>(Table{empty_name}));
    EXPECT_FALSE(detail::has_duplicate_value<Color>(Table{right}));
    EXPECT_FALSE(detail::has_duplicate_name<Color>(Table{right}));
    EXPECT_FALSE(detail::has_empty_name<Color>(Table{right}));
    EXPECT_FALSE(detail::counts_from_zero<Color>(Table{right}));
}

}  // namespace
