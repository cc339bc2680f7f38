// SPDX-License-Identifier: MIT
#include "support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <thread>

// In a transaction the rows of a SELECT arrive while the program takes them: nothing but the speed
// may tell that from a result that is there as a whole (R21).

namespace {

using namespace postgresql_test;
using azoth::OperationalError;
using testing::HasSubstr;

constexpr std::string_view many_rows =
    "SELECT g, repeat('x', 100) || g FROM generate_series(1, 100000) g";

std::string waiter_of(const testing::TestParamInfo<bool>& own) {
    return own.param ? "own_waiter" : "polling";
}

/// The parameter says whether the program brings its own waiter: the driver then receives rows in
/// another way.
class PostgresqlArriving : public testing::TestWithParam<bool> {
  protected:
    void SetUp() override { connection->begin({}); }
    static ConnectionPtr open() {
        ConnectOptions options = server_options();
        if (!GetParam()) options.waiter = nullptr;
        return azoth::postgresql::connect(options);
    }
    /// Starts the statement and takes some rows.
    StatementPtr start(std::string_view sql = many_rows, int rows = 10) {
        auto statement = prepare(*connection, {.sql = sql});
        statement->execute({});
        take(*statement, rows);
        return statement;
    }
    /// Takes `rows` rows, the first cells of which must go on counting.
    void take(azoth::driver::Statement& statement, int rows) {
        for (int i = 0; i < rows; ++i) {
            ASSERT_TRUE(statement.fetch(cells));
            ASSERT_EQ(cells[0].integer, ++taken);
            ASSERT_EQ(cells[1].text().substr(100), std::to_string(taken));
        }
    }
    void expect_rest(azoth::driver::Statement& statement) {
        while (statement.fetch(cells)) ASSERT_EQ(cells[0].integer, ++taken);
        EXPECT_EQ(taken, 100'000);
        EXPECT_FALSE(statement.fetch(cells));
    }
    std::string state_of(std::int64_t backend) {
        return to_string(scalar(*watcher, "SELECT state FROM pg_stat_activity WHERE pid = $1",
                                {number(backend)}, {azoth::Integer{}}));
    }

    ConnectionPtr watcher = connect();
    ConnectionPtr connection = open();
    ValueView cells[2];
    std::int64_t taken = 0;
};

INSTANTIATE_TEST_SUITE_P(Waiters, PostgresqlArriving, testing::Bool(), waiter_of);

TEST_P(PostgresqlArriving, all_rows_come_in_order) {
    const auto statement = start();
    expect_rest(*statement);
    for (int round = 0; round < 2; ++round) {
        taken = 0;
        statement->execute({});
        expect_rest(*statement);
    }
    connection->commit();
    taken = 0;
    statement->execute({});
    expect_rest(*statement);
}

TEST_P(PostgresqlArriving, results_of_every_size_come_whole) {
    const auto statement = prepare(*connection, {.sql = "SELECT g FROM generate_series(1, $1) g",
                                                 .types = {azoth::Integer{}}});
    for (const int size : {0, 1, 2, 5000, 0, 3000, 1, 1, 2000, 999, 1000, 1001, 0}) {
        statement->execute(Parameters{number(size)});
        std::int64_t rows = 0;
        while (statement->fetch(cells)) ASSERT_EQ(cells[0].integer, ++rows);
        EXPECT_EQ(rows, size);
    }
}

TEST_P(PostgresqlArriving, R21_other_statements_may_run_in_between) {
    const auto outer = start();
    const std::string_view before = cells[1].text();
    const auto inner =
        prepare(*connection, {.sql = "SELECT $1 * 2", .types = {azoth::BigInteger{}}});
    for (int i = 0; i < 100; ++i) {
        inner->execute(Parameters{number(i)});
        EXPECT_EQ(to_string(fetch_all(*inner)), std::to_string(2 * i));
        EXPECT_EQ(before, std::string(100, 'x') + "10") << "the outer row's views stay valid";
    }
    expect_rest(*outer);
}

TEST_P(PostgresqlArriving, R21_any_use_of_the_connection_may_come_in_between) {
    const auto batch = prepare(*connection, {.sql = "SELECT $1", .types = {azoth::BigInteger{}}});
    const std::vector<std::function<void()>> uses{
        [&] { connection->ping(); },
        [&] { connection->run("SAVEPOINT s"); },
        [&] { (void)prepare(*connection, {.sql = "SELECT 5"})->columns(); },
        [&] {
            auto source = numbers(700);
            batch->execute_many(source, azoth::driver::ManyResult::none, nullptr);
        },
        [&] {
            Sink sink;
            auto source = numbers(700);
            batch->execute_many(source, azoth::driver::ManyResult::returned_rows, &sink);
        },
        [&] { EXPECT_THROW(connection->begin({}), azoth::InvalidRequestError); },
        [&] { connection->commit(); },
        [&] { connection->rollback(); }};
    for (const auto& use : uses) {
        taken = 0;
        const auto statement = start();
        EXPECT_TRUE(connection->in_transaction());
        use();
        take(*statement, 10);
        expect_rest(*statement);
        if (!connection->in_transaction()) connection->begin({});
    }
}

TEST_P(PostgresqlArriving, two_results_may_be_read_in_turns) {
    const auto first = start();
    const auto second =
        prepare(*connection, {.sql = "SELECT -g FROM generate_series(1, 100000) g"});
    second->execute({});
    ValueView cell;
    for (std::int64_t i = 1; i <= 5000; ++i) {
        take(*first, 1);
        ASSERT_TRUE(second->fetch(&cell));
        ASSERT_EQ(cell.integer, -i);
    }
    expect_rest(*first);
}

TEST_P(PostgresqlArriving, a_result_may_be_left_at_any_point) {
    for (int rows : {0, 1, 500}) {
        taken = 0;
        auto statement = start(many_rows, rows);
        statement->reset();
        EXPECT_FALSE(statement->fetch(cells));
        taken = 0;
        statement->execute({});
        take(*statement, rows);
        statement->execute({});
        taken = 0;
        take(*statement, 3);
        statement.reset();  // its destructor
        EXPECT_EQ(integer(*connection, "SELECT 7"), 7);
    }
}

TEST_P(PostgresqlArriving, an_error_after_some_rows_is_the_statement_s) {
    const auto statement =
        prepare(*connection, {.sql = "SELECT 1 / (5000 - g) + g FROM generate_series(1, 9000) g"});
    statement->execute({});
    std::int64_t rows = 0;
    const auto error = caught<azoth::DataError>([&] {
        while (statement->fetch(cells)) ++rows;
    });
    ASSERT_TRUE(error);
    EXPECT_EQ(rows, 4999);
    EXPECT_EQ(error->sqlstate(), "22012");
    EXPECT_THAT(error->statement(), HasSubstr("5000 - g"));
    EXPECT_EQ(error->poisoned(), azoth::Poisoned::transaction);
    EXPECT_FALSE(statement->fetch(cells));
    EXPECT_TRUE(connection->in_transaction());
    connection->rollback();
    EXPECT_EQ(integer(*connection, "SELECT 1"), 1);
}

TEST_P(PostgresqlArriving,
       an_error_met_while_rows_are_put_aside_is_told_by_the_fetch_that_reaches_it) {
    const auto statement =
        prepare(*connection, {.sql = "SELECT 1 / (5000 - g) + g FROM generate_series(1, 9000) g"});
    statement->execute({});
    const auto nested = caught<OperationalError>([&] { query(*connection, "SELECT 1"); });
    ASSERT_TRUE(nested);
    EXPECT_EQ(nested->sqlstate(), "25P02");
    std::int64_t rows = 0;
    EXPECT_THROW(while (statement->fetch(cells))++ rows, azoth::DataError);
    EXPECT_EQ(rows, 4999);
    EXPECT_THROW(connection->commit(), OperationalError);
    connection->rollback();
}

TEST_P(PostgresqlArriving,
       an_error_met_while_rows_are_forgotten_spoils_the_transaction_all_the_same) {
    const auto statement =
        prepare(*connection, {.sql = "SELECT 1 / (5000 - g) + g FROM generate_series(1, 9000) g"});
    statement->execute({});
    statement->reset();
    EXPECT_THROW(connection->commit(), OperationalError);
    connection->rollback();
}

TEST_P(PostgresqlArriving, a_value_that_can_t_be_read_is_an_error_whichever_way_it_came) {
    constexpr std::string_view sql =
        "SELECT CASE g WHEN 3 THEN date 'infinity' ELSE date '2024-02-29' END AS day FROM "
        "generate_series(1, 5000) g";
    for (const bool put_aside : {false, true}) {
        const auto statement = prepare(*connection, {.sql = sql});
        statement->execute({});
        if (put_aside) connection->ping();
        ASSERT_TRUE(statement->fetch(cells));
        ASSERT_TRUE(statement->fetch(cells));
        for (int i = 0; i < 2; ++i) {
            const auto error = caught<azoth::DataError>([&] { statement->fetch(cells); });
            ASSERT_TRUE(error);
            EXPECT_THAT(error->what(), HasSubstr("column 1 \"day\" of type date"));
        }
    }
    EXPECT_EQ(integer(*connection, "SELECT 1"), 1);
}

TEST_P(PostgresqlArriving, types_that_must_be_looked_up_are) {
    connection->run("CREATE TYPE arriving_mood AS ENUM ('sad', 'ok')");
    const auto statement =
        prepare(*connection, {.sql = "SELECT 'ok'::arriving_mood FROM generate_series(1, 3000)"});
    statement->execute({});
    EXPECT_EQ(fetch_all(*statement).size(), 3000U);
    const auto unreadable =
        prepare(*connection, {.sql = "SELECT interval '1 day' FROM generate_series(1, 3000)"});
    EXPECT_THROW(unreadable->execute({}), azoth::ProgrammingError);
    EXPECT_EQ(integer(*connection, "SELECT 1"), 1);
    connection->rollback();
}

TEST_P(PostgresqlArriving, changes_made_by_a_with_clause_are_counted) {
    connection->run("CREATE TEMPORARY TABLE w (x int)");
    const auto statement =
        prepare(*connection, {.sql = "WITH s AS (SELECT g FROM generate_series(1, 5000) g) INSERT "
                                     "INTO w SELECT g FROM s RETURNING x"});
    statement->execute({});
    EXPECT_EQ(statement->rows_affected(), 5000);
    EXPECT_EQ(fetch_all(*statement).size(), 5000U);
    EXPECT_EQ(statement->rows_affected(), 5000);
    const auto select = start();
    EXPECT_EQ(select->rows_affected(), -1);
    expect_rest(*select);
}

TEST_P(PostgresqlArriving, a_slow_program_doesn_t_keep_the_server_s_statement_running) {
    const std::int64_t backend = backend_of(*connection);
    const auto statement =
        start("SELECT g, repeat('x', 100) || g FROM generate_series(1, 100000) g", 7);
    EXPECT_EQ(state_of(backend), "'active'");
    for (int i = 0; i < 10; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        take(*statement, 1);
    }
    EXPECT_EQ(state_of(backend), "'idle in transaction'");
    expect_rest(*statement);
}

TEST_P(PostgresqlArriving, without_a_transaction_no_statement_stays_running) {
    connection->commit();
    const std::int64_t backend = backend_of(*connection);
    const auto statement = start();
    EXPECT_EQ(state_of(backend), "'idle'");
    EXPECT_FALSE(connection->in_transaction());
    expect_rest(*statement);
}

TEST_P(PostgresqlArriving, R24_a_backend_killed_between_rows) {
    for (const bool nested : {false, true}) {
        connection = open();
        connection->begin({});
        const std::int64_t backend = backend_of(*connection);
        taken = 0;
        const auto statement = start();
        kill_backend(backend);
        if (nested) {
            EXPECT_THROW(query(*connection, "SELECT 1"), OperationalError);
        }
        const auto error = caught<OperationalError>([&] {
            while (statement->fetch(cells)) ++taken;
        });
        ASSERT_TRUE(error);
        EXPECT_TRUE(error->connection_invalidated());
        EXPECT_LT(taken, 100'000);
        EXPECT_FALSE(connection->is_open());
        connection->rollback();
        statement->reset();
    }
}

TEST_P(PostgresqlArriving, a_cancelled_result_ends_with_an_error) {
    const auto statement = start(
        "SELECT g, repeat('x', 100) || g FROM generate_series(1, 100000) g, pg_sleep(CASE g WHEN "
        "90000 THEN 60 ELSE 0 END)");
    std::atomic<bool> done{false};
    std::thread canceller([&] {
        while (!done) {
            connection->cancel();
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    });
    const auto error = caught<OperationalError>([&] {
        while (statement->fetch(cells)) ++taken;
    });
    done = true;
    canceller.join();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->sqlstate(), "57014");
    connection->rollback();
    EXPECT_TRUE(connection->is_open());
}

TEST_P(PostgresqlArriving, a_closed_connection_has_no_more_rows) {
    auto statement = start();
    connection->close();
    EXPECT_THROW(statement->fetch(cells), azoth::InterfaceError);
    statement->reset();
}

TEST_P(PostgresqlArriving, R25_a_wait_that_is_broken_off_gives_the_connection_up) {
    struct Impatient final : azoth::driver::Waiter {
        azoth::driver::Readiness wait(int descriptor, azoth::driver::Readiness wanted,
                                      azoth::driver::Deadline deadline) override {
            if (cancelled) throw std::runtime_error("the fiber was cancelled");
            return azoth::driver::polling_waiter().wait(descriptor, wanted, deadline);
        }
        bool cancelled = false;
    };
    for (const bool by_reset : {false, true}) {
        Impatient waiter;
        ConnectOptions options = server_options();
        options.waiter = &waiter;
        connection = azoth::postgresql::connect(options);
        connection->begin({});
        taken = 0;
        const auto statement = start(
            "SELECT g, repeat('x', 100) || g FROM generate_series(1, 100000) g, "
            "pg_sleep(CASE g WHEN 90000 THEN 0.3 ELSE 0 END)");
        waiter.cancelled = true;
        if (by_reset)
            statement->reset();
        else
            EXPECT_THROW(expect_rest(*statement), std::runtime_error);
        EXPECT_FALSE(connection->is_open());
        EXPECT_THROW(query(*connection, "SELECT 1"), OperationalError);
        connection->rollback();
    }
}

TEST_P(PostgresqlArriving, R23_a_child_takes_no_byte_of_its_parent_s_rows) {
    auto statement = start();
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        ::alarm(60);
        const bool refused =
            caught<azoth::ForkedProcessError>([&] { statement->fetch(cells); }) != nullptr;
        statement.reset();
        connection.reset();
        ::_exit(refused ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    expect_rest(*statement);
    connection->commit();
}

TEST_P(PostgresqlArriving, tls_and_plain_connections_alike) {
    for (const char* mode : {"disable", "require"}) {
        ConnectOptions options = server_options();
        set_parameter(options, "sslmode", mode);
        if (!GetParam()) options.waiter = nullptr;
        connection = azoth::postgresql::connect(options);
        connection->begin({});
        taken = 0;
        const auto statement = start();
        expect_rest(*statement);
    }
}

}  // namespace
