// SPDX-License-Identifier: MIT
#include "blog.hpp"
#include "music.hpp"
#include <azoth/orm/relationship_conditions.hpp>
#include <azoth/sql/functions.hpp>

// Joins along relationships: conditions besides, aliases on either side, what they are joined to.

namespace azoth_test::blog {
namespace {

using namespace azoth;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;

class ObjectJoinsSql : public testing::Test {
  protected:
    /// What stands behind the select list.
    [[nodiscard]] std::string from(const sql::Statement& statement) const {
        return behind_from(sqlite_sql(model, statement));
    }
    [[nodiscard]] std::string from_in_postgresql(const sql::Statement& statement) const {
        return behind_from(postgresql_sql(model, statement));
    }
    [[nodiscard]] std::string refusal(const sql::Statement& statement) const {
        try {
            return sqlite_sql(model, statement);
        } catch (const ArgumentError& error) {
            return error.what();
        }
    }
    const Model model = make_model();

  private:
    static std::string behind_from(const std::string& sql) {
        return sql.substr(sql.find(" FROM ") + 6);
    }
};

TEST_F(ObjectJoinsSql, a_condition_besides_stands_in_ON) {
    const auto persons = select(col<&Person::id>);
    EXPECT_EQ(
        from(persons.join<&Person::posts>(col<&Post::title> == "x")),
        R"("person" JOIN "post" ON "person"."id" = "post"."author_id" AND "post"."title" = ?)");
    EXPECT_EQ(
        from(persons.outer_join<&Person::posts>(col<&Post::title> == "x" || col<&Post::id> > 3)),
        R"("person" LEFT OUTER JOIN "post" ON "person"."id" = "post"."author_id" AND )"
        R"(("post"."title" = ? OR "post"."id" > ?))");
    EXPECT_EQ(from(select(col<&Post::id>).join<&Post::tags>(col<Tag::word> == "x")),
              R"("post" JOIN "post_tag" ON "post"."id" = "post_tag"."post_id" JOIN "tag" ON )"
              R"("post_tag"."tag_id" = "tag"."id" AND "tag"."word" = ?)");
    EXPECT_THAT(
        parameters(
            model,
            persons.where(col<&Person::id> > 1).join<&Person::posts>(col<&Post::title> == "x")),
        ElementsAre("'x'", "1"));
}

TEST_F(ObjectJoinsSql, a_condition_besides_goes_with_aliases_on_either_side) {
    const auto boss = aliased<Person>("boss");
    const auto post = aliased<Post>("p");
    EXPECT_EQ(
        from(select(col<&Person::id>).join<&Person::boss>(boss, boss.col<&Person::name>() == "x")),
        R"("person" JOIN "person" AS "boss" ON "person"."boss_id" = "boss"."id" AND )"
        R"("boss"."name" = ?)");
    EXPECT_EQ(
        from(select(boss.col<&Person::id>())
                 .outer_join(boss.rel<&Person::posts>().of_type(post), post.col<&Post::id>() > 1)),
        R"("person" AS "boss" LEFT OUTER JOIN "post" AS "p" ON "boss"."id" = )"
        R"("p"."author_id" AND "p"."id" > ?)");
    EXPECT_EQ(
        from(select(col<&Person::id>).outer_join<&Person::posts>(post, post.col<&Post::id>() > 1)),
        R"("person" LEFT OUTER JOIN "post" AS "p" ON "person"."id" = "p"."author_id" AND )"
        R"("p"."id" > ?)");
}

TEST_F(ObjectJoinsSql, full_joins_go_along_relationships_where_the_database_has_them) {
    const auto post = aliased<Post>("p");
    EXPECT_EQ(
        from_in_postgresql(select(nullable(col<&Person::id>)).full_outer_join<&Person::posts>()),
        R"("person" FULL OUTER JOIN "post" ON "person"."id" = "post"."author_id")");
    EXPECT_EQ(from_in_postgresql(
                  select(nullable(col<&Person::id>)).full_outer_join<&Person::posts>(post)),
              R"("person" FULL OUTER JOIN "post" AS "p" ON "person"."id" = "p"."author_id")");
    EXPECT_THAT(refusal(select(col<&Person::id>).full_outer_join<&Person::posts>()),
                HasSubstr("nullable(id)"));
}

TEST_F(ObjectJoinsSql, select_from_says_where_a_join_begins) {
    EXPECT_EQ(from(select(func::count()).select_from(entity<Post>).join<&Post::author>()),
              R"("post" JOIN "person" ON "post"."author_id" = "person"."id")");
    const auto boss = aliased<Person>("boss");
    EXPECT_EQ(from(select(col<&Post::id>).select_from(boss).join(boss.rel<&Person::posts>())),
              R"("person" AS "boss" JOIN "post" ON "boss"."id" = "post"."author_id")");
}

TEST_F(ObjectJoinsSql, a_subquery_is_joined_on_what_the_program_says) {
    const auto counts = select(col<&Post::author_id>, func::count().label("n"))
                            .group_by(col<&Post::author_id>)
                            .subquery("counts");
    EXPECT_EQ(from(select(col<&Person::id>, counts.c<std::int64_t>("n"))
                       .join(counts, counts[col<&Post::author_id>] == col<&Person::id>)),
              R"("person" JOIN (SELECT "post"."author_id", count(*) AS "n" FROM "post" GROUP BY )"
              R"("post"."author_id") AS "counts" ON "counts"."author_id" = "person"."id")");
    EXPECT_THAT(refusal(select(col<&Person::id>).join<&Person::posts>(counts)),
                testing::AllOf(HasSubstr("subquery 'counts'"), HasSubstr("join aliased<")));
}

TEST_F(ObjectJoinsSql, an_outer_join_with_a_condition_joins_the_table_between_first) {
    EXPECT_EQ(
        from(select(col<&Post::id>).outer_join<&Post::tags>(col<Tag::word> == "x")),
        R"("post" LEFT OUTER JOIN ("post_tag" JOIN "tag" ON "post_tag"."tag_id" = "tag"."id") )"
        R"(ON "post"."id" = "post_tag"."post_id" AND "tag"."word" = ?)");
    EXPECT_EQ(from(select(col<&Post::id>).outer_join<&Post::tags>()),
              R"("post" LEFT OUTER JOIN "post_tag" ON "post"."id" = "post_tag"."post_id" )"
              R"(LEFT OUTER JOIN "tag" ON "post_tag"."tag_id" = "tag"."id")")
        << "nothing but keys to be met";
    const auto tag = aliased<Tag>("t");
    EXPECT_EQ(from(select(col<&Post::id>)
                       .outer_join<&Post::tags>(tag, tag.col<Tag::word>() == "x")
                       .outer_join<&Post::tags>(col<Tag::word> == "y")),
              R"("post" LEFT OUTER JOIN ("post_tag" JOIN "tag" AS "t" ON "post_tag"."tag_id" = )"
              R"("t"."id") ON "post"."id" = "post_tag"."post_id" AND "t"."word" = ? )"
              R"(LEFT OUTER JOIN ("post_tag" AS "post_tag_1" JOIN "tag" ON )"
              R"("post_tag_1"."tag_id" = "tag"."id") ON "post"."id" = "post_tag_1"."post_id" AND )"
              R"("tag"."word" = ?)");
    EXPECT_THAT(
        refusal(
            select(col<&Post::id>, col<Tag::id>).outer_join<&Post::tags>(col<Tag::word> == "x")),
        HasSubstr("nullable(id)"));
    EXPECT_THAT(parameters(model, select(col<&Post::id>)
                                      .where(col<&Post::id> > 1)
                                      .outer_join<&Post::tags>(col<Tag::word> == "x")),
                ElementsAre("'x'", "1"));
}

TEST_F(ObjectJoinsSql, a_condition_of_options_is_one_of_the_outer_join) {
    EXPECT_THAT(from(select(entity<Post>)
                         .outer_join<&Post::tags>()
                         .options(with_loader_criteria<Tag>(col<Tag::word> == "x"))),
                testing::StartsWith(
                    R"("post" LEFT OUTER JOIN ("post_tag" JOIN "tag" ON )"
                    R"("post_tag"."tag_id" = "tag"."id") ON "post"."id" = "post_tag"."post_id" )"
                    R"(AND "tag"."word" = ?)"));
}

TEST_F(ObjectJoinsSql, conditions_ask_about_relationships_of_aliases) {
    const auto boss = aliased<Person>("boss");
    EXPECT_THAT(from(select(boss.col<&Person::id>())
                         .where(any(boss.rel<&Person::posts>(), col<&Post::title> == "x"))),
                EndsWith(R"(EXISTS (SELECT 1 AS "anon_1" FROM "post" AS "post_1" WHERE )"
                         R"("boss"."id" = "post_1"."author_id" AND "post_1"."title" = ?))"));
    EXPECT_THAT(from(select(boss.col<&Person::id>()).where(has(boss.rel<&Person::boss>()))),
                HasSubstr(R"("boss"."boss_id" = "person_1"."id")"));
    EXPECT_THAT(from(select(boss.col<&Person::id>()).where(boss.rel<&Person::boss>() == nullptr)),
                EndsWith(R"(WHERE "boss"."boss_id" IS NULL)"));
    EXPECT_THAT(from(select(boss.col<&Person::id>()).where(boss.rel<&Person::boss>() != nullptr)),
                EndsWith(R"(WHERE "boss"."boss_id" IS NOT NULL)"));
}

}  // namespace
}  // namespace azoth_test::blog

namespace music {
namespace {

class ObjectJoins : public MusicTest {};
AZOTH_FLUSH_ON_ALL_DATABASES(ObjectJoins);

TEST_P(ObjectJoins, an_outer_join_with_a_condition_keeps_every_owner) {
    fill(3);
    Strings seen;
    for (const auto& [artist, album] :
         session->execute(select<Artist, Album>()
                              .outer_join<&Artist::albums>(col<&Album::year> == 2002)
                              .order_by(col<&Artist::id>)))
        seen.push_back(artist->name + " " + (album ? album->title : "-"));
    EXPECT_THAT(seen, ElementsAre("a0 -", "a1 -", "a2 a2.2"));
}

TEST_P(ObjectJoins, an_outer_join_through_a_table_between_finds_owners_whose_objects_fail) {
    fill(3);
    session->add(
        Shelf{.room = "attic", .number = 7, .albums = {Album{.title = "a1.1", .year = 1950}}});
    session->commit();
    const auto titled = [&](const std::string& title) {
        Strings seen;
        for (const auto& [shelf, album] :
             session->execute(select(entity<Shelf>, entity<Album>)
                                  .outer_join<&Shelf::albums>(col<&Album::title> == title)
                                  .order_by(col<&Shelf::room>, col<&Album::id>)))
            seen.push_back(shelf->room + ":" + (album ? album->title : ""));
        return seen;
    };
    EXPECT_THAT(titled("a2.2"), ElementsAre("attic:", "hall:a2.2"));
    EXPECT_THAT(titled("a1.1"), ElementsAre("attic:a1.1", "hall:"));
    EXPECT_THAT(titled("none"), ElementsAre("attic:", "hall:"));

    const auto shelves = session
                             ->scalars(select<Shelf>()
                                           .outer_join<&Shelf::albums>(col<&Album::year> < 2000)
                                           .order_by(col<&Shelf::room>)
                                           .options(contains_eager<&Shelf::albums>()),
                                       {}, {.populate_existing = true})
                             .all();
    ASSERT_EQ(shelves.size(), 2U);
    EXPECT_EQ(shelves[0]->albums.size(), 1U);
    EXPECT_EQ(shelves[1]->albums.size(), 0U);
}

TEST_P(ObjectJoins, objects_of_aliases_on_both_sides) {
    fill(3);
    const auto artist = aliased<Artist>("artist");
    const auto first = aliased<Album>("first");
    const auto second = aliased<Album>("second");
    Strings seen;
    for (const auto& [one, a, b] :
         session->execute(select(artist, first, second)
                              .join(artist.rel<&Artist::albums>().of_type(first),
                                    first.col<&Album::year>() == 2001)
                              .join(artist.rel<&Artist::albums>().of_type(second),
                                    second.col<&Album::year>() == 2002)))
        seen.push_back(one->name + " " + a->title + " " + b->title);
    EXPECT_THAT(seen, ElementsAre("a2 a2.1 a2.2"));
}

TEST_P(ObjectJoins, full_joins_find_what_either_side_has_alone) {
    fill(2);
    session->add(Album{.title = "anonymous"});
    session->flush();
    const auto statement = select<Artist, Album>().full_outer_join<&Artist::albums>().order_by(
        col<&Artist::name>.asc().nulls_last());
    Strings seen;
    try {
        for (const auto& [artist, album] : session->execute(statement))
            seen.push_back((artist ? artist->name : "-") + " " + (album ? album->title : "-"));
    } catch (const UnsupportedCompilationError& error) {
        EXPECT_THAT(error.what(), HasSubstr("FULL OUTER JOIN"));
        return;
    }
    EXPECT_THAT(seen, ElementsAre("a0 -", "a1 a1.1", "- anonymous"));
}

TEST_P(ObjectJoins, conditions_about_relationships_of_aliases_find_their_objects) {
    fill(3);
    const auto album = aliased<Album>("x");
    const auto artist = aliased<Artist>("y");
    const auto a2 = session->scalars(select<Artist>().where(col<&Artist::name> == "a2")).one();
    const auto titles_of = [&](const Expr<bool>& condition) {
        return session
            ->scalars(select(album.col<&Album::title>())
                          .where(condition)
                          .order_by(album.col<&Album::id>()))
            .all();
    };
    EXPECT_THAT(titles_of(album.rel<&Album::artist>() == a2), ElementsAre("a2.1", "a2.2"));
    EXPECT_THAT(titles_of(album.rel<&Album::artist>() != a2), ElementsAre("a1.1"));
    EXPECT_THAT(titles_of(with_parent<&Artist::albums>(a2, album)), ElementsAre("a2.1", "a2.2"));
    EXPECT_THAT(titles_of(has(album.rel<&Album::artist>(), col<&Artist::name> == "a1")),
                ElementsAre("a1.1"));
    const auto shelf = session->scalars(select<Shelf>()).one();
    EXPECT_THAT(titles_of(contains(album.rel<&Album::shelves>(), shelf)), ElementsAre("a2.2"));
    EXPECT_THAT(titles_of(with_parent<&Shelf::albums>(shelf, album)), ElementsAre("a2.2"));
    EXPECT_EQ(
        session
            ->scalars(
                select(artist.col<&Artist::name>()).where(!any(artist.rel<&Artist::albums>())))
            .one(),
        "a0");
}

}  // namespace
}  // namespace music
