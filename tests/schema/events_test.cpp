// SPDX-License-Identifier: MIT
// Who is told what when tables are created and dropped.
#include "support.hpp"
#include <azoth/dialects/postgresql/ddl.hpp>
#include <azoth/event.hpp>
#include <azoth/schema.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace azoth;
using schema_test::Notebook;
using schema_test::PlainRenderer;
using testing::ElementsAre;

class SchemaEvents : public testing::Test {
  protected:
    /// Writes an event's name and tables between the statements.
    template <class Target, class Event>
    event::Listener note(const Target& target, Event heard, const std::string& name,
                         event::Options options = {}) {
        const auto write = [this, name](const event::SchemaChange& change) {
            std::string line = name + (change.table ? " of " + change.table->name() : "") + ":";
            for (const Table& table : change.tables) line += " " + table.name();
            database.statements.push_back(line);
        };
        return event::listen(target, heard, write, options);
    }
    void note_all() {
        note(metadata, event::before_create, "before create");
        note(metadata, event::after_create, "after create");
        note(metadata, event::before_drop, "before drop");
        note(metadata, event::after_drop, "after drop");
        note(users, event::before_create, "before create");
        note(users, event::after_create, "after create");
        note(users, event::before_drop, "before drop");
        note(users, event::after_drop, "after drop");
    }
    [[nodiscard]] std::vector<std::string> take() {
        auto heads = database.heads();
        database.statements.clear();
        return heads;
    }

    PlainRenderer renderer;
    postgresql::DDLCompiler ddl{renderer};
    Notebook database{ddl};
    MetaData metadata;
    Table posts{"a_post",
                metadata,
                {ColumnSpec{"id", Integer{}, primary_key},
                 ColumnSpec{"author", Integer{}, ForeignKey{"user_account.id"}}}};
    Table users{"user_account",
                metadata,
                {ColumnSpec{"id", Integer{}, primary_key},
                 ColumnSpec{"size", Enum{"size", {"small", "large"}}, indexed}}};
};

TEST_F(SchemaEvents, of_a_metadata_come_around_all_and_those_of_a_table_around_it) {
    note_all();
    metadata.create_all(database, false);
    EXPECT_THAT(
        take(),
        ElementsAre("before create: user_account a_post", "CREATE TYPE \"size\" AS ENUM",
                    "before create of user_account: user_account", "CREATE TABLE \"user_account\"",
                    "CREATE INDEX \"ix_user_account_size\" ON \"user_account\"",
                    "after create of user_account: user_account", "CREATE TABLE \"a_post\"",
                    "after create: user_account a_post"));
    metadata.drop_all(database, false);
    EXPECT_THAT(take(), ElementsAre("before drop: a_post user_account", "DROP TABLE \"a_post\"",
                                    "before drop of user_account: user_account",
                                    "DROP TABLE \"user_account\"",
                                    "after drop of user_account: user_account",
                                    "DROP TYPE \"size\"", "after drop: a_post user_account"));
}

TEST_F(SchemaEvents, leave_out_tables_that_are_not_touched) {
    note_all();
    database.tables = {{"", "user_account"}};
    metadata.create_all(database);
    EXPECT_THAT(take(), ElementsAre("before create: a_post", "CREATE TABLE \"a_post\"",
                                    "after create: a_post"));
    database.tables = {};
    metadata.drop_all(database);
    EXPECT_THAT(take(), ElementsAre("before drop:", "after drop:"));
}

TEST_F(SchemaEvents, of_a_table_created_alone_are_its_own_only) {
    note_all();
    database.types = {{"", "size"}};
    alias(users, "u").create(database);
    EXPECT_THAT(take(), ElementsAre("before create of user_account: user_account",
                                    "CREATE TABLE \"user_account\"",
                                    "CREATE INDEX \"ix_user_account_size\" ON \"user_account\"",
                                    "after create of user_account: user_account"));
    users.create(database, false);
    (void)take();
    users.drop(database, false);
    EXPECT_THAT(
        take(),
        ElementsAre("before drop of user_account: user_account", "DROP TABLE \"user_account\"",
                    "after drop of user_account: user_account", "DROP TYPE \"size\""));
    metadata.create_all(database, {posts});
    EXPECT_THAT(take(), ElementsAre("before create: a_post", "CREATE TABLE \"a_post\"",
                                    "after create: a_post"));
}

TEST_F(SchemaEvents, tell_where_and_how_it_happens) {
    database.own_name = "postgresql";
    int heard = 0;
    event::listen(posts, event::before_create, [&](const event::SchemaChange& change) {
        ++heard;
        EXPECT_EQ(change.dialect(), "postgresql");
        EXPECT_EQ(change.connection, nullptr) << "a notebook is none";
        EXPECT_FALSE(change.checkfirst);
        EXPECT_EQ(change.metadata, metadata);
        EXPECT_EQ(&change.table->object(), &posts.object());
    });
    metadata.create_all(database, false);
    EXPECT_EQ(heard, 1);
}

TEST_F(SchemaEvents, are_heard_once_or_first_or_until_they_are_removed) {
    note(posts, event::before_create, "second", {.once = true});
    const auto listener = note(posts, event::before_create, "first", {.insert = true});
    posts.create(database);
    EXPECT_THAT(take(), ElementsAre("first of a_post: a_post", "second of a_post: a_post",
                                    "CREATE TABLE \"a_post\""));
    posts.create(database);
    EXPECT_THAT(take(), ElementsAre("first of a_post: a_post", "CREATE TABLE \"a_post\""));
    EXPECT_TRUE(event::remove(listener));
    posts.create(database);
    EXPECT_THAT(take(), ElementsAre("CREATE TABLE \"a_post\""));
}

TEST_F(SchemaEvents, what_a_listener_throws_ends_the_creating) {
    note(metadata, event::after_create, "after create");
    event::listen(posts, event::before_create,
                  [](const event::SchemaChange&) { throw std::runtime_error("not today"); });
    EXPECT_THROW(metadata.create_all(database), std::runtime_error);
    const auto heads = take();
    EXPECT_EQ(heads.back(), "CREATE INDEX \"ix_user_account_size\" ON \"user_account\"");
}

TEST_F(SchemaEvents, listeners_go_with_their_table_or_its_metadata) {
    event::Listener of_table;
    event::Listener of_metadata;
    const auto witness = std::make_shared<int>();
    const auto keep = [witness](const event::SchemaChange&) {};
    {
        MetaData mine;
        {
            const Table gone{"gone", mine, {ColumnSpec{"id", Integer{}}}};
            of_table = event::listen(gone, event::before_create, keep);
            mine.remove(gone);
            EXPECT_TRUE(event::contains(of_table));
        }
        EXPECT_FALSE(event::contains(of_table));
        of_metadata = event::listen(mine, event::before_create, keep);
    }
    EXPECT_FALSE(event::contains(of_metadata));
    EXPECT_EQ(witness.use_count(), 2) << "this one and the one in keep";
}

TEST_F(SchemaEvents, a_listener_may_listen_while_it_is_told) {
    event::listen(metadata, event::before_create,
                  [this](const event::SchemaChange& change) {
                      for (const Table& table : change.tables)
                          note(table, event::before_create, "heard", {.once = true});
                  },
                  {.once = true});
    metadata.create_all(database, {posts});
    EXPECT_THAT(take(), ElementsAre("heard of a_post: a_post", "CREATE TABLE \"a_post\""));
    metadata.create_all(database, {posts});
    EXPECT_THAT(take(), ElementsAre("CREATE TABLE \"a_post\""));
}

}  // namespace
