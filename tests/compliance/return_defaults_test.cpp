// SPDX-License-Identifier: MIT
// What is known after an INSERT or UPDATE: keys, defaults, parameters.
#include <azoth/return_defaults.hpp>

#include <tests/compliance/items.hpp>

namespace compliance {
namespace {

struct Places : Table {
    using Table::Table;
    Column<std::string> country{*this, "country", String{2}, primary_key};
    Column<int> number{*this, "number", server_default(7), primary_key};
    Column<std::string> name{*this, "name", String{30}, server_default("it's; --")};
};
struct Plain : Table {
    using Table::Table;
    Column<std::optional<int>> n{*this, "n"};
};

class DMLFacts : public ComplianceTest {
  protected:
    DMLFacts() { create_tables(); }

    Items items{"item", metadata};
    Places places{"place", metadata};
    Plain plain{"plain", metadata};
    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(DMLFacts);

TEST_P(DMLFacts, of_an_insert_are_its_key_and_what_the_database_made) {
    const auto done = conn.execute(return_defaults(insert(items).values(items.name = "a")));
    EXPECT_TRUE(done.is_insert());
    EXPECT_EQ(done.rowcount(), 1);
    EXPECT_EQ(done.inserted_primary_key().get<std::int64_t>(items.id), 1);
    const auto made = done.returned_defaults();
    ASSERT_TRUE(made);
    EXPECT_EQ(made->keys(), (Strings{"id", "stock"}));
    EXPECT_EQ(made->get<std::int64_t>("id"), 1);
    EXPECT_EQ(made->get<int>(items.stock), 5);
    EXPECT_THAT(done.postfetch_cols(), IsEmpty());
}

TEST_P(DMLFacts, of_a_key_of_several_columns_are_all_of_them_whoever_gave_them) {
    const auto done = conn.execute(return_defaults(insert(places).values(places.country = "fr")));
    EXPECT_EQ(done.inserted_primary_key().keys(), (Strings{"country", "number"}));
    EXPECT_EQ(done.inserted_primary_key().get<std::string>("country"), "fr");
    EXPECT_EQ(done.inserted_primary_key().get<int>("number"), 7);
    EXPECT_EQ(done.returned_defaults()->keys(), (Strings{"number", "name"}));
    EXPECT_EQ(done.returned_defaults()->get<std::string>("name"), "it's; --");
}

TEST_P(DMLFacts, of_what_the_program_gave_are_no_defaults) {
    const auto done = conn.execute(return_defaults(insert(places).values(
        places.country = "fr", places.number = 3, places.name = std::string("x'); --"))));
    EXPECT_EQ(done.inserted_primary_key().get<int>("number"), 3);
    EXPECT_FALSE(done.returned_defaults());
    const RowMapping& given = done.last_inserted_params();
    EXPECT_EQ(given.keys(), (Strings{"country", "number", "name"}));
    EXPECT_EQ(given.get<std::string>(places.country), "fr");
    EXPECT_EQ(given.get<int>("number"), 3);
    EXPECT_EQ(given.get<std::string>("name"), "x'); --");
}

TEST_P(DMLFacts, of_expressions_are_what_they_came_to) {
    const auto done = conn.execute(return_defaults(insert(items).values(
        items.name = func::upper("b"), items.size = literal(2) * 3, items.stock = 1)));
    EXPECT_EQ(done.returned_defaults()->keys(), (Strings{"id", "name", "size"}));
    EXPECT_EQ(done.returned_defaults()->get<std::string>("name"), "B");
    EXPECT_EQ(done.returned_defaults()->get<int>("size"), 6);
    EXPECT_EQ(done.last_inserted_params().keys(), Strings{"stock"});
}

TEST_P(DMLFacts, of_named_parameters_are_their_values) {
    const auto statement = return_defaults(insert(items).values(
        items.name = bindparam<std::string>("x"), items.size = bindparam<int>("y")));
    const auto done = conn.execute(statement, {{"y", 4}, {"x", "named"}});
    EXPECT_EQ(done.last_inserted_params().get<std::string>("name"), "named");
    EXPECT_EQ(done.last_inserted_params().get<int>("size"), 4);
    EXPECT_EQ(conn.execute(statement, {{"x", "again"}, {"y", 5}})
                  .inserted_primary_key()
                  .get<std::int64_t>("id"),
              2);
}

TEST_P(DMLFacts, of_several_rows_are_in_their_order) {
    const auto done = conn.execute(return_defaults(insert(items)
                                                       .values(items.name = "a", items.stock = 1)
                                                       .values(items.name = "b", items.stock = 2)));
    EXPECT_EQ(done.rowcount(), 2);
    ASSERT_EQ(done.inserted_primary_key_rows().size(), 2U);
    EXPECT_EQ(done.inserted_primary_key_rows()[0].get<int>("id"), 1);
    EXPECT_EQ(done.inserted_primary_key_rows()[1].get<int>("id"), 2);
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)done.inserted_primary_key(); }),
                HasSubstr("inserted_primary_key_rows()"));
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)done.returned_defaults(); }),
                HasSubstr("returned_defaults_rows()"));
    EXPECT_THROW((void)done.last_inserted_params(), InvalidRequestError);
}

TEST_P(DMLFacts, of_a_range_are_in_the_order_of_its_rows) {
    std::vector<std::tuple<std::string, int>> rows;
    for (int i = 0; i < 500; ++i) rows.emplace_back("row " + std::to_string(i), i % 3);
    const auto statement = return_defaults(insert(items).columns(items.name, items.size));
    const auto done = conn.execute(statement, rows);
    EXPECT_EQ(done.rowcount(), 500);
    ASSERT_EQ(done.inserted_primary_key_rows().size(), 500U);
    ASSERT_EQ(done.returned_defaults_rows().size(), 500U);
    for (int i = 0; i < 500; ++i) {
        const auto index = static_cast<std::size_t>(i);
        const auto id = done.inserted_primary_key_rows()[index].get<std::int64_t>("id");
        EXPECT_EQ(conn.scalar(select(items.name).where(items.id == id)),
                  "row " + std::to_string(i));
        EXPECT_EQ(done.returned_defaults_rows()[index].get<int>("stock"), 5);
    }
    EXPECT_THROW((void)done.last_inserted_params(), InvalidRequestError);
    EXPECT_TRUE(conn.execute(statement, std::vector<std::tuple<std::string, int>>{})
                    .inserted_primary_key_rows()
                    .empty());
}

TEST_P(DMLFacts, of_an_update_are_the_rows_that_it_calculated_where_the_database_returns_them) {
    conn.execute(insert(items).values(items.name = "a").values(items.name = "b"));
    const auto done = conn.execute(
        return_defaults(update(items).values(items.stock = items.stock + 1, items.size = 2)));
    EXPECT_FALSE(done.is_insert());
    EXPECT_EQ(done.rowcount(), 2);
    EXPECT_EQ(done.last_updated_params().keys(), Strings{"size"});
    EXPECT_EQ(done.last_updated_params().get<int>(items.size), 2);
    if (requirements.update_returning) {
        ASSERT_EQ(done.returned_defaults_rows().size(), 2U);
        EXPECT_EQ(done.returned_defaults_rows()[1].get<int>("stock"), 6);
        EXPECT_THAT(done.postfetch_cols(), IsEmpty());
    } else {
        EXPECT_THAT(done.returned_defaults_rows(), IsEmpty());
        EXPECT_EQ(done.postfetch_cols(), Strings{"stock"});
    }
    EXPECT_EQ(conn.scalar(select(func::sum(items.stock))).value(), 12);
}

TEST_P(DMLFacts, of_an_update_without_expressions_cost_no_returning) {
    conn.execute(insert(items).values(items.name = "a"));
    const auto done = conn.execute(
        return_defaults(update(items).values(items.size = 2).where(items.name == "nobody")));
    EXPECT_EQ(done.rowcount(), 0);
    EXPECT_FALSE(done.returned_defaults());
    EXPECT_THAT(done.postfetch_cols(), IsEmpty());
}

TEST_P(DMLFacts, of_the_other_kind_of_statement_are_refused) {
    const auto inserted = conn.execute(return_defaults(insert(items).values(items.name = "a")));
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)inserted.last_updated_params(); }),
                HasSubstr("last_inserted_params()"));
    const auto updated = conn.execute(return_defaults(update(items).values(items.size = 1)));
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)updated.inserted_primary_key(); }),
                HasSubstr("UPDATE"));
    EXPECT_THROW((void)updated.last_inserted_params(), InvalidRequestError);
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { (void)return_defaults(insert(items).returning(items.c("id"))); }),
                HasSubstr("returning(…) already"));
}

TEST_P(DMLFacts, of_a_table_without_a_key_are_no_keys) {
    const auto done = conn.execute(return_defaults(insert(plain).values(plain.n = 1)));
    EXPECT_EQ(done.rowcount(), 1);
    EXPECT_THAT(done.inserted_primary_key_rows(), IsEmpty());
    EXPECT_FALSE(done.returned_defaults());
}

TEST_P(DMLFacts, of_an_upsert_that_wrote_nothing_are_none) {
    conn.execute(insert(items).values(items.name = "a"));
    const auto done = conn.execute(
        return_defaults(insert(items).values(items.name = "a").on_conflict_do_nothing()));
    EXPECT_EQ(done.inserted_primary_key_rows().size(), requirements.returns_conflicts ? 1U : 0U);
}

TEST_P(DMLFacts, outlive_the_connection) {
    std::optional<DMLResult> kept;
    {
        auto other = engine.connect();
        kept = other.execute(return_defaults(insert(items).values(items.name = "a")));
    }
    EXPECT_EQ(kept->inserted_primary_key().get<int>("id"), 1);
}

}  // namespace
}  // namespace compliance
