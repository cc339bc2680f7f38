// SPDX-License-Identifier: MIT
#include "music.hpp"

#include <functional>

// yield_per: the rows of a session's statement, so many at a time.

namespace music {
namespace {

class Windows : public MusicTest {
  protected:
    template <class T>
    static std::vector<std::string> names_of(const std::vector<Ptr<T>>& artists) {
        std::vector<std::string> names;
        for (const auto& artist : artists) names.push_back(artist->name);
        return names;
    }
    [[nodiscard]] static auto artists() { return select<Artist>().order_by(col<&Artist::id>); }
};
AZOTH_FLUSH_ON_ALL_DATABASES(Windows);

TEST_P(Windows, R21_every_row_comes_whatever_the_size_of_the_windows) {
    fill(6);
    for (const std::size_t rows : {1U, 2U, 3U, 5U, 6U, 7U, 100U}) {
        Strings names;
        for (const auto& artist : session->scalars(artists(), {}, {.yield_per = rows}))
            names.push_back(artist->name);
        EXPECT_THAT(names, ElementsAre("a0", "a1", "a2", "a3", "a4", "a5")) << rows;
    }
}

TEST_P(Windows, a_statement_may_say_their_size_and_a_call_goes_before_it) {
    fill(5);
    const auto statement = artists().execution_options({.yield_per = 2});
    const auto sizes = [&](const ExecutionOptions& options) {
        std::vector<std::size_t> found;
        for (const auto& part : session->scalars(statement, {}, options).partitions())
            found.push_back(part.size());
        return found;
    };
    EXPECT_THAT(sizes({}), ElementsAre(2, 2, 1));
    EXPECT_THAT(sizes({.yield_per = 4}), ElementsAre(4, 1));
}

TEST_P(Windows, R21_every_way_of_reading_a_result_reads_on) {
    fill(5);
    const ExecutionOptions two{.yield_per = 2};
    EXPECT_EQ(session->scalars(artists(), {}, two).all().size(), 5U);
    auto result = session->scalars(artists(), {}, two);
    EXPECT_THAT(names_of(result.fetchmany(3)), ElementsAre("a0", "a1", "a2"));
    EXPECT_EQ((*result.fetchone())->name, "a3");
    EXPECT_EQ(result.left(), 0U) << "of the window that is read";
    EXPECT_EQ((*result.fetchone())->name, "a4");
    EXPECT_EQ(result.fetchone(), std::nullopt);  // NOLINT(bugprone-use-after-move): promised
    EXPECT_EQ((*session->scalars(artists(), {}, two).first())->name, "a0");
    EXPECT_THROW((void)session->scalars(artists(), {}, {.yield_per = 1}).one(),
                 MultipleResultsFound);
    EXPECT_THROW((void)session->scalars(artists(), {}, {.yield_per = 1}).one_or_none(),
                 MultipleResultsFound);
    const auto none = artists().where(col<&Artist::id> < 0);
    EXPECT_THROW((void)session->scalars(none, {}, two).one(), NoResultFound);
    EXPECT_EQ(session->scalars(none, {}, two).one_or_none(), std::nullopt);
    EXPECT_EQ(session->scalars(artists().limit(1), {}, {.yield_per = 1}).one()->name, "a0");
    EXPECT_EQ(session->scalar(artists(), {}, two).value()->name, "a0");
}

TEST_P(Windows, rows_and_columns_come_in_windows_too) {
    fill(4);
    Strings seen;
    for (const auto& [name, artist] :
         session->execute(select(col<&Artist::name>, entity<Artist>).order_by(col<&Artist::id>), {},
                          {.yield_per = 3}))
        seen.push_back(name + "=" + artist->name);
    EXPECT_THAT(seen, ElementsAre("a0=a0", "a1=a1", "a2=a2", "a3=a3"));
    Strings names;
    for (const auto& [name] : session->execute(
             select(col<&Artist::name>).order_by(col<&Artist::id>), {}, {.yield_per = 3}))
        names.push_back(name);
    EXPECT_THAT(names, ElementsAre("a0", "a1", "a2", "a3"));
}

TEST_P(Windows, partitions_are_lists_of_a_window_or_of_any_size) {
    fill(5);
    std::vector<std::size_t> sizes;
    for (const auto& part : session->scalars(artists(), {}, {.yield_per = 2}).partitions())
        sizes.push_back(part.size());
    EXPECT_THAT(sizes, ElementsAre(2U, 2U, 1U));
    sizes.clear();
    for (const auto& part : session->scalars(artists(), {}, {.yield_per = 2}).partitions(3))
        sizes.push_back(part.size());
    EXPECT_THAT(sizes, ElementsAre(3U, 2U));
    sizes.clear();
    for (const auto& part : session->execute(select(col<&Artist::name>)).partitions(4))
        sizes.push_back(part.size());
    EXPECT_THAT(sizes, ElementsAre(4U, 1U));
    sizes.clear();
    for (const auto& part : session->scalars(artists()).partitions()) sizes.push_back(part.size());
    EXPECT_THAT(sizes, ElementsAre(5U));
    for (const auto& part : session->scalars(artists().where(col<&Artist::id> < 0)).partitions())
        ADD_FAILURE() << part.size();
}

TEST_P(Windows, options_load_for_each_window) {
    fill(4);
    Strings statements;
    auto result =
        session->scalars(artists().options(selectinload<&Artist::albums>()), {}, {.yield_per = 2});
    EXPECT_THAT(sent(), ElementsAre("SELECT music_artist"));
    EXPECT_THAT(names_of(result.fetchmany(2)), ElementsAre("a0", "a1"));
    EXPECT_THAT(sent(), ElementsAre("SELECT music_album"));
    const auto further = result.fetchmany(2);
    EXPECT_THAT(sent(), ElementsAre("SELECT music_album"));
    EXPECT_THAT(titles(further[1]), ElementsAre("a3.1", "a3.2", "a3.3"));
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(Windows, a_joined_collection_is_never_cut) {
    fill(5);
    for (const std::size_t rows : {1U, 2U, 3U, 4U}) {
        reopen();
        const auto all =
            session
                ->scalars(
                    artists().options(joinedload<&Artist::albums>().joinedload<&Album::tracks>()),
                    {}, {.yield_per = rows})
                .all();
        (void)sent();
        ASSERT_EQ(all.size(), 5U);
        EXPECT_EQ(shown({all[2], all[3]}),
                  "a2: a2.1(t1 t2) a2.2(t1 t2); a3: a3.1(t1 t2) a3.2(t1 t2) a3.3(t1 t2)");
        EXPECT_THAT(sent(), IsEmpty());
    }
}

TEST_P(Windows, a_joined_one_comes_with_its_rows) {
    fill(3);
    auto result = session->scalars(
        select<Album>().order_by(col<&Album::id>).options(joinedload<&Album::artist>()), {},
        {.yield_per = 2});
    Strings seen;
    for (const auto& album : result) seen.push_back(album->title + " " + album->artist->name);
    EXPECT_THAT(seen, ElementsAre("a1.1 a1", "a2.1 a2", "a2.2 a2"));
    EXPECT_THAT(sent(), ElementsAre("SELECT music_album"));
}

TEST_P(Windows, what_contains_eager_takes_stays_together) {
    fill(5);
    const auto joined =
        select<Artist>().join<&Artist::albums>().options(contains_eager<&Artist::albums>());
    for (const std::size_t rows : {1U, 2U, 3U}) {
        reopen();
        std::vector<std::size_t> sizes;
        Strings seen;
        for (const auto& part : session
                                    ->scalars(joined.order_by(col<&Artist::id>, col<&Album::id>),
                                              {}, {.yield_per = rows})
                                    .partitions()) {
            sizes.push_back(part.size());
            for (const auto& artist : part)
                seen.push_back(artist->name + std::to_string(artist->albums.size()));
        }
        EXPECT_THAT(seen, ElementsAre("a11", "a22", "a33", "a44")) << rows;
        EXPECT_EQ(sizes.front(), rows);
    }
    reopen();
    EXPECT_THAT(message_of<InvalidRequestError>([&] {
                    (void)session
                        ->scalars(joined.order_by(col<&Album::year>, col<&Artist::id>), {},
                                  {.yield_per = 2})
                        .all();
                }),
                testing::AllOf(HasSubstr("Artist don't stand together"), HasSubstr("order")));
}

TEST_P(Windows, R21_other_statements_writes_and_flushes_run_in_the_loop) {
    fill(4);
    std::size_t albums = 0;
    for (const auto& artist : session->scalars(artists(), {}, {.yield_per = 2})) {
        albums += artist->albums.size();
        artist->name += "!";
        session->add(Genre{.name = "of " + artist->name});
        session->flush();
    }
    EXPECT_EQ(albums, 6U);
    session->commit();
    EXPECT_THAT(rows("select name from music_artist order by id"),
                ElementsAre("'a0!'", "'a1!'", "'a2!'", "'a3!'"));
    EXPECT_EQ(rows("select count(*) from music_genre"), Strings{"4"});
}

TEST_P(Windows, commit_rollback_and_close_end_them) {
    fill(4);
    const std::vector<std::pair<const char*, std::function<void(Session&)>>> ends{
        {"commit()", [](Session& s) { s.commit(); }},
        {"rollback()", [](Session& s) { s.rollback(); }},
        {"close()", [](Session& s) { s.close(); }}};
    for (const auto& [name, end] : ends) {
        reopen();
        auto result = session->scalars(artists(), {}, {.yield_per = 2});
        const auto first = *result.fetchone();
        end(*session);
        EXPECT_EQ(result.left(), 1U) << "what is read is there";
        EXPECT_NE(result.fetchone(), std::nullopt);
        EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)result.fetchone(); }),
                    testing::AllOf(HasSubstr("this result was ended by"), HasSubstr(name)));
        EXPECT_EQ(result.left(), 0U);
        (void)first;
    }
}

TEST_P(Windows, a_savepoint_that_is_rolled_back_ends_what_began_inside) {
    fill(4);
    auto outside = session->scalars(artists(), {}, {.yield_per = 1});
    (void)outside.fetchone();
    {
        auto savepoint = session->begin_nested();
        auto inside = session->scalars(artists(), {}, {.yield_per = 1});
        (void)inside.fetchone();
        savepoint.rollback();
        EXPECT_THROW((void)inside.fetchone(), InvalidRequestError);
    }
    EXPECT_EQ(outside.all().size(), 3U);
}

TEST_P(Windows, a_result_may_be_left_handed_on_and_outlive_its_session) {
    fill(4);
    {
        auto left = session->scalars(artists(), {}, {.yield_per = 2});
        (void)left.fetchone();
    }
    auto result = session->scalars(artists(), {}, {.yield_per = 2});
    (void)result.fetchone();
    auto moved = std::move(result);
    EXPECT_EQ(moved.all().size(), 3U);
    EXPECT_EQ(result.fetchone(), std::nullopt);  // NOLINT(bugprone-use-after-move): promised
    auto last = session->scalars(artists(), {}, {.yield_per = 2});
    (void)last.fetchone();
    session.reset();
    (void)last.fetchone();
    EXPECT_THROW((void)last.fetchone(), InvalidRequestError);
}

TEST_P(Windows, a_row_that_can_not_be_read_ends_them_and_says_why) {
    fill(2);
    const auto statement = select<Artist>().from_statement(
        text("SELECT id, CASE WHEN name = 'a1' THEN NULL ELSE name END AS name FROM music_artist "
             "ORDER BY id"));
    auto result = session->scalars(statement, {}, {.yield_per = 1});
    EXPECT_EQ((*result.fetchone())->name, "a0");
    EXPECT_THROW((void)result.fetchone(), NullValueError);
    EXPECT_EQ(result.fetchone(), std::nullopt);  // NOLINT(bugprone-use-after-move): promised
    EXPECT_EQ(session->scalars(artists()).all().size(), 2U);
}

TEST_P(Windows, populate_existing_reads_each_window_again) {
    fill(2);
    const auto known = session->scalars(artists()).all();
    session->execute(text("UPDATE music_artist SET name = 'other'"));
    EXPECT_EQ(known[1]->name, "a1");
    for (const auto& artist :
         session->scalars(artists(), {}, {.populate_existing = true, .yield_per = 1}))
        EXPECT_EQ(artist->name, "other");
}

TEST_P(Windows, R22_objects_of_a_window_are_siblings) {
    fill(6);
    (void)sent();
    std::size_t albums = 0;
    for (const auto& artist : session->scalars(artists(), {}, {.yield_per = 3}))
        albums += artist->albums.size();
    EXPECT_EQ(albums, 15U);
    EXPECT_EQ(sent().size(), 5U) << "the statement, and two for each window";
}

}  // namespace
}  // namespace music
