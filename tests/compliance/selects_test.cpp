// SPDX-License-Identifier: MIT
// Clauses of SELECT: FETCH, DISTINCT ON, hints, correlation, CTEs that write.
#include <azoth/engine/to_sql.hpp>
#include <azoth/sql.hpp>
#include <azoth/sql/statement.hpp>

#include <tests/compliance/support.hpp>

namespace compliance {
namespace {

struct Scores : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> team{*this, "team", String{10}};
    Column<int> points{*this, "points"};
};

class Selects : public ComplianceTest {
  protected:
    Selects() {
        create_tables();
        const std::vector<std::tuple<std::string, int>> rows{
            {"red", 5}, {"blue", 7}, {"red", 7}, {"blue", 9}, {"green", 7}};
        conn.execute(insert(scores).columns(scores.team, scores.points), rows);
        conn.commit();
    }
    void expect_refused(const auto& statement, const std::string& what) {
        EXPECT_THAT(message_of<UnsupportedCompilationError>([&] { (void)conn.execute(statement); }),
                    HasSubstr(what));
    }
    [[nodiscard]] Integers ids(const Select<std::int64_t>& query) {
        return conn.scalars(query).all();
    }

    Scores scores{"score", metadata};
    Connection conn = engine.connect();
    const Select<std::int64_t> by_id = select(scores.id).order_by(scores.id);
};
AZOTH_ON_ALL_DATABASES(Selects);

TEST_P(Selects, fetch_takes_the_first_rows) {
    EXPECT_EQ(ids(by_id.fetch(2)), (Integers{1, 2}));
    EXPECT_EQ(ids(by_id.fetch(2).offset(1)), (Integers{2, 3}));
    EXPECT_EQ(ids(by_id.offset(3).fetch(9)), (Integers{4, 5}));
    EXPECT_EQ(ids(by_id.fetch(0)), Integers{});
    EXPECT_EQ(ids(by_id.limit(1).fetch(2)), (Integers{1, 2}));
    EXPECT_EQ(ids(by_id.fetch(2).limit(1)), Integers{1});
    EXPECT_EQ(ids(by_id.slice(1, 3)), (Integers{2, 3}));
    EXPECT_EQ(ids(by_id.where(scores.points == 7).fetch(1).offset(1)), Integers{3});
    EXPECT_THROW((void)by_id.fetch(-1), ArgumentError);
    EXPECT_THROW((void)by_id.slice(3, 1), ArgumentError);
}

TEST_P(Selects, fetch_takes_those_too_that_are_equal_to_the_last) {
    const auto best =
        select(scores.id).order_by(scores.points.desc()).fetch(2, {.with_ties = true});
    if (!requirements.fetch_ties) return expect_refused(best, "WITH TIES");
    EXPECT_THAT(ids(best), testing::UnorderedElementsAre(4, 2, 3, 5));
    EXPECT_EQ(ids(best.offset(1)).size(), 3U);
}

TEST_P(Selects, percents_are_refused_where_the_database_has_none) {
    expect_refused(by_id.fetch(50, {.percent = true}), "PERCENT");
    EXPECT_THROW((void)by_id.fetch(101, {.percent = true}), ArgumentError);
}

TEST_P(Selects, fetch_stands_in_subqueries) {
    const auto top = select(scores.id).order_by(scores.points.desc(), scores.id).fetch(1);
    EXPECT_EQ(conn.scalars(select(scores.team).where(scores.id == top.scalar_subquery())).one(),
              "blue");
    EXPECT_EQ(ids(by_id.where(scores.id.in(top))), Integers{4});
}

TEST_P(Selects, distinct_on_keeps_the_first_of_each) {
    const auto best = select(scores.team, scores.points)
                          .distinct_on(scores.team)
                          .order_by(scores.team, scores.points.desc());
    if (!requirements.distinct_on) return expect_refused(best, "DISTINCT ON");
    const auto rows = conn.execute(best).all();
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].tuple(), std::tuple(std::string("blue"), 9));
    EXPECT_EQ(rows[2].tuple(), std::tuple(std::string("red"), 7));
}

TEST_P(Selects, rows_are_combined_as_often_as_they_are_there) {
    const auto points = select(scores.points);
    const auto sevens = points.where(scores.points == 7);
    const auto two = select(scores.points).where(scores.id.in({2, 3}));
    const auto common = intersect_all(points, two);
    if (requirements.sqlite) return expect_refused(common, "INTERSECT ALL");
    EXPECT_EQ(conn.scalars(common).all(), (std::vector<int>{7, 7}));
    EXPECT_EQ(conn.scalars(except_all(sevens, two)).all(), std::vector<int>{7});
}

TEST_P(Selects, prefixes_suffixes_and_hints_reach_the_dialect_they_are_for) {
    const std::string mine(engine.dialect().capabilities().dialect);
    const auto query = by_id.limit(1)
                           .prefix_with("/* for all */")
                           .prefix_with("/* mine */", mine)
                           .prefix_with("NOT SQL", "another")
                           .suffix_with("/* at the end */")
                           .with_hint(scores, "/* of the table */")
                           .with_statement_hint("/* of the whole */");
    EXPECT_EQ(ids(query), Integers{1});
    const std::string sent = to_sql(query, engine.dialect());
    EXPECT_THAT(sent, HasSubstr("SELECT /* for all */ /* mine */ "));
    EXPECT_THAT(sent, HasSubstr(" /* of the table */"));
    EXPECT_THAT(sent, HasSubstr(" /* of the whole */ /* at the end */"));
    EXPECT_THAT(sent, Not(HasSubstr("NOT SQL")));
    EXPECT_THROW((void)by_id.prefix_with(""), ArgumentError);
    const std::string index = requirements.mariadb ? "USE INDEX (PRIMARY)" : "NOT INDEXED";
    if (!requirements.postgresql) {
        EXPECT_EQ(ids(by_id.with_hint(scores, index)).size(), 5U);
    }
}

TEST_P(Selects, a_subquery_refers_to_what_it_is_told_to) {
    const Scores others = alias(scores, "other");
    const auto better = select(func::count(others.id)).where(others.points > scores.points);
    const auto with = [&](const Select<std::int64_t>& inner) {
        return conn
            .scalars(select(inner.scalar_subquery().label("n"), scores.id)
                         .select_from(scores)
                         .order_by(scores.id))
            .all();
    };
    const std::vector<std::optional<std::int64_t>> each{4, 1, 1, 0, 1};
    const std::vector<std::optional<std::int64_t>> together(5, 7);
    EXPECT_EQ(with(better), each);
    EXPECT_EQ(with(better.correlate(scores)), each);
    EXPECT_EQ(with(better.correlate_except(others)), each);
    EXPECT_EQ(with(better.correlate()), together);
    EXPECT_EQ(with(better.correlate_except(scores, others)), together);
    EXPECT_FALSE(sql::equal(better.node(), better.correlate().node()));
}

TEST_P(Selects, statements_that_write_stand_in_with_where_the_database_can) {
    const auto gone =
        delete_(scores).where(scores.team == "red").returning(scores.id, scores.points).cte("gone");
    const auto query = select(func::sum(gone.get<1>()));
    if (!requirements.cte_of_dml) return expect_refused(query, "in WITH");
    EXPECT_EQ(conn.scalars(query).one(), 12);
    conn.commit();
    EXPECT_EQ(ids(by_id), (Integers{2, 4, 5}));
    const auto made = insert(scores)
                          .values(scores.team = "grey", scores.points = 1)
                          .returning(scores.id)
                          .cte("made");
    const auto better =
        update(scores).values(scores.points = 8).where(scores.team == "blue").cte("better");
    EXPECT_EQ(conn.scalars(select(made.get<0>()).add_cte(better)).one(), 6);
    conn.commit();
    EXPECT_EQ(conn.scalars(select(func::sum(scores.points))).one(), 8 + 8 + 7 + 1);
}

TEST_P(Selects, a_cte_is_materialized_or_not_as_the_program_says) {
    const auto few = select(scores.id).where(scores.points > 6).cte("few");
    const auto query = select(
        few.prefix_with("NOT MATERIALIZED", "postgresql").suffix_with("/* behind */").get<0>());
    EXPECT_EQ(conn.scalars(query).all().size(), 4U);
    const std::string sent = to_sql(query, engine.dialect());
    EXPECT_THAT(sent, HasSubstr(requirements.postgresql ? " AS NOT MATERIALIZED (" : " AS ("));
    EXPECT_THAT(sent, HasSubstr(") /* behind */ SELECT"));
}

TEST_P(Selects, members_of_unions_may_have_texts_at_their_end) {
    const auto first = by_id.limit(1).suffix_with("/* one */");
    const auto plain = select(scores.id).where(scores.id == 5).suffix_with("/* two */");
    EXPECT_EQ(conn.scalars(union_all(first, plain)).all(), (Integers{1, 5}));
}

TEST_P(Selects, a_recursive_cte_keeps_its_texts) {
    const auto start = select(literal_column<int>("1").label("n"))
                           .cte("numbers", true)
                           .prefix_with("MATERIALIZED", "postgresql")
                           .suffix_with("/* end */");
    const auto numbers = start.union_all(select(start.get<0>() + 1).where(start.get<0>() < 4));
    const auto query = select(func::sum(numbers.get<0>()));
    EXPECT_EQ(conn.scalars(query).one(), 10);
    EXPECT_THAT(to_sql(query, engine.dialect()), HasSubstr("/* end */"));
}

TEST_P(Selects, a_cte_before_an_insert_of_values_is_refused_where_it_can_t_stand) {
    const auto change = insert(scores)
                            .values(scores.team = "x", scores.points = 1)
                            .add_cte(select(scores.id).cte("c"));
    if (requirements.with_before_dml) {
        EXPECT_EQ(conn.execute(change).rowcount(), 1);
    } else {
        expect_refused(change, "WITH before INSERT");
    }
}

TEST_P(Selects, a_cte_may_stand_there_unused) {
    const auto unused = select(scores.id).cte("unused");
    const auto query = by_id.limit(1).add_cte(unused);
    EXPECT_EQ(ids(query), Integers{1});
    EXPECT_THAT(to_sql(query, engine.dialect()), HasSubstr("WITH "));
    EXPECT_THROW((void)by_id.add_cte(scores), ArgumentError);
}

}  // namespace
}  // namespace compliance
