// SPDX-License-Identifier: MIT
// Transactions and savepoints.
#include <tests/compliance/support.hpp>

namespace compliance {
namespace {

class Transactions : public UsersTest {
  protected:
    std::int64_t count(Connection& conn) {
        return conn.scalar(select(func::count()).select_from(users)).value();
    }
    void add(Connection& conn, const std::string& name) {
        conn.execute(insert(users).values(users.name = name));
    }
    void fail(Connection& conn) {
        EXPECT_THROW(conn.execute(insert(users).values(users.id = 1, users.name = "duplicate")),
                     IntegrityError);
    }
    /// Who is there now, as another transaction sees it.
    Strings names() {
        auto conn = engine.connect();
        return conn.execute(select(users.name).where(users.id > 3).order_by(users.name))
            .scalars()
            .all();
    }
};
AZOTH_ON_ALL_DATABASES(Transactions);

TEST_P(Transactions, the_first_statement_begins_one) {
    auto conn = engine.connect();
    EXPECT_FALSE(conn.in_transaction());
    add(conn, "a");
    EXPECT_TRUE(conn.in_transaction());
    conn.commit();
    EXPECT_FALSE(conn.in_transaction());
    EXPECT_EQ(count(conn), 4);
    EXPECT_TRUE(conn.in_transaction());
}

TEST_P(Transactions, commit_as_you_go) {
    {
        auto conn = engine.connect();
        add(conn, "a");
        conn.commit();
        add(conn, "b");
        conn.rollback();
        add(conn, "c");
        conn.commit();
        add(conn, "d");
    }
    EXPECT_THAT(names(), ElementsAre("a", "c"));
}

TEST_P(Transactions, R25_a_destructor_rolls_back) {
    {
        auto conn = engine.connect();
        add(conn, "lost");
    }
    EXPECT_THAT(names(), IsEmpty());
    {
        auto transaction = engine.begin();
        add(*transaction, "lost");
    }
    {
        auto conn = engine.connect();
        {
            auto transaction = conn.begin();
            add(conn, "lost");
        }
        EXPECT_FALSE(conn.in_transaction());
        EXPECT_EQ(count(conn), 3);
    }
    EXPECT_THAT(names(), IsEmpty());
}

TEST_P(Transactions, begin_once) {
    auto conn = engine.connect();
    {
        auto transaction = conn.begin();
        EXPECT_TRUE(transaction.is_active());
        add(conn, "a");
        transaction.commit();
        EXPECT_FALSE(transaction.is_active());
    }
    {
        auto transaction = conn.begin();
        add(conn, "b");
        transaction.rollback();
        EXPECT_FALSE(transaction.is_active());
        transaction.rollback();
    }
    conn.close();
    EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_P(Transactions, an_engine_runs_a_function_in_one) {
    const auto key = engine.begin([&](Connection& conn) {
        return conn.execute(insert(users).values(users.name = "a")).inserted_primary_key();
    });
    EXPECT_GT(key, 3);
    EXPECT_THAT(message_of<std::runtime_error>([&] {
                    engine.begin([&](Connection& conn) {
                        add(conn, "b");
                        throw std::runtime_error("no");
                    });
                }),
                HasSubstr("no"));
    engine.begin([&](Connection& conn) { add(conn, "c"); });
    EXPECT_THAT(names(), ElementsAre("a", "c"));
}

TEST_P(Transactions, what_has_ended_does_not_commit_again) {
    auto conn = engine.connect();
    auto transaction = conn.begin();
    transaction.commit();
    EXPECT_THAT(message_of<InvalidRequestError>([&] { transaction.commit(); }), HasSubstr("ended"));
    conn.commit();
    conn.commit();
    conn.rollback();
    auto second = conn.begin();
    EXPECT_FALSE(transaction.is_active());
    EXPECT_TRUE(second.is_active());
    transaction.rollback();
    EXPECT_TRUE(second.is_active());
}

TEST_P(Transactions, begin_twice_is_refused) {
    auto conn = engine.connect();
    auto transaction = conn.begin();
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)conn.begin(); }),
                HasSubstr("begin_nested"));
    transaction.rollback();
    (void)count(conn);
    EXPECT_THROW((void)conn.begin(), InvalidRequestError);
    conn.rollback();
    EXPECT_TRUE(conn.begin().is_active());
}

TEST_P(Transactions, the_connection_may_end_what_an_object_began) {
    auto conn = engine.connect();
    auto transaction = conn.begin();
    add(conn, "a");
    conn.commit();
    EXPECT_FALSE(transaction.is_active());
    EXPECT_THROW(transaction.commit(), InvalidRequestError);
    EXPECT_EQ(count(conn), 4);
}

TEST_P(Transactions, a_closed_connection_is_not_used) {
    auto conn = engine.connect();
    add(conn, "lost");
    auto savepoint = conn.begin_nested();
    conn.close();
    EXPECT_TRUE(conn.closed());
    EXPECT_FALSE(savepoint.is_active());
    EXPECT_THROW(savepoint.commit(), InvalidRequestError);
    savepoint.rollback();
    EXPECT_THROW((void)count(conn), ResourceClosedError);
    EXPECT_THROW((void)conn.begin(), ResourceClosedError);
    EXPECT_THROW((void)conn.begin_nested(), ResourceClosedError);
    EXPECT_THROW(conn.commit(), ResourceClosedError);
    EXPECT_THROW(conn.rollback(), ResourceClosedError);
    EXPECT_THROW(conn.exec_driver_sql("select 1"), ResourceClosedError);
    EXPECT_THROW((void)conn.driver_connection(), ResourceClosedError);
    EXPECT_FALSE(conn.in_transaction());
    EXPECT_FALSE(conn.in_nested_transaction());
    conn.close();
    EXPECT_THAT(names(), IsEmpty());
}

TEST_P(Transactions, a_connection_that_was_moved_from_is_not_used) {
    auto conn = engine.connect();
    add(conn, "a");
    auto other = std::move(conn);
    EXPECT_TRUE(conn.closed());  // NOLINT(bugprone-use-after-move): that is the point
    EXPECT_THROW((void)count(conn), ResourceClosedError);
    EXPECT_THROW(conn.commit(), ResourceClosedError);
    EXPECT_FALSE(conn.in_transaction());
    EXPECT_EQ(count(other), 4);
    other.commit();
    other = engine.connect();
    EXPECT_EQ(count(other), 4);
}

TEST_P(Transactions, a_connection_goes_back_to_the_pool_clean) {
    auto pooled = make_engine({.pool_size = 1, .max_overflow = 0});
    metadata.create_all(pooled);
    {
        auto conn = pooled.connect();
        add(conn, "lost");
        auto savepoint = conn.begin_nested();
        fail(conn);
        auto result = requirements.errors_end_transactions
                          ? std::optional<Result<std::int64_t>>()
                          : std::optional(conn.execute(select(users.id)));
    }
    auto conn = pooled.connect();
    EXPECT_FALSE(conn.in_transaction());
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(users).where(users.name == "lost")), 0);
    add(conn, "kept");
    conn.commit();
    conn.close();
    EXPECT_EQ(pooled.connect().scalar(
                  select(func::count()).select_from(users).where(users.name == "kept")),
              1);
}

TEST_P(Transactions, others_see_what_is_committed_and_nothing_before) {
    auto conn = engine.connect();
    add(conn, "a");
    if (requirements.several_connections) {
        EXPECT_THAT(names(), IsEmpty());
    }
    conn.commit();
    EXPECT_THAT(names(), ElementsAre("a"));
}

// --- savepoints

TEST_P(Transactions, savepoints_three_deep) {
    auto conn = engine.connect();
    add(conn, "0");
    auto one = conn.begin_nested();
    add(conn, "1");
    auto two = conn.begin_nested();
    add(conn, "2");
    auto three = conn.begin_nested();
    add(conn, "3");
    EXPECT_TRUE(conn.in_nested_transaction());
    three.rollback();
    add(conn, "after 3");
    two.commit();
    auto again = conn.begin_nested();
    add(conn, "again");
    again.rollback();
    one.commit();
    EXPECT_FALSE(conn.in_nested_transaction());
    EXPECT_TRUE(conn.in_transaction());
    conn.commit();
    conn.close();
    EXPECT_THAT(names(), ElementsAre("0", "1", "2", "after 3"));
}

TEST_P(Transactions, an_outer_savepoint_takes_the_inner_ones_along) {
    auto conn = engine.connect();
    auto one = conn.begin_nested();
    add(conn, "1");
    auto two = conn.begin_nested();
    add(conn, "2");
    one.rollback();
    EXPECT_FALSE(two.is_active());
    EXPECT_THROW(two.commit(), InvalidRequestError);
    auto three = conn.begin_nested();
    add(conn, "3");
    auto four = conn.begin_nested();
    add(conn, "4");
    three.commit();
    EXPECT_FALSE(four.is_active());
    four.rollback();
    conn.commit();
    conn.close();
    EXPECT_THAT(names(), ElementsAre("3", "4"));
}

TEST_P(Transactions, R25_a_savepoint_s_destructor_rolls_back_to_it) {
    auto conn = engine.connect();
    add(conn, "a");
    try {
        auto savepoint = conn.begin_nested();
        add(conn, "b");
        throw std::runtime_error("no");
    } catch (const std::runtime_error&) {
    }
    add(conn, "c");
    conn.commit();
    conn.close();
    EXPECT_THAT(names(), ElementsAre("a", "c"));
}

TEST_P(Transactions, the_end_of_the_transaction_ends_its_savepoints) {
    auto conn = engine.connect();
    auto one = conn.begin_nested();
    add(conn, "a");
    conn.commit();
    EXPECT_FALSE(one.is_active());
    EXPECT_THROW(one.commit(), InvalidRequestError);
    auto two = conn.begin_nested();
    add(conn, "b");
    conn.rollback();
    EXPECT_FALSE(two.is_active());
    EXPECT_FALSE(conn.in_transaction());
    conn.close();
    EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_P(Transactions, an_error_inside_a_savepoint_leaves_the_transaction_alive) {
    auto conn = engine.connect();
    add(conn, "before");
    {
        auto savepoint = conn.begin_nested();
        add(conn, "inside");
        fail(conn);
        savepoint.rollback();
    }
    add(conn, "after");
    {
        auto savepoint = conn.begin_nested();
        EXPECT_THROW(conn.execute(text("select * from no_such_table")), ProgrammingError);
    }
    add(conn, "after all");
    conn.commit();
    conn.close();
    EXPECT_THAT(names(), ElementsAre("after", "after all", "before"));
}

TEST_P(Transactions, an_error_in_an_inner_savepoint_may_be_undone_by_the_outer_one) {
    auto conn = engine.connect();
    add(conn, "before");
    auto outer = conn.begin_nested();
    add(conn, "outer");
    auto inner = conn.begin_nested();
    fail(conn);
    outer.rollback();
    EXPECT_FALSE(inner.is_active());
    add(conn, "after");
    conn.commit();
    conn.close();
    EXPECT_THAT(names(), ElementsAre("after", "before"));
}

// --- errors

TEST_P(Transactions, after_an_error_only_a_rollback_helps_where_the_database_says_so) {
    auto conn = engine.connect();
    auto transaction = conn.begin();
    add(conn, "a");
    fail(conn);
    if (!requirements.errors_end_transactions) {
        EXPECT_EQ(count(conn), 4);
        transaction.commit();
        conn.close();
        EXPECT_THAT(names(), ElementsAre("a"));
        return;
    }
    EXPECT_THAT(message_of<PendingRollbackError>([&] { (void)count(conn); }),
                testing::AllOf(HasSubstr("rolled back"), HasSubstr("duplicate key")));
    EXPECT_THROW(transaction.commit(), PendingRollbackError);
    EXPECT_THROW(conn.commit(), PendingRollbackError);
    EXPECT_THROW((void)conn.begin_nested(), PendingRollbackError);
    EXPECT_THROW(conn.exec_driver_sql("select 1"), PendingRollbackError);
    EXPECT_TRUE(conn.in_transaction());
    transaction.rollback();
    EXPECT_EQ(count(conn), 3);
    conn.close();
    EXPECT_THAT(names(), IsEmpty());
}

TEST_P(Transactions, an_error_that_never_reached_the_database_spoils_nothing) {
    auto conn = engine.connect();
    add(conn, "a");
    EXPECT_THROW((void)conn.execute(select(users.name).join(users)), ArgumentError);
    EXPECT_THROW((void)conn.execute(text("select :x"), {}), Error);
    EXPECT_EQ(count(conn), 4);
    conn.commit();
    conn.close();
    EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_P(Transactions, a_constraint_checked_at_the_commit_fails_the_commit) {
    struct Later : Table {
        Later(std::string_view table_name, const MetaData& where, const Users& target)
            : Table(table_name, where),
              user_id{*this, "user_id",
                      ForeignKey{target.id, {.deferrable = true, .initially = "DEFERRED"}}} {}
        Column<std::int64_t> id{*this, "id", primary_key};
        Column<std::int64_t> user_id;
    } later{"later", metadata, users};
    if (!requirements.deferrable_keys) {
        EXPECT_THAT(message_of<UnsupportedCompilationError>([&] { later.create(engine); }),
                    HasSubstr("DEFERRABLE"));
        return;
    }
    later.create(engine);
    auto conn = engine.connect();
    auto transaction = conn.begin();
    add(conn, "a");
    conn.execute(insert(later).values(later.user_id = 99));
    EXPECT_THROW(transaction.commit(), IntegrityError);
    if (transaction.is_active()) transaction.rollback();
    EXPECT_EQ(count(conn), 3);
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(later)), 0);
}

// --- kinds of transactions

TEST_P(Transactions, autocommit_keeps_every_statement) {
    if (!requirements.several_connections) create_tables();
    auto automatic = make_engine({.isolation_level = "AUTOCOMMIT"});
    metadata.create_all(automatic);
    {
        auto conn = automatic.connect();
        add(conn, "a");
        conn.rollback();
        add(conn, "b");
        EXPECT_THROW(conn.execute(insert(users).values(
                         users.name = "c",
                         users.id = conn.scalar(select(func::max(users.id))).value().value())),
                     IntegrityError);
        add(conn, "d");
        EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)conn.begin_nested(); }),
                    HasSubstr("AUTOCOMMIT"));
    }
    auto conn = automatic.connect();
    EXPECT_THAT(
        conn.execute(
                select(users.name).where(users.name.in({"a", "b", "c", "d"})).order_by(users.name))
            .scalars()
            .all(),
        ElementsAre("a", "b", "d"));
    EXPECT_NO_THROW(
        conn.exec_driver_sql(requirements.mariadb ? "analyze table user_account" : "vacuum"));
}

TEST_P(Transactions, isolation_levels_are_those_of_the_database) {
    EXPECT_THAT(message_of<ArgumentError>([&] { (void)make_engine({.isolation_level = "CHAOS"}); }),
                testing::AllOf(HasSubstr("CHAOS"), HasSubstr("SERIALIZABLE")));
    EXPECT_THROW((void)make_engine({.isolation_level = "serializable; drop table user_account"}),
                 ArgumentError);
    auto serializable = make_engine({.isolation_level = "SERIALIZABLE"});
    metadata.create_all(serializable);
    auto conn = serializable.connect();
    if (requirements.postgresql) {
        EXPECT_EQ(
            conn.execute(text("show transaction_isolation").columns<std::string>()).scalar_one(),
            "serializable");
    }
    add(conn, "a");
    conn.commit();
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(users).where(users.name == "a")), 1);
}

TEST_P(Transactions, a_repeatable_read_sees_one_state) {
    if (!requirements.several_connections) {
        EXPECT_FALSE(requirements.concurrent_writers);
        return;
    }
    auto steady =
        make_engine({.isolation_level = requirements.sqlite ? "SERIALIZABLE" : "REPEATABLE READ"});
    auto conn = steady.connect();
    EXPECT_EQ(count(conn), 3);
    engine.begin([&](Connection& other) { add(other, "new"); });
    EXPECT_EQ(count(conn), 3);
    conn.rollback();
    EXPECT_EQ(count(conn), 4);
}

TEST_P(Transactions, driver_sql_takes_part) {
    auto conn = engine.connect();
    conn.exec_driver_sql("update user_account set age = 1; update user_account set age = age + 1");
    EXPECT_EQ(conn.scalar(select(func::sum(users.age))).value(), 6);
    conn.rollback();
    EXPECT_EQ(conn.scalar(select(func::sum(users.age))).value(), 90);
}

}  // namespace
}  // namespace compliance
