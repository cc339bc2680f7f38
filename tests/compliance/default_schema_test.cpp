// SPDX-License-Identifier: MIT
// A listener of `connect` gives each connection of an engine another default schema.
#include <azoth/event.hpp>
#include <azoth/sql/identifier.hpp>

#include <tests/compliance/support.hpp>
#include <tests/support/schemas.hpp>

namespace compliance {
namespace {

struct Notes : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> words{*this, "words", String{40}};
};

class DefaultSchema : public testing::TestWithParam<Database> {
  protected:
    DefaultSchema() {
        event::listen(engine, event::connect, [this](const PoolEvent& told) {
            ++connections;
            told.connection->run(choose_schema());
        });
    }
    /// The SQL that makes the schema of the test the connection's default. SQLite has none that
    /// could be chosen, so nothing is.
    [[nodiscard]] std::string choose_schema() const {
        if (requirements.sqlite) return "select 1";
        const char quote = engine.dialect().capabilities().identifier_quote;
        std::string sql = requirements.postgresql ? "SET search_path TO " : "USE ";
        sql::quote_identifier(sql, schemas["chosen"], quote, quote);
        return sql;
    }
    /// The same table by its full name, for connections whose default is another schema.
    [[nodiscard]] Strings words_of_chosen_schema() {
        MetaData own;
        const Notes qualified{"note", own, TableOptions{.schema = schemas["chosen"]}};
        return schemas.make_engine().connect().execute(select(qualified.words)).scalars().all();
    }

    const Requirements requirements{GetParam()};
    const azoth::test::Schemas schemas{GetParam(), {"chosen"}};
    int connections = 0;
    const Engine engine = schemas.make_engine();
    MetaData metadata;
    const Notes notes{"note", metadata};
};
AZOTH_ON_ALL_DATABASES(DefaultSchema);

TEST_P(DefaultSchema, that_a_listener_of_connect_chooses_is_where_tables_without_one_are) {
    metadata.create_all(engine);
    {
        auto conn = engine.connect();
        conn.execute(insert(notes).values(notes.words = "here"));
        EXPECT_EQ(conn.execute(select(notes.words)).scalar_one(), "here");
        conn.commit();
    }
    metadata.create_all(engine);  // finds what is there
    if (!requirements.sqlite) {
        EXPECT_THAT(words_of_chosen_schema(), ElementsAre("here"));
        EXPECT_THROW(
            (void)schemas.make_engine().connect().execute(select(notes.words)).scalars().all(),
            DBAPIError);
    }
    EXPECT_EQ(connections, 1);
    metadata.drop_all(engine);
    EXPECT_THROW((void)engine.connect().execute(select(notes.words)).scalars().all(), DBAPIError);
}

TEST_P(DefaultSchema, that_a_listener_of_connect_chooses_outlives_a_rollback) {
    auto conn = engine.connect();
    metadata.create_all(conn);
    conn.commit();
    for (int round = 0; round < 3; ++round) {
        conn.execute(insert(notes).values(notes.words = "gone"));
        conn.rollback();
        EXPECT_THAT(conn.execute(select(notes.words)).scalars().all(), IsEmpty());
        conn.rollback();
    }
    metadata.drop_all(conn);
    conn.commit();
}

TEST_P(DefaultSchema, that_a_listener_of_connect_chooses_is_that_of_each_new_connection) {
    for (int round = 1; round <= 3; ++round) {
        auto conn = engine.connect();
        metadata.create_all(conn);
        conn.execute(insert(notes).values(notes.words = std::to_string(round)));
        EXPECT_EQ(conn.scalar(select(func::count()).select_from(notes)),
                  requirements.several_connections ? round : 1);
        conn.commit();
        conn.invalidate();
    }
    EXPECT_EQ(connections, 3);
    if (!requirements.sqlite) {
        EXPECT_THAT(words_of_chosen_schema(), ElementsAre("1", "2", "3"));
    }
    metadata.drop_all(engine);
}

TEST_P(DefaultSchema, that_does_not_exist_is_the_database_s_error) {
    const Engine wrong = schemas.make_engine();
    event::listen(wrong, event::connect, [this](const PoolEvent& told) {
        told.connection->run(requirements.postgresql ? "SET search_path TO \"no such schema\""
                                                     : "USE `no such schema`");
    });
    if (requirements.postgresql) (void)wrong.connect();  // it may be created later
    EXPECT_THROW(metadata.create_all(wrong), DBAPIError);
}

}  // namespace
}  // namespace compliance
