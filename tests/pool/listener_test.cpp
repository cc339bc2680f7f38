// SPDX-License-Identifier: MIT
#include "fake_driver.hpp"
#include <azoth/pool/null_pool.hpp>
#include <azoth/pool/queue_pool.hpp>

#include <gtest/gtest.h>

#include <ostream>

namespace azoth {
inline namespace v0 {
static void PrintTo(PoolEventKind kind, std::ostream* out) {
    constexpr const char* names[] = {
        "first_connect", "connect",    "checkout",        "checkin", "reset", "reset_failed",
        "ping_failed",   "invalidate", "soft_invalidate", "detach",  "close", "close_detached"};
    *out << names[static_cast<std::size_t>(kind)];
}
}  // namespace v0
}  // namespace azoth

/// What PoolOptions::on_event hears, and what it can do.
namespace azoth::test {
namespace {

using enum PoolEventKind;
using Kinds = std::vector<PoolEventKind>;

/// A server and what a listener heard of its connections.
struct Heard {
    FakeServer server;
    Kinds kinds;
    std::vector<PoolResetState> resets;

    [[nodiscard]] PoolOptions options(PoolOptions options = {}) {
        options.on_event = [this](const PoolEvent& event) {
            kinds.push_back(event.kind);
            if (event.kind == reset) resets.push_back(event.reset_state);
        };
        return options;
    }
};

TEST(PoolListener, hears_first_connect_once_before_connect) {
    Heard heard;
    QueuePool pool(heard.server.creator(), heard.options());
    take(pool, 2).clear();
    EXPECT_EQ(std::count(heard.kinds.begin(), heard.kinds.end(), first_connect), 1);
    EXPECT_EQ(heard.kinds.front(), first_connect);
    EXPECT_EQ(heard.kinds[1], connect);
}

TEST(PoolListener, hears_first_connect_again_where_it_threw) {
    FakeServer server;
    int asked = 0;
    QueuePool pool(server.creator(), {.on_event = [&](const PoolEvent& event) {
                       if (event.kind == first_connect && ++asked == 1)
                           throw std::runtime_error("not yet");
                   }});
    EXPECT_THROW(static_cast<void>(pool.connect()), std::runtime_error);
    EXPECT_EQ(server.open, 0);
    take(pool, 2).clear();
    EXPECT_EQ(asked, 2);
}

TEST(PoolListener, hears_of_a_detached_connection_until_its_end) {
    Heard heard;
    QueuePool pool(heard.server.creator(), heard.options());
    {
        auto lease = pool.connect();
        lease.detach();
    }
    EXPECT_EQ(heard.kinds,
              (Kinds{first_connect, connect, checkout, detach, reset, close_detached}));
    EXPECT_TRUE(heard.resets.at(0).terminate_only);
}

TEST(PoolListener, hears_in_which_state_a_connection_comes_back) {
    Heard heard;
    QueuePool pool(heard.server.creator(), heard.options());
    pool.connect().close();
    pool.connect()->begin({});
    {
        auto lease = pool.connect();
        lease->begin({});
        lease->commit();
        lease.soft_invalidate();
    }
    ASSERT_EQ(heard.resets.size(), 3U);
    EXPECT_TRUE(heard.resets[0].transaction_was_reset);
    EXPECT_FALSE(heard.resets[0].terminate_only);
    EXPECT_FALSE(heard.resets[1].transaction_was_reset);
    EXPECT_TRUE(heard.resets[2].transaction_was_reset);
    EXPECT_TRUE(heard.resets[2].terminate_only);
}

TEST(PoolListener, does_not_hear_reset_of_a_connection_that_is_broken) {
    Heard heard;
    QueuePool pool(heard.server.creator(), heard.options());
    pool.connect().invalidate("broken");
    EXPECT_EQ(heard.kinds, (Kinds{first_connect, connect, checkout, invalidate, close}));
}

TEST(PoolListener, may_reset_connections_in_its_own_way) {
    FakeServer server;
    QueuePool pool(server.creator(),
                   {.reset_on_return = ResetOnReturn::none, .on_event = [](const PoolEvent& event) {
                        if (event.kind != reset) return;
                        event.connection->rollback();
                        event.connection->run("DISCARD ALL");
                    }});
    pool.connect()->begin({});
    EXPECT_EQ(server.rollbacks, 1);
    EXPECT_FALSE(pool.connect()->in_transaction());
    EXPECT_EQ(pool.statistics().resets, 0U);
}

TEST(PoolListener, that_ends_the_transaction_at_reset_saves_the_pool_the_rollback) {
    FakeServer server;
    QueuePool pool(server.creator(), {.on_event = [](const PoolEvent& event) {
                       if (event.kind == reset) event.connection->commit();
                   }});
    pool.connect()->begin({});
    EXPECT_EQ(server.commits, 1);
    EXPECT_EQ(server.rollbacks, 0);
}

TEST(PoolListener, R25_that_fails_at_reset_has_the_connection_closed) {
    FakeServer server;
    std::string why;
    bool works = false;
    QueuePool pool(server.creator(), {.on_event = [&](const PoolEvent& event) {
                       if (event.kind == reset && !works) throw std::runtime_error("not clean");
                       if (event.kind == reset_failed) why = event.message;
                   }});
    EXPECT_NO_THROW(pool.connect().close());
    EXPECT_EQ(server.open, 0);
    EXPECT_EQ(why, "not clean");
    EXPECT_EQ(pool.statistics().reset_failures, 1U);
    works = true;
    pool.connect().close();
    EXPECT_EQ(pool.checkedin(), 1);
}

TEST(PoolListener, R25_that_fails_at_reset_with_anything_has_the_connection_closed) {
    FakeServer server;
    QueuePool pool(server.creator(), {.on_event = [](const PoolEvent& event) {
                       if (event.kind == reset) throw 42;  // NOLINT: listeners throw what they like
                   }});
    EXPECT_NO_THROW(pool.connect().close());
    EXPECT_EQ(server.open, 0);
}

TEST(PoolListener, hears_the_life_of_a_NullPools_connection) {
    Heard heard;
    NullPool pool(heard.server.creator(), heard.options());
    pool.connect().close();
    EXPECT_EQ(heard.kinds, (Kinds{first_connect, connect, checkout, reset, checkin, close}));
}

}  // namespace
}  // namespace azoth::test
