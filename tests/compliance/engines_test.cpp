// SPDX-License-Identifier: MIT
// Engines: made of a URL, connecting when asked to, shared by their copies.
#include <azoth/pool.hpp>

#include <tests/compliance/support.hpp>
#include <tests/support/server_process.hpp>

namespace compliance {
namespace {

class Engines : public UsersTest {
  protected:
    /// A URL of this dialect under which nothing can be reached.
    [[nodiscard]] std::string url_of_nowhere() const {
        const std::string dialect(engine.dialect().name());
        if (requirements.sqlite) return dialect + ":////proc/no/such/directory/x.db";
        return dialect + "://nobody:hush-hush@127.0.0.1:1/none";
    }
};
AZOTH_ON_ALL_DATABASES(Engines);

TEST_P(Engines, connect_to_nothing_until_a_connection_is_asked_for) {
    const Engine nowhere = create_engine(url_of_nowhere());
    EXPECT_EQ(nowhere.dialect().name(), engine.dialect().name());
    EXPECT_EQ(nowhere.pool().statistics().opened, 0U);
    const auto error = caught<OperationalError>([&] { (void)nowhere.connect(); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), Not(HasSubstr("hush-hush")));

    const Engine fresh = make_engine();
    EXPECT_EQ(fresh.pool().statistics().opened, 0U);
    (void)fresh.connect();
    EXPECT_EQ(fresh.pool().statistics().opened, 1U);
}

TEST_P(Engines, are_shared_by_their_copies_and_kept_alive_by_connections) {
    std::optional<Engine> first = make_engine();
    const Engine copy = *first;
    EXPECT_EQ(copy, *first);
    EXPECT_EQ(&copy.pool(), &first->pool());
    EXPECT_FALSE(copy == make_engine());

    Connection conn = make_engine().connect();
    EXPECT_EQ(conn.scalar(text("select 1").columns<int>()), 1);
    first.reset();
    EXPECT_EQ(copy.connect().scalar(text("select 2").columns<int>()), 2);
}

TEST_P(Engines, can_be_used_after_dispose) {
    const Engine own = make_engine();
    Connection held = own.connect();
    EXPECT_EQ(held.scalar(text("select 1").columns<int>()), 1);
    own.dispose();
    EXPECT_EQ(held.scalar(text("select 2").columns<int>()), 2);
    held.close();
    EXPECT_EQ(own.connect().scalar(text("select 3").columns<int>()), 3);
}

TEST_P(Engines, close_idle_connections_at_dispose_and_those_in_use_when_they_come_back) {
    const Engine own = make_engine({.poolclass = PoolClass::queue});
    Connection held = own.connect();
    own.connect().close();
    own.dispose();
    EXPECT_EQ(own.pool().statistics().closed, 1U);
    EXPECT_EQ(held.scalar(select(literal(1))), 1);
    held.close();
    EXPECT_EQ(own.pool().statistics().closed, 2U);
}

TEST_P(Engines, lend_raw_connections_by_their_pool) {
    const Engine own = make_engine({.poolclass = PoolClass::queue, .pool_size = 1});
    metadata.create_all(own);
    {
        PooledConnection raw = own.pool().connect();
        raw->begin({.for_writing = true, .isolation_level = {}});
        raw->run("insert into user_account (name) values ('raw')");
    }
    const auto raw_users = select(func::count()).select_from(users).where(users.name == "raw");
    EXPECT_EQ(own.connect().scalar(raw_users), 0) << "it came back without its transaction";
    {
        PooledConnection raw = own.pool().connect();
        raw->run("insert into user_account (name) values ('raw')");
    }
    EXPECT_EQ(own.connect().scalar(raw_users), 1) << "a raw connection begins nothing by itself";
    own.connect().execute(delete_(users).where(users.name == "raw"));
    EXPECT_EQ(own.pool().statistics().opened, 1U);

    PooledConnection taken = own.pool().connect();
    taken.detach();
    EXPECT_EQ(own.pool().statistics().checked_out, 0);
    taken->run("select 1 where 1 = 0");
}

TEST_P(Engines, of_an_unknown_dialect_name_the_header_to_include) {
    EXPECT_THAT(message_of<NoSuchModuleError>([] { (void)create_engine("postgres://here/x"); }),
                HasSubstr("azoth/postgresql.hpp"));
    EXPECT_THAT(message_of<NoSuchModuleError>([] { (void)create_engine("db2://here/x"); }),
                HasSubstr("Azoth has sqlite, postgresql, mariadb, mssql and oracle"));
    EXPECT_THROW((void)create_engine("no url"), ArgumentError);
}

TEST_P(Engines, refuse_options_that_can_never_be_right) {
    const std::string url = url_of_nowhere();
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { (void)create_engine(url, {.isolation_level = "SOMETIMES"}); }),
                HasSubstr("SERIALIZABLE"));
    EXPECT_THROW((void)create_engine(url, {.poolclass = PoolClass::queue, .pool_size = -1}),
                 ArgumentError);
}

TEST_P(Engines, take_connect_args_that_their_url_does_not_show) {
    struct Option {
        URLQuery::value_type arg;
        const char* question;
        const char* answer;
    };
    const Option option =
        requirements.sqlite ? Option{{"foreign_keys", "false"},
                                     "SELECT CAST(foreign_keys AS TEXT) FROM pragma_foreign_keys",
                                     "0"}
        : requirements.postgresql
            ? Option{{"application_name", "it's; --"},
                     "SELECT current_setting('application_name')",
                     "it's; --"}
            : Option{{"init_command", "SET @mark = 'it''s'"}, "SELECT @mark", "it's"};
    const Engine own = make_engine({.connect_args = {option.arg}});
    EXPECT_EQ(own.url(), engine.url());
    EXPECT_EQ(own.connect().execute(text(option.question)).scalar_one<std::string>(),
              option.answer);
}

TEST_P(Engines, refuse_connect_args_that_nobody_would_heed) {
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { (void)make_engine({.connect_args = {{"no_such_option", "1"}}}); }),
                HasSubstr("no_such_option"));
    const auto open = [] { return std::unique_ptr<driver::Connection>(); };
    EXPECT_THAT(message_of<ArgumentError>(
                    [&] { (void)make_engine({.creator = open, .connect_args = {{"a", "1"}}}); }),
                HasSubstr("'connect_args'"));
    EXPECT_THAT(message_of<ArgumentError>([&] {
                    const auto pool = std::make_shared<NullPool>(open);
                    (void)make_engine({.pool = pool, .connect_args = {{"a", "1"}}});
                }),
                HasSubstr("'connect_args'"));
}

TEST_P(Engines, a_connection_that_was_invalidated_is_replaced_in_the_pool) {
    const Engine own = make_engine();
    std::int64_t before = 0;
    {
        Connection conn = own.connect();
        if (requirements.server_processes) before = test::server_process_of(GetParam(), conn);
        conn.invalidate();
        EXPECT_THROW(conn.execute(text("select 1")), Error);
    }
    Connection conn = own.connect();
    EXPECT_EQ(conn.scalar(text("select 1").columns<int>()), 1);
    EXPECT_EQ(own.pool().statistics().invalidated, 1U);
    EXPECT_EQ(own.pool().statistics().opened, 2U);
    if (requirements.server_processes) {
        EXPECT_NE(test::server_process_of(GetParam(), conn), before);
    }
}

TEST_P(Engines, lose_a_detached_connection_to_whoever_holds_it) {
    const Engine own =
        make_engine({.poolclass = PoolClass::queue, .pool_size = 1, .max_overflow = 0});
    metadata.create_all(own);
    Connection taken = own.connect();
    taken.info()["kept"] = 1;
    taken.execute(insert(users).values(users.name = "detached"));
    taken.detach();
    taken.detach();
    EXPECT_EQ(own.pool().statistics().checked_out, 0);
    EXPECT_TRUE(taken.info().contains("kept"));
    EXPECT_TRUE(taken.in_transaction());
    taken.commit();
    EXPECT_EQ(taken.scalar(select(users.name).where(users.name == "detached")), "detached");
    EXPECT_FALSE(own.connect().info().contains("kept")) << "another stands in its place";
    EXPECT_EQ(own.pool().statistics().opened, 2U);
    taken.close();
    EXPECT_EQ(own.pool().statistics().checked_in, 1) << "it did not come back";
    EXPECT_THROW(taken.detach(), ResourceClosedError);
    EXPECT_THROW((void)taken.info(), ResourceClosedError);
}

TEST_P(Engines, do_not_let_a_connection_be_detached_that_others_share) {
    const Engine own = make_engine({.poolclass = PoolClass::static_});
    Connection first = own.connect();
    Connection second = own.connect();
    EXPECT_THROW(first.detach(), InvalidRequestError);
    second.close();
    EXPECT_EQ(first.scalar(select(literal(std::int64_t{1}))), 1) << "it goes on as it was";
    EXPECT_EQ(own.pool().statistics().opened, 1U);
}

TEST_P(Engines, keep_notes_with_a_connection_as_long_as_it_lives) {
    const Engine own = make_engine({.poolclass = PoolClass::queue, .pool_size = 1});
    own.connect().info()["note"] = std::string("kept");
    Connection conn = own.connect();
    EXPECT_EQ(std::any_cast<std::string>(conn.info().at("note")), "kept");
    conn.invalidate();
    EXPECT_THAT(own.connect().info(), IsEmpty());
}

TEST_P(Engines, give_back_a_connection_that_nobody_closed) {
    const Engine own =
        make_engine({.poolclass = PoolClass::queue, .pool_size = 1, .max_overflow = 0});
    for (int i = 0; i < 3; ++i) {
        Connection conn = own.connect();
        EXPECT_EQ(conn.scalar(text("select 1").columns<int>()), 1);
        Connection moved = std::move(conn);
        EXPECT_EQ(own.pool().statistics().checked_out, 1);
    }
    EXPECT_EQ(own.pool().statistics().checked_out, 0);
    EXPECT_EQ(own.pool().statistics().opened, 1U);
}

}  // namespace
}  // namespace compliance
