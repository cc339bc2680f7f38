// SPDX-License-Identifier: MIT
#include "fake_driver.hpp"
#include <azoth/pool/assertion_pool.hpp>
#include <azoth/pool/null_pool.hpp>
#include <azoth/pool/singleton_thread_pool.hpp>
#include <azoth/pool/static_pool.hpp>

#include <gtest/gtest.h>

#include <future>
#include <optional>

namespace azoth::test {
namespace {

using namespace std::chrono_literals;

/// Runs `body` in another thread, to its end.
template <typename Body>
void elsewhere(Body body) {
    std::thread(std::move(body)).join();
}

TEST(NullPool, opens_for_each_lease_and_closes_at_its_end) {
    FakeServer server;
    NullPool pool(server.creator());
    {
        const auto a = pool.connect();
        const auto b = pool.connect();
        EXPECT_EQ(server.open, 2);
        EXPECT_EQ(pool.statistics().checked_out, 2);
        b->begin({});
    }
    EXPECT_EQ(server.open, 0);
    EXPECT_EQ(server.rollbacks, 1);
    EXPECT_EQ(fake(pool.connect()).number(), 3);
    EXPECT_EQ(pool.status(), "NullPool");
    EXPECT_EQ(pool.statistics().checked_in, 0);
}

TEST(NullPool, a_failing_connect_throws_and_counts_nothing) {
    FakeServer server;
    NullPool pool(server.creator());
    server.fail_connects = 1;
    EXPECT_THROW(static_cast<void>(pool.connect()), OperationalError);
    EXPECT_EQ(pool.statistics().checked_out, 0);
}

TEST(StaticPool, has_one_connection_for_all_and_keeps_it) {
    FakeServer server;
    StaticPool pool(server.creator());
    {
        const auto a = pool.connect();
        const auto b = pool.connect();
        EXPECT_EQ(&a.connection(), &b.connection());
    }
    EXPECT_EQ(fake(pool.connect()).number(), 1);
    EXPECT_EQ(server.connects, 1);
    EXPECT_EQ(pool.status(), "StaticPool");
}

TEST(StaticPool, never_rolls_back_what_another_lease_is_doing) {
    FakeServer server;
    StaticPool pool(server.creator());
    auto outer = pool.connect();
    outer->begin({});
    pool.connect().close();
    EXPECT_TRUE(outer->in_transaction());
    EXPECT_EQ(server.rollbacks, 0);
    outer.close();
    EXPECT_EQ(server.rollbacks, 1);
}

TEST(StaticPool, closes_an_invalidated_connection_when_its_last_lease_ends) {
    FakeServer server;
    StaticPool pool(server.creator());
    auto a = pool.connect();
    auto b = pool.connect();
    a.invalidate();
    EXPECT_EQ(server.open, 1);  // b may be in the middle of something
    EXPECT_FALSE(a.is_valid());
    b.close();
    EXPECT_EQ(server.open, 0);
    EXPECT_EQ(fake(pool.connect()).number(), 2);
}

TEST(StaticPool, a_broken_connection_does_not_become_usable_by_soft_invalidation) {
    FakeServer server;
    StaticPool pool(server.creator());
    auto a = pool.connect();
    auto b = pool.connect();
    b->begin({});
    a.invalidate("out of step");
    b.soft_invalidate();
    b.close();
    EXPECT_EQ(server.rollbacks, 0);  // not another word on it
    EXPECT_EQ(server.open, 0);
}

TEST(StaticPool, a_Thread_does_not_join_a_lease_that_is_being_detached) {
    FakeServer server;
    Pool* the_pool = nullptr;
    std::thread other;
    StaticPool pool(server.creator(), {.on_event = [&](const PoolEvent& event) {
                        if (event.kind != PoolEventKind::detach) return;
                        other =
                            std::thread([&] { EXPECT_EQ(fake(the_pool->connect()).number(), 2); });
                        std::this_thread::sleep_for(50ms);
                    }});
    the_pool = &pool;
    auto lease = pool.connect();
    lease.detach();
    other.join();
    EXPECT_EQ(fake(lease).number(), 1);
}

TEST(StaticPool, a_failing_first_connect_leaves_it_usable) {
    FakeServer server;
    StaticPool pool(server.creator());
    server.fail_connects = 1;
    EXPECT_THROW(static_cast<void>(pool.connect()), OperationalError);
    EXPECT_TRUE(pool.connect().is_valid());
}

TEST(StaticPool, dispose_closes_the_connection_once_it_is_free) {
    FakeServer server;
    StaticPool pool(server.creator());
    auto held = pool.connect();
    pool.dispose();
    EXPECT_EQ(server.open, 1);
    held.close();
    EXPECT_EQ(server.open, 0);
    pool.connect().close();
    EXPECT_EQ(server.open, 1);
    pool.dispose();
    EXPECT_EQ(server.open, 0);
}

TEST(StaticPool, R19_leases_in_Threads_share_what_notices_concurrent_use) {
    FakeServer server;
    StaticPool pool(server.creator());
    const auto mine = pool.connect();
    const ExclusiveUse using_it(mine.use_monitor(), "Connection");
    elsewhere([&] {
        const auto theirs = pool.connect();
        EXPECT_THROW(ExclusiveUse(theirs.use_monitor(), "Connection"), IllegalStateChangeError);
    });
}

TEST(StaticPool, Threads_wait_for_the_one_that_opens_the_connection) {
    FakeServer server;
    server.connect_delay_ms = 30;
    StaticPool pool(server.creator());
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] { EXPECT_EQ(fake(pool.connect()).number(), 1); });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(server.connects, 1);
    EXPECT_EQ(server.violations, 0);
}

TEST(StaticPool, a_Thread_does_not_wait_longer_than_the_timeout_for_another_to_connect) {
    FakeServer server;
    std::promise<void> connecting;
    std::promise<void> go_on;
    StaticPool pool(
        [&] {
            connecting.set_value();
            go_on.get_future().wait();
            return server.creator()();
        },
        {.timeout = 20ms});
    std::thread slow([&] { EXPECT_TRUE(pool.connect().is_valid()); });
    connecting.get_future().wait();
    EXPECT_THROW(static_cast<void>(pool.connect()), TimeoutError);
    go_on.set_value();
    slow.join();
    EXPECT_EQ(fake(pool.connect()).number(), 1);
}

TEST(SingletonThreadPool, has_one_connection_a_Thread_shared_by_its_leases) {
    FakeServer server;
    SingletonThreadPool pool(server.creator());
    const auto mine = pool.connect();
    EXPECT_EQ(fake(pool.connect()).number(), 1);
    elsewhere([&] {
        const auto theirs = pool.connect();
        EXPECT_EQ(fake(theirs).number(), 2);
        EXPECT_EQ(fake(pool.connect()).number(), 2);
        EXPECT_EQ(pool.status(), "SingletonThreadPool connections: 2");
    });
    EXPECT_EQ(fake(pool.connect()).number(), 1);
}

TEST(SingletonThreadPool, nested_leases_keep_the_outer_transaction) {
    FakeServer server;
    SingletonThreadPool pool(server.creator());
    const auto outer = pool.connect();
    outer->begin({});
    pool.connect().close();
    EXPECT_TRUE(outer->in_transaction());
}

TEST(SingletonThreadPool, keeps_a_Threads_connection_while_it_lives_and_closes_it_at_its_end) {
    FakeServer server;
    SingletonThreadPool pool(server.creator());
    pool.connect().close();
    for (int i = 0; i < 20; ++i) {
        elsewhere([&] {
            pool.connect().close();
            EXPECT_EQ(server.open, 2);
        });
        EXPECT_EQ(server.open, 1);
    }
    EXPECT_EQ(fake(pool.connect()).number(), 1);
}

TEST(SingletonThreadPool, a_Thread_finds_no_notes_of_one_that_has_ended) {
    FakeServer server;
    SingletonThreadPool pool(server.creator());
    elsewhere([&] {
        pool.connect().record_info()["slot"] = 1;
        EXPECT_EQ(pool.connect().record_info().size(), 1U);
    });
    elsewhere([&] { EXPECT_TRUE(pool.connect().record_info().empty()); });
}

TEST(SingletonThreadPool, a_lease_may_outlive_its_Thread) {
    FakeServer server;
    SingletonThreadPool pool(server.creator());
    PooledConnection lease;
    elsewhere([&] { lease = pool.connect(); });
    EXPECT_NO_THROW(lease->run("SELECT 1"));
    lease.close();
    EXPECT_EQ(server.open, 0);
    elsewhere([&] { EXPECT_EQ(fake(pool.connect()).number(), 2); });
}

TEST(SingletonThreadPool, a_Thread_may_outlive_the_pool) {
    FakeServer server;
    auto pool = std::make_unique<SingletonThreadPool>(server.creator());
    std::promise<void> connected;
    std::promise<void> gone;
    std::thread thread([&] {
        pool->connect().close();
        connected.set_value();
        gone.get_future().wait();
        SingletonThreadPool next(server.creator());  // perhaps at the same address
        EXPECT_EQ(fake(next.connect()).number(), 2);
    });
    connected.get_future().wait();
    pool.reset();
    EXPECT_EQ(server.open, 0);
    gone.set_value();
    thread.join();
    EXPECT_EQ(server.open, 0);
    EXPECT_EQ(server.violations, 0);
}

/// Connects when its thread ends, after the pool has cleaned up for that thread.
struct LateUser {
    Pool* pool = nullptr;
    ~LateUser() {
        if (pool != nullptr) pool->connect()->run("SELECT 1");
    }
};

TEST(SingletonThreadPool, serves_destructors_at_the_very_end_of_a_Thread) {
    FakeServer server;
    SingletonThreadPool pool(server.creator());
    elsewhere([&] {
        static thread_local LateUser late;  // made before the pool's own, so destroyed after it
        late.pool = &pool;
        pool.connect().close();
    });
    EXPECT_EQ(server.connects, 2);
    EXPECT_EQ(server.open, 0);
    EXPECT_EQ(server.violations, 0);
}

TEST(SingletonThreadPool, dispose_closes_idle_connections_of_all_Threads) {
    FakeServer server;
    SingletonThreadPool pool(server.creator());
    const auto mine = pool.connect();
    std::promise<void> connected;
    std::promise<void> disposed;
    std::thread other([&] {
        pool.connect().close();
        connected.set_value();
        disposed.get_future().wait();
        EXPECT_EQ(fake(pool.connect()).number(), 3);
    });
    connected.get_future().wait();
    pool.dispose();
    EXPECT_EQ(server.open, 1);
    EXPECT_NO_THROW(mine->run("SELECT 1"));
    disposed.set_value();
    other.join();
}

TEST(AssertionPool, lends_one_connection_again_and_again) {
    FakeServer server;
    AssertionPool pool(server.creator());
    for (int i = 0; i < 3; ++i) EXPECT_EQ(fake(pool.connect()).number(), 1);
    EXPECT_EQ(pool.statistics().checked_in, 1);
    pool.dispose();
    EXPECT_EQ(server.open, 0);
    EXPECT_EQ(fake(pool.connect()).number(), 2);
}

TEST(AssertionPool, says_where_the_connection_is_when_asked_for_a_second) {
    FakeServer server;
    AssertionPool pool(server.creator());
    auto held = pool.connect();
    const auto line = std::to_string(std::source_location::current().line() - 1);
    try {
        static_cast<void>(pool.connect());
        FAIL() << "no InvalidRequestError";
    } catch (const InvalidRequestError& error) {
        const std::string message = error.what();
        EXPECT_NE(message.find("other_pools_test.cpp:" + line), std::string::npos) << message;
    }
    held.invalidate();
    EXPECT_EQ(fake(pool.connect()).number(), 2);
}

TEST(AssertionPool, a_failing_connect_leaves_it_usable) {
    FakeServer server;
    AssertionPool pool(server.creator());
    server.fail_connects = 1;
    EXPECT_THROW(static_cast<void>(pool.connect()), OperationalError);
    EXPECT_TRUE(pool.connect().is_valid());
}

TEST(AllPools, recreate_keeps_class_and_options) {
    FakeServer server;
    const PoolOptions options{.reset_on_return = ResetOnReturn::commit};
    const auto check = [&](auto pool) {
        const auto other = pool->recreate();
        EXPECT_EQ(typeid(*other), typeid(*pool));
        EXPECT_EQ(other->options().reset_on_return, ResetOnReturn::commit);
        EXPECT_TRUE(other->connect().is_valid());
    };
    check(std::make_unique<NullPool>(server.creator(), options));
    check(std::make_unique<StaticPool>(server.creator(), options));
    check(std::make_unique<SingletonThreadPool>(server.creator(), options));
    check(std::make_unique<AssertionPool>(server.creator(), options));
    EXPECT_EQ(server.open, 0);
}

TEST(AllPools, leases_may_outlive_them) {
    FakeServer server;
    std::vector<PooledConnection> leases;
    {
        StaticPool a(server.creator());
        SingletonThreadPool b(server.creator());
        AssertionPool c(server.creator());
        leases.push_back(a.connect());
        leases.push_back(a.connect());
        leases.push_back(b.connect());
        leases.push_back(c.connect());
    }
    EXPECT_EQ(server.open, 3);
    leases.clear();
    EXPECT_EQ(server.open, 0);
    EXPECT_EQ(server.violations, 0);
}

}  // namespace
}  // namespace azoth::test
