// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// Transactions: when BEGIN travels, what a failure spoils, what COMMIT may claim.

namespace {

using namespace postgresql_test;
using azoth::Poisoned;
using testing::HasSubstr;

class PostgresqlTransaction : public testing::Test {
  protected:
    void SetUp() override { connection->run("CREATE TEMPORARY TABLE t (x int PRIMARY KEY)"); }
    std::int64_t count() { return integer(*connection, "SELECT count(*) FROM t"); }
    void insert(std::int64_t x) {
        query(*connection, "INSERT INTO t VALUES ($1)", {number(x)}, {azoth::Integer{}});
    }

    ConnectionPtr connection = connect();
};

TEST_F(PostgresqlTransaction, begin_travels_with_the_first_statement) {
    const auto statement = prepare(*connection, {.sql = "SELECT 1"});
    statement->execute({});
    Trace trace(*connection);
    connection->begin({});
    EXPECT_TRUE(connection->in_transaction());
    EXPECT_EQ(trace.sent(), "");
    statement->execute({});
    EXPECT_EQ(trace.sent(), "Parse Bind Describe Execute Bind Describe Execute Sync");
    statement->execute({});
    EXPECT_EQ(trace.sent(), "Bind Describe Execute Sync");
    connection->commit();
    EXPECT_EQ(trace.sent(), "Query");
    EXPECT_FALSE(connection->in_transaction());
}

TEST_F(PostgresqlTransaction, parsing_travels_with_the_first_execution) {
    Trace trace(*connection);
    const auto statement = prepare(*connection, {.sql = "SELECT 1"});
    EXPECT_EQ(trace.sent(), "");
    connection->begin({});
    statement->execute({});
    EXPECT_EQ(trace.sent(), "Parse Bind Describe Execute Parse Bind Describe Execute Sync");
    EXPECT_EQ(to_string(fetch_all(*statement)), "1");
    connection->rollback();
}

TEST_F(PostgresqlTransaction, a_transaction_without_statements_sends_nothing) {
    Trace trace(*connection);
    connection->begin({});
    connection->commit();
    connection->begin({});
    connection->rollback();
    connection->commit();
    connection->rollback();
    EXPECT_EQ(trace.sent(), "");
    EXPECT_FALSE(connection->in_transaction());
}

TEST_F(PostgresqlTransaction, begin_travels_with_statements_in_the_simple_protocol_too) {
    Trace trace(*connection);
    connection->begin({});
    connection->run("SAVEPOINT a");
    EXPECT_EQ(trace.sent(), "Query");
    insert(1);
    connection->run("ROLLBACK TO SAVEPOINT a");
    insert(2);
    connection->commit();
    EXPECT_EQ(to_string(query(*connection, "SELECT x FROM t")), "2");
}

TEST_F(PostgresqlTransaction, commit_keeps_and_rollback_undoes) {
    connection->begin({});
    insert(1);
    connection->rollback();
    EXPECT_EQ(count(), 0);
    connection->begin({});
    insert(2);
    connection->commit();
    EXPECT_EQ(count(), 1);
    insert(3);  // without a transaction each statement is one
    connection->rollback();
    EXPECT_EQ(count(), 2);
}

TEST_F(PostgresqlTransaction, isolation_levels_are_those_of_the_list) {
    const auto level = [&](std::string_view wanted) {
        connection->begin({.isolation_level = wanted});
        const std::string shown =
            text_of(*connection, "SELECT current_setting('transaction_isolation')");
        connection->rollback();
        return shown;
    };
    EXPECT_EQ(level(""), "read committed");
    EXPECT_EQ(level("SERIALIZABLE"), "serializable");
    EXPECT_EQ(level("repeatable read"), "repeatable read");
    EXPECT_EQ(level("REPEATABLE_READ"), "repeatable read");
    EXPECT_EQ(level("READ COMMITTED"), "read committed");
    EXPECT_EQ(level("READ UNCOMMITTED"), "read uncommitted");
    EXPECT_THROW(connection->begin({.isolation_level = "AUTOCOMMIT"}), azoth::ArgumentError);
    EXPECT_THROW(connection->begin({.isolation_level = "SERIALIZABLE; DROP TABLE t"}),
                 azoth::ArgumentError);
    EXPECT_FALSE(connection->in_transaction());
}

TEST_F(PostgresqlTransaction, a_second_begin_is_refused) {
    connection->begin({});
    EXPECT_THROW(connection->begin({}), azoth::InvalidRequestError);
    insert(1);
    EXPECT_THROW(connection->begin({}), azoth::InvalidRequestError);
    connection->commit();
    EXPECT_EQ(count(), 1);
}

TEST_F(PostgresqlTransaction, any_error_spoils_the_transaction_until_rollback) {
    connection->begin({});
    insert(1);
    const auto first = caught<azoth::DataError>([&] { query(*connection, "SELECT 1 / 0"); });
    ASSERT_TRUE(first);
    EXPECT_EQ(first->poisoned(), Poisoned::transaction);
    EXPECT_TRUE(connection->in_transaction());
    const auto second = caught<azoth::OperationalError>([&] { query(*connection, "SELECT 1"); });
    ASSERT_TRUE(second);
    EXPECT_EQ(second->sqlstate(), "25P02");
    EXPECT_EQ(second->poisoned(), Poisoned::transaction);
    connection->ping();
    EXPECT_TRUE(connection->in_transaction());
    connection->rollback();
    EXPECT_FALSE(connection->in_transaction());
    EXPECT_EQ(count(), 0);
}

TEST_F(PostgresqlTransaction, an_error_in_the_flight_of_begin_is_the_statement_s) {
    connection->begin({});
    const auto error = caught<azoth::ProgrammingError>([&] { query(*connection, "SELEKT 1"); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->sqlstate(), "42601");
    EXPECT_EQ(error->statement(), "SELEKT 1");
    EXPECT_EQ(error->poisoned(), Poisoned::transaction);
    EXPECT_TRUE(connection->in_transaction());
    connection->rollback();

    connection->begin({});
    EXPECT_THROW(connection->run("SELEKT 1"), azoth::ProgrammingError);
    EXPECT_TRUE(connection->in_transaction());
    connection->rollback();
    EXPECT_EQ(count(), 0);
}

TEST_F(PostgresqlTransaction, R25_a_failed_transaction_is_never_reported_as_committed) {
    connection->begin({});
    insert(1);
    EXPECT_THROW(query(*connection, "SELECT 1 / 0"), azoth::DataError);
    const auto error = caught<azoth::OperationalError>([&] { connection->commit(); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("call rollback()"));
    EXPECT_TRUE(connection->in_transaction());
    connection->rollback();
    EXPECT_EQ(count(), 0);
}

TEST_F(PostgresqlTransaction, what_commit_finds_out_is_its_error) {
    connection->run(
        "CREATE TEMPORARY TABLE d (x int UNIQUE DEFERRABLE INITIALLY DEFERRED); INSERT INTO d "
        "VALUES (1)");
    connection->begin({});
    query(*connection, "INSERT INTO d VALUES (1)");
    const auto error = caught<azoth::IntegrityError>([&] { connection->commit(); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->statement(), "COMMIT");
    EXPECT_EQ(error->fault().constraint, "d_x_key");
    EXPECT_EQ(error->poisoned(), Poisoned::transaction);
    EXPECT_FALSE(connection->in_transaction());
    connection->rollback();
    EXPECT_EQ(integer(*connection, "SELECT count(*) FROM d"), 1);

    // Without a transaction the statement itself is told, on its first execution and later.
    const auto statement = prepare(*connection, {.sql = "INSERT INTO d VALUES (1)"});
    EXPECT_THROW(statement->execute({}), azoth::IntegrityError);
    EXPECT_THROW(statement->execute({}), azoth::IntegrityError);
    EXPECT_EQ(integer(*connection, "SELECT count(*) FROM d"), 1);
}

TEST_F(PostgresqlTransaction, asking_for_columns_and_a_ping_begin_nothing) {
    connection->begin({});
    const auto statement = prepare(*connection, {.sql = "SELECT x FROM t"});
    EXPECT_EQ(statement->columns().size(), 1U);
    connection->ping();
    Trace trace(*connection);
    connection->commit();
    EXPECT_EQ(trace.sent(), "");
}

TEST_F(PostgresqlTransaction, transactions_written_as_sql_are_seen) {
    connection->run("BEGIN");
    EXPECT_TRUE(connection->in_transaction());
    insert(1);
    connection->commit();
    EXPECT_FALSE(connection->in_transaction());
    connection->begin({});
    insert(2);
    connection->run("ROLLBACK");
    EXPECT_FALSE(connection->in_transaction());
    connection->commit();
    EXPECT_EQ(count(), 1);
}

TEST_F(PostgresqlTransaction, several_statements_of_one_run_are_one_transaction) {
    EXPECT_THROW(connection->run("INSERT INTO t VALUES (1); INSERT INTO t VALUES (1)"),
                 azoth::IntegrityError);
    EXPECT_EQ(count(), 0);
    connection->run("INSERT INTO t VALUES (1); SELECT x FROM t; INSERT INTO t VALUES (2)");
    EXPECT_EQ(count(), 2);
    connection->run("");
    const auto error = caught<azoth::ProgrammingError>(
        [&] { connection->run(std::string_view("SELECT 1\0; DROP TABLE t", 22)); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("zero byte"));
    EXPECT_EQ(count(), 2);
}

}  // namespace
