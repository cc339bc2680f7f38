// SPDX-License-Identifier: MIT
#include "fake_driver.hpp"
#include <azoth/pool/assertion_pool.hpp>
#include <azoth/pool/null_pool.hpp>
#include <azoth/pool/queue_pool.hpp>
#include <azoth/pool/singleton_thread_pool.hpp>
#include <azoth/pool/static_pool.hpp>

#include <gtest/gtest.h>

#include <cmath>

namespace azoth::test {
namespace {

using namespace std::chrono_literals;

template <class PoolClass>
std::string refusal_of(PoolOptions options) {
    FakeServer server;
    try {
        const PoolClass pool(server.creator(), std::move(options));
        return "(accepted)";
    } catch (const ArgumentError& error) {
        return error.what();
    }
}

TEST(PoolOptions, that_can_never_be_right_are_refused_by_name) {
    const auto refusal = [](PoolOptions options) {
        return refusal_of<QueuePool>(std::move(options));
    };
    EXPECT_EQ(refusal({.min_size = -1}), "QueuePool: min_size is -1; it must be 0 or more");
    EXPECT_EQ(refusal({.pool_size = 5, .min_size = 6}),
              "QueuePool: min_size is 6; more than the pool_size of 5 are not kept open");
    EXPECT_EQ(refusal({.max_lifetime = 0ms}),
              "QueuePool: max_lifetime is 0 ms; it must be more, or negative (no limit)");
    for (const double jitter : {-0.1, 1.0, 2.0, std::nan(""), HUGE_VAL}) {
        EXPECT_NE(refusal({.max_lifetime = 1s, .lifetime_jitter = jitter}).find("at least 0 and"),
                  std::string::npos)
            << jitter;
    }
    EXPECT_EQ(refusal({.pre_ping = true, .ping_idle_threshold = -1ms}),
              "QueuePool: ping_idle_threshold is -1 ms; it must be 0 (always ping) or more");
}

TEST(PoolOptions, that_contradict_each_other_are_refused_by_name) {
    EXPECT_NE(refusal_of<QueuePool>({.lifetime_jitter = 0.1}).find("lifetime_jitter is 0.1"),
              std::string::npos);
    EXPECT_EQ(refusal_of<QueuePool>({.ping_idle_threshold = 5s}),
              "QueuePool: ping_idle_threshold is 5000 ms; without pre_ping it means nothing");
}

TEST(PoolOptions, at_their_limits_are_accepted) {
    EXPECT_EQ(refusal_of<QueuePool>({.pool_size = 5, .min_size = 5}), "(accepted)");
    EXPECT_EQ(refusal_of<QueuePool>({.pool_size = 0, .min_size = 50}), "(accepted)");
    EXPECT_EQ(refusal_of<QueuePool>({.max_lifetime = 1ms, .lifetime_jitter = 0.999}), "(accepted)");
}

TEST(PoolOptions, of_a_minimum_size_are_a_QueuePools_alone) {
    const std::string others[] = {refusal_of<NullPool>({.min_size = 1}),
                                  refusal_of<StaticPool>({.min_size = 1}),
                                  refusal_of<SingletonThreadPool>({.min_size = 1}),
                                  refusal_of<AssertionPool>({.min_size = 1})};
    for (const std::string& refusal : others)
        EXPECT_NE(refusal.find("min_size is 1; only a QueuePool has it"), std::string::npos);
}

TEST(PoolOptions, of_the_longest_times_that_there_are_do_not_overflow) {
    constexpr auto longest = std::chrono::milliseconds::max();
    FakeServer server;
    QueuePool pool(server.creator(), {.timeout = longest,
                                      .pre_ping = true,
                                      .ping_idle_threshold = longest,
                                      .recycle = longest,
                                      .max_lifetime = longest,
                                      .lifetime_jitter = 0.5});
    for (int i = 0; i < 3; ++i) EXPECT_EQ(fake(pool.connect()).number(), 1);
    pool.maintain();
    EXPECT_EQ(pool.checkedin(), 1);
    EXPECT_EQ(server.pings, 0);
}

}  // namespace
}  // namespace azoth::test
