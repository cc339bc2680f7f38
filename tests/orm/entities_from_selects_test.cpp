// SPDX-License-Identifier: MIT
#include "blog.hpp"
#include "music.hpp"
#include <azoth/orm/relationship_conditions.hpp>
#include <azoth/sql/functions.hpp>
#include <azoth/sql/statement.hpp>

// aliased<T>(…): entities whose rows are those of a subquery, a CTE or a union.

namespace azoth_test::blog {
namespace {

using namespace azoth;
using testing::ElementsAre;
using testing::HasSubstr;

class EntitiesFromSelectsSql : public testing::Test {
  protected:
    [[nodiscard]] std::string text(const sql::Statement& statement) const {
        return sqlite_sql(model, statement);
    }
    [[nodiscard]] std::string refusal(const sql::Statement& statement) const {
        try {
            return text(statement);
        } catch (const ArgumentError& error) {
            return error.what();
        }
    }
    const Model model = make_model();
};

TEST_F(EntitiesFromSelectsSql, members_are_taken_from_the_columns_that_select_them) {
    const auto some = select(col<&Post::title>, col<&Post::id>, col<&Post::published>,
                             col<&Post::extra>, col<&Post::author_id>)
                          .subquery("some");
    const auto post = aliased<Post>(some);
    EXPECT_EQ(
        text(select(post).where(post.col<&Post::title>() == "x").order_by(post.col<&Post::id>())),
        R"(SELECT "some"."id", "some"."title", "some"."published", "some"."extra", )"
        R"("some"."author_id" FROM (SELECT "post"."title", "post"."id", "post"."published", )"
        R"("post"."extra", "post"."author_id" FROM "post") AS "some" WHERE "some"."title" = ? )"
        R"(ORDER BY "some"."id")");
}

TEST_F(EntitiesFromSelectsSql, objects_come_out_of_selects_of_objects_and_of_unions_of_them) {
    const auto tag = aliased<Tag>(
        union_(select<Tag>().where(col<Tag::id> == 1), select<Tag>().where(col<Tag::word> == "x"))
            .subquery("both"));
    EXPECT_EQ(
        text(select(tag).where(tag.col<Tag::id>() > 0)),
        R"(SELECT "both"."id", "both"."word" FROM (SELECT "tag"."id", "tag"."word" FROM "tag" WHERE )"
        R"("tag"."id" = ? UNION SELECT "tag"."id", "tag"."word" FROM "tag" WHERE "tag"."word" = ?) )"
        R"(AS "both" WHERE "both"."id" > ?)");
    EXPECT_THAT(parameters(model, select(tag).where(tag.col<Tag::id>() > 0)),
                ElementsAre("1", "'x'", "0"));
}

TEST_F(EntitiesFromSelectsSql, joins_go_from_them_and_to_them_along_relationships) {
    const auto authors = aliased<Person>(select<Person>().where(col<&Person::id> == 1).cte("a"));
    EXPECT_THAT(text(select(col<&Post::id>).join<&Post::author>(authors)),
                HasSubstr(R"( FROM "post" JOIN "a" ON "post"."author_id" = "a"."id")"));
    EXPECT_THAT(
        text(
            select(authors.col<&Person::id>(), col<&Post::id>).join(authors.rel<&Person::posts>())),
        HasSubstr(R"( FROM "a" JOIN "post" ON "a"."id" = "post"."author_id")"));
    const auto tags = aliased<Tag>(select<Tag>().subquery("t"));
    EXPECT_THAT(text(select(col<&Post::id>, tags.col<Tag::word>()).join<&Post::tags>(tags)),
                HasSubstr(R"(JOIN (SELECT "tag"."id", "tag"."word" FROM "tag") AS "t" ON )"
                          R"("post_tag"."tag_id" = "t"."id")"));
}

TEST_F(EntitiesFromSelectsSql, one_select_may_stand_for_two_aliases_and_for_itself) {
    const auto some = select<Tag>().subquery("some");
    const auto a = aliased<Tag>(some);
    const auto b = aliased<Tag>(some, "b");
    EXPECT_EQ(text(select(a.col<Tag::id>(), b.col<Tag::word>(), some[col<Tag::word>])),
              R"(SELECT "some"."id", "some"."word", "some"."word" AS "word_1" FROM (SELECT )"
              R"("tag"."id", "tag"."word" FROM "tag") AS "some")");
}

TEST_F(EntitiesFromSelectsSql, a_recursive_CTE_gives_objects) {
    auto chain = select<Person>().where(col<&Person::id> == 5).cte("chain", true);
    const auto below = aliased<Person>(chain);
    chain = chain.union_all(
        select<Person>().join(below, col<&Person::id> == below.col<&Person::boss_id>()));
    const auto person = aliased<Person>(chain);
    EXPECT_THAT(text(select(person)),
                testing::AllOf(testing::StartsWith(R"(WITH RECURSIVE "chain"("id", "name")"),
                               HasSubstr(R"(JOIN "chain" ON "person"."id" = "chain"."boss_id")"),
                               HasSubstr(R"(SELECT "chain"."id", "chain"."name")")));
}

TEST_F(EntitiesFromSelectsSql, columns_of_the_same_name_count_where_that_is_asked_for) {
    const auto words = select(func::max(col<Tag::id>).label("id"), col<Tag::word>)
                           .group_by(col<Tag::word>)
                           .subquery("words");
    EXPECT_EQ(text(select(aliased<Tag>(words, "tag", {.adapt_on_names = true}))),
              R"(SELECT "words"."id", "words"."word" FROM (SELECT max("tag"."id") AS "id", )"
              R"("tag"."word" FROM "tag" GROUP BY "tag"."word") AS "words")");
    EXPECT_THAT(refusal(select(aliased<Tag>(words))),
                testing::AllOf(HasSubstr("Tag::id"), HasSubstr("subquery 'words'"),
                               HasSubstr("adapt_on_names")));
}

TEST_F(EntitiesFromSelectsSql, a_member_that_is_not_selected_is_named) {
    const auto post = aliased<Post>(select(col<&Post::id>, col<&Post::title>).subquery("narrow"));
    EXPECT_EQ(text(select(post.col<&Post::title>())),
              R"(SELECT "narrow"."title" FROM (SELECT "post"."id", "post"."title" FROM "post") AS )"
              R"("narrow")");
    EXPECT_THAT(refusal(select(post)),
                testing::AllOf(HasSubstr("Post::published"), HasSubstr("subquery 'narrow'")));
    EXPECT_THAT(refusal(select(col<&Person::id>).join<&Person::posts>(post)),
                testing::AllOf(HasSubstr("Post::author_id"), HasSubstr("subquery 'narrow'")));
}

TEST_F(EntitiesFromSelectsSql, columns_of_two_aliases_are_ambiguous_and_the_nearest_column_wins) {
    const auto a = aliased<Tag>("a");
    const auto b = aliased<Tag>("b");
    const auto pairs = select(a, b).subquery("pairs");
    EXPECT_THAT(refusal(select(aliased<Tag>(pairs))), HasSubstr("more than once"));
    const auto mixed = select(entity<Tag>, b).subquery("mixed");
    EXPECT_THAT(text(select(aliased<Tag>(mixed))),
                testing::StartsWith(R"(SELECT "mixed"."id", "mixed"."word" FROM)"));
    const auto twice = select(entity<Tag>, col<Tag::id>.label("again")).subquery("twice");
    EXPECT_THAT(text(select(aliased<Tag>(twice))),
                testing::StartsWith(R"(SELECT "twice"."id", "twice"."word" FROM)"));
}

TEST_F(EntitiesFromSelectsSql, an_alias_of_another_class_is_no_target_of_a_relationship) {
    const auto tags = aliased<Tag>(select<Tag>().subquery("t"));
    EXPECT_THAT(refusal(select(col<&Person::id>).join<&Person::posts>(tags)),
                testing::AllOf(HasSubstr("Person::posts leads to azoth_test::blog::Post"),
                               HasSubstr("alias of class azoth_test::blog::Tag")));
}

TEST_F(EntitiesFromSelectsSql, R20_aliases_of_equal_selects_are_one_statement) {
    const auto of = [](std::int64_t id) {
        return select(aliased<Tag>(select<Tag>().where(col<Tag::id> == id).subquery()));
    };
    EXPECT_TRUE(sql::equal(of(1).node(), of(2).node()));
    const auto some = select<Tag>().subquery();
    EXPECT_FALSE(sql::equal(select(aliased<Tag>(some)).node(), select(aliased<Tag>()).node()));
    EXPECT_FALSE(sql::equal(select(aliased<Tag>(some)).node(),
                            select(aliased<Tag>(some, "", {.adapt_on_names = true})).node()));
}

}  // namespace
}  // namespace azoth_test::blog

namespace music {
namespace {

class EntitiesFromSelects : public MusicTest {};
AZOTH_FLUSH_ON_ALL_DATABASES(EntitiesFromSelects);

TEST_P(EntitiesFromSelects, are_the_sessions_objects) {
    fill(4);
    const auto known = session->scalars(select<Artist>().where(col<&Artist::name> == "a2")).one();
    const auto artist = aliased<Artist>(
        select<Artist>().order_by(col<&Artist::name>.desc()).limit(2).subquery("last"));
    const auto last = session->scalars(select(artist).order_by(artist.col<&Artist::name>())).all();
    ASSERT_EQ(last.size(), 2U);
    EXPECT_EQ(last[0], known);
    EXPECT_EQ(last[1]->name, "a3");
    EXPECT_EQ(*last[1]->biography, "born a3") << "what was not selected is loaded when looked at";
    last[1]->name = "changed";
    session->commit();
    EXPECT_THAT(rows("select name from music_artist where name = 'changed'"),
                ElementsAre("'changed'"));
}

TEST_P(EntitiesFromSelects, load_along_by_every_strategy) {
    fill(4);
    const auto artist = aliased<Artist>(union_(select<Artist>().where(col<&Artist::name> == "a1"),
                                               select<Artist>().where(col<&Artist::name> == "a2"))
                                            .subquery("u"));
    for (const auto& option :
         {Load(artist).selectinload<&Artist::albums>().selectinload<&Album::tracks>(),
          Load(artist).joinedload<&Artist::albums>().joinedload<&Album::tracks>(),
          Load(artist).subqueryload<&Artist::albums>().immediateload<&Album::tracks>()}) {
        reopen();
        const auto all =
            session->scalars(select(artist).order_by(artist.col<&Artist::id>()).options(option))
                .all();
        (void)sent();
        EXPECT_EQ(shown(all), "a1: a1.1(t1 t2); a2: a2.1(t1 t2) a2.2(t1 t2)");
        EXPECT_THAT(sent(), IsEmpty());
    }
}

TEST_P(EntitiesFromSelects, contains_eager_takes_them_as_what_a_relationship_leads_to) {
    fill(4);
    const auto album =
        aliased<Album>(select<Album>().where(col<&Album::year> == 2002).subquery("second"));
    const auto artists =
        session
            ->scalars(
                select<Artist>()
                    .join<&Artist::albums>(album)
                    .order_by(col<&Artist::id>)
                    .options(contains_eager<&Artist::albums>(album).selectinload<&Album::tracks>()))
            .all();
    (void)sent();
    EXPECT_EQ(shown(artists), "a2: a2.2(t1 t2); a3: a3.2(t1 t2)");
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(EntitiesFromSelects, contains_eager_finds_the_columns_of_a_plain_subquery_too) {
    fill(3);
    const auto second = select<Album>().where(col<&Album::year> == 2002).subquery("second");
    const auto artists =
        session
            ->scalars(select<Artist>()
                          .join(second, second[col<&Album::artist_id>] == col<&Artist::id>)
                          .options(contains_eager<&Artist::albums>(second)))
            .all();
    ASSERT_EQ(artists.size(), 1U);
    EXPECT_THAT(titles(artists[0]), ElementsAre("a2.2"));
    const auto narrow = select(col<&Album::artist_id>).subquery("narrow");
    EXPECT_THAT(message_of<ArgumentError>([&] {
                    (void)session->scalars(
                        select<Artist>()
                            .join(narrow, narrow[col<&Album::artist_id>] == col<&Artist::id>)
                            .options(contains_eager<&Artist::albums>(narrow)));
                }),
                testing::AllOf(HasSubstr("Album::id"), HasSubstr("subquery 'narrow'")));
}

TEST_P(EntitiesFromSelects, limits_count_their_objects_where_collections_are_joined) {
    fill(4);
    const auto artist =
        aliased<Artist>(select<Artist>().where(col<&Artist::name> != "a0").subquery("some"));
    const auto all = session
                         ->scalars(select(artist)
                                       .order_by(artist.col<&Artist::name>().desc())
                                       .limit(2)
                                       .options(Load(artist).joinedload<&Artist::albums>()))
                         .all();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_THAT(titles(all[0]), ElementsAre("a3.1", "a3.2", "a3.3"));
    EXPECT_THAT(titles(all[1]), ElementsAre("a2.1", "a2.2"));
}

TEST_P(EntitiesFromSelects, a_tree_is_walked_by_a_recursive_CTE) {
    fill(0);
    const auto root = session->add(Genre{.name = "root"});
    root->children.add(Genre{.name = "branch"})->children.add(Genre{.name = "leaf"});
    session->add(Genre{.name = "other"});
    session->commit();
    auto tree = select<Genre>().where(col<&Genre::name> == "root").cte("tree", true);
    const auto above = aliased<Genre>(tree);
    tree = tree.union_all(
        select<Genre>().join(above, col<&Genre::parent_id> == above.col<&Genre::id>()));
    const auto genre = aliased<Genre>(tree);
    Strings names;
    for (const auto& each : session->scalars(select(genre).order_by(genre.col<&Genre::id>())))
        names.push_back(each->name);
    EXPECT_THAT(names, ElementsAre("root", "branch", "leaf"));
}

TEST_P(EntitiesFromSelects, come_beside_values_and_other_classes) {
    fill(3);
    const auto counts = select(entity<Artist>, func::count(col<&Album::id>).label("n"))
                            .outer_join<&Artist::albums>()
                            .group_by(entity<Artist>)
                            .subquery("counts");
    const auto artist = aliased<Artist>(counts);
    Strings seen;
    for (const auto& [one, n] : session->execute(
             select(artist, counts.c<std::int64_t>("n")).order_by(artist.col<&Artist::id>())))
        seen.push_back(one->name + " " + std::to_string(n));
    EXPECT_THAT(seen, ElementsAre("a0 0", "a1 1", "a2 2"));
}

TEST_P(EntitiesFromSelects, criteria_on_all_objects_hold_for_them_where_aliases_are_included) {
    fill(3);
    const auto artist = aliased<Artist>(select<Artist>().subquery("all"));
    const auto found = session
                           ->scalars(select(artist).options(with_loader_criteria<Artist>(
                               col<&Artist::name> == "a1", {.include_aliases = true})))
                           .all();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0]->name, "a1");
}

TEST_P(EntitiesFromSelects, text_is_selected_from_where_its_columns_are_named) {
    fill(3);
    const auto some = text("SELECT id, name FROM music_artist WHERE name > :least")
                          .columns(col<&Artist::id>, col<&Artist::name>)
                          .subquery("some");
    const auto artist = aliased<Artist>(some);
    const auto found = session
                           ->scalars(select(artist).order_by(artist.col<&Artist::name>().desc()),
                                     {{"least", "a0"}})
                           .all();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0]->name, "a2");
    EXPECT_THROW((void)text("SELECT 1").subquery(), ArgumentError);
    EXPECT_THROW((void)text("SELECT 1").columns<int>().subquery(), ArgumentError);
    EXPECT_THROW((void)text("SELECT 1, 2").columns(col<&Artist::id>, col<&Album::id>).cte("x"),
                 ArgumentError);
}

}  // namespace
}  // namespace music
