// SPDX-License-Identifier: MIT
// DDL written by hand: what its names stand for, when it is executed, and that no name becomes SQL.
#include "support.hpp"
#include <azoth/ddl.hpp>
#include <azoth/dialects/mariadb/ddl.hpp>
#include <azoth/dialects/postgresql/ddl.hpp>
#include <azoth/event.hpp>
#include <azoth/schema.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using namespace azoth;
using schema_test::message_of;
using schema_test::Notebook;
using schema_test::PlainRenderer;
using testing::ElementsAre;
using testing::HasSubstr;

class HandWrittenDDL : public testing::Test {
  protected:
    [[nodiscard]] std::string written(const DDL& ddl, const Table* table = nullptr) {
        database.statements.clear();
        ddl.execute_in(database, table);
        return database.statements.at(0);
    }
    [[nodiscard]] Table table_called(const std::string& name, const std::string& schema = {}) {
        return {name, MetaData(), {ColumnSpec{"id", Integer{}}}, {.schema = schema}};
    }

    PlainRenderer renderer;
    postgresql::DDLCompiler postgresql_ddl{renderer};
    mariadb::DDLCompiler mariadb_ddl{renderer};
    Notebook database{postgresql_ddl};
};

TEST_F(HandWrittenDDL, names_its_table_as_the_database_quotes_it) {
    const DDL about("ALTER TABLE %(fullname)s; -- 100%%, %(table)s of %(schema)s");
    const Table users = table_called("user");
    EXPECT_EQ(written(about, &users), "ALTER TABLE \"user\"; -- 100%, \"user\" of ");
    const Table there = table_called("user", "branch");
    EXPECT_EQ(written(about, &there),
              "ALTER TABLE \"branch\".\"user\"; -- 100%, \"user\" of \"branch\"");
    Notebook mariadb{mariadb_ddl};
    about.execute_in(mariadb, &there);
    EXPECT_THAT(mariadb.statements,
                ElementsAre("ALTER TABLE `branch`.`user`; -- 100%, `user` of `branch`"));
}

TEST_F(HandWrittenDDL, against_a_table_is_about_it_whatever_an_event_tells_of) {
    const Table users = table_called("users");
    const Table posts = table_called("posts");
    EXPECT_EQ(written(DDL("X %(table)s").against(users), &posts), "X \"users\"");
    EXPECT_THAT(message_of<CompileError>([&] { (void)written(DDL("X %(table)s")); }),
                HasSubstr("nothing is known of %(table)s, because there is no table"));
}

TEST_F(HandWrittenDDL, writes_values_of_its_context_as_literals_and_names_quoted) {
    const DDL role("CREATE ROLE %(who)s PASSWORD %(secret)s CONNECTION LIMIT %(most)s",
                   {.values = {{"secret", "it's"}, {"most", 5}}, .names = {{"who", "a\"b"}}});
    EXPECT_EQ(written(role), "CREATE ROLE \"a\"\"b\" PASSWORD 'it''s' CONNECTION LIMIT 5");
    EXPECT_THAT(message_of<CompileError>([&] { (void)written(DDL("DROP ROLE %(who)s")); }),
                HasSubstr("DDL(\"DROP ROLE %(who)s\"): nothing is known of %(who)s"));
    EXPECT_THROW(DDL("x", {.names = {{"table", "users"}}}), ArgumentError);
    EXPECT_THROW(DDL("x", {.values = {{"a", 1}}, .names = {{"a", "b"}}}), ArgumentError);
}

TEST_F(HandWrittenDDL, R27_what_stands_for_a_name_is_not_looked_at_again) {
    const std::string name = "a\"b%(x)s%(table)s%%";
    const Table strange = table_called(name, name);
    EXPECT_EQ(written(DDL("X %(fullname)s %(x)s", {.values = {{"x", name}}}), &strange),
              "X \"a\"\"b%(x)s%(table)s%%\".\"a\"\"b%(x)s%(table)s%%\" 'a\"b%(x)s%(table)s%%'");
    const Table nul = table_called(std::string("a\0schema\0b", 10));
    EXPECT_THROW((void)written(DDL("X %(table)s"), &nul), IdentifierError);
    EXPECT_THROW(DDL(std::string_view("x\0y\0", 4)), ArgumentError);
}

TEST_F(HandWrittenDDL, R27_within_quotes_and_comments_a_name_can_not_end_them) {
    const Table plain = table_called("user");
    const Table evil = table_called("'; drop table user; --");
    const Table line = table_called("a\n; drop table user; --");
    const Table comment = table_called("*/ drop table user; /*");
    const Table dollar = table_called("$f$; drop table user; $f$");
    const auto refused = [&](const std::string& text, const Table& table) {
        return message_of<CompileError>([&] { (void)written(DDL(text), &table); });
    };
    EXPECT_EQ(written(DDL("IS 'of %(table)s'"), &plain), "IS 'of \"user\"'");
    EXPECT_THAT(refused("IS 'of %(table)s'", evil),
                HasSubstr("%(table)s stands within a quote or a comment, which \"'; drop"));
    EXPECT_THAT(refused("IS 'it''s' 'of %(table)s'", evil), HasSubstr("could end"));
    EXPECT_THAT(refused("IS E'it\\'s %(table)s'", evil), HasSubstr("could end"));
    EXPECT_THAT(refused("AS $f$ BEGIN %(table)s", evil), HasSubstr("could end"));
    EXPECT_THAT(refused("AS $f$ BEGIN %(table)s", dollar), HasSubstr("could end"));
    EXPECT_THAT(refused("-- of %(table)s", line), HasSubstr("could end"));
    EXPECT_THAT(refused("/* of %(table)s", comment), HasSubstr("could end"));
    EXPECT_THAT(refused("IS \"of %(table)s\"", plain), HasSubstr("could end"));
    EXPECT_EQ(written(DDL("AS $f$ DELETE FROM %(table)s $f$"), &plain),
              "AS $f$ DELETE FROM \"user\" $f$");
    for (const char* text : {"'a' %(table)s", "\"a\" %(table)s", "`a` %(table)s", "--\n%(table)s",
                             "/* ' */ %(table)s", "$$ ' $$ %(table)s", "$1 %(table)s",
                             "a$b$ %(table)s", "E'\\'' %(table)s", "name'\\' %(table)s"})
        EXPECT_THAT(written(DDL(text), &evil), HasSubstr("\"'; drop table user; --\"")) << text;
}

TEST_F(HandWrittenDDL, R27_where_databases_read_differently_only_words_may_stand) {
    const Table plain = table_called("user", "branch");
    const Table evil = table_called("x */ DROP TABLE y; --");
    const Table quoted = table_called("a\".\"b; DROP TABLE y; ", "branch");
    for (const char* text : {"/* a /* b */ about %(fullname)s */ SELECT 1",
                             "CREATE TABLE [it's] (a int DEFAULT '%(table)s')",
                             "ALTER TABLE %(fullname)s ADD tags int[]"}) {
        EXPECT_THAT(written(DDL(text), &plain), HasSubstr("user")) << text;
        for (const Table& table : {evil, quoted})
            EXPECT_THAT(message_of<CompileError>([&] { (void)written(DDL(text), &table); }),
                        testing::AnyOf(HasSubstr("could end"), HasSubstr("only letters")))
                << text;
    }
    EXPECT_THAT(message_of<CompileError>([&] {
                    const Table escape = table_called("x'; DROP TABLE y; --");
                    (void)written(DDL("IS E'a'\n 'b\\' %(table)s'"), &escape);
                }),
                HasSubstr("could end"));
}

TEST_F(HandWrittenDDL, a_listener_about_a_table_does_not_keep_it) {
    // Where the listeners kept their table, the table would keep itself (LeakSanitizer).
    const Table users = table_called("user");
    event::listen(users, event::after_create, DDL("SELECT %(table)s").against(users));
    EXPECT_EQ(written(DDL("SELECT %(table)s").against(users)), "SELECT \"user\"");
}

TEST_F(HandWrittenDDL, R27_a_comment_behind_a_hash_is_one_where_the_database_says_so) {
    const Table evil = table_called("'; drop table user; --");
    const Table line = table_called("a\n; drop table user; --");
    Notebook mariadb{mariadb_ddl};
    for (const char* text : {"# it's\nIS 'of %(table)s'", "# of %(table)s"})
        EXPECT_THAT(message_of<CompileError>(
                        [&] { DDL(text).execute_in(mariadb, text[2] == 'i' ? &evil : &line); }),
                    HasSubstr("could end"))
            << text;
    DDL("# it's\n%(table)s").execute_in(mariadb, &evil);
    EXPECT_THAT(mariadb.statements.back(), HasSubstr("`'; drop table user; --`"));
    EXPECT_THAT(written(DDL("SELECT 1 # 2; IS %(table)s"), &evil), HasSubstr("drop table"))
        << "an operator elsewhere";
}

TEST_F(HandWrittenDDL, refuses_a_percent_sign_that_means_nothing) {
    for (const char* text : {"100%", "%s", "%(table)", "%(table)d", "%()s", "%(table"})
        EXPECT_THAT(message_of<ArgumentError>([&] { DDL{text}; }),
                    HasSubstr("a % that is no %(name)s is written %%"))
            << text;
    EXPECT_EQ(written(DDL("%%(table)s '%%'")), "%(table)s '%'");
}

TEST_F(HandWrittenDDL, listens_where_its_condition_holds) {
    MetaData metadata;
    const Table users{"users", metadata, {ColumnSpec{"id", Integer{}}}};
    const DDL after("AFTER %(table)s");
    event::listen(users, event::after_create, after.execute_if({.dialect = {"a", "notebook"}}));
    event::listen(users, event::after_create, after.execute_if({.dialect = {"oracle"}}));
    event::listen(users, event::after_create,
                  after.execute_if({.callable_ = [](const event::SchemaChange& change) {
                      return !change.checkfirst;
                  }}));
    event::listen(metadata, event::before_create, DDL("BEFORE"));
    metadata.create_all(database);
    EXPECT_THAT(database.heads(),
                ElementsAre("BEFORE", "CREATE TABLE \"users\"", "AFTER \"users\""));
    database.statements.clear();
    metadata.create_all(database, false);
    EXPECT_THAT(database.heads(), ElementsAre("BEFORE", "CREATE TABLE \"users\"", "AFTER \"users\"",
                                              "AFTER \"users\""));
    EXPECT_EQ(written(DDL("X").execute_if({.dialect = {"oracle"}})), "X") << "not by an event";
    EXPECT_EQ(after.execute_if({}).statement(), "AFTER %(table)s");
}

}  // namespace
