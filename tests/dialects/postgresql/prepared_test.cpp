// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// What the server keeps of statements: when it is made, renewed and freed.

namespace {

using namespace postgresql_test;
using testing::HasSubstr;

class PostgresqlPrepared : public testing::Test {
  protected:
    void SetUp() override {
        connection->run(
            "DROP TABLE IF EXISTS changing; CREATE TABLE changing (a int); INSERT INTO changing "
            "VALUES (1)");
    }
    void TearDown() override { other->run("DROP TABLE changing"); }
    std::string run(azoth::driver::Statement& statement) {
        statement.execute({});
        return to_string(fetch_all(statement));
    }
    /// Statements of the test's own that the server keeps.
    std::int64_t kept_by_server() {
        return integer(*connection,
                       "SELECT count(*) FROM pg_prepared_statements WHERE name <> '' AND statement "
                       "NOT LIKE 'BEGIN%' AND statement NOT LIKE '%pg_prepared_statements%'");
    }

    ConnectionPtr other = connect();
    ConnectionPtr connection = connect();
};

TEST_F(PostgresqlPrepared, a_statement_is_parsed_once) {
    const auto statement = prepare(*connection, {.sql = "SELECT 1"});
    Trace trace(*connection);
    run(*statement);
    EXPECT_EQ(trace.sent(), "Parse Bind Describe Execute Sync");
    run(*statement);
    run(*statement);
    EXPECT_EQ(trace.sent(), "Bind Describe Execute Sync | Bind Describe Execute Sync");
    EXPECT_TRUE(statement->is_valid());
}

TEST_F(PostgresqlPrepared, a_statement_that_isn_t_kept_leaves_nothing_on_the_server) {
    const auto statement = prepare(*connection, {.sql = "SELECT 1", .keep = false});
    Trace trace(*connection);
    EXPECT_EQ(run(*statement), "1");
    EXPECT_EQ(run(*statement), "1");
    EXPECT_EQ(trace.sent(), "Parse Bind Describe Execute Sync | Parse Bind Describe Execute Sync");
    EXPECT_EQ(kept_by_server(), 0);
    EXPECT_TRUE(statement->is_valid());
    EXPECT_EQ(prepare(*connection, {.sql = "SELECT 1, 2", .keep = false})->columns().size(), 2U);
}

TEST_F(PostgresqlPrepared, freed_statements_are_deallocated_with_the_next_flight) {
    for (int i = 0; i < 3; ++i) run(*prepare(*connection, {.sql = "SELECT " + std::to_string(i)}));
    EXPECT_LE(kept_by_server(), 1);
    const auto statement = prepare(*connection, {.sql = "SELECT 5"});
    run(*statement);
    {
        run(*prepare(*connection, {.sql = "SELECT 6"}));
    }
    Trace trace(*connection);
    run(*statement);
    EXPECT_EQ(trace.sent(), "Parse Bind Describe Execute Sync Bind Describe Execute Sync");
}

TEST_F(PostgresqlPrepared, in_a_transaction_freeing_waits_for_its_end) {
    const auto statement = prepare(*connection, {.sql = "SELECT 5"});
    run(*statement);
    connection->begin({});
    {
        run(*prepare(*connection, {.sql = "SELECT 6"}));
    }
    Trace trace(*connection);
    run(*statement);
    EXPECT_EQ(trace.sent(), "Bind Describe Execute Sync");
    connection->commit();
    EXPECT_EQ(trace.sent(), "Parse Bind Describe Execute Sync Parse Bind Describe Execute Sync");
    EXPECT_EQ(kept_by_server(), 1);
}

TEST_F(PostgresqlPrepared, begin_is_kept_by_the_server_too) {
    const auto statement = prepare(*connection, {.sql = "SELECT 5"});
    const auto transaction = [&](std::string_view isolation_level) {
        connection->begin({.isolation_level = isolation_level});
        run(*statement);
        connection->commit();
    };
    transaction("");
    transaction("");
    Trace trace(*connection);
    transaction("");
    EXPECT_EQ(trace.sent(), "Bind Describe Execute Bind Describe Execute Sync | Query");
    transaction("SERIALIZABLE");
    EXPECT_EQ(trace.sent(),
              "Parse Bind Describe Execute Bind Describe Execute Sync | "
              "Parse Bind Describe Execute Sync Parse Bind Describe Execute Sync");
}

TEST_F(PostgresqlPrepared, a_begin_that_was_lost_behind_the_driver_s_back_is_prepared_again) {
    const auto statement = prepare(*connection, {.sql = "SELECT a FROM changing"});
    const auto many = prepare(*connection, {.sql = "SELECT $1", .types = {azoth::BigInteger{}}});
    for (int i = 0; i < 2; ++i) {
        connection->begin({});
        EXPECT_EQ(run(*statement), "1");
        connection->commit();
        auto source = numbers(1);
        many->execute_many(source, azoth::driver::ManyResult::none, nullptr);
    }
    for (const bool batch : {false, true}) {
        connection->run("DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$");
        connection->begin({});
        if (batch) {
            auto source = numbers(700);
            Sink sink;
            many->execute_many(source, azoth::driver::ManyResult::returned_rows, &sink);
            EXPECT_EQ(sink.cells().size(), 700U);
        } else {
            EXPECT_EQ(run(*statement), "1");
        }
        EXPECT_TRUE(connection->in_transaction());
        connection->run("INSERT INTO changing VALUES (2)");
        connection->rollback();
        EXPECT_EQ(run(*statement), "1");
    }
}

TEST_F(PostgresqlPrepared, a_program_that_keeps_no_statements_has_none_of_the_driver_s_kept) {
    for (int i = 0; i < 3; ++i) {
        connection->begin({});
        EXPECT_EQ(
            run(*prepare(*connection,
                         {.sql = "SELECT count(*) FROM pg_prepared_statements WHERE name <> ''",
                          .keep = false})),
            "0");
        connection->commit();
    }
}

TEST_F(PostgresqlPrepared, a_long_transaction_frees_statements_too) {
    connection->begin({});
    for (int i = 0; i < 250; ++i)
        run(*prepare(*connection, {.sql = "SELECT " + std::to_string(i)}));
    EXPECT_LE(integer(*connection, "SELECT count(*) FROM pg_prepared_statements"), 110);
    connection->commit();
    EXPECT_EQ(kept_by_server(), 0);
}

TEST_F(PostgresqlPrepared, freeing_what_is_gone_harms_nothing) {
    connection->begin({});
    {
        run(*prepare(*connection, {.sql = "SELECT 6"}));
    }
    // Behind the driver's back: a function hides what it runs.
    query(*connection, "DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$");
    connection->commit();
    connection->begin({});
    EXPECT_EQ(integer(*connection, "SELECT 7"), 7);
    connection->commit();
}

TEST_F(PostgresqlPrepared, a_changed_table_is_noticed_without_a_transaction) {
    const auto statement = prepare(*connection, {.sql = "SELECT * FROM changing"});
    EXPECT_EQ(run(*statement), "1");
    other->run("ALTER TABLE changing ADD COLUMN b text DEFAULT 'new'");
    EXPECT_EQ(run(*statement), "1, 'new'");
    EXPECT_EQ(statement->columns().size(), 2U);
    EXPECT_TRUE(statement->is_valid());
}

TEST_F(PostgresqlPrepared, a_changed_table_is_noticed_by_the_first_statement_of_a_transaction) {
    const auto statement = prepare(*connection, {.sql = "SELECT * FROM changing"});
    EXPECT_EQ(run(*statement), "1");
    other->run("ALTER TABLE changing ADD COLUMN b text DEFAULT 'new'");
    connection->begin({.isolation_level = "SERIALIZABLE"});
    EXPECT_EQ(run(*statement), "1, 'new'");
    EXPECT_EQ(text_of(*connection, "SELECT current_setting('transaction_isolation')"),
              "serializable");
    EXPECT_TRUE(connection->in_transaction());
    connection->commit();
}

TEST_F(PostgresqlPrepared, a_table_changed_in_mid_transaction_is_a_clear_error) {
    const auto statement = prepare(*connection, {.sql = "SELECT * FROM changing"});
    EXPECT_EQ(run(*statement), "1");
    connection->begin({});
    EXPECT_EQ(integer(*connection, "SELECT 1"), 1);
    other->run("ALTER TABLE changing ADD COLUMN b int");
    const auto error = caught<azoth::NotSupportedError>([&] { run(*statement); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("roll it back and run it again"));
    EXPECT_EQ(error->poisoned(), azoth::Poisoned::transaction);
    EXPECT_FALSE(statement->is_valid());
    connection->rollback();
    EXPECT_EQ(run(*statement), "1, NULL");
    EXPECT_TRUE(statement->is_valid());
}

TEST_F(PostgresqlPrepared, after_a_changed_table_one_rollback_is_enough_for_all_statements) {
    const auto first = prepare(*connection, {.sql = "SELECT * FROM changing"});
    const auto second = prepare(*connection, {.sql = "TABLE changing"});
    EXPECT_EQ(run(*first), "1");
    EXPECT_EQ(run(*second), "1");
    other->run("ALTER TABLE changing ADD COLUMN b int");
    const auto work = [&] {
        connection->begin({});
        EXPECT_EQ(integer(*connection, "SELECT 1"), 1);
        EXPECT_EQ(run(*first), "1, NULL");
        EXPECT_EQ(run(*second), "1, NULL");
        connection->commit();
    };
    EXPECT_THROW(work(), azoth::NotSupportedError);
    connection->rollback();
    work();
}

TEST_F(PostgresqlPrepared, own_ddl_never_surprises_even_in_a_transaction) {
    const auto statement = prepare(*connection, {.sql = "SELECT * FROM changing"});
    connection->begin({});
    EXPECT_EQ(run(*statement), "1");
    connection->run("SAVEPOINT s");
    query(*connection, "ALTER TABLE changing ADD COLUMN b int");
    EXPECT_EQ(run(*statement), "1, NULL");
    connection->run("ROLLBACK TO SAVEPOINT s");
    EXPECT_EQ(run(*statement), "1");
    connection->run("ALTER TABLE changing ADD COLUMN c text");
    EXPECT_EQ(run(*statement), "1, NULL");
    connection->rollback();
    connection->begin({});
    EXPECT_EQ(integer(*connection, "SELECT 1"), 1);
    EXPECT_EQ(run(*statement), "1");
    connection->commit();
}

TEST_F(PostgresqlPrepared, a_generic_plan_gives_the_same_rows_and_may_be_switched_off) {
    const auto generic_plans = [](ConnectOptions options) {
        const auto made = azoth::postgresql::connect(options);
        const auto statement = prepare(*made, {.sql = "SELECT a, 'x' FROM changing WHERE a = $1",
                                               .types = {azoth::Integer{}}});
        for (int i = 0; i < 20; ++i) {
            const azoth::ValueView parameter = number(i % 2);
            statement->execute({&parameter, 1});
            EXPECT_EQ(to_string(fetch_all(*statement)), i % 2 == 1 ? "1, 'x'" : "");
        }
        return integer(*made,
                       "SELECT sum(generic_plans)::bigint FROM pg_prepared_statements WHERE "
                       "statement LIKE 'SELECT a%'");
    };
    // The server has taken one after five executions.
    EXPECT_EQ(generic_plans(server_options()), 15);
    ConnectOptions custom = server_options();
    set_parameter(custom, "options", "-c plan_cache_mode=force_custom_plan");
    EXPECT_EQ(generic_plans(custom), 0);
}

TEST_F(PostgresqlPrepared, discard_all_makes_statements_invalid_and_they_run_all_the_same) {
    const auto statement = prepare(*connection, {.sql = "SELECT a FROM changing"});
    for (const char* command : {"DISCARD ALL", "DEALLOCATE ALL"}) {
        EXPECT_EQ(run(*statement), "1");
        EXPECT_TRUE(statement->is_valid());
        connection->run(command);
        EXPECT_FALSE(statement->is_valid());
        connection->begin({});
        EXPECT_EQ(integer(*connection, "SELECT 1"), 1);
        EXPECT_EQ(run(*statement), "1");
        connection->commit();
    }
}

TEST_F(PostgresqlPrepared, statements_lost_behind_the_driver_s_back_are_prepared_again) {
    const auto statement = prepare(*connection, {.sql = "SELECT a FROM changing"});
    EXPECT_EQ(run(*statement), "1");
    query(*connection, "DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$");
    EXPECT_EQ(run(*statement), "1");
    const auto asked = prepare(*connection, {.sql = "SELECT $1", .types = {azoth::BigInteger{}}});
    auto source = numbers(1);
    asked->execute_many(source, azoth::driver::ManyResult::none, nullptr);
    query(*connection, "DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$");
    EXPECT_EQ(asked->columns().size(), 1U);
    EXPECT_EQ(run(*statement), "1");
    connection->begin({});
    query(*connection, "DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$");
    const auto error = caught<azoth::OperationalError>([&] { run(*statement); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->sqlstate(), "26000");
    EXPECT_FALSE(statement->is_valid());
    connection->rollback();
    EXPECT_EQ(run(*statement), "1");
}

TEST_F(PostgresqlPrepared, names_that_a_program_prepared_itself_are_left_alone) {
    connection->run("PREPARE mine AS SELECT 42");
    for (int i = 0; i < 3; ++i) run(*prepare(*connection, {.sql = "SELECT 1"}));
    EXPECT_EQ(integer(*connection, "EXECUTE mine"), 42);
    const auto error =
        caught<azoth::OperationalError>([&] { query(*connection, "EXECUTE theirs"); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->sqlstate(), "26000");
}

TEST_F(PostgresqlPrepared, a_statement_that_doesn_t_parse_can_be_tried_again) {
    const auto statement = prepare(*connection, {.sql = "SELECT x FROM not_yet"});
    EXPECT_THROW(statement->execute({}), azoth::ProgrammingError);
    EXPECT_THROW((void)statement->columns(), azoth::ProgrammingError);
    connection->run("CREATE TEMPORARY TABLE not_yet (x int); INSERT INTO not_yet VALUES (3)");
    EXPECT_EQ(run(*statement), "3");
}

TEST_F(PostgresqlPrepared, copy_to_or_from_the_client_is_refused_and_ends) {
    for (const bool in_transaction : {false, true})
        for (const char* sql : {"COPY changing FROM STDIN", "COPY changing TO STDOUT"}) {
            if (in_transaction) connection->begin({});
            EXPECT_THROW(query(*connection, sql), azoth::NotSupportedError) << sql;
            EXPECT_THROW(connection->run(sql), azoth::DBAPIError) << sql;
            connection->rollback();
            EXPECT_TRUE(connection->is_open());
            EXPECT_EQ(integer(*connection, "SELECT count(*) FROM changing"), 1);
        }
}

}  // namespace
