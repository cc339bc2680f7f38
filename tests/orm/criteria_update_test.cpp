// SPDX-License-Identifier: MIT
#include "league.hpp"

// UPDATE of a mapped class by criteria: what is sent, and how the session's objects follow.

namespace league {
namespace {

using Sync = SynchronizeSession;

class CriteriaUpdate : public LeagueTest {
  protected:
    void SetUp() override { add_players(); }
};
AZOTH_FLUSH_ON_ALL_DATABASES(CriteriaUpdate);

TEST_P(CriteriaUpdate, objects_that_the_criteria_hold_for_follow_without_being_read_again) {
    const auto all = players();
    static_cast<void>(sent());
    const auto result = session->execute(
        update<Player>()
            .where(col<&Player::score> > 15)
            .values(col<&Player::nick> = "old", col<&Player::score> = col<&Player::score> + 1));
    EXPECT_EQ(result.rowcount(), 3);
    EXPECT_EQ(all[0]->score, 10);
    EXPECT_EQ(all[0]->nick, std::nullopt);
    EXPECT_EQ(all[1]->score, 21);
    EXPECT_EQ(all[3]->score, 41);
    EXPECT_EQ(all[3]->nick, "old");
    EXPECT_THAT(sent(), ElementsAre(HasSubstr("UPDATE league_player SET ")));
    EXPECT_THAT(flushed(), IsEmpty());
    EXPECT_THAT(scores(), ElementsAre(10, 21, 31, 41));
}

TEST_P(CriteriaUpdate, what_has_changed_is_flushed_first) {
    const auto ann = player("ann");
    ann->score = 50;
    static_cast<void>(sent());
    session->execute(
        update<Player>().where(col<&Player::score> == 50).values(col<&Player::nick> = "fifty"));
    EXPECT_THAT(sent(), ElementsAre("UPDATE league_player SET score WHERE id",
                                    "UPDATE league_player SET nick WHERE score"));
    EXPECT_EQ(ann->nick, "fifty");
}

TEST_P(CriteriaUpdate, autoflush_can_be_left_out_for_one_statement) {
    const auto ann = player("ann");
    ann->score = 50;
    static_cast<void>(sent());
    session->execute(
        update<Player>().where(col<&Player::score> == 50).values(col<&Player::nick> = "fifty"), {},
        {.autoflush = false});
    EXPECT_THAT(sent(), ElementsAre("UPDATE league_player SET nick WHERE score"));
    EXPECT_EQ(ann->nick, std::nullopt);  // its row has 10
    EXPECT_THAT(flushed(), ElementsAre("UPDATE league_player SET score WHERE id"));
}

TEST_P(CriteriaUpdate, R14_a_member_changed_by_the_program_keeps_its_change) {
    const auto ann = player("ann");
    ann->nick = "mine";
    for (const Sync how : {Sync::evaluate, Sync::fetch}) {
        session->execute(update<Player>()
                             .where(col<&Player::name> == "ann")
                             .values(col<&Player::nick> = "theirs", col<&Player::score> = 11),
                         {}, {.autoflush = false, .synchronize_session = how});
        EXPECT_EQ(ann->nick, "mine");
        EXPECT_EQ(ann->score, 11);
    }
    EXPECT_THAT(flushed(), ElementsAre("UPDATE league_player SET nick WHERE id"));
    EXPECT_THAT(rows("select nick from league_player where name = 'ann'").size(), 1U);
    session->commit();
    EXPECT_THAT(rows("select nick, score from league_player where name = 'ann'"),
                ElementsAre("'mine' 11"));
}

TEST_P(CriteriaUpdate, R14_a_change_survives_also_where_the_object_must_be_read_again) {
    const auto ann = player("ann");
    ann->nick = "mine";
    session->execute(update<Player>()
                         .where(col<&Player::name> == "ann")
                         .values(col<&Player::score> = func::abs(literal(-5))),
                     {}, {.autoflush = false, .synchronize_session = Sync::evaluate});
    EXPECT_EQ(ann->score, 5);
    EXPECT_EQ(ann->nick, "mine");
    session->commit();
    EXPECT_THAT(rows("select nick, score from league_player where name = 'ann'"),
                ElementsAre("'mine' 5"));
}

TEST_P(CriteriaUpdate, a_value_that_only_the_database_knows_is_read_when_it_is_looked_at) {
    const auto ann = player("ann");
    const auto bob = player("bob");
    static_cast<void>(sent());
    session->execute(update<Player>()
                         .where(col<&Player::name> == "ann")
                         .values(col<&Player::score> = func::length(col<&Player::name>)));
    EXPECT_THAT(written(), ElementsAre("UPDATE league_player SET score WHERE name"));
    EXPECT_EQ(bob->score, 20);
    EXPECT_THAT(sent(), IsEmpty());
    EXPECT_EQ(ann->score, 3);
    EXPECT_THAT(sent(), ElementsAre("SELECT league_player"));
}

TEST_P(CriteriaUpdate, automatic_fetches_where_the_criteria_can_not_be_evaluated) {
    const auto all = players();
    static_cast<void>(sent());
    session->execute(update<Player>()
                         .where(func::length(col<&Player::name>) == 3 && col<&Player::score> >= 30)
                         .values(col<&Player::score> = func::length(col<&Player::name>)));
    if (requirements.update_returning) {
        EXPECT_THAT(sent(), ElementsAre("UPDATE league_player SET score WHERE  -> id, score"));
    } else {
        EXPECT_THAT(sent(),
                    ElementsAre("SELECT league_player", "UPDATE league_player SET score WHERE "));
    }
    EXPECT_EQ(all[1]->score, 20);
    EXPECT_EQ(all[2]->score, 3);
    EXPECT_THAT(sent(), testing::SizeIs(requirements.update_returning ? 0 : 1))
        << "one is read again";
    EXPECT_THAT(flushed(), IsEmpty());
}

TEST_P(CriteriaUpdate, nothing_is_fetched_where_the_session_has_no_object_of_the_class) {
    session->execute(update<Player>()
                         .where(func::length(col<&Player::name>) == 3)
                         .values(col<&Player::score> = 1),
                     {}, {.synchronize_session = Sync::fetch});
    EXPECT_THAT(sent(), ElementsAre("UPDATE league_player SET score WHERE "));
    EXPECT_THAT(scores(), ElementsAre(1, 1, 1, 1));
}

TEST_P(CriteriaUpdate, evaluate_names_what_it_can_not_evaluate) {
    const auto refused = [&](const Expr<bool>& criteria) {
        return message_of<InvalidRequestError>([&] {
            session->execute(update<Player>().where(criteria).values(col<&Player::score> = 1), {},
                             {.synchronize_session = Sync::evaluate});
        });
    };
    EXPECT_THAT(refused(func::lower(col<&Player::name>) == "ann"),
                testing::AllOf(HasSubstr("lower()"), HasSubstr("Player"), HasSubstr("fetch")));
    EXPECT_THAT(refused(col<&Player::id>.in(select(col<&Team::id>))), HasSubstr("a subquery"));
    EXPECT_THAT(refused(literal_column<bool>("1 = 1")), HasSubstr("SQL text"));
    EXPECT_THAT(refused(cast<std::string>(col<&Player::score>) == "1"), HasSubstr("CAST"));
    EXPECT_THAT(refused(col<&Player::team_id> == col<&Team::id>), HasSubstr("column 'id'"));
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(CriteriaUpdate, without_synchronisation_objects_stay_as_they_are) {
    const auto ann = player("ann");
    session->execute(update<Player>().values(col<&Player::score> = 1), {},
                     {.synchronize_session = Sync::none});
    EXPECT_EQ(ann->score, 10);
    session->expire(ann);
    EXPECT_EQ(ann->score, 1);
}

TEST_P(CriteriaUpdate, an_update_without_criteria_is_one_of_all_rows) {
    const auto all = players();
    EXPECT_EQ(session->execute(update<Player>().values(col<&Player::score> = 5)).rowcount(), 4);
    for (const auto& one : all) EXPECT_EQ(one->score, 5);
}

TEST_P(CriteriaUpdate, assignments_see_the_values_before_the_statement) {
    const auto ann = player("ann");
    session->execute(update<Player>().values(col<&Player::score> = col<&Player::visits>,
                                             col<&Player::visits> = col<&Player::score>));
    EXPECT_EQ(ann->score, 7);
    EXPECT_EQ(ann->visits, 10);
    session->expire(ann);
    EXPECT_EQ(ann->score, 7);
    EXPECT_EQ(ann->visits, 10);
}

TEST_P(CriteriaUpdate, a_rollback_shows_what_was_there_before) {
    const auto ann = player("ann");
    session->execute(update<Player>().values(col<&Player::score> = 5));
    EXPECT_EQ(ann->score, 5);
    session->rollback();
    EXPECT_EQ(ann->score, 10);
    EXPECT_THAT(flushed(), IsEmpty());
}

TEST_P(CriteriaUpdate, a_savepoint_that_is_rolled_back_takes_its_update_along) {
    const auto ann = player("ann");
    session->execute(update<Player>().values(col<&Player::score> = 5));
    {
        auto savepoint = session->begin_nested();
        session->execute(update<Player>().values(col<&Player::score> = 6));
        EXPECT_EQ(ann->score, 6);
        savepoint.rollback();
    }
    EXPECT_EQ(ann->score, 5);
}

TEST_P(CriteriaUpdate, what_a_savepoint_kept_goes_with_the_transaction) {
    const auto all = players();
    {
        auto savepoint = session->begin_nested();
        session->execute(update<Player>().values(col<&Player::score> = 6));
        session->execute(delete_<Player>().where(col<&Player::name> == "dan"));
        savepoint.commit();
    }
    session->execute(update<Player>().values(col<&Player::score> = col<&Player::score> + 1));
    EXPECT_EQ(all[0]->score, 7);
    EXPECT_FALSE(session->contains(all[3]));
    session->rollback();
    EXPECT_EQ(all[0]->score, 10);
    EXPECT_EQ(session->get<Player>(all[3]->id), all[3]);
    EXPECT_EQ(all[3]->score, 40);
    EXPECT_THAT(flushed(), IsEmpty());
}

TEST_P(CriteriaUpdate, a_parameter_that_is_missing_is_an_error_and_changes_nothing) {
    const auto ann = player("ann");
    EXPECT_THROW(session->execute(update<Player>()
                                      .where(col<&Player::name> == bindparam<std::string>("who"))
                                      .values(col<&Player::score> = 1)),
                 ArgumentError);
    EXPECT_EQ(ann->score, 10);
}

TEST_P(CriteriaUpdate, R14_an_object_that_is_new_again_has_the_values_of_the_program) {
    const auto eve = session->add(Player{.name = "eve", .score = 50});
    session->flush();
    session->execute(
        update<Player>().where(col<&Player::name> == "eve").values(col<&Player::score> = 51));
    EXPECT_EQ(eve->score, 51);
    session->rollback();
    EXPECT_FALSE(session->contains(eve));
    EXPECT_EQ(eve->score, 50);
    session->add(eve);
    session->commit();
    EXPECT_EQ(eve->score, 50);
}

TEST_P(CriteriaUpdate, many_updates_of_one_transaction_are_taken_back_at_once) {
    const auto ann = player("ann");
    const auto eve = session->add(Player{.name = "eve", .score = 50});
    for (int i = 0; i < 20; ++i) {
        session->execute(update<Player>().values(col<&Player::score> = col<&Player::score> + 1));
        if (i == 10) session->flush();
    }
    EXPECT_EQ(ann->score, 30);
    EXPECT_EQ(eve->score, 70);
    session->rollback();
    EXPECT_EQ(ann->score, 10);
    EXPECT_EQ(eve->score, 50);
}

TEST_P(CriteriaUpdate, after_close_the_values_are_those_that_the_database_has) {
    const auto ann = player("ann");
    session->execute(update<Player>().values(col<&Player::score> = 5));
    session->close();
    EXPECT_EQ(ann->score, 10);
}

TEST_P(CriteriaUpdate, an_expired_object_is_read_again_when_it_is_looked_at) {
    const auto ann = player("ann");
    session->expire(ann);
    session->execute(update<Player>().values(col<&Player::score> = 5));
    static_cast<void>(sent());
    EXPECT_EQ(ann->score, 5);
    EXPECT_THAT(sent(), ElementsAre("SELECT league_player"));
}

TEST_P(CriteriaUpdate, deferred_members_follow_where_they_are_loaded) {
    const auto ann = player("ann");
    const auto bob = player("bob");
    EXPECT_EQ(*ann->notes, "none");
    static_cast<void>(sent());
    session->execute(update<Player>().values(col<&Player::notes> = "new"));
    EXPECT_EQ(*ann->notes, "new");
    EXPECT_THAT(written(), ElementsAre(HasSubstr("UPDATE league_player SET ")));
    EXPECT_EQ(*bob->notes, "new");
    EXPECT_THAT(sent(), ElementsAre("SELECT league_player"));
    session->execute(
        update<Player>().values(col<&Player::notes> = func::upper(col<&Player::name>)));
    EXPECT_EQ(*ann->notes, "ANN");
    EXPECT_THAT(flushed(), IsEmpty());
}

TEST_P(CriteriaUpdate, decimals_follow_where_the_column_keeps_them_as_they_are) {
    const auto ann = player("ann");
    session->execute(update<Player>().values(col<&Player::balance> = Decimal{"1.50"}));
    EXPECT_EQ(ann->balance.to_string(), "1.50");
    session->execute(update<Player>().values(col<&Player::balance> = Decimal{"2.5"}));
    EXPECT_EQ(ann->balance, Decimal{"2.5"});
    session->expire(ann);
    EXPECT_EQ(ann->balance, Decimal{"2.5"});
}

TEST_P(CriteriaUpdate, an_integer_in_a_column_of_floating_point_is_known) {
    const auto ann = player("ann");
    static_cast<void>(sent());
    session->execute(update<Player>().values(col<&Player::rate> = 2));
    EXPECT_EQ(ann->rate, 2.0);
    EXPECT_EQ(sent().size(), 1U);
}

TEST_P(CriteriaUpdate, a_value_that_a_member_can_not_hold_is_told_when_it_is_looked_at) {
    const auto ann = player("ann");
    const auto statement =
        update<Player>()
            .where(col<&Player::name> == "ann")
            .values(col<&Player::score> = col<&Player::score> + std::int64_t{3'000'000'000});
    if (engine.dialect().name() != "sqlite") {  // which has one size of integers
        EXPECT_THROW(session->execute(statement), DataError);
        session->rollback();
        return;
    }
    session->execute(statement);
    EXPECT_THROW(static_cast<void>(ann->score), DataError);
    session->rollback();
    EXPECT_EQ(ann->score, 10);
}

TEST_P(CriteriaUpdate, null_is_written_and_known) {
    const auto ann = player("ann");
    session->execute(update<Player>().values(col<&Player::nick> = "x"));
    session->execute(update<Player>().values(col<&Player::nick> = nullptr,
                                             col<&Player::team_id> = std::nullopt));
    EXPECT_EQ(ann->nick, std::nullopt);
    EXPECT_THAT(flushed(), IsEmpty());
}

TEST_P(CriteriaUpdate, the_new_key_of_an_object_is_not_guessed) {
    EXPECT_THAT(
        message_of<InvalidRequestError>([&] {
            session->execute(update<Player>().values(col<&Player::id> = col<&Player::id> + 100));
        }),
        testing::AllOf(HasSubstr("Player::id"), HasSubstr("SynchronizeSession::none")));
    session->execute(update<Player>().values(col<&Player::id> = col<&Player::id> + 100), {},
                     {.synchronize_session = Sync::none});
    EXPECT_EQ(players().front()->id, 101);
}

TEST_P(CriteriaUpdate, composite_keys_are_fetched) {
    session->add_all(std::vector{Seat{1, 1, "a"}, Seat{1, 2, "b"}, Seat{2, 1, "c"}});
    session->commit();
    const auto first = session->get<Seat>(1, 1);
    const auto second = session->get<Seat>(1, 2);
    const auto third = session->get<Seat>(2, 1);
    static_cast<void>(sent());
    session->execute(update<Seat>()
                         .where(col<&Seat::row> == 1)
                         .values(col<&Seat::owner> = func::upper(col<&Seat::owner>)),
                     {}, {.synchronize_session = Sync::fetch});
    EXPECT_EQ(first->owner, "A");
    EXPECT_EQ(second->owner, "B");
    EXPECT_EQ(third->owner, "c");
    if (requirements.update_returning) {
        EXPECT_THAT(sent(),
                    ElementsAre("UPDATE league_seat SET owner WHERE row -> row, number, owner"));
    }
}

// --- relationships -------------------------------------------------------------------------------

class CriteriaUpdateLinks : public LeagueTest {
  protected:
    void SetUp() override {
        session->add(
            Team{.name = "red", .players = {Player{.name = "ann"}, Player{.name = "bob"}}});
        session->add(Team{.name = "blue", .players = {Player{.name = "cid"}}});
        session->commit();
        reopen();
    }
    [[nodiscard]] Ptr<Team> team(std::string_view name) {
        return session->scalars(select<Team>().where(col<&Team::name> == name)).one();
    }
};
AZOTH_FLUSH_ON_ALL_DATABASES(CriteriaUpdateLinks);

TEST_P(CriteriaUpdateLinks, criteria_may_ask_for_what_relationships_lead_to) {
    const auto all = players();
    session->execute(update<Player>()
                         .where(has<&Player::team>(col<&Team::name> == "red"))
                         .values(col<&Player::score> = 9));
    EXPECT_EQ(all[0]->score, 9);
    EXPECT_EQ(all[2]->score, 0);
    session->execute(update<Team>()
                         .where(any<&Team::players>(col<&Player::name> == "cid"))
                         .values(col<&Team::name> = "navy"));
    EXPECT_EQ(all[2]->team->name, "navy");
}

TEST_P(CriteriaUpdateLinks, a_changed_foreign_key_leads_elsewhere_on_both_sides) {
    const auto red = team("red");
    const auto blue = team("blue");
    const auto ann = player("ann");
    EXPECT_EQ(red->players.size(), 2U);
    EXPECT_EQ(blue->players.size(), 1U);
    EXPECT_EQ(ann->team, red);
    for (const Sync how : {Sync::evaluate, Sync::fetch}) {
        const auto& target = how == Sync::evaluate ? blue : red;
        session->execute(update<Player>()
                             .where(col<&Player::name> == "ann")
                             .values(col<&Player::team_id> = target->id),
                         {}, {.synchronize_session = how});
        EXPECT_EQ(ann->team, target);
        EXPECT_EQ(red->players.size(), target == red ? 2U : 1U);
        EXPECT_EQ(blue->players.size(), target == blue ? 2U : 1U);
    }
    EXPECT_THAT(flushed(), IsEmpty());
}

TEST_P(CriteriaUpdateLinks, a_returned_object_leads_where_its_new_foreign_key_does) {
    const auto red = team("red");
    const auto blue = team("blue");
    const auto ann = player("ann");
    EXPECT_EQ(ann->team, red);
    EXPECT_EQ(red->players.size(), 2U);
    EXPECT_EQ(blue->players.size(), 1U);
    const auto moved = update<Player>()
                           .where(col<&Player::name> == "ann")
                           .values(col<&Player::team_id> = blue->id)
                           .returning<Player>();
    if (refuses_returning([&] { (void)session->scalars(moved); })) return;
    EXPECT_EQ(session->scalars(moved).one(), ann);
    EXPECT_EQ(ann->team, blue);
    EXPECT_EQ(red->players.size(), 1U);
    EXPECT_EQ(blue->players.size(), 2U);
}

// --- RETURNING -----------------------------------------------------------------------------------

TEST_P(CriteriaUpdate, returned_objects_are_those_of_the_session_and_up_to_date) {
    const auto bob = player("bob");
    bob->nick = "mine";
    const auto doubled =
        update<Player>()
            .where(func::length(col<&Player::name>) == 3 && col<&Player::score> < 25)
            .values(col<&Player::score> = col<&Player::score> * 2)
            .returning<Player>();
    if (refuses_returning([&] { (void)session->scalars(doubled); })) return;
    static_cast<void>(sent());
    std::vector<Ptr<Player>> returned = session->scalars(doubled, {}, {.autoflush = false}).all();
    EXPECT_THAT(sent(), testing::SizeIs(1));
    ASSERT_EQ(returned.size(), 2U);
    EXPECT_EQ(bob->score, 40);
    EXPECT_EQ(bob->nick, "mine");
    EXPECT_TRUE(returned[0] == bob || returned[1] == bob);
    EXPECT_EQ(returned[0]->score + returned[1]->score, 60);
    EXPECT_THAT(flushed(), ElementsAre("UPDATE league_player SET nick WHERE id"));
}

TEST_P(CriteriaUpdate, returned_columns_come_beside_what_the_session_fetches_for_itself) {
    const auto bob = player("bob");
    const auto changed =
        update<Player>()
            .where(func::length(col<&Player::name>) == 3 && col<&Player::name> == "bob")
            .values(col<&Player::score> = 21)
            .returning(col<&Player::name>, col<&Player::score>);
    if (refuses_returning([&] { (void)session->execute(changed); })) return;
    static_cast<void>(sent());
    auto result = session->execute(changed);
    EXPECT_EQ(result.rowcount(), 1);
    const auto [name, score] = result.one();
    EXPECT_EQ(name, "bob");
    EXPECT_EQ(score, 21);
    EXPECT_EQ(bob->score, 21);
    EXPECT_THAT(sent(), ElementsAre("UPDATE league_player SET score WHERE name -> name, score, id, "
                                    "score AS score_1"));
}

TEST_P(CriteriaUpdate, objects_and_columns_come_in_one_row) {
    const auto changed = update<Player>()
                             .where(col<&Player::name> == "bob")
                             .values(col<&Player::score> = 21)
                             .returning(entity<Player>, col<&Player::name>);
    if (refuses_returning([&] { (void)session->execute(changed); })) return;
    for (const auto& [who, name] : session->execute(changed)) {
        EXPECT_EQ(who->score, 21);
        EXPECT_EQ(who->name, name);
    }
}

TEST_P(CriteriaUpdate, columns_of_unknown_type_are_returned_after_a_select_of_keys) {
    const auto bob = player("bob");
    const auto table = session->model().entity<Player>();
    const auto changed = update<Player>()
                             .where(func::length(col<&Player::name>) == 3 &&
                                    col<&Player::name> == bindparam<std::string>("who"))
                             .values(col<&Player::score> = bindparam<int>("score"))
                             .returning(table.c("name"));
    const auto execute = [&] { return session->execute(changed, {{"who", "bob"}, {"score", 22}}); };
    if (refuses_returning([&] { (void)execute(); })) return;
    static_cast<void>(sent());
    auto result = execute();
    EXPECT_EQ(result.one().get<std::string>(0), "bob");
    EXPECT_EQ(sent().size(), 2U);
    EXPECT_EQ(bob->score, 22);
}

TEST_P(CriteriaUpdate, named_parameters_are_evaluated) {
    const auto all = players();
    session->execute(update<Player>()
                         .where(col<&Player::name> == bindparam<std::string>("who"))
                         .values(col<&Player::score> = bindparam<int>("score")),
                     {{"who", "bob"}, {"score", 22}}, {.synchronize_session = Sync::evaluate});
    EXPECT_EQ(all[1]->score, 22);
    EXPECT_EQ(all[0]->score, 10);
}

TEST_P(CriteriaUpdate, another_session_sees_it_when_it_reads_again) {
    Session other(engine, session->model());
    const auto theirs = other.get<Player>(1);
    EXPECT_EQ(theirs->score, 10);
    other.commit();
    session->execute(update<Player>().values(col<&Player::score> = 77));
    session->commit();
    EXPECT_EQ(theirs->score, 77);
    other.close();
}

TEST_P(CriteriaUpdate, an_update_that_fails_changes_no_object) {
    const auto all = players();
    EXPECT_THROW(session->execute(update<Player>().values(col<&Player::name> = "same")),
                 IntegrityError);
    session->rollback();
    EXPECT_EQ(all[0]->name, "ann");
    EXPECT_EQ(all[3]->name, "dan");
}

}  // namespace
}  // namespace league
