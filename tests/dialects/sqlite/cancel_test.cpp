// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace {

using namespace sqlite_test;
using azoth::OperationalError;
using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr auto endless =
    "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

/// Cancels again and again: a single call might come before the statement runs.
class Canceller {
  public:
    explicit Canceller(azoth::driver::Connection& connection)
        : thread_([&connection](const std::stop_token& stop) {
              while (!stop.stop_requested()) {
                  std::this_thread::sleep_for(5ms);
                  connection.cancel();
              }
          }) {}

  private:
    std::jthread thread_;
};

TEST(SqliteCancel, stops_a_running_statement) {
    const auto connection = connect_memory();
    std::unique_ptr<OperationalError> error;
    {
        const Canceller canceller(*connection);
        error = caught<OperationalError>([&] { query(*connection, endless); });
    }
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("interrupted [SQLITE_INTERRUPT]"));
    EXPECT_EQ(error->poisoned(), azoth::Poisoned::nothing);
    EXPECT_EQ(integer(*connection, "SELECT 1"), 1);
}

TEST(SqliteCancel, of_a_write_in_a_transaction_tells_whether_the_transaction_lives) {
    const auto connection = connect_memory();
    connection->run("CREATE TABLE t (a INTEGER)");
    connection->begin({});
    connection->run("INSERT INTO t VALUES (1)");
    std::unique_ptr<OperationalError> error;
    {
        const Canceller canceller(*connection);
        error = caught<OperationalError>([&] {
            connection->run(
                "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) "
                "INSERT INTO t SELECT i FROM n");
        });
    }
    ASSERT_TRUE(error);
    EXPECT_EQ(error->poisoned(), azoth::Poisoned::transaction);
    EXPECT_THROW(connection->commit(), OperationalError);
    connection->rollback();
    EXPECT_EQ(integer(*connection, "SELECT count(*) FROM t"), 0);
}

TEST(SqliteCancel, ends_the_waiting_for_a_lock) {
    const TemporaryDirectory directory;
    const auto holder = connect_file(directory.file("a.db"));
    holder->run("CREATE TABLE t (a INTEGER)");
    holder->begin({});
    const auto connection = azoth::sqlite::connect(
        {.path = directory.file("a.db"), .busy_timeout = std::chrono::minutes(10)});
    const auto start = std::chrono::steady_clock::now();
    std::unique_ptr<OperationalError> error;
    {
        const Canceller canceller(*connection);
        error = caught<OperationalError>([&] { connection->begin({}); });
    }
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("cancelled while it waited"));
    EXPECT_LT(std::chrono::steady_clock::now() - start, 1min);
    holder->rollback();
    EXPECT_NO_THROW(connection->begin({}));
}

TEST(SqliteCancel, of_an_idle_connection_has_no_effect_on_what_comes_next) {
    const auto connection = connect_memory();
    connection->cancel();
    EXPECT_EQ(integer(*connection, "SELECT 1"), 1);
}

TEST(SqliteCancel, may_come_while_the_connection_is_closed) {
    for (int i = 0; i < 50; ++i) {
        const auto connection = connect_memory();
        const auto statement = prepare(*connection, "SELECT 1");
        std::atomic<bool> started{false};
        const std::jthread canceller([&](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                connection->cancel();
                started = true;
            }
        });
        while (!started) std::this_thread::yield();
        connection->close();
        EXPECT_FALSE(connection->is_open());
    }
}

}  // namespace
