// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/base/error.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>

// Transactions: how they begin and end, and what ends them otherwise.

namespace {

using namespace mariadb_test;
using azoth::ArgumentError;
using azoth::InvalidRequestError;
using azoth::OperationalError;
using azoth::Poisoned;
using testing::HasSubstr;

class MariadbTransaction : public testing::Test {
  protected:
    void SetUp() override {
        connection->run(
            "DROP TABLE IF EXISTS t; CREATE TABLE t (id INT PRIMARY KEY, n INT) ENGINE = InnoDB; "
            "INSERT INTO t VALUES (1, 0), (2, 0)");
    }
    void TearDown() override {
        if (connection->is_open()) connection->rollback();
        connect()->run("DROP TABLE IF EXISTS t, made");
    }
    std::string rows() { return to_string(query(*connect(), "SELECT * FROM t ORDER BY id")); }

    ConnectionPtr connection = connect();
};

TEST_F(MariadbTransaction, what_is_committed_is_seen_by_others_and_before_it_is_not) {
    connection->begin({});
    EXPECT_TRUE(connection->in_transaction());
    query(*connection, "UPDATE t SET n = 1 WHERE id = 1");
    EXPECT_EQ(rows(), "1, 0; 2, 0");
    connection->commit();
    EXPECT_FALSE(connection->in_transaction());
    EXPECT_EQ(rows(), "1, 1; 2, 0");
}

TEST_F(MariadbTransaction, what_is_rolled_back_is_gone) {
    connection->begin({});
    query(*connection, "DELETE FROM t");
    connection->rollback();
    EXPECT_FALSE(connection->in_transaction());
    EXPECT_EQ(rows(), "1, 0; 2, 0");
}

TEST_F(MariadbTransaction, may_be_empty) {
    for (int i = 0; i < 2; ++i) {
        connection->begin({});
        connection->commit();
        connection->begin({});
        connection->rollback();
    }
    connection->commit();
    connection->rollback();
    EXPECT_FALSE(connection->in_transaction());
}

TEST_F(MariadbTransaction, does_not_begin_twice) {
    connection->begin({});
    EXPECT_TRUE(caught<InvalidRequestError>([&] { connection->begin({}); }));
    query(*connection, "UPDATE t SET n = 1");
    EXPECT_TRUE(caught<InvalidRequestError>([&] { connection->begin({}); }));
    connection->rollback();
    EXPECT_EQ(rows(), "1, 0; 2, 0");
}

TEST_F(MariadbTransaction, savepoints_undo_a_part) {
    connection->begin({});
    query(*connection, "UPDATE t SET n = 1 WHERE id = 1");
    connection->run("SAVEPOINT `a`");
    query(*connection, "UPDATE t SET n = 2 WHERE id = 2");
    connection->run("ROLLBACK TO SAVEPOINT `a`");
    connection->commit();
    EXPECT_EQ(rows(), "1, 1; 2, 0");
}

TEST_F(MariadbTransaction, one_begun_in_sql_is_known_too) {
    connection->run("START TRANSACTION");
    query(*connection, "DELETE FROM t");
    EXPECT_TRUE(connection->in_transaction());
    connection->rollback();
    EXPECT_FALSE(connection->in_transaction());
    EXPECT_EQ(rows(), "1, 0; 2, 0");
}

TEST_F(MariadbTransaction, isolation_levels_are_those_of_the_transaction_alone) {
    const auto snapshot_reads = [&](std::string_view level) {
        connection->begin({.isolation_level = level});
        const std::int64_t before = integer(*connection, "SELECT n FROM t WHERE id = 1");
        query(*connect(), "UPDATE t SET n = n + 1 WHERE id = 1");
        const bool same = integer(*connection, "SELECT n FROM t WHERE id = 1") == before;
        connection->rollback();
        return same;
    };
    EXPECT_FALSE(snapshot_reads("READ COMMITTED"));
    EXPECT_TRUE(snapshot_reads("repeatable_read"));
    EXPECT_TRUE(snapshot_reads(""));
    EXPECT_FALSE(snapshot_reads("READ UNCOMMITTED"));

    connection->begin({.isolation_level = "SERIALIZABLE"});
    (void)integer(*connection, "SELECT n FROM t WHERE id = 1");
    const auto other = connect();
    other->run("SET innodb_lock_wait_timeout = 0");
    EXPECT_TRUE(caught<OperationalError>([&] { query(*other, "UPDATE t SET n = 9"); }));
}

TEST_F(MariadbTransaction, unknown_isolation_levels_are_refused) {
    const auto error = caught<ArgumentError>(
        [&] { connection->begin({.isolation_level = "SERIALIZABLE; DROP TABLE t"}); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("READ UNCOMMITTED"));
    EXPECT_TRUE(
        caught<ArgumentError>([&] { connection->begin({.isolation_level = "AUTOCOMMIT"}); }));
    EXPECT_FALSE(connection->in_transaction());
}

TEST_F(MariadbTransaction, goes_on_after_a_statement_that_commits_by_itself) {
    connection->begin({});
    query(*connection, "UPDATE t SET n = 1 WHERE id = 1");
    connection->run("CREATE TABLE made (a INT)");
    EXPECT_EQ(rows(), "1, 1; 2, 0");  // the server committed
    EXPECT_TRUE(connection->in_transaction());
    query(*connection, "UPDATE t SET n = 2 WHERE id = 2");
    EXPECT_EQ(rows(), "1, 1; 2, 0");
    connection->rollback();
    EXPECT_EQ(rows(), "1, 1; 2, 0");
    // prepared, such a statement does the same
    connection->begin({});
    query(*connection, "UPDATE t SET n = 3 WHERE id = 1");
    query(*connection, "DROP TABLE made");
    query(*connection, "UPDATE t SET n = 4 WHERE id = 2");
    connection->rollback();
    EXPECT_EQ(rows(), "1, 3; 2, 0");
}

TEST_F(MariadbTransaction, a_failed_statement_leaves_the_transaction_usable) {
    connection->begin({});
    query(*connection, "UPDATE t SET n = 1 WHERE id = 1");
    const auto error = caught<azoth::IntegrityError>(
        [&] { query(*connection, "INSERT INTO t VALUES (5, 5), (1, 1)"); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->poisoned(), Poisoned::nothing);
    query(*connection, "UPDATE t SET n = 2 WHERE id = 2");
    connection->commit();
    EXPECT_EQ(rows(), "1, 1; 2, 2");
}

TEST_F(MariadbTransaction, a_lock_that_is_not_given_leaves_the_transaction_usable) {
    const auto other = connect();
    other->begin({});
    query(*other, "UPDATE t SET n = 9 WHERE id = 2");
    connection->run("SET innodb_lock_wait_timeout = 0");
    connection->begin({});
    query(*connection, "UPDATE t SET n = 1 WHERE id = 1");
    const auto error =
        caught<OperationalError>([&] { query(*connection, "UPDATE t SET n = 2 WHERE id = 2"); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault().native_code, 1205);
    EXPECT_EQ(error->poisoned(), Poisoned::nothing);
    other->rollback();
    connection->commit();
    EXPECT_EQ(rows(), "1, 1; 2, 0");
}

TEST_F(MariadbTransaction, a_deadlock_poisons_the_transaction_of_its_victim) {
    const auto other = connect();
    for (const auto& each : {connection.get(), other.get()}) {
        each->begin({});
        query(*each, "SELECT 1");
    }
    // the victim is the one that changed less
    query(*connection, "UPDATE t SET n = 1 WHERE id = 1");
    query(*other, "INSERT INTO t VALUES (10, 0), (11, 0), (12, 0), (13, 0)");
    query(*other, "UPDATE t SET n = 2 WHERE id = 2");
    auto waiting =
        std::async(std::launch::async, [&] { query(*other, "UPDATE t SET n = 2 WHERE id = 1"); });
    std::unique_ptr<OperationalError> error =
        caught<OperationalError>([&] { query(*connection, "UPDATE t SET n = 1 WHERE id = 2"); });
    if (!error) {  // then the other one was
        EXPECT_TRUE(caught<OperationalError>([&] { waiting.get(); }));
        GTEST_FAIL() << "the server chose the other victim";
    }
    waiting.get();
    other->rollback();
    EXPECT_EQ(error->fault().native_code, 1213);
    EXPECT_EQ(error->sqlstate(), "40001");
    EXPECT_EQ(error->poisoned(), Poisoned::transaction);
    EXPECT_TRUE(connection->in_transaction());
    // nothing more is run, which would be committed on its own
    const auto refused =
        caught<OperationalError>([&] { query(*connection, "UPDATE t SET n = 7 WHERE id = 1"); });
    ASSERT_TRUE(refused);
    EXPECT_THAT(refused->fault().message, HasSubstr("rollback()"));
    EXPECT_EQ(refused->poisoned(), Poisoned::transaction);
    EXPECT_TRUE(caught<OperationalError>([&] { connection->commit(); }));
    connection->rollback();
    EXPECT_FALSE(connection->in_transaction());
    EXPECT_EQ(rows(), "1, 0; 2, 0");
    EXPECT_EQ(integer(*connection, "SELECT 1"), 1);
}

TEST_F(MariadbTransaction, the_last_generated_key_is_known) {
    connection->run(
        "CREATE TEMPORARY TABLE g (id BIGINT PRIMARY KEY AUTO_INCREMENT, n INT) "
        "AUTO_INCREMENT = 100");
    EXPECT_EQ(connection->last_insert_id(), 0);
    query(*connection, "INSERT INTO g (n) VALUES (1)");
    EXPECT_EQ(connection->last_insert_id(), 100);
    query(*connection, "INSERT INTO g (n) VALUES (1), (2)");
    EXPECT_EQ(connection->last_insert_id(), 101);  // the first of several
    query(*connection, "UPDATE g SET n = 5");
    query(*connection, "SELECT 1");
    EXPECT_EQ(connection->last_insert_id(), 101);
    connection->run("INSERT INTO g (n) VALUES (9)");
    EXPECT_EQ(connection->last_insert_id(), 103);
}

}  // namespace
