// SPDX-License-Identifier: MIT
// Engines across fork(): rule R23.
#include <tests/compliance/support.hpp>
#include <tests/support/child_process.hpp>

namespace compliance {
namespace {

using test::ended_well;
using test::in_child;
using test::kill_child;
using test::Messenger;
using test::start_child;

class Forks : public UsersTest {
  protected:
    std::int64_t count(Connection& conn) {
        return conn.scalar(select(func::count()).select_from(users)).value();
    }
    /// In memory, each process has a database of its own, which begins empty.
    void prepare_own_database() {
        if (!requirements.several_connections) metadata.create_all(engine);
    }
    void add_user(const std::string& name) {
        engine.begin(
            [&](Connection& conn) { conn.execute(insert(users).values(users.name = name)); });
    }
};
AZOTH_ON_ALL_DATABASES(Forks);

TEST_P(Forks, R23_a_child_uses_the_engine_and_refuses_inherited_connections) {
    auto conn = engine.connect();
    conn.execute(insert(users).values(users.name = "parent's"));
    auto transaction_of = conn.begin_nested();
    EXPECT_TRUE(in_child([&] {
        EXPECT_THROW((void)count(conn), ForkedProcessError);
        EXPECT_THROW(conn.commit(), Error);
        conn.close();
        if (requirements.several_connections) {
            auto own = engine.connect();
            EXPECT_EQ(count(own), 3);
        }
    }));
    transaction_of.commit();
    EXPECT_EQ(count(conn), 4);
    conn.commit();
    EXPECT_EQ(count(conn), 4);
}

TEST_P(Forks, R23_destructors_in_a_child_send_nothing) {
    auto conn = std::make_unique<Connection>(engine.connect());
    auto savepoint = std::make_unique<Transaction>(conn->begin_nested());
    conn->execute(insert(users).values(users.name = "parent's"));
    auto result =
        std::make_unique<Result<std::int64_t>>(conn->execute(select(users.id).order_by(users.id)));
    ASSERT_NE(result->next(), nullptr);
    EXPECT_TRUE(in_child([&] {
        result.reset();
        savepoint.reset();
        conn.reset();
    }));
    EXPECT_EQ(result->all().size(), 3U);
    savepoint->commit();
    conn->commit();
    EXPECT_EQ(count(*conn), 4);
}

TEST_P(Forks, R23_pre_forked_workers_share_an_engine_with_their_parent) {
    constexpr int workers = 3;
    constexpr int rows = 10;
    auto held = engine.connect();  // as a web server that read its settings before it forks
    EXPECT_EQ(count(held), 3);
    std::vector<pid_t> children;
    for (int worker = 0; worker < workers; ++worker) {
        children.push_back(start_child([&] {
            prepare_own_database();
            EXPECT_THROW((void)count(held), ForkedProcessError);
            for (int i = 0; i < rows; ++i) add_user("worker's");
            EXPECT_EQ(engine.pool().statistics().opened, 1U);
            engine.dispose();
        }));
    }
    for (const pid_t child : children) EXPECT_TRUE(ended_well(child));
    held.commit();
    EXPECT_EQ(count(held), requirements.several_connections ? 3 + workers * rows : 3);
    EXPECT_EQ(engine.pool().statistics().checked_out, 1);
}

TEST_P(Forks, R23_a_worker_works_on_when_its_parent_is_killed_and_frees_what_that_held) {
    const Messenger to_test;
    const Messenger to_worker;
    const pid_t parent = start_child([&] {
        prepare_own_database();
        auto held = engine.connect();
        held.execute(update(users).values(users.name = "parent's").where(users.id == 1));
        static_cast<void>(start_child([&] {
            EXPECT_EQ(to_worker.receive(), "your parent is dead");
            prepare_own_database();
            // The server rolls the parent's transaction back only when no process has its
            // connection any more: the engine's first use here has let go of it.
            add_user("worker's");
            engine.begin([&](Connection& conn) {
                conn.execute(update(users).values(users.name = "worker's").where(users.id == 1));
            });
            EXPECT_THROW((void)count(held), ForkedProcessError);
            to_test.send(testing::Test::HasFailure() ? "failed" : "worked");
        }));
        to_test.send("forked");
        ::pause();
    });
    EXPECT_EQ(to_test.receive(), "forked");
    kill_child(parent);
    to_worker.send("your parent is dead");
    EXPECT_EQ(to_test.receive(), "worked");
    auto conn = engine.connect();
    const auto names = conn.scalars(select(users.name).where(users.name == "worker's")).all();
    EXPECT_EQ(names.size(), requirements.several_connections ? 2U : 0U);
}

}  // namespace
}  // namespace compliance
