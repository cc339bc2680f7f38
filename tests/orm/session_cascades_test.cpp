// SPDX-License-Identifier: MIT
#include "shop.hpp"

// What a session does to an object goes on along its relationships, as their cascades say. Of a
// user to her addresses they say "all, delete-orphan"; of a user to her groups only the default.

namespace shop {
namespace {

class SessionCascades : public ShopTest {
  protected:
    void SetUp() override {
        ShopTest::SetUp();
        user = sandy();
        address = user->addresses[0];
        group = session->add(Group{.title = "readers", .charter = std::string("read")});
        user->groups.add(group);
        session->flush();
    }
    Ptr<User> user;
    Ptr<Address> address;
    Ptr<Group> group;
};
AZOTH_FLUSH_ON_ALL_DATABASES(SessionCascades);

TEST_P(SessionCascades, expunge_takes_along_what_the_cascade_says) {
    session->expunge(user);
    EXPECT_FALSE(session->contains(user));
    EXPECT_FALSE(session->contains(address));
    EXPECT_TRUE(session->contains(group));
}

TEST_P(SessionCascades, expire_discards_the_edits_of_what_the_cascade_says) {
    address->email = "edited";
    group->title = "edited";
    session->expire(user);
    EXPECT_EQ(address->email, "s1");
    EXPECT_EQ(group->title, "edited");
}

TEST_P(SessionCascades, refresh_reads_what_the_cascade_says_again_when_it_is_looked_at) {
    (void)sent();
    session->refresh(user);
    EXPECT_THAT(sent(), ElementsAre("SELECT shop_user"));
    (void)group->title;
    EXPECT_THAT(sent(), IsEmpty()) << "the default has no refresh-expire";
    (void)address->email;
    EXPECT_THAT(sent(), ElementsAre("SELECT shop_address"));
}

TEST_P(SessionCascades, merge_brings_in_what_the_cascade_says) {
    session->commit();
    (void)user->addresses.size();
    (void)address->email;
    session->close();
    user->name = "sandra";
    address->email = "s1 edited";
    Session other(engine, session->model());
    const auto merged = other.merge(user);
    EXPECT_EQ(merged->addresses.size(), 2U);
    other.commit();
    EXPECT_THAT(emails("sandra"), ElementsAre("'s1 edited'", "'s2'"));
}

}  // namespace
}  // namespace shop
