// SPDX-License-Identifier: MIT
#include <azoth/core.hpp>
#include <azoth/orm/model.hpp>
#include <azoth/postgresql.hpp>
#include <azoth/sqlite.hpp>

#include <gtest/gtest.h>
#include <tests/support/databases.hpp>

// The tables of a model on every database.

namespace {

using namespace azoth;
using azoth::test::Database;

struct Book;
struct Writer {
    std::int64_t id{};
    std::string name{};
    Many<Book> books{};
    static void map(Mapping<Writer>& m) {
        m.table("model_writer");
        m.column<&Writer::id>(primary_key);
        m.column<&Writer::name>(String{30}, unique);
        m.relationship<&Writer::books>(secondary("model_writer_book"));
    }
};
struct Book {
    std::int64_t id{};
    std::string title{};
    Decimal price{};
    Maybe<bool> available{};
    std::optional<std::int64_t> sequel_id{};
    One<Book> sequel{};
    static void map(Mapping<Book>& m) {
        m.table("model_book");
        m.column<&Book::id>(primary_key);
        m.column<&Book::title>(String{80}, indexed);
        m.column<&Book::price>(Numeric{10, 2});
        m.column<&Book::available>(server_default(true));
        m.column<&Book::sequel_id>(foreign_key<&Book::id>({.ondelete = "SET NULL"}));
        m.relationship<&Book::sequel>();
    }
};

class ModelTables : public testing::TestWithParam<Database> {
  protected:
    ~ModelTables() override { library.drop_all(engine); }
    [[nodiscard]] std::int64_t rows_of(const std::string& table) {
        auto connection = engine.connect();
        const Table counted = library.metadata().table(table);
        return connection.execute(select(func::count()).select_from(counted)).scalar_one();
    }
    Model library = model<Writer, Book>("library");
    Engine engine = create_engine(GetParam().url);
};

TEST_P(ModelTables, are_created_with_those_between_and_dropped_again) {
    library.create_all(engine);
    library.create_all(engine);
    EXPECT_EQ(rows_of("model_writer"), 0);
    EXPECT_EQ(rows_of("model_book"), 0);
    EXPECT_EQ(rows_of("model_writer_book"), 0);
    library.drop_all(engine);
    EXPECT_THROW(static_cast<void>(rows_of("model_book")), DatabaseError);
}

TEST_P(ModelTables, hold_what_the_mapping_says) {
    library.create_all(engine);
    auto connection = engine.connect();
    const Table books = library.metadata().table("model_book");
    const Table pairs = library.metadata().table("model_writer_book");
    connection.execute(
        insert(books).values(set(books.c("title"), "one"), set(books.c("price"), Decimal("9.90"))));
    connection.commit();
    EXPECT_TRUE(connection.execute(select(books.c<bool>("available"))).scalar_one());
    connection.rollback();
    EXPECT_THROW(connection.execute(insert(pairs).values(set(pairs.c("model_writer_id"), 7),
                                                         set(pairs.c("model_book_id"), 1))),
                 IntegrityError);
}

INSTANTIATE_TEST_SUITE_P(Databases, ModelTables, testing::ValuesIn(azoth::test::databases()),
                         azoth::test::label_of);

}  // namespace
