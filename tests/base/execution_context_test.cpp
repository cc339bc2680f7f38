// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/execution_context.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <latch>
#include <mutex>
#include <set>
#include <string_view>
#include <thread>
#include <vector>

namespace {

using namespace azoth;

/// Code in here runs as another context, as a fiber would.
class AsContext {
  public:
    explicit AsContext(ContextId context) : previous_(detail::exchange_current_context(context)) {}
    AsContext(const AsContext&) = delete;
    AsContext& operator=(const AsContext&) = delete;
    ~AsContext() { detail::exchange_current_context(previous_); }

  private:
    ContextId previous_;
};

TEST(ExecutionContext, is_a_threads_own_and_does_not_change) {
    const ContextId here = current_context();
    EXPECT_NE(here.number, 0u);
    EXPECT_EQ(current_context(), here);
    ContextId there;
    std::thread{[&] { there = current_context(); }}.join();
    EXPECT_NE(there.number, 0u);
    EXPECT_NE(there, here);
    EXPECT_EQ(current_context(), here);
}

TEST(ExecutionContext, is_never_used_twice_even_by_threads_that_follow_each_other) {
    std::mutex mutex;
    std::set<std::uint64_t> seen;
    for (int round = 0; round < 20; ++round) {
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                const std::lock_guard lock{mutex};
                seen.insert(current_context().number);
            });
        }
        for (auto& thread : threads) thread.join();
    }
    EXPECT_EQ(seen.size(), 80u);
}

TEST(ExecutionContext, a_fiber_runs_as_itself_in_whatever_thread) {
    const ContextId here = current_context();
    const ContextId fiber = detail::new_context();
    EXPECT_NE(fiber, here);
    {
        const AsContext scope{fiber};
        EXPECT_EQ(current_context(), fiber);
    }
    EXPECT_EQ(current_context(), here);
    std::thread{[&] {
        const AsContext scope{fiber};
        EXPECT_EQ(current_context(), fiber);
    }}.join();
}

TEST(ExclusiveUse, R19_may_be_nested_by_one_context) {
    UseMonitor monitor;
    EXPECT_FALSE(monitor.in_use());
    {
        const ExclusiveUse outer{monitor, "Connection"};
        EXPECT_TRUE(monitor.in_use());
        {
            const ExclusiveUse inner{monitor, "Connection"};
            EXPECT_TRUE(monitor.in_use());
        }
        EXPECT_TRUE(monitor.in_use());  // the outer use goes on
    }
    EXPECT_FALSE(monitor.in_use());
}

TEST(ExclusiveUse, R19_overlapping_use_by_two_threads_throws_and_names_the_object) {
    UseMonitor monitor;
    const ExclusiveUse use{monitor, "Connection"};
    std::thread{[&] {
        try {
            const ExclusiveUse other{monitor, "Connection"};
            ADD_FAILURE() << "two threads used it at a time";
        } catch (const IllegalStateChangeError& error) {
            const std::string_view message = error.what();
            EXPECT_NE(message.find("Connection"), message.npos) << message;
        }
    }}.join();
    EXPECT_TRUE(monitor.in_use());  // the refused one did not end the first one's use
}

TEST(ExclusiveUse, R19_overlapping_use_by_two_fibers_of_one_thread_throws) {
    UseMonitor monitor;
    const ExclusiveUse use{monitor, "Session"};
    const AsContext fiber{detail::new_context()};
    EXPECT_THROW(ExclusiveUse(monitor, "Session"), IllegalStateChangeError);
}

TEST(ExclusiveUse, R19_a_fiber_that_went_on_in_another_thread_still_has_its_object) {
    UseMonitor monitor;
    const ContextId fiber = detail::new_context();
    const AsContext here{fiber};
    const ExclusiveUse use{monitor, "Session"};
    std::thread{[&] {
        const AsContext there{fiber};
        EXPECT_NO_THROW(ExclusiveUse(monitor, "Session"));
    }}.join();
}

TEST(ExclusiveUse, threads_may_use_an_object_in_turn) {
    UseMonitor monitor;
    int plain = 0;  // ThreadSanitizer sees a race here unless each use happens before the next
    std::atomic<int> turn{0};
    const auto add = [&](int mine) {
        for (int i = 0; i < 1000; ++i) {
            while (turn.load(std::memory_order_relaxed) % 2 != mine) std::this_thread::yield();
            {
                const ExclusiveUse use{monitor, "Connection"};
                ++plain;
            }
            turn.fetch_add(1, std::memory_order_relaxed);
        }
    };
    std::thread one{add, 0};
    std::thread two{add, 1};
    one.join();
    two.join();
    EXPECT_EQ(plain, 2000);
}

TEST(ExclusiveUse, R19_of_many_threads_at_once_only_one_gets_in) {
    UseMonitor monitor;
    std::atomic<int> inside{0};
    std::atomic<int> refused{0};
    std::atomic<int> admitted{0};
    std::latch start{8};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            start.arrive_and_wait();
            for (int round = 0; round < 2000; ++round) {
                try {
                    const ExclusiveUse use{monitor, "Connection"};
                    EXPECT_EQ(inside.fetch_add(1), 0);
                    inside.fetch_sub(1);
                    ++admitted;
                } catch (const IllegalStateChangeError&) {
                    ++refused;
                }
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(admitted + refused, 16'000);
    EXPECT_GT(admitted, 0);
    EXPECT_FALSE(monitor.in_use());
}

TEST(UseMonitor, a_copied_object_is_in_use_by_nobody) {
    UseMonitor monitor;
    const ExclusiveUse use{monitor, "Connection"};
    const UseMonitor copy = monitor;
    EXPECT_FALSE(copy.in_use());
    UseMonitor other;
    other = monitor;
    EXPECT_FALSE(other.in_use());
}

}  // namespace
