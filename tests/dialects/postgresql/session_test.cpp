// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/core.hpp>
#include <azoth/event.hpp>
#include <azoth/postgresql.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tests/support/databases.hpp>

// What a program does to the session of a pooled connection, and Azoth has to live with.

namespace {

using namespace azoth;

class PostgresqlSession : public testing::Test {
  protected:
    static Engine engine_of_one() {
        return create_engine(azoth::test::database("postgresql").url,
                             {.poolclass = PoolClass::queue, .pool_size = 1, .max_overflow = 0});
    }
    static int ask(Connection& conn, int number) {
        return conn.scalar(select(literal(number))).value();
    }
};

TEST_F(PostgresqlSession, may_be_reset_by_DISCARD_ALL_whenever_a_connection_comes_back) {
    const Engine engine = engine_of_one();
    event::listen(engine, event::reset, [](const PoolEvent& told) {
        if (told.connection->in_transaction()) told.connection->rollback();
        told.connection->run("DISCARD ALL");
    });
    for (int use = 0; use < 3; ++use) {
        auto conn = engine.connect();
        EXPECT_EQ(
            conn.scalar(text("SELECT current_setting('application_name')").columns<std::string>()),
            "");
        conn.exec_driver_sql("SET application_name = 'changed'; CREATE TEMPORARY TABLE t (a int)");
        for (int i = 0; i < 8; ++i) EXPECT_EQ(ask(conn, i), i);
        conn.commit();
    }
    EXPECT_EQ(engine.pool().statistics().opened, 1U);
}

TEST_F(PostgresqlSession, may_lose_its_prepared_statements_between_transactions) {
    auto conn = engine_of_one().connect();
    conn.execution_options({.isolation_level = "AUTOCOMMIT"});
    for (const char* command : {"DISCARD ALL", "DEALLOCATE ALL", "DISCARD PLANS"}) {
        for (int i = 0; i < 8; ++i) EXPECT_EQ(ask(conn, i), i) << command;
        conn.exec_driver_sql(command);
        EXPECT_EQ(ask(conn, 8), 8) << command;
    }
}

TEST_F(PostgresqlSession, hears_nothing_when_a_connection_without_a_transaction_comes_back) {
    const Engine engine = engine_of_one();
    const Engine autocommit = engine.execution_options({.isolation_level = "AUTOCOMMIT"});
    for (const Engine& own : {engine, autocommit}) {
        auto conn = own.connect();
        EXPECT_EQ(ask(conn, 1), 1);
        conn.commit();
        postgresql_test::Trace trace(conn.driver_connection());
        conn.close();
        EXPECT_EQ(trace.sent(), "");
    }
}

}  // namespace
