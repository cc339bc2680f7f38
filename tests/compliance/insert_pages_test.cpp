// SPDX-License-Identifier: MIT
// Into how many rows at a time an INSERT of a range is divided.
#include <azoth/return_defaults.hpp>

#include <tests/compliance/items.hpp>

namespace compliance {
namespace {

struct Entries : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key, no_autoincrement};
    Column<std::string> name{*this, "name", String{100}};
    Column<std::optional<int>> n{*this, "n"};
};

using Name = std::tuple<std::string>;

std::vector<Name> names(int count) {
    std::vector<Name> rows;
    for (int i = 0; i < count; ++i) rows.emplace_back("row " + std::to_string(i));
    return rows;
}

class InsertPages : public ComplianceTest {
  protected:
    InsertPages() { create_tables(); }

    /// Inserts so many rows and looks whether each has the key that was told.
    void expect_in_order(Connection& connection, int count, const InsertManyOptions& options = {}) {
        connection.execute(delete_(items));
        const auto told =
            connection.execute(insert(items).columns(items.name).returning(items.id, items.name),
                               names(count), options);
        EXPECT_EQ(told.rowcount(), count);
        ASSERT_EQ(told.size(), static_cast<std::size_t>(count));
        int i = 0;
        for (const auto& [id, name] : told) {
            EXPECT_EQ(name, "row " + std::to_string(i++));
            EXPECT_EQ(connection.scalar(select(items.name).where(items.id == id)), name);
        }
    }

    Items items{"item", metadata};
    Entries entries{"entry", metadata};
    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(InsertPages);

TEST_P(InsertPages, of_any_size_keep_the_order_of_the_rows) {
    for (const std::size_t size : {1U, 2U, 7U, 10U, 20U, 1000U, 0U})
        expect_in_order(conn, 20, {.insertmanyvalues_page_size = size});
    expect_in_order(conn, 0, {.insertmanyvalues_page_size = 3U});
}

TEST_P(InsertPages, are_an_option_of_engine_connection_and_call) {
    EngineOptions options{.insertmanyvalues_page_size = 3};
    Engine own = make_engine(options);
    MetaData local;
    const Items table{"paged_item", local};
    local.drop_all(own);
    local.create_all(own);
    {
        auto by_engine = own.connect();
        EXPECT_EQ(
            by_engine.execute(insert(table).columns(table.name).returning(table.id), names(10))
                .size(),
            10U);
    }
    local.drop_all(own);
    expect_in_order(conn.execution_options({.insertmanyvalues_page_size = 4U}), 9);
    Engine part = engine.execution_options({.insertmanyvalues_page_size = 5U});
    if (requirements.several_connections) {
        conn.rollback();
        auto by_sub_engine = part.connect();
        expect_in_order(by_sub_engine, 11);
    }
}

TEST_P(InsertPages, may_change_within_a_transaction_which_its_beginning_may_not) {
    conn.execute(insert(items).values(items.name = "first"));
    conn.execution_options({.insertmanyvalues_page_size = 2U});
    expect_in_order(conn, 5);
    EXPECT_THROW(conn.execution_options(
                     {.isolation_level = "SERIALIZABLE", .insertmanyvalues_page_size = 2U}),
                 InvalidRequestError);
}

TEST_P(InsertPages, of_one_row_are_what_an_engine_without_insertmanyvalues_sends) {
    Engine own = make_engine({.use_insertmanyvalues = false, .insertmanyvalues_page_size = 50});
    MetaData local;
    const Items table{"single_item", local};
    local.drop_all(own);
    local.create_all(own);
    {
        auto connection = own.connect();
        // one statement meets one key twice, which PostgreSQL refuses of rows that come together
        const auto upsert = insert(table)
                                .columns(table.name)
                                .on_conflict_do_update(index_elements(table.name),
                                                       table.name = excluded(table.name));
        connection.execute(upsert, std::vector<Name>{{"a"}, {"a"}, {"b"}});
        const auto count = connection.scalar(select(func::count()).select_from(table));
        EXPECT_EQ(count, 2);
    }
    local.drop_all(own);
}

TEST_P(InsertPages, number_the_rows_in_messages_throughout) {
    std::vector<std::tuple<int, std::string>> rows;
    for (int i = 0; i < 10; ++i) rows.emplace_back(i, "x");
    rows[7] = {2, "twice"};  // in the third page of three
    auto savepoint = conn.begin_nested();
    const auto error = caught<IntegrityError>([&] {
        conn.execute(insert(entries).columns(entries.id, entries.name), rows,
                     {.insertmanyvalues_page_size = 3U});
    });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), testing::ContainsRegex("[6-9]"));
    EXPECT_THAT(error->what(), Not(HasSubstr("rows 0 to")));
    EXPECT_THAT(error->what(), Not(HasSubstr("number 1 to")));
    savepoint.rollback();
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(entries)), 0);
}

TEST_P(InsertPages, stay_with_AUTOCOMMIT_when_a_later_one_fails) {
    conn.execution_options({.isolation_level = "AUTOCOMMIT", .insertmanyvalues_page_size = 2U});
    const std::vector<Name> rows{{"a"}, {"b"}, {"c"}, {"d"}, {"a"}};
    EXPECT_THROW(conn.execute(insert(items).columns(items.name), rows), IntegrityError);
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(items)), 4);
}

TEST_P(InsertPages, have_no_limit_of_parameters) {
    std::vector<std::tuple<int, std::string, int>> rows;
    for (int i = 0; i < 40'000; ++i) rows.emplace_back(i, "x", i);  // 120,000 values
    const auto done =
        conn.execute(insert(entries).columns(entries.id, entries.name, entries.n), rows);
    EXPECT_EQ(done.rowcount(), 40'000);
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(entries)), 40'000);
}

TEST_P(InsertPages, are_what_a_statement_with_too_many_values_is_advised_to_use) {
    const std::size_t limit = conn.driver_connection().max_parameters();
    const std::vector<int> ids(limit + 1, 1);
    const auto statement = select(entries.id).where(entries.id.in(ids));
    const auto error = caught<CompileError>([&] { conn.execute(statement); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr(std::to_string(limit + 1)));
    EXPECT_THAT(error->what(), HasSubstr(std::to_string(limit)));
    EXPECT_THAT(error->what(), HasSubstr("SELECT"));
    EXPECT_THAT(error->what(), HasSubstr("columns("));
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(entries)), 0);  // nothing was sent
}

TEST_P(InsertPages, tell_keys_and_defaults_too) {
    const auto done = conn.execute(return_defaults(insert(items).columns(items.name)), names(7),
                                   {.insertmanyvalues_page_size = 2U});
    ASSERT_EQ(done.inserted_primary_key_rows().size(), 7U);
    for (int i = 0; i < 7; ++i) {
        const auto id =
            done.inserted_primary_key_rows()[static_cast<std::size_t>(i)].get<int>("id");
        EXPECT_EQ(conn.scalar(select(items.name).where(items.id == id)),
                  "row " + std::to_string(i));
    }
}

}  // namespace
}  // namespace compliance
