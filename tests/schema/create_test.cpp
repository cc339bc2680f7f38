// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/dialects/postgresql/ddl.hpp>
#include <azoth/dialects/sqlite/ddl.hpp>
#include <azoth/schema.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

enum class Size { small, large };
template <>
struct azoth::EnumNames<Size> : azoth::Enumerators<Size::small, Size::large> {};

namespace {

using namespace azoth;
using schema_test::message_of;
using schema_test::Notebook;
using schema_test::PlainRenderer;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Users : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", indexed, comment("as on the passport")};
    Column<std::optional<Size>> size{*this, "size"};
};
struct Posts : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::int64_t> author{*this, "author", ForeignKey{"user_account.id"}};
    Column<Size> size{*this, "size"};
};

class CreateAll : public testing::Test {
  protected:
    PlainRenderer renderer;
    sqlite::DDLCompiler sqlite_ddl{renderer};
    postgresql::DDLCompiler postgresql_ddl{renderer};
    Notebook sqlite{sqlite_ddl};
    Notebook postgresql{postgresql_ddl};
    MetaData metadata;
    // Defined before what they refer to.
    Posts posts{"a_post", metadata};
    Users users{"user_account", metadata};
};

TEST_F(CreateAll, creates_types_tables_indexes_and_comments_in_order) {
    metadata.create_all(postgresql);
    EXPECT_THAT(postgresql.heads(),
                ElementsAre("CREATE TYPE \"size\" AS ENUM", "CREATE TABLE \"user_account\"",
                            "CREATE INDEX \"ix_user_account_name\" ON \"user_account\"",
                            "COMMENT ON COLUMN \"user_account\".\"name\" IS 'as on the passport'",
                            "CREATE TABLE \"a_post\""));
    metadata.create_all(sqlite);
    EXPECT_THAT(sqlite.heads(),
                ElementsAre("CREATE TABLE \"user_account\"",
                            "CREATE INDEX \"ix_user_account_name\" ON \"user_account\"",
                            "CREATE TABLE \"a_post\""));
}

TEST_F(CreateAll, leaves_out_what_exists) {
    postgresql.tables.insert({"", "user_account"});
    postgresql.types.insert({"", "size"});
    metadata.create_all(postgresql);
    EXPECT_THAT(postgresql.heads(), ElementsAre("CREATE TABLE \"a_post\""));
}

TEST_F(CreateAll, without_checkfirst_creates_everything) {
    sqlite.tables.insert({"", "user_account"});
    metadata.create_all(sqlite, false);
    EXPECT_EQ(sqlite.statements.size(), 3U);
}

TEST_F(CreateAll, creates_only_the_tables_that_it_is_given) {
    // NOLINTBEGIN(cppcoreguidelines-slicing): handles
    metadata.create_all(postgresql, {users, alias(users, "again")});
    EXPECT_EQ(postgresql.statements.size(), 4U);
    users.create(sqlite);
    EXPECT_EQ(sqlite.statements.size(), 2U);
    MetaData other;
    const Users stranger{"stranger", other};
    EXPECT_THAT(message_of<ArgumentError>([&] { metadata.create_all(sqlite, {stranger}); }),
                HasSubstr("table 'stranger' belongs to another MetaData"));
    // NOLINTEND(cppcoreguidelines-slicing)
}

TEST_F(CreateAll, runs_nothing_where_something_can_not_be_written) {
    Table broken{"zzz", metadata, {ColumnSpec{"x"}}};
    EXPECT_THAT(message_of<CompileError>([&] { metadata.create_all(postgresql); }),
                HasSubstr("column 'x' of table 'zzz' has no type"));
    EXPECT_THAT(postgresql.statements, IsEmpty());
}

TEST_F(CreateAll, a_type_of_two_meanings_is_an_error) {
    const Table other{"other", metadata, {ColumnSpec{"s", Enum{"size", {"small"}}}}};
    EXPECT_THAT(message_of<CompileError>([&] { metadata.create_all(postgresql); }),
                HasSubstr("the enumeration type 'size' has different values in column"));
    metadata.create_all(sqlite);
    EXPECT_EQ(sqlite.statements.size(), 4U);
}

TEST_F(CreateAll, a_type_is_made_once_for_each_schema) {
    const Users there{"user_account", metadata, {.schema = "branch"}};
    metadata.create_all(postgresql);
    const auto heads = postgresql.heads();
    EXPECT_EQ(std::count(heads.begin(), heads.end(), "CREATE TYPE \"size\" AS ENUM"), 1);
    EXPECT_EQ(std::count(heads.begin(), heads.end(), "CREATE TYPE \"branch\".\"size\" AS ENUM"), 1);
}

TEST_F(CreateAll, drops_in_the_opposite_order_and_types_last) {
    postgresql.tables = {{"", "user_account"}, {"", "a_post"}};
    postgresql.types = {{"", "size"}};
    metadata.drop_all(postgresql);
    EXPECT_THAT(
        postgresql.statements,
        ElementsAre("DROP TABLE \"a_post\"", "DROP TABLE \"user_account\"", "DROP TYPE \"size\""));
}

TEST_F(CreateAll, drops_only_what_exists) {
    postgresql.tables = {{"", "a_post"}};
    metadata.drop_all(postgresql);
    EXPECT_THAT(postgresql.statements, ElementsAre("DROP TABLE \"a_post\""));
    sqlite.tables = {};
    metadata.drop_all(sqlite);
    EXPECT_THAT(sqlite.statements, IsEmpty());
    metadata.drop_all(sqlite, false);
    EXPECT_EQ(sqlite.statements.size(), 2U);
}

TEST_F(CreateAll, a_type_stays_while_another_table_uses_it) {
    postgresql.tables = {{"", "user_account"}, {"", "a_post"}};
    postgresql.types = {{"", "size"}};
    posts.drop(postgresql);
    EXPECT_THAT(postgresql.statements, ElementsAre("DROP TABLE \"a_post\""));
}

TEST_F(CreateAll, takes_a_temporary_connection_and_a_constant_engine) {
    struct Engine {
        Notebook& notebook;
        void run_ddl(const std::function<void(schema::Target&)>& work) const { work(notebook); }
    };
    metadata.create_all(Engine{sqlite});
    const Engine engine{sqlite};
    metadata.create_all(engine);
    EXPECT_EQ(sqlite.statements.size(), 6U);
}

// --- circles
// ---------------------------------------------------------------------------------------

class Circle : public CreateAll {
  protected:
    Circle() {
        metadata.clear();
        Table head{"head", metadata, {ColumnSpec{"id", Integer{}, primary_key}}};
        Table tail{"tail", metadata, {ColumnSpec{"id", Integer{}, primary_key}}};
        head.add_column("tail_id", Integer{}, ForeignKey{tail.c("id")});
        tail.add_column("head_id", Integer{}, ForeignKey{head.c("id"), {.name = "to_head"}});
    }
};

TEST_F(Circle, is_closed_by_alter_table_where_the_database_can) {
    metadata.create_all(postgresql);
    ASSERT_EQ(postgresql.statements.size(), 4U);
    EXPECT_EQ(postgresql.statements[0],
              "CREATE TABLE \"head\" (\n    \"id\" SERIAL NOT NULL,\n    \"tail_id\" INTEGER,\n"
              "    PRIMARY KEY (\"id\")\n)");
    EXPECT_EQ(postgresql.statements[2],
              "ALTER TABLE \"head\" ADD CONSTRAINT \"fk_head_tail_id_tail\" FOREIGN KEY "
              "(\"tail_id\") REFERENCES \"tail\" (\"id\")");
    EXPECT_EQ(
        postgresql.statements[3],
        "ALTER TABLE \"tail\" ADD CONSTRAINT \"to_head\" FOREIGN KEY (\"head_id\") REFERENCES "
        "\"head\" (\"id\")");
}

TEST_F(Circle, is_opened_before_its_tables_are_dropped) {
    metadata.drop_all(postgresql, false);
    EXPECT_THAT(
        postgresql.statements,
        ElementsAre("ALTER TABLE \"head\" DROP CONSTRAINT IF EXISTS \"fk_head_tail_id_tail\"",
                    "ALTER TABLE \"tail\" DROP CONSTRAINT IF EXISTS \"to_head\"",
                    "DROP TABLE \"tail\"", "DROP TABLE \"head\""));
}

TEST_F(Circle, stands_in_create_table_on_SQLite_whose_checks_wait_when_it_is_dropped) {
    metadata.create_all(sqlite);
    ASSERT_EQ(sqlite.statements.size(), 2U);
    EXPECT_THAT(sqlite.statements[0], HasSubstr("REFERENCES \"tail\""));
    EXPECT_THAT(sqlite.statements[1], HasSubstr("REFERENCES \"head\""));
    sqlite.statements.clear();
    metadata.drop_all(sqlite, false);
    EXPECT_THAT(sqlite.statements, ElementsAre("PRAGMA defer_foreign_keys = ON",
                                               "DROP TABLE \"tail\"", "DROP TABLE \"head\""));
}

TEST_F(CreateAll, use_alter_adds_a_foreign_key_after_all_tables_where_the_database_can) {
    const Table t{"t",
                  metadata,
                  {ColumnSpec{"id", Integer{}, primary_key},
                   ColumnSpec{"user_id", BigInteger{},
                              ForeignKey{users.id, {.name = "to_user", .use_alter = true}}}}};
    metadata.create_all(postgresql);
    EXPECT_THAT(postgresql.statements.back(),
                HasSubstr("ALTER TABLE \"t\" ADD CONSTRAINT \"to_user\""));
    metadata.create_all(sqlite);
    EXPECT_THAT(sqlite.statements.front(), HasSubstr("CONSTRAINT \"to_user\" FOREIGN KEY"));
}

}  // namespace
