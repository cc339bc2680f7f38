// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

namespace {

using namespace sqlite_test;
using azoth::sqlite::ConnectOptions;
using testing::HasSubstr;

TEST(SqliteConnect, opens_a_database_in_memory_by_default_and_by_name) {
    for (const char* path : {"", ":memory:"}) {
        const auto connection = azoth::sqlite::connect({.path = path});
        ASSERT_TRUE(connection->is_open());
        EXPECT_EQ(to_string(scalar(*connection, "PRAGMA journal_mode")), "'memory'");
        EXPECT_NE(connection->native_handle(), nullptr);
    }
}

TEST(SqliteConnect, two_databases_in_memory_are_two) {
    const auto one = connect_memory();
    const auto other = connect_memory();
    one->run("CREATE TABLE t (a INTEGER)");
    EXPECT_EQ(integer(*other, "SELECT count(*) FROM sqlite_schema"), 0);
}

TEST(SqliteConnect, R27_is_safe_by_default) {
    const TemporaryDirectory directory;
    const auto connection = connect_file(directory.file("a.db"));
    EXPECT_EQ(integer(*connection, "PRAGMA foreign_keys"), 1);
    EXPECT_EQ(to_string(scalar(*connection, "PRAGMA journal_mode")), "'wal'");
    // a misspelled name in double quotes is an error, not a string
    connection->run("CREATE TABLE t (name TEXT)");
    EXPECT_THROW(query(*connection, R"(SELECT * FROM t WHERE "nmae" = 'x')"),
                 azoth::ProgrammingError);
    EXPECT_THROW(connection->run(R"(CREATE TABLE u (a TEXT CHECK (a <> "x")))"),
                 azoth::ProgrammingError);
}

TEST(SqliteConnect, R27_foreign_keys_are_enforced_unless_switched_off) {
    constexpr auto schema =
        "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p INTEGER REFERENCES p(id))";
    const auto strict = connect_memory();
    strict->run(schema);
    EXPECT_THROW(strict->run("INSERT INTO c VALUES (1)"), azoth::IntegrityError);
    const auto lax = azoth::sqlite::connect({.foreign_keys = false});
    lax->run(schema);
    EXPECT_NO_THROW(lax->run("INSERT INTO c VALUES (1)"));
}

TEST(SqliteConnect, leaves_the_journal_alone_without_wal) {
    const TemporaryDirectory directory;
    const auto connection = azoth::sqlite::connect({.path = directory.file("a.db"), .wal = false});
    EXPECT_EQ(to_string(scalar(*connection, "PRAGMA journal_mode")), "'delete'");
}

TEST(SqliteConnect, sets_synchronous) {
    using azoth::sqlite::Synchronous;
    const std::pair<Synchronous, int> expected[] = {{Synchronous::as_built, 2},
                                                    {Synchronous::off, 0},
                                                    {Synchronous::normal, 1},
                                                    {Synchronous::full, 2},
                                                    {Synchronous::extra, 3}};
    for (const auto& [synchronous, level] : expected) {
        const auto connection = azoth::sqlite::connect({.synchronous = synchronous});
        EXPECT_EQ(integer(*connection, "PRAGMA synchronous"), level);
    }
}

TEST(SqliteConnect, a_missing_file_is_created_unless_that_is_refused) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("missing.db");
    for (const ConnectOptions& options : {ConnectOptions{.path = path, .create = false},
                                          ConnectOptions{.path = path, .read_only = true}}) {
        const auto error =
            caught<azoth::OperationalError>([&] { (void)azoth::sqlite::connect(options); });
        ASSERT_TRUE(error);
        EXPECT_THAT(error->what(), HasSubstr(path));
        EXPECT_THAT(error->what(), HasSubstr("SQLITE_CANTOPEN"));
        EXPECT_EQ(error->poisoned(), azoth::Poisoned::connection);
        EXPECT_FALSE(std::filesystem::exists(path));
    }
    connect_file(path)->run("CREATE TABLE t (a)");
    EXPECT_TRUE(std::filesystem::exists(path));
}

TEST(SqliteConnect, a_read_only_connection_reads_and_refuses_to_write) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("a.db");
    connect_file(path)->run("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (7)");
    const auto connection = azoth::sqlite::connect({.path = path, .read_only = true});
    EXPECT_EQ(integer(*connection, "SELECT a FROM t"), 7);
    const auto error =
        caught<azoth::OperationalError>([&] { connection->run("INSERT INTO t VALUES (8)"); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("readonly"));
}

TEST(SqliteConnect, a_file_that_is_no_database_is_found_at_once) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("text.db");
    std::ofstream(path) << std::string(5000, 'x');
    const auto error = caught<azoth::OperationalError>([&] { (void)connect_file(path); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("file is not a database [SQLITE_NOTADB]"));
    EXPECT_THAT(error->what(), HasSubstr(path));
}

TEST(SqliteConnect, a_directory_or_a_missing_directory_is_an_operational_error) {
    const TemporaryDirectory directory;
    EXPECT_THROW((void)connect_file(directory.path()), azoth::OperationalError);
    EXPECT_THROW((void)connect_file(directory.file("no/such/directory/a.db")),
                 azoth::OperationalError);
}

TEST(SqliteConnect, a_name_that_looks_like_a_uri_is_a_file_without_the_uri_option) {
    const TemporaryDirectory directory;
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(directory.path());
    connect_file("file:x?mode=memory")->run("CREATE TABLE t (a)");
    connect_file(":odd:")->run("CREATE TABLE t (a)");
    std::filesystem::current_path(before);
    EXPECT_TRUE(std::filesystem::exists(directory.file("file:x?mode=memory")));
    EXPECT_TRUE(std::filesystem::exists(directory.file(":odd:")));
}

TEST(SqliteConnect, a_uri_shares_a_database_in_memory) {
    const ConnectOptions options{.path = "file:shared_by_test?mode=memory&cache=shared",
                                 .uri = true};
    const auto one = azoth::sqlite::connect(options);
    const auto other = azoth::sqlite::connect(options);
    one->run("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (3)");
    EXPECT_EQ(integer(*other, "SELECT a FROM t"), 3);
}

TEST(SqliteConnect, refuses_options_that_cannot_be) {
    EXPECT_THROW((void)azoth::sqlite::connect({.path = "a.db", .uri = true}), azoth::ArgumentError);
    EXPECT_THROW((void)azoth::sqlite::connect({.path = std::string("a\0b", 3)}),
                 azoth::ArgumentError);
    EXPECT_THROW((void)azoth::sqlite::connect({.busy_timeout = std::chrono::milliseconds(-1)}),
                 azoth::ArgumentError);
}

TEST(SqliteConnect, many_threads_may_open_a_new_file_at_once) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("a.db");
    std::atomic<int> opened{0};
    std::vector<std::jthread> threads;
    threads.reserve(8);
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            const auto connection = connect_file(path);
            connection->run("CREATE TABLE IF NOT EXISTS t (a INTEGER)");
            connection->run("INSERT INTO t VALUES (1)");
            ++opened;
        });
    }
    threads.clear();
    EXPECT_EQ(opened, 8);
    EXPECT_EQ(integer(*connect_file(path), "SELECT count(*) FROM t"), 8);
}

TEST(SqliteConnect, tells_the_version_of_the_library) {
    const auto connection = connect_memory();
    const int version = connection->server_version();
    const std::string text = std::to_string(version / 10000) + "." +
                             std::to_string(version / 100 % 100) + "." +
                             std::to_string(version % 100);
    EXPECT_EQ(to_string(scalar(*connection, "SELECT sqlite_version()")), "'" + text + "'");
}

TEST(SqliteConnect, ping_notices_that_the_file_is_gone) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("a.db");
    const auto connection = connect_file(path);
    EXPECT_NO_THROW(connection->ping());
    EXPECT_NO_THROW(connect_memory()->ping());
    std::filesystem::remove(path);
    const auto error = caught<azoth::OperationalError>([&] { connection->ping(); });
    ASSERT_TRUE(error);
    EXPECT_TRUE(error->connection_invalidated());
}

TEST(SqliteConnect, a_closed_connection_says_so) {
    const auto connection = connect_memory();
    connection->close();
    EXPECT_FALSE(connection->is_open());
    EXPECT_NO_THROW(connection->close());
    EXPECT_NO_THROW(connection->cancel());
    EXPECT_THROW(connection->ping(), azoth::OperationalError);
    for (const auto& use : std::vector<std::function<void()>>{
             [&] { connection->run("SELECT 1"); }, [&] { (void)prepare(*connection, "SELECT 1"); },
             [&] { connection->begin({}); }, [&] { connection->commit(); },
             [&] { connection->rollback(); }, [&] { (void)connection->last_insert_id(); }}) {
        const auto error = caught<azoth::InterfaceError>(use);
        ASSERT_TRUE(error);
        EXPECT_THAT(error->what(), HasSubstr("closed"));
        EXPECT_TRUE(error->connection_invalidated());
    }
}

TEST(SqliteConnect, closing_rolls_back_what_was_not_committed) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("a.db");
    const auto connection = connect_file(path);
    connection->run("CREATE TABLE t (a INTEGER)");
    connection->begin({});
    connection->run("INSERT INTO t VALUES (1)");
    connection->close();
    EXPECT_EQ(integer(*connect_file(path), "SELECT count(*) FROM t"), 0);
}

TEST(SqliteConnect, a_statement_survives_its_closed_connection_without_harm) {
    auto connection = connect_memory();
    const auto idle = prepare(*connection, "SELECT 1");
    const auto running = prepare(*connection,
                                 "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n "
                                 "WHERE i < 5) SELECT i FROM n");
    running->execute({});
    EXPECT_EQ(to_string(fetch_row(*running)[0]), "1");
    connection->close();
    EXPECT_FALSE(idle->is_valid());
    EXPECT_THROW(idle->execute({}), azoth::InterfaceError);
    EXPECT_EQ(fetch_all(*running).size(), 4U);  // R21: they were read when it closed
    connection.reset();
    EXPECT_NO_THROW(idle->reset());
}

}  // namespace
