// SPDX-License-Identifier: MIT
#include <azoth/core.hpp>
#include <azoth/mariadb.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tests/support/databases.hpp>

#include <string>
#include <tuple>
#include <vector>

// The Core on MariaDB: what its SQL says differently, and that the server takes it.

namespace {

using namespace azoth;
using testing::ElementsAre;

struct Users : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "na`me", String{30}, unique};
    Column<std::optional<std::string>> fullname{*this, "fullname"};
    Column<std::optional<std::int64_t>> age{*this, "age"};
};

struct Notes : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::int64_t> user_id{*this, "user_id"};
    Column<bool> open{*this, "open"};
    Column<Uuid> key{*this, "key"};
    Column<Decimal> price{*this, "price", Numeric{10, 2}};
    Column<LocalDateTime> made{*this, "made"};
    Column<UtcDateTime> sent{*this, "sent"};
    Column<std::vector<std::byte>> body{*this, "body"};
};

class MariadbDialect : public testing::Test {
  protected:
    void SetUp() override {
        metadata.drop_all(engine);
        metadata.create_all(engine);
    }
    void TearDown() override { metadata.drop_all(engine); }

    void add(std::string name, std::optional<std::int64_t> age = {}) {
        auto connection = engine.connect();
        connection.execute(insert(users).values(users.name = name, users.age = age));
        connection.commit();
    }
    std::vector<std::string> names() {
        std::vector<std::string> found;
        auto connection = engine.connect();
        for (auto [name] : connection.execute(select(users.name).order_by(users.name)))
            found.push_back(name);
        return found;
    }

    Engine engine = create_engine(test::database("mariadb").url);
    MetaData metadata;
    Users users{"dialect_users", metadata};
    Notes notes{"dialect_notes", metadata};
};

TEST_F(MariadbDialect, rows_go_in_and_come_back) {
    add("sandy", 30);
    add("back\\slash");
    EXPECT_THAT(names(), ElementsAre("back\\slash", "sandy"));
    auto connection = engine.connect();
    const auto rows = connection
                          .execute(select(users.name, users.age)
                                       .where(users.name.like("s%") && users.fullname == nullptr))
                          .all();
    ASSERT_EQ(rows.size(), 1U);
}

TEST_F(MariadbDialect, generated_keys_come_back_one_by_one_and_for_ranges) {
    auto connection = engine.connect();
    const auto result = connection.execute(insert(users).values(users.name = "a"));
    EXPECT_EQ(result.inserted_primary_key(), 1);
    const std::vector<std::tuple<std::string>> more = {{"b"}, {"c"}, {"d"}};
    std::vector<std::int64_t> keys;
    for (auto [id] :
         connection.execute(insert(users).columns(users.name).returning(users.id), more))
        keys.push_back(id);
    EXPECT_EQ(keys.size(), 3U);
    connection.commit();
    EXPECT_THAT(names(), ElementsAre("a", "b", "c", "d"));
}

TEST_F(MariadbDialect, values_of_all_types) {
    auto connection = engine.connect();
    const Uuid key = Uuid::random();
    const auto made = local_datetime_from_microseconds(1'700'000'000'123'456);
    const auto sent = utc_datetime_from_microseconds(-1);
    const std::vector<std::byte> body{std::byte{0}, std::byte{255}};
    connection.execute(insert(notes).values(notes.user_id = 1, notes.open = true, notes.key = key,
                                            notes.price = Decimal("12.50"), notes.made = made,
                                            notes.sent = sent, notes.body = body));
    for (auto [open, read_key, price, read_made, read_sent, read_body] : connection.execute(
             select(notes.open, notes.key, notes.price, notes.made, notes.sent, notes.body)
                 .where(notes.key == key && notes.open))) {
        EXPECT_TRUE(open);
        EXPECT_EQ(read_key, key);
        EXPECT_EQ(price.to_string(), "12.50");
        EXPECT_EQ(read_made, made);
        EXPECT_EQ(read_sent, sent);
        EXPECT_EQ(read_body, body);
    }
    connection.rollback();
}

TEST_F(MariadbDialect, savepoints_and_rollbacks) {
    auto connection = engine.connect();
    connection.execute(insert(users).values(users.name = "kept"));
    {
        auto savepoint = connection.begin_nested();
        connection.execute(insert(users).values(users.name = "undone"));
        savepoint.rollback();
    }
    connection.commit();
    EXPECT_THAT(names(), ElementsAre("kept"));
}

TEST_F(MariadbDialect, an_upsert_changes_the_row_that_is_there) {
    add("sandy", 1);
    auto connection = engine.connect();
    auto upsert = insert(users).values(users.name = "sandy", users.age = 7);
    connection.execute(upsert.on_conflict_do_nothing());
    EXPECT_EQ(connection.execute(select(users.age)).one().get<0>(), 1);
    connection.execute(
        upsert.on_conflict_do_update(index_elements(users.name), users.age = excluded(users.age)));
    EXPECT_EQ(connection.execute(select(users.age)).one().get<0>(), 7);
    connection.rollback();
}

TEST_F(MariadbDialect, expressions_say_what_they_say_elsewhere) {
    add("sandy", 7);
    auto connection = engine.connect();
    const auto scalar = [&](const auto& expression) {
        return connection.execute(select(expression)).one().template get<0>();
    };
    EXPECT_EQ(scalar(users.name + "!"), "sandy!");
    EXPECT_EQ(scalar(users.age / 2), 3.5);
    EXPECT_EQ(
        connection.execute(select(users.id).where(users.age.is_distinct_from(8))).all().size(), 1U);
    EXPECT_EQ(
        connection.execute(select(users.id).where(users.fullname.is_not_distinct_from(nullptr)))
            .all()
            .size(),
        1U);
    EXPECT_EQ(connection.execute(select(users.id).offset(1)).all().size(), 0U);
    EXPECT_EQ(connection.execute(select(users.id).where(users.id.in(std::vector<std::int64_t>{})))
                  .all()
                  .size(),
              0U);
}

TEST_F(MariadbDialect, backslashes_are_characters_in_all_text_that_azoth_writes) {
    MetaData other;
    Table table{"dialect_texts",
                other,
                {ColumnSpec{"id", Integer{}, primary_key},
                 ColumnSpec{"v", String{30}, server_default("back\\sla'sh\\")}}};
    other.drop_all(engine);
    other.create_all(engine);
    add("a%c");
    auto connection = engine.connect();
    connection.exec_driver_sql("INSERT INTO dialect_texts (id) VALUES (1)");
    EXPECT_EQ(connection.execute(select(table.c<std::string>("v"))).one().get<0>(),
              "back\\sla'sh\\");
    EXPECT_EQ(
        connection.execute(select(users.id).where(users.name.like("a\\%c", "\\"))).all().size(),
        1U);
    connection.commit();
    other.drop_all(engine);
}

TEST_F(MariadbDialect, what_mariadb_lacks_is_refused_before_it_is_sent) {
    auto connection = engine.connect();
    EXPECT_THROW(connection.execute(update(users).values(users.age = 1).returning(users.id)),
                 UnsupportedCompilationError);
    const auto known = select(users.id).cte("known");
    EXPECT_THROW(connection.execute(delete_(users).where(users.id.in(select(known[users.id])))),
                 UnsupportedCompilationError);
}

TEST_F(MariadbDialect, creates_only_the_tables_that_are_missing) {
    add("kept");
    metadata.create_all(engine);
    EXPECT_THAT(names(), ElementsAre("kept"));
}

}  // namespace
