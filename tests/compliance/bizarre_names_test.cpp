// SPDX-License-Identifier: MIT
// Keys and comments on tables and columns whose names hold what SQL, drivers and patterns use.
#include <tests/compliance/support.hpp>

#include <array>

namespace compliance {
namespace {

constexpr std::array bizarre{
    "plain",    "(3)",  "per % cent",  "%(name)s",         "[brackets]", "it's",
    "a\"b",     "a`b",  "dot.s",       "more :: %colons%", "q?marks",    "$1",
    "{braces}", "a\\b", "_underscore", "-- remark",        "/* slash */"};

class BizarreNames : public ComplianceTest {
  protected:
    /// Calls `test` with each name beside itself and beside each of the next two.
    void for_each_pair(const auto& test) {
        for (std::size_t i = 0; i < bizarre.size(); ++i)
            for (std::size_t step = 0; step < 3; ++step) {
                const std::string table_name = std::string("t ") + bizarre.at(i);
                const std::string column_name = bizarre.at((i + step) % bizarre.size());
                SCOPED_TRACE(table_name + " and " + column_name);
                test(table_name, column_name);
            }
    }
    void expect_integrity_error(const auto& statement) {
        auto savepoint = conn.begin_nested();
        EXPECT_THROW((void)conn.execute(statement), IntegrityError);
    }

    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(BizarreNames);

TEST_P(BizarreNames, are_referred_to_by_foreign_keys) {
    for_each_pair([&](const std::string& table_name, const std::string& column_name) {
        MetaData own;
        const Table target{
            table_name, own, {ColumnSpec{column_name, Integer{}, primary_key, no_autoincrement}}};
        const auto key = target.c<int>(column_name);
        const Table other{"other " + table_name,
                          own,
                          {ColumnSpec{"id", Integer{}, primary_key},
                           ColumnSpec{"r " + column_name, Integer{}, ForeignKey{key}}}};
        const auto reference = other.c<int>("r " + column_name);
        own.create_all(conn);
        conn.execute(insert(target).columns(key), std::vector{std::tuple{4}});
        conn.execute(insert(other).columns(reference), std::vector{std::tuple{4}});
        expect_integrity_error(insert(other).values(set(other.c("r " + column_name), 5)));
        EXPECT_EQ(
            conn.execute(select(key + reference).select_from(other).join(target)).scalar_one(), 8);
        own.drop_all(conn);
    });
}

TEST_P(BizarreNames, are_referred_to_by_foreign_keys_of_several_columns) {
    for_each_pair([&](const std::string& table_name, const std::string& column_name) {
        MetaData own;
        const Table target{table_name,
                           own,
                           {ColumnSpec{column_name, Integer{}, primary_key, no_autoincrement},
                            ColumnSpec{"id 2", Integer{}, primary_key, no_autoincrement}}};
        Table other{"other",
                    own,
                    {ColumnSpec{"id", Integer{}, primary_key}, ColumnSpec{column_name, Integer{}},
                     ColumnSpec{"ref2", Integer{}}}};
        const ForeignKeyConstraint both{other,
                                        {other.c(column_name), other.c("ref2")},
                                        {target.c(column_name), target.c("id 2")}};
        own.create_all(conn);
        conn.execute(
            insert(target).values(set(target.c(column_name), 4), set(target.c("id 2"), 6)));
        conn.execute(insert(other).values(set(other.c(column_name), 4), set(other.c("ref2"), 6)));
        expect_integrity_error(
            insert(other).values(set(other.c(column_name), 6), set(other.c("ref2"), 4)));
        EXPECT_EQ(conn.scalar(select(target.c<int>("id 2")).select_from(other).join(target)), 6);
        own.drop_all(conn);
    });
}

TEST_P(BizarreNames, have_unique_and_check_constraints_and_indexes_named_as_bizarrely) {
    for_each_pair([&](const std::string& table_name, const std::string& column_name) {
        MetaData own{{.naming_convention = {.ix = "i %(column_0_label)s",
                                            .uq = "u %(table_name)s %(column_0_name)s",
                                            .ck = "c %(table_name)s %(constraint_name)s"}}};
        Table table{
            table_name,
            own,
            {ColumnSpec{"id", Integer{}, primary_key}, ColumnSpec{column_name, Integer{}, unique},
             ColumnSpec{"other " + column_name, Integer{}, indexed}}};
        const CheckConstraint positive{table, table.c<int>(column_name) > 0, column_name};
        own.create_all(conn);
        conn.execute(insert(table).values(set(table.c(column_name), 1)));
        expect_integrity_error(insert(table).values(set(table.c(column_name), 1)));
        expect_integrity_error(insert(table).values(set(table.c(column_name), -1)));
        own.drop_all(conn);
    });
}

TEST_P(BizarreNames, carry_their_comments) {
    if (requirements.sqlite) {  // which has no comments: nothing is sent, nothing fails
        const Table table{"%t",
                          metadata,
                          {ColumnSpec{"[id]", Integer{}, primary_key, comment("a key")}},
                          {.comment = "a table"}};
        table.create(engine);
        EXPECT_EQ(conn.scalar(select(func::count()).select_from(table)), 0);
        return;
    }
    const auto comments = text(
        requirements.postgresql
            ? "select a.attname::text, col_description(c.oid, a.attnum), obj_description(c.oid) "
              "from pg_class c join pg_attribute a on a.attrelid = c.oid "
              "where c.relname = :table and a.attname = :column"
            : "select c.column_name, c.column_comment, t.table_comment "
              "from information_schema.columns c join information_schema.tables t "
              "on t.table_schema = c.table_schema and t.table_name = c.table_name "
              "where c.table_schema = database() and c.table_name = :table and c.column_name = "
              ":column");
    for_each_pair([&](const std::string& table_name, const std::string& column_name) {
        MetaData own;
        const Table table{table_name,
                          own,
                          {ColumnSpec{"id", Integer{}, primary_key},
                           ColumnSpec{column_name, Integer{}, comment("of " + column_name)}},
                          {.comment = "of " + table_name}};
        own.create_all(conn);
        const auto told = conn.execute(comments.columns<std::string, std::string, std::string>(),
                                       {{"table", table_name}, {"column", column_name}})
                              .one();
        EXPECT_EQ(told.get<0>(), column_name);
        EXPECT_EQ(told.get<1>(), "of " + column_name);
        EXPECT_EQ(told.get<2>(), "of " + table_name);
        own.drop_all(conn);
    });
}

}  // namespace
}  // namespace compliance
