// SPDX-License-Identifier: MIT
#include "music.hpp"
#include <azoth/orm/relationship_conditions.hpp>
#include <azoth/sql/statement.hpp>

// any, has, contains, with_parent, and relationships compared with objects.

namespace music {
namespace {

class RelationshipConditions : public MusicTest {
  protected:
    /// The names of the artists that meet a condition.
    Strings names(const Expr<bool>& condition) {
        Strings found;
        for (const auto& [name] : session->execute(
                 select(col<&Artist::name>).where(condition).order_by(col<&Artist::id>)))
            found.push_back(name);
        return found;
    }
    /// The titles of the albums that do.
    Strings albums(const Expr<bool>& condition) {
        Strings found;
        for (const auto& [title] : session->execute(
                 select(col<&Album::title>).where(condition).order_by(col<&Album::id>)))
            found.push_back(title);
        return found;
    }
    Ptr<Artist> artist(const std::string& name) {
        return session->scalars(select<Artist>().where(col<&Artist::name> == name)).one();
    }
    Ptr<Album> album(const std::string& title) {
        return session->scalars(select<Album>().where(col<&Album::title> == title)).one();
    }
};

AZOTH_FLUSH_ON_ALL_DATABASES(RelationshipConditions);

TEST_P(RelationshipConditions, any_finds_owners_of_some_object_that_meets_a_condition) {
    fill(4);
    EXPECT_THAT(names(any<&Artist::albums>(col<&Album::year> == 2002)), ElementsAre("a2", "a3"));
    EXPECT_THAT(names(any<&Artist::albums>()), ElementsAre("a1", "a2", "a3"));
    EXPECT_THAT(names(!any<&Artist::albums>()), ElementsAre("a0"));
    EXPECT_THAT(names(any<&Artist::albums>(col<&Album::year> == 2002 &&
                                           any<&Album::tracks>(col<&Track::title> == "t2")) &&
                      col<&Artist::name> != "a2"),
                ElementsAre("a3"));
    EXPECT_THAT(names(any<&Artist::albums>(any<&Album::tracks>(col<&Track::title> == "none"))),
                IsEmpty());
}

TEST_P(RelationshipConditions, any_goes_through_the_table_between) {
    fill(4);
    EXPECT_THAT(albums(any<&Album::shelves>(col<&Shelf::number> == 1)),
                ElementsAre("a2.2", "a3.2"));
    EXPECT_THAT(albums(any<&Album::shelves>(col<&Shelf::number> == 2)), IsEmpty());
}

TEST_P(RelationshipConditions, has_asks_the_object_that_a_one_leads_to) {
    fill(3);
    session->add(Album{.title = "anonymous"});
    session->flush();
    EXPECT_THAT(albums(has<&Album::artist>(col<&Artist::name> == "a2")),
                ElementsAre("a2.1", "a2.2"));
    EXPECT_THAT(albums(!has<&Album::artist>()), ElementsAre("anonymous"));
}

TEST_P(RelationshipConditions, a_one_is_compared_with_an_object_or_with_nothing) {
    fill(3);
    session->add(Album{.title = "anonymous"});
    session->flush();
    const auto a1 = artist("a1");
    EXPECT_THAT(albums(rel<&Album::artist> == a1), ElementsAre("a1.1"));
    EXPECT_THAT(albums(rel<&Album::artist> != a1), ElementsAre("a2.1", "a2.2", "anonymous"));
    EXPECT_THAT(albums(rel<&Album::artist> == nullptr), ElementsAre("anonymous"));
    EXPECT_THAT(albums(rel<&Album::artist> != nullptr), ElementsAre("a1.1", "a2.1", "a2.2"));
}

TEST_P(RelationshipConditions, a_collection_contains_an_object) {
    fill(3);
    EXPECT_THAT(names(contains<&Artist::albums>(album("a2.2"))), ElementsAre("a2"));
    const auto shelf = session->scalars(select<Shelf>()).one();
    EXPECT_THAT(albums(contains<&Album::shelves>(shelf)), ElementsAre("a2.2"));
    EXPECT_THAT(albums(!contains<&Album::shelves>(shelf)), ElementsAre("a1.1", "a2.1"));
}

TEST_P(RelationshipConditions, with_parent_finds_what_an_object_leads_to) {
    fill(3);
    EXPECT_THAT(albums(with_parent<&Artist::albums>(artist("a2"))), ElementsAre("a2.1", "a2.2"));
    EXPECT_THAT(names(with_parent<&Album::artist>(album("a2.1"))), ElementsAre("a2"));
    const auto shelf = session->scalars(select<Shelf>()).one();
    EXPECT_THAT(albums(with_parent<&Shelf::albums>(shelf)), ElementsAre("a2.2"));
}

TEST_P(RelationshipConditions, of_a_class_with_itself_the_condition_is_about_the_related_object) {
    fill(0);
    const auto root = session->add(Genre{.name = "root"});
    root->children.add(Genre{.name = "leaf"});
    session->flush();
    const auto genres = [&](const Expr<bool>& condition) {
        return session->scalars(select(col<&Genre::name>).where(condition)).all();
    };
    EXPECT_THAT(genres(any<&Genre::children>(col<&Genre::name> == "leaf")), ElementsAre("root"));
    EXPECT_THAT(genres(any<&Genre::children>(col<&Genre::name> == "root")), IsEmpty());
    EXPECT_THAT(genres(has<&Genre::parent>(col<&Genre::name> == "root")), ElementsAre("leaf"));
}

TEST_P(RelationshipConditions, an_object_without_a_key_can_not_be_compared_with) {
    fill(1);
    const auto draft = session->model().make(Artist{.name = "draft", .biography = "-"});
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)(rel<&Album::artist> == draft); }),
                HasSubstr("Album::artist"));
    EXPECT_THROW((void)contains<&Artist::albums>(Ptr<Album>()), InvalidRequestError);
}

TEST_P(RelationshipConditions, R20_conditions_with_other_objects_are_one_statement) {
    fill(3);
    const auto a1 = artist("a1");
    const auto a2 = artist("a2");
    const auto of = [](const Ptr<Artist>& artist) {
        return select<Album>().where(rel<&Album::artist> == artist);
    };
    EXPECT_TRUE(sql::equal(of(a1).node(), of(a2).node()));
    EXPECT_FALSE(
        sql::equal(of(a1).node(), select<Album>().where(rel<&Album::artist> != a1).node()));
    EXPECT_FALSE(
        sql::equal(select<Artist>().where(any<&Artist::albums>(col<&Album::year> == 1)).node(),
                   select<Artist>().where(any<&Artist::albums>(col<&Album::id> == 1)).node()));
}

}  // namespace
}  // namespace music
