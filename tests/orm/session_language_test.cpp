// SPDX-License-Identifier: MIT
#include "music.hpp"
#include <azoth/orm.hpp>
#include <azoth/sql.hpp>

// Members of classes in every construct of the language: what a session makes of them.

namespace music {
namespace {

struct Doubled {
    bool operator==(const Doubled&) const = default;
    void compile(sql::SqlWriter& out) const { out.sql("(2 * ").part(0).sql(")"); }
};

class SessionLanguage : public MusicTest {
  protected:
    SessionLanguage() { fill(4); }
    template <class E>
    [[nodiscard]] Strings albums(const E& condition, const Parameters& parameters = {}) {
        return session
            ->scalars(select(col<&Album::title>).where(condition).order_by(col<&Album::id>),
                      parameters)
            .all();
    }
};
AZOTH_FLUSH_ON_ALL_DATABASES(SessionLanguage);

TEST_P(SessionLanguage, windows_stand_beside_objects) {
    const auto place = func::row_number().over(
        {.partition_by = {col<&Album::artist_id>}, .order_by = {col<&Album::year>.desc()}});
    Strings first;
    for (const auto& [album, number] :
         session->execute(select(entity<Album>, place.label("place")).order_by(col<&Album::id>)))
        if (number == 1) first.push_back(album->title);
    EXPECT_THAT(first, ElementsAre("a1.1", "a2.2", "a3.3"));
}

TEST_P(SessionLanguage, conditions_of_every_kind_take_members) {
    EXPECT_THAT(albums(tuple_(col<&Album::year>, col<&Album::title>)
                           .in({{2001, "a2.1"}, {2002, "a2.1"}, {2003, "a3.3"}})),
                ElementsAre("a2.1", "a3.3"));
    EXPECT_THAT(albums(regexp_match(col<&Album::title>, "3[.][12]$")), ElementsAre("a3.1", "a3.2"));
    EXPECT_THAT(albums(bitwise_and(col<&Album::year>, 1) == 0), ElementsAre("a2.2", "a3.2"));
    EXPECT_THAT(albums(between_symmetric(col<&Album::year>, 2009, 2003)), ElementsAre("a3.3"));
    EXPECT_THAT(albums(custom<std::int64_t>(Doubled{}, {col<&Album::year>}) == 4006),
                ElementsAre("a3.3"));
    EXPECT_THAT(albums(col<&Album::title>.in(bindparam_list<std::string>("titles")),
                       {{"titles", Strings{"a1.1", "a3.2", "nothing"}}}),
                ElementsAre("a1.1", "a3.2"));
}

TEST_P(SessionLanguage, values_and_ctes_are_joined_to_classes) {
    const auto wanted = values("wanted", column<std::int64_t>("year"), column<std::string>("word"))
                            .data({{2002, "second"}, {2003, "third"}});
    const auto words = select(col<&Album::title>, wanted.get<1>())
                           .join(wanted, wanted.get<0>() == col<&Album::year>)
                           .order_by(col<&Album::id>);
    Strings found;
    for (const auto& [title, word] : session->execute(words)) found.push_back(title + " " + word);
    EXPECT_THAT(found, ElementsAre("a2.2 second", "a3.2 second", "a3.3 third"));
    const auto late = select(col<&Album::id>).where(col<&Album::year> > 2002).cte("late");
    EXPECT_THAT(albums(col<&Album::id>.in(select(late.get<0>()))), ElementsAre("a3.3"));
}

TEST_P(SessionLanguage, changes_are_said_in_the_language_too) {
    const auto third = session->scalars(select<Album>().where(col<&Album::title> == "a3.3")).one();
    session->execute(
        update<Album>()
            .values(col<&Album::year> = bitwise_or(col<&Album::year>, 4096))
            .where(tuple_(col<&Album::year>, col<&Album::title>).in({{2003, "a3.3"}})));
    EXPECT_EQ(third->year, 2003 | 4096);
    session->execute(delete_<Album>().where(regexp_match(col<&Album::title>, "^none"),
                                            floor_div(col<&Album::year>, 2) > 1));
    EXPECT_EQ(albums(true_()).size(), 6U);
}

}  // namespace
}  // namespace music
