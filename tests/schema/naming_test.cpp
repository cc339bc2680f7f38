// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/schema.hpp>
#include <azoth/schema/table_object.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace {

using namespace azoth;
using schema_test::message_of;
using testing::HasSubstr;

struct Orders : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::int64_t> shop{*this, "shop", indexed};
    Column<std::int64_t> number{*this, "number", ForeignKey{id}};
    UniqueConstraint key{*this, {shop, number}};
    CheckConstraint positive{*this, number > 0, "positive"};
    Index both{*this, {shop, number.desc()}};
};

MetaDataOptions conventional() {
    return {.naming_convention = {
                .ix = "ix_%(column_0_label)s",
                .uq = "uq_%(table_name)s_%(column_0_N_name)s",
                .ck = "ck_%(table_name)s_%(constraint_name)s",
                .fk = "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
                .pk = "pk_%(table_name)s",
            }};
}

TEST(NamingConvention, names_everything_by_its_pattern) {
    MetaData metadata{conventional()};
    const Orders orders{"orders", metadata};
    const auto& table = orders.object();
    EXPECT_EQ(table.primary_key().name.text, "pk_orders");
    EXPECT_EQ(orders.key.name(), "uq_orders_shop_number");
    EXPECT_EQ(orders.positive.name(), "ck_orders_positive");
    EXPECT_EQ(table.foreign_key_definitions()[0].name.text, "fk_orders_number_orders");
    EXPECT_EQ(table.expressions()->indexes[0].name.text, "ix_orders_shop");
    EXPECT_TRUE(table.expressions()->indexes[0].name.made);
}

TEST(NamingConvention, by_default_names_indexes_only) {
    MetaData metadata;
    const Orders orders{"orders", metadata};
    EXPECT_EQ(orders.object().primary_key().name.text, "");
    EXPECT_EQ(orders.key.name(), "");
    EXPECT_EQ(orders.positive.name(), "positive");
    EXPECT_EQ(orders.both.name(), "ix_orders_shop");
}

TEST(NamingConvention, has_tokens_for_several_columns) {
    const auto name = [](const std::string& pattern) {
        MetaData metadata{{.naming_convention = {.uq = pattern}}};
        return std::string(Orders{"orders", metadata, {.schema = "a.b"}}.key.name());
    };
    EXPECT_EQ(name("%(column_1_name)s"), "number");
    EXPECT_EQ(name("%(column_0N_name)s"), "shopnumber");
    EXPECT_EQ(name("%(column_0_N_key)s"), "shop_number");
    EXPECT_EQ(name("%(column_0_label)s"), "a_b_orders_shop");
    EXPECT_EQ(name("%(column_0_N_label)s"), "a_b_orders_shop_a_b_orders_number");
    EXPECT_EQ(name("100%% %(table_name)s"), "100% orders");
}

TEST(NamingConvention, has_tokens_for_the_columns_referred_to) {
    MetaData metadata{{.naming_convention = {.fk = "%(referred_table_name)s:%(referred_column_0_"
                                                   "name)s:%(referred_column_0_N_name)s"}}};
    const Orders orders{"orders", metadata};
    EXPECT_EQ(orders.object().foreign_key_definitions()[0].name.text, "orders:id:id");
}

TEST(NamingConvention, leaves_given_names_alone_unless_it_builds_on_them) {
    MetaData metadata{conventional()};
    Table t{"t", metadata, {ColumnSpec{"a", Integer{}}}};
    const UniqueConstraint given{t, {"a"}, {.name = "mine"}};
    EXPECT_EQ(given.name(), "mine");
    EXPECT_FALSE(t.object().uniques()[0].name.made);
}

TEST(NamingConvention, that_builds_on_a_name_needs_one) {
    MetaData metadata{conventional()};
    Table t{"t", metadata};
    const Column<int> a{t, "a"};
    EXPECT_THAT(message_of<ArgumentError>([&] { CheckConstraint{t, a > 0}; }),
                HasSubstr("give each such constraint of table 't' a name"));
}

TEST(NamingConvention, refuses_unknown_and_broken_tokens) {
    const auto refusal = [](const std::string& pattern) {
        return message_of<ArgumentError>([&] { MetaData{{.naming_convention = {.uq = pattern}}}; });
    };
    EXPECT_THAT(refusal("%(colum_0_name)s"), HasSubstr("there is no token 'colum_0_name'"));
    EXPECT_THAT(refusal("%(column_name)s"), HasSubstr("there is no token"));
    EXPECT_THAT(refusal("%(column_0_size)s"), HasSubstr("there is no token"));
    EXPECT_THAT(refusal("uq_%(table_name)"), HasSubstr("not closed"));
    EXPECT_THAT(refusal("100%"), HasSubstr("a % begins no token"));
    EXPECT_THAT(message_of<ArgumentError>([] { MetaData{{.naming_convention = {.ix = ""}}}; }),
                HasSubstr("every index needs a name"));
}

TEST(NamingConvention, refuses_tokens_that_mean_nothing_for_an_item) {
    MetaData metadata{{.naming_convention = {.uq = "%(referred_table_name)s"}}};
    EXPECT_THAT(message_of<ArgumentError>([&] { Orders{"orders", metadata}; }),
                HasSubstr("only a foreign key has a referred table"));
    MetaData third{{.naming_convention = {.uq = "%(column_2_name)s"}}};
    EXPECT_THAT(message_of<ArgumentError>([&] { Orders{"orders", third}; }),
                HasSubstr("an item of table 'orders' has only 2 columns"));
}

}  // namespace
