// SPDX-License-Identifier: MIT
#include "music.hpp"
#include <azoth/mariadb.hpp>
#include <azoth/orm/loader_options.hpp>

// Sessions that lock the rows of what they read: get(), refresh() and statements.

namespace music {
namespace {

const ForUpdate at_once{.nowait = true};

class SessionLocks : public MusicTest {
  protected:
    SessionLocks() {
        use<Artist, Album, Track, Shelf, Genre>();
        session->add(
            Artist{.id = 1, .name = "first", .biography = "", .albums = {Album{.title = "one"}}});
        session->add(Artist{.id = 2, .name = "second", .biography = ""});
        session->commit();
        (void)sent();
    }
    /// Whether another transaction holds the lock of an artist's row.
    [[nodiscard]] bool is_locked(std::int64_t id) {
        auto conn = engine.connect();
        try {
            (void)conn
                .execute(text("SELECT id FROM music_artist WHERE id = :id FOR UPDATE NOWAIT"),
                         {{"id", id}})
                .first();
            return false;
        } catch (const OperationalError&) {
            return true;
        }
    }
    void expect_locked(std::int64_t id) {
        if (!requirements.row_locks) return;
        EXPECT_TRUE(is_locked(id)) << id;
        session->rollback();
        EXPECT_FALSE(is_locked(id)) << id;
    }
};
AZOTH_FLUSH_ON_ALL_DATABASES(SessionLocks);

TEST_P(SessionLocks, get_locks_a_row_and_reads_it_anew) {
    const auto artist = session->get<Artist>(1);
    ASSERT_TRUE(artist);
    session->commit();
    EXPECT_EQ(artist->name, "first");
    if (requirements.row_locks) {
        // the transaction has begun, and another one commits before the lock
        elsewhere("UPDATE music_artist SET name = 'changed' WHERE id = 1");
        const auto locked = session->get<Artist>(1, {.with_for_update = ForUpdate{}});
        EXPECT_EQ(locked, artist);
        EXPECT_EQ(artist->name, "changed") << "what is read with the lock is true";
    } else {
        EXPECT_EQ(session->get<Artist>(1, {.with_for_update = ForUpdate{}}), artist);
    }
    expect_locked(1);
}

TEST_P(SessionLocks, get_flushes_what_was_written_before_it_reads) {
    const auto artist = session->get_one<Artist>(1);
    artist->name = "written";
    EXPECT_EQ(session->get<Artist>(1, {.populate_existing = true})->name, "written");
    EXPECT_EQ(session->get_one<Artist>(1, {.with_for_update = at_once})->name, "written");
    session->rollback();
    EXPECT_EQ(artist->name, "first");
}

TEST_P(SessionLocks, get_of_no_row_finds_none) {
    EXPECT_FALSE(session->get<Artist>(99, {.with_for_update = ForUpdate{}}));
    EXPECT_THAT(message_of<NoResultFound>(
                    [&] { (void)session->get_one<Artist>(99, {.populate_existing = true}); }),
                HasSubstr("99"));
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { (void)session->get<Shelf>(1, {.populate_existing = true}); }),
                HasSubstr("2 columns"));
}

TEST_P(SessionLocks, get_takes_a_composite_key_as_a_tuple) {
    session->add(Shelf{.room = "hall", .number = 7});
    session->commit();
    const auto shelf = session->get<Shelf>(std::tuple{"hall", 7}, {.with_for_update = ForUpdate{}});
    ASSERT_TRUE(shelf);
    EXPECT_EQ(shelf->number, 7);
}

TEST_P(SessionLocks, refresh_locks_a_row) {
    const auto artist = session->get_one<Artist>(2);
    session->refresh(artist, {.with_for_update = ForUpdate{}});
    EXPECT_EQ(artist->name, "second");
    expect_locked(2);
}

TEST_P(SessionLocks, refresh_of_a_locked_row_throws_at_once_where_it_is_not_to_wait) {
    const auto artist = session->get_one<Artist>(2);
    if (!requirements.row_locks) {
        session->refresh(artist, {.with_for_update = at_once});
        EXPECT_EQ(artist->name, "second");
        return;
    }
    session->commit();
    Session other{engine, model<Artist, Album, Track, Shelf, Genre>("other")};
    (void)other.get_one<Artist>(2, {.with_for_update = ForUpdate{}});
    EXPECT_THAT(message_of<OperationalError>(
                    [&] { session->refresh(artist, {.with_for_update = at_once}); }),
                HasSubstr("NOWAIT"));
    session->rollback();
    other.rollback();
    session->refresh(artist, {.with_for_update = at_once});
    EXPECT_EQ(artist->name, "second");
}

TEST_P(SessionLocks, a_row_that_is_left_out_is_not_taken_for_deleted) {
    const auto artist = session->get_one<Artist>(2);
    session->commit();
    const ForUpdate skipping{.skip_locked = true};
    if (!requirements.row_locks) {
        EXPECT_EQ(session->get<Artist>(2, {.with_for_update = skipping}), artist);
        return;
    }
    Session other{engine, model<Artist, Album, Track, Shelf, Genre>("other")};
    (void)other.get_one<Artist>(2, {.with_for_update = ForUpdate{}});
    EXPECT_FALSE(session->get<Artist>(2, {.with_for_update = skipping}));
    EXPECT_THAT(message_of<InvalidRequestError>(
                    [&] { session->refresh(artist, {.with_for_update = skipping}); }),
                HasSubstr("skip_locked"));
    other.rollback();
    artist->name = "mine";
    session->commit();
    EXPECT_THAT(rows("SELECT name FROM music_artist WHERE id = 2"), ElementsAre("'mine'"));
}

TEST_P(SessionLocks, a_statement_locks_the_objects_that_it_finds) {
    const auto query = select<Artist>().where(col<&Artist::id> == 1);
    EXPECT_EQ(session->scalars(query.with_for_update()).one()->name, "first");
    expect_locked(1);
}

TEST_P(SessionLocks, a_statement_locks_the_rows_of_one_class_of_several) {
    const auto query = select(entity<Artist>, entity<Album>)
                           .join<&Artist::albums>()
                           .with_for_update({.of = {entity<Album>}});
    EXPECT_EQ(session->execute(query).all().size(), 1U);
    if (requirements.lock_of) {
        EXPECT_FALSE(is_locked(1));
    }
    const auto eager = select<Artist>()
                           .where(col<&Artist::id> == 2)
                           .options(joinedload<&Artist::albums>())
                           .with_for_update({.of = {entity<Artist>}});
    EXPECT_EQ(session->scalars(eager).one()->name, "second");
    expect_locked(2);
}

}  // namespace
}  // namespace music
