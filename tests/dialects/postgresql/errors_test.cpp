// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <thread>

// R26: each class of errors, provoked for real, with what the server tells about it.

namespace {

using namespace postgresql_test;
using azoth::Poisoned;
using testing::HasSubstr;

class PostgresqlErrors : public testing::Test {
  protected:
    void SetUp() override {
        connection->run(
            "DROP TABLE IF EXISTS child, parent;"
            "CREATE TABLE parent (id int PRIMARY KEY, name text NOT NULL, age int CHECK (age >= "
            "0));"
            "CREATE TABLE child (id int PRIMARY KEY, parent_id int CONSTRAINT child_of_parent "
            "REFERENCES parent);"
            "INSERT INTO parent VALUES (1, 'one', 1)");
    }
    void TearDown() override { connect()->run("DROP TABLE child, parent"); }

    template <typename E>
    std::unique_ptr<E> failure(std::string_view sql) {
        return caught<E>([&] { query(*connection, sql); });
    }

    ConnectionPtr connection = connect();
};

TEST_F(PostgresqlErrors, R26_integrity_errors_name_constraint_table_and_column) {
    const auto unique = failure<azoth::IntegrityError>("INSERT INTO parent VALUES (1, 'x', 1)");
    ASSERT_TRUE(unique);
    EXPECT_EQ(unique->sqlstate(), "23505");
    EXPECT_EQ(unique->fault().constraint, "parent_pkey");
    EXPECT_EQ(unique->fault().table, "parent");
    EXPECT_EQ(unique->poisoned(), Poisoned::nothing);
    EXPECT_THAT(unique->what(), HasSubstr("duplicate key value violates unique constraint"));
    EXPECT_THAT(unique->what(), HasSubstr("DETAIL: Key (id)=(1) already exists."));
    EXPECT_THAT(unique->what(), HasSubstr("[SQL: INSERT INTO parent VALUES (1, 'x', 1)]"));

    const auto not_null = failure<azoth::IntegrityError>("INSERT INTO parent VALUES (2, NULL, 1)");
    ASSERT_TRUE(not_null);
    EXPECT_EQ(not_null->sqlstate(), "23502");
    EXPECT_EQ(not_null->fault().column, "name");
    const auto foreign = failure<azoth::IntegrityError>("INSERT INTO child VALUES (1, 99)");
    ASSERT_TRUE(foreign);
    EXPECT_EQ(foreign->fault().constraint, "child_of_parent");
    const auto check = failure<azoth::IntegrityError>("INSERT INTO parent VALUES (2, 'x', -1)");
    ASSERT_TRUE(check);
    EXPECT_EQ(check->fault().constraint, "parent_age_check");
}

TEST_F(PostgresqlErrors, R26_data_errors) {
    for (const char* sql :
         {"SELECT 1 / 0", "SELECT 'x'::int", "SELECT 99999999999::int",
          "SELECT 'abc'::varchar::date", "SELECT decode('zz', 'hex')", "SELECT '{'::json"}) {
        const auto error = failure<azoth::DataError>(sql);
        ASSERT_TRUE(error) << sql;
        EXPECT_EQ(error->sqlstate().substr(0, 2), "22");
    }
}

TEST_F(PostgresqlErrors, R26_programming_errors_say_where) {
    const auto syntax = failure<azoth::ProgrammingError>("SELECT 1 FRUM parent");
    ASSERT_TRUE(syntax);
    EXPECT_EQ(syntax->sqlstate(), "42601");
    EXPECT_THAT(syntax->what(), HasSubstr("AT CHARACTER: 15"));
    for (const char* sql :
         {"SELECT * FROM nowhere", "SELECT nothing FROM parent", "SELECT no_such(1)",
          "SELECT 1 + true", "SELECT (SELECT id FROM parent UNION ALL SELECT 2)",
          "CREATE TABLE parent (x int)"})
        EXPECT_TRUE(failure<azoth::ProgrammingError>(sql)) << sql;
    const auto hint = failure<azoth::ProgrammingError>("SELECT nam FROM parent");
    ASSERT_TRUE(hint);
    EXPECT_THAT(hint->what(), HasSubstr("HINT: Perhaps you meant"));
}

TEST_F(PostgresqlErrors, the_place_of_an_error_is_right_where_begin_travels_along) {
    connection->begin({});
    const auto error =
        caught<azoth::ProgrammingError>([&] { connection->run("SELECT 1 FRUM parent"); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("AT CHARACTER: 15"));
}

TEST_F(PostgresqlErrors, R26_not_supported_internal_and_operational_errors) {
    EXPECT_TRUE(failure<azoth::NotSupportedError>("SELECT count(*) FROM parent FOR UPDATE"));
    const auto raised =
        failure<azoth::InternalError>("DO $$ BEGIN RAISE EXCEPTION 'of my own'; END $$");
    ASSERT_TRUE(raised);
    EXPECT_EQ(raised->sqlstate(), "P0001");
    EXPECT_THAT(raised->what(), HasSubstr("CONTEXT: PL/pgSQL function"));
    const auto denied = failure<azoth::ProgrammingError>("SELECT * FROM pg_authid");
    ASSERT_TRUE(denied);
    EXPECT_EQ(denied->sqlstate(), "42501");
    EXPECT_TRUE(failure<azoth::ProgrammingError>("DECLARE c CURSOR FOR SELECT 1; SELECT 2"));
    std::string too_wide = "SELECT 1";
    for (int i = 0; i < 2000; ++i) too_wide += ",1";
    const auto limit = failure<azoth::OperationalError>(too_wide);
    ASSERT_TRUE(limit);
    EXPECT_EQ(limit->sqlstate(), "54011");
}

TEST_F(PostgresqlErrors, R26_a_timeout_and_a_lock_that_is_taken_are_operational) {
    connection->run("SET statement_timeout = '30ms'");
    const auto timeout = failure<azoth::OperationalError>("SELECT pg_sleep(60)");
    ASSERT_TRUE(timeout);
    EXPECT_EQ(timeout->sqlstate(), "57014");
    EXPECT_FALSE(timeout->connection_invalidated());
    connection->run("RESET statement_timeout");

    const auto other = connect();
    other->begin({});
    other->run("SELECT 1 FROM parent FOR UPDATE");
    const auto locked = failure<azoth::OperationalError>("SELECT 1 FROM parent FOR UPDATE NOWAIT");
    ASSERT_TRUE(locked);
    EXPECT_EQ(locked->sqlstate(), "55P03");
    other->rollback();
}

TEST_F(PostgresqlErrors, R26_a_serialization_failure_spoils_the_transaction) {
    const auto other = connect();
    for (const auto& each : {connection.get(), other.get()}) {
        each->begin({.isolation_level = "REPEATABLE READ"});
        (void)integer(*each, "SELECT count(*) FROM parent");
    }
    connection->run("UPDATE parent SET age = 2");
    connection->commit();
    const auto error =
        caught<azoth::OperationalError>([&] { other->run("UPDATE parent SET age = 3"); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->sqlstate(), "40001");
    EXPECT_EQ(error->poisoned(), Poisoned::transaction);
    other->rollback();
}

TEST_F(PostgresqlErrors, R26_the_victim_of_a_deadlock_is_told_so) {
    connection->run("INSERT INTO parent VALUES (2, 'two', 2)");
    const auto other = connect();
    connection->begin({});
    connection->run("UPDATE parent SET age = 9 WHERE id = 1");
    other->begin({});
    other->run("UPDATE parent SET age = 9 WHERE id = 2");
    auto waiting = std::async(std::launch::async,
                              [&] { other->run("UPDATE parent SET age = 9 WHERE id = 1"); });
    while (integer(*connect(), "SELECT count(*) FROM pg_locks WHERE NOT granted") == 0)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    const auto error = caught<azoth::OperationalError>(
        [&] { connection->run("UPDATE parent SET age = 9 WHERE id = 2"); });
    if (error) {
        EXPECT_EQ(error->sqlstate(), "40P01");
        EXPECT_EQ(error->poisoned(), Poisoned::transaction);
        connection->rollback();
        waiting.get();
    } else {  // the server chose the other one
        connection->rollback();
        EXPECT_THROW(waiting.get(), azoth::OperationalError);
    }
    other->rollback();
}

/// The most derived class of the exception for an SQLSTATE that the server raises.
std::string class_of(azoth::driver::Connection& connection, std::string_view sqlstate) {
    const auto error = caught<azoth::DBAPIError>([&] {
        connection.run("DO $$ BEGIN RAISE EXCEPTION 'raised' USING ERRCODE = '" +
                       std::string(sqlstate) + "'; END $$");
    });
    if (!error) return "no error";
    EXPECT_EQ(error->sqlstate(), sqlstate);
    EXPECT_EQ(error->poisoned(), Poisoned::nothing);
    return std::string(error->code());
}

TEST_F(PostgresqlErrors, R26_every_class_of_sqlstates_has_its_exception) {
    const std::pair<const char*, std::vector<const char*>> expected[] = {
        {"azoth-operational",
         {"08000", "25001", "26000", "27000", "28000", "34000", "40001", "40P01", "53100", "53300",
          "54000", "55000", "55006", "57014", "58030", "72000", "HV000"}},
        {"azoth-programming",
         {"08P01", "20000", "21000", "3D000", "3F000", "42601", "42501", "42P01", "44000"}},
        {"azoth-data", {"22000", "22003", "22P02"}},
        {"azoth-integrity", {"23000", "23502", "23503", "23505", "23514", "23P01"}},
        {"azoth-not-supported", {"0A000"}},
        {"azoth-internal",
         {"24000", "2B000", "2D000", "2F000", "38000", "39000", "3B000", "F0000", "P0001",
          "XX000"}},
        {"azoth-database", {"03000", "0B000", "0Z000", "99999", "ABCDE"}},
    };
    for (const auto& [code, sqlstates] : expected)
        for (const char* sqlstate : sqlstates)
            EXPECT_EQ(class_of(*connection, sqlstate), code) << sqlstate;
}

TEST_F(PostgresqlErrors, notices_go_to_the_program_and_never_to_stderr) {
    std::vector<std::string> heard;
    ConnectOptions options = server_options();
    options.on_notice = [&](std::string_view notice) { heard.emplace_back(notice); };
    const auto loud = azoth::postgresql::connect(options);
    testing::internal::CaptureStderr();
    loud->run("DO $$ BEGIN RAISE NOTICE 'hello %', 1; END $$; DROP TABLE IF EXISTS no_such_table");
    connection->run("DO $$ BEGIN RAISE WARNING 'dropped'; END $$");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    ASSERT_EQ(heard.size(), 2U);
    EXPECT_EQ(heard[0].substr(0, 16), "NOTICE:  hello 1");
    EXPECT_THAT(heard[1], HasSubstr("no_such_table"));
}

TEST_F(PostgresqlErrors, there_is_no_last_insert_id) {
    EXPECT_THROW((void)connection->last_insert_id(), azoth::InvalidRequestError);
}

}  // namespace
