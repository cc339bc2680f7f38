// SPDX-License-Identifier: MIT
#include <azoth/oracle.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tests/dialects/compiled.hpp>

using namespace azoth;
using azoth::test::message_of;
using testing::HasSubstr;

namespace {

class OracleSql : public compiled_test::CompiledTest {
  protected:
    static std::string sql(const azoth::sql::Statement& statement) {
        return compile(statement, oracle::dialect()).sql;
    }
    /// What stands behind SELECT, and before FROM.
    template <class E>
    std::string value(const E& expression) {
        const std::string text = sql(select(expression.label("x")).select_from(items));
        return text.substr(7, text.find(" AS \"X\" FROM") - 7);
    }
    std::string where(const Expr<bool>& condition) {
        const std::string text = sql(select(items.id).where(condition));
        return text.substr(text.find(" WHERE ") + 7);
    }
    static std::string refusal(const azoth::sql::Statement& statement) {
        return message_of<CompileError>([&] { (void)sql(statement); });
    }
};

TEST_F(OracleSql, has_names_that_none_breaks_out_of) {
    const Table odd{"we\"ird",
                    metadata,
                    {ColumnSpec{"Mixed", Integer{}}, ColumnSpec{"date", Date{}}},
                    {.schema = "shop"}};
    EXPECT_EQ(sql(select(odd.c("Mixed"), odd.c("date"))),
              "SELECT \"SHOP\".\"we\"\"ird\".\"Mixed\", \"SHOP\".\"we\"\"ird\".\"date\" FROM "
              "\"SHOP\".\"we\"\"ird\"");
    const Table long_one{std::string(129, 'x'), metadata, {ColumnSpec{"a", Integer{}}}};
    EXPECT_THROW((void)sql(select(long_one.c("a"))), IdentifierError);
}

TEST_F(OracleSql, names_tables_again_without_AS_and_always_has_a_FROM) {
    const auto other = alias(items, "other");
    EXPECT_EQ(sql(select(other.id)), "SELECT \"OTHER\".\"ID\" FROM \"ITEM\" \"OTHER\"");
    const auto sub = select(items.id).subquery("s");
    EXPECT_EQ(sql(select(sub[items.id])),
              "SELECT \"S\".\"ID\" FROM (SELECT \"ITEM\".\"ID\" FROM \"ITEM\") \"S\"");
    EXPECT_EQ(sql(select(literal(1).label("one"))), "SELECT :1 AS \"ONE\" FROM DUAL");
    EXPECT_EQ(sql(select(select(items.id).exists().label("any"))),
              "SELECT CASE WHEN EXISTS (SELECT \"ITEM\".\"ID\" FROM \"ITEM\") THEN 1 ELSE 0 END AS "
              "\"any\" FROM DUAL");
}

TEST_F(OracleSql, takes_rows_by_OFFSET_and_FETCH) {
    EXPECT_EQ(sql(select(items.id).limit(5)),
              "SELECT \"ITEM\".\"ID\" FROM \"ITEM\" FETCH FIRST :1 ROWS ONLY");
    const auto [text, params] = compile(select(items.id).limit(5).offset(20), oracle::dialect());
    EXPECT_EQ(text, "SELECT \"ITEM\".\"ID\" FROM \"ITEM\" OFFSET :1 ROWS FETCH FIRST :2 ROWS ONLY");
    ASSERT_EQ(params.size(), 2U);
    EXPECT_EQ(params[0].view().integer, 20) << "the values are those of the text's order";
    EXPECT_EQ(params[1].view().integer, 5);
    EXPECT_EQ(sql(select(items.id).offset(20)),
              "SELECT \"ITEM\".\"ID\" FROM \"ITEM\" OFFSET :1 ROWS");
}

TEST_F(OracleSql, knows_conditions_from_values) {
    EXPECT_EQ(where(items.active), "\"ITEM\".\"ACTIVE\" = 1");
    EXPECT_EQ(where(!items.active && items.size > 3),
              "NOT \"ITEM\".\"ACTIVE\" = 1 AND \"ITEM\".\"size\" > :1");
    EXPECT_EQ(where(!Expr<bool>()), "0 = 1");
    EXPECT_EQ(value(items.id > 3),
              "CASE WHEN \"ITEM\".\"ID\" > :1 THEN 1 WHEN NOT (\"ITEM\".\"ID\" > :2) THEN 0 END");
}

TEST_F(OracleSql, writes_operators_that_it_lacks_in_other_ways) {
    EXPECT_EQ(value(items.name + "x"), "\"ITEM\".\"NAME\" || :1");
    EXPECT_EQ(value(items.id % 2), "MOD(\"ITEM\".\"ID\", :1)");
    EXPECT_EQ(value(items.id / 2), "\"ITEM\".\"ID\" / :1");
    EXPECT_EQ(value(floor_div(items.id, 2)), "TRUNC(\"ITEM\".\"ID\" / :1)");
    EXPECT_EQ(value(floor_div(items.id, 2.5)), "floor(\"ITEM\".\"ID\" / :1)");
    EXPECT_EQ(where(items.id.is_distinct_from(3)), "DECODE(\"ITEM\".\"ID\", :1, 0, 1) = 1");
    EXPECT_EQ(where(items.id.is_not_distinct_from(3)), "DECODE(\"ITEM\".\"ID\", :1, 0, 1) = 0");
    EXPECT_EQ(value(cast<bool>(items.id)),
              "CASE WHEN (\"ITEM\".\"ID\") = 0 THEN 0 WHEN (\"ITEM\".\"ID\") != 0 THEN 1 END");
    EXPECT_EQ(value(cast<std::string>(items.id)), "CAST(\"ITEM\".\"ID\" AS VARCHAR2(4000 CHAR))");
    EXPECT_EQ(value(cast<std::string>(items.name, Text{})), "TO_CLOB(\"ITEM\".\"NAME\")");
}

TEST_F(OracleSql, puts_what_it_returns_into_placeholders) {
    EXPECT_EQ(sql(insert(parts).values(parts.item_id = 1).returning(parts.id, parts.weight + 1)),
              "INSERT INTO \"PART\" (\"ITEM_ID\") VALUES (:1) RETURNING \"ID\", \"WEIGHT\" + :2 "
              "INTO :ret_0, :ret_1");
    EXPECT_EQ(sql(insert(parts).values(parts.item_id = 1)),
              "INSERT INTO \"PART\" (\"ITEM_ID\") VALUES (:1) RETURNING \"ID\" INTO :ret_0");
    EXPECT_EQ(sql(insert(parts)),
              "INSERT INTO \"PART\" (\"ID\") VALUES (DEFAULT) RETURNING \"ID\" INTO :ret_0");
    EXPECT_EQ(sql(update(parts).values(parts.weight = 3).returning(parts.id)),
              "UPDATE \"PART\" SET \"WEIGHT\" = :1 RETURNING \"PART\".\"ID\" INTO :ret_0");
    EXPECT_EQ(sql(delete_(parts).where(parts.id == 3).returning(parts.weight)),
              "DELETE FROM \"PART\" WHERE \"PART\".\"ID\" = :1 RETURNING \"PART\".\"WEIGHT\" INTO "
              ":ret_0");
}

TEST_F(OracleSql, locks_rows_of_tables_by_a_column) {
    // NOLINTNEXTLINE(cppcoreguidelines-slicing): a FromClause is a handle
    const ForUpdate of_parts{.of = {parts}, .skip_locked = true};
    EXPECT_EQ(sql(select(items.id).join(parts).with_for_update(of_parts)),
              "SELECT \"ITEM\".\"ID\" FROM \"ITEM\" JOIN \"PART\" ON \"ITEM\".\"ID\" = "
              "\"PART\".\"ITEM_ID\" FOR UPDATE OF \"PART\".\"ID\" SKIP LOCKED");
    EXPECT_EQ(sql(select(items.id).with_for_update({.nowait = true, .read = true})),
              "SELECT \"ITEM\".\"ID\" FROM \"ITEM\" FOR UPDATE NOWAIT");
    EXPECT_THAT(refusal(select(items.id).limit(3).with_for_update()),
                HasSubstr("FOR UPDATE together with LIMIT"));
}

TEST_F(OracleSql, has_MINUS_and_CTEs_of_its_own) {
    EXPECT_EQ(sql(except_(select(items.id), select(parts.id))),
              "SELECT \"ITEM\".\"ID\" FROM \"ITEM\" MINUS SELECT \"PART\".\"ID\" FROM \"PART\"");
    auto tree = select(items.id.label("n")).cte("tree", true);
    tree = tree.union_all(select(tree.get<0>() + 1));
    EXPECT_EQ(sql(select(tree.get<0>())),
              "WITH \"TREE\"(\"N\") AS (SELECT \"ITEM\".\"ID\" AS \"N\" FROM \"ITEM\" UNION ALL "
              "SELECT \"TREE\".\"N\" + :1 AS \"ANON_1\" FROM \"TREE\") SELECT \"TREE\".\"N\" FROM "
              "\"TREE\"");
    const auto ids = select(items.id).cte("ids");
    EXPECT_EQ(sql(insert(parts).columns(parts.item_id).from_select(select(ids[items.id]))),
              "INSERT INTO \"PART\" (\"ITEM_ID\") WITH \"IDS\" AS (SELECT \"ITEM\".\"ID\" FROM "
              "\"ITEM\") SELECT \"IDS\".\"ID\" FROM \"IDS\"");
    EXPECT_THAT(refusal(delete_(parts).where(parts.item_id.in(select(ids[items.id])))),
                HasSubstr("WITH before UPDATE or DELETE"));
}

TEST_F(OracleSql, looks_into_lists_and_into_nothing) {
    EXPECT_EQ(where(items.id.in({1, 2})), "\"ITEM\".\"ID\" IN (:1, :2)");
    EXPECT_EQ(where(items.id.in(std::vector<std::int64_t>{})),
              "\"ITEM\".\"ID\" IN (SELECT CAST(NULL AS NUMBER(19)) FROM DUAL WHERE 1 = 0)");
}

TEST_F(OracleSql, refuses_what_Oracle_lacks_and_says_what_to_do) {
    EXPECT_THAT(refusal(insert(items).values(items.name = "a").on_conflict_do_nothing()),
                HasSubstr("MERGE"));
    EXPECT_THAT(refusal(insert(items).values(items.name = "a").values(items.name = "b")),
                HasSubstr("several rows of VALUES"));
    EXPECT_THAT(refusal(update(parts).values(parts.weight = 1).where(parts.item_id == items.id)),
                HasSubstr("UPDATE … FROM"));
    EXPECT_THAT(refusal(delete_(parts).where(parts.item_id == items.id)),
                HasSubstr("DELETE … USING"));
    EXPECT_THAT(
        refusal(
            insert(parts).columns(parts.item_id).from_select(select(items.id)).returning(parts.id)),
        HasSubstr("INSERT … SELECT … RETURNING"));
}

TEST_F(OracleSql, says_in_its_own_words_what_is_made_of_other_expressions) {
    EXPECT_EQ(value(extract("year", items.made)), "EXTRACT(year FROM \"ITEM\".\"MADE\")");
    EXPECT_EQ(value(extract("dow", items.made)),
              "MOD(TRUNC(\"ITEM\".\"MADE\") - TRUNC(\"ITEM\".\"MADE\", 'IW') + 1, 7)");
    EXPECT_EQ(value(collate(items.name, "BINARY_CI")), "\"ITEM\".\"NAME\" COLLATE BINARY_CI");
    EXPECT_THAT(refusal(select(collate(items.name, "x; DROP TABLE y"))), HasSubstr("collation"));
    EXPECT_EQ(value(func::sum(items.id).filter(items.active)),
              "sum(CASE WHEN \"ITEM\".\"ACTIVE\" = 1 THEN \"ITEM\".\"ID\" END)");
    EXPECT_EQ(value(func::aggregate_strings(items.name, "'")),
              "LISTAGG(\"ITEM\".\"NAME\", '''') WITHIN GROUP (ORDER BY NULL)");
    EXPECT_EQ(value(func::aggregate_strings(items.name, ",").aggregate_order_by(items.id.desc())),
              "LISTAGG(\"ITEM\".\"NAME\", ',') WITHIN GROUP (ORDER BY \"ITEM\".\"ID\" DESC)");
    EXPECT_EQ(value(bitwise_and(items.id, 3)), "BITAND(\"ITEM\".\"ID\", :1)");
    EXPECT_EQ(value(bitwise_xor(items.id, 3)),
              "(\"ITEM\".\"ID\" + :1 - 2 * BITAND(\"ITEM\".\"ID\", :2))");
    EXPECT_EQ(value(bitwise_not(items.id)), "(-1 - \"ITEM\".\"ID\")");
    EXPECT_EQ(where(tuple_(items.id, items.name) == tuple_(1, "a")),
              "(\"ITEM\".\"ID\", \"ITEM\".\"NAME\") = ((:1, :2))");
    EXPECT_EQ(value(func::row_number().over()), "row_number() OVER (ORDER BY NULL)");
    EXPECT_EQ(value(func::rank().over({.partition_by = {items.name}})),
              "rank() OVER (PARTITION BY \"ITEM\".\"NAME\" ORDER BY NULL)");
    EXPECT_EQ(value(func::count().over()), "count(*) OVER ()");
    EXPECT_THAT(refusal(select(func::count().over({.rows = Frame{-1, 0}}))),
                HasSubstr("without ORDER BY"));
    EXPECT_EQ(where(!regexp_match(items.name, "x")), "NOT REGEXP_LIKE(\"ITEM\".\"NAME\", :1)");
    EXPECT_EQ(value(regexp_match(items.name, "x")),
              "CASE WHEN REGEXP_LIKE(\"ITEM\".\"NAME\", :1) THEN 1 WHEN NOT "
              "(REGEXP_LIKE(\"ITEM\".\"NAME\", :2)) THEN 0 END");
}

TEST_F(OracleSql, fetches_ties_and_shares) {
    EXPECT_EQ(sql(select(items.id).order_by(items.id).fetch(5, {.with_ties = true}).offset(2)),
              "SELECT \"ITEM\".\"ID\" FROM \"ITEM\" ORDER BY \"ITEM\".\"ID\" OFFSET :1 ROWS FETCH "
              "FIRST :2 ROWS WITH TIES");
    EXPECT_EQ(sql(select(items.id).fetch(5, {.percent = true})),
              "SELECT \"ITEM\".\"ID\" FROM \"ITEM\" FETCH FIRST :1 PERCENT ROWS ONLY");
}

TEST_F(OracleSql, is_an_engine_s_dialect_that_can_not_connect) {
    const Engine engine = create_engine("oracle://me@server/shop");
    EXPECT_EQ(engine.dialect().name(), "oracle");
    EXPECT_THAT(message_of<NoSuchModuleError>([&] { (void)engine.connect(); }),
                HasSubstr("no driver for Oracle"));
}

}  // namespace
