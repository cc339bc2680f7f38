// SPDX-License-Identifier: MIT
#include "league.hpp"

// INSERT … ON CONFLICT of objects and of single rows.

namespace league {
namespace {

class UpsertObjects : public LeagueTest {
  protected:
    void SetUp() override { add_players(); }
};
AZOTH_FLUSH_ON_ALL_DATABASES(UpsertObjects);

const std::vector<Player>& ann_and_eve() {
    static const std::vector<Player> given{{.name = "ann", .nick = "a", .score = 11},
                                           {.name = "eve", .nick = "e", .score = 55}};
    return given;
}

TEST_P(UpsertObjects, assignments_name_members_and_the_row_that_was_excluded) {
    const auto upsert = insert<Player>().on_conflict_do_update(
        index_elements(col<&Player::name>),
        col<&Player::score> = excluded(col<&Player::score>) + 100, col<&Player::nick> = "met");
    const auto of_some = upsert.where(col<&Player::score> < 15);
    if (requirements.conflict_where) {
        session->execute(of_some, ann_and_eve());
    } else {
        EXPECT_THROW(session->execute(of_some, ann_and_eve()), UnsupportedCompilationError);
        session->execute(upsert, ann_and_eve());
    }
    session->commit();
    EXPECT_THAT(rows("select name, nick, score from league_player where name in ('ann', 'eve') "
                     "order by name"),
                ElementsAre("'ann' 'met' 111", "'eve' 'e' 55"));
}

TEST_P(UpsertObjects, R16_without_assignments_the_members_are_set_that_every_object_sets) {
    session->execute(insert<Player>().on_conflict_do_update(index_elements(col<&Player::name>)),
                     ann_and_eve());
    session->commit();
    EXPECT_THAT(rows("select name, nick, score, visits from league_player where name in "
                     "('ann', 'eve') order by name"),
                ElementsAre("'ann' 'a' 11 7", "'eve' 'e' 55 7"));
}

TEST_P(UpsertObjects, R16_objects_that_disagree_about_what_is_set_are_refused) {
    auto rows_given = ann_and_eve();
    rows_given[1].visits = 3;
    const auto statement =
        insert<Player>().on_conflict_do_update(index_elements(col<&Player::name>));
    static_cast<void>(sent());
    EXPECT_THAT(message_of<ArgumentError>([&] { session->execute(statement, rows_given); }),
                testing::AllOf(HasSubstr("Player::visits"), HasSubstr("row 2"), HasSubstr("row 1"),
                               HasSubstr("given<")));
    EXPECT_THAT(sent(), IsEmpty());
    session->execute(statement, rows_given, given<&Player::visits>);
    session->commit();
    EXPECT_THAT(rows("select visits from league_player where name in ('ann', 'eve') order by name"),
                ElementsAre("0", "3"));
}

TEST_P(UpsertObjects, R14_populate_existing_refreshes_the_objects_that_are_returned) {
    const auto ann = player("ann");
    const auto statement = insert<Player>()
                               .on_conflict_do_update(index_elements(col<&Player::name>))
                               .returning<Player>();
    auto returned = session->scalars(statement, ann_and_eve()).all();
    ASSERT_EQ(returned.size(), 2U);
    EXPECT_EQ(returned[0], ann);
    EXPECT_EQ(returned[1]->name, "eve");
    EXPECT_EQ(ann->score, 10);  // as SQLAlchemy: nobody has asked
    returned = session->scalars(statement, ann_and_eve(), {.populate_existing = true}).all();
    EXPECT_EQ(ann->score, 11);
    EXPECT_EQ(ann->nick, "a");
    EXPECT_THAT(flushed(), IsEmpty());
    session->rollback();
    EXPECT_EQ(ann->score, 10);
}

TEST_P(UpsertObjects, R14_what_was_not_flushed_is_overwritten_when_asked_as_in_a_refresh) {
    const auto ann = player("ann");
    ann->nick = "mine";
    const auto hold = session->no_autoflush();
    static_cast<void>(session
                          ->scalars(insert<Player>()
                                        .on_conflict_do_update(index_elements(col<&Player::name>))
                                        .returning<Player>(),
                                    ann_and_eve(), {.populate_existing = true})
                          .all());
    EXPECT_EQ(ann->nick, "a");
    EXPECT_THAT(flushed(), IsEmpty());
}

TEST_P(UpsertObjects, what_does_nothing_returns_nothing) {
    const auto returned =
        session
            ->scalars(insert<Player>()
                          .on_conflict_do_nothing(index_elements(col<&Player::name>))
                          .returning<Player>(),
                      ann_and_eve())
            .all();
    ASSERT_EQ(returned.size(), requirements.returns_conflicts ? 2U : 1U);
    EXPECT_EQ(returned.back()->name, "eve");
    EXPECT_EQ(session->execute(insert<Player>().on_conflict_do_nothing(), ann_and_eve()).rowcount(),
              requirements.returns_conflicts ? 2 : 0);
}

TEST_P(UpsertObjects, one_row_may_come_twice) {
    std::vector<Player> twice{{.name = "eve", .score = 1}, {.name = "eve", .score = 2}};
    const auto returned =
        session
            ->scalars(insert<Player>()
                          .on_conflict_do_update(index_elements(col<&Player::name>))
                          .returning<Player>(),
                      twice, {.populate_existing = true})
            .all();
    ASSERT_EQ(returned.size(), 2U);
    EXPECT_EQ(returned[0], returned[1]);
    EXPECT_EQ(returned[0]->score, 2);
}

TEST_P(UpsertObjects, single_rows_are_upserted_by_values) {
    const auto statement =
        insert<Player>()
            .values(col<&Player::name> = "ann", col<&Player::score> = 12,
                    col<&Player::balance> = Decimal{"1.00"})
            .on_conflict_do_update(index_elements(col<&Player::name>),
                                   col<&Player::score> = excluded(col<&Player::score>))
            .returning<Player>();
    const auto ann = player("ann");
    EXPECT_EQ(session->scalars(statement, {}, {.populate_existing = true}).one(), ann);
    EXPECT_EQ(ann->score, 12);
}

TEST_P(UpsertObjects, natural_keys_are_no_part_of_what_is_set) {
    session->add(Team{.name = "red"});
    session->flush();
    const auto statement =
        insert<Seat>().on_conflict_do_update(index_elements(col<&Seat::row>, col<&Seat::number>));
    session->execute(statement, std::vector<Seat>{{1, 1, "a"}, {1, 2, "b"}});
    session->execute(statement, std::vector<Seat>{{1, 1, "A"}});
    session->commit();
    EXPECT_THAT(rows("select owner from league_seat order by number"), ElementsAre("'A'", "'b'"));
}

TEST_P(UpsertObjects, what_makes_no_sense_is_refused) {
    EXPECT_THAT(
        message_of<ArgumentError>([&] {
            session->execute(insert<Player>()
                                 .values(col<&Player::name> = "x")
                                 .on_conflict_do_update(index_elements(col<&Player::name>)));
        }),
        HasSubstr("without assignments is for objects"));
    EXPECT_THAT(message_of<ArgumentError>([&] {
                    session->execute(
                        insert<Player>().on_conflict_do_update(index_elements(col<&Player::name>)),
                        std::vector<PartialRow>{{col<&Player::name> = "x"}});
                }),
                HasSubstr("on_conflict_do_nothing()"));
    EXPECT_THAT(message_of<ArgumentError>([&] {
                    static_cast<void>(insert<Player>().on_conflict_do_update(
                        index_elements(col<&Player::name>), col<&Team::name> = "x"));
                }),
                HasSubstr("Team::name belongs to class league::Team"));
}

}  // namespace
}  // namespace league
