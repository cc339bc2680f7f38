// SPDX-License-Identifier: MIT
// Results that are open while something else happens.
#include <tests/compliance/support.hpp>

namespace compliance {
namespace {

class OpenResults : public UsersTest {
  protected:
    Connection conn = engine.connect();
    const Select<std::int64_t> ids = select(users.id).order_by(users.id);
};
AZOTH_ON_ALL_DATABASES(OpenResults);

TEST_P(OpenResults, R21_two_are_read_in_turns) {
    auto up = conn.execute(ids);
    auto down = conn.execute(select(users.id).order_by(users.id.desc()));
    Integers seen;
    while (auto* row = up.next()) {
        seen.push_back(row->get<0>());
        seen.push_back(down.next()->get<0>());
    }
    EXPECT_THAT(seen, ElementsAre(1, 3, 2, 2, 3, 1));
    EXPECT_EQ(down.next(), nullptr);
}

TEST_P(OpenResults, R21_a_statement_nested_in_its_own_loop_gives_nine_rows) {
    std::string seen;
    for (auto [outer] : conn.execute(ids))
        for (auto [inner] : conn.execute(select(users.id).order_by(users.id)))
            seen += std::to_string(outer) + std::to_string(inner) + " ";
    EXPECT_EQ(seen, "11 12 13 21 22 23 31 32 33 ");
}

TEST_P(OpenResults, R21_three_levels_of_one_statement_with_an_in_list) {
    int rows = 0;
    const auto query = select(users.id).where(users.id.in({1, 2, 3}));
    for (auto [a] : conn.execute(query))
        for (auto [b] : conn.execute(query))
            for (auto [c] : conn.execute(query)) rows += a + b + c > 0 ? 1 : 0;
    EXPECT_EQ(rows, 27);
}

TEST_P(OpenResults, R21_rows_don_t_change_by_writes_in_the_loop) {
    Integers seen;
    for (auto [id, age] : conn.execute(select(users.id, users.age).order_by(users.id))) {
        seen.push_back(age);
        conn.execute(update(users).values(users.age = users.age + 100));
        conn.execute(insert(users).values(users.name = "new" + std::to_string(id)));
    }
    EXPECT_THAT(seen, ElementsAre(30, 20, 40));
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(users)), 6);
}

TEST_P(OpenResults, R21_rows_may_be_deleted_while_they_are_read) {
    Integers seen;
    conn.execute(delete_(addresses));
    for (auto [id] : conn.execute(ids)) {
        seen.push_back(id);
        conn.execute(delete_(users).where(users.id >= id));
    }
    EXPECT_THAT(seen, ElementsAre(1, 2, 3));
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(users)), 0);
}

TEST_P(OpenResults, R21_outlive_commit_and_rollback) {
    auto result = conn.execute(ids);
    ASSERT_NE(result.next(), nullptr);
    conn.commit();
    EXPECT_EQ(result.next()->get<0>(), 2);
    conn.rollback();
    EXPECT_EQ(result.next()->get<0>(), 3);
    EXPECT_EQ(result.next(), nullptr);
}

TEST_P(OpenResults, R21_outlive_the_rollback_of_what_they_saw) {
    conn.execute(insert(users).values(users.name = "ghost"));
    auto result = conn.execute(select(users.name).order_by(users.id));
    ASSERT_NE(result.next(), nullptr);
    conn.rollback();
    EXPECT_THAT(result.all().size(), 3U);
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(users)), 3);
}

TEST_P(OpenResults, outlive_a_savepoint) {
    auto before = conn.execute(ids);
    ASSERT_NE(before.next(), nullptr);
    auto savepoint = conn.begin_nested();
    auto within = conn.execute(ids);
    ASSERT_NE(within.next(), nullptr);
    savepoint.rollback();
    EXPECT_EQ(within.all().size(), 2U);
    EXPECT_EQ(before.all().size(), 2U);
}

TEST_P(OpenResults, outlive_an_error_of_another_statement) {
    auto result = conn.execute(ids);
    ASSERT_NE(result.next(), nullptr);
    EXPECT_THROW(conn.execute(text("select * from no_such_table")), ProgrammingError);
    EXPECT_EQ(result.all().size(), 2U);
}

TEST_P(OpenResults, end_with_their_connection) {
    auto result = conn.execute(ids);
    ASSERT_NE(result.next(), nullptr);
    conn.close();
    EXPECT_THAT(message_of<ResourceClosedError>([&] { (void)result.next(); }),
                HasSubstr("Connection"));
    result.close();
}

TEST_P(OpenResults, may_be_destroyed_after_their_connection) {
    auto first = std::make_unique<Connection>(engine.connect());
    auto result = first->execute(ids);
    ASSERT_NE(result.next(), nullptr);
    first.reset();
    EXPECT_THROW((void)result.all(), ResourceClosedError);
}

TEST_P(OpenResults, left_unread_don_t_disturb_the_next_user_of_the_connection) {
    {
        auto other = engine.connect();
        auto result = other.execute(ids);
        ASSERT_NE(result.next(), nullptr);
    }
    EXPECT_EQ(conn.execute(ids).all().size(), 3U);
}

TEST_P(OpenResults, can_be_moved_in_the_middle) {
    auto result = conn.execute(ids);
    ASSERT_NE(result.next(), nullptr);
    auto moved = std::move(result);
    EXPECT_EQ(moved.next()->get<0>(), 2);
    result = conn.execute(ids);
    moved = std::move(result);
    EXPECT_EQ(moved.all().size(), 3U);
}

TEST_P(OpenResults, may_feed_an_insert_of_a_range) {
    struct Rows {  // an input range over an open result
        Result<std::string, std::int64_t>& result;
        [[nodiscard]] auto begin() const { return result.begin(); }
        [[nodiscard]] auto end() const { return result.end(); }
    };
    auto source = conn.execute(select(users.name, users.id).order_by(users.id));
    const auto inserted = conn.execute(
        insert(addresses).columns(addresses.email, addresses.user_id).returning(addresses.email),
        Rows{source});
    EXPECT_THAT(inserted.scalars(), ElementsAre("sandy", "patrick", "squidward"));
}

TEST_P(OpenResults, an_exception_in_the_loop_leaves_the_connection_usable) {
    try {
        for ([[maybe_unused]] auto row : conn.execute(ids)) throw std::runtime_error("enough");
    } catch (const std::runtime_error&) {
    }
    EXPECT_EQ(conn.execute(ids).all().size(), 3U);
}

TEST_P(OpenResults, R5_a_bad_row_in_the_middle_leaves_the_rest_readable) {
    auto result = conn.execute(select(users.c<std::string>("fullname"))
                                   .order_by(users.fullname.is_null().desc(), users.id));
    EXPECT_THROW((void)result.fetchone(), NullValueError);
    EXPECT_EQ(result.fetchone().value().get<0>(), "Sandy Cheeks");
    EXPECT_EQ(conn.scalar(select(users.id).where(users.id == 1)), 1);
}

}  // namespace
}  // namespace compliance
