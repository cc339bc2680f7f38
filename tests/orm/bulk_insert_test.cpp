// SPDX-License-Identifier: MIT
#include "league.hpp"

#include <span>

// INSERT of many objects and of rows of assignments by one statement.

namespace league {
namespace {

class BulkInsert : public LeagueTest {};
AZOTH_FLUSH_ON_ALL_DATABASES(BulkInsert);

/// Players that set all but key and note.
std::vector<Player> complete(int count) {
    std::vector<Player> all;
    for (int i = 0; i < count; ++i)
        all.push_back({.name = "p" + std::to_string(i), .active = true, .visits = i + 1});
    return all;
}

TEST_P(BulkInsert, objects_that_set_the_same_members_are_one_batch) {
    const auto result = session->execute(insert<Player>(), complete(3));
    EXPECT_EQ(result.rowcount(), 3);
    EXPECT_THAT(sent(), ElementsAre("INSERT league_player (name, nick, score, active, visits, "
                                    "rate, balance, team_id)"));
    session->commit();
    EXPECT_THAT(rows("select id, name, visits from league_player order by id"),
                ElementsAre("1 'p0' 1", "2 'p1' 2", "3 'p2' 3"));
}

TEST_P(BulkInsert, the_objects_given_stay_values) {
    const auto given = complete(2);
    session->execute(insert<Player>(), given);
    EXPECT_EQ(given[0].id, 0);
    EXPECT_TRUE(session->new_<Player>().empty());
    EXPECT_THAT(flushed(), IsEmpty());
}

TEST_P(BulkInsert, R16_unset_members_are_left_out_and_rows_that_differ_are_batches_of_their_own) {
    session->execute(insert<Player>(),
                     std::vector<Player>{{.name = "a"},
                                         {.name = "b"},
                                         {.name = "c", .active = false, .visits = 3},
                                         {.id = 50, .name = "d"}});
    EXPECT_THAT(
        sent(),
        ElementsAre("INSERT league_player (name, nick, score, rate, balance, team_id)",
                    "INSERT league_player (name, nick, score, active, visits, rate, "
                    "balance, team_id)",
                    "INSERT league_player (id, name, nick, score, rate, balance, team_id)"));
    session->commit();
    EXPECT_THAT(rows("select name, visits from league_player order by id"),
                ElementsAre("'a' 7", "'b' 7", "'c' 3", "'d' 7"));
    EXPECT_THAT(rows("select name from league_player where id = 50"), ElementsAre("'d'"));
}

TEST_P(BulkInsert, R16_given_sends_a_zero_in_every_row) {
    session->execute(insert<Player>(), std::vector<Player>{{.name = "a"}, {.name = "b"}},
                     given<&Player::visits>);
    EXPECT_THAT(sent(), ElementsAre("INSERT league_player (name, nick, score, visits, rate, "
                                    "balance, team_id)"));
    session->commit();
    EXPECT_THAT(rows("select visits from league_player"), ElementsAre("0", "0"));
}

/// Optionals with a default.
struct Note {
    std::int64_t id{};
    std::string text{};
    std::optional<std::string> mood{};
    static void map(Mapping<Note>& m) {
        m.table("league_note");
        m.column<&Note::id>(primary_key);
        m.column<&Note::text>();
        m.column<&Note::mood>(server_default("calm"));
    }
};

TEST_P(BulkInsert, empty_optionals_are_left_to_their_defaults_unless_nulls_are_rendered) {
    use<Note>();
    const std::vector<Note> notes{{.text = "a", .mood = "glad"}, {.text = "b"}, {.text = "c"}};
    session->execute(insert<Note>(), notes);
    EXPECT_THAT(sent(),
                ElementsAre("INSERT league_note (text, mood)", "INSERT league_note (text)"));
    session->execute(insert<Note>(), notes, {.render_nulls = true});
    EXPECT_THAT(sent(), ElementsAre("INSERT league_note (text, mood)"));
    session->commit();
    EXPECT_THAT(rows("select mood from league_note order by id"),
                ElementsAre("'glad'", "'calm'", "'calm'", "'glad'", "NULL", "NULL"));
}

TEST_P(BulkInsert, no_rows_send_nothing) {
    EXPECT_EQ(session->execute(insert<Player>(), std::vector<Player>{}).rowcount(), 0);
    EXPECT_TRUE(session->scalars(insert<Player>().returning<Player>(), std::vector<Player>{})
                    .all()
                    .empty());
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(BulkInsert, what_has_changed_is_flushed_first) {
    session->add(Player{.name = "first"});
    session->execute(insert<Player>(), std::vector<Player>{{.name = "second"}});
    session->commit();
    EXPECT_THAT(rows("select name from league_player order by id"),
                ElementsAre("'first'", "'second'"));
}

// --- RETURNING -----------------------------------------------------------------------------------

TEST_P(BulkInsert, returned_objects_are_the_sessions_and_come_in_the_order_of_the_rows) {
    std::vector<Player> given{{.name = "z"}, {.name = "y", .visits = 3}, {.name = "x"}};
    const auto returned = session->scalars(insert<Player>().returning<Player>(), given).all();
    ASSERT_EQ(returned.size(), 3U);
    static_cast<void>(sent());
    EXPECT_EQ(returned[0]->name, "z");
    EXPECT_EQ(returned[0]->visits, 7);
    EXPECT_EQ(returned[1]->visits, 3);
    EXPECT_EQ(returned[2]->name, "x");
    EXPECT_EQ(returned[2]->id, 3);
    EXPECT_EQ(session->get<Player>(2), returned[1]);
    EXPECT_THAT(sent(), IsEmpty());
    returned[0]->score = 5;
    EXPECT_THAT(flushed(), ElementsAre("UPDATE league_player SET score WHERE id"));
    session->commit();
    EXPECT_EQ(returned[0]->score, 5);
}

TEST_P(BulkInsert, returned_objects_ask_only_for_what_the_rows_given_do_not_tell) {
    const auto teams =
        session->scalars(insert<Team>().returning<Team>(), std::vector<Team>{{.name = "a"}}).all();
    EXPECT_THAT(sent(), ElementsAre("INSERT league_team (name)"));
    EXPECT_EQ(teams[0]->name, "a");
    const auto player = session
                            ->scalars(insert<Player>().returning<Player>(),
                                      std::vector<Player>{{.name = "p", .visits = 3}})
                            .one();
    EXPECT_THAT(sent(), ElementsAre("INSERT league_player (name, nick, score, visits, rate, "
                                    "balance, team_id) -> id, active, balance"));
    EXPECT_EQ(player->active, true);
    EXPECT_EQ(player->visits, 3);
    EXPECT_EQ(session->scalars(insert<Seat>().returning<Seat>(), std::vector<Seat>{{1, 2, "s"}})
                  .one()
                  ->owner,
              "s");
}

TEST_P(BulkInsert, rows_that_the_database_swallows_are_noticed_where_objects_are_returned) {
    const std::vector<Team> teams{{.name = "a"}, {.name = "b"}};
    const auto insert_all = [&] {
        static_cast<void>(session->scalars(insert<Team>().returning<Team>(), teams).all());
    };
    if (!requirements.skipping_triggers) {  // it can only say that it doesn't want the row
        session->execute(
            text("create trigger t before insert on league_team for each row "
                 "signal sqlstate '45000' set message_text = 'not this one'"));
        EXPECT_THAT(message_of<DatabaseError>(insert_all), HasSubstr("not this one"));
        return session->rollback();
    }
    if (requirements.sqlite) {
        session->execute(
            text("create trigger t before insert on league_team when new.name = 'b' "
                 "begin select raise(ignore); end"));
    } else {
        session->execute(
            text("create function no_b() returns trigger language plpgsql as $$ "
                 "begin if new.name = 'b' then return null; end if; return new; end $$"));
        session->execute(
            text("create trigger t before insert on league_team for each row "
                 "execute function no_b()"));
    }
    EXPECT_THAT(message_of<FlushError>(insert_all), HasSubstr("made 1 rows"));
    session->rollback();
}

TEST_P(BulkInsert, objects_of_a_rolled_back_insert_have_no_row) {
    const auto returned = session->scalars(insert<Player>().returning<Player>(), complete(2)).all();
    session->rollback();
    EXPECT_THROW(static_cast<void>(returned[0]->name), ObjectDeletedError);
    EXPECT_EQ(session->get<Player>(1), nullptr);
    const auto again = session->scalars(insert<Player>().returning<Player>(), complete(2)).all();
    EXPECT_EQ(again.size(), 2U);
    EXPECT_EQ(again[0]->name, "p0");
}

TEST_P(BulkInsert, columns_are_returned_in_the_order_of_the_rows) {
    auto result = session->execute(insert<Player>().returning(col<&Player::id>, col<&Player::name>),
                                   complete(3));
    EXPECT_EQ(result.rowcount(), 3);
    std::int64_t expected = 0;
    for (const auto& [id, name] : result) {
        EXPECT_EQ(name, "p" + std::to_string(expected));
        EXPECT_EQ(id, ++expected);
    }
    EXPECT_EQ(expected, 3);
    EXPECT_THAT(session
                    ->scalars(insert<Player>().returning(col<&Player::id>),
                              std::vector<Player>{{.name = "q"}})
                    .all(),
                ElementsAre(4));
}

TEST_P(BulkInsert, what_the_mapping_loads_along_is_loaded_for_returned_objects) {
    const auto team = session->add(Team{.name = "red"});
    session->flush();
    const auto returned = session
                              ->scalars(insert<Player>().returning<Player>(),
                                        std::vector<Player>{{.name = "a", .team_id = team->id}})
                              .all();
    EXPECT_EQ(returned[0]->team, team);
}

struct Leaf;

/// Loads what it leads to along with itself, in two ways.
struct Branch {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> up_id{};
    One<Branch> up{};
    Many<Leaf> leaves{};
    static void map(Mapping<Branch>& m);
};
struct Leaf {
    std::int64_t id{};
    std::optional<std::int64_t> branch_id{};
    static void map(Mapping<Leaf>& m) {
        m.table("league_leaf");
        m.column<&Leaf::id>(primary_key);
        m.column<&Leaf::branch_id>(foreign_key<&Branch::id>);
    }
};
void Branch::map(Mapping<Branch>& m) {
    m.table("league_branch");
    m.column<&Branch::id>(primary_key);
    m.column<&Branch::name>();
    m.column<&Branch::up_id>(foreign_key<&Branch::id>);
    m.relationship<&Branch::up>(remote_side<&Branch::id>, lazy_joined);
    m.relationship<&Branch::leaves>(lazy_selectin);
}

TEST_P(BulkInsert, what_the_mapping_joins_can_not_come_with_returned_rows_and_is_loaded_later) {
    use<Branch, Leaf>();
    const auto root =
        session
            ->scalars(insert<Branch>().returning<Branch>(), std::vector<Branch>{{.name = "root"}})
            .one();
    session->execute(insert<Leaf>(), std::vector<Leaf>{{.branch_id = root->id}});
    const auto returned =
        session
            ->scalars(insert<Branch>().returning<Branch>(),
                      std::vector<Branch>{{.name = "a", .up_id = root->id}, {.name = "b"}})
            .all();
    EXPECT_EQ(returned[0]->up, root);
    EXPECT_EQ(returned[1]->up, nullptr);
    EXPECT_EQ(returned[0]->leaves.size(), 0U);
    const auto renamed = update<Branch>()
                             .where(col<&Branch::name> == "root")
                             .values(col<&Branch::name> = "top")
                             .returning<Branch>();
    if (!refuses_returning([&] { (void)session->scalars(renamed); })) {
        EXPECT_EQ(session->scalars(renamed).one()->name, "top");
    }
    session->expire(root);
    EXPECT_EQ(root->leaves.size(), 1U);
    EXPECT_EQ(
        session->scalars(delete_<Branch>().where(col<&Branch::name> == "b").returning<Branch>())
            .one()
            ->name,
        "b");
}

// --- what the statement says for all rows --------------------------------------------------------

TEST_P(BulkInsert, values_of_the_statement_hold_for_every_row) {
    const auto returned =
        session
            ->scalars(
                insert<Player>()
                    .values(col<&Player::nick> = "same", col<&Player::score> = literal(20) + 2)
                    .returning<Player>(),
                std::vector<Player>{{.name = "a", .nick = "not sent"}, {.name = "b"}})
            .all();
    EXPECT_EQ(sent().size(), 1U);
    EXPECT_EQ(returned[0]->nick, "same");
    EXPECT_EQ(returned[1]->score, 22);
    EXPECT_EQ(returned[1]->name, "b");
    session->execute(insert<Player>().values(col<&Player::nick> = func::lower(literal("LOW"))),
                     std::vector<Player>{{.name = "c"}, {.name = "d"}});
    session->execute(insert<Player>().values(col<&Player::score> = literal_column<int>("3 + 4")),
                     std::vector<Player>{{.name = "e"}, {.name = "f"}});
    session->commit();
    EXPECT_THAT(rows("select nick, score from league_player where name > 'b' order by id"),
                ElementsAre("'low' 0", "'low' 0", "NULL 7", "NULL 7"));
}

// --- rows of assignments -------------------------------------------------------------------------

TEST_P(BulkInsert, rows_of_assignments_may_hold_expressions) {
    const std::vector<PartialRow> given{
        {col<&Player::name> = "a", col<&Player::score> = 1},
        {col<&Player::score> = 2, col<&Player::name> = "b"},
        {col<&Player::name> = func::lower(literal("CID")), col<&Player::score> = 3},
        {col<&Player::name> = "d"}};
    // Members that nothing is said of have no default: NOT NULL would fail.
    const auto base = insert<Player>().values(col<&Player::balance> = Decimal{"1.00"});
    EXPECT_THROW(session->execute(base, given), IntegrityError);
    session->rollback();
    static_cast<void>(sent());
    const auto ids =
        session->scalars(base.returning(col<&Player::name>), std::span(given).first(3)).all();
    EXPECT_THAT(ids, ElementsAre("a", "b", "cid"));
    EXPECT_EQ(sent().size(), 2U);
    session->commit();
    EXPECT_THAT(rows("select name, score, visits from league_player order by id"),
                ElementsAre("'a' 1 7", "'b' 2 7", "'cid' 3 7"));
}

TEST_P(BulkInsert, objects_of_rows_with_expressions_come_in_the_order_of_the_rows) {
    const std::vector<PartialRow> given{
        {col<&Team::name> = "a"},
        {col<&Team::name> = func::upper(literal("b"))},
        {col<&Team::name> = literal("c") + "d", col<&Team::id> = 30},
        {col<&Team::name> = "e"}};
    Strings names;
    for (const auto& team : session->scalars(insert<Team>().returning<Team>(), given))
        names.push_back(team->name);
    EXPECT_THAT(names, ElementsAre("a", "B", "cd", "e"));
    EXPECT_EQ(session->get<Team>(30)->name, "cd");
}

TEST_P(BulkInsert, tuples_go_where_columns_are_named) {
    const std::vector<std::tuple<std::int64_t, std::int64_t, std::string>> seats{{1, 1, "a"},
                                                                                 {1, 2, "b"}};
    session->execute(insert<Seat>().columns(col<&Seat::row>, col<&Seat::number>, col<&Seat::owner>),
                     seats);
    EXPECT_EQ(session->get<Seat>(1, 2)->owner, "b");
}

TEST_P(BulkInsert, several_values_of_one_statement_are_rows_with_expressions) {
    const auto statement =
        insert<Seat>()
            .values(col<&Seat::row> = 1, col<&Seat::number> = 1, col<&Seat::owner> = "x")
            .values(col<&Seat::owner> = func::lower(literal("Y")), col<&Seat::row> = 1,
                    col<&Seat::number> = literal(1) + 1);
    const auto returned = session->scalars(statement.returning<Seat>()).all();
    ASSERT_EQ(returned.size(), 2U);
    EXPECT_EQ(session->get<Seat>(1, 2)->owner, "y");
    EXPECT_EQ(session
                  ->execute(insert<Seat>().values(col<&Seat::row> = 3, col<&Seat::number> = 3,
                                                  col<&Seat::owner> = "z"))
                  .rowcount(),
              1);
}

TEST_P(BulkInsert, a_select_of_classes_is_inserted) {
    session->execute(insert<Player>(), complete(2));
    session->execute(
        insert<Seat>()
            .columns(col<&Seat::row>, col<&Seat::number>, col<&Seat::owner>)
            .from_select(select(col<&Player::id>, col<&Player::id> * 2, col<&Player::name>)));
    EXPECT_EQ(session->get<Seat>(2, 4)->owner, "p1");
}

TEST_P(BulkInsert, the_generated_key_of_one_row_is_told) {
    const auto result = session->execute(insert<Team>().values(col<&Team::name> = "red"));
    EXPECT_EQ(result.inserted_primary_key(), 1);
}

// --- particular columns --------------------------------------------------------------------------

TEST_P(BulkInsert, a_version_begins_with_one) {
    session->add(Team{.name = "red"});
    session->flush();
    session->execute(insert<Badge>(),
                     std::vector<Badge>{{.code = "a", .team_id = 1}, {.code = "b", .team_id = 1}});
    session->execute(insert<Badge>(),
                     std::vector<PartialRow>{{col<&Badge::code> = "c", col<&Badge::title> = "",
                                              col<&Badge::team_id> = 1}});
    const auto badge = session->get<Badge>("b");
    EXPECT_EQ(badge->version, 1);
    EXPECT_EQ(session->get<Badge>("c")->version, 1);
    badge->title = "changed";
    session->commit();
    EXPECT_EQ(badge->version, 2);
}

TEST_P(BulkInsert, R16_a_foreign_key_that_is_not_set_is_refused_before_any_sql) {
    EXPECT_THAT(message_of<ArgumentError>([&] {
                    session->execute(
                        insert<Badge>(),
                        std::vector<Badge>{{.code = "a", .team_id = 1}, {.code = "b"}});
                }),
                testing::AllOf(HasSubstr("Badge::team_id"), HasSubstr("row 2")));
    EXPECT_THAT(sent(), IsEmpty());
}

struct Counter {
    std::int64_t id{};
    static void map(Mapping<Counter>& m) {
        m.table("league_counter");
        m.column<&Counter::id>(primary_key);
    }
};

TEST_P(BulkInsert, objects_that_say_nothing_are_inserted_one_by_one) {
    use<Counter>();
    const auto all =
        session->scalars(insert<Counter>().returning<Counter>(), std::vector<Counter>(3)).all();
    EXPECT_EQ(all.size(), 3U);
    EXPECT_EQ(all[2]->id, 3);
    EXPECT_EQ(session->execute(insert<Counter>(), std::vector<Counter>(2)).rowcount(), 2);
}

TEST_P(BulkInsert, any_number_of_rows_goes_whatever_parameters_a_statement_may_have) {
    constexpr int many = 70000;
    std::vector<Seat> seats;
    for (int i = 0; i < many; ++i) seats.push_back({.row = i / 100, .number = i % 100});
    EXPECT_EQ(session->execute(insert<Seat>(), seats).rowcount(), many);
    EXPECT_EQ(sent().size(), 1U);
    EXPECT_EQ(session->scalar(select(func::count(col<&Seat::row>))), many);
}

// --- what is refused -----------------------------------------------------------------------------

struct Stranger {
    std::int64_t id{};
    static void map(Mapping<Stranger>& m) {
        m.table("league_stranger");
        m.column<&Stranger::id>(primary_key);
    }
};

TEST_P(BulkInsert, rows_that_do_not_fit_are_refused_with_their_names) {
    const auto refused = [&](const auto& statement, const auto& given) {
        return message_of<ArgumentError>([&] { session->execute(statement, given); });
    };
    const std::vector<Player> one{{.name = "a"}};
    EXPECT_THAT(refused(insert<Team>(), one),
                testing::AllOf(HasSubstr("class league::Team"), HasSubstr("class league::Player")));
    EXPECT_THAT(refused(insert<Stranger>(), std::vector<Stranger>(1)),
                HasSubstr("Stranger is not of the model"));
    EXPECT_THAT(refused(insert(session->model().entity<Player>()), one),
                HasSubstr("insert<User>()"));
    EXPECT_THAT(refused(insert<Player>(), std::vector<PartialRow>{{col<&Team::name> = "x"}}),
                HasSubstr("Team::name belongs to class league::Team, not to class league::Player"));
    EXPECT_THAT(refused(insert<Player>(), std::vector<PartialRow>{{col<&Player::name> = "x",
                                                                   col<&Player::name> = "y"}}),
                HasSubstr("Player::name is assigned twice in row 1"));
    EXPECT_THAT(refused(insert<Player>().values(col<&Player::name> = "x"),
                        std::vector<PartialRow>{{col<&Player::name> = "x"}}),
                HasSubstr("Player::name"));
    EXPECT_THAT(refused(insert<Seat>().values(col<&Seat::row> = 1).values(col<&Seat::row> = 2),
                        std::vector<Seat>(1)),
                HasSubstr("several values()"));
    EXPECT_THAT(refused(delete_<Player>(), one), HasSubstr("takes criteria, not rows"));
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(BulkInsert, objects_in_relationships_are_not_lost_in_silence) {
    EXPECT_THAT(
        message_of<ArgumentError>([&] {
            session->execute(
                insert<Team>(),
                std::vector<Team>{{.name = "a"}, {.name = "b", .players = {Player{.name = "x"}}}});
        }),
        testing::AllOf(HasSubstr("row 2"), HasSubstr("Team::players"), HasSubstr("session.add()")));
}

TEST_P(BulkInsert, given_names_members_of_the_class) {
    EXPECT_THROW(session->execute(insert<Team>(), std::vector<Team>(1), given<&Player::visits>),
                 ArgumentError);
}

TEST_P(BulkInsert, values_are_bound_whatever_they_hold) {
    const std::string evil = "x'); drop table team; --";
    session->execute(insert<Player>(), std::vector<Player>{{.name = evil}});
    session->execute(
        update<Player>().where(col<&Player::name> == evil).values(col<&Player::nick> = evil));
    EXPECT_EQ(players().front()->nick, evil);
}

}  // namespace
}  // namespace league
