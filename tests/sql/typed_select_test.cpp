// SPDX-License-Identifier: MIT
// Select<>::typed<Ts...>(): what is told about a wrong claim, and that right ones pass.
#include <azoth/sql/statement.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tests/sql/support.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

using namespace azoth;
using azoth_test::Shop;
using testing::AllOf;
using testing::HasSubstr;

namespace {

enum class Colour { red, green };

}  // namespace

template <>
struct azoth::EnumNames<Colour> : azoth::Enumerators<Colour::red, Colour::green> {};

namespace {

template <class Call>
std::string refusal(Call&& call) {
    try {
        call();
    } catch (const ArgumentError& error) {
        return error.what();
    }
    return "(accepted)";
}

class TypedSelect : public testing::Test {
  protected:
    Shop shop;
    azoth_test::Users& users = shop.users;
};

TEST_F(TypedSelect, R4_wrong_numbers_of_types_are_told_with_both_numbers) {
    const auto query = select(users.c("id"), users.c("name"));
    EXPECT_THAT(refusal([&] { (void)query.typed<std::int64_t>(); }),
                AllOf(HasSubstr("1 types"), HasSubstr("2 columns")));
    EXPECT_THAT(refusal([&] { (void)Select<>().typed<std::int64_t>(); }), HasSubstr("0 columns"));
}

TEST_F(TypedSelect, R4_a_type_that_travels_in_another_form_is_told_with_position_column_and_types) {
    const auto query = select(users.c("id"), users.c("name"));
    EXPECT_THAT(refusal([&] { (void)query.typed<std::int64_t, int>(); }),
                AllOf(HasSubstr("column 2"), HasSubstr("'name'"), HasSubstr("String{30}"),
                      HasSubstr("text"), HasSubstr("read as int")));
    EXPECT_THAT(refusal([&] { (void)query.typed<std::optional<std::string>, std::string>(); }),
                AllOf(HasSubstr("column 1"), HasSubstr("'id'"), HasSubstr("BigInteger"),
                      HasSubstr("read as std::optional<std::string>:")));
    EXPECT_THAT(refusal([&] { (void)select(users.c("balance")).typed<double>(); }),
                AllOf(HasSubstr("Numeric{10, 2}"), HasSubstr("double"), HasSubstr("cast<T>")));
}

TEST_F(TypedSelect, R4_every_type_is_read_as_the_cpp_types_that_travel_like_it) {
    const auto holds = [&]<class T>(std::type_identity<T>, const Type& type) {
        Table table{"every", MetaData{}};
        const auto query = select(table.add_column("x", type, not_null));
        return refusal([&] { (void)query.template typed<T>(); });
    };
    const auto accepts = [&]<class T>(std::type_identity<T> cpp, const Type& type) {
        return holds(cpp, type) == "(accepted)";
    };
    constexpr std::type_identity<std::string> text;
    constexpr std::type_identity<std::uint64_t> natural;
    constexpr std::type_identity<float> real;
    constexpr std::type_identity<std::chrono::sys_time<std::chrono::microseconds>> point;
    constexpr std::type_identity<std::chrono::local_time<std::chrono::microseconds>> local;
    EXPECT_TRUE(accepts(natural, SmallInteger{}) && accepts(natural, BigInteger{}));
    EXPECT_TRUE(accepts(real, Double{}) && accepts(real, Float{}));
    EXPECT_TRUE(accepts(text, String{}) && accepts(text, Text{}) && accepts(text, JSON{}));
    EXPECT_TRUE(accepts(text, Enum{"colour", {"red", "green"}}));
    EXPECT_TRUE(accepts(std::type_identity<Colour>{}, Enum{"colour", {"red", "green"}}));
    EXPECT_TRUE(accepts(std::type_identity<std::vector<std::byte>>{}, LargeBinary{9}));
    EXPECT_TRUE(accepts(std::type_identity<std::chrono::year_month_day>{}, Date{}));
    EXPECT_TRUE(accepts(std::type_identity<azoth::Time>{}, TimeOfDay{}));
    EXPECT_TRUE(accepts(std::type_identity<Uuid>{}, UuidType{}));
    EXPECT_TRUE(accepts(std::type_identity<bool>{}, Boolean{}));
    EXPECT_TRUE(accepts(std::type_identity<Decimal>{}, Numeric{}));
    EXPECT_TRUE(accepts(local, DateTime{}) && accepts(point, DateTime{.timezone = true}));
    EXPECT_THAT(holds(point, DateTime{}), HasSubstr("is DateTime, which travels as datetime"));
    EXPECT_THAT(holds(local, DateTime{.timezone = true}),
                HasSubstr("is DateTime{.timezone = true}, which"));
    EXPECT_THAT(holds(std::type_identity<Colour>{}, Integer{}), HasSubstr("Colour"));
    EXPECT_THAT(holds(natural, Enum{"colour", {"red"}}), HasSubstr("Enum 'colour'"));
    EXPECT_THAT(holds(std::type_identity<bool>{}, Integer{}), HasSubstr("bool"));
}

TEST_F(TypedSelect, R4_a_column_that_accepts_null_needs_an_optional) {
    const auto query = select(users.c("id"), users.c("fullname"));
    EXPECT_THAT(refusal([&] { (void)query.typed<std::int64_t, std::string>(); }),
                AllOf(HasSubstr("column 2"), HasSubstr("'fullname'"), HasSubstr("String"),
                      HasSubstr("may be NULL"), HasSubstr("std::optional<std::string>")));
    EXPECT_EQ(refusal([&] {
                  (void)query.typed<std::optional<std::int64_t>, std::optional<std::string>>();
              }),
              "(accepted)");
}

TEST_F(TypedSelect, R4_a_column_stays_nullable_under_labels_casts_aliases_and_in_subqueries) {
    const auto name = users.c("fullname");
    const auto said = [](const auto& column) {
        return refusal([&] { (void)select(column).template typed<std::string>(); });
    };
    Table whole = alias(static_cast<const Table&>(users), "u");
    const auto inner = select(users.c("name"), name.label("n")).subquery("s");
    const auto query = select(users.c("name"), name).cte("c");
    for (const auto& column : {Expr<Any>(name.label("n").core()), whole.c("fullname"), inner.c("n"),
                               query.c("fullname"), inner.c("n").label("m")})
        EXPECT_THAT(said(column), HasSubstr("may be NULL"));
    EXPECT_EQ(said(Expr<Any>(inner.c("name").core())), "(accepted)");
    EXPECT_EQ(said(whole.c("name")), "(accepted)");
    Table other{"other", shop.metadata};
    const auto text = other.add_column("text", Text{});
    EXPECT_THAT(refusal([&] {
                    (void)select(Expr<Any>(cast<std::string>(text).core())).typed<std::string>();
                }),
                HasSubstr("may be NULL"));
}

TEST_F(TypedSelect, R4_what_is_not_known_is_left_to_the_rows) {
    const auto query =
        select(Expr<Any>(sql::fragment("x", Type())), Expr<Any>(func::max(users.name).core()));
    EXPECT_EQ(refusal([&] { (void)query.typed<int, std::string>(); }), "(accepted)");
    EXPECT_EQ(refusal([&] { (void)query.typed<Uuid, std::optional<std::string>>(); }),
              "(accepted)");
}

TEST_F(TypedSelect, R4_a_refused_claim_leaves_the_select_as_it_was) {
    const auto query = select(users.c("id"), users.c("name")).where(users.id == 7);
    const auto before = azoth_test::sqlite_sql(query);
    EXPECT_THROW((void)(query.typed<std::int64_t, int>()), ArgumentError);
    EXPECT_EQ(azoth_test::sqlite_sql(query), before);
    const auto typed = query.typed<std::int64_t, std::string>();
    EXPECT_EQ(azoth_test::sqlite_sql(typed), before);
    EXPECT_EQ(typed.values().size(), 1U);
}

}  // namespace
