// SPDX-License-Identifier: MIT
#include "model_based_schema.hpp"

// What the model-based test has found: links and keys across rollbacks, expiry and collections that
// are not loaded.

namespace model_based {

class SessionLinks : public FlushTest {
  protected:
    SessionLinks() { use(make_model()); }
    /// A team with a player in the database, nothing of it loaded.
    void one_player() {
        session->add(Team{.name = "t", .players = {Player{.name = "p"}}});
        session->commit();
        reopen();
    }
    template <class T>
    [[nodiscard]] Ptr<T> only() {
        return session->scalars(select<T>()).one();
    }
};
AZOTH_FLUSH_ON_ALL_DATABASES(SessionLinks);

TEST_P(SessionLinks, R14_a_changed_key_that_is_not_flushed_is_discarded_with_the_transaction) {
    const auto country = session->add(Country{.id = "de", .name = "x"});
    session->commit();
    country->id = "dd";
    session->rollback();
    EXPECT_EQ(country->id, "de");
    country->id = "dd";
    session->expire(country);
    EXPECT_EQ(country->id, "de");
}

TEST_P(SessionLinks, R14_a_changed_foreign_key_that_was_discarded_does_not_hide_a_link) {
    one_player();
    const auto player = only<Player>();
    const auto team = session->add(Team{.name = "u"});
    session->commit();
    player->one_id = team->id;
    session->rollback();
    team->players.add(player);
    session->commit();
    EXPECT_EQ(player->one, team);
}

TEST_P(SessionLinks, R14_a_foreign_key_that_others_have_changed_does_not_hide_a_link) {
    one_player();
    const auto player = only<Player>();
    const auto team = only<Team>();
    const auto other = session->add(Team{.name = "u"});
    session->commit();
    session->execute(text("update mb_player set one_id = " + std::to_string(other->id)));
    team->players.add(player);
    session->commit();
    EXPECT_EQ(player->one, team);
}

TEST_P(SessionLinks, R14_a_new_object_keeps_its_changed_key_when_two_levels_are_rolled_back) {
    const auto country = session->add(Country{.id = "de", .name = "x"});
    const auto savepoint = session->begin_nested();
    country->id = "dd";
    session->flush();
    session->rollback();
    EXPECT_EQ(country->id, "dd");
}

TEST_P(SessionLinks, R15_a_value_without_a_key_does_not_take_it_away_when_the_flush_fails) {
    const auto tag = session->add(Tag{.id = 4000, .name = "x"});
    session->flush();
    *tag = Tag{.name = "y"};
    session->add(Player{.name = "without a team"});
    EXPECT_THROW(session->flush(), FlushError);
    session->rollback();
    EXPECT_EQ(tag->id, 4000);
    EXPECT_EQ(tag->name, "y");
}

TEST_P(SessionLinks, R14_what_a_failed_flush_has_taken_back_is_not_found_by_its_key) {
    const auto team = session->add(Team{.name = "t"});
    session->flush();
    const std::int64_t id = team.read().id;
    session->add(Country{.id = "de", .name = "x"});
    session->add(Country{.id = "de", .name = "y"});
    EXPECT_THROW(session->flush(), IntegrityError);
    session->rollback();
    EXPECT_EQ(session->get<Team>(id), nullptr);
}

TEST_P(SessionLinks, R14_keys_that_were_handed_on_go_back_to_their_owners_in_a_rollback) {
    const auto first = session->add(Country{.id = "de", .name = "x"});
    const auto second = session->add(Country{.id = "fr", .name = "y"});
    session->commit();
    session->delete_(first);
    session->flush();
    second->id = "de";
    session->flush();
    session->rollback();
    EXPECT_EQ(session->get<Country>("de"), first);
    EXPECT_EQ(session->get<Country>("fr"), second);
}

TEST_P(SessionLinks,
       R14_new_objects_lead_where_they_led_before_a_savepoint_when_all_is_rolled_back) {
    const auto team = session->add(Team{.name = "t", .players = {Player{.name = "p"}}});
    const Ptr<Player> player = team->players[0];
    auto savepoint = session->begin_nested();
    player->one = session->add(Team{.name = "u"});
    session->flush();
    savepoint.rollback();
    session->rollback();
    EXPECT_EQ(player->one, team);
    EXPECT_EQ(player->one_id, 0);
}

TEST_P(SessionLinks, R14_new_objects_stay_linked_after_a_rollback_although_they_were_expired) {
    const auto team = session->add(Team{.name = "t", .players = {Player{.name = "p"}}});
    session->flush();
    const Ptr<Player> player = team->players[0];
    session->expire_all();
    session->rollback();
    EXPECT_EQ(player->one, team);
    EXPECT_TRUE(team->players.contains(player));
}

TEST_P(SessionLinks, R9_what_a_rollback_is_to_put_back_outlives_savepoints_within) {
    session->add(Country{.id = "de", .name = "x"});
    session->flush();
    session->begin_nested().rollback();  // a boundary, and nobody holds the country
    session->add(Country{.id = "fr", .name = "y"});
    session->flush();
    session->rollback();
    EXPECT_EQ(session->get<Country>("de"), nullptr);
    EXPECT_THAT(rows("select id from mb_country"), IsEmpty());
}

TEST_P(SessionLinks, R14_new_objects_that_were_flushed_and_rolled_back_can_be_added_again) {
    const auto team = session->add(Team{.name = "t", .players = {Player{.name = "p"}}});
    session->flush();
    session->rollback();
    session->add(team);
    EXPECT_THAT(session->new_<Player>(), testing::SizeIs(1));
    session->commit();
    EXPECT_THAT(rows("select name from mb_player"), ElementsAre("'p'"));
}

TEST_P(SessionLinks, R14_what_was_added_to_an_unloaded_collection_comes_back_after_a_rollback) {
    const auto parent = session->add(Node{.name = "parent"});
    session->flush();
    const auto child = parent->children.add(Node{.name = "child"});
    session->flush();
    session->rollback();
    session->add(parent);
    EXPECT_TRUE(session->contains(child));
    session->commit();
    EXPECT_EQ(child->one, parent);
}

TEST_P(SessionLinks,
       R14_a_new_object_stays_linked_with_one_that_is_in_the_database_after_a_rollback) {
    one_player();
    const auto team = only<Team>();
    const auto fan = session->add(Fan{.name = "f", .one = team});
    session->flush();
    session->rollback();
    EXPECT_EQ(fan->one, team);
    EXPECT_TRUE(team->fans.empty()) << "no row says so";
    session->add(fan);
    EXPECT_TRUE(team->fans.contains(fan));
    session->commit();
    EXPECT_THAT(rows("select name from mb_fan where one_id is not null"), ElementsAre("'f'"));
}

TEST_P(SessionLinks, R14_a_new_object_takes_those_that_are_in_the_database_again_after_a_rollback) {
    one_player();
    const auto player = only<Player>();
    const auto former = only<Team>();
    const auto team = session->model().make(Team{.name = "new"});
    team->players.add(player);
    session->add(team);
    session->flush();
    session->rollback();
    EXPECT_EQ(player->one, former) << "its row says so";
    session->add(team);
    EXPECT_EQ(player->one, team);
    session->commit();
    EXPECT_THAT(rows("select t.name from mb_player p join mb_team t on t.id = p.one_id"),
                ElementsAre("'new'"));
}

TEST_P(SessionLinks,
       R14_an_object_with_another_parent_is_not_that_of_a_deleted_one_which_comes_back) {
    const auto fan = session->add(Fan{.name = "f"});
    const auto team = session->add(Team{.name = "deleted"});
    session->flush();
    fan->one = team;
    session->flush();
    session->delete_(team);
    session->flush();
    const auto other = session->add(Team{.name = "other"});
    other->fans.add(fan);
    session->rollback();
    EXPECT_EQ(fan->one, other);
    EXPECT_THAT(team->fans, IsEmpty());
    session->add(team);
    EXPECT_THAT(session->new_<Fan>(), IsEmpty());
}

TEST_P(SessionLinks,
       R14_a_foreign_key_that_was_only_read_becomes_a_link_when_its_row_is_rolled_back) {
    const auto fan = session->add(Fan{.name = "f"});
    const auto team = session->add(Team{.name = "t"});
    session->flush();
    session->execute(text("update mb_fan set one_id = " + std::to_string(team->id)));
    session->refresh(fan);
    EXPECT_EQ(fan->one_id, team->id);
    session->rollback();
    EXPECT_EQ(fan->one_id, std::nullopt) << "the key of a row that was never there";
    session->add(fan);
    session->commit();
    EXPECT_EQ(fan->one, team);
}

TEST_P(SessionLinks, R14_a_link_that_was_taken_away_before_a_failed_flush_can_be_made_again) {
    const auto country = session->add(Country{.id = "de", .name = "x"});
    const auto team = session->add(Team{.name = "t"});
    team->one = country;
    session->flush();
    session->add(Player{.name = "without a team"});
    team->one = nullptr;
    EXPECT_THROW(session->flush(), FlushError);
    session->rollback();
    team->one = country;
    session->add(team);
    session->commit();
    EXPECT_THAT(rows("select one_id from mb_team"), ElementsAre("'de'"));
}

TEST_P(SessionLinks, R14_expire_takes_back_what_it_undoes_on_every_side) {
    const auto from = session->add(Team{.name = "from", .fans = {Fan{.name = "f"}}});
    const auto to = session->add(Team{.name = "to"});
    session->commit();
    const Ptr<Fan> fan = from->fans[0];
    (void)to->fans.size();
    to->fans.add(fan);
    const auto another = to->fans.add(Fan{.name = "g"});
    session->expire(from);
    EXPECT_EQ(fan->one, from);
    EXPECT_FALSE(to->fans.contains(fan));
    EXPECT_TRUE(to->fans.contains(another)) << "it has nothing to do with what was expired";
    session->commit();
    EXPECT_EQ(fan->one, from);
}

TEST_P(SessionLinks, R14_what_leaves_the_session_by_an_expiry_is_unlinked_on_every_side) {
    const auto grandchild = session->add(Node{.name = "grandchild"});
    const auto parent = session->add(Node{.name = "parent"});
    session->commit();
    const auto child = parent->children.add(Node{.name = "child"});
    grandchild->one = child;
    session->expire_all();
    EXPECT_FALSE(session->contains(child));
    EXPECT_TRUE(child->children.empty());
    EXPECT_EQ(child->one, nullptr);
}

TEST_P(SessionLinks, R10_an_expunged_object_is_not_linked_although_its_session_lives) {
    const auto team = session->add(Team{.name = "t", .fans = {Fan{.name = "f"}}});
    session->commit();
    const Ptr<Fan> fan = team->fans[0];
    const auto other = session->add(Team{.name = "u"});
    session->expunge(fan);
    EXPECT_THROW(other->fans.add(fan), InvalidRequestError);
    EXPECT_THROW(team->fans.add(fan), InvalidRequestError);
}

TEST_P(SessionLinks, R10_a_new_object_that_leads_to_a_detached_one_is_not_added) {
    one_player();
    const auto team = only<Team>();
    const auto fan = session->model().make(Fan{.name = "f"});
    fan->one = team;
    reopen();
    EXPECT_THAT(message_of<InvalidRequestError>([&] { session->add(fan); }),
                HasSubstr("session.merge"));
    EXPECT_THAT(session->new_<Fan>(), IsEmpty());
    fan->one = only<Team>();
    session->add(fan);
    session->commit();
    EXPECT_EQ(fan->one->name, "t");
}

TEST_P(SessionLinks, R10_a_list_with_an_object_that_is_refused_replaces_nothing) {
    one_player();
    const auto stranger = only<Player>();
    reopen();  // detached from here on
    const auto team = session->add(Team{.name = "u", .players = {Player{.name = "q"}}});
    session->commit();
    const Ptr<Player> player = team->players[0];
    EXPECT_THROW((team->players = {player, stranger}), InvalidRequestError);
    EXPECT_THROW((team->players = {stranger}), InvalidRequestError);
    EXPECT_THAT(flushed(), IsEmpty());
    EXPECT_EQ(team->players.size(), 1U);
}

TEST_P(SessionLinks, an_object_that_a_flush_has_deleted_is_not_linked_in_silence) {
    const auto team = session->add(Team{.name = "t", .players = {Player{.name = "p"}}});
    const auto country = session->add(Country{.id = "c"});
    session->commit();
    const Ptr<Player> player = team->players[0];
    session->delete_(player);
    session->delete_(country);
    session->flush();
    EXPECT_THROW(team->players.add(player), InvalidRequestError);
    EXPECT_THROW(team->one = country, InvalidRequestError);
}

TEST_P(SessionLinks, looking_at_a_new_objects_collection_does_not_change_what_merging_it_does) {
    const auto team = session->add(Team{.name = "t", .players = {Player{.name = "p"}}});
    session->commit();
    for (const bool looked : {false, true}) {
        const auto given = session->model().make(
            Team{.id = team->id, .name = "t", .players = {Player{.name = "q"}}});
        if (looked) static_cast<void>(given->players.size());
        static_cast<void>(session->merge(given));
        EXPECT_EQ(team->players.size(), 1U) << looked;
        session->rollback();
    }
}

TEST_P(SessionLinks, adding_what_is_in_an_unloaded_collection_already_changes_nothing) {
    const auto team = session->add(
        Team{.name = "t", .players = {Player{.name = "p", .tags = {Tag{.name = "x"}}}}});
    session->commit();
    reopen();
    const auto player = only<Player>();
    const auto tag = only<Tag>();
    player->tags.add(tag);
    session->commit();
    EXPECT_EQ(player->tags.size(), 1U);
    player->tags.add(tag);
    session->delete_(player);
    session->commit();
    EXPECT_THAT(rows("select mb_tag_id from mb_player_tag"), IsEmpty());
}

TEST_P(SessionLinks, parent_and_child_change_places) {
    const auto parent = session->add(Node{.name = "parent"});
    const auto child = parent->children.add(Node{.name = "child"});
    session->commit();
    parent->children.remove(child);
    child->children.add(parent);
    session->commit();
    EXPECT_EQ(parent->one, child);
    EXPECT_EQ(child->one, nullptr);
}

TEST_P(SessionLinks, R16_an_orphan_whose_parent_was_never_added_is_deleted_and_its_key_never_0) {
    one_player();
    const auto player = only<Player>();
    const auto team = session->model().make(Team{.name = "u"});
    team->players.add(player);
    team->players.remove(player);
    session->commit();
    EXPECT_THAT(rows("select id from mb_player"), IsEmpty());
}

TEST_P(SessionLinks,
       a_link_with_an_object_that_is_not_in_the_session_is_not_shown_after_the_flush) {
    one_player();
    const auto player = only<Player>();
    const auto team = session->model().make(Team{.name = "u"});
    team->players.add(player);
    session->flush();  // warns that the team is not in the session
    EXPECT_EQ(player->one->name, "t");
    EXPECT_TRUE(player->one->players.contains(player));
    EXPECT_TRUE(team->players.contains(player));
    team->players.remove(player);
    session->commit();
    EXPECT_EQ(player->one->name, "t");
}

TEST_P(SessionLinks, an_object_that_is_added_late_brings_the_links_that_it_was_given_before) {
    one_player();
    const auto player = only<Player>();
    const Ptr<Team> old = player->one;
    (void)old->players.size();
    const auto team = session->model().make(Team{.name = "u"});
    team->players.add(player);
    const auto fan = session->model().make(Fan{.name = "f"});
    fan->one = old;
    const auto tag = session->model().make(Tag{.name = "x"});
    tag->players.add(player);
    session->flush();
    session->rollback();
    session->refresh(player);
    session->refresh(old);
    EXPECT_EQ(player->one, old);
    EXPECT_TRUE(player->tags.empty());
    EXPECT_TRUE(old->fans.empty());
    session->add(team);
    session->add(fan);
    session->add(tag);
    EXPECT_EQ(player->one, team);
    EXPECT_TRUE(old->players.empty());
    EXPECT_TRUE(old->fans.contains(fan));
    EXPECT_TRUE(player->tags.contains(tag));
    session->commit();
    EXPECT_EQ(player->one, team);
    EXPECT_EQ(fan->one, old);
    EXPECT_TRUE(player->tags.contains(tag));
}

TEST_P(SessionLinks, linking_what_is_linked_already_does_not_keep_its_parent_from_being_deleted) {
    session->add(Team{.name = "t", .fans = {Fan{.name = "f"}}});
    session->commit();
    reopen();
    const auto team = only<Team>();
    const auto fan = only<Fan>();
    fan->one = team;
    session->delete_(team);
    session->commit();
    EXPECT_EQ(fan->one_id, std::nullopt);
}

TEST_P(SessionLinks, assigning_a_collection_keeps_what_its_new_items_bring_into_the_session) {
    one_player();
    const auto team = only<Team>();
    const auto first = session->add(Player{.name = "first", .one = team});
    const auto second = session->add(Player{.name = "second", .one = team, .tags = {Tag{}}});
    second->tags[0]->players.add(first);
    session->rollback();  // they are new, and lead to the team, which doesn't know
    team->players = {first};
    EXPECT_TRUE(session->contains(second)) << "by the tag";
    EXPECT_TRUE(team->players.contains(first) && team->players.contains(second));
    session->commit();
    EXPECT_EQ(team->players.size(), 2U);
}

TEST_P(SessionLinks, adding_again_brings_what_was_linked_from_the_other_side) {
    const auto team = session->add(Team{.name = "t"});
    const auto fan = session->model().make(Fan{.name = "f"});
    fan->one = team;
    EXPECT_FALSE(session->contains(fan)) << "a link from the new side brings nothing in";
    team->fans.add(fan);
    EXPECT_TRUE(session->contains(fan));
}

}  // namespace model_based
