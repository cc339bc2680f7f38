// SPDX-License-Identifier: MIT
#include "shop.hpp"
#include <azoth/event.hpp>

// What listeners of an engine hear of its sessions.

namespace shop {
namespace {

class SessionEvents : public ShopTest {
  protected:
    std::vector<std::string> heard;
};
AZOTH_FLUSH_ON_ALL_DATABASES(SessionEvents);

TEST_P(SessionEvents, are_those_of_the_connection_that_a_session_uses) {
    const event::ScopedListener sql = event::listen(
        engine, event::before_cursor_execute,
        [&](event::CursorExecution& told) { heard.push_back(told.statement.substr(0, 6)); });
    const event::ScopedListener commit =
        event::listen(engine, event::commit, [&](Connection&) { heard.emplace_back("commit"); });
    const auto user = sandy();
    user->name = "sandy, changed";
    session->commit();
    EXPECT_EQ(user->name, "sandy, changed");
    EXPECT_EQ(heard, (std::vector<std::string>{"SELECT", "UPDATE", "commit", "SELECT"}));
}

TEST_P(SessionEvents, an_error_replaced_in_a_flush_is_what_the_program_sees) {
    const event::ScopedListener listener = event::listen(
        engine, event::handle_error,
        [&](event::ErrorContext& context) { context.replace(std::domain_error("taken")); });
    const auto user = sandy();
    session->connection().execute(
        text("insert into shop_user (id, name) values (4711, 'another')"));
    session->add(User{.id = 4711, .name = "again"});
    EXPECT_THROW(session->flush(), std::domain_error);
    session->rollback();
    EXPECT_EQ(sandy()->name, "sandy");
}

TEST_P(SessionEvents, statements_that_load_objects_are_not_replaced) {
    const event::ScopedListener listener = event::listen(
        engine, event::before_execute,
        [&](event::Execution& execution) { execution.statement = select(literal(1)); });
    EXPECT_THROW((void)session->scalars(select<User>()), InvalidRequestError);
}

}  // namespace
}  // namespace shop
