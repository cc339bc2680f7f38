// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/base/error.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

// Results that are open while other things happen on their connection (R21), and statements whose
// tables change.

namespace {

using namespace mariadb_test;
using azoth::ProgrammingError;
using testing::HasSubstr;

constexpr std::int64_t row_count = 1000;

class MariadbOpenResults : public testing::TestWithParam<bool> {
  protected:
    void SetUp() override {
        connection->run(
            "CREATE TEMPORARY TABLE t (id INT PRIMARY KEY, name VARCHAR(100)); "
            "INSERT INTO t SELECT seq, CONCAT('name ', seq) FROM seq_1_to_" +
            std::to_string(row_count));
        if (GetParam()) connection->begin({});
    }
    void expect_rest(azoth::driver::Statement& statement, std::int64_t next) {
        std::vector<ValueView> cells(2);
        for (; next <= row_count; ++next) {
            ASSERT_TRUE(statement.fetch(cells.data())) << next;
            ASSERT_EQ(cells[0].integer, next);
            ASSERT_EQ(cells[1].text(), "name " + std::to_string(next));
        }
        EXPECT_FALSE(statement.fetch(cells.data()));
        EXPECT_FALSE(statement.fetch(cells.data()));
    }
    StatementPtr select() {
        auto statement = prepare(*connection, {.sql = "SELECT id, name FROM t ORDER BY id"});
        statement->execute({});
        return statement;
    }

    ConnectionPtr connection = connect();
    std::vector<ValueView> cells_ = std::vector<ValueView>(2);
};

std::string label(const testing::TestParamInfo<bool>& arriving) {
    return arriving.param ? "arriving" : "stored";
}
INSTANTIATE_TEST_SUITE_P(Rows, MariadbOpenResults, testing::Bool(), label);

TEST_P(MariadbOpenResults, go_on_after_another_statement_read_and_wrote) {
    const auto statement = select();
    ASSERT_TRUE(statement->fetch(cells_.data()));
    EXPECT_EQ(integer(*connection, "SELECT 7"), 7);
    // the cells of the present row are what they were
    EXPECT_EQ(cells_[1].text(), "name 1");
    query(*connection, "DELETE FROM t WHERE id > 500");
    expect_rest(*statement, 2);
}

TEST_P(MariadbOpenResults, may_be_two_of_one_table_at_a_time) {
    const auto first = select();
    ASSERT_TRUE(first->fetch(cells_.data()));
    const auto second = select();
    ASSERT_TRUE(second->fetch(cells_.data()));
    ASSERT_TRUE(first->fetch(cells_.data()));
    EXPECT_EQ(cells_[0].integer, 2);
    expect_rest(*second, 2);
    expect_rest(*first, 3);
}

TEST_P(MariadbOpenResults, do_not_mind_the_end_of_another_one) {
    auto first = select();
    ASSERT_TRUE(first->fetch(cells_.data()));
    auto second = select();
    ASSERT_TRUE(second->fetch(cells_.data()));
    first.reset();  // its rows are in memory, those of the second may be on their way
    auto third = prepare(*connection, {.sql = "SELECT 1"});
    third.reset();
    expect_rest(*second, 2);
    EXPECT_EQ(integer(*connection, "SELECT 8"), 8);
}

TEST_P(MariadbOpenResults, a_statement_that_ends_while_rows_arrive_is_freed_later) {
    const std::string prepared = "SHOW SESSION STATUS LIKE 'Com_stmt_close'";
    auto idle = prepare(*connection, {.sql = "SELECT 1"});
    const auto statement = select();
    ASSERT_TRUE(statement->fetch(cells_.data()));
    idle.reset();
    expect_rest(*statement, 2);
    const Rows closed = query(*connection, prepared);
    EXPECT_NE(to_string(closed.at(0).at(1)), "'0'");
}

TEST_P(MariadbOpenResults, survive_commit_and_rollback) {
    const auto statement = select();
    ASSERT_TRUE(statement->fetch(cells_.data()));
    if (GetParam()) connection->commit();
    expect_rest(*statement, 2);
    if (GetParam()) connection->begin({});
    statement->execute({});
    ASSERT_TRUE(statement->fetch(cells_.data()));
    connection->rollback();
    expect_rest(*statement, 2);
}

TEST_P(MariadbOpenResults, can_be_left_in_the_middle) {
    const auto statement = select();
    ASSERT_TRUE(statement->fetch(cells_.data()));
    statement->reset();
    EXPECT_FALSE(statement->fetch(cells_.data()));
    EXPECT_EQ(integer(*connection, "SELECT 9"), 9);
    statement->execute({});
    expect_rest(*statement, 1);
    {
        const auto dropped = select();
    }
    EXPECT_EQ(integer(*connection, "SELECT 10"), 10);
}

TEST_P(MariadbOpenResults, their_cells_can_be_parameters) {
    const auto statement = select();
    const auto again = prepare(*connection, {.sql = "SELECT id, name FROM t WHERE name = ?"});
    std::vector<ValueView> found(2);
    for (std::int64_t i = 1; i <= 3; ++i) {
        ASSERT_TRUE(statement->fetch(cells_.data()));
        again->execute(Parameters{cells_[1]});
        ASSERT_TRUE(again->fetch(found.data()));
        EXPECT_EQ(found[0].integer, i);
    }
    // also of the very statement that is executed anew
    again->execute(Parameters{found[1]});
    ASSERT_TRUE(again->fetch(found.data()));
    EXPECT_EQ(found[1].text(), "name 3");
}

TEST_P(MariadbOpenResults, executing_again_ends_what_was_open) {
    const auto statement = select();
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(statement->fetch(cells_.data()));
    statement->execute({});
    expect_rest(*statement, 1);
}

TEST_P(MariadbOpenResults, of_a_program_that_dwells_on_its_rows_come_into_memory) {
    const auto statement = select();
    for (std::int64_t i = 1; i <= 100; ++i) {
        ASSERT_TRUE(statement->fetch(cells_.data()));
        ASSERT_EQ(cells_[0].integer, i);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    expect_rest(*statement, 101);
}

TEST_P(MariadbOpenResults, put_aside_behind_their_last_row_can_be_executed_again) {
    const auto statement = select();
    for (std::int64_t i = 1; i <= row_count; ++i) ASSERT_TRUE(statement->fetch(cells_.data()));
    EXPECT_EQ(integer(*connection, "SELECT 7"), 7);  // nobody has seen the end yet
    EXPECT_FALSE(statement->fetch(cells_.data()));
    statement->execute({});
    expect_rest(*statement, 1);
}

TEST_P(MariadbOpenResults, no_rows_and_nulls_are_results_too) {
    EXPECT_TRUE(query(*connection, "SELECT id FROM t WHERE id < 0").empty());
    EXPECT_EQ(to_string(query(*connection, "SELECT NULL, 1, NULL, 'x', NULL")),
              "NULL, 1, NULL, 'x', NULL");
    std::string columns = "NULL";
    for (int i = 1; i < 40; ++i) columns += i % 3 == 0 ? ", NULL" : ", " + std::to_string(i);
    EXPECT_EQ(to_string(query(*connection, "SELECT " + columns)), columns);
}

TEST_P(MariadbOpenResults, a_row_of_an_empty_text_alone_is_no_null) {
    EXPECT_EQ(to_string(query(*connection, "SELECT '' UNION ALL SELECT NULL")), "''; NULL");
}

TEST_P(MariadbOpenResults, an_error_among_the_rows_ends_them) {
    const auto statement =
        prepare(*connection, {.sql = "SELECT id, IF(id = ?, (SELECT seq FROM seq_1_to_2), 1) "
                                     "FROM t ORDER BY id"});
    const auto read = [&](std::int64_t failing, bool with_another) {
        statement->execute(Parameters{number(failing)});
        if (with_another) {
            EXPECT_EQ(fetch_row(*statement).size(), 2U);
            (void)integer(*connection, "SELECT 11");
        }
        (void)fetch_all(*statement);
    };
    for (const bool with_another : {false, true}) {
        const auto error = caught<azoth::DBAPIError>([&] { read(900, with_another); });
        ASSERT_TRUE(error);
        EXPECT_EQ(error->fault().native_code, 1242);  // more than one row
        EXPECT_EQ(error->poisoned(), azoth::Poisoned::nothing);
        EXPECT_EQ(integer(*connection, "SELECT 11"), 11);
        read(-1, with_another);  // and it runs again
    }
}

// --- tables that change

class MariadbChangedTables : public testing::Test {
  protected:
    void SetUp() override {
        connection->run(
            "CREATE OR REPLACE TABLE changing (a INT); "
            "INSERT INTO changing VALUES (1)");
    }
    void TearDown() override { connection->run("DROP TABLE changing"); }
    ConnectionPtr connection = connect();
};

TEST_F(MariadbChangedTables, a_column_more_makes_the_statement_invalid) {
    const auto statement = prepare(*connection, {.sql = "SELECT * FROM changing"});
    statement->execute({});
    EXPECT_EQ(to_string(fetch_all(*statement)), "1");
    EXPECT_TRUE(statement->is_valid());
    connection->run("ALTER TABLE changing ADD COLUMN b INT");
    const auto error = caught<ProgrammingError>([&] { statement->execute({}); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->fault().message, HasSubstr("prepare it anew"));
    EXPECT_FALSE(statement->is_valid());
    EXPECT_EQ(to_string(query(*connection, "SELECT * FROM changing")), "1, NULL");
}

TEST_F(MariadbChangedTables, another_name_makes_the_statement_invalid) {
    const auto statement = prepare(*connection, {.sql = "SELECT * FROM changing"});
    connection->run("ALTER TABLE changing CHANGE a b INT");
    EXPECT_TRUE(caught<ProgrammingError>([&] { statement->execute({}); }));
    EXPECT_FALSE(statement->is_valid());
    EXPECT_EQ(integer(*connection, "SELECT 1"), 1);
}

TEST_F(MariadbChangedTables, another_type_is_read_as_what_it_is_now) {
    const auto statement = prepare(*connection, {.sql = "SELECT a FROM changing"});
    statement->execute({});
    EXPECT_EQ(to_string(fetch_all(*statement)), "1");
    connection->run("ALTER TABLE changing MODIFY a VARCHAR(10)");
    statement->execute({});
    EXPECT_EQ(to_string(fetch_all(*statement)), "'1'");
    EXPECT_EQ(statement->columns()[0].natural_kind, Kind::text);

    const auto typed =
        prepare(*connection, {.sql = "SELECT a FROM changing", .kinds = {Kind::text}});
    connection->run("ALTER TABLE changing MODIFY a INT");
    EXPECT_TRUE(caught<azoth::DataError>([&] { typed->execute({}); }));
    EXPECT_FALSE(typed->is_valid());
    EXPECT_EQ(integer(*connection, "SELECT 1"), 1);
}

TEST_F(MariadbChangedTables, a_dropped_table_is_an_error_and_one_made_anew_is_read) {
    const auto statement = prepare(*connection, {.sql = "SELECT a FROM changing"});
    connection->run("DROP TABLE changing");
    EXPECT_TRUE(caught<ProgrammingError>([&] { statement->execute({}); }));
    connection->run("CREATE TABLE changing (a INT); INSERT INTO changing VALUES (5)");
    statement->execute({});
    EXPECT_EQ(to_string(fetch_all(*statement)), "5");
}

}  // namespace
