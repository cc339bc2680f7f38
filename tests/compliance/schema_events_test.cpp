// SPDX-License-Identifier: MIT
// What is told when tables are created and dropped, and DDL written by hand.
#include <azoth/ddl.hpp>
#include <azoth/engines.hpp>
#include <azoth/event.hpp>

#include <tests/compliance/support.hpp>

#include <stdexcept>

namespace compliance {
namespace {

struct Books : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> title{*this, "title", String{30}};
};

class SchemaEventsAndDDL : public ComplianceTest {
  protected:
    void insert_twice(const Books& books) {
        auto conn = engine.connect();
        for (const std::int64_t id : {1, 2})
            conn.execute(insert(books).values(books.id = id, books.title = "Azoth"));
    }
};
AZOTH_ON_ALL_DATABASES(SchemaEventsAndDDL);

TEST_P(SchemaEventsAndDDL, an_index_of_one_database_is_made_after_its_table) {
    const Books books{"book", metadata};
    const DDL once("CREATE UNIQUE INDEX %(index)s ON %(fullname)s (title)",
                   {.names = {{"index", "once \"%(table)s\""}}});
    const std::string own(engine.dialect().name());
    event::listen(books, event::after_create, once.execute_if({.dialect = {"oracle"}}));
    const auto listener =
        event::listen(books, event::after_create, once.execute_if({.dialect = {own}}));
    metadata.create_all(engine);
    EXPECT_THROW(insert_twice(books), IntegrityError);
    metadata.drop_all(engine);
    event::remove(listener);
    metadata.create_all(engine);
    insert_twice(books);
}

TEST_P(SchemaEventsAndDDL, R27_a_strange_table_is_named_as_what_it_is) {
    const Books books{"a\"b%(x)s`'; --", metadata};
    metadata.create_all(engine);
    auto conn = engine.connect();
    conn.execute(DDL("CREATE UNIQUE INDEX once ON %(table)s (title)").against(books));
    conn.commit();
    conn.close();
    EXPECT_THROW(insert_twice(books), IntegrityError);
    conn = engine.connect();
    EXPECT_THROW(conn.execute(DDL("CREATE VIEW v AS SELECT 'of %(table)s' AS a").against(books)),
                 CompileError);
}

TEST_P(SchemaEventsAndDDL, a_listener_has_the_connection_and_its_transaction) {
    const Books books{"book", metadata};
    event::listen(books, event::after_create, [&](const event::SchemaChange& change) {
        change.connection->execute(insert(books).values(books.id = 1, books.title = "Azoth"));
    });
    metadata.create_all(engine);
    EXPECT_EQ(engine.connect().scalar(select(func::count()).select_from(books)), 1);
}

TEST_P(SchemaEventsAndDDL, what_a_listener_throws_takes_back_what_the_database_can) {
    const Books books{"book", metadata};
    const event::ScopedListener refusing =
        event::listen(books, event::after_create,
                      [](const event::SchemaChange&) { throw std::runtime_error("not today"); });
    EXPECT_THROW(metadata.create_all(engine), std::runtime_error);
    auto conn = engine.connect();
    const auto count = select(func::count()).select_from(books);
    if (engine.dialect().transactional_ddl())
        EXPECT_THROW((void)conn.scalar(count), DBAPIError);
    else
        EXPECT_EQ(conn.scalar(count), 0);
}

TEST_P(SchemaEventsAndDDL, a_mock_engine_is_given_what_listeners_execute) {
    const Books books{"book", metadata};
    event::listen(books, event::after_create, DDL("GRANT ALL ON %(table)s TO PUBLIC"));
    Strings written;
    const auto mock = create_mock_engine(std::string(engine.dialect().name()) + "://",
                                         [&](std::string_view sql) { written.emplace_back(sql); });
    metadata.create_all(mock);
    mock.execute(DDL("VACUUM"));
    EXPECT_THAT(written,
                ElementsAre(HasSubstr("CREATE TABLE"), HasSubstr("GRANT ALL ON "), "VACUUM"));
}

TEST_P(SchemaEventsAndDDL, are_about_the_schema_that_a_map_says) {
    const Books books{"book", MetaData(), {.schema = "own"}};
    Strings sql;
    const Engine told = make_engine();
    event::listen(told, event::before_cursor_execute, [&](event::CursorExecution& execution) {
        sql.push_back(execution.statement);
        execution.statement = "SELECT 1";
    });
    auto conn = told.connect();
    conn.execution_options({.schema_translate_map = {{"own", "other"}}});
    conn.execute(DDL("GRANT ALL ON %(fullname)s TO %(schema)s").against(books));
    ASSERT_EQ(sql.size(), 1U);
    EXPECT_THAT(sql[0], HasSubstr("other"));
    EXPECT_THAT(sql[0], Not(HasSubstr("own")));
}

}  // namespace
}  // namespace compliance
