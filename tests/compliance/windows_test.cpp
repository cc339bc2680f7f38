// SPDX-License-Identifier: MIT
// Window functions, FILTER, ordered sets, groupings: what the databases compute.
#include <azoth/sql.hpp>
#include <azoth/sql/statement.hpp>

#include <tests/compliance/support.hpp>

#include <numeric>

namespace compliance {
namespace {

struct Readings : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> place{*this, "place", String{10}};
    Column<int> day{*this, "day"};
    Column<int> degrees{*this, "degrees"};
};

class Windows : public ComplianceTest {
  protected:
    Windows() {
        create_tables();
        const std::vector<std::tuple<std::string, int, int>> rows{
            {"north", 1, 10}, {"north", 2, 20}, {"north", 4, 20}, {"north", 5, 40},
            {"south", 1, 5},  {"south", 2, 15}, {"south", 3, 25}};
        conn.execute(insert(readings).columns(readings.place, readings.day, readings.degrees),
                     rows);
    }
    /// The values of a window function in the order of the rows.
    template <class E>
    [[nodiscard]] auto per_row(const E& expression) {
        return conn.scalars(select(expression.label("x")).order_by(readings.id)).all();
    }
    template <class E>
    [[nodiscard]] auto value(const E& expression) {
        return conn.scalars(select(expression.label("x"))).one();
    }
    template <class E>
    void expect_refused(const E& expression, const std::string& what) {
        EXPECT_THAT(message_of<UnsupportedCompilationError>([&] { (void)per_row(expression); }),
                    HasSubstr(what));
    }
    using Sums = std::vector<std::optional<std::int64_t>>;

    Readings readings{"reading", metadata};
    Connection conn = engine.connect();
    const Function<std::optional<std::int64_t>> sum = func::sum(readings.degrees);
    const std::vector<AnyExpr> by_place{readings.place};
    const std::vector<Ordering> by_day{readings.day};
};
AZOTH_ON_ALL_DATABASES(Windows);

TEST_P(Windows, over_nothing_is_over_all_rows) {
    EXPECT_EQ(per_row(sum.over()), Sums(7, 135));
    EXPECT_EQ(per_row(func::count().over()), Integers(7, 7));
}

TEST_P(Windows, have_partitions) {
    EXPECT_EQ(per_row(sum.over({.partition_by = by_place})), (Sums{90, 90, 90, 90, 45, 45, 45}));
    EXPECT_EQ(per_row(func::count().over({.partition_by = {readings.place, readings.degrees}})),
              (Integers{1, 2, 2, 1, 1, 1, 1}));
}

TEST_P(Windows, with_an_order_end_at_the_current_row_and_its_equals) {
    EXPECT_EQ(per_row(sum.over({.partition_by = by_place, .order_by = by_day})),
              (Sums{10, 30, 50, 90, 5, 20, 45}));
    EXPECT_EQ(per_row(sum.over({.partition_by = by_place, .order_by = {readings.degrees}})),
              (Sums{10, 50, 50, 90, 5, 20, 45}));
}

TEST_P(Windows, count_rows_before_and_behind) {
    const auto rows = [&](const Frame& frame) {
        return per_row(sum.over({.partition_by = by_place, .order_by = by_day, .rows = frame}));
    };
    EXPECT_EQ(rows({-1, 0}), (Sums{10, 30, 40, 60, 5, 20, 40}));
    EXPECT_EQ(rows({0, 1}), (Sums{30, 40, 60, 40, 20, 40, 25}));
    EXPECT_EQ(rows({-1, 1}), (Sums{30, 50, 80, 60, 20, 45, 40}));
    EXPECT_EQ(rows({-2, -1}), (Sums{std::nullopt, 10, 30, 40, std::nullopt, 5, 20}));
    EXPECT_EQ(rows({1, 2}), (Sums{40, 60, 40, std::nullopt, 40, 25, std::nullopt}));
    EXPECT_EQ(rows({{}, {}}), (Sums{90, 90, 90, 90, 45, 45, 45}));
    EXPECT_EQ(rows({{}, 0}), (Sums{10, 30, 50, 90, 5, 20, 45}));
    EXPECT_EQ(rows({0, {}}), (Sums{90, 80, 60, 40, 45, 40, 25}));
    EXPECT_EQ(rows({}), rows({{}, 0}));
}

TEST_P(Windows, have_ranges_by_value) {
    const auto range = [&](const Frame& frame) {
        return per_row(sum.over({.partition_by = by_place, .order_by = by_day, .range_ = frame}));
    };
    EXPECT_EQ(range({-1, 0}), (Sums{10, 30, 20, 60, 5, 20, 40}));
    EXPECT_EQ(range({-1, 1}), (Sums{30, 30, 60, 60, 20, 45, 40}));
    EXPECT_EQ(range({{}, 0}), (Sums{10, 30, 50, 90, 5, 20, 45}));
    EXPECT_EQ(range({preceding(literal_column<int>("2")), following(literal_column<int>("0"))}),
              (Sums{10, 30, 40, 60, 5, 20, 45}));
}

TEST_P(Windows, count_groups_of_equal_rows_and_leave_rows_out) {
    const auto groups = sum.over(
        {.partition_by = by_place, .order_by = {readings.degrees}, .groups = Frame{-1, 0}});
    const auto without = [&](Exclude exclude) {
        return sum.over({.partition_by = by_place,
                         .order_by = {readings.degrees},
                         .rows = Frame{{}, {}},
                         .exclude = exclude});
    };
    if (!requirements.frame_groups) {
        expect_refused(groups, "GROUPS");
        return expect_refused(without(Exclude::ties), "EXCLUDE");
    }
    EXPECT_EQ(per_row(groups), (Sums{10, 50, 50, 80, 5, 20, 40}));
    EXPECT_EQ(per_row(without(Exclude::current_row)), (Sums{80, 70, 70, 50, 40, 30, 20}));
    EXPECT_EQ(per_row(without(Exclude::group)), (Sums{80, 50, 50, 50, 40, 30, 20}));
    EXPECT_EQ(per_row(without(Exclude::ties)), (Sums{90, 70, 70, 90, 45, 45, 45}));
    EXPECT_EQ(per_row(without(Exclude::no_others)), (Sums{90, 90, 90, 90, 45, 45, 45}));
}

TEST_P(Windows, number_and_rank_rows) {
    const Window by_degrees{.partition_by = by_place, .order_by = {readings.degrees.desc()}};
    const Window days{.partition_by = by_place, .order_by = by_day};
    EXPECT_EQ(per_row(func::row_number().over(days)), (Integers{1, 2, 3, 4, 1, 2, 3}));
    EXPECT_EQ(per_row(func::rank().over(by_degrees)), (Integers{4, 2, 2, 1, 3, 2, 1}));
    EXPECT_EQ(per_row(func::dense_rank().over(by_degrees)), (Integers{3, 2, 2, 1, 3, 2, 1}));
    EXPECT_EQ(per_row(func::ntile(2).over(days)), (Integers{1, 1, 2, 2, 1, 1, 2}));
    // MariaDB gives ten digits
    EXPECT_THAT(per_row(func::percent_rank().over(by_degrees)),
                testing::Pointwise(testing::DoubleNear(1e-9),
                                   std::vector<double>{1, 1.0 / 3, 1.0 / 3, 0, 1, 0.5, 0}));
    EXPECT_EQ(per_row(func::cume_dist().over({.order_by = {readings.id}})).back(), 1.0);
}

TEST_P(Windows, look_at_other_rows) {
    using Values = std::vector<std::optional<int>>;
    const Window days{.partition_by = by_place, .order_by = by_day};
    EXPECT_EQ(per_row(func::lag(readings.degrees).over(days)),
              (Values{std::nullopt, 10, 20, 20, std::nullopt, 5, 15}));
    EXPECT_EQ(per_row(func::lead(readings.degrees, literal_column<int>("2")).over(days)),
              (Values{20, 40, std::nullopt, std::nullopt, 25, std::nullopt, std::nullopt}));
    EXPECT_EQ(per_row(func::first_value(readings.degrees).over(days)),
              (Values{10, 10, 10, 10, 5, 5, 5}));
    const Window all{.partition_by = by_place, .order_by = by_day, .rows = Frame{{}, {}}};
    EXPECT_EQ(per_row(func::last_value(readings.degrees).over(all)),
              (Values{40, 40, 40, 40, 25, 25, 25}));
    EXPECT_EQ(per_row(func::nth_value(readings.degrees, literal_column<int>("2")).over(all)),
              (Values{20, 20, 20, 20, 15, 15, 15}));
}

TEST_P(Windows, are_used_in_expressions_and_in_order_by) {
    const auto share =
        readings.degrees * 100 / func::sum(readings.degrees).over({.partition_by = by_place});
    EXPECT_EQ(per_row(cast<int>(share))[3], 44);
    EXPECT_EQ(
        conn.scalars(select(readings.id)
                         .order_by(func::row_number().over({.order_by = {readings.id.desc()}})))
            .all(),
        (Integers{7, 6, 5, 4, 3, 2, 1}));
}

TEST_P(Windows, with_two_frames_or_an_exclusion_without_one_are_refused) {
    EXPECT_THAT(message_of<ArgumentError>([&] {
                    (void)sum.over({.order_by = by_day, .rows = Frame{}, .range_ = Frame{}});
                }),
                HasSubstr("one frame"));
    EXPECT_THAT(message_of<ArgumentError>([&] { (void)sum.over({.exclude = Exclude::ties}); }),
                HasSubstr("exclude"));
}

TEST_P(Windows, of_different_frames_are_different_statements) {
    const auto one = select(sum.over({.order_by = by_day, .rows = Frame{-1, 0}}));
    const auto two = select(sum.over({.order_by = by_day, .rows = Frame{-2, 0}}));
    EXPECT_FALSE(sql::equal(one.node(), two.node()));
    EXPECT_TRUE(sql::equal(one.node(),
                           select(sum.over({.order_by = by_day, .rows = Frame{-1, 0}})).node()));
}

class Aggregates : public Windows {};
AZOTH_ON_ALL_DATABASES(Aggregates);

TEST_P(Aggregates, filter_their_rows) {
    const auto warm = readings.degrees > 15;
    EXPECT_EQ(value(func::count().filter(warm)), 4);
    EXPECT_EQ(value(func::count(readings.id).filter(warm, readings.place == "south")), 1);
    EXPECT_EQ(value(sum.filter(warm)), 105);
    EXPECT_EQ(value(sum.filter(readings.degrees > 1000)), std::nullopt);
    EXPECT_EQ(value(func::avg(readings.degrees).filter(readings.place == "north")), 22.5);
    EXPECT_EQ(value(func::min(readings.degrees).filter(warm)), 20);
    EXPECT_EQ(value(func::count(distinct(readings.degrees)).filter(readings.place == "north")), 3);
    EXPECT_EQ(value(func::sum(readings.degrees + 1).filter(readings.day == 1)), 17);
    EXPECT_EQ(per_row(func::count().filter(warm).over({.partition_by = by_place})),
              (Integers{3, 3, 3, 3, 1, 1, 1}));
}

TEST_P(Aggregates, join_texts_with_a_separator_between) {
    const auto south = [&](std::string_view separator) {
        return conn
            .scalars(select(func::aggregate_strings(readings.place, separator))
                         .where(readings.place == "south"))
            .one();
    };
    EXPECT_EQ(south(", "), "south, south, south");
    EXPECT_EQ(south(""), "southsouthsouth");
    EXPECT_EQ(south("' OR 1=1 --\\"), "south' OR 1=1 --\\south' OR 1=1 --\\south");
    EXPECT_EQ(
        conn.scalars(select(func::aggregate_strings(readings.place, ",")).where(readings.day > 99))
            .one(),
        std::nullopt);
}

TEST_P(Aggregates, take_their_rows_in_an_order) {
    const auto days = func::aggregate_strings(cast<std::string>(readings.day), " ")
                          .aggregate_order_by(readings.day.desc());
    const auto query = select(days).where(readings.place == "north");
    if (!requirements.ordered_strings) {
        EXPECT_THAT(message_of<UnsupportedCompilationError>([&] { (void)conn.execute(query); }),
                    HasSubstr("ORDER BY within an aggregate"));
        return;
    } else
        EXPECT_EQ(conn.scalars(query).one(), "5 4 2 1");
}

TEST_P(Aggregates, of_ordered_sets) {
    const auto median = func::percentile_cont(0.5).within_group(readings.degrees);
    static_assert(std::is_same_v<decltype(median), const Function<std::optional<double>>>);
    if (!requirements.within_group) {
        EXPECT_THAT(message_of<UnsupportedCompilationError>([&] { (void)value(median); }),
                    HasSubstr("WITHIN GROUP"));
        return;
    }
    EXPECT_EQ(value(median), 20.0);
    EXPECT_EQ(value(func::percentile_cont(0.25).within_group(readings.degrees)), 12.5);
    const auto first = func::percentile_disc(0.0);
    EXPECT_EQ(value(first.within_group(readings.degrees)), 5);
    EXPECT_EQ(value(first.within_group<int>(readings.degrees.desc())), 40);
    EXPECT_EQ(value(func::mode().within_group(readings.place)), "north");
}

TEST_P(Aggregates, are_rolled_up) {
    const auto totals = select(nullable(readings.place).label("p"), sum.label("s"))
                            .group_by(func::rollup(readings.place));
    if (!requirements.rollup) {
        EXPECT_THAT(message_of<UnsupportedCompilationError>([&] { (void)conn.execute(totals); }),
                    HasSubstr("rollup()"));
        return;
    }
    std::map<std::optional<std::string>, std::optional<std::int64_t>> found;
    for (const auto& [place, total] : conn.execute(totals)) found[place] = total;
    EXPECT_EQ(found, (decltype(found){{std::nullopt, 135}, {"north", 90}, {"south", 45}}));
    const auto cube = select(nullable(readings.place).label("p"), sum.label("s"))
                          .group_by(func::cube(readings.place, readings.day));
    if (requirements.grouping_sets)
        EXPECT_EQ(conn.execute(cube).all().size(), 15U);
    else
        EXPECT_THROW((void)conn.execute(cube), UnsupportedCompilationError);
}

TEST_P(Aggregates, whose_totals_have_no_key_want_a_place_for_that) {
    const auto totals = select(readings.place, sum).group_by(func::rollup(readings.place));
    EXPECT_THAT(message_of<ArgumentError>([&] { (void)conn.execute(totals); }),
                HasSubstr("nullable(key)"));
}

TEST_P(Aggregates, are_ordered_before_they_are_filtered_and_each_once) {
    const auto texts = func::aggregate_strings(readings.place, ",");
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { (void)texts.filter(readings.day > 1).aggregate_order_by(readings.id); }),
                HasSubstr("before filter()"));
    EXPECT_THROW((void)texts.aggregate_order_by(readings.id).aggregate_order_by(readings.id),
                 ArgumentError);
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { (void)func::count().filter(readings.day > 1).filter(readings.day > 2); }),
                HasSubstr("at once"));
}

TEST_P(Aggregates, join_different_texts_only_once) {
    const auto texts = select(func::aggregate_strings(distinct(readings.place), ","))
                           .where(readings.place == "south");
    EXPECT_EQ(conn.scalars(texts).one(), "south");
}

}  // namespace
}  // namespace compliance
