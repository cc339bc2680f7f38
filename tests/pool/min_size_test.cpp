// SPDX-License-Identifier: MIT
#include "fake_driver.hpp"
#include <azoth/pool/assertion_pool.hpp>
#include <azoth/pool/null_pool.hpp>
#include <azoth/pool/queue_pool.hpp>
#include <azoth/pool/singleton_thread_pool.hpp>
#include <azoth/pool/static_pool.hpp>

#include <gtest/gtest.h>

/// Warming up, and what replaces a thread in the background.
namespace azoth::test {
namespace {

using namespace std::chrono_literals;

TEST(PoolWarmUp, opens_min_size_connections_and_no_more) {
    FakeServer server;
    QueuePool pool(server.creator(), {.min_size = 3});
    EXPECT_EQ(server.connects, 0);
    pool.warm_up();
    EXPECT_EQ(pool.checkedin(), 3);
    EXPECT_EQ(pool.statistics().checkouts, 0U);
    pool.warm_up();
    EXPECT_EQ(server.connects, 3);
}

TEST(PoolWarmUp, counts_what_is_lent_and_fills_up_the_rest) {
    FakeServer server;
    QueuePool pool(server.creator(), {.min_size = 3});
    const auto held = take(pool, 2);
    pool.warm_up();
    EXPECT_EQ(server.open, 3);
    EXPECT_EQ(pool.checkedin(), 1);
}

TEST(PoolWarmUp, does_nothing_where_no_minimum_is_set) {
    FakeServer server;
    QueuePool queue(server.creator());
    NullPool null(server.creator());
    StaticPool single(server.creator());
    SingletonThreadPool threads(server.creator());
    AssertionPool asserting(server.creator());
    for (Pool* pool : std::initializer_list<Pool*>{&queue, &null, &single, &threads, &asserting}) {
        pool->warm_up();
        pool->maintain();
    }
    EXPECT_EQ(server.connects, 0);
}

TEST(PoolWarmUp, that_fails_throws_the_creators_error_and_keeps_what_it_opened) {
    FakeServer server;
    int allowed = 2;
    QueuePool pool(
        [&] {
            if (allowed-- <= 0) server.fail_connects = 1;
            return server.creator()();
        },
        {.pool_size = 4, .max_overflow = 0, .min_size = 4, .timeout = 0s});
    EXPECT_THROW(pool.warm_up(), OperationalError);
    EXPECT_EQ(pool.checkedin(), 2);
    EXPECT_EQ(pool.checkedout(), 0);
    EXPECT_EQ(pool.statistics().connect_failures, 1U);
    allowed = 2;
    pool.warm_up();
    EXPECT_EQ(take(pool, 4).size(), 4U);  // no place was lost
}

TEST(PoolWarmUp, an_error_of_a_connect_listener_closes_the_connection_and_reaches_the_caller) {
    FakeServer server;
    QueuePool pool(server.creator(), {.min_size = 1, .on_event = [](const PoolEvent& event) {
                                          if (event.kind == PoolEventKind::connect)
                                              throw std::runtime_error("no time zone");
                                      }});
    EXPECT_THROW(pool.warm_up(), std::runtime_error);
    EXPECT_EQ(server.open, 0);
    EXPECT_EQ(pool.checkedout(), 0);
}

TEST(PoolWarmUp, connections_may_be_dead_when_they_are_used_and_are_pinged) {
    FakeServer server;
    QueuePool pool(server.creator(), {.min_size = 2, .pre_ping = true});
    pool.warm_up();
    server.restart();
    EXPECT_NO_THROW(pool.connect()->run("SELECT 1"));
    EXPECT_EQ(pool.statistics().ping_failures, 1U);
}

TEST(PoolWarmUp, ends_although_the_pool_is_disposed_of_all_the_time) {
    FakeServer server;
    Pool* the_pool = nullptr;
    QueuePool pool(
        [&] {
            auto connection = server.creator()();
            the_pool->dispose();
            return connection;
        },
        {.min_size = 3});
    the_pool = &pool;
    pool.warm_up();
    EXPECT_EQ(server.connects, 3);
    EXPECT_EQ(server.open, 0);
    EXPECT_EQ(pool.checkedout(), 0);
}

TEST(PoolMaintenance, replaces_idle_connections_whose_time_is_over_down_to_min_size) {
    for (const PoolOptions& options : {PoolOptions{.min_size = 2, .recycle = 20ms},
                                       PoolOptions{.min_size = 2, .max_lifetime = 20ms}}) {
        FakeServer server;
        QueuePool pool(server.creator(), options);
        take(pool, 4).clear();
        std::this_thread::sleep_for(40ms);
        pool.maintain();
        EXPECT_EQ(pool.checkedin(), 2);
        EXPECT_EQ(server.closes, 4);
        EXPECT_EQ(server.connects, 6);
        EXPECT_EQ(pool.statistics().recycled + pool.statistics().lifetime_expired, 4U);
    }
}

TEST(PoolMaintenance, replaces_invalidated_idle_connections) {
    FakeServer server;
    QueuePool pool(server.creator(), {.min_size = 1});
    take(pool, 3).clear();
    pool.invalidate("failover");
    pool.maintain();
    EXPECT_EQ(server.closes, 3);
    EXPECT_EQ(pool.statistics().recycled + pool.statistics().lifetime_expired, 0U);
    EXPECT_EQ(fake(pool.connect()).number(), 4);
}

TEST(PoolMaintenance, leaves_good_connections_and_their_order_alone) {
    FakeServer server;
    QueuePool pool(server.creator(), {.min_size = 1, .max_lifetime = 1h});
    const auto held = pool.connect();
    auto others = take(pool, 3);
    for (auto& lease : others) lease.close();
    pool.maintain();
    EXPECT_EQ(server.closes, 0);
    others = take(pool, 3);
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(fake(others[static_cast<std::size_t>(i)]).number(), i + 2);
}

TEST(PoolMaintenance, closes_old_connections_of_every_pool) {
    FakeServer server;
    const PoolOptions options{.recycle = 20ms};
    StaticPool single(server.creator(), options);
    SingletonThreadPool threads(server.creator(), options);
    AssertionPool asserting(server.creator(), options);
    for (Pool* pool : std::initializer_list<Pool*>{&single, &threads, &asserting}) {
        pool->connect().close();
        EXPECT_EQ(pool->statistics().checked_in, 1);
        auto held = pool->connect();
        std::this_thread::sleep_for(40ms);
        pool->maintain();
        EXPECT_NO_THROW(held->run("SELECT 1"));  // not under its holder
        held.close();
        pool->maintain();
        EXPECT_EQ(pool->statistics().checked_in, 0) << pool->status();
    }
    EXPECT_EQ(server.open, 0);
    EXPECT_EQ(server.violations, 0);
}

TEST(PoolMaintenance, tells_the_creators_error) {
    FakeServer server;
    QueuePool pool(server.creator(), {.min_size = 1});
    pool.warm_up();
    pool.invalidate("failover");
    server.fail_connects = 1;
    EXPECT_THROW(pool.maintain(), OperationalError);
    EXPECT_EQ(server.open, 0);
    pool.maintain();
    EXPECT_EQ(pool.checkedin(), 1);
}

}  // namespace
}  // namespace azoth::test
