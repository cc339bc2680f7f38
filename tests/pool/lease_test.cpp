// SPDX-License-Identifier: MIT
#include "fake_driver.hpp"
#include <azoth/pool/null_pool.hpp>
#include <azoth/pool/queue_pool.hpp>
#include <azoth/pool/static_pool.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <type_traits>

/// The loan: what its holder can do, and what happens when it ends.
namespace azoth::test {
namespace {

static_assert(!std::is_copy_constructible_v<PooledConnection>);
static_assert(std::is_nothrow_move_constructible_v<PooledConnection>);
static_assert(std::is_nothrow_destructible_v<PooledConnection>);

/// Notes its end, and whether its connection was still open then.
struct Data final : pool::ConnectionData {
    Data(FakeConnection& its_connection, std::string& its_log)
        : connection(its_connection), log(its_log) {}
    ~Data() override { log += connection.is_open() ? "data before connection;" : "data too late;"; }
    FakeConnection& connection;
    std::string& log;
};

/// A pool, and the last event of each kind that it told.
struct Watched {
    FakeServer server;
    std::vector<std::pair<PoolEventKind, std::string>> events;
    std::optional<QueuePool> pool;

    explicit Watched(PoolOptions options = {}) {
        options.on_event = [this](const PoolEvent& event) {
            events.emplace_back(event.kind, event.message);
        };
        pool.emplace(server.creator(), std::move(options));
    }
    [[nodiscard]] const std::string* heard(PoolEventKind kind) const {
        for (const auto& [its_kind, message] : events) {
            if (its_kind == kind) return &message;
        }
        return nullptr;
    }
};

TEST(PoolReset, sends_nothing_where_no_transaction_is_open) {
    Watched w;
    w.pool->connect().close();
    EXPECT_EQ(w.server.rollbacks, 0);
    EXPECT_EQ(w.server.commits, 0);
    EXPECT_EQ(w.pool->statistics().resets, 0U);
}

TEST(PoolReset, ends_an_open_transaction_as_the_options_say) {
    for (const auto how : {ResetOnReturn::rollback, ResetOnReturn::commit, ResetOnReturn::none}) {
        Watched w({.reset_on_return = how});
        w.pool->connect()->begin({});
        EXPECT_EQ(w.server.rollbacks, how == ResetOnReturn::rollback ? 1 : 0);
        EXPECT_EQ(w.server.commits, how == ResetOnReturn::commit ? 1 : 0);
        EXPECT_EQ(w.pool->connect()->in_transaction(), how == ResetOnReturn::none);
        EXPECT_EQ(w.server.connects, 1);
    }
}

TEST(PoolReset, R25_a_failing_rollback_closes_the_connection_and_tells_why) {
    Watched w;
    w.server.fail_rollback = true;
    EXPECT_NO_THROW(w.pool->connect()->begin({}));
    EXPECT_EQ(w.server.open, 0);
    EXPECT_EQ(w.pool->checkedout(), 0);
    const std::string* why = w.heard(PoolEventKind::reset_failed);
    ASSERT_NE(why, nullptr);
    EXPECT_NE(why->find("fake rollback failure"), std::string::npos) << *why;
}

TEST(PoolReset, R25_a_failing_commit_closes_the_connection_and_tells_why) {
    Watched w({.reset_on_return = ResetOnReturn::commit});
    w.server.fail_commit = true;
    w.pool->connect()->begin({});
    EXPECT_EQ(w.server.open, 0);
    ASSERT_NE(w.heard(PoolEventKind::reset_failed), nullptr);
}

TEST(PoolReset, a_connection_known_to_be_lost_is_closed_without_a_reset) {
    Watched w;
    {
        const auto lease = w.pool->connect();
        lease->begin({});
        EXPECT_THROW(fake(lease).fail_as_lost(), OperationalError);
    }
    EXPECT_EQ(w.server.rollbacks, 0);
    EXPECT_EQ(w.server.open, 0);
    EXPECT_EQ(w.pool->checkedin(), 0);
}

TEST(PooledConnection, holds_nothing_when_default_made_or_moved_from) {
    FakeServer server;
    QueuePool pool(server.creator());
    PooledConnection empty;
    EXPECT_FALSE(empty.is_valid());
    PooledConnection lease = pool.connect();
    const PooledConnection other = std::move(lease);
    EXPECT_FALSE(lease.is_valid());  // NOLINT(bugprone-use-after-move): that is the question
    EXPECT_TRUE(other.is_valid());
    for (PooledConnection* none : {&empty, &lease}) {
        EXPECT_THROW(static_cast<void>(none->connection()), ResourceClosedError);
        EXPECT_THROW(none->soft_invalidate(), ResourceClosedError);
        EXPECT_THROW(none->detach(), ResourceClosedError);
        EXPECT_THROW(static_cast<void>(none->info()), ResourceClosedError);
        EXPECT_THROW(static_cast<void>(none->record_info()), ResourceClosedError);
        EXPECT_THROW(static_cast<void>(none->data()), ResourceClosedError);
        EXPECT_THROW(none->set_data(nullptr), ResourceClosedError);
        EXPECT_THROW(static_cast<void>(none->use_monitor()), ResourceClosedError);
        EXPECT_FALSE(none->is_detached());
        EXPECT_NO_THROW(none->close());
        EXPECT_NO_THROW(none->invalidate());
        EXPECT_NO_THROW(none->invalidate_pool());
    }
}

TEST(PooledConnection, assignment_gives_the_held_connection_back_first) {
    FakeServer server;
    QueuePool pool(server.creator());
    auto lease = pool.connect();
    lease = pool.connect();
    EXPECT_EQ(pool.checkedout(), 1);
    EXPECT_EQ(fake(lease).number(), 2);
    lease = PooledConnection{};
    EXPECT_EQ(pool.checkedout(), 0);
}

TEST(PooledConnection, invalidate_closes_at_once_and_frees_the_place) {
    FakeServer server;
    QueuePool pool(server.creator(),
                   {.pool_size = 1, .max_overflow = 0, .timeout = std::chrono::seconds{0}});
    auto lease = pool.connect();
    lease->begin({});
    lease.invalidate("broken");
    EXPECT_EQ(server.open, 0);
    EXPECT_EQ(server.rollbacks, 0);
    EXPECT_FALSE(lease.is_valid());
    EXPECT_THROW(static_cast<void>(lease.connection()), ResourceClosedError);
    EXPECT_EQ(fake(pool.connect()).number(), 2);
}

TEST(PooledConnection, invalidate_passes_its_reason_on) {
    Watched w;
    w.pool->connect().invalidate("protocol out of step");
    ASSERT_NE(w.heard(PoolEventKind::invalidate), nullptr);
    EXPECT_EQ(*w.heard(PoolEventKind::invalidate), "protocol out of step");
}

TEST(PooledConnection, soft_invalidate_lets_the_use_go_on_and_replaces_afterwards) {
    Watched w;
    {
        auto lease = w.pool->connect();
        lease.soft_invalidate("certificate changed");
        EXPECT_TRUE(lease.is_valid());
        EXPECT_NO_THROW(lease->begin({}));
    }
    EXPECT_EQ(w.server.rollbacks, 1);  // its end is as orderly as any
    EXPECT_EQ(*w.heard(PoolEventKind::soft_invalidate), "certificate changed");
    EXPECT_EQ(fake(w.pool->connect()).number(), 2);
    EXPECT_EQ(w.server.open, 1);
}

TEST(PooledConnection, detach_frees_the_place_and_the_end_of_the_lease_closes) {
    FakeServer server;
    QueuePool pool(server.creator(),
                   {.pool_size = 1, .max_overflow = 0, .timeout = std::chrono::seconds{0}});
    auto lease = pool.connect();
    lease.info()["tag"] = 7;
    lease.detach();
    EXPECT_TRUE(lease.is_detached());
    EXPECT_EQ(pool.checkedout(), 0);
    EXPECT_EQ(fake(lease).number(), 1);
    EXPECT_EQ(std::any_cast<int>(lease.info()["tag"]), 7);
    EXPECT_EQ(fake(pool.connect()).number(), 2);
    lease.detach();  // again: nothing changes
    lease->begin({});
    lease.close();
    EXPECT_EQ(server.rollbacks, 1);
    EXPECT_EQ(server.closes, 1);
    EXPECT_EQ(server.open, 1);
}

TEST(PooledConnection, a_detached_connection_can_be_invalidated) {
    FakeServer server;
    QueuePool pool(server.creator());
    auto lease = pool.connect();
    lease.detach();
    lease->begin({});
    lease.invalidate();
    EXPECT_EQ(server.rollbacks, 0);
    EXPECT_EQ(server.open, 0);
}

TEST(PooledConnection, detaching_a_shared_connection_is_refused) {
    FakeServer server;
    StaticPool pool(server.creator());
    auto first = pool.connect();
    {
        const auto second = pool.connect();
        EXPECT_THROW(first.detach(), InvalidRequestError);
        EXPECT_EQ(fake(first).number(), 1);
    }
    first.detach();
    EXPECT_EQ(fake(pool.connect()).number(), 2);
    EXPECT_EQ(fake(first).number(), 1);
}

TEST(PooledConnection, info_lives_as_long_as_the_physical_connection) {
    FakeServer server;
    QueuePool pool(server.creator());
    pool.connect().info()["role"] = std::string("reader");
    {
        auto lease = pool.connect();
        EXPECT_EQ(std::any_cast<std::string>(lease.info().at("role")), "reader");
        lease.invalidate();
    }
    EXPECT_TRUE(pool.connect().info().empty());
}

TEST(PooledConnection, record_info_stays_when_the_connection_is_replaced) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pre_ping = true});
    {
        const auto lease = pool.connect();
        lease.info()["session"] = 1;
        lease.record_info()["slot"] = 7;
    }
    server.restart();
    {
        auto lease = pool.connect();
        EXPECT_EQ(fake(lease).number(), 2);
        EXPECT_TRUE(lease.info().empty());
        EXPECT_EQ(std::any_cast<int>(lease.record_info().at("slot")), 7);
        lease.invalidate();
    }
    EXPECT_TRUE(pool.connect().record_info().empty());
}

TEST(PooledConnection, record_info_is_not_that_of_whoever_had_the_place_before) {
    FakeServer server;
    QueuePool pool(server.creator(), {.pool_size = 1, .max_overflow = 1});
    {
        const auto kept = pool.connect();
        const auto overflow = pool.connect();
        kept.record_info()["slot"] = 1;
        overflow.record_info()["slot"] = 2;
    }
    const auto leases = take(pool, 2);
    EXPECT_EQ(leases[0].record_info().size() + leases[1].record_info().size(), 1U);
}

TEST(PooledConnection, record_info_stays_with_the_pool_when_the_connection_is_detached) {
    FakeServer server;
    QueuePool pool(server.creator());
    auto lease = pool.connect();
    lease.record_info()["slot"] = 1;
    lease.detach();
    EXPECT_TRUE(lease.record_info().empty());
}

TEST(PooledConnection, data_stays_with_the_connection_and_dies_before_it) {
    FakeServer server;
    std::string log;
    QueuePool pool(server.creator());
    {
        const auto lease = pool.connect();
        EXPECT_EQ(lease.data(), nullptr);
        lease.set_data(std::make_unique<Data>(fake(lease), log));
    }
    EXPECT_NE(pool.connect().data(), nullptr);
    EXPECT_EQ(log, "");
    pool.dispose();
    EXPECT_EQ(log, "data before connection;");
    EXPECT_EQ(pool.connect().data(), nullptr);
}

TEST(PooledConnection, data_dies_before_the_connection_however_that_ends) {
    FakeServer server;
    std::string log;
    QueuePool pool(server.creator(), {.pool_size = 1});
    const auto with_data = [&] {
        auto lease = pool.connect();
        lease.set_data(std::make_unique<Data>(fake(lease), log));
        return lease;
    };
    {
        const auto kept = with_data();
        with_data().close();  // takes the only place, so `kept` is closed as overflow
    }
    EXPECT_EQ(log, "data before connection;");
    log.clear();
    with_data().invalidate();
    EXPECT_EQ(std::exchange(log, ""), "data before connection;data before connection;");
    {
        auto detached = with_data();
        detached.detach();
        EXPECT_NE(detached.data(), nullptr);
    }
    EXPECT_EQ(std::exchange(log, ""), "data before connection;");
    EXPECT_EQ(server.violations, 0);
}

TEST(PooledConnection, may_outlive_its_pool) {
    FakeServer server;
    PooledConnection lease;
    {
        QueuePool pool(server.creator());
        lease = pool.connect();
        pool.connect().close();
    }
    EXPECT_EQ(server.open, 1);
    EXPECT_NO_THROW(lease->run("SELECT 1"));
    lease.soft_invalidate();
    lease.close();
    EXPECT_EQ(server.open, 0);
}

TEST(PooledConnection, detached_may_outlive_its_pool) {
    FakeServer server;
    PooledConnection lease;
    {
        NullPool pool(server.creator());
        lease = pool.connect();
        lease.detach();
    }
    EXPECT_NO_THROW(lease->run("SELECT 1"));
    lease = {};
    EXPECT_EQ(server.open, 0);
}

}  // namespace
}  // namespace azoth::test
