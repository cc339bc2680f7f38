// SPDX-License-Identifier: MIT
// UPDATE and DELETE.
#include <tests/compliance/support.hpp>

#include <algorithm>

namespace compliance {
namespace {

class Changes : public UsersTest {
  protected:
    Integers ages() {
        return conn.execute(select(cast<std::int64_t>(users.age)).order_by(users.id))
            .scalars()
            .all();
    }
    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(Changes);

TEST_P(Changes, an_update_counts_the_rows_it_matched) {
    EXPECT_EQ(conn.execute(update(users).values(users.age = 1).where(users.id == 2)).rowcount(), 1);
    EXPECT_EQ(conn.execute(update(users).values(users.age = 1).where(users.id == 2)).rowcount(), 1)
        << "also unchanged";
    EXPECT_EQ(conn.execute(update(users).values(users.age = 1).where(users.id == 99)).rowcount(),
              0);
    EXPECT_EQ(conn.execute(update(users).values(users.age = 7)).rowcount(), 3);
    EXPECT_THAT(ages(), ElementsAre(7, 7, 7));
}

TEST_P(Changes, rows_are_counted_in_text_and_beside_returning_too) {
    EXPECT_EQ(conn.execute(text("update user_account set age = age where age > :a"), {{"a", 20}})
                  .rowcount(),
              2);
    if (requirements.update_returning) {
        EXPECT_EQ(
            conn.execute(
                    update(users).values(users.age = 1).where(users.id < 3).returning(users.id))
                .rowcount(),
            2);
    }
    EXPECT_EQ(conn.execute(delete_(addresses).where(addresses.user_id == 1).returning(addresses.id))
                  .rowcount(),
              2);
    EXPECT_EQ(conn.execute(text("delete from address")).rowcount(), 1);
}

TEST_P(Changes, an_update_calculates_with_the_old_values) {
    conn.execute(update(users).values(users.age = users.age + 1, users.name = users.name + "!",
                                      users.fullname = nullptr));
    EXPECT_THAT(ages(), ElementsAre(31, 21, 41));
    EXPECT_EQ(conn.scalar(select(users.name).where(users.fullname.is_null() && users.id == 1)),
              "sandy!");
    conn.execute(update(users)
                     .values(users.fullname = users.name,
                             users.name = func::coalesce(users.fullname, "none"))
                     .where(users.id == 1));
    auto [name, fullname] =
        conn.execute(select(users.name, users.fullname).where(users.id == 1)).one();
    EXPECT_EQ(name, "none");
    EXPECT_EQ(fullname, "sandy!");
    conn.execute(
        update(users).values(users.age = case_(when(users.id == 1, 100)).else_(users.age)));
    EXPECT_THAT(ages(), ElementsAre(100, 21, 41));
}

TEST_P(Changes, an_update_takes_values_from_subqueries) {
    const auto count = select(func::count())
                           .select_from(addresses)
                           .where(addresses.user_id == users.id)
                           .scalar_subquery();
    conn.execute(update(users).values(users.age = func::coalesce(cast<int>(count), 0)));
    EXPECT_THAT(ages(), ElementsAre(2, 0, 1));
    EXPECT_EQ(
        conn.execute(update(users)
                         .values(users.age = 50)
                         .where(exists(select(addresses.id).where(addresses.user_id == users.id))))
            .rowcount(),
        2);
    EXPECT_THAT(ages(), ElementsAre(50, 0, 50));
    EXPECT_EQ(
        conn.execute(update(users)
                         .values(users.age = 60)
                         .where(users.id.in(
                             select(addresses.user_id).where(addresses.email.startswith("squid")))))
            .rowcount(),
        1);
    EXPECT_THAT(ages(), ElementsAre(50, 0, 60));
}

TEST_P(Changes, an_update_reads_from_another_table) {
    EXPECT_EQ(
        conn.execute(update(users)
                         .values(users.fullname = addresses.email)
                         .where(users.id == addresses.user_id, addresses.email.startswith("s")))
            .rowcount(),
        2);
    const auto names = conn.execute(select(users.fullname).order_by(users.id)).scalars().all();
    EXPECT_THAT(names, ElementsAre("sandy@example.org", "Patrick Star", "squid@example.org"));
    const auto counts = select(addresses.user_id, func::count().label("n"))
                            .group_by(addresses.user_id)
                            .subquery("counts");
    EXPECT_EQ(conn.execute(update(users)
                               .values(users.age = cast<int>(counts.get<1>()))
                               .where(counts.get<0>() == users.id))
                  .rowcount(),
              2);
    EXPECT_THAT(ages(), ElementsAre(2, 20, 1));
}

TEST_P(Changes, an_update_returns_the_new_values) {
    if (!requirements.update_returning) {
        EXPECT_THAT(message_of<UnsupportedCompilationError>([&] {
                        conn.execute(update(users).values(users.age = 1).returning(users.id));
                    }),
                    HasSubstr("UPDATE … RETURNING"));
        return;
    }
    Integers seen;
    for (auto [id, age] : conn.execute(update(users)
                                           .values(users.age = users.age * 2)
                                           .where(users.age > 25)
                                           .returning(users.id, users.age)))
        seen.push_back(id * 1000 + age);
    std::sort(seen.begin(), seen.end());
    EXPECT_THAT(seen, ElementsAre(1060, 3080));
    EXPECT_EQ(conn.execute(update(users)
                               .values(users.age = 1)
                               .where(users.id == 1)
                               .returning((users.age + 1).label("next")))
                  .scalar_one(),
              2);
    EXPECT_EQ(
        conn.execute(update(users).values(users.age = 1).where(users.id == 99).returning(users.id))
            .one_or_none(),
        std::nullopt);
    EXPECT_EQ(conn.execute(update(users).values(users.age = 1).returning(users.id)).rowcount(), 3);
}

TEST_P(Changes, an_update_is_checked) {
    EXPECT_THROW((void)conn.execute(update(users)), ArgumentError);
    EXPECT_THROW((void)conn.execute(update(users).values(users.age = 1, users.age = 2)),
                 ArgumentError);
    EXPECT_THROW((void)conn.execute(update(users).values(addresses.email = "x")), ArgumentError);
    EXPECT_EQ(ages().size(), 3U);
}

TEST_P(Changes, conditions_add_up_and_none_means_all_rows) {
    EXPECT_EQ(
        conn.execute(update(users).values(users.age = 1).where(users.id > 1).where(users.id < 3))
            .rowcount(),
        1);
    EXPECT_EQ(conn.execute(update(users).values(users.age = 1).where(Expr<bool>())).rowcount(), 3);
    EXPECT_EQ(conn.execute(update(users).values(users.age = 1).where(or_())).rowcount(), 0);
    EXPECT_EQ(
        conn.execute(update(users).values(users.age = 1).where(users.id.in(Integers{}))).rowcount(),
        0);
    EXPECT_EQ(conn.execute(delete_(addresses).where(or_())).rowcount(), 0);
}

TEST_P(Changes, a_delete_counts_and_returns) {
    EXPECT_EQ(conn.execute(delete_(addresses).where(addresses.user_id == 1)).rowcount(), 2);
    EXPECT_EQ(conn.execute(delete_(addresses).where(addresses.user_id == 1)).rowcount(), 0);
    EXPECT_EQ(conn.execute(delete_(addresses).returning(addresses.email)).scalar_one(),
              "squid@example.org");
    EXPECT_EQ(
        conn.execute(delete_(users).where(users.id.in({1, 2})).returning(users.id, users.name))
            .all()
            .size(),
        2U);
    EXPECT_EQ(conn.execute(delete_(users)).rowcount(), 1);
}

TEST_P(Changes, a_delete_by_another_table_or_what_the_message_advises) {
    const auto direct =
        delete_(addresses).where(addresses.user_id == users.id, users.name == "sandy");
    if (requirements.delete_using) {
        EXPECT_EQ(conn.execute(direct).rowcount(), 2);
    } else {
        EXPECT_THAT(message_of<UnsupportedCompilationError>([&] { conn.execute(direct); }),
                    testing::AllOf(HasSubstr("USING"), HasSubstr("EXISTS")));
    }
    const auto advised = delete_(addresses).where(
        exists(select(users.id).where(users.id == addresses.user_id, users.name == "squidward")));
    EXPECT_EQ(conn.execute(advised).rowcount(), 1);
}

TEST_P(Changes, a_foreign_key_protects_its_rows) {
    EXPECT_THROW(conn.execute(delete_(users).where(users.id == 1)), IntegrityError);
    conn.rollback();
    EXPECT_THROW(
        conn.execute(insert(addresses).values(addresses.email = "x", addresses.user_id = 99)),
        IntegrityError);
    conn.rollback();
    EXPECT_EQ(conn.execute(delete_(users).where(users.id == 2)).rowcount(), 1);
}

TEST_P(Changes, columns_of_run_time_type_are_set_by_name) {
    const Table dynamic = metadata.table("user_account");
    conn.execute(
        insert(dynamic).values(set(dynamic.c("name"), "plankton"), set(dynamic.c("age"), 3)));
    EXPECT_EQ(conn.execute(update(dynamic)
                               .values(set(dynamic.c("age"), 4))
                               .where(dynamic.c("name") == "plankton"))
                  .rowcount(),
              1);
    EXPECT_EQ(conn.scalar(select(users.age).where(users.name == "plankton")), 4);
    EXPECT_EQ(conn.execute(delete_(dynamic).where(dynamic.c("age") == 4)).rowcount(), 1);
    EXPECT_THROW((void)dynamic.c("nme"), NoSuchColumnError);
}

TEST_P(Changes, statements_without_rows_have_rowcount_minus_one) {
    EXPECT_EQ(conn.execute(select(users.id)).rowcount(), -1);
    EXPECT_EQ(conn.execute(text("update user_account set age = 1")).rowcount(), 3);
}

}  // namespace
}  // namespace compliance
