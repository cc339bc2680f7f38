// SPDX-License-Identifier: MIT
// Isolation levels, read-only and deferrable transactions: of an engine and of a connection.
#include <tests/compliance/isolation_level.hpp>

namespace compliance {
namespace {

class Isolation : public UsersTest {
  protected:
    std::int64_t count(Connection& conn) {
        return conn.scalar(select(func::count()).select_from(users)).value();
    }
    void add(Connection& conn, const std::string& name) {
        conn.execute(insert(users).values(users.name = name));
    }
    [[nodiscard]] Strings levels() const {
        if (requirements.sqlite) return {"SERIALIZABLE", "READ UNCOMMITTED"};
        return {"SERIALIZABLE", "REPEATABLE READ", "READ COMMITTED", "READ UNCOMMITTED"};
    }
    [[nodiscard]] std::string usual_level() const {
        if (requirements.sqlite) return "SERIALIZABLE";
        return requirements.postgresql ? "READ COMMITTED" : "REPEATABLE READ";
    }
    /// A level that is not the usual one.
    [[nodiscard]] std::string other_level() const {
        return requirements.sqlite ? "READ UNCOMMITTED" : "SERIALIZABLE";
    }
    std::string level_of_transaction(Connection& conn) {
        (void)conn.execute(select(users.id)).all();
        return compliance::level_of_transaction(conn, requirements);
    }
    /// An engine with one connection, so that each use gets what the last one left.
    [[nodiscard]] Engine engine_of_one(EngineOptions options = {}) const {
        options.poolclass = PoolClass::queue;
        options.pool_size = 1;
        options.max_overflow = 0;
        Engine made = make_engine(std::move(options));
        metadata.create_all(made);
        return made;
    }
};
AZOTH_ON_ALL_DATABASES(Isolation);

TEST_P(Isolation, each_level_of_the_database_is_what_its_transactions_have) {
    for (const std::string& level : levels()) {
        auto conn = engine.connect();
        conn.execution_options({.isolation_level = level});
        EXPECT_EQ(level_of_transaction(conn), level);
        EXPECT_EQ(conn.get_isolation_level(), level);
        conn.rollback();
        EXPECT_EQ(level_of_transaction(conn), level) << "the next transaction too";
    }
}

TEST_P(Isolation, the_default_is_the_database_s_own) {
    auto conn = engine.connect();
    EXPECT_EQ(conn.default_isolation_level(), usual_level());
    EXPECT_EQ(conn.get_isolation_level(), usual_level());
    EXPECT_FALSE(conn.in_transaction()) << "to ask begins none";
    EXPECT_EQ(level_of_transaction(conn), usual_level());
    conn.rollback();
    conn.execution_options({.isolation_level = other_level()});
    EXPECT_EQ(conn.default_isolation_level(), usual_level());
    EXPECT_EQ(conn.get_isolation_level(), other_level());
    conn.execution_options({.isolation_level = conn.default_isolation_level()});
    EXPECT_EQ(level_of_transaction(conn), usual_level());
}

TEST_P(Isolation, names_may_be_written_small_and_with_underscores) {
    auto conn = engine.connect();
    conn.execution_options({.isolation_level = "read_uncommitted"});
    EXPECT_EQ(conn.get_isolation_level(), "READ UNCOMMITTED");
    EXPECT_EQ(level_of_transaction(conn), "READ UNCOMMITTED");
    auto automatic = make_engine({.isolation_level = "autocommit"});
    EXPECT_EQ(automatic.connect().get_isolation_level(), "AUTOCOMMIT");
}

TEST_P(Isolation, a_level_that_the_database_lacks_is_refused_with_those_that_it_has) {
    auto conn = engine.connect();
    for (const char* level : {"CHAOS", "SNAPSHOT", "SERIALIZABLE; drop table user_account", " "}) {
        for (const auto& message :
             {message_of<ArgumentError>(
                  [&] { conn.execution_options({.isolation_level = level}); }),
              message_of<ArgumentError>(
                  [&] { (void)engine.execution_options({.isolation_level = level}); }),
              message_of<ArgumentError>([&] { (void)make_engine({.isolation_level = level}); }),
              message_of<ArgumentError>(
                  [&] { (void)make_engine({.execution_options = {.isolation_level = level}}); })}) {
            EXPECT_THAT(message, HasSubstr("AUTOCOMMIT"));
            for (const std::string& known : levels()) EXPECT_THAT(message, HasSubstr(known));
        }
    }
    EXPECT_EQ(conn.get_isolation_level(), usual_level());
    EXPECT_EQ(count(conn), 3);
    if (requirements.sqlite) {
        conn.rollback();
        EXPECT_THROW(conn.execution_options({.isolation_level = "READ COMMITTED"}), ArgumentError);
    }
}

TEST_P(Isolation, a_change_within_a_transaction_is_refused) {
    auto conn = engine.connect();
    const auto change = [&] { conn.execution_options({.isolation_level = other_level()}); };
    (void)count(conn);
    EXPECT_THAT(message_of<InvalidRequestError>(change),
                testing::AllOf(HasSubstr("execution_options"), HasSubstr("rollback()")));
    conn.commit();
    {
        auto transaction = conn.begin();
        EXPECT_THROW(change(), InvalidRequestError);
        EXPECT_TRUE(transaction.is_active());
    }
    change();
    EXPECT_EQ(level_of_transaction(conn), other_level());
    conn.close();
    EXPECT_THROW(change(), ResourceClosedError);
    EXPECT_THROW((void)conn.get_isolation_level(), ResourceClosedError);
    EXPECT_THROW((void)conn.default_isolation_level(), ResourceClosedError);
}

TEST_P(Isolation, nothing_of_it_is_left_when_the_connection_comes_back_to_the_pool) {
    const Engine own = engine_of_one();
    for (const std::string& level : levels()) {
        {
            auto conn = own.connect();
            conn.execution_options({.isolation_level = level});
            EXPECT_EQ(level_of_transaction(conn), level);  // and it is left open
        }
        auto conn = own.connect();
        EXPECT_EQ(conn.get_isolation_level(), usual_level());
        EXPECT_EQ(level_of_transaction(conn), usual_level());
    }
    {
        auto conn = own.connect();
        conn.execution_options({.isolation_level = "AUTOCOMMIT"});
        add(conn, "kept");
    }
    {
        auto conn = own.connect();
        add(conn, "lost");
        conn.rollback();
        EXPECT_EQ(conn.scalar(select(func::count()).select_from(users).where(users.name == "lost")),
                  0);
        EXPECT_EQ(conn.scalar(select(func::count()).select_from(users).where(users.name == "kept")),
                  1);
    }
    EXPECT_EQ(own.pool().statistics().opened, 1U);
}

TEST_P(Isolation, a_connection_may_commit_by_itself_and_then_no_more) {
    auto conn = engine.connect();
    conn.execution_options({.isolation_level = "AUTOCOMMIT"});
    EXPECT_EQ(conn.get_isolation_level(), "AUTOCOMMIT");
    add(conn, "a");
    conn.rollback();
    EXPECT_EQ(count(conn), 4);
    EXPECT_THROW((void)conn.begin_nested(), InvalidRequestError);
    EXPECT_THAT(message_of<InvalidRequestError>(
                    [&] { conn.execution_options({.isolation_level = usual_level()}); }),
                HasSubstr("transaction"));
    conn.commit();
    conn.execution_options({.isolation_level = usual_level()});
    add(conn, "b");
    conn.rollback();
    EXPECT_EQ(count(conn), 4);
}

TEST_P(Isolation, a_sub_engine_has_its_own_and_shares_the_pool) {
    const Engine own = engine_of_one();
    const Engine strict = own.execution_options({.isolation_level = other_level()});
    const Engine automatic = strict.execution_options({.isolation_level = "AUTOCOMMIT"});
    EXPECT_FALSE(own == strict);
    EXPECT_EQ(&own.pool(), &strict.pool());
    EXPECT_EQ(&own.pool(), &automatic.pool());
    EXPECT_EQ(own.url(), strict.url());
    {
        auto conn = strict.connect();
        EXPECT_EQ(level_of_transaction(conn), other_level());
    }
    {
        auto conn = automatic.connect();
        EXPECT_EQ(conn.get_isolation_level(), "AUTOCOMMIT");
        add(conn, "kept");
    }
    auto conn = own.connect();
    EXPECT_EQ(level_of_transaction(conn), usual_level());
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(users).where(users.name == "kept")), 1);
    EXPECT_EQ(own.pool().statistics().opened, 1U);
}

TEST_P(Isolation, a_sub_engine_shares_the_compiled_statements_and_outlives_its_engine) {
    std::optional<Engine> own = engine_of_one();
    const Engine strict = own->execution_options({.isolation_level = other_level()});
    const auto statement = select(users.name).where(users.age == 12345);
    (void)own->connect().execute(statement).all();
    const auto before = own->cache_statistics();
    (void)strict.connect().execute(statement).all();
    EXPECT_EQ(strict.cache_statistics().misses, before.misses);
    EXPECT_EQ(strict.cache_statistics().hits, before.hits + 1);
    own.reset();
    auto conn = strict.connect();
    EXPECT_EQ(level_of_transaction(conn), other_level());
}

TEST_P(Isolation, the_options_of_an_engine_are_those_of_its_connections) {
    const Engine own = engine_of_one(
        {.isolation_level = "AUTOCOMMIT", .execution_options = {.isolation_level = other_level()}});
    auto conn = own.connect();
    EXPECT_EQ(level_of_transaction(conn), other_level());
    conn.rollback();
    conn.execution_options({.isolation_level = "SERIALIZABLE"});
    EXPECT_EQ(level_of_transaction(conn), "SERIALIZABLE");
    conn.close();
    auto next = own.connect();
    EXPECT_EQ(next.get_isolation_level(), other_level());
}

TEST_P(Isolation, functions_run_in_transactions_of_a_sub_engine) {
    if (!requirements.several_connections) create_tables();
    const Engine strict = engine.execution_options({.isolation_level = other_level()});
    EXPECT_EQ(strict.begin([&](Connection& conn) { return level_of_transaction(conn); }),
              other_level());
    EXPECT_EQ(
        run_in_transaction(strict, [&](Connection& conn) { return level_of_transaction(conn); }),
        other_level());
}

TEST_P(Isolation, read_committed_sees_what_others_commit_and_repeatable_read_does_not) {
    if (requirements.sqlite) {
        auto conn = engine.connect();
        EXPECT_THROW(conn.execution_options({.isolation_level = "REPEATABLE READ"}), ArgumentError);
        return;
    }
    const auto sees_new = [&](const char* level) {
        auto conn = engine.connect();
        conn.execution_options({.isolation_level = level});
        const auto before = count(conn);
        engine.begin([&](Connection& other) { add(other, "new"); });
        return count(conn) != before;
    };
    EXPECT_TRUE(sees_new("READ COMMITTED"));
    EXPECT_FALSE(sees_new("REPEATABLE READ"));
}

// --- modes of PostgreSQL's

TEST_P(Isolation, a_transaction_may_be_read_only_and_deferrable_where_the_database_has_that) {
    auto conn = engine.connect();
    if (!requirements.transaction_modes) {
        EXPECT_THAT(message_of<ArgumentError>(
                        [&] { conn.execution_options({.postgresql_readonly = true}); }),
                    HasSubstr("postgresql_readonly"));
        EXPECT_THAT(message_of<ArgumentError>(
                        [&] { (void)engine.execution_options({.postgresql_deferrable = false}); }),
                    HasSubstr("postgresql_deferrable"));
        EXPECT_EQ(count(conn), 3);
        return;
    }
    const auto setting = [&](const char* name) {
        return conn
            .execute(text("select current_setting(:name)").columns<std::string>(), {{"name", name}})
            .scalar_one();
    };
    conn.execution_options({.isolation_level = "SERIALIZABLE",
                            .postgresql_readonly = true,
                            .postgresql_deferrable = true});
    EXPECT_EQ(count(conn), 3);
    EXPECT_EQ(setting("transaction_read_only"), "on");
    EXPECT_EQ(setting("transaction_deferrable"), "on");
    EXPECT_EQ(setting("transaction_isolation"), "serializable");
    const auto error = caught<DBAPIError>([&] { add(conn, "x"); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->sqlstate(), "25006");
    conn.rollback();

    conn.execution_options({.postgresql_readonly = false});
    add(conn, "x");
    EXPECT_EQ(setting("transaction_read_only"), "off");
    EXPECT_EQ(setting("transaction_deferrable"), "on") << "what is not named stays as it was";
    conn.rollback();
    conn.exec_driver_sql("set default_transaction_read_only = on");
    conn.commit();
    EXPECT_NO_THROW(add(conn, "x")) << "said explicitly, it goes before PostgreSQL's default";
    conn.rollback();
    conn.exec_driver_sql("set default_transaction_read_only = off");
    conn.commit();
}

TEST_P(Isolation, a_read_only_transaction_leaves_nothing_behind_in_the_pool) {
    if (!requirements.transaction_modes) return;  // refused: the test above
    const Engine own = engine_of_one();
    const Engine reading = own.execution_options({.postgresql_readonly = true});
    EXPECT_THROW(reading.begin([&](Connection& conn) { add(conn, "x"); }), DBAPIError);
    EXPECT_NO_THROW(own.begin([&](Connection& conn) { add(conn, "y"); }));
    EXPECT_EQ(own.pool().statistics().opened, 1U);
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { (void)reading.execution_options({.isolation_level = "AUTOCOMMIT"}); }),
                HasSubstr("AUTOCOMMIT"));
    EXPECT_NO_THROW((void)reading.execution_options(
        {.isolation_level = "AUTOCOMMIT", .postgresql_readonly = false}));
}

}  // namespace
}  // namespace compliance
