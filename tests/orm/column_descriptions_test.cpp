// SPDX-License-Identifier: MIT
#include "blog.hpp"
#include <azoth/orm/bundle.hpp>
#include <azoth/orm/column_descriptions.hpp>
#include <azoth/sql/functions.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// What a statement says of its rows, without a model.

namespace azoth_test::blog {
namespace {

using namespace azoth;

std::vector<std::string> names(const sql::Statement& statement) {
    std::vector<std::string> all;
    for (const auto& column : column_descriptions(statement)) all.push_back(column.name);
    return all;
}

TEST(ColumnDescriptions, say_of_objects_and_columns_whose_they_are) {
    const auto boss = aliased<Person>("boss");
    const auto all = column_descriptions(select(entity<Tag>, boss, col<&Post::title>,
                                                boss.col<&Person::id>().label("number"),
                                                func::count(col<&Post::id>)));
    ASSERT_EQ(all.size(), 5U);
    EXPECT_EQ(all[0].name, "Tag");
    EXPECT_TRUE(all[0].is_object);
    EXPECT_FALSE(all[0].aliased);
    EXPECT_EQ(all[0].class_name, "azoth_test::blog::Tag");
    EXPECT_EQ(&all[0].entity->node(), &static_cast<const FromClause&>(entity<Tag>).node());
    EXPECT_EQ(all[1].name, "boss");
    EXPECT_TRUE(all[1].is_object);
    EXPECT_TRUE(all[1].aliased);
    EXPECT_EQ(&all[1].entity->node(), &static_cast<const FromClause&>(boss).node());
    EXPECT_EQ(all[2].name, "title");
    EXPECT_FALSE(all[2].is_object);
    EXPECT_EQ(all[2].class_name, "azoth_test::blog::Post");
    EXPECT_EQ(all[2].type.value_kind(), Kind::text);
    EXPECT_EQ(all[3].name, "number");
    EXPECT_TRUE(all[3].aliased);
    EXPECT_EQ(all[3].type.value_kind(), Kind::int64);
    EXPECT_EQ(all[4].name, "count_1");
    EXPECT_FALSE(all[4].entity.has_value());
    EXPECT_TRUE(all[4].class_name.empty());
}

TEST(ColumnDescriptions, an_expression_comes_with_its_values) {
    const auto all = column_descriptions(
        select(col<&Post::id> + 1, col<&Post::id> + 2).where(col<&Post::id> > 3));
    ASSERT_EQ(all.size(), 2U);
    ASSERT_EQ(all[1].expr.values.size(), 1U);
    EXPECT_EQ(all[1].expr.values[0].view().integer, 2);
    EXPECT_NE(all[1].expr.node, nullptr);
}

TEST(ColumnDescriptions, of_unions_bundles_subqueries_texts_and_what_statements_return) {
    using testing::ElementsAre;
    EXPECT_THAT(names(union_(select<Tag>(), select<Tag>())), ElementsAre("Tag"));
    EXPECT_THAT(names(select(bundle("pair", col<Tag::id>, col<Tag::word>))), ElementsAre("pair"));
    const auto some = select<Tag>().subquery("some");
    const auto derived = column_descriptions(select(some[entity<Tag>]));
    EXPECT_EQ(derived.at(0).class_name, "azoth_test::blog::Tag");
    EXPECT_TRUE(derived.at(0).is_object);
    EXPECT_THAT(names(text("select 1, 2").columns(col<Tag::id>, col<Tag::word>)),
                ElementsAre("id_", "word_"));
    const Model model = make_model();
    const auto tags = model.entity<Tag>();
    EXPECT_THAT(names(delete_(tags).returning(tags.col<Tag::id>())), ElementsAre("id"));
    EXPECT_TRUE(names(delete_(tags)).empty());
}

}  // namespace
}  // namespace azoth_test::blog
