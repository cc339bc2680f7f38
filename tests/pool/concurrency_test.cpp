// SPDX-License-Identifier: MIT
#include "fake_driver.hpp"
#include <azoth/pool/null_pool.hpp>
#include <azoth/pool/queue_pool.hpp>
#include <azoth/pool/singleton_thread_pool.hpp>
#include <azoth/pool/static_pool.hpp>

#include <gtest/gtest.h>

#include <barrier>
#include <future>
#include <random>

/// Pools under many threads; run under ThreadSanitizer too.
namespace azoth::test {
namespace {

using namespace std::chrono_literals;

/// Runs `body(thread number)` in `count` threads that start together.
template <typename Body>
void in_threads(int count, Body body) {
    std::barrier start(count);
    std::vector<std::thread> threads;
    threads.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        threads.emplace_back([&, i] {
            start.arrive_and_wait();
            body(i);
        });
    }
    for (auto& thread : threads) thread.join();
}

/// Waits until `condition`, at most ten seconds.
template <typename Condition>
bool eventually(Condition condition) {
    for (int i = 0; i < 10000; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(1ms);
    }
    return false;
}

TEST(PoolConcurrency, eight_threads_never_share_never_exceed_fifteen_and_keep_five) {
    FakeServer server;
    QueuePool pool(server.creator());
    in_threads(8, [&](int) {
        std::minstd_rand random(std::random_device{}());
        for (int i = 0; i < 500; ++i) {
            std::vector<PooledConnection> leases;
            const auto wanted = static_cast<std::size_t>(random() % 3) + 1;
            leases.push_back(pool.connect());
            // Another one only while fewer than eight are out: then at most 7 + 8 are wanted, and
            // no thread waits for others that wait too.
            while (leases.size() < wanted && pool.checkedout() < 8)
                leases.push_back(pool.connect());
            for (const auto& lease : leases) fake(lease).work();
        }
    });
    EXPECT_EQ(server.violations, 0);
    EXPECT_LE(server.most_open, 15);
    EXPECT_LE(server.open, 5);
    EXPECT_EQ(pool.checkedout(), 0);
    // And with all places taken at once, exactly five stay.
    take(pool, 15).clear();
    EXPECT_EQ(server.open, 5);
    EXPECT_EQ(pool.checkedin(), 5);
    EXPECT_EQ(server.most_open, 15);
}

TEST(PoolConcurrency, more_threads_than_places_take_turns_within_the_limit) {
    for (const bool lifo : {false, true}) {
        FakeServer server;
        QueuePool pool(server.creator(), {.pool_size = 2, .max_overflow = 1, .use_lifo = lifo});
        in_threads(8, [&](int) {
            for (int i = 0; i < 300; ++i) fake(pool.connect()).work();
        });
        EXPECT_EQ(server.violations, 0);
        EXPECT_LE(server.most_open, 3);
        EXPECT_EQ(pool.statistics().checkouts, 2400U);
        EXPECT_EQ(pool.statistics().checked_out, 0);
        EXPECT_EQ(pool.statistics().waiting, 0);
    }
}

TEST(PoolConcurrency, waiting_threads_are_served_in_the_order_in_which_they_came) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 1, .max_overflow = 0});
    auto held = pool.connect();
    std::mutex mutex;
    std::vector<int> served;
    std::vector<std::thread> threads;
    threads.reserve(6);
    for (int i = 0; i < 6; ++i) {
        threads.emplace_back([&, i] {
            const auto lease = pool.connect();
            const std::lock_guard lock(mutex);
            served.push_back(i);
        });
        ASSERT_TRUE(eventually([&] { return pool.statistics().waiting == i + 1; }));
    }
    held.close();
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(served, (std::vector{0, 1, 2, 3, 4, 5}));
    EXPECT_EQ(server.connects, 1);
}

TEST(PoolConcurrency, forty_waiting_threads_are_served_in_order_though_others_crowd_in) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 1, .max_overflow = 0});
    constexpr int waiting = 40;
    constexpr int crowd = 4;
    auto held = pool.connect();
    std::vector<int> served;  // guarded by the only connection
    std::vector<std::thread> threads;
    const auto serve = [&](int who) {
        const auto lease = pool.connect();
        fake(lease).work();
        served.push_back(who);
    };
    for (int i = 0; i < waiting; ++i) {
        threads.emplace_back(serve, i);
        ASSERT_TRUE(eventually([&] { return pool.statistics().waiting == i + 1; }));
    }
    for (int i = 0; i < crowd; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; n < 100; ++n) serve(waiting);
        });
    }
    held.close();
    for (auto& thread : threads) thread.join();
    ASSERT_EQ(served.size(), 40U + 400U);
    for (int i = 0; i < waiting; ++i) EXPECT_EQ(served[static_cast<std::size_t>(i)], i);
    EXPECT_EQ(server.violations, 0);
}

TEST(PoolConcurrency, no_thread_starves_among_greedy_ones) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 2, .max_overflow = 0});
    std::atomic<bool> stop{false};
    std::vector<std::thread> greedy;
    for (int i = 0; i < 6; ++i) {
        greedy.emplace_back([&] {
            while (!stop) fake(pool.connect()).work();
        });
    }
    // Whoever waits is served after those before it, five at most: else this would never end.
    for (int i = 0; i < 200; ++i) EXPECT_NO_THROW(fake(pool.connect()).work());
    stop = true;
    for (auto& thread : greedy) thread.join();
    EXPECT_EQ(server.violations, 0);
    EXPECT_LE(server.most_open, 2);
}

TEST(PoolConcurrency, nobody_overtakes_a_waiting_thread) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 1, .max_overflow = 0});
    auto held = pool.connect();
    std::promise<void> served;
    std::promise<void> finish;
    std::thread waiter([&] {
        const auto lease = pool.connect();
        served.set_value();
        finish.get_future().wait();
    });
    ASSERT_TRUE(eventually([&] { return pool.statistics().waiting == 1; }));
    held.close();
    // From this moment the connection is the waiter's, awake or not.
    EXPECT_EQ(pool.checkedin(), 0);
    EXPECT_EQ(pool.checkedout(), 1);
    served.get_future().wait();
    finish.set_value();
    waiter.join();
}

TEST(PoolConcurrency, a_thread_may_wait_for_the_longest_time_that_there_is) {
    FakeServer server;
    QueuePool pool(
        server.creator(),
        {.pool_size = 1, .max_overflow = 0, .timeout = std::chrono::milliseconds::max()});
    auto held = pool.connect();
    std::thread waiter([&] { EXPECT_NO_THROW(pool.connect().close()); });
    ASSERT_TRUE(eventually([&] { return pool.statistics().waiting == 1; }));
    std::this_thread::sleep_for(10ms);
    held.close();
    waiter.join();
}

TEST(PoolConcurrency, a_thread_that_gave_up_waiting_leaves_the_queue_in_order) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 1, .max_overflow = 0, .timeout = 300ms});
    auto held = pool.connect();
    std::atomic<int> timeouts{0};
    std::atomic<int> served{0};
    std::vector<std::thread> threads;
    const auto wait = [&] {
        try {
            const auto lease = pool.connect();
            ++served;
        } catch (const TimeoutError&) {
            ++timeouts;
        }
    };
    threads.emplace_back(wait);
    threads.emplace_back(wait);
    std::this_thread::sleep_for(200ms);
    threads.emplace_back(wait);  // has 200 ms left when the others give up
    ASSERT_TRUE(eventually([&] { return timeouts >= 2; }));
    held.close();
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(served + timeouts, 3);
    EXPECT_EQ(pool.statistics().waiting, 0);
    EXPECT_TRUE(pool.connect().is_valid());
}

TEST(PoolConcurrency, timeouts_and_returns_that_meet_lose_no_place) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 1, .max_overflow = 1, .timeout = 1ms});
    std::atomic<int> timeouts{0};
    in_threads(8, [&](int) {
        for (int i = 0; i < 100; ++i) {
            try {
                const auto lease = pool.connect();
                fake(lease).work();
                if (i % 4 == 0) std::this_thread::sleep_for(1ms);
            } catch (const TimeoutError&) {
                ++timeouts;
            }
        }
    });
    EXPECT_EQ(pool.statistics().timeouts, static_cast<std::uint64_t>(timeouts.load()));
    EXPECT_EQ(pool.checkedout(), 0);
    EXPECT_EQ(server.violations, 0);
    EXPECT_LE(server.most_open, 2);
    const auto a = pool.connect();
    const auto b = pool.connect();  // both places still exist
}

TEST(PoolConcurrency, a_place_whose_connection_broke_goes_to_a_waiting_thread) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 1, .max_overflow = 0});
    auto held = pool.connect();
    std::thread waiter([&] { EXPECT_EQ(fake(pool.connect()).number(), 2); });
    ASSERT_TRUE(eventually([&] { return pool.statistics().waiting == 1; }));
    held.invalidate();
    waiter.join();
    EXPECT_EQ(server.most_open, 1);
}

TEST(PoolConcurrency, a_failing_connect_passes_its_place_to_the_next_waiting_thread) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 1, .max_overflow = 0});
    auto held = pool.connect();
    std::atomic<int> failed{0};
    std::atomic<int> served{0};
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            try {
                const auto lease = pool.connect();
                ++served;
            } catch (const OperationalError&) {
                ++failed;
            }
        });
    }
    ASSERT_TRUE(eventually([&] { return pool.statistics().waiting == 4; }));
    server.fail_connects = 2;
    held.invalidate();
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(failed, 2);
    EXPECT_EQ(served, 2);
}

/// A point at which one thread stands still until another lets it go, or for twenty seconds.
class Gate {
  public:
    void pass() {
        reached_ = true;
        passed_in_time_ = open_.get_future().wait_for(20s) == std::future_status::ready;
    }
    void let_go() { open_.set_value(); }
    [[nodiscard]] bool reached() const { return reached_; }
    [[nodiscard]] bool passed_in_time() const { return passed_in_time_; }

  private:
    std::promise<void> open_;
    std::atomic<bool> reached_{false};
    std::atomic<bool> passed_in_time_{false};
};

TEST(PoolConcurrency, other_threads_go_on_while_one_connects) {
    FakeServer server;
    Gate gate;
    QueuePool pool([&] {
        if (server.connects == 1) gate.pass();  // the second one
        return server.creator()();
    });
    auto held = pool.connect();
    std::thread slow([&] { EXPECT_EQ(fake(pool.connect()).number(), 2); });
    ASSERT_TRUE(eventually([&] { return gate.reached(); }));
    held.close();
    for (int i = 0; i < 10; ++i) EXPECT_EQ(fake(pool.connect()).number(), 1);
    gate.let_go();
    slow.join();
    EXPECT_TRUE(gate.passed_in_time());
}

TEST(PoolConcurrency, other_threads_go_on_while_one_resets_or_closes) {
    for (const PoolEventKind kind : {PoolEventKind::reset, PoolEventKind::close}) {
        FakeServer server;
        Gate gate;
        // The listener is called in the middle of the work, as a slow server would answer.
        QueuePool pool(server.creator(), {.on_event = [&](const PoolEvent& event) {
                           if (event.kind == kind && event.connection->in_transaction())
                               gate.pass();
                       }});
        pool.connect().close();
        std::thread slow([&] {
            auto lease = pool.connect();
            lease->begin({});
            if (kind == PoolEventKind::close) lease.invalidate();
        });
        ASSERT_TRUE(eventually([&] { return gate.reached(); }));
        for (int i = 0; i < 10; ++i) EXPECT_EQ(fake(pool.connect()).number(), 2);
        EXPECT_EQ(pool.checkedout(), 1);
        gate.let_go();
        slow.join();
        EXPECT_TRUE(gate.passed_in_time());
        EXPECT_EQ(pool.checkedout(), 0);
    }
}

TEST(PoolConcurrency, the_place_of_a_closing_connection_is_taken_until_it_is_closed) {
    FakeServer server;
    server.close_delay_ms = 5;
    QueuePool pool(server.creator(), {.pool_size = 1, .max_overflow = 2});
    in_threads(6, [&](int) {
        for (int i = 0; i < 20; ++i) {
            const auto lease = pool.connect();
            std::this_thread::sleep_for(1ms);
        }
    });
    EXPECT_LE(server.most_open, 3);
    EXPECT_LE(server.open, 1);
}

TEST(PoolConcurrency, dispose_during_use_closes_everything_old_and_nothing_in_use) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 3, .max_overflow = 2});
    std::atomic<bool> stop{false};
    std::thread disposer([&] {
        while (!stop) {
            pool.dispose();
            std::this_thread::sleep_for(1ms);
        }
    });
    in_threads(8, [&](int) {
        for (int i = 0; i < 300; ++i) fake(pool.connect()).work();
    });
    stop = true;
    disposer.join();
    EXPECT_EQ(server.violations, 0);
    EXPECT_LE(server.most_open, 5);
    pool.dispose();
    EXPECT_EQ(server.open, 0);
    EXPECT_EQ(pool.statistics().opened, pool.statistics().closed);
}

TEST(PoolConcurrency, threads_that_warm_up_together_open_min_size_connections) {
    FakeServer server;
    for (int round = 0; round < 20; ++round) {
        QueuePool pool(server.creator(), {.pool_size = 6, .max_overflow = 0, .min_size = 5});
        const int before = server.connects;
        in_threads(4, [&](int) { pool.warm_up(); });
        EXPECT_EQ(server.connects - before, 5);
        EXPECT_EQ(pool.checkedin(), 5);
    }
}

TEST(PoolConcurrency, maintenance_during_use_disturbs_no_thread_and_loses_no_place) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 3,
                                      .max_overflow = 1,
                                      .min_size = 3,
                                      .pre_ping = true,
                                      .ping_idle_threshold = std::chrono::milliseconds{1},
                                      .max_lifetime = std::chrono::milliseconds{10},
                                      .lifetime_jitter = 0.9});
    std::atomic<bool> stop{false};
    std::thread timer([&] {
        while (!stop) {
            pool.maintain();
            std::this_thread::sleep_for(1ms);
        }
    });
    in_threads(8, [&](int) {
        for (int i = 0; i < 200; ++i) {
            const auto lease = pool.connect();
            lease->begin({});
            fake(lease).work();
            if (i % 8 == 0) std::this_thread::sleep_for(1ms);
        }
    });
    stop = true;
    timer.join();
    pool.maintain();
    EXPECT_EQ(server.violations, 0);
    EXPECT_LE(server.most_open, 4);
    EXPECT_EQ(server.open, 3);
    EXPECT_EQ(pool.checkedout(), 0);
    EXPECT_EQ(take(pool, 4).size(), 4U);
}

TEST(PoolConcurrency, R24_threads_survive_a_storm_of_server_restarts) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 3, .max_overflow = 2, .pre_ping = true});
    std::atomic<bool> stop{false};
    std::thread chaos([&] {
        while (!stop) {
            server.restart();
            std::this_thread::sleep_for(2ms);
        }
    });
    std::atomic<int> lost{0};
    in_threads(8, [&](int) {
        for (int i = 0; i < 300; ++i) {
            auto lease = pool.connect();
            try {
                lease->begin({});
                lease->run("UPDATE t SET x = 1");
                lease->commit();
            } catch (const OperationalError& error) {
                ++lost;
                if (error.connection_invalidated()) lease.invalidate_pool(error.what());
            }
        }
    });
    stop = true;
    chaos.join();
    EXPECT_EQ(server.violations, 0);
    EXPECT_LE(server.most_open, 5);
    EXPECT_EQ(pool.checkedout(), 0);
    EXPECT_LE(pool.checkedin(), 3);
    EXPECT_LT(lost, 2400);
    EXPECT_NO_THROW(pool.connect()->run("SELECT 1"));
}

TEST(PoolConcurrency, R24_one_restart_costs_each_connection_one_replacement) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 8, .max_overflow = 0});
    std::barrier all(8);
    in_threads(8, [&](int) {
        auto lease = pool.connect();
        all.arrive_and_wait();
        lease.invalidate_pool("server gone");
        pool.connect()->run("SELECT 1");
    });
    // Every thread's own connection is replaced; none of the new ones is, though eight threads
    // reported the loss.
    EXPECT_LE(server.connects, 16);
    EXPECT_EQ(server.closes, 8);
    EXPECT_EQ(server.violations, 0);
}

TEST(PoolConcurrency, failing_resets_and_connects_lose_no_place) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 2, .max_overflow = 2});
    std::atomic<bool> stop{false};
    std::thread chaos([&] {
        while (!stop) {
            server.fail_rollback = !server.fail_rollback;
            server.fail_connects = 2;
            std::this_thread::sleep_for(1ms);
        }
    });
    std::atomic<int> refused{0};
    in_threads(8, [&](int) {
        for (int i = 0; i < 300; ++i) {
            try {
                const auto lease = pool.connect();
                lease->begin({});
                fake(lease).work();
            } catch (const OperationalError&) {
                ++refused;
            }
        }
    });
    stop = true;
    chaos.join();
    EXPECT_EQ(server.violations, 0);
    EXPECT_LE(server.most_open, 4);
    EXPECT_EQ(pool.checkedout(), 0);
    server.fail_connects = 0;
    EXPECT_EQ(take(pool, 4).size(), 4U);
}

TEST(PoolConcurrency, leases_move_between_threads_and_outlive_the_pool) {
    FakeServer server;
    std::vector<PooledConnection> leases;
    {
        QueuePool pool(server.creator());
        leases = take(pool, 8);
    }
    in_threads(8, [&](int i) {
        auto lease = std::move(leases[static_cast<std::size_t>(i)]);
        fake(lease).work();
    });
    EXPECT_EQ(server.open, 0);
    EXPECT_EQ(server.violations, 0);
}

TEST(PoolConcurrency, detaching_threads_free_their_places) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 1, .max_overflow = 1});
    in_threads(8, [&](int) {
        for (int i = 0; i < 100; ++i) {
            auto lease = pool.connect();
            lease.detach();
            fake(lease).work();
        }
    });
    EXPECT_EQ(server.open, 0);
    EXPECT_EQ(pool.checkedout(), 0);
    EXPECT_EQ(server.violations, 0);
}

TEST(PoolConcurrency, the_status_can_be_asked_by_any_thread) {
    FakeServer server;
    QueuePool pool(server.creator());
    in_threads(8, [&](int i) {
        for (int n = 0; n < 200; ++n) {
            if (i % 2 == 0) {
                fake(pool.connect()).work();
            } else {
                const PoolStatistics now = pool.statistics();
                EXPECT_LE(now.checked_in, 5);
                EXPECT_LE(now.checked_in + now.checked_out, 15);
                EXPECT_FALSE(pool.status().empty());
            }
        }
    });
}

TEST(PoolConcurrency, NullPool_serves_threads_independently) {
    FakeServer server;
    NullPool pool(server.creator());
    in_threads(8, [&](int) {
        for (int i = 0; i < 100; ++i) fake(pool.connect()).work();
    });
    EXPECT_EQ(server.connects, 800);
    EXPECT_EQ(server.open, 0);
    EXPECT_EQ(server.violations, 0);
}

TEST(PoolConcurrency, SingletonThreadPool_gives_each_thread_its_own_under_disposal) {
    FakeServer server;
    SingletonThreadPool pool(server.creator());
    std::atomic<bool> stop{false};
    std::thread disposer([&] {
        while (!stop) {
            pool.dispose();
            static_cast<void>(pool.statistics());
            std::this_thread::sleep_for(1ms);
        }
    });
    for (int round = 0; round < 5; ++round) {
        in_threads(8, [&](int) {
            for (int i = 0; i < 50; ++i) fake(pool.connect()).work();
        });
    }
    stop = true;
    disposer.join();
    EXPECT_EQ(server.violations, 0);
    EXPECT_EQ(server.open, 0);
    EXPECT_LE(server.most_open, 8);
}

TEST(PoolConcurrency, SingletonThreadPool_may_die_while_threads_end) {
    FakeServer server;
    for (int round = 0; round < 50; ++round) {
        auto pool = std::make_unique<SingletonThreadPool>(server.creator());
        std::barrier ready(5);
        std::vector<std::thread> threads;
        threads.reserve(4);
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                pool->connect().close();
                ready.arrive_and_wait();
            });
        }
        ready.arrive_and_wait();
        pool.reset();
        for (auto& thread : threads) thread.join();
    }
    EXPECT_EQ(server.open, 0);
    EXPECT_EQ(server.violations, 0);
}

TEST(PoolConcurrency, StaticPool_opens_and_resets_once_for_all_threads) {
    FakeServer server;
    StaticPool pool(server.creator());
    std::mutex turns;  // the connection's users must take turns, as StaticPool says
    in_threads(8, [&](int) {
        for (int i = 0; i < 200; ++i) {
            const auto lease = pool.connect();
            const std::lock_guard lock(turns);
            fake(lease).work();
        }
    });
    EXPECT_EQ(server.connects, 1);
    EXPECT_EQ(server.violations, 0);
}

}  // namespace
}  // namespace azoth::test
