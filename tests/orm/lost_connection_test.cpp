// SPDX-License-Identifier: MIT
#include "shop.hpp"
#include <azoth/orm/inspect.hpp>

#include <tests/support/server_process.hpp>

// A session whose connection the server has ended.

namespace shop {
namespace {

/// Of databases with a server: the others have no connection to lose.
std::vector<azoth::test::Database> servers() {
    std::vector<azoth::test::Database> found;
    for (const auto& database : azoth::test::databases())
        if (!database.label.starts_with("sqlite")) found.push_back(database);
    return found;
}

class LostConnection : public ShopTest {
  protected:
    void lose() {
        azoth::test::end_server_process(GetParam(),
                                        azoth::test::server_process_of(GetParam(), *session));
    }
};
INSTANTIATE_TEST_SUITE_P(Servers, LostConnection, testing::ValuesIn(servers()),
                         azoth::test::label_of);

TEST_P(LostConnection, R24_a_rollback_succeeds_and_the_session_goes_on_by_another_connection) {
    const auto user = sandy();
    user->name = "changed";
    session->flush();
    lose();
    session->rollback();
    EXPECT_EQ(user->name, "sandy");
}

TEST_P(LostConnection, a_session_that_is_invalidated_closes_it_and_goes_on_by_another) {
    const auto user = sandy();
    user->name = "changed";
    session->flush();
    const std::uint64_t closed = session->engine().pool().statistics().closed;
    session->invalidate();
    EXPECT_EQ(session->engine().pool().statistics().closed, closed + 1);
    EXPECT_FALSE(session->in_transaction());
    EXPECT_TRUE(inspect(user).detached());
    EXPECT_EQ(sandy()->name, "sandy") << "nothing was committed";
}

TEST_P(LostConnection, R24_a_statement_that_finds_it_lost_says_so_and_a_rollback_helps) {
    const auto user = sandy();
    lose();
    EXPECT_THROW((void)session->get<User>(4711), OperationalError);
    EXPECT_THROW((void)session->get<User>(4711), PendingRollbackError);
    session->rollback();
    EXPECT_EQ(user->name, "sandy");
}

TEST_P(LostConnection, R24_in_a_savepoint_the_transaction_around_it_is_lost_too) {
    const auto user = sandy();
    auto savepoint = session->begin_nested();
    lose();
    EXPECT_THROW((void)session->get<User>(4711), OperationalError);
    savepoint.rollback();
    EXPECT_THROW((void)session->get<User>(4711), PendingRollbackError);
    EXPECT_THROW(session->commit(), PendingRollbackError);
    session->rollback();
    EXPECT_EQ(user->name, "sandy");
}

TEST_P(LostConnection, R24_a_rollback_to_a_savepoint_that_finds_it_lost_throws) {
    const auto user = sandy();
    auto savepoint = session->begin_nested();
    user->name = "changed";
    session->flush();
    lose();
    EXPECT_THROW(savepoint.rollback(), OperationalError);
    EXPECT_THROW((void)session->get<User>(4711), PendingRollbackError);
    session->rollback();
    EXPECT_EQ(user->name, "sandy");
}

TEST_P(LostConnection, R24_a_session_is_closed_in_peace) {
    const auto user = sandy();
    user->name = "changed";
    session->flush();
    lose();
    reopen();
    EXPECT_EQ(sandy()->name, "sandy");
}

}  // namespace
}  // namespace shop
