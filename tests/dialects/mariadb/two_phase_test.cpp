// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <thread>

// Two-phase commit at the driver: what is in doubt (R25), and what a prepared transaction bars.

namespace {

using namespace mariadb_test;
using azoth::CommitInDoubtError;
using azoth::OperationalError;
using azoth::Poisoned;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const std::string xid = "azoth driver's \\ test";

class MariadbTwoPhase : public testing::Test {
  protected:
    MariadbTwoPhase() { admin->run("CREATE OR REPLACE TABLE halves (a INT) ENGINE = InnoDB"); }
    ~MariadbTwoPhase() override { admin->run("DROP TABLE halves"); }
    void begin_work() const {
        connection->begin({.xid = xid});
        query(*connection, "INSERT INTO halves VALUES (1)");
    }
    [[nodiscard]] std::int64_t count() const {
        return integer(*admin, "SELECT COUNT(*) FROM halves");
    }

    const std::unique_ptr<azoth::driver::Connection> admin = connect();
    const std::unique_ptr<azoth::driver::Connection> connection = connect();
};

TEST_F(MariadbTwoPhase, R25_while_the_commit_runs_its_outcome_is_in_doubt) {
    const std::int64_t thread = thread_of(*connection);
    begin_work();
    connection->prepare_transaction(xid);
    // XA COMMIT waits for this lock
    admin->run(
        "BACKUP STAGE START; BACKUP STAGE FLUSH; BACKUP STAGE BLOCK_DDL; "
        "BACKUP STAGE BLOCK_COMMIT");
    auto committing = std::async(std::launch::async, [&] {
        return caught<CommitInDoubtError>([&] { connection->commit_prepared(xid); });
    });
    wait_until_running(thread, "XA COMMIT");
    kill_connection(thread);
    const auto error = committing.get();
    admin->run("BACKUP STAGE END");
    ASSERT_TRUE(error);
    EXPECT_EQ(error->poisoned(), Poisoned::connection);
    EXPECT_THAT(error->what(), HasSubstr("recover_twophase()"));
    EXPECT_FALSE(connection->is_open());
    EXPECT_THAT(admin->recover_prepared(), Contains(xid));
    admin->commit_prepared(xid);
    EXPECT_THAT(admin->recover_prepared(), Not(Contains(xid)));
    EXPECT_EQ(count(), 1);
}

TEST_F(MariadbTwoPhase, a_prepared_transaction_bars_everything_but_its_end) {
    begin_work();
    connection->prepare_transaction(xid);
    EXPECT_TRUE(connection->in_transaction());
    const auto error = caught<OperationalError>([&] { connection->run("SELECT 1"); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("prepared"));
    EXPECT_TRUE(caught<OperationalError>([&] { connection->ping(); }));
    connection->rollback_prepared(xid);
    EXPECT_FALSE(connection->in_transaction());
    EXPECT_EQ(integer(*connection, "SELECT 1"), 1);
    EXPECT_EQ(count(), 0);
}

TEST_F(MariadbTwoPhase, one_that_the_server_rolled_back_can_be_rolled_back) {
    admin->run("INSERT INTO halves VALUES (1), (2); ALTER TABLE halves ADD PRIMARY KEY (a)");
    const auto other = connect();
    connection->begin({.xid = xid});
    query(*connection, "UPDATE halves SET a = 11 WHERE a = 1");
    other->begin({});
    query(*other, "INSERT INTO halves VALUES (3), (4), (5), (6), (7)");  // so that the first yields
    query(*other, "UPDATE halves SET a = 12 WHERE a = 2");
    auto waiting = std::async(std::launch::async,
                              [&] { query(*other, "UPDATE halves SET a = 13 WHERE a = 1"); });
    const auto error = caught<OperationalError>(
        [&] { query(*connection, "UPDATE halves SET a = 14 WHERE a = 2"); });
    waiting.get();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->poisoned(), Poisoned::transaction);
    EXPECT_TRUE(error->retryable());
    EXPECT_TRUE(caught<OperationalError>([&] { connection->prepare_transaction(xid); }));
    connection->rollback();
    EXPECT_FALSE(connection->in_transaction());
    other->rollback();
    EXPECT_THAT(admin->recover_prepared(), Not(Contains(xid)));
    EXPECT_EQ(integer(*connection, "SELECT COUNT(*) FROM halves"), 2);
}

TEST_F(MariadbTwoPhase, names_of_several_parts_are_left_out) {
    connection->run(
        "XA START 'azoth', 'part', 7; INSERT INTO halves VALUES (1); XA END 'azoth', 'part', 7; "
        "XA PREPARE 'azoth', 'part', 7");
    EXPECT_THAT(admin->recover_prepared(), Not(Contains(HasSubstr("azothpart"))));
    connection->close();
    for (int i = 0; i < 200; ++i) {
        try {
            admin->run("XA ROLLBACK 'azoth', 'part', 7");
            break;
        } catch (const azoth::DBAPIError&) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    }
    EXPECT_EQ(count(), 0);
}

}  // namespace
