// SPDX-License-Identifier: MIT
// LIKE, IN, BETWEEN: which rows match.
#include <tests/compliance/support.hpp>

#include <list>
#include <set>

namespace compliance {
namespace {

struct Words : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> word{*this, "word"};
    Column<std::optional<std::string>> note{*this, "note"};
};

class Matching : public ComplianceTest {
  protected:
    Matching() {
        create_tables();
        const std::vector<std::tuple<std::string, std::optional<std::string>>> rows{
            {"abc", "x"},       {"ABC", std::nullopt}, {"a%c", "100%"}, {"a_c", "under_score"},
            {"a/c", "slash/"},  {"a\\c", "back\\"},    {"", ""},        {"x'y\"z", std::nullopt},
            {"größe", "Größe"}, {"axc", "/%_\\"}};
        conn.execute(insert(words).columns(words.word, words.note), rows);
    }
    template <class Condition>
    Strings matches(const Condition& condition) {
        return conn.execute(select(words.word).where(condition).order_by(words.id)).scalars().all();
    }

    Words words{"word", metadata};
    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(Matching);

TEST_P(Matching, like_has_wildcards) {
    EXPECT_THAT(matches(words.word.like("a_c") && words.word != "ABC"),
                ElementsAre("abc", "a%c", "a_c", "a/c", "a\\c", "axc"));
    EXPECT_THAT(matches(words.word.like("%x%")), ElementsAre("x'y\"z", "axc"));
    EXPECT_THAT(matches(words.word.like("")), ElementsAre(""));
    EXPECT_THAT(matches(words.word.not_like("%c") && words.word != "ABC"),
                ElementsAre("", "x'y\"z", "größe"));
}

TEST_P(Matching, like_is_case_sensitive_where_the_database_is) {
    if (requirements.case_sensitive_like) {
        EXPECT_THAT(matches(words.word.like("abc")), ElementsAre("abc"));
    } else {
        EXPECT_THAT(matches(words.word.like("abc")), ElementsAre("abc", "ABC"));
    }
    EXPECT_THAT(matches(words.word.ilike("aBc")), ElementsAre("abc", "ABC"));
    EXPECT_THAT(matches(words.word.ilike("A%C") && words.word.contains("x")), ElementsAre("axc"));
}

TEST_P(Matching, an_escape_takes_the_meaning_of_wildcards_away) {
    EXPECT_THAT(matches(words.word.like("a!%c", "!")), ElementsAre("a%c"));
    EXPECT_THAT(matches(words.word.like("a!_c", "!")), ElementsAre("a_c"));
    EXPECT_THAT(matches(words.word.like("a'_c", "'")), ElementsAre("a_c"));
    EXPECT_THAT(matches(words.word.like("a\\_c", "\\")), ElementsAre("a_c"));
    EXPECT_THAT(matches(words.word.ilike("A!%C", "!")), ElementsAre("a%c"));
    EXPECT_THROW((void)words.word.like("x", "ab"), ArgumentError);
    EXPECT_THROW((void)words.word.like("x", "ß"), ArgumentError);
}

TEST_P(Matching, a_backslash_without_escape_is_the_database_s_own_escape_if_it_has_one) {
    if (requirements.backslash_escapes_like) {
        EXPECT_THAT(matches(words.word.like("a\\\\c")), ElementsAre("a\\c"));
        EXPECT_THAT(matches(words.word.like("a\\%c")), ElementsAre("a%c"));
        return;
    }
    EXPECT_THAT(matches(words.word.like("a\\c")), ElementsAre("a\\c"));
    EXPECT_THAT(matches(words.word.like("a\\%") && words.word != "zzz"), ElementsAre("a\\c"));
}

TEST_P(Matching, literal_texts_have_no_wildcards) {
    EXPECT_THAT(matches(words.word.startswith("a%")), ElementsAre("a%c"));
    EXPECT_THAT(matches(words.word.startswith("a_")), ElementsAre("a_c"));
    EXPECT_THAT(matches(words.word.startswith("a/")), ElementsAre("a/c"));
    EXPECT_THAT(matches(words.word.startswith("a\\")), ElementsAre("a\\c"));
    EXPECT_THAT(matches(words.word.endswith("%c")), ElementsAre("a%c"));
    EXPECT_THAT(matches(words.word.endswith("_c")), ElementsAre("a_c"));
    EXPECT_THAT(matches(words.word.contains("%")), ElementsAre("a%c"));
    EXPECT_THAT(matches(words.word.contains("_")), ElementsAre("a_c"));
    EXPECT_THAT(matches(words.word.contains("/")), ElementsAre("a/c"));
    EXPECT_THAT(matches(words.word.contains("\\")), ElementsAre("a\\c"));
    EXPECT_THAT(matches(words.word.contains("'y\"")), ElementsAre("x'y\"z"));
    EXPECT_THAT(matches(words.word.contains("öß")), ElementsAre("größe"));
    EXPECT_EQ(matches(words.word.contains("")).size(), 10U);
    EXPECT_THAT(matches(words.word.icontains("BC")), ElementsAre("abc", "ABC"));
    EXPECT_THAT(matches(words.word.icontains("A%")), ElementsAre("a%c"));
    EXPECT_THAT(matches(words.note.contains("/%_\\")), ElementsAre("axc"));
    EXPECT_THAT(matches(!words.note.startswith("u") && words.note.is_not_null() &&
                        words.word.startswith("a_")),
                IsEmpty());
}

TEST_P(Matching, patterns_may_be_expressions) {
    EXPECT_THAT(matches(words.word.like(func::coalesce(words.note, "-")) && words.id.in({1, 7, 2})),
                ElementsAre(""));
    EXPECT_THAT(matches(words.word.like(words.word) && words.id == 9), ElementsAre("größe"));
    EXPECT_THAT(matches(words.word.like(literal("%") + "x" + "%")), ElementsAre("x'y\"z", "axc"));
}

TEST_P(Matching, in_takes_lists_ranges_and_nothing) {
    EXPECT_THAT(matches(words.word.in({"abc", "axc", "nothing"})), ElementsAre("abc", "axc"));
    EXPECT_THAT(matches(words.word.in(std::vector<std::string>{"abc"})), ElementsAre("abc"));
    EXPECT_THAT(matches(words.word.in(std::set<std::string_view>{"abc", ""})),
                ElementsAre("abc", ""));
    EXPECT_THAT(matches(words.word.in(std::list<const char*>{"abc"})), ElementsAre("abc"));
    EXPECT_THAT(matches(words.word.in(std::vector<std::string>{})), IsEmpty());
    EXPECT_EQ(matches(words.word.not_in(std::vector<std::string>{})).size(), 10U);
    EXPECT_EQ(matches(!words.word.in(std::vector<std::string>{})).size(), 10U);
    EXPECT_EQ(matches(words.word.not_in({"abc"})).size(), 9U);
    EXPECT_THAT(matches(words.id.in(std::vector<int>{})), IsEmpty());
    EXPECT_EQ(matches(words.note.not_in(std::vector<std::string>{})).size(), 10U);
    EXPECT_THAT(matches(words.note.in({"x"})), ElementsAre("abc"));
    EXPECT_EQ(matches(words.note.not_in({"x"})).size(), 7U) << "NULL is neither in nor not in";
    EXPECT_EQ(
        matches(words.id.in({1, 2}) || words.id.in({2, 3, 4}) || words.id.in(std::vector<int>{}))
            .size(),
        4U);
    EXPECT_THAT(matches((words.id + 1).in({2}) && words.word.in({"abc", "b"}) && words.note == "x"),
                ElementsAre("abc"));
}

TEST_P(Matching, a_list_with_repeated_and_many_values) {
    Integers many(1000, 3);
    EXPECT_THAT(matches(words.id.in(many)), ElementsAre("a%c"));
    for (const std::size_t size : {1U, 2U, 3U, 7U, 1U, 2U, 100U}) {
        Integers ids(size);
        for (std::size_t i = 0; i < size; ++i) ids[i] = static_cast<std::int64_t>(i) + 1;
        EXPECT_EQ(matches(words.id.in(ids)).size(), std::min<std::size_t>(size, 10));
    }
}

TEST_P(Matching, between_includes_both_ends) {
    EXPECT_THAT(matches(words.id.between(2, 4)), ElementsAre("ABC", "a%c", "a_c"));
    EXPECT_THAT(matches(words.id.between(4, 2)), IsEmpty());
    EXPECT_THAT(matches(!words.id.between(2, 10)), ElementsAre("abc"));
    EXPECT_THAT(matches(words.id.between(words.id, words.id + 1) && words.id == 1),
                ElementsAre("abc"));
    EXPECT_THAT(matches(literal(3).between(words.id, words.id + 1)), ElementsAre("ABC", "a%c"));
}

TEST_P(Matching, distinct_from_knows_null) {
    EXPECT_EQ(matches(words.note.is_distinct_from("x")).size(), 9U);
    EXPECT_THAT(matches(words.note.is_not_distinct_from("x")), ElementsAre("abc"));
    EXPECT_THAT(matches(words.note.is_not_distinct_from(std::optional<std::string>())),
                ElementsAre("ABC", "x'y\"z"));
    EXPECT_EQ(matches(words.note.is_distinct_from(words.note)).size(), 0U);
    EXPECT_EQ(matches(words.note.is_distinct_from(nullptr)).size(), 8U);
    EXPECT_EQ(matches(words.note != "x").size(), 7U);
}

}  // namespace
}  // namespace compliance
