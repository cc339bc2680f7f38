// SPDX-License-Identifier: MIT
// Which lines an engine logs, under which names, at which levels.
#include <azoth/event.hpp>

#include <tests/compliance/support.hpp>

namespace compliance {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::StartsWith;

class LogNames : public UsersTest {
  protected:
    /// An engine with tables, whose lines are kept as "LEVEL logger message".
    Engine logging(EngineOptions options) {
        options.log = [this](const LogRecord& record) {
            static constexpr const char* levels[] = {"DEBUG", "INFO", "WARNING", "ERROR"};
            const std::lock_guard lock(mutex_);
            lines_.push_back(std::string(levels[static_cast<int>(record.level)]) + " " +
                             std::string(record.logger) + " " + std::string(record.message));
        };
        Engine made = make_engine(std::move(options));
        if (!requirements.several_connections) metadata.create_all(made);
        (void)lines();
        return made;
    }
    Strings lines() {
        const std::lock_guard lock(mutex_);
        return std::exchange(lines_, {});
    }
    Strings warnings() {
        Strings all = lines();
        std::erase_if(all, [](const std::string& line) { return !line.starts_with("WARNING"); });
        return all;
    }
    const Select<std::int64_t> query = select(users.id).where(users.id == 1);

  private:
    std::mutex mutex_;
    Strings lines_;
};
AZOTH_ON_ALL_DATABASES(LogNames);

TEST_P(LogNames, an_engines_name_stands_behind_its_loggers) {
    auto logged = logging({.echo = true, .logging_name = "orders"});
    (void)logged.connect().execute(query);
    EXPECT_THAT(lines(), Each(StartsWith("INFO azoth.engine.orders ")));
    auto nameless = logging({.echo = true});
    (void)nameless.connect().execute(query);
    EXPECT_THAT(lines(), Each(StartsWith("INFO azoth.engine ")));
}

TEST_P(LogNames, a_pool_tells_what_it_opens_and_closes_under_a_name_of_its_own) {
    auto logged =
        logging({.poolclass = PoolClass::queue, .echo_pool = true, .pool_logging_name = "main"});
    logged.dispose();
    (void)lines();
    (void)logged.connect();
    logged.dispose();
    const Strings told = lines();
    EXPECT_THAT(told, Each(StartsWith("INFO azoth.pool.main QueuePool: ")));
    EXPECT_THAT(told, Contains(HasSubstr("a connection was opened")));
    EXPECT_THAT(told, Contains(HasSubstr("a connection is closed")));
}

TEST_P(LogNames, with_debug_a_pool_tells_what_it_lends) {
    auto logged = logging({.echo_pool = Echo::debug});
    (void)logged.connect();
    EXPECT_THAT(lines(), AllOf(Contains(HasSubstr("DEBUG azoth.pool")),
                               Contains(HasSubstr("a connection is lent")),
                               Contains(HasSubstr("a connection came back"))));
    auto quiet = logging({});
    (void)quiet.connect();
    EXPECT_THAT(lines(), IsEmpty());
}

TEST_P(LogNames, a_token_marks_the_lines_of_an_engine_or_connection) {
    auto logged = logging({.echo = true});
    auto tracked = logged.execution_options({.logging_token = "import"});
    {
        auto conn = tracked.connect();
        (void)conn.execute(query).all();
        auto savepoint = conn.begin_nested();
        conn.execute(insert(users).columns(users.name), std::vector{std::tuple{"x"}});
        conn.exec_driver_sql("select 1");
    }
    EXPECT_THAT(lines(), Each(StartsWith("INFO azoth.engine [import] ")));
    auto conn = tracked.connect();
    conn.execution_options({.logging_token = "request 7"});
    (void)conn.execute(query).all();
    (void)conn.execute(select(users.name, addresses.email)).all();
    EXPECT_THAT(lines(), AllOf(Each(HasSubstr("azoth.engine [request 7] ")),
                               Contains(StartsWith("WARNING"))));
    conn.rollback();
    conn.close();
    (void)lines();
    (void)logged.connect().execute(query);
    EXPECT_THAT(lines(), Each(Not(HasSubstr("[request"))));
    EXPECT_EQ(tracked.get_execution_options().logging_token, "import");
}

TEST_P(LogNames, debug_shows_the_rows) {
    auto logged = logging({.echo = Echo::debug});
    auto conn = logged.connect();
    conn.execute(insert(users).values(users.id = 100, users.name = "shown"));
    (void)lines();
    for (auto [id, name] : conn.execute(select(users.id, users.name).where(users.id == 100)))
        EXPECT_EQ(name, "shown");
    EXPECT_THAT(lines(), Contains("DEBUG azoth.engine Row (100, 'shown')"));
    auto info = logging({.echo = true});
    (void)info.connect().execute(select(users.id)).all();
    EXPECT_THAT(lines(), Each(Not(StartsWith("DEBUG"))));
}

TEST_P(LogNames, R27_hidden_parameters_hide_rows_too) {
    auto logged = logging({.echo = Echo::debug, .hide_parameters = true});
    auto conn = logged.connect();
    (void)conn.execute(select(literal("hunter2"))).all();
    const std::vector<std::tuple<std::string>> rows(20, std::tuple{"hunter2"});
    conn.execute(insert(users).columns(users.name), rows);
    const Strings told = lines();
    EXPECT_THAT(told, Each(Not(HasSubstr("hunter2"))));
    EXPECT_THAT(told, Contains(HasSubstr("Row (values hidden)")));
}

TEST_P(LogNames, a_line_says_where_the_compiled_statement_is_from) {
    auto logged = logging({.echo = true});
    auto conn = logged.connect();
    const auto run = [&] {
        (void)conn.execute(query).all();
        return lines().back();
    };
    EXPECT_THAT(run(), testing::ContainsRegex("\\[generated in 0\\.[0-9]{5}s; cache"));
    EXPECT_THAT(run(), testing::ContainsRegex("\\[cached since 0\\.[0-9]{5}s ago; cache"));
    conn.execution_options({.compiled_cache = false});
    EXPECT_THAT(run(), testing::ContainsRegex("\\[caching disabled, 0\\.[0-9]{5}s; cache"));
    auto uncached = logging({.echo = true, .query_cache_size = 0});
    (void)uncached.connect().execute(query);
    EXPECT_THAT(lines(), Contains(HasSubstr("[caching disabled")));
}

TEST_P(LogNames, of_rows_in_great_number_the_first_ten_are_shown) {
    auto logged = logging({.echo = true});
    auto conn = logged.connect();
    const auto all = select(func::count()).select_from(users);
    const auto before = conn.scalar(all).value();
    const auto statement = insert(users).columns(users.name);
    const auto names = [](std::size_t count) {
        std::vector<std::tuple<std::string>> rows;
        for (std::size_t i = 0; i < count; ++i) rows.emplace_back("n" + std::to_string(i));
        return rows;
    };
    EXPECT_EQ(conn.execute(statement, names(3)).rowcount(), 3);
    EXPECT_THAT(lines().back(), HasSubstr("] [('n0'), ('n1'), ('n2')]"));
    EXPECT_EQ(conn.execute(statement.returning(users.name), names(1000)).scalars().back(), "n999");
    EXPECT_THAT(lines().back(),
                AllOf(HasSubstr("] (ordered) [('n0')"), HasSubstr("('n9'), …"),
                      HasSubstr("the first 10 parameter sets"), Not(HasSubstr("n10"))));
    EXPECT_EQ(conn.execute(statement, names(0)).rowcount(), 0);
    conn.execute_many(insert(users).values(users.name = bindparam<std::string>("n")),
                      {{{"n", "one"}}, {{"n", "two"}}});
    EXPECT_THAT(lines().back(), HasSubstr("[('one'), ('two')]"));
    EXPECT_EQ(conn.scalar(all), before + 3 + 1000 + 2);
}

TEST_P(LogNames, rows_that_share_a_list_of_values_are_logged_and_inserted) {
    auto logged = logging({.echo = true});
    auto conn = logged.connect();
    const std::vector<std::tuple<std::string>> rows = {{"one"}, {"two"}};
    for (const auto& ids : {Integers{1, 2, 3, 4}, Integers{}}) {
        const auto statement =
            insert(users).columns(users.name).returning(users.name, users.id.in(ids));
        const auto made = conn.execute(statement, rows).all();
        ASSERT_EQ(made.size(), 2U);
        EXPECT_EQ(made.back().get<0>(), "two");
        EXPECT_THAT(lines(), Contains(HasSubstr("'two'")));
    }
}

TEST_P(LogNames, R27_names_and_tokens_can_not_forge_lines) {
    for (const char* hostile : {"x\nINFO azoth.engine COMMIT", "\r", "a\x1b[2J"}) {
        EXPECT_THROW((void)make_engine({.logging_name = hostile}), ArgumentError);
        EXPECT_THROW((void)make_engine({.echo_pool = true, .pool_logging_name = hostile}),
                     ArgumentError);
        EXPECT_THROW((void)engine.execution_options({.logging_token = hostile}), ArgumentError);
    }
}

TEST_P(LogNames, a_cartesian_product_is_warned_of_once_for_each_compiled_statement) {
    auto logged = logging({});
    auto conn = logged.connect();
    const auto product = select(users.id, addresses.id);
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(conn.execute(product.where(users.id == i)).all().size(),
                  requirements.several_connections ? (i == 0 ? 0U : 3U) : 0U);
    EXPECT_THAT(warnings(),
                ElementsAre("WARNING azoth.engine SELECT statement has a cartesian product between "
                            "FROM element(s) \"address\" and FROM element \"user_account\". Apply "
                            "join condition(s) between each element to resolve."));
    (void)conn.execute(product.where(users.id == addresses.user_id)).all();
    EXPECT_THAT(warnings(), IsEmpty());
    auto silent = logging({.enable_from_linting = false});
    (void)silent.connect().execute(product);
    EXPECT_THAT(warnings(), IsEmpty());
}

}  // namespace
}  // namespace compliance
