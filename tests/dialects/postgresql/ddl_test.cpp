// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/connect.hpp>
#include <azoth/dialects/postgresql/ddl.hpp>
#include <azoth/engine/url.hpp>
#include <azoth/schema.hpp>
#include <azoth/sql/functions.hpp>
#include <azoth/sql/text.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tests/schema/support.hpp>
#include <tests/support/databases.hpp>

#include <memory>
#include <string>
#include <vector>

enum class Rank { low, high };
template <>
struct azoth::EnumNames<Rank> : azoth::Enumerators<Rank::low, Rank::high> {};

namespace {

using namespace azoth;
using schema_test::message_of;
using schema_test::PlainRenderer;
using testing::ElementsAre;
using testing::HasSubstr;

struct Users : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{30}, server_default("nobody"),
                             comment("it's a name")};
    Column<std::optional<bool>> active{*this, "active", server_default(true)};
    Column<std::optional<std::int64_t>> boss{*this, "boss",
                                             ForeignKey{id,
                                                        {.name = "to_boss",
                                                         .ondelete = "SET NULL",
                                                         .onupdate = "cascade",
                                                         .deferrable = true,
                                                         .match = "full"}}};
    Column<Rank> rank{*this, "rank", server_default(Rank::low)};
    UniqueConstraint key{*this, {name, boss}, {.name = "one_each", .deferrable = false}};
    CheckConstraint named{*this, func::length(name) > 1, "has_name"};
    Index by_name{
        *this,
        {func::lower(name), boss.desc().nulls_last()},
        {.name = "by_name", .unique = true, .where = active == true, .postgresql_using = "btree"}};
};

class PostgresqlText : public testing::Test {
  protected:
    [[nodiscard]] std::string create(const Table& table) const {
        return ddl.create_table(table.object());
    }
    [[nodiscard]] std::string column(const Type& type) {
        MetaData own;
        const Table table{"t", own, {ColumnSpec{"x", type}}};
        const std::string sql = create(table);
        const auto begin = sql.find("\"x\" ") + 4;
        return sql.substr(begin, sql.find('\n', begin) - begin);
    }

    PlainRenderer renderer;
    postgresql::DDLCompiler ddl{renderer};
    MetaData metadata;
};

TEST_F(PostgresqlText, writes_a_table_with_all_it_may_have) {
    const Users users{"user_account", metadata, {.schema = "office", .comment = "who's who"}};
    EXPECT_EQ(create(users),
              R"(CREATE TABLE "office"."user_account" (
    "id" BIGSERIAL NOT NULL,
    "name" VARCHAR(30) DEFAULT 'nobody' NOT NULL,
    "active" BOOLEAN DEFAULT TRUE,
    "boss" BIGINT,
    "rank" "office"."rank" DEFAULT 'low' NOT NULL,
    PRIMARY KEY ("id"),
    CONSTRAINT "to_boss" FOREIGN KEY ("boss") REFERENCES "office"."user_account" ("id") MATCH FULL ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT "one_each" UNIQUE ("name", "boss") NOT DEFERRABLE,
    CONSTRAINT "has_name" CHECK (length("name") > 1)
))");
    const auto& object = users.object();
    EXPECT_EQ(ddl.create_index(object, object.expressions()->indexes[0]),
              "CREATE UNIQUE INDEX \"by_name\" ON \"office\".\"user_account\" USING btree "
              "((lower(\"name\")), \"boss\" DESC NULLS LAST) WHERE \"active\" = TRUE");
    EXPECT_THAT(
        ddl.set_comments(object),
        ElementsAre("COMMENT ON TABLE \"office\".\"user_account\" IS 'who''s who'",
                    "COMMENT ON COLUMN \"office\".\"user_account\".\"name\" IS 'it''s a name'"));
    EXPECT_EQ(ddl.create_type(users.rank.type()),
              "CREATE TYPE \"office\".\"rank\" AS ENUM ('low', 'high')");
    EXPECT_EQ(ddl.drop_type(users.rank.type()), "DROP TYPE \"office\".\"rank\"");
    EXPECT_EQ(ddl.drop_type(Enum{"rank", {"low"}}), "DROP TYPE \"rank\"");
}

TEST_F(PostgresqlText, names_types_as_the_database_does) {
    EXPECT_EQ(column(Boolean{}), "BOOLEAN");
    EXPECT_EQ(column(SmallInteger{}), "SMALLINT");
    EXPECT_EQ(column(Integer{}), "INTEGER");
    EXPECT_EQ(column(BigInteger{}), "BIGINT");
    EXPECT_EQ(column(Float{}), "REAL");
    EXPECT_EQ(column(Double{}), "DOUBLE PRECISION");
    EXPECT_EQ(column(Numeric{}), "NUMERIC");
    EXPECT_EQ(column(Numeric{10, 2}), "NUMERIC(10, 2)");
    EXPECT_EQ(column(String{}), "VARCHAR");
    EXPECT_EQ(column(String{7}), "VARCHAR(7)");
    EXPECT_EQ(column(Text{}), "TEXT");
    EXPECT_EQ(column(LargeBinary{5}), "BYTEA");
    EXPECT_EQ(column(Date{}), "DATE");
    EXPECT_EQ(column(TimeOfDay{}), "TIME WITHOUT TIME ZONE");
    EXPECT_EQ(column(DateTime{}), "TIMESTAMP WITHOUT TIME ZONE");
    EXPECT_EQ(column(DateTime{.timezone = true}), "TIMESTAMP WITH TIME ZONE");
    EXPECT_EQ(column(UuidType{}), "UUID");
    EXPECT_EQ(column(Enum{"grade", {"a", "b"}}), "\"grade\"");
    EXPECT_EQ(column(JSON{}), "JSON");
    EXPECT_EQ(column(JSONB{}), "JSONB");
    EXPECT_THAT(message_of<CompileError>([&] {
                    const Table t{"t", metadata, {ColumnSpec{"x"}}};
                    static_cast<void>(create(t));
                }),
                HasSubstr("column 'x' of table 't' has no type"));
}

TEST_F(PostgresqlText, a_generated_key_is_of_the_serial_family) {
    const auto key = [&](const Type& type) {
        MetaData own;
        const Table t{"t", own, {ColumnSpec{"id", type, primary_key}}};
        const std::string sql = create(t);
        return sql.substr(sql.find("\"id\""), sql.find(',') - sql.find("\"id\""));
    };
    EXPECT_EQ(key(SmallInteger{}), "\"id\" SMALLSERIAL NOT NULL");
    EXPECT_EQ(key(Integer{}), "\"id\" SERIAL NOT NULL");
    EXPECT_EQ(key(BigInteger{}), "\"id\" BIGSERIAL NOT NULL");
    const Table given{
        "given", metadata, {ColumnSpec{"id", Integer{}, primary_key, no_autoincrement}}};
    EXPECT_THAT(create(given), HasSubstr("\"id\" INTEGER NOT NULL"));
    const Table composite{"composite",
                          metadata,
                          {ColumnSpec{"a", Integer{}, primary_key},
                           ColumnSpec{"b", Integer{}, primary_key, autoincrement}}};
    EXPECT_THAT(create(composite), HasSubstr("\"b\" SERIAL NOT NULL"));
}

TEST_F(PostgresqlText, a_given_name_that_is_too_long_is_refused) {
    const std::string longest(63, 'n');
    const Table fits{longest, metadata, {ColumnSpec{"x", Integer{}}}};
    EXPECT_THAT(create(fits), HasSubstr(longest));
    const Table name{longest + "n", metadata, {ColumnSpec{"x", Integer{}}}};
    EXPECT_THAT(message_of<IdentifierError>([&] { static_cast<void>(create(name)); }),
                HasSubstr("has 64 bytes, the database allows 63"));
    Table t{"t", metadata, {ColumnSpec{"x", Integer{}}}};
    const UniqueConstraint key{t, {"x"}, {.name = longest + "n"}};
    EXPECT_THROW(static_cast<void>(create(t)), IdentifierError);
    EXPECT_THROW(static_cast<void>(ddl.create_type(Enum{longest + "n", {"a"}})), IdentifierError);
}

TEST_F(PostgresqlText, a_made_name_that_is_too_long_is_shortened_differently_for_each) {
    const std::string common(40, 'c');
    Table t{"a_table_with_quite_a_long_name", metadata};
    t.add_column(common + "1", Integer{}, indexed);
    t.add_column(common + "2", Integer{}, indexed);
    const auto name = [&](std::size_t i) {
        const std::string sql = ddl.create_index(t.object(), t.object().expressions()->indexes[i]);
        const auto begin = sql.find('"') + 1;
        return sql.substr(begin, sql.find('"', begin) - begin);
    };
    EXPECT_EQ(name(0).size(), 63U);
    EXPECT_THAT(name(0), testing::StartsWith("ix_a_table_with_quite_a_long_name_ccc"));
    EXPECT_NE(name(0), name(1));
    EXPECT_EQ(name(0), name(0));
}

TEST_F(PostgresqlText, a_shortened_name_keeps_whole_characters) {
    for (std::size_t shift = 0; shift < 3; ++shift) {
        MetaData own;
        std::string column_name(shift, 'a');
        while (column_name.size() < 60) column_name += "ü";
        const Table t{"t", own, {ColumnSpec{column_name, Integer{}, indexed}}};
        const std::string sql = ddl.create_index(t.object(), t.object().expressions()->indexes[0]);
        const std::string name = sql.substr(sql.find('"') + 1, sql.find('"', 14) - 14);
        EXPECT_LE(name.size(), 63U);
        EXPECT_EQ(name.size() - 9 - 5 - shift, 2 * ((name.size() - 9 - 5 - shift) / 2)) << name;
    }
}

// --- on the database
// -------------------------------------------------------------------------------

/// A PostgreSQL database as create_all sees it.
class DriverTarget final : public schema::Target {
  public:
    DriverTarget(driver::Connection& connection, const schema::DDLCompiler& ddl)
        : connection_(connection), ddl_(ddl) {}
    [[nodiscard]] const schema::DDLCompiler& ddl() const override { return ddl_; }
    [[nodiscard]] std::string_view dialect() const override { return "postgresql"; }
    void run(const std::string& sql) override { connection_.run(sql); }
    [[nodiscard]] bool has_table(std::string_view schema, std::string_view name) override {
        return count(
                   "SELECT count(*) FROM pg_tables WHERE schemaname = coalesce(nullif($1, ''), "
                   "current_schema()) AND tablename = $2",
                   schema, name) != 0;
    }
    [[nodiscard]] bool has_type(std::string_view schema, std::string_view name) override {
        return count(
                   "SELECT count(*) FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace "
                   "WHERE n.nspname = coalesce(nullif($1, ''), current_schema()) AND t.typname = "
                   "$2 "
                   "AND t.typtype = 'e'",
                   schema, name) != 0;
    }
    void run_ddl(const std::function<void(schema::Target&)>& work) {
        connection_.begin({});
        work(*this);
        connection_.commit();
    }
    /// The only cell of the only row.
    [[nodiscard]] std::int64_t count(std::string_view sql, std::string_view schema = {},
                                     std::string_view name = {}) {
        const bool names = sql.find("$1") != std::string_view::npos;
        const std::vector<Type> types(names ? 2 : 0, Text{});
        const Kind wanted = Kind::int64;
        driver::StatementRequest request;
        request.sql = sql;
        request.parameters = types;
        request.results = {&wanted, 1};
        std::vector<ValueView> parameters;
        if (names) parameters = {ValueView::of_text(schema), ValueView::of_text(name)};
        const auto statement = connection_.prepare(request);
        statement->execute(parameters);
        ValueView cell;
        EXPECT_TRUE(statement->fetch(&cell));
        const std::int64_t number = cell.integer;
        statement->reset();
        return number;
    }

  private:
    driver::Connection& connection_;
    const schema::DDLCompiler& ddl_;
};

class PostgresqlDDL : public PostgresqlText {
  protected:
    PostgresqlDDL() {
        run("DROP SCHEMA IF EXISTS office CASCADE");
        run("DROP SCHEMA public CASCADE");
        run("CREATE SCHEMA public");
        run("CREATE SCHEMA office");
    }
    void run(std::string_view sql) { connection->run(sql); }

    std::unique_ptr<driver::Connection> connection = postgresql::connect(
        postgresql::options_from_url(make_url(test::database("postgresql").url)));
    DriverTarget target{*connection, ddl};
};

TEST_F(PostgresqlDDL, takes_all_that_is_written) {
    const Users users{"user_account", metadata, {.schema = "office", .comment = "who's who"}};
    const Users here{"user_account", metadata};
    metadata.create_all(target);
    metadata.create_all(target);
    EXPECT_TRUE(target.has_table("office", "user_account"));
    EXPECT_TRUE(target.has_table("", "user_account"));
    EXPECT_TRUE(target.has_type("office", "rank"));
    run("INSERT INTO office.user_account DEFAULT VALUES");
    EXPECT_EQ(
        target.count("SELECT count(*) FROM office.user_account WHERE name = 'nobody' AND active "
                     "AND rank = 'low'"),
        1);
    EXPECT_EQ(
        target.count("SELECT count(*) FROM pg_description WHERE description IN ('who''s who', "
                     "'it''s a name')"),
        3);
    metadata.drop_all(target);
    metadata.drop_all(target);
    EXPECT_FALSE(target.has_table("office", "user_account"));
    EXPECT_FALSE(target.has_type("office", "rank"));
    EXPECT_FALSE(target.has_type("", "rank"));
}

TEST_F(PostgresqlDDL, R27_no_name_and_no_text_breaks_out_of_its_quotes) {
    const std::string evil = "x\"; DROP TABLE victim; --'\\";
    run("CREATE TABLE victim (id INTEGER)");
    Table t{evil, metadata, {.comment = evil}};
    t.add_column(evil, Text{}, server_default(evil), indexed, comment(evil));
    t.add_column("label", Enum{evil + "type", {evil}}, server_default(evil));
    const UniqueConstraint key{t, {evil.c_str()}, {.name = evil + "1"}};
    const CheckConstraint check{t, t.c<std::string>(evil) != evil + "?", evil + "2"};
    metadata.create_all(target);
    EXPECT_TRUE(target.has_table("", evil));
    EXPECT_TRUE(target.has_type("", evil + "type"));
    run("INSERT INTO \"x\"\"; DROP TABLE victim; --'\\\" DEFAULT VALUES");
    metadata.drop_all(target);
    EXPECT_FALSE(target.has_table("", evil));
    EXPECT_FALSE(target.has_type("", evil + "type"));
    EXPECT_TRUE(target.has_table("", "victim"));
}

TEST_F(PostgresqlDDL, a_circle_of_tables_with_rows_is_created_and_dropped) {
    Table head{"head", metadata, {ColumnSpec{"id", Integer{}, primary_key}}};
    Table tail{"tail", metadata, {ColumnSpec{"id", Integer{}, primary_key}}};
    head.add_column("tail_id", Integer{}, ForeignKey{tail.c("id")});
    tail.add_column("head_id", Integer{}, not_null, ForeignKey{head.c("id")});
    metadata.create_all(target);
    EXPECT_EQ(target.count("SELECT count(*) FROM pg_constraint WHERE contype = 'f'"), 2);
    run("INSERT INTO head VALUES (1, NULL)");
    run("INSERT INTO tail VALUES (1, 1)");
    run("UPDATE head SET tail_id = 1");
    metadata.drop_all(target);
    EXPECT_FALSE(target.has_table("", "head"));
    EXPECT_FALSE(target.has_table("", "tail"));
}

TEST_F(PostgresqlDDL, leaves_the_database_as_it_was_where_a_statement_fails) {
    const Users users{"user_account", metadata};
    run("CREATE TABLE by_name (id INTEGER)");  // the name of an index of users
    connection->begin({});
    EXPECT_THROW(metadata.create_in(target, nullptr, true), ProgrammingError);
    connection->rollback();
    EXPECT_FALSE(target.has_table("", "user_account"));
    EXPECT_FALSE(target.has_type("", "rank"));
}

}  // namespace
