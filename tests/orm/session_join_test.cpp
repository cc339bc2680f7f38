// SPDX-License-Identifier: MIT
#include "shop.hpp"

// Sessions that take part in the transaction of a connection.

namespace shop {
namespace {

class JoinedSessions : public ShopTest {
  protected:
    void SetUp() override {
        ShopTest::SetUp();
        shop.emplace(session->model());
        session->close();  // in memory there is one connection
        conn.emplace(engine.connect(*shop));
    }
    [[nodiscard]] Session join(JoinTransactionMode mode) {
        return Session{*conn, *shop, {.join_transaction_mode = mode}};
    }
    void add_and_commit(Session& joined, const std::string& name) {
        joined.add(User{.name = name});
        joined.commit();
    }
    [[nodiscard]] std::int64_t count(std::string_view name) {
        return conn->execute(select(func::count()).where(col<&User::name> == name)).scalar_one();
    }

    std::optional<Model> shop;
    std::optional<Connection> conn;
};
AZOTH_FLUSH_ON_ALL_DATABASES(JoinedSessions);

TEST_P(JoinedSessions, create_savepoint_leaves_the_transaction_to_the_connection) {
    Transaction outer = conn->begin();
    {
        Session joined = join(JoinTransactionMode::create_savepoint);
        add_and_commit(joined, "one");
        add_and_commit(joined, "two");
        joined.add(User{.name = "three"});
        joined.flush();
        joined.rollback();
        joined.add(User{.name = "four"});
        joined.flush();
    }
    EXPECT_EQ(count("one"), 1);
    EXPECT_EQ(count("two"), 1);
    EXPECT_EQ(count("three"), 0);
    EXPECT_EQ(count("four"), 0);
    outer.rollback();
    EXPECT_EQ(count("one"), 0);
}

TEST_P(JoinedSessions, rollback_only_commits_nothing_and_rolls_all_back) {
    Transaction outer = conn->begin();
    Session joined = join(JoinTransactionMode::rollback_only);
    add_and_commit(joined, "one");
    EXPECT_EQ(count("one"), 1);
    EXPECT_TRUE(outer.is_active());
    joined.add(User{.name = "two"});
    joined.flush();
    joined.rollback();
    EXPECT_FALSE(outer.is_active());
    EXPECT_EQ(count("one"), 0);
}

TEST_P(JoinedSessions, rollback_only_that_is_closed_leaves_what_was_flushed) {
    Transaction outer = conn->begin();
    {
        Session joined = join(JoinTransactionMode::rollback_only);
        joined.add(User{.name = "one"});
        joined.flush();
    }
    EXPECT_TRUE(outer.is_active());
    EXPECT_EQ(count("one"), 1);
    outer.rollback();
}

TEST_P(JoinedSessions, control_fully_ends_the_transaction_of_the_connection) {
    Transaction outer = conn->begin();
    Session joined = join(JoinTransactionMode::control_fully);
    add_and_commit(joined, "one");
    EXPECT_FALSE(outer.is_active());
    conn->rollback();
    EXPECT_EQ(count("one"), 1);
}

TEST_P(JoinedSessions, conditional_savepoint_does_as_the_connection_stands) {
    Transaction outer = conn->begin();
    {
        Session joined = join(JoinTransactionMode::conditional_savepoint);
        joined.add(User{.name = "one"});
        joined.flush();
        joined.rollback();
        EXPECT_FALSE(outer.is_active());
    }
    Transaction again = conn->begin();
    Transaction savepoint = conn->begin_nested();
    Session joined = join(JoinTransactionMode::conditional_savepoint);
    joined.add(User{.name = "two"});
    joined.flush();
    joined.rollback();
    EXPECT_TRUE(savepoint.is_active());
    add_and_commit(joined, "three");
    savepoint.commit();
    EXPECT_EQ(count("two"), 0);
    EXPECT_EQ(count("three"), 1);
    again.rollback();
}

TEST_P(JoinedSessions, where_nothing_has_begun_the_session_begins_and_ends_it) {
    Session joined = join(JoinTransactionMode::conditional_savepoint);
    add_and_commit(joined, "one");
    EXPECT_FALSE(conn->in_transaction());
    joined.add(User{.name = "two"});
    joined.flush();
    EXPECT_TRUE(conn->in_transaction());
    joined.close();
    EXPECT_FALSE(conn->in_transaction());
    EXPECT_FALSE(conn->closed());
    EXPECT_EQ(count("one"), 1);
    EXPECT_EQ(count("two"), 0);
}

TEST_P(JoinedSessions, have_savepoints_of_their_own) {
    Transaction outer = conn->begin();
    Session joined = join(JoinTransactionMode::create_savepoint);
    const auto user = joined.add(User{.name = "one"});
    {
        auto savepoint = joined.begin_nested();
        user->name = "changed";
        joined.flush();
        savepoint.rollback();
    }
    joined.commit();
    EXPECT_EQ(user->name, "one");
    EXPECT_EQ(count("one"), 1);
    outer.rollback();
}

TEST_P(JoinedSessions, recover_from_a_failed_flush_by_their_savepoint) {
    Transaction outer = conn->begin();
    Session joined = join(JoinTransactionMode::create_savepoint);
    add_and_commit(joined, "one");
    const auto known = joined.scalars(select<User>().where(col<&User::name> == "one")).one();
    joined.add(User{.id = known->id, .name = "same key"});
    joined.expunge(known);
    EXPECT_THROW(joined.flush(), IntegrityError);
    EXPECT_THROW(joined.commit(), PendingRollbackError);
    joined.rollback();
    EXPECT_TRUE(outer.is_active());
    EXPECT_EQ(count("one"), 1);
    add_and_commit(joined, "two");
    EXPECT_EQ(count("two"), 1);
    outer.rollback();
}

TEST_P(JoinedSessions, notice_that_their_transaction_was_ended_by_the_program) {
    Transaction outer = conn->begin();
    Session joined = join(JoinTransactionMode::create_savepoint);
    joined.add(User{.name = "one"});
    joined.flush();
    outer.rollback();
    EXPECT_THROW(joined.commit(), InvalidRequestError);
    joined.rollback();
    EXPECT_EQ(count("one"), 0);
    conn->rollback();
    add_and_commit(joined, "two");
    EXPECT_EQ(count("two"), 1);
}

TEST_P(JoinedSessions, write_nothing_into_a_transaction_that_the_program_began_meanwhile) {
    Transaction outer = conn->begin();
    Session joined = join(JoinTransactionMode::rollback_only);
    joined.add(User{.name = "one"});
    joined.flush();
    outer.commit();
    joined.add(User{.name = "two"});
    EXPECT_THAT(message_of<InvalidRequestError>([&] { joined.flush(); }),
                HasSubstr("rollback() the Session first"));
    EXPECT_THROW(joined.commit(), InvalidRequestError);
    EXPECT_EQ(count("two"), 0);
    joined.rollback();
    conn->rollback();
    EXPECT_EQ(count("one"), 1);
    add_and_commit(joined, "three");
    EXPECT_EQ(count("three"), 1);
}

TEST_P(JoinedSessions, that_let_go_take_their_savepoints_with_them) {
    for (const bool closes : {false, true}) {
        Transaction outer = conn->begin();
        Session joined = join(JoinTransactionMode::rollback_only);
        joined.add(User{.name = "kept"});
        joined.flush();
        auto savepoint = joined.begin_nested();
        joined.add(User{.name = "gone"});
        joined.flush();
        closes ? joined.close() : joined.reset();
        EXPECT_FALSE(conn->in_nested_transaction());
        EXPECT_EQ(count("kept"), 1);
        EXPECT_EQ(count("gone"), 0);
        outer.rollback();
    }
}

TEST_P(JoinedSessions, outlive_their_connection_without_harm) {
    Session joined = join(JoinTransactionMode::control_fully);
    const auto user = joined.add(User{.name = "one"});
    joined.flush();
    conn->close();
    EXPECT_THROW(joined.commit(), ResourceClosedError);
    joined.rollback();
    EXPECT_THROW((void)joined.get<User>(1), ResourceClosedError);
    EXPECT_EQ(user->name, "one");
}

TEST_P(JoinedSessions, are_refused_a_connection_that_does_not_know_the_model) {
    Connection stranger = engine.connect();
    EXPECT_THAT(message_of<ArgumentError>([&] { Session(stranger, *shop); }),
                HasSubstr("engine.connect(model)"));
    EXPECT_THAT(message_of<ArgumentError>([&] { Session(*conn, *shop, {.twophase = true}); }),
                HasSubstr("twophase"));
}

}  // namespace
}  // namespace shop
