// SPDX-License-Identifier: MIT
#include "music.hpp"
#include <azoth/mariadb.hpp>
#include <azoth/orm/dml.hpp>

#include <tests/support/schemas.hpp>

// Sessions and schema_translate_map: one model, and the tables of many tenants.

namespace music {
namespace {

class SessionSchemas : public testing::TestWithParam<Database> {
  protected:
    SessionSchemas() {
        for (const char* tenant : {"a", "b"}) {
            shop.create_all(engine_of(tenant));
            Session session{engine_of(tenant), shop};
            const auto artist = session.add(Artist{
                .id = 1, .name = "artist of " + std::string(tenant), .biography = "unknown"});
            const auto shelf = session.add(Shelf{.room = "hall", .number = 1});
            for (int n = 1; n <= 2; ++n) {
                const auto album = artist->albums.add(
                    Album{.title = std::string(tenant) + std::to_string(n),
                          .year = 2000 + n,
                          .tracks = {Track{.title = "track of " + std::string(tenant)}}});
                shelf->albums.add(album);
            }
            session.commit();
        }
    }
    [[nodiscard]] SchemaTranslateMap map_of(std::string_view tenant) const {
        return {{"", schemas[tenant]}};
    }
    [[nodiscard]] StatementOptions options_of(std::string_view tenant) const {
        return {.schema_translate_map = map_of(tenant)};
    }
    [[nodiscard]] Engine engine_of(std::string_view tenant) const {
        return engine.execution_options({.schema_translate_map = map_of(tenant)});
    }
    /// What an artist leads to, all of which has the tenant's name at its end or beginning.
    static void expect_all_of(const Ptr<Artist>& artist, const std::string& tenant) {
        EXPECT_TRUE(artist->name.ends_with(" " + tenant)) << artist->name;
        ASSERT_EQ(artist->albums.size(), 2U);
        for (const auto& album : artist->albums) {
            EXPECT_TRUE(album->title.starts_with(tenant)) << album->title;
            ASSERT_EQ(album->tracks.size(), 1U);
            for (const auto& track : album->tracks) EXPECT_EQ(track->title, "track of " + tenant);
            EXPECT_EQ(album->shelves.size(), 1U);
        }
    }

    const azoth::test::Requirements requirements{GetParam()};
    const azoth::test::Schemas schemas{GetParam(), {"a", "b"}};
    const Engine engine = schemas.make_engine();
    const Model shop = model<Artist, Album, Track, Shelf, Genre>("of tenants");
};
AZOTH_FLUSH_ON_ALL_DATABASES(SessionSchemas);

TEST_P(SessionSchemas, a_session_of_a_tenants_engine_sees_its_tables_alone) {
    for (const char* tenant : {"a", "b", "a"}) {
        Session session{engine_of(tenant), shop};
        const auto artist = session.get<Artist>(1);
        ASSERT_TRUE(artist);
        expect_all_of(artist, tenant);
    }
}

TEST_P(SessionSchemas, a_flush_writes_the_tenants_rows) {
    {
        Session session{engine_of("a"), shop};
        const auto artist = session.get<Artist>(1);
        artist->name = "changed, of a";
        const auto first = *artist->albums.begin();
        session.delete_(*first->tracks.begin());
        session.delete_(first);
        artist->albums.add(Album{.title = "a3", .tracks = {Track{.title = "new"}}});
        session.commit();
        EXPECT_EQ(artist->name, "changed, of a");
        EXPECT_EQ(artist->albums.size(), 2U);
    }
    Session session{engine_of("b"), shop};
    expect_all_of(session.get<Artist>(1), "b");
}

TEST_P(SessionSchemas, a_transaction_has_a_tenant_of_its_own) {
    Session session{engine, shop};
    for (const char* tenant : {"a", "b"}) {
        (void)session.connection({.schema_translate_map = map_of(tenant)});
        expect_all_of(session.get<Artist>(1), tenant);
        session.commit();
        session.expunge_all();
    }
}

TEST_P(SessionSchemas, what_is_loaded_with_a_statement_comes_from_its_schema) {
    for (const char* tenant : {"a", "b"}) {
        Session session{engine, shop};
        const auto query =
            select<Artist>()
                .options(selectinload<&Artist::albums>().selectinload<&Album::tracks>(),
                         selectinload<&Artist::albums>().selectinload<&Album::shelves>())
                .execution_options(options_of(tenant));
        for (const auto& artist : session.scalars(query)) expect_all_of(artist, tenant);
        session.expunge_all();
        for (const auto& artist : session.scalars(query, {}, {.yield_per = 1}))
            expect_all_of(artist, tenant);
        const auto joined =
            select<Artist>()
                .options(joinedload<&Artist::albums>().joinedload<&Album::tracks>(),
                         joinedload<&Artist::albums>().joinedload<&Album::shelves>())
                .execution_options(options_of(tenant));
        session.expunge_all();
        for (const auto& artist : session.scalars(joined).all()) expect_all_of(artist, tenant);
    }
}

TEST_P(SessionSchemas, a_stream_reads_its_statements_schema) {
    for (const char* tenant : {"a", "b"}) {
        Session session{engine, shop};
        std::size_t albums = 0;
        for (const auto& album : session.stream(select<const Album>()
                                                    .options(selectinload<&Album::tracks>())
                                                    .execution_options(options_of(tenant)),
                                                {}, {.yield_per = 1})) {
            EXPECT_TRUE(album->title.starts_with(tenant));
            for (const auto& track : album->tracks)
                EXPECT_EQ(track->title, "track of " + std::string(tenant));
            ++albums;
        }
        EXPECT_EQ(albums, 2U);
    }
}

TEST_P(SessionSchemas, what_is_looked_at_later_comes_from_the_sessions_schema) {
    Session session{engine, shop};
    const auto artist = session.scalars(select<Artist>().execution_options(options_of("b"))).one();
    EXPECT_EQ(artist->name, "artist of b");
    (void)session.connection({.schema_translate_map = map_of("a")});
    ASSERT_EQ(artist->albums.size(), 2U);
    EXPECT_EQ((*artist->albums.begin())->title, "a1");
}

TEST_P(SessionSchemas, UPDATE_and_DELETE_by_criteria_keep_objects_in_step) {
    for (const auto synchronize : {SynchronizeSession::evaluate, SynchronizeSession::fetch}) {
        Session session{engine, shop};
        const auto artist =
            session.scalars(select<Artist>().execution_options(options_of("a"))).one();
        session.execute(update<Artist>()
                            .values(col<&Artist::name> = "renamed, of a")
                            .where(col<&Artist::name>.like("artist%"))
                            .execution_options(options_of("a")),
                        {}, {.synchronize_session = synchronize});
        // what the database has not told is read when it is looked at, by the session's schema
        if (requirements.update_returning || synchronize == SynchronizeSession::evaluate) {
            EXPECT_EQ(artist->name, "renamed, of a");
        }
        session.execute(delete_<Track>()
                            .where(col<&Track::title> == "track of a")
                            .execution_options(options_of("a")),
                        {}, {.synchronize_session = synchronize});
        session.rollback();
    }
    Session session{engine_of("b"), shop};
    expect_all_of(session.get<Artist>(1), "b");
}

TEST_P(SessionSchemas, rows_in_great_number_go_where_the_statement_says) {
    Session session{engine, shop};
    std::vector<Genre> genres;
    for (int i = 0; i < 100; ++i) genres.push_back({.name = "genre " + std::to_string(i)});
    session.execute(insert<Genre>().execution_options(options_of("b")), genres);
    const auto count = select(func::count(col<&Genre::id>));
    EXPECT_EQ(session.scalars(count.execution_options(options_of("b"))).one(), 100);
    EXPECT_EQ(session.scalars(count.execution_options(options_of("a"))).one(), 0);
    session.rollback();
}

TEST_P(SessionSchemas, identity_does_not_know_of_schemas) {
    Session session{engine, shop};
    const auto of_a = session.scalars(select<Artist>().execution_options(options_of("a"))).one();
    const auto of_b = session.scalars(select<Artist>().execution_options(options_of("b"))).one();
    EXPECT_EQ(of_a, of_b) << "one class and key is one object, as in SQLAlchemy";
    EXPECT_EQ(of_b->name, "artist of a");
}

}  // namespace
}  // namespace music
