// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

namespace {

using namespace sqlite_test;
using azoth::OperationalError;
using azoth::Poisoned;
using azoth::driver::BeginOptions;
using azoth::sqlite::BeginMode;
using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr BeginOptions reading{.for_writing = false, .isolation_level = {}};
constexpr BeginOptions writing{.for_writing = true, .isolation_level = {}};

class SqliteTransaction : public testing::Test {
  protected:
    SqliteTransaction() {
        connection->run("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE)");
    }
    ConnectionPtr another(BeginMode mode = BeginMode::automatic, bool wal = true) {
        return azoth::sqlite::connect(
            {.path = path, .busy_timeout = 0ms, .wal = wal, .begin_mode = mode});
    }
    static std::int64_t count(azoth::driver::Connection& on) {
        return integer(on, "SELECT count(*) FROM t");
    }
    static bool may_write(azoth::driver::Connection& on) {
        return !caught<OperationalError>([&] { on.run("INSERT INTO t DEFAULT VALUES"); });
    }

    TemporaryDirectory directory;
    std::string path = directory.file("a.db");
    ConnectionPtr connection = another();
};

TEST_F(SqliteTransaction, commit_keeps_and_rollback_undoes) {
    EXPECT_FALSE(connection->in_transaction());
    connection->begin(writing);
    EXPECT_TRUE(connection->in_transaction());
    connection->run("INSERT INTO t DEFAULT VALUES");
    connection->commit();
    EXPECT_FALSE(connection->in_transaction());
    connection->begin(writing);
    connection->run("INSERT INTO t DEFAULT VALUES");
    connection->rollback();
    EXPECT_FALSE(connection->in_transaction());
    EXPECT_EQ(count(*connection), 1);
}

TEST_F(SqliteTransaction, begin_and_commit_may_be_repeated) {
    for (int i = 0; i < 100; ++i) {
        connection->begin(i % 2 == 0 ? writing : reading);
        connection->run("INSERT INTO t DEFAULT VALUES");
        connection->commit();
    }
    EXPECT_EQ(count(*connection), 100);
}

TEST_F(SqliteTransaction, nesting_or_ending_what_is_not_open_is_an_error) {
    EXPECT_THROW(connection->commit(), azoth::ProgrammingError);
    EXPECT_THROW(connection->rollback(), azoth::ProgrammingError);
    connection->begin(writing);
    const auto error = caught<azoth::ProgrammingError>([&] { connection->begin(writing); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("savepoint"));
    connection->rollback();
}

TEST_F(SqliteTransaction, beginning_for_writing_takes_the_write_lock_at_once) {
    const auto other = another();
    connection->begin(writing);
    EXPECT_FALSE(may_write(*other));
    EXPECT_EQ(count(*other), 0);  // reading goes on
    connection->rollback();
    connection->begin(reading);
    EXPECT_TRUE(may_write(*other));
    connection->rollback();
}

TEST_F(SqliteTransaction, the_begin_mode_overrides_what_the_first_statement_does) {
    const auto other = another();
    const auto deferred = another(BeginMode::deferred);
    deferred->begin(writing);
    EXPECT_TRUE(may_write(*other));
    deferred->rollback();
    const auto immediate = another(BeginMode::immediate);
    immediate->begin(reading);
    EXPECT_FALSE(may_write(*other));
    immediate->rollback();
}

TEST_F(SqliteTransaction, exclusive_keeps_readers_out_of_a_database_without_wal) {
    path = directory.file("b.db");
    const auto exclusive = another(BeginMode::exclusive, false);
    exclusive->run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    const auto other = another(BeginMode::automatic, false);
    exclusive->begin(reading);
    EXPECT_THROW((void)count(*other), OperationalError);
    exclusive->rollback();
    EXPECT_EQ(count(*other), 0);
}

TEST_F(SqliteTransaction, a_read_transaction_keeps_its_view) {
    const auto other = another();
    connection->begin(reading);
    EXPECT_EQ(count(*connection), 0);
    other->run("INSERT INTO t DEFAULT VALUES");
    EXPECT_EQ(count(*connection), 0);
    connection->commit();
    EXPECT_EQ(count(*connection), 1);
}

TEST_F(SqliteTransaction, writing_behind_somebody_elses_write_poisons_the_transaction) {
    const auto other = another();
    connection->begin(reading);
    EXPECT_EQ(count(*connection), 0);
    other->run("INSERT INTO t DEFAULT VALUES");
    const auto error =
        caught<OperationalError>([&] { connection->run("INSERT INTO t DEFAULT VALUES"); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("SQLITE_BUSY_SNAPSHOT"));
    EXPECT_THAT(error->what(), HasSubstr("begin it for writing"));
    EXPECT_EQ(error->poisoned(), Poisoned::transaction);
    connection->rollback();
    connection->begin(writing);
    EXPECT_TRUE(may_write(*connection));
    connection->commit();
}

TEST_F(SqliteTransaction, a_locked_database_is_an_error_that_names_the_timeout) {
    const auto other = azoth::sqlite::connect({.path = path, .busy_timeout = 30ms});
    connection->begin(writing);
    const auto start = std::chrono::steady_clock::now();
    const auto error = caught<OperationalError>([&] { other->begin(writing); });
    const auto waited = std::chrono::steady_clock::now() - start;
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("database is locked [SQLITE_BUSY]"));
    EXPECT_THAT(error->what(), HasSubstr("the busy timeout is 30 ms"));
    EXPECT_EQ(error->poisoned(), Poisoned::nothing);
    EXPECT_FALSE(other->in_transaction());
    EXPECT_GE(waited, 30ms);
    EXPECT_LT(waited, 3s);
    connection->commit();
    EXPECT_NO_THROW(other->begin(writing));
}

TEST_F(SqliteTransaction, a_failed_statement_leaves_the_transaction_usable) {
    connection->begin(writing);
    connection->run("INSERT INTO t VALUES (1, 'a')");
    const auto error = caught<azoth::IntegrityError>(
        [&] { connection->run("INSERT INTO t VALUES (2, 'b'), (3, 'a')"); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->poisoned(), Poisoned::nothing);
    EXPECT_TRUE(connection->in_transaction());
    connection->commit();
    EXPECT_EQ(count(*connection), 1);
}

TEST_F(SqliteTransaction, what_sqlite_rolled_back_by_itself_must_be_rolled_back_before_going_on) {
    connection->begin(writing);
    connection->run("INSERT INTO t VALUES (1, 'a')");
    const auto insert = prepare(*connection, "INSERT INTO t VALUES (5, 'e')");
    const auto error = caught<azoth::IntegrityError>(
        [&] { connection->run("INSERT OR ROLLBACK INTO t VALUES (2, 'a')"); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->poisoned(), Poisoned::transaction);
    EXPECT_THAT(error->what(), HasSubstr("SQLite has rolled the transaction back"));
    EXPECT_TRUE(connection->in_transaction());
    // outside the transaction these would be committed one by one
    for (const auto& use : std::vector<std::function<void()>>{
             [&] { connection->run("INSERT INTO t VALUES (3, 'c')"); },
             [&] { insert->execute({}); }, [&] { connection->commit(); },
             [&] { connection->begin(writing); },
             [&] { (void)prepare(*connection, "SELECT 1"); }}) {
        const auto refused = caught<OperationalError>(use);
        ASSERT_TRUE(refused);
        EXPECT_THAT(refused->what(), HasSubstr("UNIQUE constraint failed: t.name"));
        EXPECT_EQ(refused->poisoned(), Poisoned::transaction);
    }
    connection->rollback();
    EXPECT_FALSE(connection->in_transaction());
    EXPECT_EQ(count(*connection), 0);
    insert->execute({});
    EXPECT_EQ(count(*connection), 1);
}

TEST_F(SqliteTransaction, a_commit_that_a_constraint_refuses_leaves_the_transaction_open) {
    connection->run("CREATE TABLE c (t INTEGER REFERENCES t(id) DEFERRABLE INITIALLY DEFERRED)");
    connection->begin(writing);
    connection->run("INSERT INTO c VALUES (1)");
    const auto error = caught<azoth::IntegrityError>([&] { connection->commit(); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("FOREIGN KEY"));
    EXPECT_EQ(error->statement(), "COMMIT");
    EXPECT_TRUE(connection->in_transaction());
    connection->run("INSERT INTO t (id) VALUES (1)");
    connection->commit();
    EXPECT_EQ(count(*connection), 1);
}

TEST_F(SqliteTransaction, a_commit_that_waits_for_readers_in_vain_may_be_tried_again) {
    path = directory.file("b.db");
    const auto writer = another(BeginMode::automatic, false);
    writer->run("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2)");
    const auto reader = another(BeginMode::automatic, false);
    reader->begin(reading);
    EXPECT_EQ(count(*reader), 2);
    writer->begin(writing);
    writer->run("DELETE FROM t");
    const auto error = caught<OperationalError>([&] { writer->commit(); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->poisoned(), Poisoned::nothing);
    EXPECT_TRUE(writer->in_transaction());
    reader->commit();
    writer->commit();
    EXPECT_EQ(count(*reader), 0);
}

TEST_F(SqliteTransaction, savepoints_undo_a_part) {
    connection->begin(writing);
    connection->run("INSERT INTO t VALUES (1, 'a')");
    connection->run("SAVEPOINT \"a \"\"b\"");
    connection->run("INSERT INTO t VALUES (2, 'b')");
    connection->run("ROLLBACK TO \"a \"\"b\"");
    connection->run("RELEASE \"a \"\"b\"");
    connection->commit();
    EXPECT_EQ(count(*connection), 1);
    EXPECT_THROW(connection->run("RELEASE nothing"), azoth::ProgrammingError);
}

TEST_F(SqliteTransaction, knows_the_isolation_levels_of_sqlite) {
    for (const char* level : {"", "SERIALIZABLE", "serializable", "READ UNCOMMITTED",
                              "READ_UNCOMMITTED", "read uncommitted"}) {
        connection->begin({.for_writing = false, .isolation_level = level});
        const bool uncommitted = std::string_view(level).find_first_of("uU") == 5 ||
                                 std::string_view(level).starts_with("READ") ||
                                 std::string_view(level).starts_with("read");
        EXPECT_EQ(integer(*connection, "PRAGMA read_uncommitted"), uncommitted ? 1 : 0) << level;
        connection->rollback();
    }
    connection->begin(reading);  // without a level, the connection's default is back
    EXPECT_EQ(integer(*connection, "PRAGMA read_uncommitted"), 0);
    connection->rollback();
    for (const char* level : {"REPEATABLE READ", "AUTOCOMMIT", "SERIALIZABLE; DROP TABLE t"}) {
        const auto error = caught<azoth::ArgumentError>(
            [&] { connection->begin({.for_writing = false, .isolation_level = level}); });
        ASSERT_TRUE(error) << level;
        EXPECT_THAT(error->what(), HasSubstr("SERIALIZABLE and READ UNCOMMITTED"));
        EXPECT_FALSE(connection->in_transaction());
    }
}

TEST_F(SqliteTransaction, writers_in_many_threads_wait_for_each_other) {
    std::atomic<int> failures{0};
    std::vector<std::jthread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            const auto own = connect_file(path);
            for (int k = 0; k < 25; ++k) {
                try {
                    own->begin(writing);
                    own->run("INSERT INTO t DEFAULT VALUES");
                    own->commit();
                } catch (const azoth::Error&) {
                    ++failures;
                }
            }
        });
    }
    threads.clear();
    EXPECT_EQ(failures, 0);
    EXPECT_EQ(count(*connection), 100);
}

}  // namespace
