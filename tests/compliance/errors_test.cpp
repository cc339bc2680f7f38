// SPDX-License-Identifier: MIT
// What each database's errors become: the same class for the same mistake. The codes that only one
// database has are tested with its dialect.
#include <tests/compliance/support.hpp>
#include <tests/support/server_process.hpp>

#include <chrono>
#include <thread>

namespace compliance {
namespace {

/// The code by which a database names an error: its SQLSTATE or number.
struct Codes {
    int sqlite;
    std::string postgresql;
    int mariadb;
};

class Errors : public UsersTest {
  protected:
    Errors() {
        conn.exec_driver_sql("drop table if exists checked");
        conn.exec_driver_sql(
            "create table checked (id int primary key, n int not null, s varchar(3) unique, "
            "constraint positive check (n > 0))");
        conn.exec_driver_sql("insert into checked values (1, 1, 'a')");
        conn.commit();
    }
    ~Errors() override {
        conn.rollback();
        conn.exec_driver_sql("drop table checked");
        conn.commit();
    }

    /// Provokes an error in a transaction, which is then rolled back, and compares its code.
    template <class E>
    std::optional<E> fails(std::string_view sql, const Codes& codes) {
        const auto error = caught<E>([&] { (void)conn.execute(text(sql)).all(); });
        conn.rollback();
        if (!error) {
            ADD_FAILURE() << sql;
            return error;
        }
        expect_code(*error, codes);
        EXPECT_EQ(error->statement(), sql);
        if (requirements.errors_end_transactions) {
            EXPECT_EQ(error->poisoned(), Poisoned::transaction);
        }
        EXPECT_FALSE(error->connection_invalidated());
        EXPECT_EQ(conn.scalar(select(literal(1))), 1) << "after " << sql;
        conn.rollback();
        return error;
    }
    void expect_code(const DBAPIError& error, const Codes& codes) {
        if (requirements.postgresql) {
            EXPECT_EQ(error.sqlstate(), codes.postgresql) << error.what();
        } else {
            EXPECT_EQ(error.fault().native_code, requirements.sqlite ? codes.sqlite : codes.mariadb)
                << error.what();
        }
    }

    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(Errors);

TEST_P(Errors, violated_constraints_are_integrity_errors) {
    const auto unique =
        fails<IntegrityError>("insert into checked values (2, 1, 'a')", {2067, "23505", 1062});
    ASSERT_TRUE(unique);
    EXPECT_FALSE(unique->retryable());
    fails<IntegrityError>("insert into checked values (1, 1, 'b')", {1555, "23505", 1062});
    fails<IntegrityError>("insert into checked values (2, null, 'b')", {1299, "23502", 1048});
    const auto check =
        fails<IntegrityError>("insert into checked values (2, 0, 'b')", {275, "23514", 4025});
    ASSERT_TRUE(check);
    EXPECT_EQ(check->fault().constraint, "positive");
    fails<IntegrityError>("insert into address (email, user_id) values ('x', 99)",
                          {787, "23503", 1452});
    fails<IntegrityError>("delete from user_account where id = 1", {787, "23503", 1451});
}

TEST_P(Errors, wrong_sql_is_a_programming_error) {
    fails<ProgrammingError>("selekt 1", {1, "42601", 1064});
    fails<ProgrammingError>("select * from nowhere", {1, "42P01", 1146});
    fails<ProgrammingError>("select nothing from checked", {1, "42703", 1054});
    fails<ProgrammingError>("select nothing(1)", {1, "42883", 1305});
    fails<ProgrammingError>("create table checked (id int)", {1, "42P07", 1050});
    fails<ProgrammingError>("insert into checked (id) values (1, 2)", {1, "42601", 1136});
}

TEST_P(Errors, values_that_do_not_fit_are_data_errors) {
    fails<DataError>("select abs(-9223372036854775807 - 1)", {1, "22003", 1690});
    if (requirements.sized_integers) {
        fails<DataError>("insert into checked values (2, 99999999999, 'b')", {0, "22003", 1264});
        fails<DataError>("insert into checked values (2, 1, 'long')", {0, "22001", 1406});
        fails<DataError>("insert into checked values (2, 'many', 'b')", {0, "22P02", 1366});
    } else {
        // SQLite keeps what does not fit, unless a table is STRICT.
        conn.exec_driver_sql("create temporary table strict_one (n integer) strict");
        conn.commit();
        fails<DataError>("insert into strict_one values ('many')", {3091, "", 0});
    }
}

TEST_P(Errors, a_lock_that_is_not_given_is_an_operational_error_to_be_tried_again) {
    if (!requirements.several_connections) {
        EXPECT_FALSE(requirements.concurrent_writers) << "nobody else can have the lock";
        return;
    }
    auto holder = engine.connect();
    holder.exec_driver_sql("update checked set n = 2");
    auto waiter = engine.connect();
    const auto hasty = [&] {
        if (requirements.postgresql) waiter.exec_driver_sql("set local lock_timeout = '20ms'");
        if (requirements.mariadb) waiter.exec_driver_sql("set innodb_lock_wait_timeout = 0");
        if (requirements.sqlite) waiter.exec_driver_sql("pragma busy_timeout = 20");
        waiter.exec_driver_sql("update checked set n = 3");
    };
    const auto error = caught<OperationalError>(hasty);
    ASSERT_TRUE(error);
    expect_code(*error, {5, "55P03", 1205});
    EXPECT_TRUE(error->retryable());
    EXPECT_FALSE(error->connection_invalidated());
    waiter.rollback();
    waiter.invalidate();  // its settings are nobody else's
    holder.rollback();
}

TEST_P(Errors, a_statement_that_is_cancelled_is_an_operational_error) {
    if (!requirements.server_processes) return;  // SQLite's is tested with its dialect
    auto conn2 = engine.connect();
    std::jthread canceller([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
        conn2.cancel();
    });
    const auto error = caught<OperationalError>([&] {
        (void)conn2
            .execute(text(requirements.postgresql
                              ? "select pg_sleep(20)"
                              : "select count(*) from seq_1_to_1000000000 where seq % 7 = 3"))
            .all();
    });
    ASSERT_TRUE(error);
    expect_code(*error, {9, "57014", 1317});
    EXPECT_FALSE(error->retryable());
    EXPECT_FALSE(error->connection_invalidated());
}

TEST_P(Errors, a_statement_that_takes_too_long_is_an_operational_error_and_the_connection_lives) {
    if (!requirements.server_processes) return;  // SQLite measures no time: see cancel()
    auto hasty = engine.connect();
    hasty.exec_driver_sql(requirements.postgresql ? "set local statement_timeout = '50ms'"
                                                  : "set max_statement_time = 0.05");
    const auto error = caught<OperationalError>([&] {
        (void)hasty
            .execute(text(requirements.postgresql
                              ? "select pg_sleep(20)"
                              : "select count(*) from seq_1_to_1000000000 where seq % 7 = 3"))
            .all();
    });
    ASSERT_TRUE(error);
    expect_code(*error, {0, "57014", 1969});
    EXPECT_FALSE(error->retryable());
    EXPECT_FALSE(error->connection_invalidated());
    hasty.rollback();
    EXPECT_EQ(hasty.scalar(select(literal(1))), 1);
    hasty.invalidate();  // its setting is nobody else's
}

TEST_P(Errors, a_database_that_is_not_there_is_an_operational_error) {
    const Engine lost = create_engine(
        make_url(GetParam().url)
            .set({.database = requirements.sqlite ? "/nowhere/at/all.db" : "no_such_database"}));
    const auto error = caught<OperationalError>([&] { (void)lost.connect(); });
    ASSERT_TRUE(error);
    expect_code(*error, {14, "", 1049});  // libpq gives no SQLSTATE
    EXPECT_THAT(error->what(), HasSubstr(requirements.sqlite ? "nowhere" : "no_such_database"));
}

TEST_P(Errors, R27_a_wrong_password_is_an_operational_error_that_does_not_show_it) {
    if (requirements.sqlite) {
        EXPECT_EQ(make_url(GetParam().url).password(), std::nullopt) << "SQLite has none";
        return;
    }
    const Engine stranger =
        create_engine(make_url(GetParam().url).set({.password = "not-the-password"}));
    const auto error = caught<OperationalError>([&] { (void)stranger.connect(); });
    ASSERT_TRUE(error);
    expect_code(*error, {0, "", 1045});  // libpq gives no SQLSTATE
    EXPECT_THAT(error->what(), Not(HasSubstr("not-the-password")));
}

TEST_P(Errors, a_transaction_that_may_only_read_does_not_write) {
    if (requirements.sqlite) {
        conn.driver_connection().run("pragma query_only = on");
        const auto error = caught<OperationalError>(
            [&] { conn.exec_driver_sql("insert into checked values (2, 1, 'b')"); });
        conn.rollback();
        conn.driver_connection().run("pragma query_only = off");
        ASSERT_TRUE(error);
        expect_code(*error, {8, "", 0});
        return;
    }
    auto reader = engine.connect();
    reader.exec_driver_sql(requirements.postgresql ? "set transaction read only"
                                                   : "set session transaction read only");
    if (requirements.mariadb) reader.commit();
    const auto error = caught<OperationalError>(
        [&] { reader.exec_driver_sql("insert into checked values (2, 1, 'b')"); });
    ASSERT_TRUE(error);
    expect_code(*error, {0, "25006", 1792});
    reader.invalidate();
}

TEST_P(Errors, a_server_that_is_gone_is_an_operational_error_that_lost_the_connection) {
    if (!requirements.server_processes) return;  // SQLite has no server
    auto victim = engine.connect();
    (void)victim.scalar(select(literal(1)));
    test::end_server_process(GetParam(), test::server_process_of(GetParam(), victim));
    const auto error = caught<OperationalError>([&] { (void)victim.scalar(select(literal(1))); });
    ASSERT_TRUE(error);
    EXPECT_TRUE(error->connection_invalidated());
    EXPECT_FALSE(error->retryable());
}

}  // namespace
}  // namespace compliance
