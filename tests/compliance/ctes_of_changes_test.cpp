// SPDX-License-Identifier: MIT
// Common table expressions that INSERT, UPDATE and DELETE read from.
#include <tests/compliance/support.hpp>

namespace compliance {
namespace {

class CtesOfChanges : public UsersTest {
  protected:
    /// For each user with addresses, how many.
    [[nodiscard]] auto mail_counts() const {
        return select(addresses.user_id, func::count().label("n")).group_by(addresses.user_id);
    }
    /// Sets ages to those counts.
    [[nodiscard]] auto count_into_age(const auto& counts) const {
        return update(users)
            .values(users.age = cast<int>(counts.template get<1>()))
            .where(users.id == counts.template get<0>());
    }
    [[nodiscard]] std::vector<int> ages() {
        return conn.execute(select(users.age).order_by(users.id)).scalars().all();
    }
    [[nodiscard]] Integers address_ids() {
        return conn.execute(select(addresses.id).order_by(addresses.id)).scalars().all();
    }
    void expect_refused(const auto& statement, const std::string& remedy) {
        EXPECT_THAT(message_of<UnsupportedCompilationError>([&] { (void)conn.execute(statement); }),
                    HasSubstr(remedy));
    }

    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(CtesOfChanges);

TEST_P(CtesOfChanges, an_update_takes_its_values_from_one) {
    const auto change = count_into_age(mail_counts().cte("mails"));
    if (requirements.with_before_dml) {
        EXPECT_EQ(conn.execute(change).rowcount(), 2);
    } else {
        expect_refused(change, "use a subquery");
        EXPECT_EQ(conn.execute(count_into_age(mail_counts().subquery("mails"))).rowcount(), 2);
    }
    EXPECT_THAT(ages(), ElementsAre(2, 20, 1));
}

TEST_P(CtesOfChanges, an_update_returns_what_it_took_from_one) {
    const auto change = count_into_age(mail_counts().cte("mails")).returning(users.id, users.age);
    if (!requirements.with_before_dml) return expect_refused(change, "UPDATE");
    Integers sums;
    for (const auto& [id, age] : conn.execute(change)) sums.push_back(id * 10 + age);
    EXPECT_THAT(sums, testing::UnorderedElementsAre(12, 31));
}

TEST_P(CtesOfChanges, a_delete_is_told_its_rows_by_one) {
    const auto sandy = select(users.id).where(users.name == "sandy").cte("of sandy");
    const auto joined = delete_(addresses).where(addresses.user_id == sandy.get<0>());
    const auto asking = delete_(addresses).where(addresses.user_id.in(select(sandy.get<0>())));
    if (!requirements.with_before_dml) {
        expect_refused(joined, "WITH");
        expect_refused(asking, "use a subquery");
        EXPECT_THAT(address_ids(), ElementsAre(1, 2, 3));
        return;
    }
    if (requirements.delete_using) {
        EXPECT_EQ(conn.execute(joined).rowcount(), 2);
    } else {
        expect_refused(joined, "USING");
        EXPECT_EQ(conn.execute(asking).rowcount(), 2);
    }
    EXPECT_THAT(address_ids(), ElementsAre(3));
}

TEST_P(CtesOfChanges, a_delete_compares_with_a_value_out_of_one) {
    const auto first = select(addresses.id).where(addresses.user_id == 1).cte("first");
    const auto last_of_sandy = select(func::max(first.get<0>())).scalar_subquery();
    const auto change = delete_(addresses).where(addresses.id == last_of_sandy);
    if (!requirements.with_before_dml) return expect_refused(change, "use a subquery");
    EXPECT_EQ(conn.execute(change).rowcount(), 1);
    EXPECT_THAT(address_ids(), ElementsAre(1, 3));
}

TEST_P(CtesOfChanges, an_insert_takes_the_rows_of_a_recursive_one) {
    auto numbers = select(literal(1).label("n")).cte("numbers", true);
    numbers = numbers.union_all(select(numbers.get<0>() + 1).where(numbers.get<0>() < 4));
    const auto more =
        insert(users)
            .columns(users.name, users.age)
            .from_select(select(literal("number ") + cast<std::string>(numbers.get<0>()),
                                numbers.get<0>() * 10)
                             .where(numbers.get<0>() > 1));
    for (int round = 1; round <= 2; ++round) {
        EXPECT_EQ(conn.execute(more).rowcount(), 3);
        EXPECT_EQ(conn.scalar(select(func::sum(users.age)).where(users.name.startswith("number"))),
                  round * 90);
    }
}

TEST_P(CtesOfChanges, values_stay_in_their_places_before_and_behind_it) {
    const auto wanted = select(users.id).where(users.age > 15, users.age < 35).cte("wanted");
    const auto change = update(users)
                            .values(users.fullname = "changed", users.age = users.age + 100)
                            .where(users.id.in(select(wanted.get<0>()).where(wanted.get<0>() > 1)),
                                   users.name != "nobody");
    if (!requirements.with_before_dml) return expect_refused(change, "WITH");
    EXPECT_EQ(conn.execute(change).rowcount(), 1);
    EXPECT_THAT(ages(), ElementsAre(30, 120, 40));
    EXPECT_EQ(conn.execute(select(users.fullname).where(users.id == 2)).scalar_one(), "changed");
}

TEST_P(CtesOfChanges, two_of_one_name_are_an_error_that_names_it) {
    const auto one = select(users.id).where(users.id == 1).cte("twice");
    const auto two = select(users.id).where(users.id == 2).cte("twice");
    const auto from_both =
        insert(users)
            .columns(users.name)
            .from_select(select(literal("x"))
                             .where(exists(select(one.get<0>())), exists(select(two.get<0>()))));
    EXPECT_THAT(message_of<CompileError>([&] { (void)conn.execute(from_both); }),
                HasSubstr("twice"));
    EXPECT_EQ(ages().size(), 3U);
}

}  // namespace
}  // namespace compliance
