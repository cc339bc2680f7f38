// SPDX-License-Identifier: MIT
#include "shop.hpp"
#include <azoth/attributes.hpp>

// What is known of a member's history, and members written as if they were loaded.

namespace shop {
namespace {

using testing::UnorderedElementsAre;

class Histories : public ShopTest {};
AZOTH_FLUSH_ON_ALL_DATABASES(Histories);

template <auto Member, class T>
Strings history(const Ptr<T>& object) {
    Strings lines;
    const auto known = get_history<Member>(object);
    const auto add = [&lines](const char* what, const auto& values) {
        for (const auto& value : values) {
            if constexpr (requires { value->id; })
                lines.push_back(what + std::to_string(value->id));
            else if constexpr (requires { *value; })
                lines.push_back(what + value.value_or("null"));
            else if constexpr (requires { std::to_string(value); })
                lines.push_back(what + std::to_string(value));
            else
                lines.push_back(what + value);
        }
    };
    add("+", known.added);
    add("=", known.unchanged);
    add("-", known.deleted);
    EXPECT_EQ(known.has_changes(), !known.added.empty() || !known.deleted.empty());
    return lines;
}

TEST_P(Histories, of_a_column_say_what_was_there_and_what_will_be) {
    const auto user = sandy();
    EXPECT_THAT(history<&User::name>(user), ElementsAre("=sandy"));
    user->name = "sally";
    user->fullname = "Sally";
    EXPECT_THAT(history<&User::name>(user), ElementsAre("+sally", "-sandy"));
    EXPECT_THAT(history<&User::fullname>(user), ElementsAre("+Sally", "-null"));
    EXPECT_THAT(history<&User::id>(user), ElementsAre("=" + std::to_string(user->id)));
    user->name = "sandy";
    EXPECT_THAT(history<&User::name>(user), ElementsAre("=sandy"));
    session->flush();
    EXPECT_THAT(history<&User::fullname>(user), ElementsAre("=Sally"));
}

TEST_P(Histories, of_new_objects_have_all_that_they_say) {
    const auto user = session->add(User{.name = "new"});
    EXPECT_THAT(history<&User::id>(user), IsEmpty());
    EXPECT_THAT(history<&User::name>(user), ElementsAre("+new"));
    session->flush();
    EXPECT_THAT(history<&User::name>(user), ElementsAre("=new"));
}

TEST_P(Histories, load_nothing) {
    const auto group = session->add(Group{.title = "g", .charter = "text"});
    session->commit();
    const auto address = by_email("s1");
    session->expire(group);
    (void)sent();
    EXPECT_THAT(history<&Group::title>(group), IsEmpty());
    EXPECT_THAT(history<&Address::user>(address), IsEmpty());
    EXPECT_EQ(lines_sent(), 0);
    EXPECT_EQ(group->title, "g");
    (void)sent();
    EXPECT_THAT(history<&Group::charter>(group), IsEmpty());
    EXPECT_THAT(history<&Group::members>(group), IsEmpty());
    EXPECT_EQ(lines_sent(), 0);
}

TEST_P(Histories, of_relationships_have_handles) {
    const auto user = sandy();
    const auto first = by_email("s1");
    const auto other = pat();
    EXPECT_EQ(user->addresses.size(), 2U);
    const auto id = [](const auto& object) { return std::to_string(object->id); };
    const auto second = by_email("s2");
    EXPECT_THAT(history<&User::addresses>(user),
                UnorderedElementsAre("=" + id(first), "=" + id(second)));
    first->user = other;
    EXPECT_THAT(history<&Address::user>(first), ElementsAre("+" + id(other), "-" + id(user)));
    EXPECT_THAT(history<&User::addresses>(user), ElementsAre("=" + id(second), "-" + id(first)));
    EXPECT_THAT(history<&User::addresses>(other), ElementsAre("+" + id(first)));
    session->flush();
    EXPECT_THAT(history<&Address::user>(first), ElementsAre("=" + id(other)));
    EXPECT_THAT(history<&User::addresses>(user), ElementsAre("=" + id(second)));
}

TEST_P(Histories, of_members_that_are_not_mapped_are_refused) {
    EXPECT_THAT(
        message_of<InvalidRequestError>([] { (void)get_history<&User::name>(Ptr<User>()); }),
        HasSubstr("User"));
}

class CommittedValues : public ShopTest {};
AZOTH_FLUSH_ON_ALL_DATABASES(CommittedValues);

TEST_P(CommittedValues, of_columns_are_no_change) {
    const auto user = sandy();
    user->fullname = "to be written";
    set_committed_value<&User::name>(user, "known from elsewhere");
    EXPECT_EQ(user->name, "known from elsewhere");
    EXPECT_THAT(history<&User::name>(user), ElementsAre("=known from elsewhere"));
    session->commit();
    EXPECT_EQ(user->name, "sandy");
    EXPECT_EQ(user->fullname, "to be written");
}

TEST_P(CommittedValues, of_deferred_columns_and_expired_objects_stay) {
    const auto group = session->add(Group{.title = "g", .charter = "stored"});
    session->commit();
    session->expire(group);
    set_committed_value<&Group::title>(group, "mine");
    set_committed_value<&Group::charter>(group, Deferred<std::string>("cached"));
    (void)sent();
    EXPECT_EQ(group->title, "mine");
    EXPECT_EQ(*group->charter, "cached");
    session->flush();
    EXPECT_EQ(lines_sent(), 0);
}

TEST_P(CommittedValues, of_relationships_are_as_good_as_loaded) {
    const auto user = sandy();
    const auto address = by_email("p1");
    (void)sent();
    set_committed_value<&User::addresses>(user, std::vector<Ptr<Address>>{address});
    set_committed_value<&Address::user>(address, user);
    EXPECT_EQ(user->addresses.size(), 1U);
    EXPECT_EQ(address->user, user);
    EXPECT_FALSE(session->is_modified(user));
    session->flush();
    EXPECT_EQ(lines_sent(), 0);
    set_committed_value<&Address::user>(address, Ptr<User>());
    EXPECT_FALSE(address->user);
    session->commit();
    EXPECT_EQ(address->user, pat());
}

TEST_P(CommittedValues, that_would_be_wrong_are_refused) {
    const auto user = sandy();
    EXPECT_THAT(
        message_of<ArgumentError>([&] { set_committed_value<&User::id>(user, std::int64_t{7}); }),
        HasSubstr("User::id"));
    const auto fresh = session->add(User{.name = "new"});
    EXPECT_THAT(
        message_of<InvalidRequestError>([&] { set_committed_value<&User::name>(fresh, "x"); }),
        HasSubstr("not in a session with a row"));
    EXPECT_EQ(fresh->name, "new");
    const auto address = by_email("p1");
    address->user = user;
    EXPECT_THAT(message_of<InvalidRequestError>(
                    [&] { set_committed_value<&Address::user>(address, user); }),
                HasSubstr("flush() first"));
    const auto gone = session->add(Group{.title = "g", .charter = "c"});
    session->flush();
    session->expunge(gone);
    EXPECT_THAT(message_of<InvalidRequestError>([&] {
                    set_committed_value<&User::groups>(user, std::vector<Ptr<Group>>{gone});
                }),
                HasSubstr("not in this session"));
}

}  // namespace
}  // namespace shop
