// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/schema.hpp>
#include <azoth/schema/table_object.hpp>
#include <azoth/sql/compiler.hpp>
#include <azoth/sql/functions.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

namespace {

using namespace azoth;
using schema_test::message_of;
using schema_test::PlainCompiler;
using testing::ElementsAre;
using testing::HasSubstr;

struct Users : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{30}, indexed};
    Column<std::optional<std::int64_t>> boss_id{*this, "boss_id", ForeignKey{id}};
    UniqueConstraint key{*this, {name, boss_id}, {.name = "one_name_each"}};
    CheckConstraint positive{*this, id > 0};
    Index by_boss{*this, {boss_id.desc()}, {.name = "by_boss"}};
};

std::string sql_of(const sql::Statement& statement) {
    const sql::Capabilities capabilities;
    return PlainCompiler(capabilities).compile(statement.node(), sql::CompileMode::single)->sql;
}

std::string inline_sql(const sql::Expression& expression) {
    return schema_test::PlainRenderer().render_inline(expression, true);
}

std::vector<std::string> names_of(const std::vector<Table>& tables) {
    std::vector<std::string> names;
    names.reserve(tables.size());
    for (const Table& table : tables)
        names.push_back(table.schema().empty() ? table.name()
                                               : table.schema() + "." + table.name());
    return names;
}

// --- typed tables
// ----------------------------------------------------------------------------------

TEST(TypedTable, has_its_columns_in_the_order_of_its_members) {
    MetaData metadata;
    const Users users{"user_account", metadata};
    const auto& columns = users.node().columns;
    ASSERT_EQ(columns.size(), 3U);
    EXPECT_EQ(columns[0]->name, "id");
    EXPECT_EQ(columns[1]->name, "name");
    EXPECT_EQ(columns[2]->name, "boss_id");
    EXPECT_EQ(columns[0]->type.kind(), TypeKind::big_integer);
    EXPECT_EQ(columns[1]->type.def().length, 30U);
    EXPECT_TRUE(columns[0]->primary_key);
}

TEST(TypedTable, R5_takes_nullability_from_the_C_plus_plus_type) {
    MetaData metadata;
    const Users users{"user_account", metadata};
    EXPECT_FALSE(users.node().column("name").nullable);
    EXPECT_TRUE(users.node().column("boss_id").nullable);
}

TEST(TypedTable, gives_expressions_of_the_columns_types) {
    MetaData metadata;
    const Users users{"user_account", metadata};
    static_assert(std::same_as<decltype(users.id + 1), Expr<std::int64_t>>);
    static_assert(std::same_as<decltype(users.boss_id == 1), Expr<std::optional<bool>>>);
    static_assert(std::same_as<decltype(users.name == "x"), Expr<bool>>);
    EXPECT_EQ(inline_sql((users.id == 5 && users.name.like("s%")).core()),
              "\"user_account\".\"id\" = 5 AND \"user_account\".\"name\" LIKE 's%'");
}

TEST(TypedTable, assigning_to_a_column_makes_an_assignment_and_changes_nothing) {
    MetaData metadata;
    Users users{"user_account", metadata};
    // NOLINTNEXTLINE(performance-unnecessary-copy-initialization): the copy counts
    const Users same = users;
    const Assignment value = (users.name = "sandy");
    const Assignment expression = (users.boss_id = same.id + 1);
    const Assignment column = (users.name = same.name);
    const Assignment null = (same.boss_id = std::nullopt);
    EXPECT_EQ(sql_of(update(users).values(value, null)),
              "UPDATE \"user_account\" SET \"name\" = ?, \"boss_id\" = NULL");
    EXPECT_EQ(sql_of(update(users).values(column, expression)),
              "UPDATE \"user_account\" SET \"name\" = \"user_account\".\"name\", \"boss_id\" = "
              "\"user_account\".\"id\" + ?");
    EXPECT_EQ(inline_sql(users.name.core()), "\"user_account\".\"name\"");
}

TEST(TypedTable, a_copy_is_a_handle_to_the_same_table) {
    MetaData metadata;
    Users users{"user_account", metadata};
    const Users copy = users;
    const Users moved = std::move(users);
    EXPECT_EQ(&copy.node(), &moved.node());
    EXPECT_EQ(copy.node().columns.size(), 3U);
    EXPECT_EQ(inline_sql(users.id.core()), "\"user_account\".\"id\"");  // NOLINT: still valid
    static_assert(!std::is_copy_assignable_v<Users>);
    static_assert(!std::is_move_assignable_v<Users>);
}

TEST(TypedTable, gives_its_constraints_names) {
    MetaData metadata;
    const Users users{"user_account", metadata};
    EXPECT_EQ(users.key.name(), "one_name_each");
    EXPECT_EQ(users.by_boss.name(), "by_boss");
    EXPECT_EQ(users.positive.name(), "");
    EXPECT_EQ(users.object().expressions()->indexes[0].name.text, "ix_user_account_name");
}

struct Broken : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> again{*this, "id"};
};

TEST(TypedTable, a_second_column_of_one_name_is_refused) {
    MetaData metadata;
    const auto message = message_of<DuplicateColumnError>([&] { Broken{"broken", metadata}; });
    EXPECT_THAT(message, HasSubstr("column 'id' is defined twice in table 'broken'"));
}

TEST(TypedTable, one_whose_definition_fails_is_not_in_the_metadata) {
    MetaData metadata;
    EXPECT_THROW((Broken{"broken", metadata}), DuplicateColumnError);
    EXPECT_FALSE(metadata.contains("broken"));
    const Users users{"broken", metadata};
    EXPECT_TRUE(metadata.contains("broken"));
}

struct WrongIndex : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Index nothing{*this, {}};
};

TEST(TypedTable, one_whose_constraint_fails_is_not_in_the_metadata) {
    MetaData metadata;
    EXPECT_THROW((WrongIndex{"broken", metadata}), ArgumentError);
    EXPECT_FALSE(metadata.contains("broken"));
}

TEST(TypedTable, an_empty_name_is_refused) {
    MetaData metadata;
    EXPECT_THROW((Users{"", metadata}), ArgumentError);
    EXPECT_TRUE(metadata.tables().empty());
}

struct Unnamed : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, ""};
};

TEST(TypedTable, an_empty_column_name_is_refused) {
    MetaData metadata;
    EXPECT_THAT(message_of<ArgumentError>([&] { Unnamed{"t", metadata}; }),
                HasSubstr("a column of table 't' has an empty name"));
}

// --- aliases
// ---------------------------------------------------------------------------------------

TEST(Alias, has_the_same_typed_columns_under_another_name) {
    MetaData metadata;
    const Users users{"user_account", metadata};
    const auto boss = alias(users, "boss");
    static_assert(std::same_as<decltype(boss), const Users>);
    EXPECT_TRUE(boss.is_alias());
    EXPECT_FALSE(users.is_alias());
    EXPECT_EQ(boss.Table::name(), "boss");
    EXPECT_EQ(inline_sql((boss.id == users.boss_id).core()),
              "\"boss\".\"id\" = \"user_account\".\"boss_id\"");
}

TEST(Alias, adds_nothing_to_the_table) {
    MetaData metadata;
    const Users users{"user_account", metadata};
    const auto boss = alias(users, "boss");
    const auto& table = users.object();
    EXPECT_EQ(&boss.object(), &table);
    EXPECT_EQ(table.columns.size(), 3U);
    EXPECT_EQ(table.uniques().size(), 1U);
    EXPECT_EQ(table.expressions()->checks.size(), 1U);
    EXPECT_EQ(table.foreign_key_definitions().size(), 1U);
    EXPECT_EQ(table.expressions()->indexes.size(), 2U);
    EXPECT_EQ(names_of(metadata.tables()), std::vector<std::string>{"user_account"});
}

TEST(Alias, without_a_name_gets_one_in_the_statement) {
    MetaData metadata;
    const Users users{"user_account", metadata};
    const auto a = alias(users);
    const auto b = alias(users);
    EXPECT_NE(&a.node(), &b.node());
    EXPECT_EQ(sql_of(select(a.id, b.id)),
              "SELECT \"user_account_1\".\"id\", \"user_account_2\".\"id\" AS \"id_1\" FROM "
              "\"user_account\" AS \"user_account_1\", \"user_account\" AS \"user_account_2\"");
}

TEST(Alias, of_an_alias_is_one_of_the_table) {
    MetaData metadata;
    const Users users{"user_account", metadata};
    const auto second = alias(alias(users, "first"), "second");
    EXPECT_EQ(sql_of(select(second.id)),
              "SELECT \"second\".\"id\" FROM \"user_account\" AS \"second\"");
}

TEST(Alias, of_a_dynamic_table_has_its_columns_too) {
    MetaData metadata;
    const Table t{"t", metadata, {ColumnSpec{"id", Integer{}, primary_key}}};
    const Table other = alias(t, "other");
    EXPECT_EQ(inline_sql(other.c("id").core()), "\"other\".\"id\"");
}

TEST(Alias, takes_no_further_columns) {
    MetaData metadata;
    const Table t{"t", metadata, {ColumnSpec{"id", Integer{}, primary_key}}};
    Table other = alias(t, "other");
    EXPECT_THAT(message_of<InvalidRequestError>([&] { other.add_column("x", Integer{}); }),
                HasSubstr("alias 'other' is an alias; add it to table 't' itself"));
}

// --- dynamic tables
// --------------------------------------------------------------------------------

TEST(DynamicTable, is_defined_by_a_list_of_columns) {
    MetaData metadata;
    const Table t{"t",
                  metadata,
                  {ColumnSpec{"id", Integer{}, primary_key}, ColumnSpec{"name", String{20}},
                   ColumnSpec{"born", Date{}, not_null, comment("day of birth")}},
                  {.comment = "people"}};
    EXPECT_EQ(t.columns().size(), 3U);
    EXPECT_FALSE(t.node().column("id").nullable);
    EXPECT_TRUE(t.node().column("name").nullable);
    EXPECT_FALSE(t.node().column("born").nullable);
    EXPECT_EQ(t.object().options().comment, "people");
    EXPECT_EQ(t.object().details(t.node().column("born")).comment, "day of birth");
}

TEST(DynamicTable, takes_columns_one_by_one) {
    MetaData metadata;
    Table t{"t", metadata};
    const Expr<Any> id = t.add_column("id", Integer{}, primary_key);
    t.add_column("name", Text{}, not_null, unique);
    EXPECT_EQ(inline_sql(id.core()), "\"t\".\"id\"");
    EXPECT_EQ(inline_sql(t.c("name").core()), "\"t\".\"name\"");
    static_assert(std::same_as<decltype(t.c<std::int64_t>("id")), Expr<std::int64_t>>);
    EXPECT_EQ(t.object().uniques().size(), 1U);
}

TEST(DynamicTable, an_unknown_column_is_named_with_those_there_are) {
    MetaData metadata;
    const Table t{"t", metadata, {ColumnSpec{"id", Integer{}}, ColumnSpec{"name", Text{}}}};
    EXPECT_THAT(message_of<NoSuchColumnError>([&] { static_cast<void>(t.c("nme")); }),
                HasSubstr("table 't' has no column 'nme'; it has 'id', 'name'"));
}

TEST(DynamicTable, is_as_before_when_a_column_is_refused) {
    MetaData metadata;
    Table t{"t", metadata, {ColumnSpec{"id", Integer{}, primary_key}}};
    EXPECT_THROW(t.add_column("id", Text{}), DuplicateColumnError);
    EXPECT_THROW(t.add_column("x", Text{}, primary_key, unique, indexed, autoincrement),
                 ArgumentError);
    EXPECT_THROW(t.add_column("x", Text{}, unique, indexed, ForeignKey{t.c("id")}), ArgumentError);
    EXPECT_TRUE(metadata.contains("t"));
    EXPECT_EQ(t.columns().size(), 1U);
    EXPECT_EQ(t.object().primary_key().columns.size(), 1U);
    EXPECT_TRUE(t.object().expressions()->indexes.empty());
    EXPECT_TRUE(t.object().foreign_key_definitions().empty());
    t.add_column("x", Text{});
    EXPECT_EQ(t.columns().size(), 2U);
}

TEST(DynamicTable, one_whose_list_of_columns_fails_is_not_in_the_metadata) {
    MetaData metadata;
    EXPECT_THROW((Table{"t", metadata, {ColumnSpec{"a", Integer{}}, ColumnSpec{"a", Integer{}}}}),
                 DuplicateColumnError);
    EXPECT_FALSE(metadata.contains("t"));
}

TEST(DynamicTable, a_foreign_key_gives_a_column_without_type_that_of_its_target) {
    MetaData metadata;
    const Users users{"user_account", metadata};
    Table t{"t", metadata};
    t.add_column("user_id", ForeignKey{users.id});
    t.add_column("user_name", ForeignKey{"user_account.name"});
    EXPECT_EQ(t.c("user_id").type(), users.id.type());
    EXPECT_EQ(t.c("user_name").type(), users.name.type());
}

// --- MetaData
// --------------------------------------------------------------------------------------

TEST(MetaData, knows_its_tables_by_name) {
    MetaData metadata;
    const Users users{"user_account", metadata};
    EXPECT_TRUE(metadata.contains("user_account"));
    EXPECT_EQ(&metadata.table("user_account").node(), &users.node());
    EXPECT_EQ(users.metadata(), metadata);
    EXPECT_THAT(message_of<NoSuchTableError>([&] { static_cast<void>(metadata.table("users")); }),
                HasSubstr("no table 'users'; it has table 'user_account'"));
}

TEST(MetaData, refuses_a_second_table_of_one_name) {
    MetaData metadata;
    const Users users{"user_account", metadata};
    EXPECT_THAT(message_of<ArgumentError>([&] { Users{"user_account", metadata}; }),
                HasSubstr("table 'user_account' is defined in this MetaData already"));
    EXPECT_EQ(metadata.table("user_account").columns().size(), 3U);
}

TEST(MetaData, keeps_tables_of_one_name_apart_by_schema) {
    MetaData metadata{{.schema = "main_office"}};
    const Users here{"users", metadata};
    const Users there{"users", metadata, {.schema = "branch"}};
    const Users plain{"users", metadata, {.schema = ""}};
    EXPECT_EQ(here.schema(), "main_office");
    EXPECT_EQ(there.schema(), "branch");
    EXPECT_EQ(plain.schema(), "");
    EXPECT_EQ(&metadata.table("users").node(), &here.node());
    EXPECT_EQ(&metadata.table("users", "branch").node(), &there.node());
    EXPECT_EQ(&metadata.table("users", "").node(), &plain.node());
    EXPECT_THAT(names_of(metadata.tables()),
                ElementsAre("users", "branch.users", "main_office.users"));
    EXPECT_EQ(inline_sql(there.id.core()), "\"branch\".\"users\".\"id\"");
}

TEST(MetaData, forgets_a_removed_table_whose_handles_stay_valid) {
    MetaData metadata;
    const Users users{"user_account", metadata};
    metadata.remove(users);
    EXPECT_FALSE(metadata.contains("user_account"));
    EXPECT_EQ(inline_sql(users.id.core()), "\"user_account\".\"id\"");
    EXPECT_THROW(metadata.remove(users), InvalidRequestError);
    const Users again{"user_account", metadata};
    EXPECT_THROW(metadata.remove(users), InvalidRequestError);
    metadata.clear();
    EXPECT_TRUE(metadata.tables().empty());
}

TEST(MetaData, a_copy_is_a_handle_to_the_same_collection) {
    MetaData metadata;
    const MetaData copy = metadata;  // NOLINT(performance-unnecessary-copy-initialization)
    const Users users{"user_account", copy};
    EXPECT_TRUE(metadata.contains("user_account"));
    EXPECT_EQ(copy, metadata);
    EXPECT_NE(MetaData{}, metadata);
}

TEST(MetaData, lives_as_long_as_a_table_of_it) {
    auto metadata = std::make_unique<MetaData>();
    const Users users{"user_account", *metadata};
    struct Posts : Table {
        using Table::Table;
        Column<std::int64_t> id{*this, "id", primary_key};
        Column<std::int64_t> author{*this, "author", ForeignKey{"user_account.id"}};
    };
    const Posts posts{"post", *metadata};
    metadata.reset();
    EXPECT_EQ(sql_of(select(posts.id).select_from(posts).join(users)),
              "SELECT \"post\".\"id\" FROM \"post\" JOIN \"user_account\" ON "
              "\"user_account\".\"id\" = \"post\".\"author\"");
}

TEST(MetaData, a_statement_that_outlives_all_of_it_says_so_when_it_needs_a_foreign_key) {
    const auto statement = [] {
        MetaData metadata;
        const Table a{"a", metadata, {ColumnSpec{"id", Integer{}, primary_key}}};
        const Table b{"b", metadata, {ColumnSpec{"a_id", ForeignKey{"a.id"}}}};
        return select(a.c("id")).select_from(a).join(b);
    }();
    EXPECT_THAT(message_of<InvalidRequestError>([&] { static_cast<void>(sql_of(statement)); }),
                HasSubstr("the MetaData of table 'b' is gone"));
}

/// A type that tells when the last column of it is gone.
struct Witness : TypeDef {
    explicit Witness(bool& flag) : alive(flag) {
        kind = TypeKind::text;
        alive = true;
    }
    Witness(const Witness&) = delete;
    Witness& operator=(const Witness&) = delete;
    ~Witness() override { alive = false; }
    bool& alive;
};

TEST(MetaData, a_table_is_freed_although_its_constraints_mention_its_columns) {
    bool alive = false;
    {
        MetaData metadata;
        Table t{"t", metadata};
        const Column<std::string> a{t, "a", Type(make_ref<Witness>(alive)), unique};
        const CheckConstraint check{t, a != "x"};
        const Index index{t, {a.desc(), func::lower(a)}, {.where = a > "b"}};
        t.add_column("up", ForeignKey{a});
        metadata.remove(t);
        EXPECT_TRUE(alive);
        EXPECT_EQ(t.object().expressions()->checks.size(), 1U);
        EXPECT_EQ(t.object().expressions()->indexes.size(), 1U);
    }
    EXPECT_FALSE(alive);
}

TEST(MetaData, a_removed_table_is_freed_with_its_last_handle) {
    bool alive = false;
    MetaData metadata;
    {
        Table t{"t", metadata};
        t.add_column("a", Type(make_ref<Witness>(alive)), indexed);
        metadata.remove(t);
    }
    EXPECT_FALSE(alive);
    {
        Table t{"t", metadata};
        t.add_column("a", Type(make_ref<Witness>(alive)), indexed);
    }
    EXPECT_TRUE(alive);
    EXPECT_EQ(metadata.table("t").object().expressions()->indexes.size(), 1U);
    metadata.clear();
    EXPECT_FALSE(alive);
}

TEST(MetaData, R19_several_threads_define_and_look_up_tables) {
    MetaData metadata;
    constexpr int threads = 8;
    constexpr int tables = 50;
    std::atomic<int> refused{0};
    std::vector<std::thread> workers;
    workers.reserve(threads);
    for (int w = 0; w < threads; ++w)
        workers.emplace_back([&] {
            for (int i = 0; i < tables; ++i) {
                try {
                    Users{"t" + std::to_string(i), metadata};
                } catch (const ArgumentError&) {
                    ++refused;
                }
                static_cast<void>(metadata.contains("t" + std::to_string(i)));
            }
        });
    for (auto& worker : workers) worker.join();
    EXPECT_EQ(metadata.tables().size(), std::size_t{tables});
    EXPECT_EQ(refused, (threads - 1) * tables);
}

}  // namespace
