// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <dirent.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <tests/support/child_process.hpp>
#include <unistd.h>

#include <csignal>
#include <functional>

namespace {

using namespace sqlite_test;

/// Runs `work` in a child process and returns its result, or -1 where it died.
int in_child(const std::function<int()>& work) {
    const pid_t child = fork();
    if (child == 0) {
        int result = 99;
        try {
            result = work();
        } catch (...) {
            result = 98;
        }
        _exit(result);
    }
    int status = 0;
    if (waitpid(child, &status, 0) != child || !WIFEXITED(status)) return -1;
    return WEXITSTATUS(status);
}

int open_descriptors() {
    int count = 0;
    DIR* const directory = opendir("/proc/self/fd");
    if (directory == nullptr) return -1;
    while (readdir(directory) != nullptr) ++count;
    closedir(directory);
    return count;
}

class SqliteFork : public testing::Test {
  protected:
    SqliteFork() {
        connection->run("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (2), (3)");
    }
    TemporaryDirectory directory;
    std::string path = directory.file("a.db");
    ConnectionPtr connection = connect_file(path);
};

TEST_F(SqliteFork, R23_a_child_leaves_the_parents_transaction_alone) {
    connection->begin({});
    connection->run("INSERT INTO t VALUES (4)");
    auto select = prepare(*connection, "SELECT a FROM t");
    select->execute({});
    EXPECT_EQ(in_child([&] {
                  const int before = open_descriptors();
                  select.reset();
                  connection.reset();
                  return open_descriptors() == before ? 0 : 1;
              }),
              0);
    connection->commit();
    EXPECT_EQ(fetch_all(*select).size(), 4U);
    EXPECT_EQ(integer(*connect_file(path), "SELECT count(*) FROM t"), 4);
}

TEST_F(SqliteFork, R23_a_child_cannot_use_what_it_inherited) {
    const auto select = prepare(*connection, "SELECT a FROM t");
    EXPECT_EQ(in_child([&] {
                  const std::function<void()> uses[] = {
                      [&] { connection->run("DELETE FROM t"); },
                      [&] { connection->begin({}); },
                      [&] { connection->commit(); },
                      [&] { connection->rollback(); },
                      [&] { connection->ping(); },
                      [&] { (void)prepare(*connection, "SELECT 1"); },
                      [&] { select->execute({}); }};
                  int refused = 0;
                  for (const auto& use : uses)
                      if (caught<azoth::ForkedProcessError>(use)) ++refused;
                  return refused;
              }),
              7);
    EXPECT_EQ(integer(*connection, "SELECT count(*) FROM t"), 3);
}

TEST_F(SqliteFork, R23_abandoning_frees_nothing_and_ends_everything) {
    const auto select = prepare(*connection, "SELECT a FROM t");
    select->execute({});
    EXPECT_EQ(in_child([&] {
                  connection->abandon();
                  if (connection->is_open() || select->is_valid()) return 1;
                  ValueView cell;
                  if (select->fetch(&cell)) return 2;
                  select->reset();
                  connection->close();
                  connection->cancel();
                  return 0;
              }),
              0);
    EXPECT_EQ(fetch_all(*select).size(), 3U);
}

TEST_F(SqliteFork, R23_a_child_may_open_a_connection_of_its_own) {
    connection->begin({});
    connection->run("INSERT INTO t VALUES (4)");
    EXPECT_EQ(in_child([&] {
                  const auto own = azoth::sqlite::connect(
                      {.path = path, .busy_timeout = std::chrono::milliseconds(0)});
                  if (integer(*own, "SELECT count(*) FROM t") != 3) return 1;
                  return caught<azoth::OperationalError>([&] { own->run("DELETE FROM t"); }) ? 0
                                                                                             : 2;
              }),
              0);
    connection->commit();
    EXPECT_EQ(integer(*connection, "SELECT count(*) FROM t"), 4);
}

TEST_F(SqliteFork, R23_a_child_finds_free_what_its_parent_had_locked_at_the_fork) {
    const azoth::test::Messenger to_child;
    const azoth::test::Messenger to_parent;
    connection->begin({});
    connection->run("INSERT INTO t VALUES (4)");
    const pid_t child = azoth::test::start_child([&] {
        const auto own =
            azoth::sqlite::connect({.path = path, .busy_timeout = std::chrono::milliseconds(0)});
        EXPECT_TRUE(caught<azoth::OperationalError>([&] { own->run("DELETE FROM t"); }));
        to_parent.send("locked");
        EXPECT_EQ(to_child.receive(), "committed");
        own->run("DELETE FROM t WHERE a < 3");
    });
    EXPECT_EQ(to_parent.receive(), "locked");
    connection->commit();
    to_child.send("committed");
    EXPECT_TRUE(azoth::test::ended_well(child));
    EXPECT_EQ(integer(*connection, "SELECT count(*) FROM t"), 2);
}

TEST_F(SqliteFork, R23_a_childs_connection_holds_locks_of_its_own) {
    const azoth::test::Messenger to_child;
    const azoth::test::Messenger to_parent;
    const auto another = connect_file(path);  // all that is inherited is forgotten, not the last
    EXPECT_EQ(integer(*another, "SELECT count(*) FROM t"), 3);
    const pid_t child = azoth::test::start_child([&] {
        const auto own = connect_file(path);
        own->run("INSERT INTO t VALUES (4)");
        to_parent.send("inserted");
        EXPECT_EQ(to_child.receive(), "closed");
        own->run("INSERT INTO t VALUES (5)");
    });
    EXPECT_EQ(to_parent.receive(), "inserted");
    another->close();
    connection->close();
    // Whoever closes a database as the last one removes its WAL; the child would go on in a file
    // that nobody else finds.
    EXPECT_EQ(::access((path + "-wal").c_str(), F_OK), 0);
    to_child.send("closed");
    EXPECT_TRUE(azoth::test::ended_well(child));
    EXPECT_EQ(integer(*connect_file(path), "SELECT count(*) FROM t"), 5);
}

TEST_F(SqliteFork, R23_a_child_that_closes_its_connection_leaves_the_parents_locks_alone) {
    connection->begin({});
    connection->run("INSERT INTO t VALUES (4)");
    EXPECT_TRUE(azoth::test::in_child([&] {
        for (int i = 0; i < 3; ++i)
            EXPECT_EQ(integer(*connect_file(path), "SELECT count(*) FROM t"), 3);
    }));
    const auto other =
        azoth::sqlite::connect({.path = path, .busy_timeout = std::chrono::milliseconds(0)});
    EXPECT_TRUE(caught<azoth::OperationalError>([&] { other->run("DELETE FROM t"); }));
    connection->commit();
    EXPECT_EQ(integer(*other, "SELECT count(*) FROM t"), 4);
    EXPECT_EQ(integer(*other,
                      "SELECT count(*) FROM pragma_integrity_check WHERE "
                      "integrity_check <> 'ok'"),
              0);
}

// A write that the operating system refuses, in a process of its own because the limit is for all
// of its files.
TEST(SqliteFaults, a_failing_disk_is_an_operational_error_and_loses_nothing_committed) {
    const TemporaryDirectory directory;
    for (const bool wal : {true, false}) {
        const std::string path = directory.file(wal ? "wal.db" : "journal.db");
        {
            const auto connection = azoth::sqlite::connect({.path = path, .wal = wal});
            connection->run(
                "CREATE TABLE IF NOT EXISTS t (a TEXT); DELETE FROM t; INSERT INTO t VALUES (1)");
        }
        EXPECT_EQ(in_child([&] {
                      const auto own = azoth::sqlite::connect({.path = path, .wal = wal});
                      own->run("PRAGMA cache_size = 10");
                      signal(SIGXFSZ, SIG_IGN);
                      const rlimit limit{200'000, 200'000};
                      if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 1;
                      own->begin({});
                      const auto error = caught<azoth::OperationalError>([&] {
                          own->run(
                              "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n "
                              "WHERE i < 10000) INSERT INTO t SELECT hex(randomblob(50)) FROM n");
                          own->commit();
                      });
                      if (!error) return 2;
                      if (!own->in_transaction()) return 3;
                      own->rollback();
                      if (own->in_transaction()) return 4;
                      return integer(*own, "SELECT count(*) FROM t") == 1 ? 0 : 5;
                  }),
                  0);
        const auto connection = azoth::sqlite::connect({.path = path, .wal = wal});
        EXPECT_EQ(integer(*connection, "SELECT count(*) FROM t"), 1);
        EXPECT_EQ(to_string(scalar(*connection, "PRAGMA integrity_check")), "'ok'");
    }
}

}  // namespace
