// SPDX-License-Identifier: MIT
// Golden SQL of INSERT, UPDATE and DELETE (features 1.6-25 and 1.6-27).
#include "golden.hpp"
#include "support.hpp"

#include <gtest/gtest.h>

using namespace azoth;
using azoth_test::expect_golden;

namespace {

class GoldenDml : public azoth_test::ShopTest {};

TEST_F(GoldenDml, updates_and_deletes) {
    expect_golden("1.6-25/update",
                  update(users).values(users.age = users.age + 1).where(users.id == 1));
    expect_golden(
        "1.6-25/update_from",
        update(users).values(users.name = addresses.email).where(addresses.user_id == users.id));
    const auto first_mail =
        select(addresses.email).where(addresses.user_id == users.id).limit(1).scalar_subquery();
    expect_golden("1.6-25/update_correlated",
                  update(users).values(users.name = func::coalesce(first_mail, "none")));
    expect_golden("1.6-25/update_returning",
                  update(users).values(users.age = 1).returning(users.id));
    expect_golden("1.6-25/delete", delete_(users).where(users.id == 1));
    expect_golden("1.6-25/delete_using", delete_(users).where(addresses.user_id == users.id));
    expect_golden("1.6-25/delete_returning", delete_(users).returning(users.id));
}

TEST_F(GoldenDml, inserts_of_rows) {
    expect_golden("1.6-27/insert_returning",
                  insert(addresses)
                      .values(addresses.email = "a", addresses.user_id = 1)
                      .values(addresses.email = "b", addresses.user_id = 2)
                      .returning(addresses.id));
}

}  // namespace
