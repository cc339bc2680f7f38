// SPDX-License-Identifier: MIT
// The pool of an engine: its options, a ready-made one, a creator.
#include <azoth/pool.hpp>

#include <tests/compliance/support.hpp>
#include <tests/support/server_process.hpp>

#include <set>

namespace compliance {
namespace {

using namespace std::chrono_literals;

class Pools : public UsersTest {
  protected:
    /// What opens connections to the database under test.
    [[nodiscard]] PoolCreator creator() const {
        const URL url = make_url(GetParam().url);
        return find_dialect(url.get_backend_name()).creator(url);
    }
    static std::int64_t one(const Engine& from) {
        return from.connect().scalar(select(literal(std::int64_t{1}))).value();
    }
};
AZOTH_ON_ALL_DATABASES(Pools);

TEST_P(Pools, of_every_class_serve_an_engine) {
    for (const auto& [kind, status] : std::initializer_list<std::pair<PoolClass, std::string>>{
             {PoolClass::queue, "Pool size: 5"},
             {PoolClass::null, "NullPool"},
             {PoolClass::static_, "StaticPool"},
             {PoolClass::singleton_thread, "SingletonThreadPool"},
             {PoolClass::assertion, "AssertionPool"}}) {
        const Engine own = make_engine({.poolclass = kind});
        EXPECT_EQ(one(own), 1);
        EXPECT_EQ(one(own), 1);
        EXPECT_THAT(own.pool().status(), HasSubstr(status));
        EXPECT_EQ(own.pool().statistics().opened, kind == PoolClass::null ? 2U : 1U);
    }
}

TEST_P(Pools, are_of_the_class_that_the_dialect_names_where_nothing_is_said) {
    const PoolClass named = engine.dialect().default_pool(make_url(GetParam().url));
    EXPECT_EQ(make_engine().pool().status(), make_engine({.poolclass = named}).pool().status());
}

TEST_P(Pools, have_the_options_of_their_engine) {
    const Engine own = make_engine({.poolclass = PoolClass::queue,
                                    .pool_size = 7,
                                    .max_overflow = 3,
                                    .pool_min_size = 2,
                                    .pool_timeout = 11s,
                                    .pool_recycle = 12s,
                                    .pool_max_lifetime = 13s,
                                    .pool_lifetime_jitter = 0.25,
                                    .pool_use_lifo = true,
                                    .pool_pre_ping = true,
                                    .pool_ping_idle_threshold = 14s,
                                    .pool_reset_on_return = ResetOnReturn::commit});
    const PoolOptions& options = own.pool().options();
    EXPECT_EQ(options.pool_size, 7);
    EXPECT_EQ(options.max_overflow, 3);
    EXPECT_EQ(options.min_size, 2);
    EXPECT_EQ(options.timeout, 11s);
    EXPECT_EQ(options.recycle, 12s);
    EXPECT_EQ(options.max_lifetime, 13s);
    EXPECT_EQ(options.lifetime_jitter, 0.25);
    EXPECT_TRUE(options.use_lifo);
    EXPECT_TRUE(options.pre_ping);
    EXPECT_EQ(options.ping_idle_threshold, 14s);
    EXPECT_EQ(options.reset_on_return, ResetOnReturn::commit);
}

TEST_P(Pools, of_an_engine_warm_up_and_are_kept_up) {
    const Engine own =
        make_engine({.poolclass = PoolClass::queue, .pool_min_size = 3, .pool_max_lifetime = 20ms});
    EXPECT_EQ(own.pool().statistics().opened, 0U);
    own.pool().warm_up();
    EXPECT_EQ(own.pool().statistics().checked_in, 3);
    std::this_thread::sleep_for(40ms);
    own.pool().maintain();
    EXPECT_EQ(own.pool().statistics().checked_in, 3);
    EXPECT_EQ(own.pool().statistics().lifetime_expired, 3U);
    EXPECT_EQ(own.pool().statistics().closed, 3U);
}

TEST_P(Pools, made_by_the_program_serve_several_engines_and_itself) {
    const auto pool = std::make_shared<QueuePool>(creator(), PoolOptions{.pool_size = 1});
    const Engine one_engine = make_engine({.pool = pool});
    const Engine other = make_engine({.hide_parameters = true, .pool = pool});
    EXPECT_EQ(&one_engine.pool(), pool.get());
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(one(one_engine), 1);
        EXPECT_EQ(one(other), 1);
        pool->connect()->run("select 1 where 1 = 0");
    }
    EXPECT_EQ(pool->statistics().opened, 1U);

    if (!requirements.several_connections) metadata.create_all(one_engine);
    const auto clash = [&](const Engine& from) {
        Connection conn = from.connect();
        for (const char* name : {"first", "secret"})
            conn.execute(insert(users).values(users.id = 77, users.name = name));
    };
    EXPECT_THAT(message_of<IntegrityError>([&] { clash(one_engine); }), HasSubstr("secret"));
    EXPECT_THAT(message_of<IntegrityError>([&] { clash(other); }), Not(HasSubstr("secret")));
}

TEST_P(Pools, made_by_the_program_outlive_their_engines) {
    const auto pool = std::make_shared<QueuePool>(creator());
    {
        const Engine own = make_engine({.pool = pool});
        EXPECT_EQ(one(own), 1);
    }
    EXPECT_EQ(pool->checkedin(), 1);
    EXPECT_EQ(one(make_engine({.pool = pool})), 1);
    EXPECT_EQ(pool->statistics().opened, 1U);
}

TEST_P(Pools, made_by_the_program_go_with_no_option_for_another) {
    const auto pool = std::make_shared<NullPool>(creator());
    const std::pair<EngineOptions, std::string> refused[] = {
        {{.pool = pool, .creator = creator()}, "creator"},
        {{.poolclass = PoolClass::queue, .pool = pool}, "poolclass"},
        {{.pool = pool, .pool_size = 6}, "pool_size"},
        {{.pool = pool, .max_overflow = 0}, "max_overflow"},
        {{.pool = pool, .pool_min_size = 1}, "pool_min_size"},
        {{.pool = pool, .pool_timeout = 1s}, "pool_timeout"},
        {{.pool = pool, .pool_recycle = 1s}, "pool_recycle"},
        {{.pool = pool, .pool_max_lifetime = 1s}, "pool_max_lifetime"},
        {{.pool = pool, .pool_lifetime_jitter = 0.1}, "pool_lifetime_jitter"},
        {{.pool = pool, .pool_use_lifo = true}, "pool_use_lifo"},
        {{.pool = pool, .pool_pre_ping = true}, "pool_pre_ping"},
        {{.pool = pool, .pool_ping_idle_threshold = 1s}, "pool_ping_idle_threshold"},
        {{.pool = pool, .pool_reset_on_return = ResetOnReturn::none}, "pool_reset_on_return"},
    };
    for (const auto& [options, name] : refused) {
        EXPECT_THAT(message_of<ArgumentError>([&] { (void)make_engine(options); }),
                    HasSubstr("'" + name + "'"));
    }
}

struct Foreign final : pool::ConnectionData {};

TEST_P(Pools, whose_connections_hold_data_of_others_are_refused) {
    const auto pool = std::make_shared<QueuePool>(creator());
    pool->connect().set_data(std::make_unique<Foreign>());
    EXPECT_THAT(message_of<InvalidRequestError>([&] { (void)one(make_engine({.pool = pool})); }),
                HasSubstr("data of somebody else's"));
}

TEST_P(Pools, take_connections_from_a_creator) {
    int opened = 0;
    const Engine own =
        make_engine({.poolclass = PoolClass::queue, .creator = [&, open = creator()] {
                         ++opened;
                         return open();
                     }});
    EXPECT_EQ(opened, 0);
    EXPECT_EQ(one(own), 1);
    EXPECT_EQ(one(own), 1);
    EXPECT_EQ(opened, 1);
}

TEST_P(Pools, pass_a_creators_error_and_its_nothing_on) {
    const Engine failing = make_engine(
        {.creator = []() -> std::unique_ptr<driver::Connection> { throw Error("no tunnel"); }});
    EXPECT_EQ(message_of<Error>([&] { (void)failing.connect(); }), "no tunnel");
    const Engine empty =
        make_engine({.creator = []() -> std::unique_ptr<driver::Connection> { return nullptr; }});
    EXPECT_THROW((void)empty.connect(), InvalidRequestError);
}

/// A connection of somebody else's pool, to which its end gives it back.
class Borrowed final : public driver::Connection {
  public:
    explicit Borrowed(PooledConnection lease) : lease_(std::move(lease)) {}
    std::unique_ptr<driver::Statement> prepare(const driver::StatementRequest& request) override {
        return own().prepare(request);
    }
    void run(std::string_view sql) override { own().run(sql); }
    void begin(const driver::BeginOptions& options) override { own().begin(options); }
    void commit() override { own().commit(); }
    void rollback() override { own().rollback(); }
    [[nodiscard]] bool in_transaction() const noexcept override { return own().in_transaction(); }
    [[nodiscard]] std::int64_t last_insert_id() const override { return own().last_insert_id(); }
    void ping() override { own().ping(); }
    [[nodiscard]] bool is_open() const noexcept override {
        return lease_.is_valid() && own().is_open();
    }
    void cancel() noexcept override { own().cancel(); }
    void close() noexcept override { lease_.close(); }
    void abandon() noexcept override { lease_.close(); }
    [[nodiscard]] int server_version() const noexcept override { return own().server_version(); }
    [[nodiscard]] void* native_handle() noexcept override { return own().native_handle(); }

  private:
    [[nodiscard]] driver::Connection& own() const { return lease_.connection(); }

    PooledConnection lease_;
};

TEST_P(Pools, of_somebody_else_lend_to_an_engine_through_a_creator_and_a_NullPool) {
    QueuePool others(creator(), {.pool_size = 1, .max_overflow = 0});
    const Engine own = make_engine({.poolclass = PoolClass::null, .creator = [&] {
                                        return std::make_unique<Borrowed>(others.connect());
                                    }});
    if (!requirements.several_connections) metadata.create_all(own);
    for (int i = 0; i < 3; ++i) {
        Connection conn = own.connect();
        conn.execute(insert(users).values(users.name = "rolled back"));
        EXPECT_EQ(others.checkedout(), 1);
    }
    EXPECT_EQ(others.checkedin(), 1);
    EXPECT_EQ(others.statistics().opened, 1U);
    const auto rows = own.connect().scalar(select(func::count()).select_from(users));
    EXPECT_EQ(rows, requirements.several_connections ? 3 : 0);
}

TEST_P(Pools, refuse_options_of_an_engine_that_can_never_be_right) {
    EXPECT_THROW((void)make_engine({.poolclass = PoolClass::queue, .pool_min_size = 6}),
                 ArgumentError);
    EXPECT_THROW((void)make_engine({.poolclass = PoolClass::null, .pool_min_size = 1}),
                 ArgumentError);
    EXPECT_THROW((void)make_engine({.pool_lifetime_jitter = 0.5}), ArgumentError);
    EXPECT_THROW((void)make_engine({.pool_ping_idle_threshold = 1s}), ArgumentError);
}

TEST_P(Pools, name_the_line_of_the_program_that_holds_an_engines_connection) {
    const Engine own = make_engine(
        {.poolclass = PoolClass::queue, .pool_size = 1, .max_overflow = 0, .pool_timeout = 1ms});
    const Connection held = own.connect();
    const auto line = std::to_string(std::source_location::current().line() - 1);
    EXPECT_THAT(message_of<TimeoutError>([&] { (void)own.connect(); }),
                HasSubstr("pools_test.cpp:" + line));
}

TEST_P(Pools, ping_what_rested_long_enough_and_replace_it_where_it_is_dead) {
    const Engine own = make_engine({.poolclass = PoolClass::queue,
                                    .pool_size = 1,
                                    .max_overflow = 0,
                                    .pool_pre_ping = true,
                                    .pool_ping_idle_threshold = 20ms});
    {
        auto conn = own.connect();
        if (requirements.server_processes)
            test::end_server_process(GetParam(), test::server_process_of(GetParam(), conn));
        else
            EXPECT_EQ(conn.scalar(select(literal(std::int64_t{1}))), 1);
    }
    std::this_thread::sleep_for(40ms);
    EXPECT_EQ(one(own), 1);
    const PoolStatistics now = own.pool().statistics();
    EXPECT_EQ(now.pings, requirements.server_processes ? now.pings : 1U);
    EXPECT_EQ(now.opened, requirements.server_processes ? 2U : 1U);
}

}  // namespace
}  // namespace compliance
