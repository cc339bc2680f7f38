// SPDX-License-Identifier: MIT
#include "blog.hpp"
#include "music.hpp"
#include <azoth/orm/bundle.hpp>
#include <azoth/sql/functions.hpp>
#include <azoth/sql/statement.hpp>

// Columns that come as one value.

namespace music {
namespace {

struct Release {
    std::string title{};
    std::int64_t year{};
    [[nodiscard]] bool operator==(const Release&) const = default;
};
struct Credit {
    std::string artist{};
    Release release{};
    [[nodiscard]] bool operator==(const Credit&) const = default;
};
struct Titled {
    std::int64_t id{};
    std::optional<std::string> title{};
};

class Bundles : public MusicTest {};
AZOTH_FLUSH_ON_ALL_DATABASES(Bundles);

TEST_P(Bundles, a_group_of_columns_comes_as_a_struct) {
    fill(3);
    const auto release = bundle<Release>("release", col<&Album::title>, col<&Album::year>);
    const auto statement = select(release)
                               .where(release.c<1>() == 2001)
                               .order_by(release.c<std::string>("title").desc());
    EXPECT_THAT(session->scalars(statement).all(),
                ElementsAre(Release{"a2.1", 2001}, Release{"a1.1", 2001}));
    for (const auto& [one] : session->execute(statement.limit(1))) EXPECT_EQ(one.title, "a2.1");
    EXPECT_EQ(session->scalar(statement)->title, "a2.1");
}

TEST_P(Bundles, without_a_struct_it_comes_as_a_row) {
    fill(2);
    const auto pair = bundle("pair", col<&Album::title>, col<&Album::year> + 1);
    for (const auto& [name, row] :
         session->execute(select(col<&Artist::name>, pair).join<&Artist::albums>())) {
        const auto& [title, next] = row;
        EXPECT_EQ(name, "a1");
        EXPECT_EQ(title, "a1.1");
        EXPECT_EQ(next, 2002);
    }
}

TEST_P(Bundles, bundles_stand_in_bundles_and_beside_objects) {
    fill(3);
    const auto credit =
        bundle<Credit>("credit", col<&Artist::name>,
                       bundle<Release>("release", col<&Album::title>, col<&Album::year>));
    Strings seen;
    for (const auto& [artist, one, id] :
         session->execute(select(entity<Artist>, credit, col<&Album::id>)
                              .join<&Artist::albums>()
                              .where(credit.c<1>().c<1>() == 2002))) {
        EXPECT_EQ(artist->name, one.artist);
        EXPECT_GT(id, 0);
        seen.push_back(one.artist + " " + one.release.title + " " +
                       std::to_string(one.release.year));
    }
    EXPECT_THAT(seen, ElementsAre("a2 a2.2 2002"));
}

TEST_P(Bundles, objects_beside_them_load_along) {
    fill(3);
    const auto release = bundle<Release>("release", col<&Artist::name>, col<&Artist::id>);
    for (const auto& option : {joinedload<&Artist::albums>(), selectinload<&Artist::albums>()}) {
        reopen();
        std::vector<Ptr<Artist>> artists;
        for (const auto& [one, artist] : session->execute(
                 select(release, entity<Artist>).order_by(release.c<0>()).options(option))) {
            EXPECT_EQ(one.title, artist->name);
            artists.push_back(artist);
        }
        ASSERT_EQ(artists.size(), 3U) << "rows that a joined collection multiplied come once";
        (void)sent();
        EXPECT_THAT(titles(artists[2]), ElementsAre("a2.1", "a2.2"));
        EXPECT_THAT(sent(), IsEmpty());
    }
}

TEST_P(Bundles, R5_null_has_a_place_where_the_column_is_nullable) {
    fill(1);
    const auto maybe = select(bundle<Titled>("m", col<&Artist::id>, nullable(col<&Album::title>)))
                           .outer_join<&Artist::albums>();
    EXPECT_EQ(session->scalars(maybe).one().title, std::nullopt);
    const auto row =
        select(bundle("m", col<&Artist::id>, col<&Album::title>)).outer_join<&Artist::albums>();
    EXPECT_THAT(message_of<ArgumentError>([&] { (void)session->scalars(row); }),
                HasSubstr("nullable(title)"));
    const auto read = select(bundle("m", col<&Artist::id>, cast<std::string>(col<&Album::title>)))
                          .outer_join<&Artist::albums>();
    EXPECT_THROW((void)session->scalars(read), NullValueError);
}

TEST_P(Bundles, streams_and_windows_have_them_too) {
    fill(3);
    const auto release = bundle<Release>("release", col<&Album::title>, col<&Album::year>);
    Strings seen;
    for (const auto& [one, album] : session->stream(
             select(release, entity<const Album>).order_by(col<&Album::id>), {}, {.yield_per = 2}))
        seen.push_back(one.title + "=" + album->title);
    EXPECT_THAT(seen, ElementsAre("a1.1=a1.1", "a2.1=a2.1", "a2.2=a2.2"));
    EXPECT_EQ(session->scalars(select(release), {}, {.yield_per = 2}).all().size(), 3U);
}

}  // namespace
}  // namespace music

namespace azoth_test::blog {
namespace {

using namespace azoth;
using testing::HasSubstr;

std::string refusal(const Model& model, const sql::Statement& statement) {
    try {
        return sqlite_sql(model, statement);
    } catch (const ArgumentError& error) {
        return error.what();
    }
}

TEST(BundlesSql, stand_in_the_select_list_as_their_columns) {
    const Model model = make_model();
    const auto pair = bundle("pair", col<Tag::id>, col<Tag::word>);
    EXPECT_EQ(sqlite_sql(model, select(pair, func::count()).group_by(pair)),
              R"(SELECT "tag"."id", "tag"."word", count(*) AS "count_1" FROM "tag" GROUP BY )"
              R"("tag"."id", "tag"."word")");
    EXPECT_EQ(sqlite_sql(model, union_(select(pair), select(pair))),
              R"(SELECT "tag"."id", "tag"."word" FROM "tag" UNION SELECT "tag"."id", "tag"."word" )"
              R"(FROM "tag")");
    EXPECT_THAT(
        parameters(model, select(bundle("x", col<Tag::id> + 1, col<Tag::id> + 2), col<Tag::id> + 3)
                              .where(col<Tag::id> == 4)),
        testing::ElementsAre("1", "2", "3", "4"));
}

TEST(BundlesSql, misuse_is_refused_and_says_what_to_write) {
    const Model model = make_model();
    const auto pair = bundle("pair", col<Tag::id>, col<Tag::word>.label("w"));
    EXPECT_THAT(refusal(model, select<Tag>().order_by(pair)), HasSubstr("pair.c<0>()"));
    EXPECT_THAT(refusal(model, select(select(pair).subquery("s").c("pair"))),
                HasSubstr("in a subquery select its columns"));
    EXPECT_EQ(pair.name(), "pair");
    EXPECT_NO_THROW((void)pair.c<std::string>("w"));
    try {
        (void)pair.c<std::string>("nothing");
        FAIL();
    } catch (const NoSuchColumnError& error) {
        EXPECT_THAT(error.what(), HasSubstr("bundle 'pair' has no column 'nothing'; it has 'id_', "
                                            "'w'"));
    }
    EXPECT_THROW((void)sqlite::Compiler().compile(select(pair).node(), sql::CompileMode::single),
                 ArgumentError);
}

TEST(BundlesSql, R20_other_columns_are_another_statement) {
    const auto of = [](const auto& column) { return select(bundle("x", column)); };
    EXPECT_TRUE(sql::equal(of(col<Tag::id> + 1).node(), of(col<Tag::id> + 2).node()));
    EXPECT_FALSE(sql::equal(of(col<Tag::id>).node(), of(col<Tag::word>).node()));
    EXPECT_FALSE(sql::equal(of(col<Tag::id>).node(), of(nullable(col<Tag::id>)).node()));
}

}  // namespace
}  // namespace azoth_test::blog
