// SPDX-License-Identifier: MIT
#include "league.hpp"

// DELETE of a mapped class by criteria: what is sent, and what becomes of the session's objects.

namespace league {
namespace {

using Sync = SynchronizeSession;

class CriteriaDelete : public LeagueTest {
  protected:
    void SetUp() override { add_players(); }
};
AZOTH_FLUSH_ON_ALL_DATABASES(CriteriaDelete);

TEST_P(CriteriaDelete, objects_that_the_criteria_hold_for_leave_the_session) {
    const auto all = players();
    static_cast<void>(sent());
    const auto result = session->execute(delete_<Player>().where(col<&Player::score> > 25));
    EXPECT_EQ(result.rowcount(), 2);
    EXPECT_THAT(sent(), ElementsAre("DELETE league_player WHERE "));
    EXPECT_TRUE(session->contains(all[1]));
    EXPECT_FALSE(session->contains(all[2]));
    EXPECT_EQ(session->get<Player>(all[3]->id), nullptr);
    EXPECT_EQ(all[2]->name, "cid");
    session->commit();
    EXPECT_THROW(static_cast<void>(all[2]->name), ObjectDeletedError);
    EXPECT_EQ(all[0]->name, "ann");
}

TEST_P(CriteriaDelete, R14_a_rollback_brings_them_back) {
    const auto all = players();
    session->execute(delete_<Player>());
    EXPECT_FALSE(session->contains(all[0]));
    session->rollback();
    EXPECT_TRUE(session->contains(all[0]));
    EXPECT_EQ(session->get<Player>(all[0]->id), all[0]);
    EXPECT_EQ(all[0]->name, "ann");
}

TEST_P(CriteriaDelete, R14_a_savepoint_that_is_rolled_back_brings_them_back) {
    const auto all = players();
    auto savepoint = session->begin_nested();
    session->execute(delete_<Player>().where(col<&Player::name> == "ann"));
    savepoint.rollback();
    EXPECT_EQ(session->get<Player>(all[0]->id), all[0]);
    session->commit();
    EXPECT_EQ(all[0]->name, "ann");
}

TEST_P(CriteriaDelete, fetch_takes_the_keys_that_the_database_returns) {
    const auto all = players();
    static_cast<void>(sent());
    session->execute(delete_<Player>().where(func::upper(col<&Player::name>) == "BOB"));
    EXPECT_EQ(sent().size(), 1U);
    EXPECT_FALSE(session->contains(all[1]));
    EXPECT_TRUE(session->contains(all[0]));
}

TEST_P(CriteriaDelete, without_synchronisation_they_are_missed_when_they_are_read_again) {
    const auto ann = player("ann");
    session->execute(delete_<Player>(), {}, {.synchronize_session = Sync::none});
    EXPECT_EQ(ann->name, "ann");
    EXPECT_TRUE(session->contains(ann));
    session->commit();
    EXPECT_THROW(static_cast<void>(ann->name), ObjectDeletedError);
}

TEST_P(CriteriaDelete, an_expired_object_is_missed_when_it_is_read_again) {
    const auto all = players();
    session->expire(all[1]);
    static_cast<void>(sent());
    session->execute(delete_<Player>().where(col<&Player::score> < 25));
    EXPECT_THAT(sent(), ElementsAre("DELETE league_player WHERE "));
    EXPECT_FALSE(session->contains(all[0]));
    EXPECT_TRUE(session->contains(all[1]));  // nobody has asked about it yet
    EXPECT_THROW(static_cast<void>(all[1]->name), ObjectDeletedError);
    EXPECT_EQ(session->get<Player>(2), nullptr);
    EXPECT_FALSE(session->contains(all[1]));
    session->rollback();
    EXPECT_TRUE(session->contains(all[1]));
    EXPECT_EQ(all[1]->name, "bob");
    session->expire(all[1]);
    session->execute(delete_<Player>().where(col<&Player::score> < 25), {},
                     {.synchronize_session = Sync::fetch});
    EXPECT_FALSE(session->contains(all[1]));
}

TEST_P(CriteriaDelete, an_object_to_be_deleted_by_the_next_flush_is_deleted_once) {
    const auto ann = player("ann");
    session->delete_(ann);
    session->execute(delete_<Player>().where(col<&Player::name> == "ann"), {},
                     {.autoflush = false});
    static_cast<void>(sent());
    EXPECT_THAT(flushed(), IsEmpty());
    session->commit();
    EXPECT_EQ(players().size(), 3U);
}

TEST_P(CriteriaDelete, a_change_of_an_object_that_is_gone_is_not_written) {
    const auto ann = player("ann");
    ann->nick = "changed";
    session->execute(delete_<Player>().where(col<&Player::name> == "ann"), {},
                     {.autoflush = false});
    static_cast<void>(sent());
    EXPECT_THAT(flushed(), IsEmpty());
}

TEST_P(CriteriaDelete, a_row_with_the_key_of_a_deleted_object_is_a_new_object) {
    const auto ann = player("ann");
    const auto id = ann->id;
    session->execute(delete_<Player>().where(col<&Player::id> == id));
    const auto again = session->add(Player{.id = id, .name = "ann2"});
    session->commit();
    EXPECT_NE(session->get<Player>(id), ann);
    EXPECT_EQ(session->get<Player>(id), again);
}

TEST_P(CriteriaDelete, returned_objects_are_deleted_whether_the_session_had_them_or_not) {
    const auto ann = player("ann");
    std::vector<Ptr<Player>> gone =
        session->scalars(delete_<Player>().where(col<&Player::score> < 25).returning<Player>())
            .all();
    ASSERT_EQ(gone.size(), 2U);
    std::sort(gone.begin(), gone.end(), [](const auto& a, const auto& b) { return a->id < b->id; });
    EXPECT_EQ(gone[0], ann);
    EXPECT_EQ(gone[1]->name, "bob");
    EXPECT_FALSE(session->contains(gone[0]));
    EXPECT_FALSE(session->contains(gone[1]));
    session->rollback();
    EXPECT_TRUE(session->contains(gone[1]));
    EXPECT_EQ(gone[1]->name, "bob");
    EXPECT_EQ(session->get<Player>(gone[1]->id), gone[1]);
}

TEST_P(CriteriaDelete, criteria_may_ask_for_what_relationships_lead_to) {
    const auto team = session->add(Team{.name = "red", .players = {Player{.name = "eve"}}});
    session->flush();
    EXPECT_EQ(team->players.size(), 1U);
    const auto eve = player("eve");
    session->execute(delete_<Player>().where(has<&Player::team>(col<&Team::name> == "red")));
    EXPECT_FALSE(session->contains(eve));
    EXPECT_EQ(team->players.size(), 0U);
    EXPECT_EQ(players().size(), 4U);
    session->execute(delete_<Team>().where(!any<&Team::players>()));
    EXPECT_FALSE(session->contains(team));
}

TEST_P(CriteriaDelete, two_deletes_and_a_rollback_leave_everything_as_it_was) {
    const auto all = players();
    const auto eve = session->add(Player{.name = "eve"});
    session->flush();
    session->execute(delete_<Player>().where(col<&Player::name> == "eve"));
    session->execute(delete_<Player>().where(col<&Player::name> == "ann"));
    session->rollback();
    EXPECT_FALSE(session->contains(eve));
    EXPECT_EQ(eve->name, "eve");
    EXPECT_EQ(all[0]->name, "ann");
}

TEST_P(CriteriaDelete, of_an_empty_table_nothing_happens) {
    session->execute(delete_<Player>());
    EXPECT_EQ(session->execute(delete_<Player>()).rowcount(), 0);
    EXPECT_TRUE(session->scalars(delete_<Player>().returning<Player>()).all().empty());
}

}  // namespace
}  // namespace league
