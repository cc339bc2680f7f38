// SPDX-License-Identifier: MIT
#include "music.hpp"

// R22: what the objects of one statement lead to is loaded for several of them, once the program
// has looked at a second one.

namespace music {
namespace {

class SiblingBatching : public MusicTest {
  protected:
    /// Artists of one album each, so that the nth has the album "n".
    void fill_evenly(int count) {
        use<Artist, Album, Track, Shelf, Genre>();
        for (int i = 0; i < count; ++i)
            session->add(Artist{.name = std::to_string(i),
                                .biography = "none",
                                .albums = {Album{.title = std::to_string(i)}}});
        session->commit();
        reopen();
    }
    std::vector<Ptr<Artist>> all_artists() {
        auto all = session->scalars(select<Artist>().order_by(col<&Artist::id>)).all();
        (void)sent();
        return all;
    }
    /// How many of them have their albums loaded.
    static int loaded(const std::vector<Ptr<Artist>>& artists) {
        int count = 0;
        for (const auto& artist : artists) count += artist->albums.is_loaded() ? 1 : 0;
        return count;
    }
};

AZOTH_FLUSH_ON_ALL_DATABASES(SiblingBatching);

TEST_P(SiblingBatching, R22_a_single_touch_loads_one_and_a_second_16_more) {
    fill_evenly(200);
    const auto artists = all_artists();
    EXPECT_EQ(artists[3]->albums.size(), 1U);
    EXPECT_EQ(loaded(artists), 1);
    EXPECT_EQ(artists[50]->albums.size(), 1U);
    EXPECT_EQ(loaded(artists), 17);
    EXPECT_TRUE(artists[65]->albums.is_loaded());
    EXPECT_FALSE(artists[66]->albums.is_loaded());
    EXPECT_EQ(sent().size(), 2U);
    EXPECT_EQ(artists[66]->albums.size(), 1U);
    EXPECT_EQ(loaded(artists), 17 + 128);
    EXPECT_EQ(sent().size(), 1U);
}

TEST_P(SiblingBatching, R22_a_loop_over_n_objects_sends_few_statements) {
    fill_evenly(700);
    for (const auto& [count, expected] :
         {std::pair(1, 1U), {2, 2U}, {17, 2U}, {145, 3U}, {700, 5U}}) {
        reopen();
        const auto artists =
            session->scalars(select<Artist>().order_by(col<&Artist::id>).limit(count)).all();
        (void)sent();
        int i = 0;
        for (const auto& artist : artists) {
            ASSERT_EQ(artist->albums.size(), 1U);
            ASSERT_EQ(artist->albums[0]->title, std::to_string(i++));
        }
        EXPECT_EQ(sent().size(), expected) << count;
    }
}

TEST_P(SiblingBatching, R22_holds_for_many_to_one_which_asks_for_no_object_twice) {
    fill(5);
    const auto albums = session->scalars(select<Album>().order_by(col<&Album::id>)).all();
    (void)sent();
    for (const auto& album : albums) EXPECT_TRUE(album->title.starts_with(album->artist->name));
    EXPECT_THAT(sent(), ElementsAre("SELECT music_artist", "SELECT music_artist"));
}

TEST_P(SiblingBatching, R22_holds_for_many_to_many) {
    fill(6);
    const auto albums = session->scalars(select<Album>().order_by(col<&Album::id>)).all();
    (void)sent();
    std::size_t on_shelves = 0;
    for (const auto& album : albums) on_shelves += album->shelves.size();
    EXPECT_EQ(on_shelves, 6U);
    EXPECT_EQ(sent().size(), 2U);
}

TEST_P(SiblingBatching, R22_objects_that_were_loaded_by_a_collection_are_siblings) {
    fill(6);
    const auto artist = session->scalars(select<Artist>().where(col<&Artist::name> == "a5")).one();
    for (const auto& album : artist->albums) EXPECT_EQ(album->tracks.size(), 2U);
    EXPECT_THAT(sent(), ElementsAre("SELECT music_artist", "SELECT music_album",
                                    "SELECT music_track", "SELECT music_track"));
}

TEST_P(SiblingBatching, R22_an_object_belongs_to_the_statement_that_returned_it_last) {
    fill_evenly(40);
    const auto artists = all_artists();
    (void)artists[0]->albums.size();
    const auto some =
        session->scalars(select<Artist>().where(col<&Artist::id> > 30).order_by(col<&Artist::id>))
            .all();
    (void)sent();
    EXPECT_EQ(some[0]->albums.size(), 1U);
    EXPECT_EQ(loaded(artists), 2);  // the first of the new statement
    EXPECT_EQ(some[1]->albums.size(), 1U);
    EXPECT_EQ(loaded(artists), 1 + 10);
}

TEST_P(SiblingBatching, R22_expired_and_expunged_objects_drop_out) {
    fill_evenly(12);
    auto artists = all_artists();
    session->expire(artists[5]);
    session->expunge(artists[6]);
    artists[6] = nullptr;
    (void)artists[0]->albums.size();
    EXPECT_EQ(artists[1]->albums.size(), 1U);
    EXPECT_FALSE(artists[5]->albums.is_loaded());
    EXPECT_TRUE(artists[7]->albums.is_loaded());
    (void)sent();
    EXPECT_EQ(artists[5]->albums.size(), 1U);
}

TEST_P(SiblingBatching, R22_objects_that_nobody_holds_any_more_are_not_loaded_for) {
    fill_evenly(40);
    session.reset();
    session = std::make_unique<Session>(engine, model<Artist, Album, Track, Shelf, Genre>("again"),
                                        SessionOptions{.expire_on_commit = false});
    auto artists = all_artists();
    (void)artists[0]->albums.size();
    artists.resize(3);
    session->commit();
    EXPECT_EQ(artists[1]->albums.size(), 1U);
    EXPECT_EQ(artists[2]->albums.size(), 1U);
    for (const auto& artist : artists) EXPECT_TRUE(artist->albums.is_loaded());
}

TEST_P(SiblingBatching, R22_a_commit_within_the_loop_costs_no_statement_for_each_object) {
    fill_evenly(60);
    session = std::make_unique<Session>(engine, model<Artist, Album, Track, Shelf, Genre>("again"),
                                        SessionOptions{.expire_on_commit = false});
    const auto artists = all_artists();
    for (const auto& artist : artists) {
        EXPECT_EQ(artist->albums.size(), 1U);
        session->commit();
    }
    EXPECT_EQ(sent().size(), 3U);
}

TEST_P(SiblingBatching, R22_what_is_changed_meanwhile_is_flushed_and_kept) {
    fill_evenly(20);
    const auto artists = all_artists();
    artists[10]->albums.add(Album{.title = "new"});
    (void)artists[0]->albums.size();
    (void)artists[1]->albums.size();
    EXPECT_EQ(titles(artists[10]), (Strings{"10", "new"}));
    session->commit();
    EXPECT_THAT(rows("SELECT count(*) FROM music_album WHERE artist_id IS NOT NULL"),
                ElementsAre("21"));
}

TEST_P(SiblingBatching, the_session_reports_lazy_loads_and_names_the_option_that_avoids_them) {
    fill_evenly(20);
    EXPECT_THAT(session->lazy_loads(), IsEmpty());
    for (const auto& artist : all_artists()) (void)artist->albums.size();
    const auto report = session->lazy_loads();
    ASSERT_EQ(report.size(), 1U);
    EXPECT_THAT(report[0].relationship, HasSubstr("Artist::albums"));
    EXPECT_EQ(report[0].statements, 3U);
    EXPECT_EQ(report[0].objects, 20U);
    EXPECT_THAT(report[0].remedy, HasSubstr("selectinload<&"));
}

TEST_P(SiblingBatching, strict_loading_refuses_what_only_sql_could_load) {
    fill_evenly(3);
    session = std::make_unique<Session>(engine, model<Artist, Album, Track, Shelf, Genre>("again"),
                                        SessionOptions{.strict_loading = true});
    const auto artists = all_artists();
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)artists[0]->albums.size(); }),
                HasSubstr("strict_loading"));
    const auto eager =
        session->scalars(select<Artist>().options(selectinload<&Artist::albums>())).all();
    EXPECT_EQ(eager[0]->albums.size(), 1U);
    EXPECT_EQ(eager[0]->albums[0]->artist, eager[0]);
}

}  // namespace
}  // namespace music
