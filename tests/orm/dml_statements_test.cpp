// SPDX-License-Identifier: MIT
#include "blog.hpp"
#include "league.hpp"

// INSERT, UPDATE and DELETE that name classes and members, as statements: what a model makes of
// them, and who may execute them.

namespace azoth_test::blog {
namespace {

using namespace azoth;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(DmlStatements, R3_the_model_puts_in_tables_and_columns) {
    const Model blog = make_model();
    EXPECT_EQ(sqlite_sql(blog, insert<Person>().values(col<&Person::name> = "a",
                                                       col<&Person::fullname> = "b")),
              R"(INSERT INTO "person" ("name", "full_name") VALUES (?, ?))");
    EXPECT_EQ(
        sqlite_sql(blog, update<Person>()
                             .where(col<&Person::name> == "a")
                             .values(col<&Person::fullname> = col<&Person::name> + "!")),
        R"(UPDATE "person" SET "full_name" = "person"."name" || ? WHERE "person"."name" = ?)");
    EXPECT_EQ(sqlite_sql(blog, delete_<Person>().where(col<&Person::id>.in({1, 2}))),
              R"(DELETE FROM "person" WHERE "person"."id" IN (?, ?))");
}

TEST(DmlStatements, R3_one_statement_serves_models_with_other_schemas) {
    static const auto statement = delete_<Person>().where(col<&Person::id> == 1);
    EXPECT_EQ(postgresql_sql(make_model("one", "left"), statement),
              R"(DELETE FROM "left"."person" WHERE "left"."person"."id" = $1)");
    EXPECT_EQ(postgresql_sql(make_model("two"), statement),
              R"(DELETE FROM "person" WHERE "person"."id" = $1)");
}

TEST(DmlStatements, objects_are_returned_by_their_columns) {
    EXPECT_EQ(sqlite_sql(make_model(), delete_<Tag>().returning<Tag>()),
              R"(DELETE FROM "tag" RETURNING "tag"."id", "tag"."word")");
    EXPECT_EQ(
        sqlite_sql(make_model(),
                   insert<Tag>().values(col<Tag::word> = "x").returning(entity<Tag>, col<Tag::id>)),
        R"(INSERT INTO "tag" ("word") VALUES (?) RETURNING "id", "word", "id" AS "id_1")");
}

TEST(DmlStatements, an_upsert_names_members) {
    EXPECT_EQ(sqlite_sql(make_model(),
                         insert<Tag>()
                             .values(col<Tag::id> = 1, col<Tag::word> = "x")
                             .on_conflict_do_update(index_elements(col<Tag::id>),
                                                    col<Tag::word> = excluded(col<Tag::word>))),
              R"(INSERT INTO "tag" ("id", "word") VALUES (?, ?) ON CONFLICT ("id") DO UPDATE )"
              R"(SET "word" = excluded."word")");
}

TEST(DmlStatements, values_are_sent_with_the_types_of_their_columns) {
    EXPECT_EQ(
        postgresql_sql(make_model(), insert<Person>().values(col<&Person::mood> = Mood::angry,
                                                             col<&Person::balance> = 3)),
        R"(INSERT INTO "person" ("mood", "balance") VALUES ($1::"feeling", $2) RETURNING "id")");
    EXPECT_THAT(
        parameters(make_model(),
                   insert<Person>().values(col<&Person::name> = "a",
                                           col<&Person::boss_id> = std::optional<std::int64_t>())),
        ElementsAre("'a'", "NULL"));
}

TEST(DmlStatements, criteria_on_relationships_become_subqueries_about_the_rows) {
    EXPECT_EQ(sqlite_sql(make_model(),
                         delete_<Person>().where(any<&Person::posts>(col<&Post::title> == "t"))),
              R"(DELETE FROM "person" WHERE EXISTS (SELECT 1 AS "anon_1" FROM "post" AS )"
              R"("post_1" WHERE "person"."id" = "post_1"."author_id" AND "post_1"."title" = ?))");
}

TEST(DmlStatements, members_of_other_classes_are_refused) {
    EXPECT_THAT(flush_test::message_of<ArgumentError>(
                    [] { static_cast<void>(insert<Person>().values(col<&Post::title> = "t")); }),
                HasSubstr("Post::title belongs to class"));
    EXPECT_THAT(flush_test::message_of<ArgumentError>([] {
                    static_cast<void>(
                        sqlite_sql(make_model(), update<Person>().values(col<&Post::title> = "t")));
                }),
                HasSubstr("column 'title' belongs to table 'post', not to table 'person'"));
    EXPECT_THAT(flush_test::message_of<ArgumentError>([] {
                    static_cast<void>(insert<Person>().values(col<&Person::name> = "a",
                                                              col<&Person::name> = "b"));
                }),
                HasSubstr("Person::name is assigned twice"));
    EXPECT_THAT(
        flush_test::message_of<ArgumentError>([] {
            static_cast<void>(sqlite_sql(make_model(), update<Person>()
                                                           .values(col<&Person::name> = "a")
                                                           .values(col<&Person::name> = "b")));
        }),
        HasSubstr("'name' is assigned twice"));
    EXPECT_THAT(flush_test::message_of<ArgumentError>([] {
                    static_cast<void>(sqlite_sql(
                        make_model(), insert<Person>().values(col<&Person::not_mapped> = 1)));
                }),
                HasSubstr("Person::not_mapped"));
    EXPECT_THAT(flush_test::message_of<ArgumentError>(
                    [] { static_cast<void>(sqlite_sql(make_model(), delete_<Stranger>())); }),
                HasSubstr("Stranger is not of the model"));
    EXPECT_THAT(flush_test::message_of<ArgumentError>(
                    [] { static_cast<void>(update(aliased<Person>("boss"))); }),
                HasSubstr("need a table, not alias 'boss'"));
}

}  // namespace
}  // namespace azoth_test::blog

namespace league {
namespace {

class DmlInCore : public LeagueTest {};
AZOTH_FLUSH_ON_ALL_DATABASES(DmlInCore);

TEST_P(DmlInCore, R3_a_connection_that_knows_the_model_executes_them) {
    Connection conn = engine.connect(session->model());
    const auto add = insert<Team>().values(col<&Team::name> = "red");
    EXPECT_EQ(conn.execute(add).inserted_primary_key(), 1);
    const std::vector<std::tuple<std::string>> names{{"blue"}, {"green"}};
    const auto keys =
        conn.execute(insert<Team>().columns(col<&Team::name>).returning(col<&Team::id>), names)
            .scalars();
    EXPECT_THAT(keys, ElementsAre(2, 3));
    EXPECT_EQ(conn.execute(update<Team>()
                               .where(col<&Team::id> > 1)
                               .values(col<&Team::name> = func::upper(col<&Team::name>)))
                  .rowcount(),
              2);
    EXPECT_THAT(
        conn.scalars(delete_<Team>().where(col<&Team::name> == "GREEN").returning(col<&Team::id>))
            .all(),
        ElementsAre(3));
    conn.commit();
    session->execute(add);
    EXPECT_EQ(session->scalar(select(func::count(col<&Team::id>))), 3);
}

TEST_P(DmlInCore, R3_a_plain_connection_refuses_them_and_names_the_remedies) {
    Connection conn = engine.connect();
    const auto refused = [&](const auto& statement) {
        return message_of<ArgumentError>([&] { conn.execute(statement); });
    };
    const auto remedies =
        testing::AllOf(HasSubstr("Team"), HasSubstr("Session"), HasSubstr("engine.connect(model)"));
    EXPECT_THAT(refused(insert<Team>().values(col<&Team::name> = "red")), remedies);
    EXPECT_THAT(refused(update<Team>().values(col<&Team::name> = "red")), remedies);
    EXPECT_THAT(refused(delete_<Team>()), remedies);
    const auto table = session->model().entity<Team>();
    EXPECT_THAT(refused(insert(table).values(col<&Team::name> = "red")), remedies);
    EXPECT_THAT(refused(update(table).values(col<&Team::name> = "red")), remedies);
}

TEST_P(DmlInCore, statements_about_tables_leave_objects_alone) {
    add_players();
    const auto ann = player("ann");
    const auto table = session->model().entity<Player>();
    EXPECT_EQ(session->execute(update(table).values(set(table.c("score"), 5))).rowcount(), 4);
    EXPECT_EQ(ann->score, 10);
    session->expire(ann);
    EXPECT_EQ(ann->score, 5);
}

}  // namespace
}  // namespace league
