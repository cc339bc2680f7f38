// SPDX-License-Identifier: MIT
#include "fake_driver.hpp"
#include <azoth/pool/assertion_pool.hpp>
#include <azoth/pool/core.hpp>
#include <azoth/pool/null_pool.hpp>
#include <azoth/pool/queue_pool.hpp>
#include <azoth/pool/singleton_thread_pool.hpp>
#include <azoth/pool/static_pool.hpp>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <tests/support/child_process.hpp>

#include <cerrno>
#include <cstdio>
#include <future>
#include <optional>

/// Pools and leases across fork(): rule R23.
namespace azoth::test {
namespace {

using namespace std::chrono_literals;

bool is_closed(int descriptor) {
    return ::fcntl(descriptor, F_GETFD) == -1 && errno == EBADF;
}

struct Data final : pool::ConnectionData {
    explicit Data(int& its_deaths) : deaths(its_deaths) {}
    ~Data() override { ++deaths; }
    int& deaths;
};

TEST(PoolFork, R23_a_child_starts_afresh_and_closes_inherited_descriptors_without_a_byte) {
    FakeServer server;
    server.wire_up();
    int deaths = 0;
    QueuePool pool(server.creator());
    std::vector<int> descriptors;
    {
        std::vector<PooledConnection> leases;
        for (int i = 0; i < 3; ++i) {
            leases.push_back(pool.connect());
            leases.back().set_data(std::make_unique<Data>(deaths));
            descriptors.push_back(fake(leases.back()).descriptor());
        }
    }
    EXPECT_EQ(server.received(), "CCC");
    EXPECT_TRUE(in_child([&] {
        EXPECT_EQ(pool.statistics().checked_in, 0);
        for (const int descriptor : descriptors) EXPECT_TRUE(is_closed(descriptor));
        EXPECT_EQ(server.abandoned, 3);
        EXPECT_EQ(fake(pool.connect()).number(), 4);
        EXPECT_EQ(fake(pool.connect()).number(), 4);  // its own connections are pooled as ever
        EXPECT_EQ(server.destroyed, 0);
        EXPECT_EQ(deaths, 0);
    }));
    EXPECT_EQ(server.received(), "C");  // of the child's own connection
    // The parent goes on with what it had.
    EXPECT_EQ(pool.checkedin(), 3);
    EXPECT_NO_THROW(pool.connect()->run("SELECT 1"));
    EXPECT_EQ(server.received(), "Q");
    EXPECT_EQ(server.connects, 3);
}

TEST(PoolFork, R23_a_lease_from_before_the_fork_throws_in_the_child_and_ends_silently) {
    FakeServer server;
    server.wire_up();
    int deaths = 0;
    QueuePool pool(server.creator());
    std::optional<PooledConnection> lease = pool.connect();
    lease->set_data(std::make_unique<Data>(deaths));
    lease->connection().begin({});
    const int descriptor = fake(*lease).descriptor();
    EXPECT_EQ(server.received(), "CB");
    EXPECT_TRUE(in_child([&] {
        EXPECT_THROW(static_cast<void>(lease->connection()), ForkedProcessError);
        EXPECT_THROW(static_cast<void>(lease->data()), ForkedProcessError);
        EXPECT_THROW(lease->set_data(nullptr), ForkedProcessError);
        EXPECT_THROW(static_cast<void>(lease->info()), ForkedProcessError);
        EXPECT_THROW(static_cast<void>(lease->record_info()), ForkedProcessError);
        EXPECT_THROW(static_cast<void>(lease->use_monitor()), ForkedProcessError);
        EXPECT_THROW(lease->soft_invalidate(), ForkedProcessError);
        EXPECT_THROW(lease->detach(), ForkedProcessError);
        EXPECT_FALSE(is_closed(descriptor));
        lease.reset();
        EXPECT_TRUE(is_closed(descriptor));
        EXPECT_EQ(server.abandoned, 1);
        EXPECT_EQ(server.destroyed, 0);
        EXPECT_EQ(deaths, 0);
    }));
    EXPECT_EQ(server.received(), "");
    lease->close();
    EXPECT_EQ(server.received(), "R");
}

TEST(PoolFork, R23_invalidating_an_inherited_lease_sends_nothing_and_does_not_throw) {
    FakeServer server;
    server.wire_up();
    QueuePool pool(server.creator());
    auto first = pool.connect();
    auto second = pool.connect();
    EXPECT_EQ(server.received(), "CC");
    EXPECT_TRUE(in_child([&] {
        first.invalidate("no use");
        second.invalidate_pool("no use");
        EXPECT_EQ(server.abandoned, 2);
        EXPECT_FALSE(first.is_valid());
    }));
    EXPECT_EQ(server.received(), "");
    EXPECT_NO_THROW(first->run("SELECT 1"));
}

TEST(PoolFork, R23_a_connection_is_abandoned_once_by_pool_and_lease_together) {
    FakeServer server;
    QueuePool pool(server.creator());
    auto lease = pool.connect();
    EXPECT_TRUE(in_child([&] {
        pool.connect().close();  // the pool abandons all it knows
        EXPECT_EQ(server.abandoned, 1);
        EXPECT_THROW(static_cast<void>(lease.connection()), ForkedProcessError);
        lease.close();
        EXPECT_EQ(server.abandoned, 1);
    }));
}

TEST(PoolFork, R23_destroying_an_inherited_pool_sends_nothing) {
    FakeServer server;
    server.wire_up();
    auto pool = std::make_unique<QueuePool>(server.creator());
    pool->connect().close();
    EXPECT_EQ(server.received(), "C");
    EXPECT_TRUE(in_child([&] {
        pool.reset();
        EXPECT_EQ(server.abandoned, 1);
        EXPECT_EQ(server.destroyed, 0);
    }));
    EXPECT_EQ(server.received(), "");
    pool.reset();
    EXPECT_EQ(server.received(), "X");
}

TEST(PoolFork, R23_disposing_of_and_invalidating_an_inherited_pool_send_nothing) {
    FakeServer server;
    server.wire_up();
    QueuePool pool(server.creator());
    pool.connect().close();
    EXPECT_EQ(server.received(), "C");
    EXPECT_TRUE(in_child([&] {
        pool.dispose();
        EXPECT_EQ(server.abandoned, 1);
    }));
    EXPECT_TRUE(in_child([&] {
        pool.invalidate();
        EXPECT_EQ(server.abandoned, 1);
    }));
    EXPECT_EQ(server.received(), "");
}

TEST(PoolFork, R23_a_detached_connection_is_abandoned_by_its_lease) {
    FakeServer server;
    server.wire_up();
    QueuePool pool(server.creator());
    auto lease = pool.connect();
    lease.detach();
    EXPECT_EQ(server.received(), "C");
    EXPECT_TRUE(in_child([&] {
        EXPECT_THROW(static_cast<void>(lease.connection()), ForkedProcessError);
        lease.close();
        EXPECT_EQ(server.abandoned, 1);
        EXPECT_EQ(server.destroyed, 0);
    }));
    EXPECT_EQ(server.received(), "");
    lease.close();
    EXPECT_EQ(server.received(), "X");
}

TEST(PoolFork, R23_a_grandchild_starts_afresh_again) {
    FakeServer server;
    server.wire_up();
    QueuePool pool(server.creator());
    pool.connect().close();
    EXPECT_TRUE(in_child([&] {
        EXPECT_EQ(fake(pool.connect()).number(), 2);
        EXPECT_TRUE(in_child([&] {
            EXPECT_EQ(fake(pool.connect()).number(), 3);
            EXPECT_EQ(server.abandoned, 2);
        }));
        EXPECT_EQ(fake(pool.connect()).number(), 2);
    }));
    EXPECT_EQ(server.received(), "CCC");
}

TEST(PoolFork, R23_every_pool_starts_afresh) {
    FakeServer server;
    server.wire_up();
    NullPool null(server.creator());
    StaticPool single(server.creator());
    SingletonThreadPool singleton(server.creator());
    AssertionPool assertion(server.creator());
    const std::vector<Pool*> pools = {&null, &single, &singleton, &assertion};
    std::vector<PooledConnection> leases;
    leases.reserve(pools.size());
    for (Pool* pool : pools) leases.push_back(pool->connect());
    EXPECT_EQ(server.received(), "CCCC");
    EXPECT_TRUE(in_child([&] {
        // The parent's leases are no obstacle: not even AssertionPool's only one.
        for (std::size_t i = 0; i < pools.size(); ++i)
            EXPECT_EQ(fake(pools[i]->connect()).number(), static_cast<int>(i) + 5);
        EXPECT_EQ(server.abandoned, 4);
        leases.clear();
        EXPECT_EQ(server.abandoned, 4);
        EXPECT_EQ(server.violations, 0);
    }));
    EXPECT_EQ(server.received(), "CXCCC");  // NullPool's is closed by the child
    for (const auto& lease : leases) EXPECT_NO_THROW(lease->run("SELECT 1"));
}

TEST(PoolFork, R23_pre_forked_workers_have_connections_of_their_own_and_the_parent_goes_on) {
    FakeServer server;
    server.wire_up();
    QueuePool pool(server.creator(), {.min_size = 2});
    pool.warm_up();
    auto held = pool.connect();
    EXPECT_EQ(server.received(), "CC");
    std::vector<pid_t> workers;
    for (int i = 0; i < 4; ++i) {
        workers.push_back(start_child([&] {
            EXPECT_THROW(static_cast<void>(held.connection()), ForkedProcessError);
            for (int n = 0; n < 25; ++n) pool.connect()->run("SELECT 1");
            EXPECT_EQ(pool.statistics().opened, 1U);
            pool.warm_up();
            EXPECT_EQ(pool.statistics().opened, 2U);
            pool.dispose();
        }));
    }
    for (const pid_t worker : workers) EXPECT_TRUE(ended_well(worker));
    std::string bytes = server.received();
    std::sort(bytes.begin(), bytes.end());
    EXPECT_EQ(bytes, std::string(8, 'C') + std::string(100, 'Q') + std::string(8, 'X'));
    held->run("SELECT 1");
    held.close();
    EXPECT_EQ(server.received(), "Q");
    EXPECT_EQ(pool.checkedin(), 2);
    EXPECT_EQ(server.connects, 2);
}

TEST(PoolFork, R23_a_child_works_on_when_its_parent_is_killed) {
    FakeServer server;
    server.wire_up();
    QueuePool pool(server.creator());
    const Messenger to_test;
    const Messenger to_child;
    const pid_t parent = start_child([&] {
        const auto held = pool.connect();
        held->begin({});
        static_cast<void>(start_child([&] {
            EXPECT_EQ(to_child.receive(), "your parent is dead");
            pool.connect()->run("SELECT 1");
            EXPECT_EQ(pool.checkedin(), 1);
            to_test.send(testing::Test::HasFailure() ? "failed" : "worked");
        }));
        to_test.send("forked");
        ::pause();
    });
    EXPECT_EQ(to_test.receive(), "forked");
    kill_child(parent);
    EXPECT_EQ(server.received(), "CB");
    to_child.send("your parent is dead");
    EXPECT_EQ(to_test.receive(), "worked");
    EXPECT_EQ(server.received(), "CQ");
}

TEST(PoolFork, R23_a_child_that_is_forked_while_the_pool_warms_up_warms_up_its_own) {
    FakeServer server;
    Pool* the_pool = nullptr;
    bool in_test = true;
    QueuePool pool(
        [&] {
            if (std::exchange(in_test, false)) {
                EXPECT_TRUE(in_child([&] {
                    the_pool->warm_up();
                    EXPECT_EQ(the_pool->statistics().checked_in, 3);
                }));
            }
            return server.creator()();
        },
        {.min_size = 3});
    the_pool = &pool;
    pool.warm_up();
    EXPECT_EQ(pool.checkedin(), 3);
    EXPECT_EQ(server.connects, 3);
}

TEST(PoolFork, R23_a_listener_hears_first_connect_once_in_each_process) {
    FakeServer server;
    int heard = 0;
    QueuePool pool(server.creator(), {.on_event = [&](const PoolEvent& event) {
                       if (event.kind == PoolEventKind::first_connect) ++heard;
                   }});
    take(pool, 2).clear();
    EXPECT_EQ(heard, 1);
    EXPECT_TRUE(in_child([&] {
        take(pool, 2).clear();
        EXPECT_EQ(heard, 2);
    }));
}

/// Ends the child process when the thread that forked it ends there.
struct EndOfChild {
    const OwnerProcess parent;
    ~EndOfChild() {
        if (!parent.is_current()) ::_exit(testing::Test::HasFailure() ? 1 : 0);
    }
};

TEST(PoolFork, R23_a_thread_that_ends_in_the_child_leaves_inherited_connections_alone) {
    FakeServer server;
    server.wire_up();
    SingletonThreadPool pool(server.creator());
    std::thread([&] {
        static thread_local const EndOfChild last;  // made before the pool's, so destroyed after it
        EXPECT_TRUE(last.parent.is_current());
        pool.connect().close();
        EXPECT_EQ(server.received(), "C");
        std::fflush(nullptr);
        const pid_t child = ::fork();
        if (child == 0) {
            ::alarm(60);
            return;  // and the thread ends, with what it keeps for the pool
        }
        int status = -1;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        EXPECT_EQ(status, 0);
        EXPECT_EQ(server.received(), "");
    }).join();
    EXPECT_EQ(server.received(), "X");
}

/// A pool whose lock a test can hold.
class LockedCore final : public pool::Core {
  public:
    static Core* make(std::shared_ptr<const pool::Config> config) {
        return last = new LockedCore(std::move(config));
    }
    static inline LockedCore* last = nullptr;

    [[nodiscard]] std::mutex& mutex() { return mutex_; }
    [[nodiscard]] pool::Record& checkout(const std::source_location& where) override {
        pool::Record* record = nullptr;
        {
            const Lock lock(mutex_);
            record = &empty_record();
            note_lease(*record, where, pool::coarse_now());
        }
        prepare(*record);
        return *record;
    }
    [[nodiscard]] std::string status() const override { return "LockedPool"; }

  private:
    using Core::Core;
    ~LockedCore() override = default;
    void take_back(pool::Record& record) noexcept override {
        close(record);
        Lock lock(mutex_);
        put_empty(record);
        release(lock);
    }
    void close_idle(Idle /*which*/) noexcept override {}
    void count(PoolStatistics& /*statistics*/) const override {}
};

class LockedPool final : public Pool {
  public:
    explicit LockedPool(PoolCreator creator)
        : Pool("LockedPool", std::move(creator), {}, &LockedCore::make) {}
    [[nodiscard]] std::unique_ptr<Pool> recreate() const override {
        return std::make_unique<LockedPool>(creator());
    }
};

TEST(PoolFork, R23_a_lock_that_another_thread_held_at_the_fork_does_not_stop_the_child) {
    FakeServer server;
    auto pool = std::make_unique<LockedPool>(server.creator());
    auto lease = pool->connect();
    std::promise<void> locked;
    std::promise<void> forked;
    std::thread holder([&, core = LockedCore::last] {
        const std::lock_guard lock(core->mutex());
        locked.set_value();
        forked.get_future().wait();
    });
    locked.get_future().wait();
    const auto child = in_child([&] {
        EXPECT_EQ(fake(pool->connect()).number(), 2);
        static_cast<void>(pool->statistics());
        lease.close();
        pool.reset();
    });
    forked.set_value();
    holder.join();
    EXPECT_TRUE(child);
}

TEST(PoolFork, R23_the_child_does_not_wait_for_connections_that_the_parents_threads_hold) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 1, .max_overflow = 0});
    auto held = pool.connect();
    std::thread waiter([&] { EXPECT_TRUE(pool.connect().is_valid()); });
    while (pool.statistics().waiting == 0) std::this_thread::yield();
    EXPECT_TRUE(in_child([&] {
        EXPECT_EQ(pool.statistics().waiting, 0);
        EXPECT_EQ(fake(pool.connect()).number(), 2);
    }));
    held.close();
    waiter.join();
}

TEST(PoolFork, R23_forks_in_the_middle_of_everything_leave_parent_and_children_working) {
    FakeServer server;
    server.connect_delay_ms = 0;
    QueuePool pool(server.creator(), {.pool_size = 2, .max_overflow = 2});
    std::atomic<bool> stop{false};
    std::vector<std::thread> threads;
    threads.reserve(3);
    for (int i = 0; i < 3; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; !stop; ++n) {
                auto lease = pool.connect();
                fake(lease).work();
                if (n % 8 == 0) lease.invalidate();
            }
        });
    }
    for (int i = 0; i < 20; ++i) {
        EXPECT_TRUE(in_child([&] {
            const int before = server.connects;
            for (int n = 0; n < 20; ++n) pool.connect()->run("SELECT 1");
            EXPECT_EQ(server.connects, before + 1);
        }));
    }
    stop = true;
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(server.violations, 0);
    EXPECT_LE(server.most_open, 4);
}

}  // namespace
}  // namespace azoth::test
