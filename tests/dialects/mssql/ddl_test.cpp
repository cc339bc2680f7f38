// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/ddl.hpp>
#include <azoth/dialects/mssql/compiler.hpp>
#include <azoth/dialects/mssql/ddl.hpp>
#include <azoth/engines.hpp>
#include <azoth/mssql.hpp>
#include <azoth/schema.hpp>
#include <azoth/schema/dialect_ddl.hpp>
#include <azoth/sql/functions.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tests/support/message_of.hpp>

#include <optional>
#include <string>
#include <vector>

using namespace azoth;
using azoth::test::message_of;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

class MssqlDdl : public testing::Test {
  protected:
    [[nodiscard]] std::string create(const Table& table) const {
        return ddl.create_table(table.object());
    }
    [[nodiscard]] std::string column(const Type& type) const {
        MetaData own;
        const Table table{"t", own, {ColumnSpec{"x", type}}};
        const std::string sql = create(table);
        const auto begin = sql.find("[x] ") + 4;
        return sql.substr(begin, sql.find(" NULL", begin) - begin);
    }
    template <class Call>
    static std::string refusal(Call call) {
        return message_of<CompileError>([&] { static_cast<void>(call()); });
    }

    const schema::DDLCompiler& ddl =
        schema::dialect_ddl<mssql::DDLCompiler, mssql::Compiler>(sql::Schemas::named);
    MetaData metadata;
};

TEST_F(MssqlDdl, names_types_as_the_database_does) {
    EXPECT_EQ(column(Boolean{}), "BIT");
    EXPECT_EQ(column(SmallInteger{}), "SMALLINT");
    EXPECT_EQ(column(Integer{}), "INTEGER");
    EXPECT_EQ(column(BigInteger{}), "BIGINT");
    EXPECT_EQ(column(Float{}), "REAL");
    EXPECT_EQ(column(Double{}), "FLOAT(53)");
    EXPECT_EQ(column(Numeric{}), "NUMERIC(38, 18)");
    EXPECT_EQ(column(Numeric{10, 2}), "NUMERIC(10, 2)");
    EXPECT_EQ(column(String{}), "NVARCHAR(max)");
    EXPECT_EQ(column(String{4000}), "NVARCHAR(4000)");
    EXPECT_EQ(column(String{4001}), "NVARCHAR(max)");
    EXPECT_EQ(column(Text{}), "NVARCHAR(max)");
    EXPECT_EQ(column(LargeBinary{}), "VARBINARY(max)");
    EXPECT_EQ(column(LargeBinary{8000}), "VARBINARY(8000)");
    EXPECT_EQ(column(LargeBinary{8001}), "VARBINARY(max)");
    EXPECT_EQ(column(Date{}), "DATE");
    EXPECT_EQ(column(TimeOfDay{}), "TIME(6)");
    EXPECT_EQ(column(DateTime{}), "DATETIME2(6)");
    EXPECT_EQ(column(DateTime{.timezone = true}), "DATETIMEOFFSET(6)");
    EXPECT_EQ(column(UuidType{}), "UNIQUEIDENTIFIER");
    EXPECT_EQ(column(Enum{"grade", {"a", "snø", "😀😀"}}), "NVARCHAR(4)") << "UTF-16 units";
    EXPECT_EQ(column(JSON{}), "NVARCHAR(max)");
    EXPECT_THAT(refusal([&] { return create(Table{"t", metadata, {ColumnSpec{"x"}}}); }),
                HasSubstr("has no type"));
}

TEST_F(MssqlDdl, says_NULL_and_has_the_database_count_the_key) {
    const Table table{"we]ird",
                      metadata,
                      {ColumnSpec{"id", BigInteger{}, primary_key},
                       ColumnSpec{"no]te", String{10}, server_default("a'b")}}};
    EXPECT_EQ(create(table),
              "CREATE TABLE [we]]ird] (\n"
              "    [id] BIGINT NOT NULL IDENTITY,\n"
              "    [no]]te] NVARCHAR(10) DEFAULT N'a''b' NULL,\n"
              "    PRIMARY KEY ([id])\n)");
    EXPECT_EQ(ddl.drop_table(table.object(), true), "DROP TABLE IF EXISTS [we]]ird]");
}

TEST_F(MssqlDdl, needs_a_length_for_keys_and_indexes) {
    const Table key{"k", metadata, {ColumnSpec{"x", String{}, primary_key}}};
    EXPECT_THAT(refusal([&] { return create(key); }), HasSubstr("needs a length"));
    Table table{"t", metadata, {ColumnSpec{"x", Text{}}}};
    const Index index{table, {"x"}, {.name = "i"}};
    EXPECT_THAT(refusal([&] {
                    return ddl.create_index(table.object(),
                                            table.object().expressions()->indexes.front());
                }),
                HasSubstr("needs a length"));
}

TEST_F(MssqlDdl, checks_and_filters_are_conditions_also_where_they_are_columns) {
    struct Flags : Table {
        using Table::Table;
        Column<int> id{*this, "id", primary_key};
        Column<bool> on{*this, "is_on"};
        Column<bool> open{*this, "is_open"};
        CheckConstraint must{*this, on || !open};
        Index by_id{*this, {open}, {.name = "i", .where = on}};
    };
    const Flags flags{"f", metadata};
    EXPECT_THAT(create(flags), HasSubstr("CHECK ([is_on] = 1 OR NOT [is_open] = 1)"));
    EXPECT_EQ(ddl.create_index(flags.object(), flags.object().expressions()->indexes.front()),
              "CREATE INDEX [i] ON [f] ([is_open]) WHERE [is_on] = 1");
    EXPECT_EQ(ddl.drop_index(flags.object(), flags.object().expressions()->indexes.front(), true),
              "DROP INDEX IF EXISTS [i] ON [f]");
}

TEST_F(MssqlDdl, refuses_what_the_database_lacks) {
    const Table target{"a", metadata, {ColumnSpec{"id", Integer{}, primary_key}}};
    const auto with_options = [&](const char* name, const ForeignKeyOptions& options) {
        return Table{
            name, metadata, {ColumnSpec{"x", Integer{}, ForeignKey{target.c("id"), options}}}};
    };
    EXPECT_THAT(refusal([&] { return create(with_options("b", {.ondelete = "RESTRICT"})); }),
                HasSubstr("NO ACTION"));
    EXPECT_THAT(refusal([&] { return create(with_options("c", {.deferrable = true})); }),
                HasSubstr("DEFERRABLE"));
    EXPECT_THAT(refusal([&] { return create(with_options("d", {.match = "FULL"})); }),
                HasSubstr("MATCH FULL"));
    EXPECT_THAT(create(with_options("e", {.ondelete = "NO ACTION"})),
                HasSubstr("ON DELETE NO ACTION"));
    EXPECT_THAT(refusal([&] { return ddl.create_table(target.object(), {.if_not_exists = true}); }),
                HasSubstr("IF NOT EXISTS"));
    const Table temporary{"t", metadata, {ColumnSpec{"x", Integer{}}}, {.prefixes = {"TEMPORARY"}}};
    EXPECT_THAT(refusal([&] { return create(temporary); }), HasSubstr("begins with #"));
    Table table{"u", metadata, {ColumnSpec{"x", String{9}}}};
    const Index index{table, {func::lower(table.c<std::string>("x"))}, {.name = "i"}};
    EXPECT_THAT(refusal([&] {
                    return ddl.create_index(table.object(),
                                            table.object().expressions()->indexes.front());
                }),
                HasSubstr("index of an expression"));
}

TEST_F(MssqlDdl, sets_comments_by_a_procedure_with_names_as_texts) {
    const Table table{"t'able",
                      metadata,
                      {ColumnSpec{"x", Integer{}, comment("the x's")}},
                      {.schema = "s'1", .comment = "a 'table'"}};
    EXPECT_THAT(
        ddl.set_comments(table.object()),
        ElementsAre("EXEC sp_addextendedproperty @name = N'MS_Description', @value = N'a "
                    "''table''', @level0type = N'SCHEMA', @level0name = N's''1', @level1type = "
                    "N'TABLE', @level1name = N't''able'",
                    "EXEC sp_addextendedproperty @name = N'MS_Description', @value = N'the x''s', "
                    "@level0type = N'SCHEMA', @level0name = N's''1', @level1type = N'TABLE', "
                    "@level1name = N't''able', @level2type = N'COLUMN', @level2name = N'x'"));
    const auto& open = schema::dialect_ddl<mssql::DDLCompiler, mssql::Compiler>(sql::Schemas::open);
    EXPECT_THAT(refusal([&] { return open.set_comments(table.object()); }),
                HasSubstr("schema_translate_map"));
}

TEST_F(MssqlDdl, comes_from_an_engine_that_only_tells) {
    const Table table{"t", metadata, {ColumnSpec{"x", Integer{}}}};
    std::vector<std::string> told;
    const auto engine =
        create_mock_engine("mssql://", [&](std::string_view sql) { told.emplace_back(sql); });
    metadata.create_all(engine, false);
    engine.execute(DDL("GRANT SELECT ON %(fullname)s TO [reader]").against(table));
    EXPECT_THAT(told, ElementsAre("CREATE TABLE [t] (\n    [x] INTEGER NULL\n)",
                                  "GRANT SELECT ON [t] TO [reader]"));
}

}  // namespace
