// SPDX-License-Identifier: MIT
// Operators: what the database calculates is what C++ would, whatever the combination.
#include <tests/compliance/support.hpp>

#include <limits>

namespace compliance {
namespace {

struct Numbers : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<int> a{*this, "a"};
    Column<int> b{*this, "b"};
    Column<int> c{*this, "c"};
    Column<double> d{*this, "d"};
    Column<bool> p{*this, "p"};
    Column<bool> q{*this, "q"};
    Column<bool> r{*this, "r"};
};

struct Given {
    int a;
    int b;
    int c;
    double d;
    bool p;
    bool q;
    bool r;
};

class Operators : public ComplianceTest {
  protected:
    Operators() {
        create_tables();
        for (int bits = 0; bits < 8; ++bits)
            given.push_back({7 + bits, 3 - bits * 2, bits - 4, bits * 0.5 + 0.25, (bits & 1) != 0,
                             (bits & 2) != 0, (bits & 4) != 0});
        conn.execute(insert(n).columns(n.a, n.b, n.c, n.d, n.p, n.q, n.r), given);
    }

    /// The database's answer for each row against C++'s.
    template <class E, class Calculate>
    void expect(const E& expression, const Calculate& calculate, const char* what) {
        const auto rows = conn.execute(select(expression).order_by(n.id)).scalars().all();
        ASSERT_EQ(rows.size(), given.size());
        for (std::size_t i = 0; i < given.size(); ++i)
            EXPECT_EQ(rows[i], calculate(given[i])) << what << " in row " << i;
    }
    template <class T, class E>
    T value(const E& expression) {
        return conn.execute(select(expression)).scalar_one();
    }

    Numbers n{"number", metadata};
    Connection conn = engine.connect();
    std::vector<Given> given;
};
AZOTH_ON_ALL_DATABASES(Operators);

#define EXPECT_AS_IN_CPP(sql, cpp) \
    expect(sql, []([[maybe_unused]] const Given& g) { return cpp; }, #sql)

TEST_P(Operators, arithmetic_keeps_the_tree_s_precedence) {
    EXPECT_AS_IN_CPP(n.a + n.b * n.c, g.a + g.b * g.c);
    EXPECT_AS_IN_CPP((n.a + n.b) * n.c, (g.a + g.b) * g.c);
    EXPECT_AS_IN_CPP(n.a - n.b - n.c, g.a - g.b - g.c);
    EXPECT_AS_IN_CPP(n.a - (n.b - n.c), g.a - (g.b - g.c));
    EXPECT_AS_IN_CPP(n.a - (n.b + n.c), g.a - (g.b + g.c));
    EXPECT_AS_IN_CPP(n.a * (n.b + n.c) * n.a, g.a * (g.b + g.c) * g.a);
    EXPECT_AS_IN_CPP(-n.a - -n.b, -g.a - -g.b);
    EXPECT_AS_IN_CPP(-(n.a + n.b), -(g.a + g.b));
    EXPECT_AS_IN_CPP(-(-n.a), g.a);
    EXPECT_AS_IN_CPP(-n.a * n.b, -g.a * g.b);
    EXPECT_AS_IN_CPP(n.a * -3, g.a * -3);
    EXPECT_AS_IN_CPP(n.a - -5, g.a + 5);
    EXPECT_AS_IN_CPP(2 - n.a, 2 - g.a);
    EXPECT_AS_IN_CPP(n.a * 10 % n.a, 0);
    EXPECT_AS_IN_CPP(n.a * (10 % n.a), g.a * (10 % g.a));
    EXPECT_AS_IN_CPP(n.a % (n.a - 1) * 2, g.a % (g.a - 1) * 2);
    EXPECT_AS_IN_CPP(n.a % ((n.a - 1) * 2), g.a % ((g.a - 1) * 2));
    EXPECT_AS_IN_CPP(n.d * 2 + n.a, g.d * 2 + g.a);
}

TEST_P(Operators, R5_division_is_true_division) {
    EXPECT_AS_IN_CPP(n.a / 2, g.a / 2.0);
    EXPECT_AS_IN_CPP(n.b / n.a, static_cast<double>(g.b) / g.a);
    EXPECT_AS_IN_CPP(1 / n.a, 1.0 / g.a);
    EXPECT_AS_IN_CPP(n.a / n.a / 4, 0.25);
    EXPECT_AS_IN_CPP(n.a / (n.a / 4), 4.0);
    EXPECT_AS_IN_CPP(n.a * n.c / 2, g.a * g.c / 2.0);
    EXPECT_AS_IN_CPP(n.a * (n.c / 2), g.a * (g.c / 2.0));
    EXPECT_AS_IN_CPP((n.a + n.b) / 2, (g.a + g.b) / 2.0);
    EXPECT_AS_IN_CPP(n.a - n.b / 2, g.a - g.b / 2.0);
    EXPECT_AS_IN_CPP(n.d / 2, g.d / 2);
    EXPECT_AS_IN_CPP(-n.a / 2, -g.a / 2.0);
    EXPECT_EQ(value<double>(literal(7) / literal(2)), 3.5);
    EXPECT_EQ(value<double>(literal(std::int64_t{1}) / 4), 0.25);
}

TEST_P(Operators, exact_division_of_decimals) {
    const auto quotient = literal(Decimal("1")) / literal(Decimal("8"));
    if (requirements.exact_decimal_division) {
        EXPECT_EQ(value<Decimal>(quotient), Decimal("0.125"));
    } else {
        EXPECT_THAT(
            message_of<UnsupportedCompilationError>([&] { (void)value<Decimal>(quotient); }),
            HasSubstr("division"));
    }
}

TEST_P(Operators, division_by_zero_is_null_or_an_error) {
    if (!requirements.refuses_division_by_zero) {
        EXPECT_EQ(conn.execute(select(nullable(n.a / (n.a - n.a))).where(n.id == 1)).scalar_one(),
                  std::nullopt);
    } else {
        EXPECT_THROW((void)conn.execute(select(n.a / (n.a - n.a))).all(), DataError);
    }
}

TEST_P(Operators, modulo_takes_the_sign_of_the_dividend_as_in_cpp) {
    EXPECT_EQ(value<int>(literal(7) % literal(3)), 7 % 3);
    EXPECT_EQ(value<int>(literal(-7) % literal(3)), -7 % 3);
    EXPECT_EQ(value<int>(literal(7) % literal(-3)), 7 % -3);
    EXPECT_EQ(value<int>(literal(-7) % literal(-3)), -7 % -3);
    EXPECT_AS_IN_CPP(n.c % 3, g.c % 3);
    EXPECT_AS_IN_CPP(-n.a % 3, -g.a % 3);
}

TEST_P(Operators, comparisons_inside_comparisons) {
    EXPECT_AS_IN_CPP((n.a > n.b) == (n.b > n.c), (g.a > g.b) == (g.b > g.c));
    EXPECT_AS_IN_CPP((n.a == 7) != n.p, (g.a == 7) != g.p);
    EXPECT_AS_IN_CPP(n.p == (n.q == n.r), g.p == (g.q == g.r));
    EXPECT_AS_IN_CPP((n.p == n.q) == n.r, (g.p == g.q) == g.r);
    EXPECT_AS_IN_CPP(!(n.a < n.b), !(g.a < g.b));
    EXPECT_AS_IN_CPP((!n.p) == n.q, (!g.p) == g.q);
    EXPECT_AS_IN_CPP(!(n.p == n.q), !(g.p == g.q));
    EXPECT_AS_IN_CPP(n.a + 1 < n.b * 2, g.a + 1 < g.b * 2);
    EXPECT_AS_IN_CPP(3 < n.a, 3 < g.a);
    EXPECT_AS_IN_CPP(3 >= n.b, 3 >= g.b);
}

TEST_P(Operators, truth_tables_of_three_conditions) {
    EXPECT_AS_IN_CPP((n.p && n.q) || n.r, (g.p && g.q) || g.r);
    EXPECT_AS_IN_CPP(n.p && (n.q || n.r), g.p && (g.q || g.r));
    EXPECT_AS_IN_CPP((n.p || n.q) && n.r, (g.p || g.q) && g.r);
    EXPECT_AS_IN_CPP(n.p || (n.q && n.r), g.p || (g.q && g.r));
    EXPECT_AS_IN_CPP(!(n.p && n.q) || n.r, !(g.p && g.q) || g.r);
    EXPECT_AS_IN_CPP(!(n.p || n.q) && !n.r, !(g.p || g.q) && !g.r);
    EXPECT_AS_IN_CPP(!(!(n.p || n.q) && n.r), !(!(g.p || g.q) && g.r));
    EXPECT_AS_IN_CPP(!n.p && !n.q && !n.r, !g.p && !g.q && !g.r);
    EXPECT_AS_IN_CPP((n.p && n.q) && (n.q && n.r), g.p && g.q && g.r);
    EXPECT_AS_IN_CPP((n.p && n.q) == n.r, (g.p && g.q) == g.r);
    EXPECT_AS_IN_CPP((n.p || n.q) == (n.q && n.r), (g.p || g.q) == (g.q && g.r));
    EXPECT_AS_IN_CPP(and_(n.p, or_(n.q, n.r), !n.q), g.p && (g.q || g.r) && !g.q);
    EXPECT_AS_IN_CPP(not_(or_(n.p, and_(n.q, n.r))), !(g.p || (g.q && g.r)));
}

TEST_P(Operators, tests_bind_tighter_than_not_and_looser_than_arithmetic) {
    EXPECT_AS_IN_CPP(!n.a.between(8, 10), !(g.a >= 8 && g.a <= 10));
    EXPECT_AS_IN_CPP((n.a + 1).between(n.b + 8, n.b * n.b + 20),
                     g.a + 1 >= g.b + 8 && g.a + 1 <= g.b * g.b + 20);
    EXPECT_AS_IN_CPP(n.a.between(8, 10) && n.p, g.a >= 8 && g.a <= 10 && g.p);
    EXPECT_AS_IN_CPP(n.a.between(8, 10) == n.p, (g.a >= 8 && g.a <= 10) == g.p);
    EXPECT_AS_IN_CPP(!n.a.in({7, 9}), g.a != 7 && g.a != 9);
    EXPECT_AS_IN_CPP(n.a.in({7, 9}) == n.p, (g.a == 7 || g.a == 9) == g.p);
    EXPECT_AS_IN_CPP((n.a * 2).in({14, 18}), g.a == 7 || g.a == 9);
    EXPECT_AS_IN_CPP(!n.p.is_null(), true);
    EXPECT_AS_IN_CPP((n.p && n.q).is_not_null() && n.r, g.r);
    EXPECT_AS_IN_CPP((n.a > n.b).is_null() || n.r, g.r);
    EXPECT_AS_IN_CPP((n.a + n.b).is_distinct_from(n.a) && n.p, g.b != 0 && g.p);
}

TEST_P(Operators, an_empty_condition_is_true) {
    const auto count = [&](const Expr<bool>& condition) {
        return conn.scalar(select(func::count()).select_from(n).where(condition)).value();
    };
    EXPECT_EQ(count(Expr<bool>()), 8);
    EXPECT_EQ(count(and_()), 8);
    EXPECT_EQ(count(or_()), 0);
    EXPECT_EQ(count(all_of({})), 8);
    EXPECT_EQ(count(any_of({})), 0);
    EXPECT_EQ(count(!or_()), 8);
    EXPECT_EQ(count(true_() && n.p), 4);
    EXPECT_EQ(count(false_() || n.p), 4);
    EXPECT_EQ(count(false_() && n.p), 0);
    EXPECT_EQ(count(true_() || n.p), 8);
    Expr<bool> built;
    for (int i = 0; i < 3; ++i) built = built && n.a > i + 7;
    EXPECT_EQ(count(built), 5);
    EXPECT_EQ(count(any_of({n.a == 7, n.a == 8, n.p})), 5);
    EXPECT_EQ(count(all_of({n.p, n.q})), 2);
}

TEST_P(Operators, texts_are_joined) {
    EXPECT_EQ(value<std::string>(literal("a") + literal("b")), "ab");
    EXPECT_EQ(value<std::string>(literal("a") + "b" + literal("c")), "abc");
    EXPECT_EQ(value<std::string>(literal("a") + (literal("b") + literal("c"))), "abc");
    EXPECT_TRUE(value<bool>(literal("a") + "b" == literal("a") + "b"));
    EXPECT_TRUE(value<bool>((literal("a") + "b").like("a%")));
    EXPECT_EQ(
        conn.execute(select(cast<std::string>(n.a * 2 + 1) + "!").where(n.id == 1)).scalar_one(),
        "15!");
    EXPECT_EQ(
        value<std::optional<std::string>>(literal("a") + literal(std::optional<std::string>())),
        std::nullopt);
}

TEST_P(Operators, integers_of_64_bits_are_exact) {
    const std::int64_t huge = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(value<std::int64_t>(literal(huge) - 1), huge - 1);
    EXPECT_EQ(value<std::int64_t>(-literal(huge)), -huge);
    EXPECT_EQ(value<std::int64_t>(literal(huge) % 1000), huge % 1000);
    EXPECT_TRUE(value<bool>(literal(huge) > literal(huge - 1)));
}

TEST_P(Operators, an_overflow_is_an_error_and_never_another_number) {
    const std::int64_t huge = std::numeric_limits<std::int64_t>::max();
    EXPECT_THROW((void)value<std::int64_t>(literal(huge) + 1), DBAPIError);
    conn.rollback();
    create_tables();
    conn.execute(insert(n).values(n.a = std::numeric_limits<int>::max(), n.b = 1, n.c = 1,
                                  n.d = 1.0, n.p = true, n.q = true, n.r = true));
    EXPECT_THROW((void)conn.execute(select(n.a + n.b)).all(), DataError);
}

TEST_P(Operators, null_spreads_and_is_typed) {
    const auto null = case_(when(false_(), 1));
    static_assert(std::is_same_v<decltype(n.a + null), Expr<std::optional<int>>>);
    EXPECT_EQ(conn.execute(select(n.a + null).where(n.id == 1)).scalar_one(), std::nullopt);
    EXPECT_EQ(conn.execute(select(n.a > null).where(n.id == 1)).scalar_one(), std::nullopt);
    EXPECT_TRUE(conn.execute(select(n.id).where(n.a > null)).all().empty());
    EXPECT_TRUE(conn.execute(select(n.id).where(!(n.a > null))).all().empty());
    EXPECT_TRUE(value<bool>(null.is_null()));
    EXPECT_FALSE(value<bool>(null.is_not_null()));
    EXPECT_TRUE(value<bool>(null == std::nullopt));
    EXPECT_TRUE(value<bool>(null == nullptr));
    EXPECT_TRUE(value<bool>(null.is_not_distinct_from(std::optional<int>())));
    EXPECT_FALSE(value<bool>(null.is_distinct_from(nullptr)));
    EXPECT_TRUE(value<bool>(null.is_distinct_from(1)));
    EXPECT_FALSE(value<bool>(literal(1).is_distinct_from(1)));
}

TEST_P(Operators, R5_less_than_an_empty_optional_throws) {
    const std::optional<int> empty;
    EXPECT_THAT(message_of<ArgumentError>([&] { (void)(n.a < empty); }),
                HasSubstr("empty optional"));
    EXPECT_THROW((void)(n.a >= empty), ArgumentError);
    EXPECT_THROW((void)(empty < n.a), ArgumentError);
    EXPECT_THROW((void)n.a.between(empty, 3), ArgumentError);
    EXPECT_THROW((void)n.a.in(std::vector<std::optional<int>>{1, std::nullopt}), ArgumentError);
    const std::optional<int> seven = 7;
    EXPECT_EQ(conn.scalar(select(n.id).where(n.a <= seven)), 1);
}

}  // namespace
}  // namespace compliance
