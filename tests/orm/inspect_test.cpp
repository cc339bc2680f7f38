// SPDX-License-Identifier: MIT
#include "shop.hpp"
#include <azoth/orm/inspect.hpp>

namespace shop {
namespace {

class Inspect : public ShopTest {};

AZOTH_FLUSH_ON_ALL_DATABASES(Inspect);

/// The states that hold, of which there must be one.
template <class T>
Strings states(const Ptr<T>& object) {
    const InstanceState state = inspect(object);
    Strings names;
    if (state.transient()) names.emplace_back("transient");
    if (state.pending()) names.emplace_back("pending");
    if (state.persistent()) names.emplace_back("persistent");
    if (state.deleted()) names.emplace_back("deleted");
    if (state.detached()) names.emplace_back("detached");
    return names;
}

TEST_P(Inspect, shows_each_state_of_an_objects_life) {
    const auto user = session->model().make(User{.name = "new"});
    EXPECT_THAT(states(user), ElementsAre("transient"));
    session->add(user);
    EXPECT_THAT(states(user), ElementsAre("pending"));
    session->flush();
    EXPECT_THAT(states(user), ElementsAre("persistent"));
    session->delete_(user);
    EXPECT_THAT(states(user), ElementsAre("persistent"));
    session->flush();
    EXPECT_THAT(states(user), ElementsAre("deleted"));
    EXPECT_FALSE(inspect(user).was_deleted());
    session->commit();
    EXPECT_THAT(states(user), ElementsAre("detached"));
    EXPECT_TRUE(inspect(user).was_deleted());
}

TEST_P(Inspect, a_rollback_makes_transient_again_what_was_inserted_in_it) {
    const auto user = session->add(User{.name = "new"});
    session->flush();
    session->rollback();
    EXPECT_THAT(states(user), ElementsAre("transient"));
    EXPECT_FALSE(inspect(user).has_identity());
    EXPECT_THAT(inspect(user).identity(), IsEmpty());
}

TEST_P(Inspect, an_expunged_object_is_detached_and_keeps_its_identity) {
    const auto user = sandy();
    const auto id = user->id;
    session->expunge(user);
    EXPECT_THAT(states(user), ElementsAre("detached"));
    EXPECT_FALSE(inspect(user).was_deleted());
    EXPECT_THAT(inspect(user).identity(), ElementsAre(Value(ValueView::of_integer(id))));
}

TEST_P(Inspect, emits_no_sql_and_announces_no_write) {
    const auto user = sandy();
    session->commit();
    (void)sent();
    const InstanceState state = inspect(user);
    EXPECT_TRUE(state.expired());
    EXPECT_FALSE(state.modified());
    EXPECT_THAT(state.unloaded(), ElementsAre("addresses", "groups"));
    EXPECT_EQ(state.class_name(), "shop::User");
    EXPECT_EQ(state.identity().size(), 1U);
    EXPECT_THAT(sent(), IsEmpty());
    EXPECT_THAT(session->dirty<User>(), IsEmpty());
}

TEST_P(Inspect, modified_is_what_a_flush_would_write) {
    const auto user = sandy();
    EXPECT_FALSE(inspect(user).modified());
    user->fullname = "Sandy Cheeks";
    EXPECT_TRUE(inspect(user).modified());
    session->flush();
    EXPECT_FALSE(inspect(user).modified());
    user->addresses.add(Address{.email = "s3"});
    EXPECT_TRUE(inspect(user).modified());
}

TEST_P(Inspect, unloaded_names_relationships_and_deferred_columns) {
    session->add(Group{.title = "choir", .charter = std::string("sing")});
    session->commit();
    reopen();
    const auto group = session->scalars(select<Group>()).one();
    EXPECT_THAT(inspect(group).unloaded(), ElementsAre("charter", "members"));
    EXPECT_EQ(*group->charter, "sing");
    EXPECT_TRUE(group->members.empty());
    EXPECT_THAT(inspect(group).unloaded(), IsEmpty());
}

TEST_P(Inspect, the_answer_keeps_the_object_in_memory) {
    InstanceState state = inspect(sandy());
    session->commit();
    session->close();
    EXPECT_TRUE(state.detached());
    EXPECT_EQ(state.identity().size(), 1U);
}

TEST_P(Inspect, a_null_handle_is_refused_by_the_name_of_its_class) {
    EXPECT_THAT(message_of<InvalidRequestError>([] { (void)inspect(Ptr<User>()); }),
                HasSubstr("User"));
}

}  // namespace
}  // namespace shop
