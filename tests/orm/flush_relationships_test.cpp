// SPDX-License-Identifier: MIT
#include "flush_support.hpp"

// One-to-many and many-to-one, seen from both sides and from one alone: order, foreign keys, moves,
// orphans, cascades.

namespace flush_test {

struct Address;
struct Note;
struct Badge;

struct User {
    std::int64_t id{};
    std::string name{};
    Many<Address> addresses{};
    Many<Note> notes{};
    One<Badge> badge{};
    static void map(Mapping<User>& m);
};

/// Knows its user, which it can't be without, and is deleted with it.
struct Address {
    std::int64_t id{};
    std::string email{};
    std::int64_t user_id{};
    One<User> user{};
    static void map(Mapping<Address>& m);
};

/// Only the user knows it; it can be without one.
struct Note {
    std::int64_t id{};
    std::string words{};
    std::optional<std::int64_t> user_id{};
    static void map(Mapping<Note>& m);
};

/// One to one.
struct Badge {
    std::int64_t id{};
    std::optional<std::int64_t> user_id{};
    One<User> user{};
    static void map(Mapping<Badge>& m);
};

/// Knows a user that doesn't know it.
struct Visit {
    std::int64_t id{};
    std::int64_t user_id{};
    One<User> user{};
    static void map(Mapping<Visit>& m);
};

void User::map(Mapping<User>& m) {
    m.table("users");
    m.column<&User::id>(primary_key);
    m.column<&User::name>(String{30});
    m.relationship<&User::addresses>(cascade_all_delete_orphan);
    m.relationship<&User::notes>();
    m.relationship<&User::badge>(back_populates<&Badge::user>);
}
void Address::map(Mapping<Address>& m) {
    m.table("address");
    m.column<&Address::id>(primary_key);
    m.column<&Address::email>();
    m.column<&Address::user_id>(foreign_key<&User::id>);
    m.relationship<&Address::user>(back_populates<&User::addresses>);
}
void Note::map(Mapping<Note>& m) {
    m.table("note");
    m.column<&Note::id>(primary_key);
    m.column<&Note::words>();
    m.column<&Note::user_id>(foreign_key<&User::id>);
}
void Badge::map(Mapping<Badge>& m) {
    m.table("badge");
    m.column<&Badge::id>(primary_key);
    m.column<&Badge::user_id>(foreign_key<&User::id>);
    m.relationship<&Badge::user>();
}
void Visit::map(Mapping<Visit>& m) {
    m.table("visit");
    m.column<&Visit::id>(primary_key);
    m.column<&Visit::user_id>(foreign_key<&User::id>);
    m.relationship<&Visit::user>();
}

class FlushRelationships : public FlushTest {
  protected:
    FlushRelationships() { use<User, Address, Note, Badge, Visit>(); }
    /// A user in the database, with addresses.
    Ptr<User> user_with(std::initializer_list<const char*> emails, std::string name = "sandy") {
        auto user = session->add(User{.name = std::move(name)});
        for (const char* email : emails) user->addresses.add(Address{.email = email});
        session->flush();
        static_cast<void>(sent());
        return user;
    }
};
AZOTH_FLUSH_ON_ALL_DATABASES(FlushRelationships);

// --- both sides ----------------------------------------------------------------------------------

TEST_P(FlushRelationships, parents_come_before_children_and_children_get_their_keys) {
    const auto user = session->add(
        User{.name = "sandy", .addresses = {Address{.email = "a"}, Address{.email = "b"}}});
    const auto other = session->add(User{.name = "patrick", .addresses = {Address{.email = "c"}}});
    EXPECT_THAT(flushed(), ElementsAre("INSERT users (name)", "INSERT address (email, user_id)"));
    EXPECT_EQ(user->addresses[1]->user_id, user->id);
    EXPECT_EQ(other->addresses[0]->user_id, other->id);
    EXPECT_THAT(flushed(), IsEmpty());
    session->commit();
    EXPECT_THAT(rows("select email, user_id from address order by id"),
                ElementsAre("'a' 1", "'b' 1", "'c' 2"));
}

TEST_P(FlushRelationships, linking_by_the_child_alone_does_the_same) {
    const auto user = session->add(User{.name = "sandy"});
    const auto address = session->add(Address{.email = "a", .user = user});
    EXPECT_THAT(flushed(), ElementsAre("INSERT users (name)", "INSERT address (email, user_id)"));
    EXPECT_EQ(address->user_id, 1);
}

TEST_P(FlushRelationships, adding_to_a_collection_that_is_not_loaded_loads_nothing) {
    user_with({"a"});
    session->commit();
    const auto user = session->get<User>(1);
    static_cast<void>(sent());
    user->addresses.add(Address{.email = "b"});
    EXPECT_THAT(flushed(), ElementsAre("INSERT address (email, user_id)"));
    EXPECT_EQ(user->addresses.size(), 2U);
}

TEST_P(FlushRelationships, a_child_that_moves_is_updated_and_no_orphan) {
    const auto from = user_with({"a", "b"});
    const auto to = user_with({}, "patrick");
    const Ptr<Address> moved = from->addresses[0];
    to->addresses.add(moved);
    EXPECT_THAT(flushed(), ElementsAre("UPDATE address SET user_id WHERE id"));
    EXPECT_EQ(moved->user_id, to->id);
    EXPECT_EQ(from->addresses.size(), 1U);
    moved->user = from;
    EXPECT_THAT(flushed(), ElementsAre("UPDATE address SET user_id WHERE id"));
    EXPECT_EQ(moved->user_id, from->id);
}

TEST_P(FlushRelationships, a_collection_is_assigned_a_list_of_handles) {
    const auto user = user_with({"a", "b", "c"});
    const Ptr<Address> a = user->addresses[0];
    const auto d = session->add(Address{.email = "d"});
    user->addresses = {a, d};
    session->commit();
    EXPECT_THAT(rows("select email from address order by email"), ElementsAre("'a'", "'d'"));
    EXPECT_THAT(message_of<InvalidRequestError>([&] { user->addresses = {a, Ptr<Address>()}; }),
                HasSubstr("Ptr<flush_test::Address> is null"));
    EXPECT_EQ(user->addresses.size(), 2U);  // nothing has changed
    user->addresses = {d, a};
    EXPECT_THAT(flushed(), IsEmpty());
    EXPECT_EQ(user->addresses[0], d);
    user->addresses = std::vector{d};
    EXPECT_EQ(user->addresses.size(), 1U);
    user->addresses = {};
    session->commit();
    EXPECT_THAT(rows("select email from address"), IsEmpty());
}

// More than a list keeps without a set that says what it holds.
TEST_P(FlushRelationships, large_collections_keep_order_and_lose_what_is_taken_out) {
    const auto user = session->add(User{.name = "sandy"});
    std::vector<Ptr<Note>> notes;
    const auto add = [&](int count) {
        for (int i = 0; i < count; ++i)
            notes.push_back(user->notes.add(Note{.words = std::to_string(notes.size())}));
        session->flush();
    };
    add(60);
    add(60);
    user->notes.add(notes[3]);  // it is there already
    EXPECT_EQ(user->notes.size(), 120U);
    user->notes.remove(notes[5]);
    user->notes.add(notes[5]);  // at the end now, which is nothing to write
    static_cast<void>(sent());
    EXPECT_THAT(flushed(), IsEmpty());
    EXPECT_EQ(user->notes[119], notes[5]);
    for (const auto& note : user->notes)
        if (note->id % 2 == 0) user->notes.remove(note);
    session->commit();
    EXPECT_THAT(rows("select count(*), count(user_id) from note"), ElementsAre("120 60"));
    EXPECT_EQ(user->notes.size(), 60U);
    user->notes = {notes[0], notes[1]};
    session->commit();
    EXPECT_THAT(rows("select words from note where user_id is not null order by id"),
                ElementsAre("'0'", "'1'"));
    add(50);
    user->notes.clear();
    session->commit();
    EXPECT_THAT(rows("select count(*), count(user_id) from note"), ElementsAre("170 0"));
}

TEST_P(FlushRelationships, what_is_removed_and_added_again_is_not_written) {
    const auto user = user_with({"a"});
    const Ptr<Address> address = user->addresses[0];
    user->addresses.remove(address);
    user->addresses.add(address);
    EXPECT_THAT(flushed(), IsEmpty());
}

TEST_P(FlushRelationships, an_orphan_is_deleted) {
    const auto user = user_with({"a", "b"});
    user->addresses.remove(user->addresses[0]);
    EXPECT_THAT(flushed(), ElementsAre("DELETE address WHERE id"));
    session->commit();
    EXPECT_THAT(rows("select email from address"), ElementsAre("'b'"));
}

TEST_P(FlushRelationships, a_new_orphan_is_not_inserted) {
    const auto user = session->add(User{.name = "sandy"});
    const auto address = user->addresses.add(Address{.email = "a"});
    user->addresses.remove(address);
    EXPECT_THAT(flushed(), ElementsAre("INSERT users (name)"));
    EXPECT_FALSE(session->contains(address));
}

TEST_P(FlushRelationships, children_are_deleted_before_their_parent) {
    const auto user = user_with({"a", "b"});
    session->delete_(user);
    EXPECT_THAT(flushed(), ElementsAre("SELECT note", "SELECT badge", "DELETE address WHERE id",
                                       "DELETE users WHERE id"));
    session->commit();
    EXPECT_THAT(rows("select id from address"), IsEmpty());
}

TEST_P(FlushRelationships, children_that_are_not_loaded_are_loaded_to_be_deleted) {
    user_with({"a", "b"});
    session->commit();
    reopen();
    session->delete_(session->get<User>(1));
    EXPECT_THAT(flushed(), ElementsAre("SELECT address", "SELECT note", "SELECT badge",
                                       "DELETE address WHERE id", "DELETE users WHERE id"));
}

TEST_P(FlushRelationships, a_child_deleted_together_with_its_parent_is_deleted_once) {
    const auto user = user_with({"a"});
    session->delete_(user->addresses[0]);
    session->delete_(user);
    EXPECT_THAT(flushed(), ElementsAre("SELECT note", "SELECT badge", "DELETE address WHERE id",
                                       "DELETE users WHERE id"));
}

TEST_P(FlushRelationships, a_new_child_of_a_deleted_parent_leaves_the_session) {
    const auto user = user_with({});
    const auto address = user->addresses.add(Address{.email = "a"});
    session->delete_(user);
    session->flush();
    EXPECT_FALSE(session->contains(address));
    session->commit();
    EXPECT_THAT(rows("select id from address"), IsEmpty());
}

// --- one side ------------------------------------------------------------------------------------

TEST_P(FlushRelationships, a_parent_alone_fills_its_childrens_keys) {
    const auto user = session->add(User{.name = "sandy"});
    const auto note = user->notes.add(Note{.words = "hello"});
    EXPECT_THAT(flushed(), ElementsAre("INSERT users (name)", "INSERT note (words, user_id)"));
    EXPECT_EQ(note->user_id, 1);
}

TEST_P(FlushRelationships, what_a_parent_alone_loses_gets_null) {
    const auto user = session->add(User{.name = "sandy"});
    const auto note = user->notes.add(Note{.words = "hello"});
    session->flush();
    static_cast<void>(sent());
    user->notes.remove(note);
    EXPECT_THAT(flushed(), ElementsAre("UPDATE note SET user_id WHERE id"));
    EXPECT_EQ(note->user_id, std::nullopt);
}

TEST_P(FlushRelationships, a_child_moves_between_parents_that_alone_know_it) {
    const auto from = session->add(User{.name = "sandy"});
    const auto to = session->add(User{.name = "patrick"});
    const auto note = from->notes.add(Note{.words = "hello"});
    session->flush();
    static_cast<void>(sent());
    from->notes.remove(note);
    to->notes.add(note);
    EXPECT_THAT(flushed(), ElementsAre("UPDATE note SET user_id WHERE id"));
    EXPECT_EQ(note->user_id, to->id);
}

TEST_P(FlushRelationships, children_without_a_cascade_get_null_before_their_parent_goes) {
    const auto user = session->add(User{.name = "sandy"});
    const auto note = user->notes.add(Note{.words = "hello"});
    session->flush();
    static_cast<void>(sent());
    session->delete_(user);
    EXPECT_THAT(flushed(),
                ElementsAre("SELECT address", "SELECT badge", "UPDATE note SET user_id WHERE id",
                            "DELETE users WHERE id"));
    EXPECT_EQ(note->user_id, std::nullopt);
}

TEST_P(FlushRelationships, a_child_alone_comes_after_its_parent_and_goes_before_it) {
    const auto user = session->add(User{.name = "sandy"});
    const auto visit = session->add(Visit{.user = user});
    EXPECT_THAT(flushed(), ElementsAre("INSERT users (name)", "INSERT visit (user_id)"));
    EXPECT_EQ(visit->user_id, user->id);
    session->delete_(user);
    session->delete_(visit);
    EXPECT_THAT(flushed(), ElementsAre("SELECT address", "SELECT note", "SELECT badge",
                                       "DELETE visit WHERE id", "DELETE users WHERE id"));
}

TEST_P(FlushRelationships, foreign_keys_set_by_hand_are_in_order_too) {
    session->add(Address{.email = "a", .user_id = 7});
    session->add(Visit{.user_id = 7});
    session->add(User{.id = 7, .name = "sandy"});
    EXPECT_THAT(flushed(), ElementsAre("INSERT users (id, name)", "INSERT address (email, user_id)",
                                       "INSERT visit (user_id)"));
}

TEST_P(FlushRelationships, one_to_one_replaces_what_was_there) {
    const auto user = session->add(User{.name = "sandy"});
    user->badge = Badge{};
    session->flush();
    const Ptr<Badge> first = user->badge;
    static_cast<void>(sent());
    user->badge = Badge{};
    EXPECT_THAT(flushed(),
                ElementsAre("UPDATE badge SET user_id WHERE id", "INSERT badge (user_id)"));
    EXPECT_EQ(first->user_id, std::nullopt);
    EXPECT_EQ(user->badge->user_id, user->id);
}

// --- mistakes ------------------------------------------------------------------------------------

TEST_P(FlushRelationships, R16_a_foreign_key_that_nobody_fills_is_refused_before_any_sql) {
    session->add(User{.name = "sandy"});
    session->add(Address{.email = "a"});
    const std::string message = message_of<FlushError>([&] { session->flush(); });
    EXPECT_THAT(message, HasSubstr("Address::user_id of a new "));
    EXPECT_THAT(message, HasSubstr("Address::user or "));
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(FlushRelationships, R16_an_optional_foreign_key_without_a_parent_is_null) {
    session->add(Note{.words = "hello"});
    EXPECT_THAT(flushed(), ElementsAre("INSERT note (words, user_id)"));
    session->commit();
    EXPECT_THAT(rows("select user_id from note"), ElementsAre("NULL"));
}

TEST_P(FlushRelationships, a_relationship_and_a_foreign_key_that_disagree_are_refused) {
    const auto user = user_with({"a"});
    const auto other = user_with({}, "patrick");
    const Ptr<Address> address = user->addresses[0];
    address->user = other;
    address->user_id = 77;
    EXPECT_THAT(message_of<FlushError>([&] { session->flush(); }), HasSubstr("was set to 77, but"));
    EXPECT_THAT(sent(), IsEmpty());
    EXPECT_EQ(address->user_id, 77);  // the program's own edit stays
    address->user_id = other->id;
    EXPECT_THAT(flushed(), ElementsAre("UPDATE address SET user_id WHERE id"));
}

TEST_P(FlushRelationships, a_foreign_key_of_a_parent_that_has_no_key_yet_disagrees) {
    const auto user = session->add(User{.name = "sandy"});
    user->addresses.add(Address{.email = "a", .user_id = 5});
    EXPECT_THAT(message_of<FlushError>([&] { session->flush(); }), HasSubstr("was set to 5, but"));
}

TEST_P(FlushRelationships, a_child_that_needs_a_parent_cant_lose_it) {
    const auto user = session->add(User{.name = "sandy"});
    const auto visit = session->add(Visit{.user = user});
    session->flush();
    static_cast<void>(sent());
    visit->user = nullptr;
    EXPECT_THAT(message_of<FlushError>([&] { session->flush(); }),
                HasSubstr("Visit::user_id can't be NULL"));
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(FlushRelationships, the_database_refuses_to_delete_what_is_still_referred_to) {
    const auto user = session->add(User{.name = "sandy"});
    session->add(Visit{.user = user});
    session->commit();
    session->delete_(user);
    EXPECT_THROW(session->flush(), IntegrityError);
    session->rollback();
    EXPECT_TRUE(session->contains(user));
    EXPECT_THAT(rows("select name from users"), ElementsAre("'sandy'"));
}

}  // namespace flush_test
