// SPDX-License-Identifier: MIT
#include "fake_driver.hpp"
#include <azoth/pool/events.hpp>
#include <azoth/pool/null_pool.hpp>
#include <azoth/pool/queue_pool.hpp>
#include <azoth/pool/static_pool.hpp>

#include <gtest/gtest.h>

#include <stdexcept>

/// Listening to single events of a pool; what listeners can do is tested with on_event, which is
/// one of them.
namespace azoth::test {
namespace {

using Names = std::vector<std::string>;

TEST(PoolEvents, each_has_its_name) {
    FakeServer server;
    QueuePool pool(server.creator());
    Names heard;
    const auto hear = [&](auto what, const char* name) {
        event::listen(pool, what, [&heard, name](const PoolEvent&) { heard.emplace_back(name); });
    };
    hear(event::first_connect, "first_connect");
    hear(event::connect, "connect");
    hear(event::checkout, "checkout");
    hear(event::checkin, "checkin");
    hear(event::reset, "reset");
    hear(event::invalidate, "invalidate");
    hear(event::soft_invalidate, "soft_invalidate");
    hear(event::close, "close");
    hear(event::detach, "detach");
    hear(event::close_detached, "close_detached");
    {
        auto lease = pool.connect();
        lease.soft_invalidate();
    }
    EXPECT_EQ(heard, (Names{"first_connect", "connect", "checkout", "soft_invalidate", "reset",
                            "checkin", "close"}));
    heard.clear();
    {
        auto lease = pool.connect();
        lease.detach();
    }
    EXPECT_EQ(heard, (Names{"connect", "checkout", "detach", "reset", "close_detached"}));
    heard.clear();
    pool.connect().invalidate("broken");
    EXPECT_EQ(heard, (Names{"connect", "checkout", "invalidate", "close"}));
}

TEST(PoolEvents, are_heard_as_long_as_somebody_listens) {
    FakeServer server;
    QueuePool pool(server.creator());
    int checkouts = 0;
    pool.connect().close();
    {
        const event::ScopedListener listener =
            event::listen(pool, event::checkout, [&](const PoolEvent&) { ++checkouts; });
        pool.connect().close();
    }
    pool.connect().close();
    EXPECT_EQ(checkouts, 1);
}

TEST(PoolEvents, are_told_after_on_event) {
    FakeServer server;
    Names heard;
    QueuePool pool(server.creator(), {.on_event = [&](const PoolEvent& told) {
                       if (told.kind == PoolEventKind::checkout) heard.emplace_back("on_event");
                   }});
    event::listen(pool, event::checkout, [&](const PoolEvent&) { heard.emplace_back("later"); });
    event::listen(pool, event::checkout, [&](const PoolEvent&) { heard.emplace_back("inserted"); },
                  {.insert = true});
    pool.connect().close();
    EXPECT_EQ(heard, (Names{"inserted", "on_event", "later"}));
}

TEST(PoolEvents, are_heard_of_a_pool_that_is_made_anew) {
    FakeServer server;
    QueuePool pool(server.creator());
    int connects = 0;
    const event::Listener listener =
        event::listen(pool, event::connect, [&](const PoolEvent&) { ++connects; });
    const auto anew = pool.recreate();
    anew->connect().close();
    EXPECT_EQ(connects, 1);
    EXPECT_TRUE(event::remove(listener));
    anew->dispose();
    anew->connect().close();
    EXPECT_EQ(connects, 1) << "removed from both";
}

TEST(PoolEvents, give_a_connections_notes_and_those_of_its_place) {
    FakeServer server;
    QueuePool pool(server.creator());
    event::listen(pool, event::connect, [](const PoolEvent& told) {
        told.info()["opened"] = 1;
        told.record_info()["worker"] = 2;
    });
    {
        auto lease = pool.connect();
        EXPECT_EQ(std::any_cast<int>(lease.info().at("opened")), 1);
        EXPECT_EQ(std::any_cast<int>(lease.record_info().at("worker")), 2);
    }
    bool refused = false;
    event::listen(pool, event::invalidate, [&](const PoolEvent& told) {
        try {
            (void)told.info();
        } catch (const InvalidRequestError&) {
            refused = true;
        }
    });
    pool.invalidate("all of them");
    EXPECT_TRUE(refused) << "it is about no connection";
}

TEST(PoolEvents, a_listener_of_checkout_that_throws_gives_the_place_back) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 1, .max_overflow = 0});
    event::listen(pool, event::checkout,
                  [](const PoolEvent&) { throw std::domain_error("refused"); }, {.once = true});
    EXPECT_THROW(static_cast<void>(pool.connect()), std::domain_error);
    EXPECT_TRUE(pool.connect().is_valid());
}

TEST(PoolEvents, a_listener_of_the_end_that_throws_is_counted) {
    FakeServer server;
    QueuePool pool(server.creator());
    event::listen(pool, event::checkin, [](const PoolEvent&) { throw std::domain_error("no"); });
    pool.connect().close();
    EXPECT_EQ(pool.statistics().listener_errors, 1U);
    EXPECT_EQ(pool.checkedin(), 1);
}

TEST(PoolEvents, a_listener_does_not_keep_a_pool_alive) {
    FakeServer server;
    event::Listener listener;
    {
        NullPool pool(server.creator());
        listener = event::listen(pool, event::connect, [](const PoolEvent&) {});
        EXPECT_TRUE(event::contains(listener));
    }
    EXPECT_FALSE(event::contains(listener));
    EXPECT_FALSE(event::remove(listener));
}

}  // namespace
}  // namespace azoth::test
