// SPDX-License-Identifier: MIT
#include <azoth/mssql.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tests/dialects/compiled.hpp>

using namespace azoth;
using azoth::test::message_of;
using testing::HasSubstr;

namespace {

class MssqlSql : public compiled_test::CompiledTest {
  protected:
    static std::string sql(const azoth::sql::Statement& statement) {
        return compile(statement, mssql::dialect()).sql;
    }
    /// What stands behind SELECT, and before FROM.
    template <class E>
    std::string value(const E& expression) {
        const std::string text = sql(select(expression.label("x")).select_from(items));
        return text.substr(7, text.find(" AS [x] FROM") - 7);
    }
    std::string where(const Expr<bool>& condition) {
        const std::string text = sql(select(items.id).where(condition));
        return text.substr(text.find(" WHERE ") + 7);
    }
    static std::string refusal(const azoth::sql::Statement& statement) {
        return message_of<CompileError>([&] { (void)sql(statement); });
    }
};

TEST_F(MssqlSql, has_names_in_brackets_that_none_breaks_out_of) {
    const Table odd{"we]ird [t", metadata, {ColumnSpec{"a\"b]c", Integer{}}}, {.schema = "s]1"}};
    EXPECT_EQ(sql(select(odd.c("a\"b]c"))),
              "SELECT [s]]1].[we]]ird [t].[a\"b]]c] FROM [s]]1].[we]]ird [t]");
    const Table long_one{std::string(129, 'x'), metadata, {ColumnSpec{"a", Integer{}}}};
    EXPECT_THROW((void)sql(select(long_one.c("a"))), IdentifierError);
}

TEST_F(MssqlSql, takes_the_first_rows_by_TOP) {
    const auto [text, params] = compile(
        select(items.id).where(items.size > 7).order_by(items.name).limit(5), mssql::dialect());
    EXPECT_EQ(text,
              "SELECT TOP (@p1) [item].[id] FROM [item] WHERE [item].[size] > @p2 ORDER BY "
              "[item].[name]");
    ASSERT_EQ(params.size(), 2U);
    EXPECT_EQ(params[0].view().integer, 5) << "the values are those of the text's order";
    EXPECT_EQ(params[1].view().integer, 7);
    EXPECT_EQ(sql(select(items.size + 1).distinct().limit(5)),
              "SELECT DISTINCT TOP (@p1) [item].[size] + @p2 AS [anon_1] FROM [item]");
}

TEST_F(MssqlSql, takes_later_rows_by_OFFSET_which_needs_an_order) {
    const auto [text, params] =
        compile(select(items.id).order_by(items.size + 1).limit(5).offset(20), mssql::dialect());
    EXPECT_EQ(text,
              "SELECT [item].[id] FROM [item] ORDER BY [item].[size] + @p1 OFFSET @p2 ROWS FETCH "
              "FIRST @p3 ROWS ONLY");
    ASSERT_EQ(params.size(), 3U);
    EXPECT_EQ(params[0].view().integer, 1);
    EXPECT_EQ(params[1].view().integer, 20);
    EXPECT_EQ(params[2].view().integer, 5);
    EXPECT_EQ(sql(select(items.id).order_by(items.id).offset(20)),
              "SELECT [item].[id] FROM [item] ORDER BY [item].[id] OFFSET @p1 ROWS");
    EXPECT_THAT(refusal(select(items.id).offset(20)), HasSubstr("say order_by()"));
    EXPECT_THAT(refusal(select(items.id).limit(5).offset(20)), HasSubstr("say order_by()"));
}

TEST_F(MssqlSql, knows_conditions_from_values) {
    EXPECT_EQ(where(items.active), "[item].[active] = 1");
    EXPECT_EQ(where(!items.active), "NOT [item].[active] = 1");
    EXPECT_EQ(where(items.active && items.size > 3), "[item].[active] = 1 AND [item].[size] > @p1");
    EXPECT_EQ(where(items.active || !(items.active && items.id == 1)),
              "[item].[active] = 1 OR NOT ([item].[active] = 1 AND [item].[id] = @p1)");
    EXPECT_EQ(where(items.active == (items.size > 3)),
              "[item].[active] = (CASE WHEN [item].[size] > @p1 THEN 1 WHEN NOT ([item].[size] > "
              "@p2) THEN 0 END)");
    EXPECT_EQ(where(!Expr<bool>()), "0 = 1");
    EXPECT_EQ(where(func::coalesce(items.active, false)), "coalesce([item].[active], @p1) = 1");
    EXPECT_EQ(value(items.size > 3),
              "CASE WHEN [item].[size] > @p1 THEN 1 WHEN NOT ([item].[size] > @p2) THEN 0 END");
    EXPECT_EQ(value(items.note == nullptr), "CASE WHEN [item].[note] IS NULL THEN 1 ELSE 0 END");
    EXPECT_EQ(value(case_(when(items.active, 1)).else_(0)),
              "CASE WHEN [item].[active] = 1 THEN @p1 ELSE @p2 END");
    EXPECT_EQ(sql(update(items).values(items.active = items.size.is_null())),
              "UPDATE [item] SET [active] = CASE WHEN [item].[size] IS NULL THEN 1 ELSE 0 END");
    EXPECT_EQ(sql(select(items.id).join(parts, parts.item_id == items.id && items.active)),
              "SELECT [item].[id] FROM [item] JOIN [part] ON [part].[item_id] = [item].[id] AND "
              "[item].[active] = 1");
    EXPECT_EQ(sql(select(items.id).order_by(items.size > 3)),
              "SELECT [item].[id] FROM [item] ORDER BY CASE WHEN [item].[size] > @p1 THEN 1 WHEN "
              "NOT ([item].[size] > @p2) THEN 0 END");
}

TEST_F(MssqlSql, gives_a_condition_that_is_written_twice_the_same_values) {
    const auto [text, params] =
        compile(select((items.size > 3).label("big"), items.size + 9), mssql::dialect());
    ASSERT_EQ(params.size(), 3U);
    EXPECT_EQ(params[0].view().integer, 3);
    EXPECT_EQ(params[1].view().integer, 3);
    EXPECT_EQ(params[2].view().integer, 9);
}

TEST_F(MssqlSql, writes_operators_that_it_lacks_in_other_ways) {
    EXPECT_EQ(value(items.name + "x" + items.name), "([item].[name] + @p1) + [item].[name]");
    EXPECT_EQ(where(items.name.ilike("A%")), "lower([item].[name]) LIKE lower(@p1)");
    EXPECT_EQ(where(items.size.is_distinct_from(3)),
              "(NOT EXISTS (SELECT [item].[size] INTERSECT SELECT @p1))");
    EXPECT_EQ(where(!items.size.is_distinct_from(3)),
              "NOT (NOT EXISTS (SELECT [item].[size] INTERSECT SELECT @p1))");
    EXPECT_EQ(where(items.size.is_not_distinct_from(3)),
              "(EXISTS (SELECT [item].[size] INTERSECT SELECT @p1))");
    EXPECT_EQ(value(items.size / 2), "[item].[size] / CAST(@p1 AS FLOAT(53))");
    EXPECT_EQ(value(items.size % 2), "[item].[size] % @p1");
    EXPECT_EQ(value(floor_div(items.size, 2)), "[item].[size] / @p1");
    EXPECT_EQ(value(floor_div(items.size, 2.5)), "floor([item].[size] / @p1)");
}

TEST_F(MssqlSql, calculates_sums_and_averages_of_integers_wide_enough) {
    EXPECT_EQ(value(func::avg(items.size)), "avg(CAST([item].[size] AS FLOAT(53)))");
    EXPECT_EQ(value(func::sum(distinct(items.size))),
              "sum(DISTINCT CAST([item].[size] AS BIGINT))");
    EXPECT_EQ(value(func::length(items.name)), "LEN([item].[name])");
    EXPECT_EQ(value(func::max(items.active)), "max(CAST([item].[active] AS INTEGER))");
    EXPECT_EQ(value(func::max(items.size > 3)),
              "max(CAST(CASE WHEN [item].[size] > @p1 THEN 1 WHEN NOT ([item].[size] > @p2) THEN 0 "
              "END AS INTEGER))");
    EXPECT_EQ(value(func::max(items.size)), "max([item].[size])");
    EXPECT_EQ(value(func::count()), "count(*)");
}

TEST_F(MssqlSql, orders_NULL_by_a_CASE_where_its_own_order_is_another) {
    const auto order = [&](const auto& key) {
        const std::string text = sql(select(items.id).order_by(key));
        return text.substr(text.find("ORDER BY ") + 9);
    };
    EXPECT_EQ(order(items.note.asc().nulls_first()), "[item].[note]");
    EXPECT_EQ(order(items.note.desc().nulls_last()), "[item].[note] DESC");
    EXPECT_EQ(order(items.note.asc().nulls_last()),
              "CASE WHEN [item].[note] IS NULL THEN 1 ELSE 0 END, [item].[note]");
    EXPECT_EQ(order(items.note.desc().nulls_first()),
              "CASE WHEN [item].[note] IS NULL THEN 0 ELSE 1 END, [item].[note] DESC");
}

TEST_F(MssqlSql, leaves_an_ORDER_BY_out_where_it_decides_nothing) {
    const auto ordered = select(items.id, items.size).order_by(items.size + 5);
    const auto sub = ordered.subquery("s");
    const auto [text, params] =
        compile(select(sub[items.id]).where(sub[items.size] > 3), mssql::dialect());
    EXPECT_EQ(text,
              "SELECT [s].[id] FROM (SELECT [item].[id], [item].[size] FROM [item]) AS [s] WHERE "
              "[s].[size] > @p1");
    ASSERT_EQ(params.size(), 1U);
    EXPECT_EQ(params[0].view().integer, 3) << "and not the one of the order";
    const auto first = ordered.limit(2).subquery("s");
    EXPECT_THAT(sql(select(first[items.id])), HasSubstr("TOP (@p1)"));
    EXPECT_THAT(sql(select(first[items.id])), HasSubstr("ORDER BY [item].[size] + @p2"));
}

TEST_F(MssqlSql, gives_rows_back_by_OUTPUT) {
    EXPECT_EQ(sql(insert(parts)
                      .values(parts.item_id = 1, parts.weight = 2)
                      .returning(parts.id, parts.weight + 1)),
              "INSERT INTO [part] ([item_id], [weight]) OUTPUT [inserted].[id], "
              "[inserted].[weight] + @p1 AS [anon_1] VALUES (@p2, @p3)");
    EXPECT_EQ(sql(insert(parts).values(parts.item_id = 1)),
              "INSERT INTO [part] ([item_id]) OUTPUT [inserted].[id] VALUES (@p1)")
        << "the generated key";
    EXPECT_EQ(sql(insert(parts)), "INSERT INTO [part] OUTPUT [inserted].[id] DEFAULT VALUES");
    EXPECT_EQ(sql(update(parts)
                      .values(parts.weight = 3)
                      .where(parts.item_id == items.id, items.size == 4)
                      .returning(parts.id, items.name)),
              "UPDATE [part] SET [weight] = @p1 OUTPUT [inserted].[id], [item].[name] FROM [part], "
              "[item] WHERE [part].[item_id] = [item].[id] AND [item].[size] = @p2");
    EXPECT_EQ(sql(delete_(parts).where(parts.item_id == items.id).returning(parts.id)),
              "DELETE FROM [part] OUTPUT [deleted].[id] FROM [part], [item] WHERE [part].[item_id] "
              "= [item].[id]");
}

TEST_F(MssqlSql, keeps_the_values_of_OUTPUT_with_it) {
    const auto [text, params] = compile(
        update(parts).values(parts.weight = 1).where(parts.id == 2).returning(parts.weight + 3),
        mssql::dialect());
    EXPECT_EQ(text,
              "UPDATE [part] SET [weight] = @p1 OUTPUT [inserted].[weight] + @p2 AS [anon_1] WHERE "
              "[part].[id] = @p3");
    ASSERT_EQ(params.size(), 3U);
    EXPECT_EQ(params[1].view().integer, 3);
    EXPECT_EQ(params[2].view().integer, 2);
}

TEST_F(MssqlSql, locks_rows_by_hints_at_the_tables) {
    const auto query = select(items.id).join(parts);
    const std::string join = " ON [item].[id] = [part].[item_id]";
    EXPECT_EQ(sql(query.with_for_update()),
              "SELECT [item].[id] FROM [item] WITH (UPDLOCK, ROWLOCK) JOIN [part] WITH (UPDLOCK, "
              "ROWLOCK)" +
                  join);
    // NOLINTNEXTLINE(cppcoreguidelines-slicing): a FromClause is a handle
    const ForUpdate of_parts{.nowait = true, .of = {parts}};
    EXPECT_EQ(sql(query.with_for_update(of_parts)),
              "SELECT [item].[id] FROM [item] JOIN [part] WITH (UPDLOCK, ROWLOCK, NOWAIT)" + join);
    EXPECT_EQ(sql(select(items.id).with_for_update({.read = true, .skip_locked = true})),
              "SELECT [item].[id] FROM [item] WITH (REPEATABLEREAD, ROWLOCK, READPAST)");
    const auto sub = select(items.id).subquery("s");
    EXPECT_THAT(refusal(select(sub[items.id]).with_for_update()), HasSubstr("locks of the rows"));
}

TEST_F(MssqlSql, has_members_of_a_UNION_that_are_cut_off_in_a_derived_table) {
    const auto first = select(items.id).order_by(items.size).limit(2);
    EXPECT_EQ(sql(union_(first, select(parts.id))),
              "SELECT * FROM (SELECT TOP (@p1) [item].[id] FROM [item] ORDER BY [item].[size]) AS "
              "[anon_1] UNION SELECT [part].[id] FROM [part]");
    EXPECT_EQ(sql(union_(select(items.id).order_by(items.size), select(parts.id))),
              "SELECT [item].[id] FROM [item] UNION SELECT [part].[id] FROM [part]");
    EXPECT_EQ(sql(union_(select(items.id), select(parts.id)).order_by(items.id).limit(3)),
              "SELECT [item].[id] FROM [item] UNION SELECT [part].[id] FROM [part] ORDER BY [id] "
              "OFFSET 0 ROWS FETCH FIRST @p1 ROWS ONLY");
    EXPECT_THAT(refusal(union_(select(items.id), select(parts.id)).limit(3)),
                HasSubstr("say order_by()"));
}

TEST_F(MssqlSql, has_CTEs_without_the_word_RECURSIVE) {
    auto tree = select(items.id.label("n")).cte("tree", true);
    tree = tree.union_all(select(tree.get<0>() + 1).where(tree.get<0>() < 9));
    EXPECT_EQ(sql(select(tree.get<0>())),
              "WITH [tree]([n]) AS (SELECT [item].[id] AS [n] FROM [item] UNION ALL SELECT "
              "[tree].[n] + @p1 AS [anon_1] FROM [tree] WHERE [tree].[n] < @p2) SELECT [tree].[n] "
              "FROM [tree]");
}

TEST_F(MssqlSql, looks_into_lists_and_into_nothing) {
    EXPECT_EQ(where(items.id.in({1, 2})), "[item].[id] IN (@p1, @p2)");
    EXPECT_EQ(where(items.id.in(std::vector<std::int64_t>{})),
              "[item].[id] IN (SELECT CAST(NULL AS BIGINT) WHERE 1 = 0)");
}

TEST_F(MssqlSql, refuses_what_SQL_Server_lacks_and_says_what_to_do) {
    EXPECT_THAT(refusal(insert(items).values(items.name = "a").on_conflict_do_nothing()),
                HasSubstr("MERGE"));
    const auto rows = [&](std::size_t count) {
        auto statement = insert(items).values(items.name = "a");
        for (std::size_t i = 1; i < count; ++i) statement = statement.values(items.name = "b");
        return statement;
    };
    EXPECT_THAT(sql(rows(1000)), HasSubstr("@p1000"));
    EXPECT_THAT(refusal(rows(1001)), HasSubstr("1000 rows"));
}

TEST_F(MssqlSql, says_in_its_own_words_what_is_made_of_other_expressions) {
    EXPECT_EQ(value(extract("year", items.made)), "DATEPART(year, [item].[made])");
    EXPECT_EQ(value(extract("dow", items.made)),
              "((DATEPART(WEEKDAY, [item].[made]) + @@DATEFIRST - 1) % 7)");
    EXPECT_EQ(value(collate(items.name, "Latin1_General_CI_AS")),
              "[item].[name] COLLATE Latin1_General_CI_AS");
    EXPECT_THAT(refusal(select(collate(items.name, "x; DROP TABLE y"))), HasSubstr("collation"));
    EXPECT_EQ(value(func::sum(items.size).filter(items.active)),
              "sum(CAST(CASE WHEN [item].[active] = 1 THEN [item].[size] END AS BIGINT))");
    EXPECT_EQ(value(func::count().filter(items.size > 3)),
              "count(CASE WHEN [item].[size] > @p1 THEN 1 END)");
    EXPECT_EQ(value(func::aggregate_strings(items.name, "'").aggregate_order_by(items.id)),
              "STRING_AGG([item].[name], N'''') WITHIN GROUP (ORDER BY [item].[id])");
    EXPECT_EQ(value(func::pow(items.size, 2)), "POWER(CAST([item].[size] AS FLOAT(53)), @p1)");
    EXPECT_EQ(value(func::random()), "RAND(CHECKSUM(NEWID()))");
    EXPECT_EQ(value(bitwise_xor(items.size, 3)), "[item].[size] ^ @p1");
    EXPECT_EQ(value(func::row_number().over()), "row_number() OVER (ORDER BY (SELECT NULL))");
    EXPECT_EQ(value(func::count().over()), "count(*) OVER ()");
    EXPECT_THAT(refusal(select(bitwise_lshift(items.size, 3))), HasSubstr("shifts"));
    EXPECT_THAT(refusal(select(items.id).where(regexp_match(items.name, "x"))),
                HasSubstr("regular expressions"));
    EXPECT_THAT(refusal(select(items.id).where(tuple_(items.id, items.size) == tuple_(1, 2))),
                HasSubstr("tuples"));
    EXPECT_THAT(refusal(select(items.id).distinct_on(items.size)), HasSubstr("DISTINCT ON"));
}

TEST_F(MssqlSql, fetches_ties_and_shares_by_TOP) {
    const auto query = select(items.id).order_by(items.size);
    EXPECT_EQ(sql(query.fetch(5, {.with_ties = true})),
              "SELECT TOP (@p1) WITH TIES [item].[id] FROM [item] ORDER BY [item].[size]");
    EXPECT_EQ(sql(query.fetch(5, {.percent = true})),
              "SELECT TOP (@p1) PERCENT [item].[id] FROM [item] ORDER BY [item].[size]");
    EXPECT_THAT(refusal(query.fetch(5, {.with_ties = true}).offset(2)), HasSubstr("WITH TIES"));
}

TEST_F(MssqlSql, is_an_engine_s_dialect_that_can_not_connect) {
    const Engine engine = create_engine("mssql://me@server/shop");
    EXPECT_EQ(engine.dialect().name(), "mssql");
    EXPECT_THAT(message_of<NoSuchModuleError>([&] { (void)engine.connect(); }),
                HasSubstr("no driver for SQL Server"));
}

}  // namespace
