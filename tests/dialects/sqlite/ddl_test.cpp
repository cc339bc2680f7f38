// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/dialects/sqlite/ddl.hpp>
#include <azoth/schema.hpp>
#include <azoth/sql/functions.hpp>
#include <azoth/sql/text.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tests/schema/support.hpp>

#include <memory>
#include <string>
#include <vector>

enum class Grade { good, bad, so_so };
template <>
struct azoth::EnumNames<Grade> : azoth::Enumerators<Grade::good, Grade::bad, Grade::so_so> {};

namespace {

using namespace azoth;
using schema_test::message_of;
using schema_test::PlainRenderer;
using testing::HasSubstr;
using testing::IsEmpty;

/// A SQLite database as create_all sees it.
class DriverTarget final : public schema::Target {
  public:
    DriverTarget(driver::Connection& connection, const schema::DDLCompiler& ddl)
        : connection_(connection), ddl_(ddl) {}
    [[nodiscard]] const schema::DDLCompiler& ddl() const override { return ddl_; }
    [[nodiscard]] std::string_view dialect() const override { return "sqlite"; }
    void run(const std::string& sql) override { connection_.run(sql); }
    [[nodiscard]] bool has_table(std::string_view, std::string_view name) override {
        return !sqlite_test::query(connection_,
                                   "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?",
                                   {sqlite_test::text(name)})
                    .empty();
    }
    [[nodiscard]] bool has_type(std::string_view, std::string_view) override { return false; }
    void run_ddl(const std::function<void(schema::Target&)>& work) {
        connection_.run("BEGIN");
        work(*this);
        connection_.run("COMMIT");
    }

  private:
    driver::Connection& connection_;
    const schema::DDLCompiler& ddl_;
};

class SqliteDDL : public testing::Test {
  protected:
    [[nodiscard]] std::string create(const Table& table) const {
        return ddl.create_table(table.object());
    }
    [[nodiscard]] std::string index(const Table& table, std::size_t number = 0) const {
        return ddl.create_index(table.object(), table.object().expressions()->indexes[number]);
    }
    /// The definition of a column of this type.
    [[nodiscard]] std::string column(const Type& type, const TableOptions& options = {}) {
        MetaData own;
        const Table table{"t", own, {ColumnSpec{"x", type}}, options};
        const std::string sql = create(table);
        const auto begin = sql.find("\"x\" ") + 4;
        return sql.substr(begin, sql.find('\n', begin) - begin);
    }
    [[nodiscard]] std::int64_t integer(std::string_view sql) {
        return sqlite_test::integer(*connection, sql);
    }
    [[nodiscard]] std::string text(std::string_view sql) {
        return sqlite_test::to_string(sqlite_test::scalar(*connection, sql));
    }
    void run(std::string_view sql) { connection->run(sql); }

    PlainRenderer renderer{false};
    sqlite::DDLCompiler ddl{renderer};
    MetaData metadata;
    sqlite_test::ConnectionPtr connection = sqlite_test::connect_memory();
    DriverTarget target{*connection, ddl};
};

// --- the text
// --------------------------------------------------------------------------------------

struct Users : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{30}, server_default("nobody")};
    Column<std::optional<bool>> active{*this, "active", server_default(true)};
    Column<std::optional<std::int32_t>> boss{*this, "boss",
                                             ForeignKey{id,
                                                        {.name = "to_boss",
                                                         .ondelete = "SET NULL",
                                                         .deferrable = true,
                                                         .initially = "deferred"}}};
    UniqueConstraint key{*this, {name, boss}, {.name = "one_each"}};
    CheckConstraint named{*this, func::length(name) > 1, "has_name"};
    Index by_name{*this,
                  {func::lower(name), boss.desc()},
                  {.name = "by_name", .unique = true, .where = active == true}};
};

TEST_F(SqliteDDL, writes_a_table_with_all_it_may_have) {
    const Users users{"user_account", metadata};
    EXPECT_EQ(create(users),
              R"(CREATE TABLE "user_account" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(30) DEFAULT 'nobody' NOT NULL,
    "active" BOOLEAN DEFAULT 1,
    "boss" INTEGER,
    PRIMARY KEY ("id"),
    CONSTRAINT "to_boss" FOREIGN KEY ("boss") REFERENCES "user_account" ("id") ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "one_each" UNIQUE ("name", "boss"),
    CONSTRAINT "has_name" CHECK (length("name") > 1)
))");
    EXPECT_EQ(
        index(users),
        "CREATE UNIQUE INDEX \"by_name\" ON \"user_account\" ((lower(\"name\")), \"boss\" DESC) "
        "WHERE \"active\" = 1");
    target.run_ddl([&](schema::Target& to) { metadata.create_in(to, nullptr, true); });
    EXPECT_TRUE(target.has_table("", "user_account"));
}

TEST_F(SqliteDDL, names_types_so_that_values_are_kept_exactly) {
    EXPECT_EQ(column(Boolean{}), "BOOLEAN");
    EXPECT_EQ(column(SmallInteger{}), "SMALLINT");
    EXPECT_EQ(column(Integer{}), "INTEGER");
    EXPECT_EQ(column(BigInteger{}), "BIGINT");
    EXPECT_EQ(column(Float{}), "FLOAT");
    EXPECT_EQ(column(Double{}), "DOUBLE");
    EXPECT_EQ(column(Numeric{}), "DECIMAL_TEXT COLLATE decimal");
    EXPECT_EQ(column(Numeric{10, 2}), "DECIMAL_TEXT(10, 2) COLLATE decimal");
    EXPECT_EQ(column(String{}), "VARCHAR");
    EXPECT_EQ(column(String{7}), "VARCHAR(7)");
    EXPECT_EQ(column(Text{}), "TEXT");
    EXPECT_EQ(column(LargeBinary{5}), "BLOB");
    EXPECT_EQ(column(Date{}), "DATE");
    EXPECT_EQ(column(TimeOfDay{}), "TIME");
    EXPECT_EQ(column(DateTime{}), "DATETIME");
    EXPECT_EQ(column(DateTime{.timezone = true}), "TIMESTAMP");
    EXPECT_EQ(column(UuidType{}), "CHAR(32)");
    EXPECT_EQ(column(Enum{"grade", {"a", "größer"}}), "VARCHAR(6)");
    EXPECT_EQ(column(JSON{}), "JSON_TEXT");
    EXPECT_EQ(column(JSONB{}), "JSON_TEXT");
}

TEST_F(SqliteDDL, uses_the_five_types_of_a_strict_table) {
    const TableOptions strict{.sqlite_strict = true};
    EXPECT_EQ(column(Boolean{}, strict), "INTEGER");
    EXPECT_EQ(column(BigInteger{}, strict), "INTEGER");
    EXPECT_EQ(column(Double{}, strict), "REAL");
    EXPECT_EQ(column(String{7}, strict), "TEXT");
    EXPECT_EQ(column(Numeric{10, 2}, strict), "TEXT COLLATE decimal");
    EXPECT_EQ(column(LargeBinary{}, strict), "BLOB");
    EXPECT_EQ(column(DateTime{}, strict), "TEXT");
    const Users users{"user_account", metadata, strict};
    EXPECT_THAT(create(users), HasSubstr("\n) STRICT"));
    users.create(target);
    EXPECT_EQ(integer("SELECT strict FROM pragma_table_list WHERE name = 'user_account'"), 1);
}

TEST_F(SqliteDDL, an_integer_key_of_any_size_is_the_rowid) {
    const Users users{"user_account", metadata};
    const Table small{"small", metadata, {ColumnSpec{"id", SmallInteger{}, primary_key}}};
    const Table given{
        "given", metadata, {ColumnSpec{"id", BigInteger{}, primary_key, no_autoincrement}}};
    metadata.create_all(target);
    run("INSERT INTO user_account (name) VALUES ('sandy')");
    run("INSERT INTO small (id) VALUES (77)");
    run("INSERT INTO given (id) VALUES (78)");
    EXPECT_EQ(integer("SELECT id = rowid FROM user_account"), 1);
    EXPECT_EQ(integer("SELECT rowid FROM small"), 77);
    EXPECT_EQ(integer("SELECT rowid FROM given"), 78);
}

TEST_F(SqliteDDL, sqlite_autoincrement_never_uses_a_key_again) {
    const Table t{"t",
                  metadata,
                  {ColumnSpec{"id", BigInteger{}, primary_key}, ColumnSpec{"x", Integer{}}},
                  {.sqlite_autoincrement = true}};
    EXPECT_EQ(create(t),
              "CREATE TABLE \"t\" (\n    \"id\" INTEGER NOT NULL PRIMARY KEY "
              "AUTOINCREMENT,\n    \"x\" INTEGER\n)");
    t.create(target);
    run("INSERT INTO t (x) VALUES (1)");
    run("DELETE FROM t");
    run("INSERT INTO t (x) VALUES (1)");
    EXPECT_EQ(integer("SELECT id FROM t"), 2);
}

TEST_F(SqliteDDL, sqlite_autoincrement_without_a_generated_key_is_an_error) {
    const Table t{
        "t",
        metadata,
        {ColumnSpec{"a", Integer{}, primary_key}, ColumnSpec{"b", Integer{}, primary_key}},
        {.sqlite_autoincrement = true}};
    EXPECT_THAT(message_of<CompileError>([&] { static_cast<void>(create(t)); }),
                HasSubstr("sqlite_autoincrement needs a primary key of one integer column"));
}

TEST_F(SqliteDDL, what_SQLite_can_not_generate_is_an_error) {
    const Table composite{"composite",
                          metadata,
                          {ColumnSpec{"a", Integer{}, primary_key},
                           ColumnSpec{"b", Integer{}, primary_key, autoincrement}}};
    EXPECT_THAT(message_of<CompileError>([&] { static_cast<void>(create(composite)); }),
                HasSubstr("column 'b' of table 'composite' can't be generated"));
    const Table clustered{"clustered",
                          metadata,
                          {ColumnSpec{"id", Integer{}, primary_key}},
                          {.sqlite_without_rowid = true}};
    EXPECT_THAT(message_of<CompileError>([&] { static_cast<void>(create(clustered)); }),
                HasSubstr("say no_autoincrement"));
    const Table keyless{
        "keyless", metadata, {ColumnSpec{"id", Integer{}}}, {.sqlite_without_rowid = true}};
    EXPECT_THAT(message_of<CompileError>([&] { static_cast<void>(create(keyless)); }),
                HasSubstr("sqlite_without_rowid needs a primary key"));
}

TEST_F(SqliteDDL, writes_a_table_without_rowid) {
    const Table t{"t",
                  metadata,
                  {ColumnSpec{"a", Text{}, primary_key}, ColumnSpec{"b", Integer{}, primary_key}},
                  {.sqlite_strict = true, .sqlite_without_rowid = true}};
    EXPECT_EQ(create(t),
              "CREATE TABLE \"t\" (\n    \"a\" TEXT NOT NULL,\n    \"b\" INTEGER NOT "
              "NULL,\n    PRIMARY KEY (\"a\", \"b\")\n) STRICT, WITHOUT ROWID");
    t.create(target);
    EXPECT_EQ(integer("SELECT wr FROM pragma_table_list WHERE name = 't'"), 1);
}

TEST_F(SqliteDDL, qualifies_tables_and_indexes_of_an_attached_database) {
    run("ATTACH ':memory:' AS other");
    const Table t{"t",
                  metadata,
                  {ColumnSpec{"id", Integer{}, primary_key},
                   ColumnSpec{"up", Integer{}, indexed, ForeignKey{"other.t.id"}}},
                  {.schema = "other"}};
    EXPECT_EQ(create(t),
              "CREATE TABLE \"other\".\"t\" (\n    \"id\" INTEGER NOT NULL,\n    \"up\" "
              "INTEGER,\n    PRIMARY KEY (\"id\"),\n    FOREIGN KEY (\"up\") REFERENCES \"t\" "
              "(\"id\")\n)");
    EXPECT_EQ(index(t), "CREATE INDEX \"other\".\"ix_other_t_up\" ON \"t\" (\"up\")");
    metadata.create_all(target);
    run("INSERT INTO other.t VALUES (1, NULL), (2, 1)");
    EXPECT_THROW(run("INSERT INTO other.t VALUES (3, 7)"), IntegrityError);
    EXPECT_EQ(integer("SELECT count(*) FROM other.sqlite_master WHERE name = 'ix_other_t_up'"), 1);
    EXPECT_EQ(integer("SELECT count(*) FROM main.sqlite_master"), 0);
}

TEST_F(SqliteDDL, writes_the_variants_of_create_and_drop) {
    const Table t{
        "t",
        metadata,
        {ColumnSpec{"x", Integer{}, indexed, server_default(literal_column<int>("1 + 1"))}},
        {.comment = "not kept", .prefixes = {"TEMPORARY"}}};
    const auto& object = t.object();
    EXPECT_EQ(ddl.create_table(object, {.if_not_exists = true}),
              "CREATE TEMPORARY TABLE IF NOT EXISTS \"t\" (\n    \"x\" INTEGER DEFAULT (1 + 1)\n)");
    EXPECT_EQ(ddl.drop_table(object), "DROP TABLE \"t\"");
    EXPECT_EQ(ddl.drop_table(object, true), "DROP TABLE IF EXISTS \"t\"");
    EXPECT_EQ(ddl.create_index(object, object.expressions()->indexes[0], true),
              "CREATE INDEX IF NOT EXISTS \"ix_t_x\" ON \"t\" (\"x\")");
    EXPECT_EQ(ddl.drop_index(object, object.expressions()->indexes[0]), "DROP INDEX \"ix_t_x\"");
    EXPECT_EQ(ddl.drop_index(object, object.expressions()->indexes[0], true),
              "DROP INDEX IF EXISTS \"ix_t_x\"");
    EXPECT_THAT(ddl.set_comments(object), IsEmpty());
}

TEST_F(SqliteDDL, what_SQLite_does_not_have_is_an_error_that_names_the_table) {
    const auto refusal = [&](const Table& table) {
        return message_of<UnsupportedCompilationError>([&] { static_cast<void>(create(table)); });
    };
    Table unique_{"a", metadata, {ColumnSpec{"x", Integer{}}}};
    const UniqueConstraint deferred{unique_, {"x"}, {.deferrable = true}};
    EXPECT_EQ(refusal(unique_), "table 'a': this database has no DEFERRABLE unique constraint");

    Table key{"b", metadata, {ColumnSpec{"x", Integer{}}}};
    const PrimaryKeyConstraint deferred_key{key, {"x"}, {.initially = "DEFERRED"}};
    EXPECT_EQ(refusal(key), "table 'b': this database has no DEFERRABLE primary key");

    const Table far{
        "far", metadata, {ColumnSpec{"id", Integer{}, primary_key}}, {.schema = "other"}};
    const Table near{"near", metadata, {ColumnSpec{"x", Integer{}, ForeignKey{far.c("id")}}}};
    EXPECT_THAT(refusal(near), HasSubstr("no foreign key to a table of another schema ('far')"));

    Table full{"full", metadata, {ColumnSpec{"id", Integer{}, primary_key}}};
    full.add_column("x", Integer{}, ForeignKey{full.c("id"), {.match = "full"}});
    EXPECT_EQ(refusal(full), "table 'full': this database has no MATCH FULL");

    Table nulls{"nulls", metadata, {ColumnSpec{"x", Integer{}}}};
    const Index ordered{nulls, {nulls.c("x").desc().nulls_first()}};
    EXPECT_THAT(message_of<UnsupportedCompilationError>([&] { static_cast<void>(index(nulls)); }),
                HasSubstr("NULLS FIRST"));
    EXPECT_THROW(static_cast<void>(ddl.create_type(Enum{"e", {"a"}})), UnsupportedCompilationError);
    EXPECT_THROW(static_cast<void>(ddl.drop_type(Enum{"e", {"a"}})), UnsupportedCompilationError);
    EXPECT_THROW(static_cast<void>(ddl.add_foreign_key(full.object(),
                                                       full.object().foreign_key_definitions()[0])),
                 UnsupportedCompilationError);
}

TEST_F(SqliteDDL, an_incomplete_table_is_an_error) {
    const Table empty{"empty", metadata};
    EXPECT_EQ(message_of<CompileError>([&] { static_cast<void>(create(empty)); }),
              "table 'empty' has no columns and can't be created");
    const Table untyped{"untyped", metadata, {ColumnSpec{"x"}}};
    EXPECT_EQ(message_of<CompileError>([&] { static_cast<void>(create(untyped)); }),
              "column 'x' of table 'untyped' has no type: give it one");
}

TEST_F(SqliteDDL, a_foreign_key_to_what_is_not_unique_is_an_error) {
    const Table parent{
        "parent",
        metadata,
        {ColumnSpec{"id", Integer{}, primary_key}, ColumnSpec{"x", Integer{}},
         ColumnSpec{"y", Integer{}, unique}, ColumnSpec{"z", Integer{}, unique, indexed}}};
    const Table wrong{"wrong", metadata, {ColumnSpec{"x", Integer{}, ForeignKey{parent.c("x")}}}};
    EXPECT_THAT(
        message_of<CompileError>([&] { static_cast<void>(create(wrong)); }),
        HasSubstr("refers to (\"x\") of table 'parent', which are neither its primary key"));
    const Table right{"right",
                      metadata,
                      {ColumnSpec{"y", Integer{}, ForeignKey{parent.c("y")}},
                       ColumnSpec{"z", Integer{}, ForeignKey{parent.c("z")}}}};
    EXPECT_THAT(create(right), HasSubstr("REFERENCES \"parent\" (\"z\")"));
}

// --- what came of it
// ---------------------------------------------------------------------------------

TEST_F(SqliteDDL, R27_no_name_and_no_text_breaks_out_of_its_quotes) {
    const std::string evil = "x\"; DROP TABLE victim; --'";
    run("CREATE TABLE victim (id INTEGER)");
    Table t{evil, metadata, {.comment = evil}};
    t.add_column(evil, Text{}, server_default(evil), indexed, comment(evil));
    t.add_column("label", Enum{evil, {evil}}, server_default(evil));
    const UniqueConstraint key{t, {evil.c_str()}, {.name = evil}};
    const CheckConstraint check{t, t.c<std::string>(evil) != evil, evil + "2"};
    metadata.create_all(target);
    EXPECT_TRUE(target.has_table("", evil));
    EXPECT_EQ(integer("SELECT count(*) FROM victim"), 0);
    EXPECT_EQ(
        integer("SELECT count(*) FROM sqlite_master WHERE type = 'index' AND name LIKE 'ix%'"), 1);
    metadata.drop_all(target);
    EXPECT_FALSE(target.has_table("", evil));
    EXPECT_TRUE(target.has_table("", "victim"));
}

TEST_F(SqliteDDL, R27_a_NUL_character_is_refused) {
    const std::string nul("a\0b", 3);
    const Table name{nul, metadata, {ColumnSpec{"x", Integer{}}}};
    EXPECT_THROW(static_cast<void>(create(name)), IdentifierError);
    const Table column_name{"a", metadata, {ColumnSpec{nul, Integer{}}}};
    EXPECT_THROW(static_cast<void>(create(column_name)), IdentifierError);
    const Table text_default{"b", metadata, {ColumnSpec{"x", Text{}, server_default(nul)}}};
    EXPECT_THROW(static_cast<void>(create(text_default)), DataError);
}

TEST_F(SqliteDDL, keeps_decimals_and_json_as_they_were_written) {
    const Table t{"t", metadata, {ColumnSpec{"price", Numeric{10, 2}}, ColumnSpec{"doc", JSON{}}}};
    metadata.create_all(target);
    run("INSERT INTO t VALUES ('10.50', '1.0'), ('9.5', '123456789012345678901234567890')");
    EXPECT_EQ(text("SELECT group_concat(price || ' ' || doc, '; ') FROM t"),
              "'10.50 1.0; 9.5 123456789012345678901234567890'");
    EXPECT_EQ(text("SELECT price FROM t ORDER BY price LIMIT 1"), "'9.5'");
    EXPECT_EQ(integer("SELECT count(*) FROM t WHERE price = '10.5'"), 1);
}

TEST_F(SqliteDDL, a_server_default_is_the_value_it_says) {
    const Table t{
        "t",
        metadata,
        {ColumnSpec{"id", Integer{}, primary_key}, ColumnSpec{"a", Integer{}, server_default("5")},
         ColumnSpec{"b", Double{}, server_default(0.5)},
         ColumnSpec{"c", Boolean{}, server_default(false)},
         ColumnSpec{"d", Text{}, server_default("it's")},
         ColumnSpec{"e", Integer{}, server_default(literal(20) + 1)},
         ColumnSpec{"f", Integer{}, server_default(nullptr)},
         ColumnSpec{"g", Boolean{}, server_default(true_())}}};
    metadata.create_all(target);
    run("INSERT INTO t DEFAULT VALUES");
    EXPECT_EQ(text("SELECT typeof(a) || a || b || c || d || e || coalesce(f, 'null') || g FROM t"),
              "'integer50.50it''s21null1'");
}

TEST_F(SqliteDDL, create_all_and_drop_all_may_be_repeated) {
    const Users users{"user_account", metadata};
    for (int round = 0; round < 2; ++round) {
        metadata.create_all(target);
        metadata.create_all(target);
        EXPECT_TRUE(target.has_table("", "user_account"));
        metadata.drop_all(target);
        metadata.drop_all(target);
        EXPECT_FALSE(target.has_table("", "user_account"));
    }
}

TEST_F(SqliteDDL, a_circle_of_tables_with_rows_can_be_dropped) {
    Table head{"head", metadata, {ColumnSpec{"id", Integer{}, primary_key}}};
    Table tail{"tail", metadata, {ColumnSpec{"id", Integer{}, primary_key}}};
    head.add_column("tail_id", Integer{}, ForeignKey{tail.c("id")});
    tail.add_column("head_id", Integer{}, not_null, ForeignKey{head.c("id")});
    metadata.create_all(target);
    run("INSERT INTO head VALUES (1, NULL)");
    run("INSERT INTO tail VALUES (1, 1)");
    run("UPDATE head SET tail_id = 1");
    metadata.drop_all(target);
    EXPECT_EQ(integer("SELECT count(*) FROM sqlite_master"), 0);
    EXPECT_EQ(integer("PRAGMA foreign_keys"), 1);
}

TEST_F(SqliteDDL, tables_with_rows_are_dropped_in_order) {
    const Users users{"user_account", metadata};
    const Table posts{"a_post", metadata, {ColumnSpec{"author", ForeignKey{users.id}, not_null}}};
    metadata.create_all(target);
    run("INSERT INTO user_account (name) VALUES ('sandy')");
    run("INSERT INTO a_post VALUES (1)");
    metadata.drop_all(target);
    EXPECT_EQ(integer("SELECT count(*) FROM sqlite_master"), 0);
}

}  // namespace
