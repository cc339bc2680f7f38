// SPDX-License-Identifier: MIT
#include "proxy.hpp"
#include "support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// The phases of a two-phase commit whose answers are lost (R25).

namespace {

using namespace postgresql_test;
using azoth::CommitInDoubtError;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

constexpr const char* xid = "azoth-driver-test";

class PostgresqlTwoPhase : public testing::Test {
  protected:
    void SetUp() override {
        watcher->run("DROP TABLE IF EXISTS halves; CREATE TABLE halves (x bigint)");
    }
    void TearDown() override { watcher->run("DROP TABLE halves"); }
    std::int64_t count() { return integer(*watcher, "SELECT count(*) FROM halves"); }
    void begin_work() {
        connection = azoth::postgresql::connect(proxy.options());
        connection->begin({.xid = xid});
        query(*connection, "INSERT INTO halves VALUES (1)");
    }
    /// Cuts the connection after the answer to `words`, during `phase`.
    template <class Phase>
    void expect_doubt(const char* words, const Phase& phase) {
        proxy.cut_at(words, Proxy::Cut::after_answer);
        const auto error = caught<CommitInDoubtError>(phase);
        ASSERT_TRUE(error);
        EXPECT_TRUE(error->connection_invalidated());
        EXPECT_THAT(error->what(), HasSubstr("recover_twophase()"));
        EXPECT_THAT(error->statement(), HasSubstr(xid));
        EXPECT_FALSE(connection->is_open());
        connection->close();
    }

    ConnectionPtr watcher = connect();
    Proxy proxy;
    ConnectionPtr connection;
};

TEST_F(PostgresqlTwoPhase, R25_a_first_phase_whose_answer_is_lost_is_in_doubt) {
    begin_work();
    expect_doubt("PREPARE TRANSACTION", [&] { connection->prepare_transaction(xid); });
    EXPECT_THAT(watcher->recover_prepared(), Contains(xid));
    watcher->rollback_prepared(xid);
    EXPECT_EQ(count(), 0);
}

TEST_F(PostgresqlTwoPhase, R25_a_commit_whose_answer_is_lost_is_in_doubt_though_it_took_place) {
    begin_work();
    connection->prepare_transaction(xid);
    EXPECT_FALSE(connection->in_transaction());
    expect_doubt("COMMIT PREPARED", [&] { connection->commit_prepared(xid); });
    EXPECT_THAT(watcher->recover_prepared(), Not(Contains(xid)));
    EXPECT_EQ(count(), 1);
}

TEST_F(PostgresqlTwoPhase, R25_a_rollback_whose_answer_is_lost_is_in_doubt) {
    begin_work();
    connection->prepare_transaction(xid);
    expect_doubt("ROLLBACK PREPARED", [&] { connection->rollback_prepared(xid); });
    EXPECT_THAT(watcher->recover_prepared(), Not(Contains(xid)));
    EXPECT_EQ(count(), 0);
}

TEST_F(PostgresqlTwoPhase, a_transaction_that_failed_is_not_prepared) {
    begin_work();
    EXPECT_TRUE(caught<azoth::ProgrammingError>([&] { connection->run("SELECT nothing"); }));
    EXPECT_TRUE(caught<azoth::OperationalError>([&] { connection->prepare_transaction(xid); }));
    connection->rollback();
    EXPECT_THAT(watcher->recover_prepared(), Not(Contains(xid)));
    EXPECT_EQ(count(), 0);
}

TEST_F(PostgresqlTwoPhase, a_transaction_begins_with_its_modes_whatever_the_connection_s_are) {
    connection = connect();
    const auto modes = [&](const azoth::driver::BeginOptions& options) {
        connection->begin(options);
        const std::string found = text_of(
            *connection,
            "SELECT concat_ws(' ', current_setting('transaction_isolation'), "
            "current_setting('transaction_read_only'), current_setting('transaction_deferrable'))");
        connection->rollback();
        return found;
    };
    EXPECT_EQ(modes({}), "read committed off off");
    EXPECT_EQ(modes({.read_only = true}), "read committed on off");
    EXPECT_EQ(modes({.isolation_level = "SERIALIZABLE", .deferrable = true}),
              "serializable off on");
    EXPECT_EQ(modes({.isolation_level = "REPEATABLE READ", .read_only = true, .deferrable = false}),
              "repeatable read on off");
    connection->run("SET default_transaction_read_only = on");
    EXPECT_EQ(modes({}), "read committed on off");
    EXPECT_EQ(modes({.read_only = false}), "read committed off off");
}

}  // namespace
