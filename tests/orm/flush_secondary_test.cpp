// SPDX-License-Identifier: MIT
#include "flush_support.hpp"

// Many-to-many: the rows of the table between.

namespace flush_test {

struct Keyword;

struct Post {
    std::int64_t id{};
    std::string title{};
    Many<Keyword> keywords{};
    Many<Post> related{};
    static void map(Mapping<Post>& m);
};
struct Keyword {
    std::int64_t id{};
    std::string word{};
    Many<Post> posts{};
    static void map(Mapping<Keyword>& m);
};

void Post::map(Mapping<Post>& m) {
    m.table("post");
    m.column<&Post::id>(primary_key);
    m.column<&Post::title>();
    m.relationship<&Post::keywords>(secondary("post_keyword"), back_populates<&Keyword::posts>);
    m.relationship<&Post::related>(
        secondary("related_post", {.own_columns = {"post_id"}, .target_columns = {"other_id"}}));
}
void Keyword::map(Mapping<Keyword>& m) {
    m.table("keyword");
    m.column<&Keyword::id>(primary_key);
    m.column<&Keyword::word>();
    m.relationship<&Keyword::posts>(secondary("post_keyword"));
}

class FlushManyToMany : public FlushTest {
  protected:
    FlushManyToMany() { use<Post, Keyword>(); }
};
AZOTH_FLUSH_ON_ALL_DATABASES(FlushManyToMany);

TEST_P(FlushManyToMany, rows_between_come_after_both_and_once_for_both_sides) {
    const auto post = session->add(Post{.title = "one"});
    const auto other = session->add(Post{.title = "two"});
    const auto cpp = post->keywords.add(Keyword{.word = "c++"});
    post->keywords.add(Keyword{.word = "sql"});
    cpp->posts.add(other);
    EXPECT_THAT(flushed(), ElementsAre("INSERT keyword (word)", "INSERT post (title)",
                                       "INSERT post_keyword (keyword_id, post_id)"));
    EXPECT_THAT(flushed(), IsEmpty());
    session->commit();
    EXPECT_THAT(rows("select post_id, keyword_id from post_keyword order by 1, 2"),
                ElementsAre("1 1", "1 2", "2 1"));
}

TEST_P(FlushManyToMany, links_are_made_and_undone_from_either_side) {
    const auto post = session->add(Post{.title = "one"});
    const auto cpp = session->add(Keyword{.word = "c++"});
    const auto sql = session->add(Keyword{.word = "sql"});
    post->keywords.add(cpp);
    session->flush();
    static_cast<void>(sent());
    sql->posts.add(post);
    cpp->posts.remove(post);
    EXPECT_THAT(sent(), IsEmpty());
    EXPECT_THAT(flushed(), ElementsAre("DELETE post_keyword WHERE keyword_id, post_id",
                                       "INSERT post_keyword (keyword_id, post_id)"));
    session->commit();
    EXPECT_THAT(rows("select post_id, keyword_id from post_keyword"), ElementsAre("1 2"));
}

TEST_P(FlushManyToMany, rows_between_go_before_what_they_link) {
    const auto post = session->add(Post{.title = "one"});
    post->keywords.add(Keyword{.word = "c++"});
    post->keywords.add(Keyword{.word = "sql"});
    session->commit();
    session->delete_(post);
    EXPECT_THAT(flushed(), ElementsAre("SELECT post", "SELECT post_keyword", "SELECT related_post",
                                       "DELETE post_keyword WHERE post_id, keyword_id",
                                       "DELETE post WHERE id"));
    session->commit();
    EXPECT_THAT(rows("select post_id from post_keyword"), IsEmpty());
    EXPECT_THAT(rows("select word from keyword order by id"), ElementsAre("'c++'", "'sql'"));
}

TEST_P(FlushManyToMany, both_ends_may_go_at_once) {
    const auto post = session->add(Post{.title = "one"});
    const auto word = post->keywords.add(Keyword{.word = "c++"});
    session->commit();
    session->delete_(post);
    session->delete_(word);
    static_cast<void>(sent());
    session->flush();
    EXPECT_THAT(sent(), testing::Contains(HasSubstr("DELETE post_keyword")).Times(1));
    session->commit();
    EXPECT_THAT(rows("select id from keyword"), IsEmpty());
}

TEST_P(FlushManyToMany, a_class_is_linked_with_itself) {
    const auto one = session->add(Post{.title = "one"});
    const auto two = session->add(Post{.title = "two"});
    one->related.add(two);
    two->related.add(one);
    one->related.add(one);
    EXPECT_THAT(flushed(),
                ElementsAre("INSERT post (title)", "INSERT related_post (post_id, other_id)"));
    session->commit();
    EXPECT_THAT(rows("select post_id, other_id from related_post order by 1, 2"),
                ElementsAre("1 1", "1 2", "2 1"));
    two->related.remove(one);
    session->delete_(one);
    session->commit();
    EXPECT_THAT(rows("select id from post"), ElementsAre("2"));
}

TEST_P(FlushManyToMany, a_row_between_that_is_gone_is_noticed) {
    const auto post = session->add(Post{.title = "one"});
    const auto word = post->keywords.add(Keyword{.word = "c++"});
    session->commit();
    elsewhere("delete from post_keyword");
    post->keywords.remove(word);
    // Loaded anew, so nothing is to be removed; what was loaded before is another matter.
    EXPECT_THAT(flushed(), IsEmpty());
}

TEST_P(FlushManyToMany, a_row_between_deleted_behind_a_loaded_collection_is_stale) {
    const auto post = session->add(Post{.title = "one"});
    const auto word = post->keywords.add(Keyword{.word = "c++"});
    session->flush();
    session->execute(text("delete from post_keyword"));
    post->keywords.remove(word);
    const std::string message = message_of<StaleDataError>([&] { session->flush(); });
    EXPECT_THAT(message, HasSubstr("Keyword(1) with "));
    EXPECT_THAT(message, HasSubstr("Post(1) along "));
    EXPECT_THAT(message, HasSubstr("expected 1 row, found 0"));
    session->rollback();
}

}  // namespace flush_test
