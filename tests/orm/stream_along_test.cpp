// SPDX-License-Identifier: MIT
#include "music.hpp"

// Design rule R18: streams whose objects come with what they lead to.

namespace music {
namespace {

class StreamsAlong : public MusicTest {
  protected:
    /// "a1: a1.1(t1 t2)"
    [[nodiscard]] static std::string line(const Ptr<const Artist>& artist) {
        std::string text = artist->name + ":";
        for (const auto& album : artist->albums) {
            text += " " + album->title + "(";
            bool first = true;
            for (const auto& track : album->tracks) {
                text += (first ? "" : " ") + track->title;
                first = false;
            }
            text += ")";
        }
        return text;
    }
    [[nodiscard]] static auto artists() {
        return select<const Artist>().order_by(col<&Artist::id>);
    }
};
AZOTH_FLUSH_ON_ALL_DATABASES(StreamsAlong);

TEST_P(StreamsAlong, R18_every_strategy_loads_into_the_window) {
    fill(4);
    for (const auto& option : {selectinload<&Artist::albums>().selectinload<&Album::tracks>(),
                               joinedload<&Artist::albums>().joinedload<&Album::tracks>(),
                               subqueryload<&Artist::albums>().immediateload<&Album::tracks>()})
        for (const std::size_t rows : {1U, 2U, 3U, 4U, 5U, 1000U}) {
            Strings seen;
            for (const auto& artist :
                 session->stream(artists().options(option), {}, {.yield_per = rows}))
                seen.push_back(line(artist));
            EXPECT_THAT(seen, ElementsAre("a0:", "a1: a1.1(t1 t2)", "a2: a2.1(t1 t2) a2.2(t1 t2)",
                                          "a3: a3.1(t1 t2) a3.2(t1 t2) a3.3(t1 t2)"))
                << "in windows of " << rows;
        }
    EXPECT_EQ(session->lazy_loads().size(), 0U);
}

TEST_P(StreamsAlong, R18_a_window_sends_its_own_statements) {
    fill(4);
    auto stream =
        session->stream(artists().options(selectinload<&Artist::albums>()), {}, {.yield_per = 2});
    EXPECT_THAT(sent(), ElementsAre("SELECT music_artist"));
    (void)stream.next();
    EXPECT_THAT(sent(), ElementsAre("SELECT music_album"));
    (void)stream.next();
    EXPECT_THAT(sent(), IsEmpty());
    (void)stream.next();
    EXPECT_THAT(sent(), ElementsAre("SELECT music_album"));
}

TEST_P(StreamsAlong, R18_a_one_comes_joined_in_its_row_and_is_one_object_in_a_window) {
    fill(3);
    for (const auto& option : {joinedload<&Album::artist>(), selectinload<&Album::artist>()}) {
        std::vector<Ptr<const Album>> kept;
        for (const auto& album :
             session->stream(select<const Album>().order_by(col<&Album::id>).options(option)))
            kept.push_back(album);
        ASSERT_EQ(kept.size(), 3U);
        EXPECT_EQ(kept[0]->artist->name, "a1");
        EXPECT_EQ(kept[1]->artist.get(), kept[2]->artist.get());
    }
}

TEST_P(StreamsAlong, R18_what_is_not_loaded_still_throws) {
    fill(2);
    for (const auto& artist : session->stream(artists().options(selectinload<&Artist::albums>()))) {
        EXPECT_THROW((void)*artist->biography, StreamedObjectError);
        for (const auto& album : artist->albums) {
            EXPECT_EQ(album->artist.get(), artist) << "it came because it leads here";
            EXPECT_THAT(message_of<StreamedObjectError>([&] { (void)album->tracks.size(); }),
                        HasSubstr("session.get()"));
            EXPECT_THAT(message_of<StreamedObjectError>([&] { (void)album->shelves.begin(); }),
                        HasSubstr("Album::shelves"));
        }
    }
}

TEST_P(StreamsAlong, R18_related_objects_are_for_reading_and_in_no_identity_map) {
    fill(2);
    const auto known = session->scalars(select<Album>()).one();
    std::vector<Ptr<const Album>> albums;
    for (const auto& artist : session->stream(artists().options(selectinload<&Artist::albums>())))
        for (const auto& album : artist->albums) albums.push_back(album);
    ASSERT_EQ(albums.size(), 1U);
    EXPECT_NE(albums[0], known);
    EXPECT_FALSE(session->contains(albums[0]));
    EXPECT_THROW((void)session->edit(albums[0]), StreamedObjectError);
    const_cast<Album&>(*albums[0]).title = "changed";
    session->commit();
    EXPECT_THAT(rows("select title from music_album"), ElementsAre("'a1.1'"));
}

TEST_P(StreamsAlong, R18_a_kept_handle_keeps_its_window_and_what_came_with_it) {
    fill(5);
    std::vector<Ptr<const Artist>> artists_kept;
    std::vector<Ptr<const Track>> tracks_kept;
    for (const auto& artist : session->stream(
             artists().options(selectinload<&Artist::albums>().selectinload<&Album::tracks>()), {},
             {.yield_per = 2})) {
        if (artist->name == "a2") artists_kept.push_back(artist);
        if (artist->name == "a3") tracks_kept.push_back(artist->albums[2]->tracks[1]);
    }
    session.reset();
    ASSERT_EQ(artists_kept.size(), 1U);
    EXPECT_EQ(line(artists_kept[0]), "a2: a2.1(t1 t2) a2.2(t1 t2)");
    artists_kept.clear();
    ASSERT_EQ(tracks_kept.size(), 1U);
    EXPECT_EQ(tracks_kept[0]->title, "t2");
    EXPECT_EQ(tracks_kept[0]->album->artist->name, "a3") << "what leads back is loaded too";
}

TEST_P(StreamsAlong, R18_what_contains_eager_takes_stays_together) {
    fill(5);
    const auto joined =
        select<const Artist>().join<&Artist::albums>().options(contains_eager<&Artist::albums>());
    for (const std::size_t rows : {1U, 2U, 3U, 10U}) {
        Strings seen;
        for (const auto& artist : session->stream(
                 joined.order_by(col<&Artist::id>, col<&Album::id>), {}, {.yield_per = rows}))
            seen.push_back(artist->name + std::to_string(artist->albums.size()));
        EXPECT_THAT(seen, ElementsAre("a11", "a22", "a33", "a44")) << rows;
    }
    EXPECT_THAT(
        message_of<InvalidRequestError>([&] {
            for (const auto& artist : session->stream(
                     joined.order_by(col<&Album::year>, col<&Artist::id>), {}, {.yield_per = 2}))
                (void)artist->albums.size();
        }),
        HasSubstr("don't stand together"));
}

TEST_P(StreamsAlong, R18_rows_of_objects_and_values_load_along_too) {
    fill(3);
    Strings seen;
    for (const auto& [name, artist, album] : session->stream(
             select(col<&Artist::name>, entity<const Artist>, entity<const Album>)
                 .join<&Artist::albums>()
                 .order_by(col<&Album::id>)
                 .options(selectinload<&Album::tracks>(), joinedload<&Artist::albums>()),
             {}, {.yield_per = 2}))
        seen.push_back(name + " " + std::to_string(artist->albums.size()) + " " + album->title +
                       " " + std::to_string(album->tracks.size()));
    EXPECT_THAT(seen, ElementsAre("a1 1 a1.1 2", "a2 2 a2.1 2", "a2 2 a2.2 2"));
}

TEST_P(StreamsAlong, R18_a_tree_is_loaded_to_its_depth) {
    fill(0);
    const auto root = session->add(Genre{.name = "root"});
    root->children.add(Genre{.name = "branch"})->children.add(Genre{.name = "leaf"});
    session->commit();
    reopen();
    Strings seen;
    for (const auto& genre :
         session->stream(select<const Genre>()
                             .where(col<&Genre::parent_id> == std::nullopt)
                             .options(selectinload<&Genre::children>({.recursion_depth = -1}))))
        seen.push_back(genre->name + genre->children[0]->name +
                       genre->children[0]->children[0]->name + "." +
                       std::to_string(genre->children[0]->children[0]->children.size()));
    EXPECT_THAT(seen, ElementsAre("rootbranchleaf.0"));
}

TEST_P(StreamsAlong, R18_criteria_noload_and_deferred_columns_hold) {
    fill(3);
    Strings seen;
    for (const auto& artist : session->stream(
             artists().options(selectinload<&Artist::albums>().and_(col<&Album::year> == 2002),
                               undefer<&Artist::biography>()),
             {}, {.yield_per = 1}))
        seen.push_back(*artist->biography + std::to_string(artist->albums.size()));
    EXPECT_THAT(seen, ElementsAre("born a00", "born a10", "born a21"));
    for (const auto& artist : session->stream(artists().options(noload<&Artist::albums>())))
        EXPECT_EQ(artist->albums.size(), 0U);
    std::size_t albums = 0;
    for (const auto& artist :
         session->stream(artists().options(selectinload<&Artist::albums>(),
                                           with_loader_criteria<Album>(col<&Album::year> > 2001))))
        albums += artist->albums.size();
    EXPECT_EQ(albums, 1U);
}

TEST_P(StreamsAlong, R18_many_to_many_goes_through_the_table_between) {
    fill(5);
    Strings seen;
    for (const auto& shelf : session->stream(select<const Shelf>().options(
             selectinload<&Shelf::albums>().joinedload<&Album::artist>())))
        for (const auto& album : shelf->albums)
            seen.push_back(album->title + " " + album->artist->name);
    EXPECT_THAT(seen, ElementsAre("a4.4 a4", "a4.2 a4", "a3.2 a3", "a2.2 a2"));
}

TEST_P(StreamsAlong, R18_the_transaction_ends_it_in_the_middle_of_a_window) {
    fill(4);
    auto stream =
        session->stream(artists().options(selectinload<&Artist::albums>()), {}, {.yield_per = 2});
    (void)stream.next();
    const Ptr<const Artist> kept = *stream.next();
    session->commit();
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)stream.next(); }),
                HasSubstr("this stream was ended by commit()"));
    EXPECT_EQ(kept->albums.size(), 1U);
}

TEST_P(StreamsAlong, R21_writes_in_the_loop_do_not_disturb_it) {
    fill(4);
    Strings seen;
    for (const auto& artist : session->stream(artists().options(selectinload<&Artist::albums>()),
                                              {}, {.yield_per = 1})) {
        session->get<Artist>(artist->id)->name += "!";
        session->flush();
        seen.push_back(artist->name + std::to_string(artist->albums.size()));
    }
    EXPECT_THAT(seen, ElementsAre("a00", "a11", "a22", "a33"));
    session->commit();
}

// --- memory --------------------------------------------------------------------------------------

struct Leaf;

/// Says how many of them there are.
struct Alive {
    static inline int count = 0;
    Alive() { ++count; }
    Alive(const Alive&) { ++count; }
    Alive& operator=(const Alive&) = default;
    ~Alive() { --count; }
};
struct Branch {
    std::int64_t id{};
    Many<Leaf> leaves{};
    Alive alive{};  // no column
    static void map(Mapping<Branch>& m);
};
struct Leaf {
    std::int64_t id{};
    std::int64_t branch_id{};
    One<Branch> branch{};
    Alive alive{};  // no column
    static void map(Mapping<Leaf>& m);
};
void Branch::map(Mapping<Branch>& m) {
    m.table("along_branch");
    m.column<&Branch::id>(primary_key);
    m.relationship<&Branch::leaves>(back_populates<&Leaf::branch>, order_by<&Leaf::id>());
}
void Leaf::map(Mapping<Leaf>& m) {
    m.table("along_leaf");
    m.column<&Leaf::id>(primary_key);
    m.column<&Leaf::branch_id>(foreign_key<&Branch::id>);
    m.relationship<&Leaf::branch>(back_populates<&Branch::leaves>);
}

class StreamsAlongMemory : public FlushTest {
  protected:
    void SetUp() override {
        use<Branch, Leaf>();
        for (int i = 0; i < 20; ++i) {
            const auto branch = session->add(Branch{});
            branch->leaves.add(Leaf{});
            branch->leaves.add(Leaf{});
        }
        session->commit();
        reopen();
    }
    [[nodiscard]] auto branches() {
        return session->stream(select<const Branch>()
                                   .order_by(col<&Branch::id>)
                                   .options(selectinload<&Branch::leaves>()),
                               {}, {.yield_per = 4});
    }
};
AZOTH_FLUSH_ON_ALL_DATABASES(StreamsAlongMemory);

TEST_P(StreamsAlongMemory, R18_no_more_than_a_window_is_alive) {
    const int before = Alive::count;
    for (const auto& branch : branches()) {
        EXPECT_EQ(branch->leaves.size(), 2U);
        EXPECT_LE(Alive::count - before, 4 * 3);
    }
    EXPECT_EQ(Alive::count, before);
}

TEST_P(StreamsAlongMemory, R18_a_kept_handle_keeps_no_more_than_its_window) {
    const int before = Alive::count;
    Ptr<const Leaf> kept;
    for (const auto& branch : branches()) {
        if (branch->id == 6) kept = branch->leaves[1];
        EXPECT_LE(Alive::count - before, 2 * 4 * 3);
    }
    EXPECT_EQ(Alive::count - before, 4 * 3);
    EXPECT_EQ(kept->branch->id, 6);
    kept.reset();
    EXPECT_EQ(Alive::count, before);
}

TEST_P(StreamsAlongMemory, R18_a_loop_that_is_left_frees_everything) {
    const int before = Alive::count;
    for (const auto& branch : branches())
        if (branch->id == 3) break;
    EXPECT_EQ(Alive::count, before);
    auto closed = branches();
    (void)closed.next();
    closed.close();
    EXPECT_EQ(Alive::count, before);
    EXPECT_EQ(closed.next(), nullptr);
}

}  // namespace
}  // namespace music
