// SPDX-License-Identifier: MIT
#include "shop.hpp"
#include <azoth/orm/session_core.hpp>

// How much a session does, counted: what is measured in time stands in the benchmarks.

namespace shop {
namespace {

class SessionWork : public ShopTest {};
AZOTH_FLUSH_ON_ALL_DATABASES(SessionWork);

TEST_P(SessionWork, R13_a_flush_before_a_statement_looks_at_what_was_borrowed_since_the_last) {
    constexpr std::size_t rounds = 300;
    std::vector<Ptr<User>> held;  // all stay borrowed, with their base images
    for (std::size_t i = 0; i < rounds; ++i) held.push_back(session->add(User{.name = "u"}));
    session->commit();
    const orm::SessionCore& core = *orm::session_of(*PtrAccess::slot(held.front()));
    for (const auto& user : held) EXPECT_EQ(user->name, "u");
    session->flush();
    (void)sent();
    std::size_t examined = 0;
    for (std::size_t i = 0; i < rounds; ++i) {
        session->get<User>(held[i].read().id)->fullname = std::to_string(i);
        examined += core.hot().size();
        (void)session->scalar(select(func::count(col<&Address::id>)));
    }
    EXPECT_EQ(examined, rounds);
    EXPECT_EQ(sent().size(), 2 * rounds) << "an UPDATE and the query each time";
}

}  // namespace
}  // namespace shop
