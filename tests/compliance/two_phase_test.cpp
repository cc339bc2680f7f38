// SPDX-License-Identifier: MIT
// Two-phase commit, and the recovery of what nobody ended.
#include <tests/compliance/isolation_level.hpp>
#include <tests/support/child_process.hpp>
#include <tests/support/server_process.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

namespace compliance {
namespace {

using testing::Contains;

class TwoPhase : public UsersTest {
  protected:
    void add(Connection& conn, const std::string& name) {
        conn.execute(insert(users).values(users.name = name));
    }
    Strings names() {
        auto conn = engine.connect();
        return conn.execute(select(users.name).where(users.id > 3).order_by(users.name))
            .scalars()
            .all();
    }
    /// Names of this test alone: MariaDB knows those of the whole server. They begin with that of
    /// the database, so that scripts/services finds what a test has left behind.
    [[nodiscard]] std::string own_xid(const std::string& what) const {
        static std::atomic<int> number = 0;
        return engine.url().database().value_or("") + " " + std::to_string(++number) + " " + what;
    }
    [[nodiscard]] Strings prepared() { return engine.connect().recover_twophase(); }
    void kill(Connection& victim) {
        test::end_server_process(GetParam(), test::server_process_of(GetParam(), victim));
    }
    /// Prepares one and loses it, as a program that ends does.
    void prepare_and_lose(const std::string& xid, const std::string& name) {
        auto conn = make_engine({.poolclass = PoolClass::null}).connect();
        auto transaction = conn.begin_twophase(xid);
        add(conn, name);
        transaction.prepare();
        conn.invalidate();
    }
    /// As the server needs some time to notice that a connection is gone.
    template <class End>
    static void eventually(const End& end) {
        for (int i = 0;; ++i) {
            try {
                return end();
            } catch (const ProgrammingError&) {
                if (i == 200) throw;
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
            }
        }
    }
};
AZOTH_ON_ALL_DATABASES(TwoPhase);

TEST_P(TwoPhase, is_refused_by_name_where_the_database_has_none) {
    if (requirements.two_phase) return;  // the other tests
    auto conn = engine.connect();
    EXPECT_THAT(
        message_of<NotSupportedError>([&] { (void)conn.begin_twophase(); }),
        testing::AllOf(HasSubstr("begin_twophase"), HasSubstr(std::string(engine.dialect().name())),
                       HasSubstr("two-phase")));
    EXPECT_THROW((void)conn.begin_twophase("x"), NotSupportedError);
    EXPECT_THROW((void)conn.recover_twophase(), NotSupportedError);
    EXPECT_THROW(conn.commit_prepared("x"), NotSupportedError);
    EXPECT_THROW(conn.rollback_prepared("x"), NotSupportedError);
    EXPECT_FALSE(conn.in_transaction());
    EXPECT_THROW(conn.driver_connection().prepare_transaction("x"), NotSupportedError);
    EXPECT_THROW((void)conn.driver_connection().recover_prepared(), NotSupportedError);
}

TEST_P(TwoPhase, commits_in_two_steps) {
    if (!requirements.two_phase) return;  // refused: the first test
    auto conn = engine.connect();
    const std::string xid = own_xid("two steps");
    auto transaction = conn.begin_twophase(xid);
    EXPECT_EQ(transaction.xid(), xid);
    EXPECT_TRUE(conn.in_transaction());
    add(conn, "a");
    EXPECT_FALSE(transaction.is_prepared());
    transaction.prepare();
    EXPECT_TRUE(transaction.is_prepared());
    EXPECT_TRUE(transaction.is_active());
    EXPECT_THAT(names(), IsEmpty());
    EXPECT_THAT(prepared(), Contains(xid));
    transaction.commit();
    EXPECT_FALSE(transaction.is_active());
    EXPECT_FALSE(transaction.is_prepared());
    EXPECT_EQ(transaction.xid(), xid);
    EXPECT_THAT(names(), ElementsAre("a"));
    EXPECT_THAT(prepared(), Not(Contains(xid)));
    EXPECT_FALSE(conn.in_transaction());
    add(conn, "b");
    conn.commit();
    EXPECT_THAT(names(), ElementsAre("a", "b"));
}

TEST_P(TwoPhase, rolls_back_prepared_or_not) {
    if (!requirements.two_phase) return;  // refused: the first test
    auto conn = engine.connect();
    for (const bool prepares : {true, false}) {
        auto transaction = conn.begin_twophase();
        add(conn, "a");
        if (prepares) transaction.prepare();
        transaction.rollback();
        EXPECT_FALSE(transaction.is_active());
        transaction.rollback();
        EXPECT_THAT(names(), IsEmpty());
        EXPECT_THAT(prepared(), Not(Contains(transaction.xid())));
    }
    add(conn, "b");
    conn.commit();
    EXPECT_THAT(names(), ElementsAre("b"));
}

TEST_P(TwoPhase, commits_in_one_step_too) {
    if (!requirements.two_phase) return;  // refused: the first test
    auto conn = engine.connect();
    auto transaction = conn.begin_twophase();
    add(conn, "a");
    transaction.commit();
    EXPECT_THROW(transaction.prepare(), InvalidRequestError);
    EXPECT_THROW(transaction.commit(), InvalidRequestError);
    EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_P(TwoPhase, the_connection_may_end_it) {
    if (!requirements.two_phase) return;  // refused: the first test
    auto conn = engine.connect();
    auto first = conn.begin_twophase();
    add(conn, "a");
    first.prepare();
    conn.commit();
    EXPECT_FALSE(first.is_active());
    auto second = conn.begin_twophase();
    add(conn, "b");
    second.prepare();
    conn.rollback();
    EXPECT_FALSE(second.is_active());
    EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_P(TwoPhase, R25_a_destructor_rolls_back_prepared_or_not) {
    if (!requirements.two_phase) return;  // refused: the first test
    const std::string xid = own_xid("destroyed");
    const Engine own = make_engine({.pool_size = 1, .max_overflow = 0});
    for (const bool prepares : {false, true}) {
        auto conn = own.connect();
        auto transaction = conn.begin_twophase(xid);
        add(conn, "lost");
        if (prepares) transaction.prepare();
    }
    for (const bool prepares : {false, true}) {
        auto conn = own.connect();
        {
            auto transaction = conn.begin_twophase(xid);
            add(conn, "lost");
            if (prepares) transaction.prepare();
        }
        EXPECT_FALSE(conn.in_transaction());
        add(conn, "after");
        conn.rollback();
    }
    {
        auto conn = own.connect();
        auto transaction = conn.begin_twophase(xid);
        add(conn, "lost");
        transaction.prepare();
        conn.close();
        EXPECT_FALSE(transaction.is_active());
    }
    EXPECT_EQ(own.pool().statistics().opened, 1U) << "the connection stays good";
    EXPECT_THAT(names(), IsEmpty());
    EXPECT_THAT(prepared(), Not(Contains(xid)));
}

TEST_P(TwoPhase, once_prepared_only_its_end_can_come) {
    if (!requirements.two_phase) return;  // refused: the first test
    auto conn = engine.connect();
    auto transaction = conn.begin_twophase();
    add(conn, "a");
    transaction.prepare();
    for (const auto& attempt : std::vector<std::function<void()>>{
             [&] { add(conn, "b"); }, [&] { (void)conn.begin(); },
             [&] { (void)conn.begin_nested(); }, [&] { (void)conn.begin_twophase(); },
             [&] { conn.exec_driver_sql("select 1"); }, [&] { transaction.prepare(); },
             [&] { (void)conn.get_isolation_level(); },
             [&] { conn.execution_options({.isolation_level = "SERIALIZABLE"}); }})
        EXPECT_THAT(message_of<InvalidRequestError>(attempt), HasSubstr("prepared"));
    EXPECT_TRUE(transaction.is_prepared());
    transaction.commit();
    EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_P(TwoPhase, begins_only_where_no_transaction_is) {
    if (!requirements.two_phase) return;  // refused: the first test
    auto conn = engine.connect();
    add(conn, "a");
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)conn.begin_twophase(); }),
                HasSubstr("begin_twophase"));
    EXPECT_THROW(conn.commit_prepared("x"), InvalidRequestError);
    EXPECT_THROW(conn.rollback_prepared("x"), InvalidRequestError);
    conn.rollback();
    {
        auto transaction = conn.begin_twophase();
        EXPECT_THROW((void)conn.begin(), InvalidRequestError);
        EXPECT_THROW((void)conn.begin_twophase(), InvalidRequestError);
    }
    conn.execution_options({.isolation_level = "AUTOCOMMIT"});
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)conn.begin_twophase(); }),
                HasSubstr("AUTOCOMMIT"));
}

TEST_P(TwoPhase, has_the_isolation_level_of_its_connection_and_savepoints) {
    if (!requirements.two_phase) return;  // refused: the first test
    auto conn = engine.connect();
    conn.execution_options({.isolation_level = "SERIALIZABLE"});
    auto transaction = conn.begin_twophase();
    add(conn, "a");
    EXPECT_EQ(level_of_transaction(conn, requirements), "SERIALIZABLE");
    {
        auto savepoint = conn.begin_nested();
        add(conn, "b");
    }
    auto open = conn.begin_nested();
    add(conn, "c");
    transaction.prepare();
    EXPECT_FALSE(open.is_active());
    transaction.commit();
    EXPECT_THAT(names(), ElementsAre("a", "c"));
}

TEST_P(TwoPhase, an_empty_one_is_prepared_too) {
    if (!requirements.two_phase) return;  // refused: the first test
    auto conn = engine.connect();
    auto transaction = conn.begin_twophase();
    transaction.prepare();
    EXPECT_THAT(prepared(), Contains(transaction.xid()));
    transaction.commit();
    EXPECT_THAT(prepared(), Not(Contains(transaction.xid())));
}

TEST_P(TwoPhase, a_connection_is_not_needed_between_the_phases) {
    if (!requirements.two_phase) return;  // refused: the first test
    const std::string kept = own_xid("kept");
    const std::string dropped = own_xid("dropped");
    prepare_and_lose(kept, "kept");
    prepare_and_lose(dropped, "dropped");
    auto conn = engine.connect();
    EXPECT_THAT(conn.recover_twophase(), testing::IsSupersetOf({kept, dropped}));
    EXPECT_FALSE(conn.in_transaction()) << "to ask begins none";
    eventually([&] { conn.commit_prepared(kept); });
    eventually([&] { conn.rollback_prepared(dropped); });
    EXPECT_THAT(names(), ElementsAre("kept"));
    const auto left = conn.recover_twophase();
    EXPECT_THAT(left, Not(Contains(kept)));
    EXPECT_THAT(left, Not(Contains(dropped)));
}

TEST_P(TwoPhase, R24_a_connection_that_dies_between_the_phases_loses_nothing) {
    if (!requirements.two_phase) return;  // refused: the first test
    const std::string xid = own_xid("died");
    auto conn = engine.connect();
    const auto process = test::server_process_of(GetParam(), conn);
    conn.rollback();
    auto transaction = conn.begin_twophase(xid);
    add(conn, "a");
    transaction.prepare();
    test::end_server_process(GetParam(), process);
    const auto error = caught<OperationalError>([&] { transaction.commit(); });
    ASSERT_TRUE(error);
    EXPECT_TRUE(error->connection_invalidated());
    EXPECT_FALSE(dynamic_cast<const CommitInDoubtError*>(&*error)) << "known not to be committed";
    EXPECT_FALSE(transaction.is_active());
    conn.close();
    EXPECT_THAT(names(), IsEmpty());
    auto other = engine.connect();
    EXPECT_THAT(other.recover_twophase(), Contains(xid));
    eventually([&] { other.commit_prepared(xid); });
    EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_P(TwoPhase, R24_a_connection_that_dies_before_the_first_phase_keeps_nothing) {
    if (!requirements.two_phase) return;  // refused: the first test
    auto conn = engine.connect();
    auto transaction = conn.begin_twophase();
    add(conn, "a");
    kill(conn);
    EXPECT_THROW(transaction.prepare(), OperationalError);
    EXPECT_FALSE(transaction.is_active());
    conn.close();
    EXPECT_THAT(names(), IsEmpty());
    EXPECT_THAT(prepared(), Not(Contains(transaction.xid())));
}

TEST_P(TwoPhase, R25_what_was_to_be_committed_is_never_rolled_back_by_a_destructor) {
    if (!requirements.two_phase) return;  // refused: the first test
    const std::string xid = own_xid("decided");
    const auto logged = make_engine({.log = log.callback()});
    {
        auto conn = logged.connect();
        auto transaction = conn.begin_twophase(xid);
        add(conn, "a");
        transaction.prepare();
        // Somebody else ends it, so that the commit fails on a connection that is good. Only
        // PostgreSQL lets another do so.
        if (!requirements.postgresql) {
            conn.invalidate();
        } else {
            engine.connect().rollback_prepared(xid);
            EXPECT_THROW(transaction.commit(), ProgrammingError);
            EXPECT_TRUE(transaction.is_prepared()) << "it may be tried again";
            prepare_and_lose(xid, "b");  // under the same name
        }
    }
    if (requirements.postgresql) {
        EXPECT_THAT(log.text(), testing::AllOf(HasSubstr(xid), HasSubstr("commit_prepared")));
    }
    EXPECT_THAT(prepared(), Contains(xid));
    auto conn = engine.connect();
    eventually([&] { conn.commit_prepared(xid); });
    EXPECT_THAT(names(), ElementsAre(requirements.postgresql ? "b" : "a"));
}

TEST_P(TwoPhase, R25_a_destructor_that_can_not_roll_back_names_what_it_leaves) {
    if (!requirements.two_phase) return;  // refused: the first test
    const std::string xid = own_xid("left");
    const auto logged = make_engine({.log = log.callback()});
    for (const bool closes : {false, true}) {
        auto conn = logged.connect();
        const auto process = test::server_process_of(GetParam(), conn);
        conn.rollback();
        {
            auto transaction = conn.begin_twophase(xid);
            add(conn, "lost");
            transaction.prepare();
            test::end_server_process(GetParam(), process);
            if (closes) conn.close();
        }
        EXPECT_TRUE(conn.closed());
        EXPECT_THAT(log.text(), testing::AllOf(HasSubstr(xid), HasSubstr("rollback_prepared")));
        auto other = logged.connect();
        EXPECT_THAT(other.recover_twophase(), Contains(xid));
        eventually([&] { other.rollback_prepared(xid); });
    }
    EXPECT_THAT(names(), IsEmpty());
}

TEST_P(TwoPhase, R23_a_child_process_leaves_it_to_its_parent) {
    if (!requirements.two_phase) return;  // refused: the first test
    auto conn = engine.connect();
    auto transaction = conn.begin_twophase();
    add(conn, "a");
    transaction.prepare();
    EXPECT_TRUE(test::in_child([&] {
        EXPECT_THROW(transaction.commit(), ForkedProcessError);
        EXPECT_THROW(transaction.rollback(), ForkedProcessError);
        {
            const auto destroyed = std::move(transaction);
        }
        conn.close();
    }));
    EXPECT_THAT(prepared(), Contains(transaction.xid()));
    transaction.commit();
    EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_P(TwoPhase, a_name_that_nobody_has_can_not_be_ended) {
    if (!requirements.two_phase) return;  // refused: the first test
    auto conn = engine.connect();
    EXPECT_THROW(conn.commit_prepared(own_xid("nobody")), ProgrammingError);
    EXPECT_THROW(conn.rollback_prepared(own_xid("nobody")), ProgrammingError);
    add(conn, "a");
    conn.commit();
    EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_P(TwoPhase, a_name_that_is_in_use_is_refused_and_leaves_nothing_behind) {
    if (!requirements.two_phase) return;  // refused: the first test
    const std::string xid = own_xid("twice");
    auto first = engine.connect();
    auto one = first.begin_twophase(xid);
    add(first, "a");
    one.prepare();
    const Engine own = make_engine({.pool_size = 1, .max_overflow = 0});
    const auto level = [&](Connection& conn) {
        add(conn, "x");
        return level_of_transaction(conn, requirements);
    };
    const std::string usual = own.begin(level);
    {
        auto second = own.connect();
        second.execution_options({.isolation_level = "SERIALIZABLE"});
        auto two = second.begin_twophase(xid);
        EXPECT_THROW(
            {
                add(second, "b");
                two.prepare();
            },
            ProgrammingError);
    }
    EXPECT_EQ(own.begin(level), usual);
    EXPECT_EQ(own.pool().statistics().opened, 1U);
    one.commit();
    EXPECT_THAT(names(), ElementsAre("a", "x", "x"));
}

TEST_P(TwoPhase, R27_names_are_quoted_whatever_they_hold) {
    if (!requirements.two_phase) return;  // refused: the first test
    for (const char* what : {"it's", "'; drop table t; --", "\\", "\\'", "''", "\"", "`",
                             "%s ? :x $1", "\n\t", "\xC3\xA4\xF0\x9F\x90\xB1", "x','y',7"}) {
        const std::string xid = own_xid(what);
        auto conn = engine.connect();
        auto transaction = conn.begin_twophase(xid);
        add(conn, "a");
        transaction.prepare();
        EXPECT_THAT(prepared(), Contains(xid));
        transaction.rollback();
        EXPECT_THAT(prepared(), Not(Contains(xid)));
        EXPECT_THROW(conn.commit_prepared(xid), ProgrammingError);
    }
    EXPECT_THAT(names(), IsEmpty());
}

TEST_P(TwoPhase, names_that_the_database_can_not_have_are_refused_at_the_beginning) {
    if (!requirements.two_phase) return;  // refused: the first test
    const std::size_t longest = requirements.postgresql ? 199 : 64;
    auto conn = engine.connect();
    const auto padded = [](std::string xid, std::size_t size) {
        xid.resize(size, 'x');
        return xid;
    };
    const std::string fits = padded(own_xid(""), longest);
    {
        auto transaction = conn.begin_twophase(fits);
        add(conn, "a");
        transaction.prepare();
        EXPECT_THAT(prepared(), Contains(fits));
    }
    EXPECT_THAT(
        message_of<ArgumentError>([&] { (void)conn.begin_twophase(padded("x", longest + 1)); }),
        testing::AllOf(HasSubstr(std::to_string(longest + 1)),
                       HasSubstr("at most " + std::to_string(longest))));
    EXPECT_THROW((void)conn.begin_twophase(std::string("a\0b", 3)), ArgumentError);
    EXPECT_THROW(conn.commit_prepared(""), ArgumentError);
    EXPECT_THROW(conn.rollback_prepared(padded("x", 1000)), ArgumentError);
    EXPECT_FALSE(conn.in_transaction());
}

TEST_P(TwoPhase, made_names_differ) {
    if (!requirements.two_phase) return;  // refused: the first test
    auto first = engine.connect();
    auto second = engine.connect();
    auto one = first.begin_twophase();
    auto two = second.begin_twophase();
    EXPECT_THAT(one.xid(), testing::StartsWith("azoth_"));
    EXPECT_NE(one.xid(), two.xid());
}

TEST_P(TwoPhase, an_error_before_the_first_phase_leaves_nothing_prepared) {
    if (!requirements.two_phase) return;  // refused: the first test
    auto conn = engine.connect();
    auto transaction = conn.begin_twophase();
    add(conn, "a");
    EXPECT_THROW(conn.execute(insert(users).values(users.id = 1, users.name = "duplicate")),
                 IntegrityError);
    if (requirements.errors_end_transactions) {
        EXPECT_THROW(transaction.prepare(), PendingRollbackError);
        transaction.rollback();
        EXPECT_THAT(names(), IsEmpty());
    } else {
        transaction.prepare();
        transaction.commit();
        EXPECT_THAT(names(), ElementsAre("a"));
    }
    add(conn, "b");
    conn.rollback();
}

TEST_P(TwoPhase, several_databases_commit_together) {
    if (!requirements.two_phase) return;  // refused: the first test
    const Engine other = make_engine();
    auto here = engine.connect();
    auto there = other.connect();
    auto one = here.begin_twophase();
    auto two = there.begin_twophase();
    add(here, "a");
    add(there, "b");
    one.prepare();
    two.prepare();
    one.commit();
    two.commit();
    EXPECT_THAT(names(), ElementsAre("a", "b"));
}

TEST_P(TwoPhase, is_logged_by_name) {
    if (!requirements.two_phase) return;  // refused: the first test
    const auto logged = make_engine({.echo = true, .log = log.callback()});
    const std::string xid = own_xid("logged");
    auto conn = logged.connect();
    auto transaction = conn.begin_twophase(xid);
    add(conn, "a");
    transaction.prepare();
    transaction.rollback();
    EXPECT_THAT(log.text(), testing::AllOf(HasSubstr("BEGIN TWOPHASE '" + xid),
                                           HasSubstr("PREPARE TWOPHASE '" + xid),
                                           HasSubstr("ROLLBACK TWOPHASE '" + xid)));
}

}  // namespace
}  // namespace compliance
