// SPDX-License-Identifier: MIT
// Constructs of expressions: fields of times, collations, tuples, bits, regular expressions,
// operators and elements of the program's own.
#include <azoth/engine/to_sql.hpp>
#include <azoth/sql.hpp>
#include <azoth/sql/statement.hpp>

#include <tests/compliance/support.hpp>

#include <chrono>
#include <limits>

namespace compliance {
namespace {

using namespace std::chrono_literals;

struct Things : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> word{*this, "word", String{20}};
    Column<int> number{*this, "number"};
    Column<std::optional<int>> maybe{*this, "maybe"};
    Column<std::chrono::local_time<std::chrono::microseconds>> at{*this, "at"};
    Column<std::chrono::year_month_day> day{*this, "day"};
};

class Constructs : public ComplianceTest {
  protected:
    Constructs() {
        create_tables();
        const auto at = std::chrono::local_days{2021y / 1 / 3} + 4h + 5min + 6s + 789ms;
        using Row = std::tuple<std::string, int, std::optional<int>,
                               std::chrono::local_time<std::chrono::microseconds>,
                               std::chrono::year_month_day>;
        const std::vector<Row> rows{{"apple", 12, 1, at, 2021y / 1 / 3},
                                    {"Banana", 10, std::nullopt, at, 2020y / 12 / 31},
                                    {"cherry", -1, 3, at, 2024y / 2 / 29}};
        conn.execute(
            insert(things).columns(things.word, things.number, things.maybe, things.at, things.day),
            rows);
        conn.commit();
    }
    template <class E>
    [[nodiscard]] auto first(const E& expression) {
        return conn.scalars(select(expression.label("x")).where(things.id == 1)).one();
    }
    template <class E>
    [[nodiscard]] auto all(const E& expression) {
        return conn.scalars(select(expression.label("x")).order_by(things.id)).all();
    }
    [[nodiscard]] Integers ids(const Expr<bool>& condition) {
        return conn.scalars(select(things.id).where(condition).order_by(things.id)).all();
    }

    Things things{"thing", metadata};
    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(Constructs);

TEST_P(Constructs, fields_of_a_time_are_the_same_everywhere) {
    EXPECT_EQ(first(extract("year", things.at)), 2021);
    EXPECT_EQ(first(extract("quarter", things.at)), 1);
    EXPECT_EQ(first(extract("MONTH", things.at)), 1);
    EXPECT_EQ(first(extract("day", things.at)), 3);
    EXPECT_EQ(first(extract("hour", things.at)), 4);
    EXPECT_EQ(first(extract("minute", things.at)), 5);
    EXPECT_EQ(first(extract("second", things.at)), 6);
    EXPECT_EQ(first(extract("epoch", things.at)), 1609646706);
    EXPECT_EQ(all(extract("doy", things.day)), (Integers{3, 366, 60}));
    EXPECT_EQ(all(extract("dow", things.day)), (Integers{0, 4, 4}));
    EXPECT_EQ(all(extract("isodow", things.day)), (Integers{7, 4, 4}));
    EXPECT_EQ(all(extract("week", things.day)), (Integers{53, 53, 9}));
    EXPECT_EQ(ids(extract("year", things.day) == 2020), Integers{2});
}

TEST_P(Constructs, a_field_that_is_no_word_is_refused) {
    for (const char* field : {"", "year FROM now()) --", "year)", "a b", "\"year\""})
        EXPECT_THAT(message_of<ArgumentError>([&] { (void)extract(field, things.at); }),
                    HasSubstr("extract()"))
            << field;
}

TEST_P(Constructs, a_collation_orders_and_compares) {
    const char* const binary = requirements.sqlite       ? "BINARY"
                               : requirements.postgresql ? "C"
                                                         : "utf8mb4_bin";
    EXPECT_EQ(conn.scalars(select(things.word).order_by(collate(things.word, binary))).all(),
              (Strings{"Banana", "apple", "cherry"}));
    EXPECT_EQ(conn.scalars(select(things.word).order_by(collate(things.word, binary).desc())).all(),
              (Strings{"cherry", "apple", "Banana"}));
    EXPECT_EQ(ids(collate(things.word, binary) < "a"), Integers{2});
    EXPECT_THROW((void)conn.execute(
                     select(things.id).order_by(collate(things.word, "C\"; DROP TABLE thing; --"))),
                 DBAPIError);
    conn.rollback();
    EXPECT_EQ(all(things.id).size(), 3U);
}

TEST_P(Constructs, bits_are_those_of_integers_of_64_bits_with_a_sign) {
    EXPECT_EQ(all(bitwise_and(things.number, 6)), (Integers{4, 2, 6}));
    EXPECT_EQ(all(bitwise_or(things.number, 3)), (Integers{15, 11, -1}));
    EXPECT_EQ(all(bitwise_xor(things.number, 6)), (Integers{10, 12, -7}));
    EXPECT_EQ(all(bitwise_not(things.number)), (Integers{-13, -11, 0}));
    EXPECT_EQ(all(bitwise_lshift(things.number, 40))[0], std::int64_t{12} << 40);
    EXPECT_EQ(first(bitwise_rshift(things.number, 2)), 3);
    EXPECT_EQ(first(bitwise_xor(bitwise_xor(things.number, 5), 9)), 12 ^ 5 ^ 9);
    EXPECT_EQ(ids(bitwise_and(things.number, 8) == 8), (Integers{1, 2, 3}));
    EXPECT_EQ(ids(bitwise_and(things.number + 1, 1) > 0), (Integers{1, 2}));
    EXPECT_EQ(all(bitwise_and(things.maybe, 1)),
              (std::vector<std::optional<std::int64_t>>{1, std::nullopt, 1}));
}

TEST_P(Constructs, division_is_true_or_without_the_fraction) {
    EXPECT_EQ(first(things.number / 5), 2.4);
    EXPECT_EQ(first(floor_div(things.number, 5)), 2);
    EXPECT_EQ(first(floor_div(-things.number, 5)), -2);
    EXPECT_EQ(first(floor_div(things.number * 1.0, 5.0)), 2.0);
    EXPECT_EQ(first(floor_div(things.number * -1.0, 5.0)), -3.0);
    EXPECT_EQ(first(floor_div(things.number + 3, 2) * 2 + 1), 15);
}

TEST_P(Constructs, tuples_are_looked_for) {
    const auto pair = tuple_(things.number, things.word);
    EXPECT_EQ(ids(pair.in({{12, "apple"}, {10, "nothing"}, {-1, "cherry"}})), (Integers{1, 3}));
    EXPECT_EQ(ids(pair.not_in({{12, "apple"}})), (Integers{2, 3}));
    EXPECT_EQ(ids(pair.in(std::vector<std::tuple<int, std::string>>{})), Integers{});
    EXPECT_EQ(ids(pair.not_in(std::vector<std::tuple<int, std::string>>{})), (Integers{1, 2, 3}));
    EXPECT_EQ(ids(pair.in({{12, "x' OR '1'='1"}})), Integers{});
    const Things others = alias(things, "other");
    EXPECT_EQ(ids(pair.in(select(others.number, others.word).where(others.id > 1))),
              (Integers{2, 3}));
    EXPECT_EQ(ids(pair.in({{12, "apple"}}) || things.id.in({3})), (Integers{1, 3}));
    EXPECT_EQ(ids(tuple_(things.day, things.id).in({{2021y / 1 / 3, 1}})), Integers{1});
}

TEST_P(Constructs, a_list_of_tuples_may_have_any_length_each_time) {
    const auto pair = tuple_(things.id, things.number);
    std::vector<std::tuple<std::int64_t, int>> wanted;
    for (int n = 0; n < 5; ++n) {
        EXPECT_EQ(ids(pair.in(wanted)).size(), static_cast<std::size_t>(std::min(n, 3)));
        wanted.emplace_back(n + 1, n == 0 ? 12 : n == 1 ? 10 : -1);
    }
}

TEST_P(Constructs, tuples_are_compared_from_left_to_right) {
    const auto pair = tuple_(things.number, things.id);
    EXPECT_EQ(ids(pair == tuple_(12, 1)), Integers{1});
    EXPECT_EQ(ids(pair != std::tuple(12, 1)), (Integers{2, 3}));
    EXPECT_EQ(ids(pair > std::tuple(10, 1)), (Integers{1, 2}));
    EXPECT_EQ(ids(pair <= std::tuple(10, 2)), (Integers{2, 3}));
    EXPECT_EQ(ids(pair < tuple_(things.number, things.id + 1)), (Integers{1, 2, 3}));
}

TEST_P(Constructs, tuples_with_nulls_or_of_other_lengths_are_refused) {
    const auto pair = tuple_(things.id, things.number);
    EXPECT_THAT(message_of<ArgumentError>([&] { (void)pair.in(select(things.id)); }),
                HasSubstr("a tuple of 2 is looked for in a query of 1 columns"));
}

TEST_P(Constructs, any_and_all_look_into_queries) {
    const auto numbers = select(things.number).where(things.id > 1);
    const Things others = alias(things, "other");
    const auto find = [&](const Expr<bool>& condition) {
        return conn.scalars(select(others.id).where(condition).order_by(others.id)).all();
    };
    if (!requirements.quantified) {
        EXPECT_THAT(message_of<UnsupportedCompilationError>(
                        [&] { (void)find(others.number == any_(numbers)); }),
                    HasSubstr("use in()"));
        return;
    }
    EXPECT_EQ(find(others.number == any_(numbers)), (Integers{2, 3}));
    EXPECT_EQ(find(others.number > all_(numbers)), Integers{1});
    EXPECT_EQ(find(others.number >= all_(numbers)), (Integers{1, 2}));
}

TEST_P(Constructs, between_symmetric_takes_its_ends_in_either_order) {
    EXPECT_EQ(ids(between_symmetric(things.number, 11, 5)), Integers{2});
    EXPECT_EQ(ids(between_symmetric(things.number, 5, 11)), Integers{2});
    EXPECT_EQ(ids(!between_symmetric(things.number, 13, 0) && things.id > 0), Integers{3});
    EXPECT_EQ(ids(between_symmetric(things.number, things.id + 8, things.id) && things.id < 9),
              Integers{2});
}

TEST_P(Constructs, type_coerce_changes_the_type_and_not_the_SQL) {
    EXPECT_EQ(first(type_coerce<std::int64_t>(things.number)), 12);
    EXPECT_THAT(to_sql(select(type_coerce<std::int64_t>(things.number)), engine.dialect()),
                Not(HasSubstr("CAST")));
}

TEST_P(Constructs, operators_of_the_program_s_own) {
    EXPECT_EQ(first(op<int>(things.number, "|", things.id + 2)), 15);
    EXPECT_EQ(ids(bool_op(things.word, "LIKE", "%an%") || things.id == 3), (Integers{2, 3}));
    EXPECT_EQ(ids(bool_op(things.word, "NOT LIKE", "%an%") && things.id < 3), Integers{1});
    for (const char* text :
         {"", " ", "= 1 --", "--", "/*", "a;b", "'", ")", "|| ", "LIKE 'x' OR", "IS NOT NULL OR",
          "or", "IS NULL UNION SELECT password FROM users WHERE id IS NOT", "a  b"})
        EXPECT_THAT(message_of<ArgumentError>([&] { (void)bool_op(things.word, text, "x"); }),
                    HasSubstr("is no operator"))
            << text;
}

struct Twice {
    std::string comment;
    bool operator==(const Twice&) const = default;
    void compile(sql::SqlWriter& out) const {
        out.sql("(2 * ").part(0).sql(")");
        if (!comment.empty()) out.sql(" /* " + comment + " */");
    }
};
struct Among {
    bool operator==(const Among&) const = default;
    void compile(sql::SqlWriter& out) const {
        out.sql("CASE WHEN ").part(0).sql(" IN (").parts().sql(") THEN 1 ELSE 0 END");
    }
};
struct NotHere {
    bool operator==(const NotHere&) const = default;
    void compile(sql::SqlWriter& out) const { out.unsupported("magic"); }
};
struct Backwards {
    bool operator==(const Backwards&) const = default;
    void compile(sql::SqlWriter& out) const { out.part(1).part(0); }
};

TEST_P(Constructs, elements_of_the_program_s_own_write_themselves) {
    const auto twice = custom<int>(Twice{}, {things.number + 1});
    EXPECT_EQ(all(twice), (std::vector<int>{26, 22, 0}));
    EXPECT_EQ(ids(twice > 22), Integers{1});
    EXPECT_EQ(ids(custom<int>(Twice{}, {things.number + 9}) > 22), (Integers{1, 2}));
    EXPECT_EQ(first(func::coalesce(custom<int>(Twice{"a"}, {things.number}), 0)), 24);
    EXPECT_EQ(first(func::coalesce(custom<int>(Twice{"b"}, {things.number}), 0)), 24);
    EXPECT_FALSE(sql::equal(select(custom<int>(Twice{"a"}, {things.number})).node(),
                            select(custom<int>(Twice{"b"}, {things.number})).node()));
    EXPECT_THAT(
        message_of<UnsupportedCompilationError>([&] { (void)all(custom<int>(NotHere{}, {})); }),
        HasSubstr("dialect has no magic"));
    EXPECT_THAT(message_of<CompileError>(
                    [&] { (void)all(custom<int>(Backwards{}, {things.id, things.number})); }),
                HasSubstr("in order"));
    EXPECT_THAT(
        message_of<CompileError>([&] { (void)all(custom<int>(Twice{}, {things.id, literal(7)})); }),
        HasSubstr("writes 1 of its 2 parts"));
    EXPECT_THAT(
        message_of<CompileError>([&] { (void)all(custom<int>(Twice{"\x01"}, {things.id})); }),
        HasSubstr("control character"));
    EXPECT_EQ(first(custom<int>(Among{}, {things.id, literal(1), literal(2)})), 1);
}

TEST_P(Constructs, functions_of_the_program_s_own_are_not_taken_for_the_library_s) {
    const auto shown = [&](const auto& function) {
        return to_sql(select(function.label("x")), engine.dialect());
    };
    EXPECT_THAT(shown(func::call<int>("current_count")), HasSubstr("current_count()"));
    EXPECT_THAT(shown(func::call<int>("local_user")), HasSubstr("local_user()"));
    EXPECT_THAT(shown(func::call<int>("random")), HasSubstr(" random() "));
    EXPECT_THAT(shown(func::call<int>("aggregate_strings", things.word)),
                HasSubstr("aggregate_strings("));
}

TEST_P(Constructs, what_can_be_null_keeps_a_place_for_it) {
    using Truths = std::vector<std::optional<bool>>;
    EXPECT_EQ(all(tuple_(things.maybe, things.id) > std::tuple(1, 1)),
              (Truths{false, std::nullopt, true}));
    EXPECT_EQ(all(bool_op(things.maybe, ">", 1)), (Truths{false, std::nullopt, true}));
    EXPECT_EQ(all(type_coerce<std::int64_t>(things.maybe)),
              (std::vector<std::optional<std::int64_t>>{1, std::nullopt, 3}));
    EXPECT_EQ(first(extract("epoch", literal(std::chrono::local_time<std::chrono::microseconds>(
                                         std::chrono::local_days{1960y / 1 / 1})))),
              -315619200);
}

TEST_P(Constructs, exact_decimals_compare_by_value) {
    const auto v = values("v", column<int>("id"), column<Decimal>("p"))
                       .data({{1, Decimal("10")}, {2, Decimal("9")}, {3, Decimal("100")}});
    EXPECT_EQ(conn.scalars(select(v.get<0>()).order_by(v.get<1>())).all(),
              (std::vector<int>{2, 1, 3}));
    EXPECT_EQ(
        conn.scalars(select(v.get<0>()).where(v.get<1>() > Decimal("9.5")).order_by(v.get<0>()))
            .all(),
        (std::vector<int>{1, 3}));
    const auto price = v.get<1>() + Decimal("0.00");
    const auto find = [&](const auto& condition) {
        return conn.scalars(select(v.get<0>()).where(condition).order_by(v.get<0>())).all();
    };
    EXPECT_EQ(find(between_symmetric(price, 12, 8)), (std::vector<int>{1, 2}));
    EXPECT_EQ(find(tuple_(price, v.get<0>()) == std::tuple(Decimal("9.0"), 2)),
              std::vector<int>{2});
}

TEST_P(Constructs, functions_of_any_name_are_declared_once) {
    static constexpr func::GenericFunction<std::string> replace{"replace"};
    EXPECT_EQ(first(replace(things.word, "p", "b")), "abble");
    EXPECT_EQ(first(replace(things.word, "p", "'); DROP TABLE thing; --")).substr(0, 3), "a')");
    static constexpr func::GenericFunction<int> bad{"f() --"};
    EXPECT_THROW((void)bad(1), ArgumentError);
}

TEST_P(Constructs, functions_of_the_library_exist_everywhere) {
    EXPECT_EQ(first(func::char_length(literal("größe"))), 5);
    EXPECT_EQ(first(func::pow(things.number, 2)), 144.0);
    const double chance = first(func::random());
    EXPECT_GE(chance, 0.0);
    EXPECT_LT(chance, 1.0);
    const auto now = std::chrono::system_clock::now();
    for (const auto& time : {first(func::now()), first(func::current_timestamp())}) {
        EXPECT_LT(time, now + 60s);
        EXPECT_GT(time, now - 3600s);
    }
    EXPECT_GE(first(func::current_date()), 2020y / 1 / 1);
    EXPECT_GT(first(func::localtimestamp()), std::chrono::local_days{2020y / 1 / 1});
    if (requirements.users) {
        EXPECT_FALSE(first(func::current_user()).empty());
    }
}

class RegularExpressions : public Constructs {};
AZOTH_ON_ALL_DATABASES(RegularExpressions);

TEST_P(RegularExpressions, find_a_pattern_anywhere) {
    EXPECT_EQ(ids(regexp_match(things.word, "an")), Integers{2});
    EXPECT_EQ(ids(regexp_match(things.word, "^[a-c]")), (Integers{1, 3}));
    EXPECT_EQ(ids(!regexp_match(things.word, "e")), Integers{2});
    EXPECT_EQ(ids(regexp_match(things.word, "r{2}y$")), Integers{3});
}

TEST_P(RegularExpressions, tell_letters_apart_unless_a_flag_says_otherwise) {
    EXPECT_EQ(ids(regexp_match(things.word, "^b")), Integers{});
    EXPECT_EQ(ids(regexp_match(things.word, "^b", "i")), Integers{2});
    EXPECT_EQ(ids(regexp_match(things.word, literal("^") + "b", "i")), Integers{2});
    for (const char* flags : {"1", "i)", "(", " "})
        EXPECT_THROW((void)regexp_match(things.word, "b", flags), ArgumentError) << flags;
}

TEST_P(RegularExpressions, replace_every_match) {
    EXPECT_EQ(first(regexp_replace(things.word, "p", "b")), "abble");
    EXPECT_EQ(first(regexp_replace(things.word, "(.)(p+)", "\\2\\1")), "ppale");
    EXPECT_EQ(first(regexp_replace(things.word, "P", "b")), "apple");
    EXPECT_EQ(first(regexp_replace(things.word, "P", "b", "i")), "abble");
    EXPECT_EQ(first(regexp_replace(literal("größe"), "[öß]", "_")), "gr__e");
}

TEST_P(RegularExpressions, that_are_wrong_are_an_error) {
    EXPECT_THROW((void)ids(regexp_match(things.word, "(")), DBAPIError);
}

}  // namespace
}  // namespace compliance
