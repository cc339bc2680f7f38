// SPDX-License-Identifier: MIT
#include "mapping_support.hpp"

// Along which columns relationships lead, and how their two sides find each other.

namespace {

using namespace mapping_test;
using orm::Direction;

struct Post;
struct Author {
    std::int64_t id{};
    Many<Post> written{};
    Many<Post> reviewed{};
    One<struct Profile> profile{};
    One<Post> favourite{};
    std::optional<std::int64_t> favourite_id{};
    static void map(Mapping<Author>& m);
};
struct Profile {
    std::int64_t author_id{};
    One<Author> author{};
    static void map(Mapping<Profile>& m) {
        m.table("profile");
        m.column<&Profile::author_id>(primary_key, foreign_key<&Author::id>);
        m.relationship<&Profile::author>(back_populates<&Author::profile>);
    }
};
struct Post {
    std::int64_t id{};
    std::int64_t author_id{};
    std::optional<std::int64_t> reviewer_id{};
    One<Author> author{};
    One<Author> reviewer{};
    Many<struct Keyword> keywords{};
    static void map(Mapping<Post>& m) {
        m.table("post");
        m.column<&Post::id>(primary_key);
        m.column<&Post::author_id>(foreign_key<&Author::id>);
        m.column<&Post::reviewer_id>(foreign_key<&Author::id>);
        m.relationship<&Post::author>(back_populates<&Author::written>,
                                      foreign_keys<&Post::author_id>);
        m.relationship<&Post::reviewer>(foreign_keys<&Post::reviewer_id>);
        m.relationship<&Post::keywords>(secondary("post_keyword", {.ondelete = "CASCADE"}));
    }
};
struct Keyword {
    std::string word{};
    Many<Post> posts{};
    static void map(Mapping<Keyword>& m) {
        m.table("keyword");
        m.column<&Keyword::word>(primary_key, String{50});
        m.relationship<&Keyword::posts>(back_populates<&Post::keywords>);
    }
};
void Author::map(Mapping<Author>& m) {
    m.table("author");
    m.column<&Author::id>(primary_key);
    m.column<&Author::favourite_id>(foreign_key<&Post::id>({.use_alter = true}));
    m.relationship<&Author::written>(cascade_all_delete_orphan, order_by<&Post::id>());
    m.relationship<&Author::reviewed>(back_populates<&Post::reviewer>, lazy_raise, passive_deletes);
    m.relationship<&Author::profile>(cascade("save-update, delete, merge"));
    m.relationship<&Author::favourite>(foreign_keys<&Author::favourite_id>, post_update);
}

class Relationships : public testing::Test {
  protected:
    const Model blog = model<Keyword, Post, Profile, Author>("blog");
};

TEST_F(Relationships, lead_along_the_foreign_key_that_the_mapping_names) {
    const auto& author = relationship_in<Post, &Post::author>(blog);
    EXPECT_EQ(author.direction, Direction::many_to_one);
    EXPECT_THAT(pairs_of(author), ElementsAre("author_id=id"));
    const auto& favourite = relationship_in<Author, &Author::favourite>(blog);
    EXPECT_EQ(favourite.direction, Direction::many_to_one);
    EXPECT_TRUE(favourite.post_update);
    EXPECT_THAT(pairs_of(favourite), ElementsAre("favourite_id=id"));
}

TEST_F(Relationships, one_side_is_enough_to_say_what_belongs_together) {
    const auto& written = relationship_in<Author, &Author::written>(blog);
    const auto& author = relationship_in<Post, &Post::author>(blog);
    EXPECT_EQ(written.reverse, &author);
    EXPECT_EQ(author.reverse, &written);
    EXPECT_EQ(written.direction, Direction::one_to_many);
    EXPECT_THAT(pairs_of(written), ElementsAre("id=author_id"));
    const auto& reviewed = relationship_in<Author, &Author::reviewed>(blog);
    EXPECT_THAT(pairs_of(reviewed), ElementsAre("id=reviewer_id"));
    EXPECT_EQ(reviewed.reverse, (&relationship_in<Post, &Post::reviewer>(blog)));
}

TEST_F(Relationships, a_one_without_a_foreign_key_of_its_own_is_the_other_side_of_one_to_one) {
    const auto& profile = relationship_in<Author, &Author::profile>(blog);
    EXPECT_EQ(profile.direction, Direction::one_to_many);
    EXPECT_FALSE(profile.is_many);
    EXPECT_EQ((relationship_in<Profile, &Profile::author>(blog).direction), Direction::many_to_one);
}

TEST_F(Relationships, options_arrive) {
    const auto& written = relationship_in<Author, &Author::written>(blog);
    EXPECT_TRUE(written.cascade.delete_orphan && written.cascade.delete_ &&
                written.cascade.expunge);
    EXPECT_EQ(written.order_by.size(), 1U);
    const auto& reviewed = relationship_in<Author, &Author::reviewed>(blog);
    EXPECT_EQ(reviewed.loading, orm::Loading::raise);
    EXPECT_EQ(reviewed.passive_deletes, orm::PassiveDeletes::on);
    EXPECT_TRUE(reviewed.cascade.save_update && reviewed.cascade.merge);
    EXPECT_FALSE(reviewed.cascade.delete_);
    const auto& profile = relationship_in<Author, &Author::profile>(blog);
    EXPECT_TRUE(profile.cascade.delete_);
    EXPECT_FALSE(profile.cascade.delete_orphan || profile.cascade.expunge);
    EXPECT_EQ(written.describe().substr(written.describe().size() - 15), "Author::written");
}

TEST_F(Relationships, R16_foreign_keys_are_filled_from_either_side) {
    EXPECT_TRUE((attribute_in<Post, &Post::author_id>(blog).foreign));
    EXPECT_TRUE((attribute_in<Post, &Post::reviewer_id>(blog).foreign));
    EXPECT_EQ((attribute_in<Post, &Post::author_id>(blog).zero), orm::ZeroMeans::nothing);
    EXPECT_FALSE((attribute_in<Author, &Author::id>(blog).foreign));
}

TEST_F(Relationships, many_to_many_makes_the_table_between) {
    const auto& keywords = relationship_in<Post, &Post::keywords>(blog);
    const auto& posts = relationship_in<Keyword, &Keyword::posts>(blog);
    EXPECT_EQ(keywords.direction, Direction::many_to_many);
    EXPECT_EQ(keywords.reverse, &posts);
    EXPECT_EQ(keywords.secondary, posts.secondary);
    ASSERT_EQ(keywords.to_owner.size(), 1U);
    EXPECT_EQ(keywords.to_owner[0].column->name, "post_id");
    EXPECT_EQ(keywords.to_target[0].column, posts.to_owner[0].column);
    EXPECT_EQ(posts.to_owner[0].key->name, "word");
    const auto statements = postgresql_ddl(blog);
    EXPECT_THAT(statements,
                testing::Contains("CREATE TABLE \"post_keyword\" (\n"
                                  "    \"post_id\" BIGINT NOT NULL,\n"
                                  "    \"keyword_word\" VARCHAR(50) NOT NULL,\n"
                                  "    PRIMARY KEY (\"post_id\", \"keyword_word\"),\n"
                                  "    FOREIGN KEY (\"post_id\") REFERENCES \"post\" (\"id\") ON "
                                  "DELETE CASCADE,\n"
                                  "    FOREIGN KEY (\"keyword_word\") REFERENCES \"keyword\" "
                                  "(\"word\") ON DELETE CASCADE\n"
                                  ")"));
}

TEST_F(Relationships, parents_come_before_their_children) {
    const auto position = [&](const orm::Mapper& mapper) { return mapper.sort_position(); };
    EXPECT_LT(position(mapper_in<Author>(blog)), position(mapper_in<Post>(blog)));
    EXPECT_LT(position(mapper_in<Author>(blog)), position(mapper_in<Profile>(blog)));
}

TEST_F(Relationships, each_class_knows_what_leads_to_it) {
    std::vector<std::string> names;
    for (const auto* relationship : mapper_in<Author>(blog).incoming())
        names.push_back(relationship->name);
    EXPECT_THAT(names, testing::UnorderedElementsAre("author", "reviewer", "author"));
}

struct Node {
    std::int64_t id{};
    std::optional<std::int64_t> parent_id{};
    std::optional<std::int64_t> next_id{};
    One<Node> parent{};
    Many<Node> children{};
    One<Node> next{};
    One<Node> previous{};
    Many<Node> friends{};
    Many<Node> friend_of{};
    static void map(Mapping<Node>& m) {
        m.table("node");
        m.column<&Node::id>(primary_key);
        m.column<&Node::parent_id>(foreign_key<&Node::id>);
        m.column<&Node::next_id>(foreign_key<&Node::id>);
        m.relationship<&Node::parent>(foreign_keys<&Node::parent_id>);
        m.relationship<&Node::children>(back_populates<&Node::parent>);
        m.relationship<&Node::next>(foreign_keys<&Node::next_id>, remote_side<&Node::id>);
        m.relationship<&Node::previous>(back_populates<&Node::next>);
        m.relationship<&Node::friends>(
            secondary("friendship", {.own_columns = {"a_id"}, .target_columns = {"b_id"}}));
        m.relationship<&Node::friend_of>(back_populates<&Node::friends>);
    }
};

TEST(SelfReference, a_one_leads_to_the_parent_and_a_many_to_the_children) {
    const auto tree = model<Node>("tree");
    const auto& parent = relationship_in<Node, &Node::parent>(tree);
    EXPECT_EQ(parent.direction, Direction::many_to_one);
    EXPECT_THAT(pairs_of(parent), ElementsAre("parent_id=id"));
    const auto& children = relationship_in<Node, &Node::children>(tree);
    EXPECT_EQ(children.direction, Direction::one_to_many);
    EXPECT_THAT(pairs_of(children), ElementsAre("id=parent_id"));
    EXPECT_TRUE(children.is_self_referential());
}

TEST(SelfReference, remote_side_of_one_of_two_ones_decides_both) {
    const auto tree = model<Node>("tree");
    EXPECT_EQ((relationship_in<Node, &Node::next>(tree).direction), Direction::many_to_one);
    const auto& previous = relationship_in<Node, &Node::previous>(tree);
    EXPECT_EQ(previous.direction, Direction::one_to_many);
    EXPECT_THAT(pairs_of(previous), ElementsAre("id=next_id"));
}

TEST(SelfReference, many_to_many_turns_the_columns_round) {
    const auto tree = model<Node>("tree");
    const auto& friends = relationship_in<Node, &Node::friends>(tree);
    const auto& friend_of = relationship_in<Node, &Node::friend_of>(tree);
    EXPECT_EQ(friends.to_owner[0].column->name, "a_id");
    EXPECT_EQ(friend_of.to_owner[0].column->name, "b_id");
    EXPECT_EQ(friend_of.to_target[0].column->name, "a_id");
}

struct Student;
struct Course {
    std::int64_t id{};
    Many<Student> students{};
    static void map(Mapping<Course>& m) {
        m.table("course");
        m.column<&Course::id>(primary_key);
        m.relationship<&Course::students>(secondary("enrolment"), viewonly);
    }
};
struct Student {
    std::int64_t id{};
    static void map(Mapping<Student>& m) {
        m.table("student");
        m.column<&Student::id>(primary_key);
    }
};
struct Enrolment {
    std::int64_t course{};
    std::int64_t student{};
    int grade{};
    static void map(Mapping<Enrolment>& m) {
        m.table("enrolment");
        m.column<&Enrolment::course>(primary_key, foreign_key<&Course::id>);
        m.column<&Enrolment::student>(primary_key, foreign_key<&Student::id>);
        m.column<&Enrolment::grade>();
    }
};

TEST(Secondary, may_be_the_table_of_a_mapped_class) {
    const auto school = model<Course, Student, Enrolment>("school");
    const auto& students = relationship_in<Course, &Course::students>(school);
    EXPECT_EQ(students.secondary.get(), &mapper_in<Enrolment>(school).table());
    EXPECT_EQ(students.to_target[0].column->name, "student");
}

}  // namespace
