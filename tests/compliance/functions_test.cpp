// SPDX-License-Identifier: MIT
// Functions, CASE, CAST and aggregates.
#include <tests/compliance/support.hpp>

#include <limits>

namespace compliance {
namespace {

struct Sales : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> shop{*this, "shop"};
    Column<int> pieces{*this, "pieces"};
    Column<std::int64_t> cents{*this, "cents"};
    Column<std::optional<double>> weight{*this, "weight"};
    Column<Decimal> price{*this, "price"};
};

class Functions : public ComplianceTest {
  protected:
    Functions() {
        create_tables();
        using Sale = std::tuple<std::string, int, std::int64_t, std::optional<double>, Decimal>;
        const std::vector<Sale> rows{{"north", 1, 100, 1.5, Decimal("0.10")},
                                     {"north", 2, 200, std::nullopt, Decimal("0.20")},
                                     {"south", 3, 300, 2.5, Decimal("0.30")},
                                     {"south", 3, -50, 0.5, Decimal("-0.05")},
                                     {"west", 0, 0, std::nullopt, Decimal("0.000")}};
        conn.execute(
            insert(sales).columns(sales.shop, sales.pieces, sales.cents, sales.weight, sales.price),
            rows);
    }
    template <class E>
    auto value(const E& expression) {
        return conn.execute(select(expression)).scalar_one();
    }

    Sales sales{"sale", metadata};
    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(Functions);

TEST_P(Functions, R5_aggregates_have_the_types_that_fit_them) {
    static_assert(std::is_same_v<decltype(func::count()), Function<std::int64_t>>);
    static_assert(
        std::is_same_v<decltype(func::sum(sales.pieces)), Function<std::optional<std::int64_t>>>);
    static_assert(
        std::is_same_v<decltype(func::avg(sales.pieces)), Function<std::optional<double>>>);
    static_assert(
        std::is_same_v<decltype(func::sum(sales.price)), Function<std::optional<Decimal>>>);
    static_assert(
        std::is_same_v<decltype(func::max(sales.shop)), Function<std::optional<std::string>>>);
    EXPECT_EQ(value(func::count(sales.id)), 5);
    EXPECT_EQ(value(func::count(sales.weight)), 3);
    EXPECT_EQ(value(func::count(distinct(sales.shop))), 3);
    EXPECT_EQ(value(func::sum(sales.pieces)), 9);
    EXPECT_EQ(value(func::sum(sales.cents)), 550);
    EXPECT_EQ(value(func::sum(distinct(sales.pieces))), 6);
    EXPECT_EQ(value(func::avg(sales.pieces)), 1.8);
    EXPECT_EQ(value(func::avg(sales.cents)), 110.0);
    EXPECT_EQ(value(func::avg(sales.weight)), 1.5);
    EXPECT_EQ(value(func::sum(sales.weight)), 4.5);
    EXPECT_EQ(value(func::min(sales.cents)), -50);
    EXPECT_EQ(value(func::max(sales.shop)), "west");
    EXPECT_EQ(value(func::sum(sales.price)), Decimal("0.55"));
    EXPECT_EQ(value(func::sum(sales.pieces * 2 + 1)), 23);
    EXPECT_EQ(value(func::sum(sales.pieces) + func::count()), 14);
    EXPECT_EQ(value(func::max(sales.price)), Decimal("0.3"));
    EXPECT_EQ(value(func::min(sales.price * 2)), Decimal("-0.1"));
}

TEST_P(Functions, the_average_of_decimals_is_exact_or_refused) {
    const auto average = func::avg(sales.price);
    if (requirements.exact_decimal_average) {
        EXPECT_EQ(value(average), Decimal("0.11"));
    } else {
        EXPECT_THAT(message_of<UnsupportedCompilationError>([&] { (void)value(average); }),
                    HasSubstr("average"));
    }
    EXPECT_DOUBLE_EQ(value(func::avg(cast<double>(sales.price))).value(), 0.11);
}

TEST_P(Functions, R5_over_no_rows_they_are_null_and_count_is_zero) {
    const auto nothing = sales.id < 0;
    EXPECT_EQ(conn.scalar(select(func::count()).where(nothing).select_from(sales)), 0);
    EXPECT_EQ(conn.execute(select(func::sum(sales.pieces)).where(nothing)).scalar_one(),
              std::nullopt);
    EXPECT_EQ(conn.execute(select(func::sum(sales.price)).where(nothing)).scalar_one(),
              std::nullopt);
    EXPECT_EQ(conn.execute(select(func::avg(sales.pieces)).where(nothing)).scalar_one(),
              std::nullopt);
    EXPECT_EQ(conn.execute(select(func::min(sales.shop)).where(nothing)).scalar_one(),
              std::nullopt);
    EXPECT_EQ(conn.execute(select(func::max(sales.weight)).where(nothing)).scalar_one(),
              std::nullopt);
    EXPECT_EQ(conn.execute(select(func::coalesce(func::sum(sales.pieces), 0)).where(nothing))
                  .scalar_one(),
              0);
}

TEST_P(Functions, a_sum_beyond_64_bits_is_an_error) {
    const std::int64_t huge = std::numeric_limits<std::int64_t>::max();
    conn.execute(update(sales).values(sales.cents = huge));
    EXPECT_THROW((void)conn.execute(select(func::sum(sales.cents))).all(), DBAPIError);
}

TEST_P(Functions, groups_and_having) {
    Strings seen;
    const auto total = func::sum(sales.cents);
    for (auto [shop, count, sum] : conn.execute(select(sales.shop, func::count(), total)
                                                    .group_by(sales.shop)
                                                    .having(func::count() > 1, total > 200)
                                                    .order_by(total.desc())))
        seen.push_back(shop + std::to_string(count) + ":" + std::to_string(sum.value()));
    EXPECT_THAT(seen, ElementsAre("north2:300", "south2:250"));
}

TEST_P(Functions, groups_by_expressions_and_labels) {
    const auto big = (sales.cents > 50).label("big");
    std::string seen;
    for (auto [flag, count] : conn.execute(select(big, func::count()).group_by(big).order_by(big)))
        seen += std::to_string(flag) + std::to_string(count) + " ";
    EXPECT_EQ(seen, "02 13 ");
    const auto half = (sales.pieces / 2).label("half");
    EXPECT_EQ(conn.execute(select(half, func::count()).group_by(half)).all().size(), 4U);
    const auto both = (sales.pieces + sales.cents).label("both");
    EXPECT_EQ(
        conn.execute(select(both, func::count()).group_by(both).having(both > 0)).all().size(), 3U);
    // a label like a column: the groups are those of the expression
    const auto shop = func::length(sales.shop).label("shop");
    EXPECT_EQ(conn.execute(select(shop, func::count()).group_by(shop)).all().size(), 2U);
    const auto parity = sales.pieces % 2;
    const auto by_parity = select(parity, func::count()).group_by(parity);
    if (requirements.groups_by_parameters) {
        EXPECT_EQ(conn.execute(by_parity).all().size(), 2U);
    } else {
        auto savepoint = conn.begin_nested();
        EXPECT_THROW((void)conn.execute(by_parity), ProgrammingError);
    }
    const auto odd = parity.label("odd");
    EXPECT_EQ(conn.execute(select(odd, func::count()).group_by(odd)).all().size(), 2U);
}

TEST_P(Functions, case_takes_the_first_branch_that_fits) {
    const auto size = case_(when(sales.pieces == 0, "none"), when(sales.pieces < 3, "few"));
    static_assert(std::is_same_v<decltype(size.else_("many")), Expr<std::string>>);
    EXPECT_THAT(conn.execute(select(size.else_("many")).order_by(sales.id)).scalars().all(),
                ElementsAre("few", "few", "many", "many", "none"));
    const auto rows = conn.execute(select(size).order_by(sales.id)).all();
    EXPECT_EQ(rows[2].get<0>(), std::nullopt);
    EXPECT_EQ(rows[4].get<0>(), "none");
    EXPECT_EQ(value(func::sum(case_(when(sales.shop == "north", sales.pieces)).else_(0))), 3);
    EXPECT_EQ(conn.execute(select(sales.id).where(size.else_("many") == "none")).scalar_one(), 5);
    EXPECT_EQ(conn.execute(select(sales.id).order_by(case_(when(sales.shop == "west", 0)).else_(1),
                                                     sales.id))
                  .first()
                  ->get<0>(),
              5);
    EXPECT_EQ(conn.execute(select(case_(when(sales.pieces > 1, 10)).else_(sales.pieces) + 1)
                               .order_by(sales.id))
                  .first()
                  ->get<0>(),
              2);
    EXPECT_EQ(conn.execute(select(case_(when(false_(), 1)).else_(nullptr)).where(sales.id == 1))
                  .scalar_one(),
              std::nullopt);
    EXPECT_EQ(value(case_(when(func::count(sales.id) > 3, "many")).else_("few").label("x")),
              "many");
}

TEST_P(Functions, casts_give_the_named_type) {
    EXPECT_EQ(value(cast<std::string>(literal(42))), "42");
    EXPECT_EQ(value(cast<int>(literal("42"))), 42);
    EXPECT_EQ(value(cast<std::int64_t>(literal("-9223372036854775808"))),
              std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(value(cast<double>(literal("1.5"))), 1.5);
    EXPECT_EQ(value(cast<double>(literal(3)) / 2), 1.5);
    EXPECT_EQ(value(cast<Decimal>(literal("1.50"))).to_string(),
              requirements.decimal_scale ? "1.50" : "1.5");
    EXPECT_EQ(value(cast<Decimal>(literal(3)) + Decimal("0.5")), Decimal("3.5"));
    EXPECT_EQ(value(cast<std::string>(literal(std::optional<int>()))), std::nullopt);
    EXPECT_EQ(conn.execute(select(sales.id).where(cast<std::string>(sales.cents).like("%50")))
                  .all()
                  .size(),
              1U);
    EXPECT_EQ(value(cast<bool>(literal(1))), true);
    EXPECT_EQ(value(cast<Uuid>(literal("6ba7b810-9dad-11d1-80b4-00c04fd430c8"))),
              Uuid::parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8"));
    EXPECT_EQ(value(cast<std::chrono::year_month_day>(literal("2024-02-29"))),
              std::chrono::year_month_day(std::chrono::year(2024) / 2 / 29));
}

TEST_P(Functions, R5_coalesce_with_a_value_is_never_null) {
    static_assert(std::is_same_v<decltype(func::coalesce(sales.weight, 0.0)), Function<double>>);
    static_assert(std::is_same_v<decltype(func::coalesce(sales.weight, sales.weight)),
                                 Function<std::optional<double>>>);
    EXPECT_THAT(
        conn.execute(select(func::coalesce(sales.weight, -1.0)).order_by(sales.id)).scalars().all(),
        ElementsAre(1.5, -1.0, 2.5, 0.5, -1.0));
    EXPECT_EQ(
        value(func::coalesce(literal(std::optional<int>()), literal(std::optional<int>()), 3)), 3);
}

TEST_P(Functions, functions_of_texts_and_numbers) {
    EXPECT_EQ(value(func::lower(literal("ABC"))), "abc");
    EXPECT_EQ(value(func::upper("abc")), "ABC");
    EXPECT_EQ(value(func::length(literal("größe"))), 5);
    EXPECT_EQ(value(func::trim("  x  ")), "x");
    EXPECT_EQ(value(func::abs(literal(-5))), 5);
    EXPECT_EQ(value(func::abs(literal(-5.5))), 5.5);
    EXPECT_EQ(value(func::lower(literal(std::optional<std::string>()))), std::nullopt);
    EXPECT_EQ(value(func::call<std::string>("replace", "a-b-c", "-", "+")), "a+b+c");
    EXPECT_EQ(value(func::call<double>("round", cast<double>(literal(2.5)))),
              requirements.sqlite ? 3.0 : 2.0);
    EXPECT_EQ(conn.execute(select(func::upper(sales.shop).label("s")).order_by(sales.id))
                  .first()
                  ->get<0>(),
              "NORTH");
}

TEST_P(Functions, distinct_rows_limit_and_offset) {
    EXPECT_THAT(conn.execute(select(sales.shop).distinct().order_by(sales.shop)).scalars().all(),
                ElementsAre("north", "south", "west"));
    const auto ids = select(sales.id).order_by(sales.id);
    EXPECT_THAT(conn.execute(ids.limit(2)).scalars().all(), ElementsAre(1, 2));
    EXPECT_THAT(conn.execute(ids.limit(2).offset(3)).scalars().all(), ElementsAre(4, 5));
    EXPECT_THAT(conn.execute(ids.offset(4)).scalars().all(), ElementsAre(5));
    EXPECT_THAT(conn.execute(ids.limit(0)).scalars().all(), IsEmpty());
    EXPECT_THAT(conn.execute(ids.limit(100).limit(1)).scalars().all(), ElementsAre(1));
    EXPECT_THAT(conn.execute(ids.offset(1).offset(3)).scalars().all(), ElementsAre(4, 5));
    EXPECT_THAT(
        conn.execute(ids.limit(std::numeric_limits<std::int64_t>::max())).scalars().all().size(),
        5U);
    EXPECT_THROW((void)ids.limit(-1), ArgumentError);
    EXPECT_THROW((void)ids.offset(-1), ArgumentError);
}

TEST_P(Functions, order_with_nulls_first_and_last) {
    const auto order = [&](const Ordering& ordering) {
        Integers ids;
        for (auto [id] : conn.execute(select(sales.id).order_by(ordering, sales.id)))
            ids.push_back(id);
        return ids;
    };
    EXPECT_THAT(order(sales.weight.asc().nulls_first()), ElementsAre(2, 5, 4, 1, 3));
    EXPECT_THAT(order(sales.weight.asc().nulls_last()), ElementsAre(4, 1, 3, 2, 5));
    EXPECT_THAT(order(sales.weight.desc().nulls_first()), ElementsAre(2, 5, 3, 1, 4));
    EXPECT_THAT(order(sales.weight.desc().nulls_last()), ElementsAre(3, 1, 4, 2, 5));
    EXPECT_THAT(order(sales.weight), requirements.null_sorts_first ? ElementsAre(2, 5, 4, 1, 3)
                                                                   : ElementsAre(4, 1, 3, 2, 5));
    EXPECT_THAT(order(sales.pieces % 2), ElementsAre(2, 5, 1, 3, 4));
    EXPECT_THAT(order((sales.price * 10).desc()), ElementsAre(3, 2, 1, 5, 4));
}

TEST_P(Functions, order_by_labels) {
    const auto doubled = (sales.pieces * 2).label("doubled");
    Integers seen;
    for (auto [id, value] :
         conn.execute(select(sales.id, doubled).order_by(doubled.desc(), sales.id)))
        seen.push_back(id);
    EXPECT_THAT(seen, ElementsAre(3, 4, 2, 1, 5));
    seen.clear();
    for (auto [id, value] :
         conn.execute(select(sales.id, doubled).order_by((doubled + 1).desc(), sales.id)))
        seen.push_back(id);
    EXPECT_THAT(seen, ElementsAre(3, 4, 2, 1, 5));
    seen.clear();
    for (auto [id, value] :
         conn.execute(select(sales.id, doubled).where(doubled > 3).order_by(doubled, sales.id)))
        seen.push_back(id);
    EXPECT_THAT(seen, ElementsAre(2, 3, 4));
}

}  // namespace
}  // namespace compliance
