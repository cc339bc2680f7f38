// SPDX-License-Identifier: MIT
// Golden SQL of what databases say most differently: cutting off rows, conditions as values, rows
// from nowhere, compounds, CTEs, upserts (features 1.6-1, -8, -10, -13, -16 to -18, -24, -26).
#include "golden.hpp"
#include "support.hpp"
#include <azoth/sql.hpp>

#include <gtest/gtest.h>

using namespace azoth;
using azoth_test::expect_golden;

namespace {

class GoldenDialects : public azoth_test::ShopTest {};

TEST_F(GoldenDialects, rows_cut_off) {
    const auto query = select(users.id).where(users.age > 3);
    expect_golden("1.6-1/limit_of_ordered", query.order_by(users.name).limit(5));
    expect_golden("1.6-1/limit_and_offset", query.order_by(users.name).limit(5).offset(20));
    expect_golden("1.6-1/offset_without_order", query.offset(20));
    expect_golden("1.6-1/distinct_limit", select(users.age).distinct().limit(5));
    expect_golden("1.6-1/group_by_label",
                  select(func::lower(users.name).label("lowered"), func::count())
                      .group_by(func::lower(users.name).label("lowered"))
                      .having(func::count() > 1));
    expect_golden("1.6-1/without_from", select(literal(1).label("one")));
}

TEST_F(GoldenDialects, locks_of_all_rows) {
    expect_golden("1.6-5/for_update_of_all", select(users.id).with_for_update());
    expect_golden("1.6-5/for_update_of_all_nowait",
                  select(users.id).with_for_update({.nowait = true}));
    expect_golden("1.6-5/for_update_of_all_skip_locked",
                  select(users.id).with_for_update({.skip_locked = true}));
}

TEST_F(GoldenDialects, compounds) {
    const auto some = select(users.id).order_by(users.age).limit(2);
    expect_golden("1.6-8/limited_member", union_all(some, select(addresses.id)));
    expect_golden("1.6-8/ordered_and_limited",
                  union_(select(users.id), select(addresses.id)).order_by(users.id).limit(3));
}

TEST_F(GoldenDialects, common_table_expressions) {
    const auto ids = select(users.id).where(users.age > 3).cte("ids");
    expect_golden("1.6-10/select", select(ids[users.id]));
    expect_golden("1.6-10/insert",
                  insert(addresses)
                      .columns(addresses.email, addresses.user_id)
                      .from_select(select(literal("x").label("mail"), ids[users.id])));
    expect_golden("1.6-10/delete",
                  delete_(addresses).where(addresses.user_id.in(select(ids[users.id]))));
}

TEST_F(GoldenDialects, conditions_and_values) {
    expect_golden("1.6-13/condition_selected", select((users.age > 3).label("old")));
    expect_golden("1.6-13/exists_selected",
                  select(select(users.id).where(users.age > 3).exists().label("some_are")));
    expect_golden("1.6-13/value_as_condition",
                  select(users.id).where(func::coalesce(users.age > 3, false)));
    expect_golden("1.6-16/in_subquery",
                  select(users.id).where(
                      users.id.in(select(addresses.user_id).order_by(addresses.email).limit(2))));
    expect_golden("1.6-17/concatenation", select((users.name + " " + users.name).label("twice")));
    expect_golden("1.6-18/modulo", select((users.age % 2).label("odd")));
}

TEST_F(GoldenDialects, composed_expressions) {
    expect_golden("1.6-3/fetch_with_ties",
                  select(users.id).order_by(users.age).fetch(5, {.with_ties = true}));
    expect_golden("1.6-11/values_of_rows",
                  select(func::count().label("many"))
                      .select_from(values("given", column<int>("n"), column<std::string>("word"))
                                       .data({{1, "one"}, {2, "two"}})));
    expect_golden(
        "1.6-18/bits",
        select(bitwise_and(users.age, 3).label("both"), bitwise_or(users.age, 3).label("either"),
               bitwise_xor(users.age, 3).label("one"), bitwise_not(users.age).label("no")));
    expect_golden("1.6-17/regular_expression",
                  select(users.id).where(regexp_match(users.name, "^x")));
    expect_golden("1.6-21/times_and_chance",
                  select(func::now().label("instant"), func::current_date().label("day"),
                         func::random().label("chance"), func::pow(users.age, 2).label("square")));
    expect_golden("1.6-22/joined_texts", select(func::aggregate_strings(users.name, ", ")
                                                    .aggregate_order_by(users.id.desc())
                                                    .label("names")));
    expect_golden("1.6-22/row_number",
                  select(func::row_number()
                             .over({.partition_by = {users.age}, .order_by = {users.id}})
                             .label("place")));
}

TEST_F(GoldenDialects, inserts_and_upserts) {
    const auto one = insert(addresses).values(addresses.email = "a", addresses.user_id = 1);
    expect_golden("1.6-24/insert", one);
    expect_golden("1.6-24/insert_returning", one.returning(addresses.id, addresses.email));
    expect_golden("1.6-24/default_values", insert(users));
    expect_golden("1.6-24/from_select",
                  insert(addresses)
                      .columns(addresses.email, addresses.user_id)
                      .from_select(select(users.name, users.id).where(users.age > 3)));
    expect_golden("1.6-26/do_nothing", one.on_conflict_do_nothing());
}

}  // namespace
