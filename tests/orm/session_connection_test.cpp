// SPDX-License-Identifier: MIT
#include "shop.hpp"

#include <algorithm>

// The connection of a session's transaction, in the hands of the program.

namespace shop {
namespace {

class SessionConnection : public ShopTest {
  protected:
    [[nodiscard]] std::string name_in_row() {
        return session->connection()
            .execute(text("select name from shop_user where name like 'sandy%'"))
            .scalars<std::string>()
            .one();
    }
};
AZOTH_FLUSH_ON_ALL_DATABASES(SessionConnection);

TEST_P(SessionConnection, sees_what_was_flushed_and_does_not_flush) {
    const auto user = sandy();
    user->name = "sandy, changed";
    EXPECT_EQ(name_in_row(), "sandy");
    session->flush();
    EXPECT_EQ(name_in_row(), "sandy, changed");
}

TEST_P(SessionConnection, shares_the_transaction_of_the_session) {
    const auto user = sandy();
    session->connection().execute(text("update shop_user set name = 'sandy 2'"));
    session->rollback();
    EXPECT_EQ(user->name, "sandy");
    session->connection().execute(text("update shop_user set name = 'sandy 3'"));
    session->commit();
    EXPECT_EQ(user->name, "sandy 3");
}

TEST_P(SessionConnection, begins_a_transaction) {
    session->commit();
    EXPECT_FALSE(session->in_transaction());
    (void)session->connection();
    EXPECT_TRUE(session->in_transaction());
}

TEST_P(SessionConnection, kept_beyond_the_transaction_is_closed_until_it_is_asked_for_again) {
    Connection& kept = session->connection();
    session->commit();
    EXPECT_TRUE(kept.closed());
    EXPECT_THROW((void)kept.scalar(select(literal(1))), ResourceClosedError);
    EXPECT_EQ(&session->connection(), &kept);
    EXPECT_EQ(kept.scalar(select(literal(1))), 1);
}

TEST_P(SessionConnection, closed_by_the_program_leaves_the_session_usable_after_a_rollback) {
    const auto user = sandy();
    user->name = "changed";
    session->flush();
    session->connection().close();
    EXPECT_THROW((void)session->get<User>(4711), ResourceClosedError);
    session->rollback();
    EXPECT_EQ(user->name, "sandy");
}

TEST_P(SessionConnection, is_refused_after_a_flush_that_failed_and_by_a_closed_session) {
    const auto id = sandy()->id;
    reopen();  // so that only the database knows that the key is taken
    session->add(User{.id = id, .name = "twin"});
    EXPECT_THROW(session->flush(), IntegrityError);
    EXPECT_THROW((void)session->connection(), PendingRollbackError);
    session->rollback();
    session->close();
    EXPECT_THROW((void)session->connection(), ResourceClosedError);
}

TEST_P(SessionConnection, has_an_isolation_level_of_its_own_for_one_transaction) {
    const std::string usual = session->connection().default_isolation_level();
    const std::string other = usual == "SERIALIZABLE" ? "READ UNCOMMITTED" : "SERIALIZABLE";
    session->rollback();
    EXPECT_EQ(session->connection({.isolation_level = other}).get_isolation_level(), other);
    const auto user = sandy();
    EXPECT_THROW(session->connection({.isolation_level = usual}), InvalidRequestError);
    EXPECT_THROW(session->connection({.isolation_level = "CHAOS"}), InvalidRequestError);
    session->commit();
    EXPECT_EQ(session->connection().get_isolation_level(), usual);
    EXPECT_THROW(session->connection({.isolation_level = "CHAOS"}), ArgumentError);
    EXPECT_EQ(user->name, "sandy");
}

// --- two-phase commit

class TwoPhaseSession : public ShopTest {
  protected:
    [[nodiscard]] static bool is_supported() { return !GetParam().label.starts_with("sqlite"); }
    [[nodiscard]] Session two_phase_session(ConnectionOptions options = {}) {
        return Session(engine.execution_options(options), mapped, {.twophase = true});
    }
    /// The transaction that was prepared last, as the log names it.
    [[nodiscard]] std::string last_prepared() {
        constexpr std::string_view words = "PREPARE TWOPHASE '";
        std::string xid;
        for (const std::string& line : sent())
            if (line.starts_with(words))
                xid = line.substr(words.size(), line.size() - words.size() - 1);
        return xid;
    }
    [[nodiscard]] bool is_prepared(const std::string& xid) {
        const Strings all = engine.connect().recover_twophase();
        return std::find(all.begin(), all.end(), xid) != all.end();
    }

    const Model mapped = model<User, Address, Group>("two-phase");
};
AZOTH_FLUSH_ON_ALL_DATABASES(TwoPhaseSession);

TEST_P(TwoPhaseSession, is_refused_by_name_where_the_database_has_none) {
    if (is_supported()) return;  // the other tests
    Session mine = two_phase_session();
    mine.add(User{.name = "a"});
    EXPECT_THROW(mine.commit(), NotSupportedError);
    mine.rollback();
}

TEST_P(TwoPhaseSession, prepare_needs_the_option) {
    EXPECT_THROW(session->prepare(), InvalidRequestError);
    EXPECT_EQ(sandy()->name, "sandy");
}

TEST_P(TwoPhaseSession, prepares_and_commits) {
    if (!is_supported()) return;  // refused: the first test
    Session mine = two_phase_session();
    const auto user = mine.add(User{.name = "a"});
    {
        auto savepoint = mine.begin_nested();
        user->fullname = "in a savepoint";
        mine.prepare();
    }
    const std::string xid = last_prepared();
    EXPECT_TRUE(is_prepared(xid));
    mine.prepare();
    EXPECT_THROW((void)mine.scalars(select<User>()).all(), InvalidRequestError);
    mine.commit();
    EXPECT_FALSE(is_prepared(xid));
    EXPECT_EQ(user->fullname, "in a savepoint");
    mine.rollback();
    user->name = "b";
    mine.commit();  // without prepare()
    EXPECT_EQ(user->name, "b");
    EXPECT_THAT(last_prepared(), testing::StartsWith("azoth_")) << "commit() prepares too";
    mine.prepare();
    mine.commit();
}

TEST_P(TwoPhaseSession, a_change_after_prepare_is_refused_and_takes_no_vote_back) {
    if (!is_supported()) return;  // refused: the first test
    Session mine = two_phase_session();
    const auto user = mine.add(User{.name = "a"});
    mine.prepare();
    const std::string xid = last_prepared();
    user->name = "b";
    EXPECT_THROW(mine.commit(), InvalidRequestError);
    EXPECT_THROW((void)mine.scalars(select<User>()), InvalidRequestError);
    EXPECT_TRUE(is_prepared(xid));
    user->name = "a";
    mine.commit();
    EXPECT_FALSE(is_prepared(xid));
    EXPECT_EQ(user->name, "a");
}

TEST_P(TwoPhaseSession, rolls_back_what_is_prepared_also_by_its_end) {
    if (!is_supported()) return;  // refused: the first test
    std::string xid;
    const auto users = [&] { return session->scalars(select<User>()).all().size(); };
    const auto there = users();
    {
        Session mine = two_phase_session();
        mine.add(User{.name = "a"});
        mine.prepare();
        xid = last_prepared();
        EXPECT_TRUE(is_prepared(xid));
        mine.rollback();
        EXPECT_FALSE(is_prepared(xid));
        mine.add(User{.name = "b"});
        mine.prepare();
        xid = last_prepared();
        EXPECT_TRUE(is_prepared(xid));
    }
    EXPECT_FALSE(is_prepared(xid));
    session->rollback();
    EXPECT_EQ(users(), there);
}

TEST_P(TwoPhaseSession, several_commit_together_each_with_its_isolation_level) {
    if (!is_supported()) return;  // refused: the first test
    Session one = two_phase_session({.isolation_level = "SERIALIZABLE"});
    Session two = two_phase_session();
    EXPECT_EQ(two.connection({.isolation_level = "READ COMMITTED"}).get_isolation_level(),
              "READ COMMITTED");
    EXPECT_EQ(one.connection().get_isolation_level(), "SERIALIZABLE");
    const auto a = one.add(User{.name = "a"});
    const auto b = two.add(User{.name = "b"});
    for (Session* each : {&one, &two}) each->prepare();
    for (Session* each : {&one, &two}) each->commit();
    EXPECT_EQ(a->name, "a");
    EXPECT_EQ(b->name, "b");
}

}  // namespace
}  // namespace shop
