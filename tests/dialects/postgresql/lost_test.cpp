// SPDX-License-Identifier: MIT
#include "proxy.hpp"
#include "support.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <future>
#include <stdexcept>
#include <thread>

// Connections that are lost, cancelled, inherited by a child process or given up: R23, R24, R25.

namespace {

using namespace postgresql_test;
using azoth::CommitInDoubtError;
using azoth::OperationalError;
using testing::HasSubstr;
using testing::Not;

class PostgresqlLost : public testing::Test {
  protected:
    void SetUp() override {
        watcher->run("DROP TABLE IF EXISTS lost; CREATE TABLE lost (x bigint)");
    }
    void TearDown() override { watcher->run("DROP TABLE lost"); }
    std::int64_t count() { return integer(*watcher, "SELECT count(*) FROM lost"); }
    static void expect_dead(azoth::driver::Connection& connection) {
        EXPECT_FALSE(connection.is_open());
        for (int i = 0; i < 2; ++i) {
            const auto error = caught<OperationalError>([&] { connection.ping(); });
            ASSERT_TRUE(error);
            EXPECT_TRUE(error->connection_invalidated());
        }
        connection.rollback();
        EXPECT_FALSE(connection.in_transaction());
        EXPECT_THROW(connection.begin({}), OperationalError);
        EXPECT_THROW((void)prepare(connection, {.sql = "SELECT 1"}), OperationalError);
        connection.close();
        EXPECT_FALSE(connection.is_open());
    }

    ConnectionPtr watcher = connect();
    ConnectionPtr connection = connect();
};

TEST_F(PostgresqlLost, R24_a_backend_killed_before_a_statement) {
    for (const bool in_transaction : {false, true})
        for (const bool prepared : {false, true}) {
            connection = connect();
            const auto statement = prepare(*connection, {.sql = "SELECT 1"});
            if (prepared) statement->execute({});
            if (in_transaction) connection->begin({});
            kill_backend(backend_of(*connection));
            const auto error = caught<OperationalError>([&] { statement->execute({}); });
            ASSERT_TRUE(error);
            EXPECT_EQ(error->sqlstate(), "57P01");
            EXPECT_TRUE(error->connection_invalidated());
            EXPECT_EQ(connection->in_transaction(), in_transaction);
            expect_dead(*connection);
        }
}

TEST_F(PostgresqlLost, R24_a_backend_killed_before_the_flight_of_begin) {
    const std::int64_t backend = backend_of(*connection);
    connection->begin({});
    kill_backend(backend);
    EXPECT_THROW(query(*connection, "INSERT INTO lost VALUES (1)"), OperationalError);
    expect_dead(*connection);
    EXPECT_EQ(count(), 0);
}

TEST_F(PostgresqlLost, R24_a_backend_killed_during_a_statement) {
    const std::int64_t backend = backend_of(*connection);
    auto killer = std::async(std::launch::async, [&] {
        while (integer(*watcher,
                       "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        kill_backend(backend);
    });
    const auto error = caught<OperationalError>([&] { query(*connection, "SELECT pg_sleep(60)"); });
    killer.get();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->sqlstate(), "57P01");
    EXPECT_THAT(error->what(), HasSubstr("Whether the statement took effect before is unknown"));
    expect_dead(*connection);
}

TEST_F(PostgresqlLost, R24_a_backend_killed_during_a_batch) {
    for (const bool arrays : {false, true}) {
        connection = connect();
        const std::int64_t backend = backend_of(*connection);
        const auto statement = prepare(
            *connection, {.sql = arrays ? "INSERT INTO lost SELECT * FROM unnest($1::bigint[])"
                                        : "INSERT INTO lost VALUES ($1)",
                          .types = {azoth::BigInteger{}},
                          .arrays = arrays});
        connection->begin({});
        auto source = Source([&, i = 0](ValueView* row) mutable {
            if (++i == 50'000) kill_backend(backend);
            row[0] = number(i);
            return i < 100'000;
        });
        const auto error = caught<OperationalError>(
            [&] { statement->execute_many(source, azoth::driver::ManyResult::none, nullptr); });
        ASSERT_TRUE(error);
        EXPECT_TRUE(error->connection_invalidated());
        expect_dead(*connection);
        EXPECT_EQ(count(), 0);
    }
}

TEST_F(PostgresqlLost, R25_a_connection_that_breaks_before_commit_leaves_no_doubt) {
    const std::int64_t backend = backend_of(*connection);
    connection->begin({});
    query(*connection, "INSERT INTO lost VALUES (1)");
    kill_backend(backend);
    const auto error = caught<OperationalError>([&] { connection->commit(); });
    ASSERT_TRUE(error);
    EXPECT_FALSE(dynamic_cast<const CommitInDoubtError*>(error.get()));
    EXPECT_TRUE(caught<OperationalError>([&] { connection->commit(); }));
    EXPECT_THAT(error->what(), HasSubstr("terminating connection"));
    EXPECT_TRUE(error->connection_invalidated());
    EXPECT_EQ(count(), 0);
    expect_dead(*connection);
}

TEST_F(PostgresqlLost, R25_a_backend_killed_during_commit_leaves_the_commit_in_doubt) {
    watcher->run(
        "CREATE OR REPLACE FUNCTION sleep_at_commit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN "
        "PERFORM pg_sleep(60); RETURN NULL; END';"
        "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON lost DEFERRABLE INITIALLY DEFERRED FOR "
        "EACH ROW EXECUTE FUNCTION sleep_at_commit()");
    const std::int64_t backend = backend_of(*connection);
    connection->begin({});
    query(*connection, "INSERT INTO lost VALUES (1)");
    auto killer = std::async(std::launch::async, [&] {
        while (integer(*watcher,
                       "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        kill_backend(backend);
    });
    const auto error = caught<CommitInDoubtError>([&] { connection->commit(); });
    killer.get();
    ASSERT_TRUE(error);
    EXPECT_TRUE(error->connection_invalidated());
    EXPECT_EQ(error->statement(), "COMMIT");
    EXPECT_EQ(count(), 0);
    expect_dead(*connection);
}

TEST_F(PostgresqlLost, R25_a_commit_whose_answer_is_lost_is_in_doubt_though_it_took_place) {
    Proxy proxy;
    connection = azoth::postgresql::connect(proxy.options());
    connection->begin({});
    query(*connection, "INSERT INTO lost VALUES (1)");
    proxy.cut_at("COMMIT", Proxy::Cut::after_answer);
    const auto error = caught<CommitInDoubtError>([&] { connection->commit(); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("server closed the connection unexpectedly"));
    EXPECT_EQ(count(), 1);
    expect_dead(*connection);
}

TEST_F(PostgresqlLost, R24_a_connection_cut_without_a_word) {
    for (const bool in_transaction : {false, true})
        for (const auto how : {Proxy::Cut::before_sending, Proxy::Cut::after_answer}) {
            watcher->run("TRUNCATE lost");
            Proxy proxy;
            connection = azoth::postgresql::connect(proxy.options());
            if (in_transaction) connection->begin({});
            proxy.cut_at("INSERT", how);
            const auto error = caught<OperationalError>(
                [&] { query(*connection, "INSERT INTO lost VALUES (1)"); });
            ASSERT_TRUE(error);
            EXPECT_THAT(error->what(), HasSubstr("server closed the connection unexpectedly"));
            EXPECT_THAT(error->what(), Not(HasSubstr("invalid socket")));
            EXPECT_TRUE(error->connection_invalidated());
            EXPECT_EQ(count(), !in_transaction && how == Proxy::Cut::after_answer ? 1 : 0);
            expect_dead(*connection);
        }
}

TEST_F(PostgresqlLost, R24_a_connection_cut_in_the_middle_of_run_and_of_a_batch) {
    {
        Proxy proxy;
        connection = azoth::postgresql::connect(proxy.options());
        proxy.cut_at("CREATE", Proxy::Cut::after_answer);
        EXPECT_THROW(connection->run("CREATE TEMPORARY TABLE x (y int)"), OperationalError);
        expect_dead(*connection);
    }
    for (const auto how : {Proxy::Cut::before_sending, Proxy::Cut::after_answer}) {
        Proxy proxy;
        connection = azoth::postgresql::connect(proxy.options());
        const auto statement = prepare(
            *connection, {.sql = "INSERT INTO lost SELECT length($1)", .types = {azoth::Text{}}});
        proxy.cut_at("cut here", how);
        auto source = Source([i = 0](ValueView* row) mutable {
            row[0] = text(++i == 5000 ? "cut here" : "go on");
            return i < 20'000;
        });
        const auto error = caught<OperationalError>(
            [&] { statement->execute_many(source, azoth::driver::ManyResult::none, nullptr); });
        ASSERT_TRUE(error);
        EXPECT_TRUE(error->connection_invalidated());
        expect_dead(*connection);
        EXPECT_EQ(count(), 0);
    }
}

TEST_F(PostgresqlLost, a_closed_connection_refuses_everything_quietly) {
    const auto statement = prepare(*connection, {.sql = "SELECT 1"});
    statement->execute({});
    connection->begin({});
    connection->close();
    connection->close();
    EXPECT_FALSE(connection->is_open());
    EXPECT_FALSE(connection->in_transaction());
    EXPECT_EQ(connection->native_handle(), nullptr);
    const auto error = caught<azoth::InterfaceError>([&] { statement->execute({}); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("is closed"));
    connection->rollback();
    connection->cancel();
    statement->reset();
}

TEST_F(PostgresqlLost, cancel_from_another_thread_stops_the_statement_and_nothing_else) {
    const auto statement = prepare(*connection, {.sql = "SELECT pg_sleep(60)"});
    for (const bool in_transaction : {false, true}) {
        if (in_transaction) connection->begin({});
        std::atomic<bool> done{false};
        std::thread canceller([&] {
            while (!done) {
                connection->cancel();
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
            }
        });
        const auto error = caught<OperationalError>([&] { statement->execute({}); });
        done = true;
        canceller.join();
        ASSERT_TRUE(error);
        EXPECT_EQ(error->sqlstate(), "57014");
        EXPECT_FALSE(error->connection_invalidated());
        connection->rollback();
        EXPECT_EQ(integer(*connection, "SELECT 1"), 1);
    }
}

TEST_F(PostgresqlLost, cancel_may_come_while_the_connection_closes) {
    for (int i = 0; i < 20; ++i) {
        auto victim = connect();
        std::thread canceller([&] {
            for (int n = 0; n < 5; ++n) victim->cancel();
        });
        victim->close();
        canceller.join();
    }
}

TEST_F(PostgresqlLost, a_waiter_that_throws_gives_the_connection_up) {
    struct Impatient final : azoth::driver::Waiter {
        azoth::driver::Readiness wait(int descriptor, azoth::driver::Readiness wanted,
                                      azoth::driver::Deadline deadline) override {
            if (cancelled) throw std::runtime_error("the fiber was cancelled");
            return azoth::driver::polling_waiter().wait(descriptor, wanted, deadline);
        }
        bool cancelled = false;
    } waiter;
    ConnectOptions options = server_options();
    options.waiter = &waiter;
    for (const bool batch : {false, true}) {
        waiter.cancelled = false;
        const auto fickle = azoth::postgresql::connect(options);
        const auto statement = prepare(
            *fickle, {.sql = "SELECT $1 + 1 FROM pg_sleep(0.05)", .types = {azoth::BigInteger{}}});
        waiter.cancelled = true;
        auto source = numbers(10);
        EXPECT_THROW(
            batch ? (void)statement->execute_many(source, azoth::driver::ManyResult::none, nullptr)
                  : statement->execute(Parameters{number(1)}),
            std::runtime_error);
        expect_dead(*fickle);
    }
}

TEST_F(PostgresqlLost, a_connection_whose_text_is_no_longer_utf_8_is_given_up) {
    for (const char* sql :
         {"SET client_encoding TO latin1", "SELECT set_config('client_encoding', 'latin1', true)"})
        for (const bool in_transaction : {false, true}) {
            connection = connect();
            if (in_transaction) connection->begin({});
            query(*connection, sql);
            if (!in_transaction && std::string_view(sql).starts_with("SELECT")) {
                EXPECT_TRUE(connection->is_open()) << "it was for that statement only";
                continue;
            }
            const auto error = caught<OperationalError>([&] { query(*connection, "SELECT 'é'"); });
            ASSERT_TRUE(error) << sql << in_transaction;
            EXPECT_THAT(error->what(), HasSubstr("client_encoding"));
            EXPECT_TRUE(error->connection_invalidated());
        }
}

/// Runs `body` in a forked child, which must come to its end.
template <typename Body>
void in_child(Body body) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        ::alarm(60);
        bool well = false;
        try {
            well = body();
        } catch (const std::exception& error) {
            std::fprintf(stderr, "child: %s\n", error.what());
        }
        ::_exit(well ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

TEST_F(PostgresqlLost, R23_a_child_sends_no_byte_and_its_parent_goes_on) {
    for (const bool tls : {false, true})
        for (const bool by_destructor : {false, true}) {
            ConnectOptions options = tls ? server_options() : plain_options();
            set_parameter(options, "sslmode", tls ? "require" : "disable");
            connection = azoth::postgresql::connect(options);
            auto statement = prepare(*connection, {.sql = "SELECT x FROM lost"});
            connection->begin({});
            query(*connection, "INSERT INTO lost VALUES (1)");
            statement->execute({});
            in_child([&] {
                bool well = true;
                for (const auto& use : std::initializer_list<std::function<void()>>{
                         [&] { statement->execute({}); }, [&] { connection->ping(); },
                         [&] { connection->commit(); }, [&] { connection->rollback(); },
                         [&] { connection->run("SELECT 1"); },
                         [&] { (void)prepare(*connection, {.sql = "SELECT 1"}); }})
                    well = well && caught<azoth::ForkedProcessError>(use);
                connection->cancel();
                statement.reset();
                if (by_destructor)
                    connection.reset();
                else
                    connection->abandon();
                // The first free descriptor is the one that was closed.
                const auto mine = connect();
                return well && integer(*mine, "SELECT 1") == 1;
            });
            statement->execute({});
            EXPECT_EQ(fetch_all(*statement).size(), 1U);
            EXPECT_TRUE(connection->in_transaction());
            connection->commit();
            EXPECT_EQ(count(), 1);
            watcher->run("TRUNCATE lost");
            statement.reset();
        }
}

}  // namespace
