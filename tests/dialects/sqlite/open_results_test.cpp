// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace sqlite_test;

// R21: rows of an open result neither see later writes nor stand in the way of anything.
class SqliteOpenResults : public testing::Test {
  protected:
    SqliteOpenResults() {
        connection->run(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT);"
            "INSERT INTO t (name) VALUES ('a'), ('b'), ('c'), ('d'), ('e')");
    }
    /// A result of which the first row has been fetched.
    StatementPtr open_result() {
        auto select =
            prepare(*connection, "SELECT id, name FROM t ORDER BY id", {Kind::int64, Kind::text});
        select->execute({});
        EXPECT_EQ(to_string(fetch_row(*select)[1]), "'a'");
        return select;
    }
    static void expect_the_rest(azoth::driver::Statement& select) {
        std::string names;
        for (const Row& row : fetch_all(select)) names += to_string(row[1]);
        EXPECT_EQ(names, "'b''c''d''e'");
    }

    TemporaryDirectory directory;
    ConnectionPtr connection = connect_file(directory.file("a.db"));
};

TEST_F(SqliteOpenResults, R21_show_nothing_of_later_writes) {
    const auto select = open_result();
    const auto never_fetched = prepare(*connection, "SELECT id FROM t");
    never_fetched->execute({});
    query(*connection, "DELETE FROM t WHERE id > 2");
    query(*connection, "UPDATE t SET name = 'changed'");
    query(*connection, "INSERT INTO t VALUES (100, 'new')");
    expect_the_rest(*select);
    EXPECT_EQ(fetch_all(*never_fetched).size(), 5U);
}

TEST_F(SqliteOpenResults, R21_show_nothing_of_writes_by_execute_many_or_run) {
    const auto one = open_result();
    connection->run("UPDATE t SET name = 'x'");
    expect_the_rest(*one);
    connection->run("UPDATE t SET name = char(96 + id)");
    const auto other = open_result();
    VectorSource rows({{number(3)}, {number(4)}});
    prepare(*connection, "DELETE FROM t WHERE id = ?")
        ->execute_many(rows, azoth::driver::ManyResult::none, nullptr);
    expect_the_rest(*other);
}

TEST_F(SqliteOpenResults, R21_survive_the_table) {
    const auto select = open_result();
    connection->run("DROP TABLE t");
    expect_the_rest(*select);
}

TEST_F(SqliteOpenResults, R21_a_row_source_may_read_from_one) {
    connection->run("CREATE TABLE copy (id INTEGER, name TEXT)");
    class CopySource : public azoth::driver::RowSource {
      public:
        explicit CopySource(azoth::driver::Statement& from) : from_(from) {}
        bool next(ValueView* row) override { return from_.fetch(row); }

      private:
        azoth::driver::Statement& from_;
    };
    const auto select = open_result();
    CopySource source(*select);
    const auto insert = prepare(*connection, "INSERT INTO copy VALUES (?, ?)");
    EXPECT_EQ(insert->execute_many(source, azoth::driver::ManyResult::none, nullptr), 4);
    EXPECT_EQ(integer(*connection, "SELECT sum(id) FROM copy"), 14);
}

TEST_F(SqliteOpenResults, R21_the_present_row_may_be_the_parameters_of_a_write) {
    connection->run("CREATE TABLE copy (id INTEGER, name TEXT)");
    const auto select = prepare(*connection, "SELECT id, name FROM t ORDER BY id");
    const auto insert = prepare(*connection, "INSERT INTO copy VALUES (?, ?) RETURNING name");
    select->execute({});
    std::vector<ValueView> cells(2);
    std::string names;
    while (select->fetch(cells.data())) {
        insert->execute(cells);
        names += to_string(fetch_row(*insert)[0]);
    }
    EXPECT_EQ(names, "'a''b''c''d''e'");
}

TEST_F(SqliteOpenResults, R21_outlive_commit_and_let_others_see_it) {
    connection->begin({});
    connection->run("UPDATE t SET name = 'z' WHERE id = 5");
    const auto select = prepare(*connection, "SELECT name FROM t ORDER BY id");
    select->execute({});
    connection->commit();
    const auto other = connect_file(directory.file("a.db"));
    EXPECT_EQ(to_string(scalar(*other, "SELECT name FROM t WHERE id = 5")), "'z'");
    other->run("DELETE FROM t");  // no lock is left
    EXPECT_EQ(fetch_all(*select).size(), 5U);
}

TEST_F(SqliteOpenResults, R21_outlive_rollback_with_what_they_saw) {
    connection->begin({});
    connection->run("INSERT INTO t (name) VALUES ('f')");
    const auto select = prepare(*connection, "SELECT name FROM t");
    select->execute({});
    connection->rollback();
    EXPECT_EQ(fetch_all(*select).size(), 6U);
    EXPECT_EQ(integer(*connection, "SELECT count(*) FROM t"), 5);
}

TEST_F(SqliteOpenResults, R21_outlive_savepoints) {
    connection->begin({});
    connection->run("SAVEPOINT s; INSERT INTO t (name) VALUES ('f')");
    const auto select = prepare(*connection, "SELECT name FROM t");
    select->execute({});
    connection->run("ROLLBACK TO s; RELEASE s");
    EXPECT_EQ(fetch_all(*select).size(), 6U);
    connection->commit();
    EXPECT_EQ(integer(*connection, "SELECT count(*) FROM t"), 5);
}

TEST_F(SqliteOpenResults, R21_do_not_hold_a_new_transaction_back_in_time) {
    const auto select = open_result();
    connect_file(directory.file("a.db"))->run("INSERT INTO t (name) VALUES ('f')");
    connection->begin({});
    EXPECT_EQ(integer(*connection, "SELECT count(*) FROM t"), 6);
    connection->run("INSERT INTO t (name) VALUES ('g')");
    connection->commit();
    expect_the_rest(*select);
}

TEST_F(SqliteOpenResults, several_may_be_open_and_read_in_turns) {
    const auto one = open_result();
    const auto other = open_result();
    EXPECT_EQ(to_string(fetch_row(*one)[1]), "'b'");
    EXPECT_EQ(to_string(fetch_row(*other)[1]), "'b'");
    query(*connection, "DELETE FROM t");
    EXPECT_EQ(fetch_all(*one).size(), 3U);
    EXPECT_EQ(fetch_all(*other).size(), 3U);
}

TEST_F(SqliteOpenResults, R21_an_error_while_reading_ahead_belongs_to_the_result) {
    const auto select =
        prepare(*connection,
                "SELECT CASE id WHEN 4 THEN abs(-9223372036854775807 - 1) ELSE id END "
                "FROM t ORDER BY id");
    select->execute({});
    EXPECT_EQ(to_string(fetch_row(*select)[0]), "1");
    EXPECT_NO_THROW(query(*connection, "DELETE FROM t"));
    EXPECT_EQ(to_string(fetch_row(*select)[0]), "2");
    EXPECT_EQ(to_string(fetch_row(*select)[0]), "3");
    EXPECT_THROW((void)fetch_row(*select), azoth::DataError);  // integer overflow
    EXPECT_TRUE(fetch_row(*select).empty());
}

TEST_F(SqliteOpenResults, R21_cells_are_checked_when_fetched_from_memory_too) {
    const auto select = prepare(
        *connection, "SELECT CASE id WHEN 3 THEN 'three' WHEN 4 THEN NULL ELSE id END AS n FROM t",
        {Kind::int64});
    select->execute({});
    query(*connection, "DELETE FROM t");
    EXPECT_EQ(to_string(fetch_row(*select)[0]), "1");
    EXPECT_EQ(to_string(fetch_row(*select)[0]), "2");
    const auto error = caught<azoth::DataError>([&] { (void)fetch_row(*select); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault().column, "n");
    EXPECT_TRUE(fetch_row(*select)[0].is_null());
}

TEST_F(SqliteOpenResults, every_kind_is_kept_in_memory_as_it_is) {
    const auto select = prepare(
        *connection, "SELECT 1, 0.5, 'text', x'00ff', NULL, '', x'', '2024-02-29', '1.50' FROM t",
        {Kind::int64, Kind::float64, Kind::text, Kind::bytes, Kind::text, Kind::text, Kind::bytes,
         Kind::date, Kind::decimal});
    select->execute({});
    query(*connection, "DELETE FROM t");
    const Rows rows = fetch_all(*select);
    ASSERT_EQ(rows.size(), 5U);
    std::string all;
    for (const Value& value : rows[4]) all += to_string(value) + " ";
    EXPECT_EQ(all, "1 0.5 'text' x'00ff' NULL '' x'' '2024-02-29' 1.50 ");
}

TEST_F(SqliteOpenResults, many_rows_fit_into_memory_and_are_forgotten_again) {
    connection->run(
        "WITH RECURSIVE n(i) AS (VALUES (6) UNION ALL SELECT i + 1 FROM n WHERE i < 100000) "
        "INSERT INTO t SELECT i, 'name ' || i FROM n");
    const auto select =
        prepare(*connection, "SELECT id, name FROM t ORDER BY id", {Kind::int64, Kind::text});
    for (int round = 0; round < 2; ++round) {
        select->execute({});
        query(*connection, "UPDATE t SET name = 'x' WHERE id = 100000");
        std::int64_t sum = 0;
        ValueView cells[2];
        while (select->fetch(cells)) sum += cells[0].integer;
        EXPECT_EQ(sum, 100000LL * 100001 / 2);
        EXPECT_EQ(cells[1].text(), round == 0 ? "name 100000" : "x");
    }
}

TEST_F(SqliteOpenResults, a_result_that_was_reset_is_read_no_further) {
    const auto select = open_result();
    select->reset();
    query(*connection, "DELETE FROM t");
    EXPECT_TRUE(fetch_row(*select).empty());
}

TEST_F(SqliteOpenResults, a_statement_destroyed_while_open_leaves_nothing_behind) {
    (void)open_result();
    {
        const auto select = open_result();
        const auto other = open_result();
    }
    connection->run("DROP TABLE t; VACUUM");  // VACUUM fails while any statement runs
}

}  // namespace
