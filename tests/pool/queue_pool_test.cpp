// SPDX-License-Identifier: MIT
#include "fake_driver.hpp"
#include <azoth/pool/queue_pool.hpp>

#include <gtest/gtest.h>

#include <limits>

namespace azoth::test {
namespace {

using namespace std::chrono_literals;

TEST(QueuePool, defaults_are_those_of_SQLAlchemy) {
    const PoolOptions options;
    EXPECT_EQ(options.pool_size, 5);
    EXPECT_EQ(options.max_overflow, 10);
    EXPECT_EQ(options.timeout, 30s);
    EXPECT_FALSE(options.use_lifo);
    EXPECT_FALSE(options.pre_ping);
    EXPECT_LT(options.recycle, 0s);
    EXPECT_EQ(options.reset_on_return, ResetOnReturn::rollback);
}

TEST(QueuePool, opens_nothing_until_asked_and_reuses_what_came_back) {
    FakeServer server;
    QueuePool pool(server.creator());
    EXPECT_EQ(server.connects, 0);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(fake(pool.connect()).number(), 1);
    EXPECT_EQ(server.connects, 1);
    EXPECT_EQ(server.closes, 0);
    EXPECT_EQ(server.violations, 0);
}

TEST(QueuePool, keeps_pool_size_connections_and_closes_the_overflow) {
    FakeServer server;
    QueuePool pool(server.creator());
    auto leases = take(pool, 15);
    EXPECT_EQ(pool.checkedout(), 15);
    EXPECT_EQ(pool.overflow(), 10);
    leases.clear();
    EXPECT_EQ(server.open, 5);
    EXPECT_EQ(server.closes, 10);
    EXPECT_EQ(pool.checkedin(), 5);
    EXPECT_EQ(pool.checkedout(), 0);
    EXPECT_EQ(pool.overflow(), 0);
    EXPECT_EQ(pool.size(), 5);
}

TEST(QueuePool, says_its_status_in_the_words_of_SQLAlchemy) {
    FakeServer server;
    QueuePool pool(server.creator());
    const auto first = pool.connect();
    pool.connect().close();
    EXPECT_EQ(pool.status(),
              "Pool size: 5  Connections in pool: 1 Current Overflow: -3 "
              "Current Checked out connections: 1");
}

TEST(QueuePool, hands_out_the_longest_rested_connection_unless_told_use_lifo) {
    FakeServer server;
    for (const bool lifo : {false, true}) {
        QueuePool pool(server.creator(), {.use_lifo = lifo});
        auto a = pool.connect();
        auto b = pool.connect();
        const int number_a = fake(a).number();
        const int number_b = fake(b).number();
        a.close();
        b.close();
        EXPECT_EQ(fake(pool.connect()).number(), lifo ? number_b : number_a);
    }
}

TEST(QueuePool, fifo_goes_round_all_idle_connections) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 3});
    {
        const auto a = pool.connect();
        const auto b = pool.connect();
        const auto c = pool.connect();
    }
    for (const int expected : {3, 2, 1, 3, 2, 1})
        EXPECT_EQ(fake(pool.connect()).number(), expected);
}

TEST(QueuePool, with_timeout_zero_refuses_at_once) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 1, .max_overflow = 0, .timeout = 0s});
    const auto held = pool.connect();
    EXPECT_THROW(static_cast<void>(pool.connect()), TimeoutError);
    EXPECT_EQ(pool.statistics().timeouts, 1U);
}

TEST(QueuePool, a_timeout_tells_limits_and_who_holds_the_connections_since_when) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 1, .max_overflow = 1, .timeout = 60ms});
    const auto first = pool.connect();
    const auto line = std::to_string(std::source_location::current().line() - 1);
    const auto second = pool.connect();
    const auto before = std::chrono::steady_clock::now();
    try {
        static_cast<void>(pool.connect());
        FAIL() << "no TimeoutError";
    } catch (const TimeoutError& error) {
        const std::string message = error.what();
        EXPECT_EQ(error.code(), "azoth-pool-timeout");
        EXPECT_NE(message.find("limit of size 1 overflow 1 reached"), std::string::npos) << message;
        EXPECT_NE(message.find("timeout of 0.06 s"), std::string::npos) << message;
        EXPECT_NE(message.find(" s ago at "), std::string::npos) << message;
        EXPECT_NE(message.find("queue_pool_test.cpp:" + line), std::string::npos) << message;
    }
    EXPECT_GE(std::chrono::steady_clock::now() - before, 60ms);
    EXPECT_EQ(pool.statistics().waiting, 0);
}

TEST(QueuePool, lists_the_longest_holders_first_and_at_most_twenty) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 30, .max_overflow = 0, .timeout = 0s});
    const auto first = pool.connect();
    const auto oldest = std::to_string(std::source_location::current().line() - 1);
    std::this_thread::sleep_for(30ms);
    const auto others = take(pool, 29);
    try {
        static_cast<void>(pool.connect());
        FAIL() << "no TimeoutError";
    } catch (const TimeoutError& error) {
        const std::string message = error.what();
        const auto first_line = message.substr(0, message.find('\n', message.find("\n  ") + 1));
        EXPECT_NE(first_line.find("_test.cpp:" + oldest + " "), std::string::npos) << message;
        EXPECT_NE(message.find("10 more"), std::string::npos) << message;
    }
}

TEST(QueuePool, unlimited_overflow_never_waits) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 2, .max_overflow = -1, .timeout = 0s});
    auto leases = take(pool, 100);
    leases.clear();
    EXPECT_EQ(server.open, 2);
}

TEST(QueuePool, pool_size_zero_means_no_limit_as_in_SQLAlchemy) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 0, .max_overflow = 0, .timeout = 0s});
    auto leases = take(pool, 100);
    leases.clear();
    EXPECT_EQ(server.open, 100);
}

TEST(QueuePool, limits_near_the_largest_number_do_not_overflow) {
    FakeServer server;
    constexpr int most = std::numeric_limits<int>::max();
    QueuePool pool(
        server.creator(),
        {.pool_size = most, .max_overflow = most, .timeout = std::chrono::milliseconds::max()});
    const auto first = pool.connect();
    const auto second = pool.connect();
    EXPECT_EQ(server.open, 2);
}

TEST(QueuePool, a_failing_connect_throws_the_creators_error_and_gives_the_place_back) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 1, .max_overflow = 0, .timeout = 0s});
    server.fail_connects = 3;
    for (int i = 0; i < 3; ++i) {
        EXPECT_THROW(static_cast<void>(pool.connect()), OperationalError);
        EXPECT_EQ(pool.checkedout(), 0);
    }
    EXPECT_TRUE(pool.connect().is_valid());
}

TEST(QueuePool, a_creator_that_returns_nothing_is_reported) {
    QueuePool pool([] { return std::unique_ptr<driver::Connection>(); });
    EXPECT_THROW(static_cast<void>(pool.connect()), InvalidRequestError);
    EXPECT_EQ(pool.checkedout(), 0);
}

TEST(QueuePool, options_that_can_never_be_right_are_refused) {
    FakeServer server;
    const auto make = [&](PoolOptions options) { QueuePool(server.creator(), std::move(options)); };
    EXPECT_THROW(make({.pool_size = -1}), ArgumentError);
    EXPECT_THROW(make({.max_overflow = -2}), ArgumentError);
    EXPECT_THROW(make({.timeout = -1ms}), ArgumentError);
    EXPECT_THROW(QueuePool(nullptr), ArgumentError);
    try {
        make({.max_overflow = -7});
    } catch (const ArgumentError& error) {
        EXPECT_STREQ(error.what(),
                     "QueuePool: max_overflow is -7; it must be -1 (no limit) or more");
    }
}

TEST(QueuePool, dispose_closes_idle_connections_now_and_others_when_they_come_back) {
    FakeServer server;
    QueuePool pool(server.creator());
    auto held = pool.connect();
    pool.connect().close();
    EXPECT_EQ(server.open, 2);
    pool.dispose();
    EXPECT_EQ(server.open, 1);
    fake(held).work();  // still its holder's
    held.close();
    EXPECT_EQ(server.open, 0);
    EXPECT_EQ(fake(pool.connect()).number(), 3);  // and the pool goes on
    EXPECT_EQ(server.violations, 0);
}

TEST(QueuePool, recreate_makes_an_empty_pool_of_the_same_kind) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 3, .use_lifo = true});
    pool.connect().close();
    const auto other = pool.recreate();
    ASSERT_NE(dynamic_cast<QueuePool*>(other.get()), nullptr);
    EXPECT_EQ(other->options().pool_size, 3);
    EXPECT_TRUE(other->options().use_lifo);
    EXPECT_EQ(other->statistics().checked_in, 0);
    EXPECT_EQ(fake(other->connect()).number(), 2);
}

TEST(QueuePool, counts_what_it_did) {
    FakeServer server;
    QueuePool pool(server.creator());
    pool.connect().close();
    pool.connect().invalidate();
    const auto held = pool.connect();
    const PoolStatistics now = pool.statistics();
    EXPECT_EQ(now.checkouts, 3U);
    EXPECT_EQ(now.opened, 2U);
    EXPECT_EQ(now.closed, 1U);
    EXPECT_EQ(now.invalidated, 1U);
    EXPECT_EQ(now.checked_out, 1);
    EXPECT_EQ(now.checked_in, 0);
}

}  // namespace
}  // namespace azoth::test
