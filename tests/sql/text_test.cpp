// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <gtest/gtest.h>

using namespace azoth;
using azoth_test::postgresql_sql;

namespace {

TEST(Text, Names_become_placeholders_outside_quotes_comments_and_casts) {
    EXPECT_EQ(postgresql_sql(text(R"(select ':a', ":b", x::int, \:c -- :d
/* :e */ from t where y > :y and z = :z or y = :y)")),
              R"(select ':a', ":b", x::int, :c -- :d
/* :e */ from t where y > $1 and z = $2 or y = $3)");
}

TEST(Text, A_colon_directly_behind_a_word_is_a_slice_s) {
    EXPECT_EQ(postgresql_sql(text("select x[a:b], x[1:n], x[:a : :b], f(:c):d")),
              "select x[a:b], x[1:n], x[$1 : $2], f($3)$4");
}

TEST(Text, Words_may_hold_dollars_and_letters_beyond_ASCII) {
    EXPECT_EQ(postgresql_sql(text("select a$$b, :c, d$e$ from größe where y = :y")),
              "select a$$b, $1, d$e$ from größe where y = $2");
    EXPECT_EQ(postgresql_sql(text("select $ä$ :a $ä$, tabläE':b', E'\\\\' , :c")),
              "select $ä$ :a $ä$, tabläE':b', E'\\\\' , $1");
}

TEST(Text, A_parameter_s_name_beyond_ASCII_is_refused_rather_than_cut) {
    EXPECT_THROW((void)text("select :größe"), ArgumentError);
    EXPECT_THROW((void)text("select :ä"), ArgumentError);
    EXPECT_NO_THROW((void)text("select ':größe'"));
}

TEST(Text, Unfinished_quotes_and_control_characters_are_refused) {
    EXPECT_THROW((void)text("select 'abc"), ArgumentError);
    EXPECT_THROW((void)text("select 1 /* x"), ArgumentError);
    EXPECT_THROW((void)text(std::string_view("select \0", 8)), ArgumentError);
    EXPECT_THROW((void)text("select \x01"), ArgumentError);
    EXPECT_THROW((void)bindparam<int>("a b"), ArgumentError);
    EXPECT_THROW((void)bindparam<int>(""), ArgumentError);
}

TEST(Text, Named_values_must_match_the_statement) {
    const auto statement = text("select :a");
    const auto compiled =
        postgresql::Compiler().compile(statement.node(), sql::CompileMode::single);
    const auto segments = sql::collect_segments(statement.node(), statement.values());
    EXPECT_THROW((void)sql::arrange(*compiled, segments, {}), ArgumentError);
    sql::NamedValues named;
    named.try_emplace("a", to_value(1), plain_type(TypeKind::integer));
    EXPECT_EQ(sql::arrange(*compiled, segments, named).values.size(), 1U);
    named.try_emplace("b", to_value(1), plain_type(TypeKind::integer));
    EXPECT_THROW((void)sql::arrange(*compiled, segments, named), ArgumentError);
}

TEST(Text, Lists_are_expanded_for_each_execution) {
    azoth_test::Shop shop;
    const auto& users = shop.users;
    const auto expanded = [&](const std::vector<int>& ages) {
        const auto statement =
            select(users.id).where(users.name == "n", users.age.in(ages), users.fullname == "f");
        const auto compiled =
            postgresql::Compiler().compile(statement.node(), sql::CompileMode::single);
        const auto segments = sql::collect_segments(statement.node(), statement.values());
        const auto arguments = sql::arrange(*compiled, segments, {});
        EXPECT_EQ(arguments.values.size(), ages.size() + 2);
        EXPECT_EQ(arguments.values.back().text(), "f");
        return arguments.sql.substr(arguments.sql.find("IN "));
    };
    EXPECT_EQ(expanded({4, 5}), R"(IN ($2, $3) AND "user"."fullname" = $4)");
    EXPECT_EQ(expanded({}),
              R"(IN (SELECT CAST(NULL AS INTEGER) WHERE 1 = 0) AND "user"."fullname" = $2)");
}

}  // namespace
