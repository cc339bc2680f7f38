// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/sql/from.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace azoth;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

class FromLinter : public testing::Test {
  protected:
    struct Items : Table {
        using Table::Table;
        Column<std::int64_t> id{*this, "id", primary_key};
        Column<std::int64_t> user_id{*this, "user_id"};
        Column<std::int64_t> address_id{*this, "address_id"};
    };
    static std::vector<std::string> warnings(const sql::Statement& statement) {
        postgresql::Compiler compiler;
        compiler.look_for_cartesian_products();
        (void)compiler.compile(statement.node(), sql::CompileMode::single);
        return compiler.warnings();
    }

    azoth_test::Shop shop;
    const azoth_test::Users& users = shop.users;
    const azoth_test::Addresses& addresses = shop.addresses;
    Items items{"item", shop.metadata};
};

TEST_F(FromLinter, names_the_elements_that_nothing_connects) {
    EXPECT_THAT(warnings(select(users.id, addresses.id)),
                ElementsAre("SELECT statement has a cartesian product between FROM element(s) "
                            "\"address\" and FROM element \"user\". Apply join condition(s) "
                            "between each element to resolve."));
    const Items stored{"item", MetaData{}, TableOptions{.schema = "store"}};
    const azoth_test::Users other = alias(users, "other");
    EXPECT_THAT(warnings(select(users.id, stored.id, other.id).where(users.id == other.id)),
                ElementsAre(testing::HasSubstr("element(s) \"store.item\" and")));
    EXPECT_THAT(warnings(select(users.id, other.id, items.id).where(items.id > 1)),
                ElementsAre(testing::HasSubstr("element(s) \"other\", \"item\" and")));
}

TEST_F(FromLinter, one_element_or_joined_ones_are_connected) {
    EXPECT_THAT(warnings(select(users.id).where(users.id == 1)), IsEmpty());
    EXPECT_THAT(warnings(select(users.id, addresses.id).join(addresses)), IsEmpty());
    EXPECT_THAT(warnings(select(users.id, nullable(addresses.id)).outer_join(addresses)),
                IsEmpty());
    EXPECT_THAT(warnings(select(users.id, items.id).cross_join(items)), IsEmpty())
        << "a program that says so means it";
    EXPECT_THAT(warnings(select(users.id, items.id).join(items, literal(true) == true)), IsEmpty());
    EXPECT_THAT(warnings(select(users.id, addresses.id, items.id).join(addresses)), SizeIs(1));
}

TEST_F(FromLinter, conditions_connect_what_they_mention) {
    const auto all = select(users.id, addresses.id);
    EXPECT_THAT(warnings(all.where(users.id == addresses.user_id)), IsEmpty());
    EXPECT_THAT(warnings(all.where(users.id < addresses.user_id + 1)), IsEmpty());
    EXPECT_THAT(warnings(all.where(users.id == 1 || users.id == addresses.user_id)), IsEmpty());
    EXPECT_THAT(warnings(all.where(!(users.id == addresses.user_id))), IsEmpty());
    EXPECT_THAT(warnings(all.where(func::coalesce(addresses.user_id, users.id) == 1)), IsEmpty());
    EXPECT_THAT(warnings(all.where(users.id.between(1, addresses.user_id))), IsEmpty());
    EXPECT_THAT(warnings(all.where(literal_column<bool>("\"user\".id = user_id"))), IsEmpty())
        << "nobody knows what that says";
}

TEST_F(FromLinter, conditions_on_one_element_each_connect_nothing) {
    const auto all = select(users.id, addresses.id);
    EXPECT_THAT(warnings(all.where(users.id == 1, addresses.id == 2)), SizeIs(1));
    EXPECT_THAT(warnings(all.where(users.id == 1 || addresses.id == 2)), SizeIs(1));
    EXPECT_THAT(warnings(all.where(users.id == 1).having(users.id == addresses.user_id)), SizeIs(1))
        << "HAVING comes when the rows have been multiplied";
    EXPECT_THAT(warnings(all.order_by(users.id == addresses.user_id)), SizeIs(1));
}

TEST_F(FromLinter, connections_reach_through_other_elements) {
    const auto all = select(users.id, addresses.id, items.id);
    EXPECT_THAT(warnings(all.where(users.id == items.user_id, items.address_id == addresses.id)),
                IsEmpty());
    EXPECT_THAT(warnings(all.where(items.address_id == addresses.id)),
                ElementsAre(testing::HasSubstr("element(s) \"address\", \"item\" and")));
}

TEST_F(FromLinter, each_subquery_is_a_statement_of_its_own) {
    const auto product = select(users.id, addresses.id.label("address_id"));
    EXPECT_THAT(
        warnings(select(items.id).where(items.id.in(select(users.id).where(addresses.id == 1)))),
        SizeIs(1));
    const auto derived = product.subquery("pairs");
    EXPECT_THAT(warnings(select(derived[users.id])),
                ElementsAre(testing::HasSubstr("\"address\"")));
    const auto cte = product.cte("pairs");
    EXPECT_THAT(warnings(select(cte[users.id])), ElementsAre(testing::HasSubstr("\"address\"")));
    EXPECT_THAT(warnings(select(cte[users.id], items.id)), SizeIs(2));
    EXPECT_THAT(warnings(select(cte[users.id], items.id).where(items.user_id == cte[users.id])),
                SizeIs(1));
    EXPECT_THAT(warnings(union_all(select(users.id), select(addresses.id))), IsEmpty());
    EXPECT_THAT(warnings(union_all(select(users.id), select(addresses.id).where(items.id == 1))),
                SizeIs(1));
}

TEST_F(FromLinter, correlated_subqueries_are_no_products) {
    EXPECT_THAT(warnings(select(users.id).where(
                    select(addresses.id).where(addresses.user_id == users.id).exists())),
                IsEmpty());
    EXPECT_THAT(warnings(select(users.id, select(func::count(addresses.id))
                                              .where(addresses.user_id == users.id)
                                              .scalar_subquery())),
                IsEmpty());
}

TEST_F(FromLinter, a_subquery_connects_those_that_it_correlates_to) {
    const auto all = select(users.id, addresses.id);
    const auto both =
        select(items.id).where(items.user_id == users.id, items.address_id == addresses.id);
    EXPECT_THAT(warnings(all.where(both.exists())), IsEmpty());
    EXPECT_THAT(warnings(all.where(!both.exists())), IsEmpty());
    EXPECT_THAT(warnings(all.where(
                    users.id.in(select(items.user_id).where(items.address_id == addresses.id)))),
                IsEmpty());
    EXPECT_THAT(warnings(all.where(select(items.id).where(items.user_id == users.id).exists())),
                SizeIs(1));
    EXPECT_THAT(warnings(all.where(users.id.in(select(items.user_id)))), SizeIs(1));
    const Items more = alias(items);
    EXPECT_THAT(warnings(all.where(
                    select(more.id)
                        .where(more.user_id == users.id,
                               select(items.id)
                                   .where(items.id == more.id, items.address_id == addresses.id)
                                   .exists())
                        .exists())),
                IsEmpty())
        << "one in another";
}

TEST_F(FromLinter, UPDATE_and_DELETE_with_further_tables) {
    const auto change = update(users).values(users.age = 1);
    EXPECT_THAT(warnings(change.where(users.id == addresses.user_id)), IsEmpty());
    EXPECT_THAT(warnings(change.where(addresses.id == 1)),
                ElementsAre(testing::StartsWith("UPDATE statement has a cartesian product between "
                                                "FROM element(s) \"address\" and FROM element "
                                                "\"user\"")));
    EXPECT_THAT(warnings(change), IsEmpty());
    const auto removal = delete_(users);
    EXPECT_THAT(warnings(removal.where(users.id == addresses.user_id)), IsEmpty());
    EXPECT_THAT(warnings(removal.where(addresses.id == 1)),
                ElementsAre(testing::StartsWith("DELETE statement")));
    EXPECT_THAT(warnings(insert(items)
                             .columns(items.id, items.user_id)
                             .from_select(select(users.id, addresses.id))),
                ElementsAre(testing::StartsWith("SELECT statement")));
}

TEST_F(FromLinter, a_lateral_subquery_is_connected_with_what_it_mentions) {
    const auto newest = select(addresses.id).where(addresses.user_id == users.id).limit(1);
    const auto unrelated = select(addresses.id).limit(1);
    for (const auto& [inner, count] : {std::pair{newest, 0U}, std::pair{unrelated, 1U}}) {
        const FromClause lateral(make_ref<sql::SubqueryNode>(
            Ref<const sql::StatementNode>(&inner.node()), inner.values(), "newest", true));
        EXPECT_THAT(warnings(select(users.id).select_from(users).select_from(lateral)),
                    SizeIs(count));
    }
}

TEST_F(FromLinter, nothing_is_looked_for_unless_asked) {
    postgresql::Compiler compiler;
    (void)compiler.compile(select(users.id, addresses.id).node(), sql::CompileMode::single);
    EXPECT_THAT(compiler.warnings(), IsEmpty());
}

}  // namespace
