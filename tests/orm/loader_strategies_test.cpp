// SPDX-License-Identifier: MIT
#include "music.hpp"

// Each strategy loads the same; they differ in the statements that they send, and when.

namespace music {
namespace {

const std::string three = "a0:; a1: a1.1(t1 t2); a2: a2.1(t1 t2) a2.2(t1 t2)";

class LoaderStrategies : public MusicTest {
  protected:
    /// The artists of a statement, and what it sent.
    std::vector<Ptr<Artist>> load(const Select<Ptr<Artist>>& statement) {
        (void)sent();
        auto artists = session->scalars(statement).all();
        sent_ = sent();
        return artists;
    }
    Strings sent_;
};

AZOTH_FLUSH_ON_ALL_DATABASES(LoaderStrategies);

Select<Ptr<Artist>> artists() {
    return select<Artist>().order_by(col<&Artist::id>);
}

TEST_P(LoaderStrategies, selectinload_sends_one_statement_for_all_owners_at_each_level) {
    fill(3);
    const auto all =
        load(artists().options(selectinload<&Artist::albums>().selectinload<&Album::tracks>()));
    EXPECT_THAT(sent_,
                ElementsAre("SELECT music_artist", "SELECT music_album", "SELECT music_track"));
    EXPECT_EQ(shown(all), three);
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(LoaderStrategies, joinedload_sends_one_statement_and_returns_each_object_once) {
    fill(3);
    const auto all =
        load(artists().options(joinedload<&Artist::albums>().joinedload<&Album::tracks>()));
    EXPECT_THAT(sent_, ElementsAre("SELECT music_artist"));
    EXPECT_EQ(shown(all), three);
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(LoaderStrategies, joinedload_of_two_collections_at_once_fills_both_without_repetition) {
    fill(4);
    (void)sent();
    const auto albums =
        session
            ->scalars(select<Album>()
                          .order_by(col<&Album::id>)
                          .options(joinedload<&Album::tracks>(), joinedload<&Album::shelves>()))
            .all();
    EXPECT_THAT(sent(), ElementsAre("SELECT music_album"));
    ASSERT_EQ(albums.size(), 6U);
    for (const auto& album : albums) {
        EXPECT_EQ(album->tracks.size(), 2U);
        EXPECT_EQ(album->shelves.size(), album->title.ends_with(".2") ? 1U : 0U) << album->title;
    }
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(LoaderStrategies, joinedload_of_a_collection_under_limit_counts_owners_and_not_rows) {
    fill(5);
    const auto all = load(select<Artist>()
                              .where(col<&Artist::name> != "a4")
                              .order_by(col<&Artist::name>.desc())
                              .limit(2)
                              .options(joinedload<&Artist::albums>()));
    EXPECT_THAT(sent_, ElementsAre(HasSubstr("SELECT")));
    ASSERT_EQ(all.size(), 2U);
    EXPECT_THAT(titles(all[0]), ElementsAre("a3.1", "a3.2", "a3.3"));
    EXPECT_THAT(titles(all[1]), ElementsAre("a2.1", "a2.2"));
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(LoaderStrategies, joinedload_under_limit_keeps_an_order_by_an_expression_with_values) {
    fill(5);
    const auto all = load(select<Artist>()
                              .where(col<&Artist::id> > 0)
                              .order_by(case_(when(col<&Artist::name> == "a3", 0),
                                              when(col<&Artist::name> == "a1", 1))
                                            .else_(2),
                                        col<&Artist::id>.desc())
                              .limit(3)
                              .offset(1)
                              .options(joinedload<&Artist::albums>()));
    Strings names;
    for (const auto& artist : all) names.push_back(artist->name);
    EXPECT_THAT(names, ElementsAre("a1", "a4", "a2"));
    EXPECT_EQ(all[1]->albums.size(), 4U);
}

TEST_P(LoaderStrategies, joinedload_under_limit_counts_parameters_with_values_of_their_own) {
    fill(5);
    const auto all = load(select<Artist>()
                              .where(col<&Artist::id> > bindparam<std::int64_t>("least", 1))
                              .order_by(col<&Artist::id> * -1)
                              .limit(2)
                              .options(joinedload<&Artist::albums>()));
    Strings names;
    for (const auto& artist : all) names.push_back(artist->name);
    EXPECT_THAT(names, ElementsAre("a4", "a3"));
}

TEST_P(LoaderStrategies, joinedload_by_an_inner_join_leaves_owners_without_objects_out) {
    fill(3);
    const auto all = load(artists().options(joinedload<&Artist::albums>({.innerjoin = true})));
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0]->name, "a1");
}

TEST_P(LoaderStrategies, conditions_on_what_is_joined_to_later_statements_are_those_of_the_run) {
    fill(3);
    for (const std::string title : {"t1", "t2"}) {
        session->expunge_all();
        const auto all = load(
            artists().options(selectinload<&Artist::albums>().joinedload<&Album::tracks>().and_(
                col<&Track::title> == title)));
        EXPECT_EQ(shown(all),
                  "a0:; a1: a1.1(" + title + "); a2: a2.1(" + title + ") a2.2(" + title + ")");
    }
}

TEST_P(LoaderStrategies, undefer_of_objects_that_a_subquery_selects_is_refused) {
    fill(3);
    const auto inner = select<Artist>().subquery("inner_artists");
    const auto from_subquery = select(inner.get<0>()).order_by(inner[col<&Artist::id>]);
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { (void)load(from_subquery.options(undefer<&Artist::biography>())); }),
                testing::AllOf(HasSubstr("undefer<…>()"), HasSubstr("aliased<")));
    EXPECT_EQ(shown(load(from_subquery.options(
                  selectinload<&Artist::albums>().selectinload<&Album::tracks>()))),
              three);
    const auto whole =
        aliased<Artist>(select(entity<Artist>, col<&Artist::biography>).subquery("whole"));
    const auto all = load(select(whole)
                              .order_by(whole.col<&Artist::id>())
                              .options(Load(whole).undefer<&Artist::biography>()));
    EXPECT_EQ(*all[2]->biography, "born a2");
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(LoaderStrategies, conditions_ask_no_subqueries_in_from_with_values_of_their_own) {
    fill(3);
    const auto titled =
        select(col<&Album::id>).where(col<&Album::title> == "a1.1").subquery("titled");
    const auto among = col<&Album::id>.in(select(titled[col<&Album::id>]));
    const auto refusal = [&](const auto& option) {
        return message_of<ArgumentError>([&] { (void)load(artists().options(option)); });
    };
    EXPECT_THAT(
        refusal(selectinload<&Artist::albums>().and_(among)),
        testing::AllOf(HasSubstr("subquery 'titled'"), HasSubstr("in(select(…).where(…))")));
    EXPECT_THAT(refusal(with_loader_criteria<Artist>(among)), HasSubstr("subquery 'titled'"));
    const auto all = select(col<&Album::id>).subquery("all_albums");
    EXPECT_EQ(shown(load(artists().options(
                  selectinload<&Artist::albums>()
                      .and_(col<&Album::id>.in(select(all[col<&Album::id>])) &&
                            col<&Album::id>.in(
                                select(col<&Album::id>).where(col<&Album::title> == "a1.1")))
                      .selectinload<&Album::tracks>()))),
              "a0:; a1: a1.1(t1 t2); a2:");
}

TEST_P(LoaderStrategies, joinedload_of_a_one_brings_the_object_or_none) {
    fill(2);
    session->add(Album{.title = "anonymous"});
    session->commit();
    reopen();
    const auto albums =
        session
            ->scalars(
                select<Album>().order_by(col<&Album::id>).options(joinedload<&Album::artist>()))
            .all();
    EXPECT_THAT(sent(), ElementsAre("SELECT music_album"));
    ASSERT_EQ(albums.size(), 2U);
    EXPECT_EQ(albums[0]->artist->name, "a1");
    EXPECT_FALSE(albums[1]->artist);
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(LoaderStrategies, joinedload_among_objects_and_values_gives_each_row_once) {
    fill(3);
    auto rows = session->execute(select(entity<Artist>, col<&Artist::name>)
                                     .order_by(col<&Artist::id>)
                                     .options(joinedload<&Artist::albums>()));
    Strings seen;
    for (const auto& [artist, name] : rows)
        seen.push_back(name + std::to_string(artist->albums.size()));
    EXPECT_THAT(seen, ElementsAre("a00", "a11", "a22"));
}

TEST_P(LoaderStrategies, selectinload_of_a_one_asks_for_each_object_once_and_not_for_known_ones) {
    fill(4);
    const auto a3 = session->scalars(select<Artist>().where(col<&Artist::name> == "a3")).one();
    (void)sent();
    const auto albums =
        session->scalars(select<Album>().options(selectinload<&Album::artist>())).all();
    EXPECT_THAT(sent(), ElementsAre("SELECT music_album", "SELECT music_artist"));
    for (const auto& album : albums) EXPECT_TRUE(album->title.starts_with(album->artist->name));
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(LoaderStrategies, selectinload_goes_through_composite_keys_of_many_to_many) {
    fill(5);
    session->add(Shelf{.room = "attic", .number = 7});
    session->commit();
    reopen();
    const auto shelves =
        session
            ->scalars(select<Shelf>()
                          .order_by(col<&Shelf::room>)
                          .options(selectinload<&Shelf::albums>().selectinload<&Album::shelves>()))
            .all();
    EXPECT_THAT(sent(), ElementsAre("SELECT music_shelf", "SELECT music_album_shelf",
                                    "SELECT music_album_shelf"));
    ASSERT_EQ(shelves.size(), 2U);
    EXPECT_EQ(shelves[0]->albums.size(), 0U);
    Strings found;
    for (const auto& album : shelves[1]->albums) {
        found.push_back(album->title);
        EXPECT_EQ(album->shelves.size(), 1U);
    }
    EXPECT_THAT(found, ElementsAre("a4.4", "a4.2", "a3.2", "a2.2"));
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(LoaderStrategies, selectinload_takes_owners_in_chunks) {
    fill(6);
    const auto all = load(artists().options(selectinload<&Artist::albums>({.chunksize = 2})));
    EXPECT_THAT(sent_, ElementsAre("SELECT music_artist", "SELECT music_album",
                                   "SELECT music_album", "SELECT music_album"));
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i]->albums.size(), i);
}

TEST_P(LoaderStrategies, selectinload_recurses_to_a_depth_or_to_the_end) {
    fill(0);
    Ptr<Genre> above;
    for (int level = 0; level < 5; ++level) {
        const auto genre = session->add(Genre{.name = "g" + std::to_string(level)});
        if (above) above->children.add(genre);
        above = genre;
    }
    session->commit();
    above = nullptr;
    const auto roots = select<Genre>().where(col<&Genre::parent_id> == std::nullopt);
    reopen();
    auto root =
        session->scalars(roots.options(selectinload<&Genre::children>({.recursion_depth = 2})))
            .one();
    EXPECT_EQ(sent().size(), 4U);
    EXPECT_EQ(root->children[0]->children[0]->children[0]->name, "g3");
    EXPECT_THAT(sent(), IsEmpty());
    root = nullptr;
    reopen();
    root = session->scalars(roots.options(selectinload<&Genre::children>({.recursion_depth = -1})))
               .one();
    EXPECT_EQ(sent().size(), 6U);
    EXPECT_EQ(root->children[0]->children[0]->children[0]->children[0]->children.size(), 0U);
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(LoaderStrategies, immediateload_recurses_to_a_depth) {
    fill(0);
    session->add(Genre{.name = "root",
                       .children = {Genre{.name = "leaf", .children = {Genre{.name = "bud"}}}}});
    session->commit();
    reopen();
    const auto root =
        session
            ->scalars(select<Genre>()
                          .where(col<&Genre::name> == "root")
                          .options(immediateload<&Genre::children>({.recursion_depth = 1})))
            .one();
    EXPECT_EQ(sent().size(), 3U);
    EXPECT_EQ(root->children[0]->children[0]->name, "bud");
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(LoaderStrategies, subqueryload_and_immediateload_load_the_same_before_the_first_object) {
    fill(3);
    auto all =
        load(artists().options(subqueryload<&Artist::albums>().subqueryload<&Album::tracks>()));
    EXPECT_THAT(sent_, ElementsAre("SELECT music_artist", testing::_, testing::_));
    EXPECT_EQ(shown(all), three);
    EXPECT_THAT(sent(), IsEmpty());
    all.clear();
    reopen();
    all = load(artists().options(immediateload<&Artist::albums>().immediateload<&Album::tracks>()));
    EXPECT_EQ(sent_.size(), 1U + 3U + 3U);
    EXPECT_EQ(shown(all), three);
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(LoaderStrategies, raiseload_refuses_and_names_the_remedy) {
    fill(2);
    const auto all = load(artists().options(raiseload<&Artist::albums>()));
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)all[1]->albums.size(); }),
                testing::AllOf(HasSubstr("Artist::albums"), HasSubstr("selectinload<&")));
}

TEST_P(LoaderStrategies, raiseload_for_sql_only_lets_what_the_session_has_through) {
    fill(2);
    const auto all = load(artists());
    auto albums =
        session->scalars(select<Album>().options(raiseload<&Album::artist>({.sql_only = true})))
            .all();
    EXPECT_EQ(albums.at(0)->artist, all[1]);
    albums.clear();
    reopen();
    albums =
        session->scalars(select<Album>().options(raiseload<&Album::artist>({.sql_only = true})))
            .all();
    EXPECT_THROW((void)albums.at(0)->artist->name, InvalidRequestError);
}

TEST_P(LoaderStrategies, raiseload_of_everything_spares_what_another_option_names) {
    fill(2);
    const auto all = load(artists().options(raiseload("*"), selectinload<&Artist::albums>()));
    EXPECT_EQ(all[1]->albums.size(), 1U);
    EXPECT_THROW((void)all[1]->albums[0]->tracks.size(), InvalidRequestError);
    EXPECT_THROW((void)raiseload("albums"), ArgumentError);
}

TEST_P(LoaderStrategies, a_wildcard_of_one_class_holds_for_its_objects_alone) {
    fill(2);
    const auto all = load(artists().options(selectinload<&Artist::albums>().raiseload("*")));
    EXPECT_THROW((void)all[1]->albums[0]->tracks.size(), InvalidRequestError);
    EXPECT_THROW((void)all[1]->albums[0]->shelves.size(), InvalidRequestError);
}

TEST_P(LoaderStrategies, noload_shows_nothing_and_deletes_nothing) {
    fill(2);
    const auto all = load(artists().options(noload<&Artist::albums>()));
    EXPECT_EQ(all[1]->albums.size(), 0U);
    session->commit();
    EXPECT_THAT(rows("SELECT count(*) FROM music_album WHERE artist_id IS NOT NULL"),
                ElementsAre("1"));
}

TEST_P(LoaderStrategies, contains_eager_takes_what_the_statement_joined_and_filtered) {
    fill(4);
    const auto all = load(select<Artist>()
                              .join<&Artist::albums>()
                              .where(col<&Album::year> >= 2002)
                              .order_by(col<&Album::id>)
                              .options(contains_eager<&Artist::albums>()));
    EXPECT_THAT(sent_, ElementsAre("SELECT music_artist"));
    ASSERT_EQ(all.size(), 2U);
    EXPECT_THAT(titles(all[0]), ElementsAre("a2.2"));
    EXPECT_THAT(titles(all[1]), ElementsAre("a3.2", "a3.3"));
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(LoaderStrategies, contains_eager_takes_an_alias_too_and_goes_on_from_it) {
    fill(3);
    const auto record = aliased<Album>("record");
    const auto all =
        load(artists()
                 .join<&Artist::albums>(record)
                 .where(record.col<&Album::title>() == "a2.1")
                 .options(contains_eager<&Artist::albums>(record).joinedload<&Album::tracks>()));
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(shown(all), "a2: a2.1(t1 t2)");
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(LoaderStrategies, contains_eager_of_what_is_not_joined_is_refused) {
    fill(1);
    EXPECT_THAT(
        message_of<ArgumentError>([&] {
            (void)session->scalars(select<Artist>().options(contains_eager<&Artist::albums>()));
        }),
        HasSubstr("Artist::albums"));
}

TEST_P(LoaderStrategies, an_option_for_what_is_not_selected_is_refused) {
    fill(1);
    EXPECT_THAT(
        message_of<ArgumentError>([&] {
            (void)session->scalars(select<Artist>().options(selectinload<&Album::tracks>()));
        }),
        HasSubstr("class music::Album"));
}

TEST_P(LoaderStrategies, options_of_an_alias_hold_for_it_and_not_for_the_class) {
    fill(2);
    const auto other = aliased<Artist>("other");
    auto result = session->execute(select(entity<Artist>, other)
                                       .where(other.col<&Artist::name>() != col<&Artist::name>)
                                       .where(other.col<&Artist::name>() == "a1")
                                       .options(Load(other).raiseload<&Artist::albums>()));
    const auto row = result.one();
    EXPECT_NO_THROW((void)row.get<0>()->albums.size());
    EXPECT_THROW((void)row.get<1>()->albums.size(), InvalidRequestError);
}

TEST_P(LoaderStrategies, and_limits_what_each_strategy_loads) {
    fill(4);
    const auto late = [](std::int64_t year) { return col<&Album::year> >= year; };
    for (const std::int64_t year : {2002, 2003}) {
        for (const auto& option : {selectinload<&Artist::albums>().and_(late(year)),
                                   joinedload<&Artist::albums>().and_(late(year)),
                                   immediateload<&Artist::albums>().and_(late(year)),
                                   lazyload<&Artist::albums>().and_(late(year))}) {
            reopen();
            const auto all = load(artists().options(option));
            ASSERT_EQ(all.size(), 4U);
            EXPECT_EQ(all[1]->albums.size(), 0U);
            EXPECT_EQ(titles(all[3]), year == 2002 ? (Strings{"a3.2", "a3.3"}) : Strings{"a3.3"});
        }
    }
}

TEST_P(LoaderStrategies, and_limits_a_one_also_where_the_session_has_its_object) {
    fill(2);
    for (const auto& option : {selectinload<&Album::artist>(), immediateload<&Album::artist>(),
                               joinedload<&Album::artist>(), lazyload<&Album::artist>()}) {
        reopen();
        const auto held = load(artists());
        const auto album =
            session->scalars(select<Album>().options(option.and_(col<&Artist::name> == "other")))
                .one();
        EXPECT_FALSE(album->artist);
    }
}

TEST_P(LoaderStrategies, with_loader_criteria_holds_for_all_objects_of_a_class) {
    fill(4);
    const auto recent = with_loader_criteria<Album>(col<&Album::year> == 2002);
    auto albums = session->scalars(select<Album>().options(recent)).all();
    EXPECT_EQ(albums.size(), 2U);
    albums.clear();
    reopen();
    const auto all = load(artists().options(recent));
    EXPECT_THAT(titles(all[3]), ElementsAre("a3.2"));  // when it is looked at
    reopen();
    const auto again = load(artists().options(recent, joinedload<&Artist::albums>()));
    EXPECT_THAT(titles(again[3]), ElementsAre("a3.2"));
}

TEST_P(LoaderStrategies, with_loader_criteria_holds_in_joins_and_subqueries_too) {
    fill(4);
    const auto recent = with_loader_criteria<Album>(col<&Album::year> >= 2002);
    const auto titles_of = [&](const auto& statement) {
        Strings found;
        for (const auto& [title] : session->execute(statement.options(recent)))
            found.push_back(title.value_or("none"));
        return found;
    };
    const auto title = nullable(col<&Album::title>);
    EXPECT_THAT(titles_of(select(title).order_by(col<&Album::id>)),
                ElementsAre("a2.2", "a3.2", "a3.3"));
    const auto joined = select(title).select_from(entity<Artist>).where(col<&Artist::id> < 4);
    EXPECT_THAT(titles_of(joined.join<&Artist::albums>().order_by(col<&Album::id>)),
                ElementsAre("a2.2"));
    EXPECT_THAT(titles_of(joined.outer_join<&Artist::albums>().order_by(col<&Artist::id>)),
                ElementsAre("none", "none", "a2.2"));
    EXPECT_THAT(
        titles_of(joined.outer_join(entity<Album>, col<&Album::artist_id> == col<&Artist::id>)
                      .order_by(col<&Artist::id>)),
        ElementsAre("none", "none", "a2.2"));
    EXPECT_THAT(titles_of(select(title).where(col<&Album::id>.in(
                    select(func::max(col<&Album::id>)).where(col<&Album::title>.like("a2%"))))),
                ElementsAre("a2.2"));
    EXPECT_THROW((void)titles_of(joined.join(entity<Album>)), ArgumentError);
}

TEST_P(LoaderStrategies, with_loader_criteria_holds_for_aliases_where_they_are_included) {
    fill(3);
    const auto album = aliased<Album>("x");
    const auto condition = col<&Album::year> == 2002;
    const auto count = [&](const auto& statement, CriteriaOptions options) {
        return session->execute(statement.options(with_loader_criteria<Album>(condition, options)))
            .all()
            .size();
    };
    const CriteriaOptions with{.include_aliases = true};
    EXPECT_EQ(count(select(album), {}), 3U);
    EXPECT_EQ(count(select(album), with), 1U);
    const auto joined = select(entity<Artist>).join<&Artist::albums>(album);
    EXPECT_EQ(count(joined, {}), 3U);
    EXPECT_EQ(count(joined, with), 1U);
    const auto on =
        select(entity<Artist>).join(album, album.col<&Album::artist_id>() == col<&Artist::id>);
    EXPECT_EQ(count(on, {}), 3U);
    EXPECT_EQ(count(on, with), 1U);
    reopen();
    const auto all = load(
        artists().options(with_loader_criteria<Album>(condition, {.propagate_to_loaders = false})));
    EXPECT_EQ(all[2]->albums.size(), 2U);
}

TEST_P(LoaderStrategies, undefer_loads_a_deferred_column_with_its_object) {
    fill(2);
    const auto all = load(artists().options(undefer<&Artist::biography>()));
    EXPECT_TRUE(all[1]->biography.is_loaded());
    EXPECT_EQ(*all[1]->biography, "born a1");
    EXPECT_THAT(sent(), IsEmpty());
    const auto later = load(artists().options(defer<&Artist::biography>({.raiseload = true})));
    EXPECT_EQ(*later[1]->biography, "born a1");  // it is here already
    reopen();
    const auto refused = load(artists().options(defer<&Artist::biography>({.raiseload = true})));
    EXPECT_THROW((void)*refused[1]->biography, InvalidRequestError);
}

TEST_P(LoaderStrategies, R7_load_only_that_leaves_a_plain_member_out_is_refused) {
    fill(1);
    EXPECT_THAT(message_of<ArgumentError>([&] {
                    (void)session->scalars(artists().options(load_only<&Artist::biography>()));
                }),
                testing::AllOf(HasSubstr("Artist::name"), HasSubstr("Deferred<T>")));
    const auto all = load(artists().options(load_only<&Artist::name, &Artist::biography>()));
    EXPECT_TRUE(all[0]->biography.is_loaded());
}

TEST_P(LoaderStrategies, options_are_remembered_for_what_is_loaded_later) {
    fill(3);
    const auto all =
        load(artists().options(defaultload<&Artist::albums>().selectinload<&Album::tracks>()));
    EXPECT_THAT(sent_, ElementsAre("SELECT music_artist"));
    EXPECT_EQ(all[2]->albums.size(), 2U);
    EXPECT_THAT(sent(), ElementsAre("SELECT music_album", "SELECT music_track"));
}

TEST_P(LoaderStrategies, eager_loading_leaves_alone_what_is_loaded_and_changed) {
    fill(3);
    const auto all = load(artists());
    EXPECT_EQ(all[2]->albums.size(), 2U);
    const auto no_flush = session->no_autoflush();
    all[2]->albums.add(Album{.title = "new"});
    (void)load(artists().options(joinedload<&Artist::albums>()));
    EXPECT_EQ(all[2]->albums.size(), 3U);
    (void)load(artists().options(selectinload<&Artist::albums>()));
    EXPECT_EQ(all[2]->albums.size(), 3U);
}

TEST_P(LoaderStrategies, what_was_added_to_an_unloaded_collection_stays_when_it_is_loaded_eagerly) {
    fill(3);
    const auto all = load(artists());
    const auto no_flush = session->no_autoflush();
    all[2]->albums.add(Album{.title = "new"});
    (void)load(artists().options(selectinload<&Artist::albums>()));
    EXPECT_THAT(titles(all[2]), ElementsAre("a2.1", "a2.2", "new"));
}

TEST_P(LoaderStrategies, populate_existing_reads_collections_again) {
    fill(2);
    const auto all = load(artists().options(selectinload<&Artist::albums>()));
    EXPECT_EQ(all[1]->albums.size(), 1U);
    session->execute(text("DELETE FROM music_track"));
    session->execute(text("DELETE FROM music_album"));
    for (const auto& option : {selectinload<&Artist::albums>(), joinedload<&Artist::albums>()}) {
        const auto again =
            session->scalars(artists().options(option), {}, {.populate_existing = true}).all();
        EXPECT_EQ(again[1]->albums.size(), 0U);
    }
}

TEST_P(LoaderStrategies, objects_of_a_subquery_load_along_too) {
    fill(4);
    const auto some = select<Artist>().where(col<&Artist::name> != "a0").subquery("some");
    for (const auto& option : {selectinload<&Artist::albums>(), joinedload<&Artist::albums>()}) {
        reopen();
        const auto all =
            session
                ->scalars(
                    select(some[entity<Artist>]).order_by(some[col<&Artist::id>]).options(option))
                .all();
        (void)sent();
        ASSERT_EQ(all.size(), 3U);
        EXPECT_THAT(titles(all[1]), ElementsAre("a2.1", "a2.2"));
        EXPECT_THAT(sent(), IsEmpty());
    }
}

TEST_P(LoaderStrategies, R20_statements_with_other_options_are_other_statements) {
    fill(2);
    const auto loaded = [&](const auto& option) {
        reopen();
        return session->scalars(artists().options(option)).all()[1]->albums.is_loaded();
    };
    EXPECT_FALSE(loaded(lazyload<&Artist::albums>()));
    EXPECT_TRUE(loaded(selectinload<&Artist::albums>()));
    EXPECT_FALSE(loaded(lazyload<&Artist::albums>()));
    EXPECT_TRUE(loaded(joinedload<&Artist::albums>()));
}

}  // namespace
}  // namespace music
