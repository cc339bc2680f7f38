// SPDX-License-Identifier: MIT
#include "fake_driver.hpp"
#include <azoth/pool/queue_pool.hpp>

#include <gtest/gtest.h>

/// What a pool does with a connection before it lends it.
namespace azoth::test {
namespace {

using namespace std::chrono_literals;

/// Opens `count` connections and leaves them idle.
void fill(Pool& pool, std::size_t count) {
    take(pool, count).clear();
}

TEST(PoolPrePing, asks_at_each_checkout_except_of_a_fresh_connection) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pre_ping = true});
    pool.connect().close();
    EXPECT_EQ(server.pings, 0);
    pool.connect().close();
    pool.connect().close();
    EXPECT_EQ(server.pings, 2);
}

TEST(PoolPrePing, off_by_default_asks_nothing) {
    FakeServer server;
    QueuePool pool(server.creator());
    fill(pool, 1);
    pool.connect().close();
    EXPECT_EQ(server.pings, 0);
}

TEST(PoolPrePing, R24_one_dead_connection_replaces_its_whole_generation_unpinged) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pre_ping = true});
    fill(pool, 3);
    server.restart();
    auto leases = take(pool, 3);
    EXPECT_EQ(server.pings, 1);  // the others are not asked: they are as old
    EXPECT_EQ(server.connects, 6);
    EXPECT_EQ(server.open, 3);
    for (auto& lease : leases) EXPECT_NO_THROW(lease->ping());
}

TEST(PoolPrePing, an_error_that_is_not_about_the_connection_goes_to_the_caller) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pre_ping = true});
    fill(pool, 1);
    server.fail_ping_softly = true;
    EXPECT_THROW(static_cast<void>(pool.connect()), ProgrammingError);
    EXPECT_EQ(pool.checkedout(), 0);
    EXPECT_EQ(server.open, 0);  // what can't be pinged isn't kept
}

TEST(PoolPrePing, a_server_that_stays_away_gives_its_error_and_the_place_back) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 1, .max_overflow = 0, .pre_ping = true});
    fill(pool, 1);
    server.restart();
    server.fail_connects = -1;
    EXPECT_THROW(static_cast<void>(pool.connect()), OperationalError);
    EXPECT_EQ(pool.checkedout(), 0);
    server.fail_connects = 0;
    EXPECT_TRUE(pool.connect().is_valid());
}

TEST(PoolRecycle, replaces_connections_that_are_too_old_at_checkout) {
    FakeServer server;
    QueuePool pool(server.creator(), {.recycle = 300ms});
    fill(pool, 1);
    EXPECT_EQ(fake(pool.connect()).number(), 1);
    std::this_thread::sleep_for(330ms);
    EXPECT_EQ(fake(pool.connect()).number(), 2);
    EXPECT_EQ(server.open, 1);
}

TEST(PoolRecycle, is_off_by_default) {
    FakeServer server;
    QueuePool pool(server.creator());
    fill(pool, 1);
    std::this_thread::sleep_for(20ms);
    EXPECT_EQ(fake(pool.connect()).number(), 1);
}

TEST(PoolInvalidation, of_the_pool_replaces_every_connection_before_its_next_use) {
    FakeServer server;
    QueuePool pool(server.creator());
    auto held = pool.connect();
    fill(pool, 2);
    pool.invalidate("failover");
    EXPECT_EQ(server.closes, 0);  // nothing is closed under its holder, or before it is needed
    held.close();
    EXPECT_EQ(server.closes, 1);  // a connection that nobody may use any more is not kept
    fill(pool, 2);
    EXPECT_EQ(server.connects, 5);
    EXPECT_EQ(server.open, 2);
}

TEST(PoolInvalidation, R24_found_by_many_in_one_generation_ends_it_once) {
    FakeServer server;
    QueuePool pool(server.creator());
    auto old = take(pool, 4);
    old[0].invalidate_pool("server closed the connection");
    auto fresh = pool.connect();
    EXPECT_EQ(fake(fresh).number(), 5);
    for (int i = 1; i < 4; ++i)  // of the old generation: says nothing about the fresh one
        old[static_cast<std::size_t>(i)].invalidate_pool("server closed the connection");
    fresh.close();
    EXPECT_EQ(fake(pool.connect()).number(), 5);
    EXPECT_EQ(server.open, 1);
}

TEST(PoolInvalidation, while_a_connection_is_being_opened_counts_against_it) {
    FakeServer server;
    Pool* the_pool = nullptr;
    bool failover = true;
    QueuePool pool([&] {
        auto connection = server.creator()();  // to the old server
        if (std::exchange(failover, false)) the_pool->invalidate("failover");
        return connection;
    });
    the_pool = &pool;
    pool.connect().close();
    EXPECT_EQ(fake(pool.connect()).number(), 2);
    EXPECT_EQ(fake(pool.connect()).number(), 2);
}

TEST(PoolListener, hears_of_a_connections_whole_life_in_order) {
    FakeServer server;
    std::vector<PoolEventKind> heard;
    QueuePool pool(server.creator(), {.on_event = [&](const PoolEvent& event) {
                       EXPECT_EQ(event.pool, "QueuePool");
                       EXPECT_NE(event.connection, nullptr);
                       heard.push_back(event.kind);
                   }});
    {
        const auto lease = pool.connect();
        lease->begin({});
    }
    pool.connect().invalidate("test");
    using enum PoolEventKind;
    EXPECT_EQ(heard, (std::vector{first_connect, connect, checkout, reset, checkin, checkout,
                                  invalidate, close}));
}

TEST(PoolListener, refusing_at_checkout_has_this_connection_replaced) {
    FakeServer server;
    int refusals = 1;
    QueuePool pool(server.creator(), {.on_event = [&](const PoolEvent& event) {
                       if (event.kind == PoolEventKind::checkout && refusals > 0) {
                           --refusals;
                           throw DisconnectionError("too old for me");
                       }
                   }});
    EXPECT_EQ(fake(pool.connect()).number(), 2);
    EXPECT_EQ(server.open, 1);
}

TEST(PoolListener, InvalidatePoolError_has_all_connections_replaced) {
    FakeServer server;
    bool refuse = false;
    QueuePool pool(server.creator(), {.on_event = [&](const PoolEvent& event) {
                       if (event.kind == PoolEventKind::checkout && std::exchange(refuse, false))
                           throw InvalidatePoolError("all of them");
                   }});
    fill(pool, 3);
    refuse = true;
    fill(pool, 3);
    EXPECT_EQ(server.connects, 6);
    EXPECT_EQ(server.open, 3);
}

TEST(PoolListener, refusing_twice_in_a_row_is_the_end_and_gives_the_place_back) {
    FakeServer server;
    int asked = 0;
    bool refuse = true;
    QueuePool pool(server.creator(), {.on_event = [&](const PoolEvent& event) {
                       if (event.kind != PoolEventKind::checkout) return;
                       ++asked;
                       if (refuse) throw DisconnectionError("never good enough");
                   }});
    try {
        static_cast<void>(pool.connect());
        FAIL() << "no DisconnectionError";
    } catch (const DisconnectionError& error) {
        EXPECT_NE(std::string(error.what()).find("never good enough"), std::string::npos);
    }
    EXPECT_EQ(asked, 2);
    EXPECT_EQ(server.open, 0);
    EXPECT_EQ(pool.checkedout(), 0);
    refuse = false;
    EXPECT_TRUE(pool.connect().is_valid());
}

TEST(PoolListener, an_error_at_connect_closes_the_connection_and_reaches_the_caller) {
    FakeServer server;
    QueuePool pool(server.creator(), {.on_event = [](const PoolEvent& event) {
                       if (event.kind == PoolEventKind::connect)
                           throw std::runtime_error("no time zone");
                   }});
    EXPECT_THROW(static_cast<void>(pool.connect()), std::runtime_error);
    EXPECT_EQ(server.open, 0);
    EXPECT_EQ(pool.checkedout(), 0);
}

TEST(PoolListener, an_error_where_nobody_can_hear_it_changes_nothing) {
    FakeServer server;
    QueuePool pool(
        server.creator(), {.on_event = [](const PoolEvent& event) {
            if (event.kind == PoolEventKind::checkin || event.kind == PoolEventKind::close)
                throw std::runtime_error("listener's bug");
        }});
    {
        const auto lease = pool.connect();
        lease->begin({});
    }
    EXPECT_EQ(server.rollbacks, 1);
    EXPECT_EQ(pool.checkedin(), 1);
    EXPECT_EQ(pool.statistics().listener_errors, 1U);
    pool.dispose();
    EXPECT_EQ(server.open, 0);
    EXPECT_EQ(pool.statistics().listener_errors, 2U);
}

}  // namespace
}  // namespace azoth::test
