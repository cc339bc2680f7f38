// SPDX-License-Identifier: MIT
// Golden SQL of the language's constructs (features 1.6-1 to 1.6-24): see golden.hpp.
#include "golden.hpp"
#include "support.hpp"
#include <azoth/sql.hpp>

#include <gtest/gtest.h>

using namespace azoth;
using azoth_test::expect_golden;

namespace {

class GoldenLanguage : public azoth_test::ShopTest {
  protected:
    template <class E>
    void selected(const char* construct, const E& expression) {
        expect_golden(construct, select(expression.label("x")).select_from(users));
    }
    void where(const char* construct, const Expr<bool>& condition) {
        expect_golden(construct, select(users.id).where(condition));
    }
};

TEST_F(GoldenLanguage, select_and_its_clauses) {
    const auto query = select(users.id, users.name);
    expect_golden("1.6-1/select", query);
    expect_golden("1.6-1/where", query.where(users.age > 3).where(users.name == "a"));
    expect_golden("1.6-1/distinct", query.distinct());
    expect_golden("1.6-1/distinct_on",
                  query.distinct_on(users.age, users.name).order_by(users.age, users.name));
    expect_golden("1.6-1/order_by", query.order_by(users.age.desc(), users.name));
    expect_golden("1.6-1/nulls_first", query.order_by(users.fullname.asc().nulls_first()));
    expect_golden("1.6-1/nulls_last", query.order_by(users.fullname.desc().nulls_last()));
    expect_golden("1.6-1/group_by",
                  select(users.age, func::count()).group_by(users.age).having(func::count() > 1));
    expect_golden("1.6-1/limit", query.order_by(users.id).limit(5));
    expect_golden("1.6-1/offset", query.order_by(users.id).offset(5));
    expect_golden("1.6-1/limit_offset", query.order_by(users.id).limit(5).offset(10));
    expect_golden("1.6-1/limit_by_parameter",
                  query.order_by(users.id).limit(bindparam<int>("n", 3)));
    expect_golden("1.6-1/slice", query.order_by(users.id).slice(10, 15));
    expect_golden("1.6-1/no_from", select(literal(1).label("one")));
    expect_golden("1.6-1/add_columns", select(users.id).add_columns(users.age));
    expect_golden("1.6-1/with_only_columns", query.with_only_columns(users.age));
}

TEST_F(GoldenLanguage, parameters) {
    where("1.6-14/bindparam", users.age > bindparam<int>("age", 25));
    where("1.6-35/expanding", users.id.in({1, 2}));
    where("1.6-35/literal_execute",
          users.name == literal(std::string("it's"), {.literal_execute = true}));
}

TEST_F(GoldenLanguage, fetch_and_lateral) {
    const auto query = select(users.id).where(users.age > 3).order_by(users.age);
    expect_golden("1.6-3/fetch", query.fetch(5));
    expect_golden("1.6-3/fetch_offset", query.fetch(5).offset(10));
    expect_golden("1.6-3/fetch_ties", query.fetch(5, {.with_ties = true}));
    expect_golden("1.6-3/fetch_percent", query.fetch(5, {.percent = true}));
    const auto newest = select(addresses.email)
                            .where(addresses.user_id == users.id)
                            .order_by(addresses.id.desc())
                            .limit(1)
                            .lateral("newest");
    expect_golden("1.6-3/lateral",
                  select(users.name, newest.get<0>()).select_from(users).join(newest, true_()));
}

TEST_F(GoldenLanguage, correlation) {
    const auto mails = select(func::count(addresses.id)).where(addresses.user_id == users.id);
    const auto with = [&](const Select<std::int64_t>& inner) {
        return select(users.name, inner.scalar_subquery().label("n")).select_from(users);
    };
    expect_golden("1.6-4/automatic", with(mails));
    expect_golden("1.6-4/correlate", with(mails.correlate(users)));
    expect_golden("1.6-4/correlate_none", with(mails.correlate()));
    expect_golden("1.6-4/correlate_except", with(mails.correlate_except(addresses)));
}

TEST_F(GoldenLanguage, prefixes_suffixes_and_hints) {
    const auto query = select(users.id).join(addresses);
    expect_golden("1.6-6/prefix",
                  query.prefix_with("/* read */").prefix_with("SQL_NO_CACHE", "mariadb"));
    expect_golden("1.6-6/suffix", query.suffix_with("/* end */"));
    expect_golden("1.6-6/hint", query.with_hint(users, "USE INDEX (PRIMARY)", "mariadb")
                                    .with_hint(users, "NOT INDEXED", "sqlite"));
    expect_golden("1.6-6/statement_hint", query.with_statement_hint("/* the plan */"));
}

TEST_F(GoldenLanguage, compound_selects) {
    const auto young = select(users.id).where(users.age < 3);
    const auto old = select(users.id).where(users.age > 90);
    expect_golden("1.6-8/union", union_(young, old));
    expect_golden("1.6-8/union_all", union_all(young, old));
    expect_golden("1.6-8/intersect", intersect(young, old));
    expect_golden("1.6-8/except", except_(young, old));
    expect_golden("1.6-8/intersect_all", intersect_all(young, old));
    expect_golden("1.6-8/except_all", except_all(young, old));
    expect_golden("1.6-8/nested", union_(intersect(young, old), old));
    expect_golden("1.6-8/own_limits",
                  union_all(young.order_by(users.id).limit(1), old).order_by(users.id).limit(7));
}

TEST_F(GoldenLanguage, common_table_expressions) {
    const auto adults = select(users.id, users.age).where(users.age > 17).cte("adults");
    expect_golden("1.6-10/cte", select(adults[users.id]).where(adults[users.age] < 60));
    const auto counted = select(literal_column<int>("1").label("n")).cte("counted", true);
    const auto n = counted.get<0>();
    const auto numbers = counted.union_all(select(n + 1).where(n < 5));
    expect_golden("1.6-10/recursive", select(numbers.get<0>()));
    expect_golden("1.6-10/prefix",
                  select(adults.prefix_with("MATERIALIZED", "postgresql").get<0>()));
    const auto gone = delete_(users).where(users.age > 99).returning(users.id).cte("gone");
    expect_golden("1.6-10/delete_in_with", select(gone.get<0>()));
    const auto made = insert(users).values(users.name = "x").returning(users.id).cte("made");
    expect_golden("1.6-10/insert_in_with", select(made.get<0>()));
    expect_golden("1.6-10/add_cte", select(users.id).add_cte(gone));
}

TEST_F(GoldenLanguage, from_objects_that_are_no_tables) {
    const auto v =
        values("v", column<int>("id"), column<std::string>("name")).data({{1, "a"}, {2, "b"}});
    expect_golden("1.6-11/values", select(v.get<1>()).join(users, users.id == v.get<0>()));
    expect_golden("1.6-11/values_cte", select(select(v.get<0>()).cte("c").get<0>()));
    const auto light = table("user", column<std::int64_t>("id"), column<std::string>("name"));
    expect_golden("1.6-11/table", select(light.get<0>()).where(light.get<1>() == "a"));
    const auto sample = tablesample(users, func::call<int>("bernoulli", 10), 5, "s");
    expect_golden("1.6-11/tablesample", select(sample.c<std::int64_t>("id")));
}

TEST_F(GoldenLanguage, functions_in_from) {
    // Numbers written into the text, because a text in a file doesn't say its parameters' types.
    const auto series =
        func::call<int>("generate_series", literal_column<int>("1"), literal_column<int>("5"));
    const auto each = table_valued(func::call<int>("json_each", "{\"a\": 1}"), {.name = "j"},
                                   column<std::string>("key"), column<std::string>("value"));
    expect_golden("1.6-12/table_valued", select(each.get<0>(), each.get<1>()));
    const auto numbered = table_valued(series, {.name = "n", .with_ordinality = true},
                                       column<int>("x"), column<std::int64_t>("place"));
    expect_golden("1.6-12/with_ordinality", select(numbered.get<0>(), numbered.get<1>()));
    const auto typed =
        table_valued(func::call<int>("json_to_record", literal_column<int>("'{}'::json")),
                     {.name = "r", .with_types = true}, column<int>("a"), column<std::string>("b"));
    expect_golden("1.6-12/with_types", select(typed.get<0>(), typed.get<1>()));
    const auto lateral = table_valued(
        func::call<int>("json_each", cast<std::string>(users.name, JSON())),
        {.name = "j", .lateral = true}, column<std::string>("key"), column<std::string>("value"));
    expect_golden("1.6-12/lateral", select(users.id, lateral.get<0>()).join(lateral, true_()));
    expect_golden("1.6-12/column_valued", select(column_valued(series, "n").get<0>()));
}

TEST_F(GoldenLanguage, elements_of_expressions) {
    selected("1.6-14/literal", literal("it's"));
    selected("1.6-14/literal_column", literal_column<int>("1 + 1"));
    selected("1.6-14/label", (users.age + 1));
    selected("1.6-15/case",
             case_(when(users.age < 18, "minor"), when(users.age < 65, "adult")).else_("senior"));
    selected("1.6-15/case_without_else", case_(when(users.age < 18, 1)));
    selected("1.6-15/cast", cast<std::string>(users.age));
    selected("1.6-15/cast_numeric", cast<Decimal>(users.age, Numeric{10, 2}));
    selected("1.6-15/try_cast", try_cast<int>(users.name));
    selected("1.6-15/type_coerce", type_coerce<std::int64_t>(users.age));
    for (const auto& [dialect, collation] :
         {std::pair{"sqlite", "NOCASE"}, {"postgresql", "C"}, {"mariadb", "utf8mb4_bin"}})
        expect_golden(std::string("1.6-15/collate.") + dialect,
                      select(users.id).order_by(collate(users.name, collation).desc()));
    where("1.6-15/between", users.age.between(3, 9));
    where("1.6-15/between_symmetric", between_symmetric(users.age, 9, 3));
    where("1.6-15/tuple_equal", tuple_(users.id, users.name) == tuple_(1, "a"));
    where("1.6-15/any", users.id == any_(select(addresses.user_id)));
    where("1.6-15/all", users.id >= all_(select(addresses.user_id)));
}

TEST_F(GoldenLanguage, extracted_fields) {
    const auto born = literal_column<func::LocalTime>("'2020-02-03 04:05:06'");
    for (const char* field : {"year", "quarter", "month", "week", "day", "dow", "isodow", "doy",
                              "hour", "minute", "second", "epoch"})
        expect_golden(std::string("1.6-15/extract_") + field,
                      select(extract(field, cast<func::LocalTime>(born)).label("x")));
}

TEST_F(GoldenLanguage, comparisons) {
    where("1.6-16/equal", users.age == 3);
    where("1.6-16/not_equal", users.age != 3);
    where("1.6-16/less", users.age < 3 && users.age <= 4);
    where("1.6-16/greater", users.age > 3 && users.age >= 4);
    where("1.6-16/is_distinct_from", users.fullname.is_distinct_from("a"));
    where("1.6-16/is_not_distinct_from", users.fullname.is_not_distinct_from("a"));
    where("1.6-16/in", users.id.in({1, 2, 3}));
    where("1.6-16/in_nothing", users.id.in(std::vector<std::int64_t>{}));
    where("1.6-16/not_in", users.id.not_in({1, 2}));
    where("1.6-16/in_select", users.id.in(select(addresses.user_id)));
    where("1.6-16/tuple_in", tuple_(users.id, users.name).in({{1, "a"}, {2, "b"}}));
    where("1.6-16/tuple_in_nothing",
          tuple_(users.id, users.name).in(std::vector<std::tuple<std::int64_t, std::string>>{}));
    where("1.6-16/tuple_in_select",
          tuple_(users.id, users.name).in(select(addresses.user_id, addresses.email)));
}

TEST_F(GoldenLanguage, texts) {
    where("1.6-17/like", users.name.like("a%"));
    where("1.6-17/not_like", users.name.not_like("a%"));
    where("1.6-17/like_escape", users.name.like("a/%", "/"));
    where("1.6-17/ilike", users.name.ilike("a%"));
    where("1.6-17/startswith", users.name.startswith("a%"));
    where("1.6-17/endswith", users.name.endswith("a"));
    where("1.6-17/contains", users.name.contains("a"));
    where("1.6-17/icontains", users.name.icontains("a"));
    selected("1.6-17/concat", users.name + "!");
    where("1.6-17/regexp_match", regexp_match(users.name, "^a"));
    where("1.6-17/regexp_match_flags", regexp_match(users.name, "^a", "i"));
    selected("1.6-17/regexp_replace", regexp_replace(users.name, "a(.)", "\\1"));
}

TEST_F(GoldenLanguage, arithmetic_and_bits) {
    selected("1.6-18/arithmetic", (users.age + 1) * 2 - users.age % 3);
    selected("1.6-18/true_division", users.age / 2);
    selected("1.6-18/floor_div", floor_div(users.age, 2));
    selected("1.6-18/floor_div_of_fractions", floor_div(users.age * 1.5, 2.0));
    selected("1.6-18/negate", -users.age);
    selected("1.6-18/bitwise_and", bitwise_and(users.age, 6));
    selected("1.6-18/bitwise_or", bitwise_or(users.age, 6));
    selected("1.6-18/bitwise_xor", bitwise_xor(users.age, 6));
    selected("1.6-18/bitwise_not", bitwise_not(users.age));
    selected("1.6-18/shifts", bitwise_rshift(bitwise_lshift(users.age, 5), 3));
    where("1.6-18/bit_precedence", bitwise_and(users.age, 6) == bitwise_or(users.id + 1, 8));
    selected("1.6-18/op", op<int>(users.age, "|", users.age + 1));
    where("1.6-18/bool_op", bool_op(users.name, "LIKE", "a%") && users.age > 1);
}

TEST_F(GoldenLanguage, functions) {
    selected("1.6-21/any_name", func::call<std::string>("replace", users.name, "a", "b"));
    selected("1.6-21/count", func::count());
    selected("1.6-21/aggregates", func::sum(users.age) + func::max(users.age));
    selected("1.6-21/count_distinct", func::count(distinct(users.age)));
    selected("1.6-21/coalesce", func::coalesce(users.fullname, "none"));
    selected("1.6-21/char_length", func::char_length(users.name));
    selected("1.6-21/aggregate_strings", func::aggregate_strings(users.name, ", "));
    selected("1.6-21/pow", func::pow(users.age, 2));
    selected("1.6-21/random", func::random());
    selected("1.6-21/now", func::now());
    selected("1.6-21/current_timestamp", func::current_timestamp());
    selected("1.6-21/current_date", func::current_date());
    selected("1.6-21/current_user", func::current_user());
    expect_golden("1.6-21/rollup", select(nullable(users.age), nullable(users.name), func::count())
                                       .group_by(func::rollup(users.age, users.name)));
    expect_golden("1.6-21/cube", select(nullable(users.age), nullable(users.name), func::count())
                                     .group_by(func::cube(users.age, users.name)));
}

TEST_F(GoldenLanguage, windows) {
    selected("1.6-22/over", func::row_number().over());
    selected("1.6-22/over_order",
             func::rank().over({.partition_by = {users.name}, .order_by = {users.age.desc()}}));
    const auto sum = func::sum(users.age);
    const std::vector<Ordering> by_id{users.id};
    selected("1.6-22/rows", sum.over({.order_by = by_id, .rows = Frame{-2, 0}}));
    selected("1.6-22/rows_unbounded", sum.over({.order_by = by_id, .rows = Frame{{}, {}}}));
    selected("1.6-22/rows_following", sum.over({.order_by = by_id, .rows = Frame{0, 3}}));
    selected("1.6-22/range", sum.over({.order_by = by_id, .range_ = Frame{}}));
    selected("1.6-22/groups", sum.over({.order_by = by_id, .groups = Frame{-1, 1}}));
    selected("1.6-22/exclude",
             sum.over({.order_by = by_id, .rows = Frame{-1, 1}, .exclude = Exclude::current_row}));
    selected("1.6-22/filter", func::count().filter(users.age > 3, users.age < 9));
    selected("1.6-22/filter_over", sum.filter(users.age > 3).over({.partition_by = {users.name}}));
    selected("1.6-22/lag", func::lag(users.age, 1, 0).over({.order_by = by_id}));
    selected("1.6-22/ntile", func::ntile(4).over({.order_by = by_id}));
    selected("1.6-22/within_group", func::percentile_cont(0.5).within_group(users.age));
    selected("1.6-22/mode", func::mode().within_group(users.age));
    selected("1.6-22/aggregate_order_by",
             func::aggregate_strings(users.name, ", ").aggregate_order_by(users.age.desc()));
}

TEST_F(GoldenLanguage, functions_of_the_program_s_own) {
    static constexpr func::GenericFunction<std::string> lower{"lower"};
    selected("1.6-23/generic", lower(users.name));
}

struct Twice {
    bool operator==(const Twice&) const = default;
    void compile(sql::SqlWriter& out) const {
        out.sql(out.dialect() == "mariadb" ? "(2 * " : "(");
        out.part(0).sql(out.dialect() == "mariadb" ? ")" : " * 2)");
    }
};

TEST_F(GoldenLanguage, elements_of_the_program_s_own) {
    selected("1.6-32/custom", custom<int>(Twice{}, {users.age + 1}));
}

}  // namespace
