// SPDX-License-Identifier: MIT
#include "fake_driver.hpp"
#include <azoth/pool/assertion_pool.hpp>
#include <azoth/pool/clock.hpp>
#include <azoth/pool/queue_pool.hpp>
#include <azoth/pool/singleton_thread_pool.hpp>
#include <azoth/pool/static_pool.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <set>

/// How long connections live and rest.
namespace azoth::test {
namespace {

using namespace std::chrono_literals;

/// Longer than the coarse clock's steps and all short times below.
void let_time_pass() {
    std::this_thread::sleep_for(40ms);
}

TEST(PoolLifetime, ends_a_connection_at_its_next_checkout_and_counts_it) {
    FakeServer server;
    QueuePool pool(server.creator(), {.max_lifetime = 1h});
    QueuePool short_lived(server.creator(), {.pool_size = 2, .max_lifetime = 20ms});
    pool.connect().close();
    short_lived.connect().close();
    let_time_pass();
    EXPECT_EQ(fake(pool.connect()).number(), 1);
    EXPECT_EQ(fake(short_lived.connect()).number(), 3);
    EXPECT_EQ(pool.statistics().lifetime_expired, 0U);
    EXPECT_EQ(short_lived.statistics().lifetime_expired, 1U);
    EXPECT_EQ(short_lived.statistics().recycled, 0U);
}

TEST(PoolLifetime, ends_a_connection_that_comes_back_too_late) {
    FakeServer server;
    QueuePool pool(server.creator(), {.max_lifetime = 1ms});
    auto lease = pool.connect();
    lease->begin({});
    let_time_pass();
    EXPECT_NO_THROW(lease->run("SELECT 1"));  // nothing happens to it in its holder's hands
    lease.close();
    EXPECT_EQ(server.rollbacks, 1);
    EXPECT_EQ(server.open, 0);
    EXPECT_EQ(pool.statistics().lifetime_expired, 1U);
}

TEST(PoolLifetime, recycling_leaves_a_connection_open_until_it_is_needed) {
    FakeServer server;
    QueuePool pool(server.creator(), {.recycle = 1ms});
    auto lease = pool.connect();
    let_time_pass();
    lease.close();
    EXPECT_EQ(server.open, 1);
    EXPECT_EQ(fake(pool.connect()).number(), 2);
    EXPECT_EQ(pool.statistics().recycled, 1U);
    EXPECT_EQ(pool.statistics().lifetime_expired, 0U);
}

TEST(PoolLifetime, ends_connections_of_pools_that_share_them_too) {
    FakeServer server;
    const PoolOptions options{.max_lifetime = 1ms};
    StaticPool single(server.creator(), options);
    SingletonThreadPool threads(server.creator(), options);
    AssertionPool asserting(server.creator(), options);
    for (Pool* pool : std::initializer_list<Pool*>{&single, &threads, &asserting}) {
        auto lease = pool->connect();
        const int number = fake(lease).number();
        let_time_pass();
        lease.close();
        EXPECT_EQ(server.open, 0) << pool->status();
        EXPECT_NE(fake(pool->connect()).number(), number);
        pool->dispose();
    }
}

TEST(PoolLifetime, does_not_end_under_other_leases_of_the_connection) {
    FakeServer server;
    StaticPool pool(server.creator(), {.max_lifetime = 1ms});
    const auto first = pool.connect();
    let_time_pass();
    EXPECT_EQ(fake(pool.connect()).number(), 1);
    EXPECT_NO_THROW(first->run("SELECT 1"));
}

TEST(PoolLifetime, jitter_shortens_each_life_by_a_part_of_its_own) {
    constexpr auto longest = std::chrono::milliseconds{1000};
    pool::Lifetimes lives(longest, 0.2);
    const pool::TimePoint now = pool::coarse_now();
    std::set<pool::TimePoint> ends;
    std::size_t early = 0;
    for (int i = 0; i < 1000; ++i) {
        const pool::TimePoint end = lives.end_of_one_from(now);
        EXPECT_LE(end, now + longest);
        EXPECT_GT(end, now + longest * 8 / 10 - 1us);
        if (end < now + longest * 9 / 10) ++early;
        ends.insert(end);
    }
    EXPECT_GT(ends.size(), 990U);
    EXPECT_GT(early, 400U);  // an even distribution has 500 here, and strays by 16
    EXPECT_LT(early, 600U);
}

TEST(PoolLifetime, pools_draw_different_lives) {
    pool::Lifetimes one(1h, 0.5);
    pool::Lifetimes other(1h, 0.5);
    const pool::TimePoint now = pool::coarse_now();
    EXPECT_NE(one.end_of_one_from(now), other.end_of_one_from(now));
}

TEST(PoolLifetime, without_jitter_or_limit_is_exact) {
    const pool::TimePoint now = pool::coarse_now();
    EXPECT_EQ(pool::Lifetimes(1h, 0).end_of_one_from(now), now + 1h);
    EXPECT_EQ(pool::Lifetimes(-1ms, 0).end_of_one_from(now), pool::TimePoint::max());
}

TEST(PoolPrePing, with_a_threshold_asks_only_connections_that_rested_as_long) {
    FakeServer server;
    QueuePool patient(server.creator(), {.pre_ping = true, .ping_idle_threshold = 1h});
    QueuePool hasty(server.creator(), {.pre_ping = true, .ping_idle_threshold = 20ms});
    for (QueuePool* pool : {&patient, &hasty}) pool->connect().close();
    let_time_pass();
    for (QueuePool* pool : {&patient, &hasty}) pool->connect().close();
    EXPECT_EQ(patient.statistics().pings, 0U);
    EXPECT_EQ(hasty.statistics().pings, 1U);
    EXPECT_EQ(server.pings, 1);
}

TEST(PoolPrePing, counts_rest_from_the_end_of_the_last_use) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pre_ping = true, .ping_idle_threshold = 10s});
    auto lease = pool.connect();
    let_time_pass();  // used all the while
    lease.close();
    pool.connect().close();
    EXPECT_EQ(server.pings, 0);
}

TEST(PoolPrePing, with_a_threshold_still_replaces_what_is_dead) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pre_ping = true, .ping_idle_threshold = 20ms});
    take(pool, 3).clear();
    server.restart();
    let_time_pass();
    for (auto& lease : take(pool, 3)) EXPECT_NO_THROW(lease->ping());
    EXPECT_EQ(pool.statistics().ping_failures, 1U);
    EXPECT_EQ(server.open, 3);
}

}  // namespace
}  // namespace azoth::test
