// SPDX-License-Identifier: MIT
// Lost connections, and two threads on one connection.
#include <tests/compliance/support.hpp>
#include <tests/support/server_process.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

namespace compliance {
namespace {

class Disconnects : public UsersTest {
  protected:
    /// Ends the server process of a connection, by another connection.
    void kill(Connection& victim) {
        test::end_server_process(GetParam(), test::server_process_of(GetParam(), victim));
    }
    std::int64_t count(Connection& conn) {
        return conn.scalar(select(func::count()).select_from(users)).value();
    }
};
AZOTH_ON_ALL_DATABASES(Disconnects);

TEST_P(Disconnects,
       R24_a_killed_connection_is_an_operational_error_and_the_next_checkout_recovers) {
    if (!requirements.server_processes) {
        // What comes nearest in a database without a server: the program gives the connection up.
        auto conn = engine.connect();
        conn.execute(insert(users).values(users.name = "lost"));
        conn.invalidate();
        EXPECT_TRUE(conn.closed());
        EXPECT_THROW((void)count(conn), ResourceClosedError);
        if (requirements.several_connections) {
            auto next = engine.connect();
            EXPECT_EQ(count(next), 3);
        }
        return;
    }
    auto conn = engine.connect();
    conn.execute(insert(users).values(users.name = "lost"));
    kill(conn);
    const auto error = caught<OperationalError>(
        [&] { conn.execute(insert(users).values(users.name = "lost too")); });
    ASSERT_TRUE(error);
    EXPECT_TRUE(error->connection_invalidated());
    EXPECT_EQ(error->poisoned(), Poisoned::connection);
    EXPECT_THAT(error->statement(), HasSubstr("INSERT"));
    // the transaction is known to be lost, whatever is tried next
    EXPECT_THROW((void)count(conn), PendingRollbackError);
    EXPECT_THROW(conn.commit(), PendingRollbackError);
    conn.rollback();
    conn.close();

    auto next = engine.connect();
    EXPECT_EQ(count(next), 3);
    next.execute(insert(users).values(users.name = "kept"));
    next.commit();
    EXPECT_EQ(count(next), 4);
}

TEST_P(Disconnects, R24_a_rollback_of_what_the_server_has_rolled_back_already_succeeds) {
    if (!requirements.server_processes) return;  // a connection can't be lost otherwise
    auto conn = engine.connect();
    conn.execute(insert(users).values(users.name = "lost"));
    kill(conn);
    EXPECT_NO_THROW(conn.rollback());
    conn.close();
    auto next = engine.connect();
    EXPECT_EQ(count(next), 3);
}

TEST_P(Disconnects, R24_a_connection_lost_in_a_savepoint_takes_the_transaction_around_it_along) {
    if (!requirements.server_processes) return;  // a connection can't be lost otherwise
    auto conn = engine.connect();
    conn.execute(insert(users).values(users.name = "lost"));
    auto savepoint = conn.begin_nested();
    kill(conn);
    EXPECT_THROW(conn.execute(insert(users).values(users.name = "lost too")), OperationalError);
    savepoint.rollback();
    EXPECT_THROW(conn.execute(insert(users).values(users.name = "lost too")), PendingRollbackError);
    EXPECT_THROW(conn.commit(), PendingRollbackError);
    conn.rollback();
}

TEST_P(Disconnects, R24_all_pooled_connections_of_that_generation_are_replaced) {
    if (!requirements.server_processes) {
        auto conn = engine.connect();
        EXPECT_EQ(count(conn), 3);
        return;
    }
    std::vector<Connection> all;
    for (int i = 0; i < 3; ++i) {
        all.push_back(engine.connect());
        (void)test::server_process_of(GetParam(), all.back());
        all.back().rollback();
    }
    for (auto& conn : all) {
        conn.commit();
        kill(conn);
    }
    EXPECT_THROW((void)count(all[0]), OperationalError);
    all.clear();
    for (int i = 0; i < 3; ++i) {
        all.push_back(engine.connect());
        EXPECT_EQ(count(all.back()), 3);
    }
}

TEST_P(Disconnects, a_result_of_a_lost_connection_and_its_objects_end_quietly) {
    auto conn = engine.connect();
    auto result = conn.execute(select(users.id).order_by(users.id));
    ASSERT_NE(result.next(), nullptr);
    auto savepoint = conn.begin_nested();
    if (requirements.server_processes) {
        kill(conn);
        EXPECT_THROW((void)count(conn), OperationalError);
        try {
            (void)result.all();
        } catch (const Error&) {
        }
    } else {
        conn.invalidate();
        EXPECT_THROW((void)result.all(), ResourceClosedError);
    }
    EXPECT_NO_THROW(savepoint.rollback());
    EXPECT_FALSE(savepoint.is_active() && conn.closed());
}

TEST_P(Disconnects, R24_pre_ping_notices_before_the_program_does) {
    auto careful = make_engine({.pool_size = 1, .max_overflow = 0, .pool_pre_ping = true});
    metadata.create_all(careful);
    {
        auto conn = careful.connect();
        if (requirements.server_processes) kill(conn);
    }
    auto conn = careful.connect();
    EXPECT_GE(count(conn), 0);
}

TEST_P(Disconnects, a_commit_on_a_lost_connection_is_never_a_success) {
    auto conn = engine.connect();
    conn.execute(insert(users).values(users.name = "perhaps"));
    if (!requirements.server_processes) {
        conn.invalidate();
        EXPECT_THROW(conn.commit(), ResourceClosedError);
        return;
    }
    kill(conn);
    EXPECT_THROW(conn.commit(), OperationalError);
    conn.close();
    auto next = engine.connect();
    EXPECT_EQ(count(next), 3);
}

TEST_P(Disconnects, a_slow_statement_is_cancelled_by_another_thread) {
    auto conn = engine.connect();
    std::atomic<bool> started = false;
    std::thread canceller([&] {
        while (!started) std::this_thread::yield();
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        for (int i = 0; i < 100 && started; ++i) {
            conn.cancel();
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    });
    started = true;
    if (requirements.mariadb) conn.exec_driver_sql("set max_recursive_iterations = 4000000000");
    const auto slow = requirements.postgresql
                          ? "select pg_sleep(60)"
                          : "with recursive n(i) as (select 1 union all select i + 1 from n where "
                            "i < 2000000000) select count(*) from n";
    EXPECT_THROW((void)conn.execute(text(slow)).all(), OperationalError);
    started = false;
    canceller.join();
    conn.rollback();
    EXPECT_EQ(count(conn), 3);
}

class ThreadedUse : public Disconnects {};
AZOTH_ON_ALL_DATABASES(ThreadedUse);

TEST_P(ThreadedUse, R19_of_one_connection_by_two_threads_at_once_throws) {
    // The log is called in the middle of a statement: another thread comes in there.
    std::string refused;
    std::function<void()> on_sent = [] {};
    const auto logging = make_engine({.echo = true, .log = [&](const LogRecord&) { on_sent(); }});
    auto conn = logging.connect();
    on_sent = [&] {
        std::thread([&] {
            try {
                (void)conn.scalar(select(literal(1)));
            } catch (const IllegalStateChangeError& error) {
                refused = error.what();
            }
        }).join();
    };
    EXPECT_EQ(conn.scalar(select(literal(2))), 2);
    on_sent = [] {};
    EXPECT_THAT(refused, HasSubstr("Connection"));
    EXPECT_EQ(conn.scalar(select(literal(3))), 3) << "afterwards it is whole";
}

TEST_P(ThreadedUse, R20_a_small_cache_serves_threads_on_connections_of_their_own) {
    if (!requirements.several_connections) return;  // in memory, each has a database of its own
    const auto small = make_engine({.query_cache_size = 4, .prepared_statements = 3});
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            auto conn = small.connect();
            for (int i = 0; i < 300; ++i) {
                const int key = (i + t) % 9;
                EXPECT_EQ(conn.scalar(select(literal(i).label("c" + std::to_string(key)))), i);
                if (i % 100 == 99) small.clear_compiled_cache();
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_LE(small.cache_statistics().size, 6U);
    EXPECT_EQ(small.cache_statistics().hits + small.cache_statistics().misses, 1200U);
}

TEST_P(ThreadedUse, R19_one_after_the_other_is_allowed) {
    auto conn = engine.connect();
    (void)count(conn);
    std::int64_t seen = 0;
    std::thread([&] { seen = count(conn); }).join();
    EXPECT_EQ(seen, 3);
    EXPECT_EQ(count(conn), 3);
}

TEST_P(ThreadedUse, one_statement_is_executed_by_many_threads) {
    const auto shared = select(users.id, users.name)
                            .where(users.id.in({1, 2, 3}), users.age > 1)
                            .order_by(users.id);
    std::atomic<int> rows = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            if (!requirements.several_connections) metadata.create_all(engine);  // each has its own
            for (int i = 0; i < 50; ++i) {
                auto conn = engine.connect();
                rows += static_cast<int>(conn.execute(shared).all().size());
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(rows, requirements.several_connections ? 600 : 0);
}

}  // namespace
}  // namespace compliance
