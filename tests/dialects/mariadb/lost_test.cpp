// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/base/error.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <mysql.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <functional>
#include <future>
#include <thread>

// Connections that break, are cancelled, take too long, or find themselves in another process.

namespace {

using namespace mariadb_test;
using azoth::CommitInDoubtError;
using azoth::ForkedProcessError;
using azoth::InterfaceError;
using azoth::OperationalError;
using azoth::Poisoned;
using testing::HasSubstr;
using namespace std::chrono_literals;

constexpr std::string_view endless =
    "SELECT COUNT(*) AS endless FROM seq_1_to_1000000 a, seq_1_to_1000000 b "
    "WHERE a.seq + b.seq < 0";

void expect_lost(azoth::driver::Connection& connection, const std::function<void()>& use) {
    const auto error = caught<OperationalError>(use);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->poisoned(), Poisoned::connection);
    EXPECT_TRUE(error->connection_invalidated());
    EXPECT_FALSE(connection.is_open());
    // and everything after it says so at once
    const auto again = caught<OperationalError>([&] { connection.run("SELECT 1"); });
    ASSERT_TRUE(again);
    EXPECT_EQ(again->poisoned(), Poisoned::connection);
    EXPECT_THAT(again->fault().message, HasSubstr("was lost"));
    connection.rollback();
    EXPECT_FALSE(connection.in_transaction());
}

TEST(MariadbLost, a_killed_connection_is_noticed_by_run_prepare_execute_and_ping) {
    for (const int way : {0, 1, 2, 3}) {
        const auto connection = connect();
        const auto statement = prepare(*connection, {.sql = "SELECT ?"});
        kill_connection(thread_of(*connection));
        expect_lost(*connection, [&] {
            if (way == 0) connection->run("SET @a = 1");
            if (way == 1) (void)prepare(*connection, {.sql = "SELECT 2"});
            if (way == 2) statement->execute(Parameters{number(1)});
            if (way == 3) connection->ping();
        });
    }
}

TEST(MariadbLost, outside_a_transaction_it_is_said_that_the_outcome_is_unknown) {
    const auto connection = connect();
    kill_connection(thread_of(*connection));
    const auto error = caught<OperationalError>([&] { connection->run("SET @a = 1"); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->fault().message, HasSubstr("took effect before is unknown"));
}

TEST(MariadbLost, in_the_middle_of_rows_it_is_noticed_by_fetch) {
    const auto connection = connect();
    const std::int64_t thread = thread_of(*connection);
    connection->begin({});
    const auto statement =
        prepare(*connection, {.sql = "SELECT seq, REPEAT('x', 1000) FROM seq_1_to_200000"});
    statement->execute({});
    std::vector<ValueView> cells(2);
    ASSERT_TRUE(statement->fetch(cells.data()));
    kill_connection(thread);
    const auto error = caught<OperationalError>([&] {
        while (statement->fetch(cells.data())) {
        }
    });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->poisoned(), Poisoned::connection);
    EXPECT_FALSE(connection->is_open());
    statement->reset();
    EXPECT_FALSE(statement->fetch(cells.data()));
}

TEST(MariadbLost, before_commit_it_is_no_doubt_that_nothing_was_committed) {
    const auto connection = connect();
    const std::int64_t thread = thread_of(*connection);
    connection->begin({});
    (void)integer(*connection, "SELECT 1");
    kill_connection(thread);
    try {
        connection->commit();
        FAIL() << "committed over a lost connection";
    } catch (const CommitInDoubtError&) {
        FAIL() << "there is no doubt";
    } catch (const OperationalError& error) {
        EXPECT_EQ(error.poisoned(), Poisoned::connection);
    }
    EXPECT_FALSE(connection->is_open());
}

TEST(MariadbLost, while_commit_runs_its_outcome_is_in_doubt) {
    const auto admin = connect();
    admin->run("CREATE OR REPLACE TABLE slow (a INT) ENGINE = InnoDB");
    const auto connection = connect();
    const std::int64_t thread = thread_of(*connection);
    connection->begin({});
    query(*connection, "INSERT INTO slow VALUES (1)");
    // COMMIT waits for this lock
    admin->run(
        "BACKUP STAGE START; BACKUP STAGE FLUSH; BACKUP STAGE BLOCK_DDL; "
        "BACKUP STAGE BLOCK_COMMIT");
    auto committing = std::async(std::launch::async, [&] {
        return caught<CommitInDoubtError>([&] { connection->commit(); });
    });
    wait_until_running(thread, "COMMIT");
    kill_connection(thread);
    const auto error = committing.get();
    admin->run("BACKUP STAGE END; DROP TABLE slow");
    ASSERT_TRUE(error);
    EXPECT_EQ(error->poisoned(), Poisoned::connection);
    EXPECT_FALSE(connection->is_open());
}

TEST(MariadbLost, statements_of_a_lost_connection_can_be_reset_and_destroyed) {
    auto connection = connect();
    const auto statement = prepare(*connection, {.sql = "SELECT seq FROM seq_1_to_10"});
    connection->begin({});
    const std::int64_t thread = thread_of(*connection);
    statement->execute({});
    kill_connection(thread);
    statement->reset();
    EXPECT_TRUE(caught<OperationalError>([&] { statement->execute({}); }));
    connection->close();
}

TEST(MariadbLost, a_read_timeout_ends_the_connection) {
    ConnectOptions options = server_options();
    options.read_timeout = 1s;
    const auto connection = azoth::mariadb::connect(options);
    expect_lost(*connection, [&] { connection->run("SELECT SLEEP(20)"); });
}

TEST(MariadbLost, a_statement_s_time_limit_does_not_end_the_connection) {
    const auto connection = connect();
    connection->run("SET max_statement_time = 0.1");
    connection->begin({});
    const auto error = caught<OperationalError>([&] { query(*connection, endless); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault().native_code, 1969);
    EXPECT_EQ(error->poisoned(), Poisoned::nothing);
    EXPECT_EQ(integer(*connection, "SELECT 1"), 1);
}

// --- cancel

TEST(MariadbCancel, stops_a_statement_from_another_thread) {
    const auto connection = connect();
    const std::int64_t thread = thread_of(*connection);
    connection->begin({});
    (void)integer(*connection, "SELECT 1");
    auto running = std::async(std::launch::async, [&] {
        return caught<OperationalError>([&] { query(*connection, endless); });
    });
    wait_until_running(thread, "endless");
    connection->cancel();
    const auto error = running.get();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault().native_code, 1317);
    EXPECT_EQ(error->poisoned(), Poisoned::nothing);
    EXPECT_EQ(integer(*connection, "SELECT 2"), 2);
    EXPECT_TRUE(connection->in_transaction());
}

TEST(MariadbCancel, asks_that_one_of_several_hosts_that_has_accepted_from_another_thread) {
    ConnectOptions options = server_options();
    options.endpoints = {{"127.0.0.1", 1}, {options.host, options.port}};
    options.host.clear();
    options.port.reset();
    const auto connection = azoth::mariadb::connect(options);
    const std::int64_t thread = thread_of(*connection);
    auto running = std::async(std::launch::async, [&] {
        return caught<OperationalError>([&] { query(*connection, endless); });
    });
    wait_until_running(thread, "endless");
    connection->cancel();
    EXPECT_TRUE(running.get());
}

TEST(MariadbCancel, of_an_idle_or_closed_connection_from_another_thread_does_nothing) {
    const auto connection = connect();
    std::thread([&] { connection->cancel(); }).join();
    EXPECT_EQ(integer(*connection, "SELECT 3"), 3);
    connection->close();
    connection->cancel();
}

// --- closing

TEST(MariadbClose, says_good_bye_and_refuses_what_comes_after) {
    const auto connection = connect();
    const std::int64_t thread = thread_of(*connection);
    const auto statement = prepare(*connection, {.sql = "SELECT seq FROM seq_1_to_10000"});
    connection->begin({});
    statement->execute({});
    ValueView cell;
    ASSERT_TRUE(statement->fetch(&cell));
    connection->close();
    connection->close();
    EXPECT_FALSE(connection->is_open());
    EXPECT_FALSE(connection->in_transaction());
    EXPECT_FALSE(statement->is_valid());
    EXPECT_FALSE(statement->fetch(&cell));
    statement->reset();
    EXPECT_TRUE(caught<InterfaceError>([&] { statement->execute({}); }));
    EXPECT_TRUE(caught<InterfaceError>([&] { connection->run("SELECT 1"); }));
    const auto other = connect();
    const std::string alive =
        "SELECT COUNT(*) FROM information_schema.processlist WHERE id = " + std::to_string(thread);
    for (int i = 0; i < 500 && integer(*other, alive) != 0; ++i) std::this_thread::sleep_for(10ms);
    EXPECT_EQ(integer(*other, alive), 0);
}

// --- fork

/// Runs `work` in a child process; its result is the child's exit status.
int in_child(const std::function<bool()>& work) {
    const pid_t child = fork();
    if (child == 0) {
        bool good = false;
        try {
            good = work();
        } catch (...) {
            good = false;
        }
        _exit(good ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(MariadbFork, a_child_refuses_to_use_what_it_inherited) {
    auto connection = connect();
    auto statement = prepare(*connection, {.sql = "SELECT seq FROM seq_1_to_1000"});
    connection->begin({});
    statement->execute({});
    ValueView cell;
    ASSERT_TRUE(statement->fetch(&cell));
    EXPECT_EQ(in_child([&] {
                  const auto refused = [](const std::function<void()>& use) {
                      return caught<ForkedProcessError>(use) != nullptr;
                  };
                  ValueView mine;
                  return refused([&] { connection->run("SELECT 1"); }) &&
                         refused([&] { connection->ping(); }) &&
                         refused([&] { connection->commit(); }) &&
                         refused([&] { connection->rollback(); }) &&
                         refused([&] { statement->execute({}); }) &&
                         refused([&] { statement->fetch(&mine); });
              }),
              0);
    EXPECT_EQ(fetch_all(*statement).size(), 999U);
    connection->commit();
}

TEST(MariadbFork, a_child_that_destroys_all_leaves_the_parent_s_connection_alone) {
    auto connection = connect();
    auto stored = prepare(*connection, {.sql = "SELECT seq FROM seq_1_to_1000"});
    stored->execute({});
    connection->begin({});
    auto arriving = prepare(*connection, {.sql = "SELECT seq FROM seq_1_to_1000"});
    arriving->execute({});
    ValueView cell;
    ASSERT_TRUE(arriving->fetch(&cell));
    const int socket = mysql_get_socket(static_cast<MYSQL*>(connection->native_handle()));
    EXPECT_EQ(in_child([&] {
                  connection->cancel();
                  arriving->reset();
                  arriving.reset();
                  stored.reset();
                  connection.reset();
                  char byte = 0;
                  const bool closed = ::read(socket, &byte, 0) == -1 && errno == EBADF;
                  const auto own = connect();  // and can open connections of its own
                  return closed && integer(*own, "SELECT 4") == 4;
              }),
              0);
    EXPECT_EQ(fetch_all(*arriving).size(), 999U);
    EXPECT_EQ(fetch_all(*stored).size(), 1000U);
    EXPECT_EQ(integer(*connection, "SELECT 5"), 5);
    connection->rollback();
}

TEST(MariadbFork, close_in_a_child_sends_nothing) {
    const auto connection = connect();
    EXPECT_EQ(in_child([&] {
                  connection->close();
                  return !connection->is_open();
              }),
              0);
    EXPECT_EQ(integer(*connection, "SELECT 6"), 6);
}

// In a child, because what libmariadb allocated is leaked on purpose.
TEST(MariadbFork, an_abandoned_connection_leaves_statements_that_may_still_be_destroyed) {
    EXPECT_EQ(in_child([] {
                  const auto connection = connect();
                  const auto statement = prepare(*connection, {.sql = "SELECT 1"});
                  connection->abandon();
                  return !connection->is_open() && !statement->is_valid() &&
                         caught<InterfaceError>([&] { statement->execute({}); }) != nullptr;
              }),
              0);
}

}  // namespace
