// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/dialects/sqlite/errors.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>

namespace {

using namespace sqlite_test;
using azoth::DriverFault;
using azoth::Poisoned;
using testing::HasSubstr;

class SqliteErrors : public testing::Test {
  protected:
    SqliteErrors() {
        connection->run(
            "CREATE TABLE p (id INTEGER PRIMARY KEY);"
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL DEFAULT 'x', b TEXT, c INTEGER"
            " CONSTRAINT \"c is small\" CHECK (c < 10), d INTEGER REFERENCES p(id), UNIQUE (a, b));"
            "CREATE UNIQUE INDEX \"by size\" ON t (abs(c));"
            "CREATE TABLE s (n INTEGER) STRICT");
    }
    template <typename E>
    DriverFault fault(std::string_view sql) {
        const auto error = caught<E>([&] { connection->run(sql); });
        EXPECT_TRUE(error) << sql;
        return error ? error->fault() : DriverFault{};
    }
    ConnectionPtr connection = connect_memory();
};

TEST_F(SqliteErrors, violated_constraints_say_which_and_where) {
    using azoth::IntegrityError;
    connection->run("INSERT INTO t (id, a, b) VALUES (1, 'a', 'b')");
    auto unique = fault<IntegrityError>("INSERT INTO t (a, b) VALUES ('a', 'b')");
    EXPECT_EQ(unique.native_code, SQLITE_CONSTRAINT_UNIQUE);
    EXPECT_EQ(unique.table, "t");
    EXPECT_EQ(unique.column, "a, b");
    EXPECT_THAT(unique.message, HasSubstr("[SQLITE_CONSTRAINT_UNIQUE]"));
    auto key = fault<IntegrityError>("INSERT INTO t (id, a) VALUES (1, 'z')");
    EXPECT_EQ(key.native_code, SQLITE_CONSTRAINT_PRIMARYKEY);
    EXPECT_EQ(key.table, "t");
    EXPECT_EQ(key.column, "id");
    connection->run("INSERT INTO t (c) VALUES (1)");
    auto index = fault<IntegrityError>("INSERT INTO t (c) VALUES (-1)");
    EXPECT_EQ(index.constraint, "by size");
    auto not_null = fault<IntegrityError>("INSERT INTO t (a) VALUES (NULL)");
    EXPECT_EQ(not_null.native_code, SQLITE_CONSTRAINT_NOTNULL);
    EXPECT_EQ(not_null.table, "t");
    EXPECT_EQ(not_null.column, "a");
    auto check = fault<IntegrityError>("INSERT INTO t (c) VALUES (10)");
    EXPECT_EQ(check.native_code, SQLITE_CONSTRAINT_CHECK);
    EXPECT_EQ(check.constraint, "c is small");
    EXPECT_EQ(check.table, "");
    auto foreign = fault<IntegrityError>("INSERT INTO t (d) VALUES (1)");
    EXPECT_EQ(foreign.native_code, SQLITE_CONSTRAINT_FOREIGNKEY);
    connection->run("CREATE TRIGGER no BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 'never'); END");
    auto trigger = fault<IntegrityError>("DELETE FROM t");
    EXPECT_THAT(trigger.message, HasSubstr("never [SQLITE_CONSTRAINT_TRIGGER]"));
}

TEST_F(SqliteErrors, values_of_the_wrong_type_are_data_errors) {
    auto strict = fault<azoth::DataError>("INSERT INTO s VALUES ('x')");
    EXPECT_EQ(strict.table, "s");
    EXPECT_EQ(strict.column, "n");
    auto rowid = fault<azoth::DataError>("INSERT INTO t (id) VALUES ('x')");
    EXPECT_EQ(rowid.native_code, SQLITE_MISMATCH);
    fault<azoth::DataError>("SELECT abs(-9223372036854775807 - 1)");
    fault<azoth::DataError>("SELECT sum(a) FROM (SELECT 9223372036854775807 a UNION ALL SELECT 1)");
    fault<azoth::DataError>("SELECT json('{')");
}

TEST_F(SqliteErrors, wrong_sql_is_a_programming_error) {
    for (const char* sql : {"SELEC 1", "SELECT * FROM missing", "SELECT missing FROM t",
                            "CREATE TABLE t (a)", "SELECT id FROM t, p", "SELECT nothing(1)",
                            "INSERT INTO t (a) VALUES (1, 2)", "RELEASE missing"}) {
        const auto error = fault<azoth::ProgrammingError>(sql);
        EXPECT_EQ(error.native_code & 0xff, SQLITE_ERROR);
        EXPECT_EQ(error.poisoned, Poisoned::nothing);
    }
    EXPECT_THAT(fault<azoth::ProgrammingError>("SELECT id,\nmissing FROM t").message,
                HasSubstr("no such column: missing (at byte 11)"));
}

TEST_F(SqliteErrors, carry_the_statement_and_its_parameters) {
    query(*connection, "INSERT INTO t (id) VALUES (?)", {number(5)});
    const auto error = caught<azoth::IntegrityError>([&] {
        query(*connection, "INSERT INTO t (id, b) VALUES (?, ?)", {number(5), text("O'Hara")});
    });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->statement(), "INSERT INTO t (id, b) VALUES (?, ?)");
    EXPECT_EQ(error->parameters(), "(5, 'O''Hara')");
}

TEST_F(SqliteErrors, of_rows_fetched_later_carry_the_parameters_too) {
    const auto select = prepare(*connection, "SELECT ?1 UNION ALL SELECT abs(?2) ", {Kind::null});
    {
        const std::string gone = "a parameter that is gone by then";
        select->execute(std::vector{text(gone), number(std::numeric_limits<std::int64_t>::min())});
    }
    (void)fetch_row(*select);
    const auto error = caught<azoth::DataError>([&] { (void)fetch_row(*select); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->parameters(), "('a parameter that is gone by then', -9223372036854775808)");
}

TEST_F(SqliteErrors, constraint_messages_are_read_whatever_they_say) {
    const auto parsed = [](std::string_view message) {
        DriverFault fault;
        azoth::sqlite::read_constraint(message, fault);
        return fault.constraint + "|" + fault.table + "|" + fault.column;
    };
    EXPECT_EQ(parsed("UNIQUE constraint failed: t.a"), "|t|a");
    EXPECT_EQ(parsed("UNIQUE constraint failed: t.a, t.b, t.c"), "|t|a, b, c");
    EXPECT_EQ(parsed("UNIQUE constraint failed: index 'i'"), "i||");
    EXPECT_EQ(parsed("CHECK constraint failed: a.b < 3"), "a.b < 3||");
    EXPECT_EQ(parsed("FOREIGN KEY constraint failed"), "||");
    EXPECT_EQ(parsed("UNIQUE constraint failed: "), "||");
    EXPECT_EQ(parsed("UNIQUE constraint failed: nodot"), "||");
    EXPECT_EQ(parsed("cannot store TEXT value in INTEGER column s.n"), "|s|n");
    EXPECT_EQ(parsed(""), "||");
}

TEST_F(SqliteErrors, codes_have_their_names) {
    using azoth::sqlite::code_name;
    EXPECT_EQ(code_name(SQLITE_BUSY), "SQLITE_BUSY");
    EXPECT_EQ(code_name(SQLITE_IOERR_FSYNC), "SQLITE_IOERR_FSYNC");
    EXPECT_EQ(code_name(SQLITE_IOERR | 250 << 8), "SQLITE_IOERR");
    EXPECT_EQ(code_name(77), "unknown SQLite code");
}

TEST_F(SqliteErrors, every_code_has_its_class) {
    using azoth::driver::ErrorClass;
    using azoth::sqlite::Phase;
    const auto class_of = [](int code, Phase phase = Phase::run) {
        return azoth::sqlite::describe_failure(nullptr, code, phase).error_class;
    };
    for (const int code : {SQLITE_BUSY, SQLITE_LOCKED, SQLITE_IOERR_READ, SQLITE_FULL,
                           SQLITE_CANTOPEN, SQLITE_NOTADB, SQLITE_READONLY_DBMOVED,
                           SQLITE_INTERRUPT, SQLITE_NOMEM, SQLITE_PROTOCOL, SQLITE_ABORT})
        EXPECT_EQ(class_of(code), ErrorClass::operational) << code;
    EXPECT_EQ(class_of(SQLITE_ERROR, Phase::prepare), ErrorClass::programming);
    EXPECT_EQ(class_of(SQLITE_ERROR, Phase::open), ErrorClass::operational);
    EXPECT_EQ(class_of(SQLITE_AUTH), ErrorClass::programming);
    EXPECT_EQ(class_of(SQLITE_CONSTRAINT_CHECK), ErrorClass::integrity);
    EXPECT_EQ(class_of(SQLITE_CONSTRAINT_DATATYPE), ErrorClass::data);
    for (const int code : {SQLITE_TOOBIG, SQLITE_MISMATCH, SQLITE_RANGE})
        EXPECT_EQ(class_of(code), ErrorClass::data) << code;
    EXPECT_EQ(class_of(SQLITE_MISUSE), ErrorClass::interface);
    EXPECT_EQ(class_of(SQLITE_INTERNAL), ErrorClass::internal);
    EXPECT_EQ(class_of(SQLITE_CORRUPT_INDEX), ErrorClass::database);
    EXPECT_EQ(class_of(250), ErrorClass::database);
    const auto moved =
        azoth::sqlite::describe_failure(nullptr, SQLITE_READONLY_DBMOVED, Phase::run);
    EXPECT_EQ(moved.fault.poisoned, Poisoned::connection);
}

// --- what can go wrong outside

TEST(SqliteFaults, a_full_disk_is_an_operational_error_and_the_transaction_goes_on) {
    const TemporaryDirectory directory;
    const auto connection = connect_file(directory.file("a.db"));
    connection->run("CREATE TABLE t (a TEXT); PRAGMA max_page_count = 10");
    connection->begin({});
    connection->run("INSERT INTO t VALUES ('small')");
    const std::string large(100'000, 'x');
    const auto error = caught<azoth::OperationalError>(
        [&] { query(*connection, "INSERT INTO t VALUES (?)", {text(large)}); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("SQLITE_FULL"));
    if (error->poisoned() == Poisoned::nothing) {
        connection->commit();
        EXPECT_EQ(integer(*connection, "SELECT count(*) FROM t"), 1);
    } else {
        EXPECT_EQ(error->poisoned(), Poisoned::transaction);
        EXPECT_THROW(connection->commit(), azoth::OperationalError);
        connection->rollback();
        EXPECT_EQ(integer(*connection, "SELECT count(*) FROM t"), 0);
    }
}

TEST(SqliteFaults, a_corrupt_file_is_a_database_error) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("a.db");
    {
        const auto connection = azoth::sqlite::connect({.path = path, .wal = false});
        connection->run(
            "CREATE TABLE t (a TEXT); WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 "
            "FROM n WHERE i < 2000) INSERT INTO t SELECT 'some text ' || i FROM n");
    }
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    const auto size = std::filesystem::file_size(path);
    for (std::size_t page = 4096; page < size; page += 4096) {
        file.seekp(static_cast<std::streamoff>(page));
        file << std::string(200, '\xee');
    }
    file.close();
    const auto connection = azoth::sqlite::connect({.path = path, .wal = false});
    const auto error = caught<azoth::DatabaseError>([&] { query(*connection, "SELECT * FROM t"); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("SQLITE_CORRUPT"));
}

TEST(SqliteFaults, a_write_protected_database_is_read_and_not_written) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("a.db");
    azoth::sqlite::connect({.path = path, .wal = false})->run("CREATE TABLE t (a INTEGER)");
    // immutable media: what SQLite sees of a file system that is mounted read-only
    const auto connection =
        azoth::sqlite::connect({.path = "file:" + path + "?immutable=1", .uri = true});
    EXPECT_EQ(integer(*connection, "SELECT count(*) FROM t"), 0);
    const auto error =
        caught<azoth::OperationalError>([&] { connection->run("INSERT INTO t VALUES (1)"); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault().native_code & 0xff, SQLITE_READONLY);
}

TEST(SqliteFaults, a_moved_file_poisons_the_connection) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("a.db");
    const auto connection = azoth::sqlite::connect({.path = path, .wal = false});
    connection->run("CREATE TABLE t (a INTEGER)");
    std::filesystem::rename(path, directory.file("b.db"));
    const auto error =
        caught<azoth::OperationalError>([&] { connection->run("INSERT INTO t VALUES (1)"); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("SQLITE_READONLY_DBMOVED"));
    EXPECT_TRUE(error->connection_invalidated());
}

TEST(SqliteFaults, a_lack_of_memory_is_an_operational_error) {
    const auto connection = connect_memory();
    connection->run("CREATE TABLE t (a BLOB)");
    const auto limit = sqlite3_hard_heap_limit64(-1);
    sqlite3_hard_heap_limit64(sqlite3_memory_used() + 200'000);
    const auto error = caught<azoth::OperationalError>(
        [&] { connection->run("INSERT INTO t VALUES (zeroblob(50000000))"); });
    sqlite3_hard_heap_limit64(limit);
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("SQLITE_NOMEM"));
    connection->run("INSERT INTO t VALUES (1)");
    EXPECT_EQ(integer(*connection, "SELECT count(*) FROM t"), 1);
}

}  // namespace
