// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/types/type.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace sqlite_test;
using azoth::ProgrammingError;
using azoth::driver::ManyResult;
using azoth::driver::StatementRequest;
using testing::HasSubstr;

class SqliteStatement : public testing::Test {
  protected:
    SqliteStatement() {
        connection->run("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE)");
    }
    std::string message(std::string_view sql) {
        const auto error = caught<ProgrammingError>([&] { (void)prepare(*connection, sql); });
        return error ? error->fault().message : "no error";
    }
    ConnectionPtr connection = connect_memory();
};

TEST_F(SqliteStatement, names_its_columns) {
    const auto select = prepare(*connection, "SELECT id, name AS n, 1 + 1 FROM t");
    ASSERT_EQ(select->columns().size(), 3U);
    EXPECT_EQ(select->columns()[0].name, "id");
    EXPECT_EQ(select->columns()[1].name, "n");
    EXPECT_EQ(select->columns()[2].name, "1 + 1");
    EXPECT_TRUE(prepare(*connection, "INSERT INTO t DEFAULT VALUES")->columns().empty());
}

TEST_F(SqliteStatement, counts_the_rows_of_dml_only) {
    const auto affected = [&](std::string_view sql) {
        const auto statement = prepare(*connection, sql);
        statement->execute({});
        while (!fetch_row(*statement).empty()) {
        }
        return statement->rows_affected();
    };
    EXPECT_EQ(affected("INSERT INTO t (name) VALUES ('a'), ('b'), ('c')"), 3);
    EXPECT_EQ(affected("-- a comment\n /* another */ update t SET name = name || 'x'"), 3);
    EXPECT_EQ(affected("UPDATE t SET name = name WHERE id < 3"), 2);
    EXPECT_EQ(affected("SELECT * FROM t"), -1);
    EXPECT_EQ(affected("WITH x AS (SELECT 1) SELECT * FROM x"), -1);
    EXPECT_EQ(affected("WITH x AS (SELECT 1) DELETE FROM t WHERE id IN x"), 1);
    EXPECT_EQ(affected("DELETE FROM t WHERE id = 2 RETURNING id"), 1);
    EXPECT_EQ(affected("CREATE TABLE u (a)"), -1);
    EXPECT_EQ(affected("PRAGMA user_version = 3"), -1);
    EXPECT_EQ(affected("DELETE FROM t"), 1);
    EXPECT_EQ(affected("DELETE FROM t"), 0);
}

TEST_F(SqliteStatement, may_run_again_and_again) {
    const auto insert = prepare(*connection, "INSERT INTO t (name) VALUES (?)");
    for (const char* name : {"a", "b", "c"}) insert->execute(std::vector{text(name)});
    const auto select = prepare(*connection, "SELECT name FROM t WHERE id = ?", {Kind::text});
    for (int i = 1; i <= 3; ++i) {
        select->execute(std::vector{number(i)});
        const Row row = fetch_row(*select);
        ASSERT_EQ(row.size(), 1U);
        EXPECT_EQ(to_string(row[0]), "'" + std::string(1, static_cast<char>('a' + i - 1)) + "'");
    }
}

TEST_F(SqliteStatement, executing_anew_ends_the_running_execution) {
    connection->run("INSERT INTO t (name) VALUES ('a'), ('b'), ('c')");
    const auto select = prepare(*connection, "SELECT id FROM t ORDER BY id");
    select->execute({});
    (void)fetch_row(*select);
    select->execute({});
    EXPECT_EQ(to_string(fetch_row(*select)[0]), "1");
    select->reset();
    EXPECT_TRUE(fetch_row(*select).empty());
}

TEST_F(SqliteStatement, fetching_beyond_the_end_stays_at_the_end) {
    const auto select = prepare(*connection, "SELECT 1 WHERE 0");
    EXPECT_TRUE(fetch_row(*select).empty());  // before any execution
    select->execute({});
    EXPECT_TRUE(fetch_row(*select).empty());
    EXPECT_TRUE(fetch_row(*select).empty());
}

TEST_F(SqliteStatement, parameters_are_read_during_execute_only) {
    auto first = std::make_unique<std::string>(1000, 'p');
    const auto select =
        prepare(*connection,
                "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE "
                "i < 10) SELECT ?1 || i, ?2 FROM n",
                {Kind::text, Kind::bytes});
    select->execute(std::vector{
        text(*first), ValueView::of_bytes(std::as_bytes(std::span(first->data(), first->size())))});
    first->assign(1000, 'X');
    first.reset();
    const Rows rows = fetch_all(*select);
    ASSERT_EQ(rows.size(), 10U);
    EXPECT_EQ(rows[9][0].view().text(), std::string(1000, 'p') + "10");
    EXPECT_EQ(rows[9][1].view().text(), std::string(1000, 'p'));
}

TEST_F(SqliteStatement, its_own_cells_may_be_the_parameters_of_its_next_execution) {
    connection->run(
        "CREATE TABLE tree (name TEXT, parent TEXT); INSERT INTO tree VALUES "
        "('a leaf with a long name', 'a branch with a long name'), "
        "('a branch with a long name', 'the root of all'), ('the root of all', NULL)");
    const auto up = prepare(*connection, "SELECT parent FROM tree WHERE name = ?", {Kind::text});
    const auto same = prepare(*connection, "SELECT ? UNION ALL SELECT 1");
    ValueView cell = text("a leaf with a long name");
    std::string way;
    while (!cell.is_null()) {
        up->execute({&cell, 1});
        ASSERT_TRUE(up->fetch(&cell));
        way += azoth::to_display(cell);
    }
    EXPECT_EQ(way, "'a branch with a long name''the root of all'NULL");
    const std::string start = "a text that is no longer than it must be";
    cell = text(start);
    for (int i = 0; i < 3; ++i) {
        same->execute({&cell, 1});
        ASSERT_TRUE(same->fetch(&cell));
        EXPECT_EQ(cell.text(), start);
    }
}

TEST_F(SqliteStatement, the_number_of_values_must_fit) {
    const auto select = prepare(*connection, "SELECT ?, ?");
    const auto error = caught<ProgrammingError>([&] { select->execute(std::vector{number(1)}); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("has 2 parameters, and 1 values were given"));
    EXPECT_THAT(error->what(), HasSubstr("SELECT ?, ?"));
}

TEST_F(SqliteStatement, the_number_of_types_and_of_wanted_kinds_must_fit) {
    StatementRequest request;
    request.sql = "SELECT ?";
    const std::vector<azoth::Type> types(2);
    request.parameters = types;
    EXPECT_THROW((void)connection->prepare(request), ProgrammingError);
    const auto error =
        caught<ProgrammingError>([&] { (void)prepare(*connection, "SELECT 1, 2", {Kind::int64}); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("returns 2 columns where 1 are wanted"));
}

TEST_F(SqliteStatement, array_parameters_are_not_supported) {
    StatementRequest request;
    request.sql = "SELECT ?";
    request.array_parameters = true;
    EXPECT_THROW((void)connection->prepare(request), azoth::NotSupportedError);
}

TEST_F(SqliteStatement, prepare_takes_exactly_one_statement) {
    EXPECT_THAT(message("SELECT 1; SELECT 2"), HasSubstr("more than one statement"));
    EXPECT_THAT(message("SELECT 1; nonsense"), HasSubstr("more than one statement"));
    EXPECT_THAT(message(""), HasSubstr("no statement"));
    EXPECT_THAT(message(" -- nothing\n/* at all */;"), HasSubstr("no statement"));
    EXPECT_EQ(message("SELECT 1; -- and a comment\n ; /* more */ "), "no error");
}

TEST_F(SqliteStatement, a_zero_byte_cannot_hide_a_part_of_the_statement) {
    const std::string_view sql("SELECT 1\0; DROP TABLE t", 23);
    EXPECT_THAT(message(sql), HasSubstr("zero byte"));
    EXPECT_THROW(connection->run(sql), ProgrammingError);
}

TEST_F(SqliteStatement, run_takes_several_and_drains_results) {
    connection->run(
        "INSERT INTO t (name) VALUES ('a'); SELECT * FROM t;; -- x\n"
        "INSERT INTO t (name) VALUES ('b') RETURNING id;");
    EXPECT_EQ(integer(*connection, "SELECT count(*) FROM t"), 2);
    EXPECT_NO_THROW(connection->run(""));
    EXPECT_NO_THROW(connection->run(" -- nothing"));
}

TEST_F(SqliteStatement, run_names_the_statement_that_failed) {
    const auto error = caught<ProgrammingError>(
        [&] { connection->run("INSERT INTO t (name) VALUES ('a'); SELEC 1; SELECT 2"); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("near \"SELEC\": syntax error"));
    EXPECT_EQ(integer(*connection, "SELECT count(*) FROM t"), 1);
}

TEST_F(SqliteStatement, run_refuses_parameters) {
    EXPECT_THROW(connection->run("INSERT INTO t (name) VALUES (?)"), ProgrammingError);
}

TEST_F(SqliteStatement, a_write_with_returning_is_done_when_execute_returns) {
    const auto insert =
        prepare(*connection, "INSERT INTO t (name) VALUES ('a'), ('b') RETURNING id, name");
    insert->execute({});
    EXPECT_EQ(insert->rows_affected(), 2);
    EXPECT_EQ(integer(*connection, "SELECT count(*) FROM t"), 2);
    insert->reset();  // not fetched: it is written all the same
    EXPECT_EQ(integer(*connection, "SELECT count(*) FROM t"), 2);
}

TEST_F(SqliteStatement, the_last_generated_key_is_known) {
    const auto insert = prepare(*connection, "INSERT INTO t (name) VALUES (?)");
    insert->execute(std::vector{text("a")});
    EXPECT_EQ(connection->last_insert_id(), 1);
    insert->execute(std::vector{text("b")});
    EXPECT_EQ(connection->last_insert_id(), 2);
}

// --- many rows

TEST_F(SqliteStatement, execute_many_counts_the_rows) {
    const auto insert = prepare(*connection, "INSERT INTO t (name) VALUES (?)");
    VectorSource rows({{text("a")}, {text("b")}, {null()}});
    EXPECT_EQ(insert->execute_many(rows, ManyResult::none, nullptr), 3);
    EXPECT_EQ(insert->rows_affected(), 3);
    const auto update = prepare(*connection, "UPDATE t SET name = name || ? WHERE id >= ?");
    VectorSource changes({{text("x"), number(1)}, {text("y"), number(3)}, {text("z"), number(9)}});
    EXPECT_EQ(update->execute_many(changes, ManyResult::none, nullptr), 4);
    VectorSource none({});
    EXPECT_EQ(insert->execute_many(none, ManyResult::none, nullptr), 0);
}

TEST_F(SqliteStatement, execute_many_gives_the_generated_keys_in_order) {
    const auto insert = prepare(*connection, "INSERT OR IGNORE INTO t (id, name) VALUES (?, ?)");
    VectorSource rows({{null(), text("a")},
                       {number(10), text("b")},
                       {null(), text("a")},  // skipped: the name is there
                       {null(), text("c")}});
    VectorSink keys(1);
    EXPECT_EQ(insert->execute_many(rows, ManyResult::last_insert_id, &keys), 3);
    ASSERT_EQ(keys.rows.size(), 4U);
    EXPECT_EQ(to_string(keys.rows[0][0]), "1");
    EXPECT_EQ(to_string(keys.rows[1][0]), "10");
    EXPECT_TRUE(keys.rows[2][0].is_null());
    EXPECT_EQ(to_string(keys.rows[3][0]), "11");
}

TEST_F(SqliteStatement, execute_many_says_how_many_rows_each_parameter_row_affected) {
    connection->run("INSERT INTO t (name) VALUES ('a'), ('b'), ('c')");
    const auto update = prepare(*connection, "UPDATE t SET name = name || 'x' WHERE id >= ?");
    VectorSource rows({{number(2)}, {number(9)}, {number(3)}});
    VectorSink counts(1);
    EXPECT_EQ(update->execute_many(rows, ManyResult::affected_rows, &counts), 3);
    ASSERT_EQ(counts.rows.size(), 3U);
    EXPECT_EQ(to_string(counts.rows[0][0]), "2");
    EXPECT_EQ(to_string(counts.rows[1][0]), "0");
    EXPECT_EQ(to_string(counts.rows[2][0]), "1");
}

TEST_F(SqliteStatement, execute_many_knows_of_each_key_whether_it_was_there) {
    connection->run("INSERT INTO t (name) VALUES ('a'), ('b'), ('c')");
    const auto update = prepare(*connection, "UPDATE t SET name = name WHERE id = ?");
    VectorSource rows({{number(2)}, {number(9)}, {number(3)}});
    VectorSink counts(1);
    EXPECT_EQ(update->execute_many(rows, ManyResult::affected_by_key, &counts), 2);
    ASSERT_EQ(counts.rows.size(), 3U);
    EXPECT_EQ(to_string(counts.rows[0][0]), "1");
    EXPECT_EQ(to_string(counts.rows[1][0]), "0");
    EXPECT_EQ(to_string(counts.rows[2][0]), "1");
}

TEST_F(SqliteStatement, execute_many_delivers_returned_rows) {
    const auto insert =
        prepare(*connection, "INSERT INTO t (name) VALUES (?1), (?1 || '2') RETURNING name, id",
                {Kind::text, Kind::int64});
    VectorSource rows({{text("a")}, {text("b")}});
    VectorSink sink(2);
    EXPECT_EQ(insert->execute_many(rows, ManyResult::returned_rows, &sink), 4);
    std::string all;
    for (const Row& row : sink.rows) all += to_string(row[0]) + to_string(row[1]) + " ";
    EXPECT_EQ(all, "'a'1 'a2'2 'b'3 'b2'4 ");
    VectorSource more({{text("c")}});
    EXPECT_EQ(insert->execute_many(more, ManyResult::none, nullptr), 2);  // rows are not asked for
}

TEST_F(SqliteStatement, execute_many_reads_too) {
    connection->run("INSERT INTO t (name) VALUES ('a'), ('b')");
    const auto select = prepare(*connection, "SELECT name FROM t WHERE id = ?", {Kind::text});
    VectorSource rows({{number(2)}, {number(7)}, {number(1)}});
    VectorSink sink(1);
    EXPECT_EQ(select->execute_many(rows, ManyResult::returned_rows, &sink), -1);
    ASSERT_EQ(sink.rows.size(), 2U);
    EXPECT_EQ(to_string(sink.rows[0][0]), "'b'");
}

TEST_F(SqliteStatement, execute_many_names_the_row_that_failed) {
    const auto insert = prepare(*connection, "INSERT INTO t (name) VALUES (?)");
    VectorSource rows({{text("a")}, {text("b")}, {text("a")}, {text("c")}});
    const auto error = caught<azoth::IntegrityError>(
        [&] { insert->execute_many(rows, ManyResult::none, nullptr); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("in parameter row 2, counting from 0"));
    EXPECT_THAT(error->what(), HasSubstr("[parameters: ('a')]"));
    VectorSource bad({{text("x")}, {text("\xff")}});
    const auto refused =
        caught<azoth::DataError>([&] { insert->execute_many(bad, ManyResult::none, nullptr); });
    ASSERT_TRUE(refused);
    EXPECT_THAT(refused->what(), HasSubstr("in parameter row 1, counting from 0"));
    insert->execute(std::vector{text("again")});  // and is usable afterwards
    EXPECT_EQ(insert->rows_affected(), 1);
}

class ThrowingSource : public azoth::driver::RowSource {
  public:
    bool next(ValueView* row) override {
        if (calls_++ == 2) throw std::runtime_error("no more input");
        *row = number(calls_);
        return true;
    }

  private:
    int calls_ = 0;
};

TEST_F(SqliteStatement, execute_many_passes_on_what_the_source_throws) {
    const auto insert = prepare(*connection, "INSERT INTO t (id) VALUES (?)");
    ThrowingSource source;
    EXPECT_THROW(insert->execute_many(source, ManyResult::none, nullptr), std::runtime_error);
    insert->execute(std::vector{number(50)});
    EXPECT_EQ(integer(*connection, "SELECT count(*) FROM t"), 3);
}

// --- schema changes

TEST_F(SqliteStatement, outlives_changes_of_the_schema_that_leave_its_columns_alone) {
    const auto select = prepare(*connection, "SELECT id FROM t");
    connection->run("INSERT INTO t (name) VALUES ('a'); ALTER TABLE t ADD COLUMN age INTEGER");
    select->execute({});
    EXPECT_EQ(fetch_all(*select).size(), 1U);
    EXPECT_TRUE(select->is_valid());
}

TEST_F(SqliteStatement, is_not_valid_once_its_columns_have_changed) {
    connection->run("INSERT INTO t (name) VALUES ('a')");
    for (const char* change :
         {"ALTER TABLE t ADD COLUMN age INTEGER", "ALTER TABLE t RENAME COLUMN age TO years"}) {
        const auto select = prepare(*connection, "SELECT * FROM t");
        connection->run(change);
        EXPECT_TRUE(select->is_valid());
        const auto error = caught<ProgrammingError>([&] { select->execute({}); });
        ASSERT_TRUE(error);
        EXPECT_THAT(error->what(), HasSubstr("prepare it anew"));
        EXPECT_FALSE(select->is_valid());
        EXPECT_TRUE(fetch_row(*select).empty());
    }
    EXPECT_EQ(query(*connection, "SELECT * FROM t")[0].size(), 3U);
}

TEST_F(SqliteStatement, a_returning_whose_columns_changed_poisons_the_transaction) {
    const auto insert = prepare(*connection, "INSERT INTO t (name) VALUES ('a') RETURNING *");
    connection->run("ALTER TABLE t ADD COLUMN age INTEGER");
    connection->begin({});
    const auto error = caught<ProgrammingError>([&] { insert->execute({}); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->poisoned(), azoth::Poisoned::transaction);
    connection->rollback();
    EXPECT_EQ(integer(*connection, "SELECT count(*) FROM t"), 0);
}

TEST_F(SqliteStatement, a_dropped_table_is_a_programming_error) {
    const auto select = prepare(*connection, "SELECT * FROM t");
    connection->run("DROP TABLE t");
    const auto error = caught<ProgrammingError>([&] { select->execute({}); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("no such table: t"));
}

}  // namespace
