// SPDX-License-Identifier: MIT
#include "blog.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/load_plan.hpp>
#include <azoth/schema/table_object.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// What a model makes of statements over classes and members.

namespace azoth_test::blog {
namespace {

using namespace azoth;
using testing::ElementsAre;
using testing::HasSubstr;

class Lowering : public testing::Test {
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

// --- members -------------------------------------------------------------------------------------

TEST_F(Lowering, a_member_becomes_the_column_that_it_is_mapped_to) {
    EXPECT_EQ(
        text(select(col<&Person::id>, col<&Person::fullname>)
                 .where(col<&Person::name> == "sandy")
                 .order_by(col<&Person::name>, col<&Person::id>.desc())),
        R"(SELECT "person"."id", "person"."full_name" FROM "person" WHERE "person"."name" = ? )"
        R"(ORDER BY "person"."name", "person"."id" DESC)");
}

TEST_F(Lowering, a_member_stands_wherever_an_expression_does) {
    const auto name = col<&Person::name>;
    EXPECT_EQ(
        text(select(func::count(distinct(name)), func::upper(name), name + "!", -col<&Person::id>,
                    cast<std::string>(col<&Person::id>), nullable(name), name.label("n"),
                    case_(when(name == "x", 1)).else_(2))
                 .where(name.like("s%") && name.startswith("s") && !name.contains("x"),
                        name.in({"a", "b"}) || name.not_in(std::vector<std::string>{"c"}),
                        col<&Person::id>.between(1, 9), col<&Person::fullname>.is_not_null())
                 .group_by(name)
                 .having(func::count(col<&Person::id>) > 1)
                 .order_by(name.asc(), col<&Person::fullname>.desc().nulls_last())),
        R"(SELECT count(DISTINCT "person"."name") AS "count_1", upper("person"."name") AS "upper_1", )"
        R"("person"."name" || ? AS "anon_1", -"person"."id" AS "anon_2", )"
        R"(CAST("person"."id" AS TEXT) AS "id", "person"."name", "person"."name" AS "n", )"
        R"(CASE WHEN "person"."name" = ? THEN ? ELSE ? END AS "anon_3" FROM "person" )"
        R"(WHERE ("person"."name" LIKE ? AND "person"."name" LIKE ? ESCAPE '/' )"
        R"(AND NOT "person"."name" LIKE ? ESCAPE '/') )"
        R"(AND ("person"."name" IN (?, ?) OR "person"."name" NOT IN (?)) )"
        R"(AND "person"."id" BETWEEN ? AND ? AND "person"."full_name" IS NOT NULL )"
        R"(GROUP BY "person"."name" HAVING count("person"."id") > ? )"
        R"(ORDER BY "person"."name", "person"."full_name" DESC NULLS LAST)");
}

TEST_F(Lowering, a_name_that_a_class_offers_for_a_private_member_is_one_of_its_members) {
    EXPECT_EQ(text(select(col<Tag::word>).where(col<Tag::id> == 1)),
              R"(SELECT "tag"."word" FROM "tag" WHERE "tag"."id" = ?)");
}

TEST_F(Lowering, Maybe_and_Deferred_are_expressions_of_what_is_in_them) {
    static_assert(std::is_same_v<detail::operand_t<decltype(col<&Post::body>)>, std::string>);
    static_assert(std::is_same_v<detail::operand_t<decltype(col<&Post::published>)>, bool>);
    EXPECT_EQ(text(select(col<&Post::body>).where(col<&Post::published>)),
              R"(SELECT "post"."body" FROM "post" WHERE "post"."published")");
}

TEST_F(Lowering, placeholders_take_the_types_of_the_columns) {
    EXPECT_EQ(
        postgresql_sql(model, select(col<&Person::id>).where(col<&Person::mood> == Mood::calm)),
        R"(SELECT "person"."id" FROM "person" WHERE "person"."mood" = $1::"feeling")");
    EXPECT_EQ(
        postgresql_sql(model, select(col<&Person::id>).where(Mood::calm != col<&Person::mood>)),
        R"(SELECT "person"."id" FROM "person" WHERE $1::"feeling" != "person"."mood")");
    const auto types = [&](const sql::Statement& statement) {
        const auto compiled = postgresql::Compiler().compile(model.state().lower(statement.node()),
                                                             sql::CompileMode::single);
        std::vector<TypeKind> kinds;
        for (const Type& type : compiled->parameter_types) kinds.push_back(type.kind());
        return kinds;
    };
    EXPECT_THAT(types(select(col<&Post::id>).where(col<&Post::extra> == "{}")),
                ElementsAre(TypeKind::json));
    EXPECT_THAT(types(select(col<&Post::id>).where(col<&Post::extra>.in({"{}", "[]"}))),
                ElementsAre(TypeKind::json));
    EXPECT_THAT(types(select(col<&Post::id>).where(col<&Post::extra>.between("a", "b"))),
                ElementsAre(TypeKind::json, TypeKind::json));
    EXPECT_THAT(types(select(col<&Person::id>).where(col<&Person::balance> > 5)),
                ElementsAre(TypeKind::numeric));
}

// --- objects -------------------------------------------------------------------------------------

TEST_F(Lowering, R4_the_type_of_a_statement_is_the_type_of_its_rows) {
    static_assert(std::is_same_v<decltype(select<Person>()), Select<Ptr<Person>>>);
    static_assert(std::is_same_v<decltype(select<const Person>()), Select<Ptr<const Person>>>);
    static_assert(std::is_same_v<decltype(select<Person, Post>()), Select<Ptr<Person>, Ptr<Post>>>);
    static_assert(std::is_same_v<decltype(select(entity<Person>, func::count(col<&Post::id>))),
                                 Select<Ptr<Person>, std::int64_t>>);
    static_assert(std::is_same_v<decltype(select<Person>()
                                              .join<&Person::posts>()
                                              .where(col<&Post::title> == "x")
                                              .limit(1)),
                                 Select<Ptr<Person>>>);
    static_assert(std::is_same_v<decltype(select(aliased<Post>())), Select<Ptr<Post>>>);
    static_assert(std::is_same_v<decltype(select<Person>().add_columns(col<&Post::published>)),
                                 Select<Ptr<Person>, bool>>);
}

TEST_F(Lowering, an_object_becomes_its_columns_without_the_deferred_ones) {
    EXPECT_EQ(text(select<Post>()),
              R"(SELECT "post"."id", "post"."title", "post"."published", "post"."extra", )"
              R"("post"."author_id" FROM "post")");
    EXPECT_EQ(text(select<const Tag>()), text(select<Tag>()));
}

TEST_F(Lowering, the_load_plan_says_which_cells_are_whose) {
    const auto plan_of = [&](const sql::Statement& statement) {
        const auto lowered = model.state().lower(statement.node());
        return Ref<const orm::LoadPlan>(static_cast<const orm::LoadPlan*>(lowered.plan.get()));
    };
    const auto plan = plan_of(select(col<&Person::name>, entity<Post>, entity<Tag>));
    ASSERT_EQ(plan->entries.size(), 3U);
    EXPECT_EQ(plan->entries[0].mapper, nullptr);
    EXPECT_EQ(plan->entries[1].mapper->class_name(), "azoth_test::blog::Post");
    EXPECT_EQ(plan->entries[1].first_cell, 1U);
    EXPECT_EQ(plan->entries[1].members.size(), 5U);
    EXPECT_THAT(plan->entries[1].key_cells, ElementsAre(0U));
    EXPECT_EQ(plan->entries[2].first_cell, 6U);
    EXPECT_EQ(plan_of(select(col<&Person::name>)), nullptr);
    EXPECT_EQ(plan_of(union_(select<Tag>(), select<Tag>()))->entries.size(), 1U);
}

TEST_F(Lowering, objects_can_be_grouped_by) {
    EXPECT_EQ(text(select(entity<Tag>, func::count()).group_by(entity<Tag>)),
              R"(SELECT "tag"."id", "tag"."word", count(*) AS "count_1" FROM "tag" )"
              R"(GROUP BY "tag"."id", "tag"."word")");
    EXPECT_THAT(refusal(select<Tag>().order_by(entity<Tag>)),
                HasSubstr("class azoth_test::blog::Tag stands where a value is expected"));
}

TEST_F(Lowering, a_class_can_be_selected_from_without_being_selected) {
    EXPECT_EQ(text(select(func::count()).select_from(entity<Tag>)),
              R"(SELECT count(*) AS "count_1" FROM "tag")");
}

// --- joins ---------------------------------------------------------------------------------------

TEST_F(Lowering, a_relationship_says_what_is_joined_and_on_which_columns) {
    const std::string joined =
        R"( FROM "person" JOIN "post" ON "person"."id" = "post"."author_id")";
    EXPECT_EQ(text(select(col<&Person::id>).join<&Person::posts>()),
              R"(SELECT "person"."id")" + joined);
    EXPECT_EQ(text(select(col<&Person::id>).join(rel<&Person::posts>)),
              R"(SELECT "person"."id")" + joined);
    // Also where only the far end is selected.
    EXPECT_EQ(text(select(col<&Post::id>).join<&Person::posts>()),
              R"(SELECT "post"."id")" + joined);
    EXPECT_EQ(text(select(col<&Person::id>).outer_join<&Person::posts>()),
              R"(SELECT "person"."id" FROM "person" LEFT OUTER JOIN "post" ON )"
              R"("person"."id" = "post"."author_id")");
    EXPECT_EQ(
        text(select(col<&Post::id>).join<&Post::author>()),
        R"(SELECT "post"."id" FROM "post" JOIN "person" ON "post"."author_id" = "person"."id")");
}

TEST_F(Lowering, many_to_many_is_joined_through_the_table_between) {
    EXPECT_EQ(text(select(col<&Post::id>).outer_join<&Post::tags>()),
              R"(SELECT "post"."id" FROM "post" LEFT OUTER JOIN "post_tag" ON )"
              R"("post"."id" = "post_tag"."post_id" LEFT OUTER JOIN "tag" ON )"
              R"("post_tag"."tag_id" = "tag"."id")");
}

TEST_F(Lowering, joins_go_on_from_what_was_joined) {
    EXPECT_EQ(
        text(select(col<Tag::word>)
                 .select_from(entity<Person>)
                 .join<&Person::posts>()
                 .join<&Post::tags>()
                 .distinct()),
        R"(SELECT DISTINCT "tag"."word" FROM "person" JOIN "post" ON )"
        R"("person"."id" = "post"."author_id" JOIN "post_tag" ON )"
        R"("post"."id" = "post_tag"."post_id" JOIN "tag" ON "post_tag"."tag_id" = "tag"."id")");
}

TEST_F(Lowering, classes_are_joined_on_conditions_and_foreign_keys) {
    EXPECT_EQ(
        text(
            select(col<&Person::id>).join(entity<Post>, col<&Post::author_id> == col<&Person::id>)),
        R"(SELECT "person"."id" FROM "person" JOIN "post" ON "post"."author_id" = "person"."id")");
    EXPECT_EQ(
        text(select(col<&Person::id>).join(entity<Post>)),
        R"(SELECT "person"."id" FROM "person" JOIN "post" ON "person"."id" = "post"."author_id")");
}

TEST_F(Lowering, aliases_are_joined_along_relationships_in_both_directions) {
    const auto boss = aliased<Person>("boss");
    EXPECT_EQ(
        text(select(col<&Person::name>, boss.col<&Person::name>()).join<&Person::boss>(boss)),
        R"(SELECT "person"."name", "boss"."name" AS "name_1" FROM "person" JOIN "person" AS "boss" )"
        R"(ON "person"."boss_id" = "boss"."id")");
    EXPECT_EQ(
        text(select(boss.col<&Person::id>()).join(boss.rel<&Person::posts>())),
        R"(SELECT "boss"."id" FROM "person" AS "boss" JOIN "post" ON "boss"."id" = "post"."author_id")");
    const auto report = aliased<Person>();
    EXPECT_EQ(
        text(select(boss, report)
                 .outer_join(boss.rel<&Person::reports>().of_type(report))
                 .with_only_columns(boss.col<&Person::id>(), nullable(report.col<&Person::id>()))),
        R"(SELECT "boss"."id", "person_1"."id" AS "id_1" FROM "person" AS "boss" LEFT OUTER JOIN )"
        R"("person" AS "person_1" ON "boss"."id" = "person_1"."boss_id")");
    EXPECT_EQ(
        text(select(col<&Person::id>).join(boss, boss.col<&Person::id>() == col<&Person::boss_id>)),
        R"(SELECT "person"."id" FROM "person" JOIN "person" AS "boss" ON "boss"."id" = "person"."boss_id")");
}

TEST_F(Lowering, the_table_between_is_another_one_in_each_join_along_it) {
    const auto friend_ = aliased<Person>("f");
    const auto far = aliased<Person>("g");
    EXPECT_EQ(
        text(select(far.col<&Person::id>())
                 .select_from(entity<Person>)
                 .join<&Person::friends>(friend_)
                 .join(friend_.rel<&Person::friends>().of_type(far))),
        R"(SELECT "g"."id" FROM "person" JOIN "friendship" ON "person"."id" = "friendship"."one" )"
        R"(JOIN "person" AS "f" ON "friendship"."other" = "f"."id" JOIN "friendship" AS )"
        R"("friendship_1" ON "f"."id" = "friendship_1"."one" JOIN "person" AS "g" ON )"
        R"("friendship_1"."other" = "g"."id")");
}

TEST_F(Lowering, a_join_that_can_not_be_is_refused_with_the_remedy) {
    EXPECT_THAT(refusal(select<Person>().join<&Person::reports>()),
                HasSubstr("Person::reports leads back to table 'person': join it to an alias"));
    EXPECT_THAT(
        refusal(select<Person>().join<&Person::posts>(aliased<Tag>())),
        HasSubstr("Person::posts leads to azoth_test::blog::Post, so it can't be joined to an "
                  "alias of class azoth_test::blog::Tag"));
    EXPECT_THAT(refusal(select<Person>().select_from(aliased<Person>().rel<&Person::posts>())),
                HasSubstr("Person::posts is a relationship: it can be joined"));
}

TEST_F(Lowering, a_column_from_the_far_side_of_an_outer_join_must_be_nullable) {
    EXPECT_THAT(refusal(select(col<&Person::id>, col<&Post::id>).outer_join<&Person::posts>()),
                HasSubstr("select it as nullable(id)"));
    EXPECT_EQ(
        text(select(col<&Person::id>, nullable(col<&Post::id>)).outer_join<&Person::posts>()),
        R"(SELECT "person"."id", "post"."id" AS "id_1" FROM "person" LEFT OUTER JOIN "post" ON )"
        R"("person"."id" = "post"."author_id")");
    // An object that isn't found is a null handle.
    EXPECT_THAT(text(select<Person, Tag>().outer_join(entity<Tag>, col<Tag::id> == 1)),
                HasSubstr("LEFT OUTER JOIN"));
}

// --- subqueries and CTEs -------------------------------------------------------------------------

TEST_F(Lowering, subqueries_over_members_give_their_columns_by_member) {
    const auto counts = select(col<&Post::author_id>, func::count(col<&Post::id>).label("n"))
                            .group_by(col<&Post::author_id>)
                            .subquery("counts");
    EXPECT_EQ(
        text(select(col<&Person::name>, counts.get<1>())
                 .join(counts, counts[col<&Post::author_id>] == col<&Person::id>)),
        R"(SELECT "person"."name", "counts"."n" FROM "person" JOIN (SELECT "post"."author_id", )"
        R"(count("post"."id") AS "n" FROM "post" GROUP BY "post"."author_id") AS "counts" ON )"
        R"("counts"."author_id" = "person"."id")");
}

TEST_F(Lowering, objects_come_out_of_subqueries_again) {
    const auto recent = select(func::count().label("n"), entity<Tag>).subquery("recent");
    EXPECT_EQ(
        text(select(recent.get<1>()).where(recent[col<Tag::word>] == "x", recent.get<0>() > 1)),
        R"(SELECT "recent"."id", "recent"."word" FROM (SELECT count(*) AS "n", "tag"."id", )"
        R"("tag"."word" FROM "tag") AS "recent" WHERE "recent"."word" = ? AND "recent"."n" > ?)");
    const auto lowered = model.state().lower(select(recent.get<1>()).node());
    EXPECT_NE(lowered.plan, nullptr);
    EXPECT_THROW((void)recent[col<&Person::name>], NoSuchColumnError);
    const auto posts = select<Post>().subquery("p");
    EXPECT_THAT(refusal(select(posts[col<&Post::body>])),
                HasSubstr("Post::body is deferred, so the objects that subquery 'p' selects"));
}

TEST_F(Lowering, a_subquery_correlates_to_the_entity_around_it) {
    const auto newest = select(func::max(col<&Post::id>))
                            .where(col<&Post::author_id> == col<&Person::id>)
                            .scalar_subquery();
    EXPECT_EQ(text(select(col<&Person::id>, newest)),
              R"(SELECT "person"."id", (SELECT max("post"."id") AS "max_1" FROM "post" WHERE )"
              R"("post"."author_id" = "person"."id") AS "anon_1" FROM "person")");
    EXPECT_EQ(
        text(select<Tag>().where(
            exists(select(col<&Post::id>).where(col<&Post::id> == col<Tag::id>)))),
        R"(SELECT "tag"."id", "tag"."word" FROM "tag" WHERE EXISTS (SELECT "post"."id" FROM "post" )"
        R"(WHERE "post"."id" = "tag"."id"))");
}

TEST_F(Lowering, a_recursive_CTE_runs_over_members) {
    auto chain = select(col<&Person::id>, col<&Person::boss_id>)
                     .where(col<&Person::id> == 5)
                     .cte("chain", true);
    chain = chain.union_all(select(col<&Person::id>, col<&Person::boss_id>)
                                .where(col<&Person::id> == chain[col<&Person::boss_id>]));
    EXPECT_EQ(
        text(select(chain[col<&Person::id>])),
        R"(WITH RECURSIVE "chain"("id", "boss_id") AS (SELECT "person"."id", "person"."boss_id" FROM )"
        R"("person" WHERE "person"."id" = ? UNION ALL SELECT "person"."id", "person"."boss_id" FROM )"
        R"("person", "chain" WHERE "person"."id" = "chain"."boss_id") SELECT "chain"."id" FROM "chain")");
}

TEST_F(Lowering, values_stay_with_their_placeholders) {
    const auto grown = select(entity<Post>).where(col<&Post::title> == "inner").subquery();
    const auto tagged = select(col<Tag::id>).where(col<Tag::word> == "cte").cte("tagged");
    const auto statement =
        select(col<&Person::name> + "column", grown.get<0>())
            .join(grown, grown[col<&Post::author_id>] == col<&Person::id> &&
                             grown[col<&Post::title>] != "on")
            .where(col<&Person::name>.in({"a", "b"}), tagged.get<0>() == 7,
                   col<&Person::id>.in(select(col<&Post::id>).where(col<&Post::title> == "in")))
            .limit(3);
    EXPECT_THAT(parameters(model, statement), ElementsAre("'cte'", "'column'", "'inner'", "'on'",
                                                          "'a'", "'b'", "7", "'in'", "3"));
}

// --- R3: statements and models -------------------------------------------------------------------

TEST_F(Lowering, R3_one_static_statement_serves_all_models) {
    static const auto statement = select<Tag>().where(col<Tag::word> == "x");
    EXPECT_EQ(sqlite_sql(model, statement),
              R"(SELECT "tag"."id", "tag"."word" FROM "tag" WHERE "tag"."word" = ?)");
    EXPECT_EQ(sqlite_sql(make_model("tenant", "tenant_7"), statement),
              R"(SELECT "tenant_7"."tag"."id", "tenant_7"."tag"."word" FROM "tenant_7"."tag" )"
              R"(WHERE "tenant_7"."tag"."word" = ?)");
}

TEST_F(Lowering, R3_a_class_that_is_not_of_the_model_is_refused) {
    EXPECT_THAT(refusal(select<Stranger>()),
                HasSubstr("class azoth_test::blog::Stranger is not of the "
                          "model 'blog'"));
    EXPECT_THAT(refusal(select(col<&Stranger::id>)), HasSubstr("not of the model 'blog'"));
    EXPECT_THAT(
        refusal(select(col<&Person::not_mapped>)),
        HasSubstr("Person::not_mapped is not mapped in the model 'blog': name it in m.column"));
}

TEST_F(Lowering, tables_of_the_model_mix_with_classes) {
    const auto people = model.entity<Person>();
    const auto boss = people.alias("b");
    EXPECT_EQ(text(select(col<&Post::id>, people.col<&Person::name>())
                       .where(people.col<&Person::id>() == col<&Post::author_id>)),
              R"(SELECT "post"."id", "person"."name" FROM "post", "person" WHERE )"
              R"("person"."id" = "post"."author_id")");
    // They need no model to be lowered by.
    EXPECT_EQ(sqlite::Compiler()
                  .compile(select(boss.col<&Person::fullname>()).node(), sql::CompileMode::single)
                  ->sql,
              R"(SELECT "b"."full_name" FROM "person" AS "b")");
    EXPECT_THROW((void)model.entity<Stranger>(), ArgumentError);
    EXPECT_THROW((void)people.col<&Person::not_mapped>(), ArgumentError);
}

TEST_F(Lowering, statements_of_the_Core_stay_what_they_are) {
    const auto people = model.entity<Person>();
    const auto statement =
        select(people.col<&Person::name>()).where(people.col<&Person::id>() == 1);
    EXPECT_EQ(model.state().lower(statement.node()).statement.get(), &statement.node());
}

TEST_F(Lowering, a_statement_that_is_not_lowered_is_refused_and_both_remedies_named) {
    const auto refused = [](const sql::Statement& statement) {
        try {
            return sqlite::Compiler().compile(statement.node(), sql::CompileMode::single)->sql;
        } catch (const ArgumentError& error) {
            return std::string(error.what());
        }
    };
    EXPECT_EQ(
        refused(select(col<Tag::word>)),
        "azoth_test::blog::Tag::word_ is a member of a mapped class: execute the statement in a "
        "Session, connect with engine.connect(model), or select from "
        "model.entity<azoth_test::blog::Tag>()");
    const std::string remedy =
        "is a mapped class: execute the statement in a Session, connect with "
        "engine.connect(model)";
    EXPECT_THAT(refused(select<Tag>()), HasSubstr("azoth_test::blog::Tag " + remedy));
    EXPECT_THAT(refused(select(func::count()).select_from(entity<Tag>)), HasSubstr(remedy));
    EXPECT_THAT(refused(select(func::count()).join<&Post::tags>()),
                HasSubstr("is a relationship of a mapped"));
    EXPECT_THAT(refused(update(model.entity<Tag>())
                            .where(col<Tag::id> == 1)
                            .values(detail::assign<std::string>(
                                model.entity<Tag>().col<Tag::word>().core(), "x"))),
                HasSubstr("is a member of a mapped class"));
}

}  // namespace
}  // namespace azoth_test::blog
