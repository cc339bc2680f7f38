// SPDX-License-Identifier: MIT
#include "fake_driver.hpp"
#include <azoth/pool/queue_pool.hpp>
#include <azoth/pool/static_pool.hpp>

#include <gtest/gtest.h>

#include <future>

namespace azoth::test {
namespace {

using namespace std::chrono_literals;

TEST(PoolStatistics, count_failures_to_connect) {
    FakeServer server;
    QueuePool pool(server.creator());
    server.fail_connects = 2;
    for (int i = 0; i < 2; ++i) EXPECT_THROW(static_cast<void>(pool.connect()), OperationalError);
    pool.connect().close();
    EXPECT_EQ(pool.statistics().connect_failures, 2U);
    EXPECT_EQ(pool.statistics().opened, 1U);
    EXPECT_EQ(pool.statistics().closed, 0U);
}

TEST(PoolStatistics, count_transactions_that_were_left_open) {
    FakeServer server;
    QueuePool pool(server.creator());
    pool.connect().close();
    pool.connect()->begin({});
    EXPECT_EQ(pool.statistics().resets, 1U);
    server.fail_rollback = true;
    pool.connect()->begin({});
    EXPECT_EQ(pool.statistics().resets, 1U);
    EXPECT_EQ(pool.statistics().reset_failures, 1U);
}

TEST(PoolStatistics, count_pings_and_those_that_failed) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pre_ping = true});
    for (int i = 0; i < 3; ++i) pool.connect().close();
    server.restart();
    pool.connect().close();
    EXPECT_EQ(pool.statistics().pings, 3U);
    EXPECT_EQ(pool.statistics().ping_failures, 1U);
}

TEST(PoolStatistics, say_how_often_and_how_long_threads_waited) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 1, .max_overflow = 0});
    pool.connect().close();
    EXPECT_EQ(pool.statistics().waits, 0U);
    for (const auto time : {1ms, 30ms}) {
        auto held = pool.connect();
        std::thread waiter([&] { pool.connect().close(); });
        while (pool.statistics().waiting == 0) std::this_thread::yield();
        std::this_thread::sleep_for(time);
        held.close();
        waiter.join();
    }
    const PoolStatistics now = pool.statistics();
    EXPECT_EQ(now.waits, 2U);
    EXPECT_EQ(now.timeouts, 0U);
    EXPECT_GE(now.longest_wait, 30ms);
    EXPECT_GE(now.wait_time, now.longest_wait + 1ms);
}

TEST(PoolStatistics, count_a_wait_in_vain_as_a_wait_and_a_refusal_at_once_as_none) {
    FakeServer server;
    QueuePool waiting(server.creator(), {.pool_size = 1, .max_overflow = 0, .timeout = 5ms});
    QueuePool refusing(server.creator(), {.pool_size = 1, .max_overflow = 0, .timeout = 0ms});
    for (QueuePool* pool : {&waiting, &refusing}) {
        const auto held = pool->connect();
        EXPECT_THROW(static_cast<void>(pool->connect()), TimeoutError);
        EXPECT_EQ(pool->statistics().timeouts, 1U);
    }
    EXPECT_EQ(waiting.statistics().waits, 1U);
    EXPECT_GE(waiting.statistics().wait_time, 5ms);
    EXPECT_EQ(refusing.statistics().waits, 0U);
}

TEST(PoolStatistics, count_a_Thread_that_waits_for_a_shared_connection_to_be_opened) {
    FakeServer server;
    std::promise<void> connecting;
    std::promise<void> go_on;
    StaticPool pool([&] {
        connecting.set_value();
        go_on.get_future().wait();
        return server.creator()();
    });
    std::thread slow([&] { EXPECT_TRUE(pool.connect().is_valid()); });
    connecting.get_future().wait();
    std::thread waiter([&] { EXPECT_TRUE(pool.connect().is_valid()); });
    while (pool.statistics().waiting == 0) std::this_thread::yield();
    go_on.set_value();
    slow.join();
    waiter.join();
    EXPECT_EQ(pool.statistics().waits, 1U);
    EXPECT_EQ(pool.statistics().waiting, 0);
    EXPECT_EQ(pool.statistics().opened, 1U);
}

TEST(PoolStatistics, of_a_pool_begin_anew_in_what_recreate_makes) {
    FakeServer server;
    QueuePool pool(server.creator());
    pool.connect().close();
    EXPECT_EQ(pool.recreate()->statistics().checkouts, 0U);
}

}  // namespace
}  // namespace azoth::test
