// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/types/decimal.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// Results: which database type can be read as which kind, what columns say, how rows are walked.

namespace {

using namespace postgresql_test;
using azoth::DataError;
using azoth::ProgrammingError;
using testing::HasSubstr;

class PostgresqlResults : public testing::Test {
  protected:
    std::string read(const std::string& expression, Kind wanted = Kind::null) {
        return to_string(scalar(*connection, "SELECT " + expression, {}, {}, wanted));
    }
    /// The message of the error for a column that can't be read at all.
    std::string unreadable(const std::string& expression, Kind wanted) {
        const auto error = caught<ProgrammingError>([&] { (void)read(expression, wanted); });
        return error ? error->fault().message : "no error";
    }
    /// The message of the error for a value that can't be read.
    std::string bad_value(const std::string& expression, Kind wanted) {
        const auto error = caught<DataError>([&] { (void)read(expression, wanted); });
        return error ? error->fault().message : "no error";
    }

    ConnectionPtr connection = connect();
};

TEST_F(PostgresqlResults, every_type_has_a_natural_kind) {
    EXPECT_EQ(read("true"), "true");
    EXPECT_EQ(read("int2 '-7'"), "-7");
    EXPECT_EQ(read("int4 '-7'"), "-7");
    EXPECT_EQ(read("int8 '-7'"), "-7");
    EXPECT_EQ(read("oid '4294967295'"), "4294967295");
    EXPECT_EQ(read("xid8 '18446744073709551615'"), "18446744073709551615");
    EXPECT_EQ(read("float4 '1.5'"), "1.5");
    EXPECT_EQ(read("float8 'NaN'"), "nan");
    EXPECT_EQ(read("1.50"), "1.50");
    EXPECT_EQ(read("'untyped'"), "'untyped'");
    EXPECT_EQ(read("varchar 'v'"), "'v'");
    EXPECT_EQ(read("char(3) 'c'"), "'c  '");
    EXPECT_EQ(read("name 'n'"), "'n'");
    EXPECT_EQ(read("\"char\" 'q'"), "'q'");
    EXPECT_EQ(read("xml '<a/>'"), "'<a/>'");
    EXPECT_EQ(read("json '{}'"), "'{}'");
    EXPECT_EQ(read("jsonb '{}'"), "'{}'");
    EXPECT_EQ(read("bytea '\\x00ff'"), "x'00ff'");
    EXPECT_EQ(read("uuid '6ba7b810-9dad-11d1-80b4-00c04fd430c8'"),
              "'6ba7b810-9dad-11d1-80b4-00c04fd430c8'");
    EXPECT_EQ(read("date '2024-02-29'"), "'2024-02-29'");
    EXPECT_EQ(read("time '23:59'"), "'23:59:00.000000'");
    EXPECT_EQ(read("timestamp '2024-02-29 01:02:03'"), "'2024-02-29 01:02:03.000000'");
    EXPECT_EQ(read("timestamptz '2024-02-29 01:02:03+01'"), "'2024-02-29 00:02:03.000000Z'");
    EXPECT_EQ(read("pg_sleep(0)"), "''");
}

TEST_F(PostgresqlResults, null_cells_are_null_whatever_was_wanted) {
    for (const char* type :
         {"boolean", "int8", "numeric", "text", "bytea", "date", "timestamptz", "uuid", "jsonb"})
        EXPECT_EQ(read(std::string("CAST(NULL AS ") + type + ")"), "NULL") << type;
    EXPECT_EQ(to_string(query(*connection, "SELECT NULL::text, ''::text, NULL::bytea, ''::bytea")),
              "NULL, '', NULL, x''");
}

TEST_F(PostgresqlResults, numbers_convert_where_that_is_exact) {
    EXPECT_EQ(read("sum(x) FROM (VALUES (1::bigint), (2)) v(x)", Kind::int64), "3");
    EXPECT_EQ(read("avg(x) FROM (VALUES (1), (2)) v(x)", Kind::float64), "1.5");
    EXPECT_EQ(read("numeric '-9223372036854775808'", Kind::int64), "-9223372036854775808");
    EXPECT_EQ(read("numeric '42.000'", Kind::int64), "42");
    EXPECT_EQ(read("numeric '18446744073709551615'", Kind::uint64), "18446744073709551615");
    EXPECT_EQ(read("int4 '7'", Kind::float64), "7");
    EXPECT_EQ(read("int8 '7'", Kind::decimal), "7");
    EXPECT_EQ(read("int2 '7'", Kind::uint64), "7");
    EXPECT_EQ(read("numeric '1e300'", Kind::float64), "1e+300");

    EXPECT_THAT(bad_value("numeric '1.5'", Kind::int64), HasSubstr("has a fraction"));
    EXPECT_THAT(bad_value("numeric '9223372036854775808'", Kind::int64),
                HasSubstr("beyond 64 bits"));
    EXPECT_THAT(bad_value("numeric '-1'", Kind::uint64), HasSubstr("negative"));
    EXPECT_THAT(bad_value("numeric '0.1'", Kind::uint64), HasSubstr("fraction"));
    EXPECT_THAT(bad_value("numeric '1e400'", Kind::float64), HasSubstr("beyond the range"));
    EXPECT_THAT(bad_value("int4 '-1'", Kind::uint64), HasSubstr("negative"));
    EXPECT_THAT(bad_value("int8 '9007199254740993'", Kind::float64), HasSubstr("exactly"));
}

TEST_F(PostgresqlResults, a_numeric_that_is_no_number_is_a_data_error) {
    EXPECT_EQ(
        bad_value("numeric 'NaN' AS ratio", Kind::decimal),
        "a value in column 1 \"ratio\" of type numeric can't be read: NaN is no decimal number");
    EXPECT_THAT(bad_value("numeric 'Infinity'", Kind::decimal),
                HasSubstr("infinity is no decimal"));
    EXPECT_THAT(bad_value("numeric '-Infinity'", Kind::int64), HasSubstr("infinity is no decimal"));
}

TEST_F(PostgresqlResults, a_column_that_can_t_be_read_names_itself_its_type_and_the_remedy) {
    EXPECT_EQ(unreadable("1 AS a, interval '1 day' AS b", Kind::null),
              "the statement returns 2 columns, and 1 were expected");
    EXPECT_EQ(
        unreadable("interval '1 day' AS age", Kind::null),
        "column 1 \"age\" of type interval can't be read: cast it in the statement, for instance "
        "CAST(… AS TEXT)");
    EXPECT_THAT(unreadable("ARRAY[1, 2]", Kind::null), HasSubstr("of type integer[]"));
    EXPECT_THAT(unreadable("point '(1,2)'", Kind::text),
                HasSubstr("of type point can't be read as text"));
    EXPECT_THAT(unreadable("timetz '12:00+01'", Kind::time), HasSubstr("time with time zone"));
    EXPECT_THAT(unreadable("now()", Kind::datetime), HasSubstr("AT TIME ZONE"));
    EXPECT_THAT(unreadable("localtimestamp", Kind::timestamp), HasSubstr("AT TIME ZONE"));
    EXPECT_THAT(unreadable("1", Kind::text), HasSubstr("of type integer can't be read as text"));
    EXPECT_THAT(unreadable("'x'::text", Kind::int64), HasSubstr("can't be read as integer"));
    EXPECT_THAT(unreadable("1.5", Kind::text), HasSubstr("numeric"));
    EXPECT_THAT(unreadable("true", Kind::int64), HasSubstr("boolean"));
    EXPECT_THAT(unreadable("uuid '6ba7b810-9dad-11d1-80b4-00c04fd430c8'", Kind::bytes),
                HasSubstr("uuid"));
    // The connection is as good as before.
    EXPECT_EQ(read("1"), "1");
}

TEST_F(PostgresqlResults, enumerations_domains_and_composite_types_are_looked_up_once) {
    connection->run(
        "DROP TYPE IF EXISTS pair, size_type CASCADE; DROP DOMAIN IF EXISTS positive;"
        "CREATE TYPE size_type AS ENUM ('s', 'm'); CREATE DOMAIN positive AS integer CHECK (value "
        "> 0);"
        "CREATE TYPE pair AS (a int, b int)");
    EXPECT_EQ(read("size_type 's'"), "'s'");
    EXPECT_EQ(read("size_type 's'", Kind::text), "'s'");
    EXPECT_EQ(read("positive '3'"), "3");
    EXPECT_THAT(unreadable("size_type 's'", Kind::int64),
                HasSubstr("of type size_type can't be read as integer"));
    EXPECT_THAT(unreadable("ROW(1, 2)::pair", Kind::null), HasSubstr("of type pair"));

    const auto statement = prepare(*connection, {.sql = "SELECT size_type 'm'"});
    connection->begin({});
    connection->run("SELECT 1");
    connection->commit();  // frees what is to be freed
    Trace trace(*connection);
    statement->execute({});
    EXPECT_EQ(trace.sent(), "Parse Bind Describe Execute Sync");
    EXPECT_EQ(to_string(fetch_all(*statement)), "'m'");
    connection->run("DROP TYPE pair, size_type; DROP DOMAIN positive");
}

TEST_F(PostgresqlResults, columns_are_known_before_and_after_execution) {
    const auto statement =
        prepare(*connection, {.sql = "SELECT 1 AS id, 'x'::text AS \"Näme\", $1::date + 1 AS day",
                              .types = {azoth::Date{}}});
    const auto columns = statement->columns();
    ASSERT_EQ(columns.size(), 3U);
    EXPECT_EQ(columns[0].name, "id");
    EXPECT_EQ(columns[0].natural_kind, Kind::int64);
    EXPECT_EQ(columns[0].native_type, 23U);
    EXPECT_EQ(columns[1].name, "Näme");
    EXPECT_EQ(columns[1].natural_kind, Kind::text);
    EXPECT_EQ(columns[2].natural_kind, Kind::date);
    statement->execute(Parameters{ValueView::of_integer(0, Kind::date)});
    EXPECT_EQ(to_string(fetch_all(*statement)), "1, 'x', '1970-01-02'");
    EXPECT_EQ(statement->columns().size(), 3U);

    const auto without = prepare(*connection, {.sql = "CREATE TEMPORARY TABLE c (x int)"});
    EXPECT_TRUE(without->columns().empty());
    without->execute({});
    EXPECT_TRUE(without->columns().empty());
}

TEST_F(PostgresqlResults, rows_are_walked_and_may_be_left_at_any_point) {
    const auto statement =
        prepare(*connection, {.sql = "SELECT g, g::text FROM generate_series(1, 3) g"});
    ValueView cells[2];
    EXPECT_FALSE(statement->fetch(cells)) << "nothing was executed";
    for (int round = 0; round < 2; ++round) {
        statement->execute({});
        ASSERT_TRUE(statement->fetch(cells));
        EXPECT_EQ(cells[0].integer, 1);
        ASSERT_TRUE(statement->fetch(cells));
        EXPECT_EQ(cells[1].text(), "2");
    }
    statement->reset();
    EXPECT_FALSE(statement->fetch(cells));
    statement->execute({});
    EXPECT_EQ(fetch_all(*statement).size(), 3U);
    EXPECT_FALSE(statement->fetch(cells));
}

TEST_F(PostgresqlResults, R21_results_are_whole_so_that_statements_may_run_inside_one_another) {
    const auto outer = prepare(*connection, {.sql = "SELECT generate_series(1, 9)"});
    const auto inner =
        prepare(*connection, {.sql = "SELECT $1 * 2", .types = {azoth::BigInteger{}}});
    outer->execute({});
    ValueView cell;
    std::int64_t sum = 0;
    while (outer->fetch(&cell)) {
        inner->execute(Parameters{cell});
        sum += fetch_all(*inner)[0][0].view().integer;
    }
    EXPECT_EQ(sum, 90);
}

TEST_F(PostgresqlResults, affected_rows_are_counted_for_changes_only) {
    connection->run("CREATE TEMPORARY TABLE a (x int)");
    const auto affected = [&](std::string_view sql) {
        const auto statement = prepare(*connection, {.sql = sql});
        statement->execute({});
        return statement->rows_affected();
    };
    EXPECT_EQ(affected("INSERT INTO a SELECT generate_series(1, 10)"), 10);
    EXPECT_EQ(affected("INSERT INTO a VALUES (11) RETURNING x"), 1);
    EXPECT_EQ(affected("UPDATE a SET x = x WHERE x <= 4"), 4);
    EXPECT_EQ(affected("DELETE FROM a WHERE x > 100"), 0);
    EXPECT_EQ(affected("SELECT x FROM a"), -1);
    EXPECT_EQ(affected("TRUNCATE a"), -1);
    EXPECT_EQ(affected(""), -1);
}

TEST_F(PostgresqlResults, wide_and_long_results_arrive_whole) {
    std::string sql = "SELECT 0";
    for (int i = 1; i < 1600; ++i) sql += "," + std::to_string(i);
    const Rows wide = query(*connection, sql);
    ASSERT_EQ(wide[0].size(), 1600U);
    EXPECT_EQ(wide[0][1599].view().integer, 1599);

    const auto statement = prepare(
        *connection, {.sql = "SELECT g, repeat('x', 100) FROM generate_series(1, 100000) g"});
    statement->execute({});
    ValueView cells[2];
    std::int64_t sum = 0;
    while (statement->fetch(cells)) {
        sum += cells[0].integer;
        ASSERT_EQ(cells[1].chars.size, 100U);
    }
    EXPECT_EQ(sum, 5'000'050'000);
}

TEST_F(PostgresqlResults, the_number_of_parameters_is_checked) {
    const auto statement = prepare(*connection, {.sql = "SELECT $1", .types = {azoth::Integer{}}});
    const auto own = caught<ProgrammingError>([&] { statement->execute({}); });
    ASSERT_TRUE(own);
    EXPECT_THAT(own->what(), HasSubstr("prepared with 1 parameters, and 0 were given"));
    const auto theirs = caught<ProgrammingError>(
        [&] { query(*connection, "SELECT $1, $2", {number(1)}, {azoth::Integer{}}); });
    ASSERT_TRUE(theirs);
    EXPECT_EQ(theirs->sqlstate(), "08P01");
    EXPECT_FALSE(theirs->connection_invalidated());
    EXPECT_TRUE(connection->is_open());
    EXPECT_THROW((void)prepare(*connection, {.sql = "SELECT 1", .types = std::vector<Type>(65536)}),
                 ProgrammingError);
    EXPECT_EQ(integer(*connection, "SELECT 1"), 1);
}

TEST_F(PostgresqlResults, OUT_parameters_of_a_procedure_are_a_row) {
    connection->run(
        "CREATE OR REPLACE PROCEDURE next_of(a int, OUT b int, OUT c text) LANGUAGE plpgsql AS $$ "
        "BEGIN b := a + 1; c := 'after ' || a; END $$");
    EXPECT_EQ(to_string(query(*connection, "CALL next_of(4, NULL, NULL)")), "5, 'after 4'");
    EXPECT_EQ(to_string(query(*connection, "CALL next_of($1, NULL, NULL)", {number(6)},
                              {azoth::Integer{}})),
              "7, 'after 6'");
    connection->run("DROP PROCEDURE next_of");
}

}  // namespace
