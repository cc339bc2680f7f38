// SPDX-License-Identifier: MIT
// Golden SQL of SELECT (features 1.6-2 to 1.6-13).
#include "golden.hpp"
#include "support.hpp"

#include <gtest/gtest.h>

using namespace azoth;
using azoth_test::expect_golden;

namespace {

class GoldenSelect : public azoth_test::ShopTest {};

TEST_F(GoldenSelect, joins_with_inferred_conditions) {
    const auto both = select(users.name, addresses.email);
    expect_golden("1.6-2/join", both.join(addresses));
    expect_golden("1.6-2/outer_join",
                  select(users.name, nullable(addresses.email)).outer_join(addresses));
    expect_golden("1.6-2/join_on", both.join(addresses, addresses.user_id == users.id + 1));
    expect_golden("1.6-2/cross_join", both.cross_join(addresses));
    expect_golden("1.6-2/full_outer_join",
                  select(nullable(users.name), nullable(addresses.email))
                      .full_outer_join(addresses, addresses.user_id == users.id));
}

TEST_F(GoldenSelect, locks) {
    const auto query = select(users.id).where(users.age > 3).order_by(users.id).limit(5);
    expect_golden("1.6-5/for_update", query.with_for_update());
    expect_golden("1.6-5/for_update_nowait", query.with_for_update({.nowait = true}));
    expect_golden("1.6-5/for_update_skip_locked", query.with_for_update({.skip_locked = true}));
    expect_golden("1.6-5/for_share", query.with_for_update({.read = true}));
    expect_golden("1.6-5/for_key_share", query.with_for_update({.read = true, .key_share = true}));
    expect_golden("1.6-5/for_no_key_update", query.with_for_update({.key_share = true}));
    // NOLINTNEXTLINE(cppcoreguidelines-slicing): a FromClause is a handle
    const ForUpdate of_users{.of = {users}};
    expect_golden("1.6-5/for_update_of",
                  select(users.id).join(addresses).with_for_update(of_users));
}

TEST_F(GoldenSelect, subqueries_and_aliases) {
    const auto mails = select(addresses.id).where(addresses.user_id == users.id);
    expect_golden("1.6-9/exists", select(users.id).where(mails.exists()));
    expect_golden("1.6-9/not_exists", select(users.id).where(!mails.exists()));
    expect_golden("1.6-9/scalar_subquery",
                  select(users.id, select(func::count(addresses.id))
                                       .where(addresses.user_id == users.id)
                                       .scalar_subquery()
                                       .label("mails")));
    const auto sub = select(users.id, users.age).where(users.age > 3).subquery("adults");
    expect_golden("1.6-9/subquery", select(sub[users.id]));
    const azoth_test::Users others = alias(users, "other");
    expect_golden("1.6-9/alias", select(users.id, others.id).where(users.age < others.age));
}

TEST_F(GoldenSelect, conditions_by_precedence) {
    const auto where = [&](const Expr<bool>& condition) {
        return select(users.id).where(condition);
    };
    expect_golden("1.6-13/and_or",
                  where((users.id == 1 || users.id == 2) && (users.age > 3 || users.age < 1)));
    expect_golden("1.6-13/not", where(!(users.id == 1 && users.age > 3)));
    expect_golden("1.6-13/null", where(users.fullname == nullptr || users.fullname != nullptr));
    expect_golden("1.6-13/false", where(!Expr<bool>()));
}

}  // namespace
