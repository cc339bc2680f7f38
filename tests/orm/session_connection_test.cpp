// SPDX-License-Identifier: MIT
#include "shop.hpp"

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

}  // namespace
}  // namespace shop
