// SPDX-License-Identifier: MIT
#pragma once

#include "flush_support.hpp"
#include <azoth/orm/select.hpp>

// The classes of the tests of sessions: users have addresses, and groups.

namespace shop {

using namespace flush_test;

struct Address;
struct Group;

struct User {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> fullname{};
    Many<Address> addresses{};
    Many<Group> groups{};
    static void map(Mapping<User>& m) {
        m.table("shop_user");
        m.column<&User::id>(primary_key);
        m.column<&User::name>();
        m.column<&User::fullname>();
        m.relationship<&User::addresses>(cascade_all_delete_orphan);
        m.relationship<&User::groups>(secondary("shop_membership"));
    }
};

struct Address {
    std::int64_t id{};
    std::string email{};
    std::int64_t user_id{};
    One<User> user{};
    static void map(Mapping<Address>& m) {
        m.table("shop_address");
        m.column<&Address::id>(primary_key);
        m.column<&Address::email>();
        m.column<&Address::user_id>(foreign_key<&User::id>);
        m.relationship<&Address::user>(back_populates<&User::addresses>);
    }
};

struct Group {
    std::int64_t id{};
    std::string title{};
    Deferred<std::string> charter{};
    Many<User> members{};
    static void map(Mapping<Group>& m) {
        m.table("shop_group");
        m.column<&Group::id>(primary_key);
        m.column<&Group::title>();
        m.column<&Group::charter>();
        m.relationship<&Group::members>(secondary("shop_membership"),
                                        back_populates<&User::groups>);
    }
};

/// Two users, sandy with two addresses and pat with one, in a session that has just committed.
class ShopTest : public FlushTest {
  protected:
    void SetUp() override {
        use<User, Address, Group>();
        session->add(
            User{.name = "sandy", .addresses = {Address{.email = "s1"}, Address{.email = "s2"}}});
        session->add(User{.name = "pat", .addresses = {Address{.email = "p1"}}});
        session->commit();
        reopen();
    }
    [[nodiscard]] Ptr<User> sandy() { return by_name("sandy"); }
    [[nodiscard]] Ptr<User> pat() { return by_name("pat"); }
    [[nodiscard]] Ptr<User> by_name(std::string_view name) {
        return session->scalars(select<User>().where(col<&User::name> == name)).one();
    }
    [[nodiscard]] Ptr<Address> by_email(std::string_view email) {
        return session->scalars(select<Address>().where(col<&Address::email> == email)).one();
    }
    /// The emails of a user, in order, as the database has them.
    [[nodiscard]] Strings emails(std::string_view user) {
        return rows(
            "select email from shop_address join shop_user on shop_user.id = user_id where "
            "name = '" +
            std::string(user) + "' order by email");
    }
    [[nodiscard]] std::int64_t lines_sent() { return static_cast<std::int64_t>(sent().size()); }
};

}  // namespace shop
