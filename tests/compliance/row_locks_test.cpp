// SPDX-License-Identifier: MIT
// with_for_update: rows that are locked while a transaction reads them.
#include <tests/compliance/support.hpp>

// NOLINTBEGIN(cppcoreguidelines-slicing): a FromClause is a handle

namespace compliance {
namespace {

class RowLocks : public UsersTest {
  protected:
    /// Gives up soon where another transaction has the lock.
    static void hurry(Connection& connection, const Requirements& requirements) {
        if (requirements.sqlite) connection.exec_driver_sql("PRAGMA busy_timeout = 20");
        if (requirements.postgresql) connection.exec_driver_sql("SET lock_timeout = '100ms'");
        if (requirements.mariadb) connection.exec_driver_sql("SET innodb_lock_wait_timeout = 1");
        connection.commit();
    }
    [[nodiscard]] auto user(std::int64_t id) const {
        return select(users.name).where(users.id == id);
    }

    Connection conn = engine.connect();
    const Select<std::int64_t> ids = select(users.id).order_by(users.id);
};
AZOTH_ON_ALL_DATABASES(RowLocks);

TEST_P(RowLocks, in_all_their_forms_are_SQL_that_the_database_takes) {
    const auto count = [&](const ForUpdate& lock) {
        const auto found = conn.scalars(ids.with_for_update(lock)).all().size();
        conn.commit();
        return found;
    };
    EXPECT_EQ(count({}), 3U);
    EXPECT_EQ(count({.read = true}), 3U);
    EXPECT_EQ(count({.key_share = true}), 3U);
    EXPECT_EQ(count({.read = true, .key_share = true}), 3U);
    EXPECT_EQ(count({.nowait = true}), 3U);
    EXPECT_EQ(count({.skip_locked = true}), 3U);
    EXPECT_EQ(count({.nowait = true, .read = true}), 3U);
    EXPECT_EQ(count({.of = {users}}), 3U);
    EXPECT_EQ(conn.scalars(ids.limit(2).offset(1).with_for_update()).all().size(), 2U);
    const auto sub = ids.with_for_update().subquery("locked");
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(sub)), 3);
}

TEST_P(RowLocks, keep_others_from_writing_until_the_transaction_ends) {
    if (!requirements.several_connections) {
        EXPECT_EQ(conn.scalar(user(1).with_for_update()), "sandy");
        return;
    }
    auto other = engine.connect();
    hurry(other, requirements);
    EXPECT_EQ(conn.scalar(user(1).with_for_update()), "sandy");
    EXPECT_THROW(other.execute(update(users).values(users.age = 1).where(users.id == 1)),
                 OperationalError);
    other.rollback();
    conn.commit();
    EXPECT_EQ(other.execute(update(users).values(users.age = 1).where(users.id == 1)).rowcount(),
              1);
    other.commit();
}

TEST_P(RowLocks, by_another_are_an_error_or_left_out_where_nobody_waits) {
    if (!requirements.row_locks) {
        EXPECT_EQ(conn.scalars(ids.with_for_update({.skip_locked = true})).all().size(), 3U);
        return;
    }
    auto other = engine.connect();
    EXPECT_EQ(conn.scalar(user(2).with_for_update()), "patrick");
    const auto error = caught<OperationalError>(
        [&] { (void)other.scalar(user(2).with_for_update({.nowait = true})); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->statement(), HasSubstr("NOWAIT"));
    other.rollback();
    EXPECT_THAT(other.scalars(ids.with_for_update({.skip_locked = true})).all(), ElementsAre(1, 3));
}

TEST_P(RowLocks, to_read_are_shared) {
    if (!requirements.row_locks) {
        EXPECT_EQ(conn.scalar(user(2).with_for_update({.read = true})), "patrick");
        return;
    }
    auto other = engine.connect();
    EXPECT_EQ(conn.scalar(user(2).with_for_update({.read = true})), "patrick");
    EXPECT_EQ(other.scalar(user(2).with_for_update({.nowait = true, .read = true})), "patrick");
    other.rollback();
    EXPECT_THROW((void)other.scalar(user(2).with_for_update({.nowait = true})), OperationalError);
}

TEST_P(RowLocks, of_one_table_leave_the_other_free) {
    const auto joined = select(users.name, addresses.email)
                            .join(addresses)
                            .where(users.id == 3)
                            .with_for_update({.of = {addresses}});
    EXPECT_EQ(conn.execute(joined).all().size(), 1U);
    if (!requirements.row_locks) return;
    auto other = engine.connect();
    const auto lock_user = user(3).with_for_update({.nowait = true});
    if (requirements.lock_of)
        EXPECT_EQ(other.scalar(lock_user), "squidward");
    else
        EXPECT_THROW((void)other.scalar(lock_user), OperationalError) << "stronger, never weaker";
}

TEST_P(RowLocks, are_of_aliases_by_their_names) {
    const Users others = alias(users, "other");
    const auto pairs = select(users.id, others.id)
                           .where(users.id == 1, others.id == 2)
                           .with_for_update({.of = {users, others}});
    EXPECT_EQ(conn.execute(pairs).all().size(), 1U);
    const Users nameless = alias(users);
    EXPECT_EQ(conn.scalars(select(nameless.id).with_for_update({.of = {nameless}})).all().size(),
              3U);
}

TEST_P(RowLocks, of_what_is_not_selected_from_are_refused) {
    EXPECT_THAT(message_of<CompileError>(
                    [&] { (void)conn.execute(ids.with_for_update({.of = {addresses}})); }),
                testing::AllOf(HasSubstr("address"), HasSubstr("FROM")));
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { (void)ids.with_for_update({.nowait = true, .skip_locked = true}); }),
                HasSubstr("skip_locked"));
}

TEST_P(RowLocks, are_another_statement_for_the_cache) {
    EXPECT_EQ(conn.scalars(ids.with_for_update()).all().size(), 3U);
    const auto before = engine.cache_statistics();
    EXPECT_EQ(conn.scalars(ids.with_for_update()).all().size(), 3U);
    EXPECT_EQ(engine.cache_statistics().misses, before.misses);
    EXPECT_EQ(conn.scalars(ids.with_for_update({.read = true})).all().size(), 3U);
    EXPECT_EQ(engine.cache_statistics().misses, before.misses + 1);
    EXPECT_EQ(conn.scalars(ids.with_for_update({.read = true}).with_for_update()).all().size(), 3U)
        << "the later call replaces the earlier";
    EXPECT_EQ(engine.cache_statistics().misses, before.misses + 1);
}

}  // namespace
}  // namespace compliance

// NOLINTEND(cppcoreguidelines-slicing)
