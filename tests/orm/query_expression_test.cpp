// SPDX-License-Identifier: MIT
#include "flush_support.hpp"
#include "mapping_support.hpp"
#include <azoth/orm/dml.hpp>
#include <azoth/orm/loader_options.hpp>
#include <azoth/orm/maybe.hpp>
#include <azoth/sql/functions.hpp>

// Members without a column, which expressions of statements fill: query_expression and
// with_expression.

namespace query_expression_test {
namespace {

using namespace flush_test;
using testing::AllOf;
using testing::Optional;

struct Book;

struct Author {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> books_count{};
    std::string greeting{};
    Maybe<bool> prolific{};
    Many<Book> books{};
    static void map(Mapping<Author>& m);
};
struct Book {
    std::int64_t id{};
    std::string title{};
    std::int64_t pages{};
    std::int64_t author_id{};
    std::optional<std::string> shelf{};
    std::int64_t siblings{};
    One<Author> author{};
    static void map(Mapping<Book>& m);
};
/// All its members are filled by rows.
struct Page {
    std::int64_t id{};
    std::int64_t number{};
    std::int64_t twice{};
    static void map(Mapping<Page>& m) {
        m.table("qe_page");
        m.column<&Page::id>(primary_key);
        m.column<&Page::number>(always_sent);
        m.query_expression(attr<&Page::twice>);
    }
};

/// How many other books the author has.
auto siblings_of_book() {
    const auto other = aliased<Book>();
    return func::coalesce(
        select(func::count(other.col<&Book::id>()))
            .where(other.col<&Book::author_id>() == col<&Book::author_id> &&
                   other.col<&Book::id>() != col<&Book::id> && other.col<&Book::pages>() > 0)
            .scalar_subquery(),
        0);
}

void Author::map(Mapping<Author>& m) {
    m.table("qe_author");
    m.column<&Author::id>(primary_key);
    m.column<&Author::name>();
    m.query_expression<&Author::books_count>();
    m.query_expression<&Author::greeting>();
    m.query_expression<&Author::prolific>();
    m.relationship<&Author::books>(back_populates<&Book::author>, order_by<&Book::id>());
}
void Book::map(Mapping<Book>& m) {
    m.table("qe_book");
    m.column<&Book::id>(primary_key);
    m.column<&Book::title>();
    m.column<&Book::pages>(always_sent);
    m.column<&Book::author_id>(foreign_key<&Author::id>);
    m.query_expression<&Book::shelf>();
    m.query_expression<&Book::siblings>(siblings_of_book());
    m.relationship<&Book::author>(back_populates<&Author::books>);
}

class QueryExpressions : public FlushTest {
  protected:
    QueryExpressions() {
        use<Author, Book, Page>();
        for (int a = 0; a < 4; ++a) {
            auto author = session->add(Author{.name = "a" + std::to_string(a)});
            for (int n = 1; n <= a; ++n)
                author->books.add(Book{.title = author->name + "." + std::to_string(n),
                                       .pages = std::int64_t{100} * n});
        }
        session->commit();
        reopen();
        (void)sent();
    }
    [[nodiscard]] static auto authors() { return select<Author>().order_by(col<&Author::id>); }
    [[nodiscard]] static auto books() { return select<Book>().order_by(col<&Book::id>); }
    [[nodiscard]] static auto books_of_author() {
        return select(func::count(col<&Book::id>))
            .where(col<&Book::author_id> == col<&Author::id>)
            .scalar_subquery();
    }
    [[nodiscard]] static Strings counts(const std::vector<Ptr<Author>>& authors) {
        Strings all;
        for (const auto& author : authors)
            all.push_back(author->name + ":" +
                          (author->books_count ? std::to_string(*author->books_count) : "-"));
        return all;
    }
    [[nodiscard]] static Strings shelves(const std::vector<Ptr<Book>>& books) {
        Strings all;
        for (const auto& book : books) all.push_back(book->title + ":" + book->shelf.value_or("-"));
        return all;
    }
    template <class... Ts>
    [[nodiscard]] std::string refusal(const Select<Ts...>& statement) {
        return message_of<ArgumentError>([&] { (void)session->execute(statement); });
    }
};
AZOTH_FLUSH_ON_ALL_DATABASES(QueryExpressions);

// --- the statement's own objects -----------------------------------------------------------------

TEST_P(QueryExpressions, are_empty_where_no_option_fills_them) {
    const auto author = session->scalars(authors()).all()[2];
    EXPECT_EQ(author->books_count, std::nullopt);
    EXPECT_EQ(author->greeting, "");
    EXPECT_FALSE(author->prolific.is_set());
    EXPECT_THAT(sent(), ElementsAre("SELECT qe_author"));
}

TEST_P(QueryExpressions, take_the_values_of_the_options_expressions) {
    const auto all =
        session
            ->scalars(authors()
                          .where(col<&Author::id> > 1)
                          .options(with_expression<&Author::books_count>(books_of_author()),
                                   with_expression<&Author::greeting>(
                                       "hello " + col<&Author::name> + literal("!")),
                                   with_expression<&Author::prolific>(col<&Author::name> > "a2")))
            .all();
    EXPECT_THAT(counts(all), ElementsAre("a1:1", "a2:2", "a3:3"));
    EXPECT_EQ(all[0]->greeting, "hello a1!");
    EXPECT_FALSE(*all[1]->prolific);
    EXPECT_TRUE(*all[2]->prolific);
}

TEST_P(QueryExpressions, may_be_about_what_the_statement_joins_and_groups) {
    const auto all =
        session
            ->scalars(
                authors()
                    .outer_join<&Author::books>()
                    .group_by(entity<Author>)
                    .having(func::count(col<&Book::id>) != 2)
                    .options(with_expression<&Author::books_count>(func::count(col<&Book::id>))))
            .all();
    EXPECT_THAT(counts(all), ElementsAre("a0:0", "a1:1", "a3:3"));
    session->expunge_all();
    const auto pages = select(col<&Book::author_id>, func::max(col<&Book::pages>).label("most"))
                           .where(col<&Book::pages> > 100)
                           .group_by(col<&Book::author_id>)
                           .subquery("pages");
    const auto most =
        session
            ->scalars(authors()
                          .where(col<&Author::name> != "a1")
                          .outer_join(pages, pages[col<&Book::author_id>] == col<&Author::id>)
                          .options(with_expression<&Author::books_count>(
                              pages.c<std::optional<std::int64_t>>("most"))))
            .all();
    EXPECT_THAT(counts(most), ElementsAre("a0:-", "a2:200", "a3:300"));
}

TEST_P(QueryExpressions, of_an_alias_are_filled_for_the_alias) {
    const auto other = aliased<Author>("other");
    const auto rows =
        session
            ->execute(select(entity<Author>, other)
                          .join(other, other.col<&Author::id>() == col<&Author::id> + 1)
                          .order_by(col<&Author::id>)
                          .options(with_expression<&Author::greeting>(col<&Author::name> + "!"),
                                   Load(other).with_expression<&Author::greeting>(
                                       col<&Author::name> + " and " + other.col<&Author::name>())))
            .all();
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].get<0>()->greeting, "a0!");
    EXPECT_EQ(rows[2].get<1>()->greeting, "a2 and a3");
    EXPECT_EQ(rows[0].get<1>()->greeting, "a0 and a1") << "who came first fills it";
}

TEST_P(QueryExpressions, take_what_a_subquery_selects_beside_the_objects) {
    const auto both =
        union_all(select(col<&Author::id>, col<&Author::name>, literal("first").label("part"))
                      .where(col<&Author::id> == 1),
                  select(col<&Author::id>, col<&Author::name>, literal("second").label("part"))
                      .where(col<&Author::id> == 2))
            .subquery("both");
    const auto author = aliased<Author>(both);
    const auto all = session
                         ->scalars(select(author)
                                       .order_by(author.col<&Author::id>())
                                       .options(Load(author).with_expression<&Author::greeting>(
                                           both.c<std::string>("part"))))
                         .all();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0]->greeting, "first");
    EXPECT_EQ(all[1]->greeting, "second");
}

TEST_P(QueryExpressions, come_with_handles_for_reading) {
    const auto all =
        session
            ->scalars(select<const Author>()
                          .order_by(col<&Author::id>)
                          .options(with_expression<&Author::books_count>(books_of_author())))
            .all();
    EXPECT_THAT(all[3]->books_count, Optional(3));
}

TEST_P(QueryExpressions, come_in_windows_and_streams) {
    const auto statement =
        authors().options(with_expression<&Author::books_count>(books_of_author()));
    for (const std::size_t rows : {1U, 3U, 100U}) {
        Strings windowed;
        session->expunge_all();
        for (const auto& author : session->scalars(statement, {}, {.yield_per = rows}))
            windowed.push_back(std::to_string(author->books_count.value_or(-1)));
        EXPECT_THAT(windowed, ElementsAre("0", "1", "2", "3"));
        Strings streamed;
        for (const auto& author : session->stream(
                 select<const Author>()
                     .order_by(col<&Author::id>)
                     .options(with_expression<&Author::books_count>(books_of_author()),
                              selectinload<&Author::books>().with_expression<&Book::shelf>(
                                  col<&Book::title> + "!")),
                 {}, {.yield_per = rows})) {
            streamed.push_back(std::to_string(author->books_count.value_or(-1)));
            for (const auto& book : author->books) EXPECT_EQ(book->shelf, book->title + "!");
        }
        EXPECT_THAT(streamed, ElementsAre("0", "1", "2", "3"));
    }
}

TEST_P(QueryExpressions, of_a_streamed_row_are_not_those_of_the_row_before) {
    for (int n = 1; n <= 5; ++n) session->add(Page{.number = n});
    session->commit();
    const auto pages = select<const Page>().order_by(col<&Page::id>);
    for (const bool fills : {true, false}) {
        std::vector<std::int64_t> seen;
        const auto statement =
            fills ? pages.options(with_expression<&Page::twice>(col<&Page::number> * 2)) : pages;
        for (const auto& page : session->stream(statement, {}, {.yield_per = 2}))
            seen.push_back(page->twice);
        if (fills)
            EXPECT_THAT(seen, ElementsAre(2, 4, 6, 8, 10));
        else
            EXPECT_THAT(seen, ElementsAre(0, 0, 0, 0, 0));
    }
}

// --- what objects lead to ------------------------------------------------------------------------

TEST_P(QueryExpressions, are_filled_along_every_way_of_loading) {
    for (const auto& way : {selectinload<&Author::books>(), joinedload<&Author::books>(),
                            immediateload<&Author::books>(), subqueryload<&Author::books>(),
                            lazyload<&Author::books>(), defaultload<&Author::books>()}) {
        session->expunge_all();
        const auto all =
            session
                ->scalars(
                    authors()
                        .where(col<&Author::id> > 1)
                        .options(way.with_expression<&Book::shelf>("on " + col<&Book::title>)))
                .all();
        Strings shown;
        for (const auto& author : all)
            for (const auto& book : author->books) shown.push_back(*book->shelf);
        EXPECT_THAT(shown,
                    ElementsAre("on a1.1", "on a2.1", "on a2.2", "on a3.1", "on a3.2", "on a3.3"));
    }
}

TEST_P(QueryExpressions, values_of_options_are_those_of_the_run) {
    for (const std::string word : {"red", "blue"}) {
        session->expunge_all();
        const auto all =
            session
                ->scalars(authors().options(
                    with_expression<&Author::greeting>(literal(word)),
                    selectinload<&Author::books>()
                        .with_expression<&Book::shelf>(literal(word) + col<&Book::title>)
                        .joinedload<&Book::author>()
                        .with_expression<&Author::greeting>(literal("never " + word))))
                .all();
        EXPECT_EQ(all[3]->greeting, word);
        EXPECT_EQ(all[3]->books[0]->shelf, word + "a3.1");
    }
}

TEST_P(QueryExpressions, under_a_limit_with_a_joined_collection_are_those_of_the_owners) {
    const auto all =
        session
            ->scalars(select<Author>()
                          .order_by(col<&Author::id>.desc())
                          .limit(2)
                          .options(with_expression<&Author::books_count>(books_of_author()),
                                   with_expression<&Author::greeting>(literal("dear ") +
                                                                      col<&Author::name>),
                                   joinedload<&Author::books>().with_expression<&Book::shelf>(
                                       literal("x") + col<&Book::title>)))
            .all();
    EXPECT_THAT(counts(all), ElementsAre("a3:3", "a2:2"));
    EXPECT_EQ(all[0]->greeting, "dear a3");
    EXPECT_EQ(all[0]->books[2]->shelf, "xa3.3");
}

TEST_P(QueryExpressions, of_what_the_statement_joins_itself_are_filled_too) {
    const auto long_book = aliased<Book>("long_book");
    const auto all =
        session
            ->scalars(
                authors()
                    .join<&Author::books>(long_book, long_book.col<&Book::pages>() > 200)
                    .options(
                        contains_eager<&Author::books>(long_book).with_expression<&Book::shelf>(
                            long_book.col<&Book::title>() + literal(" of ") + col<&Author::name> +
                            literal(" ") + cast<std::string>(col<&Book::pages>))))
            .all();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0]->books[0]->shelf, "a3.3 of a3 300");
}

TEST_P(QueryExpressions, may_ask_subqueries_that_select_from_subqueries_with_values) {
    const auto longest = [&](std::int64_t most) {
        const auto pages = select(col<&Book::pages>, col<&Book::author_id>)
                               .where(col<&Book::pages> < most)
                               .subquery("pages");
        return select(func::max(pages[col<&Book::pages>]))
            .where(pages[col<&Book::author_id>] == col<&Author::id>)
            .scalar_subquery();
    };
    for (const std::int64_t most : {250, 150}) {
        session->expunge_all();
        const auto own =
            session
                ->scalars(authors().options(with_expression<&Author::books_count>(longest(most))))
                .all();
        EXPECT_THAT(own[3]->books_count, Optional(most - 50));
    }
    EXPECT_THAT(
        refusal(books().options(
            selectinload<&Book::author>().with_expression<&Author::books_count>(longest(250)))),
        AllOf(HasSubstr("subquery 'pages'"), HasSubstr("values of its own")));
}

// --- the mapping's expression --------------------------------------------------------------------

TEST_P(QueryExpressions, without_an_option_have_the_value_that_the_mapping_says) {
    const auto all = session->scalars(books()).all();
    EXPECT_EQ(all[0]->siblings, 0);
    EXPECT_EQ(all[5]->siblings, 2);
    session->expunge_all();
    EXPECT_EQ(session->get<Book>(2)->siblings, 1) << "get()";
    session->expunge_all();
    EXPECT_EQ(session->get<Author>(4)->books[1]->siblings, 2) << "a lazy load";
    for (const auto& way : {selectinload<&Author::books>(), joinedload<&Author::books>()}) {
        session->expunge_all();
        EXPECT_EQ(session->scalars(authors().options(way)).all()[2]->books[1]->siblings, 1);
    }
    session->expunge_all();
    const auto book = aliased<Book>("b");
    EXPECT_EQ(session->scalars(select(book).where(book.col<&Book::id>() == 6)).one()->siblings, 2)
        << "an alias";
    session->expunge_all();
    EXPECT_EQ(
        session
            ->scalars(books()
                          .where(col<&Book::id> == 6)
                          .options(with_expression<&Book::siblings>(literal(70) + col<&Book::id>)))
            .one()
            ->siblings,
        76)
        << "an option comes first";
}

TEST_P(QueryExpressions, of_the_mapping_are_in_no_rows_that_come_from_elsewhere) {
    const auto found =
        session->scalars(select<Book>().from_statement(text("select * from qe_book where id = 6")))
            .one();
    EXPECT_EQ(found->siblings, 0);
    auto added = session
                     ->scalars(insert<Book>().returning<Book>(),
                               std::vector<Book>{{.title = "new", .pages = 1, .author_id = 4}})
                     .one();
    EXPECT_EQ(added->siblings, 0);
    session->refresh(added);
    EXPECT_EQ(added->siblings, 3);
}

// --- how long they last --------------------------------------------------------------------------

TEST_P(QueryExpressions, of_an_object_that_is_here_stay_as_they_are) {
    const auto author = session->get<Author>(3);
    const auto filling =
        authors().options(with_expression<&Author::books_count>(books_of_author()));
    (void)session->scalars(filling).all();
    EXPECT_EQ(author->books_count, std::nullopt);
    (void)session->scalars(filling, {}, {.populate_existing = true}).all();
    EXPECT_THAT(author->books_count, Optional(2));
    (void)session->scalars(authors()).all();
    EXPECT_THAT(author->books_count, Optional(2)) << "nothing has been read";
    (void)session->scalars(authors(), {}, {.populate_existing = true}).all();
    EXPECT_EQ(author->books_count, std::nullopt);
}

TEST_P(QueryExpressions, go_when_the_object_is_read_again) {
    const auto filling = authors().options(with_expression<&Author::books_count>(books_of_author()),
                                           with_expression<&Author::prolific>(literal(true)));
    const auto author = session->scalars(filling).all()[3];
    EXPECT_THAT(author->books_count, Optional(3));
    session->commit();
    EXPECT_EQ(author->books_count, std::nullopt) << "read again by its key";
    EXPECT_FALSE(author->prolific.is_set());
    session->commit();
    (void)session->scalars(filling).all();
    EXPECT_THAT(author->books_count, Optional(3)) << "read again by a statement that fills it";
    author->name = "changed";
    session->refresh(author);
    EXPECT_EQ(author->books_count, std::nullopt);
}

TEST_P(QueryExpressions, are_never_written) {
    const auto author = session->scalars(authors()).all()[0];
    author->books_count = 77;
    author->greeting = "written";
    EXPECT_FALSE(session->is_modified(author));
    EXPECT_THAT(flushed(), IsEmpty());
    author->name = "n";
    EXPECT_THAT(flushed(), ElementsAre("UPDATE qe_author SET name WHERE id"));
    EXPECT_EQ(author->books_count, 77);
    (void)session->add(Author{.name = "new", .books_count = 5});
    EXPECT_THAT(flushed(), ElementsAre("INSERT qe_author (name)"));
    session->execute(insert<Author>(), std::vector<Author>{{.name = "x", .books_count = 5}});
}

TEST_P(QueryExpressions, go_along_with_what_is_merged) {
    const auto author =
        session
            ->scalars(authors()
                          .where(col<&Author::id> == 4)
                          .options(with_expression<&Author::books_count>(books_of_author()),
                                   with_expression<&Author::greeting>(literal("hi"))))
            .one();
    session->expunge(author);
    (void)sent();
    const auto cached = session->merge(author, {.load = false});
    EXPECT_THAT(cached->books_count, Optional(3));
    EXPECT_EQ(cached->greeting, "hi");
    const auto merged = session->merge(Author{.id = 4, .name = "a3", .greeting = "new"});
    EXPECT_EQ(merged, cached);
    EXPECT_EQ(merged->greeting, "new");
    EXPECT_THAT(merged->books_count, Optional(3)) << "nothing was said of it";
    EXPECT_THAT(flushed(), IsEmpty());
}

// --- other statements' rows ----------------------------------------------------------------------

TEST_P(QueryExpressions, are_found_in_another_statements_rows_by_their_label) {
    const auto rows = text("select id, name, 40 + id as n from qe_author order by id");
    const auto all = session
                         ->scalars(select<Author>().from_statement(rows).options(
                             with_expression<&Author::books_count>(
                                 literal_column<std::int64_t>("n").label("n"))))
                         .all();
    EXPECT_THAT(counts(all), ElementsAre("a0:41", "a1:42", "a2:43", "a3:44"));
    session->expunge_all();
    const auto core =
        select(col<&Author::id>, col<&Author::name>, (literal(90) + col<&Author::id>).label("n"))
            .order_by(col<&Author::id>);
    EXPECT_THAT(counts(session
                           ->scalars(select<Author>().from_statement(core).options(
                               with_expression<&Author::books_count>(
                                   literal_column<std::int64_t>("n").label("n"))))
                           .all()),
                ElementsAre("a0:91", "a1:92", "a2:93", "a3:94"));
    EXPECT_THAT(refusal(select<Author>().from_statement(core).options(
                    with_expression<&Author::books_count>(books_of_author()))),
                AllOf(HasSubstr("Author::books_count"), HasSubstr("label")));
    EXPECT_THAT(
        refusal(select<Author>().from_statement(core).options(
            with_expression<&Author::books_count>(literal_column<std::int64_t>("m").label("m")))),
        HasSubstr("no column 'm'"));
}

// --- mistakes ------------------------------------------------------------------------------------

TEST_P(QueryExpressions, that_are_none_are_refused_with_the_remedy) {
    EXPECT_THAT(refusal(authors().options(with_expression<&Author::name>(literal("x")))),
                AllOf(HasSubstr("Author::name holds a column"), HasSubstr("m.query_expression")));
    EXPECT_THAT(
        refusal(authors().where(col<&Author::books_count> > 1)),
        AllOf(HasSubstr("Author::books_count has no column"), HasSubstr("expression itself")));
    EXPECT_THAT(message_of<ArgumentError>([&] {
                    session->execute(update<Author>().values(col<&Author::books_count> = 1));
                }),
                HasSubstr("Author::books_count has no column"));
    EXPECT_THAT(refusal(books().options(with_expression<&Author::books_count>(literal(1)))),
                HasSubstr("the statement selects no objects of it"));
}

TEST_P(QueryExpressions, that_are_null_need_a_place_for_it) {
    EXPECT_THAT(message_of<NullValueError>([&] {
                    (void)session
                        ->scalars(authors().options(with_expression<&Author::greeting>(
                            literal_column<std::string>("CAST(NULL AS VARCHAR(9))"))))
                        .all();
                }),
                AllOf(HasSubstr("Author::greeting"), HasSubstr("std::optional")));
}

TEST_P(QueryExpressions, of_the_mapping_are_not_in_objects_that_a_subquery_selects) {
    const auto inner = select<Book>().subquery("inner_books");
    const auto all = session->scalars(select(inner.get<0>()).order_by(inner[col<&Book::id>])).all();
    ASSERT_EQ(all.size(), 6U);
    EXPECT_EQ(all[5]->title, "a3.3");
    EXPECT_EQ(all[5]->siblings, 0);
}

TEST_P(QueryExpressions, of_objects_that_a_subquery_selects_are_refused) {
    const auto inner = select<Author>().subquery("inner_authors");
    EXPECT_THAT(
        refusal(select(inner.get<0>()).options(with_expression<&Author::greeting>(literal("x")))),
        AllOf(HasSubstr("for greeting"), HasSubstr("Author>(subquery)")));
}

template <int Variant>
struct Wrong {
    std::int64_t id{};
    std::int64_t seven = 7;
    std::optional<std::int64_t> other{};
    static void map(Mapping<Wrong>& m) {
        m.table("qe_wrong");
        m.template column<&Wrong::id>(primary_key);
        if constexpr (Variant == 0) m.template query_expression<&Wrong::seven>();
        if constexpr (Variant == 1) m.template query_expression<&Wrong::other>(col<&Author::id>);
        if constexpr (Variant == 2) m.template query_expression<&Wrong::id>();
        if constexpr (Variant == 3) m.template query_expression<&Wrong::other>(col<&Page::id>);
        if constexpr (Variant == 4) {
            const auto long_books =
                select(col<&Book::pages>).where(col<&Book::pages> > 9).subquery("long_books");
            m.template query_expression<&Wrong::other>(
                select(func::max(long_books[col<&Book::pages>])).scalar_subquery());
        }
    }
};

TEST(QueryExpressionMappings, that_make_no_sense_are_told_when_the_model_is_made) {
    using mapping_test::mistakes;
    EXPECT_THAT((mistakes<Wrong<0>>()),
                AllOf(HasSubstr("seven"), HasSubstr("take the initialiser out")));
    EXPECT_THAT((mistakes<Wrong<1>, Author, Book>()),
                AllOf(HasSubstr("other"), HasSubstr("'qe_author'"), HasSubstr("scalar_subquery")));
    EXPECT_THAT((mistakes<Wrong<2>>()), HasSubstr("mapped twice"));
    EXPECT_THAT((mistakes<Wrong<3>>()), AllOf(HasSubstr("other"), HasSubstr("Page")));
    EXPECT_THAT((mistakes<Wrong<4>, Author, Book>()),
                AllOf(HasSubstr("subquery 'long_books'"), HasSubstr("values of its own")));
}

}  // namespace
}  // namespace query_expression_test
