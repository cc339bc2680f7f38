// SPDX-License-Identifier: MIT
#include "blog.hpp"
#include <azoth/inspect.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tests/support/message_of.hpp>

namespace azoth_test::blog {
namespace {

using namespace azoth;
using azoth::test::message_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// "table.column"
std::string spelled(const Expr<Any>& column) {
    const auto& node = static_cast<const sql::ColumnNode&>(*column.core().node);
    return node.from->name + "." + node.name;
}

struct InspectClass : testing::Test {
    Model model = make_model("blog", "");
    azoth::Mapper person = inspect<Person>(model);
    azoth::Mapper post = inspect<Post>(model);
};

TEST_F(InspectClass, knows_its_table_and_key) {
    EXPECT_THAT(person.class_name(), HasSubstr("Person"));
    EXPECT_EQ(person.local_table().name(), "person");
    EXPECT_EQ(person.local_table().columns().size(), 6U);
    ASSERT_EQ(person.primary_key().size(), 1U);
    EXPECT_EQ(spelled(person.primary_key()[0]), "person.id");
    EXPECT_EQ(person, inspect<Person>(model));
    EXPECT_NE(person, post);
    EXPECT_NE(person, inspect<Person>(make_model("another", "")));
}

TEST_F(InspectClass, lists_its_members_in_the_order_of_the_mapping) {
    EXPECT_THAT(person.keys(), ElementsAre("id", "name", "fullname", "mood", "balance", "boss_id",
                                           "posts", "boss", "reports", "friends"));
    EXPECT_TRUE(person.has_property("boss"));
    EXPECT_FALSE(person.has_property("not_mapped"));
    std::vector<std::string> names;
    for (const ColumnProperty& column : person.column_attrs()) names.push_back(column.name);
    EXPECT_THAT(names, ElementsAre("id", "name", "full_name", "mood", "balance", "boss_id"));
    std::vector<std::string> keys;
    for (const RelationshipProperty& to : post.relationships()) keys.push_back(to.key);
    EXPECT_THAT(keys, ElementsAre("author", "tags"));
}

TEST_F(InspectClass, finds_columns_by_member_and_by_name) {
    const ColumnProperty fullname = person.column_attr<&Person::fullname>();
    EXPECT_EQ(fullname.key, "fullname");
    EXPECT_EQ(spelled(fullname.column), "person.full_name");
    EXPECT_TRUE(fullname.nullable);
    EXPECT_FALSE(fullname.primary_key || fullname.deferred || fullname.version_id);
    EXPECT_EQ(person.column_attr("balance").type, Type(Numeric{10, 2}));
    EXPECT_TRUE(person.column_attr("id").primary_key);
    EXPECT_TRUE(post.column_attr<&Post::body>().deferred);
    EXPECT_EQ(inspect<Tag>(model).column_attr<Tag::word>().name, "word");
    EXPECT_THAT(message_of<ArgumentError>([&] { (void)person.column_attr("posts"); }),
                HasSubstr("the class has no column called 'posts'"));
    EXPECT_THROW((void)person.column_attr<&Person::not_mapped>(), ArgumentError);
}

TEST_F(InspectClass, finds_relationships_by_member_and_by_name) {
    const RelationshipProperty boss = person.relationship<&Person::boss>();
    EXPECT_EQ(boss.mapper, person);
    EXPECT_EQ(boss.direction, orm::Direction::many_to_one);
    EXPECT_FALSE(boss.uselist);
    EXPECT_EQ(boss.back_populates, "reports");
    EXPECT_EQ(boss.lazy, orm::Loading::select);
    EXPECT_FALSE(boss.secondary.has_value());
    ASSERT_EQ(boss.local_remote_pairs.size(), 1U);
    EXPECT_EQ(spelled(boss.local_remote_pairs[0].first), "person.boss_id");
    EXPECT_EQ(spelled(boss.local_remote_pairs[0].second), "person.id");
    EXPECT_EQ(person.relationship("posts").mapper, post);
    EXPECT_THAT(message_of<ArgumentError>([&] { (void)person.relationship("name"); }),
                HasSubstr("the class has no relationship called 'name'"));
    EXPECT_THROW((void)inspect<Stranger>(model), ArgumentError);
}

TEST_F(InspectClass, knows_the_table_between_many_and_many) {
    const RelationshipProperty friends = person.relationship("friends");
    EXPECT_TRUE(friends.uselist);
    ASSERT_TRUE(friends.secondary.has_value());
    EXPECT_EQ(friends.secondary->name(), "friendship");
    ASSERT_EQ(friends.local_remote_pairs.size(), 2U);
    EXPECT_EQ(spelled(friends.local_remote_pairs[0].second), "friendship.one");
    EXPECT_EQ(spelled(friends.local_remote_pairs[1].second), "friendship.other");
}

TEST_F(InspectClass, its_description_outlives_the_handle_of_the_model) {
    const azoth::Mapper mapper = inspect<Post>(make_model("short", "lived"));
    EXPECT_EQ(mapper.local_table().schema(), "lived");
    EXPECT_EQ(mapper.relationship("author").mapper.local_table().name(), "person");
}

TEST_F(InspectClass, an_alias_tells_its_class_and_its_name) {
    const auto boss = aliased<Person>("boss");
    const AliasedInsp alias = inspect(boss, model);
    EXPECT_EQ(alias.mapper, person);
    EXPECT_EQ(alias.name, "boss");
    EXPECT_EQ(&alias.selectable.node(), &static_cast<const FromClause&>(boss).node());
    EXPECT_THAT(inspect(aliased<Person>(), model).name, IsEmpty());
}

TEST_F(InspectClass, what_can_be_selected_is_itself) {
    const Table table = person.local_table();
    EXPECT_EQ(&inspect(table).object(), &table.object());
    const auto statement = select(col<&Person::id>);
    EXPECT_EQ(&inspect(statement).node(), &statement.node());
    EXPECT_EQ(inspect(col<&Person::name>).core().node, col<&Person::name>.core().node);
}

}  // namespace
}  // namespace azoth_test::blog
