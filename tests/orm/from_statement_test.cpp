// SPDX-License-Identifier: MIT
#include "music.hpp"
#include <azoth/orm/bundle.hpp>
#include <azoth/sql/functions.hpp>
#include <azoth/sql/statement.hpp>

// select<T>().from_statement(…): objects out of the rows of any statement.

namespace music {
namespace {

class FromStatement : public MusicTest {
  protected:
    Strings names(const Select<Ptr<Artist>>& statement) {
        Strings found;
        for (const auto& artist : session->scalars(statement)) found.push_back(artist->name);
        return found;
    }
    template <class... Ts>
    std::string refusal(const Select<Ts...>& statement) {
        return message_of<ArgumentError>([&] { (void)session->execute(statement); });
    }
    [[nodiscard]] static auto artists(const sql::Statement& statement) {
        return select<Artist>().from_statement(statement);
    }
};
AZOTH_FLUSH_ON_ALL_DATABASES(FromStatement);

// --- text ----------------------------------------------------------------------------------------

TEST_P(FromStatement, a_text_is_matched_by_the_names_of_its_columns) {
    fill(3);
    EXPECT_THAT(names(artists(text("SELECT name, biography, 7 AS other, id FROM music_artist "
                                   "ORDER BY name DESC"))),
                ElementsAre("a2", "a1", "a0"));
    const auto known = session->get<Artist>(1);
    EXPECT_EQ(session
                  ->scalars(artists(text("SELECT id, name FROM music_artist WHERE id = :id")),
                            {{"id", 1}})
                  .one(),
              known)
        << "they are the session's objects";
}

TEST_P(FromStatement, a_text_says_by_columns_which_they_are_whatever_their_names) {
    fill(3);
    const auto named = text("SELECT name AS x, id AS y FROM music_artist ORDER BY id")
                           .columns(col<&Artist::name>, col<&Artist::id>);
    EXPECT_THAT(names(artists(named)), ElementsAre("a0", "a1", "a2"));
    const auto whole = text("SELECT id AS x, name AS y FROM music_artist ORDER BY id DESC")
                           .columns(entity<Artist>);
    EXPECT_THAT(names(artists(whole)), ElementsAre("a2", "a1", "a0"));
}

TEST_P(FromStatement, values_of_a_text_are_what_the_members_hold) {
    fill(1);
    session->add(Album{.title = "no artist", .year = 1990});
    session->flush();
    const auto album = session
                           ->scalars(select<Album>().from_statement(
                               text("SELECT artist_id, year, title, id FROM music_album")))
                           .one();
    EXPECT_EQ(album->title, "no artist");
    EXPECT_EQ(album->year, 1990);
    EXPECT_EQ(album->artist_id, std::nullopt);
    EXPECT_THROW((void)session->scalars(select<Album>().from_statement(text(
                     "SELECT artist_id, 'many' AS year, title, id + 100 AS id FROM music_album"))),
                 DataError);
    EXPECT_THROW((void)session->scalars(select<Album>().from_statement(text(
                     "SELECT artist_id, NULL AS year, title, id + 100 AS id FROM music_album"))),
                 NullValueError);
}

TEST_P(FromStatement, a_missing_column_is_named_with_what_there_is) {
    fill(1);
    EXPECT_THAT(refusal(artists(text("SELECT id, name AS title FROM music_artist"))),
                testing::AllOf(HasSubstr("no column 'name' for music::Artist::name"),
                               HasSubstr("'id', 'title'"), HasSubstr("columns(")));
    EXPECT_THAT(refusal(artists(text("SELECT id FROM music_artist").columns(col<&Artist::id>))),
                HasSubstr("no column 'name' for music::Artist::name"));
    EXPECT_THAT(refusal(artists(text("DELETE FROM music_track"))), HasSubstr("it has none"));
    EXPECT_THAT(refusal(artists(text("SELECT 1, 'x'").columns<std::int64_t, std::string>())),
                HasSubstr("no column 'id'"));
}

TEST_P(FromStatement, names_that_two_columns_have_or_two_members_want_are_ambiguous) {
    fill(2);
    EXPECT_THAT(
        refusal(artists(text("SELECT a.id, a.name, b.id FROM music_artist a, music_album b"))),
        testing::AllOf(HasSubstr("more than one column 'id' for music::Artist::id"),
                       HasSubstr("'music_artist_id'")));
    const auto both = select<Artist, Album>();
    EXPECT_THAT(refusal(both.from_statement(
                    text("SELECT a.id, name, title, year, artist_id FROM music_artist a JOIN "
                         "music_album b ON a.id = artist_id"))),
                testing::AllOf(HasSubstr("could be music::Artist::id and music::Album::id"),
                               HasSubstr("'music_album_id'")));
    int count = 0;
    for (const auto& [artist, album] : session->execute(both.from_statement(
             text("SELECT a.id AS music_artist_id, b.id AS music_album_id, name, title, year, "
                  "artist_id FROM music_artist a JOIN music_album b ON a.id = artist_id")))) {
        EXPECT_EQ(album->artist_id, artist->id);
        ++count;
    }
    EXPECT_EQ(count, 1);
}

// --- selects and what changes rows ---------------------------------------------------------------

TEST_P(FromStatement, a_union_of_selects_gives_objects) {
    fill(4);
    const auto both = union_(select<Artist>().where(col<&Artist::name> == "a1"),
                             select<Artist>().where(col<&Artist::name> == "a3"));
    auto found = names(artists(both));
    std::sort(found.begin(), found.end());
    EXPECT_THAT(found, ElementsAre("a1", "a3"));
    EXPECT_THAT(names(artists(select<Artist>().order_by(col<&Artist::id>.desc()).limit(1))),
                ElementsAre("a3"));
}

TEST_P(FromStatement, a_select_of_the_core_gives_objects_by_its_columns) {
    fill(3);
    const auto table = session->model().entity<Artist>();
    const auto id = table.col<&Artist::id>();
    const auto name = table.col<&Artist::name>();
    EXPECT_THAT(names(artists(select(name, func::count(), id).group_by(id, name).order_by(id))),
                ElementsAre("a0", "a1", "a2"));
    reopen();
    EXPECT_THAT(names(artists(select(id, func::upper(name).label("name")).order_by(id))),
                ElementsAre("A0", "A1", "A2"))
        << "what is no column of the class is taken by its name";
}

TEST_P(FromStatement, values_and_bundles_are_found_too) {
    fill(2);
    const auto grouped =
        select(col<&Album::artist_id>, func::count(col<&Album::id>).label("n"), col<&Artist::name>)
            .join<&Album::artist>()
            .where(col<&Album::year> > 1900)
            .group_by(col<&Album::artist_id>, col<&Artist::name>);
    const auto pair =
        bundle("pair", literal_column<std::int64_t>("n").label("n"), col<&Album::artist_id>);
    for (const auto& [name, row] :
         session->execute(select(col<&Artist::name>, pair).from_statement(grouped))) {
        EXPECT_EQ(name, "a1");
        EXPECT_EQ(row.get<0>(), 1);
        EXPECT_TRUE(row.get<1>().has_value());
    }
    EXPECT_THAT(refusal(select(func::count()).from_statement(grouped)),
                HasSubstr("give it the label"));
}

TEST_P(FromStatement, rows_that_a_statement_returns_are_objects) {
    fill(2);
    const auto table = session->model().entity<Artist>();
    const auto known = session->scalars(select<Artist>().where(col<&Artist::name> == "a1")).one();
    const auto renamed = update(table)
                             .where(table.col<&Artist::name>() == "a1")
                             .values(detail::assign<std::string>(table.col<&Artist::name>().core(),
                                                                 std::string("new")))
                             .returning(table.col<&Artist::id>(), table.col<&Artist::name>());
    if (refuses_returning([&] { (void)session->scalars(artists(renamed)); }))
        known->name = "new";
    else
        EXPECT_EQ(session->scalars(artists(renamed), {}, {.populate_existing = true}).one(), known);
    EXPECT_EQ(known->name, "new");
    const auto inserted = insert(table)
                              .values(detail::assign<std::string>(table.col<&Artist::name>().core(),
                                                                  std::string("fresh")),
                                      detail::assign<std::string>(
                                          table.col<&Artist::biography>().core(), std::string("-")))
                              .returning(table.col<&Artist::name>(), table.col<&Artist::id>());
    const auto fresh = session->scalars(artists(inserted)).one();
    EXPECT_EQ(fresh->name, "fresh");
    fresh->name = "changed";
    session->commit();
    EXPECT_THAT(rows("select name from music_artist order by name"),
                ElementsAre("'a0'", "'changed'", "'new'"));
    EXPECT_THAT(refusal(artists(delete_(table))), HasSubstr("returning("));
}

TEST_P(FromStatement, a_key_that_an_insert_alone_returns_is_found) {
    fill(0);
    const auto table = session->model().entity<Genre>();
    const auto inserted = insert(table)
                              .values(detail::assign<std::string>(table.col<&Genre::name>().core(),
                                                                  std::string("jazz")))
                              .returning(table.col<&Genre::id>());
    EXPECT_EQ(session->scalar(select(col<&Genre::id>).from_statement(inserted)), 1);
}

// --- options -------------------------------------------------------------------------------------

TEST_P(FromStatement, its_objects_load_along) {
    fill(3);
    for (const auto& option : {selectinload<&Artist::albums>().selectinload<&Album::tracks>(),
                               joinedload<&Artist::albums>().joinedload<&Album::tracks>()}) {
        reopen();
        const auto all = session
                             ->scalars(artists(text("SELECT id, name FROM music_artist WHERE "
                                                    "name <> 'a0' ORDER BY id"))
                                           .options(option))
                             .all();
        (void)sent();
        EXPECT_EQ(shown(all), "a1: a1.1(t1 t2); a2: a2.1(t1 t2) a2.2(t1 t2)");
        EXPECT_THAT(sent(), IsEmpty());
    }
}

TEST_P(FromStatement, contains_eager_takes_what_the_rows_have) {
    fill(3);
    const auto joined =
        text(
            "SELECT a.id, a.name, b.id, b.title, b.year, b.artist_id FROM music_artist a JOIN "
            "music_album b ON b.artist_id = a.id ORDER BY a.id, b.id")
            .columns(entity<Artist>, entity<Album>);
    const auto by_names = text(
        "SELECT a.id AS music_artist_id, name, b.id AS music_album_id, title, year, artist_id FROM "
        "music_artist a JOIN music_album b ON b.artist_id = a.id ORDER BY a.id, b.id");
    const auto selected = select(entity<Album>, entity<Artist>)
                              .join<&Artist::albums>()
                              .order_by(col<&Artist::id>, col<&Album::id>);
    for (const sql::Statement* statement :
         std::vector<const sql::Statement*>{&joined, &by_names, &selected}) {
        reopen();
        const auto all =
            session->scalars(artists(*statement).options(contains_eager<&Artist::albums>())).all();
        ASSERT_EQ(all.size(), 2U);
        (void)sent();
        EXPECT_THAT(titles(all[1]), ElementsAre("a2.1", "a2.2"));
        EXPECT_THAT(sent(), IsEmpty());
    }
    EXPECT_THAT(refusal(artists(text("SELECT 1, 'x'").columns(entity<Artist>))
                            .options(contains_eager<&Artist::albums>())),
                HasSubstr("for music::Album::"));
}

TEST_P(FromStatement, a_deferred_column_comes_where_an_option_wants_it) {
    fill(1);
    const auto with = artists(text("SELECT id, biography, name FROM music_artist"))
                          .options(undefer<&Artist::biography>());
    EXPECT_TRUE(session->scalars(with).one()->biography.is_loaded());
    EXPECT_THAT(refusal(artists(text("SELECT id, name FROM music_artist"))
                            .options(undefer<&Artist::biography>())),
                HasSubstr("Artist::biography"));
}

TEST_P(FromStatement, aliases_are_found_by_their_own_columns) {
    fill(2);
    const auto other = aliased<Artist>("other");
    const auto pairs = select(entity<Artist>, other)
                           .where(col<&Artist::name> == "a0", other.col<&Artist::name>() == "a1");
    for (const auto& [b, a] :
         session->execute(select(other, entity<Artist>).from_statement(pairs))) {
        EXPECT_EQ(a->name, "a0");
        EXPECT_EQ(b->name, "a1");
    }
}

// --- what is refused -----------------------------------------------------------------------------

TEST_P(FromStatement, nothing_but_options_can_be_added) {
    fill(1);
    const auto plain = artists(text("SELECT id, name FROM music_artist"));
    for (const auto& statement :
         {plain.where(col<&Artist::id> == 1), plain.order_by(col<&Artist::id>), plain.limit(1),
          plain.join<&Artist::albums>(), plain.distinct()})
        EXPECT_THAT(refusal(statement), HasSubstr("only options() can be added"));
    EXPECT_THROW((void)plain.from_statement(text("SELECT 1")), ArgumentError);
    EXPECT_THAT(refusal(select(col<&Artist::id> + 1).from_statement(text("SELECT 1 AS id"))),
                HasSubstr("with values"));
    EXPECT_THAT(refusal(select(aliased<Artist>(plain.subquery("s")))),
                HasSubstr("no part of others"));
    EXPECT_THAT(refusal(artists(plain)), HasSubstr("no part of others"));
    EXPECT_THAT(refusal(plain.options(selectinload<&Album::tracks>())),
                HasSubstr("the statement selects no objects of it"));
    EXPECT_THROW((void)engine.connect().execute(
                     select(literal_column<int>("1")).from_statement(text("SELECT 1"))),
                 ArgumentError);
}

TEST_P(FromStatement, an_empty_table_gives_no_objects_and_its_columns_are_checked) {
    fill(0);
    EXPECT_THAT(names(artists(text("SELECT id, name FROM music_artist"))), IsEmpty());
    EXPECT_THAT(refusal(artists(text("SELECT id FROM music_artist"))), HasSubstr("'name'"));
}

TEST_P(FromStatement, windows_and_streams_read_it_too) {
    fill(3);
    const auto statement = text("SELECT name, id FROM music_artist ORDER BY id");
    Strings seen;
    for (const auto& artist :
         session->stream(select<const Artist>().from_statement(statement), {}, {.yield_per = 2}))
        seen.push_back(artist->name);
    EXPECT_THAT(seen, ElementsAre("a0", "a1", "a2"));
    EXPECT_EQ(session->scalars(artists(statement), {}, {.yield_per = 2}).all().size(), 3U);
}

TEST_P(FromStatement, R20_other_statements_are_other_keys) {
    fill(2);
    EXPECT_TRUE(sql::equal(artists(select<Artist>().where(col<&Artist::id> == 1)).node(),
                           artists(select<Artist>().where(col<&Artist::id> == 2)).node()));
    EXPECT_FALSE(sql::equal(artists(text("SELECT 1")).node(), artists(text("SELECT 2")).node()));
    EXPECT_FALSE(sql::equal(
        artists(text("SELECT 1, 2").columns(col<&Artist::id>, col<&Artist::name>)).node(),
        artists(text("SELECT 1, 2").columns(col<&Artist::name>, col<&Artist::id>)).node()));
    EXPECT_THAT(names(artists(select<Artist>().where(col<&Artist::name> == "a1"))),
                ElementsAre("a1"));
    EXPECT_THAT(names(artists(select<Artist>().where(col<&Artist::name> == "a0"))),
                ElementsAre("a0"));
}

}  // namespace
}  // namespace music
