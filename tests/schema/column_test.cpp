// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/schema.hpp>
#include <azoth/schema/table_object.hpp>
#include <azoth/sql/functions.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

enum class Mood { happy, sad };
template <>
struct azoth::EnumNames<Mood> : azoth::Enumerators<Mood::happy, Mood::sad> {};

namespace {

using namespace azoth;
using schema_test::message_of;
using testing::HasSubstr;

/// The message with which a column of C++ type T refuses these options.
template <class T, class... Options>
std::string refusal(const Options&... options) {
    MetaData metadata;
    Table table{"t", metadata};
    return message_of<ArgumentError>([&] { Column<T>{table, "x", options...}; });
}

TEST(ColumnType, is_the_C_plus_plus_types_own_unless_said_otherwise) {
    MetaData metadata;
    Table t{"t", metadata};
    EXPECT_EQ(Column<bool>(t, "a").type().kind(), TypeKind::boolean);
    EXPECT_EQ(Column<std::int8_t>(t, "b").type().kind(), TypeKind::small_integer);
    EXPECT_EQ(Column<std::uint16_t>(t, "c").type().kind(), TypeKind::integer);
    EXPECT_EQ(Column<std::uint64_t>(t, "d").type().kind(), TypeKind::big_integer);
    EXPECT_EQ(Column<float>(t, "e").type().kind(), TypeKind::float32);
    EXPECT_EQ(Column<std::optional<double>>(t, "f").type().kind(), TypeKind::float64);
    EXPECT_EQ(Column<std::string>(t, "g").type().kind(), TypeKind::string);
    EXPECT_EQ(Column<Decimal>(t, "h").type().kind(), TypeKind::numeric);
    EXPECT_EQ(Column<Uuid>(t, "i").type().kind(), TypeKind::uuid);
    EXPECT_EQ(Column<UtcDateTime>(t, "j").type(), Type(DateTime{.timezone = true}));
    EXPECT_EQ(Column<Mood>(t, "k").type(), Type(Enum{"mood", {"happy", "sad"}}));
    EXPECT_EQ(Column<std::string>(t, "l", Text{}).type().kind(), TypeKind::text);
    EXPECT_EQ(Column<std::int64_t>(t, "m", Integer{}).type().kind(), TypeKind::integer);
    EXPECT_EQ(Column<Decimal>(t, "n", Numeric{10, 2}).type().def().scale, 2);
    EXPECT_EQ(Column<std::string>(t, "o", JSONB{}).type().kind(), TypeKind::jsonb);
}

TEST(ColumnType, of_another_kind_than_the_C_plus_plus_type_is_refused) {
    const Type integer = Integer{};
    EXPECT_THAT(refusal<std::string>(integer),
                HasSubstr("column 'x' of table 't': its SQL type holds values that travel as"));
    EXPECT_THAT(refusal<UtcDateTime>(DateTime{}), HasSubstr("column 'x'"));
    EXPECT_THAT(refusal<std::optional<double>>(Type(Numeric{5, 2})), HasSubstr("column 'x'"));
}

TEST(ColumnType, of_an_enumeration_must_have_room_for_all_its_values) {
    MetaData metadata;
    Table t{"t", metadata};
    EXPECT_EQ(Column<Mood>(t, "a", String{5}).type().def().length, 5U);
    EXPECT_EQ(Column<Mood>(t, "b", Enum{"feeling", {"sad", "angry", "happy"}}).type().kind(),
              TypeKind::enumeration);
    EXPECT_THAT(refusal<Mood>(String{4}), HasSubstr("'happy' of its C++ type is longer than 4"));
    EXPECT_THAT(refusal<Mood>(Enum{"feeling", {"sad"}}),
                HasSubstr("the SQL type 'feeling' lacks the value 'happy'"));
}

TEST(ColumnType, given_twice_or_as_the_unknown_one_is_refused) {
    EXPECT_THAT(refusal<std::string>(Text{}, String{3}), HasSubstr("two types"));
    EXPECT_THAT(refusal<std::string>(Type()), HasSubstr("the unknown type"));
}

// --- keys
// ------------------------------------------------------------------------------------------

struct Key {
    MetaData metadata;
    Table table{"t", metadata};
    [[nodiscard]] std::string generated() const {
        const auto* column = table.object().autoincrement_column();
        return column ? column->name : "";
    }
};

TEST(GeneratedKey, is_a_single_integer_key_without_foreign_key_and_default) {
    Key plain;
    plain.table.add_column("id", Integer{}, primary_key);
    EXPECT_EQ(plain.generated(), "id");

    Key text;
    text.table.add_column("id", Text{}, primary_key);
    EXPECT_EQ(text.generated(), "");

    Key composite;
    composite.table.add_column("a", Integer{}, primary_key);
    composite.table.add_column("b", Integer{}, primary_key);
    EXPECT_EQ(composite.generated(), "");

    Key with_default;
    with_default.table.add_column("id", Integer{}, primary_key, server_default(7));
    EXPECT_EQ(with_default.generated(), "");

    Key inherited;
    inherited.table.add_column("id", Integer{}, primary_key, ForeignKey{"parent.id"});
    EXPECT_EQ(inherited.generated(), "");

    Key none;
    none.table.add_column("id", Integer{});
    EXPECT_EQ(none.generated(), "");
}

TEST(GeneratedKey, is_what_autoincrement_and_no_autoincrement_say) {
    Key off;
    off.table.add_column("id", Integer{}, primary_key, no_autoincrement);
    EXPECT_EQ(off.generated(), "");

    Key composite;
    composite.table.add_column("a", Integer{}, primary_key);
    composite.table.add_column("b", Integer{}, primary_key, autoincrement);
    EXPECT_EQ(composite.generated(), "b");

    Key inherited;
    inherited.table.add_column("id", Integer{}, primary_key, autoincrement,
                               ForeignKey{"parent.id"});
    EXPECT_EQ(inherited.generated(), "id");
}

TEST(GeneratedKey, autoincrement_where_it_makes_no_sense_is_refused) {
    EXPECT_THAT(refusal<std::string>(primary_key, autoincrement), HasSubstr("only an integer"));
    EXPECT_THAT(refusal<int>(autoincrement), HasSubstr("columns of the primary key"));
    EXPECT_THAT(refusal<int>(primary_key, autoincrement, server_default(1)),
                HasSubstr("exclude each other"));
    EXPECT_THAT(refusal<int>(primary_key, autoincrement, no_autoincrement),
                HasSubstr("both autoincrement and no_autoincrement"));
    MetaData metadata;
    Table t{"t", metadata, {ColumnSpec{"a", Integer{}, primary_key, autoincrement}}};
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { t.add_column("b", Integer{}, primary_key, autoincrement); }),
                HasSubstr("autoincrement is said of 'a' already"));
}

// --- indexes and unique
// ------------------------------------------------------------------------------

TEST(ColumnOptions, unique_is_a_constraint_and_with_indexed_a_unique_index) {
    MetaData metadata;
    Table t{"t", metadata};
    t.add_column("a", Integer{}, unique);
    t.add_column("b", Integer{}, indexed);
    t.add_column("c", Integer{}, indexed, unique);
    ASSERT_EQ(t.object().uniques().size(), 1U);
    EXPECT_EQ(t.object().uniques()[0].columns[0]->name, "a");
    ASSERT_EQ(t.object().expressions()->indexes.size(), 2U);
    EXPECT_FALSE(t.object().expressions()->indexes[0].unique);
    EXPECT_EQ(t.object().expressions()->indexes[0].name.text, "ix_t_b");
    EXPECT_TRUE(t.object().expressions()->indexes[1].unique);
}

// --- server defaults
// ---------------------------------------------------------------------------------

TEST(ServerDefault, of_another_type_is_refused_unless_it_is_text) {
    MetaData metadata;
    Table t{"t", metadata};
    t.add_column("a", Integer{}, server_default("5"));
    t.add_column("b", Double{}, server_default(5));
    t.add_column("c", Numeric{}, server_default(Decimal("1.5")));
    EXPECT_THAT(message_of<ArgumentError>([&] { t.add_column("d", Text{}, server_default(5)); }),
                HasSubstr("column 'd' of table 't': its server_default() is a value of another"));
    EXPECT_THAT(
        message_of<ArgumentError>([&] { t.add_column("d", Integer{}, server_default(0.5)); }),
        HasSubstr("another type"));
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { t.add_column("d", Integer{}, server_default(1), server_default(2)); }),
                HasSubstr("two server_default()s"));
}

TEST(ServerDefault, of_null_needs_a_nullable_column) {
    EXPECT_EQ(refusal<std::optional<int>>(server_default(nullptr)), "(no exception)");
    EXPECT_EQ(refusal<std::optional<int>>(server_default(std::optional<int>{})), "(no exception)");
    EXPECT_THAT(refusal<int>(server_default(nullptr)), HasSubstr("NULL, which it doesn't accept"));
    EXPECT_THAT(refusal<int>(server_default(std::optional<int>{})), HasSubstr("NULL"));
}

TEST(ServerDefault, can_not_mention_columns) {
    MetaData metadata;
    Table t{"t", metadata};
    const Column<int> a{t, "a"};
    EXPECT_THAT(message_of<ArgumentError>([&] { Column<int>{t, "b", server_default(a + 1)}; }),
                HasSubstr("mentions a column"));
}

// --- foreign keys
// ------------------------------------------------------------------------------------

struct Users : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", unique};
};

TEST(ForeignKey, is_resolved_late_by_name) {
    MetaData metadata;
    const Table posts{
        "post", metadata, {ColumnSpec{"user_id", BigInteger{}, ForeignKey{"users.id"}}}};
    EXPECT_TRUE(posts.object().foreign_keys().empty());
    const Users users{"users", metadata};
    const auto edges = posts.object().foreign_keys();
    ASSERT_EQ(edges.size(), 1U);
    EXPECT_EQ(edges[0].pairs[0].local, &posts.node().column("user_id"));
    EXPECT_EQ(edges[0].pairs[0].remote.get(), &users.node().column("id"));
}

TEST(ForeignKey, a_name_without_schema_means_the_metadatas_own) {
    MetaData metadata{{.schema = "office"}};
    const Users users{"users", metadata};
    const Users branch{"users", metadata, {.schema = "branch"}};
    const Table posts{"post",
                      metadata,
                      {ColumnSpec{"a", BigInteger{}, ForeignKey{"users.id"}},
                       ColumnSpec{"b", BigInteger{}, ForeignKey{"branch.users.id"}}},
                      {.schema = "blog"}};
    const auto edges = posts.object().foreign_keys();
    ASSERT_EQ(edges.size(), 2U);
    EXPECT_EQ(edges[0].pairs[0].remote->from, &users.node());
    EXPECT_EQ(edges[1].pairs[0].remote->from, &branch.node());
}

TEST(ForeignKey, to_a_missing_table_names_both) {
    MetaData metadata;
    const Table posts{
        "post", metadata, {ColumnSpec{"user_id", BigInteger{}, ForeignKey{"user.id"}}}};
    EXPECT_THAT(
        message_of<NoReferencedTableError>([&] { static_cast<void>(metadata.sorted_tables()); }),
        HasSubstr("the foreign key of column 'user_id' of table 'post' refers to table 'user'"));
}

TEST(ForeignKey, to_a_missing_column_names_both) {
    MetaData metadata;
    const Users users{"users", metadata};
    const Table posts{
        "post", metadata, {ColumnSpec{"user_id", BigInteger{}, ForeignKey{"users.key"}}}};
    EXPECT_THAT(message_of<NoReferencedColumnError>(
                    [&] { static_cast<void>(posts.object().foreign_keys()); }),
                HasSubstr("refers to column 'key', which table 'users' doesn't have"));
}

TEST(ForeignKey, between_columns_of_different_types_is_refused) {
    MetaData metadata;
    const Users users{"users", metadata};
    Table posts{"post", metadata};
    EXPECT_THAT(
        message_of<ArgumentError>([&] { posts.add_column("a", Text{}, ForeignKey{users.id}); }),
        HasSubstr("column 'a' of table 'post' (text) can't refer to column 'id' of table 'users'"));
    posts.add_column("b", Text{}, ForeignKey{"users.id"});
    EXPECT_THROW(static_cast<void>(posts.object().foreign_keys()), ArgumentError);
}

TEST(ForeignKey, to_no_column_of_this_metadata_is_refused) {
    MetaData metadata;
    MetaData other;
    const Users users{"users", metadata};
    const Users foreign{"users", other};
    Table t{"t", metadata};
    EXPECT_THAT(
        message_of<ArgumentError>([&] { t.add_column("a", BigInteger{}, ForeignKey{foreign.id}); }),
        HasSubstr("belongs to another MetaData"));
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { t.add_column("a", BigInteger{}, ForeignKey{users.id + 1}); }),
                HasSubstr("refers to an expression"));
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { t.add_column("a", BigInteger{}, ForeignKey{alias(users, "u").id}); }),
                HasSubstr("of alias 'u'; expected a column of a table"));
}

TEST(ForeignKey, a_target_that_is_no_name_is_refused) {
    for (const char* target : {"", "users", "a.b.c.d", ".id", "users.", "users..id"})
        EXPECT_THAT(message_of<ArgumentError>([&] { static_cast<void>(ForeignKey{target}); }),
                    HasSubstr("expected \"table.column\""))
            << target;
}

TEST(ForeignKey, R27_only_the_words_of_SQL_pass_as_options) {
    MetaData metadata;
    const Users users{"users", metadata};
    Table t{"t", metadata};
    const auto with = [&](ForeignKeyOptions options) {
        return message_of<ArgumentError>(
            [&] { t.add_column("a", BigInteger{}, ForeignKey{users.id, std::move(options)}); });
    };
    EXPECT_THAT(with({.ondelete = "CASCADE; DROP TABLE users"}),
                HasSubstr("ondelete = 'CASCADE; DROP TABLE users' is none of: CASCADE"));
    EXPECT_THAT(with({.onupdate = "NOTHING"}), HasSubstr("onupdate"));
    EXPECT_THAT(with({.initially = "LATER"}), HasSubstr("initially"));
    EXPECT_THAT(with({.match = "ALL"}), HasSubstr("match"));
    EXPECT_THAT(with({.deferrable = false, .initially = "deferred"}), HasSubstr("not deferrable"));
    t.add_column("a", BigInteger{}, ForeignKey{users.id, {.ondelete = "set null"}});
    EXPECT_EQ(t.object().foreign_key_definitions()[0].options.ondelete, "SET NULL");
}

}  // namespace
