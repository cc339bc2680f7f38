// SPDX-License-Identifier: MIT
#include "league.hpp"

// UPDATE of many rows, each by its key.

namespace league {
namespace {

class BulkUpdate : public LeagueTest {
  protected:
    void SetUp() override { add_players(); }
};
AZOTH_FLUSH_ON_ALL_DATABASES(BulkUpdate);

TEST_P(BulkUpdate, rows_that_set_the_same_columns_are_one_batch) {
    const auto result = session->execute(
        update<Player>(), std::vector<PartialRow>{{col<&Player::id> = 1, col<&Player::score> = 11},
                                                  {col<&Player::score> = 22, col<&Player::id> = 2},
                                                  {col<&Player::id> = 3, col<&Player::nick> = "c"},
                                                  {col<&Player::id> = 4}});
    EXPECT_EQ(result.rowcount(), 3);
    EXPECT_THAT(sent(), ElementsAre("UPDATE league_player SET score WHERE id",
                                    "UPDATE league_player SET nick WHERE id"));
    EXPECT_THAT(scores(), ElementsAre(11, 22, 30, 40));
}

TEST_P(BulkUpdate, objects_set_all_that_they_say_something_about) {
    session->execute(update<Player>(), std::vector<Player>{{.id = 2, .name = "BOB", .score = 21},
                                                           {.id = 1, .name = "ANN", .score = 11}});
    EXPECT_THAT(sent(), ElementsAre("UPDATE league_player SET name, nick, score, rate, balance "
                                    "WHERE id"));
    session->commit();
    EXPECT_THAT(rows("select name, score, visits from league_player where id < 3 order by id"),
                ElementsAre("'ANN' 11 7", "'BOB' 21 7"));
}

TEST_P(BulkUpdate, given_sets_a_zero) {
    session->execute(update<Player>(), std::vector<Player>{{.id = 1, .name = "ann"}},
                     given<&Player::visits>);
    session->commit();
    EXPECT_THAT(rows("select visits from league_player where id = 1"), ElementsAre("0"));
}

TEST_P(BulkUpdate, objects_of_the_session_follow) {
    const auto ann = player("ann");
    const auto bob = player("bob");
    bob->nick = "mine";
    static_cast<void>(sent());
    session->execute(
        update<Player>(),
        std::vector<PartialRow>{
            {col<&Player::id> = 1, col<&Player::score> = 11, col<&Player::nick> = "a"},
            {col<&Player::id> = 2, col<&Player::score> = 21, col<&Player::nick> = "b"}},
        {.autoflush = false});
    EXPECT_EQ(ann->score, 11);
    EXPECT_EQ(ann->nick, "a");
    EXPECT_EQ(bob->score, 21);
    EXPECT_EQ(bob->nick, "mine");
    EXPECT_EQ(sent().size(), 1U);
    EXPECT_THAT(flushed(), ElementsAre("UPDATE league_player SET nick WHERE id"));
    session->rollback();
    EXPECT_EQ(ann->score, 10);
}

TEST_P(BulkUpdate, expressions_go_row_by_row_and_objects_are_read_again) {
    const auto ann = player("ann");
    static_cast<void>(sent());
    session->execute(update<Player>(),
                     std::vector<PartialRow>{
                         {col<&Player::id> = 1, col<&Player::score> = col<&Player::score> + 5,
                          col<&Player::nick> = "x"},
                         {col<&Player::id> = 2, col<&Player::score> = 2}});
    EXPECT_EQ(sent().size(), 2U);
    EXPECT_EQ(ann->score, 15);
    EXPECT_EQ(ann->nick, "x");
    EXPECT_THAT(scores(), ElementsAre(15, 2, 30, 40));
}

TEST_P(BulkUpdate, a_row_that_is_not_there_is_stale) {
    const auto ann = player("ann");
    const std::vector<PartialRow> given{{col<&Player::id> = 1, col<&Player::score> = 11},
                                        {col<&Player::id> = 99, col<&Player::score> = 1}};
    // MariaDB tells of several rows only how many were found.
    EXPECT_THAT(
        message_of<StaleDataError>([&] { session->execute(update<Player>(), given); }),
        HasSubstr(requirements.mariadb ? "Player: expected 2 rows of table 'league_player', "
                                         "found 1"
                                       : "Player(99), row 2 of update<league::Player>(): "
                                         "expected 1 row of table 'league_player', found 0"));
    EXPECT_EQ(ann->score, 11);  // read again: its row was written
    session->rollback();
    EXPECT_EQ(ann->score, 10);
    EXPECT_THROW(session->execute(update<Player>(),
                                  std::vector<PartialRow>{{col<&Player::id> = 99,
                                                           col<&Player::score> = literal(1) + 1}}),
                 StaleDataError);
}

TEST_P(BulkUpdate, a_row_that_knows_its_version_is_only_changed_if_it_is_still_that_one) {
    session->add(Team{.name = "red"});
    session->flush();
    session->execute(insert<Badge>(), std::vector<Badge>{{.code = "a", .team_id = 1}});
    const auto badge = session->get<Badge>("a");
    EXPECT_EQ(badge->version, 1);
    session->execute(update<Badge>(),
                     std::vector<Badge>{{.code = "a", .title = "t", .team_id = 1, .version = 1}});
    EXPECT_EQ(badge->version, 2);
    EXPECT_EQ(badge->title, "t");
    EXPECT_THAT(message_of<StaleDataError>([&] {
                    session->execute(
                        update<Badge>(),
                        std::vector<PartialRow>{{col<&Badge::code> = "a", col<&Badge::title> = "u",
                                                 col<&Badge::version> = 1}});
                }),
                testing::AllOf(HasSubstr("version 1"), HasSubstr("Badge('a')")));
    session->execute(update<Badge>(),
                     std::vector<PartialRow>{{col<&Badge::code> = "a", col<&Badge::title> = "v"}});
    EXPECT_EQ(badge->version, 2);
    EXPECT_EQ(badge->title, "v");
}

TEST_P(BulkUpdate, composite_keys_find_their_rows) {
    session->execute(insert<Seat>(), std::vector<Seat>{{1, 1, "a"}, {1, 2, "b"}});
    const auto seat = session->get<Seat>(1, 2);
    session->execute(update<Seat>(), std::vector<Seat>{{1, 1, "A"}, {1, 2, "B"}});
    EXPECT_EQ(seat->owner, "B");
    EXPECT_EQ(session->get<Seat>(1, 1)->owner, "A");
}

TEST_P(BulkUpdate, many_rows_are_one_batch) {
    constexpr int many = 3000;
    std::vector<Seat> seats;
    for (int i = 0; i < many; ++i) seats.push_back({.row = i / 100, .number = i % 100});
    session->execute(insert<Seat>(), seats);
    for (auto& seat : seats) seat.owner = "taken";
    static_cast<void>(sent());
    EXPECT_EQ(session->execute(update<Seat>(), seats).rowcount(), many);
    EXPECT_EQ(sent().size(), 1U);
    EXPECT_EQ(
        session->scalar(select(func::count(col<&Seat::row>)).where(col<&Seat::owner> == "taken")),
        many);
}

TEST_P(BulkUpdate, no_rows_send_nothing) {
    EXPECT_EQ(session->execute(update<Player>(), std::vector<Player>{}).rowcount(), 0);
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(BulkUpdate, what_does_not_fit_is_refused_before_any_sql) {
    static_cast<void>(sent());
    EXPECT_THAT(message_of<ArgumentError>([&] {
                    session->execute(update<Player>(),
                                     std::vector<Player>{{.id = 1, .name = "a"}, {.name = "b"}});
                }),
                testing::AllOf(HasSubstr("Player::id"), HasSubstr("row 2 of update<")));
    EXPECT_THAT(message_of<ArgumentError>([&] {
                    session->execute(
                        update<Seat>(),
                        std::vector<PartialRow>{{col<&Seat::row> = 1, col<&Seat::owner> = "x"}});
                }),
                HasSubstr("Seat::number"));
    const std::vector<PartialRow> one{{col<&Player::id> = 1, col<&Player::score> = 2}};
    EXPECT_THAT(message_of<InvalidRequestError>([&] {
                    session->execute(update<Player>().where(col<&Player::score> > 1), one);
                }),
                HasSubstr("takes no where()"));
    EXPECT_THAT(message_of<InvalidRequestError>([&] {
                    session->execute(update<Player>().values(col<&Player::score> = 1), one);
                }),
                HasSubstr("takes no values()"));
    EXPECT_THAT(message_of<InvalidRequestError>(
                    [&] { session->execute(update<Player>().returning(col<&Player::id>), one); }),
                HasSubstr("takes no returning()"));
    EXPECT_THAT(sent(), IsEmpty());
}

}  // namespace
}  // namespace league
