// SPDX-License-Identifier: MIT
// Golden DDL: for each construct a file in tests/schema/golden, with a part for each dialect as in
// tests/sql; statements end with a semicolon.
#include "support.hpp"
#include <azoth/base/error.hpp>
#include <azoth/dialects/mariadb/compiler.hpp>
#include <azoth/dialects/mariadb/ddl.hpp>
#include <azoth/dialects/mssql/compiler.hpp>
#include <azoth/dialects/mssql/ddl.hpp>
#include <azoth/dialects/oracle/compiler.hpp>
#include <azoth/dialects/oracle/ddl.hpp>
#include <azoth/dialects/postgresql/compiler.hpp>
#include <azoth/dialects/postgresql/ddl.hpp>
#include <azoth/dialects/sqlite/compiler.hpp>
#include <azoth/dialects/sqlite/ddl.hpp>
#include <azoth/schema.hpp>
#include <azoth/schema/dialect_ddl.hpp>
#include <azoth/sql/functions.hpp>

#include <gtest/gtest.h>
#include <tests/support/golden_file.hpp>

#include <optional>
#include <string>

using namespace azoth;

namespace {

template <class DDL, class Compiler>
void add_part(std::string& text, const char* dialect, const MetaData& metadata, bool drops) {
    text += std::string(text.empty() ? "" : "\n") + "-- " + dialect + "\n";
    schema_test::Notebook notebook(schema::dialect_ddl<DDL, Compiler>(sql::Schemas::named));
    try {
        if (drops)
            metadata.drop_all(notebook, false);
        else
            metadata.create_all(notebook, false);
        for (const std::string& statement : notebook.statements) text += statement + ";\n";
    } catch (const CompileError& error) {
        text += std::string("-- refused: ") + error.what() + "\n";
    }
}

/// \param drops the DDL that drops the tables; else that which creates them
void expect_golden(std::string_view construct, const MetaData& metadata, bool drops = false) {
    std::string text;
    add_part<sqlite::DDLCompiler, sqlite::Compiler>(text, "sqlite", metadata, drops);
    add_part<postgresql::DDLCompiler, postgresql::Compiler>(text, "postgresql", metadata, drops);
    add_part<mariadb::DDLCompiler, mariadb::Compiler>(text, "mariadb", metadata, drops);
    add_part<mssql::DDLCompiler, mssql::Compiler>(text, "mssql", metadata, drops);
    add_part<oracle::DDLCompiler, oracle::Compiler>(text, "oracle", metadata, drops);
    const std::filesystem::path folder(AZOTH_GOLDEN_FILES);
    test::expect_golden_file(folder / (std::string(construct) + ".sql"), text);
}

class GoldenDdl : public testing::Test {
  protected:
    MetaData metadata;
};

TEST_F(GoldenDdl, a_table_of_every_type) {
    const Table table{"of_types",
                      metadata,
                      {ColumnSpec{"id", BigInteger{}, primary_key},
                       ColumnSpec{"yes", Boolean{}, not_null},
                       ColumnSpec{"small", SmallInteger{}},
                       ColumnSpec{"whole", Integer{}},
                       ColumnSpec{"narrow", Float{}},
                       ColumnSpec{"wide", Double{}},
                       ColumnSpec{"price", Numeric{10, 2}},
                       ColumnSpec{"exact", Numeric{}},
                       ColumnSpec{"code", String{30}},
                       ColumnSpec{"line", String{}},
                       ColumnSpec{"story", Text{}},
                       ColumnSpec{"picture", LargeBinary{}},
                       ColumnSpec{"mark", LargeBinary{16}},
                       ColumnSpec{"day", Date{}},
                       ColumnSpec{"hour", TimeOfDay{}},
                       ColumnSpec{"moment", DateTime{}},
                       ColumnSpec{"instant", DateTime{.timezone = true}},
                       ColumnSpec{"token", UuidType{}},
                       ColumnSpec{"mood", Enum{"mood", {"sad", "glad"}}},
                       ColumnSpec{"tree", JSON{}}}};
    expect_golden("types", metadata);
}

struct Rooms : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{30}, server_default("it's empty")};
    Column<std::optional<bool>> open{*this, "Open", server_default(true)};
    Column<int> floor{*this, "level", server_default(0)};
    UniqueConstraint key{*this, {name, floor}, {.name = "one_each"}};
    CheckConstraint low{*this, floor < 100, "not_too_high"};
};

TEST_F(GoldenDdl, constraints_and_defaults) {
    const Rooms rooms{"room", metadata, {.schema = "house"}};
    const Table beds{
        "bed",
        metadata,
        {ColumnSpec{"id", Integer{}, primary_key},
         ColumnSpec{"room_id", BigInteger{}, ForeignKey{rooms.id, {.ondelete = "CASCADE"}}}}};
    expect_golden("constraints", metadata);
    expect_golden("drop", metadata, true);
}

TEST_F(GoldenDdl, a_check_of_a_boolean_column) {
    struct Flags : Table {
        using Table::Table;
        Column<bool> set{*this, "is_set"};
        CheckConstraint must{*this, set};
    };
    const Flags flags{"flag", metadata};
    expect_golden("check_of_boolean", metadata);
}

TEST_F(GoldenDdl, indexes) {
    Rooms rooms{"room", metadata};
    const Index unique{
        rooms, {rooms.floor.desc(), rooms.name}, {.name = "by_level", .unique = true}};
    expect_golden("indexes", metadata);
}

TEST_F(GoldenDdl, an_index_of_some_rows) {
    Rooms rooms{"room", metadata};
    const Index some{rooms, {rooms.name}, {.name = "open_ones", .where = rooms.open == true}};
    expect_golden("index_of_some_rows", metadata);
}

TEST_F(GoldenDdl, an_index_of_an_expression) {
    Rooms rooms{"room", metadata};
    const Index lower{rooms, {func::lower(rooms.name)}, {.name = "by_lower_name"}};
    expect_golden("index_of_expression", metadata);
}

TEST_F(GoldenDdl, comments) {
    const Table table{"told",
                      metadata,
                      {ColumnSpec{"x", Integer{}, comment("it's a number")}},
                      {.schema = "house", .comment = "who's who"}};
    const Table plain{"plain", metadata, {ColumnSpec{"x", Integer{}}}, {.comment = "of no schema"}};
    expect_golden("comments", metadata);
}

TEST_F(GoldenDdl, tables_that_refer_to_each_other) {
    const Table left{"left_one",
                     metadata,
                     {ColumnSpec{"id", Integer{}, primary_key},
                      ColumnSpec{"other", Integer{}, ForeignKey{"right_one.id"}}}};
    const Table right{"right_one",
                      metadata,
                      {ColumnSpec{"id", Integer{}, primary_key},
                       ColumnSpec{"other", Integer{}, ForeignKey{left.c("id")}}}};
    expect_golden("circle", metadata);
    expect_golden("drop_circle", metadata, true);
}

}  // namespace
