// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/schema.hpp>
#include <azoth/schema/table_object.hpp>
#include <azoth/sql/functions.hpp>
#include <azoth/sql/select.hpp>
#include <azoth/sql/text.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace {

using namespace azoth;
using schema_test::message_of;
using testing::HasSubstr;

struct People : Table {
    using Table::Table;
    Column<std::int64_t> tenant{*this, "tenant"};
    Column<std::int64_t> number{*this, "number"};
    Column<std::optional<std::string>> email{*this, "email"};
    PrimaryKeyConstraint key{*this, {tenant, number}, {.name = "people_key"}};
};

class Constraints : public testing::Test {
  protected:
    MetaData metadata;
    People people{"people", metadata};
    People others{"others", metadata};

    [[nodiscard]] const schema::TableObject& object() const { return people.object(); }
};

TEST_F(Constraints, a_primary_key_constraint_marks_its_columns) {
    EXPECT_TRUE(people.node().column("tenant").primary_key);
    EXPECT_TRUE(people.node().column("number").primary_key);
    EXPECT_FALSE(people.node().column("email").primary_key);
    EXPECT_EQ(people.key.name(), "people_key");
    EXPECT_EQ(object().autoincrement_column(), nullptr);
}

TEST_F(Constraints, a_primary_key_constraint_makes_dynamic_columns_not_null) {
    Table t{"t", metadata, {ColumnSpec{"a", Integer{}}, ColumnSpec{"b", Integer{}}}};
    const PrimaryKeyConstraint key{t, {"a", "b"}};
    EXPECT_FALSE(t.node().column("a").nullable);
    EXPECT_FALSE(t.node().column("b").nullable);
}

TEST_F(Constraints, a_primary_key_of_nullable_typed_columns_is_refused) {
    Table t{"t", metadata};
    const Column<std::optional<int>> a{t, "a"};
    EXPECT_THAT(message_of<ArgumentError>([&] { PrimaryKeyConstraint{t, {a}}; }),
                HasSubstr("a primary key is never NULL: declare it without std::optional"));
}

TEST_F(Constraints, columns_and_primary_key_constraint_must_agree) {
    Table same{"same", metadata, {ColumnSpec{"a", Integer{}, primary_key}}};
    const PrimaryKeyConstraint named{same, {"a"}, {.name = "pk_same"}};
    EXPECT_EQ(same.object().primary_key().name.text, "pk_same");

    Table less{"less",
               metadata,
               {ColumnSpec{"a", Integer{}, primary_key}, ColumnSpec{"b", Integer{}, primary_key}}};
    EXPECT_THAT(message_of<ArgumentError>([&] { PrimaryKeyConstraint{less, {"a"}}; }),
                HasSubstr("column 'b' of table 'less': it says primary_key, but"));
    Table more{
        "more", metadata, {ColumnSpec{"a", Integer{}, primary_key}, ColumnSpec{"b", Integer{}}}};
    EXPECT_THAT(message_of<ArgumentError>([&] { PrimaryKeyConstraint{more, {"a", "b"}}; }),
                HasSubstr("names columns that don't say primary_key"));
    Table late{"late", metadata, {ColumnSpec{"a", Integer{}}}};
    const PrimaryKeyConstraint key{late, {"a"}};
    EXPECT_THAT(message_of<ArgumentError>([&] { late.add_column("b", Integer{}, primary_key); }),
                HasSubstr("after a PrimaryKeyConstraint that leaves it out"));
    EXPECT_THAT(message_of<ArgumentError>([&] { PrimaryKeyConstraint{late, {"a"}}; }),
                HasSubstr("two PrimaryKeyConstraints"));
}

TEST_F(Constraints, take_columns_by_name_too) {
    const UniqueConstraint key{people, {"tenant", people.email}};
    ASSERT_EQ(object().uniques().size(), 1U);
    EXPECT_EQ(object().uniques()[0].columns[0], &people.node().column("tenant"));
    EXPECT_EQ(object().uniques()[0].columns[1], &people.node().column("email"));
}

TEST_F(Constraints, of_no_column_one_twice_or_an_unknown_one_are_refused) {
    EXPECT_THAT(message_of<ArgumentError>([&] { UniqueConstraint{people, {}}; }),
                HasSubstr("a unique constraint of table 'people' has no column"));
    People again{"again", metadata};
    EXPECT_THAT(message_of<ArgumentError>([&] { UniqueConstraint{again, {"email", "email"}}; }),
                HasSubstr("names column 'email' twice"));
    People third{"third", metadata};
    EXPECT_THAT(message_of<NoSuchColumnError>([&] { UniqueConstraint{third, {"mail"}}; }),
                HasSubstr("table 'third' has no column 'mail'"));
}

TEST_F(Constraints, over_columns_of_another_table_are_refused) {
    const std::string other = "mentions column 'email' of table 'others'";
    EXPECT_THAT(message_of<ArgumentError>([&] { UniqueConstraint{people, {others.email}}; }),
                HasSubstr(other));
    EXPECT_THAT(message_of<ArgumentError>([&] { Index{people, {others.email.desc()}}; }),
                HasSubstr(other));
    EXPECT_THAT(message_of<ArgumentError>([&] { CheckConstraint{people, others.email == "x"}; }),
                HasSubstr(other));
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { Index{people, {people.email}, {.where = others.email == "x"}}; }),
                HasSubstr(other));
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { ForeignKeyConstraint{people, {others.email}, {"others.email"}}; }),
                HasSubstr(other));
    EXPECT_THAT(message_of<ArgumentError>([&] { UniqueConstraint{people, {people.number + 1}}; }),
                HasSubstr("takes columns, not expressions"));
}

TEST_F(Constraints, a_check_with_a_subquery_or_a_named_parameter_is_refused) {
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { CheckConstraint{people, people.number.in(select(others.number))}; }),
                HasSubstr("can't contain a subquery"));
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { CheckConstraint{people, people.number > bindparam<std::int64_t>("n")}; }),
                HasSubstr("can't contain a named parameter"));
}

TEST_F(Constraints, a_composite_foreign_key_refers_to_columns_or_names) {
    struct Letters : Table {
        using Table::Table;
        Column<std::int64_t> tenant{*this, "tenant"};
        Column<std::int64_t> reader{*this, "reader"};
    };
    Letters letters{"letter", metadata};
    const ForeignKeyConstraint direct{letters,
                                      {letters.tenant, letters.reader},
                                      {people.tenant, people.number},
                                      {.name = "to_people", .ondelete = "cascade"}};
    const ForeignKeyConstraint by_name{
        letters, {letters.tenant, letters.reader}, {"others.tenant", "others.number"}};
    EXPECT_EQ(direct.name(), "to_people");
    const auto edges = letters.object().foreign_keys();
    ASSERT_EQ(edges.size(), 2U);
    EXPECT_EQ(edges[0].pairs[1].remote.get(), &people.node().column("number"));
    EXPECT_EQ(edges[1].pairs[1].remote.get(), &others.node().column("number"));
}

TEST_F(Constraints, a_foreign_key_whose_sides_do_not_match_is_refused) {
    Table t{"t", metadata, {ColumnSpec{"a", BigInteger{}}, ColumnSpec{"b", BigInteger{}}}};
    EXPECT_THAT(
        message_of<ArgumentError>([&] { ForeignKeyConstraint{t, {"a", "b"}, {people.tenant}}; }),
        HasSubstr("it has 2 columns and refers to 1"));
    Table u{"u", metadata, {ColumnSpec{"a", BigInteger{}}, ColumnSpec{"b", BigInteger{}}}};
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { ForeignKeyConstraint{u, {"a", "b"}, {people.tenant, others.number}}; }),
                HasSubstr("columns of two tables, 'people' and 'others'"));
}

TEST_F(Constraints, an_index_over_expressions_alone_needs_a_name) {
    const Index named{people, {func::lower(people.email)}, {.name = "lower_email"}};
    EXPECT_EQ(named.name(), "lower_email");
    const Index by_column{people, {func::lower(people.email)}};
    EXPECT_EQ(by_column.name(), "ix_people_email");
    EXPECT_THAT(message_of<ArgumentError>([&] { Index{people, {literal_column<int>("1")}}; }),
                HasSubstr("has only 0 columns; give it a name"));
}

TEST_F(Constraints, R27_an_access_method_is_a_name) {
    EXPECT_THAT(message_of<ArgumentError>([&] {
                    Index{people, {people.email}, {.postgresql_using = "gin; DROP TABLE people"}};
                }),
                HasSubstr("not the name of an access method"));
}

TEST_F(Constraints, R27_a_prefix_is_words) {
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { Table{"x", metadata, {.prefixes = {"TEMPORARY", "TABLE x(); --"}}}; }),
                HasSubstr("letters and blanks only"));
    EXPECT_FALSE(metadata.contains("x"));
}

TEST_F(Constraints, initially_deferred_contradicts_not_deferrable) {
    EXPECT_THAT(message_of<ArgumentError>([&] {
                    UniqueConstraint{
                        people, {people.email}, {.deferrable = false, .initially = "DEFERRED"}};
                }),
                HasSubstr("initially DEFERRED but not deferrable"));
}

}  // namespace
